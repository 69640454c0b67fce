"""The text under reading, with what has been found in it so far."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from qjreport.model import Bound, FactKind, Quantity, Why
from qjreport.quantity.bound import (
    find_behind,
    find_colour,
    find_distant,
    find_front,
    is_achieved,
    is_coloured,
    join_hedge,
)
from qjreport.quantity.lookup import Lookup
from qjreport.quantity.unit import Unit
from qjreport.text.numerals import Number
from qjreport.text.numerals_whole import EXACT

TIMES: Final = frozenset(("time", "working time"))
PLACES: Final = Decimal("0.000000000001")  # 12 digits of a fraction that no decimal gives exactly


class Scope:
    """One text. `out` is kept sorted and free of overlaps by its readers, who only ever go forward."""

    __slots__ = ("block", "coloured", "done", "lookup", "out", "straight", "text", "unshared")

    def __init__(self, text: str, block: int, lookup: Lookup) -> None:
        self.text = text
        self.block = block
        self.lookup = lookup
        self.unshared = -1  # as far as a list of numbers is known to have no unit
        self.straight = False  # inside a pair of straight quotation marks
        self.coloured = is_coloured(text, lookup.hedges)
        self.done = 0  # where the last number ended
        self.out: list[Quantity] = []

    def note(self, start: int, end: int, why: Why, *rules: str) -> int:
        """Enter a number that is no quantity."""
        if start < self.done:
            start = self.done
        if start < end:
            self.done = end
            self.out.append(
                Quantity(block=self.block, start=start, end=end, quote=self.text[start:end], why=why, rules=rules)
            )
        return end

    def enter(
        self,
        start: int,
        end: int,
        value: Number,
        unit: Unit | None,
        *,
        value_to: Number | None = None,
        rough: str = "",
        front: str = "",
        kind: FactKind | None = None,
        bound: Bound | None = None,
        rules: tuple[str, ...] = (),
    ) -> int:
        """Enter a quantity that ends at `end`, unit included; hedges around it are read here."""
        text, hedges = self.text, self.lookup.hedges
        if unit is not None:
            rules = (*rules, unit.rule)
        hedge = find_front(text, start, hedges)
        if hedge is None and text[start - 1 : start] in hedges.gap_ends:
            hedge = find_distant(text, start, hedges)
        if hedge is not None and not is_achieved(text, start, end, hedge, hedges):
            front, bound, rules = hedge.word, hedge.bound, (*rules, hedge.rule)
        if rough:
            bound, rules = hedges.inside.get(rough, ">="), (*rules, "bound.inside")
        behind = ""
        after = find_behind(text, end, hedges, time=unit is not None and unit.dimension in TIMES)
        if after is not None:
            behind, end = after.word, end + len(after.word)
            rules = (*rules, after.rule)
            if hedge is None or hedge.soft or hedge.bound == "~" or after.bound != "~":
                bound = after.bound  # else 超过3%左右 still says more than
        colour = find_colour(text, start, hedges) if self.coloured else ""
        shown, exact = (value, None) if isinstance(value, Decimal) else show(value)
        self.done = end
        self.out.append(
            Quantity(
                block=self.block,
                start=start,
                end=end,
                quote=text[start:end],
                value=shown,
                value_to=None if value_to is None else show(value_to)[0],
                exact=exact,
                unit=unit.name if unit else "",
                unit_code=unit.code if unit else None,
                dimension=unit.dimension if unit else None,
                bound=bound or "=",
                hedge=join_hedge(colour, front, rough, behind) if colour or front or rough or behind else "",
                kind=kind,
                rules=rules,
            )
        )
        return end


def show(value: Number) -> tuple[Decimal, str | None]:
    """The value as a decimal, and as a fraction where the decimal is rounded."""
    if isinstance(value, Decimal):
        return value, None
    near = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)).quantize(PLACES, context=EXACT)
    return near, f"{value.numerator}/{value.denominator}"
