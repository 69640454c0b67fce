"""The stack of open elements and the formatting that goes on over the end of a paragraph, for `nesting`."""

from __future__ import annotations

from qjreport.page.lines import LineBuilder
from qjreport.page.markup import Attributes
from qjreport.page.nesting_rules import CELL_OPENERS, SAME_FORMATTING, SPECIAL


class Element:
    """An open element, or a formatting one that is to be opened again."""

    __slots__ = ("attributes", "is_open", "tag")

    def __init__(self, tag: str, attributes: Attributes) -> None:
        self.tag = tag
        self.attributes = attributes
        self.is_open = True


class OpenElements:
    """What is open, innermost last; every opening and closing is told to the builder."""

    def __init__(self, builder: LineBuilder) -> None:
        self.builder = builder
        self.stack: list[Element] = []
        self.formatting: list[Element | None] = []  # begun and not ended; None where a cell begins

    def push(self, tag: str, attributes: Attributes) -> Element:
        element = Element(tag, attributes)
        self.builder.open(tag, attributes)
        self.stack.append(element)
        return element

    def pop_to(self, depth: int) -> None:
        while len(self.stack) > depth:
            element = self.stack.pop()
            element.is_open = False
            self.builder.close()
            if element.tag in CELL_OPENERS:
                while self.formatting and self.formatting.pop() is not None:
                    pass

    def find(self, tags: frozenset[str], scope: frozenset[str]) -> int:
        """The depth of the innermost open element of these tags, 0 where a scope or the page begins before it."""
        for depth in range(len(self.stack) - 1, 0, -1):
            tag = self.stack[depth].tag
            if tag in tags:
                return depth
            if tag in scope:
                return 0
        return 0

    def close_open(self, tags: frozenset[str], scope: frozenset[str]) -> None:
        depth = self.find(tags, scope)
        if depth:
            self.pop_to(depth)

    def note_formatting(self, element: Element) -> None:
        same = 0
        for index in range(len(self.formatting) - 1, -1, -1):
            other = self.formatting[index]
            if other is None:
                break
            if other.tag == element.tag and other.attributes == element.attributes:
                same += 1
                if same == SAME_FORMATTING:
                    del self.formatting[index]
                    break
        self.formatting.append(element)

    def resume_formatting(self) -> None:
        """Open again the formatting that a paragraph's end has cut off but the page has not ended."""
        formatting = self.formatting
        first = len(formatting)
        while first:
            element = formatting[first - 1]
            if element is None or element.is_open:
                break
            first -= 1
        for index in range(first, len(formatting)):
            closed = formatting[index]
            if closed is not None:
                formatting[index] = self.push(closed.tag, closed.attributes)

    def end_formatting(self, tag: str) -> None:
        """</b>: over a paragraph's start (<b><p>…</b>…</p>) the paragraph goes on, no longer bold."""
        for index in range(len(self.formatting) - 1, -1, -1):
            element = self.formatting[index]
            if element is None:
                return
            if element.tag == tag:
                break
        else:
            return
        del self.formatting[index]
        if element is None or not element.is_open:
            return
        depth = self.stack.index(element)
        if any(above.tag in SPECIAL for above in self.stack[depth + 1 :]):
            self.builder.undo_look(len(self.stack) - depth, tag)
        else:
            self.pop_to(depth)
