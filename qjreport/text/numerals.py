"""Numerals → exact values: whole ones in digits, in characters and mixed, and what is written around them.

Reads a text that is one number as a whole, from the plainest form to the rarest: digits (1,234.5), characters by place
(二〇二四) or with multipliers (两百三十万), both together (3.2万亿); then signs, fractions, 成 and 折, 番 and 半,
decimals with 点, rough numbers (百余). The tables of Chinese digits are here alone: patterns are built from them.

Where numbers stand in running text, and what belongs to them, is the quantity stage's to find.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal

import msgspec

from qjreport.model.arguments import check_argument
from qjreport.text.patterns import compile_re

__all__ = [
    "Amount",
    "Number",
    "read_amount",
    "read_arabic",
    "read_chinese",
    "read_number",
    "read_whole",
    "simplify",
]

Number = Decimal | Fraction

LONGEST: Final = 64  # characters: no number that a report states is longer; longer digit runs are codes
EXACT: Final = Context(prec=400)  # digits: nothing that LONGEST allows is rounded in it

DIGITS: Final = {
    c: i
    for i, chars in enumerate(
        ("零〇○", "一壹弌", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for c in chars
}
TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
SCORES: Final = {"廿": 20, "卅": 30}
MULTIPLIERS: Final = {c: Decimal(v) for c, v in {**TENS, **MYRIADS}.items()}

# The zeros of all scripts of decimals in 16 bits, each with its nine digits after it. A pattern that opens with these
# finds a digit at twice the speed of one with `\d`, for which `re` asks the database of characters about each one that
# is none.
DECIMAL_ZEROS: Final = (
    "0\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20\u1040\u1090\u17e0"
    "\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0\uff10"
)
# Beyond 16 bits a character may be a digit (𝟘, 🯰), and `\d` says whether it is: a range for each script would be asked
# about every character, and hardly any page has one of these.
BEYOND: Final = "\U00010000-\U0010ffff"
ALL_DIGITS: Final = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in DECIMAL_ZEROS) + BEYOND

DIGIT_CHARS: Final = "".join(DIGITS)
MULTIPLIER_CHARS: Final = "".join(MULTIPLIERS)
NONZERO: Final = "".join(c for c, digit in DIGITS.items() if digit)
CHINESE_CHARS: Final = DIGIT_CHARS + MULTIPLIER_CHARS + "".join(SCORES)
# As running text has them, without the forms of cheques and of traditional characters.
ZEROS: Final = "零〇○"
ONES: Final = "一二三四五六七八九"
SCALES: Final = "十百千万亿"

# Digits with marks of thousands, or thin spaces and such as do not break a line in their place; soft hyphens and other
# characters without width may stand among them.
JOINTS: Final = "\u00ad\u200b\u2060\ufeff"
NARROW: Final = "\u00a0\u2009\u202f"
ARABIC: Final = (
    rf"(?:\d{{1,3}}(?:[{NARROW}]\d{{3}})+(?!\d)|\d++(?:[{JOINTS}]++\d++)*(?:[,，]\d{{3}}(?!\d))*)(?:[.．]\d++)?"
)
ASCII: Final = str.maketrans("０１２３４５６７８９．·", "0123456789..", f",， {JOINTS}{NARROW}")


def read_arabic(text: str) -> Decimal | None:
    """The value of Arabic digits with separators, a decimal point and full-width forms: `1,234.5`.

    For what ARABIC matches; it does not tell whether a text is a number.

    >>> read_arabic("１，２３４.5")
    Decimal('1234.5')
    """
    if len(text) > LONGEST:
        return None
    plain = text.translate(ASCII)
    return Decimal(plain) if plain and plain[0].isdecimal() else None


# ① to ㊿, ⑴, ⒈, ❶ and the like, ㈠ and ㊀: marks of a place in a list, and no numbers of anything.
CIRCLED: Final = "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf"
# Fractions of one character.
VULGAR: Final = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4), "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5), "⅘": Fraction(4, 5), "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6), "⅐": Fraction(1, 7), "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8), "⅑": Fraction(1, 9), "⅒": Fraction(1, 10),
}  # fmt: skip
SIGNS: Final = f"{CIRCLED}{''.join(VULGAR)}"  # of a class: numbers that are neither digits nor characters
SUPERSCRIPTS: Final = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
RAISED: Final = frozenset(SUPERSCRIPTS.values())

POSITIONAL: Final = compile_re(rf"[{DIGIT_CHARS}]++")
TOKEN: Final = compile_re(rf"({ARABIC})|([{DIGIT_CHARS}]++)|([{MULTIPLIER_CHARS}{''.join(SCORES)}])")
TEN: Final = Decimal(10)
NOTHING: Final = Decimal(0)
ONE: Final = Decimal(1)


class Part(msgspec.Struct, frozen=True, gc=False):
    """A word of a numeral: a number, a multiplier below 万 or from it on, or a zero that keeps a place."""

    kind: Literal["number", "tens", "myriad", "zero"]
    value: Decimal = NOTHING
    digits: int = 0  # of a number: only a single one may stand for the multiplier that is left out; 1 of 万亿


ZERO: Final = Part("zero")
DECIMALS: Final = 100  # digits of a number with decimals, which counts whole ones: 5万3.5


def split_numeral(text: str) -> list[Part] | None:
    """The words of a whole number in digits, in characters or both; None where something else is among them."""
    parts: list[Part] = []
    at = 0
    while at < len(text):
        token = TOKEN.match(text, at)
        if token is None:
            return None
        at = token.end()
        written = token[0]
        if token[1]:
            value = read_arabic(written)
            if value is None:
                return None
            parts.append(Part("number", value, len(written) if written.isdecimal() else DECIMALS))
        elif token[2]:
            if parts and DIGITS[written[0]] == 0:
                parts.append(ZERO)
                written = written[1:]
            if written:
                parts.append(Part("number", Decimal("".join(str(DIGITS[c]) for c in written)), len(written)))
        elif written in SCORES:
            parts += (Part("number", Decimal(SCORES[written] // 10), 1), TENFOLD)
        else:
            parts.append(Part("tens" if written in TENS else "myriad", MULTIPLIERS[written]))
            if len(parts) > 1 and parts[-1].kind == parts[-2].kind == "myriad" and parts[-1].value >= parts[-2].value:
                last = parts.pop()  # 四万万, 3万亿: one multiplier of two characters
                if parts[-1].digits:
                    return None
                parts[-1] = Part("myriad", EXACT.multiply(parts[-1].value, last.value), 1)
    return parts


TENFOLD: Final = Part("tens", TEN)


def sum_up(parts: list[Part], above: Decimal = NOTHING, closed: bool = False) -> Decimal | None:
    """What the words of a numeral come to; None where they are in no order that makes one.

    It is split at its highest 万, 亿 or 兆, and each side is summed up by itself. `above` is the multiplier after which
    they stand (0 for none); `closed` where another follows them, so that none may be left out: 三千五 of 三千五万.
    """
    scale = max((part.value for part in parts if part.kind == "myriad"), default=NOTHING)
    if not scale:
        return sum_section(parts, above, closed)
    if above and scale >= above:
        return None  # 三万五万
    at = max(place for place, part in enumerate(parts) if part.kind == "myriad" and part.value == scale)
    left, right = parts[:at], parts[at + 1 :]
    if any(part.kind == "myriad" and part.value == scale for part in left):
        return None  # 三万五万
    head = sum_up(left, NOTHING, True) if left else ONE
    if (
        head is None
        or (not head and right)
        or (not left and (above or sum(part.kind != "zero" for part in right) == 1))
    ):
        return None  # 万一 is a word
    rest = sum_up(right, scale, closed) if right else NOTHING
    return None if rest is None or rest >= scale else EXACT.add(EXACT.multiply(head, scale), rest)


def sum_section(parts: list[Part], above: Decimal, closed: bool) -> Decimal | None:
    """The sum of words without 万 and 亿, whose multipliers fall: 三千零五十. Of a digit at the end, see `sum_last`."""
    total = last = NOTHING
    pending: Part | None = None
    zero = False
    for part in parts:
        if part.kind == "tens":
            if (last and part.value >= last) or (pending is None and total and part.value != TEN):
                return None
            value = part.value if pending is None else EXACT.multiply(pending.value, part.value)
            if (last and value >= last) or (pending is not None and pending.value == 0 and last):
                return None
            total, last, pending, zero = EXACT.add(total, value), part.value, None, False
        elif pending is not None:
            return None
        elif part.kind == "zero":
            zero = True
        else:
            pending = part
    if pending is None:
        return None if zero or not parts else total
    if parts[0].kind == "tens" and len(parts) > 1 and last > TEN and not zero:
        return None  # 千一 is a word
    below = sum_last(pending, last or above, zero, closed)
    return None if below is None else EXACT.add(total, below)


def sum_last(number: Part, scale: Decimal, zero: bool, closed: bool) -> Decimal | None:
    """The number at the end after the multiplier `scale`: 九万四 has four thousand, 九万零四 has four."""
    if not scale or zero or scale == TEN:
        return number.value if not scale or number.value < scale else None
    if number.digits > 1:  # 3千95万, where 三千九百五十 and 三千零九十五 are both near
        near = closed and number.value * 10 < scale
        return number.value if number.value < scale and not near else None
    return None if closed else EXACT.multiply(number.value, scale / 10)


def read_count(text: str) -> int | None:
    """The value of a whole number in digits or in Chinese characters, None where they do not make one.

    >>> read_count("12"), read_count("十二"), read_count("万一")
    (12, 12, None)
    """
    return int(text) if text.isdecimal() else read_chinese(text)


def read_chinese(text: str) -> int | None:
    """The value of a whole number in Chinese characters, None where they do not make one.

    A digit after a multiplier counts the next lower one: 九万四 is 94,000. Digits alone are read by place: 二〇二四.

    >>> read_chinese("两百三十万"), read_chinese("九万四"), read_chinese("二〇二四"), read_chinese("万一")
    (2300000, 94000, 2024, None)
    """
    if not text or len(text) > LONGEST or ARABIC_DIGIT.search(text):
        return None
    value = read_whole(text)
    return None if value is None else int(value)


ARABIC_DIGIT: Final = compile_re(r"\d")


@lru_cache(maxsize=256)
def read_scale(characters: str) -> Decimal:
    """The product of multipliers: 万亿 is 10 to the 12th, none is 1."""
    scale = ONE
    for c in characters:
        scale *= MULTIPLIERS[c]
    return scale


@lru_cache(maxsize=2048)
def read_whole(text: str) -> Decimal | None:
    """An Arabic, mixed or Chinese number without anything around it.

    >>> read_whole("3.2万亿"), read_whole("2亿3千5百万"), read_whole("三万4000"), read_whole("十三万五")
    (Decimal('3200000000000.0'), Decimal('235000000'), Decimal('34000'), Decimal('135000'))
    """
    if not text or len(text) > LONGEST:
        return None
    parts = split_numeral(text)
    return sum_up(parts) if parts else None


class Amount(msgspec.Struct, frozen=True, gc=False):
    """What a numeral in characters says: 十几 is 10 and more, 十五六 is 15 to 16."""

    low: Decimal
    high: Decimal | None = None
    rough: str = ""  # the word that leaves it open: 几, 余, 数


ROUGH: Final = "几幾余餘多来來把"
ROUGH_AHEAD: Final = "数數几幾"
PAIR: Final = compile_re(rf"(?<![{DIGIT_CHARS}])([{NONZERO}])([{NONZERO}])(?![{DIGIT_CHARS}])")
ROUGHLY: Final = compile_re(rf"(?<=[{MULTIPLIER_CHARS}{ZEROS}\d])[{ROUGH}]")


@lru_cache(maxsize=2048)
def read_amount(text: str) -> Amount | None:
    """A numeral with what leaves it open: 二十几亿, 数百, 三千余, 一百二三十, 七八; None where it is none.

    >>> read_amount("二十几亿"), read_amount("一百二三十").high, read_amount("几")
    (Amount(low=Decimal('2000000000'), high=None, rough='几'), Decimal('130'), None)
    """
    ahead = text[0] in ROUGH_AHEAD
    open_at = ROUGHLY.search(text)
    if ahead or open_at is not None:
        if ahead:
            rough, plain = text[0], text[1:]
            if open_at is not None or plain[:1] not in MULTIPLIERS:
                return None
        else:
            assert open_at is not None
            rough, plain = open_at[0], text[: open_at.start()].rstrip(ZEROS) + text[open_at.end() :]
        low = read_whole(plain)
        return None if low is None else Amount(low, None, rough)
    pair = PAIR.search(text)
    if pair is not None and is_range(pair[0]):
        low, high = read_whole(text[: pair.start(2)] + text[pair.end(2) :]), read_whole(cut_first(text, pair.start(1)))
        return None if low is None or high is None or high <= low else Amount(low, high)
    low = read_whole(text)
    return None if low is None else Amount(low)


def cut_first(text: str, at: int) -> str:
    return text[:at] + text[at + 1 :]


def is_range(pair: str) -> bool:
    """七八, 三五: two digits that leave open which of them it is; 八五 (of 八五折) is one number."""
    low, high = DIGITS[pair[0]], DIGITS[pair[1]]
    return high - low == 1 or (low, high) == (3, 5)


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


NEGATIVE: Final = "-－−﹣负負"
POSITIVE: Final = "+＋正"


def _read_signed(text: str) -> Number | None:
    if text[0] in NEGATIVE or text[0] in POSITIVE:
        value = _read_unsigned(text[1:].lstrip(" "))
        return -value if value is not None and text[0] in NEGATIVE else value
    return _read_unsigned(text)


def _read_unsigned(text: str) -> Number | None:
    text = SPACES.sub("", text)
    if not text:
        return None
    if text[0] in POINT_MARKS and text[1:].isdecimal():
        text = "0" + text  # .5
    for read in (_read_whole_or_rough, _read_spoken_decimal, _read_mixed_number, _read_fraction, _read_share):
        value: Number | None = read(text)
        if value is not None:
            return value
    return _read_doubling(text)


SPOKEN_CHARS: Final = f"{CHINESE_CHARS}点點余餘多几幾成折分之又负負"
SPACES: Final = compile_re(rf"(?<=[{SPOKEN_CHARS}]) +(?=[{SPOKEN_CHARS}\d])|(?<=\d) +(?=[{SPOKEN_CHARS}])")
POINT_MARKS: Final = ".．"
UNCOUNTED: Final = compile_re("[上几近约]")


def _read_whole_or_rough(text: str) -> Decimal | None:
    """两百三十万, 3.2万亿; the number that a rough one starts from: 百余, 十几, 数十, 上千, 30多万; a range is none."""
    if UNCOUNTED.match(text) and len(text) > 1:
        return read_whole(text[1:])
    amount = read_amount(text)
    return None if amount is None or amount.high is not None else amount.low


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


STROKES: Final = ("分之", "/", "／")


def _read_fraction(text: str) -> Number | None:
    """三分之一, 3分之1, 百分之十二点五, 1/10."""
    for stroke in STROKES:
        left, found, right = text.partition(stroke)
        if not found:
            continue
        below, above = (left, right) if stroke == "分之" else (right, left)
        negative = above[:1] in NEGATIVE and above != ""
        bottom, top = read_whole(below), _read_plain(above[1:] if negative else above)
        return None if top is None or not bottom else simplify(Fraction(-top if negative else top) / Fraction(bottom))
    return None


def _read_mixed_number(text: str) -> Number | None:
    """一又三分之二, 1 2/3."""
    whole, found, part = text.partition("又" if "又" in text else " ")
    head, rest = (read_whole(whole), _read_fraction(part)) if found else (None, None)
    return None if head is None or rest is None or rest >= 1 else simplify(Fraction(head) + Fraction(rest))


def _read_plain(text: str) -> Decimal | None:
    """A number with 点 or without."""
    value = _read_spoken_decimal(text)
    return _read_whole_or_rough(text) if value is None and text else value


_HALVES: Final = compile_re("[一对过]?半|半数")


def _read_share(text: str) -> Decimal | None:
    """九成, 两成半, 3成, 八折, 八五折, 一半, 3.5%."""
    if _HALVES.fullmatch(text):
        return Decimal("0.5")
    if text[-1] in "%％‰":
        value = read_whole(text[:-1])
        return None if value is None else value / (1000 if text[-1] == "‰" else 100)
    head, sign, tail = text.partition("成" if "成" in text else "折")
    if not sign or not head:
        return None
    if sign == "折" and len(head) == 2 and all(c in DIGITS for c in head):
        return None if tail else Decimal(DIGITS[head[0]] * 10 + DIGITS[head[1]]) / 100
    tenths = Decimal("0.5") if head == "半" else _read_plain(head)
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


POINTS: Final = "点點"
_SPOKEN: Final = compile_re(
    rf"(.+?)[{POINTS}]([{DIGIT_CHARS}]++)([十百千]?[万萬]?[亿億]?)"
)  # 三点五十 is a time of day


def _read_spoken_decimal(text: str) -> Decimal | None:
    """三点五, 十二点零三, 六十五点三万."""
    hit = _SPOKEN.fullmatch(text)
    if hit is None or hit[3] == "十":
        return None
    head = read_whole(hit[1])
    if head is None or head % 1:
        return None
    value = EXACT.add(head, Decimal("0." + "".join(str(DIGITS[c]) for c in hit[2])))
    return EXACT.multiply(value, read_scale(hit[3]))
