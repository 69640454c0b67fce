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
from typing import Final, Literal, TypeAlias

from qjreport.lexicon import Lexicon
from qjreport.lexicon.facts import Time as TimeLists
from qjreport.model import Diagnostic, Fact, Outline, Role, Status
from qjreport.text.calendar import SURVEY, Time, find_times, write_period, write_time
from qjreport.text.numerals import read_chinese, read_count
from qjreport.text.patterns import WordTable, compile_re
from qjreport.text.sentences import ROUND_OPENING, is_aside
from qjreport.text.words import join_words


class Years:
    """The years that a report turns on, as the outline decided them."""

    def __init__(
        self,
        review: int | None,
        plan: int | None,
        published: int | None,
        spoken: int | None,
        back: str | None = None,
        ahead: str | None = None,
    ) -> None:
        self.review = review  # the year that it looks back on
        self.plan = plan  # the year that it plans
        self.published = published
        self.spoken = spoken  # the year in which it was spoken, where that is known
        self.back = back  # the years that it looks back on, where they are several
        self.ahead = ahead  # … and those that one of its parts plans

    def last_year(self) -> int | None:
        if self.spoken is not None:
            return self.spoken - 1
        return self.review


class Frame:
    """The period and status that hold where nothing nearer says otherwise."""

    def __init__(
        self, period: str | None, status: Status | None, rule: str, mixed: bool = False, goal: bool = False
    ) -> None:
        self.period = period
        self.status = status
        self.rule = rule
        self.mixed = mixed  # a title that looks back and ahead: its paragraphs tell
        self.goal = goal  # a list of the report's main targets


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


class Mention:
    """A word of time in a sentence."""

    compared: bool = False  # it only serves for a comparison: 比2010年增加
    valued: bool = False  # what follows is compared with: 比2010年的｜8万人
    as_of: bool = False  # it says of when the figures are, those of the next sentences too
    within: int = -1  # where it ceases to hold: 其中，2023年……；
    against: bool = False  # what changes is measured from it: 与2010年相比，由8万人
    lead: int = -1  # where the year of these months begins that stands in front of them: ｜今年｜1至5月
    effort: bool = False  # it says how long something took, which counts for an average alone: 经过五年努力

    def __init__(self, start: int, end: int, period: str, sort: Sort) -> None:
        self.start = start
        self.end = end
        self.period = period
        self.sort = sort
        self.rule = RULES[sort]

    def move(self, at: int) -> Mention:
        """The same before a later sentence, all of which it holds for."""
        moved = Mention(at, at, self.period, self.sort)
        moved.compared, moved.valued, moved.as_of, moved.effort = self.compared, self.valued, self.as_of, self.effort
        return moved


SPAN: Final = compile_re(r"\d{4}-\d{4}")
SPAN_LENGTH: Final = 9
CLAUSE_END: Final = compile_re(r"[，；。;]|,(?!\d)")
BASE_YEAR: Final = compile_re(r"[比较](\d{4})年(?!代)")
OF_THEM: Final = "的"
CLAUSE_STARTS: Final = "，；。：！,;:"
BEFORE_OPENING: Final = ' \u3000“"'
DIGITS: Final = compile_re(r"\d")
OF: Final = "的"
# What a bracket says of the year before it: 与2010年｜（普查数据，下同）｜的8万人相比.
ASIDE: Final = r"(?:[（(][^（）()]{0,40}[）)])"
AFTER_ASIDE: Final = compile_re(rf"{ASIDE}的")
RATED: Final = compile_re(r"的[\d.]+\s?[%％]")
# 2020年｜第八次全国人口普查｜的8万人, 第八次全国人口普查｜2020年11月1日｜零时｜的8万人: of that year.
SURVEYED: Final = compile_re(rf"(?:{SURVEY}(?:数据)?)?(?:零时)?")
SURVEY_BEFORE: Final = compile_re(rf"{SURVEY}(?:[(（]|时点)?\Z")
SURVEY_ENDS: Final = "查（(点"
LONGEST_SURVEY: Final = 18
OF_YEARS: Final = "年"
SPELT: Final = "一二三四五六七八九十百千万亿零〇○两点"
VALUE_LISTED: Final = compile_re(r"的?[\d.]+[万亿]*[^，。；、\d]{1,3}[、和]")
LISTING: Final = frozenset("、和与及")
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
SAME: Final = "同比"
EACH_YEAR: Final = "每年"
SAME_SPAN: Final = "同期"  # 比去年同期的｜8万人
TOLD: Final = 14  # … where a time that is compared with is told of first: 比抗战以前的｜1936年
BEFORE: Final = 6  # characters in front of a word of time that tell what it does there


# The words, compiled.


class PlanWords(WordTable):
    making: re.Pattern[str]  # 编制｜“十四五”规划
    name: re.Pattern[str]  # “十四五”｜专项规划
    reached: re.Pattern[str]  # 完成｜“十四五”｜任务
    thing: re.Pattern[str]
    goal: re.Pattern[str]  # “十四五”规划的｜主要目标
    ends: tuple[str, ...]  # “十四五”｜规划


class CountWords(WordTable):
    ahead: frozenset[str]
    past: frozenset[str]
    first: frozenset[str]
    these: frozenset[str]
    called: frozenset[str]
    served: tuple[str, ...]
    within: frozenset[str]
    summed: frozenset[str]  # 五年｜累计
    added: frozenset[str]  # 五年｜合计
    effort: re.Pattern[str]
    schemes: re.Pattern[str]  # 三年｜提升行动
    spending: tuple[str, ...]  # 用三年｜时间
    change: re.Pattern[str]  # 近三年｜提高5个百分点
    unlike: re.Pattern[str]  # 近三年｜农业投入首次


class ComparedWords(WordTable):
    before: re.Pattern[str]  # a year that only serves for a comparison is not the fact's: 比2010年, 较上年
    before_if: re.Pattern[str]
    after: re.Pattern[str]  # 是2010年｜的2.6倍
    alone: re.Pattern[str]  # 2010年｜相比
    against: re.Pattern[str]  # 2010年（下同）｜相比，
    rated: re.Pattern[str]  # 为｜上年的79%
    told: re.Pattern[str]  # 比抗战以前的｜1936年
    attributed: re.Pattern[str]  # 上年度｜居民收入的60%
    valued_by: tuple[str, ...]
    ground_before: tuple[str, ...]
    ground: re.Pattern[str]  # 在｜2010年增长的基础上
    basis: re.Pattern[str]  # 比｜2010年
    price: re.Pattern[str]  # 2010年｜价格
    led: re.Pattern[str]  # 按2010年价格｜计算，｜产值21亿元


class TimeWords(WordTable):
    relative: re.Pattern[str]
    plans: PlanWords
    counts: CountWords
    compared: ComparedWords
    alone: tuple[str, ...]  # words without a 年: 目前, 世纪末
    this_year: tuple[str, ...]  # 今年, 去年
    marks: re.Pattern[str]
    superlative: re.Pattern[str]
    since: re.Pattern[str]  # 2014年｜创办以来
    since_from: tuple[str, ...]
    of_clause: tuple[str, ...]  # 审查批准｜2023年决算，
    aims: tuple[str, ...]  # 力争｜“十四五”以来
    event: re.Pattern[str]  # 2030年｜运动会
    earlier: tuple[str, ...]  # 2000年｜以前
    brought_forward: tuple[str, ...]  # 上年｜结余
    moved: re.Pattern[str]  # 去年｜的18项扩展到｜28项
    from_month: re.Pattern[str]  # 由一季度｜的-23%收窄到｜-1%
    present: re.Pattern[str]  # 今年｜是｜……之年
    as_of: re.Pattern[str]
    part_of: re.Pattern[str]
    average: re.Pattern[str]
    average_basis: str
    turning: tuple[str, ...]  # 回首｜过去五年
    tellers: tuple[str, ...]  # 该局负责人介绍说，｜今年


@lru_cache(maxsize=4)
def compile_time(lexicon: Lexicon) -> TimeWords:
    time = lexicon.facts.time
    best = join_words(time.superlatives)
    return TimeWords(
        relative=compile_re(write_relative(time)),
        plans=compile_plans(time),
        counts=compile_counts(time),
        compared=compile_compared(time),
        alone=(*time.now, *time.century_end),
        this_year=(time.this_year[0], time.last_year[0]),
        marks=compile_marks(time),
        superlative=compile_re(rf"(?:[^，。；、\d]{{0,6}}?以?来)?[^，。；、\d]{{0,2}}?的?(?:同期)?{best}"),
        since=compile_re(rf"[^，。；：\d]{{0,18}}?{join_words(time.since)}"),
        since_from=time.since_from,
        of_clause=time.of_clause,
        aims=time.since_aims,
        event=compile_re(rf"[^，。；、\d]{{0,8}}?{join_words(time.events)}"),
        earlier=time.earlier,
        brought_forward=time.brought_forward,
        moved=compile_re(r"的\d[^，。；]{0,12}?[到至为](?=\d)"),
        from_month=compile_re(r"的?[^，。；\d]{0,4}[-－—]?[\d.]+[^，。；\d]{1,6}?[到至为]"),
        present=compile_re(rf"{join_words(time.presents)}[^，。；]{{0,40}}?{join_words(time.present_ends)}"),
        as_of=compile_re(rf"{join_words(time.as_of)}\Z"),
        part_of=compile_re(rf"[，、\s]{{0,8}}{join_words(time.parts_of)}"),
        average=compile_re(
            rf"{write_not_after(time.not_averages_before)}(?<![比较]\d{{4}}){join_words(time.averages)}(?!{join_words(time.not_averages)})"
        ),
        average_basis=time.average_basis,
        turning=time.turning,
        tellers=time.tellers,
    )


def write_not_after(characters: Sequence[str]) -> str:
    """The source of a pattern for what none of these characters stands before."""
    return rf"(?<![{''.join(characters)}])"


def compile_marks(time: TimeLists) -> re.Pattern[str]:
    """What every word of time has in it, so that most sentences need no closer look: no 五 but a plan's, no 实现.

    It opens with one class, which is looked for at ten times the speed of an alternation.
    """
    words = (*time.now, *time.century_end)
    firsts = "".join(sorted({word[0] for word in words}))
    now = "|".join(f"(?<={word[0]}){word[1:]}" for word in words)
    plan = r"(?<=五)(?=[年普规计时期末初、和与及至到”“\"'＂』」〞])|(?<=十)[一二三四五六七八九·•]{1,2}五"
    span = r"(?<=[12１２])[0-9０-９]{3}\s?[—–―\-~～－﹣−─至到/.．]"
    return compile_re(rf"[年月季五十12１２{firsts}](?:(?<=[年月季])|{now}|{plan}|{span})")


def compile_plans(time: TimeLists) -> PlanWords:
    things = join_words(time.plan_things)
    return PlanWords(
        making=compile_re(rf"{join_words(time.plan_making)}[^，。；：！]{{0,6}}\Z"),
        name=compile_re(rf"[^，。；：！]{{0,6}}?{join_words(time.plan_names)}"),
        reached=compile_re(rf"{join_words(time.plan_reached)}[^，。；：、\d]{{0,3}}[“\"]?\Z"),
        thing=compile_re(rf"[^，。；、：\d]{{0,10}}?{things}(?=[，。；、！的中里及和与以）)》]|\Z)"),
        goal=compile_re(rf"[^，。；：、\d]{{0,8}}?{things}{join_words(time.plan_goals)}"),
        ends=time.plan_ends,
    )


def compile_counts(time: TimeLists) -> CountWords:
    return CountWords(
        ahead=frozenset(time.years_ahead),
        past=frozenset((*time.years_past, *time.years_of)),
        first=frozenset(time.years_first),
        these=frozenset(time.years_these),
        called=frozenset(time.years_called),
        served=time.years_served,
        within=frozenset(time.years_within),
        summed=frozenset(time.years_summed),
        added=frozenset(time.years_added),
        effort=compile_re(join_words(time.efforts)),
        schemes=compile_re(rf"[^，。；、：\d]{{0,8}}?{join_words(time.schemes)}"),
        spending=time.spending,
        change=compile_re(join_words(time.changes)),
        unlike=compile_re(rf"[^，。；、\d]{{0,12}}?{join_words(time.firsts)}"),
    )


def compile_compared(time: TimeLists) -> ComparedWords:
    number = r"(?:[约近超]?[\d.]++(?:\s\d++)?|[一二两三四五六七八九十百零〇点]++)"
    times = rf"(?:{join_words(time.sums)}的?)?{number}倍?(?:[、和及]{number}倍?){{0,8}}(?<=倍)"
    amount = rf"(?:[\d.]++[万亿]*+|[{SPELT}]{{2,24}}+)"
    valued = rf"(?:的?{amount}[^，。；、\d]{{1,3}}的)?"  # 是2010年｜4432亿元的2.7倍
    summed = rf"[^，。；、\d]{{0,8}}?(?={join_words(time.sums[:2])})"
    beside = rf"[^，。；、\d]{{0,14}}?{join_words(time.compared_alone)}"  # 同2010年｜产量比较
    value = rf"的?[^，。；、\d]{{0,8}}[\d.]++[万亿]*+[^，。；、\d]{{1,3}}{join_words(time.compared_alone)}"
    held = rf"(?:{ASIDE}|{SURVEY})?{value}"  # 与2010年的｜8万人相比
    told = rf"{summed}|{beside}|{held}|{join_words(time.compared_changes)}|{times}|{join_words(time.prices)}"
    return ComparedWords(
        before=compile_re(
            rf"{write_not_after(time.not_compared)}{join_words(time.compared_by)}(?:[^，。；：、]{{1,4}}[和与])?[“\"]?\Z"
        ),
        rated=compile_re(rf"{join_words(time.compared_rates)}\Z"),
        before_if=compile_re(rf"{join_words(time.compared_if)}[“\"]?\Z"),
        after=compile_re(rf"[”\"]?(?:规划)?(?:{join_words(time.compared_spans)})*{valued}的?(?:{told})"),
        # 2020年｜同比下降 says when, 与2020年｜同比 what is compared with: `before_if`
        alone=compile_re(rf"[”\"]?的?{join_words([word for word in time.compared_alone if word != SAME])}"),
        against=compile_re(rf"{ASIDE}?[^，。；、\d]{{0,2}}?{join_words(time.compared_alone[1:])}，"),
        told=compile_re(rf"{write_not_after(time.not_compared)}[比较][^，。；：、\d]{{2,10}}的\Z"),
        attributed=compile_re(r"[^，。；、：\d]{2,16}的\d[\d.]*\s?[%％倍]"),
        valued_by=time.valued_by,
        ground_before=time.ground_before,
        ground=compile_re(rf"[^，。；]{{0,20}}?{join_words(time.grounds)}"),
        basis=compile_re(rf"(?:{join_words(time.based_on)})[“\"]?\Z"),
        price=compile_re(rf"的?{join_words(time.prices)}"),
        led=compile_re(rf"{join_words(time.compared_leads)}[，,]"),
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
        "new_year": time.new_year,
    }
    words = "|".join(rf"(?P<{name}>{join_words(words)})" for name, words in named.items())
    words += f"|(?P<next_year>{join_words(time.next_year)}(?!来))"  # 全县上下｜一年来
    now = rf"{write_not_after(time.not_now)}(?P<now>{join_words(time.now)})(?!{join_words(time.not_now_after)})"
    century = rf"(?<=本)(?P<century_end>{join_words(time.century_end)})"
    lately = rf"(?P<lately>{join_words(time.lately)})"
    # 1.今后五年 is an entry of a list, 1.5年 a number.
    free = r"(?<![\d〇零一二两三四五六七八九十百几数多])(?:(?<![.．])|(?![\d一二两三四五六七八九十百]))"
    first = rf"{write_not_after(time.not_first)}{join_words(time.years_first)}"
    leads = (*time.years_ahead, *time.years_past, *time.years_these, *time.years_called)
    lead = rf"(?P<lead>{join_words(leads)}|{first})?"
    count = rf"(?P<count>{join_words(time.counts)}|\d{{1,2}})年(?:多(?={join_words(time.years_of)}))?"
    tail = rf"(?P<tail>{join_words((*time.years_of, *time.years_within))})?"
    not_years = "".join(f"(?<!{word})" for word in time.not_years)
    verb = rf"(?P<verb>(?={join_words(time.years_change)}))?(?P<closed>(?=[。！，；,;]))?"
    # The first characters of all that follows: nothing else is tried.
    groups = (
        *named.values(),
        time.next_year,
        time.century_end,
        time.now,
        time.lately,
        leads,
        time.years_first,
        time.counts,
    )
    firsts = {word[0] for group in groups for word in group}
    told = rf"{words}|{century}|{now}"
    return rf"(?=[\d{''.join(sorted(firsts))}]){free}(?:{told}|{lately}|{not_years}{lead}{count}{tail}{verb})"


CENTURY: Final = 100


# The report's years.


def find_years(outline: Outline) -> Years:
    """The report's years, with the spans that its reviews and its parts are about."""
    timeline, reviews = outline.timeline, outline.metadata.reviews
    spans = [part.period for part in outline.sections if part.role == "plan" and part.parent is None]
    plan = None if timeline.plan is None else str(timeline.plan)
    ahead = next((span for span in spans if span and measure_span(span) and span[:YEAR_LENGTH] == plan), None)
    back = reviews if measure_span(reviews) else None
    return Years(timeline.review, timeline.plan, timeline.published, timeline.spoken, back, ahead)


# Finding the words of time.


def find_mentions(
    text: str, start: int, end: int, years: Years, frame: Frame, words: TimeWords, marked: bool = False
) -> list[Mention]:
    """The words of time in a sentence, those that only compare marked so; `marked` where `find_marks` found it so."""
    found: list[Mention] = []
    if not (marked or text.find(OF_YEARS, start, end) >= 0 or words.marks.search(text, start, end) is not None):
        return found
    times, relative = find_times(text, start, end), find_relative(text, start, end, words)
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
            mention = None if names_plan(text, start, end, time, words) else read_time(time, found, years, frame)
            last = time.end
        elif match is not None:
            if not (before and match["whole_year"]) and not counts_span(match, found, text):
                mention = read_relative(match, found, years, frame, words)
            last = match.end()
        if mention is None:
            continue
        if (present := words.present.match(text, last, end)) is not None:
            last = present.end()  # 今年是“十五五”开局之年 says what the year is, and not when
            if mention.sort != "year":
                continue
        mention = compare_on(weigh_mention(mention, text, start, years, words), found, text)
        if mention is not None and frame.status == "target":
            mention = limit_past(mention, text, start, end, years, words)
        if mention is not None:
            limit_inside(mention, found, text, start, frame)
            if before is not None and time is not None and time.first is None:
                mention.lead = found.pop().start  # 去年｜上半年 is one
            found.append(mention)
            last = max(last, mention.end)
    return found


AHEAD: Final = "未来"
BY_YEAR: Final = ("到", "至")
GROUP_END: Final = compile_re("[；。;]")
COUNTED: Final = compile_re(r"\d(?!\d*年)")


def limit_inside(mention: Mention, found: Sequence[Mention], text: str, start: int, frame: Frame) -> None:
    """Note where a word of time ceases to hold that stands inside what another one says.

    到2035年，产值达到90亿元；投资五年累计超过｜350亿元｜；城镇化率43%. 新增2000亩，到2035年达到｜8000亩｜；改厕700座.
    """
    if mention.within >= 0 or ends_with(frame.period, read_single_year(mention.period)):
        return
    by = text.endswith(BY_YEAR, start, mention.start)
    if mention.sort in ("five_years", "some_years"):
        led = any(
            one.sort == "year" and text.endswith(BY_YEAR, start, one.start) and text[one.end] in "，," for one in found
        )
        end = CLAUSE_END.search(text, mention.end + 1) if led else None
        opens = mention.start == start or text[mention.start - 1] in CLAUSE_STARTS
        if end is None and not opens and text.startswith(AHEAD, mention.start):
            end = GROUP_END.search(text, mention.end)  # 预计未来三年学位缺口约4000个；教师占35%
    elif mention.sort == "year" and by and text[mention.end : mention.end + 1] not in "，,":
        group = max(text.rfind(mark, start, mention.start) for mark in "；;")
        after = text[mention.start - 2 : mention.start - 1] in CLAUSE_STARTS
        said = after and COUNTED.search(text, max(group, start), mention.start) is not None
        end = GROUP_END.search(text, mention.end) if said else None
    else:
        return
    if end is not None:
        mention.within = end.start()


def counts_span(match: re.Match[str], found: Sequence[Mention], text: str) -> bool:
    """Whether so many years are those that stand right before, said once more: 从2031年到2038年｜这八年间."""
    if not found or not match["count"] or not measure_span(found[-1].period):
        return False
    span = found[-1]
    count = read_count(match["count"])
    # From 1965 to 1976 are eleven years as well as twelve.
    return (
        count in (measure_span(span.period), measure_span(span.period) - 1)
        and text[span.end : match.start()].strip("，,的、（(“”") == ""
    )


def compare_on(mention: Mention | None, found: Sequence[Mention], text: str) -> Mention | None:
    """Marked so where it stands in a list of months that a number is compared with: 比1—2月、｜1—3月｜分别提高."""
    last = found[-1] if found else None
    if mention is None or last is None or not last.compared or mention.sort != last.sort:
        return mention
    between = text[last.end : mention.start]
    if mention.sort == "months":
        mention.compared = mention.compared or between in LISTING
    elif mention.sort == "year" and last.valued and VALUE_LISTED.fullmatch(between) is not None:
        mention.compared = mention.valued = True  # 比2029年8亿元、｜2030年｜9亿元分别增长
    return mention


def find_marks(text: str, spans: Sequence[tuple[int, int]], words: TimeWords) -> list[bool]:
    """For each sentence whether a word of time may stand in it."""
    marked: list[bool] = []
    mark = -1  # the first at or after the sentence
    for start, end in spans:
        if mark < start:
            match = words.marks.search(text, start)
            mark = len(text) if match is None else match.start()
        marked.append(mark < end)
    return marked


def find_relative(text: str, start: int, end: int, words: TimeWords) -> list[re.Match[str]]:
    """The words whose year the report gives: each has 年 in it or is one of a few, and only there they are tried."""
    found: list[re.Match[str]] = []
    at = start
    while True:
        mark = text.find(OF_YEARS, at, end)
        for word in words.alone:
            place = text.find(word, at, end if mark < 0 else mark)
            mark = place if place >= 0 else mark
        if mark < 0:
            return found
        if text[mark - YEAR_LENGTH : mark].isdecimal() and mark - at >= YEAR_LENGTH:
            at = mark + 1  # 2031年 is text/calendar.py's
            continue
        match = words.relative.search(text, max(at, mark - LONGEST_LEAD), min(end, mark + LONGEST_TAIL))
        if match is None or match.start() > mark:
            at = mark + 1
        else:
            found.append(match)
            at = match.end()


def names_plan(text: str, start: int, end: int, time: Time, words: TimeWords) -> bool:
    """Whether a plan is meant and not its years: 编制“十四五”规划, “八五”普法, 提前完成“十四五”减排任务."""
    inside = opens_clause(text, start, time.start) < 0
    if time.what == "span":
        return inside and words.plans.thing.match(text, time.end, end) is not None
    if time.what != "plan" or time.edge is not None or text[time.end - 1] in PERIOD_ENDS:
        return False
    if words.plans.making.search(text, start, time.start) is not None:
        return True
    if words.plans.reached.search(text, start, time.start) is not None:
        return True
    ended = text.endswith(words.plans.ends, time.start, time.end)
    named = inside and (ended or words.plans.thing.match(text, time.end, end) is not None)
    if named and words.plans.goal.match(text, time.end, end) is None:
        return True
    within = words.plans.name.search(text, time.start, time.end)
    return within is not None or words.plans.name.match(text, time.end) is not None


def opens_clause(text: str, start: int, at: int) -> int:
    """Where the clause begins that a place opens, but for blanks and quotation marks; -1 inside a clause."""
    first = max([start, *(text.rfind(mark, start, at) + 1 for mark in CLAUSE_STARTS)])
    return first if not text[first:at].strip(BEFORE_OPENING) else -1


def read_time(time: Time, found: Sequence[Mention], years: Years, frame: Frame) -> Mention | None:
    """A time that is named by number; months take the year of the word in front of them, else that of the part."""
    if time.what == "plan" and time.first is not None and time.last is not None:
        first = time.last if time.edge == "end" else time.first
        last = time.first if time.edge == "start" else time.last
        sort: Sort = "year" if first == last else "plan"
        return Mention(time.start, time.end, write_period(first, last), sort)
    year = None
    if time.first is None:
        if found and found[-1].end == time.start:
            year = read_single_year(found[-1].period)
        else:
            year = follow_months(time, found) or choose_year(years, frame)
    period = write_time(time, year)
    if period is None:
        return None
    sort = "months" if time.month is not None else "year" if time.what == "year" else "years"
    return Mention(time.start, time.end, period, sort)


def follow_months(time: Time, found: Sequence[Mention]) -> int | None:
    """The year of months after others of a year before, in one sentence: 去年一季度增长3.6%，｜四季度｜增长6.3%."""
    last = next((mention for mention in reversed(found) if not mention.compared), None)
    if last is None or last.sort != "months" or time.month is None or last.as_of:
        return None
    return int(last.period[:YEAR_LENGTH]) if int(last.period[5:7]) <= time.month else None


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
        if found and found[0].sort in NAMED_YEARS and match.string[found[0].end] in "，,":
            return None  # 2031年，全镇一年来｜努力工作，
        year = years.review
    elif match["last_year"]:
        year = last
    elif match["year_before"]:
        sort, year = "year_before", last
    elif match["century_end"]:
        sort, year = "next_year", end_century(years)
    elif match["two_years_ago"]:
        year = None if last is None else last - 1
    elif match["this_year"]:
        sort, year = "this_year", choose_this_year(years, frame)
    elif match["whole_year"]:
        named = [mention for mention in found if mention.sort == "year" and not mention.compared]
        opened = named[-1:] and text_opens(match.string, named[-1].end, match.start())
        sort, year = "this_year", read_single_year(named[-1].period) if opened else choose_year(years, frame)
    elif match["same_year"]:
        sort, year = "this_year", choose_same_year(found, years, frame)
    elif match["new_year"]:
        sort, year = "next_year", years.plan or (None if years.review is None else years.review + 1)
    elif match["next_year"]:
        sort, year = "next_year", years.plan if years.spoken is None else years.spoken + 1
    elif match["now"] or (match["lately"] and frame.status == "target"):
        sort, year = "now", years.review
    return None if year is None else Mention(match.start(), match.end(), str(year), sort)


def choose_same_year(found: Sequence[Mention], years: Years, frame: Frame) -> int | None:
    """当年: the year that was named, else that of the part; none in a plan of several, 五年财政当年收入."""
    named = [mention for mention in found if mention.sort == "year" and not mention.compared]
    if named:
        return read_single_year(named[-1].period)
    return None if frame.status == "target" and measure_span(frame.period) else choose_year(years, frame)


def text_opens(text: str, start: int, end: int) -> bool:
    """Whether only a comma stands between a year and a word of the whole year: 2024年，｜全年."""
    return text[start:end] in ("，", ",")


def end_century(years: Years) -> int | None:
    """本世纪末: the last year of the century in which the report was given."""
    year = years.spoken or years.plan or years.review
    return None if year is None else -(-year // CENTURY) * CENTURY


def read_years(match: re.Match[str], years: Years, frame: Frame, words: TimeWords) -> Mention | None:
    """So many years back or ahead: 五年来, 今后三年; in a part on as many years these (五年新增)."""
    lead, tail, count = match["lead"], match["tail"], read_chinese(match["count"])
    if match["count"].isdecimal():
        count = int(match["count"])
    called = lead in words.counts.called  # 这是跨越发展｜的五年。
    served = match.string.endswith(words.counts.served, 0, match.start("count") - called)  # 本届任期｜的五年里，
    effort = words.counts.effort.match(match.string, match.end()) is not None
    told = served or tail or effort or match["verb"] is not None or (match["closed"] is not None if called else lead)
    if count is None or not told or (tail in words.counts.added and frame.status is None):
        return None
    named = not lead and not tail and words.counts.schemes.match(match.string, match.end()) is not None
    if named:
        return None  # 三年提升行动
    if lead in words.counts.first:
        return date_first_years(match, count, frame)
    ahead = lead in words.counts.ahead
    summed = tail in words.counts.summed and frame.status == "target"  # 五年累计: back, or what is to be reached
    past = lead in words.counts.past or (tail in words.counts.past and not summed)
    past = past or (lead in words.counts.these and tail not in words.counts.within)
    past = past or (called and frame.status == "actual") or (served and frame.status != "target")
    open_ended = not ahead and not past
    if open_ended:
        ahead = frame.status == "target" or (frame.status is None and tail in words.counts.within)
    period = place_years(count, years, frame, ahead, open_ended)
    if period is None:
        return None
    # What opens a paragraph and holds for it is 五年来 and the like, and not 用五年时间.
    sort: Sort = "some_years" if open_ended or count != FIVE else "five_years"
    sort = "last_year" if count == 1 else sort
    mention = Mention(match.start(), match.end(), period, sort)
    mention.effort = effort
    return mention


def place_years(count: int, years: Years, frame: Frame, ahead: bool, open_ended: bool) -> str | None:
    """Which so many years are: those of the part, or by the report's own year."""
    own = measure_span(frame.period) == count and frame.status == ("target" if ahead else "actual")
    own = own and (open_ended or ahead or ends_with(frame.period, years.review))
    if own or (not ahead and is_term(frame.period, years, count)):
        return frame.period
    if ahead:
        return None if years.plan is None else write_period(years.plan, years.plan + count - 1)
    return None if years.review is None else write_period(years.review - count + 1, years.review)


def is_term(period: str | None, years: Years, count: int) -> bool:
    """Whether a part is on so many years from one summer to another, of which a report of the last tells: 2010-2015."""
    mid_year = years.review is not None and ends_with(period, years.review + 1)
    return mid_year and period == years.back and measure_span(period) == count + 1


def date_first_years(match: re.Match[str], count: int, frame: Frame) -> Mention | None:
    """前三年: of the years that the part is about."""
    if frame.period is None or measure_span(frame.period) <= count:
        return None
    first = int(frame.period[:YEAR_LENGTH])
    return Mention(match.start(), match.end(), write_period(first, first + count - 1), "some_years")


def ends_with(period: str | None, year: int | None) -> bool:
    return period is not None and year is not None and period.endswith(str(year))


def measure_span(period: str | None) -> int:
    """How many years a period has, 0 where it is none of several."""
    if period is None or len(period) != SPAN_LENGTH or not SPAN.fullmatch(period):
        return 0
    return int(period[-YEAR_LENGTH:]) - int(period[:YEAR_LENGTH]) + 1


def weigh_mention(mention: Mention, text: str, start: int, years: Years, words: TimeWords) -> Mention | None:
    """What the words around a word of time make of it: a comparison, a beginning; None where it says no time."""
    if mention.sort in ("five_years", "some_years"):
        return weigh_count(mention, text, start, years, words)
    at = find_survey(text, start, mention.start)
    before = text[max(start, at - BEFORE) : at]
    end = mention.end
    since = words.since.match(text, end) if mention.sort in ("year", "months", "plan") else None
    if since is not None:
        until = years.review
        if words.superlative.match(text, since.end()):
            return None
        if at > start and text[at - 1] not in CLAUSE_STARTS and text.startswith(OF_THEM, since.end()):
            return None  # 侦破｜2001年以来的｜积案
        if before.endswith(words.aims) and years.plan is not None:
            until = years.plan  # 力争｜“十四五”以来累计下降10%
        opens = at <= start or text[at - 1] in CLAUSE_STARTS
        begun = opens and text[since.end() : since.end() + 1] in ("，", ",")  # 2021年行动开展以来，
        return date_since(mention, begun or before.endswith(words.since_from), since, until)
    if mention.sort == "year" and words.event.match(text, end) is not None:
        return None
    if mention.sort == "year" and text.startswith(words.earlier, end) and ends_by(mention.period, years.review):
        return None  # 2000年｜以前建成的
    if mention.sort == "year_before" and text.startswith(words.brought_forward, end):
        return None
    compared = is_compared(mention, text, start, before, words)
    as_of = words.as_of.search(before) is not None
    mention.compared, mention.as_of = compared, as_of
    mention.against = compared and mention.sort in STARTS and words.compared.against.match(text, end) is not None
    valued = before.endswith(words.compared.valued_by) or opens_number(text, end)
    mention.valued = compared and (valued or before[-1:] in WITH)
    mention.within = find_within(mention, text, before, words)
    if mention.sort == "year" and before.endswith(words.of_clause) and (mark := CLAUSE_END.search(text, end)):
        mention.within = mark.start()
    return mention


def is_compared(mention: Mention, text: str, start: int, before: str, words: TimeWords) -> bool:
    """Whether an amount is only compared with what a word of time says, by what stands right before and after it."""
    end = mention.end
    base = before
    if mention.sort == "months" and before.endswith(words.this_year):
        base = before[: -len(words.this_year[0])]  # 比今年｜1—3月
    compared = words.compared.before.search(base) is not None or words.compared.alone.match(text, end) is not None
    if mention.sort in ("last_year", "year_before") and words.compared.attributed.match(text, end) is not None:
        compared = True  # 不低于上年度｜居民收入的60%
    if not compared and text[mention.start - 1 : mention.start] == OF and not text.startswith(OF, end):
        compared = words.compared.told.search(text, max(start, mention.start - TOLD), mention.start) is not None
    if not compared and RATED.match(text, end) is not None:
        compared = words.compared.rated.search(before) is not None  # 为上年｜的79%
    if not compared and words.compared.before_if.search(before) is not None:
        compared = words.compared.after.match(text, end) is not None
    if not compared and (surveyed := SURVEYED.match(text, end)) is not None and surveyed.end() > end:
        compared = words.compared.after.match(text, surveyed.end()) is not None
    return compared


def find_survey(text: str, start: int, at: int) -> int:
    """Where the name of a census begins that stands right before a time: 同｜第八次人口普查｜2020年; else the place."""
    if at <= start or text[at - 1] not in SURVEY_ENDS:
        return at
    survey = SURVEY_BEFORE.search(text, max(start, at - LONGEST_SURVEY), at)
    return at if survey is None else survey.start()


def weigh_count(mention: Mention, text: str, start: int, years: Years, words: TimeWords) -> Mention | None:
    """The same of so many years."""
    end = mention.end
    if words.superlative.match(text, end) or words.counts.unlike.match(text, end):
        return None
    if text.endswith(words.counts.spending, 0, end) or text.startswith(words.counts.spending, end):
        mention.within = find_end(text, end, "；")  # 用三年时间……；
        return mention
    alone = words.average.match(text, end) is not None  # 五年年均增长8%，: these years for the average alone
    if not alone and mention.start - start > OPENING and mention.period not in (years.back, years.ahead):
        alone = words.counts.change.match(text, end) is not None  # ……，近三年提高5个百分点，……
    mark = CLAUSE_END.search(text, end) if alone else None
    mention.within = mention.within if mark is None else mark.start()
    return mention


def find_within(mention: Mention, text: str, before: str, words: TimeWords) -> int:
    """Where a word of time ceases to hold within its sentence; -1 where it does not."""
    end = mention.end
    if mention.sort == "months" and before.endswith(words.since_from):
        change = words.from_month.match(text, end)
        if change is not None:
            return change.end() - 1
    if before.endswith(words.compared.ground_before) and (ground := words.compared.ground.match(text, end)) is not None:
        return ground.end()
    if mention.sort == "now" or words.part_of.search(before) is not None:
        stop = text.find("；", end)
        return -1 if mention.sort == "year" and compares_later(mention, text, stop) else stop  # 其中，2023年……；
    if mention.sort == "plan" and words.plans.reached.search(before) and (mark := CLAUSE_END.search(text, end)):
        return mark.start()  # 提前实现“十五”期间……的目标，
    return mention.within


def compares_later(mention: Mention, text: str, stop: int) -> bool:
    """Whether what stands after ； is compared with an earlier year, as a year is: 其中，2022年……；9件，比2018年增."""
    if stop < 0:
        return False
    base = BASE_YEAR.search(text, stop, find_end(text, stop, "。"))
    return base is not None and base[1] < mention.period


def find_end(text: str, at: int, mark: str) -> int:
    place = text.find(mark, at)
    return len(text) if place < 0 else place


def limit_past(mention: Mention, text: str, start: int, end: int, years: Years, words: TimeWords) -> Mention:
    """How far a year that is over holds in a part that plans: 巩固去年增长的势头，｜……; 去年的18项扩展到｜28项."""
    if mention.sort not in ("year", "last_year", "year_before") or mention.compared or mention.as_of:
        return mention
    if mention.within >= 0 or years.plan is None or int(mention.period[-YEAR_LENGTH:]) >= years.plan:
        return mention
    moved = words.moved.match(text, mention.end, end)
    if moved is not None:
        mention.within = moved.end() - 1
        return mention
    mark = CLAUSE_END.search(text, mention.end, end)
    if mark is None or opens_clause(text, start, mention.start) >= 0:
        return mention
    if DIGITS.search(text, mention.end, mark.start()) is not None:
        return mention
    mention.within = mark.start()
    return mention


def ends_by(period: str, year: int | None) -> bool:
    return year is not None and int(period[-YEAR_LENGTH:]) <= year


def date_since(mention: Mention, begun: bool, since: re.Match[str], last: int | None) -> Mention | None:
    """自2014年2月创办以来: from then up to the last year, which is the one that is looked back on."""
    if not begun and since.end() - since.start() > LONGEST_SINCE:
        return mention
    first = int(mention.period[:YEAR_LENGTH])
    if last is None or first > last:
        return mention
    if mention.sort == "plan":
        last = min(last, int(mention.period[-YEAR_LENGTH:]))
    return Mention(mention.start, since.end(), write_period(first, last), "since")


# Which of them holds for a number.


class Timing:
    """The words of time of a sentence, while its numbers are read."""

    def __init__(self, text: str, start: int, mentions: list[Mention], frame: Frame, years: Years) -> None:
        self.text = text
        self.start = start
        self.mentions = mentions
        self.frame = frame
        self.years = years
        self.spent: list[Mention] = []  # that hold for one number alone: 由2010年的｜1264元


class Place:
    """What of a number decides when it holds."""

    def __init__(
        self,
        at: int,
        date: bool,
        origin: bool,
        reached: bool,
        average: bool,
        goal: bool,
        aims: re.Pattern[str],
        expected: re.Pattern[str],
    ) -> None:
        self.at = at
        self.date = date  # a year stands right in front: 2015年的｜287.9亿元
        self.origin = origin  # it is the start of a change: 由8亿元
        self.reached = reached  # it is where such a change ends: 增加到19亿元
        self.average = average  # 年均
        self.goal = goal  # it is one of the report's main targets
        self.aims = aims  # words of planning
        self.expected = expected  # 预计


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
    if base is not None and base.valued and values(base, timing.text, place.at):
        told = frame.period if last is None else last.period
        return date_compared(base, timing, told), base.rule  # 比2010年的｜8万人: what is compared with
    if place.average:
        span = span_average(timing, place)
        if span is not None:
            return span, "period.yearly"
    period, rule = (frame.period, frame.rule or "period.none") if last is None else (last.period, last.rule)
    if last is not None and counts_yearly(last, timing, place):
        return frame.period, frame.rule
    if place.reached and measure_span(period):
        return (period or "")[-YEAR_LENGTH:], "period.reached"
    if last is None and base is not None and starts_inside(base, period, timing.text, place.at):
        return (period or "")[-YEAR_LENGTH:], "period.reached"
    if (
        place.goal
        and (last is None or is_open(last, timing.years))
        and frame.status != "target"
        and timing.years.plan is not None
    ):
        return str(timing.years.plan), "period.goal"
    return period, rule


def counts_yearly(last: Mention, timing: Timing, place: Place) -> bool:
    """Whether it is so much in each of the years that are planned: 到2035年……，每年新增｜300张."""
    frame = timing.frame
    if frame.status != "target" or last.sort != "year" or not measure_span(frame.period) or frame.period is None:
        return False
    yearly = timing.text.rfind(EACH_YEAR, last.end, place.at)
    if yearly < 0 or CLAUSE_END.search(timing.text, yearly, place.at) is not None:
        return False
    return frame.period[:YEAR_LENGTH] <= last.period <= frame.period[-YEAR_LENGTH:]


def values(base: Mention, text: str, at: int) -> bool:
    """Whether a number is what a year that is compared with had: 是2010年｜8万人的2倍, and not 比2010年｜翻一番."""
    surveyed = SURVEYED.match(text, base.end, at)
    between = text[base.end if surveyed is None else surveyed.end() : at].removeprefix(SAME_SPAN)
    if between[:1] in ROUND_OPENING and between.endswith(OF):
        return AFTER_ASIDE.fullmatch(between) is not None  # 与2010年（下同）的｜8万人相比
    if VALUED.fullmatch(between) is not None and BESIDE.match(text, at) is not None:
        return True  # 与2031年预算｜8万元相比
    return between == OF or (not between and opens_number(text, at))


def opens_number(text: str, at: int) -> bool:
    """Whether a number stands there, in digits or in characters: 比一九八○年｜七亿斤增长."""
    mark = text[at : at + 1]
    return mark.isdecimal() or (bool(mark) and mark in SPELT)


def starts_inside(base: Mention, period: str | None, text: str, at: int) -> bool:
    """Whether a change is measured from a year inside the years of its part: 2018至2022年……，比2018年｜上升1.5倍."""
    if not base.compared or base.sort != "year" or not measure_span(period) or period is None:
        return False
    inside = period[:YEAR_LENGTH] <= base.period < period[-YEAR_LENGTH:]
    return inside and CLAUSE_END.search(text, base.end, at) is None


def tells(mention: Mention, timing: Timing, place: Place) -> bool:
    """Whether a word of time says when: it does not only compare, and holds for more than the start of a change."""
    if mention.compared or mention.effort or is_beside_the_point(mention, timing, place):
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
    return not is_aside(text, mention.end, at)


def date_origin(timing: Timing, place: Place) -> tuple[str | None, str]:
    """When a change began: its own year, the first of a span, the year in which the change before it began."""
    before = [mention for mention in timing.mentions if holds_at(mention, place.at, timing.text)]
    own = before[-1] if before and not before[-1].compared else None
    if own is not None and not place.date and OF_THEN.fullmatch(timing.text, own.end, place.at) is None:
        own = None
    if own is not None and (own.sort != "years" or timing.text[own.end : place.at] == OF):
        timing.spent.append(own)
        return date_before(own, timing, begun=True), own.rule
    spent = {mention.start for mention in timing.spent}
    last = next((one for one in reversed(before) if not one.compared and one.start not in spent), None)
    if last is not None and last.sort == "years":
        return last.period[:YEAR_LENGTH], "period.year"
    if timing.spent and last is not None and last.start > timing.spent[-1].start:
        return timing.spent[-1].period, "period.start_before"
    if before and before[-1].against:
        return date_before(before[-1], timing), before[-1].rule
    return None, "period.start_unknown"


def date_before(mention: Mention, timing: Timing, *, begun: bool = False) -> str:
    """The period of a year that is compared with: 由上年的8亿元 is of the year before the one that is spoken of.

    `begun` where a change begins there: then 去年 is no year in which it ends as well, 由去年的｜68天缩短至52天.
    """
    year = choose_year(timing.years, timing.frame)
    if timing.frame.status == "target" or year is None:
        return mention.period
    if mention.sort == "year_before" or (mention.sort == "last_year" and begun and mention.period == str(year)):
        return str(year - 1)
    return mention.period


def date_compared(base: Mention, timing: Timing, told: str | None) -> str:
    """The period of what is compared with; 去年 is then the year before the one that is told of.

    2024年上半年900起，比去年同期的｜1000起, in a report of 2025.
    """
    before = date_before(base, timing)
    same = base.sort == "last_year" and told is not None and told[:YEAR_LENGTH] == before
    return str(int(before) - 1) if same else before


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
    told = [mention for mention in before if mention.effort or mention in when]
    spans = [mention.period for mention in reversed(told) if measure_span(mention.period)]
    spans += [timing.frame.period] if measure_span(timing.frame.period) and timing.frame.period else []
    for span in spans:
        if span[:YEAR_LENGTH] <= period <= span[-YEAR_LENGTH:]:
            return span
    bases = [mention.period[:YEAR_LENGTH] for mention in before if mention.compared]
    bases += [mention.period[:YEAR_LENGTH] for mention in timing.spent]
    first = max(bases, default=period)
    if first < period:
        return f"{int(first) + 1}-{period}" if int(first) + 1 < int(period) else None
    return span_by_report(timing, period)


def check_averages(facts: Sequence[Fact], basis: str) -> list[Diagnostic]:
    """A word about each sentence with an average whose years nothing names; it keeps the year of its part."""
    odd: dict[tuple[int, str], Fact] = {}
    for fact in facts:
        if fact.basis == basis and fact.period is not None and not measure_span(fact.period):
            odd.setdefault((fact.block, fact.sentence), fact)
    return [
        Diagnostic(
            code="time-average-without-span",
            message=f"“{fact.quote}” ({fact.item}) is a yearly average, but only the year {fact.period} is known of it",
        )
        for fact in odd.values()
    ]


def span_by_report(timing: Timing, period: str) -> str | None:
    """The years of an average of which the text names only the last: those that the report is about, or plans."""
    years = timing.years
    if timing.frame.status != "target":
        return years.back if ends_with(years.back, int(period)) else None
    if years.plan is not None and int(period) > years.plan:
        return write_period(years.plan, int(period))
    return years.ahead if years.ahead is not None and years.ahead[:YEAR_LENGTH] == period else None


def is_beside_the_point(mention: Mention, timing: Timing, place: Place) -> bool:
    """Whether a year ahead in a part that looks back only names something: 获得2026年赛事举办权.

    今后五年 names no year, and so nothing by its year.
    """
    review = timing.years.review
    if place.goal or mention.sort not in ("year", "years", "months", "plan"):
        return False
    if timing.frame.status != "actual" or review is None or int(mention.period[:YEAR_LENGTH]) <= review:
        return False
    first = mention.start if mention.lead < 0 else mention.lead
    aimed = timing.text[max(0, first - 1) : first] in ("到", "至")
    aimed = aimed or place.expected.match(timing.text, mention.end) is not None
    aimed = aimed or place.aims.match(timing.text, mention.end) is not None
    opening = opens_clause(timing.text, timing.start, first) >= 0
    aimed = aimed or (opening and (mention.sort == "months" or timing.text.startswith(("，", ","), mention.end)))
    if opening and not aimed:
        mark = CLAUSE_END.search(timing.text, mention.end)
        end = len(timing.text) if mark is None else mark.start()
        aimed = place.aims.search(timing.text, mention.end, end) is not None  # 2031年零售总额将达到｜8亿元
    return not aimed and place.aims.search(timing.text, timing.start, mention.start) is None


# What a section's title and a paragraph's opening say of the period and the status of all that follows them.

# How far into a paragraph the words may stand that tell what the paragraph and those after it are about.
STARTS: Final = frozenset(("year", "last_year", "year_before"))  # from one of these a change may begin
ANCHOR_REACH: Final = 60
FIRST_CLAUSE: Final = 14
NAMED_YEARS: Final = frozenset(("year", "last_year"))
OF_THEN: Final = compile_re(r"(?:同期)?的|同期")  # 由上年｜同期的｜2.1
WITH: Final = frozenset("与同和")
VALUED: Final = compile_re(r"的?[^，。；、\d]{1,8}")
BESIDE: Final = compile_re(r"[\d.]++[万亿]*+[^，。；、\d]{1,3}(?:相比|比较)")
CLAUSE_MARK: Final = compile_re(r"[，；;（(]|,(?!\d)")
TURN_SENTENCES: Final = 2  # after a paragraph's first in which it may turn to other years
OF_FIVE: Final = "五"  # in each of 五年来 and “十五五”
AMOUNT: Final = compile_re(r"(?<!\d)\d(?!\d{3}年)(?!\d{0,2}年)")
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
    named: int | None = None
    shown: tuple[str | None, object] | None = None
    parts = outline.timeline.parts
    for heading, block in zip(frame_headings(outline, years), outline.blocks, strict=True):
        alone = block.section is not None and bool(parts) and parts[block.section].appended  # an entry of 名词解释
        if alone:
            running = None
        if (heading.period, heading.status) != shown:
            shown, running = (heading.period, heading.status), None
        frame = running or heading
        if block.kind in ("paragraph", "item"):  # a heading's times are in its section's period
            reach = block.text.find("。", 0, ANCHOR_REACH)
            anchors = find_mentions(block.text, 0, ANCHOR_REACH if reach < 0 else reach, years, frame, words)
            if anchors and looks_ahead(anchors[0], heading, years):
                frames.append(Frame(anchors[0].period, "target", "period.paragraph"))
                continue
            anchors = [anchor for anchor in anchors if opens(anchor, block.text, years, words)]
            opened = open_frame(anchors, heading, years)
            if opened is not None:
                frame = opened
                running = opened if runs_on(opened, years) and not alone else None
            past = years.back is not None and heading.status == "actual" and not alone
            if past and turns_back(block.text, reach + 1, years, frame, words):
                running = Frame(years.back, "actual", "period.paragraph", heading.mixed)
            if years.review is None:
                if frame.period is None and named is not None and TELLS_YEAR.search(block.text) is not None:
                    frame = Frame(str(named), frame.status, "period.paragraph", frame.mixed)
                named = name_latest(block.text, named)
        frames.append(frame)
    return frames


TELLS_YEAR: Final = compile_re("[比较]上年|全年")
NOT_NAMED: Final = frozenset("比较与同到至按从由")


def name_latest(text: str, named: int | None) -> int | None:
    """The last year that the paragraphs of a page without a year of its own have named so far.

    1992年底总人口78万人。 The next paragraph, 粮食总产量比上年增长9%, tells of that year as well.
    """
    for time in find_times(text):
        if time.first is not None and time.first == time.last and text[time.start - 1 : time.start] not in NOT_NAMED:
            named = max(named or 0, time.first)
    return named


def turns_back(text: str, start: int, years: Years, frame: Frame, words: TimeWords) -> bool:
    """Whether a paragraph turns to the years that the report looks back on, after a first sentence of one year.

    2030年任务的完成，标志着“十五五”收官。｜回首过去五年，……: the paragraphs below it tell of those years.
    """
    for _ in range(TURN_SENTENCES):
        if start <= 0 or start >= len(text):
            return False
        for word in words.turning:
            if text.startswith(word, start):
                start += len(word)
                break
        end = min(len(text), start + FIRST_CLAUSE)
        if OF_FIVE in text[start:end]:
            times = find_mentions(text, start, end, years, frame, words)
            opening = times[0] if times and text[start : times[0].start].strip(BEFORE_OPENING) == "" else None
            if opening is not None and opening.period == years.back and opening.sort in ("five_years", "plan"):
                return AMOUNT.search(text, 0, start) is None and text.startswith(("，", "”，"), opening.end)
        start = text.find("。", start) + 1
    return False


def frame_headings(outline: Outline, years: Years) -> list[Frame]:
    """For each block what its section says, or the turn of the text before it in the same section."""
    of_section, turns = frame_sections(outline), frame_turns(outline)
    whole = outline.timeline.span or (str(years.review) if years.review else None)
    start = Frame(whole, None, "period.report")
    frames: list[Frame] = []
    turned: tuple[int | None, Frame] | None = None
    for index, block in enumerate(outline.blocks):
        heading = of_section[block.section] if block.section is not None else start
        if index in turns:
            turned = (block.section, turns[index])
        if turned is not None and turned[0] == block.section:
            heading = turned[1]
        elif heading.period is None and heading.status is None:
            heading = Frame(whole, None, start.rule, heading.mixed)
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
    elif status is None and plans_ahead(anchor, years):
        status = "target"
    return Frame(anchor.period, status, "period.paragraph", heading.mixed)


def plans_ahead(anchor: Mention, years: Years) -> bool:
    """Whether a paragraph opens with a year to come, or the years of a plan (“十六五”时期) from the page's own on."""
    known = max(years.review or 0, years.plan or 0, years.published or 0)
    first = int(anchor.period[:YEAR_LENGTH])
    if anchor.sort == "year":
        return first > known and (years.plan is not None or years.published is not None)
    return anchor.sort == "plan" and measure_span(anchor.period) > 0 and first >= known > 0


def runs_on(frame: Frame, years: Years) -> bool:
    """Whether what a paragraph opens with holds for those below: the report's own years do, several, or any of a page
    that has none.
    """
    return (
        years.review is None or measure_span(frame.period) > 0 or frame.period in (str(years.review), str(years.plan))
    )


ABOUT: Final = "关于"


def opens(anchor: Mention, text: str, years: Years, words: TimeWords) -> bool:
    """Whether a word of time may speak for a paragraph.

    The year looked back on may from anywhere in the first sentence, any other from the first clause alone.
    """
    if anchor.effort or (anchor.sort in STARTS and text.endswith(words.since_from, 0, anchor.start)):
        return False  # 由2016年的91.3%提高到……, 由上年的38%调整为……
    if text.endswith(ABOUT, 0, len(text[: anchor.start].rstrip(BEFORE_OPENING))):
        return False  # 根据省委关于｜“五五”期间……的要求，
    if anchor.sort == "last_year" and AMOUNT.search(text, 0, anchor.start) is not None:
        return False  # 收入增长7%，｜去年｜清缴了欠税
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
    several = anchor.sort == "some_years" and anchor.period == heading.period  # 四年来，in a part on four years
    if anchor.compared or not (several or anchor.sort in ANCHORS):
        return False
    if heading.status == "actual" and not heading.mixed and years.review is not None:
        return int(anchor.period[-YEAR_LENGTH:]) <= years.review
    if heading.status != "target" or heading.mixed:
        return True
    return "-" in (heading.period or "") and anchor.period in (str(years.plan), heading.period)
