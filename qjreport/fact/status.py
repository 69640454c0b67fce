"""Whether a fact is a result or a target: from its clause, its sentence, its part of the report."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import msgspec

from qjreport.fact.period import Frame, Years
from qjreport.lexicon import Lexicon
from qjreport.model import Status
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words


class MoodWords(msgspec.Struct, frozen=True, eq=False):
    target: re.Pattern[str]
    strong: re.Pattern[str]
    done: re.Pattern[str]
    any: re.Pattern[str]


@lru_cache(maxsize=4)
def compile_mood(lexicon: Lexicon) -> MoodWords:
    mood = lexicon.facts.mood
    return MoodWords(
        target=compile_re(join_words(mood.target)),
        strong=compile_re(join_words(mood.strong_target)),
        done=compile_re(join_words(mood.done)),
        any=compile_re(join_words((*mood.target, *mood.strong_target, *mood.done))),
    )


class Settled(NamedTuple):
    """Period and status of every number of which the sentence itself says neither."""

    period: str | None
    period_rule: str
    status: Status
    status_rule: str


def settle(frame: Frame, years: Years, words: MoodWords) -> Settled:
    """What the paragraph and its headings say."""
    status, rule = read_status("", frame.period, False, frame, years, words)
    return Settled(frame.period, frame.rule or "period.none", status, rule)


def read_status(
    before: str, period: str | None, said: bool, frame: Frame, years: Years, words: MoodWords
) -> tuple[Status, str]:
    """The status and the rule that gave it; `before` is the sentence up to the number, `said` whether the
    sentence itself names the period.

    A year that lies ahead is a target; one that is over is a result, even in a part that plans.
    """
    year = read_last_year(period) if period else None
    if year is not None and years.review is not None:
        ahead = frame.status == "target" or (frame.status is None and words.target.search(before))
        if year > years.review and ahead and years.plan is not None:
            return "target", "status.year_ahead"
        if year <= years.review and frame.status == "target" and (said or words.done.search(before)):
            return "actual", "status.year_past"
    if frame.status == "actual" and year is not None and year > max(years.review or 0, years.published or 0, 1):
        ahead = years.published is not None or words.target.search(before)
        if ahead and year > (years.plan or 0):
            return "target", "status.year_ahead"
    if frame.status != "target" and words.strong.search(before):
        return "target", "status.word"
    if frame.status is not None:
        return frame.status, "status.heading"
    return "actual", "status.default"


@lru_cache(maxsize=256)
def read_last_year(period: str) -> int:
    """The year in which a period ends: 2024, 2021-2025, 2024-01/2024-06."""
    return int(period[-4:]) if period[-4:].isdigit() else int(period[:4])
