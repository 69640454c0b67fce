"""A sentence while it is read, one number of it, and what reading them needs.

Every number of a sentence sees what was found before it; nothing here decides anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from qjreport.fact.draft import Draft
from qjreport.fact.headline import HeadlineWords
from qjreport.fact.period import Frame, TimeWords, Timing, Years
from qjreport.fact.prose.predicate import Predicate
from qjreport.fact.prose.vocabulary import ChoiceWords, Patterns
from qjreport.fact.status import MoodWords, Settled
from qjreport.model import Diagnostic, FactKind, Quantity
from qjreport.text.patterns import WordTable


class Tools(WordTable):
    """What reading prose needs of the lexicon and of the report."""

    patterns: Patterns
    time: TimeWords
    mood: MoodWords
    headline: HeadlineWords
    part: str  # 其中
    pairs: Mapping[str, tuple[str, ...]]
    structures: Mapping[str, tuple[str, ...]]
    years: Years


class Sentence:
    """A sentence being read: its text, its numbers, and what has been found in it so far."""

    parts: int = -1  # where the drafts of parts begin, once 其中 opened a clause; -1 for no parts
    parts_listed: bool = False  # after 其中：, which a ； does not end
    outer: str = ""  # the item that waits for its number after an inner clause
    measured_at: int = -1  # the number that counts what has a measure of its own before the next number
    measured: str = ""  # the measure of what was counted last, whole: 断面达标率; its number comes next

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        breaks: list[tuple[int, int]],
        timing: Timing,
        frame: Frame,
        settled: Settled,
        plans: bool,
        title: str,
        drafts: list[Draft],
        diagnostics: list[Diagnostic],
        part_at: int,
        goal: int | None,
    ) -> None:
        self.text = text  # the whole block's
        self.start = start
        self.end = end
        self.break_starts = [at for at, _ in breaks]  # of the marks between its clauses
        self.break_ends = [at for _, at in breaks]
        self.timing = timing  # its words of time
        self.standards = [
            mention for mention in timing.mentions if mention.compared
        ]  # those that numbers are measured against: 按2010年价格
        self.frame = frame
        self.settled = settled  # what holds where neither a word of time nor one of planning stands in the sentence
        self.plans = plans  # whether there is a word of planning, or of what is done
        self.title = title
        self.drafts = drafts  # all of the block; those of this sentence from `first` on
        self.first = len(drafts)
        self.diagnostics = diagnostics
        self.taken = start  # how far the noun phrase after the last number reaches, which is no subject of the next
        self.part_at = part_at  # where 其中 stands in it first; -1 for nowhere
        self.goal = goal  # from where on it states the report's main targets

    def clause_start(self, at: int) -> int:
        place = bisect_right(self.break_ends, at)
        return self.break_ends[place - 1] if place else self.start

    def clause_before(self, at: int) -> tuple[int, int] | None:
        """The clause before the one that begins at `at`, without its mark; None where that is the sentence's first."""
        place = bisect_left(self.break_starts, at) - 1
        if place < 0:
            return None
        return self.break_ends[place - 1] if place else self.start, self.break_starts[place]

    def clause_end(self, at: int) -> int:
        place = bisect_left(self.break_starts, at)
        return self.break_starts[place] if place < len(self.break_starts) else self.end


class Number:
    """One number of a sentence with what stands around it: all that the rules of the item look at.

    A plain class, whose fields the compiled stage reads where they lie; `begin_number` of reader.py fills it.
    """

    sentence: Sentence
    quantity: Quantity
    start: int  # where it stands in the block
    end: int
    unit: str
    dimension: str | None
    follower: Quantity | None  # the next number of the sentence
    clause: int  # where its clause begins
    clause_end: int
    left: str  # the clause's text in front of it, from the number before on
    right: str  # the text after it, up to the clause's end or the next number
    predicate: Predicate
    tools: Tools
    words: ChoiceWords
    last: Draft | None  # the number before it in the sentence
    thing: bool  # it counts things, rather than measure or rank
    money: bool
    dated: str | None  # when it was, where that is said of it alone: 较1—2月（｜5%）提高
    planned: bool  # what was planned, in a bracket after what became of it: 增长5%（预期目标为8%）
    subject_text: str  # the text in front of it, predicate and starting point taken off
    subject: str  # the item that stands there
    noun: str | None  # the noun phrase after it, once that was looked for
    origin: bool  # the starting value of a change
    object_change: FactKind | None  # of the verb whose object the item is
    rules: list[str]
