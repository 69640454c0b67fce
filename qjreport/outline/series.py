"""Marks that count: which belong together, and which number at a line's start is no mark at all.

一是 and 首先， are marks only where 二是 follows, 1 总则 and 1.1 only where another counts on (`confirm_marks`).
Marked lines of one kind between two headings of higher kinds are a run (`find_runs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.outline.marker import Marker
from qjreport.outline.title_shape import LONGEST_TITLE, Entry, split_sentence

MARKS: Final = frozenset({"bullet", "small_bullet", "dash"})
ORDINALS: Final = frozenset({"ordinal", "ordinal_comma", "sequence"})


def confirm_marks(entries: Sequence[Entry]) -> None:
    """Take the mark from a line that only looks marked."""
    confirmed = confirm_ordinals(entries) | confirm_counts(entries)
    for entry in entries:
        marker = entry.marker
        if marker and (marker.counts_on or marker.kind in ORDINALS) and id(entry) not in confirmed:
            entry.marker, entry.body = None, entry.text
            entry.first, entry.rest = split_sentence(entry.text)


def confirm_ordinals(entries: Sequence[Entry]) -> set[int]:
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
    return confirmed


def confirm_counts(entries: Sequence[Entry]) -> set[int]:
    """Lines that count on: 1 总则, 2 职责. Of 1.1 alone below 1 总则 its own number says that it is a mark."""
    chains: list[list[Entry]] = []
    opened: dict[str, list[Entry]] = {}
    uppers: set[str] = set()
    for entry in entries:
        marker = entry.marker
        if marker is None or entry.kind in ("contents", "table"):
            continue
        if not marker.counts_on:
            uppers.add(str(marker.number))
            continue
        key = marker.kind + name_prefix(marker)
        chain = opened.get(key)
        if marker.number == 1:
            opened[key] = [entry]
            chains.append(opened[key])
        elif chain and chain[-1].marker and marker.number == (chain[-1].marker.number or 0) + 1:
            chain.append(entry)
    confirmed: set[int] = set()
    for chain in chains:
        if len(chain) > 1:
            confirmed |= {id(entry) for entry in chain}
            uppers |= {str(entry.marker.number) for entry in chain if entry.marker}
    for chain in chains:
        marker = chain[0].marker
        prefix = name_prefix(marker) if marker else ""
        if len(chain) == 1 and prefix and prefix.split(".")[0] in uppers:
            confirmed |= {id(entry) for entry in chain if len(entry.text) <= LONGEST_TITLE and not entry.closed}
    return confirmed


def name_prefix(marker: Marker) -> str:
    """What a number stands below: 2.1 of 2.1.3."""
    if not marker.kind.startswith("decimal"):
        return (
            marker.text.rstrip("0123456789０１２３４５６７８９一二三四五六七八九十百〇零：:")
            if marker.kind == "label"
            else ""
        )
    return ".".join(marker.text.replace("．", ".").rstrip(".").split(".")[:-1])


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
    if marker.kind in MARKS:
        return marker.kind + marker.text
    return marker.kind + (name_prefix(marker) if marker.kind == "label" else "")
