"""A number in Chinese characters → a quantity where a counter or a measure vouches for it, else what it is instead.

Chinese numerals are parts of words more often than numbers (统一, 三农, 十分), so the reader asks for a shape.
`read_chinese` takes a run of numerals and looks at what stands beside it, in this order: 第 makes it an ordinal; 半,
分之, 成 and 折 a share; 点 a decimal; a dash, 至 or 到 a range; 前 and 后 a rank or a date; 届 and the like an ordinal;
年, 月 and 日 a date or a span. What is left is counted, and `read_counted` asks for a unit that one may trust after
such a numeral. What no reader takes is left to `leave`: a word of the lexicon, or unread.
"""

from __future__ import annotations

from typing import Final

import msgspec

from qjreport.model import Why
from qjreport.quantity.arabic import BOUNDED, STOP, find_liang, is_sign, read_measured
from qjreport.quantity.fractions import OVER, read_half, read_parts, read_tenths
from qjreport.quantity.hedges import find_after, find_front
from qjreport.quantity.numeral import (
    CHINESE,
    COUNTED_MYRIADS,
    ONE,
    YUAN,
    Numeral,
    end_numeral,
    read_coins,
    read_pointed,
    read_spoken,
    read_tail,
    strip_zeros,
)
from qjreport.quantity.ranges import (
    find_high,
    find_later_unit,
    read_closed_range,
    read_told_ratio,
    share_scale,
    top_value,
)
from qjreport.quantity.ranks import read_ordinal, read_top
from qjreport.quantity.reading import OUT_OF, Reading, counts_own
from qjreport.quantity.spans import read_span, read_split
from qjreport.text.numerals import (
    CHINESE_CHARS,
    DIGITS,
    EXACT,
    MULTIPLIERS,
    ONES,
    POINTS,
    POSITIONAL,
    ZEROS,
    is_range,
    read_scale,
    read_whole,
)
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.units import Place, Unit, find_unit

RUN: Final = compile_re(rf"[{CHINESE}]++")
RUNNING: Final = frozenset(CHINESE)
SEVERAL: Final = frozenset("数數")
APART: Final = frozenset(" 分点點")
SPREADABLE: Final = f"{CHINESE}余餘多点點分之又成折个個\\d.．"
PLAN: Final = compile_re(r"十[一二三四五六七]五|[一二三四五六七八九十]五(?=计划|规划|时期|期间|末)")
FORMAL: Final = frozenset("參伍陆陸拾佰仟")
TENTHS: Final = frozenset("成折")
SHARES: Final = TENTHS | frozenset("点點")  # 陆点五折
LEADING: Final = frozenset("前后")
NOT_ROUGH: Final = frozenset("多少指系参总基分函级人件次户天点岁个代变奇偶无算招")
OPEN: Final = frozenset("几幾数數")
JOINED: Final = frozenset("至到—–-~～－−")
CLOCK: Final = compile_re(r"点(?:[零〇一二三四五六七八九十]{1,3}分|[二三四五]?十[一二三四五六七八九]?|半|钟|整)?")
COINS: Final = frozenset("角毛")
TELLING: Final = frozenset("分又点點比") | TENTHS | JOINED | COINS
COUNTED: Final = compile_re(rf"{COUNTED_MYRIADS}(?P<scale>亿)")
MIXED: Final = compile_re(r"又(\d++|[一二两三四五六七八九十百]++)分之")


def read_chinese(reading: Reading, start: int) -> int:
    """What the run of numerals from `start` on is; returns where it stops."""
    text, lookup, first = reading.text, reading.lookup, reading.text[start]
    end = start + 1
    before, after = text[start - 1 : start], text[end : end + 1]
    single = after not in RUNNING
    if not single:
        run = RUN.match(text, start)
        assert run is not None
        end = run.end()
        after = text[end : end + 1]
    if after in APART and (ended := read_spread(reading, start)):
        return ended
    if not single:
        end = end_numeral(text, start, end, lookup.prefixes)
        single, after = end - start == 1, text[end : end + 1]
    if (single and first in FORMAL and after not in SHARES) or (first in SEVERAL and ends_noun(text, start, before)):
        return start + 1  # the 伍 of 队伍, the 陆 of 大陆; 参数五项 has five of them
    if before == "第":
        return read_ordinal(reading, start - 1, end)
    if first == "半" or (not single and "半" in text[start:end]):
        return read_half(reading, start, end) or leave(reading, start, end)
    if not single and "五" in text[start:end] and (plan := PLAN.match(text, start)) and plan.end() == end:
        return reading.note(start, end, "date", "date.plan")
    if after in MARKED and single and not reading.in_cell and first in ONES and is_marker(text, start, end):
        return reading.note(start, end, "ordinal", "ordinal.marker")
    if after == "、" and single and before not in SERIES and (ended := read_pair(reading, start)):
        return ended
    if after in TELLING and (ended := read_marked(reading, start, end)):
        return ended
    if before in LEADING:
        return read_leading(reading, start, end)
    if after in lookup.ordinal_starts and (tail := lookup.ordinal.match(text, end)):
        return reading.note(start, tail.end(), "ordinal", "ordinal.bare")
    if after == "个" and (ended := read_counted_myriads(reading, start, end) or read_split(reading, start, end) or 0):
        return ended
    if after in lookup.dated_starts and (span := lookup.dated.match(text, end)):
        return read_span(reading, start, end, span.end())
    return read_counted(reading, start, end)


def ends_noun(text: str, start: int, before: str) -> bool:
    """Whether 数 is of the word before it: 参数, 尾数一千, for several is told of tens and more alone."""
    return before in NOT_ROUGH or text[start + 1 : start + 2] in DIGITS


SERIES: Final = frozenset("前后初高中大")  # in front of 三、四 they make ordinals of it
TENFOLD: Final = compile_re("[十百千万亿]*+")
SORTING: Final = frozenset("类次组位")  # after a pair these sort rather than count: 三、四类村


def read_pair(reading: Reading, start: int) -> int:
    """二、三十亿斤 is twenty to thirty, 七、八个 seven to eight, 三、四季度 a date; 0 for what else a list is."""
    text, lookup = reading.text, reading.lookup
    second = text[start + 2 : start + 3]
    if text[start] not in DIGITS or second not in DIGITS or not is_range(text[start] + second):
        return 0
    rest = TENFOLD.match(text, start + 3)
    end = end_numeral(text, start + 2, rest.end() if rest else start + 3, lookup.prefixes)
    span = lookup.dated.match(text, end)
    if span is not None and not reading.is_asserted(start):
        return reading.note(start, span.end(), "date", "date.span")
    place = find_unit(text, end, lookup.units)
    low, high = read_whole(text[start] + text[start + 3 : end]), read_whole(text[start + 2 : end])
    if place is None or low is None or high is None or not place[1].chinese or place[1].name in SORTING:
        return 0
    rules = ("numeral.chinese",)
    return reading.enter(start, place[0], low, place[1], value_to=high, chinese=True, rules=rules)


SPREAD: Final = compile_re(rf"[{CHINESE}](?:[{SPREADABLE}]| {{1,4}}(?=[{SPREADABLE}])){{0,40}}(?<! )")
PARTED: Final = compile_re(rf"[零〇{ONES}]{{2,3}}(?![{SPREADABLE}])")  # 统 一 三家: two numbers and no 13
AROUND: Final = 24, 16  # characters in front of a spread numeral and after it in which its hedges and its unit stand


def read_spread(reading: Reading, start: int) -> int:
    """六百 余名, 百 分之 五, 三 点 五 成: a numeral whose characters stand apart is read without its spaces."""
    text = reading.text
    hit = SPREAD.match(text, start)
    if hit is None or " " not in hit[0]:
        return 0
    first, last = max(0, start - AROUND[0]), min(hit.end() + AROUND[1], len(text))
    places: list[int] = [
        *range(first, start),
        *(at for at in range(start, hit.end()) if text[at] != " "),
        *range(hit.end(), last),
    ]
    inner = Reading("".join([text[at] for at in places]), reading.block, reading.lookup, reading.in_cell)
    begin = start - first
    if PARTED.match(inner.text, begin) is not None:
        return 0
    inner.done, inner.shared = max(0, reading.done - first), reading.shared
    read_chinese(inner, begin)
    found = inner.out[0] if inner.out else None
    if found is None or found.value is None or found.start > begin:
        return 0
    start, end = places[found.start], places[found.end - 1] + 1
    if " " not in text[start:end] or (not found.unit and STOP.match(text, end) is None):
        return 0  # 一 百姓
    rules = ("numeral.spread", *found.rules[1:])
    reading.out.append(msgspec.structs.replace(found, start=start, end=end, quote=text[start:end], rules=rules))
    reading.done, reading.shared = end, inner.shared
    return end


PARTING: Final = frozenset("分又")


def read_marked(reading: Reading, start: int, end: int) -> int:
    """A number that the character at `end` may tell: 分之, 又, 成, 折, 点, a dash, 角; 0 where it does not."""
    text, lookup, after = reading.text, reading.lookup, reading.text[end]
    if after in PARTING:
        return read_fraction(reading, start, end)
    if after in TENTHS and (text[start:end] != "一" or is_tenth(reading, start, end)):
        number = read_spoken(text, start, lookup.prefixes)
        return (read_tenths(reading, number, end) or 0) if number is not None and number.end == end else 0
    if after in POINTS:
        if ended := read_decimal(reading, start, end) or 0:
            return ended
        clock = CLOCK.match(text, end) if text.endswith(lookup.words.daytimes, 0, start) else None
        return reading.note(start, clock.end(), "date", "date.time") if clock else 0  # 下午三点五分
    if after in JOINED:
        return read_range(reading, start)
    if after == "比":
        top = read_spoken(text, start, lookup.prefixes)
        return read_told_ratio(reading, top) if top is not None and top.end == end else 0
    coins = read_coins(text, start) if after in COINS else None
    if coins is None:
        return 0
    return reading.enter(start, coins[0], coins[1], YUAN, chinese=True, rules=("numeral.chinese",))


def read_counted_myriads(reading: Reading, start: int, end: int) -> int:
    """两个亿, 三个多亿; 0 for none."""
    text, lookup = reading.text, reading.lookup
    hit = COUNTED.match(text, end)
    if hit is None:
        return 0
    number = read_spoken(text, start, lookup.prefixes)
    if number is None or number.end != end:
        return 0
    scale = read_scale(hit["scale"])
    number.value = strip_zeros(EXACT.multiply(number.value, scale))
    number.high = None if number.high is None else strip_zeros(EXACT.multiply(number.high, scale))  # 三四个亿
    number.rough = hit["odd"] or number.rough
    stop, unit = find_unit(text, hit.end(), lookup.units) or (hit.end(), None)
    return enter_count(reading, number, stop, unit)


ONE_TENTH: Final = compile_re(r"成(?:[半五](?=$|[^\w]|[左以])|[多以左]|$|[，。、；：！？,;)）\s])|折(?:$|[，。、；])")


def is_tenth(reading: Reading, start: int, end: int) -> bool:
    """不足一成, 一成半; not 统一成立, 一成不变."""
    text = reading.text
    return find_front(text, start, reading.lookup.hedges) is not None or ONE_TENTH.match(text, end) is not None


def read_fraction(reading: Reading, start: int, end: int) -> int:
    """百分之三, 一又三分之二; 0 for none. 分 and 又 stand at `end`."""
    text = reading.text
    if text.startswith(OVER, end):
        if text[start] in OPEN:
            start += 1  # 总数百分之三
        ended = read_parts(reading, start, read_whole(text[start:end]), end)
        return ended if ended > end else 0
    hit = MIXED.match(text, end)
    if hit is None:
        return 0
    whole = read_whole(text[start:end])
    if whole is None:
        return 0
    over = hit.end() - len(OVER)
    ended = read_parts(reading, start, read_whole(hit[1]), over, whole)
    return ended if ended > over else 0


def read_range(reading: Reading, start: int) -> int:
    """两到三万港元, 七到八成, 一百二十至一百五十人; 0 where no unit vouches for the two."""
    text, lookup = reading.text, reading.lookup
    low = read_spoken(text, start, lookup.prefixes)
    if low is None:
        return 0
    high = find_high(reading, low, low.end)
    if high is None:
        return 0
    if text[high.end : high.end + 1] in TENTHS and (ended := read_tenths(reading, low, low.end) or 0):
        return ended
    bottom, end = share_scale(low, high), high.end
    if bottom >= top_value(high) or low.rough:
        return 0
    place = find_unit(text, end, lookup.units)
    if ended := name_range(reading, start, end, place):
        return ended
    if place is None and bottom >= HUNDRED and STOP.match(text, end):
        return reading.enter(start, end, bottom, None, value_to=top_value(high), chinese=True, rules=("range.open",))
    if place is None or not place[1].chinese:
        return 0
    if place[1].dimension == "time" and lookup.circle.match(text, place[0]):
        return reading.note(start, place[0], "name", "name.circle")
    return reading.enter(
        start,
        place[0],
        bottom,
        place[1],
        value_to=top_value(high),
        rough=high.rough,
        chinese=True,
        rules=("range.open",),
    )


def name_range(reading: Reading, start: int, end: int, place: Place | None) -> int:
    """一到三季度, 三到五年级: a range that is a date or an ordinal, whichever is longer; 0 for neither."""
    text, lookup, after = reading.text, reading.lookup, reading.text[end : end + 1]
    span = lookup.dated.match(text, end) if after in lookup.dated_starts else None
    tail = lookup.ordinal.match(text, end) if after in lookup.ordinal_starts else None
    ordered = 0 if tail is None else tail.end()
    if span is not None and not reading.is_asserted(start):
        stop = span.end()
        if stop >= ordered and (place is None or stop >= place[0]):
            return reading.note(start, stop, "date", "date.span")
    return reading.note(start, ordered, "ordinal", "ordinal.bare") if ordered else 0


HUNDRED: Final = 100


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
    """A number in characters as read, and what vouches for it."""

    number: Numeral
    run: str
    bare: bool  # multipliers alone: 百, 千万
    vouched: bool  # a bare one: a hedge makes it a number (近百), else it is mostly a figure of speech
    up_to: bool  # 上千


ROUGH: Final = frozenset("余餘多来來把")
COUNTED_ROUGHLY: Final = frozenset("来來把")  # only before a counter: 十来个, but 十来自
UP_TO: Final = compile_re(r"(?<![网线陆海路船车地身史以岸湖江河山坡水桥])上$")


BIG: Final = frozenset("大两")  # what is no unit, but may follow a numeral that counts: 三大, 八两


def read_counted(reading: Reading, start: int, end: int) -> int:
    """A run of numerals with a counter or a measure after it."""
    text, lookup = reading.text, reading.lookup
    if end - start == 1 and (text[start] not in MULTIPLIERS or text[start] == "兆"):
        after = text[end : end + 1]
        if text[start] in OPEN or (after not in lookup.units.lengths and after not in BIG):
            return leave(reading, start, end)  # 统一于, 四川: most of the numerals that a text has
    number = read_spoken(text, start, lookup.prefixes)
    if number is None:
        return leave(reading, start, end)
    if number.rough in COUNTED_ROUGHLY and find_unit(text, number.end, lookup.units) is None:
        number.end, number.rough = number.end - 1, ""
    run = text[start:end]
    bare = run[0] in MULTIPLIERS and run != "十" and not any(c in DIGITS for c in run)
    step = bare and text.endswith(lookup.hedges.steps, 0, start)
    up_to = bare and not step and UP_TO.search(text, max(0, start - 2), start) is not None
    vouched = bare and (bool(number.rough) or step or up_to or find_front(text, start, lookup.hedges) is not None)
    return judge_counted(reading, Count(number, run, bare, vouched, up_to))


CONGRESSES: Final = (15, 30)  # 十八大, 二十大: the party congresses that reports speak of; 十大 counts
IN_HEADS: Final = frozenset("（(：:/／每")  # in front of a unit that heads figures: （万元）, 单位：亿元
MASKED: Final = frozenset("*＊×□■xX")  # figures that the page hides: **亿元
LIANG_TAIL: Final = compile_re("半|\\d|钱|整|[零一二三四五六七八九两壹贰叁肆伍陆柒捌玖]")


def judge_counted(reading: Reading, count: Count) -> int:
    """Enter the number if what stands around it vouches for it."""
    text, number = reading.text, count.number
    start, stop = number.start, number.end
    place = find_unit(text, stop, reading.lookup.units) or find_liang(text, stop)
    if place is None and text[stop : stop + 1] == "大" and number.value < 100:
        if CONGRESSES[0] <= number.value <= CONGRESSES[1]:
            return reading.note(start, stop + 1, "ordinal", "ordinal.congress")
        return reading.note(start, stop + 1, "structure", "structure.big")
    if count.bare and not count.vouched and text[start - 1 : start] in IN_HEADS:
        return stop
    if count.bare and text[start - 1 : start] in MASKED:
        return reading.note(start - 1, place[0] if place else stop, "vague", "vague.masked")
    if count.run[0] in OPEN and (place is not None or len(count.run) > 1):
        return reading.note(start, place[0] if place else stop, "vague", "vague.word")
    if place is None:
        return judge_alone(reading, count, stop)
    if not (place[1].chinese or is_compound(count)):
        return leave(reading, start, stop)
    tail = read_tail(text, place) if LIANG_TAIL.match(text, place[0]) else None
    if tail is not None:
        place, more = tail
        number.value = EXACT.add(number.value, more)
        if text[place[0] : place[0] + 1] in ROUGH:
            place, number.rough = (place[0] + 1, place[1]), text[place[0]]  # 一亩三分多
    end, unit = place
    told = name_count(reading, count, end, unit)
    if told is None:
        ranged = read_closed_range(reading, number, place, start) if text[end : end + 1] in JOINED else None
        if ranged is not None:
            return ranged
        if tail is None and not is_trusted(reading, count, end, unit):
            return leave(reading, start, stop)
        told = find_structure(reading, count, end, unit) if tail is None else None
    return reading.note(start, end, *told) if told else enter_count(reading, number, end, unit, up_to=count.up_to)


def judge_alone(reading: Reading, count: Count, stop: int) -> int:
    """A number without a unit, or whose unit stands after the second of two values: 从三百到五百户."""
    text, start = reading.text, count.number.start
    if text[start - 1 : start] in OUT_OF:
        later = find_later_unit(reading, count.number)
        if later is not None and later.chinese:
            return enter_count(reading, count.number, stop, later, up_to=count.up_to)
    if (text[stop : stop + 1] != "强" and counts_alone(count)) or is_said(reading, count, stop):
        return enter_count(reading, count.number, stop, None, up_to=count.up_to)
    return leave(reading, start, stop)


def leave(reading: Reading, start: int, end: int) -> int:
    """What no reader takes: part of a word of the lexicon, a mark, a name or a figure of speech, else unread."""
    text = reading.text
    written, after = text[start:end], text[end : end + 1]
    if not reading.in_cell and (after in MARKED or after in ROUND_CLOSE) and is_marker(text, start, end):
        return reading.note(start, end, "ordinal", "ordinal.marker")
    if written in UNSAID:
        return end
    covered = reading.lookup.cover(text, start, reading.done)
    if covered > start:
        return covered
    why, rule = name_left(text, start, end, written)
    if reading.in_cell and why == "unread":
        why, rule = "name", "name.table_head"
    return reading.note(start, end, why, rule)


def is_marker(text: str, start: int, end: int) -> bool:
    """（二）, and 三、 at the head of a sentence."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if after in MARKED:
        return not before or before in BREAKS
    return after in ROUND_CLOSE and before in ROUND_OPEN


def name_left(text: str, start: int, end: int, written: str) -> tuple[Why, str]:
    """What a number is that neither a unit nor a word of the lexicon tells."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == "中" and before in AHEAD_OF_PLENUM:
        return "ordinal", "ordinal.bare"  # 八届三中、四中全会
    if text.startswith("方面", end):
        return "structure", "structure.counted"  # 以下六方面
    if after == "强":
        return "name", "name.coded"  # 五百强
    if written in ZEROS:
        return "vague", "vague.zero"  # 清零, 零的突破
    if all(c in MULTIPLIERS for c in written):
        return "vague", "vague.figure"  # 百企联百村
    if YEAR.fullmatch(written):
        return "date", "date.year"  # 一九八一和一九八二年
    single = len(written) == 1 or (after.isalpha() and POSITIONAL.fullmatch(written) is not None)
    if single and after == "、" and text[end + 1 : end + 2] in DIGITS:
        return "ordinal", "ordinal.bare"  # ，二、三产业
    if single and (after.isalpha() or before.isalpha()):
        return "name", "name.number"  # 三环, 二桥, 两国, 三一工厂
    return "unread", "unread.characters"


AHEAD_OF_PLENUM: Final = frozenset("届、和")
YEAR: Final = compile_re(rf"(?:一[七八九]|二[零〇○])[{ZEROS}{ONES}]{{2}}")
ROUND_OPEN: Final = frozenset("（(〔【［")
ROUND_CLOSE: Final = frozenset("）)〕】］")
MARKED: Final = frozenset("、．.")
BREAKS: Final = frozenset("。；：！？ 、*#\n")
UNSAID: Final = frozenset(("一", "半", "几", "幾", "数", "數", "兆"))  # say no number where nothing vouches for it


NEGATIVE: Final = frozenset("负負")
COLD: Final = frozenset(("temperature", "degree"))
COUNTERS: Final = frozenset("个家条")
CIRCLE: Final = compile_regex(r"\p{Han}{0,10}?圈|\p{Han}{0,4}?服务")
GRADED: Final = compile_re(r"水(?!果|产)|标准|以上水|地表|以[上下](?:标准|水)")  # 三类水质


def name_count(reading: Reading, count: Count, end: int, unit: Unit) -> tuple[Why, str] | None:
    """What a number with a unit is, where it is no quantity, whether or not one trusts it."""
    text, start = reading.text, count.number.start
    if text[end : end + 1] == "级" or (count.bare and text[start - 1 : start] in COUNTERS):
        return "structure", "structure.class"
    if text[start - 1 : start] == "每":
        return "structure", "structure.per"
    if unit.name == "类" and count.number.value <= 5 and GRADED.match(text, end):
        return "name", "name.grade"
    if unit.name == "次" and (text.endswith("届", 0, start) or reading.lookup.meeting.match(text, end)):
        return "ordinal", "ordinal.meeting"
    if unit.dimension == "money" and count.bare and reading.lookup.per_output.match(text, end):
        return "structure", "structure.per"
    if unit.name in ("分钟", "小时") and (CIRCLE.match(text, end) or reading.lookup.circle.match(text, end)):
        return "name", "name.circle"
    return None


def find_structure(reading: Reading, count: Count, end: int, unit: Unit) -> tuple[Why, str] | None:
    """三个方面 and 五项重点任务 count the report's own parts; 连续三次 counts nothing done."""
    text, lookup, number = reading.text, reading.lookup, count.number
    if unit.dimension == "count":
        small = number.value < 100 and not number.rough and number.high is None
        if counts_own(text, end, lookup) or (small and lookup.structure.match(text, end)):
            return "structure", "structure.counted"
    return ("vague", "vague.running") if text.endswith("连续", 0, number.start) else None


def enter_count(reading: Reading, number: Numeral, end: int, unit: Unit | None, up_to: bool = False) -> int:
    """Enter a number that counts; `up_to` for 上千."""
    start, value = number.start, number.value
    if reading.text[start - 1 : start] in NEGATIVE and is_sign(reading, start):
        start, value = start - 1, -value
    elif unit is not None and unit.dimension in COLD and reading.text.endswith("零下", reading.done, start):
        start, value = start - 2, -value
    rules = ("numeral.chinese", "bound.front.up_to") if up_to else ("numeral.chinese",)
    return reading.enter(
        start,
        end,
        value,
        unit,
        value_to=number.high,
        rough=number.rough,
        bound=">=" if up_to else None,
        front="上" if up_to else "",
        chinese=True,
        rules=rules if unit else (*rules, "unit.none"),
    )


def is_compound(count: Count) -> bool:
    """二十一, 三百: what is no part of a word, so that any counter may stand after it (五十四匹)."""
    return len(count.run) > 1 and count.number.value > 10 and not count.bare and not POSITIONAL.fullmatch(count.run)


def counts_alone(count: Count) -> bool:
    """两百万群众, 出生人口超百万: numbers that need no unit; 三十 and 一九八四 are none."""
    number = count.number
    if count.bare:
        return count.vouched
    scaled = count.run[0] != "零" and any(c in MULTIPLIERS for c in count.run)
    return number.value >= 100 and number.high is None and scaled


def is_said(reading: Reading, count: Count, end: int) -> bool:
    """大于二十的, 三十或者以上: a number of tens that a hedge bounds, and that nothing goes on after."""
    text, hedges = reading.text, reading.lookup.hedges
    if count.bare or count.number.value < LEAST_SAID or count.run[0] in ZEROS:
        return False
    if find_after(text, end, hedges) is not None:
        return True
    return BOUNDED.match(text, end) is not None and find_front(text, count.number.start, hedges) is not None


LEAST_SAID: Final = 10


# Measures that a bare multiplier is a number in front of: 亿元, 百万平方米, 千亩. With a counter it is a figure of
# speech (千家万户, 百座) unless a hedge vouches for it.
FIGURES: Final = frozenset("百千")  # with one of these measures a figure of speech: 百里长廊, 千方 百计
FIGURATIVE: Final = frozenset("里方克升度担")
MEASURES: Final = frozenset(("length", "area", "volume", "mass", "energy", "power", "money", "containers"))


def is_trusted(reading: Reading, count: Count, end: int, unit: Unit) -> bool:
    """Not the 一 of 一个, the 百 of 百家争鸣, the 三元 of 三元区, and no 二次: one counts with 两."""
    number = count.number
    if not number.value:
        return unit.name == "个" and STOP.match(reading.text, end) is not None  # 零个, but 零件
    if count.run == "二" and unit.dimension == "count":
        before = reading.text[number.start - 1 : number.start]
        closed = before.isalpha() and before != POINT and STOP.match(reading.text, end) is not None
        return unit.name in ("个", "個") or (closed and unit.name not in ORDERED)  # 收到建议｜二件，, no 二次供水
    if number.value == 1 and number.high is None:
        return is_one(reading, number, end, unit)
    if count.bare:
        figure = count.run in FIGURES and unit.name in FIGURATIVE
        return count.vouched or (unit.dimension in MEASURES and not figure)
    if number.value >= 100 or number.high is not None or unit.name not in reading.lookup.words.ambiguous:
        return True
    if number.value >= 10 and (unit.name in PLAIN_MEASURES or is_compound(count)):
        return True
    return is_bounded(reading, number.start, end) or (unit.name in PLAIN_MEASURES and ends_there(reading, number, end))


POINT: Final = "点"  # 一点｜二所
ORDERED: Final = frozenset("位部次")  # with 二 mostly an ordinal: 居全省二位, 学校二部


def is_one(reading: Reading, number: Numeral, end: int, unit: Unit) -> bool:
    """Whether 一 counts one: 一美元, 近一吨, 重一公斤，, 由一家增加到三家; not 一个, 一元复始, 一把手."""
    text, start = reading.text, number.start
    if unit.name in ("倍", "个百分点") or (unit.dimension == "money" and unit.name != "元"):
        return True
    if unit.dimension in MEASURES and is_bounded(reading, start, end):
        return True
    if text[start - 1 : start] in OUT_OF and reading.lookup.changed.match(text, end) is not None:
        return True
    plain = unit.dimension in MEASURES and unit.name not in reading.lookup.words.ambiguous
    return plain and STOP.match(text, end) is not None


PLAIN_MEASURES: Final = frozenset("元斤克米升吨亩")
OF_MONEY: Final = frozenset("票租薪罚利券助费价为达至到收付发补奖贴税款每均交缴出得金额资降减增加涨高约近仅")


def is_bounded(reading: Reading, start: int, end: int) -> bool:
    """Whether a hedge beside a number and its measure vouches for it: 近一吨, 三里以上."""
    text, hedges = reading.text, reading.lookup.hedges
    signed = (text[start - 1 : start] in NEGATIVE and is_sign(reading, start)) or text.endswith("零下", 0, start)
    return signed or find_front(text, start, hedges) is not None or find_after(text, end, hedges) is not None


def ends_there(reading: Reading, number: Numeral, end: int) -> bool:
    """补助七元，: nothing goes on after the measure, and for 元 a word of money stands before: not 张三元，."""
    text, start = reading.text, number.start
    before = text[start - 1 : start]
    return STOP.match(text, end) is not None and (
        text[end - 1] != "元" or before in OF_MONEY or (not before and end == len(text))
    )


LAST_HOUR: Final = 24  # a whole part above it is no hour


def read_decimal(reading: Reading, start: int, point: int) -> int | None:
    """The decimal whose whole part is the run of numerals from `start` to `point`, where 点 stands; None for none.

    点 is also a time of day (三点五分, 三点五十), a part of a plan (一核两点三片) and a bit (一点一滴): a number asks
    for a unit or a stop after it.
    """
    text, lookup = reading.text, reading.lookup
    if text.endswith(lookup.words.daytimes, 0, start):
        return None
    number = read_pointed(text, start, point, lookup.prefixes)
    if number is None or (point - start > 1 and number.scale == ONE and POSITIONAL.fullmatch(text, start, point)):
        return None
    stop = number.end
    if text[stop : stop + 1] == "比" and (ended := read_told_ratio(reading, number)):
        return ended
    if number.scale == ONE and text[stop : stop + 1] in TENTHS:
        return read_tenths(reading, number, stop)
    place = find_unit(text, stop, lookup.units)
    if place is not None:
        trusted = is_trusted_decimal(reading, number, *place)
        return read_measured(reading, number, place) if trusted else None
    if not stands_alone(reading, number):
        return None
    rules = ("numeral.chinese", "unit.none")
    return reading.enter(start, stop, number.value, None, rough=number.rough, chinese=True, rules=rules)


NUMERALS: Final = frozenset(CHINESE_CHARS)


A_BIT: Final = frozenset("一两")  # 一点, 两点 are a bit and parts of a plan


def is_trusted_decimal(reading: Reading, number: Numeral, end: int, unit: Unit) -> bool:
    """Not 三点五分, 一核两点三处, 一点一滴: what is counted has tenths only in an average (户均二点三人)."""
    text, start = reading.text, number.start
    if number.plain > LAST_HOUR or number.scale != ONE or unit.dimension != "count" or unit.name == "级":
        return True
    listed = text[end : end + 1] in NUMERALS or (start > 1 and text[start - 2] in NUMERALS)
    return unit.chinese and not listed and text[start] not in A_BIT


def stands_alone(reading: Reading, number: Numeral) -> bool:
    """六十五点三万青年, 降至零点三，: numbers that need no unit; 零点一过 has none."""
    text, start, end = reading.text, number.start, number.end
    if number.scale != ONE or number.plain > LAST_HOUR:
        return True
    if STOP.match(text, end) is None and find_after(text, end, reading.lookup.hedges) is None:
        return False
    return text[start] in ZEROS or reading.is_linked(start)
