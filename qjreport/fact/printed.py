"""How a number was printed: the size of a step of its last digit, and the words to quote it by."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import regex

from qjreport.model import Fact
from qjreport.text.patterns import compile_re

DIGITS: Final = compile_re(r"\d[\d,，]*+(?:[.．](?P<decimals>\d++))?")
LONGEST: Final = 40  # digits of a number that any report prints
ONE: Final = Decimal(1)


def find_step(fact: Fact) -> Decimal:
    """By how much the fact's value changes when the last printed digit does: 33757.93亿元 by 0.01亿.

    A number in Chinese characters is as exact as it is written (四成, 两百三十万), and has no step.
    """
    printed = DIGITS.search(fact.quote)
    if printed is None or len(printed[0]) > LONGEST:
        return Decimal(0)
    plain = Decimal(regex.sub("[,，]", "", printed[0]).replace("．", "."))
    step = ONE.scaleb(-len(printed["decimals"] or ""))
    if not plain or not fact.value:
        return step
    return step * abs(fact.value) / plain


def show_quote(fact: Fact) -> str:
    """The number as printed, with the unit where that stands elsewhere (a cell 84.7 under 万人)."""
    return fact.quote if not fact.unit or fact.unit in fact.quote else f"{fact.quote} ({fact.value:f} {fact.unit})"
