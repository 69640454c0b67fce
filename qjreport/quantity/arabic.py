"""A number in Arabic digits → a quantity with multiplier, unit and range, or a date, an ordinal, a name, a code."""

from __future__ import annotations

import re
from string import ascii_letters, digits
from typing import Final

from qjreport.quantity.hedges import find_behind
from qjreport.quantity.non_facts import (
    AT_DIGIT,
    AT_POINT,
    BARE_YEAR,
    BRACKETED,
    CODED,
    HOTLINE,
    IN_ROUND,
    LETTERED,
    LETTERS,
    MARKER,
    OPENERS,
)
from qjreport.quantity.numeral import ONE, RUN, Numeral, read_numeral, strip_zeros
from qjreport.quantity.ranges import (
    JOINERS,
    find_open_range,
    find_shared_unit,
    read_closed_range,
    read_fraction,
    read_product,
    read_ratio,
)
from qjreport.quantity.ranks import read_ordinal, read_top
from qjreport.quantity.reading import Scope, counts_own
from qjreport.quantity.spans import CIRCLE, SHORT_SPANS, SPANS, asserts_span
from qjreport.text.patterns import compile_re
from qjreport.text.units import Place, Unit, find_split_unit, find_unit_behind

# A number in Arabic digits without a unit: before a noun (40.8万青年), in a list (5、8个), or no quantity at all.

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


def read_measured(scope: Scope, number: Numeral, place: Place, characters: bool = False) -> int:
    """A number with a unit; `characters` for one in Chinese characters."""
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
    rule = "numeral.chinese" if characters else "numeral.arabic"
    return scope.enter(start, end, value, unit, rough=number.rough, characters=characters, rules=(rule,))


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
