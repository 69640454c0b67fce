"""Hidden text that is the report's: a page that shows its report by script, or the rest of it at a click.

What is hidden and stands on the page as well is a copy, for printing or in large type; a hidden sentence or two are
a summary for sharing. Neither is told here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.article.judge import Judgement
from qjreport.article.tree import Tree
from qjreport.model import Line, Page

HIDDEN_TIMES: Final = 5  # as much running text hidden as visible: the report waits for a script to show it
LEAST_HIDDEN: Final = 100  # characters
LEAST_FOLDED: Final = 2  # hidden paragraphs: one may be a summary for sharing
LEAST_FOLDED_SIZE: Final = 50  # characters of them
LONGEST_HEADING: Final = 40  # characters of the visible line that a part opens under
OPENING: Final = 20  # characters by which a hidden paragraph is found among the visible ones


def is_hidden_report(page: Page, judgements: list[Judgement]) -> bool:
    """Whether nearly all running text is hidden: a page that shows its report by script."""
    hidden = sum(len(line.text) for line in page.lines if line.hidden and "。" in line.text)
    seen = sum(judgement.size for judgement in judgements if judgement.good)
    return hidden >= LEAST_HIDDEN and hidden > HIDDEN_TIMES * seen


def find_folded_part(page: Page, judgements: Sequence[Judgement], tree: Tree) -> list[int]:
    """Lines of hidden elements that go on with the report: 展开全文, parts that open under their headings."""
    if not any(line.hidden and "。" in line.text for line in page.lines):
        return []
    parts: dict[int, list[int]] = {}  # hidden element → its lines
    for index, line in enumerate(page.lines):
        if line.hidden and judgements[index].reason == "hidden" and line.node >= 0:
            parts.setdefault(find_hidden_root(page, line.node), []).append(index)
    first = next((index for index, judgement in enumerate(judgements) if judgement.firm), len(judgements))
    inside = tree.mark_inside(tree.find_inner(tree.find_outer()))
    seen = "".join("".join(line.text.split()) for line in page.lines if not line.hidden)
    found: list[int] = []
    for root, indexes in parts.items():
        above = page.nodes[root].parent
        over = page.lines[indexes[0] - 1] if indexes[0] else None
        if indexes[0] < first or not (inside[above] or (over is not None and is_heading(over))):
            continue
        texts = ["".join(page.lines[index].text.split()) for index in indexes]
        paragraphs = [text for text in texts if "。" in text and text[:OPENING] not in seen]
        if len(paragraphs) >= LEAST_FOLDED and sum(map(len, paragraphs)) >= LEAST_FOLDED_SIZE:
            found += indexes
    return found


def is_heading(line: Line) -> bool:
    return len(line.text) <= LONGEST_HEADING and (line.heading > 0 or line.bold > 0) and not line.linked


def find_hidden_root(page: Page, node: int) -> int:
    """The outermost hidden element around a hidden one."""
    root = node
    while node >= 0 and page.nodes[node].hidden:
        root = node
        node = page.nodes[node].parent
    return root
