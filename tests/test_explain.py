"""`qjreport explain` and its table of rules: it has every rule of the code, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, SAMPLES

from qjreport.commands.root import root
from qjreport.fact.draft import Role
from qjreport.fact.prose.item_choice import ITEM_ORDER, ITEM_RULES, ItemRule
from qjreport.language import measure_cells
from qjreport.lexicon import load_lexicon
from qjreport.lexicon.rules import load_rules
from qjreport.model import Fact, Report
from qjreport.pipeline import extract, extract_passage, extract_text, read_timeline
from qjreport.quantity import find_quantities
from qjreport.writers.explanation import (
    explain_why,
    find_explained,
    list_steps,
    mark_numbers,
    prepare_reading,
    write_explanation,
    write_rules_markdown,
)

RULES = load_rules()
NAME = re.compile(r"[a-z]+(?:\.[a-z_]+){1,2}")
CPPCC = ROOT / "samples" / "cppcc-report.html"
BULLETIN = ROOT / "samples" / "bulletin.html"
GOVERNMENT = ROOT / "samples" / "government-report.html"

# Names that the code puts together from parts, and the names that result.
MADE = {
    "kind.{found.kind}.verb": ["kind.increase.verb", "kind.decrease.verb"],
    "kind.{found.kind}.noun": ["kind.increase.noun", "kind.decrease.noun"],
    "kind.{predicate.kind}.object": ["kind.increase.object", "kind.decrease.object"],
    "kind.{last.object_change}.object": ["kind.increase.object", "kind.decrease.object"],
    "kind.{kind}.after": ["kind.increase.after", "kind.decrease.after"],
    "table.{column.role}": [f"table.{role}" for role in get_args(Role)],
}


def call(*args: str | Path) -> Result:
    return CliRunner().invoke(root, [str(arg) for arg in args])


def list_sources() -> Iterator[str]:
    """The code in which rules are named: of the two stages and the units, and of the explanation itself."""
    for stage in ("quantity", "fact"):
        for path in sorted((ROOT / "qjreport" / stage).rglob("*.py")):
            yield path.read_text("utf-8")
    for path in ("text/units.py", "writers/explanation.py"):
        yield (ROOT / "qjreport" / path).read_text("utf-8")


def list_rules_of_the_code() -> set[str]:
    written: set[str] = set()
    for text in list_sources():
        written |= set(re.findall(r'(?<!f)"([a-z]+(?:\.[a-z_]+){1,2})"', text))
        made = re.findall(r'f"([a-z]+\.[^"]*\{[^"]*)"', text)
        assert set(made) <= MADE.keys(), "a name that is put together: say in MADE what it can come to"
        for name in made:
            written |= set(MADE[name])
    hedges = load_lexicon().hedges
    written |= {group.rule for group in (*hedges.front, *hedges.after, *hedges.after_time)}
    return written


def read_cases() -> list[str]:
    """Every sentence of the stages' own tests."""
    texts = []
    for path in sorted((ROOT / "tests" / "cases").glob("*/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line).get("text")
            texts += [text] if isinstance(text, str) else text or []
    assert len(texts) > 100
    return [text for text in texts if isinstance(text, str)]


def test_every_rule_of_the_code_is_described_and_no_other() -> None:
    code, described = list_rules_of_the_code() - set(RULES.doubts), set(RULES.rules)
    assert not described & set(RULES.doubts), "a rule and a doubt of one name"
    assert code - described == set(), "describe them in qjreport/lexicon/rules.toml, then `make golden`"
    assert described - code == set(), "no code gives these rules: take them out of qjreport/lexicon/rules.toml"


def test_every_rule_that_is_given_is_described() -> None:
    given: set[str] = set()
    for sample in SAMPLES:
        report = extract(sample)
        given |= {name for fact in report.facts for name in fact.rules}
    for text in read_cases():
        given |= {name for fact in extract_passage(text, year=2024).facts for name in fact.rules}
        given |= {name for quantity in find_quantities(text) for name in quantity.rules}
    assert len(given) > 50
    assert given - set(RULES.rules) == set()


def test_a_rule_is_well_described() -> None:
    fields = {*Fact.__struct_fields__, "why"}
    for name, rule in RULES.rules.items():
        assert NAME.fullmatch(name), name
        assert name.partition(".")[0] in RULES.families, name
        assert rule.gives and set(rule.gives) <= fields, name
        assert rule.en.endswith(".") and rule.zh.endswith("。"), name
        assert "\n" not in rule.en + rule.zh
        assert re.search("[\u4e00-\u9fff]", rule.zh), name
    assert set(RULES.families) == {name.partition(".")[0] for name in RULES.rules}
    assert set(RULES.defaults) <= fields


def test_the_document_is_written_from_the_table() -> None:
    text = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert text == write_rules_markdown(RULES), "`make golden` writes it anew"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_number_of_a_sample_is_explained(sample: Path) -> None:
    report = extract(sample)
    reading = prepare_reading(report)
    sentences = find_explained(report)
    assert sum(len(sentence.facts) for sentence in sentences) == len(report.facts)
    assert sum(len(sentence.non_facts) for sentence in sentences) == len(report.non_facts)
    for sentence in sentences:
        text = report.blocks[sentence.block].text
        assert 0 <= sentence.start < sentence.end <= len(text)
        for fact in sentence.facts:
            assert sentence.start <= fact.start < sentence.end
            steps = list_steps(reading, fact)
            assert {name for step in steps for name in step.rules} == set(fact.rules)
            assert all(step.rules or step.field in RULES.defaults for step in steps), steps
        for number in sentence.non_facts:
            assert explain_why(number).rules, number


def show(text: str, **options: object) -> str:
    report = extract_passage(text, year=2024)
    reading = prepare_reading(report, **options)  # type: ignore[arg-type]
    return write_explanation(reading, find_explained(report))


def find_line(shown: str, field: str) -> list[str]:
    return next(line.split() for line in shown.splitlines() if line.split()[:1] == [field])


def test_a_sentence_is_told_rule_by_rule() -> None:
    shown = show("全年办复提案近200件。")
    assert shown.splitlines()[:2] == ["-: line 1", "  全年办复提案近〔200件〕。"]
    assert find_line(shown, "value")[1:3] == ["200", "numeral.arabic"]
    assert find_line(shown, "unit")[1:3] == ["件", "unit.counter"]
    assert find_line(shown, "bound")[1:4] == ["~", "“近”", "bound.front.about"]
    assert find_line(shown, "kind")[1:4] == ["level", "No", "word"]
    assert find_line(shown, "period")[1:3] == ["2024", "period.this_year"]


def test_a_number_that_is_no_fact_is_told_why() -> None:
    shown = show("到2025年，第七届全会提出的九个方面、亿元以上项目20个，都在推进。")
    assert sorted(line.split()[2] for line in shown.splitlines() if line.split()[:1] == ["why"]) == [
        "date.calendar",
        "ordinal.counted",
        "structure.counted",
        "structure.threshold",
    ]


def test_a_part_names_its_whole() -> None:
    shown = show("新增就业3.2万人，其中高校毕业生1.1万人。")
    assert "3.2万人”" in " ".join(find_line(shown, "part_of"))


def test_in_chinese() -> None:
    shown = show("办复提案近200件，其中重点提案12件。", language="zh")
    assert "是数据" in shown
    assert RULES.find("unit.counter").zh in shown
    assert RULES.defaults["kind"][1] in shown


def test_columns_align() -> None:
    shown = show("办复提案近200件，办复率98%以上。").splitlines()
    lines = [line for line in shown if line.startswith("    ") and "passed over" not in line][:7]
    starts = {measure_cells(line[: match.start()]) for line in lines if (match := re.search(r"[a-z]+\.[a-z_.]+", line))}
    assert len(starts) == 1


def find_cell(report: Report) -> Fact:
    return next(fact for fact in report.facts if "table.amount" in fact.rules)


def test_a_cell_of_a_table_is_shown_in_its_row_and_under_its_head() -> None:
    report = extract(BULLETIN)
    fact = find_cell(report)
    (sentence,) = find_explained(report, [fact.id])
    row = mark_numbers(report, sentence)
    assert f"〔{fact.quote}〕" in row
    assert " | " in row
    assert "\n" not in row
    shown = call("explain", BULLETIN, "--fact", fact.id).stdout
    assert f"〔{fact.quote}〕 is a fact: {fact.id}, column: " in shown
    assert "table.amount" in shown
    assert row in shown


def test_one_fact_of_a_page() -> None:
    report = extract(CPPCC)
    fact = report.facts[5]
    done = call("explain", CPPCC, "--fact", fact.id, "--format", "json")
    told = json.loads(done.stdout)
    assert told["schema"] == "qjreport/explanation/1"
    assert told["source"] == str(CPPCC)
    (sentence,) = told["sentences"]
    (explained,) = sentence["facts"]
    assert explained["fact"]["id"] == fact.id
    assert sentence["text"] == report.blocks[fact.block].text[sentence["start"] : sentence["end"]]
    assert {rule["rule"] for step in explained["steps"] for rule in step["rules"]} - {None} == set(fact.rules)
    assert all(rule["says"] for step in explained["steps"] for rule in step["rules"])


def test_a_whole_page_and_standard_input() -> None:
    assert call("explain", BULLETIN).stdout.count("is a fact") == len(extract(BULLETIN).facts)
    done = CliRunner().invoke(root, ["explain", "-"], input=CPPCC.read_bytes())
    assert done.exit_code == 0
    assert done.stdout.startswith("-: ")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--text", "提案459件"], 0),
        (["--text", "没有数字"], 0),
        (["--text", ""], 0),
        ([], 2),
        ([str(CPPCC), "--text", "提案459件"], 2),
        ([str(CPPCC), "--year", "2024"], 2),
        (["--text", "提案459件", "--year", "24"], 2),
        ([str(CPPCC), "--fact", "nonesuch"], 1),
        (["missing.html"], 1),
    ],
)
def test_exit_codes(args: list[str], code: int) -> None:
    done = call("explain", *args)
    assert done.exit_code == code, done.stderr
    assert bool(done.stdout) is (args[1:] == ["提案459件"] and code == 0)


def test_the_year_of_a_text() -> None:
    told = json.loads(call("explain", "--text", "去年提案459件", "--year", "2023", "--format", "json").stdout)
    assert told["sentences"][0]["facts"][0]["fact"]["period"] == "2023"


def test_the_order_of_the_rules_of_the_item_is_printed_at_the_head_of_their_module() -> None:
    from qjreport.fact.prose import item_choice

    listed = re.findall(r"^    ([a-z]+\.[a-z_.]+)  ", item_choice.__doc__ or "", re.M)
    assert tuple(listed) == ITEM_ORDER
    assert len(set(ITEM_ORDER)) == len(ITEM_ORDER)


@pytest.mark.parametrize("rule", ITEM_RULES, ids=lambda rule: rule.name)
def test_a_rule_of_the_item_holds_for_its_example_and_not_for_its_near_miss(rule: ItemRule) -> None:
    report = extract_passage(rule.example, year=2024)
    facts = [fact for fact in report.facts if rule.name in fact.rules]
    assert facts, [fact.rules for fact in report.facts]
    steps = list_steps(prepare_reading(report), facts[0])
    (item,) = [step for step in steps if step.field == "item"]
    assert item.passed_over == ITEM_ORDER[: ITEM_ORDER.index(rule.name)]
    missed = extract_passage(rule.near_miss, year=2024)
    assert missed.facts
    assert all(rule.name not in fact.rules for fact in missed.facts)


def test_rules_of_the_item_that_were_passed_over_are_told() -> None:
    shown = show("公路全线建成，全长80公里。")
    line = next(line for line in shown.splitlines() if "passed over" in line)
    assert line.split("passed over: ")[1].startswith("share each.back rates list, item inner outer")
    told = json.loads(call("explain", "--text", "办理提案459件", "--format", "json").stdout)
    (item,) = [s for s in told["sentences"][0]["facts"][0]["steps"] if s["field"] == "item"]
    assert item["passed_over"][-1] == "share.each.act"


def test_how_the_years_were_decided() -> None:
    shown = call("explain", GOVERNMENT, "--time").stdout
    assert shown.splitlines()[0] == f"{GOVERNMENT}: year 2026, reviews 2021-2025, plans 2026"
    evidence = [line.split()[:3] for line in shown.splitlines() if line.startswith("  2026*")]
    assert evidence[0] == ["2026*", "+5", "heading.plan"]
    assert ["2026*", "+4", "session"] in evidence
    sections = [line.split() for line in shown.splitlines() if line.startswith("  三、")]
    assert [line[1:4] for line in sections] == [["plan", "2026", "title.year"]]


def test_how_the_years_were_decided_for_a_program() -> None:
    told = json.loads(call("explain", GOVERNMENT, "--time", "--format", "json").stdout)
    report = extract(GOVERNMENT)
    assert told["schema"] == "qjreport/time/1"
    assert (told["year"], told["reviews"], told["plans"]) == (2026, "2021-2025", "2026")
    assert [year["taken"] for year in told["years"]] == [True]
    assert [(s["role"], s["period"]) for s in told["sections"]] == [(s.role, s.period) for s in report.sections]


def test_a_losing_year_and_an_upload_date_are_shown(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>云溪县2031年政府工作报告</h1><p>更新时间：2034-06-17</p><p>一、2028年工作回顾</p><p>全县新建公路310公里。</p>"
        "<p>二、2029年工作安排</p><p>新建公路400公里。</p>",
        encoding="utf-8",
    )
    lines = call("explain", page, "--time").stdout.splitlines()
    shown = [line.split()[:3] for line in lines if line.startswith("  20")]
    assert ["2029*", "+5", "heading.plan"] in shown
    assert ["2031", "+3", "headline"] in shown
    assert ["2034", "ignored", "upload"] in shown


@pytest.mark.parametrize("args", [("--text", "提案9件。"), (str(CPPCC), "--fact", "0")])
def test_the_years_are_those_of_a_page(args: tuple[str, ...]) -> None:
    done = call("explain", *args, "--time")
    assert done.exit_code == 2
    assert "--time" in done.output


def find_lines(page: Path, words: str) -> list[dict[str, Any]]:
    told = json.loads(call("explain", page, "--line", words, "--format", "json").stdout)
    assert told["schema"] == "qjreport/line/1"
    lines: list[dict[str, Any]] = told["lines"]
    return lines


def test_a_line_shows_why_it_is_a_heading_and_of_which_level() -> None:
    done = call("explain", BULLETIN, "--line", "二、农业")
    assert done.exit_code == 0
    told = done.output
    assert told.index("\n  kept\n") < told.index("  heading of level 1: 二、农业")
    assert "+7" in told and "mark.strong" in told
    outlines = [line["outline"] for line in find_lines(BULLETIN, "二、农业")]
    assert [outline["headings"] for outline in outlines] == [[{"level": 1, "marker": "二、", "title": "农业"}]]


def test_a_line_shows_why_it_was_kept_or_dropped() -> None:
    page = ROOT / "tests" / "pages" / "article" / "qr_offers.html"
    told = call("explain", page, "--line", "公众号")
    assert told.exit_code == 0
    assert "dropped: related" in told.output and "opens a block of the site +3" in told.output
    assert [line["outline"] for line in find_lines(page, "公众号")] == [None]
    (kept,) = find_lines(page, "办结率")
    assert (kept["kept"], kept["reason"]) == (True, None)
    assert (kept["outline"]["kind"], kept["outline"]["headings"]) == ("paragraph", [])


def test_a_line_of_a_table_that_is_text_and_the_line_below_it(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    rows = "指标  单位  数量\n粮食  吨  415\n棉花  吨  33\n油料  吨  12.5\n肉类  吨  6.4"
    page.write_text(
        f"云溪县统计资料\n全县经济稳定增长，民生持续改善。\n{rows}\n一、农业\n全年粮食产量比上年增长3.5%。",
        encoding="utf-8",
    )
    assert [line["outline"]["kind"] for line in find_lines(page, "吨")] == ["table"] * 4
    assert [line["outline"]["kind"] for line in find_lines(page, "农业")] == ["heading"]
    assert [line["locator"] for line in find_lines(page, "棉花")] == ["line 5"]


def test_a_line_of_a_traditional_page_is_found_in_its_own_script() -> None:
    page = ROOT / "tests" / "pages" / "article" / "traditional.html"
    assert [(line["text"], line["reason"]) for line in find_lines(page, "責任編輯")] == [("責任編輯：田秋", "metadata")]
    (line,) = find_lines(page, "工作安排")
    assert line["outline"]["headings"] == [{"level": 1, "marker": "二、", "title": "今年工作安排"}]
    (line,) = find_lines(page, "計劃完成")
    assert line["text"].startswith("計劃完成投資26億元")


def test_the_years_of_a_traditional_page_are_told_in_its_own_script() -> None:
    page = "二〇三一年政府工作報告\n一、2030年工作回顧\n全縣辦覆提案459件。\n二、2031年工作安排\n辦覆提案500件。"
    report = extract_text(page)
    told = read_timeline(report)
    assert (told.review, told.plan) == (2030, 2031)
    assert [one.text for one in told.evidence if one.rule == "heading.review"] == ["2030年工作回顧"]


def test_a_line_that_is_not_there_or_no_page_is_an_error() -> None:
    done = call("explain", BULLETIN, "--line", "没有这一行")
    assert done.exit_code == 1 and "no line holds" in done.output
    assert call("explain", "--text", "办复提案459件。", "--line", "提案").exit_code == 2
