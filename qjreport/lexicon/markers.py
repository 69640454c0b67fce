"""The shape of markers.toml, which says what each of its lists is."""

from __future__ import annotations

from typing import Literal

import msgspec

Digits = Literal["han", "arabic"]
Role = Literal["heading", "item"]


class Numbered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of marker that counts: what opens it, its numerals, what closes it."""

    kind: str
    opens: tuple[str, ...]
    digits: tuple[Digits, ...]
    closes: tuple[str, ...]
    glyphs: str = ""  # single characters that are a whole marker
    role: Role = "heading"
    counts_on: bool = False
    depth: int = 1


class Unnumbered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: str
    glyphs: str


class Enumeration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    after_numeral: str


class Sequence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell the parts of a report by their titles."""

    fringe: tuple[str, ...]
    glossary: tuple[str, ...]
    review: tuple[str, ...]
    plan: tuple[str, ...]
    part_ends: tuple[str, ...]
    either: tuple[str, ...]
    years_past: tuple[str, ...]
    years_now: tuple[str, ...]
    spans: tuple[str, ...]
    bare: tuple[str, ...]


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of lines that look like titles and are none."""

    salutation: tuple[str, ...]
    caption_starts: tuple[str, ...]
    caption_ends: tuple[str, ...]
    prompts: tuple[str, ...]
    contacts: tuple[str, ...]
    picture_ends: tuple[str, ...]
    credit_starts: tuple[str, ...]
    signature_ends: tuple[str, ...]
    introducing: tuple[str, ...]
    introducing_ends: tuple[str, ...]
    modals: tuple[str, ...]
    modals_not: tuple[str, ...]
    table_ends: tuple[str, ...]
    table_starts: tuple[str, ...]
    office: tuple[str, ...]
    note_starts: tuple[str, ...]


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a number that make a line a statement and no title."""

    verbs: tuple[str, ...]
    units: tuple[str, ...]


class TableWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which the columns, rows and cells of a data table are known."""

    unit_words: tuple[str, ...]
    unit_heads: tuple[str, ...]
    name_heads: tuple[str, ...]
    serial_heads: tuple[str, ...]
    remark_heads: tuple[str, ...]
    rank_heads: tuple[str, ...]
    growth: tuple[str, ...]
    growth_not: tuple[str, ...]
    basis: tuple[str, ...]
    shares: tuple[str, ...]
    targets: tuple[str, ...]
    targets_not: tuple[str, ...]
    previous: tuple[str, ...]
    amounts: tuple[str, ...]
    part_marks: tuple[str, ...]
    missing: tuple[str, ...]
    whole_units: tuple[str, ...]


class Markers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Markers of headings and items, titles, and the words of tables."""

    numbered: tuple[Numbered, ...]
    unnumbered: tuple[Unnumbered, ...]
    enumeration: Enumeration
    sequence: Sequence
    titles: Titles
    lines: Lines
    figures: Figures
    tables: TableWords
