"""A grid of cells → the table's text and rows, its head, caption and unit.

The head is the rows before the first that holds a number other than a year, and the columns before the first that
mostly holds numbers. Caption and unit are looked for in the lines above the table, the nearest first, then in its head;
a caption that HTML gives the grid goes before both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model import Grid, Table
from qjreport.outline.title_shape import Entry
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words


def fill_rows(grid: Grid) -> list[list[str]]:
    """The grid as rows of texts, the text of a spanned cell in every place that it covers."""
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        text = clean_cell(cell.text)
        for row in range(cell.row, min(cell.row + cell.rowspan, grid.rows)):
            for column in range(cell.column, min(cell.column + cell.colspan, grid.columns)):
                rows[row][column] = text
    return rows


def drop_empty_columns(grid: Grid) -> Grid:
    """The grid without the columns that hold nothing at all, not even a head."""
    filled = {
        column for cell in grid.cells if cell.text.strip() for column in range(cell.column, cell.column + cell.colspan)
    }
    if len(filled) >= grid.columns:
        return grid
    moved = {column: place for place, column in enumerate(sorted(filled))}
    cells = tuple(
        [msgspec.structs.replace(cell, column=moved[cell.column]) for cell in grid.cells if cell.column in moved]
    )
    return msgspec.structs.replace(grid, columns=len(moved), cells=cells)


def write_text(grid: Grid) -> str:
    """The table as a block's text: cells joined by tabs, rows by newlines, a spanned cell once where it begins.

    >>> from qjreport.model import Cell
    >>> cells = (Cell(text="指标", row=0, column=0, colspan=2), Cell(text="3", row=1, column=1))
    >>> write_text(Grid(node=0, rows=2, columns=2, cells=cells))
    '指标\\t\\n\\t3'
    """
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        if cell.row < grid.rows and cell.column < grid.columns:
            rows[cell.row][cell.column] = clean_cell(cell.text)
    return "\n".join("\t".join(row) for row in rows)


def clean_cell(text: str) -> str:
    return " ".join(text.split())


NUMBER: Final = compile_re(
    r"^[（(]?[+＋\-－−–—↑↓≥≤<>约]?\s?\d[\d,，\s]*+(?:[.．]\d+)?\s?(?:[%％‰]|个百分点)?[）)]?(?:\[\d+\]|[①-⑳*])?$"
)
AMOUNT: Final = compile_re(r"^[+＋\-－−]?\d[\d,，]*+(?:[.．]\d+)?\s?[十百千万亿]{0,2}[^\d\W]{1,4}$")  # 415 万吨
YEAR: Final = compile_re(r"^(?:19|20)\d{2}年?$")
HIGHEST_HEAD: Final = 4  # rows of a table's head; more are rows of text


def count_head_rows(grid: Grid, rows: Sequence[Sequence[str]]) -> int:
    """Rows before the first that holds a number. A year in a row whose other cells are no numbers is a head."""
    spans = {
        row for cell in grid.cells for row in range(cell.row, cell.row + cell.rowspan - 1) if cell.rowspan < grid.rows
    }
    headers = {cell.row for cell in grid.cells if cell.header and cell.column > 0}
    for number, row in enumerate(rows[: HIGHEST_HEAD + 1]):
        numbers = [text for text in row[1:] if NUMBER.match(text)]
        if number in headers or (number in spans and number == 0):
            continue
        if numbers and not all(YEAR.match(text) for text in numbers):
            return number
        if numbers and any(NUMBER.match(text) and not YEAR.match(text) for text in row[:1]):
            return number
        if not numbers and number and any(row) and is_body(rows, number):
            return number
    return min(len(rows), 1)


def is_body(rows: Sequence[Sequence[str]], number: int) -> bool:
    """A row without numbers below the head: a group's name in its first cell (一、工业), all others empty."""
    row = rows[number]
    return bool(row[0]) and not any(row[1:]) and sum(map(bool, rows[number - 1])) > 1


def count_head_columns(rows: Sequence[Sequence[str]], head_rows: int) -> int:
    """Columns before the first that mostly holds numbers."""
    body = rows[head_rows:]
    width = len(rows[0]) if rows else 0
    for column in range(width):
        texts = [row[column] for row in body if row[column]]
        numbers = sum(NUMBER.match(text) is not None or AMOUNT.match(text) is not None for text in texts)
        if numbers * 2 > len(texts) and column > 0:
            return column
    return min(width, 1)


NEAREST: Final = 3  # lines above a table that may hold its caption and unit
LONGEST_CAPTION: Final = 60
CAPTION: Final = compile_re(r"^(?:[（(]?续?附?表|续表|Table)\s*[0-9０-９一二三四五六七八九十—\-－.]*")


@lru_cache(maxsize=4)
def compile_unit(lexicon: Lexicon) -> re.Pattern[str]:
    """单位：亿元, in brackets or not, alone or at the end of a line."""
    words = join_words(lexicon.markers.tables.unit_words)
    return compile_re(rf"[（(]?{words}\s?[:：]\s?(?P<unit>[^：:；;\s）)]{{1,16}}(?:[）)](?=[）)\s]|$))?)")


def find_caption(entries: Sequence[Entry], place: int, lexicon: Lexicon) -> tuple[str, str]:
    """The caption and the unit in the lines above a table: 表3 …, a title right above, 单位：万元."""
    caption = unit = ""
    for above in reversed(entries[max(0, place - NEAREST) : place]):
        if above.line.table >= 0:
            break
        found = compile_unit(lexicon).search(above.text) if len(above.text) <= LONGEST_CAPTION else None
        if found and not unit:
            unit = found["unit"]
        rest = (above.text[: found.start()] + above.text[found.end() :]).strip(" （()）-*") if found else above.text
        if not rest:
            continue
        short = len(rest) <= LONGEST_CAPTION and not rest.endswith(("。", "；"))
        note = rest.startswith(lexicon.markers.lines.note_starts)
        if short and not note and (CAPTION.match(rest) or not above.closed):
            caption = rest
        break
    return caption, unit


PER_CENT: Final = compile_re(r"[（(][%％][）)]$")


def find_shared_unit(heads: Sequence[str]) -> str:
    """全县（％） 城镇 农村: of heads that a text broke apart, the first has the unit of all."""
    alone = len(heads) > 1 and PER_CENT.search(heads[0]) and not any(IN_HEAD.search(head) for head in heads[1:])
    return "%" if alone else ""


IN_HEAD: Final = compile_re(r"[（(%％‰\d]")


def build_table(grid: Grid, block: int, entries: Sequence[Entry], place: int, lexicon: Lexicon) -> Table:
    """The table of a data grid, whose line is `entries[place]` and whose block is `block`."""
    rows = fill_rows(grid)
    caption, unit = find_caption(entries, place, lexicon)
    head_rows = count_head_rows(grid, rows)
    for row in rows[:head_rows]:
        for text in dict.fromkeys(row):
            found = compile_unit(lexicon).search(text)
            if found and (len(set(row)) <= 2 or found.span() == (0, len(text))):
                unit = unit or found["unit"]
    if not unit and head_rows == 1 and entries[place].line.node < 0:
        unit = find_shared_unit(rows[0][1:])
    if not caption and rows and len(set(rows[0])) == 1 and head_rows > 1:
        caption = rows[0][0]
    return Table(
        block=block,
        caption=clean_cell(grid.caption) or caption,
        unit=unit,
        rows=tuple(map(tuple, rows)),
        head_rows=head_rows,
        head_columns=count_head_columns(rows, head_rows),
    )
