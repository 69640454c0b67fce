"""Where the report begins and ends on a page, and which lines in between go.

judge.py has said of each line what it looks like alone; here its place counts, in this order:

1. `Tree`: the smallest element that holds the page's running text, the element in it that most paragraphs stand in, and
   the elements that are chrome by their names. Evidence of three kinds: how much running text an element holds, what
   content systems call the element of a report (TRS_Editor, #zoom …), what pages call their chrome (footer, share …).
   No name decides alone.
2. `Evidence`: what is known of every line before anything is decided: its judgement and its place in the tree.
3. `find_end`: the report begins after the headline (headline.py) and ends before the first line that is the site's,
   its readers', or a list of other pages.
4. `find_coda`: a page hangs blocks on to the text that no element parts from it: 您看完这篇文章的心情, 一周排行,
   扫描上方二维码, a form for comments, a notice of copyright with numbered clauses. Their lines look like the report's:
   items, headings, sentences. No word alone tells; what each line has adds up (`weigh_line`). For such a block speak
   words that open one, words of a site about itself or to its reader, the shape of a vote, links, numbers alone, titles
   without a stop; against it speak sentences, figures with a unit, signatures, dates and notes. A block begins at a
   line that opens one, and is taken from there to the end of the element where the sum is high enough and little of
   the report's text is lost.
5. `decide_lines`: the lines in five regions, each with rules of its own: above the headline all go; down to the first
   running text bylines, buttons and index tables go; among the running text only what is surely chrome goes; after it
   signature, date and notes stay; after the end all go.

A lost paragraph is worse than a kept button: running text goes only with a reason of its own, or after a line after
which no report goes on. Copies, ornaments and hidden parts are for prune.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from qjreport.article.headline import Headline
from qjreport.article.judge import Judgement, is_label
from qjreport.article.labels import find_signed, find_writer
from qjreport.article.phrases import strip_ornaments
from qjreport.article.shapes import is_closing, is_first_heading, is_junk, is_opening, is_written_date
from qjreport.lexicon import Lexicon
from qjreport.model import Node, Page
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import join_words

# Shares of an element's running text, from which on its heaviest child is gone into.
OUTER_SHARE: Final = 0.9  # the child has all of it but a footer's or a sidebar's few lines
INNER_SHARE: Final = 0.6  # the child has most paragraphs; short lines may stand beside it
NAMED_SHARE: Final = 0.5  # the child has a report's name
CHROME_SHARE: Final = 0.3  # an element with so much of the page's running text is no chrome, whatever it is called
# Elements that HTML itself sets apart; <header> and <section> hold reports as well.
CHROME_TAGS: Final = {"nav": "navigation", "footer": "footer", "aside": "related", "marquee": "notice"}
# Elements that are a paragraph, or an inline part of one, where all their text is their own.
PARAGRAPH_TAGS: Final = ("p", "span", "font", "b", "strong", "li", "dd", "h1", "h2", "h3", "h4", "a", "em")


class Tree:
    """The page's elements with the running text in them."""

    def __init__(self, page: Page, masses: Sequence[int], lexicon: Lexicon) -> None:
        nodes = page.nodes
        self.nodes = nodes
        self.parents = [node.parent for node in nodes]
        self.lexicon = lexicon
        total = [0] * (len(nodes) + 1)  # the last one is the page itself, above all roots
        for line, mass in zip(page.lines, masses, strict=True):
            if mass:
                total[line.node] += mass
        self.own = total[:]
        for index in range(len(nodes) - 1, -1, -1):
            mass = total[index]
            if mass:
                parent = self.parents[index]
                total[parent if parent < index else -1] += mass
        self.total = total
        self.heaviest = self.find_heaviest()

    def find_outer(self) -> int:
        """The smallest element that holds the page's running text but for scattered lines; -1 for the page itself."""
        return self.descend(-1, OUTER_SHARE, named=False)

    def find_inner(self, outer: int) -> int:
        """Within it, the element that most paragraphs stand in."""
        return self.descend(outer, INNER_SHARE, named=True)

    def find_heaviest(self) -> dict[int, int]:
        """For every element with running text in its children the one that has most."""
        best = dict[int, int]()
        for index, mass in enumerate(self.total[:-1]):
            if mass:
                parent = self.parents[index]
                held = best.get(parent, -1)
                if held < 0 or mass > self.total[held]:
                    best[parent] = index
        return best

    def descend(self, start: int, share: float, *, named: bool) -> int:
        """Follow the child that holds that share of the running text as far down as there is one with children."""
        best, total, nodes = self.heaviest, self.total, self.nodes
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
        for index, parent in enumerate(self.parents):
            if index == node or (parent >= 0 and inside[parent]):
                inside[index] = True
        return inside

    def mark_chrome(self) -> list[str]:
        """For every element the reason that its chrome name gives, or that of one around it."""
        reasons = [""] * (len(self.nodes) + 1)
        total, limit = self.total, CHROME_SHARE * self.total[-1]
        for index, parent in enumerate(self.parents):
            reason = reasons[parent] if parent >= 0 else ""
            if not reason and total[index] <= limit:
                entry = self.nodes[index]
                reason = CHROME_TAGS.get(entry.tag, "")
                classes, identity = entry.classes, entry.id
                if not reason and (classes or identity):
                    reason = chrome_reason(classes, identity, self.lexicon)
            reasons[index] = reason
        return reasons


def is_paragraph(node: Node, own: int, total: int) -> bool:
    """Whether an element is one paragraph, or an inline part of one, and no container of paragraphs."""
    return own == total and node.tag in PARAGRAPH_TAGS


_WORD: Final = compile_re(r"[a-z]{2,}")
_NAME: Final = compile_re(r"[^\s]+")


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


class Evidence:
    """What is known of every line of a page before anything is decided; each list has an element for each line."""

    def __init__(
        self, page: Page, judgements: list[Judgement], data: Sequence[bool], tree: Tree, lexicon: Lexicon
    ) -> None:
        self.is_html = page.is_html
        self.lines = page.lines
        self.judgements = judgements
        self.data = data  # whether the line stands in a data table
        self.tree = tree
        self.lexicon = lexicon
        outer = tree.find_outer()
        in_outer, in_inner = tree.mark_inside(outer), tree.mark_inside(tree.find_inner(outer))
        self.around = tree.nodes[outer].parent if outer >= 0 else -1  # the element around it
        chrome = tree.mark_chrome()
        nodes = [line.node for line in page.lines]
        self.in_outer = [in_outer[node] for node in nodes]
        self.in_inner = [in_inner[node] for node in nodes]
        self.last_inner = max((index for index, inside in enumerate(self.in_inner) if inside), default=len(page.lines))
        self.chrome = [chrome[node] for node in nodes]  # the reason that the names of elements give
        self.solid = [  # of the report by itself: running text or data, outside elements of chrome
            (judgement.good or held) and reason in ("", "navigation")
            for judgement, held, reason in zip(judgements, data, self.chrome, strict=True)
        ]
        firm = any(judgement.firm for judgement in judgements)  # else titles with a comma must do
        self.masses = [  # characters of the report's running text
            judgement.size if solid and (judgement.firm or held or not firm) else 0
            for solid, judgement, held in zip(self.solid, judgements, data, strict=True)
        ]

    def find_parent(self, index: int) -> int:
        """The element around the line's own; -1 for the page itself."""
        node = self.lines[index].node
        return self.tree.nodes[node].parent if node >= 0 else -1

    def is_beside(self, index: int) -> bool:
        """Whether a line stands in an element beside the report's, at most one further down than the report's own."""
        node = self.lines[index].node
        for _ in range(3):
            if node < 0:
                break
            node = self.tree.nodes[node].parent
            if node == self.around:
                return True
        return False

    def find_reason(self, index: int, region: str) -> str:
        """Why a line outside the report goes: by itself, by its element, or by the region that it stands in."""
        return self.judgements[index].reason or self.chrome[index] or region

    def is_linked_paragraph(self, index: int) -> bool:
        folded = self.judgements[index].folded
        return len(folded) > LONGEST_LINK and folded.endswith("。")


LONGEST_LINK: Final = 40  # of a link inside the report; a longer one that ends with a full stop is a linked paragraph

HEAD_SHARE: Final = 0.15  # of the page's running text that may stand before a headline: kickers, a site's summary
# As much before a line that is the page's title word for word: a short report under notices of the site
FAR_SHARE: Final = 0.5


def limit_head(evidence: Evidence, share: float = HEAD_SHARE) -> int:
    """How many lines from the top the headline may be among, with that share of the running text passed."""
    whole = sum(mass for mass, inside in zip(evidence.masses, evidence.in_outer, strict=True) if inside)
    passed = 0
    for index, mass in enumerate(evidence.masses):
        if evidence.in_outer[index]:
            passed += mass
            if passed > share * whole:
                return index
    return len(evidence.lines)


TAIL_SHARE: Final = 0.1  # of the report's running text: more than that after an end mark, and it was none
SHORT_TAIL: Final = 80  # characters, which of a short report are more than that share: a disclaimer in words of its own
SHORT_TAIL_SHARE: Final = 0.3  # … but never more than this
LEAST_COMMENTED: Final = 40  # characters of running text before the comments on it


def find_end(evidence: Evidence, first: int) -> int:
    """The line after the report: the first end mark with next to no running text after it, or a list of links."""
    masses, data, count = evidence.masses, evidence.data, len(evidence.lines)
    solid = [index for index in range(first, count) if evidence.solid[index]]
    inside = [index for index in solid if evidence.in_outer[index]] or solid
    whole = sum(masses[index] for index in inside)
    spare = max(TAIL_SHARE * whole, min(SHORT_TAIL, SHORT_TAIL_SHARE * whole))
    kin = {evidence.find_parent(index) for index in inside}
    prose = sum(masses[index] for index in inside if not data[index])
    counted, last, passed, prose_passed = frozenset(inside), inside[-1], 0, 0
    summaries = find_summaries(evidence, inside)
    for index in range(first, count):
        if index in counted:
            passed += masses[index]
            prose_passed += masses[index] * (not data[index])
        elif ends_here(evidence, index, spare if passed or not whole else -1, whole - passed):
            return index
        if prose and not prose - prose_passed and closes_page(evidence, index):
            return index
        if passed >= LEAST_COMMENTED and (begins_thread(evidence, index) or speaks_of_site(evidence, index)):
            return index
        if passed >= LEAST_COMMENTED and index == summaries:
            return index
        if index > last and evidence.find_parent(index) not in kin and begins_list(evidence, index):
            return index
    return count


SIGNED_WITHIN: Final = 8  # lines from whom to call to the signature of a document


def ends_here(evidence: Evidence, index: int, spare: float, left: int) -> bool:
    """Whether the report ends before a line after which no report goes on, with no more of its text left than spare."""
    return evidence.judgements[index].ends and left <= spare and not is_signed_contact(evidence, index)


LEAST_LINK: Final = 6  # characters of the title of another page


def find_summaries(evidence: Evidence, inside: Sequence[int]) -> int:
    """The line such as 为您推荐 that stands over other pages, all text below it beside the link that it sums up.

    The elements around such a summary hold none of the report's paragraphs. Without such a line, the number of lines.
    """
    judgements, count = evidence.judgements, len(evidence.lines)

    def sums_up(place: int) -> bool:
        return any(is_title_link(judgements[beside]) for beside in (place - 1, place + 1) if 0 <= beside < count)

    plain = next((place for place in reversed(inside) if not sums_up(place)), count)
    marks = (index for index in range(plain + 1, inside[-1]) if judgements[index].ends)
    mark = next((index for index in marks if judgements[index].reason == "related"), count)
    own = {evidence.find_parent(place) for place in inside if place < mark}
    apart = all(evidence.find_parent(place) not in own for place in inside if place > mark)
    return mark if apart else count


def is_title_link(judgement: Judgement) -> bool:
    return judgement.linked and len(judgement.folded) >= LEAST_LINK


def is_signed_contact(evidence: Evidence, index: int) -> bool:
    """Whether a line says whom to call about a document that is signed and dated below it: 联系电话：…"""
    if evidence.judgements[index].reason != "footer" or not evidence.in_inner[index] or not evidence.is_html:
        return False
    for place in range(index + 1, min(index + 1 + SIGNED_WITHIN, len(evidence.lines))):
        folded = evidence.judgements[place].folded
        if evidence.in_inner[place] and "年" in folded and is_written_date(folded):
            return True
    return False


def closes_page(evidence: Evidence, index: int) -> bool:
    """Whether a line is a row of buttons below the report's own element: 【打印】【关闭】."""
    judgement = evidence.judgements[index]
    return index > evidence.last_inner and judgement.reason == "button" and judgement.sure


THREAD: Final = 20  # lines, in which …
LEAST_REPLIES: Final = 2  # … so many say 回复, 赞 or 2小时前
LEAST_BARE_REPLIES: Final = 3  # … where no head says that they are comments
LONGEST_REPLY: Final = 16  # characters of such a line


def begins_thread(evidence: Evidence, index: int) -> bool:
    """Whether comments of readers begin here, which may be longer than the report."""
    headed = evidence.judgements[index].reason == "comments" or is_thread_head(evidence, index)
    if not headed and index != evidence.last_inner + 1:
        return False
    words = evidence.lexicon.chrome.reply_words
    below = evidence.judgements[index + 1 : index + 1 + THREAD]
    replies = sum(len(line.folded) <= LONGEST_REPLY and any(word in line.folded for word in words) for line in below)
    return replies >= (LEAST_REPLIES if headed else LEAST_BARE_REPLIES)


def is_thread_head(evidence: Evidence, index: int) -> bool:
    """Whether a line that may be a button (网友评论) says as much as the head of a thread."""
    judgement = evidence.judgements[index]
    if judgement.reason != "button":  # asked first: a paragraph is not folded for it
        return False
    return strip_ornaments(judgement.folded) in list_thread_heads(evidence.lexicon)


@lru_cache(maxsize=8)
def list_thread_heads(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(
        [word for phrase in lexicon.chrome.phrases if phrase.reason == "comments" for word in phrase.words]
    )


def speaks_of_site(evidence: Evidence, index: int) -> bool:
    """Whether a sentence below the report's own element is the site's: 值班电话0999-2211033。"""
    judgement = evidence.judgements[index]
    below = index > evidence.last_inner and judgement.good and not evidence.data[index]
    return below and any(word in judgement.folded for word in evidence.lexicon.chrome.site_words)


LINKED_RUN: Final = 3  # links in a row after the report: a list, nothing of the report


def begins_list(evidence: Evidence, index: int) -> bool:
    run = evidence.judgements[index : index + LINKED_RUN]
    return len(run) == LINKED_RUN and all(judgement.linked for judgement in run)


# What speaks for a line of such a block and against it.
CODA_WEIGHTS: Final = {
    "opens a block of the site": 3,
    "a vote": 3,
    "known as chrome": 2,
    "speaks of the site or to its reader": 2,
    "a link": 2,
    "a number alone": 1,
    "a numbered line": 1,
    "a title without a stop": 1,
    "a sentence": -2,
    "figures with a unit": -1,
    "signature, date or note": -4,
    "data": -6,
}
CODA_ENOUGH: Final = 4
MOST_LOST: Final = 0.25  # of the report's running text, which a block may have; more of it, and it is the report's
SHORT_BLOCK: Final = 160  # characters of it that it may have in any case
LONGEST_LINE: Final = 200  # characters; a longer line is the report's


def find_coda(evidence: Evidence, first: int, end: int) -> int:
    """The line with which such a block begins; `end` where there is none.

    Of the lines that open one, the first from which on the pieces of all lines sum up to enough.
    """
    whole = sum(evidence.masses[first:end])
    total = lost = 0
    best = end
    for index in range(end - 1, first - 1, -1):
        if is_settled(evidence, index):
            continue
        pieces = weigh_line(evidence, index)
        total += sum(CODA_WEIGHTS[piece] for piece in pieces)
        lost += evidence.masses[index]
        if total < 0 or lost > max(MOST_LOST * whole, SHORT_BLOCK) or lost >= whole:
            break
        opens = "opens a block of the site" in pieces or "a vote" in pieces
        if opens and total >= CODA_ENOUGH:
            best = index
    return best


# What speaks for a line outside the report's element that it is the report's last paragraph, left without a full stop.
LAST_WEIGHTS: Final = {
    "commas": 1,
    "long": 1,
    "figures with a unit": 1,
    "tag of the paragraphs": 1,
    "beside the report": 1,
    "speaks of the site or to its reader": -3,
}
LAST_ENOUGH: Final = 4
LONG_LAST: Final = 30  # characters


def ends_text(evidence: Evidence, index: int, last: int) -> bool:
    """Whether a line after the last running text `last` is a paragraph of the report without a full stop."""
    nodes, line = evidence.tree.nodes, evidence.lines[index]
    folded = evidence.judgements[index].folded
    pieces = ["commas"] if evidence.judgements[index].good else []
    if len(folded) >= LONG_LAST:
        pieces.append("long")
    if _UNIT.search(folded):
        pieces.append("figures with a unit")
    before = evidence.lines[last].node
    if min(line.node, before) >= 0 and nodes[line.node].tag == nodes[before].tag:
        pieces.append("tag of the paragraphs")
    if evidence.is_beside(index):
        pieces.append("beside the report")
    if site_pattern(evidence.lexicon).search(folded):
        pieces.append("speaks of the site or to its reader")
    return sum(LAST_WEIGHTS[piece] for piece in pieces) >= LAST_ENOUGH


def is_settled(evidence: Evidence, index: int) -> bool:
    """Whether a line goes in any case: it says nothing of the lines around it."""
    return evidence.judgements[index].reason in ("hidden", "byline", "credits", "button", "ornament", "edition")


_NUMBERED: Final = compile_re(r"[（(]?\d{1,2}[)）.、．:：\s]\s*\D")
_NUMBER: Final = compile_re(r"\d{1,3}[.、]?")
_UNIT: Final = compile_regex(r"\d(?:\p{Han}|%)")


def weigh_line(evidence: Evidence, index: int) -> list[str]:
    """The pieces of evidence that a line has, by their names."""
    judgement, lexicon = evidence.judgements[index], evidence.lexicon
    folded = judgement.folded
    if evidence.data[index]:
        return ["data"]
    if len(folded) > LONGEST_LINE:
        return ["a sentence", "a sentence"]
    bare = strip_ornaments(folded).lower()
    pieces = []
    opening = opening_pattern(lexicon)
    if opening.match(bare) or (bare != folded and opening.match(folded)):
        pieces.append("opens a block of the site")
    if vote_pattern(lexicon).fullmatch(bare) or is_counted_mood(evidence, index, bare):
        pieces.append("a vote")
    if judgement.reason:
        pieces.append("known as chrome")
    if site_pattern(lexicon).search(folded):
        pieces.append("speaks of the site or to its reader")
    if not pieces and is_closing(folded, lexicon):
        return ["signature, date or note"]
    return pieces + weigh_shape(judgement, folded)


def is_counted_mood(evidence: Evidence, index: int, bare: str) -> bool:
    """Whether a line is a mood whose count stands on the next line: 开心, below it 0."""
    below = evidence.judgements[index + 1].folded if index + 1 < len(evidence.lines) else ""
    return bare in evidence.lexicon.chrome.moods and below.isdigit()


def weigh_shape(judgement: Judgement, folded: str) -> list[str]:
    """What a line's shape tells."""
    pieces = []
    if judgement.linked:
        pieces.append("a link")
    if _NUMBER.fullmatch(folded):
        pieces.append("a number alone")
    elif _NUMBERED.match(judgement.text):
        pieces.append("a numbered line")
    if judgement.firm:
        pieces.append("a sentence")
    elif not judgement.firm and len(folded) > 1 and not judgement.linked:
        pieces.append("a title without a stop")
    if not judgement.linked and _UNIT.search(folded):
        pieces.append("figures with a unit")
    return pieces


@lru_cache(maxsize=8)
def opening_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.chrome
    notice = rf".{{0,8}}?{join_words(words.coda_notices)}.{{0,4}}?{join_words(words.coda_notice_ends)}\W*$"
    return compile_re(rf"(?:.{{0,8}}?{join_words(words.coda_heads)}|{join_words(words.coda_openings)}|{notice})")


@lru_cache(maxsize=8)
def site_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(join_words(lexicon.chrome.coda_words))


@lru_cache(maxsize=8)
def vote_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """Moods with their counts: 开心0, 感动3愤怒0."""
    return compile_regex(rf"(?:{join_words(lexicon.chrome.moods)}[(\[]?\d{{1,6}}[)\]]?[票人次%]?)+")


class Decision(NamedTuple):
    """What becomes of every line: an empty reason keeps it."""

    reasons: list[str]
    first: int  # of the report's lines; -1 where there is no report
    body: int = -1  # the first running text
    last: int = -1  # the last
    end: int = -1  # the line after the report


def decide_lines(evidence: Evidence, headline: Headline | None) -> Decision:
    """The reason of every line, region by region from the top."""
    count = len(evidence.lines)
    if headline is not None and headline.first >= 0:
        start = headline.last + 1
    else:
        start = next((index for index in range(count) if evidence.in_outer[index]), 0)
    body = next((index for index in range(start, count) if evidence.solid[index]), -1)
    if body < 0:
        return Decision([evidence.find_reason(index, "navigation") for index in range(count)], -1)
    end = find_end(evidence, body)
    end = find_coda(evidence, body, end)
    solid = [index for index in range(body, end) if evidence.solid[index]] or [body]
    last = max((i for i in solid if evidence.judgements[i].firm or evidence.data[i]), default=solid[-1])
    reasons = [evidence.find_reason(index, "navigation") for index in range(start)]
    reasons += decide_head(evidence, start, body)
    reasons += [decide_inside(evidence, index) for index in range(body, last + 1)]
    reasons += decide_tail(evidence, body, last + 1, end)
    region = "related" if end < count and not evidence.judgements[end].reason else "footer"
    for index in range(max(end, last + 1), count):
        if evidence.judgements[index].ends:
            region = evidence.judgements[index].reason
        reasons.append(evidence.find_reason(index, region))
    return Decision(reasons, start, body, last, end)


LONGEST_VALUE: Final = 60  # characters of a cell of an index table
LABELLED: Final = ("", "byline", "credits")  # reasons of lines whose label may have its value on the next line


def decide_head(evidence: Evidence, start: int, body: int) -> list[str]:
    """Between headline and first running text: bylines, buttons, index tables go; salutation and subtitle stay."""
    reasons: list[str] = []
    is_value = False  # of a label on the line before
    for index in range(start, body):
        judgement = evidence.judgements[index]
        folded = judgement.folded
        label = not judgement.linked and is_label(folded, evidence.lexicon)
        reasons.append("byline" if label else decide_head_line(evidence, index, start, reasons, is_value=is_value))
        waits = label or (judgement.reason in LABELLED and folded.endswith(":") and len(folded) <= LONGEST_LABEL)
        beside = index + 1 < len(evidence.lines) and evidence.in_inner[index] == evidence.in_inner[index + 1]
        is_value = waits and judgement.reason in LABELLED and beside
    return reasons


LONGEST_LABEL: Final = 12  # characters of a label that no list knows; longer lines with a colon introduce something


def is_plain_value(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line may be the value of the label above it, and is no line that introduces another, and no heading."""
    return len(folded) <= LONGEST_VALUE and not folded.endswith(":") and not is_first_heading(folded, lexicon)


def decide_head_line(evidence: Evidence, index: int, start: int, above: Sequence[str], *, is_value: bool) -> str:
    """One such line that is no label; `above` has the reasons of those from `start` on that stand above it."""
    judgement, text, lexicon = evidence.judgements[index], evidence.lines[index].text, evidence.lexicon
    folded = judgement.folded
    if judgement.reason:
        return judgement.reason
    opening = is_opening(text, folded, lexicon)
    if is_value and is_plain_value(folded, lexicon) and not opening:
        return "byline"
    if judgement.linked:
        return "navigation"
    if find_writer(text, lexicon) or find_signed(text, lexicon):
        return "byline"
    if is_written_date(folded) and not stays_date(evidence, index, start, above):
        return "byline"
    own = evidence.in_inner[index] and not is_junk(folded)
    if opening or own or is_closing(folded, lexicon) or is_first_heading(folded, lexicon):
        return ""
    return evidence.chrome[index] or "byline"


def stays_date(evidence: Evidence, index: int, start: int, above: Sequence[str]) -> bool:
    """A date in words stays in the report's own element (under the signature), and goes beside a byline."""
    inner = evidence.in_inner
    before = index > start and above[-1] == "byline" and inner[index - 1]
    after = index + 1 < len(evidence.lines) and evidence.judgements[index + 1].byline and inner[index + 1]
    return inner[index] and not before and not after


def decide_inside(evidence: Evidence, index: int) -> str:
    """Between the report's first and last running text: only what is surely chrome goes."""
    judgement = evidence.judgements[index]
    if evidence.data[index] or judgement.good:
        return "" if evidence.solid[index] or evidence.data[index] else evidence.chrome[index]
    if judgement.reason == "related" and not judgement.linked:  # 相关链接 may be a heading of the report
        follows = index + 1 < len(evidence.lines) and evidence.judgements[index + 1].linked
        return "related" if follows else ""
    sure = judgement.sure and (not judgement.byline or says_byline(judgement.folded, evidence.lexicon))
    if judgement.reason and sure:
        return judgement.reason
    if judgement.linked:
        return "" if evidence.is_linked_paragraph(index) else "related"
    return "" if evidence.in_inner[index] else evidence.chrome[index]


def says_byline(folded: str, lexicon: Lexicon) -> bool:
    """Whether a byline says more than 时间： or 地点：, which a report says too.

    >>> from qjreport.lexicon import load_lexicon
    >>> says_byline("来源:县政府办", load_lexicon()), says_byline("时间:2025年6月", load_lexicon())
    (True, False)
    """
    return any(word in folded for word in lexicon.chrome.byline_words)


def decide_tail(evidence: Evidence, body: int, start: int, end: int) -> list[str]:
    """After the last running text: signature, date and notes stay, and whatever stands in the report's element."""
    reasons: list[str] = []
    kept_labels = list_kept_labels(evidence, body, start)
    for index in range(start, end):
        judgement, text = evidence.judgements[index], evidence.lines[index].text
        folded = judgement.folded
        own = evidence.in_inner[index] and not is_junk(folded)
        if judgement.reason:
            kept = is_signed_contact(evidence, index) or (judgement.byline and name_label(folded) in kept_labels)
            reason = "" if kept else judgement.reason
        elif judgement.linked:
            reason = "" if own and evidence.is_linked_paragraph(index) else "related"
        elif find_writer(text, evidence.lexicon):
            reason = "byline"
        elif is_closing(folded, evidence.lexicon):
            reason = ""
        elif evidence.is_html and not judgement.firm and speaks_to_reader(evidence, index):
            reason = "related"
        elif (own and evidence.is_html) or (not any(reasons) and goes_on(evidence, index, start - 1)):
            reason = evidence.chrome[index]
        else:
            reason = evidence.chrome[index] or "footer"
        reasons.append(reason)
    return reasons


def name_label(folded: str) -> str:
    return folded.partition(":")[0]


def list_kept_labels(evidence: Evidence, body: int, end: int) -> frozenset[str]:
    """What labels stand among the running text, lines of the report's own: 责任单位 under each of its tasks."""
    lines = evidence.judgements[body:end]
    return frozenset(
        [name_label(line.folded) for line in lines if line.byline and not says_byline(line.folded, evidence.lexicon)]
    )


LONGEST_ADDRESS: Final = 30  # characters of a line to the reader


def speaks_to_reader(evidence: Evidence, index: int) -> bool:
    """Whether a line after the report, short and without a stop, is the site's: 已有3人发表了评论."""
    judgement = evidence.judgements[index]
    if len(judgement.folded) > LONGEST_ADDRESS or judgement.good:
        return False
    below = evidence.judgements[index + 1 : index + 3]
    if any(is_written_date(line.folded) or is_closing(line.folded, evidence.lexicon) for line in below):
        return False  # a line above the signature is the report's
    pieces = weigh_line(evidence, index)
    return "a title without a stop" in pieces and sum(CODA_WEIGHTS[piece] for piece in pieces) >= READER_ENOUGH


READER_ENOUGH: Final = 3
SENTENCE_ENDS: Final = ("。", "!")  # of however short a line: 特此汇报。 谢谢大家！


def goes_on(evidence: Evidence, index: int, last: int) -> bool:
    """Whether a line goes on with the text whose last running text is `last`, though it ends as titles do."""
    if evidence.is_html:
        return ends_text(evidence, index, last)
    judgement = evidence.judgements[index]
    return judgement.good or judgement.folded.endswith(SENTENCE_ENDS)
