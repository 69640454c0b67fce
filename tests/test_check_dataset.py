"""What `qjreport check` finds wrong with the documents of a dataset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("pyarrow", reason="needs the extra archive")

from batches import do_batch

from qjreport.batch.check import COLUMNS, REASONS, Finding, check_document, read_document
from qjreport.commands.check import REASONS as OFFERED
from qjreport.commands.root import root
from qjreport.lexicon import load_lexicon
from qjreport.places.given import Givens
from qjreport.writers.dataset_rows import DOCUMENTS


def make_report(area: str, year: int, *more: str) -> str:
    lines = [f"{area}{year}年政府工作报告", "各位代表：", f"一、{year - 1}年工作回顾"]
    lines += [
        f"全年{area}办理提案{year - 1900}件，增长5%。",
        *more,
        f"二、{year}年工作安排",
        f"办复提案{year - 1890}件。",
    ]
    return "\n".join(lines)


def check(folder: Path, pages: dict[str, str], *arguments: str, **given: object) -> Result:
    for name, text in pages.items():
        path = folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    do_batch(folder / "out", folder / "in", givens=Givens(**given))
    return CliRunner().invoke(root, ["check", str(folder / "out"), *arguments])


def find(folder: Path, pages: dict[str, str], **given: object) -> dict[str, list[tuple[str, str]]]:
    """File → reasons and messages."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in check(folder, pages, "-f", "jsonl", **given).stdout.splitlines():
        finding = json.loads(line)
        name = finding["source"].partition("/in/")[2]
        found.setdefault(name, []).append((finding["reason"], finding["message"]))
    return found


YEARS = range(2015, 2020)


def test_nothing_is_wrong_with_a_good_archive(tmp_path: Path) -> None:
    pages = {f"綦江区/{year}.txt": make_report("綦江区", year) for year in YEARS}
    result = check(tmp_path, pages, "--strict")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("nothing to look at\n")


def test_places_that_are_not_there(tmp_path: Path) -> None:
    pages = {
        "1.txt": make_report("云溪县", 2019),
        "2.txt": make_report("市中区", 2019),
        "3.txt": "提案工作总结\n各界提案459件。",
    }
    found = find(tmp_path, pages)
    assert found["1.txt"] == [("no-place", "云溪县 is none of the table")]
    assert found["2.txt"] == [("no-place", "市中区 may be 济南市市中区, 枣庄市市中区, 内江市市中区, 乐山市市中区")]
    assert found["3.txt"] == [("no-place", "the page names none"), ("no-year", "the page says no year")]


def test_a_page_without_facts(tmp_path: Path) -> None:
    page = "綦江区2019年政府工作报告\n各位代表：\n一、工作回顾\n各项工作取得新进展，社会大局保持稳定。"
    [[(reason, message)]] = find(tmp_path, {"1.txt": page}).values()
    assert (reason, message.partition(" characters")[2]) == ("no-facts", ", and no fact among 2 numbers")


# What the path says, or what is given, and what is found.
PATHS = [
    ("綦江区/2019.txt", {}, []),
    ("重庆/綦江区/2019年政府工作报告.txt", {}, []),
    ("重庆市/2019/report.txt", {}, []),  # which it lies in
    ("綦江县/2019.txt", {}, []),  # which it was
    ("万州区/2019.txt", {}, [("place-path", "the page is of 綦江区, not of 万州区")]),
    ("綦江区/2016.txt", {}, [("year-path", "the page is of 2019, not of 2016")]),
    ("重庆市/2019.txt", {"patterns": ["{place}/{year}.txt"]}, [("place-path", "the page is of 綦江区, not of 重庆市")]),
    ("各区报告/2019.txt", {"patterns": ["{place}/{year}.txt"]}, []),
    (
        "云溪新区/2019.txt",
        {"patterns": ["{place}/{year}.txt"]},
        [("place-path", "the page is of 綦江区, not of 云溪新区")],
    ),
]


@pytest.mark.parametrize(("name", "given", "findings"), PATHS)
def test_place_and_year_against_the_path(
    tmp_path: Path, name: str, given: dict[str, list[str]], findings: list[tuple[str, str]]
) -> None:
    assert find(tmp_path, {name: make_report("綦江区", 2019)}, **given).get(name, []) == findings


def test_a_report_of_the_last_days_of_a_year_may_be_filed_under_the_next(tmp_path: Path) -> None:
    session = "——2018年12月28日在綦江区第二届人民代表大会第一次会议上\n各位代表："
    page = make_report("綦江区", 2019).replace("各位代表：", session)
    assert find(tmp_path, {"綦江区/2019.txt": page, "綦江区/2018.txt": page}) == {
        "綦江区/2019.txt": [("duplicate", "the same report as an earlier one")]
    }


def test_neighbours(tmp_path: Path) -> None:
    names = {f"qj/report-{place}.txt": year for place, year in enumerate((2014, 2015, 2011, 2017, 2018))}
    pages = {name: make_report("綦江区", year) for name, year in names.items()}
    pages["qj/report-1.txt"] = make_report("万州区", 2015)
    assert find(tmp_path, pages) == {
        "qj/report-1.txt": [("place-neighbours", "the page is of 万州区, all 4 others of the folder are of 綦江区")],
        "qj/report-2.txt": [("year-neighbours", "the page is of 2011, beside 2015 and 2017")],
    }


def test_two_reports_of_a_year(tmp_path: Path) -> None:
    other = make_report("綦江县", 2010).replace("提案", "建议").replace("增长5%", "新建学校12所，改造道路30公里")
    pages = {"a.txt": make_report("綦江区", 2010), "b.txt": other, "c.txt": make_report("綦江区", 2011)}
    assert find(tmp_path, pages) == {"b.txt": [("same-year", "another 政府工作报告 of 綦江区 for 2010")]}


# Numbers of a document, how many were not read, facts, how many have doubts, its diagnostics, and the reasons.
COUNTS = [
    (200, 5, 100, 0, "", ["many-unread"]),
    (300, 5, 100, 0, "", []),
    (100, 4, 100, 0, "", []),
    (100, 0, 20, 11, "", ["many-doubtful"]),
    (100, 0, 20, 10, "", []),
    (100, 0, 10, 9, "", []),
    (100, 0, 10, 0, "shares-not-100 headline-year", ["headline-year"]),
    (100, 0, 10, 0, "time-contradiction headline-year", ["headline-year", "time-contradiction"]),
]


@pytest.mark.parametrize(("numbers", "unread", "facts", "doubtful", "diagnostics", "reasons"), COUNTS)
def test_counts_and_diagnostics(
    numbers: int, unread: int, facts: int, doubtful: int, diagnostics: str, reasons: list[str]
) -> None:
    row: dict[str, Any] = dict.fromkeys(column.name for column in DOCUMENTS)
    row |= {"source": "a.txt", "id": "a", "place": "綦江区", "place_code": "500110", "year": 2019}
    row |= {"numbers": numbers, "unread_numbers": unread, "facts": facts, "diagnostics": diagnostics or None}
    found = check_document(read_document(0, row), doubtful, load_lexicon())
    assert [finding.reason for finding in found] == reasons


def test_formats(tmp_path: Path) -> None:
    pages = {"a.txt": make_report("云溪县", 2019), "万州区/b.txt": make_report("綦江区", 2019)}
    text = check(tmp_path, pages, "--strict")
    assert text.exit_code == 1
    lines = text.stdout.splitlines()
    assert [line.strip().partition("  ")[0].rpartition("/")[2] for line in lines] == [
        *("a.txt", "no-place", "b.txt", "place-path")
    ]
    assert text.stderr.endswith("2 documents to look at: no-place 1, place-path 1\n")
    out = tmp_path / "look.csv"
    done = CliRunner().invoke(root, ["check", str(tmp_path / "out"), "--only", "no-place", "-f", "csv", "-o", str(out)])
    assert (done.exit_code, done.stdout) == (0, "")
    rows = out.read_text("utf-8-sig").splitlines()
    assert rows[0] == ",".join(column.name for column in COLUMNS) and len(rows) == 2


def test_what_is_no_dataset(tmp_path: Path) -> None:
    result = CliRunner().invoke(root, ["check", str(tmp_path)])
    assert result.exit_code == 1 and "holds no dataset" in result.stderr


def test_the_reasons_are_the_same_everywhere() -> None:
    assert tuple(REASONS) == OFFERED
    assert {column.name for column in COLUMNS} == set(Finding.__struct_fields__)
    shown = CliRunner().invoke(root, ["check", "--help"]).stdout
    assert [reason for reason in REASONS if reason not in shown] == []
