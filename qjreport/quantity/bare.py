"""A number in Arabic digits without a unit: before a noun (40.8万青年), in a list (5、8个), or no quantity at all."""

from __future__ import annotations

from typing import Final

from qjreport.quantity.bound import find_behind
from qjreport.quantity.numeral import ONE, Numeral, strip_zeros
from qjreport.quantity.range import find_open_range, find_shared_unit
from qjreport.quantity.scope import Scope
from qjreport.quantity.shapes import BARE_YEAR, CODED, HOTLINE
from qjreport.quantity.span import CIRCLE, SHORT_SPANS, SPANS, asserts_span
from qjreport.quantity.unit import Unit
from qjreport.text.patterns import compile_re

TENTHS: Final = compile_re(r"成(?:([五半])|(?![立为功员果效本长绩都品熟交片年不套群]))|折(?![合算旧叠射扣页])")
SHARE: Final = Unit("%", "ratio", "%", "unit.tenths")
STOP: Final = compile_re(r"$|[，。、；：！？,;)）\s”’]")
SERVICE: Final = compile_re(r"(?:12|9[56])\d{3}")  # public service lines
PER_BASE: Final = compile_re(r"[/／](?!0)1?[0十百千万]{1,7}+(?!\d)(?:人口|人|活产)?")  # 4.66/10万
PLACES: Final = compile_re(r"[省市县区镇乡村州旗国](?=[，。、；：！,;)）\s]|$)")
LINES: Final = compile_re(r"(?:[、和及—\-－]\d{1,4}){1,8}(?:号|[国省县]道)")
MEDAL: Final = compile_re(r"[金银铜](?=$|[\d，。、；：！,;的和牌])")
LINKING: Final = ("为", "达", "达到", "至", "到", "是", "超", "分", "数", "比", "约")
LONG_CODE: Final = 7  # digits of a bare number from which on it is a code


def read_bare(scope: Scope, number: Numeral) -> int:
    """A number without a unit: before a noun (40.8万青年), in a list (5、8个), or no quantity at all."""
    text, start, end = scope.text, number.start, number.end
    opened = find_open_range(scope, number)
    if opened:
        bottom, high, place = opened
        stop = place[0] if place else high.end
        if place and place[1].name in SPANS and not asserts_span(scope, start):
            return scope.note(start, stop, "date", "date.span")
        if place and place[1].name in SHORT_SPANS and CIRCLE.match(text, stop):
            return scope.note(start, stop, "name", "name.circle")
        unit = place[1] if place else None
        return scope.enter(start, stop, bottom, unit, value_to=high.value, rough=high.rough, rules=("range.open",))
    rate = PER_BASE.match(text, end)
    if rate:
        return scope.enter(start, rate.end(), number.value, Unit(rate[0], None, None, "unit.per_base"))
    if number.scale == ONE:
        tenths = TENTHS.match(text, end)
        if tenths and number.plain <= 10:
            part = strip_zeros(number.plain * 10 + (5 if tenths[1] else 0))
            return scope.enter(start, tenths.end(), part, SHARE, rules=("numeral.tenths",))
        coded = CODED.match(text, end)
        if coded:
            return scope.note(start, coded.end(), "name", "name.coded")
        linked = STOP.match(text, end) and text.endswith(LINKING, max(0, start - 2), start)
        if BARE_YEAR.fullmatch(text, start, end) and not linked and not counts_people(scope, start, end):
            return scope.note(start, end, "date", "date.year")
    shared = find_shared_unit(scope, end)
    if shared:
        return scope.enter(start, end, number.value, shared[1], rough=number.rough, rules=("unit.shared",))
    return read_unmeasured(scope, number)


def read_unmeasured(scope: Scope, number: Numeral) -> int:
    text, start, end, lookup = scope.text, number.start, number.end, scope.lookup
    if text[end : end + 1] in ("级", "大"):
        return scope.note(start, end + 1, "structure", "structure.grade")
    if number.scale != ONE or number.rough or is_counting(scope, start, end):
        return scope.enter(start, end, number.value, None, rough=number.rough, rules=("numeral.arabic", "unit.none"))
    if text.endswith("个", 0, start):
        return scope.note(start, end, "structure", "structure.hundreds")  # 五个100
    if HOTLINE.match(text, start):
        return scope.note(start, end, "name", "name.line")
    if SERVICE.fullmatch(text, start, end) or (end - start >= LONG_CODE and "." not in text[start:end]):
        return scope.note(start, end, "code", "code.long")
    if text[end : end + 1].isalpha() or text.endswith(lookup.name_heads, 0, start) or LINES.match(text, end):
        return scope.note(start, end, "name", "name.number")
    return scope.note(start, end, "unread", "unread.no_unit")


def counts_people(scope: Scope, start: int, end: int) -> bool:
    """带动2000农户 counts; 2025企业家年会 is of a year."""
    text, lookup = scope.text, scope.lookup
    return text.startswith(lookup.counted, end) and text.endswith(lookup.counting, max(0, start - 4), start)


def is_counting(scope: Scope, start: int, end: int) -> bool:
    """惠及2000农户 counts, 贡献9金 and 指数为102.3 do; 626小河 and 211工程 are names."""
    text, lookup = scope.text, scope.lookup
    if HOTLINE.match(text, start):
        return False
    if text.startswith(lookup.counted, end):
        return True
    if MEDAL.match(text, end) or PLACES.match(text, end) or find_behind(text, end, lookup.hedges) is not None:
        return True
    linked = text.endswith(LINKING, max(0, start - 2), start) or text.endswith(
        lookup.counting, max(0, start - 4), start
    )
    if STOP.match(text, end):
        return linked or "." in text[start:end]
    return linked and lookup.name_tail.match(text, end) is None
