"""Shares and multiples in Chinese characters → quantities: 九成, 三分之一, 百分之十二, 一半, 翻一番."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from qjreport.model import Bound
from qjreport.quantity.hedges import find_front
from qjreport.quantity.numeral import strip_zeros
from qjreport.quantity.reading import Reading
from qjreport.text.numerals import CHINESE_CHARS, DIGIT_CHARS, EXACT, read_number
from qjreport.text.patterns import compile_re
from qjreport.text.units import Unit

DOUBLING: Final = compile_re(r"翻了?(?:[一两二三四]番|番)")
PARTS: Final = compile_re(rf"分之(?:\d++(?:\.\d++)?|[{CHINESE_CHARS}]++(?:点[{DIGIT_CHARS}]++)?)")
ACHIEVING: Final = ("实现", "力争", "确保", "达到", "完成")  # in front of “翻番”: said, not only named
TENTHS: Final = compile_re(r"成(?:[一二三四五六七八九半])?|[一二三四五六七八九]?折(?![合算旧叠射扣页])")
NOT_TENTHS: Final = frozenset("立为功员果效本长绩都品熟交片年不套群")
HALVES: Final = {"一半": "", "半数": "", "过半": ">=", "大半": ">=", "多半": ">="}
PERCENT: Final = Unit("%", "ratio", "%", "unit.share")
PER_MILLE: Final = Unit("‰", "ratio", "[ppth]", "unit.share")
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
    if text.startswith(("行动", "计划", "工程"), end):
        return reading.note(start, end, "name", "name.plan")
    rough = "多" if text.startswith("多", end) else ""
    return reading.enter(start, end + len(rough), value, TIMES, rough=rough, kind="increase", rules=("numeral.doubling",))


def is_said_doubling(text: str, start: int, end: int) -> bool:
    """Whether the quotation between start and end, marks outside, is a doubling that something achieves: 实现“翻番”."""
    return (
        text[start] == "翻"
        and DOUBLING.fullmatch(text, start, end) is not None
        and text.endswith(ACHIEVING, 0, start - 1)
    )


def read_half(reading: Reading, start: int, end: int) -> int:
    """一半, 半数, 过半; any other 半 is part of a word or of a span of time."""
    text = reading.text
    for word, bound in HALVES.items():
        at = start - word.index("半") if word != "一半" else start
        if (
            at >= reading.done
            and at >= 0
            and text.startswith(word, at)
            and text[at + len(word) : at + len(word) + 1] not in "年天月个径"
        ):
            begin = at + 1 if word == "过半" else at
            least: Bound | None = ">=" if bound else None
            front = "过" if word == "过半" else ""
            return reading.enter(
                begin, at + len(word), Decimal("0.5"), None, bound=least, front=front, rules=("numeral.half",)
            )
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
