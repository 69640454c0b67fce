"""The digits at a place of a text → a number with its multipliers: 18万余, 3.2万亿, 25万6千, 10多万.

Only the number: whether it is a quantity, and of what, is decided by its readers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.text.numerals import ARABIC, EXACT, MULTIPLIER_CHARS, read_arabic, read_mixed, read_scale
from qjreport.text.patterns import compile_re

RUN: Final = compile_re(r"\d++(?:[.,]\d++)*")
PLAIN: Final = compile_re(r"\d++(?:\.\d++)?")
SEPARATORS: Final = ",，"
MORE: Final = frozenset(f" {SEPARATORS}.．余多来几+＋{MULTIPLIER_CHARS}")  # may go on a number
LONGEST_PRINTED: Final = 20  # characters with separators: more digits are a code
ONE: Final = Decimal(1)


class Numeral(msgspec.Struct, gc=False):
    """A number as read."""

    start: int
    end: int
    plain: Decimal  # as printed
    scale: Decimal
    value: Decimal  # scaled in full
    rough: str = ""  # the 余 or 多 in it
    chinese: bool = False  # in characters


@lru_cache(maxsize=8)
def build_number(lexicon: Lexicon) -> re.Pattern[str]:
    """Digits, multipliers and a rest (2亿3千万, 1万零500); the 千 of 千瓦 and the 百 of 百帕 are left to the unit."""
    units = "|".join(map(re.escape, lexicon.units.prefixes))
    scale = rf"(?:(?!{units})[{MULTIPLIER_CHARS}])"
    return compile_re(
        rf"(?P<number>{ARABIC})"
        rf"(?:(?P<early>[余多来几])(?=[{MULTIPLIER_CHARS}]))?"
        rf"(?: ?(?P<scale>{scale}+)"
        rf"(?P<rest>(?:零?\d{{1,4}}{scale}+){{1,6}}|\d{{4}}(?![\d.,%％])|零\d{{1,3}}(?![\d.,%％]))?)?"
        r"(?P<late>余|多(?![样边层云维点方彩])|来(?=[个名家天人项件条位种次])|[+＋](?=[^\W\d_A-Za-z]))?"
    )


def read_numeral(text: str, start: int, pattern: re.Pattern[str]) -> Numeral | None:
    """The number that begins at `start`; None where it is longer than any number is.

    >>> from qjreport.lexicon import load_lexicon
    >>> read_numeral("共18万余人次", 1, build_number(load_lexicon())).value
    Decimal('180000')
    """
    plainly = PLAIN.match(text, start)
    if plainly is None:
        return None
    end = plainly.end()
    after = text[end : end + 1]
    if after in MORE and (after not in SEPARATORS or text[end + 1 : end + 2].isdecimal()):
        return read_scaled(text, start, pattern)
    if end - start > LONGEST_PRINTED:
        return None
    value = Decimal(plainly[0])
    return Numeral(start, end, value, ONE, value)


def read_scaled(text: str, start: int, pattern: re.Pattern[str]) -> Numeral | None:
    """A number that a multiplier, a 余 or a separator may go on with."""
    hit = pattern.match(text, start)
    if hit is None:
        return None
    number, early, scaled, rest, late = hit.groups()
    if len(number) > LONGEST_PRINTED or (scaled and len(scaled) > 4):
        return None
    plain = Decimal(number) if number.isascii() and "," not in number else read_arabic(number)
    if plain is None:
        return None
    if not scaled:
        return Numeral(start, hit.end(), plain, ONE, plain, early or late or "")  # 30多千瓦, 30余
    scale = read_scale(scaled)
    value, end = EXACT.multiply(plain, scale), hit.end()
    if rest:
        whole = read_mixed(f"{number}{scaled}{rest}")
        if whole is None or (rest.isdigit() and scaled != "万"):
            end, late = hit.start("rest"), None
        else:
            value = whole
    return Numeral(start, end, plain, scale, strip_zeros(value), early or late or "")


def strip_zeros(value: Decimal) -> Decimal:
    """129.60万 is 1296000, not 1296000.00."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize(EXACT)
