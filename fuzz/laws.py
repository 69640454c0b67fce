"""The laws: what is true of any page and any report, whatever bytes they came from. A breach is an AssertionError."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import msgspec

from qjreport.article.find import Locator
from qjreport.lexicon import load_lexicon
from qjreport.model import Page, Report
from qjreport.pipeline import DIGITS
from qjreport.quantity import count_characters
from qjreport.text.script import fold_report
from qjreport.writers.csv_tsv import NUMBER, write_facts
from qjreport.writers.fact_columns import COLUMNS
from qjreport.writers.jsons import replace_surrogates, write_json_line

RUN = re.compile(r"\d+")
NAMES = [column.name for column in COLUMNS]
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
MARKDOWN = r"[#>*_\s]*"


def squeeze(text: str) -> str:
    return "".join(text.split())


def check_page(page: Page) -> None:
    """Lines, nodes and grids point at what is there; a line is what a reader sees."""
    for line in page.lines:
        assert line.text and line.text == " ".join(line.text.split())
        line.text.encode()  # no lone surrogate
        assert 0 <= line.linked <= len(line.text) >= line.bold >= 0
        assert all(0 < seam < len(line.text) for seam in line.seams)
        assert -1 <= line.table < len(page.tables)
        assert -1 <= line.node < len(page.nodes)
    for index, node in enumerate(page.nodes):
        assert -1 <= node.parent < index
        assert node.nth > 0
    ids = Counter(node.id.lower() for node in page.nodes if node.id)
    assert {name for name, times in ids.items() if times > 1} <= page.repeated_ids
    paths = Locator(page)
    for line in page.lines:
        assert paths.locate(line)
    for grid in page.tables:
        assert -1 <= grid.parent < len(page.tables)
        assert len({(cell.row, cell.column) for cell in grid.cells}) == len(grid.cells)
        for cell in grid.cells:
            assert 0 <= cell.row < cell.row + cell.rowspan <= grid.rows
            assert 0 <= cell.column < cell.column + cell.colspan <= grid.columns


def check_report(report: Report) -> None:
    """Everything in a report points at what it says, and every number of it is accounted for."""
    check_numbers(report)
    check_outline(report)
    check_accounts(report)


def check_numbers(report: Report) -> None:
    for number in (*report.facts, *report.non_facts):
        assert report.blocks[number.block].text[number.start : number.end] == number.quote != ""
        assert 0 <= number.start < number.end
    for fact in report.facts:
        assert fact.sentence in report.blocks[fact.block].text
        assert fact.value.is_finite() and isinstance(fact.value, Decimal)
        assert fact.value_to is None or fact.value_to.is_finite()
        assert fact.change is None or fact.change.is_finite()
        assert fact.change is None or fact.kind in ("increase", "decrease")
    ids = [fact.id for fact in report.facts]
    assert len(set(ids)) == len(ids)
    assert {fact.part_of for fact in report.facts} - {None} <= set(ids)
    assert all(fact.part_of != fact.id for fact in report.facts)


def check_outline(report: Report) -> None:
    for index, section in enumerate(report.sections):
        assert section.parent is None or section.parent < index
        assert section.level == (1 if section.parent is None else report.sections[section.parent].level + 1)
        assert 0 <= section.block < len(report.blocks)
    for block in report.blocks:
        assert block.section is None or 0 <= block.section < len(report.sections)
        assert find_marker_end(block.text, block.marker) >= 0
        assert block.text and block.locator
    for table in report.tables:
        assert report.blocks[table.block].kind == "table"
        assert len({len(row) for row in table.rows}) <= 1


def find_marker_end(text: str, marker: str) -> int:
    """The place after a block's marker, -1 where it opens with another: （ 一 ） has （一）, **一、** has 一、."""
    match = re.match(MARKDOWN + r"\s*".join(map(re.escape, marker)), text) if marker else None
    return match.end() if match else -1 if marker else 0


def check_accounts(report: Report) -> None:
    """Each run of digits of a block stands in one fact or non-fact, or in its marker; the counts say how many."""
    for text, run, inside in find_runs(report):
        lost = set(range(*run)) - {place for start, end in inside for place in range(start, end)}
        assert not lost, text[slice(*run)]
    assert find_split_runs(report) == []
    counts = report.counts
    assert counts.facts == len({(fact.block, fact.start, fact.end) for fact in report.facts})
    assert sum(counts.non_facts.values()) == len(report.non_facts)
    words = load_lexicon()
    folded = fold_report(report, words)  # 叄 of a page in traditional script is a number
    in_chrome = (len(DIGITS.findall(line.text)) + count_characters(line.text, words) for line in folded.dropped)
    assert counts.dropped == sum(in_chrome)
    assert counts.unread == counts.non_facts.get("unread", 0)
    assert counts.numbers == counts.facts + sum(counts.non_facts.values()) + counts.dropped


def find_runs(report: Report) -> Iterator[tuple[str, tuple[int, int], list[tuple[int, int]]]]:
    """Each run of digits of a block, with the spans of the facts and non-facts that touch it."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for number in (*report.facts, *report.non_facts):
        spans.setdefault(number.block, []).append((number.start, number.end))
    for index, block in enumerate(report.blocks):
        for run in RUN.finditer(block.text, find_marker_end(block.text, block.marker)):
            inside = [span for span in spans.get(index, ()) if span[0] < run.end() and span[1] > run.start()]
            yield block.text, run.span(), inside


def find_split_runs(report: Report) -> list[str]:
    """Runs of digits that were read as two numbers: there should be none."""
    return [
        text[start:end]
        for text, (start, end), inside in find_runs(report)
        if not any(first <= start and end <= last for first, last in inside)
    ]


def check_whole(report: Report, page: Page) -> None:
    """Kept and dropped lines are the page: not a character lost, not one invented. Bytes that are no page have none."""
    if [diagnostic.code for diagnostic in report.diagnostics] == ["no-page"]:
        assert not report.blocks and not report.dropped
        return
    given = Counter(squeeze("".join(seen.text for seen in (*page.lines, *page.asides))))
    kept = Counter(squeeze("".join(part.text for part in (*report.blocks, *report.dropped))))
    assert given == kept, (given - kept, kept - given)


def check_json(report: Report) -> bytes:
    """The output is UTF-8, fits the types that the schema is made from, and says what the report says."""
    written = write_json_line(report, audit=True)
    assert written.count(b"\n") == 1
    read = msgspec.json.decode(written.decode("utf-8"), type=Report)
    numbers = tuple(msgspec.structs.replace(number, rules=()) for number in report.non_facts)  # which no writer shows
    report = msgspec.structs.replace(report, non_facts=numbers)
    if read != report:  # a text that UTF-8 cannot hold
        plain = replace_surrogates(msgspec.to_builtins(report, builtin_types=(Decimal,)))
        assert read == msgspec.convert(plain, Report)
    return written


def may_run(cell: str) -> bool:
    """Whether a spreadsheet might take a text for a formula: after blanks and controls too, with signs of any width."""
    start = next((c for c in cell if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf")), "")
    return cell[:1] in ("\t", "\r", "\n") or start in (*"=+-@＝＋－＠−﹣﹢﹦﹫",)


def check_csv(report: Report, *, tabs: bool = False) -> None:
    """One row per fact, whose cells say what the fact says; no cell that a spreadsheet would run."""
    if not report.facts:
        return
    written = write_facts(report, tabs=tabs).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(written, newline=""), NAMES, dialect=csv.excel_tab if tabs else csv.excel))
    assert len(rows) == len(report.facts)
    for row, fact in zip(rows, report.facts, strict=True):
        assert row.keys() == set(NAMES)
        assert (int(row["block"]), int(row["start"]), int(row["end"])) == (fact.block, fact.start, fact.end)
        assert Decimal(row["value"]) == fact.value and "E" not in row["value"]
        for name in ("quote", "item", "hedge", "sentence"):
            said = getattr(fact, name).encode("utf-8", "replace").decode()
            assert row[name] == said or (row[name] == f"'{said}" and may_run(said))
        for cell in row.values():
            assert cell[:1] not in RUN_BY_SPREADSHEETS or len(cell) < 2 or NUMBER.fullmatch(cell)
