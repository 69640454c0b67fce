"""The elements above the lines, entered only where a line or a table needs them."""

from __future__ import annotations

from qjreport.model import Node
from qjreport.page.style import Frame


class Tree:
    """The nodes of a page, and which ids stand on one element alone."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.ids: set[str] = set()
        self.repeated_ids: set[str] = set()

    def note_node(self, frame: Frame) -> int:
        """The index of an element's node; it and those above it are entered where they were not yet."""
        missing: list[Frame] = []
        above: Frame | None = frame
        while above is not None and above.node < 0 and above.tag:
            missing.append(above)
            above = above.parent
        for entered in reversed(missing):
            attributes = entered.attributes
            self.nodes.append(
                Node(
                    parent=entered.parent.node if entered.parent is not None else -1,
                    tag=entered.tag,
                    nth=entered.nth,
                    id=(attributes.get("id") or "") if attributes else "",
                    classes=(attributes.get("class") or "") if attributes else "",
                    hidden=entered.hidden,
                )
            )
            entered.node = len(self.nodes) - 1
        return frame.node

    def note_id(self, identity: str | None) -> None:
        if identity:
            key = identity.lower()  # a page without a doctype takes #Zoom and #zoom for the same
            (self.repeated_ids if key in self.ids else self.ids).add(key)
