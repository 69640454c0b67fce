"""Where the running text stands in the tree: the element that holds the report, and elements that hold chrome.

Evidence of three kinds: how many characters of running text an element holds, what content systems call the element
of a report (TRS_Editor, #zoom …), and what pages call their chrome (footer, share, related). No name decides alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from qjreport.lexicon import Lexicon
from qjreport.model import Node, Page
from qjreport.text.patterns import compile_re

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
