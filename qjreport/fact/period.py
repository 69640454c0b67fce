"""For when a fact holds: the words of time around its number, and which of them holds for it.

Times that are named by number are text/calendar.py's. The words that stand for a time in this report alone (今年,
五年来, 目前) are found here and take their years from the report's timeline. What holds, from far to near, is

1. a **Frame** for each block: the report's own year, the period of its section, of a paragraph that turns the text to
   looking back or ahead, of a paragraph's opening (五年来，……), which runs on until another opens;
2. within a block a word that opens a sentence, or says of when the figures are (截至2019年底), until the next one;
3. within a sentence the nearest word in front of the number (`Timing.choose`).

Not every word of time says when. One that only serves a comparison (比2010年, 按2010年价格) gives the basis; how far a
superlative goes (2010年以来最高) gives nothing; the start of a change (由2010年的8亿元) holds for that number alone. An
average has all the years that it is taken over, whatever year stands next to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.lexicon.facts import Time as TimeLists
from qjreport.model import Outline, Role, Status, Timeline
from qjreport.text.calendar import Time, find_times, write_period, write_time
from qjreport.text.numerals import read_chinese
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words


class Years(NamedTuple):
    """The years that a report turns on, as the outline decided them."""

    review: int | None  # the year that it looks back on
    plan: int | None  # the year that it plans
    published: int | None
    spoken: int | None  # the year in which it was spoken, where that is known

    def last_year(self) -> int | None:
        if self.spoken is not None:
            return self.spoken - 1
        return self.review


class Frame(NamedTuple):
    """The period and status that hold where nothing nearer says otherwise."""

    period: str | None
    status: Status | None
    rule: str
    mixed: bool = False  # a title that looks back and ahead: its paragraphs tell
    goal: bool = False  # a list of the report's main targets


# What a word of time is: a year, several, months of one, a plan, or counted from the report's own year.
Sort: TypeAlias = Literal[
    "year",
    "years",
    "months",
    "plan",
    "five_years",
    "some_years",
    "since",
    "this_year",
    "last_year",
    "year_before",
    "next_year",
    "now",
]


class Mention(NamedTuple):
    """A word of time in a sentence."""

    start: int
    end: int
    period: str
    sort: Sort
    rule: str
    compared: bool = False  # it only serves for a comparison: 比2010年增加
    valued: bool = False  # what follows is compared with: 比2010年的｜8万人
    as_of: bool = False  # it says of when the figures are, those of the next sentences too
    within: int = -1  # where it ceases to hold: 其中，2023年……；


SPAN: Final = compile_re(r"\d{4}-\d{4}")
CLAUSE_END: Final = compile_re(r"[，；。]")
OF: Final = "的"
OF_YEARS: Final = "年"
LONGEST_LEAD: Final = 8  # characters in front of 年: 刚刚过去的一年
LONGEST_TAIL: Final = 12  # characters from 年 on that are looked at: 年接续奋斗
PERIOD_ENDS: Final = "期间年"  # of “十四五”时期, “十四五”前三年
LONGEST_SINCE: Final = 2  # characters, 以来
YEAR_LENGTH: Final = 4
RULES: Final[dict[Sort, str]] = {
    "year": "period.year",
    "years": "period.years",
    "months": "period.months",
    "plan": "period.plan",
    "five_years": "period.five_years",
    "some_years": "period.some_years",
    "since": "period.since",
    "this_year": "period.this_year",
    "last_year": "period.last_year",
    "year_before": "period.last_year",
    "next_year": "period.next_year",
    "now": "period.now",
}
FIVE: Final = 5
# What every word of time has in it: half of the sentences need no closer look.
MARKED: Final = compile_re(r"[年月五季目现]|[12１２][0-9０-９]{3}\s?[—–―\-~～－﹣−─至到/.．]")
BEFORE: Final = 6  # characters in front of a word of time that tell what it does there
CLOSING: Final = "）)"
OPENING_MARK: Final = "（("


class TimeWords(msgspec.Struct, frozen=True, eq=False):
    """The words of time and those around them, compiled."""

    now: tuple[str, ...]
    relative: re.Pattern[str]
    compared: re.Pattern[str]  # a year that only serves for a comparison is not the fact's: 比2010年, 较上年
    compared_if: re.Pattern[str]
    compared_after: re.Pattern[str]  # 是2010年｜的2.6倍
    compared_alone: re.Pattern[str]  # 2010年｜相比
    superlative: re.Pattern[str]
    since: re.Pattern[str]  # 2014年｜创办以来
    event: re.Pattern[str]  # 2030年｜运动会
    valued_by: tuple[str, ...]
    ground_before: tuple[str, ...]
    ground: re.Pattern[str]  # 在｜2010年增长的基础上
    present: re.Pattern[str]  # 今年｜是｜……之年
    as_of: re.Pattern[str]
    until: re.Pattern[str]
    part_of: re.Pattern[str]
    basis: re.Pattern[str]  # 比｜2010年
    price: re.Pattern[str]  # 2010年｜价格
    since_from: tuple[str, ...]
    average: re.Pattern[str]
    average_basis: str
    plan_making: re.Pattern[str]  # 编制｜“十四五”规划
    plan_name: re.Pattern[str]  # “十四五”｜专项规划
    effort: re.Pattern[str]
    ahead: frozenset[str]
    past: frozenset[str]
    first: frozenset[str]
    these: frozenset[str]
    called: frozenset[str]
    within: frozenset[str]


@lru_cache(maxsize=4)
def compile_time(lexicon: Lexicon) -> TimeWords:
    time = lexicon.facts.time
    changes, spans = join_words(time.compared_changes), join_words(time.compared_spans)
    times = r"(?:[约近超]?[\d.]+\s?\d*|[一二两三四五六七八九十]+)倍"
    best = join_words(time.superlatives)
    return TimeWords(
        now=time.now,
        relative=compile_re(write_relative(time)),
        compared=compile_re(rf"(?<![{''.join(time.not_compared)}]){join_words(time.compared_by)}[“\"]?\Z"),
        compared_if=compile_re(rf"{join_words(time.compared_if)}[“\"]?\Z"),
        compared_after=compile_re(rf"[”\"]?(?:规划)?(?:{spans})*的?(?:{changes}|{times}|{join_words(time.prices)})"),
        compared_alone=compile_re(rf"[”\"]?的?{join_words(time.compared_alone)}"),
        superlative=compile_re(rf"(?:[^，。；、\d]{{0,6}}?以?来)?的?(?:同期)?{best}"),
        since=compile_re(rf"[^，。；：\d]{{0,14}}?{join_words(time.since)}"),
        event=compile_re(rf"[^，。；、\d]{{0,8}}?{join_words(time.events)}"),
        valued_by=time.valued_by,
        ground_before=time.ground_before,
        ground=compile_re(rf"[^，。；]{{0,20}}?{join_words(time.grounds)}"),
        present=compile_re(rf"{join_words(time.presents)}[^，。；]{{0,40}}?{join_words(time.present_ends)}"),
        as_of=compile_re(rf"{join_words(time.as_of)}\Z"),
        until=compile_re(rf"{join_words(time.until)}[“\"]?\Z"),
        part_of=compile_re(rf"[，、\s]*{join_words(time.parts_of)}"),
        basis=compile_re(rf"(?:{join_words(time.based_on)})[“\"]?\Z"),
        price=compile_re(rf"的?{join_words(time.prices)}"),
        since_from=time.since_from,
        average=compile_re(join_words(time.averages)),
        average_basis=time.average_basis,
        plan_making=compile_re(rf"{join_words(time.plan_making)}[^，。；：！]{{0,6}}\Z"),
        plan_name=compile_re(rf"[^，。；：！]{{0,6}}?{join_words(time.plan_names)}"),
        effort=compile_re(join_words(time.efforts)),
        ahead=frozenset(time.years_ahead),
        first=frozenset(time.years_first),
        called=frozenset(time.years_called),
        these=frozenset(time.years_these),
        within=frozenset(time.years_within),
        past=frozenset((*time.years_past, *time.years_of)),
    )


def write_relative(time: TimeLists) -> str:
    """The source of the pattern for a word whose year the report gives, a group for each sort."""
    named = {
        "past_year": time.past_year,
        "year_before": time.year_before,
        "last_year": time.last_year,
        "two_years_ago": time.two_years_ago,
        "this_year": time.this_year,
        "whole_year": (*time.whole_year, *time.year_end),
        "same_year": time.same_year,
        "next_year": time.next_year,
    }
    words = "|".join(rf"(?P<{name}>{join_words(words)})" for name, words in named.items())
    now = rf"(?<![{''.join(time.not_now)}])(?P<now>{join_words(time.now)})"
    free = r"(?<![\d〇零一二两三四五六七八九十百几数多])"
    first = rf"(?<![{''.join(time.not_first)}]){join_words(time.years_first)}"
    leads = (*time.years_ahead, *time.years_past, *time.years_these, *time.years_called)
    lead = rf"(?P<lead>{join_words(leads)}|{first})?"
    count = rf"(?P<count>{join_words(time.counts)}|\d{{1,2}})年"
    tail = rf"(?P<tail>{join_words((*time.years_of, *time.years_within))})?"
    not_years = "".join(f"(?<!{word})" for word in time.not_years)
    verb = rf"(?P<verb>(?={join_words(time.years_change)}))?(?P<closed>(?=[。！，；]))?"
    # The first characters of all that follows: nothing else is tried.
    firsts = {word[0] for group in (*named.values(), time.now, leads, time.years_first, time.counts) for word in group}
    return rf"(?=[\d{''.join(sorted(firsts))}]){free}(?:{words}|{now}|{not_years}{lead}{count}{tail}{verb})"


def take_years(timeline: Timeline) -> Years:
    """The report's years, as the outline decided them."""
    return Years(timeline.review, timeline.plan, timeline.published, timeline.spoken)


# Finding the words of time.


def find_mentions(text: str, start: int, end: int, years: Years, frame: Frame, words: TimeWords) -> list[Mention]:
    """The words of time in a sentence, those that only compare marked so."""
    found: list[Mention] = []
    if MARKED.search(text, start, end) is None:
        return found
    times, relative = find_times(text, start, end), find_relative(text, start, end, words)
    if not times and not relative:
        return found
    places: list[tuple[int, Time | None, re.Match[str] | None]] = [(time.start, time, None) for time in times]
    places += [(match.start(), None, match) for match in relative]
    places.sort(key=lambda place: place[0])
    last = start  # where the one before ends
    for where, time, match in places:
        if where < last:
            continue
        before = found[-1] if found and found[-1].end == where else None
        mention: Mention | None = None
        if time is not None:
            mention = None if names_plan(text, start, time, words) else read_time(time, before, years, frame)
            last = time.end
        elif match is not None:
            if not (before and match["whole_year"]):
                mention = read_relative(match, found, years, frame, words)
            last = match.end()
        if mention is None:
            continue
        if (present := words.present.match(text, last, end)) is not None:
            last = present.end()  # 今年是“十五五”开局之年 says what the year is, and not when
            if mention.sort != "year":
                continue
        mention = weigh_mention(mention, text, start, years, words)
        if mention is not None:
            if before is not None and time is not None and time.first is None:
                found.pop()  # 去年｜上半年 is one
            found.append(mention)
            last = max(last, mention.end)
    return found


def find_relative(text: str, start: int, end: int, words: TimeWords) -> list[re.Match[str]]:
    """The words whose year the report gives: each has 年 in it or is one of a few, and only there they are tried."""
    found: list[re.Match[str]] = []
    at = start
    while True:
        mark = text.find(OF_YEARS, at, end)
        for word in words.now:
            place = text.find(word, at, end if mark < 0 else mark)
            mark = place if place >= 0 else mark
        if mark < 0:
            return found
        match = words.relative.search(text, max(at, mark - LONGEST_LEAD), min(end, mark + LONGEST_TAIL))
        if match is None or match.start() > mark:
            at = mark + 1
        else:
            found.append(match)
            at = match.end()


def names_plan(text: str, start: int, time: Time, words: TimeWords) -> bool:
    """Whether a plan is meant and not its years: 编制“十四五”规划, “八五”普法."""
    if time.what != "plan" or time.edge is not None or text[time.end - 1] in PERIOD_ENDS:
        return False
    if words.plan_making.search(text, start, time.start) is not None:
        return True
    inside = words.plan_name.search(text, time.start, time.end)
    return inside is not None or words.plan_name.match(text, time.end) is not None


def read_time(time: Time, before: Mention | None, years: Years, frame: Frame) -> Mention | None:
    """A time that is named by number; months take the year of the word in front of them, else that of the part."""
    if time.what == "plan" and time.first is not None and time.last is not None:
        first = time.last if time.edge == "end" else time.first
        last = time.first if time.edge == "start" else time.last
        sort: Sort = "year" if first == last else "plan"
        return Mention(time.start, time.end, write_period(first, last), sort, RULES[sort])
    year = None
    if time.first is None:
        year = read_single_year(before.period) if before is not None else choose_year(years, frame)
    period = write_time(time, year)
    if period is None:
        return None
    sort = "months" if time.month is not None else "year" if time.what == "year" else "years"
    return Mention(time.start, time.end, period, sort, RULES[sort])


def read_single_year(period: str | None) -> int | None:
    return int(period) if period is not None and len(period) == YEAR_LENGTH else None


def choose_year(years: Years, frame: Frame) -> int | None:
    """The year that a text speaks of: the one that holds there, else that of its part."""
    year = read_single_year(frame.period)
    if year is not None:
        return year
    return years.plan if frame.status == "target" else years.review


def choose_this_year(years: Years, frame: Frame) -> int | None:
    """今年: in a part that plans the year planned, else the year that is spoken in."""
    if frame.status == "target" and years.plan is not None:
        return years.plan
    return years.review if years.spoken is None else years.spoken


def read_relative(
    match: re.Match[str], found: Sequence[Mention], years: Years, frame: Frame, words: TimeWords
) -> Mention | None:
    """A word of time whose year the report gives, None where it does not or where it is none."""
    if match["count"]:
        return read_years(match, years, frame, words)
    year: int | None = None
    sort: Sort = "last_year"
    last = years.last_year()
    if match["past_year"]:
        year = years.review
    elif match["last_year"]:
        year = last
    elif match["year_before"]:
        sort, year = "year_before", last
    elif match["two_years_ago"]:
        year = None if last is None else last - 1
    elif match["this_year"]:
        sort, year = "this_year", choose_this_year(years, frame)
    elif match["whole_year"]:
        sort, year = "this_year", choose_year(years, frame)
    elif match["same_year"]:
        sort = "this_year"
        named = [mention for mention in found if mention.sort == "year" and not mention.compared]
        year = read_single_year(named[-1].period) if named else choose_year(years, frame)
    elif match["next_year"]:
        sort, year = "next_year", years.plan if years.spoken is None else years.spoken + 1
    elif match["now"]:
        sort, year = "now", years.review
    return None if year is None else Mention(match.start(), match.end(), str(year), sort, RULES[sort])


def read_years(match: re.Match[str], years: Years, frame: Frame, words: TimeWords) -> Mention | None:
    """So many years back or ahead: 五年来, 今后三年; in a part on as many years these (五年新增)."""
    lead, tail, count = match["lead"], match["tail"], read_chinese(match["count"])
    if match["count"].isdecimal():
        count = int(match["count"])
    called = lead in words.called  # 这是跨越发展｜的五年。
    if count is None or not (tail or match["verb"] is not None or (match["closed"] is not None if called else lead)):
        return None
    if words.effort.match(match.string, match.end()):
        return None
    if lead in words.first:
        return date_first_years(match, count, frame)
    ahead = lead in words.ahead
    past = lead in words.past or tail in words.past or (lead in words.these and tail not in words.within)
    past = past or (called and frame.status == "actual")
    open_ended = not ahead and not past
    if open_ended:
        ahead = frame.status == "target"
    period = None
    own = measure_span(frame.period) == count and frame.status == ("target" if ahead else "actual")
    if own and (open_ended or ahead or ends_with(frame.period, years.review)):
        period = frame.period
    elif ahead and years.plan is not None:
        period = write_period(years.plan, years.plan + count - 1)
    elif not ahead and years.review is not None:
        period = write_period(years.review - count + 1, years.review)
    if period is None:
        return None
    # What opens a paragraph and holds for it is 五年来 and the like, and not 用五年时间.
    sort: Sort = "some_years" if open_ended or count != FIVE else "five_years"
    sort = "last_year" if count == 1 else sort
    return Mention(match.start(), match.end(), period, sort, RULES[sort])


def date_first_years(match: re.Match[str], count: int, frame: Frame) -> Mention | None:
    """前三年: of the years that the part is about."""
    if frame.period is None or measure_span(frame.period) <= count:
        return None
    first = int(frame.period[:YEAR_LENGTH])
    return Mention(
        match.start(), match.end(), write_period(first, first + count - 1), "some_years", RULES["some_years"]
    )


def ends_with(period: str | None, year: int | None) -> bool:
    return period is not None and year is not None and period.endswith(str(year))


@lru_cache(maxsize=256)
def measure_span(period: str | None) -> int:
    """How many years a period has, 0 where it is none of several."""
    if period is None or not SPAN.fullmatch(period):
        return 0
    return int(period[-YEAR_LENGTH:]) - int(period[:YEAR_LENGTH]) + 1


def weigh_mention(mention: Mention, text: str, start: int, years: Years, words: TimeWords) -> Mention | None:
    """What the words around a word of time make of it: a comparison, a beginning; None where it says no time."""
    before = text[max(start, mention.start - BEFORE) : mention.start]
    end = mention.end
    if mention.sort in ("five_years", "some_years"):
        if words.average.match(text, end) and (mark := CLAUSE_END.search(text, end)):
            mention = mention._replace(within=mark.start())  # 五年年均增长8%，: these years for the average alone
        return None if words.superlative.match(text, end) else mention
    since = words.since.match(text, end) if mention.sort in ("year", "years", "months", "plan") else None
    if since is not None:
        if words.superlative.match(text, since.end()):
            return None
        return date_since(mention, before.endswith(words.since_from), since, years)
    if mention.sort == "year" and words.event.match(text, end) is not None:
        return None
    compared = words.compared.search(before) is not None or words.compared_alone.match(text, end) is not None
    if not compared and words.compared_if.search(before) is not None:
        compared = words.compared_after.match(text, end) is not None
    as_of = words.as_of.search(before) is not None
    inner = mention.sort == "now" or words.part_of.search(before) is not None
    within = text.find("；", end) if inner else -1  # 其中，2023年……；
    if before.endswith(words.ground_before) and (ground := words.ground.match(text, end)) is not None:
        within = ground.end()
    valued = compared and before.endswith(words.valued_by)
    return mention._replace(compared=compared, valued=valued, as_of=as_of, within=within)


def date_since(mention: Mention, begun: bool, since: re.Match[str], years: Years) -> Mention | None:
    """自2014年2月创办以来: from then up to the year that is looked back on."""
    if not begun and since.end() - since.start() > LONGEST_SINCE:
        return mention
    first, last = int(mention.period[:YEAR_LENGTH]), years.review
    if last is None or first > last:
        return mention
    if mention.sort == "plan":
        last = min(last, int(mention.period[-YEAR_LENGTH:]))
    return mention._replace(end=since.end(), period=write_period(first, last), sort="since", rule=RULES["since"])


# Which of them holds for a number.


class Timing(msgspec.Struct, eq=False):
    """The words of time of a sentence, while its numbers are read."""

    text: str
    start: int
    mentions: list[Mention]
    frame: Frame
    years: Years
    spent: list[Mention] = []  # that hold for one number alone: 由2010年的｜1264元


class Place(NamedTuple):
    """What of a number decides when it holds."""

    at: int
    date: bool  # a year stands right in front: 2015年的｜287.9亿元
    origin: bool  # it is the start of a change: 由8亿元
    reached: bool  # it is where such a change ends: 增加到19亿元
    average: bool  # 年均
    goal: bool  # it is one of the report's main targets
    aims: re.Pattern[str]  # words of planning
    expected: re.Pattern[str]  # 预计


def choose_period(timing: Timing, place: Place) -> tuple[str | None, str]:
    """The nearest word of time in front of the number, else what holds for the paragraph; and the rule."""
    frame = timing.frame
    if place.origin:
        return date_origin(timing, place)
    base: Mention | None = None  # the nearest, whatever it does there
    last: Mention | None = None  # the nearest that says when
    for mention in reversed(timing.mentions):
        if holds_at(mention, place.at, timing.text):
            base = base or mention
            if tells(mention, timing, place):
                last = mention
                break
    if base is not None and base.valued and timing.text[base.end : place.at] == OF:
        return base.period, base.rule  # 比2010年的｜8万人: what is compared with
    if place.average:
        span = span_average(timing, place)
        if span is not None:
            return span, "period.yearly"
    period, rule = (frame.period, frame.rule or "period.none") if last is None else (last.period, last.rule)
    if place.reached and measure_span(period):
        return (period or "")[-YEAR_LENGTH:], "period.reached"
    if (
        place.goal
        and (last is None or is_open(last, timing.years))
        and frame.status != "target"
        and timing.years.plan is not None
    ):
        return str(timing.years.plan), "period.goal"
    return period, rule


def tells(mention: Mention, timing: Timing, place: Place) -> bool:
    """Whether a word of time says when: it does not only compare, and holds for more than the start of a change."""
    if mention.compared or is_beside_the_point(mention, timing, place):
        return False
    return not timing.spent or all(one.start != mention.start for one in timing.spent)


def is_open(mention: Mention, years: Years) -> bool:
    """Whether 今年 may be the year planned as well as the one looked back on: it is not known when it was said."""
    return mention.sort == "this_year" and years.spoken is None


def holds_at(mention: Mention, at: int, text: str) -> bool:
    """Whether a word of time in front of a place still holds there: not out of its bracket, nor after 其中……；."""
    if mention.end > at or 0 <= mention.within < at:
        return False
    if mention.end == mention.start:
        return True  # of a sentence before
    closed = max(text.find(mark, mention.end, at) for mark in CLOSING)
    return closed < 0 or any(text.find(mark, mention.end, closed) >= 0 for mark in OPENING_MARK)


def date_origin(timing: Timing, place: Place) -> tuple[str | None, str]:
    """When a change began: its own year, the first of a span, the year in which the change before it began."""
    before = [mention for mention in timing.mentions if holds_at(mention, place.at, timing.text)]
    own = before[-1] if before and place.date and not before[-1].compared else None
    if own is not None and own.sort != "years":
        timing.spent.append(own)
        year = choose_year(timing.years, timing.frame)
        if own.sort == "year_before" and timing.frame.status != "target" and year is not None:
            return str(year - 1), own.rule  # 由上年的8亿元: before the year that is spoken of
        return own.period, own.rule
    spent = {mention.start for mention in timing.spent}
    last = next((one for one in reversed(before) if not one.compared and one.start not in spent), None)
    if last is not None and last.sort == "years":
        return last.period[:YEAR_LENGTH], "period.year"
    if timing.spent and last is not None and last.start > timing.spent[-1].start:
        return timing.spent[-1].period, "period.start_before"
    return None, "period.start_unknown"


def span_average(timing: Timing, place: Place) -> str | None:
    """The years over which an average is taken: those that are named, or run up to the one that is."""
    before = [mention for mention in timing.mentions if holds_at(mention, place.at, timing.text)]
    when = [mention for mention in before if tells(mention, timing, place)]
    last = when[-1] if when else None
    period = timing.frame.period if last is None else last.period
    if measure_span(period):
        return period
    if period is None or len(period) != YEAR_LENGTH:
        return None
    spans = [mention.period for mention in reversed(when) if measure_span(mention.period)]
    spans += [timing.frame.period] if measure_span(timing.frame.period) and timing.frame.period else []
    for span in spans:
        if span[:YEAR_LENGTH] <= period <= span[-YEAR_LENGTH:]:
            return span
    bases = [mention.period[:YEAR_LENGTH] for mention in before if mention.compared]
    bases += [mention.period[:YEAR_LENGTH] for mention in timing.spent]
    first = max(bases, default="")
    if "" < first < period:
        return f"{int(first) + 1}-{period}" if int(first) + 1 < int(period) else None
    plan = timing.years.plan
    if timing.frame.status == "target" and plan is not None and int(period) > plan:
        return write_period(plan, int(period))
    return None


def is_beside_the_point(mention: Mention, timing: Timing, place: Place) -> bool:
    """Whether a year ahead in a part that looks back only names something: 获得2026年赛事举办权.

    今后五年 names no year, and so nothing by its year.
    """
    review = timing.years.review
    if place.goal or mention.sort not in ("year", "years", "months", "plan"):
        return False
    if timing.frame.status != "actual" or review is None or int(mention.period[:YEAR_LENGTH]) <= review:
        return False
    aimed = timing.text[max(0, mention.start - 1) : mention.start] in ("到", "至")
    aimed = aimed or place.expected.match(timing.text, mention.end) is not None
    return not aimed and place.aims.search(timing.text, timing.start, mention.start) is None


# What a section's title and a paragraph's opening say of the period and the status of all that follows them.

# How far into a paragraph the words may stand that tell what the paragraph and those after it are about.
ANCHOR_REACH: Final = 60
FIRST_CLAUSE: Final = 14
CLAUSE_MARK: Final = compile_re(r"[，；（(]")
OPENING: Final = 2  # characters, such as a marker, in front of the word that a paragraph opens with
ANCHORS: Final[tuple[Sort, ...]] = ("year", "plan", "five_years", "last_year", "year_before")
STATUS: Final[dict[Role, Status]] = {"review": "actual", "plan": "target"}


def frame_sections(outline: Outline) -> list[Frame]:
    """For each section what its role and period say."""
    parts = outline.timeline.parts
    return [
        Frame(
            section.period,
            STATUS[section.role] if section.role else None,
            "period.heading",
            bool(parts) and parts[index].both,
        )
        for index, section in enumerate(outline.sections)
    ]


def frame_turns(outline: Outline) -> dict[int, Frame]:
    """For each block where the text turns to looking back or ahead without a title, what holds from there on."""
    return {turn.block: Frame(turn.period, STATUS[turn.role], "period.report") for turn in outline.timeline.turns}


def frame_blocks(outline: Outline, years: Years, words: TimeWords) -> list[Frame]:
    """For each block the period and status that its heading gives, or a paragraph before it under the same part.

    五年来，…… speaks for the paragraphs that follow, until 刚刚过去的2025年，…… does.
    """
    frames: list[Frame] = []
    running: Frame | None = None
    shown: tuple[str | None, object] | None = None
    for heading, block in zip(frame_headings(outline, years), outline.blocks, strict=True):
        if (heading.period, heading.status) != shown:
            shown, running = (heading.period, heading.status), None
        frame = running or heading
        if block.kind in ("paragraph", "item"):  # a heading's times are in its section's period
            reach = block.text.find("。", 0, ANCHOR_REACH)
            anchors = find_mentions(block.text, 0, ANCHOR_REACH if reach < 0 else reach, years, frame, words)
            if anchors and looks_ahead(anchors[0], heading, years):
                frames.append(Frame(anchors[0].period, "target", "period.paragraph"))
                continue
            opened = open_frame([anchor for anchor in anchors if opens(anchor, block.text, years)], heading, years)
            if opened is not None:
                frame = running = opened
        frames.append(frame)
    return frames


def frame_headings(outline: Outline, years: Years) -> list[Frame]:
    """For each block what its section says, or the turn of the text before it in the same section."""
    of_section, turns = frame_sections(outline), frame_turns(outline)
    start = Frame(str(years.review) if years.review else None, None, "period.report")
    frames: list[Frame] = []
    turned: tuple[int | None, Frame] | None = None
    for index, block in enumerate(outline.blocks):
        heading = of_section[block.section] if block.section is not None else start
        if index in turns:
            turned = (block.section, turns[index])
        if turned is not None and turned[0] == block.section:
            heading = turned[1]
        elif heading.period is None and heading.status is None:
            heading = start._replace(mixed=heading.mixed)
        frames.append(heading)
    return frames


def open_frame(anchors: Sequence[Mention], heading: Frame, years: Years) -> Frame | None:
    """What the words of time at a paragraph's opening make hold from there on."""
    anchors = [anchor for anchor in anchors if can_anchor(anchor, heading, years)]
    if not anchors:
        return None
    spans = [anchor for anchor in anchors if "-" in anchor.period]
    anchor = spans[0] if spans and anchors[0].sort != "year" else anchors[0]
    status = heading.status
    if heading.mixed and years.review is not None:
        status = "actual" if int(anchor.period[-YEAR_LENGTH:]) <= years.review else "target"
    return Frame(anchor.period, status, "period.paragraph", heading.mixed)


def opens(anchor: Mention, text: str, years: Years) -> bool:
    """Whether a word of time may speak for a paragraph.

    The year looked back on may from anywhere in the first sentence, any other from the first clause alone.
    """
    if anchor.sort != "year" or anchor.period == str(years.review):
        return anchor.within < 0
    return anchor.start <= FIRST_CLAUSE and anchor.within < 0 and CLAUSE_MARK.search(text, 0, anchor.start) is None


def looks_ahead(opening: Mention, heading: Frame, years: Years) -> bool:
    """Whether a paragraph of a part that looks back opens with 今后五年: it alone looks ahead."""
    return (
        opening.sort == "five_years"
        and opening.start <= OPENING
        and heading.status == "actual"
        and not heading.mixed
        and years.review is not None
        and int(opening.period[:YEAR_LENGTH]) > years.review
    )


def can_anchor(anchor: Mention, heading: Frame, years: Years) -> bool:
    """Whether a word of time at a paragraph's opening speaks for what follows it.

    In a part that plans only the year does under a heading of several: 今后五年……及2013年的主要任务.
    """
    if anchor.compared or anchor.sort not in ANCHORS:
        return False
    if heading.status == "actual" and not heading.mixed and years.review is not None:
        return int(anchor.period[-YEAR_LENGTH:]) <= years.review
    if heading.status != "target" or heading.mixed:
        return True
    return "-" in (heading.period or "") and anchor.period in (str(years.plan), heading.period)
