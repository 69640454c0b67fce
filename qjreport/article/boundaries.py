"""Where the report begins and ends, and which lines between go: each judgement weighed by neighbours and place.

A lost paragraph is worse than a kept button: running text goes only with a reason of its own, or behind a line after
which no report goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from qjreport.article.headline import Headline
from qjreport.article.judge import Judgement, is_label
from qjreport.article.shapes import find_writer, is_closing, is_first_heading, is_junk, is_opening, is_written_date
from qjreport.lexicon import Lexicon
from qjreport.model import Node, Page
from qjreport.text.patterns import compile_re

# Where the running text stands in the tree: the element that holds the report, and elements that hold chrome.
#
# Evidence of three kinds: how many characters of running text an element holds, what content systems call the
# element of a report (TRS_Editor, #zoom …), and what pages call their chrome (footer, share, related). No name
# decides alone.

# Of an element's running text: the child that has it all but a footer's or a sidebar's few lines
OUTER_SHARE: Final = 0.9
INNER_SHARE: Final = 0.6  # … the child that paragraphs stand in, for the sake of short lines beside them
NAMED_SHARE: Final = 0.5  # a child with a report's name needs less
CHROME_SHARE: Final = 0.3  # an element with so much of the page's running text is no chrome, whatever it is called
# Elements that HTML itself sets apart; <header> and <section> hold reports as well.
CHROME_TAGS: Final = {"nav": "navigation", "footer": "footer", "aside": "related", "marquee": "notice"}

_WORD: Final = compile_re(r"[a-z]{2,}")
_NAME: Final = compile_re(r"[^\s]+")


class Tree:
    """The page's elements with the running text in them."""

    def __init__(self, page: Page, masses: Sequence[int], lexicon: Lexicon) -> None:
        nodes = page.nodes
        self.nodes = nodes
        self.lexicon = lexicon
        total = [0] * (len(nodes) + 1)  # the last one is the page itself, above all roots
        for line, mass in zip(page.lines, masses, strict=True):
            total[line.node] += mass
        self.own = total[:]
        for index in range(len(nodes) - 1, -1, -1):
            parent = nodes[index].parent
            total[parent if parent < index else -1] += total[index]
        self.total = total
        self.names: dict[tuple[str, str], str] = {}

    def find_outer(self) -> int:
        """The smallest element that holds the page's running text but for scattered lines; -1 for the page itself."""
        return self.descend(-1, OUTER_SHARE, named=False)

    def find_inner(self, outer: int) -> int:
        """Within it, the element that most paragraphs stand in."""
        return self.descend(outer, INNER_SHARE, named=True)

    def descend(self, start: int, share: float, *, named: bool) -> int:
        """Follow the child that holds that share of the running text as far down as there is one with children."""
        best = dict[int, int]()  # parent → its heaviest child
        total, nodes = self.total, self.nodes
        for index, node in enumerate(nodes):
            if total[index] and total[index] > total[best.get(node.parent, -1)] * (node.parent in best):
                best[node.parent] = index
        place = start
        while place in best:
            child = best[place]
            needed = NAMED_SHARE if named and is_report_name(nodes[child], self.lexicon) else share
            if total[child] < needed * total[place] or is_paragraph(nodes[child], self.own[child], total[child]):
                break
            place = child
        return place

    def mark_inside(self, node: int) -> list[bool]:
        """For every element whether it is `node` or stands in it."""
        inside = [node < 0] * (len(self.nodes) + 1)
        for index, entry in enumerate(self.nodes):
            parent = entry.parent
            if index == node or (parent >= 0 and inside[parent]):
                inside[index] = True
        return inside

    def mark_chrome(self) -> list[str]:
        """For every element the reason that its chrome name gives, or that of one around it."""
        reasons = [""] * (len(self.nodes) + 1)
        total, limit = self.total, CHROME_SHARE * self.total[-1]
        for index, entry in enumerate(self.nodes):
            parent = entry.parent
            reason = reasons[parent] if parent >= 0 else ""
            if not reason and total[index] <= limit:
                reason = CHROME_TAGS.get(entry.tag, "")
                classes, identity = entry.classes, entry.id
                if not reason and (classes or identity):
                    reason = chrome_reason(classes, identity, self.lexicon)
            reasons[index] = reason
        return reasons


def is_paragraph(node: Node, own: int, total: int) -> bool:
    """Whether an element is one paragraph, or an inline part of one, and no container of paragraphs."""
    return own == total and node.tag in (
        "p",
        "span",
        "font",
        "b",
        "strong",
        "li",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "a",
        "em",
    )


def is_report_name(node: Node, lexicon: Lexicon) -> bool:
    """Whether a content system calls the element of a report so.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_report_name(Node(parent=-1, tag="div", nth=1, classes="view TRS_UEDITOR"), load_lexicon())
    True
    """
    if not node.id and not node.classes:
        return False
    names = report_names(lexicon)
    return any(name in names for name in _NAME.findall(f"{node.id} {node.classes}".lower()))


@lru_cache(maxsize=8)
def report_names(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(name.lower() for name in lexicon.chrome.report_names)


@lru_cache(maxsize=4096)
def chrome_reason(classes: str, identity: str, lexicon: Lexicon) -> str:
    """Why an element of these names holds chrome; empty where they do not tell.

    >>> from qjreport.lexicon import load_lexicon
    >>> chrome_reason("rm_relevant cf", "", load_lexicon()), chrome_reason("content", "", load_lexicon())
    ('related', '')
    """
    names = lexicon.chrome.chrome_names
    for name in _NAME.findall(f"{classes} {identity}".lower()):
        if name in names:
            return names[name]
        for word in _WORD.findall(name):
            if word in names:
                return names[word]
    return ""


# What is known of every line before anything is decided: its judgement, its element, its running text.

HEAD_SHARE: Final = 0.15  # of the page's running text that may stand before a headline: kickers, a site's summary
# As much before a line that is the page's title word for word: a short report under notices of the site
FAR_SHARE: Final = 0.5


class Ground:
    """The judgements of one page's lines and where they stand in its tree."""

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
        in_outer, in_inner = tree.mark_inside(outer), tree.mark_inside(tree.find_inner(outer))
        chrome = tree.mark_chrome()
        places = [line.node for line in page.lines]
        self.in_outer = [in_outer[node] for node in places]
        self.in_inner = [in_inner[node] for node in places]
        self.last_inner = max((index for index, inside in enumerate(self.in_inner) if inside), default=len(page.lines))
        self.chrome = [chrome[node] for node in places]  # the reason that the names of elements give
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

    def parent(self, index: int) -> int:
        node = self.lines[index].node
        return self.tree.nodes[node].parent if node >= 0 else -1


# Where the report ends: the first line behind it that is the site's, its readers', or a list of other pages.

TAIL_SHARE: Final = 0.1  # of the report's running text: more than that behind an end mark, and it was none
SHORT_TAIL: Final = 80  # characters, which of a short report are more than that share: a disclaimer in words of its own
SHORT_TAIL_SHARE: Final = 0.3  # … but never more than this
LINKED_RUN: Final = 3  # links in a row behind the report: a list, nothing of the report
LEAST_COMMENTED: Final = 40  # characters of running text before the comments on it
THREAD: Final = 20  # lines, in which …
LEAST_REPLIES: Final = 2  # … so many say 回复, 赞 or 2小时前
LEAST_BARE_REPLIES: Final = 3  # … where no head says that they are comments
LONGEST_REPLY: Final = 16  # characters of such a line


class Ends(Ground):
    """Looks for the end of the report on one page."""

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
            if passed >= LEAST_COMMENTED and (self.begins_thread(index) or self.speaks_of_site(index)):
                return index
            if index > last and self.parent(index) not in kin and self.begins_list(index):
                return index
        return len(self.lines)

    def closes_page(self, index: int) -> bool:
        """Whether a line is a row of buttons below the report's own element: 【打印】【关闭】."""
        judgement = self.judgements[index]
        return index > self.last_inner and judgement.reason == "button" and judgement.sure

    def begins_thread(self, index: int) -> bool:
        """Whether comments of readers begin here, which may be longer than the report."""
        headed = self.judgements[index].reason == "comments"
        if not headed and index != self.last_inner + 1:
            return False
        words = self.lexicon.chrome.reply_words
        below = self.judgements[index + 1 : index + 1 + THREAD]
        replies = sum(
            len(line.folded) <= LONGEST_REPLY and any(word in line.folded for word in words) for line in below
        )
        return replies >= (LEAST_REPLIES if headed else LEAST_BARE_REPLIES)

    def speaks_of_site(self, index: int) -> bool:
        """Whether a sentence below the report's own element is the site's: 值班电话0999-2211033。"""
        below = index > self.last_inner and self.judgements[index].good and not self.data[index]
        return below and any(word in self.judgements[index].folded for word in self.lexicon.chrome.site_words)

    def begins_list(self, index: int) -> bool:
        run = self.judgements[index : index + LINKED_RUN]
        return len(run) == LINKED_RUN and all(judgement.linked for judgement in run)


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
