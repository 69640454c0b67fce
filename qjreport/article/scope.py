"""Where the report begins and ends, and which lines between go: each judgement weighed by neighbours and place.

A lost paragraph is worse than a kept button: running text goes only with a reason of its own, or behind a line after
which no report goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qjreport.article.headline import Headline
from qjreport.article.judge import Judgement, is_label
from qjreport.article.persons import find_writer
from qjreport.article.shapes import is_closing, is_junk, is_opening, is_written_date
from qjreport.article.tree import Tree
from qjreport.lexicon import Lexicon
from qjreport.model import Page

HEAD_SHARE = 0.15  # of the page's running text that may stand before a headline: kickers, a site's summary
FAR_SHARE = 0.5  # … before a line that is the page's title word for word: a short report under notices of the site
TAIL_SHARE = 0.1  # of the report's running text: more than that behind an end mark, and it was none
SHORT_TAIL = 80  # characters, which of a short report are more than that share: a disclaimer in words of its own
SHORT_TAIL_SHARE = 0.3  # … but never more than this
LINKED_RUN = 3  # links in a row behind the report: a list, nothing of the report
LONGEST_VALUE = 60  # characters of a cell of an index table
LONGEST_LINK = 40  # of a link inside the report; a longer one that ends with a full stop is a linked paragraph
LABELLED = ("", "byline", "credits")  # reasons of lines whose label may have its value on the next line


class Scope(NamedTuple):
    """The decision for every line: an empty reason keeps it."""

    reasons: list[str]
    first: int  # of the report's lines; -1 where there is no report
    last: int


class Scoper:
    """Weighs the judgements of one page."""

    def __init__(
        self, page: Page, judgements: Sequence[Judgement], data: Sequence[bool], tree: Tree, lexicon: Lexicon
    ) -> None:
        self.is_html = page.is_html
        self.lines = page.lines
        self.judgements = judgements
        self.data = data  # whether the line stands in a data table
        self.tree = tree
        self.lexicon = lexicon
        outer = tree.find_outer()
        in_outer, chrome = tree.mark(outer)
        in_inner, _ = tree.mark(tree.find_inner(outer))
        self.in_outer = [in_outer[line.node] for line in page.lines]
        self.in_inner = [in_inner[line.node] for line in page.lines]
        self.last_inner = max((index for index, inside in enumerate(self.in_inner) if inside), default=len(page.lines))
        self.chrome = [chrome[line.node] for line in page.lines]  # the reason that the names of elements give
        self.solid = [self.is_solid(index) for index in range(len(page.lines))]
        firm = any(judgement.firm for judgement in judgements)  # else titles with a comma must do
        self.masses = [
            judgement.size if solid and (judgement.firm or held or not firm) else 0
            for solid, judgement, held in zip(self.solid, judgements, data, strict=True)
        ]

    def is_solid(self, index: int) -> bool:
        """Whether a line is of the report by itself: running text or data, outside elements of chrome."""
        return (self.judgements[index].good or self.data[index]) and self.chrome[index] in ("", "navigation")

    def head_limit(self, share: float = HEAD_SHARE) -> int:
        """How many lines from the top the headline may be among, with that share of the running text passed."""
        whole = sum(mass for mass, inside in zip(self.masses, self.in_outer, strict=True) if inside)
        passed = 0
        for index, mass in enumerate(self.masses):
            if self.in_outer[index]:
                passed += mass
                if passed > share * whole:
                    return index
        return len(self.lines)

    def find_end(self, first: int) -> int:
        """The line behind the report: the first end mark with next to no running text behind it, or a list of links."""
        solid = [index for index in range(first, len(self.lines)) if self.solid[index]]
        inside = [index for index in solid if self.in_outer[index]] or solid
        whole = sum(self.masses[index] for index in inside)
        spare = max(TAIL_SHARE * whole, min(SHORT_TAIL, SHORT_TAIL_SHARE * whole))
        kin = {self.parent(index) for index in inside}
        prose = sum(self.masses[index] for index in inside if not self.data[index])
        counted, last, passed, prose_passed = frozenset(inside), inside[-1], 0, 0
        for index in range(first, len(self.lines)):
            if index in counted:
                passed += self.masses[index]
                prose_passed += self.masses[index] * (not self.data[index])
            elif self.judgements[index].ends and whole - passed <= spare and (passed or not whole):
                return index
            if prose and not prose - prose_passed and self.closes_page(index):
                return index
            if index > last and self.parent(index) not in kin and self.begins_list(index):
                return index
        return len(self.lines)

    def closes_page(self, index: int) -> bool:
        """Whether a line is a row of buttons below the report's own element: 【打印】【关闭】."""
        judgement = self.judgements[index]
        return index > self.last_inner and judgement.reason == "button" and judgement.sure

    def parent(self, index: int) -> int:
        node = self.lines[index].node
        return self.tree.nodes[node].parent if node >= 0 else -1

    def begins_list(self, index: int) -> bool:
        run = self.judgements[index : index + LINKED_RUN]
        return len(run) == LINKED_RUN and all(judgement.linked for judgement in run)

    def decide(self, headline: Headline | None) -> Scope:
        """The reason of every line; empty for those that stay."""
        count = len(self.lines)
        if headline is not None and headline.first >= 0:
            start = headline.last + 1
        else:
            start = next((index for index in range(count) if self.in_outer[index]), 0)
        body = next((index for index in range(start, count) if self.solid[index]), -1)
        if body < 0:
            return Scope([self.own_reason(index, "navigation") for index in range(count)], -1, -1)
        end = self.find_end(body)
        solid = [index for index in range(body, end) if self.solid[index]] or [body]
        last = max((i for i in solid if self.judgements[i].firm or self.data[i]), default=solid[-1])
        reasons = [self.own_reason(index, "navigation") for index in range(start)]
        reasons += self.decide_head(start, body)
        reasons += [self.decide_inside(index) for index in range(body, last + 1)]
        reasons += self.decide_tail(last + 1, end)
        region = "footer"
        for index in range(max(end, last + 1), count):
            if self.judgements[index].ends:
                region = self.judgements[index].reason
            reasons.append(self.own_reason(index, region))
        return Scope(reasons, start, end)

    def own_reason(self, index: int, region: str) -> str:
        return self.judgements[index].reason or self.chrome[index] or region

    def decide_head(self, start: int, body: int) -> list[str]:
        """Between headline and first running text: bylines, buttons, index tables go; salutation and subtitle stay."""
        reasons: list[str] = []
        is_value = False  # of a label on the line before
        for index in range(start, body):
            judgement, text = self.judgements[index], self.lines[index].text
            folded = judgement.folded
            opening = is_opening(text, folded, self.lexicon)
            label = not judgement.linked and is_label(folded, self.lexicon)
            if label:
                reason = "byline"
            elif judgement.reason:
                reason = judgement.reason
            elif is_value and len(folded) <= LONGEST_VALUE and not opening:
                reason = "byline"
            elif judgement.linked:
                reason = "navigation"
            elif find_writer(text, self.lexicon) or (
                is_written_date(folded) and not self.stays_date(index, start, reasons)
            ):
                reason = "byline"
            elif opening or is_closing(folded, self.lexicon) or (self.in_inner[index] and not is_junk(folded)):
                reason = ""
            else:
                reason = self.chrome[index] or "byline"
            reasons.append(reason)
            waits = label or (judgement.reason in LABELLED and folded.endswith(":"))
            beside = index + 1 < len(self.lines) and self.in_inner[index] == self.in_inner[index + 1]
            is_value = waits and judgement.reason in LABELLED and beside
        return reasons

    def stays_date(self, index: int, start: int, reasons: Sequence[str]) -> bool:
        """A date in words stays in the report's own element (under the signature), and goes beside a byline."""
        before = index > start and reasons[-1] == "byline" and self.in_inner[index - 1]
        behind = index + 1 < len(self.lines) and self.judgements[index + 1].byline and self.in_inner[index + 1]
        return self.in_inner[index] and not before and not behind

    def decide_inside(self, index: int) -> str:
        """Between the report's first and last running text: only what is surely chrome goes."""
        judgement = self.judgements[index]
        if self.data[index] or judgement.good:
            return "" if self.solid[index] or self.data[index] else self.chrome[index]
        if judgement.reason == "related" and not judgement.linked:  # 相关链接 may be a heading of the report
            follows = index + 1 < len(self.lines) and self.judgements[index + 1].linked
            return "related" if follows else ""
        sure = judgement.sure and (not judgement.byline or says_byline(judgement.folded, self.lexicon))
        if judgement.reason and sure:
            return judgement.reason
        if judgement.linked:
            return "" if judgement.folded.endswith("。") and len(judgement.folded) > LONGEST_LINK else "related"
        return "" if self.in_inner[index] else self.chrome[index]

    def decide_tail(self, start: int, end: int) -> list[str]:
        """Behind the last running text: signature, date and notes stay, and whatever stands in the report's element."""
        reasons: list[str] = []
        for index in range(start, end):
            judgement, text = self.judgements[index], self.lines[index].text
            folded = judgement.folded
            own = self.in_inner[index] and not is_junk(folded)
            if judgement.reason:
                reason = judgement.reason
            elif judgement.linked:
                reason = "related"
            elif find_writer(text, self.lexicon):
                reason = "byline"
            elif is_closing(folded, self.lexicon):
                reason = ""
            elif own if self.is_html else judgement.good and not any(reasons):
                reason = self.chrome[index]
            else:
                reason = self.chrome[index] or "footer"
            reasons.append(reason)
        return reasons


def says_byline(folded: str, lexicon: Lexicon) -> bool:
    """Whether a byline says more than 时间： or 地点：, which a report says too.

    >>> from qjreport.lexicon import load_lexicon
    >>> says_byline("来源:县政府办", load_lexicon()), says_byline("时间:2025年6月", load_lexicon())
    (True, False)
    """
    return any(word in folded for word in lexicon.chrome.byline_words)
