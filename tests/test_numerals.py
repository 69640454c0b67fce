"""Numerals as a whole: a table of them, and laws that hold for every number and every text."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qjreport.text.numerals import ALL_DIGITS, LONGEST, read_arabic, read_chinese, read_number, read_whole, simplify

CASES = [
    json.loads(line)
    for path in sorted((Path(__file__).parent / "cases" / "numerals").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
DIGITS = "零一二三四五六七八九"


def spell_section(number: int) -> str:
    """A number below 10,000 in characters, as it is taught: 一千零五十."""
    text, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + name
            zero = False
        else:
            zero = True
    return text


def spell(number: int) -> str:
    text, gap = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = number // scale % 10**4
        if section:
            text += ("零" if text and (gap or section < 1000) else "") + spell_section(section) + name
            gap = False
        else:
            gap = bool(text)
    return text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['pattern']}:{case['text']}")
def test_case(case: dict[str, str]) -> None:
    value = read_number(case["text"])
    assert value is None if case["value"] is None else value is not None and Fraction(value) == Fraction(case["value"])


@given(st.integers(1, 10**12 - 1))
def test_spelled_numbers_are_read_back(number: int) -> None:
    assert read_chinese(spell(number)) == number


def test_every_number_to_a_hundred_thousand_is_read_back() -> None:
    assert [number for number in range(1, 10**5 + 1) if read_whole.__wrapped__(spell(number)) != number] == []


@given(st.integers(1, 10**12 - 1))
def test_formal_numbers_are_the_plain_ones(number: int) -> None:
    formal = spell(number).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))
    assert read_chinese(formal) == number


@given(st.decimals(0, 10**12, places=3, allow_nan=False, allow_infinity=False))
def test_arabic_numbers_are_exact(value: Decimal) -> None:
    assert read_number(str(value)) == value
    assert read_number(f"{value:,}") == value
    assert read_number(f"-{value}") == -value
    assert read_number(f"{value}亿") == value * 10**8
    assert read_arabic(str(value).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))) == value


@given(st.integers(1, 99), st.integers(1, 99))
def test_fractions_are_exact(above: int, below: int) -> None:
    expected = Fraction(above, below)
    assert Fraction(read_number(f"{above}/{below}") or 0) == expected
    assert Fraction(read_number(f"{spell(below)}分之{spell(above)}") or 0) == expected
    assert isinstance(simplify(expected), Decimal) == (
        expected.denominator in {2**a * 5**b for a in range(8) for b in range(4)}
    )


def test_a_decimal_is_found_whatever_the_size_of_the_fraction() -> None:
    assert simplify(Fraction(1, 5**25)) == Decimal("0.2") ** 25
    assert simplify(Fraction(3, 7 * 5**25)) == Fraction(3, 7 * 5**25)


@given(st.text("零〇一二两三四五六七八九十百千万亿廿半几数余多成折分之点翻番0123456789.,/-%％负", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    value = read_number(text)
    assert value is None or isinstance(value, Decimal | Fraction)


@pytest.mark.parametrize("text", ["", ",", ".5", "甲", "9" * (LONGEST + 1)])
def test_what_is_no_arabic_number_is_none(text: str) -> None:
    assert read_arabic(text) is None


def test_the_longest_numbers_are_read() -> None:
    for read, digit in ((read_arabic, "9"), (read_whole, "9"), (read_chinese, "九"), (read_number, "九")):
        assert read(digit * LONGEST) == int("9" * LONGEST)
        assert read(digit * (LONGEST + 1)) is None
    assert read_chinese("") is None


@pytest.mark.parametrize("text", ["十" * 100_000, "9" * 1_000_000, "九" * 100_000, "1," * 50_000, "一百" * 50_000])
def test_absurdly_long_texts_are_refused(text: str) -> None:
    assert read_number(text) is None


def test_all_digits_are_those_of_the_database_of_characters() -> None:
    digits = re.compile(f"[{ALL_DIGITS}]")
    assert [c for c in map(chr, range(0x10000)) if (digits.match(c) is not None) != c.isdecimal()] == []
    assert digits.fullmatch("𝟏") and digits.fullmatch("𝟿")
