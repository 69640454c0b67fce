"""Doubts: each reason with its example, and how the formats, the filters and the commands show them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, SAMPLES
from documents import DOUBTS

from qjreport.commands.root import root
from qjreport.lexicon.rules import Language, load_rules
from qjreport.model import Fact
from qjreport.pipeline import extract, extract_passage, extract_text
from qjreport.writers.explanation import write_doubts_table

REASONS = load_rules().doubts
BY_DATE = "period.by_date"
DOUBTFUL = "编报社情民意信息312条，另外187条。"
SOURCES = [ROOT / "qjreport" / "fact" / "doubts.py", ROOT / "qjreport" / "fact" / "prose" / "item_choice.py"]


def read(text: str) -> tuple[Fact, ...]:
    return extract_passage(text, year=2024).facts


def read_dated(text: str) -> tuple[Fact, ...]:
    """In a page that tells its year by nothing but its date."""
    return extract_text(f"提案工作情况\n发布时间：2025-12-30\n\n{text}").facts


def run(*args: str) -> str:
    done = CliRunner().invoke(root, args)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("name", REASONS)
def test_reason(name: str) -> None:
    reason = REASONS[name]
    reading = read_dated if name == BY_DATE else read
    assert any(name in fact.doubts for fact in reading(reason.example))
    near = reading(reason.near_miss)
    assert near and not any(name in fact.doubts for fact in near)
    assert reason.en.endswith((".", "?")) and reason.zh.endswith("。")


def test_the_table_has_the_reasons_of_the_code() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCES)
    named = set(re.findall(r'(?:append\(|doubt=|FAILED: Final = )"([a-z]+\.[a-z_]+)"', code))
    assert named == set(REASONS)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_documents_are_written_from_the_table(language: Language) -> None:
    text = DOUBTS[language].read_text("utf-8")
    assert write_doubts_table(load_rules(), language) in text, "`make golden` writes it anew"
    assert set(re.findall(r"^\| `([a-z_.]+)` \| (?:[\d.]+%|–) \|", text, re.M)) == set(REASONS), "benchmarks/doubts.py"


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("委员提案459件，增长8%。", [(), ()]),
        ("获一等奖、三等奖各1件。", [(), ()]),
        ("投资3亿元的环湖公路建成。", [()]),  # money that 的 leads from is of what follows
        ("增加值占全市的比重由30%提高到35%。", [(), ()]),
        ("三次产业结构为8.1:40.2:51.7。", [(), (), ()]),  # the parts have names
        ("2026—2030年，生产总值年均增长6%。", [()]),
        ("一九九二年，原煤产量比一九五二年增长16%。", [()]),  # a year that ends in 二年 is no count of years
        ("工业增加值连续三年增长16%。", [()]),
        ("三年行动以来，工业增加值增长16%。", [()]),
        ("在校学生3.2万人，从业人员8万人。", [(), ()]),  # 在 and 从 begin words
        ("PM2.5年平均浓度为35微克/立方米。", [()]),
        ("巡查了40家养殖场。", [()]),
        ("参与普及法律知识的志愿者480人。", [()]),  # 与 and 及 join nothing here
        ("批发和零售业增加值38.6亿元。", [()]),
        ("软件和信息服务业收入12亿元。", [()]),
        ("经济总量居全省第九位。", [()]),
        ("全县总面积1260平方公里。", [()]),  # said of the whole place
        ("每百户拥有汽车30辆，每千人拥有医生3.2名。", [(), ()]),  # measures, whose hundreds say by what
        ("按时办结率99%，指导企业12家。", [(), ()]),  # 按 and 指 begin words
    ],
)
def test_what_is_sure(text: str, doubts: list[tuple[str, ...]]) -> None:
    assert [fact.doubts for fact in read(text)] == doubts


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        # after the number: what else is there, and what is done to the thing
        ("巡查了40家养殖场和屠宰点。", [("item.coordinated",)]),
        ("建成7座镇级污水集中处理设施。", [("item.long",)]),
        ("修缮祠堂与古桥40处。", [("item.coordinated",)]),
        ("第一个采暖季供热量增长7.4%。", [("item.residue",)]),
        ("经济总量排名第九。", [("rank.among",)]),
        ("引进项目6个，实际到位资金3亿元。", [(), ("item.bare",)]),
        ("厂房改造超计划2万平方米。", [("item.residue",)]),
    ],
)
def test_what_is_doubted(text: str, doubts: list[tuple[str, ...]]) -> None:
    assert [fact.doubts for fact in read(text)] == doubts


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("提案工作情况\n发布时间：2025-12-30\n\n全年共立案提案459件。", [True]),
        ("提案工作情况\n发布时间：2025-12-30\n\n2025年，共立案提案459件，全部办结。", [False]),
        (
            "提案工作情况\n发布时间：2025-12-30\n\n2025年，共立案459件。\n全年办结提案450件。",
            [False, False],
        ),  # it opens so
        ("2025年提案工作情况\n发布时间：2025-12-30\n\n全年共立案提案459件。", [False]),
        ("提案工作情况\n\n全年共立案提案459件。", [False]),  # whose period is not known at all
    ],
)
def test_years_of_the_page_s_date(text: str, doubted: list[bool]) -> None:
    assert [BY_DATE in fact.doubts for fact in extract_text(text).facts] == doubted


def test_the_same_item_twice_in_a_paragraph() -> None:
    """Whose each is was said in front of it, in another sentence too; not in another paragraph."""
    first, other = "东陵法院坚持司法为民，审结案件300件。", "西陵法院坚持从严治院，审结案件200件。"
    assert [fact.doubts for fact in read(first + other)] == [(), ("item.repeated",)]
    assert [fact.doubts for fact in read(f"{first}\n{other}")] == [(), ()]


def test_a_failed_check_is_a_doubt_of_the_facts_that_it_names() -> None:
    facts = read("农村公路30公里，其中水泥路面40公里。新建大桥梁12座。")
    assert [fact.doubts for fact in facts] == [("check.failed",), ("check.failed",), ()]


def test_no_reason_is_named_twice() -> None:
    for sample in SAMPLES:
        for fact in extract(sample).facts:
            assert len(set(fact.doubts)) == len(fact.doubts)
            assert set(fact.doubts) <= set(REASONS)


def test_cells_have_no_doubts_of_their_own() -> None:
    report = extract(ROOT / "samples" / "bulletin.html")
    tables = {table.block for table in report.tables}
    cells = [fact for fact in report.facts if fact.block in tables]
    assert cells and not any(set(fact.doubts) - {"check.failed"} for fact in cells)


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(
        f"政协云溪区委员会常务委员会工作报告\n\n一、2024年工作回顾\n\n{DOUBTFUL}\n\n委员提案459件，增长8%。\n", "utf-8"
    )
    return str(path)


def test_extract_doubtful_and_sure(page: str) -> None:
    whole = json.loads(run("extract", page, "--format", "json"))
    doubtful = json.loads(run("extract", page, "--format", "json", "--doubtful"))
    sure = json.loads(run("extract", page, "--format", "json", "--sure"))
    assert [fact["quote"] for fact in doubtful["facts"]] == ["187条"]
    assert [fact["quote"] for fact in sure["facts"]] == ["312条", "459件", "8%"]
    assert doubtful["counts"] == sure["counts"] == whole["counts"]
    assert {fact["id"] for fact in whole["facts"]} == {fact["id"] for one in (doubtful, sure) for fact in one["facts"]}


def test_both_filters_leave_nothing(page: str) -> None:
    done = CliRunner().invoke(root, ["extract", page, "--doubtful", "--sure"])
    assert done.exit_code == 2
    assert "give one of them" in done.stderr


def test_the_formats_show_doubts(page: str) -> None:
    names = "item.carried_over kind.unsaid"
    rows = csv.DictReader(io.StringIO(run("extract", page, "--format", "csv")))
    assert [row["doubts"] for row in rows] == ["", names, "", ""]
    assert f"| {names.replace('_', chr(92) + '_')} |" in run("extract", page, "--format", "markdown")
    table = run("extract", page, "--format", "table")
    assert [line.count("?") for line in table.splitlines() if "信息" in line] == [0, 1]
    assert "? 1 of 4 facts are doubtful" in table


def test_audit_counts_doubts(page: str) -> None:
    assert "doubts    1 of 4 facts are doubtful: item.carried_over 1, kind.unsaid 1" in run("audit", page)
    account = json.loads(run("audit", page, "--format", "json"))
    assert account["doubtful"] == 1
    assert account["doubts"] == {"item.carried_over": 1, "kind.unsaid": 1}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_explain_says_what_a_doubt_means(language: Language) -> None:
    shown = run("explain", "--text", DOUBTFUL, "--language", language)
    for name in ("item.carried_over", "kind.unsaid"):
        assert re.search(rf"{re.escape(name)} +{re.escape(REASONS[name].say(language))}", shown)
    plain = json.loads(run("explain", "--text", DOUBTFUL, "--language", language, "--format", "json"))
    facts = plain["sentences"][0]["facts"]
    assert facts[0]["doubts"] == []
    assert facts[1]["doubts"][0] == {
        "doubt": "item.carried_over",
        "says": REASONS["item.carried_over"].say(language),
    }
