"""Calendar time in Chinese report text: years, spans of years, plans, halves, quarters, months, days, sessions.

The one place that knows how these are spelled. It offers three things:

- **Fragments** (YEAR, YEAR_SPAN, PLAN, PART, DAY, TIME …): sources of patterns without a capturing group, from which
  other modules build their own patterns.
- **Readers** of a text that is one such expression as a whole: `read_year`, `read_span`, `read_plan`, `read_part`,
  `read_session`. They give None for anything else.
- **Finders** in running text: `find_times` and `find_sessions`, with places, so that nothing is read twice.

`find_times` goes over a text in two steps. One pattern (START) stops only where a time may begin, and says of what
sort; the pattern of that sort then takes in all that belongs to the time (2024年1月28日至30日 is one), and code checks
what no pattern can: that a span rises, that a month has that day. Only what names its time by number is read here. What
去年, 五年来 and 今后五年 are depends on the report, and is for those to say who know it; a month, quarter or half
without a year is found with `first` None, and `write_time` takes the year that it belongs to.

A name of a plan is often a numeral too (十五 is fifteen, 二五 is two point five in 二五折). So 一五 to 十五 count as
plans in quotation marks or in front of a word of periods (时期, 期间, 计划, 规划, 末); 十一五 and those after it stand
for themselves, but for 十四五岁, where it means fourteen or fifteen. The plans to spread knowledge of the law
(“六五”普法) have a numbering of their own.
"""

from __future__ import annotations

import re
from typing import Final, Literal

import msgspec

from qjreport.text.numerals import CHINESE_CHARS, DIGIT_CHARS, DIGITS, read_chinese
from qjreport.text.patterns import compile_re

What = Literal["year", "span", "plan", "decade", "half", "quarter", "month", "day"]
Edge = Literal["start", "end"]


class Time(msgspec.Struct, frozen=True):
    """A time that a text names: where it stands, its first and last year, and the months and days where it has them."""

    start: int
    end: int
    what: What
    first: int | None  # year; None where the text leaves it out: 1—6月, 上半年
    last: int | None
    month: int | None = None
    last_month: int | None = None
    day: int | None = None
    last_day: int | None = None
    edge: Edge | None = None  # 2024年末, “十四五”初: the end or the start of it is meant
    number: int | None = None  # which five-year plan


class Session(msgspec.Struct, frozen=True):
    """第十四届……第三次会议: a body's term and its meeting, either of which may be left out."""

    start: int
    end: int
    term: int | None
    meeting: int | None


def _spell(*values: int) -> str:
    return "".join(c for c, value in DIGITS.items() if value in values)


# Years. In a year an O, or an Arabic 0, stands for 〇 as well.
ZERO_LIKE: Final = "OＯ0０"
ZEROS: Final = str.maketrans(ZERO_LIKE, "〇〇〇〇")
DIGIT: Final = "[0-9０-９]"
HAN_DIGIT: Final = f"[{DIGIT_CHARS}{ZERO_LIKE}]"
YEAR_ARABIC: Final = rf"(?:[1１][6-9６-９]|[2２][01０１]){DIGIT}{{2}}"  # 1600 to 2199
YEAR_HAN: Final = rf"(?:[{_spell(1)}][{_spell(6, 7, 8, 9)}]|[{_spell(2)}][{_spell(0, 1)}{ZERO_LIKE}]){HAN_DIGIT}{{2}}"
YEAR: Final = rf"(?:{YEAR_ARABIC}|{YEAR_HAN})"  # without its 年
NUMERIC: Final = f"0-9０-９{CHINESE_CHARS}"  # inside a class: what makes a longer number of what follows or precedes
DASH: Final = r"\s?(?:[—–―\-~～－﹣−─]{1,2}|至|到)\s?"
CLOSED: Final = (
    r"(?=[)）】〕》〉\]”\"，。；、,;:：\s_]|学年|财年|\Z)"  # what shows that 2021-2025 are years, without 年
)
YEAR_SPAN: Final = rf"{YEAR}(?:\s?年度?起?)?(?:{DASH}|(?<={DIGIT})一(?={DIGIT})){YEAR}(?:\s?年度?|{CLOSED})"

# Months, days, quarters, halves.
MONTH_NUMBER: Final = r"(?:[1１][0-2０-２]|[0０]?[1-9１-９]|十[一二]?|[一二三四五六七八九元])"
DAY_NUMBER: Final = (
    r"(?:[12１２][0-9０-９]|[3３][01０１]|[0０]?[1-9１-９]"
    r"|二?十[一二三四五六七八九]?|三十一?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
)
_FEAST: Final = "(?:(?<=二月)二|(?<=三月)三|(?<=六月)六|(?<=九月)九)(?![十日号至到—-])"  # 三月三
_MONTH_WORD: Final = f"(?:月份|月(?![饼球嫂龄内])(?!{_FEAST}))"
_TENTH: Final = "(?:[上中下]旬)?"  # 7月上旬
MONTH: Final = rf"{MONTH_NUMBER}\s?{_MONTH_WORD}"
MONTH_SPAN: Final = rf"{MONTH_NUMBER}(?:\s?月份?)?{DASH}{MONTH}"
DAY: Final = rf"{DAY_NUMBER}\s?[日号](?!线)"
QUARTER_NUMBER: Final = r"[一二三四1-4１-４]"
_TWO_OR_THREE: Final = "[两二三2-3２-３]"
_SEASON: Final = "季(?:度|(?![节候军赛播度花]))"  # 第3季, 首季 and 首3季, as in Hong Kong
QUARTER: Final = (
    rf"(?:(?:前{_TWO_OR_THREE}个?|{QUARTER_NUMBER}(?:{DASH}{QUARTER_NUMBER})?)季度"
    rf"|(?:第{QUARTER_NUMBER}个?|首(?:{_TWO_OR_THREE}个?)?){_SEASON})"
)
HALF: Final = "[上下]半年"
# 前4个月, 首4个月, and neither 提前4个月 nor 会前4个月
_FIRST: Final = r"(?:(?:(?<![\u4e00-\u9fff])|(?<=[年期市省县区国]))前|首(?=\w{1,2}个月))"
_SO_MANY: Final = r"(?:[2-9２-９]|[1１][01０１]|[两二三四五六七八九]|十一?)"
FIRST_MONTHS: Final = rf"{_FIRST} ?{_SO_MANY} ?个?月(?![内来])"
PART: Final = rf"(?:{HALF}|{QUARTER}|{MONTH_SPAN}|{MONTH})"  # a part of a year
EDGE: Final = "(?:末(?![端位梢])|底(?![部色座层线气])|初(?![步级中期次心见具始显]))"

_CENTURY: Final = rf"(?:{DIGIT}{{2}}|二十一?|十[六七八九])"

# Five-year plans.
OPENING: Final = r"[“”\"‘’'＂『「〝]"
CLOSING: Final = r"[”“\"’'＂』」〞]"
PLAN_LOW: Final = "(?:十|[一二三四五六七八九])[·•]?五"  # to the tenth: numerals as well
PLAN_HIGH: Final = "十[一二三四五六七八九][·•]?五"
PLAN_PERIOD: Final = rf"(?:时期|期间|期(?=[末初内])|(?={EDGE}))"
_LISTED: Final = rf"[、和与及至到](?:{PLAN_HIGH}|{PLAN_LOW})"
PLAN_BLANK: Final = rf"(?:(?<={CLOSING})[ \u3000](?={PLAN_PERIOD}|{EDGE}))?"  # “十五” 期末: the blank of a page
PLAN_QUOTED: Final = (
    rf"{OPENING}(?:{PLAN_HIGH}|{PLAN_LOW})(?:普法|规划|计划|时期|期间)*{CLOSING}"
    r"(?!购物|成群|分成|开[^局好启端创]|折|工程|战略|产业|模式|机制|工作法)"
)
PLAN_BARE: Final = (
    rf"(?<![{NUMERIC}第])(?:十[一二三五六七八九]五(?![{NUMERIC}点])"
    rf"|十四五(?![{NUMERIC}点个名岁里米斤元亩倍次户家件]|人(?![均口才民大])|项(?!目)|天(?!然)|年(?!均))"
    rf"|{PLAN_LOW}(?=普法|规划|计划|{PLAN_PERIOD}|(?:{_LISTED})+(?:规划|计划|{PLAN_PERIOD})))"
)
PLAN_ORDINAL: Final = (
    r"第(?:(?:十[一二三四五六七八九]?|[1１][0-9０-９])个[五5５]年(?:规划|计划)?"
    r"|(?:[一二三四五六七八九]|[1-9１-９])个[五5５]年(?:规划|计划|(?=时期|期间)))"
)
PLAN: Final = rf"(?:{PLAN_QUOTED}|{PLAN_BARE}|{PLAN_ORDINAL})"

# A time as a whole, as far as a pattern without checks can tell: 2024年1—6月, 截至 is not in it.
TIME: Final = (
    rf"(?:{YEAR_SPAN}|{YEAR}\s?年度?(?:{PART}(?:{DAY})?)?{EDGE}?|{PLAN}(?:规划|计划)?{PLAN_BLANK}{PLAN_PERIOD}?{EDGE}?"
    rf"|{PART}(?:{DAY})?{EDGE}?)"
)

# A body's terms and meetings.
_ORDINAL: Final = rf"(?:[一二三四五六七八九十]{{1,3}}|{DIGIT}{{1,2}})"
TERM: Final = (
    rf"(?:第{_ORDINAL}届|{_ORDINAL}届(?=[\u4e00-\u9fff]{{0,6}}?(?:人大|人民代表|政协|政府|委员|常委|{_ORDINAL}[次中])))"
)
MEETING: Final = rf"第?{_ORDINAL}(?:次(?:全体)?(?:会议|全会)|次全体|中全会|次党代会|次人代会|次代表大会)"

# A census by its number: 第八次全国人口普查, which stands before or after its year.
SURVEY: Final = rf"第?{_ORDINAL}次[^，。；：、\d]{{0,6}}普查"

_NARROW: Final = (  # the part of a year
    rf"(?:(?P<half>[上下])半年"
    rf"|{_FIRST} ?(?P<months>{_SO_MANY}) ?个?月(?![内来])"
    rf"|(?:前(?P<whole>{_TWO_OR_THREE})个?|(?P<quarter>{QUARTER_NUMBER})(?:{DASH}(?P<quarter_to>{QUARTER_NUMBER}))?)季度"
    rf"|(?:第(?P<nth>{QUARTER_NUMBER})个?|(?P<opening>首)(?:(?P<so_many>{_TWO_OR_THREE})个?)?){_SEASON}"
    rf"|(?P<month>{MONTH_NUMBER})(?:\s?{_MONTH_WORD}{_TENTH}|(?={DASH}{MONTH_NUMBER}\s?月))(?:\s?(?P<day>{DAY}))?)"
)
_TO: Final = (  # where a span ends
    rf"(?P<to>起?(?:{DASH}|(?<={DIGIT})一(?={DIGIT}{{2,4}}年))"
    rf"(?:(?:(?P<to_year>{YEAR})(?:\s?年度?|{CLOSED})|(?P<to_short>{DIGIT}{{2}})年)"
    rf"(?:(?P<to_year_month>{MONTH_NUMBER})\s?{_MONTH_WORD}(?:\s?(?P<to_year_day>{DAY}))?)?"
    rf"|(?P<to_month>{MONTH_NUMBER})\s?{_MONTH_WORD}{_TENTH}(?:\s?(?P<to_day>{DAY}))?|(?P<to_day_only>{DAY})))"
)
_AT_YEAR: Final = compile_re(
    rf"(?P<year>{YEAR})(?:[-/.．](?P<dot_month>{DIGIT}{{1,2}})[-/.．](?P<dot_day>{DIGIT}{{1,2}})(?!{DIGIT})|(?P<decade>年代)"
    rf"|(?P<listed>(?=(?:[、和及与]{YEAR})*(?:\s?年|[两三四]年)(?!代))(?!\s?年))"
    rf"|(?P<mark>\s?年(?!代)度?)?(?:(?<=[年度])\s?{_NARROW})?{_TO}?(?P<edge>{EDGE})?)"
)
_AT_PART: Final = compile_re(rf"{_NARROW}{_TO}?(?P<edge>{EDGE})?")
_AT_PLAN: Final = compile_re(
    rf"(?:第(?P<ordinal>[一二三四五六七八九十]{{1,2}}|{DIGIT}{{1,2}})个?[五5５]年"
    rf"|{OPENING}?(?P<name>十[一二三四五六七八九]?(?=[·•]?五)|[一二三四五六七八九])[·•]?五)"
    rf"(?P<inside>(?:普法|规划|计划|时期|期间)*){CLOSING}?{PLAN_BLANK}"
    rf"(?P<after>普法|规划|计划(?![投实建新完安总到用在达引改]))?{PLAN_PERIOD}?"
    rf"(?:的?(?P<side>[前头后第])(?P<years>[一二两三四五])年|(?P<edge>{EDGE}期?))?"
)
_AT_DECADE: Final = compile_re(
    rf"(?:(?P<century>{_CENTURY})世纪)?(?P<ten>{DIGIT}[0０]|[一二三四五六七八九]十)年代(?P<end>末)?"
)
_AT_SHORT: Final = compile_re(rf"(?P<year>[五六七八九]{HAN_DIGIT})年")
_START: Final = compile_re(
    rf"(?=[{NUMERIC}“”\"‘’'＂『「〝第上下前首元])(?:(?P<year>(?<!{DIGIT}){YEAR_ARABIC}(?!{DIGIT})|(?<![{NUMERIC}]){YEAR_HAN}(?![{NUMERIC}](?!年)))"
    rf"|(?P<plan>{PLAN})"
    rf"|(?P<decade>{_CENTURY}世纪(?:{DIGIT}[0０]|[一二三四五六七八九]十)年代"
    rf"|(?<![{NUMERIC}])(?:[5-9５-９][0０]|[五六七八九]十)年代)"
    rf"|(?P<part>{HALF}|{FIRST_MONTHS}|前{_TWO_OR_THREE}个?季度|(?:第{QUARTER_NUMBER}个?|首(?:{_TWO_OR_THREE}个?)?){_SEASON}"
    rf"|(?<![{NUMERIC}第前近过连上下每]){QUARTER_NUMBER}(?={DASH}{QUARTER_NUMBER}季度|季度)"
    rf"|(?<![{NUMERIC}第近每点个.．]){MONTH_NUMBER}(?={DASH}{MONTH_NUMBER}\s?{_MONTH_WORD}|\s?{_MONTH_WORD}))"
    rf"|(?P<short>(?<![{NUMERIC}第近约满历])[五六七八九](?!两){HAN_DIGIT}年(?![来间多内以之前后])))"
)
# What every time has in it: one of these characters, or a run of digits and its dash or point.
_MARKS: Final = ("年", "月", "五", "季")
_BEFORE_MARK: Final = 32  # characters of 2021、2022、2023、2024年 and the like
_PAST_MARK: Final = 16  # characters of what a time begins with, from its first mark on: 第十三个五年计划
_MARKED: Final = compile_re(rf"[12１２]{DIGIT}{{3}}\s?[—–―\-~～－﹣−─至到/.．]")
_SESSION: Final = compile_re(
    rf"(?P<term>(?<![续近过历]){TERM})(?:[^，。；、\d]{{0,16}}?(?P<meeting>{MEETING}))?"
    rf"|(?<![{NUMERIC}])(?P<alone>第{_ORDINAL}次(?:全体)?(?:会议|全会)|[一二三四五六七八九]中全会"
    rf"|{_ORDINAL}次会议(?=确定|通过|决定|批准|审议|以来|精神))"
)
_NUMBER: Final = compile_re(rf"{_ORDINAL}")
_YEAR_ALONE: Final = compile_re(rf"({YEAR})(?:\s?年度?)?")
_CONSECUTIVE: Final = frozenset(("五六", "六七", "七八", "八九"))  # 七八年 is seven or eight years

_MONTH_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST_SPAN: Final = 100  # years: what is further apart are no two years
_LAST_PLAN: Final = 20


def read_year(text: str) -> int | None:
    """The year that a text is as a whole, with its 年 or without.

    >>> read_year("2024"), read_year("２０２４年"), read_year("二〇二四年"), read_year("一九八O"), read_year("12345")
    (2024, 2024, 2024, 1980, None)
    """
    match = _YEAR_ALONE.fullmatch(text)
    return None if match is None else _read_digits(match[1])


def read_span(text: str) -> tuple[int, int] | None:
    """The first and last year of a span.

    >>> read_span("2021年至2025年"), read_span("一九八一到一九八五年"), read_span("1986—90年"), read_span("2025-2021年")
    ((2021, 2025), (1981, 1985), (1986, 1990), None)
    """
    time = _read_whole_time(text)
    return (time.first, time.last) if time and time.what == "span" and time.first and time.last else None


def read_plan(text: str) -> tuple[int, int] | None:
    """The first and last year of a five-year plan, by any of its names; the caller knows that it is one.

    >>> read_plan("十四五"), read_plan("“七五”计划"), read_plan("第一个五年计划"), read_plan("十五名")
    ((2021, 2025), (1986, 1990), (1953, 1957), None)
    """
    match = _AT_PLAN.fullmatch(text)
    time = _read_plan(match) if match else None
    return (time.first, time.last) if time and time.first and time.last else None


def span_plan(number: int) -> tuple[int, int]:
    """The years of the plan with that number. The third began three years after the second had ended.

    >>> [span_plan(number) for number in (1, 2, 3, 15)]
    [(1953, 1957), (1958, 1962), (1966, 1970), (2026, 2030)]
    """
    first = 1948 + 5 * number if number < 3 else 1951 + 5 * number
    return first, first + 4


def read_part(text: str) -> tuple[int, int] | None:
    """The first and last month of a part of a year.

    >>> read_part("上半年"), read_part("前三季度"), read_part("第2季"), read_part("1—11月"), read_part("十三月")
    ((1, 6), (1, 9), (4, 6), (1, 11), None)
    >>> read_part("首季"), read_part("首3季"), read_part("首8个月")
    ((1, 3), (1, 9), (1, 8))
    """
    match = _AT_PART.fullmatch(text)
    time = _read_time(match, None) if match else None
    whole = time is not None and time.end == len(text) and time.day is None
    return (time.month, time.last_month) if time and whole and time.month and time.last_month else None


def read_session(text: str) -> Session | None:
    """The session that a text is as a whole.

    >>> session = read_session("第十四届人民代表大会第三次会议")
    >>> (session.term, session.meeting), read_session("三次会议") is None
    ((14, 3), True)
    """
    match = _SESSION.fullmatch(text)
    return _read_session(match) if match else None


def write_period(first: int, last: int) -> str:
    """The period of years as the output has it.

    >>> write_period(2024, 2024), write_period(2021, 2025)
    ('2024', '2021-2025')
    """
    return str(first) if first == last else f"{first}-{last}"


def write_time(time: Time, year: int | None = None) -> str | None:
    """The period of a time; `year` is that of months without one. None where the year stays open.

    >>> [write_time(time, 2024) for time in find_times("2023年上半年、1—10月、6月末和“十四五”时期")]
    ['2023-01/2023-06', '2024-01/2024-10', '2024-06', '2021-2025']
    """
    first = year if time.first is None else time.first
    last = year if time.last is None else time.last
    if first is None or last is None:
        return None
    if time.month is None or time.last_month is None:
        return write_period(first, last)
    since, until = f"{first}-{time.month:02}", f"{last}-{time.last_month:02}"
    return since if since == until else f"{since}/{until}"


def find_times(text: str, start: int = 0, end: int | None = None) -> list[Time]:
    """The times that a text names by number between two places, in their order; none overlaps another.

    >>> [(time.what, write_time(time)) for time in find_times("“七五”期间和2024年一季度有十五名，到二〇三五年末")]
    [('plan', '1986-1990'), ('quarter', '2024-01/2024-03'), ('year', '2035')]
    >>> find_times("12345件，2024个，二五折，十五名")
    []
    """
    end = len(text) if end is None else end
    found: list[Time] = []
    at = find_mark(text, start, end)
    while at >= 0:
        # No further than its mark: what begins after it has one of its own.
        hit = _START.search(text, max(start, at - _BEFORE_MARK), min(end, at + _PAST_MARK))
        if hit is None or hit.start() > at:
            start = at + 1
        else:
            time = _read_at(text, hit, end)
            start = max(hit.end() if time is None else time.end, hit.start() + 1)
            if time is not None:
                found.append(time)
        at = find_mark(text, start, end)
    return found


def has_mark(text: str, start: int, end: int) -> bool:
    """Whether a time may be there at all: most sentences need no closer look.

    >>> has_mark("实现增加值2400亿元", 0, 12), has_mark("规划（2021—2025）", 0, 13)
    (False, True)
    """
    return find_mark(text, start, end) >= 0


def find_mark(text: str, start: int, end: int) -> int:
    """Where the first mark of a time stands, -1 for none: a time begins at most a few characters before it."""
    first = end
    for mark in _MARKS:
        at = text.find(mark, start, first)
        first = at if at >= 0 else first
    match = _MARKED.search(text, start, first)
    if match is not None:
        return match.start()
    return first if first < end else -1


def find_sessions(text: str, start: int = 0, end: int | None = None) -> list[Session]:
    """The sessions that a text names between two places.

    >>> [(s.term, s.meeting) for s in find_sessions("县十八届人大二次会议以来，召开三次会议，学习二十届三中全会精神")]
    [(18, 2), (20, 3)]
    """
    end = len(text) if end is None else end
    return [_read_session(match) for match in _SESSION.finditer(text, start, end)]


def _read_at(text: str, hit: re.Match[str], end: int) -> Time | None:
    """The time that begins where START found one to be likely."""
    at = hit.start()
    if hit.lastgroup == "year":
        match = _AT_YEAR.match(text, at, end)
        return _read_time(match, match["year"]) if match else None
    if hit.lastgroup == "part":
        match = _AT_PART.match(text, at, end)
        return _read_time(match, None) if match else None
    if hit.lastgroup == "plan":
        match = _AT_PLAN.match(text, at, end)
        return _read_plan(match) if match else None
    if hit.lastgroup == "decade":
        match = _AT_DECADE.match(text, at, end)
        return _read_decade(match) if match else None
    match = _AT_SHORT.match(text, at, end)
    return _read_short(match) if match else None


def _read_whole_time(text: str) -> Time | None:
    times = find_times(text)
    return times[0] if len(times) == 1 and (times[0].start, times[0].end) == (0, len(text)) else None


def _read_digits(text: str) -> int | None:
    return int(text) if text.isdecimal() else read_chinese(text.translate(ZEROS))


def _read_small(text: str | None) -> int | None:
    """A month, day or quarter; 元月 is the first."""
    if text is None:
        return None
    text = text.rstrip("日号 \u3000")
    return 1 if text == "元" else int(text) if text.isdecimal() else read_chinese(text)


def _read_time(match: re.Match[str], written: str | None) -> Time | None:
    """What begins with a year, or with a part of one: `written` is the year."""
    year = None if written is None else _read_digits(written)
    if written is not None:
        if match["decade"]:
            return None if year is None or year % 10 else Time(match.start(), match.end(), "decade", year, year + 9)
        if match["dot_month"]:
            return _read_dotted(match, year)
        if match["listed"] is not None:
            return Time(match.start(), match.end(), "year", year, year)
    begun = _read_begun(match, year)
    if begun is None:
        return None
    whole = _extend_time(match, begun) if match["to"] else None
    if whole is None:
        whole = begun
        if written is not None and not match["mark"]:
            return None
    if match["edge"] and match.end("edge") == match.end() and (whole is not begun or not match["to"]):
        return msgspec.structs.replace(whole, end=match.end(), edge="start" if match["edge"] == "初" else "end")
    return whole


def _read_begun(match: re.Match[str], year: int | None) -> Time | None:
    """The time in front of where a span goes on."""
    start, end = match.start(), match.start("to") if match["to"] else match.end()
    end = match.start("edge") if match["edge"] and not match["to"] else end
    if match["half"]:
        first = 1 if match["half"] == "上" else 7
        return Time(start, end, "half", year, year, first, first + 5)
    if match["months"]:
        return Time(start, end, "month", year, year, 1, _read_small(match["months"]))
    quarter = match["nth"] or match["quarter"] or match["whole"] or match["so_many"] or match["opening"]
    if quarter:
        since = 1 if match["opening"] and not match["so_many"] else _read_small(quarter) or 1
        until = _read_small(match["quarter_to"]) or since
        if match["whole"] or match["opening"]:
            since = 1
        return Time(start, end, "quarter", year, year, since * 3 - 2, until * 3) if until >= since else None
    month, day = _read_small(match["month"]), _read_small(match["day"])
    if month is None:
        return None if year is None else Time(start, end, "year", year, year)
    if day is not None and not _is_day(month, day):
        return Time(start, match.start("day"), "month", year, year, month, month)
    return Time(start, end, "month" if day is None else "day", year, year, month, month, day, day)


def _extend_time(match: re.Match[str], begun: Time) -> Time | None:
    """The time as far as the span goes, None where no span is."""
    if any(match[part] for part in ("half", "months", "nth", "quarter", "whole", "opening")):
        return None
    end = match.end("to")
    if match["to_year"] or match["to_short"]:
        return _extend_years(match, begun, end)
    month, day = begun.last_month, None
    if match["to_month"]:
        month, day = _read_small(match["to_month"]), _read_small(match["to_day"])
    elif match["to_day_only"]:
        day = _read_small(match["to_day_only"])
    if begun.month is None or month is None or (begun.day is None and (match["to_day_only"] or day)):
        return None
    if begun.day is not None and (day is None or not _is_day(month, day)):
        return None
    if (month, day or 0) <= (begun.month, begun.day or 0):
        return None
    return msgspec.structs.replace(begun, end=end, last_month=month, last_day=day)


def _extend_years(match: re.Match[str], begun: Time, end: int) -> Time | None:
    first = begun.first
    if first is None:
        return None
    short = match["to_short"]
    last = first // 100 * 100 + int(short) if short else _read_digits(match["to_year"])
    if last is None or last - first > _LONGEST_SPAN or (short and match["mark"]):
        return None
    month, day = _read_small(match["to_year_month"]), _read_small(match["to_year_day"])
    if month is None:
        if begun.month is None:
            return msgspec.structs.replace(begun, end=end, what="span", last=last) if last > first else None
        month = 12
    since = begun.month or 1
    if (last, month) <= (first, since) or (day is not None and not _is_day(month, day)):
        return None
    what: What = "month" if begun.day is None else "day"
    return msgspec.structs.replace(begun, end=end, what=what, last=last, month=since, last_month=month, last_day=day)


def _read_dotted(match: re.Match[str], year: int | None) -> Time | None:
    month, day = int(match["dot_month"]), int(match["dot_day"])
    if not _is_day(month, day):
        return None
    return Time(match.start(), match.end(), "day", year, year, month, month, day, day)


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _MONTH_DAYS[month - 1]


def _read_plan(match: re.Match[str]) -> Time | None:
    number = _read_small(match["ordinal"] or match["name"])
    if number is None or not 1 <= number <= _LAST_PLAN:
        return None
    first, last = span_plan(number)
    if match["after"] == "普法" or "普法" in match["inside"]:
        first = 1981 + 5 * number  # the first of these began in 1986
        last = first + 4
    count = _read_small(match["years"])
    if count:
        side = match["side"]
        first, last = (last - count + 1, last) if side == "后" else (first, first + count - 1)
        first = last if side == "第" else first
    edge: Edge | None = None
    if match["edge"]:
        edge = "start" if match["edge"] == "初" else "end"
    return Time(match.start(), match.end(), "plan", first, last, edge=edge, number=number)


def _read_decade(match: re.Match[str]) -> Time | None:
    century, ten = _read_small(match["century"] or "20"), _read_small(match["ten"])
    if century is None or ten is None:
        return None
    first = (century - 1) * 100 + ten
    if match["end"]:
        return Time(match.start(), match.end(), "year", first + 9, first + 9)
    return Time(match.start(), match.end(), "decade", first, first + 9)


def _read_short(match: re.Match[str]) -> Time | None:
    """八二年 is 1982."""
    year = None if match["year"] in _CONSECUTIVE else _read_digits(match["year"])
    return None if year is None else Time(match.start(), match.end(), "year", 1900 + year, 1900 + year)


def _read_session(match: re.Match[str]) -> Session:
    return Session(
        match.start(), match.end(), _read_ordinal(match["term"]), _read_ordinal(match["meeting"] or match["alone"])
    )


def _read_ordinal(text: str | None) -> int | None:
    number = _NUMBER.search(text) if text else None
    return _read_small(number[0]) if number else None
