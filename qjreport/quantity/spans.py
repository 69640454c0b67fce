"""Spans of time: when they are asserted (缩短30天), when they only place or name something (五年来, 15分钟生活圈)."""

from __future__ import annotations

from typing import Final

from qjreport.quantity.reading import Scope
from qjreport.text.numerals import read_whole
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.units import NOTHING, find_split_unit, find_unit

SPANS: Final = frozenset(("年", "周年", "季度", "个季度", "周", "星期", "个星期", "日"))
SHORT_SPANS: Final = frozenset(("天", "个月", "小时", "分钟"))
CIRCLE: Final = compile_regex(
    r"\p{Han}{0,10}?圈|不打烊|开放|在线|值班|值守|服务|自助|营业|便民|不落幕|不间断|热线|响应|专线|运行|全天候|监测"
)
FULL_DATE: Final = compile_re(
    r"[一二][〇零○一二三四五六七八九]{3}年(?:[一二三四五六七八九十]{1,2}月)?(?:[一二三四五六七八九十]{1,3}日)?"
    r"|[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)"
)


def asserts_span(scope: Scope, start: int) -> bool:
    return scope.text.endswith(scope.lookup.spans, max(0, start - 4), start)


def read_span(scope: Scope, start: int, end: int, stop: int) -> int:
    """五年, 三季度, 二〇二四年一月: dates, but for a span that is itself what changed (延长两年, 缩短两个半月)."""
    text = scope.text
    full = FULL_DATE.match(text, start)
    if full:
        return scope.note(start, full.end(), "date", "date.calendar")
    if text.endswith("连续", 0, start):
        return scope.note(start, stop, "vague", "vague.running")
    if asserts_span(scope, start) and text[stop - 1] in "年月天":
        value = read_whole(text[start:end])
        split = find_split_unit(text, end, scope.lookup.units)
        place, more, rough = split or (find_unit(text, end, scope.lookup.units), NOTHING, "")
        if value and place:
            return scope.enter(
                start, place[0], value + more, place[1], rough=rough, characters=True, rules=("numeral.chinese",)
            )
    return scope.note(start, stop, "date", "date.span")


def read_split(scope: Scope, start: int, end: int) -> int | None:
    """三个半小时, 一个多小时; a span of months is read_span’s."""
    text = scope.text
    split = find_split_unit(text, end, scope.lookup.units)
    value = read_whole(text[start:end]) if split else None
    if split is None or not value or split[0][1].name == "个月":
        return None
    (stop, unit), more, rough = split
    if text.endswith("连续", 0, start):
        return scope.note(start, stop, "vague", "vague.running")
    if unit.name in SPANS and not asserts_span(scope, start):
        return scope.note(start, stop, "date", "date.span")
    if CIRCLE.match(text, stop):
        return scope.note(start, stop, "name", "name.circle")
    return scope.enter(start, stop, value + more, unit, rough=rough, characters=True, rules=("numeral.chinese",))
