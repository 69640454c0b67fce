"""Exact amounts of a panel: signs, conversions to the indicator's unit, gaps, and whether a target was met.

A unit converts to another of its dimension by the factors of units.toml; money only within a currency. An index of
prices with last year = 100 becomes a growth: 103 is +3 %. Where no decimal is exact, nothing is converted.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Any

import msgspec

from qjreport.fact.indicator import INDEX_FROM, INDEX_TO
from qjreport.lexicon import Lexicon
from qjreport.lexicon.indicators import Direction, Indicator

PRECISION = 80  # digits: no product of a value and a factor has more
INDEX_BASE = Decimal(100)


class Converter:
    """Values → values in the unit that an indicator's values are compared in."""

    def __init__(self, lexicon: Lexicon) -> None:
        table = lexicon.indicators
        self.indicators: dict[str, Indicator] = {one.code: one for one in table.indicators}
        self.families = {one.code: table.families[one.family] for one in table.indicators}
        self.units: dict[str, tuple[str, str | None, Fraction | None]] = {}
        for unit in lexicon.units.units:
            factor = None if unit.factor is None else read_factor(unit.factor)
            money = unit.code if unit.dimension == "money" else None
            self.units |= dict.fromkeys(unit.names, (unit.dimension, money, factor))

    def convert(
        self, indicator: str, measure: str, value: Decimal | None, unit: str, kind: str = "level"
    ) -> tuple[Decimal | None, str]:
        """The value in the unit of its measure: % for growth and shares, the indicator's own for levels and changes.

        What cannot be converted keeps its unit.
        """
        target = "%" if measure in ("growth", "share") else self.families[indicator].unit
        if measure == "rank":
            return value, unit
        if measure == "growth" and kind == "level" and value is not None and self.is_index(indicator, value):
            return value - INDEX_BASE, "%"
        if not target or unit == target:
            return value, unit
        factor = self.find_factor(indicator, unit, target)
        if factor is None:
            return value, unit
        changed = None if value is None else multiply(value, factor)
        return (value, unit) if value is not None and changed is None else (changed, target)

    def is_index(self, indicator: str, value: Decimal) -> bool:
        """Whether the value is last year's prices = 100, and no growth in %."""
        one = self.indicators.get(indicator)
        return one is not None and one.index and INDEX_FROM < value < INDEX_TO

    def change(self, indicator: str, value: Decimal | None, unit: str, target: str) -> Decimal | None:
        """The value in another unit; None where there is no way."""
        factor = self.find_factor(indicator, unit, target)
        return None if value is None or factor is None else multiply(value, factor)

    def find_factor(self, indicator: str, unit: str, target: str) -> Fraction | None:
        """What to multiply by; None where the two are of different kinds, or no factor is known.

        The counters of a family count the same things: 新增就业 of 20万人 and of 20万个.
        """
        if unit == target:
            return Fraction(1)
        known, wanted = self.units.get(unit), self.units.get(target)
        if known is None and wanted is None:
            counted = self.families[indicator].units
            return Fraction(1) if unit in counted and target in counted else None
        if known is None or wanted is None or known[:2] != wanted[:2] or not known[2] or not wanted[2]:
            return None
        return known[2] / wanted[2]


@lru_cache(maxsize=1000)
def read_factor(text: str) -> Fraction:
    return Fraction(text)


def multiply(value: Decimal, factor: Fraction) -> Decimal | None:
    """The exact product; None where no decimal is exact."""
    product = Fraction(value) * factor
    with localcontext() as context:
        context.prec = PRECISION
        result = Decimal(product.numerator) / Decimal(product.denominator)
        return result.normalize() + 0 if Fraction(result) == product else None


class Amount(msgspec.Struct, frozen=True):
    """One side of a comparison, signed and in one unit."""

    value: Decimal
    to: Decimal | None = None
    bound: str = "="

    @property
    def low(self) -> Decimal:
        return self.value if self.to is None else min(self.value, self.to)

    @property
    def high(self) -> Decimal:
        return self.value if self.to is None else max(self.value, self.to)


def measure_gap(target: Amount, result: Amount) -> Decimal:
    """Result less target; 0 inside of a range, else from its nearer end.

    >>> measure_gap(Amount(Decimal("6.5"), Decimal(7)), Amount(Decimal("6.9"))), measure_gap(
    ...     Amount(Decimal(8)), Amount(Decimal("7.5")))
    (Decimal('0'), Decimal('-0.5'))
    """
    if result.value < target.low:
        return result.value - target.low
    return result.value - target.high if result.value > target.high else Decimal(0)


def judge(target: Amount, result: Amount, direction: Direction) -> bool:
    """Whether the target was met.

    What the target itself says counts before the indicator's direction: at least, or at most (of a decrease, at least
    that much less). 左右 (about) is met by what rounds to it: 4.9 meets 5%左右, 4.4 does not.

    >>> judge(Amount(Decimal(5), bound="~"), Amount(Decimal("4.9")), "more")
    True
    >>> judge(Amount(Decimal(-3), bound=">="), Amount(Decimal("-3.2")), "less")
    True
    >>> judge(Amount(Decimal(4)), Amount(Decimal("3.2")), "ceiling")
    True
    """
    bound = target.bound
    if target.value < 0 and bound in (">=", "<="):
        bound = "<=" if bound == ">=" else ">="
    reached, least, most = result.value, target.low, target.high
    if bound == "~":
        reached = round_as(reached, target.value)
    if bound == ">=" or (bound in ("=", "~") and direction in ("more", "floor")):
        return reached >= least
    if bound == "<=" or direction in ("less", "ceiling"):
        return reached <= most
    return least <= reached <= most


def round_as(value: Decimal, like: Decimal) -> Decimal:
    """The value rounded to the digits that another is written with.

    >>> round_as(Decimal("4.96"), Decimal("5")), round_as(Decimal("6.46"), Decimal("6.5"))
    (Decimal('5'), Decimal('6.5'))
    """
    exponent = int(like.normalize().as_tuple().exponent)
    if like.adjusted() < 2:  # 10%左右 is written to the percent and not to ten of them
        exponent = min(exponent, 0)
    with localcontext() as context:
        context.prec = PRECISION
        return value.quantize(Decimal((0, (1,), exponent)), ROUND_HALF_UP)


def read_decimal(text: Any) -> Decimal | None:
    return None if text in (None, "") else Decimal(text)
