"""A number in Arabic digits → a quantity with multiplier, unit and range, or a date, an ordinal, a name, a code.

`read_digits` asks in this order: 第 before it makes an ordinal; its shape a date, a code, a name, a ratio (5:3:2);
brackets a mark or a document's number; then the number is read with its multipliers, and letters before it make it part
of a name (G331). With a unit after it, it is a quantity unless what stands around says otherwise (`read_measured`);
without one, a range, a list or a word around it must vouch for it (`read_bare`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from string import ascii_letters, digits
from typing import Final

from qjreport.model import Why
from qjreport.quantity.fractions import OVER, read_parts, read_vulgar
from qjreport.quantity.hedges import find_after, find_front
from qjreport.quantity.non_facts import (
    BARE_YEAR,
    BRACKETED,
    CODED,
    IN_ROUND,
    LETTERS,
    MARKER,
    OPENERS,
)
from qjreport.quantity.numeral import ONE, RUN, TAILS, Numeral, read_numeral, read_tail, strip_zeros
from qjreport.quantity.ranges import (
    JOINERS,
    find_later_unit,
    find_open_range,
    find_shared_unit,
    read_closed_range,
    read_fraction,
    read_product,
    read_ratio,
    top_value,
)
from qjreport.quantity.ranks import read_ordinal, read_top
from qjreport.quantity.reading import OUT_OF, Reading, counts_own
from qjreport.text.calendar import SURVEY
from qjreport.text.numerals import EXACT, RAISED, VULGAR, read_whole
from qjreport.text.patterns import compile_re
from qjreport.text.units import Place, Unit, find_split_unit, find_unit, find_unit_after

IN_ADDRESSES: Final = frozenset(f"{ascii_letters}-.+/_%=&?~#")
ESCAPED: Final = compile_re(r"%[0-9A-F]{2}[!-~]*?%[0-9A-F]{2}[!-~]*+")  # %28158%29, of an address that is cut
POINTS: Final = frozenset(".．")
MASKED: Final = compile_re(r"(?:(?<![A-Za-zＡ-Ｚａ-ｚ\d])[xXＸｘ]{1,3}|[*＊×]{1,3}|[□■]{1,3})[.．]$")
POINTED: Final = frozenset(".比")  # what the shapes of `at_point` have after their first digits
ROUND: Final = frozenset("（(")
BRACKETS: Final = frozenset("〔[［（(【")
BULLETS: Final = " \u3000*#◆●■▲★○◇□▪•"
FIRST: Final = 8  # characters of a block in which its marker stands, bullets included
LATIN: Final = frozenset(f"{ascii_letters}{digits}-.+/_")


def read_digits(reading: Reading, start: int, end: int) -> int:
    """What the run of digits from `start` to `end` begins; returns where it stops."""
    text, lookup = reading.text, reading.lookup
    before, after = text[start - 1 : start], text[end : end + 1]
    marked = before in MARKS
    if marked and (ended := read_joined(reading, start, end, before)):
        return ended
    if after in OPENERS:
        if after == "分" and text.startswith(OVER, end):
            parted = read_parts(reading, start, read_whole(text[start:end]), end)
            return parted if parted > end else reading.note(start, end, "unread", "unread.ratio")
        shapes = lookup.shapes.at_point if after in POINTED else lookup.shapes.at_digit
        if shaped := read_shape(reading, start, shapes):
            return shaped
    if marked and (bracketed := read_bracketed(reading, start, before)):
        return bracketed
    if after in VULGAR:
        return read_vulgar(reading, start, end)
    number = read_numeral(text, start, lookup.number)
    if number is not None and text[number.end : number.end + 1] in RAISED:
        if number.plain == TEN:  # 10⁴ is a power
            return reading.note(start, find_raised(text, number.end), "unread", "unread.no_unit")
        number.end = find_raised(text, number.end)
    if number is None:
        run = RUN.match(text, start)
        return reading.note(start, run.end() if run else end, "code", "code.long")
    if start < FIRST and (mark := MARKER.match(text, start)) and not text[:start].strip(BULLETS):
        return reading.note(start, mark.end(), "ordinal", "ordinal.marker")
    place = find_own_unit(reading, number)
    if marked:
        if before == "前" and (top := read_top(reading, start, number.end, number.value)):
            return top
        if before in LATIN and (named := read_lettered(reading, start, place)):
            return named
    if place is not None:
        return read_measured(reading, number, place)
    if lookup.postal.search(text, max(0, start - LABEL), start):
        return reading.note(start, number.end, "code", "code.labelled")
    return read_bare(reading, number)


TEN: Final = Decimal(10)
LABEL: Final = 8  # characters in front of a code in which its label stands: 邮政编码：


def find_raised(text: str, at: int) -> int:
    """Where the raised digits end: 459¹件 has a mark that leads to a note, which is apart from the number."""
    while text[at : at + 1] in RAISED:
        at += 1
    return at


# What may stand before digits and tell something of them; before nearly all of them stands a word.
MARKS: Final = frozenset(map(chr, range(ord(" "), ord("~") + 1))) | POINTS | BRACKETS | frozenset("第前")


def read_joined(reading: Reading, start: int, end: int, before: str) -> int:
    """Digits after 第, in an address, or after what hides the rest of the figure; 0 for others."""
    text = reading.text
    if before == "第":
        return read_ordinal(reading, start - 1, end)
    if start < reading.address_end or (before in IN_ADDRESSES and reading.find_address(start)):
        return reading.note(start, reading.address_end, "code", "code.address")
    if before == "%" and (escaped := ESCAPED.match(text, start - 1)):
        return reading.note(start, escaped.end(), "code", "code.address")
    if before in POINTS and (masked := MASKED.search(text, max(0, start - 4), start)):
        return read_masked(reading, masked.start(), start, end)
    return 0


def read_masked(reading: Reading, start: int, first: int, end: int) -> int:
    """xx.51亿元: a figure that the page hides, from `start` on; its digits from `first` to `end`."""
    number = read_numeral(reading.text, first, reading.lookup.number)
    stop = number.end if number else end
    place = find_unit_after(reading.text, stop, reading.lookup.units)
    return reading.note(start, place[0] if place else stop, "vague", "vague.masked")


def find_own_unit(reading: Reading, number: Numeral) -> Place | None:
    """The unit after the number; one that a 半 or 多 splits (3个半小时) gives it to the number."""
    text, units = reading.text, reading.lookup.units
    place = find_unit_after(text, number.end, units)
    if place is None:
        return find_points_apart(text, number.end) or find_index_points(text, number) or find_liang(text, number.end)
    if place[1].name != "个":
        return place
    if text[place[0] : place[0] + 1] in LISTED and POINTS_LIST.match(text, place[0]):
        return place[0], POINTS_UNIT
    if apart := find_points_apart(text, number.end):
        return apart
    if split := find_split_unit(text, number.end, units):
        place, more, rough = split
        number.value += more
        number.rough = rough or number.rough
    return place


# 1.3个和0.7个百分点: what the list counts is named after its last number.
POINTS_LIST: Final = compile_re(r"(?:[、，和及与]\s?\d++(?:\.\d++)?个?){1,8}?百分点")
INDEX_POINTS: Final = Unit("点", "count", None, "unit.counter")
POINTS_APART: Final = compile_re(r" {0,4}个 ?百 ?分 ?点")  # as pages that were set in columns have it
LISTED: Final = frozenset("、，和及与")
POINTS_UNIT: Final = Unit("个百分点", "percentage points", "%", "unit.shared")


def find_points_apart(text: str, at: int) -> Place | None:
    """个 百分点, 个百 分点: a unit that spaces part."""
    hit = POINTS_APART.match(text, at) if "百" in text[at + 1 : at + 7] else None
    return None if hit is None else (hit.end(), POINTS_UNIT)


def find_index_points(text: str, number: Numeral) -> Place | None:
    """提高24.8点: points of an index; a time of day has no decimals."""
    decimal = text.startswith("点", number.end) and number.scale == ONE and number.plain % 1
    return (number.end + 1, INDEX_POINTS) if decimal else None


LIANG: Final = compile_re(r"[两兩](?=半?(?:$|[，。、；：！？,;)）\s])|以[上下]|左右|[黄白]?[金银]|的)")
LIANG_CHARS: Final = frozenset("两兩")
LIANG_UNIT: Final = Unit("两", "mass", None, "unit.measure")


def find_liang(text: str, at: int) -> Place | None:
    """两 after a number is a weight only where nothing follows that 两 may count: 1234两，."""
    hit = LIANG.match(text, at) if text[at : at + 1] in LIANG_CHARS else None
    return None if hit is None else (hit.end(), LIANG_UNIT)


def read_shape(reading: Reading, start: int, shapes: re.Pattern[str]) -> int | None:
    """Dates, codes, names, ratios and fractions, which their shape tells; None for a plain number."""
    hit = shapes.match(reading.text, start)
    if hit is None:
        return None
    kind, end = hit.lastgroup, hit.end()
    if kind == "date":
        if reading.text[end - 4 : end].isdecimal() and measures_on(reading, end):
            return None  # 原油1750~1800｜万吨
        return reading.note(start, end, "date", "date.calendar")
    if kind == "code":
        return reading.note(start, end, "code", "code.shape")
    if kind == "name":
        return reading.note(start, end, "name", "name.shape")
    if kind == "product":
        return read_product(reading, start, end)
    if kind == "ratio" and reading.text.endswith(reading.lookup.name_heads, 0, start):
        run = RUN.match(reading.text, start)  # 图1：2011-2015年
        return reading.note(start, run.end() if run else end, "name", "name.number")
    base = reading.lookup.base.match(reading.text, hit.start("below") - 1) if kind == "fraction" else None
    if base is not None and not base[0][1:].isdecimal():
        return None  # 15/10万 is a rate
    return read_ratio(reading, start, end) if kind == "ratio" else read_fraction(reading, start, end)


def measures_on(reading: Reading, end: int) -> bool:
    """Whether what is written like years has the multiplier or the measure of an amount: 1750~1800｜万吨."""
    if reading.text.startswith(MYRIADS, end):
        return True
    place = find_unit(reading.text, end, reading.lookup.units)
    return place is not None and place[1].dimension not in (None, "count", "time")


MYRIADS: Final = ("万", "亿")


def read_bracketed(reading: Reading, start: int, before: str) -> int:
    """国发〔2024〕3号, [12], （3）, ( 1 ); 0 for others."""
    text = reading.text
    if before == " ":
        mark = IN_ROUND.match(text, start) if text[start - 2 : start - 1] in ROUND else None
        return 0 if mark is None else reading.note(start, mark.end(), "ordinal", "ordinal.marker")
    if before not in BRACKETS:
        return 0
    hit = BRACKETED.match(text, start - 1)
    if hit is not None:
        return reading.note(start - 1, hit.end(), "code", "code.bracketed")
    mark = IN_ROUND.match(text, start) if before in ROUND else None
    return 0 if mark is None else reading.note(start, mark.end(), "ordinal", "ordinal.marker")


EDITIONS: Final = frozenset("级版次期")  # of what letters name: CCF2级, though GDP3万元 is a number


def read_lettered(reading: Reading, start: int, place: Place | None) -> int | None:
    """PM2.5, G331, L3级, TOP10 are names; in 人均GDP3.2万元 the number stands by itself."""
    text = reading.text
    letters = LETTERS.search(text, max(0, start - 16), start)
    if letters is None:
        return None
    run = letters[0]
    plain_word = len(run) > 1 and run.isalpha() and run.isupper()
    if plain_word and place is not None and place[1].name not in EDITIONS:
        return None
    tail = reading.lookup.shapes.lettered.match(text, start)
    return reading.note(start - len(run), tail.end() if tail else start + 1, "name", "name.lettered")


SHARES: Final = frozenset("%‰")
BELOW: Final = frozenset("-－−﹣–负下")
MINUS: Final = frozenset("-－−﹣–负")
NOT_BEFORE_SIGN: Final = frozenset("-－−﹣—–~～正%％‰")
BURDENED: Final = frozenset("不辜胜减降欠担抱肩自背税债")
SLASHES: Final = frozenset("/／")
YEARLY: Final = frozenset("版级届款")  # 2025版, 2013级
LEAF: Final = "版"


def read_measured(reading: Reading, number: Numeral, place: Place) -> int:
    """A number with a unit."""
    text, start = reading.text, number.start
    end, unit = place
    after, before = text[end : end + 1], text[start - 1 : start]
    if after in TAILS and (tail := read_tail(text, place)) is not None:
        (end, unit), more = tail
        place, after = (end, unit), text[end : end + 1]
        number.value = EXACT.add(number.value, more)
    if before in BELOW and (signed := find_sign(reading, start, unit)):
        start, number.value = start - signed, -number.value
    value = number.value
    if after in JOINERS and (ranged := read_closed_range(reading, number, place, start)):
        return ranged
    if after in SLASHES and (rate := find_rate(reading, end, unit)) is not None:
        return reading.enter(start, rate[0], value, rate[1])
    told = name_measured(reading, number, start, end, unit)
    if told is not None:
        return reading.note(start, end, *told)
    chinese = not text[number.start].isdecimal()
    rule = "numeral.chinese" if chinese else "numeral.arabic"
    return reading.enter(start, end, value, unit, rough=number.rough, chinese=chinese, rules=(rule,))


def name_measured(reading: Reading, number: Numeral, start: int, end: int, unit: Unit) -> tuple[Why, str] | None:
    """What a number with a unit is, where it is no quantity: 每5年, 3级, 2025版, 连续3年, 15分钟生活圈, 12英寸晶圆."""
    text, name, lookup = reading.text, unit.name, reading.lookup
    before = text[start - 1 : start]
    if before == "每":
        return "structure", "structure.per"
    if unit.dimension == "count":
        if name == "级" and (number.scale != ONE or number.plain == number.plain.to_integral_value()):
            return "structure" if number.scale != ONE else "name", "name.grade"
        if name in YEARLY and BARE_YEAR.fullmatch(text, number.start, end):
            return "date", "date.year"
        if name == LEAF and text.endswith(lookup.words.leaves, 0, start):
            return "ordinal", "ordinal.leaf"
    if before == "续" and text.endswith("连续", 0, start):
        return "vague", "vague.running"
    if unit.dimension == "count":
        return ("structure", "structure.counted") if counts_own(text, end, lookup) else None
    if unit.dimension == "time":
        if is_date(reading, start, name):
            return "date", "date.span"
        named = name in lookup.short_spans and lookup.circle.match(text, end) is not None
        return ("name", "name.circle") if named else None
    if name == "英寸" and text[end : end + 1].isalpha():
        return "name", "name.size"
    return ("name", "name.survey") if name in SHARES and text.startswith(lookup.words.surveys, end) else None


def find_sign(reading: Reading, start: int, unit: Unit) -> int:
    """How many characters in front of a number make it negative: 1 of -3%, 2 of 零下3℃."""
    text = reading.text
    if text[start - 1] in MINUS:
        return 1 if is_sign(reading, start) else 0
    return 2 if unit.dimension in COLD and text.endswith("零下", reading.done, start) else 0


def find_rate(reading: Reading, end: int, unit: Unit) -> Place | None:
    """15人/10万: what so many are counted of."""
    if unit.dimension != "count" or reading.text[end + 1 : end + 2] != "1":
        return None
    rate = reading.lookup.base.match(reading.text, end)
    return None if rate is None else (rate.end(), Unit(rate[0], None, None, "unit.per_base"))


COLD: Final = frozenset(("temperature", "degree"))


def is_sign(reading: Reading, start: int) -> bool:
    """增长-0.3% has a sign; in 3-5 and in a dash —— the stroke joins."""
    text = reading.text
    if start - 1 < reading.done:
        return False
    ahead = text[start - 2 : start - 1]
    if text[start - 1] == "负" and ahead in BURDENED:
        return False  # 减负83亿元 takes that much off, 企业税负56亿元 is a burden
    return not (ahead and (ahead in NOT_BEFORE_SIGN or ahead.isdecimal() or (ahead.isascii() and ahead.isalpha())))


def is_date(reading: Reading, start: int, name: str) -> bool:
    """A span of years places what is told in time, unless it is itself what was changed or reached: 延长5年."""
    lookup = reading.lookup
    if name in lookup.long_spans:
        return not reading.is_asserted(start)
    return name in ("天", "个月") and reading.text.endswith(lookup.words.running, max(0, start - 2), start)


TENTHS: Final = compile_re(r" ?成(?:([五半])|(?![立为功员果效本长绩都品熟交片年不套群]))|折(?![合算旧叠射扣页])")
TWO_DIGITS: Final = compile_re(r"[1-9１-９]\d")
SHARE: Final = Unit("%", "ratio", "%", "unit.tenths")
STOP: Final = compile_re(r"$|[，。、；：！？,;)）\s”’]")
BETWEEN: Final = compile_re(r"(?:[和与]\d++(?:\.\d++)?)?之间")
# After a bare number that a hedge bounds: 大于10且小于20, 最多100最少20个.
BOUNDED: Final = compile_re(r"$|[，。、；：！？,;)）\s”’且并或的]|[大小高低多少]于|[最至][多少]|不[大小高低多少足超到]")


def read_bare(reading: Reading, number: Numeral) -> int:
    """A number without a unit: before a noun (40.8万青年), in a list (5、8个), or no quantity at all."""
    text, start, end = reading.text, number.start, number.end
    if (opened := find_open_range(reading, number)) is not None:
        return enter_open_range(reading, start, *opened)
    if rate := reading.lookup.base.match(text, end):
        return reading.enter(start, rate.end(), number.value, Unit(rate[0], None, None, "unit.per_base"))
    if number.scale == ONE:
        tenths = TENTHS.match(text, end)
        if tenths and tenths[0] == "折" and TWO_DIGITS.fullmatch(text, start, end):
            return reading.enter(start, tenths.end(), number.plain, SHARE, rules=("numeral.tenths",))  # 75折
        if tenths and number.plain <= 10:
            part = strip_zeros(number.plain * 10 + (5 if tenths[1] else 0))
            return reading.enter(start, tenths.end(), part, SHARE, rules=("numeral.tenths",))
        if coded := CODED.match(text, end):
            return reading.note(start, coded.end(), "name", "name.coded")
        linked = STOP.match(text, end) and reading.is_linked(start)
        if BARE_YEAR.fullmatch(text, start, end) and not linked and not counts_people(reading, start, end):
            return reading.note(start, end, "date", "date.year")
    if text[start - 1 : start] in OUT_OF and (later := find_later_unit(reading, number)):
        return reading.enter(start, end, number.value, later, rough=number.rough, rules=("unit.shared",))
    if shared := find_shared_unit(reading, number):
        value, unit = shared
        if text[start - 1 : start] in MINUS and is_sign(reading, start):
            start, value = start - 1, -value  # 0.2、｜-5.1、1.3个百分点
        return reading.enter(start, end, value, unit, rough=number.rough, rules=("unit.shared",))
    return read_unmeasured(reading, number)


def enter_open_range(reading: Reading, start: int, bottom: Decimal, high: Numeral, place: Place | None) -> int:
    """3至5亿元; but 3至5年 is a date, 15—20分钟生活圈 a name, and 1—33批｜224件信访件 tells the batches."""
    if place is None:
        stop, unit = high.end, None
    else:
        stop, unit = place
        if unit.name in reading.lookup.long_spans and not reading.is_asserted(start):
            return reading.note(start, stop, "date", "date.span")
        if unit.name in reading.lookup.short_spans and reading.lookup.circle.match(reading.text, stop):
            return reading.note(start, stop, "name", "name.circle")
        if bottom == 1 and unit.name == BATCH and reading.text[stop : stop + 1].isdecimal():
            return reading.note(start, stop, "ordinal", "ordinal.bare")
    return reading.enter(start, stop, bottom, unit, value_to=top_value(high), rough=high.rough, rules=("range.open",))


BATCH: Final = "批"
SERVICE: Final = compile_re(r"(?:12|9[56])\d{3}")  # public service lines
LINES: Final = compile_re(r"(?:[、和及—\-－]\d{1,4}){1,8}(?:号|[国省县]道)")
LONG_CODE: Final = 7  # digits of a bare number from which on it is a code


def read_unmeasured(reading: Reading, number: Numeral) -> int:
    text, start, end, lookup = reading.text, number.start, number.end, reading.lookup
    if text[start - 1 : start] in lookup.currency_ends and (money := find_currency(reading, start)):
        return reading.enter(start, end, number.value, money, rough=number.rough)
    if text.startswith("方面", end):
        return reading.note(start, end + 2, "structure", "structure.counted")
    if text[end : end + 1] in ("级", "大") and not text.startswith("大关", end):
        return reading.note(start, end + 1, "structure", "structure.grade")
    if number.scale != ONE or number.rough or is_counting(reading, start, end):
        rules = ("numeral.arabic", "unit.none")
        return reading.enter(start, end, number.value, None, rough=number.rough, rules=rules)
    if text.endswith("个", 0, start):
        return reading.note(start, end, "structure", "structure.hundreds")  # 五个100
    if lookup.shapes.hotline.match(text, start):
        return reading.note(start, end, "name", "name.line")
    if SERVICE.fullmatch(text, start, end) or (end - start >= LONG_CODE and "." not in text[start:end]):
        return reading.note(start, end, "code", "code.long")
    if text[end : end + 1].isalpha() or text.endswith(lookup.name_heads, 0, start) or LINES.match(text, end):
        return reading.note(start, end, "name", "name.number")
    return reading.note(start, end, "unread", "unread.no_unit")


def find_currency(reading: Reading, start: int) -> Unit | None:
    """人民币3.14: the currency stands in front of a number without a unit."""
    for name, unit in reading.lookup.currencies.items():
        if reading.text.endswith(name, 0, start):
            return unit
    return None


OUT_OF_YEAR: Final = compile_re(rf"[由从][^，；。由从]{{1,9}}(?:{SURVEY})?的\Z")
LONGEST_YEAR: Final = 26  # characters of 由2019年年末的, 由2020年第八次全国人口普查的
# 参赛29国, 辖2区｜7县｜2市
PLACES: Final = compile_re(r"[省市县区镇乡村州旗国](?:\d{1,3}[省市县区镇乡村州旗]){0,3}(?=[，。、；：！,;)）\s]|$)")
MEDAL: Final = compile_re(r"[金银铜](?=$|[\d，。、；：！,;的和牌])")


def is_counting(reading: Reading, start: int, end: int) -> bool:
    """惠及2000农户 counts, 贡献9金 and 指数为102.3 do; 626小河 and 211工程 are names."""
    text, lookup = reading.text, reading.lookup
    if lookup.shapes.hotline.match(text, start):
        return False
    if text.startswith(lookup.counted, end):
        return True
    if MEDAL.match(text, end) or PLACES.match(text, end):
        return True
    if find_after(text, end + 1 if text[end : end + 1] == " " else end, lookup.hedges) is not None:
        return True
    linked = reading.is_linked(start) or text.endswith(lookup.counting, max(0, start - 4), start)
    if BOUNDED.match(text, end) and find_front(text, start, lookup.hedges) is not None:
        return True  # 大于10且小于20
    if BETWEEN.match(text, end):
        return True
    before = text[start - 1 : start]
    if (before in OUT_OF or before == "的") and lookup.changed.match(text, end):
        # 由0.72缩小为0.63, 由上年的0.72缩小为0.63
        return before != "的" or OUT_OF_YEAR.search(text, max(0, start - LONGEST_YEAR), start) is not None
    if STOP.match(text, end):
        return linked or "." in text[start:end]
    return linked and lookup.name_tail.match(text, end) is None


def counts_people(reading: Reading, start: int, end: int) -> bool:
    """带动2000农户 counts; 2025企业家年会 is of a year."""
    text, lookup = reading.text, reading.lookup
    return text.startswith(lookup.counted, end) and text.endswith(lookup.counting, max(0, start - 4), start)
