"""A report as it reads: sections, paragraphs and tables, every number marked, and what was dropped at its place.

`lay_out_report` gives the parts of a report in the order of the page, which the template writes one after the other: a
section opens, a block, lines that were dropped, a section closes. A block's text is cut into pieces at the ends of its
facts and of its other numbers, so that a piece belongs to the same numbers from its first character to its last; the
pieces joined are the text, character by character, for the page finds by them where a selection stands.

Dropped lines have no index among the blocks, but a locator, as blocks have. Two locators tell which of two places comes
first where they part at elements of one name (`div:nth-of-type(2)`, `div:nth-of-type(3)`) or are lines of a text. Where
they do not, the lines before and after it in the page's order tell, and last the reason: a footer stands at the end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from qjreport.model import Block, Dropped, Fact, NonFact, Report, Section, Table

Look = Literal["result", "target", "change", "rank"]
STEP = re.compile(r"(.*):nth-of-type\((\d+)\)")
LINE = re.compile(r"line (\d+)")
DEEPEST = 64  # steps of a locator that are compared
AT_THE_END = ("footer", "related", "share", "comments", "disclaimer", "credits")


class Span(NamedTuple):
    """A number in a text: a fact, or one that is none, by its index."""

    start: int
    end: int
    fact: int | None = None
    number: int | None = None


class Piece(NamedTuple):
    """Text with the numbers that it belongs to; `look` is empty where it belongs to none."""

    text: str
    look: str = ""
    facts: str = ""  # their indices, joined by spaces
    number: str = ""
    doubtful: bool = False
    lead: bool = False  # of a heading that runs into its paragraph


class Cell(NamedTuple):
    offset: int  # in the block's text, in code points
    pieces: list[Piece]
    head: str  # col, row or empty
    columns: int = 1
    rows: int = 1


class Owner(NamedTuple):
    """The first row and column of a cell, and its place among the cells of that row."""

    row: int
    column: int
    place: int


class Part(NamedTuple):
    """What the template writes next: open, block, dropped or close."""

    does: Literal["open", "block", "dropped", "close"]
    place: int = 0  # of a block: its place among those of the page
    section: int = -1
    level: int = 2  # of a heading, as HTML counts
    kind: str = ""
    pieces: Sequence[Piece] = ()
    rows: Sequence[Sequence[Cell]] = ()
    caption: str = ""
    dropped: Sequence[Dropped] = ()
    reasons: Sequence[str] = ()


def name_look(fact: Fact) -> Look:
    """What a fact is at a glance."""
    if fact.kind == "rank":
        return "rank"
    if fact.kind in ("increase", "decrease"):
        return "change"
    return "target" if fact.status == "target" else "result"


def lay_out_report(report: Report) -> Iterator[Part]:
    """The parts of a report, from the top to the end of the page."""
    spans = collect_spans(report.facts, report.non_facts, len(report.blocks))
    opening = {section.block: index for index, section in reversed(list(enumerate(report.sections)))}
    tables = {table.block: table for table in report.tables}
    dropped = place_dropped(report.dropped, report.blocks)
    depths = measure_depths(report.sections)
    chain: list[int] = []
    for index, block in enumerate(report.blocks):
        if index in dropped:
            yield build_dropped(dropped[index])
        section = opening.get(index, block.section)
        wanted = list_ancestors(report.sections, section)
        while chain != wanted[: len(chain)]:
            chain.pop()
            yield Part("close")
        for inner in wanted[len(chain) :]:
            chain.append(inner)
            yield Part("open", section=inner)
        own = opening.get(index)
        title = report.sections[own].title if own is not None else ""
        level = min(depths[own] + 2, 6) if own is not None else 0
        yield lay_out_block(block, index, spans[index], report, tables.get(index), own, title, level)
    yield from (Part("close") for _ in chain)
    if len(report.blocks) in dropped:
        yield build_dropped(dropped[len(report.blocks)])


def collect_spans(facts: Sequence[Fact], numbers: Sequence[NonFact], blocks: int) -> list[list[Span]]:
    """For each block its numbers."""
    spans: list[list[Span]] = [[] for _ in range(blocks)]
    for index, fact in enumerate(facts):
        spans[fact.block].append(Span(fact.start, fact.end, fact=index))
    for index, number in enumerate(numbers):
        spans[number.block].append(Span(number.start, number.end, number=index))
    return spans


def measure_depths(sections: Sequence[Section]) -> list[int]:
    """How many sections stand around each."""
    depths: list[int] = []
    for section in sections:
        depths.append(0 if section.parent is None else depths[section.parent] + 1)
    return depths


def list_ancestors(sections: Sequence[Section], index: int | None) -> list[int]:
    """From the top down to the section itself."""
    found: list[int] = []
    while index is not None:
        found.append(index)
        index = sections[index].parent
    return found[::-1]


def lay_out_block(
    block: Block,
    index: int,
    spans: list[Span],
    report: Report,
    table: Table | None,
    section: int | None,
    title: str,
    level: int,
) -> Part:
    facts, numbers = report.facts, report.non_facts
    own = -1 if section is None else section
    if block.kind == "table":
        rows = lay_out_rows(block.text, spans, facts, numbers, table)
        return Part("block", index, own, kind="table", rows=rows, caption=table.caption if table else "")
    kind: str = block.kind
    lead = 0
    if section is not None and kind != "heading" and title:
        at = block.text.find(title)
        lead = at + len(title) if 0 <= at <= len(block.marker) + 2 else 0
    return Part("block", index, own, level, kind, cut_text(block.text, 0, spans, facts, numbers, lead))


def lay_out_rows(
    text: str, spans: list[Span], facts: Sequence[Fact], numbers: Sequence[NonFact], table: Table | None
) -> list[list[Cell]]:
    """A table's cells. A cell of a head that only carries on the one to its left, or above it, becomes one with it."""
    spans = sorted(spans)
    rows: list[list[Cell]] = []
    owners: dict[tuple[int, int], Owner] = {}  # (row, column) → the cell there
    at = following = 0
    for row, line in enumerate(text.split("\n")):
        rows.append([])
        for column, cell in enumerate(line.split("\t")):
            end = at + len(cell)
            inside: list[Span] = []
            while following < len(spans) and spans[following].start < end:
                inside.append(spans[following])
                following += 1
            owner = None if cell else find_owner(table, row, column, owners)
            if owner is None:
                owner = Owner(row, column, len(rows[row]))
                rows[row].append(Cell(at, cut_text(cell, at, inside, facts, numbers), name_head(table, row, column)))
            else:
                whole = rows[owner.row][owner.place]
                columns = max(whole.columns, column - owner.column + 1)
                rows[owner.row][owner.place] = whole._replace(columns=columns, rows=row - owner.row + 1)
            owners[row, column] = owner
            at = end + 1
    return rows


def name_head(table: Table | None, row: int, column: int) -> str:
    if table is None:
        return ""
    return "col" if row < table.head_rows else "row" if column < table.head_columns else ""


def find_owner(table: Table | None, row: int, column: int, owners: dict[tuple[int, int], Owner]) -> Owner | None:
    """The cell that an empty cell of a head carries on: the grid has the same text in both."""
    if table is None or not name_head(table, row, column):
        return None
    own = read_cell(table, row, column)
    if not own:
        return None
    if name_head(table, row, column) == "col" and own == read_cell(table, row, column - 1):
        return owners.get((row, column - 1))
    return owners.get((row - 1, column)) if own == read_cell(table, row - 1, column) else None


def read_cell(table: Table, row: int, column: int) -> str:
    return table.rows[row][column] if 0 <= row < len(table.rows) and 0 <= column < len(table.rows[row]) else ""


def cut_text(
    text: str, offset: int, spans: Iterable[Span], facts: Sequence[Fact], numbers: Sequence[NonFact], lead: int = 0
) -> list[Piece]:
    """The text, which begins at `offset` of its block, in pieces; the first `lead` characters are a heading.

    >>> year = NonFact(block=0, start=0, end=5, quote="2030年", why="date")
    >>> [(piece.text, piece.look) for piece in cut_text("2030年办理", 0, [Span(0, 5, number=0)], (), [year])]
    [('2030年', 'date'), ('办理', '')]
    """
    placed = sorted((max(span.start - offset, 0), min(span.end - offset, len(text)), span) for span in spans)
    edges = sorted({0, len(text), min(lead, len(text)), *(edge for start, end, _ in placed for edge in (start, end))})
    pieces: list[Piece] = []
    active: list[tuple[int, Span]] = []
    following = 0
    for start, end in pairwise(edges):
        active = [(stop, span) for stop, span in active if stop > start]
        while following < len(placed) and placed[following][0] <= start:
            if placed[following][1] > start:
                active.append(placed[following][1:])
            following += 1
        pieces.append(build_piece(text[start:end], [span for _, span in active], facts, numbers, end <= lead))
    return pieces


def build_piece(
    text: str, spans: Sequence[Span], facts: Sequence[Fact], numbers: Sequence[NonFact], lead: bool
) -> Piece:
    own = [span.fact for span in spans if span.fact is not None]
    if own:
        doubtful = any(facts[index].doubts for index in own)
        return Piece(text, name_look(facts[own[0]]), " ".join(map(str, own)), "", doubtful, lead)
    other = next((span.number for span in spans if span.number is not None), None)
    if other is not None:
        return Piece(text, numbers[other].why, "", str(other), False, lead)
    return Piece(text, lead=lead)


def build_dropped(lines: list[Dropped]) -> Part:
    return Part("dropped", dropped=lines, reasons=list(dict.fromkeys(line.reason for line in lines)))


def place_dropped(dropped: Sequence[Dropped], blocks: Sequence[Block]) -> dict[int, list[Dropped]]:
    """The dropped lines by the index of the block that they stand before; at the end by the number of blocks."""
    order = Order(block.locator for block in blocks)
    bounds = [order.find_bounds(line.locator) for line in dropped]
    lowest, highest = 0, len(blocks)
    lows: list[int] = []
    for low, _ in bounds:
        lowest = max(lowest, low)
        lows.append(lowest)
    placed: dict[int, list[Dropped]] = {}
    for line, low, (_, high) in zip(reversed(dropped), reversed(lows), reversed(bounds), strict=True):
        highest = max(min(highest, high), low)
        place = highest if line.reason in AT_THE_END else low
        highest = place
        placed.setdefault(place, []).append(line)
    return {place: lines[::-1] for place, lines in placed.items()}


class Order:
    """Where the blocks stand in the page, by the steps of their locators."""

    def __init__(self, locators: Iterable[str]) -> None:
        # (the steps before it, its name) → by its number the first block in it and the last
        self.steps: dict[tuple[str, str], dict[int, tuple[int, int]]] = {}
        for index, locator in enumerate(locators):
            for key, number in split_locator(locator):
                within = self.steps.setdefault(key, {})
                first, _ = within.get(number, (index, index))
                within[number] = (first, index)
        self.sorted = {key: sorted(within) for key, within in self.steps.items()}
        self.count = 0 if not self.steps else 1 + max(last for one in self.steps.values() for _, last in one.values())

    def find_bounds(self, locator: str) -> tuple[int, int]:
        """How many blocks are known to stand before a place, and the first that is known to stand after it.

        >>> order = Order(["body > p:nth-of-type(2)", "body > p:nth-of-type(4)"])
        >>> order.find_bounds("body > p:nth-of-type(3)"), order.find_bounds("body > div:nth-of-type(3)")
        ((1, 1), (0, 2))
        """
        low, high = 0, self.count
        for key, number in split_locator(locator):
            if key not in self.steps:
                continue
            numbers = self.sorted[key]
            at = bisect_left(numbers, number)
            if at > 0:
                low = max(low, self.steps[key][numbers[at - 1]][1] + 1)
            after = at + (at < len(numbers) and numbers[at] == number)
            if after < len(numbers):
                high = min(high, self.steps[key][numbers[after]][0])
        return min(low, high), high


def split_locator(locator: str) -> Iterator[tuple[tuple[str, str], int]]:
    """The steps of a locator that have a number, each with the steps before it.

    >>> list(split_locator("body > div:nth-of-type(3)")), list(split_locator("line 7"))
    ([(('body', 'div'), 3)], [(('', 'line'), 7)])
    """
    if line := LINE.fullmatch(locator):
        yield ("", "line"), int(line[1])
        return
    before = ""
    for step in locator.split(" > ")[:DEEPEST]:
        if found := STEP.fullmatch(step):
            yield (before, found[1]), int(found[2])
        before = f"{before} > {step}" if before else step
