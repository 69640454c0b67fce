"""Judges marked lines by those of their own kind: a list or headings, one 一是 or a row of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.outline.entry import Entry, squeeze
from qjreport.outline.marker import Marker

# Kinds whose first sentence is a title as a rule; those below need a shorter one.
STRONG: Final = frozenset({"attachment", "part", "chapter", "section", "han", "han_bracket"})
MARKS: Final = frozenset({"bullet", "small_bullet", "dash"})
ORDINALS: Final = frozenset({"ordinal", "ordinal_comma", "sequence"})


def confirm_ordinals(entries: Sequence[Entry]) -> None:
    """一是 and 首先， are markers only where 二是 or 其次， opens a later paragraph, else words."""
    last: dict[str, Entry] = {}
    confirmed: set[int] = set()
    for entry in entries:
        marker = entry.marker
        if marker is None or marker.kind not in ORDINALS:
            continue
        before = last.get(marker.kind)
        if before and before.marker:
            follows = before.marker.number is None or marker.number == before.marker.number + 1
            if follows and before.marker.text != marker.text:
                confirmed |= {id(before), id(entry)}
        last[marker.kind] = entry
    for entry in entries:
        if entry.marker and entry.marker.kind in ORDINALS and id(entry) not in confirmed:
            entry.marker = None
            entry.body = entry.text


def stands_above(entries: Sequence[Entry], place: int) -> bool:
    """Whether text, a table or a marker of a lower kind follows, so that the line may head it."""
    if place + 1 >= len(entries):
        return False
    following, marker = entries[place + 1], entries[place].marker
    if following.marker is None or marker is None:
        return not following.fringe
    return following.marker.rank > marker.rank


def settle_lists(entries: Sequence[Entry]) -> None:
    """Short marked lines with nothing below them are a list, not headings: most of a run decides for all of it."""
    for run in find_runs(entries):
        heads = [place for place in run if entries[place].kind in ("heading", "run_in")]
        marker = entries[run[0]].marker
        if not heads or marker is None:
            continue
        below = sum(entries[place].kind == "run_in" or stands_above(entries, place) for place in heads)
        if marker.kind in STRONG:
            introduced = run[0] > 0 and entries[run[0] - 1].text.endswith(("：", ":"))
            listed = below == 0 and len(heads) > 2 and introduced
        else:
            listed = below * 2 < len(run)
        if listed:
            for place in heads:
                entries[place].kind, entries[place].titles = "item", []


def find_runs(entries: Sequence[Entry]) -> list[list[int]]:
    """Marked lines of one kind, up to the next heading of a higher kind; ● and ◆ are two kinds."""
    runs: list[list[int]] = []
    opened: dict[str, tuple[int, int]] = {}  # kind → its rank, its run
    for place, entry in enumerate(entries):
        marker = entry.marker
        if marker is None:
            continue
        if entry.titles:
            for kind in [kind for kind, (rank, _) in opened.items() if rank > marker.rank]:
                del opened[kind]
        _, run = opened.setdefault(name_kind(marker), (marker.rank, len(runs)))
        if run == len(runs):
            runs.append([])
        runs[run].append(place)
    return runs


def name_kind(marker: Marker) -> str:
    return marker.kind + (marker.text if marker.kind in MARKS else "")


def settle_dashes(entries: Sequence[Entry]) -> None:
    """A dash heads a section only beside others that do; alone it opens an item."""
    titles = {
        squeeze(entry.titles[0][1])
        for entry in entries
        if entry.titles and entry.marker and entry.marker.kind == "dash"
    }
    if len(titles) < 2:
        for entry in entries:
            if entry.titles and entry.marker and entry.marker.kind == "dash":
                entry.kind = "item" if entry.rest or entry.closed else "paragraph"
                entry.titles = []
