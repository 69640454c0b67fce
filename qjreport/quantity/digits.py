"""A number in Arabic digits → a quantity with multiplier, unit and range, or a date, an ordinal, a name, a code."""

from __future__ import annotations

import re
from string import ascii_letters, digits
from typing import Final

from qjreport.quantity.bare import read_bare
from qjreport.quantity.lookup import counts_own
from qjreport.quantity.numeral import ONE, RUN, Numeral, read_numeral
from qjreport.quantity.place import read_ordinal, read_top
from qjreport.quantity.range import (
    JOINERS,
    read_closed_range,
    read_fraction,
    read_product,
    read_ratio,
)
from qjreport.quantity.scope import Scope
from qjreport.quantity.shapes import (
    AT_DIGIT,
    AT_POINT,
    BARE_YEAR,
    BRACKETED,
    IN_ROUND,
    LETTERED,
    LETTERS,
    MARKER,
    OPENERS,
)
from qjreport.quantity.span import CIRCLE, SHORT_SPANS, SPANS, asserts_span
from qjreport.quantity.unit import Place, find_split_unit, find_unit_behind

ROUND: Final = frozenset("（(")
BRACKETS: Final = frozenset("〔[［（(【")
LATIN: Final = frozenset(f"{ascii_letters}{digits}-.+/_")
YEARLY: Final = frozenset("版级届款")  # 2025版, 2013级
RUNNING: Final = ("今后", "未来", "过去", "最近", "此后", "前", "近", "头", "后")
MINUS: Final = frozenset("-－−﹣负")
NOT_BEFORE_SIGN: Final = frozenset("-－−﹣—–~～正%％‰")


def read_digits(scope: Scope, start: int, end: int) -> int:
    """What the run of digits from `start` to `end` begins; returns where it stops."""
    text = scope.text
    before = text[start - 1 : start]
    if before == "第":
        return read_ordinal(scope, start - 1, end)
    after = text[end : end + 1]
    if after in OPENERS and (shaped := read_shape(scope, start, AT_POINT if after == "." else AT_DIGIT)):
        return shaped
    if before in BRACKETS and (bracketed := read_bracketed(scope, start)):
        return bracketed
    if before == " " and text[start - 2 : start - 1] in ROUND and (mark := IN_ROUND.match(text, start)):
        return scope.note(start, mark.end(), "ordinal", "ordinal.marker")  # ( 1 )
    number = read_numeral(text, start, scope.lookup.number)
    if number is None:
        run = RUN.match(text, start)
        return scope.note(start, run.end() if run else end, "code", "code.long")
    if start < 8 and (mark := MARKER.match(text, start)) and not text[:start].strip(" \u3000*#◆●■▲★○◇□▪•"):
        return scope.note(start, mark.end(), "ordinal", "ordinal.marker")
    place = find_unit_behind(text, number.end, scope.lookup.units)
    if place and text[number.end] == "个" and (split := find_split_unit(text, number.end, scope.lookup.units)):
        place, more, rough = split
        number.value += more
        number.rough = rough or number.rough
    if before == "前" and (ended := read_top(scope, start, number.end, number.value)):
        return ended
    if before in LATIN and (named := read_lettered(scope, start, place)):
        return named
    if place is None:
        if scope.lookup.postal.search(text, max(0, start - 8), start):
            return scope.note(start, number.end, "code", "code.labelled")
        return read_bare(scope, number)
    return read_measured(scope, number, place)


def read_shape(scope: Scope, start: int, shapes: re.Pattern[str]) -> int | None:
    """Dates, codes, names, ratios and fractions, which their shape tells; None for a plain number."""
    hit = shapes.match(scope.text, start)
    if hit is None:
        return None
    kind, end = hit.lastgroup, hit.end()
    if kind == "date":
        return scope.note(start, end, "date", "date.calendar")
    if kind == "code":
        return scope.note(start, end, "code", "code.shape")
    if kind == "name":
        return scope.note(start, end, "name", "name.shape")
    if kind == "product":
        return read_product(scope, start, end)
    return read_ratio(scope, start, end) if kind == "ratio" else read_fraction(scope, start, end)


def read_bracketed(scope: Scope, start: int) -> int | None:
    """国发〔2024〕3号, [12], （3）."""
    hit = BRACKETED.match(scope.text, start - 1)
    if hit is not None:
        return scope.note(start - 1, hit.end(), "code", "code.bracketed")
    mark = IN_ROUND.match(scope.text, start) if scope.text[start - 1] in ROUND else None
    return None if mark is None else scope.note(start, mark.end(), "ordinal", "ordinal.marker")


def read_lettered(scope: Scope, start: int, place: Place | None) -> int | None:
    """PM2.5, G331, L3级, TOP10 are names; in 人均GDP3.2万元 the number stands by itself."""
    text = scope.text
    letters = LETTERS.search(text, max(0, start - 16), start)
    if letters is None:
        return None
    run = letters[0]
    plain_word = len(run) > 1 and run.isalpha() and run.isupper()
    if plain_word and place is not None and place[1].name not in ("级", "版", "次", "期"):
        return None
    tail = LETTERED.match(text, start)
    return scope.note(start - len(run), tail.end() if tail else start + 1, "name", "name.lettered")


def read_measured(scope: Scope, number: Numeral, place: Place, rule: str = "numeral.arabic") -> int:
    """A number with a unit; `rule` is the one that read the number."""
    text, start, value = scope.text, number.start, number.value
    end, unit = place
    name = unit.name
    if start and text[start - 1] in MINUS and is_sign(scope, start):
        start, value, number.value = start - 1, -value, -number.value
    if text[end : end + 1] in JOINERS and (ranged := read_closed_range(scope, number, place, start)):
        return ranged
    before = text[start - 1 : start]
    if before == "每":
        return scope.note(start, end, "structure", "structure.per")
    if name == "级" and (number.scale != ONE or number.plain == number.plain.to_integral_value()):
        return scope.note(start, end, "structure" if number.scale != ONE else "name", "name.grade")
    if name in YEARLY and BARE_YEAR.fullmatch(text, number.start, end):
        return scope.note(start, end, "date", "date.year")
    if before == "续" and text.endswith("连续", 0, start):
        return scope.note(start, end, "vague", "vague.running")
    if unit.dimension == "count" and counts_own(text, end, scope.lookup):
        return scope.note(start, end, "structure", "structure.counted")
    if unit.dimension == "time" and is_date(scope, start, name):
        return scope.note(start, end, "date", "date.span")
    if unit.dimension == "time" and name in SHORT_SPANS and CIRCLE.match(text, end):
        return scope.note(start, end, "name", "name.circle")
    if name == "英寸" and text[end : end + 1].isalpha():
        return scope.note(start, end, "name", "name.size")
    if name == "%" and text.startswith(("人口抽样", "人口变动"), end):
        return scope.note(start, end, "name", "name.survey")
    return scope.enter(start, end, value, unit, rough=number.rough, rules=(rule,))


def is_sign(scope: Scope, start: int) -> bool:
    """增长-0.3% has a sign; in 3-5 and in a dash —— the stroke joins."""
    text = scope.text
    if start - 1 < scope.done:
        return False
    ahead = text[start - 2 : start - 1]
    return not (ahead and (ahead in NOT_BEFORE_SIGN or ahead.isdecimal() or (ahead.isascii() and ahead.isalpha())))


def is_date(scope: Scope, start: int, name: str) -> bool:
    """A span of years places what is told in time, unless it is itself what was changed or reached: 延长5年."""
    if name in SPANS:
        return not asserts_span(scope, start)
    return name in ("天", "个月") and scope.text.endswith(RUNNING, max(0, start - 2), start)
