"""For when a fact holds: from the clause, the sentence, the paragraph, the heading, the report's own year.

The order of nearness decides, never the clock. What looks ahead and what looks back comes along with it: a Frame.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from qjreport.fact.prose.vocabulary import PLAN_YEARS, YEAR
from qjreport.lexicon import Lexicon
from qjreport.model import Metadata, Outline, Section, Status
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
    plan_title: re.Pattern[str]
    review_title: re.Pattern[str]


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
        plan_title=compile_re(join_words(words.mood.plan_titles)),
        review_title=compile_re(join_words(words.mood.review_titles)),
    )


# A year that only serves for a comparison is not the fact's: 比2010年, 较上年, 是2010年的2.6倍.
COMPARED: Final = compile_re(r"(?:[比较与是为]|高于|低于|快于|相当于|对比)(?:[“\"]|同期)?\Z")
COMPARED_BEHIND: Final = compile_re(
    r"[”\"]?(?:规划)?(?:时期|期间|同期|末|底|年末|年底)?的?(?:增长|增加|提高|下降|减少|提升|相比|(?:[约近超]?[\d.]+|[一二两三四五六七八九十]+)倍)"
)


def find_plan_year(sections: Sequence[Section], words: TimeWords) -> int | None:
    """The year that the headings plan; it settles what 过去五年 and 今后五年 mean, whatever year the title bears.

    关于2019年工作 and 关于2020年工作 stand in one report: the later one is planned.
    """
    said = [TITLE_YEAR.search(section.title) for section in sections if not words.review_title.search(section.title)]
    years = sorted(read_year(match[1]) for match in said if match)
    return max((year for year in years if year <= years[0] + 1), default=None)


DELIVERED: Final = compile_re(rf"({YEAR})年(\d{{1,2}})月\d{{1,2}}日")


def find_delivery(metadata: Metadata) -> int | None:
    """The year in which the report was given, where that was in its first half."""
    if match := DELIVERED.search(metadata.subtitle or ""):
        return read_year(match[1]) if int(match[2]) <= 6 else None
    published = metadata.published or ""
    if published[:4].isdigit() and "01" <= published[5:7] <= "06":
        return int(published[:4])
    return None


# 2013年工作重点, 全力做好2021年工作; 二〇三五年远景目标 is no year's plan.
TITLE_YEAR: Final = compile_re(
    rf"({YEAR})年(?:度|的)?(?:政府|政协|常委会|全市|全省|全区|全县|我市|我省|经济社会发展)?(?:主要|重点|总体)?"
    r"(?:工作|任务|目标|安排|建议|打算|思路|部署|十件|民生实事)(?!回顾|总结|情况|完成)"
)


def read_year(text: str) -> int:
    return int(text.translate(HAN_DIGITS))


def find_years(metadata: Metadata, sections: Sequence[Section], words: TimeWords) -> Years:
    """The report's years: from what its headings say, else from its own year; a bulletin reviews its own year."""
    published = int(metadata.published[:4]) if metadata.published and metadata.published[:4].isdigit() else None
    review = int(metadata.reviews[-4:]) if metadata.reviews and metadata.reviews[-4:].isdigit() else None
    plan = int(metadata.plans[:4]) if metadata.plans and metadata.plans[:4].isdigit() else None
    year = metadata.year
    if metadata.kind and "公报" in metadata.kind:
        return Years(year or review, None, published)
    is_report = bool(metadata.kind and "工作报告" in metadata.kind)
    planned = find_plan_year(sections, words)
    given = find_delivery(metadata)
    if planned is not None:
        review, plan = planned - 1, planned
    elif is_report and given:
        # A report given in the first half of a year looks back on the one before, whatever year its title bears.
        review, plan = given - 1, given
    if review is None:
        review = plan - 1 if plan else (year - 1 if is_report and year else year)
    if plan is None and is_report and review is not None:
        plan = review + 1
    return Years(review, plan, published)


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
APPENDED: Final = compile_re(r"名词|附件|附录|注释|附注|注[：:]")


def frame_sections(sections: Sequence[Section], years: Years, words: TimeWords) -> list[Frame]:
    """For each section what its title says, or its parent's."""
    frames: list[Frame] = []
    top = Frame(None, None, "")
    for section in sections:
        if section.parent is not None:
            frames.append(read_title(section.title, frames[section.parent], years, words))
            continue
        # 四、加强政府自身建设 says nothing and goes on with what the part before it, 三、今年工作安排, began.
        before = Frame(None, None, "") if APPENDED.match(section.title) else top
        top = read_title(section.title, Frame(None, None, ""), years, words)
        if top.status is None and top.period is None:
            top = before
        frames.append(top)
    return frames


def read_title(title: str, above: Frame, years: Years, words: TimeWords) -> Frame:
    plan, review = words.plan_title.search(title), words.review_title.search(title)
    status: Status | None = above.status
    if above.status is None:
        status = "actual" if review else "target" if plan else None
    mixed = (above.status is None and bool(review and plan)) or above.mixed
    probe = Frame(above.period, status, "")
    mentions = find_mentions(title, 0, len(title), years, probe, words)
    if mentions and (status or mentions[0].rule != "period.months"):
        # 2025年和“十四五”时期: the year comes first and stands for both until a paragraph says otherwise.
        period = mentions[0].period
        if years.review and period.isdecimal() and not mixed and above.status is None:
            status = "target" if int(period) > years.review else "actual"
        return Frame(period, status, "period.heading", mixed)
    if status != above.status:
        base = years.plan if status == "target" else years.review
        return Frame(str(base) if base else None, status, "period.heading", mixed)
    return above


def frame_blocks(outline: Outline, years: Years, words: TimeWords) -> list[Frame]:
    """For each block the period and status that its heading gives, or a paragraph before it under the same part.

    五年来，…… speaks for the paragraphs that follow, until 刚刚过去的2025年，…… does.
    """
    of_section = frame_sections(outline.sections, years, words)
    start = Frame(str(years.review) if years.review else None, None, "period.report")
    frames: list[Frame] = []
    running: Frame | None = None
    shown: tuple[str | None, object] | None = None
    for block in outline.blocks:
        heading = of_section[block.section] if block.section is not None else start
        if heading.period is None and heading.status is None:
            heading = start
        if (heading.period, heading.status) != shown:
            shown, running = (heading.period, heading.status), None
        frame = running or heading
        if block.kind in ("paragraph", "item", "heading"):
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
    return "-" in (heading.period or "") and anchor.period == str(years.plan)
