"""A number in Arabic digits → a quantity with multiplier, unit and range, or a name, an ordinal, a date."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import regex

from qjreport.quantity.scope import Scope
from qjreport.quantity.tables import YEAR
from qjreport.quantity.unit import Found, find_unit, find_unknown
from qjreport.text.numerals import ARABIC, LONGEST, MULTIPLIERS, read_arabic, read_mixed, simplify

SCALE = r"(?:(?![千百](?:瓦|伏|帕|赫|乏|卡|焦|克)|千米)[十百千万亿萬億])"
NUMBER = regex.compile(
    rf"(?P<number>{ARABIC})(?P<early>[余多来几](?=[十百千万亿]))?+ ?(?P<scale>{SCALE}*+)"
    rf"(?P<rest>(?:\d{{1,4}}{SCALE}|\d{{1,4}}(?![\d.,%:]))(?:\d{{1,3}}(?![\d.,%])[百十]?)?)?+"
    r"(?P<late>余|多(?![样边层云维点方彩])|来(?=[个名家天人项件条位种次]))?+"
)
RANGE = regex.compile(r"(?P<dash>[—–\-~～－﹣−]{1,2}|[至到])(?=\d)")
SIGN = regex.compile(r"(?<![\d\p{L}—–\-~～%）)]|[%％][—–-])[-－−﹣]$|负$|(?<=[\p{Han}])[-－−﹣]$")
LETTERS = regex.compile(r"[A-Za-z][A-Za-z\-.·/]{0,15}$")
NAME_TAIL = regex.compile(r"[\dA-Za-z.\-+/]*+(?:级|型|号|系列|版)?")
CODED = regex.compile(r"[A-Za-z][A-Za-z\d.\-+]*+(?:级|店|版)?|号(?!召)线?|强|[Aa]+级")
FRACTION = regex.compile(r"(\d{1,3})[/／](\d{1,3})(?![\d/])")
LIST_NEXT = regex.compile(r"[、和及与](?=\d)")
SPAN_UNITS = frozenset(("年", "周年", "季度", "个季度"))
CIRCLE = regex.compile(r"\p{Han}{0,10}圈|(?:不打烊|开放|在线|值班|值守|服务|自助|营业|便民|不落幕|不间断)")
NO_UNIT = Found(0, "", None, None, "unit.none")


class Numeral:
    """What NUMBER read at a place."""

    __slots__ = ("end", "inner", "plain", "scale", "start", "value")

    def __init__(self, start: int, end: int, plain: Decimal, scale: Decimal, value: Decimal, inner: str) -> None:
        self.start, self.end = start, end
        self.plain, self.scale, self.value, self.inner = plain, scale, value, inner


def read_numeral(text: str, start: int) -> Numeral | None:
    hit = NUMBER.match(text, start)
    if hit is None:
        return None
    plain = read_arabic(hit["number"])
    if plain is None:
        return None
    scale = Decimal(1)
    for c in hit["scale"] or "":
        scale *= MULTIPLIERS[c]
    value, rest, end = plain * scale, hit["rest"], hit.end()
    if rest:
        whole = read_mixed(f"{hit['number']}{hit['scale']}{rest}") if hit["scale"] else None
        if whole is None:
            end = hit.start("rest")
        else:
            value = whole
    if text[end - 1] == " ":
        end -= 1
    inner = hit["early"] or (hit["late"] if end == hit.end() else "") or ""
    return Numeral(start, end, plain, scale, strip_zeros(value), inner)


def strip_zeros(value: Decimal) -> Decimal:
    """129.60万 is 1296000, not 1296000.00; a plain 2.50 stays as printed."""
    whole = value.to_integral_value()
    return whole if value == whole and value.as_tuple().exponent != 0 and abs(value) >= 1000 else value


def read_arabic_number(scope: Scope, start: int) -> int:
    text = scope.text
    number = read_numeral(text, start)
    if number is None:
        run = regex.compile(r"\d++").match(text, start)
        return scope.note(start, run.end() if run else start + 1, "unread", "unread.too_long")
    fraction = FRACTION.match(text, start)
    if fraction and 0 < int(fraction[1]) < int(fraction[2]):
        return scope.enter(
            start,
            fraction.end(),
            simplify(Fraction(int(fraction[1]), int(fraction[2]))),
            None,
            rules=("numeral.fraction",),
        )
    before = text[start - 1 : start]
    index = scope.tables.units
    unit = find_unit_behind(text, number.end, index)
    if before.isascii() and (
        before.isalpha()
        or (before in "-." and text[start - 2 : start - 1].isalpha() and text[start - 2 : start - 1].isascii())
    ):
        named = read_lettered(scope, start, unit)
        if named:
            return named
    if start == 0 and (mark := regex.match(r"\d{1,3}[.．、)）](?!\d)", text)):
        return scope.note(0, mark.end(), "ordinal", "ordinal.marker")
    if before in "（(" and before and (mark := regex.compile(r"\d{1,2}[)）]").match(text, start)):
        return scope.note(start, mark.end() - 1, "ordinal", "ordinal.marker")
    if scope.tables.postal.search(text[max(0, start - 8) : start]):
        return scope.note(start, number.end, "code", "code.labelled")
    if unit is None:
        return read_bare(scope, number)
    signed = SIGN.search(text[max(0, start - 3) : start])
    if signed and number.start > scope.done:
        start = number.start - 1
        number.value = -number.value
    ranged = read_range(scope, number, unit, start)
    if ranged:
        return ranged
    if unit.name in SPAN_UNITS or (unit.name in ("天", "个月") and is_running(text, start)):
        if not asserts_span(scope, start):
            return scope.note(start, unit.end, "date", "date.span")
    if unit.name in ("小时", "分钟") and CIRCLE.match(text, unit.end):
        return scope.note(start, unit.end, "name", "name.circle")
    if unit.name == "级" and number.plain == number.plain.to_integral_value():
        return scope.note(start, unit.end, "name", "name.grade")
    return scope.enter(start, unit.end, number.value, unit, inner=number.inner, rules=("numeral.arabic",))


def find_unit_behind(text: str, at: int, index: object) -> Found | None:
    if text[at : at + 1] == " ":
        at += 1
    return find_unit(text, at, index) or find_unknown(text, at)  # type: ignore[arg-type]


def read_range(scope: Scope, low: Numeral, unit: Found, start: int) -> int | None:
    """91.5%～93%, 10万元至12万元: the lower end has its own unit."""
    dash = RANGE.match(scope.text, unit.end)
    if dash is None or (dash["dash"] in "至到" and comes_from(scope.text, start)):
        return None
    high = read_numeral(scope.text, dash.end())
    if high is None:
        return None
    other = find_unit_behind(scope.text, high.end, scope.tables.units)
    if other is None or other.name != unit.name or high.value <= low.value:
        return None
    return scope.enter(
        start,
        other.end,
        low.value,
        other,
        value_to=high.value,
        inner=high.inner,
        rules=("numeral.arabic", "range.dash"),
    )


def read_open_range(scope: Scope, low: Numeral) -> int | None:
    """3—5个, 3至5亿元: unit and multiplier stand behind the upper end alone."""
    text = scope.text
    dash = RANGE.match(text, low.end)
    if dash is None or (dash["dash"] in "至到" and comes_from(text, low.start)):
        return None
    high = read_numeral(text, dash.end())
    if high is None:
        return None
    unit = find_unit_behind(text, high.end, scope.tables.units)
    if unit is None and high.scale == 1:
        return None
    bottom = low.value
    if low.scale == 1 and high.scale != 1 and low.plain < high.plain:
        bottom = strip_zeros(low.plain * high.scale)
    if bottom >= high.value:
        return None
    end = unit.end if unit else high.end
    if unit and unit.name in SPAN_UNITS and not asserts_span(scope, low.start):
        return scope.note(low.start, end, "date", "date.span")
    return scope.enter(
        low.start, end, bottom, unit, value_to=high.value, inner=high.inner, rules=("numeral.arabic", "range.dash")
    )


def comes_from(text: str, start: int) -> bool:
    """从28件到70件 and 由5到8 are two values, not a range."""
    return text[start - 1 : start] in ("从", "由", "自")


def is_running(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start] in ("连续", "今后", "未来", "过去", "最近", "此后")


def asserts_span(scope: Scope, start: int) -> bool:
    """A span of time is a quantity where it is what was changed or reached: 缩短30天, 延长5年."""
    window = scope.text[max(0, start - 4) : start]
    return window.endswith(scope.tables.spans)


def read_lettered(scope: Scope, start: int, unit: Found | None) -> int | None:
    """PM2.5, G331, L3级, TOP10 are names; in 人均GDP3.2万元 the number is one."""
    text = scope.text
    letters = LETTERS.search(text[max(0, start - 16) : start])
    if letters is None:
        return None
    run = letters[0]
    if unit is not None and run.isupper() and run.isalpha() and len(run) >= 2 and unit.name not in ("级", "版", "次"):
        return None
    tail = NAME_TAIL.match(text, start)
    end = tail.end() if tail else start + 1
    return scope.note(start - len(run), end, "name", "name.lettered")


def read_bare(scope: Scope, number: Numeral) -> int:
    """A number without a unit: before a noun (40.8万青年), in a list (5、8个), or no quantity at all."""
    text, start, end = scope.text, number.start, number.end
    ranged = read_open_range(scope, number)
    if ranged:
        return ranged
    coded = CODED.match(text, end)
    if coded and number.scale == 1:
        return scope.note(start, coded.end(), "name", "name.coded")
    plain = regex.compile(rf"{YEAR}(?!\d)").fullmatch(text, start, end)
    if plain and number.scale == 1:
        return scope.note(start, end, "date", "date.year")
    carried = carry_unit(scope, end)
    if carried is not None:
        return scope.enter(start, end, number.value, carried, rules=("numeral.arabic", "unit.carried"))
    if number.scale != 1 or number.inner or is_counting(scope, start, end):
        noun = "级" == text[end : end + 1]
        if noun:
            return scope.note(start, end + 1, "structure", "structure.grade")
        return scope.enter(start, end, number.value, None, inner=number.inner, rules=("numeral.arabic", "unit.none"))
    if scope.tables.name_tail.match(text, end) or text[end : end + 1].isalpha():
        return scope.note(start, end, "name", "name.number")
    return scope.note(start, end, "unread", "unread.no_unit")


def is_counting(scope: Scope, start: int, end: int) -> bool:
    text, tables = scope.text, scope.tables
    if any(text.startswith(noun, end) for noun in tables.counted):
        return True
    return text[max(0, start - 4) : start].endswith(tables.counting) and tables.name_tail.match(text, end) is None


def carry_unit(scope: Scope, end: int) -> Found | None:
    """The unit of a list stands behind its last number: 5、8和12个."""
    text = scope.text
    for _ in range(8):
        step = LIST_NEXT.match(text, end)
        following = read_numeral(text, step.end()) if step else None
        if following is None:
            return None
        unit = find_unit_behind(text, following.end, scope.tables.units)
        if unit is not None:
            return None if unit.name in SPAN_UNITS else unit
        end = following.end
    return None


def read_ratio(scope: Scope, start: int, end: int) -> int:
    """2.50:1 is a ratio, 5.2:38.1:56.7 a structure in %, 8:30 a time of day."""
    text = scope.text
    parts = regex.split(r"[:：∶]", text[start:end])
    if max(map(len, parts)) > LONGEST:
        return scope.note(start, end, "unread", "unread.too_long")
    if len(parts) == 3:
        at = start
        for part in parts:
            percent = Found(at + len(part), "%", "ratio", "%", "unit.structure")
            scope.enter(at, at + len(part), Decimal(part), percent, rules=("ratio.structure",))
            at += len(part) + 1
        return end
    top, bottom = Decimal(parts[0]), Decimal(parts[1])
    timely = len(parts[1]) == 2 and "." not in text[start:end] and top < 25 and bottom < 60
    if timely and "比" not in text[max(0, start - 12) : start]:
        return scope.note(start, end, "date", "date.time")
    if not bottom:
        return scope.note(start, end, "unread", "unread.ratio")
    value = top if bottom == 1 else simplify(Fraction(top) / Fraction(bottom))
    return scope.enter(start, end, value, None, rules=("ratio.two",))


def read_times(scope: Scope, start: int, end: int) -> int:
    """2×66万千瓦 says what a plant is built of; 7×24小时 is a name."""
    text = scope.text
    sign = regex.compile(r"[×xX*✕]").search(text, start)
    second = read_numeral(text, sign.end()) if sign else None
    stop = second.end if second else end
    unit = find_unit_behind(text, stop, scope.tables.units)
    return scope.note(start, unit.end if unit else stop, "structure", "structure.product")
