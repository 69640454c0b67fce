"""Nests the headings as the document nests them: a level is the order in which a kind of heading first appears.

Headings are taken from the top, with a stack of the sections that are open. Each closes some of them and opens its own
in what is left. Which it closes is asked in this order:

1. a part known by its words or its place (名词解释, 附件1, `find_closing`) closes all;
2. a heading of a kind that is open closes down to the last of that kind, and it too;
3. a new kind of marker closes the kinds that rank below it (一、 above （一） above 1.);
4. a new kind without a marker goes by <h1> to <h6>, by being centred, and by the lines of its own style (`find_lower`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from qjreport.outline.marker import LABELS, STRONG, Marker, name_kind
from qjreport.outline.title_shape import Entry

OUTER: Final = STRONG - {"han_bracket"}  # between two of them unmarked headings are one group
SHARED_END: Final = 3  # characters at the end that make two titles parallel: 专项行动, 有机融合


class Open:
    """A section that is still open."""

    def __init__(self, key: str, rank: int | None, tag: int, section: int, level: int, fringe: bool) -> None:
        self.key = key
        self.rank = rank  # of its marker; None without one
        self.tag = tag  # 1 to 6 where it is an <h1> …
        self.section = section
        self.level = level
        self.fringe = fringe


class Nested:
    """A heading with its place in the tree."""

    def __init__(self, entry: int, marker: Marker | None, title: str, parent: int | None, level: int) -> None:
        self.entry = entry
        self.marker = marker
        self.title = title
        self.parent = parent
        self.level = level


def nest_headings(entries: list[Entry], headline: str = "") -> list[Nested]:
    """The sections in order, each with its parent and level."""
    lower, closing, inner = find_lower(entries, headline), find_closing(entries), find_inner(entries)
    stack: list[Open] = []
    sections: list[Nested] = []
    series: dict[str, tuple[int, list[Open]]] = {}  # kind → its last number, and what was open around it
    for place, entry in enumerate(entries):
        for marker, title in entry.titles:
            if entry.top or place in closing or (marker and marker.kind == "attachment"):
                stack.clear()
                series.clear()
            if place not in inner:
                resume_series(stack, series, marker)
            opened = open_section(stack, entry, marker, 1 if place in inner else lower.get(place, 0), len(sections))
            parent = stack[-1].section if stack else None
            if marker and marker.kind in RESUMED and place not in inner:
                series[marker.kind] = (marker.number or 0, stack[:])
            stack.append(opened)
            sections.append(Nested(place, marker, title, parent, opened.level))
    return sections


RESUMED: Final = frozenset({"part", "chapter", "han_capital", "han", "padded", "spaced"})


def resume_series(stack: list[Open], series: dict[str, tuple[int, list[Open]]], marker: Marker | None) -> None:
    """二、 stands beside 一、 whatever unmarked line was taken for a heading between them."""
    if marker is None or marker.kind not in series:
        return
    number, around = series[marker.kind]
    if marker.number == number + 1 > 1 and all(held.key != marker.kind for held in stack):
        stack[:] = around


def open_section(stack: list[Open], entry: Entry, marker: Marker | None, depth: int, section: int) -> Open:
    """Close what the heading closes, and open it."""
    rank = INNERMOST if entry.style == LEAD else None
    if marker and marker.kind != LABELS:
        rank = marker.rank
    key = f"{entry.style}/{depth}" if marker is None else name_kind(marker) + INNER * depth
    if any(held.key == key for held in stack):
        while stack.pop().key != key:
            pass
    elif marker is not None:
        while stack and not depth and marker.kind != LABELS and (stack[-1].fringe or outranks(marker.rank, stack[-1])):
            stack.pop()
    else:
        close_plain(stack, entry, depth)
    level = stack[-1].level + 1 if stack else 1
    return Open(key, rank, entry.level_mark, section, level, entry.fringe)


INNER: Final = "/inner"
LONGEST_INNER: Final = 60  # marks that are looked ahead


def find_inner(entries: list[Entry]) -> set[int]:
    """Marks of a series inside a series of the same marks: 一、 to 九、 between 二、 and 三、."""
    inner: set[int] = set()
    for kind in ("han", "han_bracket"):
        marked: list[tuple[int, int]] = []  # place and number; the number is 0 where a top part begins anew
        for place, entry in enumerate(entries):
            if entry.marker and entry.marker.kind == kind and entry.kind not in ("contents", "table"):
                marked.append((place, entry.marker.number or 0))
            elif entry.top or (entry.marker and entry.marker.kind == "attachment"):
                marked.append((place, 0))
        last = index = 0
        while index < len(marked):
            place, number = marked[index]
            end = find_resumed(marked, index, last) if number == 1 and last else index
            if end > index and entries[marked[end][0]].titles:
                inner |= {place for place, _ in marked[index:end]}
                index = end
            else:
                last = number
                index += 1
    return inner


def find_resumed(marked: Sequence[tuple[int, int]], start: int, outer: int) -> int:
    """Where the number after `outer` goes on, when the numbers between count on from 1; else `start`."""
    last = 0
    for index in range(start, min(len(marked), start + LONGEST_INNER)):
        number = marked[index][1]
        if number == last + 1 or (number == 1 and last):
            last = number
        else:
            return index if number == outer + 1 else start
    return start


def outranks(rank: int, held: Open) -> bool:
    """一、 closes an open 1. although it has not been seen before; what has no marker stays open above it."""
    return held.rank is not None and held.rank > rank


LEAD: Final = "lead"  # the style of a title that leads a paragraph: any other heading closes it
INNERMOST: Final = 1000  # its rank


def close_plain(stack: list[Open], entry: Entry, depth: int) -> None:
    """What an unmarked heading of a new sort closes: fringe, smaller <h3>, and its own sort one deeper."""
    if entry.style == LEAD:
        return
    while stack and (stack[-1].fringe or stack[-1].rank == INNERMOST):
        stack.pop()
    if entry.level_mark and any(held.tag for held in stack):
        while stack and not 0 < stack[-1].tag < entry.level_mark:
            stack.pop()
    elif entry.style.endswith("-centered") and stack and all(held.rank is not None for held in stack):
        stack.clear()
    if depth == 0:
        deeper = f"{entry.style}/1"
        while any(held.key == deeper for held in stack):
            stack.pop()


def find_lower(entries: list[Entry], headline: str) -> dict[int, int]:
    """Unmarked headings that stand below others of the same style: 1 for them.

    Three signs: parallel titles enclosed by parallel titles of another kind (……有机融合, five ……专项行动, ……有机融合);
    titles that name the headline's subject, with others between; and headings that stand right below a heading, pair
    by pair (the paper's name, then the title of its story).
    """
    lower: dict[int, int] = {}
    group: list[int] = []
    for place, entry in enumerate([*entries, None]):
        if entry is not None and not entry.top and not (entry.marker and entry.marker.kind in OUTER and entry.titles):
            if entry.titles and entry.marker is None and entry.style != LEAD:
                group.append(place)
            continue
        for style in {entries[member].style for member in group}:
            members = [member for member in group if entries[member].style == style]
            between = find_between(entries, members, headline)
            lower |= find_pairs(entries, members) or between or find_enclosed(entries, members)
        group = []
    return lower


def find_closing(entries: list[Entry]) -> set[int]:
    """Unmarked headings that only their place tells to be top parts.

    After 2024年工作安排 with 一、 to 九、 stands 加强政府自身建设 alone; below 2025年民生实事 the numbers begin anew.
    """
    closing: set[int] = set()
    for whole in split_parts(entries):
        part = [whole[0], *[place for place in whole[1:] if entries[place].style != LEAD]]
        top = entries[part[0]].top and not entries[part[0]].fringe
        numbers: dict[str, int] = {}
        plain: list[int] = []
        for before, place in pairwise(part):
            marker = entries[place].titles[0][0]
            if marker is None:
                plain.append(place)
            elif marker.kind in STRONG:
                anew = marker.number == 1 and numbers.get(marker.kind, 0) > 1 and plain[-1:] == [before]
                if anew and (marker.kind == "han" or (top and "han" not in numbers)):
                    closing.add(before)
                numbers[marker.kind] = marker.number or 0
        if top and numbers and plain == part[-1:]:
            closing.add(plain[0])
    return closing


def split_parts(entries: list[Entry]) -> list[list[int]]:
    """The headings from one top part to the next."""
    parts: list[list[int]] = []
    for place, entry in enumerate(entries):
        if not entry.titles:
            continue
        marker = entry.titles[0][0]
        if not parts or entry.top or (marker and marker.kind == "attachment"):
            parts.append([])
        parts[-1].append(place)
    return parts


def find_pairs(entries: list[Entry], members: list[int]) -> dict[int, int]:
    places = set(members)
    upper = {member for member in members if member + 1 in places}
    if len(upper) < 2 or any(member + 1 in upper for member in upper):
        return {}
    return {member: 1 for member in members if member not in upper}


SUBJECT: Final = 2  # characters that a headline and the titles of its parts begin with
FEWEST_PARTS: Final = 3


def find_between(entries: list[Entry], members: list[int], headline: str) -> dict[int, int]:
    """Titles between those that name what the headline does: 水库的由来, …, 水库的管护, …, 水库的将来."""
    starts = [entries[member].titles[0][1][:SUBJECT] for member in members]
    upper = [place for place, start in enumerate(starts) if start == headline[:SUBJECT]]
    if len(upper) < FEWEST_PARTS or upper[0] or any(after - before < 2 for before, after in pairwise(upper)):
        return {}
    return {member: 1 for place, member in enumerate(members) if place not in upper}


def find_enclosed(entries: list[Entry], members: list[int]) -> dict[int, int]:
    ends = [entries[member].titles[0][1][-SHARED_END:] for member in members]
    first = {end: place for place, end in reversed(list(enumerate(ends)))}
    last = {end: place for place, end in enumerate(ends)}
    lower: dict[int, int] = {}
    start, reach = 0, -1  # reach: the last title parallel to one before
    while start < len(members):
        stop = start
        while stop + 1 < len(members) and ends[stop + 1] == ends[start]:
            stop += 1
        trailing = stop + 1 == len(members) and start > 1 and last[ends[0]] == start - 1 and len(first) == 2
        own = first[ends[start]] == start and last[ends[start]] == stop
        if stop > start and own and (reach > stop or trailing):
            lower |= {members[place]: 1 for place in range(start, stop + 1)}
        reach = max(reach, last[ends[start]])
        start = stop + 1
    return lower
