"""Two numbers and what joins them → a range, a ratio, a list that shares its unit.

3—5个, 3至5亿元, 91.5%～93%, 10万元至12万元; 2.50:1; 5、8和12个.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from qjreport.quantity.numeral import ONE, Numeral, read_numeral, strip_zeros
from qjreport.quantity.reading import Reading
from qjreport.text.numerals import LONGEST, simplify
from qjreport.text.patterns import compile_re
from qjreport.text.units import Place, Unit, find_unit_after

JOIN: Final = compile_re(r"(?P<dash>[—–\-~～－﹣−]{1,2}|[至到])(?=\d)")
OUT_OF: Final = frozenset("从由自")
JOINERS: Final = frozenset("—–-~～－﹣−至到")
NEXT: Final = compile_re(r"[、和及与](?=\d)")
LONGEST_LIST: Final = 12  # numbers that share one unit; a longer list is another thing
COLON: Final = compile_re(r" ?[:：∶] ?")
SHARE: Final = compile_re(r"\d++(?:\.\d++)?")
LAST: Final = compile_re(r"(?<!\d)\d++(?:\.\d++)?$")
PERCENT: Final = Unit("%", "ratio", "%", "unit.structure")


def join_range(reading: Reading, low: Numeral, after: int) -> tuple[Numeral, Place | None] | None:
    """The upper end of the range that `low` opens, and its unit; `after` is where the lower end stops."""
    text = reading.text
    if text[after : after + 1] not in JOINERS:
        return None
    dash = JOIN.match(text, after)
    if dash is None or (dash["dash"] in "至到" and text[low.start - 1 : low.start] in OUT_OF):
        return None  # 从28件到70件 and 由5到8 are two values
    high = read_numeral(text, dash.end(), reading.lookup.number)
    return None if high is None else (high, find_unit_after(text, high.end, reading.lookup.units))


def read_closed_range(reading: Reading, low: Numeral, place: Place, start: int) -> int | None:
    """91.5%～93%: both ends have the unit."""
    joined = join_range(reading, low, place[0])
    if joined is None or joined[1] is None:
        return None
    high, upper = joined[0], joined[1]
    if upper[1].name != place[1].name or high.value <= low.value:
        return None
    return reading.enter(
        start, upper[0], low.value, upper[1], value_to=high.value, rough=high.rough, rules=("range.closed",)
    )


def find_open_range(reading: Reading, low: Numeral) -> tuple[Decimal, Numeral, Place | None] | None:
    """3至5亿元: unit and multiplier stand after the upper end, and are the lower one's too."""
    joined = join_range(reading, low, low.end)
    if joined is None:
        return None
    high, place = joined
    if place is None and high.scale == ONE:
        return None
    bottom = low.value
    if low.scale == ONE and high.scale != ONE and low.plain < high.plain:
        bottom = strip_zeros(low.plain * high.scale)
    return (bottom, high, place) if bottom < high.value else None


def find_shared_unit(reading: Reading, end: int) -> Place | None:
    """The unit of a list stands after its last number: 5、8和12个."""
    text = reading.text
    if end <= reading.unshared:
        return None  # further in a list that has been seen to have no unit
    for _ in range(LONGEST_LIST):
        step = NEXT.match(text, end)
        following = read_numeral(text, step.end(), reading.lookup.number) if step else None
        if following is None:
            break
        place = find_unit_after(text, following.end, reading.lookup.units)
        if place is not None:
            return None if place[1].name == "级" else place
        end = following.end
    reading.unshared = end
    return None


# Three shares in per cent come this close to their whole, or are called a structure (which check.py then adds up);
# 按5:3:2的比例 and 结构大致为1:4:5 state none.
NEAR_WHOLE: Final = range(90, 111)
TENTHS: Final = 10
STRUCTURE: Final = compile_re(r"结构[^，。；\d]{0,8}\Z")


def read_ratio(reading: Reading, start: int, end: int) -> int:
    """2.50:1 is a ratio, 5.2:38.1:56.7 a structure of three shares, 8:30 a time of day."""
    text = reading.text
    parts = COLON.split(text[start:end])
    if max(map(len, parts)) > LONGEST:
        return reading.note(start, end, "unread", "unread.too_long")
    if len(parts) == 3:
        whole = int(sum(map(Decimal, parts)))
        named = STRUCTURE.search(text, max(0, start - 12), start) is not None and whole > TENTHS
        if not named and whole not in NEAR_WHOLE:
            return reading.note(start, end, "structure", "structure.ratio")
        for part in SHARE.finditer(text, start, end):
            reading.enter(
                part.start(), part.end(), Decimal(part[0]), PERCENT, structure=True, rules=("ratio.structure",)
            )
        return end
    top, bottom = Decimal(parts[0]), Decimal(parts[1])
    clock = len(parts[1]) == 2 and "." not in text[start:end] and top < 25 and bottom < 60
    if clock and "比" not in text[max(0, start - 12) : start]:
        return reading.note(start, end, "date", "date.time")
    if not bottom:
        return reading.note(start, end, "unread", "unread.ratio")
    value = top if bottom == 1 else simplify(Fraction(top) / Fraction(bottom))
    return reading.enter(start, end, value, None, rules=("ratio.two",))


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
