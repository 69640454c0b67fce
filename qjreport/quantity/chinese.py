"""A number in Chinese characters → a quantity where a counter or a measure vouches for it, else nothing.

Chinese numerals are parts of words more often than numbers (统一, 三农, 十分), so the reader asks for a shape.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import regex

from qjreport.quantity.bound import find_front
from qjreport.quantity.scope import Scope
from qjreport.quantity.unit import Found, find_unit
from qjreport.text.numerals import CHINESE_CHARS, DIGITS, MULTIPLIERS, read_number, read_whole

SHARE = regex.compile(r"成([一二三四五六七八九半])?(?![立为功员果效本长绩都品熟交片年不套群])")
PAIR = regex.compile(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)")
SPAN = regex.compile(r"(?:多|余)?个?(?:年半?|月|日|周年|季度|天|世纪)")
MEASURES = frozenset(
    (
        "length",
        "area",
        "volume",
        "mass",
        "energy",
        "power",
        "money",
        "ratio",
        "containers",
        "percentage points",
        "passenger distance",
        "freight distance",
    )
)
SMALL = frozenset(("元", "里", "方", "升", "斤", "克", "度", "米", "分", "周", "立方", "担"))
PERCENT = Found(0, "%", "ratio", "%", "unit.share")
TIMES = Found(0, "倍", "ratio", "1", "unit.doubling")


def read_share(scope: Scope, kind: str, start: int, end: int) -> int:
    """翻一番, 一半, 三分之一, 百分之十二."""
    written = scope.text[start:end]
    if kind == "half":
        at = start + 1 if written == "过半" else start
        bound = ">=" if written in ("过半", "多半") else None
        return scope.enter(at, end, Decimal("0.5"), None, bound=bound, rules=("numeral.half",))
    value = read_number(written.replace("几", ""))
    if value is None:
        return end
    if kind == "doubling":
        return scope.enter(start, end, value, TIMES, kind="increase", rules=("numeral.doubling",))
    for head, scale, sign in (("百分之", 100, "%"), ("千分之", 1000, "‰")):
        if written.startswith(head):
            unit = Found(end, sign, "ratio", "%" if sign == "%" else "[ppth]", "unit.parts")
            return scope.enter(start, end, value * scale, unit, rules=("numeral.parts",))
    return scope.enter(start, end, value, None, rules=("numeral.fraction",))


def read_chinese_number(scope: Scope, start: int, end: int) -> int:
    text = scope.text
    run = text[start:end]
    share = SHARE.match(text, end)
    if share and len(run) == 1 and run in DIGITS and run != "一":
        value = read_number(run + share[0])
        if value is not None and not isinstance(value, Fraction):
            return scope.enter(start, share.end(), value * 100, PERCENT, rules=("numeral.tenths",))
    tail = scope.tables.ordinal.match(text, end)
    if tail:
        return scope.note(start, tail.end(), "ordinal", "ordinal.bare")
    span = SPAN.match(text, end)
    if span and "半" not in run:
        return scope.note(start, span.end(), "date", "date.span")
    inner = ""
    stop = end
    if text[end : end + 1] in ("余", "多") and run[-1] in "十百千万亿":
        inner, stop = text[end], end + 1
        while text[stop : stop + 1] in ("万", "亿") and text[stop : stop + 1]:
            stop += 1
    low, high, rough = read_run(run + text[end + len(inner) : stop])
    if low is None:
        return end
    unit = find_unit(text, stop, scope.tables.units)
    return enter_counted(scope, start, stop, run, low, high, inner or rough, unit)


def read_run(run: str) -> tuple[Decimal | None, Decimal | None, str]:
    """Value, upper end and rough word of a run: 三五 is 3 to 5, 数十 is 10 and more."""
    if run[0] in "数几" and len(run) > 1:
        return read_whole(run[1:]), None, run[0]
    if run[-1] == "几" and len(run) > 1:
        return read_whole(run[:-1]), None, "几"
    pair = PAIR.fullmatch(run)
    if pair and DIGITS[pair[1]] < DIGITS[pair[2]]:
        scale = Decimal(1)
        for c in pair[3]:
            scale *= MULTIPLIERS[c]
        return DIGITS[pair[1]] * scale, DIGITS[pair[2]] * scale, ""
    return (read_whole(run), None, "") if all(c in CHINESE_CHARS for c in run) else (None, None, "")


def enter_counted(
    scope: Scope, start: int, stop: int, run: str, low: Decimal, high: Decimal | None, inner: str, unit: Found | None
) -> int:
    text = scope.text
    if unit is None and text.startswith("大", stop) and low < 100:
        return scope.note(start, stop + 1, "structure", "structure.big")
    bare = run[0] in MULTIPLIERS and run != "十" and not any(c in DIGITS for c in run)
    hedge = find_front(text, start, scope.tables.hedges)
    vouched = bool(inner) or hedge is not None or (start > 0 and text[start - 1] in "上成数")
    if unit is None or not unit.chinese:
        if (
            (vouched and bare or (len(run) >= 2 and low >= 100 and not bare and high is None))
            and unit is None
            and run[0] != "零"
            and not text.startswith("级", stop)
        ):
            return enter_bare(scope, start, stop, low, high, inner)
        return stop
    if bare and not vouched and unit.dimension not in MEASURES:
        return stop
    if low == 1 and high is None and unit.name not in ("倍",):
        return stop
    if low < 100 and unit.name in SMALL:
        return stop
    if (
        unit.dimension == "count"
        and low < 100
        and not inner
        and high is None
        and scope.tables.structure.match(text, unit.end)
    ):
        return scope.note(start, unit.end, "structure", "structure.counted")
    if start and text[start - 1] == "上" and bare:
        return scope.enter(
            start, unit.end, low, unit, inner="", bound=">=", rules=("numeral.chinese", "bound.front.up_to")
        )
    return scope.enter(start, unit.end, low, unit, value_to=high, inner=inner, rules=("numeral.chinese",))


def enter_bare(scope: Scope, start: int, stop: int, low: Decimal, high: Decimal | None, inner: str) -> int:
    if not scope.text[stop : stop + 1].strip("年月日届级强") and stop < len(scope.text):
        return stop
    return scope.enter(start, stop, low, None, value_to=high, inner=inner, rules=("numeral.chinese", "unit.none"))
