"""Rows of the dataset → CSV, TSV and JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from qjreport.writers.columns import Column
from qjreport.writers.delimited import BOM, write_cell, write_rows
from qjreport.writers.jsons import encode, spell_decimal

BATCH = 1000  # rows that are written at once


def name_heads(columns: Iterable[Column], language: str) -> list[str]:
    return [column.chinese if language == "zh" else column.name for column in columns]


def write_delimited(
    rows: Iterable[dict[str, Any]], columns: tuple[Column, ...], *, tabs: bool, language: str, bom: bool
) -> Iterator[bytes]:
    """CSV or TSV, a few rows at a time."""
    yield BOM * bom + write_rows([name_heads(columns, language)], tabs)
    held: list[list[str]] = []
    for row in rows:
        held.append([write_cell(row[column.name]) for column in columns])
        if len(held) >= BATCH:
            yield write_rows(held, tabs)
            held = []
    yield write_rows(held, tabs)


def write_json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """An object a row; numbers are exact."""
    for row in rows:
        plain = {name: spell_decimal(value) if isinstance(value, Decimal) else value for name, value in row.items()}
        yield encode(plain) + b"\n"
