"""A number in Chinese characters → a quantity where a counter or a measure vouches for it, else nothing.

Chinese numerals are parts of words more often than numbers (统一, 三农, 十分), so the reader asks for a shape.
`read_chinese` takes a run of numerals and looks at what stands beside it, in this order: 第 makes it an ordinal; 半,
分之, 成 and 折 a share; 点 a decimal; 前 and 后 a rank or a date; 届 and the like an ordinal; 年, 月 and 日
a date or a span. What is left is counted, and `read_counted` asks for a unit that one may trust after such a numeral.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.model import Why
from qjreport.quantity.arabic import STOP, read_measured
from qjreport.quantity.fractions_multiples import PARTS, read_half, read_parts, read_tenths
from qjreport.quantity.hedges import find_after, find_front
from qjreport.quantity.numeral import ONE, Numeral, strip_zeros
from qjreport.quantity.ranks import read_ordinal, read_top
from qjreport.quantity.reading import Reading, counts_own
from qjreport.quantity.spans import read_span, read_split
from qjreport.text.numerals import (
    CHINESE_CHARS,
    DIGITS,
    MULTIPLIERS,
    ONES,
    POSITIONAL,
    SCALES,
    ZEROS,
    read_number,
    read_scale,
    read_whole,
)
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.units import Unit, find_unit

CHINESE: Final = CHINESE_CHARS + "几数半"
RUN: Final = compile_re(rf"[{CHINESE}]++")
PLAN: Final = compile_re(r"十[一二三四五六七]五")
FORMAL: Final = frozenset("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟")
TENTHS: Final = frozenset("成折")
LEADING: Final = frozenset("前后")


def read_chinese(reading: Reading, start: int) -> int:
    """What the run of numerals from `start` on is; returns where it stops."""
    text, lookup, first = reading.text, reading.lookup, reading.text[start]
    run = RUN.match(text, start)
    end = run.end() if run else start + 1
    if end - start > 1 and text[end - 1] in "千百" and text.startswith(lookup.prefixes, end - 1):
        end -= 1  # 万千瓦
    if end - start == 1 and first in FORMAL:
        return end  # the 伍 of 队伍, the 陆 of 大陆
    written, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    if before == "第":
        return read_ordinal(reading, start - 1, end)
    if "半" in written:
        return read_half(reading, start, end)
    if first == "十" and PLAN.match(written):
        return reading.note(start, end, "date", "date.plan")
    if after == "分" and (parts := PARTS.match(text, end)):
        return read_parts(reading, start, parts.end())
    if after in TENTHS and (written != "一" or find_front(text, start, lookup.hedges) is not None):
        ended = read_tenths(reading, start, end)  # 不足一成; not 统一成立, 一成不变
        if ended:
            return ended
    if after == "点" and (ended := read_decimal(reading, start, end)):
        return ended
    if before in LEADING:
        return read_leading(reading, start, end)
    if after in lookup.ordinal_starts and (tail := lookup.ordinal.match(text, end)):
        return reading.note(start, tail.end(), "ordinal", "ordinal.bare")
    if after == "个" and text[end + 1 : end + 2] in ("多", "半") and (ended := read_split(reading, start, end)):
        return ended
    if after in lookup.dated_starts and (span := lookup.dated.match(text, end)):
        return read_span(reading, start, end, span.end())
    return read_counted(reading, start, end)


def read_leading(reading: Reading, start: int, end: int) -> int:
    """前三季度 is a date, 居全国前十 a rank."""
    text = reading.text
    span = reading.lookup.dated.match(text, end)
    if span:
        return reading.note(start, span.end(), "date", "date.span")
    value = read_whole(text[start:end])
    if value and text[start - 1] == "前":
        ended = read_top(reading, start, end, value)
        if ended:
            return ended
    return reading.note(start, end, "ordinal", "ordinal.top")


class Count(msgspec.Struct, frozen=True, gc=False):
    """A run of numerals as read, and what vouches for it."""

    start: int
    stop: int  # where the number ends, a 余 included
    run: str
    low: Decimal
    high: Decimal | None  # of a range: 三五个
    rough: str
    bare: bool  # multipliers alone: 百, 千万
    vouched: bool  # a bare one: a hedge makes it a number (近百), else it is mostly a figure of speech
    up_to: bool  # 上千


NOT_ROUGH: Final = frozenset("多少指系参总基分函级人件次户天点岁个代变奇偶无算招")
ROUGH: Final = frozenset("余多来")
UP_TO: Final = compile_re(r"(?<![网线陆海路船车地身史以岸湖江河山坡水桥])上$")


def read_counted(reading: Reading, start: int, end: int) -> int:
    """A run of numerals with a counter or a measure after it."""
    text = reading.text
    if end - start == 1 and text[start] not in MULTIPLIERS:
        after = text[end : end + 1]
        if text[start] in "数几" or (after not in reading.lookup.units.lengths and after != "大"):
            return end  # 统一于, 四川: most of the numerals that a text has
    run, stop, rough = text[start:end], end, ""
    if text[end : end + 1] in ROUGH and run[-1] in SCALES:
        rough, stop = text[end], end + 1
        while text[stop : stop + 1] in ("万", "亿"):
            stop += 1
    if run[0] == "数" and start and text[start - 1] in NOT_ROUGH:
        return start + 1  # 参数五项 has five of them
    low, high, vague = read_run(run + text[end + len(rough) : stop])
    if low is None:
        return end
    rough = rough or vague
    bare = run[0] in MULTIPLIERS and run != "十" and not any(c in DIGITS for c in run)
    step = bare and text.endswith(reading.lookup.hedges.steps, 0, start)
    up_to = bare and not step and UP_TO.search(text, max(0, start - 2), start) is not None
    vouched = bare and (bool(rough) or step or up_to or find_front(text, start, reading.lookup.hedges) is not None)
    return judge_counted(reading, Count(start, stop, run, low, high, rough, bare, vouched, up_to))


PAIR: Final = compile_re(rf"([两{ONES}])([{ONES[1:]}])([{SCALES}]*)")


@lru_cache(maxsize=1024)
def read_run(run: str) -> tuple[Decimal | None, Decimal | None, str]:
    """Value, upper end and rough word of a run: 三五 is 3 to 5, 数十 is 10 and more."""
    if run[0] in "数几" and len(run) > 1:
        return read_whole(run[1:]), None, run[0]
    if run[-1] == "几" and len(run) > 1:
        return read_whole(run[:-1]), None, "几"
    pair = PAIR.fullmatch(run)
    if pair and (DIGITS[pair[2]] - DIGITS[pair[1]] == 1 or run.startswith("三五")):
        scale = read_scale(pair[3])
        return DIGITS[pair[1]] * scale, DIGITS[pair[2]] * scale, ""
    return read_whole(run), None, ""


CONGRESSES: Final = (15, 30)  # 十八大, 二十大: the party congresses that reports speak of; 十大 counts
IN_HEADS: Final = frozenset("（(：:/／每")  # in front of a unit that heads figures: （万元）, 单位：亿元


def judge_counted(reading: Reading, count: Count) -> int:
    """Enter the number if what stands around it vouches for it."""
    text, start, stop = reading.text, count.start, count.stop
    place = find_unit(text, stop, reading.lookup.units)
    if place is None and text[stop : stop + 1] == "大" and count.low < 100:
        if CONGRESSES[0] <= count.low <= CONGRESSES[1]:
            return reading.note(start, stop + 1, "ordinal", "ordinal.congress")
        return reading.note(start, stop + 1, "structure", "structure.big")
    if count.bare and not count.vouched and text[start - 1 : start] in IN_HEADS:
        return stop
    if place is None or not place[1].chinese:
        alone = place is None and text[stop : stop + 1] != "强" and counts_alone(count)
        return enter_count(reading, count, stop, None) if alone else stop
    end, unit = place
    told = name_count(reading, count, end, unit)
    if told is None:
        if not is_trusted(reading, count, unit):
            return stop
        told = find_structure(reading, count, end, unit)
    return reading.note(start, end, *told) if told else enter_count(reading, count, end, unit)


COUNTERS: Final = frozenset("个家条")
CIRCLE: Final = compile_regex(r"\p{Han}{0,10}?圈|\p{Han}{0,4}?服务")


def name_count(reading: Reading, count: Count, end: int, unit: Unit) -> tuple[Why, str] | None:
    """What a number with a unit is, where it is no quantity, whether or not one trusts it."""
    text, start = reading.text, count.start
    if text[end : end + 1] == "级" or (count.bare and text[start - 1 : start] in COUNTERS):
        return "structure", "structure.class"
    if unit.name == "次" and (text.endswith("届", 0, start) or reading.lookup.meeting.match(text, end)):
        return "ordinal", "ordinal.meeting"
    if unit.dimension == "money" and count.bare and reading.lookup.per_output.match(text, end):
        return "structure", "structure.per"
    if unit.name in ("分钟", "小时") and CIRCLE.match(text, end):
        return "name", "name.circle"
    return None


def find_structure(reading: Reading, count: Count, end: int, unit: Unit) -> tuple[Why, str] | None:
    """三个方面 and 五项重点任务 count the report's own parts; 连续三次 counts nothing done."""
    text, lookup = reading.text, reading.lookup
    if unit.dimension == "count":
        small = count.low < 100 and not count.rough and count.high is None
        if counts_own(text, end, lookup) or (small and lookup.structure.match(text, end)):
            return "structure", "structure.counted"
    return ("vague", "vague.running") if text.endswith("连续", 0, count.start) else None


def enter_count(reading: Reading, count: Count, end: int, unit: Unit | None) -> int:
    rules = ("numeral.chinese", "bound.front.up_to") if count.up_to else ("numeral.chinese",)
    return reading.enter(
        count.start,
        end,
        count.low,
        unit,
        value_to=count.high,
        rough=count.rough,
        bound=">=" if count.up_to else None,
        front="上" if count.up_to else "",
        chinese=True,
        rules=rules if unit else (*rules, "unit.none"),
    )


def counts_alone(count: Count) -> bool:
    """两百万群众, 出生人口超百万: numbers that need no unit; 三十 and 一九八四 are none."""
    if count.bare:
        return count.vouched
    return count.low >= 100 and count.high is None and count.run[0] != "零" and any(c in MULTIPLIERS for c in count.run)


# Measures that a bare multiplier is a number in front of: 亿元, 百万平方米, 千亩. With a counter it is a figure of
# speech (千家万户, 百座) unless a hedge vouches for it.
MEASURES: Final = frozenset(("length", "area", "volume", "mass", "energy", "power", "money", "containers"))


def is_trusted(reading: Reading, count: Count, unit: Unit) -> bool:
    """Not the 一 of 一个, the 百 of 百家争鸣, the 三元 of 三元区, and no 二次: one counts with 两."""
    if count.run == "二" and unit.dimension == "count":
        return False
    if count.low == 1 and count.high is None:
        return unit.name == "倍"
    if count.bare:
        return count.vouched or unit.dimension in MEASURES
    return not (count.low < 100 and count.high is None and unit.name in reading.lookup.words.ambiguous)


# A decimal: 三点五亿元, 零点二. 点 is also a time of day (三点五分, 三点五十), a part of a plan (一核两点三片) and a
# bit (一点一滴): a number asks for a unit or a stop after it.
DECIMAL: Final = compile_re(rf"点[{ZEROS}{ONES}]++(?![十拾廿卅几数半刻])(?P<scale>[百千万萬亿億]*+)(?P<rough>[余多])?")
LAST_HOUR: Final = 24  # a whole part above it is no hour


def read_decimal(reading: Reading, start: int, point: int) -> int | None:
    """The decimal whose whole part is the run of numerals from `start` to `point`, where 点 stands; None for none."""
    text = reading.text
    hit = DECIMAL.match(text, point)
    written = text[start:point]
    if (
        hit is None
        or (len(written) > 1 and POSITIONAL.fullmatch(written))
        or text.endswith(reading.lookup.words.daytimes, 0, start)
    ):
        return None
    if written[0] in MULTIPLIERS and written[0] not in "十拾":
        return None
    printed, stop = hit.end("scale"), hit.end()
    if hit["scale"] and text.startswith(reading.lookup.prefixes, printed - 1):
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
    if scale == ONE and text[stop : stop + 1] in TENTHS:
        return read_tenths(reading, start, stop)
    number = Numeral(start, stop, plain, scale, value if scale == ONE else strip_zeros(value), rough, chinese=True)
    place = find_unit(text, stop, reading.lookup.units)
    if place is not None:
        trusted = is_trusted_decimal(reading, number, *place)
        return read_measured(reading, number, place) if trusted else None
    if not stands_alone(reading, number):
        return None
    rules = ("numeral.chinese", "unit.none")
    return reading.enter(start, stop, number.value, None, rough=rough, chinese=True, rules=rules)


NUMERALS: Final = frozenset(CHINESE_CHARS)


def is_trusted_decimal(reading: Reading, number: Numeral, end: int, unit: Unit) -> bool:
    """Not 三点五分, 一核两点三处, 一点一滴: what is counted has tenths only in an average (户均二点三人)."""
    text, start = reading.text, number.start
    if number.plain > LAST_HOUR or number.scale != ONE or unit.dimension != "count" or unit.name == "级":
        return True
    listed = text[end : end + 1] in NUMERALS or (start > 1 and text[start - 2] in NUMERALS)
    return unit.chinese and not listed and text[start] not in "一两"


def stands_alone(reading: Reading, number: Numeral) -> bool:
    """六十五点三万青年, 降至零点三，: numbers that need no unit; 零点一过 has none."""
    text, start, end = reading.text, number.start, number.end
    if number.scale != ONE or number.plain > LAST_HOUR:
        return True
    if STOP.match(text, end) is None and find_after(text, end, reading.lookup.hedges) is None:
        return False
    return text[start] in ZEROS or reading.is_linked(start)
