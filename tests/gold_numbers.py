"""What a quote of the gold says in numbers, by lines of its own: qjreport must not check what it is checked by."""

from __future__ import annotations

import re
from fractions import Fraction

DIGITS = {
    character: number
    for number, group in enumerate(("零〇○", "一", "二两兩", *"三四五六七八九"))
    for character in group
}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
IN_CHARACTERS = "".join((*DIGITS, *SMALL, *LARGE, "点點"))
ARABIC = re.compile(r"(-?[\d,，]+(?:\.\d+)?)[余餘多]?((?:[百千]?[万亿萬億]+)|百|千(?![瓦克米伏]))?[余餘多]?")
CHARACTERS = re.compile(rf"([{IN_CHARACTERS}]+)([余餘多]?)([万萬亿億]*)")
WHOLE = {
    **dict.fromkeys(("一半", "过半", "半数", "半数以上"), Fraction(1, 2)),
    **dict.fromkeys(("翻一番", "翻了一番"), Fraction(2)),
    "首位": Fraction(1),
}
JOINED = re.compile(r"[^\d]*?(?:—+|-|~|～|至|到)(?:百分之)?")


def read_quote(quote: str) -> tuple[Fraction, ...]:
    """The number of a quote, or both of a range.

    >>> read_quote("18万余人次"), read_quote("百分之六点五"), read_quote("三成半")
    ((Fraction(180000, 1),), (Fraction(13, 2),), (Fraction(35, 1),))
    >>> read_quote("3—5万个"), read_quote("三分之二")
    ((Fraction(30000, 1), Fraction(50000, 1)), (Fraction(2, 3),))
    """
    if quote in WHOLE:
        return (WHOLE[quote],)
    if coins := re.fullmatch("(.+元)(.)角", quote):
        return (read_quote(coins[1])[0] + Fraction(DIGITS[coins[2]], 10),)
    quote = quote.replace("．", ".")
    first, rest = read_number(re.sub("^(?:第|百分之|千分之)", "", quote))
    if rest.startswith("分之"):
        over, rest = read_number(rest[2:])
        first = over / first
    if joined := JOINED.match(rest):
        last, _ = read_number(rest[joined.end() :])
        while first < last / 1000 and not re.search("[万亿萬億]", quote[: len(quote) - len(rest)]):
            first *= 10
        return first, last
    if rest.startswith("成"):
        return (first * 10 + {"半": 5, **DIGITS}.get(rest[1:2], 0),)
    return (first,)


def read_number(text: str) -> tuple[Fraction, str]:
    if (match := ARABIC.match(text)) and match[1]:
        number = Fraction(re.sub("[,，]", "", match[1]))
        for character in match[2] or "":
            number *= LARGE.get(character) or SMALL[character]
        return number, text[match.end() :]
    match = CHARACTERS.match(text)
    if match is None:
        raise ValueError(f"no number in {text}")
    number = read_characters(match[1])
    for character in match[3]:
        number *= LARGE[character]
    return number, text[match.end() :]


def read_characters(text: str) -> Fraction:
    whole, point, decimals = text.replace("點", "点").partition("点")
    if len(whole) > 1 and set(whole) <= set(DIGITS):
        return Fraction("".join(str(DIGITS[one]) for one in whole))
    total = section = 0
    digit: int | None = None
    for one in whole:
        if one in DIGITS:
            digit = DIGITS[one]
            continue
        if one in SMALL:
            section += (1 if digit is None else digit) * SMALL[one]
        else:
            section += digit or 0
            total = (total + section) * LARGE[one] if LARGE[one] == 10**8 else total + section * LARGE[one]
            section = 0
        digit = None
    number = Fraction(total + section + (digit or 0))
    if point:
        digits = re.match(rf"[{''.join(DIGITS)}]+", decimals)
        assert digits, text
        number += Fraction(int("".join(str(DIGITS[one]) for one in digits[0])), 10 ** len(digits[0]))
        for one in decimals[digits.end() :]:
            number *= LARGE.get(one) or SMALL[one]
    return number
