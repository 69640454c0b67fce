"""第三, 首位, 前十 → a place in a ranking, or an ordinal."""

from __future__ import annotations

from decimal import Decimal

import regex

from qjreport.quantity.scope import Scope
from qjreport.quantity.unit import Found
from qjreport.text.numerals import read_whole

STOP = regex.compile(r"$|[，。、；：！？,;)）\s和及的且与“”]|(?:位|名)(?!师|校|单|录|优|医)")
NOT_PLACE = regex.compile(r"放在|摆在|摆到|置于|放到|作为$")


def read_place(scope: Scope, kind: str, start: int, end: int) -> int:
    text = scope.text
    place = Found(end, "位", "count", None, "unit.place")
    context = text[max(0, start - 14) : start]
    ranked = scope.tables.rank.search(context) is not None and NOT_PLACE.search(context) is None
    if kind == "first":
        if ranked and not text.startswith(("度", "产业"), end):
            return scope.enter(start, end, Decimal(1), place, kind="rank", rules=("rank.first",))
        return scope.note(start, end, "ordinal", "ordinal.first")
    value = read_whole(text[start + 1 : end])
    tail = STOP.match(text, end)
    if value is not None and ranked and tail is not None and value > 0:
        stop = tail.end() if tail[0] in ("位", "名") else end
        if kind == "ordinal":
            return scope.enter(start, stop, value, place, kind="rank", rules=("rank.ordinal",))
        if text[start] == "前":
            return scope.enter(start, stop, value, place, kind="rank", bound="<=", rules=("rank.top",))
    if kind == "place":
        return read_before(scope, start, end)
    tail = scope.tables.ordinal.match(text, end)
    return scope.note(start, tail.end() if tail else end, "ordinal", "ordinal.counted")


def read_before(scope: Scope, start: int, end: int) -> int:
    """前三季度, 前10个月 are dates; 前 in front of any other number is only a word: give the number back."""
    text = scope.text
    span = regex.compile(r"个?(?:季度|月|年|天)").match(text, end)
    if span:
        return scope.note(start, span.end(), "date", "date.span")
    if text[start + 1].isdecimal():
        from qjreport.quantity.arabic import read_arabic_number

        return read_arabic_number(scope, start + 1)
    return scope.note(start, end, "ordinal", "ordinal.top")
