"""What a cell states, from all that the table says around it: unit, kind, basis and period."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from qjreport.fact.draft import Draft
from qjreport.fact.table_head import Column, Words
from qjreport.fact.table_part import Amount
from qjreport.fact.table_unit import TableUnit, read_unit
from qjreport.model import FactKind, Quantity, Table
from qjreport.text.patterns import compile_re

PERCENT: Final = TableUnit("%", 1, "%", "ratio")
RANK: Final = TableUnit("位", 1, None, "count")
YEARS: Final = compile_re(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Row:
    """What the cells of one row share, as one column's row heads name it."""

    item: str
    unit: TableUnit | None  # from the row's head or its unit column
    period: str | None  # where the row is a year
    part: bool  # 其中：


@dataclass(slots=True)
class Reader:
    """A table while it is read."""

    table: Table
    columns: list[Column]
    words: Words
    caption_period: str | None
    base_period: str | None
    units: list[TableUnit]
    drafts: list[Draft] = field(default_factory=list)
    used: set[int] = field(default_factory=set)  # starts of the quantities that are facts
    amounts: dict[int, list[Amount]] = field(default_factory=dict)  # column → its cells from top to bottom


def choose_unit(reader: Reader, row: Row, column: Column) -> TableUnit:
    """From the column's head, the unit column or the row's head, or the line over the table; growth is in %."""
    if column.unit:
        return column.unit
    if column.role == "rank":
        return RANK
    if column.role in ("growth", "share"):  # the change of a rate is in points
        points = column.role == "growth" and row.unit is not None and row.unit.name == "%"
        return (read_unit("百分点", reader.words.units) if points else None) or PERCENT
    if row.unit:
        return row.unit
    amounts = [unit for unit in reader.units if unit.name != "%"]
    return (amounts or reader.units or [TableUnit("")])[0]


def choose_kind(reader: Reader, quantity: Quantity, column: Column) -> tuple[FactKind, str | None]:
    if column.role == "rank" or quantity.kind == "rank":
        return "rank", None
    if column.role == "growth":
        return ("decrease" if column.falling or quantity.kind == "decrease" else "increase"), column.basis
    return quantity.kind or "level", None


def choose_period(reader: Reader, row: Row, column: Column) -> str | None:
    """From the row, the column's head, the caption, the report; growth beside 2024年 and 2023年 is that of 2024."""
    if row.period:
        return row.period
    period = column.period
    if period is None and (column.previous or column.role in ("growth", "share", "rank")):
        period = find_neighbour_period(reader, column)
    period = period or reader.base_period
    return YEARS.sub(lambda year: str(int(year[0]) - 1), period) if column.previous and period else period


def find_neighbour_period(reader: Reader, column: Column) -> str | None:
    panel = [other for other in reader.columns if other.heads == column.heads]
    amounts = [other for other in panel if other.role == "amount" and other.period and not other.previous]
    if not amounts:
        return None
    alike = [other for other in panel if other.role == column.role]
    if len(alike) > 1 and len(alike) == len(amounts):
        return amounts[alike.index(column)].period
    return max(other.period for other in amounts if other.period)
