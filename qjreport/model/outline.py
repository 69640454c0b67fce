"""article → outline: sections and blocks."""

from __future__ import annotations

from typing import Literal

import msgspec

from qjreport.model.article import Metadata
from qjreport.model.page import Diagnostic

BlockKind = Literal["heading", "paragraph", "item", "table", "note"]
Role = Literal["review", "plan"]  # whether a part of a report looks back or ahead


class Section(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    parent: int | None  # index into sections
    level: int  # 1 for the top parts
    marker: str  # 一、 （一） ● or empty
    title: str  # without the marker and without a closing 。 or ：
    block: int  # index into blocks of the heading, or of the paragraph that it runs into
    role: Role | None = None  # None where it looks both ways, or at no time
    period: str | None = None  # the time that its title names or its role gives: 2024, 2021-2025


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    kind: BlockKind
    marker: str
    section: int | None  # index into sections
    text: str  # the page's own characters, marker included
    locator: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A data table: a grid of texts whose spanned cells are filled, with the head that names rows and columns."""

    block: int
    caption: str
    unit: str  # from 单位：… over the table, else empty
    rows: tuple[tuple[str, ...], ...]
    head_rows: int = 1
    head_columns: int = 1


class Evidence(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What one place says of the year that the report plans."""

    rule: str
    year: int
    weight: int  # 0: seen, and decides nothing
    block: int | None  # index into blocks, None where the metadata say it
    text: str
    own: int | None = None  # the report's own year, where its headline names it
    weak: bool = False  # believed only beside a year of another place


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Why a section has its role."""

    rule: str
    text: str  # the words of its title that tell
    both: bool  # its title looks back and ahead: its paragraphs decide
    back: int  # how much of its text looks back, and ahead; 0 where it was not read
    ahead: int
    appended: bool = False  # no part of the report itself: notes, annexes


class Turn(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """From this block on, to the next turn or section, the text has a role that no title gives it."""

    block: int
    role: Role
    period: str | None
    text: str  # the words that it begins with


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """The years that a report turns on, decided once, with the evidence."""

    review: int | None = None  # the last year that it looks back on
    plan: int | None = None  # the year that it plans
    published: int | None = None
    span: str | None = None  # the years that it looks back on as a whole, where its headline says that they are several
    spoken: int | None = None  # the year in which the text was spoken, where that is known: its 今年
    by_date: bool = False  # nothing but the date of the page tells the years
    evidence: tuple[Evidence, ...] = ()  # the strongest first
    parts: tuple[Part, ...] = ()  # one for each section
    turns: tuple[Turn, ...] = ()


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    metadata: Metadata = Metadata()  # completed from the timeline: year, reviews, plans
    timeline: Timeline = Timeline()
    diagnostics: tuple[Diagnostic, ...] = ()
