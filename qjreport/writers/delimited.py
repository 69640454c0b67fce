"""Facts as CSV (RFC 4180) and TSV: a header row, then a fact a row.

A text cell that a spreadsheet would run as a formula gets an apostrophe in front; numbers, and texts that are a
number as a whole (the quote `-2.2`), are left alone, and so is the lone `=` of the column `bound`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from qjreport.model import Report
from qjreport.text.patterns import compile_regex
from qjreport.writers.columns import Cell, name_columns, read_row
from qjreport.writers.numbers import format_decimal

BOM = b"\xef\xbb\xbf"  # without it Excel takes the file for the machine's own code page
# Spreadsheets pass over white space in front, and take the full-width signs of Chinese typing for the plain ones.
FORMULA = compile_regex(r"(?:[\s\p{Cc}\p{Cf}]*+[=+\-@＝＋－＠−﹣﹢﹦﹫]|[\t\r\n])(?s:.)")
NUMBER = compile_regex(r"[+\-＋－−]?\d[\d,，]*(?:[.．]\d+)?[%％‰]?")


def write_header(language: str = "en", *, tabs: bool = False) -> bytes:
    """The header row, in English ("en") or Chinese ("zh"); `tabs` for TSV."""
    return write_rows([name_columns(language)], tabs)


def write_facts(report: Report, *, tabs: bool = False) -> bytes:
    """A row for each fact of the report, without a header."""
    return write_rows((map(write_cell, read_row(report, fact)) for fact in report.facts), tabs)


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
