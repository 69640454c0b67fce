"""Where the report begins and ends, and which lines between go: each judgement weighed by neighbours and place.

A lost paragraph is worse than a kept button: running text goes only with a reason of its own, or behind a line after
which no report goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from qjreport.article.ends import Ends
from qjreport.article.headline import Headline
from qjreport.article.judge import is_label
from qjreport.article.persons import find_writer
from qjreport.article.shapes import is_closing, is_first_heading, is_junk, is_opening, is_written_date
from qjreport.lexicon import Lexicon

LONGEST_VALUE: Final = 60  # characters of a cell of an index table
LONGEST_LINK: Final = 40  # of a link inside the report; a longer one that ends with a full stop is a linked paragraph
LABELLED: Final = ("", "byline", "credits")  # reasons of lines whose label may have its value on the next line


class Scope(NamedTuple):
    """The decision for every line: an empty reason keeps it."""

    reasons: list[str]
    first: int  # of the report's lines; -1 where there is no report
    last: int


class Scoper(Ends):
    """Weighs the judgements of one page."""

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
            elif (
                opening
                or is_closing(folded, self.lexicon)
                or is_first_heading(folded)
                or (self.in_inner[index] and not is_junk(folded))
            ):
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
            return "" if self.is_linked_paragraph(index) else "related"
        return "" if self.in_inner[index] else self.chrome[index]

    def is_linked_paragraph(self, index: int) -> bool:
        folded = self.judgements[index].folded
        return len(folded) > LONGEST_LINK and folded.endswith("。")

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
                reason = "" if own and self.is_linked_paragraph(index) else "related"
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
