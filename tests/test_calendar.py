"""Calendar time: a table of phrases and near misses, and laws that hold for every year, month and text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qjreport.text import calendar
from qjreport.text.calendar import (
    Time,
    find_sessions,
    find_times,
    read_part,
    read_plan,
    read_span,
    read_year,
    span_plan,
    write_period,
    write_time,
)
from qjreport.text.patterns import compile_re, compile_regex

FOLDER = Path(__file__).parent / "cases" / "calendar"
CASES = [
    pytest.param(path.stem, json.loads(line), id=f"{path.stem}:{json.loads(line)['text']}")
    for path in sorted(FOLDER.glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
FRAGMENTS = ("YEAR", "YEAR_SPAN", "MONTH", "MONTH_SPAN", "DAY", "QUARTER", "HALF", "PART", "EDGE", "PLAN", "TIME")
YEARS = range(1949, 2051)
PIECES = st.lists(
    st.sampled_from(
        [*"0129０一二三五九十〇零两年月日季度上下半前第个届次末初至到—-.、“”期", "2024", "二〇", "十四五", "普法"]
    )
)


def show_time(text: str, time: Time) -> str:
    period = write_time(time) or (write_time(time, 2000) or "").replace("2000", "?")
    edge = f" {time.edge}" if time.edge else ""
    return f"{time.what}{edge} {period} {text[time.start : time.end]}"


def spell_year(year: int) -> list[str]:
    """A year in every spelling that reports have."""
    plain = str(year)
    wide = "".join(chr(ord("０") + int(digit)) for digit in plain)
    return [plain, wide, *("".join(f"{zero}一二三四五六七八九"[int(d)] for d in plain) for zero in "〇○零OＯ0０")]


@pytest.mark.parametrize(("sort", "case"), CASES)
def test_case(sort: str, case: dict[str, object]) -> None:
    text = str(case["text"])
    if sort == "sessions":
        sessions = find_sessions(text)
        assert [f"{s.term or ''}.{s.meeting or ''}" for s in sessions] == case["read"]
        # Each ends in a word for a session, and the next begins after it.
        assert all(text[session.start : session.end][-1:] in "会议届次大" for session in sessions)
        assert [at for s in sessions for at in (s.start, s.end)] == sorted(
            at for s in sessions for at in (s.start, s.end)
        )
        return
    times = find_times(text)
    assert [show_time(text, time) for time in times] == case["read"]
    for time in times:
        days = (time.day, time.last_day)
        assert (None in days) == (time.what != "day")
        assert None in days or (time.first, time.month, time.day) <= (time.last, time.last_month, time.last_day)


@pytest.mark.parametrize("year", YEARS)
def test_every_year_reads_back(year: int) -> None:
    for written in spell_year(year):
        assert read_year(written) == read_year(written + "年") == year
        text = f"到{written}年实现"
        assert [(time.first, time.last, text[time.start : time.end]) for time in find_times(text)] == [
            (year, year, f"{written}年")
        ]
        for dash in ("—", "-", "至", "年至", "年到", "～", "——"):
            later = spell_year(year + 4)[spell_year(year).index(written)]
            assert read_span(f"{written}{dash}{later}年") == (year, year + 4)


@pytest.mark.parametrize("number", range(1, 17))
def test_every_plan_reads_back(number: int) -> None:
    numeral = ["", *"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六")][number]
    for name in (f"“{numeral}五”", f"‘{numeral}五’", f"{numeral}五", f"第{numeral}个五年计划", f"“{numeral}五”规划"):
        assert read_plan(name) == span_plan(number)
        times = find_times(f"在{name}期间")
        assert [(time.what, time.first, time.last, time.number) for time in times] == [
            ("plan", *span_plan(number), number)
        ]


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_and_day_reads_back(month: int) -> None:
    numerals = ["", *"一二三四五六七八九十", "十一", "十二"]
    assert (
        read_part(f"{month}月") == read_part(f"{numerals[month]}月份") == read_part(f"{month:02}月") == (month, month)
    )
    for day in range(1, 32):
        ten = ["", "十", "二十", "三十"][day // 10] + ["", *"一二三四五六七八九"][day % 10]
        for text in (f"2024年{month}月{day}日", f"二〇二四年{numerals[month]}月{ten}日"):
            time = find_times(text)[0]
            valid = not (month == 2 and day > 29) and not (month in (4, 6, 9, 11) and day > 30)
            assert (time.month, time.day, time.end == len(text)) == (month, day if valid else None, valid)


@given(PIECES.map("".join))
def test_times_are_in_order_and_in_the_text(text: str) -> None:
    at = 0
    for time in find_times(text):
        assert at <= time.start < time.end <= len(text)
        at = time.end
        assert (time.first is None) == (time.last is None)
        if time.first is not None and time.last is not None:
            assert time.first <= time.last
            assert (write_time(time) or "").startswith(write_period(time.first, time.first))
        assert (time.month is None) == (time.last_month is None)
        assert (write_time(time, 2024) or "") != ""


@given(PIECES.map("".join), st.integers(0, 20), st.integers(0, 20))
def test_nothing_outside_the_bounds_is_read(text: str, start: int, length: int) -> None:
    assert all(start <= time.start and time.end <= start + length for time in find_times(text, start, start + length))


@pytest.mark.parametrize("name", FRAGMENTS)
def test_fragments_can_be_built_from(name: str) -> None:
    """Without groups, so that a pattern may hold one twice, and read backwards as well."""
    fragment = getattr(calendar, name)
    assert compile_re(f"{fragment}{fragment}").groups == 0
    assert compile_regex(f"(?r){fragment}").groups == 0


def test_fragments_find_what_is_read() -> None:
    pattern = compile_re(calendar.TIME)
    for text in (
        "2024年1—6月",
        "2021年至2025年",
        "“七五”期间",
        "第十四个五年规划",
        "前三季度",
        "二〇二四年末",
        "1月28日",
    ):
        found = pattern.match(text)
        assert found is not None and found[0] == text
