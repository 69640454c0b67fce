"""A sentence while it is read, and what reading it needs.

Every number of a sentence sees what was found before it; nothing here decides anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import Final

import msgspec

from qjreport.fact.draft import Draft
from qjreport.fact.period import Frame, Mention, TimeWords, Years
from qjreport.fact.prose.vocabulary import Patterns
from qjreport.fact.status import MoodWords
from qjreport.model import Diagnostic, Quantity

PLAIN_UNITS: Final = ("%", "‰", "个百分点", "倍", "位")


class Tools(msgspec.Struct, frozen=True, eq=False):
    """What reading prose needs of the lexicon and of the report."""

    patterns: Patterns
    time: TimeWords
    mood: MoodWords
    pairs: Mapping[str, tuple[str, str]]
    structures: Mapping[str, tuple[str, ...]]
    years: Years


class Sentence(msgspec.Struct, eq=False):
    """A sentence being read: its text, its numbers, and what has been found in it so far."""

    text: str  # the whole block's
    start: int
    end: int
    break_starts: list[int]  # of the marks between its clauses
    break_ends: list[int]
    mentions: list[Mention]
    frame: Frame
    title: str
    drafts: list[Draft]  # all of the block; those of this sentence from `first` on
    first: int
    diagnostics: list[Diagnostic]
    taken: int  # how far the noun phrase behind the last number reaches, which is no subject of the next
    outer: str  # the item that waits for its number behind an inner clause
    spent: list[int]  # where words of time begin that hold for one number alone: 由2010年的｜1264元

    def clause_start(self, at: int) -> int:
        place = bisect_right(self.break_ends, at)
        return self.break_ends[place - 1] if place else self.start

    def clause_end(self, at: int) -> int:
        place = bisect_left(self.break_starts, at)
        return self.break_starts[place] if place < len(self.break_starts) else self.end

    def last(self) -> Draft | None:
        return self.drafts[-1] if len(self.drafts) > self.first else None


def counts_things(quantity: Quantity) -> bool:
    return quantity.unit not in PLAIN_UNITS and quantity.dimension != "money"
