"""What the rules for single lines get wrong: text that stands twice, numbers that are ornaments, hidden text.

1. Copies (`find_copies`): an article that stands on the page twice, for printing or in large type, without being
   hidden. Authors repeat a slogan or a heading too; a copy is a run of lines, word for word and in the same order.
2. Tiles (`find_tiles`): numbers over headings, 01, PART 02 or NO.3 alone in a block, the heading in the next. They are
   known by their run: 1, 2, 3 from the first heading to the last, each over a short line that looks a heading. A figure
   over its label (98 over 办结率) stands in no such run.
3. Hidden text that is the report's: a page that shows its report by script (`is_hidden_report`), or the rest of it at a
   click (`find_folded_part`). What is hidden and stands on the page as well is a copy; a hidden sentence or two are a
   summary for sharing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qjreport.article.boundaries import Tree
from qjreport.article.judge import Judgement
from qjreport.article.phrases import strip_ornaments
from qjreport.model import Line, Page
from qjreport.text.patterns import compile_re

LEAST_COPY: Final = 80  # characters of a run of lines that repeats an earlier one; reports repeat a slogan or a heading
LEAST_LINES: Final = 3  # … and so many lines: authors paste one paragraph twice, and that is their text
LEAST_SHARE: Final = 3  # … or fewer lines that are a third of all that is kept


def find_copies(texts: Sequence[str]) -> set[int]:
    """Indexes of lines in a run that stands once more word for word, and in the same order, further up.

    >>> paragraph = "全年办理提案，" * 8
    >>> sorted(find_copies(["一、回顾", paragraph, paragraph + "二", "一、回顾", paragraph, paragraph + "二"]))
    [3, 4, 5]
    """
    first: dict[str, int] = {}
    copies: set[int] = set()
    run: list[int] = []
    size = 0
    expected = -1
    whole = sum(map(len, texts))

    def close() -> None:
        if size >= LEAST_COPY and (len(run) >= LEAST_LINES or size * LEAST_SHARE >= whole):
            copies.update(run)

    for index, text in enumerate(texts):
        if run and expected < run[0] and texts[expected] == text:
            run.append(index)
            size += len(text)
            expected += 1
            continue
        close()
        run, size = [], 0
        earlier = first.setdefault(text, index)
        if earlier != index:
            run, size, expected = [index], len(text), earlier + 1
    close()
    return copies


LONGEST_HEADING: Final = 40  # characters of the line below a tile, or above a part that opens at a click

LEAST_TILES: Final = 2
LONGEST_TILE: Final = 12  # characters, ornaments included

_TILE: Final = compile_re(r"(?P<word>part|no|chapter|section)?[.:·-]?(?P<number>\d{1,2})", re.IGNORECASE)
_HEADING_ENDS: Final = compile_re(r"[。；;，,、:：]$")


def find_tiles(lines: Sequence[Line]) -> set[int]:
    """Places of the tiles among a report's lines.

    >>> texts = ("01", "产业体系加快构建", "新增企业12家。", "02", "城乡面貌持续改善", "改造小区3个。")
    >>> sorted(find_tiles([Line(text=text) for text in texts]))
    [0, 3]
    """
    tiles: set[int] = set()
    for place, line in enumerate(lines[:-1]):
        if len(line.text) <= LONGEST_TILE and is_tile(line.text, len(tiles) + 1, lines[place + 1]):
            tiles.add(place)
    return tiles if len(tiles) >= LEAST_TILES else set()


def is_tile(text: str, expected: int, below: Line) -> bool:
    match = _TILE.fullmatch(strip_ornaments("".join(text.split())))
    if match is None or int(match["number"]) != expected:
        return False
    if not 2 <= len(below.text) <= LONGEST_HEADING or _HEADING_ENDS.search(below.text) or _TILE.fullmatch(below.text):
        return False
    dressed = below.bold >= len(below.text) or below.heading > 0 or below.centered
    return dressed or match["word"] is not None or match["number"].startswith("0")


HIDDEN_TIMES: Final = 5  # as much running text hidden as visible: the report waits for a script to show it
LEAST_HIDDEN: Final = 100  # characters
_CLAUSE_END: Final = compile_re("[。；]")  # the figures of a digest end with ；, a line each


def is_hidden_report(page: Page, judgements: list[Judgement]) -> bool:
    """Whether nearly all running text is hidden: a page that shows its report by script."""
    hidden = sum(len(line.text) for line in page.lines[page.front :] if line.hidden and _CLAUSE_END.search(line.text))
    seen = sum(judgement.size for judgement in judgements if judgement.good)
    return hidden >= LEAST_HIDDEN and hidden > HIDDEN_TIMES * seen


LEAST_FOLDED: Final = 2  # hidden paragraphs: one may be a summary for sharing
LEAST_FOLDED_SIZE: Final = 50  # characters of them
OPENING: Final = 20  # characters by which a hidden paragraph is found among the visible ones


def find_folded_part(page: Page, judgements: list[Judgement], tree: Tree) -> list[int]:
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
