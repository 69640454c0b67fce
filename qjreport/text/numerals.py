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
from typing import Final

from qjreport.model.arguments import check_argument
from qjreport.text.patterns import compile_re

__all__ = ["Number", "read_arabic", "read_chinese", "read_mixed", "read_number", "read_whole", "simplify"]

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
MYRIADS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
MYRIAD_MYRIADS: Final = 10**8
SCORES: Final = {"廿": 20, "卅": 30}
MULTIPLIERS: Final = {c: Decimal(v) for c, v in {**TENS, **MYRIADS}.items()}

DIGIT_CHARS: Final = "".join(DIGITS)
MULTIPLIER_CHARS: Final = "".join(MULTIPLIERS)
CHINESE_CHARS: Final = DIGIT_CHARS + MULTIPLIER_CHARS + "".join(SCORES)
# As running text has them, without the forms of cheques and of traditional characters.
ZEROS: Final = "零〇○"
ONES: Final = "一二三四五六七八九"
SCALES: Final = "十百千万亿"

ARABIC: Final = r"\d++(?:[,，]\d{3}(?!\d))*(?:[.．]\d++)?"
ASCII: Final = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


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


POSITIONAL: Final = compile_re(rf"[{DIGIT_CHARS}]++")


def read_chinese(text: str) -> int | None:
    """The value of a whole number in Chinese characters, None where they do not make one.

    A digit after a multiplier counts the next lower one: 九万四 is 94,000. Digits alone are read by place: 二〇二四.

    >>> read_chinese("两百三十万"), read_chinese("九万四"), read_chinese("二〇二四"), read_chinese("万一")
    (2300000, 94000, 2024, None)
    """
    if not text or len(text) > LONGEST:
        return None
    if POSITIONAL.fullmatch(text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = highest = at = 0  # what the last 万 or 亿 sums up, its value, and where it stops
    for place, c in enumerate(text):
        if c in MYRIADS:
            section = _read_section(text[at:place])
            raised = None if section is None else _raise_total(total, section[0] + section[1], MYRIADS[c], highest)
            if raised is None:
                return None
            total, highest, at = raised, MYRIADS[c], place + 1
    section = _read_section(text[at:])
    if section is None:
        return None
    below, digit, last, zero = section
    if digit:
        last = last or highest
        if text[0] in MYRIADS or (text[0] in TENS and last > 10):
            return None  # 万一 and 千一 are words
        digit *= 1 if zero or not last else last // 10
    return total + below + digit


def _read_section(text: str) -> tuple[int, int, int, bool] | None:
    """Of characters without 万 and 亿: their sum up to the last multiplier, the digit after it, the multiplier (0 for
    none), and whether a zero stands before the digit, so that it is one of ones: 三百五, 三百零五."""
    total = last = 0
    digit: int | None = None
    zero = False
    for c in text:
        if c in DIGITS:
            if digit:
                return None
            digit = DIGITS[c]
            zero = zero or digit == 0
        elif c in SCORES:
            if digit or last == 10:
                return None
            total += SCORES[c]
            digit, last = None, 10
        elif c in TENS:
            scale = TENS[c]
            if (last and scale >= last) or (digit is None and total and scale != 10):
                return None
            total += (digit or 1) * scale
            digit, last, zero = None, scale, False
        else:
            return None
    return total, digit or 0, last, zero


def _raise_total(total: int, below: int, scale: int, highest: int) -> int | None:
    """`total` with what stands in front of the next 万 or 亿, whose value is `scale`; `highest` is the one before."""
    if scale == highest or (not below and total and scale != MYRIAD_MYRIADS):
        return None  # 五万万, 三亿亿
    if not below and not total:
        below = 1
    return (total + below) * scale if scale == MYRIAD_MYRIADS else total + below * scale


@lru_cache(maxsize=256)
def read_scale(characters: str) -> Decimal:
    """The product of multipliers: 万亿 is 10 to the 12th, none is 1."""
    scale = Decimal(1)
    for c in characters:
        scale *= MULTIPLIERS[c]
    return scale


_MIXED_PART: Final = compile_re(rf"(零?)({ARABIC})([拾十百佰千仟]*+)([万萬亿億]*+)")


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


_HALVES: Final = compile_re("[一对过]?半|半数")


def _read_share(text: str) -> Decimal | None:
    """九成, 两成半, 3成, 八折, 八五折, 一半."""
    if _HALVES.fullmatch(text):
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


_PLACES: Final = compile_re(rf"([{DIGIT_CHARS}]++)([百千]?[万萬]?[亿億]?)")  # 三点五十 is a time of day


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


_VAGUE_INNER: Final = compile_re(rf"[余多几来](?=[{MULTIPLIER_CHARS}]*+$)")


def _read_rough(text: str) -> Decimal | None:
    """百余, 十几, 十余万, 数十, 上千, 近百, 30多万: the number that it starts from."""
    plain = _VAGUE_INNER.sub("", text, count=1)
    if plain == text:
        plain = text[1:] if text[0] in "数几上近约" else ""
    return read_whole(plain) if plain else None
