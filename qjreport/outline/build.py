"""build_outline(): the article's lines judged alone, then by their neighbours, then nested.

In this order: each line alone (title_shape.py, with marker.py); tables; lines of a table of contents (plain.py);
headings and items with a marker (heading.py); headings without one (plain.py), which lean on those; levels (level.py).
Blocks and sections are read off that, and the titles of the sections say which years the report reviews and plans
(timeline.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.lexicon import Lexicon
from qjreport.model import Article, Block, BlockKind, Outline, Section, Table
from qjreport.outline.heading import mark_headings
from qjreport.outline.level import Nested, nest_headings
from qjreport.outline.plain import mark_contents, mark_plain
from qjreport.outline.table import build_table, write_text
from qjreport.outline.timeline import build_timeline
from qjreport.outline.title_shape import Entry, read_entry


def build_outline(article: Article, lexicon: Lexicon) -> Outline:
    """The article's sections and blocks, a block for each of its lines.

    >>> from qjreport.lexicon import load_lexicon
    >>> from qjreport.model import Line
    >>> lines = (Line(text="一、工作回顾"), Line(text="（一）稳住外贸。全年进出口增长三成。"))
    >>> outline = build_outline(Article(lines=lines, locators=("line 1", "line 2")), load_lexicon())
    >>> [(section.level, section.marker, section.title) for section in outline.sections]
    [(1, '一、', '工作回顾'), (2, '（一）', '稳住外贸')]
    """
    entries = [
        read_entry(line, locator, lexicon) for line, locator in zip(article.lines, article.locators, strict=True)
    ]
    for entry in entries:
        if 0 <= entry.line.table < len(article.tables):
            entry.kind, entry.marker = "table", None
    mark_contents(entries)
    mark_headings(entries, lexicon)
    mark_plain(entries, article.metadata.title, lexicon)
    nested = nest_headings(entries)
    sections = tuple(
        Section(
            parent=heading.parent,
            level=heading.level,
            marker=heading.marker.text if heading.marker else "",
            title=heading.title,
            block=heading.entry,
        )
        for heading in nested
    )
    blocks = build_blocks(article, entries, nested)
    dated = build_timeline(article.metadata, sections, blocks, lexicon, dropped=article.dropped)
    return Outline(
        sections=dated.sections,
        blocks=blocks,
        tables=build_tables(article, entries, lexicon),
        metadata=dated.metadata,
        timeline=dated.timeline,
        diagnostics=dated.diagnostics,
    )


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


def build_blocks(article: Article, entries: Sequence[Entry], nested: Sequence[Nested]) -> tuple[Block, ...]:
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


def name_marker(entries: Sequence[Entry], place: int) -> str:
    """The marker that a line opens with; one alone on its line opens that line, not the title below it."""
    below = entries[place + 1] if place + 1 < len(entries) else None
    marker = below.marker if below and below.joined else None if entries[place].joined else entries[place].marker
    return marker.text if marker else ""


def closes_item(entries: Sequence[Entry], nested: Sequence[Nested], section: int) -> bool:
    if entries[nested[section].entry].kind != "run_in_item":
        return False
    following = nested[section + 1] if section + 1 < len(nested) else None
    return following is None or following.parent != nested[section].parent


def build_tables(article: Article, entries: Sequence[Entry], lexicon: Lexicon) -> tuple[Table, ...]:
    return tuple(
        build_table(article.tables[entry.line.table], place, entries, place, lexicon)
        for place, entry in enumerate(entries)
        if entry.kind == "table"
    )
