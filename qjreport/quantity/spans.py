"""Spans of time in Chinese characters: when they are asserted (延长两年), when they only place or name something.

A whole date comes first (二〇二四年一月), then 连续, which counts nothing done; what is left is a date (五年来) unless
a word in front says that the span itself changed, or a name where it is one of hours (三个半小时生活圈).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from qjreport.quantity.reading import Reading
from qjreport.text.numerals import ONES, ZEROS, read_whole
from qjreport.text.patterns import compile_re
from qjreport.text.units import NOTHING, Place, find_split_unit, find_unit

DECADE: Final = "年代"
CHANGED: Final = frozenset("年月天")  # spans that may be what changed: 延长两年
AGO: Final = "前"
MONTH: Final = rf"[{ONES}十]{{1,2}}月"
DAY: Final = rf"[{ONES}十]{{1,3}}日"
FULL_DATE: Final = compile_re(rf"[一二][{ZEROS}{ONES}]{{3}}年(?:{MONTH})?(?:{DAY})?|{MONTH}{DAY}")


def read_span(reading: Reading, start: int, end: int, stop: int) -> int:
    """五年, 三季度, 二〇二四年一月: dates, but for a span that is itself what changed (延长两年, 缩短两个半月)."""
    text = reading.text
    full = FULL_DATE.match(text, start)
    if full:
        return reading.note(start, full.end(), "date", "date.calendar")
    if text.endswith("连续", 0, start):
        return reading.note(start, stop, "vague", "vague.running")
    if text.startswith(DECADE, stop - 1):
        return reading.note(start, stop + 1, "date", "date.calendar")
    if reading.is_asserted(start) and not text.startswith(AGO, stop) and text[stop - 1] in CHANGED:
        value = read_whole(text[start:end])
        split = find_split_unit(text, end, reading.lookup.units)
        place, more, rough = split or (find_unit(text, end, reading.lookup.units), NOTHING, "")
        if value and place:
            return enter_span(reading, start, place, value + more, rough)
    return reading.note(start, stop, "date", "date.span")


def read_split(reading: Reading, start: int, end: int) -> int | None:
    """三个半小时, 一个多小时; a span of months is read_span’s."""
    text = reading.text
    split = find_split_unit(text, end, reading.lookup.units)
    if split is None:
        return None
    (stop, unit), more, rough = split
    value = read_whole(text[start:end])
    if not value or unit.name == "个月":
        return None
    if text.endswith("连续", 0, start):
        return reading.note(start, stop, "vague", "vague.running")
    if unit.name in reading.lookup.long_spans and not reading.is_asserted(start):
        return reading.note(start, stop, "date", "date.span")
    if reading.lookup.circle.match(text, stop):
        return reading.note(start, stop, "name", "name.circle")
    return enter_span(reading, start, (stop, unit), value + more, rough)


def enter_span(reading: Reading, start: int, place: Place, value: Decimal, rough: str) -> int:
    end, unit = place
    return reading.enter(start, end, value, unit, rough=rough, chinese=True, rules=("numeral.chinese",))
