"""What a section's title and a paragraph's opening say of the period and the status of all that follows them.

period.py reads the words of time; here they are made to hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.fact.period import Frame, Mention, TimeWords, Years, find_mentions
from qjreport.model import Outline, Section, Status
from qjreport.text.patterns import compile_re

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
