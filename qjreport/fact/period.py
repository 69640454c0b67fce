"""For when a fact holds: from the clause, the sentence, the paragraph, the heading, the report's own year.

The order of nearness decides, never the clock. What looks ahead and what looks back comes along with it: a Frame.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec

from qjreport.fact.prose.vocabulary import PLAN_YEARS, YEAR
from qjreport.lexicon import Lexicon
from qjreport.lexicon.facts import Time
from qjreport.model import Outline, Role, Status, Timeline
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words

HAN_DIGITS: Final = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
PLAN_NUMBERS: Final = "一二三四五六"  # 十一五 to 十六五
FIRST_PLAN_YEAR: Final = 2006  # of 十一五


class Years(NamedTuple):
    """The years that a report turns on."""

    review: int | None  # the year that it looks back on
    plan: int | None  # the year that it plans
    published: int | None

    def five_back(self) -> str | None:
        return None if self.review is None else f"{self.review - 4}-{self.review}"

    def five_ahead(self) -> str | None:
        return None if self.review is None else f"{self.review + 1}-{self.review + 5}"


class Frame(NamedTuple):
    """The period and status that hold where nothing nearer says otherwise."""

    period: str | None
    status: Status | None
    rule: str
    mixed: bool = False  # a title that looks back and ahead: its paragraphs tell


# What a word of time is: a year, several, months of one, a plan, or counted from the report's own year.
Sort: TypeAlias = Literal[
    "year",
    "years",
    "months",
    "plan",
    "five_years",
    "some_years",
    "this_year",
    "last_year",
]


class Mention(NamedTuple):
    """A word of time in a sentence."""

    start: int
    end: int
    period: str
    sort: Sort
    rule: str
    compared: bool = False  # it only serves for a comparison: 比2010年增加


class TimeWords(msgspec.Struct, frozen=True, eq=False):
    mention: re.Pattern[str]
    compared: re.Pattern[str]  # a year that only serves for a comparison is not the fact's: 比2010年, 较上年
    compared_after: re.Pattern[str]  # 是2010年｜的2.6倍
    parts: dict[str, tuple[str, str]]


@lru_cache(maxsize=4)
def compile_time(lexicon: Lexicon) -> TimeWords:
    time = lexicon.facts.time
    changes, spans = join_words(time.compared_changes), join_words(time.compared_spans)
    times = r"(?:[约近超]?[\d.]+|[一二两三四五六七八九十]+)倍"
    return TimeWords(
        mention=compile_re(write_mention(time)),
        compared=compile_re(rf"{join_words(time.compared_by)}(?:[“\"]|同期)?\Z"),
        compared_after=compile_re(rf"[”\"]?(?:规划)?(?:{spans})?的?(?:{changes}|{times})"),
        parts={name: (f"{first:02}", f"{last:02}") for name, (first, last) in time.parts.items()},
    )


def write_mention(time: Time) -> str:
    """The source of the pattern for a word of time, a group for each sort."""
    dash = r"[—\-－~～至]"
    month = rf"(?P<month>\d{{1,2}})(?:{dash}(?P<last>\d{{1,2}}))?月"
    year = rf"(?P<year>{YEAR})年(?:第?(?P<narrow>{join_words(time.parts)})|{month})?"
    plan = rf"(?P<plan>{PLAN_YEARS}|第十[一二三四五六]个五年)(?={join_words(time.plan_after)}|[^，。；]{{0,12}}[年期])"
    back = rf"(?P<back>{join_words(time.five_years_back)}|五年(?={join_words(time.five_years_change)}))"
    some = rf"(?P<n>[两三四]|[2-4])年(?:{join_words(time.years_of)}|(?={join_words(time.years_change)}))"
    return (
        # The first characters of all that follows, but none inside a run of digits: nothing else is tried.
        r"(?=[\d一二十“\"第五三四两今去上过这近本年当全未下])(?!(?<=\d)\d)"
        rf"(?:(?=[\d一二十“\"第])(?:(?P<from>{YEAR})年?[—\-－~～至到](?P<to>{YEAR})年?|{year}|{plan})"
        rf"|(?=\D)(?:{back}|(?P<ahead>{join_words(time.five_years_ahead)}))"
        rf"|(?<!\d)(?:近|过去)?{some}"
        rf"|(?=\D)(?:(?P<last_year>{join_words(time.last_year)})|(?P<this_year>{join_words(time.this_year)}))"
        rf"|(?<![\d年])(?P<months>\d{{1,2}})(?:{dash}(?P<months_to>\d{{1,2}}))?月份?(?!\d|日))"
    )


def read_year(text: str) -> int:
    return int(text.translate(HAN_DIGITS))


def take_years(timeline: Timeline) -> Years:
    """The report's years, as the outline decided them."""
    return Years(timeline.review, timeline.plan, timeline.published)


def read_mention(match: re.Match[str], years: Years, frame: Frame, words: TimeWords) -> tuple[str | None, Sort]:
    """The period that a word of time stands for, None where the report's years do not settle it, and its sort."""
    if match["from"]:
        return f"{read_year(match['from'])}-{read_year(match['to'])}", "years"
    if match["year"]:
        return read_months_of_year(match, words)
    if match["plan"]:
        start = FIRST_PLAN_YEAR + PLAN_NUMBERS.index(match["plan"].strip('“”"第')[1]) * 5
        return f"{start}-{start + 4}", "plan"
    if match["back"]:
        return years.five_back(), "five_years"
    if match["ahead"]:
        return years.five_ahead(), "five_years"
    if match["n"] and years.review:
        count = "两三四".find(match["n"]) + 2 if match["n"] in "两三四" else int(match["n"])
        return f"{years.review - count + 1}-{years.review}", "some_years"
    base = years.plan if frame.status == "target" else years.review
    if match["last_year"]:
        return str(years.review) if years.review else None, "last_year"
    if match["this_year"]:
        return (str(base) if base else None), "this_year"
    if match["months"] and base:
        return narrow(base, match["months"].zfill(2), (match["months_to"] or match["months"]).zfill(2)), "months"
    return None, "months"


def read_months_of_year(match: re.Match[str], words: TimeWords) -> tuple[str, Sort]:
    year = read_year(match["year"])
    if match["month"]:
        return narrow(year, match["month"].zfill(2), (match["last"] or match["month"]).zfill(2)), "months"
    if match["narrow"]:
        return narrow(year, *words.parts[match["narrow"]]), "months"
    return str(year), "year"


def narrow(year: int, first: str, last: str) -> str:
    return f"{year}-{first}" if first == last else f"{year}-{first}/{year}-{last}"


RULES: Final[dict[Sort, str]] = {
    "year": "period.year",
    "years": "period.years",
    "months": "period.months",
    "plan": "period.plan",
    "five_years": "period.five_years",
    "some_years": "period.some_years",
    "this_year": "period.this_year",
    "last_year": "period.last_year",
}

# What every word of time has in it: half of the sentences need no closer look.
MARKED: Final = compile_re(r"[年月十—\-－~～]")
MARKED_SPAN: Final = compile_re(rf"[至到](?={YEAR})")


def find_mentions(text: str, start: int, end: int, years: Years, frame: Frame, words: TimeWords) -> list[Mention]:
    """The words of time in a sentence, those that only compare marked so."""
    found: list[Mention] = []
    if MARKED.search(text, start, end) is None and MARKED_SPAN.search(text, start, end) is None:
        return found
    for match in words.mention.finditer(text, start, end):
        before = text[max(0, match.start() - 6) : match.start()]
        compared = words.compared.search(before)
        if compared and compared[0][0] in "是为" and not words.compared_after.match(text, match.end()):
            compared = None
        period, sort = read_mention(match, years, frame, words)
        if period is not None:
            found.append(Mention(match.start(), match.end(), period, sort, RULES[sort], bool(compared)))
    return found


# What a section's title and a paragraph's opening say of the period and the status of all that follows them.
#
# period.py reads the words of time; here they are made to hold.

# How far into a paragraph the words may stand that tell what the paragraph and those after it are about.
ANCHOR_REACH: Final = 60
OPENING: Final = 2  # characters, such as a marker, in front of the word that a paragraph opens with
ANCHORS: Final[tuple[Sort, ...]] = ("year", "plan", "five_years", "last_year")


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
    of_section, turns = frame_sections(outline), frame_turns(outline)
    start = Frame(str(years.review) if years.review else None, None, "period.report")
    frames: list[Frame] = []
    running: Frame | None = None
    shown: tuple[str | None, object] | None = None
    turned: tuple[int | None, Frame] | None = None
    for index, block in enumerate(outline.blocks):
        heading = of_section[block.section] if block.section is not None else start
        if index in turns:
            turned = (block.section, turns[index])
        if turned is not None and turned[0] == block.section:
            heading = turned[1]
        elif heading.period is None and heading.status is None:
            heading = start._replace(mixed=heading.mixed)
        if (heading.period, heading.status) != shown:
            shown, running = (heading.period, heading.status), None
        frame = running or heading
        if block.kind in ("paragraph", "item"):  # a heading's times are in its section's period
            reach = block.text.find("。", 0, ANCHOR_REACH)
            reach = ANCHOR_REACH if reach < 0 else reach
            anchors = find_mentions(block.text, 0, reach, years, frame, words)
            if anchors and looks_ahead(anchors[0], heading, years):
                frames.append(Frame(anchors[0].period, "target", "period.paragraph"))
                continue
            anchors = [anchor for anchor in anchors if can_anchor(anchor, heading, years)]
            if anchors:
                spans = [anchor for anchor in anchors if "-" in anchor.period]
                anchor = spans[0] if spans and anchors[0].sort != "year" else anchors[0]
                status = heading.status
                if heading.mixed and years.review is not None:
                    status = "actual" if int(anchor.period[-4:]) <= years.review else "target"
                frame = running = Frame(anchor.period, status, "period.paragraph", heading.mixed)
        frames.append(frame)
    return frames


def looks_ahead(opening: Mention, heading: Frame, years: Years) -> bool:
    """Whether a paragraph of a part that looks back opens with 今后五年: it alone looks ahead."""
    return (
        opening.sort == "five_years"
        and opening.start <= OPENING
        and heading.status == "actual"
        and not heading.mixed
        and opening.period == years.five_ahead()
    )


def can_anchor(anchor: Mention, heading: Frame, years: Years) -> bool:
    """Whether a word of time at a paragraph's opening speaks for what follows it.

    In a part that plans only the year does under a heading of several: 今后五年……及2013年的主要任务.
    """
    if anchor.compared:
        return False
    if heading.status == "actual" and not heading.mixed and years.review is not None:
        return anchor.sort in ANCHORS and anchor.period[-4:].isdecimal() and int(anchor.period[-4:]) <= years.review
    if heading.status != "target" or heading.mixed:
        return anchor.sort in ANCHORS and anchor.period[-4:].isdigit()
    return "-" in (heading.period or "") and anchor.period in (str(years.plan), heading.period)
