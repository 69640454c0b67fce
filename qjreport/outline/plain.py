"""Lines without a marker: those of a table of contents, and headings that only their shape and their place tell.

1. Contents (`mark_contents`): short lines in a row, most of which stand again further down, belong in the outline
   once.
2. Headings (`mark_plain`) are lines with a title's shape (title_shape.py) that are no piece of a broken sentence. Those
   set bold or as <h2> count first: with text below, and unless they name the speaker or caption pictures. Where at most
   one of these is found, a bare line that stands alone above text and states no figure is a heading as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from qjreport.lexicon import Lexicon
from qjreport.outline.heading import clean_title
from qjreport.outline.title_shape import (
    HAN,
    SHORTEST_TEXT,
    Entry,
    compile_lines,
    has_title_shape,
    squeeze,
    states_figure,
)
from qjreport.text.patterns import compile_re

SHORTEST_RUN: Final = 3  # lines in a row that stand again below; two may be a heading that the text quotes
LONGEST_LINE: Final = 60  # a line of a table of contents, dots and page number included
SHARE: Final = 0.6  # of a run's lines that stand again: some are worded otherwise above than below


def mark_contents(entries: Sequence[Entry]) -> None:
    """Give the lines of a table of contents the kind `contents`, so that no stage takes them for headings."""
    keys = [squeeze(entry.text) if len(entry.text) <= LONGEST_LINE and not entry.closed else "" for entry in entries]
    last = {key: place for place, key in enumerate(keys) if key}
    if len(last) == sum(map(bool, keys)):
        return  # nothing stands twice
    place = 0
    while place < len(entries):
        end = place
        while end < len(entries) and keys[end] and entries[end].line.table < 0:
            end += 1
        mark_run(entries, keys, last, place, end)
        place = end + 1


def mark_run(entries: Sequence[Entry], keys: list[str], last: dict[str, int], start: int, end: int) -> None:
    """Mark, among the short lines from `start` to `end`, those from the first repeated one to the last.

    The headings right below it may belong to the same run; they are the ones that the lines above repeat.
    """
    again = [place for place in range(start, end) if last[keys[place]] > place]
    if len(again) < SHORTEST_RUN:
        return
    first, final = again[0], again[-1]
    if len(again) < SHARE * (final + 1 - first):
        return
    for place in range(first, final + 1):
        entries[place].kind = "contents"


def mark_plain(entries: Sequence[Entry], headline: str | None, lexicon: Lexicon) -> None:
    """Decide the unmarked lines that have a title's shape; those set bold or as <h2> carry more than bare ones."""
    shaped = [
        place
        for place, entry in enumerate(entries)
        if entry.marker is None and entry.kind == "paragraph" and not entry.titles and has_title_shape(entry, lexicon)
    ]
    if not shaped:
        return
    title = squeeze(headline or "")
    shaped = [place for place in shaped if not title or squeeze(entries[place].text) not in title]
    candidates = set(shaped)
    for place in shaped:
        entries[place].style = name_style(entries[place])
    stands = {place for place in shaped if stands_free(entries, place, lexicon)}
    strong = {place for place in stands if is_set_off(entries[place]) and heads_text(entries, place, candidates)}
    opened = next((place for place, entry in enumerate(entries) if entry.closed or entry.is_heading), len(entries))
    strong -= {place for place in strong if place < opened and names_speaker(entries[place], lexicon)}
    strong -= find_captions(entries, shaped, strong)
    if len(strong) < 2:  # one bold line does not show how the page sets its headings
        strong |= find_bare(entries, stands, candidates, lexicon)
    for place in strong:
        entries[place].kind = "heading"
        entries[place].titles = [(None, clean_title(entries[place].text))]


def name_style(entry: Entry) -> str:
    """How the page sets the line: headings set alike are siblings."""
    if entry.level_mark:
        return f"h{entry.level_mark}"
    return ("bold" if entry.bold else "plain") + ("-centered" if entry.line.centered else "")


LONGEST_NAME: Final = 4  # characters of a person's name


def names_speaker(entry: Entry, lexicon: Lexicon) -> bool:
    """王某某, 市长 王某某 above the first paragraph."""
    text = entry.text
    if text.endswith(("：", ":")):
        return False
    return len(HAN.findall(text)) <= LONGEST_NAME or any(word in text for word in lexicon.markers.lines.office)


def is_set_off(entry: Entry) -> bool:
    return entry.bold or entry.level_mark > 0


CONTINUES: Final = compile_re("[，,。、；;：:）)”》]|是[：:，,]")  # a line that begins so goes on with the one above


def stands_free(entries: Sequence[Entry], place: int, lexicon: Lexicon) -> bool:
    """Whether the line is no piece of a broken sentence: the one above has ended, the one below begins anew."""
    if place + 1 >= len(entries):
        return False
    above = entries[place - 1] if place else None
    if CONTINUES.match(entries[place + 1].text):
        return False
    if above is None or above.closed or above.style or above.is_heading or above.kind != "paragraph":
        return True
    return above.text[-1:] in "：:）)”》" or compile_lines(lexicon).no_title.search(above.text) is not None


def heads_text(entries: Sequence[Entry], place: int, candidates: set[int]) -> bool:
    """Whether text stands below, at once or below one more heading."""
    following = entries[place + 1]
    if place + 1 in candidates:
        return place + 2 < len(entries) and (is_text(entries[place + 2]) or place + 2 in candidates)
    return is_text(following) or following.is_heading


def is_text(entry: Entry) -> bool:
    if entry.kind in ("item", "run_in", "run_in_item", "table"):
        return True
    return (
        entry.marker is None
        and not entry.titles
        and (entry.closed or len(entry.text) >= SHORTEST_TEXT or entry.text.endswith(("：", ":")))
    )


def find_captions(entries: Sequence[Entry], shaped: Sequence[int], strong: set[int]) -> set[int]:
    """Bold lines in the middle of the page that mostly have no text below them are captions of pictures."""
    captions = set()
    for style in {entries[place].style for place in shaped}:
        members = [place for place in shaped if entries[place].style == style]
        heading = sum(place + 1 < len(entries) and is_text(entries[place + 1]) for place in members)
        if style.endswith("-centered") and heading * 2 < len(members):
            captions |= set(members)
    return captions & strong


# Short lines in a row that may be headings of headings; more of them are a list of names or of topics
LONGEST_RUN: Final = 3
SHORTEST_PLAIN: Final = 4  # characters: a shorter line that nothing sets off is a fragment (揭榜)


def find_bare(entries: Sequence[Entry], stands: set[int], candidates: set[int], lexicon: Lexicon) -> set[int]:
    """Headings that nothing but their shape tells: 打造更优的营商环境, then paragraphs."""
    signature = compile_lines(lexicon).signature
    opened = next((place for place, entry in enumerate(entries) if entry.closed or entry.is_heading), len(entries))
    runs = measure_runs(candidates)
    found = set()
    for place in stands:
        entry = entries[place]
        if place < opened or len(entry.text) < SHORTEST_PLAIN or entry.text.endswith(("：", ":")):
            continue
        if states_figure(entry.text, lexicon) or signature.match(entry.text):
            continue
        if not heads_text(entries, place, candidates):
            continue
        if runs[place] <= LONGEST_RUN and not (entry.line.centered and runs[place] > 1):
            found.add(place)
    repeated = Counter(squeeze(entries[place].text) for place in found)
    return {place for place in found if repeated[squeeze(entries[place].text)] == 1}


def measure_runs(candidates: set[int]) -> dict[int, int]:
    """How many candidates stand in a row, for each of them.

    >>> measure_runs({3, 4, 9})
    {3: 2, 4: 2, 9: 1}
    """
    runs: dict[int, int] = {}
    for place in sorted(candidates):
        if place - 1 in candidates:
            continue
        end = place
        while end + 1 in candidates:
            end += 1
        runs |= dict.fromkeys(range(place, end + 1), end - place + 1)
    return runs
