"""The sentences in which a report states its main targets, and its main results: `headline` of their facts.

A sentence states the targets from words such as 主要预期目标是 on, where two numbers or more follow and its part plans,
or its own time does (今年……目标是 in a part that looks back); 完成预期目标 and 主要指标持续向好 state none. Where such
words end a paragraph with a colon, the list in the paragraphs below states them.

The main results stand at the beginning of the part that looks back: the sentences of its first paragraphs that have
two or more of the indicators of an economy as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.fact.period import Frame, TimeWords, Years, ends_by, find_mentions, is_open
from qjreport.lexicon import Lexicon
from qjreport.model import Block, Diagnostic, Fact, Outline
from qjreport.text.patterns import WordTable, compile_re
from qjreport.text.words import join_words

LEAST: Final = 2  # numbers of a statement of targets, indicators of one of results
FIRST: Final = 3  # paragraphs of a part in which its main results stand
PARTS: Final = 2  # parts that look back: on five years, and on the last; a bulletin has a dozen
OPENING: Final = 16  # characters of a sentence in which its first indicator stands
GROWTH: Final = "增长"  # of what grows: 生产总值｜增长｜目标为6%
BEFORE: Final = 12  # characters in front of the words in which they may turn
COLON: Final = ("：", ":")
YEAR: Final = 4


class HeadlineWords(WordTable):
    mark: tuple[str, ...]  # one of which stands in every statement of targets
    goal: re.Pattern[str]
    named: re.Pattern[str]  # 经济增长的｜预期目标定为｜8%
    not_set: re.Pattern[str]
    not_stated: re.Pattern[str]
    listed: tuple[str, ...]
    indicator: re.Pattern[str]


@lru_cache(maxsize=4)
def compile_headline(lexicon: Lexicon) -> HeadlineWords:
    words = lexicon.facts.headline
    kinds, goals = join_words(words.kinds), join_words(words.goals)
    return HeadlineWords(
        mark=words.goals,
        goal=compile_re(rf"{kinds}(?:性|的)?\s?{goals}{join_words(words.between)}*\s?{join_words(words.links)}"),
        named=compile_re(
            rf"(?<=\w{{2}})的?{join_words([word for word in words.kinds if word != GROWTH])}{{0,3}}性?的?{goals}"
            rf"{join_words(words.between)}{{0,2}}{join_words(words.links)}\Z"
        ),
        not_set=compile_re(rf"{join_words(words.not_set)}[^，。；：]*\Z"),
        not_stated=compile_re(join_words(words.not_stated)),
        listed=words.listed,
        indicator=compile_re(join_words(words.indicators)),
    )


def find_goal(text: str, start: int, end: int, words: HeadlineWords) -> int:
    """Where in a sentence the statement of targets begins; -1 for none."""
    for mark in words.mark:
        if text.find(mark, start, end) >= 0:
            break
    else:
        return -1
    for match in words.goal.finditer(text, start, end):
        before = text[max(start, match.start() - BEFORE) : match.start()]
        if words.not_set.search(before) is None and words.not_stated.match(text, match.end()) is None:
            return match.end()
    return -1


def goes_on(text: str, start: int, end: int, words: HeadlineWords) -> bool:
    """Whether the sentence after a statement of targets begins with another of the indicators."""
    end = min(end, start + OPENING)
    stop = text.find("。", start, end)
    end = end if stop < 0 else stop
    if words.indicator.search(text, start, end) is None:
        return False
    return not any(text.find(mark, start, end) >= 0 for mark in words.mark)


MISSED: Final = compile_re("未(?=[能达完])")


def states_goal(text: str, start: int, goal: int, frame: Frame, years: Years, words: TimeWords) -> bool:
    """Whether the targets that a sentence states are those of a time that the report plans."""
    if MISSED.search(text, start, goal):
        return False  # 未达到序时进度要求的具体目标如下：
    if frame.status == "target":
        return True
    named = [one for one in find_mentions(text, start, goal, years, frame, words) if not one.compared]
    if years.plan is None:  # news of a plan: “十五五”时期的主要目标是：
        return bool(named) and named[-1].sort == "plan" and not ends_by(named[-1].period, years.published)
    return bool(named) and (is_open(named[-1], years) or reaches(named[-1].period, years.plan))


def mark_lists(
    outline: Outline, frames: Sequence[Frame], years: Years, time: TimeWords, words: HeadlineWords
) -> list[Frame]:
    """The frames of the blocks, those of a list of targets marked so: ……主要目标是：, and the paragraphs below."""
    marked: list[Frame] = []
    listed: Frame | None = None
    section: int | None = None
    opens = False
    for block, frame in zip(outline.blocks, frames, strict=True):
        if listed is not None and not opens and (block.section != section or not is_listed(block, words)):
            listed = None
        opens = False
        marked.append(frame if listed is None else listed)
        opened = open_list(block, frame, years, time, words) if block.text.endswith(COLON) else None
        if opened is not None:
            listed, section, opens = opened, block.section, True  # the paragraph right below, whatever its mark
    return marked


def is_listed(block: Block, words: HeadlineWords) -> bool:
    return block.kind == "item" or (block.kind == "paragraph" and block.text.startswith(words.listed))


def open_list(block: Block, frame: Frame, years: Years, time: TimeWords, words: HeadlineWords) -> Frame | None:
    """What holds for the list below a block that ends with a statement of targets."""
    text = block.text
    start = text.rfind("。", 0, len(text)) + 1
    goal = find_goal(text, start, len(text), words)
    if goal < 0 or not states_goal(text, start, goal, frame, years, time):
        return None
    named = [one for one in find_mentions(text, start, goal, years, frame, time) if not one.compared]
    if named:
        return Frame(named[-1].period, "target", named[-1].rule, goal=True)
    if frame.status == "target":
        return Frame(frame.period, "target", frame.rule, frame.mixed, goal=True)
    return Frame(None if years.plan is None else str(years.plan), "target", "period.goal", goal=True)


def find_openings(outline: Outline, frames: Sequence[Frame]) -> frozenset[int]:
    """The first paragraphs of each top part that looks back, or of the text where it does without a title."""
    found: list[int] = []
    seen: dict[tuple[int, int], int] = {}
    turned = {turn.block for turn in outline.timeline.turns}
    turn = -1
    for index, (block, frame) in enumerate(zip(outline.blocks, frames, strict=True)):
        turn = index if index in turned else turn
        part = (find_top(outline, block), turn)
        if part not in seen and len(seen) == PARTS:
            continue
        if block.kind not in ("paragraph", "item") or frame.status != "actual":
            continue
        seen[part] = seen.get(part, 0) + 1
        if seen[part] <= FIRST:
            found.append(index)
    return frozenset(found)


def find_top(outline: Outline, block: Block) -> int:
    section = block.section
    while section is not None and outline.sections[section].parent is not None:
        section = outline.sections[section].parent
    return -1 if section is None else section


def mark_results(facts: list[Fact], first: int, openings: frozenset[int], words: HeadlineWords) -> None:
    """Mark those of the facts from `first` on that state main results; all are of one block."""
    if first == len(facts) or facts[first].block not in openings:
        return
    named: dict[str, set[str]] = {}
    for fact in facts[first:]:
        if fact.status == "actual" and words.indicator.search(fact.item):
            named.setdefault(fact.sentence, set()).add(fact.item)
    for at in range(first, len(facts)):
        fact = facts[at]
        if fact.status == "actual" and fact.headline is None and len(named.get(fact.sentence, ())) >= LEAST:
            facts[at] = msgspec.structs.replace(fact, headline="result")


def check_headlines(facts: Sequence[Fact], plan: int | None) -> list[Diagnostic]:
    """A word about each statement of targets that does not speak of the year, or the years, that the report plans."""
    if plan is None:
        return []
    odd = {
        (fact.block, fact.sentence): fact
        for fact in reversed(facts)
        if fact.headline == "target" and not reaches(fact.period, plan)
    }
    return [
        Diagnostic(
            code="headline-year",
            message=f"“{fact.quote}” ({fact.item}) is one of the main targets, for {fact.period or 'no time'}, "
            f"but the report plans {plan}",
        )
        for fact in reversed(odd.values())
    ]


def reaches(period: str | None, plan: int) -> bool:
    """Whether a period is the year planned, or several from about it on, or ends later."""
    return period is not None and plan <= int(period[5:] if len(period) == 2 * YEAR + 1 else period[:YEAR])
