"""The place of a report whose forms name no area: by who runs the site, and by what the report names most.

Reports of provinces and cities are often given by 我代表省人民政府, with no name in any form. Then

1. the headline may begin with a name that no form has (綦江2012年工作总结), and headline, session or opening have one
   that looks like none (郊区2018年政府工作报告, 在隆林各族自治县第八届…, 我代表新县人民政府);
2. the site's short texts give names, each before a word for a body or a paper (宁波日报, 綦江区人民政府), or in full;
3. the report itself gives names: the one that it gives by far most, of the level that it speaks on (省, 市, 县).

A name of 2 counts where the report has it, too, and where its level is the one that the report speaks on. One of 3
counts only where the level is known. What is no report by its headline is given no place so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from qjreport.lexicon import Lexicon
from qjreport.model import Block, Dropped, Metadata
from qjreport.places.atlas import SHORTEST, Atlas, Place, load_atlas
from qjreport.places.resolve import keep_nearest, keep_timely
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words

LEAST: Final = 3  # mentions of a place in its own report
CLEAR: Final = 2  # how many times as many as of the next
OPENING: Final = 6  # blocks in which a report says in whose name it is given
LONGEST_OPENING: Final = 300  # characters of each
LONGEST_FORM: Final = 90  # … of one that is a line of the session, or of the speaker
LONGEST_BODY: Final = 200_000  # … of a report in which names are counted
LONGEST_LINE: Final = 60  # … of a line of chrome
MOST_LINES: Final = 200
ELSEWHERE: Final = ("related", "navigation")  # lines that name other pages


def find_named(
    metadata: Metadata, blocks: Sequence[Block], dropped: Sequence[Dropped], lexicon: Lexicon
) -> list[Place]:
    """The place that a page without an area names elsewhere; several where it is open, none where it names none."""
    if metadata.kind is None:
        return []  # no report: what a newspaper names is not what it is about
    atlas = load_atlas()
    end = find_level_said(blocks, lexicon)
    body = "\n".join(block.text for block in blocks)[:LONGEST_BODY]
    own = [match_start(metadata.title or "", lexicon, atlas), *list_opened(metadata, blocks, lexicon, atlas)]
    for name in (*own, *list_site_names(metadata, dropped, lexicon, atlas)):
        found = keep_timely(keep_nearest(atlas.find(name), name, atlas), name, metadata.year) if name else []
        found = [place for place in found if fits(place, end) and (name in own or is_named(place, body))]
        if len(found) == 1 or (found and name in own and is_whole(name, atlas)):
            return found
    return pick_most(body, end, metadata.year, atlas) if end else []


def find_level_said(blocks: Sequence[Block], lexicon: Lexicon) -> str:
    """The end of the area's name, where the formula that opens the report gives no more of it; empty for none.

    >>> from qjreport.lexicon import load_lexicon
    >>> text = "现在，我代表市人民政府，向大会作报告。"
    >>> find_level_said([Block(kind="paragraph", marker="", section=None, text=text, locator="")], load_lexicon())
    '市'
    """
    pattern = level_pattern(lexicon)
    told = (pattern.search("".join(block.text[:LONGEST_OPENING].split())) for block in blocks[:OPENING])
    return next((match["end"] for match in told if match), "")


def list_opened(metadata: Metadata, blocks: Sequence[Block], lexicon: Lexicon, atlas: Atlas) -> Iterator[str]:
    """The names in full that a form of the report's first lines has before a body or a session."""
    for written in (metadata.subtitle or "", *(block.text for block in blocks[:OPENING])):
        text = "".join(written[:LONGEST_OPENING].split())
        pattern = opening_pattern(lexicon, short=len(text) <= LONGEST_FORM and "。" not in text)
        for match in pattern.finditer(text):
            name = match_name(text, match.end(), atlas)
            after = text[match.end() + len(name) :]
            if name and is_whole(name, atlas) and after.startswith(lexicon.chrome.area_bodies):
                yield name


@lru_cache(maxsize=8)
def opening_pattern(lexicon: Lexicon, *, short: bool) -> re.Pattern[str]:
    """What a name stands after: in a sentence 代表, in a line of its own also 在, 政协 and the line's beginning."""
    words = lexicon.chrome
    before = (
        rf"(?:^\W*|{join_words((*words.area_stops, *words.area_openings))})"
        if short
        else join_words(words.area_openings)
    )
    return compile_re(rf"{before}{join_words(words.area_parties)}?")


@lru_cache(maxsize=8)
def level_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.chrome
    parties = join_words(words.area_parties)
    return compile_re(
        rf"{join_words(words.area_openings)}{parties}?(?P<end>{join_words(words.area_ends)}){join_words(words.area_bodies)}"
    )


def fits(place: Place, end: str) -> bool:
    """Whether a report that speaks of its 省, 市 or 县 may be a place's, by any of the names that it had."""
    if end == "区":
        return place.level == "county" and place.name.endswith(end)
    return any(one.name.endswith(end) for one in place.names)


def is_named(place: Place, body: str) -> bool:
    return any(form in body for form in list_forms(place))


def list_forms(place: Place) -> list[str]:
    """The forms of a place's names by which its mentions are counted, none of which holds another.

    The short name of a county is often a word (合作, 资源, 和平), so counties are counted by their full names.
    """
    names = {one.name for one in place.names} | (set() if place.level == "county" else set(place.forms))
    return [name for name in names if not any(other != name and other in name for other in names)]


def match_start(title: str, lexicon: Lexicon, atlas: Atlas) -> str:
    """The name that a headline begins with: 綦江 of 綦江2012年工作总结."""
    text = "".join(title.split())
    for stop in lexicon.chrome.area_stops:
        text = text.removeprefix(stop)
    text = text.lstrip("0123456789年度（(《")
    return match_name(text, 0, atlas)


def match_name(text: str, start: int, atlas: Atlas) -> str:
    """The longest name that stands at a place of a text; empty for none."""
    known = read_starts(atlas)
    longest = known.get(text[start : start + SHORTEST], 0)
    for length in range(min(longest, len(text) - start), SHORTEST - 1, -1):
        if atlas.list_ids(text[start : start + length]):
            return text[start : start + length]
    return ""


@lru_cache(maxsize=1)
def read_starts(atlas: Atlas) -> dict[str, int]:
    """The first two characters of names → the length of the longest."""
    starts: dict[str, int] = {}
    for line in atlas.names.list_lines():
        name = line.partition("\t")[0]
        starts[name[:SHORTEST]] = max(starts.get(name[:SHORTEST], 0), len(name))
    return starts


def list_site_names(metadata: Metadata, dropped: Sequence[Dropped], lexicon: Lexicon, atlas: Atlas) -> Iterator[str]:
    """The names of places that the page's short texts hold, those of who runs the site first."""
    texts = [metadata.organizer, metadata.undertaker, metadata.source, metadata.author, *metadata.breadcrumb]
    chrome = (line.text for line in dropped if len(line.text) <= LONGEST_LINE and line.reason not in ELSEWHERE)
    texts += islice(chrome, MOST_LINES)
    for text in filter(None, texts):
        squeezed = "".join(text.split())
        start = 0
        while start < len(squeezed):
            name = match_name(squeezed, start, atlas)
            rest = squeezed[start + len(name) :]
            if name and (is_whole(name, atlas) or rest.startswith(lexicon.places.name_ends)):
                yield name
            start += len(name) or 1


def is_whole(name: str, atlas: Atlas) -> bool:
    """Whether a name is one in full, with its 省, 市, 县."""
    return any(one.name == name for place in atlas.find(name) for one in place.names)


def pick_most(body: str, end: str, year: int | None, atlas: Atlas) -> list[Place]:
    """The place of a level that a report names by far most."""
    pairs = {body[start : start + SHORTEST] for start in range(len(body) - 1)}
    counts: Counter[str] = Counter()
    for id_, forms in list_fitting(end, atlas):
        for form in forms:
            if form[:SHORTEST] in pairs:
                counts[id_] += body.count(form)
    most = [(atlas.get(id_), count) for id_, count in counts.most_common() if is_there(atlas.get(id_), year)]
    if not most or most[0][1] < LEAST:
        return []
    clear = len(most) == 1 or most[0][1] >= CLEAR * most[1][1]
    return [most[0][0]] if clear else []


@lru_cache(maxsize=16)
def list_fitting(end: str, atlas: Atlas) -> list[tuple[str, list[str]]]:
    """The places of a level, each with the forms that are counted."""
    return [(place.id, list_forms(place)) for place in atlas.list_all() if fits(place, end)]


def is_there(place: Place, year: int | None) -> bool:
    return place.until is None if year is None else place.holds(year)
