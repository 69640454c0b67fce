"""Shares and multiples in Chinese characters → quantities: 九成, 三分之一, 百分之十二, 一半, 翻一番."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from qjreport.model import Bound
from qjreport.quantity.hedges import find_front
from qjreport.quantity.numeral import strip_zeros
from qjreport.quantity.reading import Reading
from qjreport.text.numerals import CHINESE_CHARS, DIGIT_CHARS, EXACT, ONES, read_number
from qjreport.text.patterns import compile_re
from qjreport.text.units import Unit

DOUBLING: Final = compile_re(r"翻了?(?:[一两二三四]番|番)")
PARTS: Final = compile_re(rf"分之(?:\d++(?:\.\d++)?|[{CHINESE_CHARS}]++(?:点[{DIGIT_CHARS}]++)?)")
TENTHS: Final = compile_re(rf"成(?:[{ONES}半])?|[{ONES}]?折(?![合算旧叠射扣页])")
NOT_TENTHS: Final = frozenset("立为功员果效本长绩都品熟交片年不套群")
PERCENT: Final = Unit("%", "ratio", "%", "unit.share")
PER_MILLE: Final = Unit("‰", "ratio", "[ppth]", "unit.share")
HALF: Final = Decimal("0.5")
TIMES: Final = Unit("倍", "ratio", "1", "unit.doubling")


def read_tenths(reading: Reading, start: int, end: int) -> int | None:
    """九成, 两成半, 八五折, in per cent; 三成为 and 八成立 only where a hedge vouches for them (近三成为)."""
    text = reading.text
    tenths = TENTHS.match(text, end)
    value = read_number(text[start : tenths.end()]) if tenths else None
    if tenths is None or not isinstance(value, Decimal):
        return None
    if text[tenths.end() : tenths.end() + 1] in NOT_TENTHS and find_front(text, start, reading.lookup.hedges) is None:
        return None
    return reading.enter(start, tenths.end(), strip_zeros(value * 100), PERCENT, rules=("numeral.tenths",))


def read_doubling(reading: Reading, start: int) -> int:
    """翻一番 is twice, 翻两番 four times."""
    text = reading.text
    hit = DOUBLING.match(text, start)
    value = read_number(hit[0]) if hit else None
    if hit is None or not isinstance(value, Decimal):
        return start + 1
    end = hit.end()
    if text.startswith(reading.lookup.words.plans, end):
        return reading.note(start, end, "name", "name.plan")
    rough = "多" if text.startswith("多", end) else ""
    return reading.enter(
        start, end + len(rough), value, TIMES, rough=rough, kind="increase", rules=("numeral.doubling",)
    )


def is_said_doubling(reading: Reading, start: int, end: int) -> bool:
    """Whether the quotation between start and end, marks outside, is a doubling that something achieves: 实现“翻番”."""
    text = reading.text
    return (
        text[start] == "翻"
        and DOUBLING.fullmatch(text, start, end) is not None
        and text.endswith(reading.lookup.words.achieving, 0, start - 1)
    )


def read_half(reading: Reading, start: int, end: int) -> int:
    """一半, 半数, 过半; any other 半 is part of a word or of a span of time."""
    text = reading.text
    for word, bound in reading.lookup.words.halves.items():
        at = start if word[0] in CHINESE_CHARS else start - word.index("半")
        stop = at + len(word)
        if at >= reading.done and text.startswith(word, at) and text[stop : stop + 1] not in "年天月个径":
            front = "过" if word == "过半" else ""
            least: Bound | None = bound if bound != "=" else None
            rules = ("numeral.half",)
            return reading.enter(at + len(front), stop, HALF, None, bound=least, front=front, rules=rules)
    return end


def read_parts(reading: Reading, start: int, end: int) -> int:
    """三分之一, 百分之十二, 千分之三; the digits of what is none (零分之5) are read by themselves."""
    written = reading.text[start:end]
    value = read_number(written)
    if value is None:
        return reading.text.index("分之", start)
    for head, scale, unit in (("百分之", 100, PERCENT), ("千分之", 1000, PER_MILLE)):
        if written.startswith(head) and isinstance(value, Decimal):  # as every hundredth and thousandth is
            share = strip_zeros(EXACT.multiply(value, Decimal(scale)))
            return reading.enter(start, end, share, unit, rules=("numeral.parts",))
    return reading.enter(start, end, value, None, rules=("numeral.fraction",))
