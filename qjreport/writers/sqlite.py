"""Rows of the dataset → one SQLite file with indexes, ready for Datasette."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from qjreport.writers.amounts import format_decimal
from qjreport.writers.dataset_rows import KEYS
from qjreport.writers.fact_columns import Column

TYPES = {"string": "TEXT", "integer": "INTEGER", "year": "INTEGER", "number": ""}  # no affinity: text stays text
INDEXES = {
    "documents": ("source", "area", "year", "kind", "duplicate_of", "text_sha256"),
    "facts": ("document", "item", "area", "year", "period", "unit", "kind", "status"),
    "failures": ("error",),
    "panel": ("place", "year", "indicator", "document"),
    "track": ("place", "year", "indicator", "outcome"),
}
BATCH = 5000  # rows of an insert
EXACT_DIGITS = 15  # that SQLite's own numbers keep
# SQLite stores NaN as NULL. Python's sqlite3 takes longer for a None than for a text: it looks for a way to adapt it.
NULL = float("nan")
PAGE = 16384  # bytes: a row of facts has some 600, and takes a twentieth less room than on pages of 4096


def write_database(path: Path, tables: Mapping[str, tuple[Sequence[Column], Iterable[dict[str, Any]]]]) -> None:
    """Fill a new database. Raises sqlite3.Error where it cannot be written."""
    base = sqlite3.connect(path)
    try:
        base.executescript(
            f"PRAGMA page_size = {PAGE}; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;"
        )
        for table, (columns, rows) in tables.items():
            fill_table(base, table, columns, rows)
        base.execute("ANALYZE")
        base.commit()
    finally:
        base.close()


def fill_table(base: sqlite3.Connection, table: str, columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> None:
    base.execute(f"CREATE TABLE {table} ({', '.join(declare(table, column) for column in columns)})")
    insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})"
    numbers = [column.name for column in columns if column.type == "number"]
    names = [column.name for column in columns]
    pick = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
    cells = ([NULL if cell is None else cell for cell in pick(convert_numbers(row, numbers))] for row in rows)
    while batch := list(islice(cells, BATCH)):
        base.executemany(insert, batch)
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


def convert_numbers(row: dict[str, Any], numbers: Iterable[str]) -> dict[str, Any]:
    for name in numbers:
        if row[name] is not None:
            row[name] = convert(row[name])
    return row


def convert(value: object) -> object:
    """SQLite has no decimals: a number of up to 15 digits is a number, a longer one keeps its digits as text."""
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value() and abs(value) < 1 << 63:
        return int(value)
    text = format_decimal(value)
    return float(text) if len(value.normalize().as_tuple().digits) <= EXACT_DIGITS else text
