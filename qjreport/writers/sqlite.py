"""Rows of the dataset → one SQLite file with indexes, ready for Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from qjreport.writers.amounts import format_decimal
from qjreport.writers.dataset_rows import KEYS, Block
from qjreport.writers.fact_columns import Column

TYPES = {"string": "TEXT", "integer": "INTEGER", "year": "INTEGER", "number": ""}  # no affinity: text stays text
INDEXES = {
    "documents": ("source", "area", "year", "kind", "duplicate_of", "text_sha256"),
    "facts": ("document", "item", "area", "year", "period", "unit", "kind", "status"),
    "failures": ("error",),
    "panel": ("place", "year", "indicator", "document"),
    "track": ("place", "year", "indicator", "outcome"),
}
EXACT_DIGITS = 15  # that SQLite's floats keep
MOST_DIGITS = 20  # of its integers, with a sign
# SQLite stores NaN as NULL. Python's sqlite3 takes longer for a None than for a text: it looks for a way to adapt it.
NULL = float("nan")
PRAGMAS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;"
PAGE = 16384  # bytes: a row of facts has some 600, and takes a twentieth less room than on pages of 4096


def write_database(path: Path, tables: Mapping[str, tuple[Sequence[Column], Iterable[Block]]]) -> None:
    """Fill a new database. Raises sqlite3.Error where it cannot be written."""
    base = sqlite3.connect(path)
    try:
        base.executescript(f"PRAGMA page_size = {PAGE}; {PRAGMAS}")
        for table, (columns, blocks) in tables.items():
            fill_table(base, table, columns, blocks)
        base.execute("ANALYZE")
        base.commit()
    finally:
        base.close()


def fill_table(base: sqlite3.Connection, table: str, columns: Sequence[Column], blocks: Iterable[Block]) -> None:
    base.execute(f"CREATE TABLE {table} ({', '.join(declare(table, column) for column in columns)})")
    insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"
    for block in blocks:
        numbers = Numbers()
        cells = (
            map(numbers.__getitem__, block[column.name]) if column.type == "number" else mark_empty(block[column.name])
            for column in columns
        )
        base.executemany(insert, zip(*cells, strict=True))
    for name in INDEXES.get(table, ()):
        base.execute(f'CREATE INDEX "{table}_{name}" ON {table} ("{name}")')
    base.commit()


def declare(table: str, column: Column) -> str:
    declared = f'"{column.name}" {TYPES[column.type]}'.rstrip()
    if column.name == KEYS.get(table):
        declared += " PRIMARY KEY"
    if (table, column.name) == ("facts", "document"):
        declared += " REFERENCES documents (id)"
    return declared


def mark_empty(cells: Sequence[Any]) -> Sequence[Any]:
    return cells if None not in cells else [NULL if cell is None else cell for cell in cells]


class Numbers(dict[Any, Any]):
    """What is stored for a number: a fact has most of its numbers twice."""

    def __missing__(self, cell: Any) -> Any:
        stored = self[cell] = NULL if cell is None else convert_number(cell)
        return stored


def convert_number(value: str | int | float | Decimal) -> str | int | float:
    """SQLite has no decimals: a number of up to 15 digits is a number, a longer one keeps its digits as text.

    >>> [convert_number(value) for value in ("180000", "5.30", "-7.0", Decimal("1E+5"), "1234567890123456.25")]
    [180000, 5.3, -7, 100000, '1234567890123456.25']
    """
    if not isinstance(value, (str, Decimal)):
        return value
    text = value if isinstance(value, str) else format_decimal(value)
    whole, _, part = text.partition(".")
    if len(whole) <= MOST_DIGITS and not part.strip("0") and abs(number := int(whole)) < 1 << 63:
        return number
    return float(text) if len((whole + part).lstrip("-").strip("0")) <= EXACT_DIGITS else text
