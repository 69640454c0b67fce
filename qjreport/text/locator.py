"""Where a line stands in the saved file: a CSS path for HTML, a line number for text.

A browser's `document.querySelector(locator)` gives the element whose text the line is. Several lines of one element
(a paragraph set with <br>) share its locator.
"""

from __future__ import annotations

import re

from qjreport.model import Line, Page

MAX_DEPTH = 100  # elements in a path; pages that people read nest some 40 deep, and a hostile page must not cost more
_PLAIN_ID = re.compile(r"[A-Za-z_\u0080-\U0010ffff][\w-]*\Z")
_UNPLAIN = re.compile(r"[^a-z0-9_\-\u0080-\U0010ffff]")


def build_locator(page: Page, line: Line) -> str:
    """The path of the line's element, from the nearest element with an id of its own.

    >>> from qjreport.model import Node
    >>> nodes = (Node(parent=-1, tag="div", nth=2, id="zoom"), Node(parent=0, tag="p", nth=3))
    >>> build_locator(Page(lines=(), nodes=nodes), Line(text="全年办理提案459件。", node=1))
    '#zoom > p:nth-of-type(3)'
    >>> build_locator(Page(lines=(), is_html=False), Line(text="全年办理提案459件。", number=7))
    'line 7'
    """
    if not page.is_html or line.node < 0:
        return f"line {line.number}" if line.number else "body"
    steps: list[str] = []
    index = line.node
    while index >= 0:
        node = page.nodes[index]
        if node.id and _PLAIN_ID.match(node.id) and node.id.lower() not in page.repeated_ids:
            steps.append(f"#{node.id}")
            break
        if node.tag in ("html", "body") and node.nth == 1:
            steps.append(node.tag)
            break
        steps.append(f"{_UNPLAIN.sub(escape, node.tag)}:nth-of-type({node.nth})")
        if len(steps) > MAX_DEPTH:
            return "body"
        index = node.parent
    return " > ".join(reversed(steps))


def escape(match: re.Match[str]) -> str:
    """A character of a tag name (o:p) as a CSS identifier has it."""
    return "\\" + match[0]
