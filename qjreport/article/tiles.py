"""Numbers set as ornaments over headings: 01, PART 02 or NO.3 alone in a block, the heading in the next.

They are known by their run: 1, 2, 3 from the first heading to the last, each over a short line that looks a heading.
A figure over its label (98 over 办结率) stands in no such run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qjreport.article.fold import ORNAMENTS
from qjreport.model import Line
from qjreport.text.patterns import compile_re

LEAST_TILES: Final = 2
LONGEST_TILE: Final = 12  # characters, ornaments included
LONGEST_HEADING: Final = 40

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
    match = _TILE.fullmatch("".join(text.split()).strip(ORNAMENTS))
    if match is None or int(match["number"]) != expected:
        return False
    if not 2 <= len(below.text) <= LONGEST_HEADING or _HEADING_ENDS.search(below.text) or _TILE.fullmatch(below.text):
        return False
    dressed = below.bold >= len(below.text) or below.heading > 0 or below.centered
    return dressed or match["word"] is not None or match["number"].startswith("0")
