"""What corrections are put into: a table of facts (CSV, TSV, a workbook) or reports as JSON.

What was not corrected stays as it was, cell for cell: columns that a person added, their order, the byte-order mark.
Only the rows of reviewed documents are held in memory. Column names may be English or Chinese.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from qjreport.review.apply import Corrector, Row, Text, sum_up
from qjreport.text.patterns import compile_re
from qjreport.writers.csv_tsv import BATCH, BOM, FORMULA, write_cell, write_rows
from qjreport.writers.dataset_rows import FACTS, restore_digits, spell_digits
from qjreport.writers.fact_columns import COLUMNS, FACT_COLUMNS, say_cell
from qjreport.writers.files import make_aside
from qjreport.writers.jsons import DECIMALS, encode, spell_decimal
from qjreport.writers.parquet import load_library
from qjreport.writers.workbook import EXACT_DIGITS, clean_cell

Write = Callable[[bytes], None]
Rows = list[dict[str, Any]]
NAMES = {name: column.name for column in COLUMNS for name in (column.name, column.chinese)}
ENGLISH = {column.name: dict(zip(column.words, column.enum, strict=True)) for column in COLUMNS if column.words}
BY_NAME = {column.name: column for column in COLUMNS}
NEEDED = ("source", "quote", "sentence")
PARTS = ("source", "blocks", "sections", "facts", "counts", "diagnostics")  # of a report
NO_AMOUNT = "vague"  # what a number is counted as of which a person said that it is no fact
CONTROLS = compile_re(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which no cell of a workbook may hold


class TableError(Exception):
    """A file into which no corrections can be put, and why."""


# CSV and TSV


def correct_delimited(path: Path, corrector: Corrector, write: Write, *, tabs: bool) -> None:
    """Write the table with the corrections in it. Raises TableError where it is no table of facts."""
    with open_rows(path, tabs) as rows:
        heads = next(rows, [])
        plan = plan_table(path, heads, rows, corrector)
    with path.open("rb") as file:
        bom = BOM if file.read(len(BOM)) == BOM else b""
    with open_rows(path, tabs) as rows:
        write(bom + write_rows([next(rows)], tabs))
        held: list[Sequence[str]] = []
        for row in plan.merge(rows):
            held.append(row)
            if len(held) >= BATCH:
                write(write_rows(held, tabs))
                held = []
        write(write_rows(held, tabs))


@contextmanager
def open_rows(path: Path, tabs: bool) -> Iterator[Iterator[list[str]]]:
    """The rows of a file of CSV or TSV, which is closed after. Raises TableError where they cannot be read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, csv.excel_tab if tabs else csv.excel)
        try:
            yield rows
        except UnicodeDecodeError as error:
            raise TableError(f"{path}: is not in UTF-8; save it as CSV in UTF-8") from error
        except csv.Error as error:
            raise TableError(f"{path}: line {rows.line_num} cannot be read: {error}") from error


class TablePlan(msgspec.Struct, kw_only=True):
    """Which rows change, go and come, by the place of a row in the table; everything else passes as it is."""

    columns: list[str]  # of the table, by our names; "" for one that is a person's own
    languages: list[str]  # of their heads
    changed: dict[int, Row] = {}
    removed: set[int] = set()
    added: dict[int, list[Row]] = {}  # after the row of that place

    def merge(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for place, cells in enumerate(rows):
            if place in self.changed:
                yield self.change(cells, self.changed[place])
            elif place not in self.removed:
                yield cells
            for row in self.added.get(place, ()):
                yield [write_cell(self.say(index, row.get(name))) for index, name in enumerate(self.columns)]

    def change(self, cells: Sequence[Any], row: Row) -> list[Any]:
        cells = [*cells, *[""] * (len(self.columns) - len(cells))]
        return [
            write_cell(self.say(index, row.changed[name])) if name in row.changed else cell
            for index, (name, cell) in enumerate(zip(self.columns, cells, strict=False))
        ]

    def say(self, index: int, value: Any) -> Any:
        """A value in the language of its column's head; None in a column that is a person's own."""
        name = self.columns[index]
        return say_cell(BY_NAME[name], value, self.languages[index]) if name else None


def plan_table(path: Path, heads: Sequence[str], rows: Iterable[Sequence[Any]], corrector: Corrector) -> TablePlan:
    """Correct the rows of reviewed documents, wherever in the table they stand."""
    columns = [NAMES.get(str(head or "").strip(), "") for head in heads]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise TableError(f"{path}: is no table of facts: it has no column {' and no '.join(missing)}")
    source_at = columns.index("source")
    groups: dict[str, list[tuple[int, Row]]] = {}
    for place, cells in enumerate(rows):
        source = read_cell(cells[source_at]) if len(cells) > source_at else ""
        if corrector.find_document(source, None) is not None:
            values = {name: read_value(name, cell) for name, cell in zip(columns, cells, strict=False) if name}
            groups.setdefault(source, []).append((place, Row(values)))
    languages = ["zh" if str(head or "").strip() not in BY_NAME else "en" for head in heads]
    plan = TablePlan(columns=columns, languages=languages)
    for source, placed in choose_groups(groups, corrector).items():
        enter(plan, placed, corrector.correct(source, None, [row for _, row in placed]))
    return plan


def choose_groups(
    groups: Mapping[str, list[tuple[int, Row]]], corrector: Corrector
) -> Mapping[str, list[tuple[int, Row]]]:
    """The documents that were reviewed: one that only has the file name of a report is it where no other one is."""
    found = {source: corrector.find_document(source, None) for source in groups}
    claims: dict[int | None, list[str]] = {}
    for source, index in found.items():
        claims.setdefault(index, []).append(source)
    return {
        source: placed
        for source, placed in groups.items()
        if len(claims[found[source]]) == 1 or corrector.is_source(found[source], source)
    }


def read_cell(cell: object) -> str:
    """The text of a cell, without the apostrophe that keeps a spreadsheet from running it.

    >>> read_cell("'=1+1"), read_cell("'九五'"), read_cell(None)
    ('=1+1', "'九五'", '')
    """
    text = "" if cell is None else str(cell)
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def read_value(name: str, cell: object) -> str:
    """The text of a cell as a fact has it, whatever the language of the table.

    >>> read_value("status", "目标"), read_value("status", "target"), read_value("item", "目标")
    ('target', 'target', '目标')
    """
    text = read_cell(cell)
    return ENGLISH.get(name, {}).get(text, text)


def enter(plan: TablePlan, placed: Sequence[tuple[int, Row]], corrected: Sequence[Row]) -> None:
    """Note what became of the rows of a document."""
    places = {id(row): place for place, row in placed}
    kept = {places[id(row)] for row in corrected if not row.new}
    plan.removed |= {place for place, _ in placed} - kept
    last = placed[0][0]  # where nothing of the document stands before a new row, it comes after the first
    for row in corrected:
        if row.new:
            plan.added.setdefault(last, []).append(row)
            continue
        last = places[id(row)]
        if row.changed:
            plan.changed[last] = row


# JSON


def correct_json(path: Path, corrector: Corrector, write: Write, *, lines: bool) -> None:
    """Write the report, or the reports line by line, with the corrections in it. Raises TableError."""
    data = path.read_bytes()
    decoder = msgspec.json.Decoder(float_hook=Decimal)
    try:
        reports = [] if lines else [decoder.decode(data)]
    except msgspec.DecodeError:
        lines = True  # several pages as JSON are a report a line, whatever the file is called
        reports = []
    if not lines:
        write(msgspec.json.format(encode(correct_report(path, reports[0], corrector)), indent=2) + b"\n")
        return
    for number, line in enumerate(io.BytesIO(data), 1):
        if line.strip():
            try:
                report = decoder.decode(line)
            except msgspec.DecodeError as error:
                raise TableError(f"{path}: line {number} is no JSON: {error}") from error
            write(encode(correct_report(path, report, corrector)) + b"\n")


def correct_report(path: Path, report: Any, corrector: Corrector) -> dict[str, Any]:
    """A report with the corrections in it, and with a diagnostic that says so."""
    schema = report.get("schema") if isinstance(report, dict) else None
    if not str(schema).startswith("qjreport/report/"):
        raise TableError(f"{path}: holds no report: its schema is {schema!r}")
    if missing := [name for name in PARTS if name not in report]:
        raise TableError(f"{path}: holds no whole report: it lacks {', '.join(missing)}")
    source = report["source"]
    if corrector.find_document(source["name"], source["sha256"]) is None:
        return dict(report)
    rows = [Row(fact) for fact in report["facts"]]
    text = Text(blocks=[block["text"] for block in report["blocks"]])
    before = msgspec.structs.replace(corrector.done, left=[])
    corrected = corrector.correct(source["name"], source["sha256"], rows, text)
    facts = [build_fact(report, row) for row in corrected]
    ids = {fact["id"] for fact in facts}
    for fact in facts:
        fact["part_of"] = fact["part_of"] if fact["part_of"] in ids else None
    if len(corrected) == len(rows) and not any(row.new or row.changed for row in corrected):
        return dict(report)
    count_anew(report, rows, corrected)
    done = corrector.done
    said = msgspec.structs.replace(
        done,
        **{name: getattr(done, name) - getattr(before, name) for name in ("right", "edited", "removed", "added")},
        left=[],
    )
    corrections = {"code": "corrected", "message": f"a person corrected it: {sum_up(said)}"}
    return {**report, "facts": facts, "diagnostics": [*report["diagnostics"], corrections]}


def build_fact(report: dict[str, Any], row: Row) -> dict[str, Any]:
    """A fact as a report has it."""
    changed = {name: spell(name, value) for name, value in row.changed.items() if name != "amount"}  # tables have it
    if not row.new:
        return {**row.values, **changed}
    plain: dict[str, Any] = {column.name: changed.get(column.name) for column in FACT_COLUMNS}
    section = report["blocks"][plain["block"]]["section"]
    path: list[str] = []
    while section is not None:
        path.insert(0, report["sections"][section]["title"])
        section = report["sections"][section]["parent"]
    return {**plain, "path": path, "rules": [], "doubts": []}


def spell(name: str, value: Any) -> Any:
    return spell_decimal(value) if name in DECIMALS and isinstance(value, Decimal) else value


def count_anew(report: dict[str, Any], before: Sequence[Row], after: Sequence[Row]) -> None:
    """Numbers that became facts, and facts that became numbers, in the account and in the list of `--audit`."""
    old, new = ({row.get_place(): row for row in rows} for rows in (before, after))
    counts = dict(report["counts"])
    why = dict(counts["non_facts"])
    listed = report.get("non_facts")
    known = {(one["block"], one["start"], one["end"]): one for one in listed or ()}
    for place in new.keys() - old.keys():
        counts["facts"] += 1
        reason = known.pop(place, {}).get("why") or new[place].get("why")
        if why.get(reason):
            why[reason] -= 1
        else:  # a number that nobody had counted
            counts["numbers"] += 1
    for place in old.keys() - new.keys():
        counts["facts"] -= 1
        why[NO_AMOUNT] = why.get(NO_AMOUNT, 0) + 1
        known[place] = {**dict(zip(("block", "start", "end"), place, strict=True)), "quote": old[place].get("quote")}
        known[place]["why"] = NO_AMOUNT
    counts["non_facts"] = {name: number for name, number in sorted(why.items()) if number}
    counts["unread"] = counts["non_facts"].get("unread", 0)
    report["counts"] = counts
    if listed is not None:
        report["non_facts"] = [known[place] for place in sorted(known)]


# Rows of a dataset


class Editor:
    """Corrects the facts of a dataset, document by document."""

    def __init__(self, corrector: Corrector) -> None:
        self.corrector = corrector

    def concerns(self, document: Mapping[str, Any]) -> bool:
        """Whether the document was reviewed."""
        return self.corrector.find_document(document["source"], document["sha256"]) is not None

    def correct(self, document: Mapping[str, Any], facts: Sequence[Mapping[str, Any]]) -> Rows | None:
        """The facts of a reviewed document as they shall be; None where nothing of it changes."""
        rows = [Row(restore_digits(fact)) for fact in facts]
        corrected = self.corrector.correct(document["source"], document["sha256"], rows)
        if len(corrected) == len(rows) and not any(row.new or row.changed for row in corrected):
            return None
        return [build_row(document, row) for row in corrected]


def build_row(document: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """A row of facts as a dataset has it."""
    whole = dict(row.values)
    if row.new:
        about = {name: document[name] for name in ("source", "title", "area", "year")}
        whole = {**dict.fromkeys(column.name for column in FACTS), **about, "document": document["id"]}
    given = {name: value for name, value in row.changed.items() if row.values or name not in whole or value is not None}
    whole |= {name: value for name, value in given.items() if name in whole}
    return whole | spell_digits(whole)


# A workbook


def correct_workbook(path: Path, target: Path, corrector: Corrector) -> None:
    """Write the workbook with the corrections in its sheets of facts; what else is in it stays.

    Raises TableError, or MissingLibraryError without openpyxl.
    """
    openpyxl = load_library("openpyxl", "excel")
    try:
        book = openpyxl.load_workbook(path)
    except Exception as error:  # zipfile's errors, KeyError for a file that is missing in it
        raise TableError(f"{path}: is no workbook: {error}") from error
    sheets = [sheet for sheet in book.worksheets if set(NEEDED) <= {NAMES.get(str(c.value)) for c in sheet[1]}]
    if not sheets:
        raise TableError(f"{path}: is no workbook of facts: no sheet has the columns {', '.join(NEEDED)}")
    for sheet in sheets:
        correct_sheet(path, sheet, corrector)
    with make_aside(target.resolve()) as aside:
        book.save(aside)


def correct_sheet(path: Path, sheet: Any, corrector: Corrector) -> None:
    heads, *rows = sheet.iter_rows(values_only=True)
    plan = plan_table(path, heads, rows, corrector)
    for place, row in plan.changed.items():
        for index, name in enumerate(plan.columns, 1):
            if name in row.changed:
                set_cell(sheet.cell(place + 2, index), plan.say(index - 1, row.changed[name]))
    for place in sorted(plan.removed | plan.added.keys(), reverse=True):  # from below, so that places stay
        added = plan.added.get(place, [])
        if added:
            sheet.insert_rows(place + 3, len(added))
        for offset, row in enumerate(added):
            for index, name in enumerate(plan.columns, 1):
                if name:
                    set_cell(sheet.cell(place + 3 + offset, index), plan.say(index - 1, row.get(name)))
        if place in plan.removed:
            sheet.delete_rows(place + 2)


def set_cell(cell: Any, value: Any) -> None:
    """A value as a cell holds it: text is never a formula, and a number of more digits than Excel keeps is text."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT_DIGITS:
        value = write_cell(value)
    if isinstance(value, str):
        cell.value = CONTROLS.sub("", clean_cell(value))
        cell.data_type = "s"
    else:
        cell.value = value
