"""A decimal in Chinese characters → a quantity where what stands around it vouches for it: 三点五亿元, 零点二.

点 is also a time of day (三点五分), a part of a plan (一核两点三片) and a bit (一点一滴): a number asks for a unit or a
stop behind it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from qjreport.quantity.bare import LINKING, STOP
from qjreport.quantity.bound import find_behind
from qjreport.quantity.digits import read_measured
from qjreport.quantity.numeral import ONE, Numeral, strip_zeros
from qjreport.quantity.scope import Scope
from qjreport.quantity.share import read_tenths
from qjreport.quantity.unit import Unit, find_unit
from qjreport.text.numerals import read_number
from qjreport.text.numerals_whole import CHINESE_CHARS, MULTIPLIERS, POSITIONAL, read_scale
from qjreport.text.patterns import compile_re

# 三点五十 and 三点一刻 are times of day.
DECIMAL: Final = compile_re(
    r"点[零〇○一二三四五六七八九]++(?![十拾廿卅几数半刻])(?P<scale>[百千万萬亿億]*+)(?P<rough>[余多])?"
)
LAST_HOUR: Final = 24  # a whole part above it is no hour
DAYTIMES: Final = ("早上", "上午", "中午", "下午", "傍晚", "晚上", "凌晨", "清晨", "当日", "当晚", "每晚")
NUMERALS: Final = frozenset(CHINESE_CHARS)


def read_decimal(scope: Scope, start: int, point: int) -> int | None:
    """The decimal whose whole part is the run of numerals from `start` to `point`, where 点 stands; None for none."""
    text = scope.text
    hit = DECIMAL.match(text, point)
    written = text[start:point]
    if hit is None or (len(written) > 1 and POSITIONAL.fullmatch(written)) or text.endswith(DAYTIMES, 0, start):
        return None
    if written[0] in MULTIPLIERS and written[0] not in "十拾":
        return None
    printed, stop = hit.end("scale"), hit.end()
    if hit["scale"] and text.startswith(scope.lookup.prefixes, printed - 1):
        printed = stop = printed - 1  # 三点五千瓦
    places = hit.start("scale")
    rough = text[printed:stop]
    if rough and printed == places:
        return None  # 三点五多
    plain = read_number(text[start:places])
    if not isinstance(plain, Decimal):
        return None
    scale = read_scale(text[places:printed])
    value = plain if scale == ONE else read_number(text[start:printed])
    if not isinstance(value, Decimal):
        return None
    if scale == ONE and text[stop : stop + 1] in ("成", "折"):
        return read_tenths(scope, start, stop)
    number = Numeral(start, stop, plain, scale, value if scale == ONE else strip_zeros(value), rough)
    place = find_unit(text, stop, scope.lookup.units)
    if place is not None:
        trusted = is_trusted(scope, number, *place)
        return read_measured(scope, number, place, "numeral.chinese") if trusted else None
    if not stands_alone(scope, number):
        return None
    return scope.enter(start, stop, number.value, None, rough=rough, rules=("numeral.chinese", "unit.none"))


def is_trusted(scope: Scope, number: Numeral, end: int, unit: Unit) -> bool:
    """Not 三点五分, 一核两点三处, 一点一滴: what is counted has tenths only in an average (户均二点三人)."""
    text, start = scope.text, number.start
    if number.plain > LAST_HOUR or number.scale != ONE or unit.dimension != "count" or unit.name == "级":
        return True
    listed = text[end : end + 1] in NUMERALS or (start > 1 and text[start - 2] in NUMERALS)
    return unit.chinese and not listed and text[start] not in "一两"


def stands_alone(scope: Scope, number: Numeral) -> bool:
    """六十五点三万青年, 降至零点三，: numbers that need no unit; 零点一过 has none."""
    text, start, end = scope.text, number.start, number.end
    if number.scale != ONE or number.plain > LAST_HOUR:
        return True
    if STOP.match(text, end) is None and find_behind(text, end, scope.lookup.hedges) is None:
        return False
    return text[start] in "零〇○" or text.endswith(LINKING, max(0, start - 2), start)
