"""For when a fact holds: from the clause, the sentence, the paragraph, the heading, the report's own year.

The order of nearness decides, never the clock. What looks ahead and what looks back comes along with it: a Frame.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from qjreport.fact.prose.vocabulary import PLAN_YEARS, YEAR
from qjreport.lexicon import Lexicon
from qjreport.model import Outline, Role, Status, Timeline
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words

HAN_DIGITS: Final = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
PLAN_NUMBERS: Final = {"一": 11, "二": 12, "三": 13, "四": 14, "五": 15, "六": 16}
QUARTERS: Final = {"一": ("01", "03"), "二": ("04", "06"), "三": ("07", "09"), "四": ("10", "12")}
PARTS: Final = {"上半年": ("01", "06"), "下半年": ("07", "12"), "前三季度": ("01", "09")}
FIRST_PLAN_YEAR: Final = {n: 1966 + (n - 3) * 5 for n in range(3, 21)}  # the 3rd five-year plan began in 1966


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


class Mention(NamedTuple):
    """A word of time in a sentence."""

    start: int
    end: int
    period: str
    rule: str
    compared: bool = False  # it only serves for a comparison: 比2010年增加


class TimeWords(msgspec.Struct, frozen=True, eq=False):
    mention: re.Pattern[str]


@lru_cache(maxsize=4)
def compile_time(lexicon: Lexicon) -> TimeWords:
    words = lexicon.facts
    return TimeWords(
        mention=compile_re(
            # The first characters of all that follows, but none inside a run of digits: nothing else is tried.
            rf"(?=[\d一二十“\"第五三四两今去上过这近本年当全未下])(?!(?<=\d)\d)(?:(?=[\d一二十“\"第])(?:(?P<from>{YEAR})年?[—\-－~～至到](?P<to>{YEAR})年?"
            rf"|(?P<year>{YEAR})年(?P<narrow>上半年|下半年|前三季度|第?(?P<quarter>[一二三四])季度|(?P<month>\d{{1,2}})(?:[—\-－~～至](?P<last>\d{{1,2}}))?月)?"
            rf"|(?P<plan>{PLAN_YEARS}|第十[一二三四五六]个五年)(?=规划(?:期|以来|执行|实施)|时期|期间|以来|期末|末|前|[^，。；]{{0,12}}[年期]))"
            rf"|(?=\D)(?:(?P<back>{join_words(words.time.five_years_back)}|五年(?=增长|提高|下降|累计|新增|共|建成|发放))"
            rf"|(?P<ahead>{join_words(words.time.five_years_ahead)}))"
            rf"|(?<!\d)(?:近|过去)?(?P<n>[两三四]|[2-4])年(?:来|间|累计|共|(?=增长|提高|下降|累计))"
            rf"|(?=\D)(?:(?P<last_year>{join_words(words.time.last_year)})|(?P<this_year>{join_words(words.time.this_year)}))"
            rf"|(?<![\d年])(?P<months>\d{{1,2}})(?:[—\-－~～至](?P<months_to>\d{{1,2}}))?月份?(?!\d|日))"
        ),
    )


# A year that only serves for a comparison is not the fact's: 比2010年, 较上年, 是2010年的2.6倍.
COMPARED: Final = compile_re(r"(?:[比较与是为]|高于|低于|快于|相当于|对比)(?:[“\"]|同期)?\Z")
COMPARED_BEHIND: Final = compile_re(
    r"[”\"]?(?:规划)?(?:时期|期间|同期|末|底|年末|年底)?的?(?:增长|增加|提高|下降|减少|提升|相比|(?:[约近超]?[\d.]+|[一二两三四五六七八九十]+)倍)"
)


def read_year(text: str) -> int:
    return int(text.translate(HAN_DIGITS))


def take_years(timeline: Timeline) -> Years:
    """The report's years, as the outline decided them."""
    return Years(timeline.review, timeline.plan, timeline.published)


def read_mention(match: re.Match[str], years: Years, frame: Frame) -> tuple[str | None, str]:
    """The period that a word of time stands for, and the rule's name."""
    base = years.plan if frame.status == "target" else years.review
    if match["from"]:
        return f"{read_year(match['from'])}-{read_year(match['to'])}", "period.years"
    if match["year"]:
        year = read_year(match["year"])
        if match["month"]:
            months = (match["month"].zfill(2), (match["last"] or match["month"]).zfill(2))
        elif match["quarter"]:
            months = QUARTERS[match["quarter"]]
        elif match["narrow"]:
            months = PARTS[match["narrow"]]
        else:
            return str(year), "period.year"
        return narrow(year, *months), "period.months"
    if match["plan"]:
        start = FIRST_PLAN_YEAR[PLAN_NUMBERS[match["plan"].strip('“”"第')[1]]]
        return f"{start}-{start + 4}", "period.plan"
    if match["back"]:
        return years.five_back(), "period.five_years"
    if match["ahead"]:
        return years.five_ahead(), "period.five_years"
    if match["n"] and years.review:
        count = {"两": 2, "三": 3, "四": 4}.get(match["n"]) or int(match["n"])
        return f"{years.review - count + 1}-{years.review}", "period.some_years"
    if match["last_year"]:
        return str(years.review) if years.review else None, "period.last_year"
    if match["this_year"]:
        return (str(base) if base else None), "period.this_year"
    if match["months"] and base:
        return narrow(base, match["months"].zfill(2), (match["months_to"] or match["months"]).zfill(2)), "period.months"
    return None, "period.unknown"


def narrow(year: int, first: str, last: str) -> str:
    return f"{year}-{first}" if first == last else f"{year}-{first}/{year}-{last}"


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
        compared = COMPARED.search(before)
        if compared and compared[0][0] in "是为" and not COMPARED_BEHIND.match(text, match.end()):
            compared = None
        period, rule = read_mention(match, years, frame)
        if period is not None:
            found.append(Mention(match.start(), match.end(), period, rule, bool(compared)))
    return found


# What a section's title and a paragraph's opening say of the period and the status of all that follows them.
#
# period.py reads the words of time; here they are made to hold.

# How far into a paragraph the words may stand that tell what the paragraph and those after it are about.
ANCHOR_REACH: Final = 60
OPENING: Final = 2  # characters, such as a marker, in front of the word that a paragraph opens with
ANCHORS: Final = ("period.year", "period.plan", "period.five_years", "period.last_year")


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
                anchor = spans[0] if spans and anchors[0].rule != "period.year" else anchors[0]
                status = heading.status
                if heading.mixed and years.review is not None:
                    status = "actual" if int(anchor.period[-4:]) <= years.review else "target"
                frame = running = Frame(anchor.period, status, "period.paragraph", heading.mixed)
        frames.append(frame)
    return frames


def looks_ahead(opening: Mention, heading: Frame, years: Years) -> bool:
    """Whether a paragraph of a part that looks back opens with 今后五年: it alone looks ahead."""
    return (
        opening.rule == "period.five_years"
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
        return anchor.rule in ANCHORS and anchor.period[-4:].isdecimal() and int(anchor.period[-4:]) <= years.review
    if heading.status != "target" or heading.mixed:
        return anchor.rule in ANCHORS and anchor.period[-4:].isdigit()
    return "-" in (heading.period or "") and anchor.period in (str(years.plan), heading.period)
