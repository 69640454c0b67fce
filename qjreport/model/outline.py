"""article → outline: sections and blocks."""

from __future__ import annotations

from typing import Literal

import msgspec

from qjreport.model.article import Metadata
from qjreport.model.page import Diagnostic

BlockKind = Literal["heading", "paragraph", "item", "table", "note"]


class Section(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    parent: int | None  # index into sections
    level: int  # 1 for the top parts
    marker: str  # 一、 （一） ● or empty
    title: str  # without the marker and without a closing 。 or ：
    block: int  # index into blocks of the heading, or of the paragraph that it runs into


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


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    metadata: Metadata = Metadata()  # completed by what the headings tell: year, reviews, plans
    diagnostics: tuple[Diagnostic, ...] = ()
