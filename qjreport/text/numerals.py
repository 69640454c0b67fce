"""Numerals → exact values: whole ones with a sign, fractions, 成 and 折, 番 and 半, rough ones.

Reads a text that is one number as a whole. Where numbers stand in running text, and what belongs to them, is the
quantity stage's to find.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from qjreport.model.arguments import check_argument
from qjreport.text.numerals_whole import (
    DIGIT_CHARS,
    DIGITS,
    EXACT,
    LONGEST,
    MULTIPLIER_CHARS,
    read_arabic,
    read_chinese,
    read_mixed,
    read_scale,
    read_whole,
)
from qjreport.text.patterns import compile_re

__all__ = ["Number", "read_arabic", "read_chinese", "read_mixed", "read_number", "read_whole", "simplify"]

Number = Decimal | Fraction

NEGATIVE: Final = "-－−﹣负負"
POSITIVE: Final = "+＋正"
_VAGUE_INNER: Final = compile_re(rf"[余多几来](?=[{MULTIPLIER_CHARS}]*+$)")
_PLACES: Final = compile_re(rf"([{DIGIT_CHARS}]++)([百千]?[万萬]?[亿億]?)")  # 三点五十 is a time of day
_HALVES: Final = frozenset(("一半", "半", "半数", "过半", "对半"))


def read_number(text: str) -> Number | None:
    """The exact value of a text that is one number as a whole, else None. Raises TypeError for what is no str only.

    A Decimal, or a Fraction where no decimal is exact. Without a unit: 九成 is 0.9, 翻一番 is 2. A rough number is
    its number (百余 is 100, 数十 is 10); a range such as 三五 is none.

    >>> read_number("两百三十万"), read_number("-2.2"), read_number("三分之一"), read_number("三者")
    (Decimal('2300000'), Decimal('-2.2'), Fraction(1, 3), None)
    """
    check_argument("text", text, str, "a str")
    text = text.strip()
    if not text or len(text) > LONGEST:
        return None
    with localcontext(EXACT):
        return _read_signed(text)


def _read_signed(text: str) -> Number | None:
    if text[0] in NEGATIVE or text[0] in POSITIVE:
        value = _read_unsigned(text[1:])
        return -value if value is not None and text[0] in NEGATIVE else value
    return _read_unsigned(text)


def _read_unsigned(text: str) -> Number | None:
    if not text:
        return None
    value: Number | None = read_mixed(text)
    if value is not None:
        return value
    for read in (_read_fraction, _read_share, _read_doubling, _read_spoken_decimal, _read_rough):
        value = read(text)
        if value is not None:
            return value
    return None


def simplify(value: Fraction) -> Number:
    """A Decimal where one is exact, else the Fraction.

    >>> simplify(Fraction(1, 4)), simplify(Fraction(2, 3))
    (Decimal('0.25'), Fraction(2, 3))
    """
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)) if rest == 1 else value


def _read_fraction(text: str) -> Number | None:
    for sign in ("分之", "/", "／"):
        left, found, right = text.partition(sign)
        if not found:
            continue
        below, above = (left, right) if sign == "分之" else (right, left)
        bottom = read_whole(below)
        top = read_whole(above)
        top = _read_spoken_decimal(above) if top is None else top
        if top is None or not bottom:
            return None
        return simplify(Fraction(top) / Fraction(bottom))
    return None


def _read_share(text: str) -> Decimal | None:
    """九成, 两成半, 3成, 八折, 八五折, 一半."""
    if text in _HALVES:
        return Decimal("0.5")
    if text and text[-1] in "%％‰":
        value = read_mixed(text[:-1])
        return None if value is None else value / (1000 if text[-1] == "‰" else 100)
    head, sign, tail = text.partition("成" if "成" in text else "折")
    if not sign or not head:
        return None
    if sign == "折" and len(head) == 2 and all(c in DIGITS for c in head):
        return None if tail else Decimal(DIGITS[head[0]] * 10 + DIGITS[head[1]]) / 100
    tenths = _read_spoken_decimal(head) if "点" in head else read_whole(head)
    if tenths is None or tenths > 10 or (tail and "点" in head):
        return None
    if not tail:
        return tenths / 10
    if tail == "半":
        return (tenths + Decimal("0.5")) / 10
    return (tenths + Decimal(DIGITS[tail]) / 10) / 10 if tail in DIGITS else None


def _read_doubling(text: str) -> Decimal | None:
    """翻番, 翻一番, 翻了两番."""
    if not text.startswith("翻") or not text.endswith("番"):
        return None
    times = text[1:-1].removeprefix("了")
    count = Decimal(1) if not times else read_whole(times)
    return None if count is None or not 0 < count < 20 or count % 1 else Decimal(2) ** int(count)


def _read_spoken_decimal(text: str) -> Decimal | None:
    """三点五, 十二点零三, 六十五点三万, and 两个半 without its counter: 两半 is none."""
    whole, point, rest = text.partition("点")
    head = read_chinese(whole) if point else None
    places = _PLACES.fullmatch(rest)
    if head is None or places is None:
        value = read_chinese(text)
        return None if value is None or _is_range(text) else Decimal(value)
    return Decimal(f"{head}." + "".join(str(DIGITS[c]) for c in places[1])) * read_scale(places[2])


def _is_range(text: str) -> bool:
    """三五, 七八: two digits that leave open which of them it is."""
    return len(text) == 2 and all(c in DIGITS and DIGITS[c] for c in text)


def _read_rough(text: str) -> Decimal | None:
    """百余, 十几, 十余万, 数十, 上千, 近百, 30多万: the number that it starts from."""
    plain = _VAGUE_INNER.sub("", text, count=1)
    if plain == text:
        plain = text[1:] if text[0] in "数几上近约" else ""
    return read_whole(plain) if plain else None
