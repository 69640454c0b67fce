"""Table blocks → drafts: each data cell is a fact whose item, unit, kind and period come from the table's heads.

Leaves to prose/ what stands in blocks of text, and to the quantity stage where a cell's number begins and ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from qjreport.fact.draft import Draft
from qjreport.fact.table.columns import (
    Column,
    Words,
    choose_own_unit,
    clean_head,
    compile_words,
    read_caption_growth,
    read_columns,
    read_period,
)
from qjreport.fact.table.parts import Amount, link_parts
from qjreport.lexicon import Lexicon
from qjreport.model import FactKind, Metadata, NonFact, Outline, Quantity, Table, Why
from qjreport.text.patterns import compile_re
from qjreport.text.units import Unit, cut_units, read_any_unit, read_unit, read_units, scale_value

# What a cell states, from all that the table says around it: unit, kind, basis and period.

PERCENT: Final = Unit("%", "ratio", "%")
RANK: Final = Unit("位", "count")
YEARS: Final = compile_re(r"(?:19|20)\d\d")


class Row:
    """What the cells of one row share, as one column's row heads name it."""

    def __init__(self, item: str, unit: Unit | None, period: str | None, *, part: bool, growth: bool) -> None:
        self.item = item
        self.unit = unit  # from the row's head or its unit column
        self.period = period  # where the row is a year
        self.part = part  # 其中：
        self.growth = growth  # its head says that it is a rate of growth


class Reader:
    """A table while it is read."""

    def __init__(
        self, table: Table, columns: list[Column], words: Words, base_period: str | None, units: list[Unit]
    ) -> None:
        self.table = table
        self.columns = columns
        self.words = words
        self.base_period = base_period
        self.units = units
        self.drafts: list[Draft] = []
        self.used: set[int] = set()  # starts of the quantities that are facts
        self.amounts: dict[int, list[Amount]] = {}  # column → its cells from top to bottom


def choose_unit(reader: Reader, row: Row, column: Column) -> Unit:
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
    if row.growth and not reader.units:
        return PERCENT
    amounts = [unit for unit in reader.units if unit.name != "%"]
    return (amounts or reader.units or [Unit("")])[0]


def choose_kind(reader: Reader, row: Row, quantity: Quantity, column: Column) -> tuple[FactKind, str | None]:
    if column.role == "rank" or quantity.kind == "rank":
        return "rank", None
    if row.growth and column.role == "amount" and choose_unit(reader, row, column).name == "%":
        return "increase", None
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


HEAD_YEAR: Final = compile_re(r"^(?:19|20)\d\d(?:年|$)")
UNIT_ONLY: Final = compile_re(
    r"^[十百千万亿][^\d一二三四五六七八九]*$"
)  # 万吨 in a unit column is no number that a reader sees
MOST_PAGES: Final = 20  # of one table
LISTING: Final = compile_re(r"^(?:[一二三四五六七八九十]+、|\d+[.、]|[（(][一二三四五六七八九十\d]+[）)])")


class TableFacts(msgspec.Struct, frozen=True):
    """What a table gives: its facts, and of every other number in it why it is none."""

    drafts: tuple[Draft, ...]
    non_facts: tuple[NonFact, ...]


def build_table_facts(outline: Outline, index: int, quantities: Sequence[Quantity], lexicon: Lexicon) -> TableFacts:
    """The facts of `outline.tables[index]`; `quantities` are those of its block, in order.

    A value is in full (847 under 万人 is 8470000 人); growth (比上年增长) is an increase with the sign as printed.
    """
    table = outline.tables[index]
    text = outline.blocks[table.block].text
    own = [quantity for quantity in quantities if quantity.block == table.block]
    if not table.rows or not own:
        return TableFacts((), tuple(explain(q, "unread") for q in own))
    words = compile_words(lexicon)
    base = find_base(outline.metadata)
    first = find_first_page(outline.tables, index)
    caption = read_period(first.caption, words, base)[1]
    reader = Reader(
        table=table,
        columns=read_columns(table if table.head_rows else first, caption or base, words),
        words=words,
        base_period=caption or base,
        units=read_units(table.unit or first.unit, words.units),
    )
    read_caption_growth(reader.columns, first.caption, reader.units, words)
    cells = place_quantities(text, own)
    parents = find_parents(reader)
    for number in body_rows(table):
        named: dict[tuple[tuple[int, ...], int | None], Row] = {}  # by the columns that name the row
        for place, column in enumerate(reader.columns):
            if column.heads and (found := cells.get((number, place))):
                names = (column.heads, column.unit_column)
                if names not in named:
                    named[names] = name_row(reader, number, column, parents)
                read_cell(reader, named[names], place, column, found, falls=falls(table.rows[number][place], words))
    link_parts(reader.drafts, reader.amounts.values())
    unused = [q for q in own if q.start not in reader.used and not UNIT_ONLY.match(q.quote)]
    return TableFacts(tuple(reader.drafts), tuple(explain(q, name_why(q)) for q in unused))


def body_rows(table: Table) -> list[int]:
    """The rows below the head; a head that is printed again, on the second page of a table, is none."""
    head = set(table.rows[: table.head_rows])
    return [number for number, row in enumerate(table.rows) if number >= table.head_rows and row not in head]


def find_first_page(tables: Sequence[Table], index: int) -> Table:
    """The table that this one goes on with: 续表, or the same columns without a head and caption of their own."""
    place = index
    while (
        place
        and index - place < MOST_PAGES
        and (not tables[place].caption or tables[place].caption.lstrip("（(").startswith("续"))
    ):
        table, above = tables[place], tables[place - 1]
        alike = table.rows[: table.head_rows] == above.rows[: table.head_rows] if table.head_rows else True
        if not above.rows or not table.rows or len(above.rows[0]) != len(table.rows[0]) or not alike:
            break
        place -= 1
    return tables[place]


def find_base(metadata: Metadata) -> str | None:
    """The period of a table that names none: what the report looks back on, else the report's year."""
    if metadata.reviews:
        return metadata.reviews[-4:]
    return str(metadata.year) if metadata.year else None


def place_quantities(text: str, quantities: Sequence[Quantity]) -> dict[tuple[int, int], list[Quantity]]:
    """Row and column of each quantity, by the newlines and tabs before it."""
    cells: dict[tuple[int, int], list[Quantity]] = {}
    row = column = seen = 0
    for quantity in sorted(quantities, key=lambda q: q.start):
        newlines = text.count("\n", seen, quantity.start)
        if newlines:
            row, column = row + newlines, 0
            seen = text.rindex("\n", seen, quantity.start) + 1
        column += text.count("\t", seen, quantity.start)
        seen = quantity.start
        cells.setdefault((row, column), []).append(quantity)
    return cells


def find_parents(reader: Reader) -> dict[tuple[int, int], str]:
    """For row heads that the table has twice (铁路, 其中：住宅), the row above that tells them apart."""
    parents: dict[tuple[int, int], str] = {}
    rows = body_rows(reader.table)
    for place in {place for column in reader.columns for place in column.heads[:1]}:
        heads = {number: reader.words.part.sub("", clean_head(reader.table.rows[number][place])) for number in rows}
        times = Counter(heads.values())
        parent = ""
        for number, head in heads.items():
            if times[head] > 1 and head and not head.startswith(reader.words.totals):
                parents[number, place] = parent
            else:
                parent = LISTING.sub("", head)
    return parents


def name_row(reader: Reader, number: int, column: Column, parents: dict[tuple[int, int], str]) -> Row:
    """The row as a column's own row heads name it: side by side tables have several."""
    texts: list[str] = []
    part = False
    unit: Unit | None = None
    period: str | None = None
    cells = reader.table.rows[number]
    for place in column.heads:
        text = clean_head(cells[place])
        mark = reader.words.part.match(text)
        if mark:
            part, text = True, text[mark.end() :]
        rest, time = read_period(text, reader.words)
        if time and not rest:
            period = time
        elif text and text not in texts:
            texts.append(text)
            unit = choose_own_unit(cut_units(text, reader.words.units)[1], "amount") or unit
    if len(column.heads) == 1:
        texts.insert(0, parents.get((number, column.heads[0]), ""))
    if column.unit_column is not None:
        unit = read_any_unit(cells[column.unit_column], reader.words.units) or unit
    item = "".join(texts)
    return Row(item, unit, period, part=part, growth=item.endswith(reader.words.rates))


def falls(cell: str, words: Words) -> bool:
    """Whether a cell says itself that what it tells is a fall: 下降8.1 in a column of growth."""
    return not cell[:1].isdigit() and words.falling.match(cell.strip()) is not None


def read_cell(
    reader: Reader, row: Row, place: int, column: Column, found: list[Quantity], *, falls: bool = False
) -> None:
    item = row.item + column.measure or column.name or clean_head(reader.table.caption)
    for quantity in found:
        if quantity.why is not None or quantity.value is None:
            continue
        unit = Unit(quantity.unit, quantity.dimension, quantity.unit_code)
        if not quantity.unit:
            unit = choose_unit(reader, row, column)
        kind, basis = choose_kind(reader, row, quantity, column)
        kind = "decrease" if falls and kind == "increase" else kind
        reader.used.add(quantity.start)
        if kind == "level" and not column.falling:
            reader.amounts.setdefault(place, []).append(Amount(len(reader.drafts), row.part))
        draft = Draft(quantity, item, scale_value(quantity.value, unit), unit.name)
        draft.value_to = None if quantity.value_to is None else scale_value(quantity.value_to, unit)
        draft.unit_code, draft.dimension, draft.kind = unit.code, unit.dimension, kind
        draft.period = choose_period(reader, row, column)
        draft.status = "target" if column.target else "actual"
        draft.basis, draft.column = basis, column.role
        draft.rules = (*quantity.rules, f"table.{column.role}")
        reader.drafts.append(draft)


TABLE_RULES: Final[dict[Why, tuple[str, ...]]] = {"date": ("date.table_head",), "name": ("name.table_head",)}


def name_why(quantity: Quantity) -> Why:
    """A number in a head, a serial number or a remark: a year is a date, all else belongs to a name."""
    if quantity.why is not None:
        return quantity.why
    return "date" if HEAD_YEAR.match(quantity.quote) else "name"


def explain(quantity: Quantity, why: Why) -> NonFact:
    rules = quantity.rules if quantity.why is not None else TABLE_RULES.get(why, ())
    return NonFact(
        block=quantity.block, start=quantity.start, end=quantity.end, quote=quantity.quote, why=why, rules=rules
    )
