"""Elements and texts in document order → the lines that a reader sees, the tree above them and the tables.

Knows nothing of any HTML library: a reader walks its own tree and calls `open`, `text` and `close`. What an element
means for the layout is said in `markup`.
"""

from __future__ import annotations

from typing import NamedTuple

from qjreport.model import Line, Node, Page
from qjreport.page.characters import collapse, drop_layout_breaks
from qjreport.page.markup import (
    BLOCK,
    BOLD,
    BREAK,
    CENTER,
    HEADINGS,
    LINK,
    LOOK_ATTRIBUTES,
    OUT,
    PRE,
    TABLE,
    TAG_FLAGS,
    Attributes,
    is_hidden,
    read_style,
)
from qjreport.page.tables import TableBuilder


class Look(NamedTuple):
    """What a text inherits from the elements around it."""

    linked: bool = False
    bold: bool = False
    heading: int = 0
    centered: bool = False
    pre: bool = False


class Frame:
    """An open element."""

    __slots__ = ("attributes", "block", "counts", "flags", "hidden", "look", "node", "nth", "parent", "tag")

    def __init__(self, tag: str, attributes: Attributes, parent: Frame | None, look: Look, hidden: bool) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.look = look
        self.hidden = hidden
        self.flags = 0
        self.node = -1
        self.nth = 1
        self.counts: dict[str, int] | None = None
        self.block = self


class LineBuilder:
    """Takes a page's elements and texts in document order, gives the Page.

    >>> builder = LineBuilder()
    >>> builder.open("p", {}) and builder.text("志愿活动 639次") or builder.close()
    >>> [line.text for line in builder.build_page().lines]
    ['志愿活动 639次']
    """

    def __init__(self) -> None:
        self.frame = Frame("", {}, None, Look(), False)
        self.lines: list[Line] = []
        self.nodes: list[Node] = []
        self.tables: list[TableBuilder] = []
        self.open_tables: list[TableBuilder] = []
        self.meta: list[tuple[str, str]] = []
        self.title = ""
        self.ids: set[str] = set()
        self.repeated_ids: set[str] = set()
        self.parts: list[str] = []  # of the line that is being read
        self.looks: list[Look] = []
        self.block = self.frame  # the block that the line began in
        self.suspended: list[tuple[list[str], list[Look], Frame]] = []  # visible lines with a hidden part inside

    def open(self, tag: str, attributes: Attributes) -> bool:
        """An element begins. False where its whole subtree is to be left out; then it must not be closed."""
        flags = TAG_FLAGS.get(tag, 0)
        parent = self.frame
        counts = parent.counts
        if counts is None:
            counts = parent.counts = {}
        nth = counts[tag] = counts.get(tag, 0) + 1
        if attributes:
            if "id" in attributes:
                self.note_id(attributes["id"])
            if tag == "meta":
                self.note_meta(attributes)
        if flags & OUT:
            return False
        look, hidden = parent.look, parent.hidden
        if attributes:
            for name in LOOK_ATTRIBUTES:
                if name in attributes:
                    flags, look, hidden = restyle(tag, attributes, flags, look, hidden)
                    break
            else:
                if flags & LINK and "href" in attributes:
                    look = look._replace(linked=True)
        if flags & (BOLD | CENTER | PRE | TABLE):
            look = dress(tag, flags, look)
        self.frame = frame = Frame(tag, attributes, parent, look, hidden)
        frame.nth = nth
        frame.flags = flags
        if hidden and not parent.hidden:
            self.suspended.append((self.parts, self.looks, self.block))
            self.parts, self.looks = [], []
        if flags & (BLOCK | BREAK):
            if self.parts:
                self.flush()
            if flags & TABLE:
                self.open_table_part(tag, frame)
        else:
            frame.block = parent.block
        return True

    def close(self) -> None:
        """The element that was opened last ends."""
        frame = self.frame
        parent = frame.parent
        if parent is None:
            return
        flags = frame.flags
        if flags & BLOCK:
            if self.parts:
                self.flush()
            if flags & TABLE:
                self.close_table_part(frame)
        self.frame = parent
        if frame.hidden and not parent.hidden:
            if self.parts:
                self.flush(frame)
            self.parts, self.looks, self.block = self.suspended.pop()

    def undo_look(self, depth: int, tag: str) -> None:
        """A formatting element that other elements were opened in ends before them: `depth` frames are affected."""
        frame: Frame | None = self.frame
        for _ in range(depth):
            if frame is None:
                return
            look = frame.look
            frame.look = look._replace(linked=False) if tag == "a" else look._replace(bold=look.heading > 0)
            frame = frame.parent

    def text(self, data: str) -> None:
        """Characters of the open element, entities resolved."""
        frame = self.frame
        if "\n" in data or "\r" in data:
            if frame.look.pre:
                self.text_lines(data)
                return
            data = drop_layout_breaks(data)
        if not self.parts:
            if not data or data.isspace():
                return
            self.block = frame.block
        self.parts.append(data)
        self.looks.append(frame.look)

    def text_lines(self, data: str) -> None:
        """Preformatted characters: a line of the source is a line."""
        first, *rest = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        plain = self.frame.look._replace(pre=False)
        for place, piece in enumerate([first, *rest]):
            if place and self.parts:
                self.flush()
            if self.parts or piece.strip():
                if not self.parts:
                    self.block = self.frame.block
                self.parts.append(piece)
                self.looks.append(plain)

    def flush(self, hidden_root: Frame | None = None) -> None:
        """End the line that is being read."""
        parts, looks = self.parts, self.looks
        text = collapse(parts[0] if len(parts) == 1 else "".join(parts))
        self.parts, self.looks = [], []
        if not text:
            return
        look = looks[0]
        linked, bold = len(text) * look.linked, len(text) * look.bold
        if len(parts) > 1 and any(other is not look for other in looks):
            widths = [len(" ".join(part.split())) for part in parts]
            linked = min(len(text), sum(width for width, look in zip(widths, looks, strict=True) if look.linked))
            bold = min(len(text), sum(width for width, look in zip(widths, looks, strict=True) if look.bold))
        hidden = (hidden_root or self.frame).hidden
        table, row, column = -1, -1, -1
        if self.open_tables:
            innermost = self.open_tables[-1]
            table, row, column = innermost.index, innermost.row, innermost.column
            if column < 0:
                row = -1
            if hidden == innermost.hidden:
                if column >= 0:
                    innermost.texts.append(text)
                elif innermost.in_caption:
                    innermost.captions.append(text)
        self.lines.append(
            Line(
                text=text,
                node=self.note_node(hidden_root or self.block),
                linked=linked,
                bold=bold,
                heading=look.heading,
                centered=look.centered,
                hidden=hidden,
                table=table,
                row=row,
                column=column,
            )
        )

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

    def note_meta(self, attributes: Attributes) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = collapse(attributes.get("content") or "")
        if name and content:
            self.meta.append((collapse(name), content))

    def note_title(self, text: str) -> None:
        """The first <title> that says something is the page's."""
        self.title = self.title or collapse(drop_layout_breaks(text))

    def open_table_part(self, tag: str, frame: Frame) -> None:
        if tag == "table":
            parent = self.open_tables[-1].index if self.open_tables else -1
            table = TableBuilder(len(self.tables), parent, self.note_node(frame), frame.hidden)
            self.tables.append(table)
            self.open_tables.append(table)
            return
        if not self.open_tables:
            return
        table = self.open_tables[-1]
        if frame.hidden != table.hidden:
            return  # a hidden row or cell takes no place in a visible table
        if tag == "tr":
            table.open_row()
        elif tag in ("td", "th"):
            table.open_cell(tag, frame.attributes)
        elif tag == "caption":
            table.in_caption = True
        elif tag not in ("col", "colgroup"):
            table.open_group(tag)

    def close_table_part(self, frame: Frame) -> None:
        if not self.open_tables:
            return
        table = self.open_tables[-1]
        if frame.tag in ("td", "th"):
            table.close_cell()
        elif frame.tag == "caption":
            table.in_caption = False
        elif frame.tag == "table":
            self.open_tables.pop()

    def build_page(self) -> Page:
        """Everything that was told, as a Page."""
        while self.frame.parent is not None:
            self.close()
        if self.parts:
            self.flush()
        return Page(
            lines=tuple(self.lines),
            nodes=tuple(self.nodes),
            tables=tuple(table.build_grid() for table in self.tables),
            title=self.title,
            meta=tuple(self.meta),
            repeated_ids=frozenset(self.repeated_ids),
        )


def restyle(tag: str, attributes: Attributes, flags: int, look: Look, hidden: bool) -> tuple[int, Look, bool]:
    """What an element's own attributes make of its flags, its look and whether it is seen."""
    if flags & LINK and "href" in attributes:
        look = look._replace(linked=True)
    align = (attributes.get("align") or "").lower()
    if align and flags & BLOCK and tag != "table":  # <table align=center> sets the table, not the text
        look = look._replace(centered=align in ("center", "middle"))
    style = attributes.get("style")
    if style:
        said = read_style(style)
        hidden = hidden or said.hidden
        if said.block is not None and not flags & TABLE:
            flags = flags | BLOCK if said.block else flags & ~BLOCK
        if said.bold is not None:
            look = look._replace(bold=said.bold)
            flags &= ~BOLD
        if said.centered is not None:
            look = look._replace(centered=said.centered)
            flags &= ~CENTER
        if said.pre is not None:
            look = look._replace(pre=said.pre)
            flags &= ~PRE
    return flags, look, hidden or is_hidden(attributes)


def dress(tag: str, flags: int, look: Look) -> Look:
    """What the tag alone makes of the look: <h1> to <h6>, <b>, <center>, <pre>, <th>; a table starts afresh."""
    return Look(
        linked=look.linked,
        bold=look.bold or bool(flags & BOLD),
        heading=HEADINGS.get(tag, look.heading),
        centered=bool(flags & CENTER) or (look.centered and tag != "table"),
        pre=look.pre or bool(flags & PRE),
    )
