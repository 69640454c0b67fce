"""Links that were never closed: <a href=print.htm> before a report makes a link of all that follows.

A browser opens such a link anew in each paragraph, with the same target, or leaves it around all of them. A link to
another page holds its title, or a summary; one with several paragraphs of sentences is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from qjreport.model import Line

LEAST_PARAGRAPHS: Final = 3  # with a full stop, in links to one target and nothing else between
SHORTEST_PARAGRAPH: Final = 20  # characters

_STOP: Final = "。"


class Links:
    """Where in a page's lines links to another target begin."""

    def __init__(self) -> None:
        self.target: str | None = None
        self.starts: list[int] = []

    def note(self, target: str | None, line: int) -> None:
        """A link to this target begins in that line."""
        if target != self.target:
            self.target = target
            self.starts.append(line)

    def unlink(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        """The lines, those in a link that was never closed without it.

        >>> links = Links()
        >>> links.note("print.htm", 0)
        >>> text = "全年办理提案459件，办复率达到99.5%。"
        >>> [line.linked for line in links.unlink([Line(text=text, linked=24)] * 3)]
        [0, 0, 0]
        """
        freed = list(lines)
        for start, end in pairwise([*self.starts, len(lines)]):
            if end - start >= LEAST_PARAGRAPHS and sum(map(is_paragraph, lines[start:end])) >= LEAST_PARAGRAPHS:
                for index in range(start, end):
                    if lines[index].linked:
                        freed[index] = msgspec.structs.replace(lines[index], linked=0)
        return tuple(freed)


def is_paragraph(line: Line) -> bool:
    """Whether a line is a paragraph of sentences and a link as a whole."""
    return len(line.text) >= SHORTEST_PARAGRAPH and line.linked >= len(line.text) - 2 and _STOP in line.text
