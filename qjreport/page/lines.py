"""Elements and texts in document order → the lines that a reader sees, the tree above them and the tables.

Knows nothing of any HTML library: a reader walks its own tree and calls `open`, `text` and `close` of a LineBuilder.
`style` says what an element means for the layout. `Tree` holds the elements above the lines, entered only where a line
or a table needs them.

`Links` finds the links that were never closed: <a href=print.htm> before a report makes a link of all that follows. A
browser opens such a link anew in each paragraph, with the same target, or leaves it around all of them. A link to
another page holds its title, or a summary; one with several paragraphs of sentences is none.

`Sight` reads what a reader sees of pictures, forms and readings, which stands beside the lines (`Page.asides`): no
number on the page is lost unseen, and no line of the report has a word of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from qjreport.model import Aside, Line, Node, Page
from qjreport.page.characters import collapse, drop_layout_breaks, find_seams
from qjreport.page.plain import join_wrapped
from qjreport.page.style import (
    BLOCK,
    BOLD,
    BREAK,
    CENTER,
    LINK,
    LOOK_ATTRIBUTES,
    OUT,
    PRE,
    TABLE,
    TAG_FLAGS,
    Attributes,
    Frame,
    Look,
    Sheet,
    dress,
    is_hidden,
    is_link,
    link,
    read_style,
    restyle,
)
from qjreport.page.tables import Tables
from qjreport.text.numerals import SUPERSCRIPTS


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


# Elements whose text a reader sees though it is not the page's, and what is said of it
SEEN: Final = {
    "svg": "picture",
    "select": "form",
    "textarea": "form",
    "input": "form",
    "rt": "ruby",
    "rtc": "ruby",
}
_NO_VALUE: Final = frozenset(["hidden", "password", "checkbox", "radio", "file", "image", "color", "range"])
_IN_PICTURE: Final = frozenset(("text", "foreignobject"))  # what shows text in <svg>
_UNSEEN_IN_PICTURE: Final = frozenset(
    (
        "clippath",
        "defs",
        "desc",
        "filter",
        "marker",
        "mask",
        "metadata",
        "pattern",
        "script",
        "style",
        "symbol",
        "title",
    )
)
LIST_BOX: Final = 4  # rows of a <select multiple> that says no size


class Sight:
    """What a reader sees of one such element; a reader of markup tells of the tags and texts inside.

    Of a <select> that is the option that is chosen, or the first; of a list box as many rows as it has. Of <svg> it is
    what stands in <text>. A field without a value shows its placeholder.

    >>> sight = Sight("select", {})
    >>> for word, chosen in (("2024年", {}), ("2025年", {"selected": ""})):
    ...     sight.start("option", chosen) or sight.text(word) or sight.end("option")
    >>> sight.tell()
    '2025年'
    """

    def __init__(self, tag: str, attributes: Attributes) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parts: list[str] = []
        self.options: list[tuple[bool, str, list[str]]] = []  # chosen, label, text
        self.in_option = False
        self.shown = 0  # open elements of a picture that show text
        self.unseen = 0  # … that hide it

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = tag.lower()
        if self.tag == "select":
            self.in_option = tag == "option" or (self.in_option and tag not in ("optgroup", "hr"))
            if tag == "option":
                chosen = "selected" in attributes
                self.options.append((chosen, attributes.get("label") or "", []))
        elif self.tag == "svg":
            self.shown += tag in _IN_PICTURE
            self.unseen += tag in _UNSEEN_IN_PICTURE
            if tag in _IN_PICTURE or "x" in attributes or "y" in attributes:
                self.parts.append(" ")

    def end(self, tag: str) -> None:
        tag = tag.lower()
        if tag == "option":
            self.in_option = False
        elif self.tag == "svg":
            self.shown -= tag in _IN_PICTURE and self.shown > 0
            self.unseen -= tag in _UNSEEN_IN_PICTURE and self.unseen > 0

    def text(self, data: str) -> None:
        if self.tag == "select":
            if self.in_option:
                self.options[-1][2].append(data)
        elif self.tag != "svg" or (self.shown and not self.unseen):
            self.parts.append(data)

    def tell(self) -> str:
        if self.tag == "select":
            return collapse(" ".join(self.list_options()))
        if self.tag == "input":
            if (self.attributes.get("type") or "text").strip().lower() in _NO_VALUE:
                return ""
            return collapse(self.attributes.get("value") or self.attributes.get("placeholder") or "")
        text = collapse("".join(self.parts))
        return text or collapse(self.attributes.get("placeholder") or "") if self.tag == "textarea" else text

    def list_options(self) -> list[str]:
        size = (self.attributes.get("size") or "").strip()
        rows = int(size) if size.isascii() and size.isdigit() and len(size) < LONGEST_SIZE else 0
        if rows > 1 or ("multiple" in self.attributes and self.attributes["multiple"] != CALMED):
            shown = self.options[: rows or LIST_BOX]
        else:
            chosen = [option for option in self.options if option[0]]
            shown = chosen[-1:] or self.options[:1]
        return [label or "".join(parts) for _, label, parts in shown]


LONGEST_SIZE: Final = 6  # digits of a list box's rows
CALMED: Final = "calmed"  # the value of a `multiple` that `hostile` gave a <select>

LONGEST_SEAMED: Final = 200  # characters; only lines of labels and their values are read by their seams


RAISED: Final = str.maketrans(SUPERSCRIPTS)


def is_raised(frame: Frame) -> bool:
    """Whether a text stands in <sup>, perhaps in a link there."""
    return frame.tag == "sup" or (frame.parent is not None and frame.parent.tag == "sup")


class LineBuilder:
    """Takes a page's elements and texts in document order, gives the Page.

    >>> builder = LineBuilder()
    >>> builder.open("p", {}) and builder.text("志愿活动 639次") or builder.close()
    >>> [line.text for line in builder.build_page().lines]
    ['志愿活动 639次']
    """

    def __init__(self, sheet: Sheet | None = None) -> None:
        self.sheet = sheet  # what the page's own style sheets hide
        self.frame = Frame("", {}, None, Look(), False)
        self.lines: list[Line] = []
        self.tree = Tree()
        self.tables = Tables()
        self.links = Links()
        self.meta: list[tuple[str, str]] = []
        self.title = ""
        self.asides: list[tuple[str, str, Frame]] = []
        self.parts: list[str] = []  # of the line that is being read
        self.looks: list[Look] = []
        self.owners: list[Frame] = []  # the innermost element of each part
        self.block = self.frame  # the block that the line began in
        self.picture = False  # a picture stands after the last text
        self.pictured = False  # … and stood so before the line that is being read
        # Visible lines with a hidden part inside.
        self.suspended: list[tuple[list[str], list[Look], list[Frame], Frame]] = []

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
                self.tree.note_id(attributes["id"])
            if tag == "meta":
                self.note_meta(attributes)
        if flags & OUT:
            return False
        if tag == "img":
            self.picture = True
        look, hidden = parent.look, parent.hidden
        if attributes:
            for name in LOOK_ATTRIBUTES:
                if name in attributes:
                    flags, look, hidden = restyle(tag, attributes, flags, look, hidden)
                    break
            else:
                if flags & LINK and is_link(attributes):
                    look = link(look)
            if self.sheet is not None and self.sheet.hides(tag, attributes):
                hidden = hidden or "display" not in (attributes.get("style") or "")
        if flags & LINK and look.linked:
            self.links.note(attributes.get("href"), len(self.lines))
        if flags & (BOLD | CENTER | PRE) or (look.centered and tag == "table"):
            look = dress(tag, flags, look)
        self.frame = frame = Frame(tag, attributes, parent, look, hidden, nth, flags)
        if hidden and not parent.hidden:
            self.suspended.append((self.parts, self.looks, self.owners, self.block))
            self.parts, self.looks, self.owners = [], [], []
        if flags & (BLOCK | BREAK):
            if self.parts:
                self.flush()
            if flags & TABLE:
                self.tables.open_part(frame, self.tree.note_node)
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
                self.tables.close_part(frame)
        self.frame = parent
        if frame.hidden and not parent.hidden:
            if self.parts:
                self.flush(frame)
            self.parts, self.looks, self.owners, self.block = self.suspended.pop()

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
        if data.isspace() and not frame.look.pre:  # half of all texts: what indents the tags
            if self.parts:
                self.parts.append(" ")
                self.looks.append(frame.look)
                self.owners.append(frame)
            return
        if "\n" in data or "\r" in data:
            if frame.look.pre:
                self.text_lines(data)
                return
            data = drop_layout_breaks(data)
        if self.parts and data[-1:].isdecimal() and is_raised(frame) and self.parts[-1][-1:].isdecimal():
            data = data.translate(RAISED)  # a mark that leads to a note: it is no digit of the number
        if not self.parts:
            if not data or data.isspace():
                return
            self.block = frame.block
            self.pictured, self.picture = self.picture, False
        self.parts.append(data)
        self.looks.append(frame.look)
        self.owners.append(frame)

    def text_lines(self, data: str) -> None:
        """Preformatted characters: a line of the source is a line."""
        rows = join_wrapped(data.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        plain = self.frame.look._replace(pre=False)
        for place, piece in rows:
            if place and self.parts:
                self.flush()
            if self.parts or piece.strip():
                if not self.parts:
                    self.block = self.frame.block
                    self.pictured, self.picture = self.picture, False
                self.parts.append(piece)
                self.looks.append(plain)
                self.owners.append(self.frame)

    def flush(self, hidden_root: Frame | None = None) -> None:
        """End the line that is being read."""
        parts, looks, owners = self.parts, self.looks, self.owners
        text = collapse(parts[0] if len(parts) == 1 else "".join(parts))
        self.parts, self.looks, self.owners = [], [], []
        if not text:
            return
        look = looks[0]
        linked, bold = len(text) * look.linked, len(text) * look.bold
        if len(parts) > 1 and any(other is not look for other in looks):
            widths = [len(" ".join(part.split())) for part in parts]
            linked = min(len(text), sum(width for width, look in zip(widths, looks, strict=True) if look.linked))
            bold = min(len(text), sum(width for width, look in zip(widths, looks, strict=True) if look.bold))
        seams = find_seams(text, parts, owners) if len(parts) > 1 and len(text) <= LONGEST_SEAMED else ()
        hidden = (hidden_root or self.frame).hidden
        table, row, column = self.tables.place(text, hidden) if self.tables.open else (-1, -1, -1)
        self.lines.append(
            Line(
                text=text,
                node=self.tree.note_node(hidden_root or self.block),
                linked=linked,
                bold=bold,
                heading=look.heading,
                centered=look.centered,
                pictured=self.pictured,
                hidden=hidden,
                seams=seams,
                table=table,
                row=row,
                column=column,
            )
        )

    def note_meta(self, attributes: Attributes) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = collapse(attributes.get("content") or "")
        if name and content:
            self.meta.append((collapse(name), content))

    def look_at(self, tag: str, attributes: Attributes) -> Sight | None:
        """What to tell of an element that was left out, where a reader sees something of it."""
        if tag not in SEEN or self.frame.hidden:
            return None
        if is_hidden(attributes) or read_style(attributes.get("style") or "").hidden:
            return None
        if self.sheet is not None and self.sheet.hides(tag, attributes):
            return None
        return Sight(tag, attributes)

    def note_sight(self, sight: Sight) -> None:
        """What was seen goes beside the lines; its place is the element around it."""
        text = sight.tell()
        if text:
            self.asides.append((text, SEEN[sight.tag], self.frame))

    def note_title(self, text: str) -> None:
        """The first <title> that says something is the page's."""
        self.title = self.title or collapse(drop_layout_breaks(text))

    def build_page(self) -> Page:
        """Everything that was opened and said, as a Page."""
        while self.frame.parent is not None:
            self.close()
        if self.parts:
            self.flush()
        asides = [
            Aside(text=text, reason=reason, node=self.tree.note_node(frame)) for text, reason, frame in self.asides
        ]
        return Page(
            lines=self.links.unlink(self.lines),
            asides=tuple(asides),
            nodes=tuple(self.tree.nodes),
            tables=tuple(table.build_grid() for table in self.tables.all),
            title=self.title,
            meta=tuple(self.meta),
            repeated_ids=frozenset(self.tree.repeated_ids),
        )
