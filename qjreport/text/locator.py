"""Where a line stands in the saved file: a CSS path for HTML, a line number for text.

A browser's `document.querySelector(locator)` gives the element whose text the line is. Several lines of one element
(a paragraph set with <br>) share its locator.
"""

from __future__ import annotations

import re
from typing import Final

from qjreport.model import Line, Node, Page
from qjreport.text.patterns import compile_re

# Elements in a path; pages that people read nest some 40 deep, and a hostile page must not cost more
MAX_DEPTH: Final = 100
_PLAIN_ID: Final = compile_re(r"[A-Za-z_\u0080-\U0010ffff][\w-]*\Z")
_UNPLAIN: Final = compile_re(r"[^a-z0-9_\-\u0080-\U0010ffff]")


def build_locator(page: Page, line: Line) -> str:
    """The path of the line's element, from the nearest element with an id of its own.

    >>> from qjreport.model import Node
    >>> nodes = (Node(parent=-1, tag="div", nth=2, id="zoom"), Node(parent=0, tag="p", nth=3))
    >>> build_locator(Page(lines=(), nodes=nodes), Line(text="全年办理提案459件。", node=1))
    '#zoom > p:nth-of-type(3)'
    >>> build_locator(Page(lines=(), is_html=False), Line(text="全年办理提案459件。", number=7))
    'line 7'
    """
    return Locator(page).locate(line)


class Locator:
    """Builds the paths of one page, the path of each element once."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.paths: dict[int, tuple[str, int]] = {-1: ("", 0)}  # node → its path and the steps after its root

    def locate(self, line: Line) -> str:
        """As `build_locator`."""
        if not self.page.is_html or line.node < 0:
            return f"line {line.number}" if line.number else "body"
        known = self.paths.get(line.node)
        return known[0] if known is not None else self.build_path(line.node)[0]

    def build_path(self, node: int) -> tuple[str, int]:
        """The path of an element and of those above it that have none yet."""
        paths, nodes = self.paths, self.page.nodes
        missing: list[int] = []
        while node not in paths:
            entry = nodes[node]
            step = self.build_root(entry)
            if step:
                paths[node] = (step, 0)
                break
            missing.append(node)
            node = entry.parent
        path, steps = paths[node]
        for index in reversed(missing):
            entry = nodes[index]
            tag = entry.tag
            if not (tag.isalnum() and tag.islower()):
                tag = _UNPLAIN.sub(escape, tag)
            step = f"{tag}:nth-of-type({entry.nth})"
            steps += 1
            path = "body" if steps > MAX_DEPTH else f"{path} > {step}" if path else step
            paths[index] = (path, steps)
        return path, steps

    def build_root(self, node: Node) -> str:
        """The step that a path may begin with: an id of its own, <body>; empty where the element is none."""
        identity, tag = node.id, node.tag
        if identity and _PLAIN_ID.match(identity) and identity.lower() not in self.page.repeated_ids:
            return f"#{identity}"
        return tag if tag in ("html", "body") and node.nth == 1 else ""


def escape(match: re.Match[str]) -> str:
    """A character of a tag name (o:p) as a CSS identifier has it."""
    return "\\" + match[0]
