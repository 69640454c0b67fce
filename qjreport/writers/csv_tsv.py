"""Facts, rows of the dataset and the units of a lexicon as CSV (RFC 4180) and TSV; rows as JSON Lines, too.

A text cell that a spreadsheet would run as a formula gets an apostrophe in front (`write_cell`); numbers, and texts
that are a number as a whole (the quote `-2.2`), are left alone, and so is the lone `=` of the column `bound`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from qjreport.language import ENGLISH, Tongue
from qjreport.lexicon import Lexicon
from qjreport.model import Report
from qjreport.text.patterns import compile_regex
from qjreport.writers.amounts import format_decimal
from qjreport.writers.fact_columns import COLUMNS, Cell, Column, name_columns, read_row, say_cell
from qjreport.writers.jsons import encode, spell_decimal
from qjreport.writers.text import pad_cells

BOM = b"\xef\xbb\xbf"  # without it Excel takes the file for the machine's own code page
# Spreadsheets pass over white space in front, and take the full-width signs of Chinese typing for the plain ones.
FORMULA = compile_regex(r"(?:[\s\p{Cc}\p{Cf}]*+[=+\-@＝＋－＠−﹣﹢﹦﹫]|[\t\r\n])(?s:.)")
NUMBER = compile_regex(r"[+\-＋－−]?\d[\d,，]*(?:[.．]\d+)?[%％‰]?")


def write_header(language: str = "en", *, tabs: bool = False, columns: Sequence[Column] = COLUMNS) -> bytes:
    """The header row, in English ("en") or Chinese ("zh"); `tabs` for TSV."""
    return write_rows([name_columns(language, columns)], tabs)


def write_facts(
    report: Report, *, tabs: bool = False, columns: Sequence[Column] = COLUMNS, language: str = "en"
) -> bytes:
    """A row for each fact of the report, without a header; with "zh" the few values that are words are Chinese."""
    rows = (read_row(report, fact, columns) for fact in report.facts)
    return write_rows((write_line(row, columns, language) for row in rows), tabs)


def write_line(row: Iterable[Cell], columns: Iterable[Column], language: str) -> list[str]:
    if language == "en":
        return list(map(write_cell, row))
    return [write_cell(say_cell(column, cell, language)) for column, cell in zip(columns, row, strict=True)]


def write_rows(rows: Iterable[Iterable[str]], tabs: bool) -> bytes:
    out = io.StringIO(newline="")
    dialect = csv.excel_tab if tabs else csv.excel
    csv.writer(out, dialect).writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def write_cell(cell: Cell) -> str:
    """A cell as text; None is empty.

    >>> [write_cell(cell) for cell in ("=1+1", "-2.2", Decimal("-2.2"), "=", None)]
    ["'=1+1", '-2.2', '-2.2', '=', '']
    """
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format_decimal(cell)
    if isinstance(cell, int):
        return str(cell)
    if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


BATCH = 1000  # rows that are written at once


def write_delimited(
    rows: Iterable[dict[str, Any]], columns: Sequence[Column], *, tabs: bool, language: str, bom: bool
) -> Iterator[bytes]:
    """CSV or TSV, a few rows at a time."""
    yield BOM * bom + write_rows([name_columns(language, columns)], tabs)
    held: list[list[str]] = []
    for row in rows:
        held.append(write_line([row[column.name] for column in columns], columns, language))
        if len(held) >= BATCH:
            yield write_rows(held, tabs)
            held = []
    yield write_rows(held, tabs)


def write_json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """An object a row; numbers are exact."""
    for row in rows:
        plain = {name: spell_decimal(value) if isinstance(value, Decimal) else value for name, value in row.items()}
        yield encode(plain) + b"\n"


HEADS = ("name", "reported", "dimension", "code", "factor", "base")  # of the table of units


def list_units(lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """A row for every name, in the order of the tables; empty where a unit has no code or no factor.

    >>> from qjreport.lexicon import load_lexicon
    >>> next(row for row in list_units(load_lexicon()) if row[0] == "亩")
    ('亩', '亩', 'area', '', '2000/3', 'm2')
    """
    units = lexicon.units
    for unit in units.units:
        for name in unit.names:
            base = units.bases.get(unit.dimension, "")
            yield name, units.rewrites.get(name, name), unit.dimension, unit.code or "", unit.factor or "", base
    for counter in units.counters:
        for name in counter.names:
            yield name, units.rewrites.get(name, name), "count", "", "", units.bases["count"]


def write_units_csv(lexicon: Lexicon) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADS)
    writer.writerows(map(write_cell, row) for row in list_units(lexicon))
    return file.getvalue()


def write_units_json(lexicon: Lexicon) -> str:
    """A list of objects with the same fields."""
    rows = [dict(zip(HEADS, row, strict=True)) for row in list_units(lexicon)]
    return (b"[" + b",\n ".join(map(encode, rows)) + b"]\n").decode()


def write_units_text(lexicon: Lexicon, tongue: Tongue = ENGLISH) -> str:
    rows = [tuple(map(tongue, HEADS)), *list_units(lexicon)]
    return "".join(f"{line}\n" for line in pad_cells(rows))
