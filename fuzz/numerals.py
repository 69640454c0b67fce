"""Target: a text → the number that it stands for, or none. The first byte says how to read the others."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from fuzz.choices import Choices
from fuzz.tokens import NUMERALS
from qjreport.text.numerals import (
    ARABIC,
    LONGEST,
    Number,
    read_arabic,
    read_chinese,
    read_number,
    read_whole,
    simplify,
)

MAX_LENGTH = 40
CHARACTERS = (
    "零〇○一二两三四五六七八九十百千万亿廿卅兆半几数余多来成折分之又点翻了番0123456789.,/-+%‰负正上近约"
    "壹贰拾佰仟萬億兩９．，／％－ \u00a0\u2009\u00ad\t\ud800"
)
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
FORMAL = str.maketrans("一二三四五六七八九十百千万亿", "壹贰叁肆伍陆柒捌玖拾佰仟萬億")
READERS: tuple[Callable[[str], Number | int | None], ...] = (read_chinese, read_whole)
ARABIC_NUMBER = re.compile(ARABIC)


def check(data: bytes) -> None:
    choices = Choices(data)
    kind = choices.below(4)
    if kind == 0:
        check_text(choices.rest().decode("utf-8", "replace"))
    elif kind == 1:
        check_text("".join(choices.pick(CHARACTERS) for _ in choices.data[1:]))
    elif kind == 2:
        check_text("".join(choices.pick(NUMERALS) for _ in choices.data[1:9]))
    else:
        check_spelled(int.from_bytes(choices.rest()[:5], "little") % 10**12)


def check_text(text: str) -> None:
    """Any text is a finite number or none, however its characters are written."""
    value = read_number(text)
    assert value is None or isinstance(value, Fraction) or value.is_finite()
    assert value == read_number(f" {text}\u3000")
    for read in READERS:
        whole = read(text)
        assert whole is None or whole >= 0
    if ARABIC_NUMBER.fullmatch(text) and len(text) <= LONGEST:
        assert read_arabic(text) == value
    if value is None:
        return
    assert isinstance(value, Decimal) == isinstance(simplify(Fraction(value)), Decimal)
    assert read_number(text.translate(FORMAL)) in (value, None)
    text = text.strip()
    assert read_number(text.translate(WIDE)) == value
    if text[0] not in "-－−﹣负負+＋正" and len(text) < LONGEST:
        assert read_number(f"负{text}") == (value.copy_negate() if isinstance(value, Decimal) else -value)
        assert read_number(f"+{text}") == value


def check_spelled(number: int) -> None:
    """A number written by the rules that schools teach is read back, in plain characters and in formal ones."""
    spelled = spell(number) or "零"
    assert read_chinese(spelled) == read_number(spelled) == number
    assert read_number(spelled.translate(FORMAL)) == number
    assert read_number(str(number)) == read_number(f"{number:,}") == number
    assert read_number(f"{number}亿") == number * 10**8


def spell_section(number: int) -> str:
    """A number below 10,000: 一千零五十."""
    text, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        text += ("零" if zero and text and digit else "") + ("零一二三四五六七八九"[digit] + name if digit else "")
        zero = not digit
    return text


def spell(number: int) -> str:
    text, gap = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // scale % 10**4
        if section:
            text += ("零" if text and (gap or section < 1000) else "") + spell_section(section) + name
        gap = bool(text) and not section
    return text
