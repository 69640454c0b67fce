"""build_outline(): the article's lines judged alone, then by their neighbours, then nested.

In this order: tables that are text become one line (table.py); each line alone (title_shape.py, with marker.py);
lines of a table of contents (plain.py); marks that only look so, headings and items with a mark (heading.py);
headings without one (plain.py), which lean on those; levels (level.py).
What speaks for a line as a heading and what against it has names and weights (evidence.py).
Blocks and sections are read off that, and the titles of the sections say which years the report reviews and plans
(timeline.py).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model import Article, Block, BlockKind, Outline, Section, Table
from qjreport.outline.evidence import PIECES
from qjreport.outline.heading import mark_headings
from qjreport.outline.level import Nested, nest_headings
from qjreport.outline.marker import LABELS
from qjreport.outline.plain import mark_contents, mark_plain
from qjreport.outline.table import build_table, gather_tables, write_text
from qjreport.outline.timeline import build_timeline
from qjreport.outline.title_shape import Entry, Kind, read_entry


class Judged(NamedTuple):
    """An article's lines with what was made of each, its text tables gathered, and its headings nested."""

    article: Article
    entries: list[Entry]
    nested: list[Nested]


def judge_lines(article: Article, lexicon: Lexicon) -> Judged:
    article = gather_tables(article, lexicon)
    entries = [
        read_entry(line, locator, lexicon) for line, locator in zip(article.lines, article.locators, strict=True)
    ]
    for entry in entries:
        if 0 <= entry.line.table < len(article.tables):
            entry.kind, entry.marker = "table", None
    mark_contents(entries)
    mark_headings(entries, article.metadata.title, lexicon)
    mark_plain(entries, article.metadata.title, lexicon)
    return Judged(article, entries, nest_headings(entries, article.metadata.title or ""))


def build_outline(article: Article, lexicon: Lexicon, *, beside: int | None = None, counted: bool = True) -> Outline:
    """The article's sections and blocks, a block for each of its lines; the lines of a table that is text are one.

    `beside` is the report's year by its path or by a table, where that is known. `counted` asks how much of each part
    looks back and ahead also where nothing is decided by it.

    >>> from qjreport.lexicon import load_lexicon
    >>> from qjreport.model import Line
    >>> lines = (Line(text="一、工作回顾"), Line(text="（一）稳住外贸。全年进出口增长三成。"))
    >>> outline = build_outline(Article(lines=lines, locators=("line 1", "line 2")), load_lexicon())
    >>> [(section.level, section.marker, section.title) for section in outline.sections]
    [(1, '一、', '工作回顾'), (2, '（一）', '稳住外贸')]
    """
    article, entries, nested = judge_lines(article, lexicon)
    sections = tuple(
        Section(
            parent=heading.parent,
            level=heading.level,
            marker=name_mark(heading),
            title=heading.title,
            block=heading.entry,
        )
        for heading in nested
    )
    blocks = build_blocks(article, entries, nested)
    dated = build_timeline(
        article.metadata, sections, blocks, lexicon, dropped=article.dropped, beside=beside, counted=counted
    )
    return Outline(
        sections=dated.sections,
        blocks=blocks,
        tables=build_tables(article, entries, lexicon),
        metadata=dated.metadata,
        timeline=dated.timeline,
        diagnostics=dated.diagnostics,
    )


def name_mark(heading: Nested) -> str:
    """The mark of a heading that is no part of its title."""
    return heading.marker.text if heading.marker and heading.marker.kind != LABELS else ""


class LineReading(msgspec.Struct, frozen=True, kw_only=True):
    """What was made of a line, and the evidence."""

    text: str
    locator: str
    kind: Kind
    headings: tuple[tuple[int, str, str], ...]  # level, marker and title of each
    below: str  # the title that the first of them stands below
    style: str  # that siblings share where they have no marker
    evidence: tuple[tuple[str, int, str], ...]  # name, weight and what it says
    weight: int


def explain_lines(article: Article, lexicon: Lexicon) -> list[LineReading]:
    """For each line of the article what speaks for it as a heading and what against it; of a table's what it became.

    >>> from qjreport.lexicon import load_lexicon
    >>> from qjreport.model import Line
    >>> article = Article(lines=(Line(text="1. 稳住外贸。全年增长三成。"),), locators=("line 1",))
    >>> [(line.kind, line.weight, line.evidence[0][0]) for line in explain_lines(article, load_lexicon())]
    [('run_in', 5, 'mark.weak')]
    """
    gathered, entries, nested = judge_lines(article, lexicon)
    headings: dict[int, list[tuple[int, str, str]]] = {}
    below: dict[int, str] = {}
    for heading in nested:
        marker = name_mark(heading)
        headings.setdefault(heading.entry, []).append((heading.level, marker, heading.title))
        if heading.parent is not None:
            below.setdefault(heading.entry, nested[heading.parent].title)
    readings = [
        LineReading(
            text=entry.line.text,
            locator=entry.locator,
            kind=entry.kind,
            headings=tuple(headings.get(place, ())),
            below=below.get(place, ""),
            style=entry.style,
            evidence=tuple([(name, *PIECES[name]) for name in entry.evidence]),
            weight=entry.weight,
        )
        for place, entry in enumerate(entries)
    ]
    return [readings[place] for place in place_lines(article, gathered)]


def place_lines(article: Article, gathered: Article) -> list[int]:
    """For each line of an article its place once tables that are text are one line each."""
    own = {id(line) for line in article.lines}
    places: list[int] = []
    place = -1
    for line, locator in zip(article.lines, article.locators, strict=True):
        after = gathered.lines[place + 1] if place + 1 < len(gathered.lines) else None
        if after is line or (after is not None and id(after) not in own and gathered.locators[place + 1] == locator):
            place += 1
        places.append(place)
    return places


BLOCK_KINDS: Final[dict[str, BlockKind]] = {
    "paragraph": "paragraph",
    "heading": "heading",
    "run_in": "paragraph",
    "item": "item",
    "run_in_item": "item",
    "note": "note",
    "table": "table",
    "contents": "paragraph",
}


def build_blocks(article: Article, entries: list[Entry], nested: list[Nested]) -> tuple[Block, ...]:
    """A block for each line.

    A paragraph below an item's own title (——人民生活改善。) is the item's only while another such item follows;
    below the last one the text goes on with the section around them.
    """
    last_of = {heading.entry: place for place, heading in enumerate(nested)}
    blocks = []
    section: int | None = None
    for place, entry in enumerate(entries):
        if place in last_of:
            section = last_of[place]
        elif section is not None and closes_item(entries, nested, section):
            section = nested[section].parent
        kind = BLOCK_KINDS[entry.kind]
        text = write_text(article.tables[entry.line.table]) if kind == "table" else entry.line.text
        marker = name_marker(entries, place) if kind in ("heading", "item", "paragraph") else ""
        blocks.append(Block(kind=kind, marker=marker, section=section, text=text, locator=entry.locator))
    return tuple(blocks)


def name_marker(entries: list[Entry], place: int) -> str:
    """The marker that a line opens with; one alone on its line opens that line, not the title below it."""
    marker = None if entries[place].joined else entries[place].marker
    if place + 1 < len(entries) and entries[place + 1].joined:
        marker = entries[place + 1].marker
    return marker.text if marker is not None else ""


def closes_item(entries: list[Entry], nested: list[Nested], section: int) -> bool:
    if entries[nested[section].entry].kind != "run_in_item":
        return False
    following = nested[section + 1] if section + 1 < len(nested) else None
    return following is None or following.parent != nested[section].parent


def build_tables(article: Article, entries: list[Entry], lexicon: Lexicon) -> tuple[Table, ...]:
    return tuple(
        build_table(article.tables[entry.line.table], place, entries, place, lexicon)
        for place, entry in enumerate(entries)
        if entry.kind == "table"
    )
