"""decode → page: characters, lines and the tree above them; and what any stage may find fault with."""

from __future__ import annotations

import msgspec


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a stage could not do, or that a reader should look at: any stage may give it beside its result."""

    code: str
    message: str


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """A page's characters and how they were read."""

    text: str
    media_type: str
    encoding: str
    declared_encoding: str | None = None
    replacements: int = 0


class Node(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An element of the page that holds lines: the tree above a line, without any HTML library."""

    parent: int  # index into Page.nodes, -1 for the root
    tag: str
    nth: int  # its place among the siblings of the same tag, from 1
    id: str = ""
    classes: str = ""
    hidden: bool = False  # display:none, hidden, aria-hidden


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A line that a reader sees: the text between two breaks of the layout, white space collapsed.

    A paragraph set with <br> is several lines of one node. A line inside a table cell says which; a data table that
    the article keeps is one line whose text is its cells joined by tabs and its rows by newlines.
    """

    text: str
    node: int = -1  # index into Page.nodes; -1 in a text page
    number: int = 0  # line of the file, from 1; 0 in an HTML page
    linked: int = 0  # characters that stand in links
    bold: int = 0  # characters that are set bold
    heading: int = 0  # 1 to 6 within <h1> … <h6>
    centered: bool = False
    pictured: bool = False  # a picture stands right above it
    hidden: bool = False
    seams: tuple[int, ...] = ()  # offsets in a short line where another element goes on without white space
    table: int = -1  # index into Page.tables of the innermost table around it
    row: int = -1
    column: int = -1


class Cell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A cell of a table where it begins; spans are clamped to the grid."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the page, data or layout: `rows` rows of `columns` columns."""

    node: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    caption: str = ""
    parent: int = -1  # the table around it


class Aside(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a reader sees beside the lines: of a picture, a form, the readings of characters. It is no report's text."""

    text: str
    reason: str  # picture, form, ruby
    node: int  # of the element around it


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """All that a reader sees, top to bottom, and the tree around it."""

    lines: tuple[Line, ...]
    nodes: tuple[Node, ...] = ()
    tables: tuple[Grid, ...] = ()
    title: str = ""  # <title>
    meta: tuple[tuple[str, str], ...] = ()  # <meta name=… content=…>, names in lower case, in order
    front: int = 0  # lines at the top that are the front matter of a text file, hidden as they are no part of it
    is_html: bool = True
    asides: tuple[Aside, ...] = ()
    repeated_ids: frozenset[str] = frozenset()  # in lower case: ids of several elements, which no path may start from
