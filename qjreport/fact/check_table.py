"""Columns of shares in a table: where the parts of a whole are all there, they sum to 100."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from qjreport.fact.printed import find_step
from qjreport.model import Diagnostic, Fact, Outline

HALF: Final = Decimal("0.5")  # of a step: by so much at most a printed share is off
WHOLE: Final = Decimal(100)
# Parts that come this close to the whole are meant to be it; a list that names only some of them stays further off.
NEAR: Final = Decimal(2)
FEWEST: Final = 2  # parts
TOTALS: Final = ("合计", "总计", "共计", "总数", "总和")
PART: Final = "其中"


def check_columns(outline: Outline, facts: Sequence[Fact]) -> Iterable[Diagnostic]:
    """A column of shares whose parts, below a row of 100 or above one, come close to 100 and miss it."""
    tables = {table.block: table for table in outline.tables}
    shares: dict[tuple[int, int], list[tuple[int, Fact]]] = {}
    place = Place()
    for fact in facts:
        if fact.block in tables and "table.share" in fact.rules and fact.unit == "%":
            row, column = place.find(outline.blocks[fact.block].text, fact)
            shares.setdefault((fact.block, column), []).append((row, fact))
    for (block, _), cells in shares.items():
        table = tables[block]
        heads = {row: next((cell for cell in table.rows[row] if cell), "") for row, _ in cells if row < len(table.rows)}
        for group in split_groups(cells, heads):
            total = sum((fact.value for fact in group), Decimal(0))
            slack = sum((find_step(fact) for fact in group), Decimal(0)) * HALF
            if slack < abs(total - WHOLE) <= NEAR:
                names = "、".join(f"{fact.item} {fact.quote}" for fact in group)
                yield Diagnostic(code="shares-not-100", message=f"{table.caption or 'a table'}: {names} sum to {total}")


class Place:
    """Row and column of a fact, by the newlines and tabs before it; facts come in the order of the text."""

    def __init__(self) -> None:
        self.text = ""
        self.seen = self.row = self.row_start = 0

    def find(self, text: str, fact: Fact) -> tuple[int, int]:
        if text is not self.text or fact.start < self.seen:
            self.text, self.seen, self.row, self.row_start = text, 0, 0, 0
        newlines = text.count("\n", self.seen, fact.start)
        if newlines:
            self.row += newlines
            self.row_start = text.rindex("\n", 0, fact.start) + 1
        self.seen = fact.start
        return self.row, text.count("\t", self.row_start, fact.start)


def split_groups(cells: Sequence[tuple[int, Fact]], heads: dict[int, str]) -> Iterator[list[Fact]]:
    """The lists of parts of a column that has its whole, 100, as a row: each 其中 begins another list."""
    wholes = [fact for row, fact in cells if fact.value == WHOLE]
    if len(wholes) != 1:
        return
    group: list[Fact] = []
    for row, fact in cells:
        head = heads.get(row, "").replace(" ", "").replace("\u3000", "")
        if fact is wholes[0] or head.startswith((PART, *TOTALS)):
            if len(group) >= FEWEST:
                yield group
            group = []
            if fact is wholes[0]:
                continue
        group.append(fact)
    if len(group) >= FEWEST:
        yield group
