"""What stands after the report in the report's own element and is not the report's: votes, rankings, forms, notices.

A page hangs blocks on to the text that no element parts from it: 您看完这篇文章的心情, 一周排行, 扫描上方二维码, a form
for comments, a notice of copyright with numbered clauses. Their lines look like the report's: items, headings,
sentences. No word alone tells; what each line has adds up (`weigh_line`). For such a block speak words that open one,
words of a site about itself or to its reader, the shape of a vote, links, numbers alone, titles without a stop; against
it speak sentences, figures with a unit, signatures, dates and notes. A block begins at a line that opens one, and is
taken from there to the end of the element where the sum is high enough and little of the report's text is lost
(`find_coda`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import regex

from qjreport.article.judge import Judgement
from qjreport.article.phrases import ORNAMENTS
from qjreport.article.shapes import is_closing
from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import join_words

if TYPE_CHECKING:
    from qjreport.article.boundaries import Evidence

# What speaks for a line of such a block and against it.
WEIGHTS: Final = {
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
ENOUGH: Final = 4
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
        total += sum(WEIGHTS[piece] for piece in pieces)
        lost += evidence.masses[index]
        if total < 0 or lost > max(MOST_LOST * whole, SHORT_BLOCK) or lost >= whole:
            break
        opens = "opens a block of the site" in pieces or "a vote" in pieces
        if opens and total >= ENOUGH:
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
LONG: Final = 30  # characters


def ends_text(evidence: Evidence, index: int, last: int) -> bool:
    """Whether a line after the last running text `last` is a paragraph of the report without a full stop."""
    nodes, line = evidence.tree.nodes, evidence.lines[index]
    folded = evidence.judgements[index].folded
    pieces = ["commas"] if evidence.judgements[index].good else []
    if len(folded) >= LONG:
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
    bare = folded.strip(ORNAMENTS).lower()
    pieces = []
    if opening_pattern(lexicon).match(bare):
        pieces.append("opens a block of the site")
    if vote_pattern(lexicon).fullmatch(bare):
        pieces.append("a vote")
    if judgement.reason:
        pieces.append("known as chrome")
    if site_pattern(lexicon).search(folded):
        pieces.append("speaks of the site or to its reader")
    if not pieces and is_closing(folded, lexicon):
        return ["signature, date or note"]
    return pieces + weigh_shape(judgement, folded)


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
    return compile_re(
        rf"(?:.{{0,8}}?{join_words(lexicon.chrome.coda_heads)}|{join_words(lexicon.chrome.coda_openings)})"
    )


@lru_cache(maxsize=8)
def site_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(join_words(lexicon.chrome.coda_words))


@lru_cache(maxsize=8)
def vote_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """Moods with their counts: 开心0, 感动3愤怒0."""
    return compile_regex(rf"(?:{join_words(lexicon.chrome.moods)}[(\[]?\d{{1,6}}[)\]]?[票人次%]?)+")
