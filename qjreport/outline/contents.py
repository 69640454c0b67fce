"""Finds a table of contents: lines that repeat the headings, which belong in the outline once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.outline.entry import Entry, squeeze

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
