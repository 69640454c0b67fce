"""How the elements around a text make it look: linked, bold, centred, hidden.

An open element is a `Frame`; what its text inherits is a `Look`. What a tag or a style means is said in `markup`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from qjreport.page.markup import (
    BLOCK,
    BOLD,
    CENTER,
    HEADINGS,
    LINK,
    PRE,
    TABLE,
    Attributes,
    is_hidden,
    is_link,
    read_style,
)


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

    def __init__(
        self,
        tag: str,
        attributes: Attributes,
        parent: Frame | None,
        look: Look,
        hidden: bool,
        nth: int = 1,
        flags: int = 0,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.look = look
        self.hidden = hidden
        self.flags = flags
        self.node = -1
        self.nth = nth
        self.counts: dict[str, int] | None = None
        self.block = self


def restyle(tag: str, attributes: Attributes, flags: int, look: Look, hidden: bool) -> tuple[int, Look, bool]:
    """What an element's own attributes make of its flags, its look and whether it is seen."""
    if flags & LINK and is_link(attributes):
        look = link(look)
    # <table align=center> sets the table, not the text in it
    align = (attributes.get("align") or "") if flags & BLOCK and tag != "table" else ""
    style = attributes.get("style") or ""
    if align or style:
        flags, look, said_hidden = apply_style(flags, look, align, style)
        hidden = hidden or said_hidden
    return flags, look, hidden or is_hidden(attributes)


@lru_cache(maxsize=64)
def link(look: Look) -> Look:
    """The look in a link. Cached, for a page has hundreds, and few looks."""
    return look._replace(linked=True)


@lru_cache(maxsize=4096)
def apply_style(flags: int, look: Look, align: str, style: str) -> tuple[int, Look, bool]:
    """Cached, for the paragraphs of a page repeat a handful of styles."""
    if align:
        look = look._replace(centered=align.strip().lower() in ("center", "middle"))
    said = read_style(style)
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
    return flags, look, said.hidden


@lru_cache(maxsize=1024)
def dress(tag: str, flags: int, look: Look) -> Look:
    """What the tag alone makes of the look: <h1> to <h6>, <b>, <center>, <pre>, <th>; a table starts afresh."""
    return Look(
        linked=look.linked,
        bold=look.bold or bool(flags & BOLD),
        heading=HEADINGS.get(tag, look.heading),
        centered=bool(flags & CENTER) or (look.centered and tag != "table"),
        pre=look.pre or bool(flags & PRE),
    )
