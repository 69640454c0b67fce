"""Two numbers and what joins them → a range, a ratio, a list that shares its unit.

3—5个, 3至5亿元, 两到三万港元, 91.5%～93%, 10万元至12万元; 2.50:1; 5、8和12个. Either end is in digits or in
characters; the unit and the multiplier that stand after the upper end are the lower one's too, where it has none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from qjreport.quantity.non_facts import AFTER_RATIO
from qjreport.quantity.numeral import ONE, SPOKEN, TAILS, Numeral, read_any, read_numeral, read_tail, strip_zeros
from qjreport.quantity.reading import OUT_OF, Reading
from qjreport.text.numerals import EXACT, LONGEST, simplify
from qjreport.text.patterns import compile_re
from qjreport.text.units import Place, Unit, find_unit_after

JOIN: Final = compile_re(
    rf"(?:[（(]含[)）])?(?: ?(?P<dash>[—–─―\-~～－﹣−]{{1,2}}) ?|(?P<word>[至到]))(?=[\d{SPOKEN}])"
)
JOINERS: Final = frozenset("—–─―-~～－﹣−至到 （(")
ROUND: Final = frozenset("（(")
NEXT: Final = compile_re(r"[、和及与][-－−﹣]?(?=\d)")
LONGEST_LIST: Final = 12  # numbers that share one unit; a longer list is another thing
NEAR: Final = 100  # times the next number of a list: 2600、261.86亿 share 亿, 800、1.2万 do not share 万
COLON: Final = compile_re(r" ?[:：∶︰] ?|比")
SHARE: Final = compile_re(r"\d++(?:[.·]\d++)?")
RAISED_POINT: Final = "·"  # 11·2:45·7:43·1, as old pages print a decimal point
LAST: Final = compile_re(r"(?<!\d)\d++(?:\.\d++)?$")
PERCENT: Final = Unit("%", "ratio", "%", "unit.structure")


def find_high(reading: Reading, low: Numeral, after: int) -> Numeral | None:
    """The upper end of the range that `low` opens; `after` is where the lower end stops."""
    text = reading.text
    if text[after : after + 1] not in JOINERS:
        return None
    if text[after] in ROUND and text[after + 1 : after + 2] != "含":
        return None
    dash = JOIN.match(text, after)
    if dash is None or (dash["word"] and text[low.start - 1 : low.start] in OUT_OF):
        return None  # 从28件到70件 and 由5到8 are two values
    return read_any(text, dash.end(), reading.lookup.number, reading.lookup.prefixes)


def join_range(reading: Reading, low: Numeral, after: int) -> tuple[Numeral, Place | None] | None:
    """The upper end of a range and its unit."""
    high = find_high(reading, low, after)
    return None if high is None else (high, find_unit_after(reading.text, high.end, reading.lookup.units))


def read_closed_range(reading: Reading, low: Numeral, place: Place, start: int) -> int | None:
    """91.5%～93%: both ends have the unit."""
    joined = join_range(reading, low, place[0])
    if joined is None or joined[1] is None:
        return None
    high, upper = joined[0], joined[1]
    tail = read_tail(reading.text, upper) if reading.text[upper[0] : upper[0] + 1] in TAILS else None
    if tail is not None:
        upper, high.value = tail[0], EXACT.add(high.value, tail[1])
    if upper[1].name != place[1].name or high.value == low.value:
        return None
    bottom, top = low.value, top_value(high)
    if top > FAR * bottom and upper[1].dimension != "ratio" and reading.text[start - 1 : start] in CHANGED:
        return None  # 增加｜3900人至3654100人: by how many, and to how many
    if top < bottom:
        if not reading.text.startswith(BETWEEN, upper[0]):
            return None
        bottom, top = top, bottom  # 4.4%至3.3%之间
    return reading.enter(start, upper[0], bottom, upper[1], value_to=top, rough=high.rough, rules=("range.closed",))


BETWEEN: Final = ("之间", "不等")
CHANGED: Final = frozenset("加增多减少升跌降")
FAR: Final = 8


def top_value(high: Numeral) -> Decimal:
    return high.value if high.high is None else high.high


def share_scale(low: Numeral, high: Numeral) -> Decimal:
    """The lower end in full: 3 of 3至5亿 is of 亿 as well, 一千 of 一千到两千万 of 万; 8500 of 8500到3万 is not."""
    if high.scale != ONE and high.scale > low.scale and low.value < high.plain:
        return strip_zeros(EXACT.multiply(low.value, high.scale))
    return low.value


def find_open_range(reading: Reading, low: Numeral) -> tuple[Decimal, Numeral, Place | None] | None:
    """3至5亿元: unit and multiplier stand after the upper end, and are the lower one's too."""
    joined = join_range(reading, low, low.end)
    if joined is None:
        return None
    high, place = joined
    if place is None and high.scale == ONE:
        return None
    bottom = share_scale(low, high)
    return (bottom, high, place) if bottom < top_value(high) else None


YEARS: Final = compile_re(r"(?:19|20)\d\d")


def find_shared_unit(reading: Reading, number: Numeral) -> tuple[Decimal, Unit] | None:
    """The value of a number of a list whose unit and multiplier stand after its last: 5、8和12个, 2600、261.86亿元."""
    text, end = reading.text, number.end
    if end <= reading.unshared:
        return None  # further in a list that has been seen to have no unit
    for _ in range(LONGEST_LIST):
        step = NEXT.match(text, end)
        following = read_numeral(text, step.end(), reading.lookup.number) if step else None
        if following is None:
            break
        place = find_unit_after(text, following.end, reading.lookup.units)
        if place is not None:
            year = place[1].name == "年" and YEARS.fullmatch(text, following.start, following.end) is not None
            if place[1].name == "级" or (year and end - number.start <= 2 and number.scale == ONE):
                return None  # 4、2012年: the number of an entry
            shares = number.scale == ONE and following.scale != ONE and number.value < NEAR * following.plain
            value = strip_zeros(EXACT.multiply(number.value, following.scale)) if shares else number.value
            return value, place[1]
        end = following.end
    reading.unshared = end
    return None


def find_later_unit(reading: Reading, low: Numeral) -> Unit | None:
    """The unit of the first of two values, which stands after the second alone: 从8500到3万港元, 由5增加到8个."""
    text = reading.text
    changed = reading.lookup.changed.match(text, low.end)
    if changed is None:
        return None
    high = read_any(text, changed.end(), reading.lookup.number, reading.lookup.prefixes)
    place = find_unit_after(text, high.end, reading.lookup.units) if high is not None else None
    return None if place is None else place[1]


# Three shares in per cent come this close to their whole, or are called a structure (which check.py then adds up);
# 按5:3:2的比例 and 结构大致为1:4:5 state none.
NEAR_WHOLE: Final = range(90, 111)
TENTHS: Final = 10
STRUCTURE: Final = compile_re(r"结构[^，。；\d]{0,8}\Z")


def read_ratio(reading: Reading, start: int, end: int) -> int:
    """2.50:1 is a ratio, 5.2:38.1:56.7 a structure of three shares or more, 8:30 a time of day."""
    text = reading.text
    parts = COLON.split(text[start:end].replace(RAISED_POINT, "."))
    if max(map(len, parts)) > LONGEST:
        return reading.note(start, end, "unread", "unread.too_long")
    if len(parts) > 2:
        whole = int(sum(map(Decimal, parts)))
        named = STRUCTURE.search(text, max(0, start - 12), start) is not None and whole > TENTHS
        if not named and whole not in NEAR_WHOLE:
            return reading.note(start, end, "structure", "structure.ratio")
        for part in SHARE.finditer(text, start, end):
            reading.enter(
                part.start(),
                part.end(),
                Decimal(part[0].replace(RAISED_POINT, ".")),
                PERCENT,
                structure=True,
                rules=("ratio.structure",),
            )
        return end
    top, bottom = Decimal(parts[0]), Decimal(parts[1])
    clock = len(parts[1]) == 2 and "." not in text[start:end] and top < 25 and bottom < 60
    if clock and "比" not in text[max(0, start - 12) : end]:
        return reading.note(start, end, "date", "date.time")
    if not bottom:
        return reading.note(start, end, "unread", "unread.ratio")
    value = top if bottom == 1 else simplify(Fraction(top) / Fraction(bottom))
    return reading.enter(start, end, value, None, rules=("ratio.two",))


TOLD: Final = compile_re(AFTER_RATIO)


def read_told_ratio(reading: Reading, top: Numeral) -> int:
    """三比一, 二点五比一: where the ratio of `top` to what follows 比 ends; 0 for none."""
    text, lookup = reading.text, reading.lookup
    bottom = read_any(text, top.end + 1, lookup.number, lookup.prefixes)
    if bottom is None or not bottom.value or bottom.high is not None or top.high is not None:
        return 0
    if bottom.value > NEAR or TOLD.match(text, bottom.end) is None:
        return 0
    value = simplify(Fraction(top.value) / Fraction(bottom.value))
    return reading.enter(top.start, bottom.end, value, None, rules=("ratio.two",))


def read_fraction(reading: Reading, start: int, end: int) -> int | None:
    """1/10 is a fraction; 24/7 is not one."""
    above, below = (int(part) for part in re.split(r"[/／]", reading.text[start:end]))
    if not 0 < above < below:
        return None
    return reading.enter(start, end, simplify(Fraction(above, below)), None, rules=("numeral.fraction",))


def read_product(reading: Reading, start: int, end: int) -> int:
    """2×66万千瓦 says of what a plant is built up."""
    last = LAST.search(reading.text, start, end)
    number = read_numeral(reading.text, last.start(), reading.lookup.number) if last else None
    stop = number.end if number else end
    place = find_unit_after(reading.text, stop, reading.lookup.units)
    return reading.note(start, place[0] if place else stop, "structure", "structure.product")
