"""The place of a report, from what the article found and the page's other words.

The area that the article names is resolved first (resolve.py), in the report's year; where it means several places,
the page's short texts tell: headline, subtitle, source, who runs the site, breadcrumb, the report's first lines, the
lines of chrome; then the report itself. A place that the caller gives (from a path or a table) settles as the headline
does, and is the page's place where the page says none; as it is written, where the table has no such place.

A page whose area the table has not (a development zone, a town) has no place; a diagnostic says so, and names the
candidates where there are several.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model import Block, Diagnostic, Dropped, Metadata
from qjreport.places.atlas import Atlas, Place, load_atlas
from qjreport.places.mentions import find_named, is_whole, match_start
from qjreport.places.resolve import Resolution, resolve_place, settle, settle_on

OPENING: Final = 4  # blocks of the report that may say where it is given
LONGEST_LINE: Final = 120  # characters of a line of chrome that is looked at
MOST_LINES: Final = 200  # lines of chrome
MOST_NAMED: Final = 8  # candidates that a diagnostic names
TOWN: Final = "乡镇街道"


def place_page(
    metadata: Metadata,
    blocks: Sequence[Block],
    dropped: Sequence[Dropped],
    lexicon: Lexicon,
    given: str | None = None,
) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    """The metadata with the place, and what there is to say of it.

    >>> from qjreport.lexicon import load_lexicon
    >>> place_page(Metadata(area="綦江县", year=2009), (), (), load_lexicon())[0].place
    '綦江区'
    >>> metadata, diagnostics = place_page(Metadata(area="鼓楼区", year=2020), (), (), load_lexicon())
    >>> metadata.place, diagnostics[0].message
    (None, '鼓楼区 may be 南京市鼓楼区, 徐州市鼓楼区, 福州市鼓楼区, 开封市鼓楼区')
    """
    said = list_short_texts(metadata, blocks, dropped, given)
    found: Resolution | None = None
    if metadata.area and metadata.area_level != TOWN:
        year = metadata.year
        found = resolve_place(metadata.area, year=year, said=said, text=lambda: "".join(block.text for block in blocks))
    if given and (found is None or not found.candidates):
        found = resolve_place(given, year=metadata.year, said=said)
        if not found.candidates:
            return msgspec.structs.replace(metadata, place=given), (tell_open(given, (), load_atlas()),)
    elif found is None and not metadata.area and blocks:
        named = find_named(metadata, blocks, dropped, lexicon)
        if len(named) > 1:
            named = settle(named, list(said), "".join(block.text for block in blocks), load_atlas())
        found = settle_on(named, load_atlas()) if named else None
    if found is None:
        return metadata, ()
    found = find_headed(metadata, found, lexicon)
    if found.place is None:
        name = metadata.area or given or found.candidates[0].name
        return metadata, (tell_open(name, found.candidates, load_atlas()),)
    return msgspec.structs.replace(metadata, place=found.name, place_code=found.code, place_level=found.level), ()


def find_headed(metadata: Metadata, found: Resolution, lexicon: Lexicon) -> Resolution:
    """The part of a place that the headline begins with, where the area is but the whole: 城区 of 汕尾市.

    What is called 城区 or 郊区 looks like no name, so that the area is what the site is called by.
    """
    atlas = load_atlas()
    if found.place is None or metadata.kind is None:
        return found
    name = match_start(metadata.title or "", lexicon, atlas)
    if not name or name == metadata.area or not is_whole(name, atlas):
        return found
    inner = [place for place in atlas.find(name) if found.place.id in place.list_parents() and place.until is None]
    return settle_on(inner, atlas) if len(inner) == 1 else found


def list_short_texts(
    metadata: Metadata, blocks: Sequence[Block], dropped: Sequence[Dropped], given: str | None
) -> Iterator[str]:
    """What a page says of itself in few words."""
    for text in (given, metadata.title, metadata.subtitle, metadata.source, metadata.organizer, metadata.undertaker):
        if text:
            yield text
    yield from metadata.breadcrumb
    for block in blocks[:OPENING]:
        if len(block.text) <= LONGEST_LINE and "。" not in block.text:
            yield block.text
    for line in dropped[:MOST_LINES]:
        if len(line.text) <= LONGEST_LINE:
            yield line.text


def tell_open(area: str, candidates: Sequence[Place], atlas: Atlas) -> Diagnostic:
    """Why a page has no place."""
    if not candidates:
        return Diagnostic(code="place-unknown", message=f"{area} is none of the places with a code of GB/T 2260")
    named = ", ".join(atlas.name_fully(place) for place in candidates[:MOST_NAMED])
    more = f" and {len(candidates) - MOST_NAMED} more" if len(candidates) > MOST_NAMED else ""
    return Diagnostic(code="place-open", message=f"{area} may be {named}{more}")
