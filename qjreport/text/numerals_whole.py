"""Whole numerals → exact values: Arabic, Chinese and mixed ones, and the tables of their characters.

Reads a text that is one numeral as a whole. Signs, fractions, shares and rough numbers are numerals.py's.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

from qjreport.text.patterns import compile_re

LONGEST: Final = 64  # characters: no number that a report states is longer; longer digit runs are codes

EXACT: Final = Context(prec=400)  # digits: nothing that LONGEST allows is rounded in it

ARABIC: Final = r"\d++(?:[,，]\d{3}(?!\d))*(?:[.．]\d++)?"
DIGITS: Final = {
    c: i
    for i, chars in enumerate(
        ("零〇○", "一壹弌", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for c in chars
}
TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
MYRIAD_MYRIADS: Final = 10**8
SCORES: Final = {"廿": 20, "卅": 30}
MULTIPLIERS: Final = {c: Decimal(v) for c, v in {**TENS, **MYRIADS}.items()}

DIGIT_CHARS: Final = "".join(DIGITS)
MULTIPLIER_CHARS: Final = "".join(MULTIPLIERS)
CHINESE_CHARS: Final = DIGIT_CHARS + MULTIPLIER_CHARS + "廿卅"

ASCII: Final = str.maketrans("０１２３４５６７８９．，", "0123456789.,")

POSITIONAL: Final = compile_re(rf"[{DIGIT_CHARS}]++")
_MIXED_PART: Final = compile_re(rf"(零?)({ARABIC})([拾十百佰千仟]*+)([万萬亿億]*+)")


def read_arabic(text: str) -> Decimal | None:
    """The value of Arabic digits with separators, a decimal point and full-width forms: `1,234.5`.

    For what ARABIC matches; it does not tell whether a text is a number.

    >>> read_arabic("１，２３４.5")
    Decimal('1234.5')
    """
    if len(text) > LONGEST:
        return None
    plain = text.translate(ASCII).replace(",", "")
    return Decimal(plain) if plain and plain[0].isdecimal() else None


def read_chinese(text: str) -> int | None:
    """The value of a whole number in Chinese characters, None where they do not make one.

    A digit behind a multiplier counts the next lower one: 九万四 is 94,000. Digits alone are read by place: 二〇二四.

    >>> read_chinese("两百三十万"), read_chinese("九万四"), read_chinese("二〇二四"), read_chinese("万一")
    (2300000, 94000, 2024, None)
    """
    if not text or len(text) > LONGEST:
        return None
    if POSITIONAL.fullmatch(text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = 0  # what is summed above the last 万 or 亿, and below it
    digit: int | None = None
    highest = 0  # the last 万 or 亿
    last = 10**16  # the last multiplier: a lower one must follow
    zero = False
    for c in text:
        if c in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = DIGITS[c]
            zero = zero or digit == 0
        elif c in SCORES:
            if digit or last <= 10:
                return None
            section += SCORES[c]
            digit, last = None, 10
        elif c in TENS:
            scale = TENS[c]
            if scale >= last or (digit is None and section and scale != 10):
                return None
            section += (digit if digit else 1) * scale
            digit, last, zero = None, scale, False
        elif c in MYRIADS:
            scale = MYRIADS[c]
            below = section + (digit or 0)
            if scale == highest or (not below and total and scale != 10**8):
                return None  # 五万万, 三亿亿
            highest = scale
            if not below and not total:
                below = 1
            total = (total + below) * scale if scale == 10**8 else total + below * scale
            section, digit, last, zero = 0, None, scale, False
        else:
            return None
    if digit:
        elided = last // 10 if last <= 10**8 and not zero else 1
        if text[0] in MYRIADS or (text[0] in TENS and last > 10):
            return None  # 万一 and 千一 are words
        section += digit * elided
    return total + section


@lru_cache(maxsize=256)
def read_scale(characters: str) -> Decimal:
    """The product of multipliers: 万亿 is 10 to the 12th, none is 1."""
    scale = Decimal(1)
    for c in characters:
        scale *= MULTIPLIERS[c]
    return scale


def read_mixed(text: str) -> Decimal | None:
    """Arabic digits with Chinese multipliers, in falling order: 3.2万亿, 25万6千, 2亿3千5百万, 1万零500, 5億1萬.

    >>> read_mixed("3.2万亿"), read_mixed("2亿3千5百万"), read_mixed("3万4000")
    (Decimal('3200000000000.0'), Decimal('235000000'), Decimal('34000'))
    """
    if len(text) > LONGEST:
        return None
    total = section = Decimal(0)  # what is summed above the last 万 or 亿, and below it
    at, last, highest = 0, None, None  # the multiplier of the part before; the last 万 or 亿
    while at < len(text):
        part = _MIXED_PART.match(text, at)
        value = read_arabic(part[2]) if part else None
        if part is None or value is None or (part[1] and last is None):
            return None
        zero, number, tens, myriads = part.groups()
        at = part.end()
        scale = read_scale(tens)
        if last is not None and len(number) == 1 and at == len(text) and not (zero or tens or myriads):
            scale = last / 10  # 5万3 is 53,000, as 五万三 is
        value = EXACT.multiply(value, scale)
        if last is not None and value >= last:
            return None
        joins = highest is not None and highest < MYRIAD_MYRIADS and myriads[-1:] in ("亿", "億")  # 1万2千亿
        if last is not None and (section or joins) and myriads and not (zero or tens) and value * 10 < last:
            return None  # 3千5万, where 三千五百 and 三千零五 are both near
        section, last = EXACT.add(section, value), scale
        if myriads:
            last = read_scale(myriads)
            summed = EXACT.multiply(EXACT.add(total, section) if joins else section, last)
            if highest is not None and not joins and summed >= highest:
                return None
            total = summed if joins else EXACT.add(total, summed)
            section, highest = Decimal(0), last
    return EXACT.add(total, section) if last is not None else None


def read_whole(text: str) -> Decimal | None:
    """An Arabic, mixed or Chinese number without anything around it."""
    value = read_mixed(text)
    if value is not None:
        return value
    whole = read_chinese(text)
    return None if whole is None else Decimal(whole)
