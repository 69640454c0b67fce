"""Tables: grids of cells read as rows with head, caption and unit, and lines that are a table set in text.

A grid's head is the rows before the first that holds a number other than a year, and the columns before the first that
mostly holds numbers. Caption and unit are looked for in the lines above the table, the nearest first, then in its head;
a caption that HTML gives the grid goes before both (`build_table`).

Lines whose columns are set apart by tabs, white space or dots become one grid, as in HTML (`gather_tables`). A row is a
name and then cells: numbers, units, and marks for what is missing (`read_row`). Rows of one shape in a row make a table
where their columns are set apart widely, or are two at least; page numbers that grow down a table of contents make
none. Of the one or two lines above, the heads are read that fit the columns (`read_heads`). A minus belongs to its
number, whatever stands between a name and it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec
import regex

from qjreport.lexicon import Lexicon
from qjreport.model import Article, Cell, Grid, Line, Table
from qjreport.outline.marker import STRONG, read_marker
from qjreport.outline.title_shape import Entry
from qjreport.text.patterns import compile_re, compile_regex
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
    r"^[（(〔【]?[+＋\-－−–—↑↓≥≤<>约]?\s?\d[\d,，\s]*+(?:[.．]\d+)?\s?(?:[%％‰]|个百分点)?[）)〕】]?(?:\[\d+\]|[①-⑳*])?$"
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
    return compile_re(rf"[（(]?{words}\s?[:：]\s?(?P<unit>[^：:；;\s（）()]{{1,16}}(?:[（(][^（）()\s]{{1,8}}[）)])?)")


def find_caption(entries: list[Entry], place: int, lexicon: Lexicon) -> tuple[str, str]:
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


def build_table(grid: Grid, block: int, entries: list[Entry], place: int, lexicon: Lexicon) -> Table:
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


DECORATION: Final = "*_　 \t"
BULLET: Final = compile_re(r"^(?:[-*•·]\s+)")
LEADER: Final = r"[…⋯]+|\.{3,}|·{3,}|-{4,}|_{3,}"
GAP: Final = compile_re(rf"\s*(?:{LEADER})\s*|\s+")
WIDE: Final = compile_re(rf"{LEADER}|\t|　|\s{{2,}}")
ROW_NUMBER: Final = compile_re(
    r"[（(〔\[]?[+＋\-－−–↑↓±]?[0-9０-９][0-9０-９,，]*+(?:[.．·][0-9０-９]+)?(?:[%％‰]|倍)?[）)〕\]]?"
)
HAN: Final = compile_regex(r"\p{Han}")
SENTENCE: Final = compile_re("[。；！？]|[，：:]$")
LONGEST_ROW: Final = 90
LONGEST_NAME: Final = 30
MOST_COLUMNS: Final = 12


class Row(NamedTuple):
    """A line as a row: its name, its cells, and for each N (number), U (unit) or - (missing)."""

    name: str
    cells: tuple[str, ...]
    shape: str
    wide: bool


SCALES: Final = "十百千万亿"
FEWEST_ROWS: Final = 3
FEWEST_NARROW: Final = 4  # rows with one number each and no more than a space before it say less


MISFITS: Final = 4  # rows to one that does not fit
MOST_MISFITS: Final = 3  # after which a table is given up where they are too many


class CellWords(NamedTuple):
    """What a cell may be besides a number: a unit, or a mark that there is none."""

    units: frozenset[str]
    missing: frozenset[str]


@lru_cache(maxsize=4)
def list_cell_words(lexicon: Lexicon) -> CellWords:
    units = lexicon.units
    names = [name for counter in units.counters for name in counter.names]
    names += [name for unit in units.units for name in unit.names]
    return CellWords(frozenset([*names, *units.rewrites]), frozenset(lexicon.markers.tables.missing))


def gather_tables(article: Article, lexicon: Lexicon) -> Article:
    """The article with each such table as one line, and its grid among the tables; no grid has an empty column."""
    article = msgspec.structs.replace(article, tables=tuple([drop_empty_columns(grid) for grid in article.tables]))
    words = list_cell_words(lexicon)
    rows = [read_row(line, words) for line in article.lines]
    if sum([row is not None for row in rows]) < FEWEST_ROWS:
        return article
    # A page of HTML that sets its tables as tables parts no columns by single spaces.
    set_as_tables = bool(article.tables) and article.lines[0].node >= 0
    lines: list[Line] = []
    locators: list[str] = []
    tables = list(article.tables)
    place = 0
    while place < len(rows):
        body = find_body(rows, place)
        narrow = set_as_tables and not any(row.wide for row in body)
        if narrow or not is_table(body, lexicon):
            end = place + max(len(body), 1)
            lines += article.lines[place:end]
            locators += article.locators[place:end]
            place = end
            continue
        body = part_units(body, lines[-MOST_HEADS:], words, lexicon)
        above, heads = read_heads(lines, body[0].shape, lexicon)
        first = len(lines) - above
        node, number = (lines[first] if above else article.lines[place]).node, article.lines[place].number - above
        locator = locators[first] if above else article.locators[place]
        del lines[first:], locators[first:]
        grid = build_grid(node, heads, body)
        lines.append(Line(text=write_text(grid), node=node, number=max(number, 0), table=len(tables)))
        locators.append(locator)
        tables.append(grid)
        place += len(body)
    return msgspec.structs.replace(article, lines=tuple(lines), locators=tuple(locators), tables=tuple(tables))


def clean_line(text: str) -> str:
    return BULLET.sub("", text.replace("**", "").strip(DECORATION)).strip(DECORATION)


def read_row(line: Line, words: CellWords) -> Row | None:
    """A line as a row of a table, None where it is none.

    >>> words = CellWords(frozenset({"吨"}), frozenset())
    >>> read_row(Line(text="棉 花　415　万吨　-33．7"), words)
    Row(name='棉 花', cells=('415 万吨', '-33．7'), shape='NN', wide=True)
    >>> read_row(Line(text="出口增长率……-2.2"), words)
    Row(name='出口增长率', cells=('-2.2',), shape='N', wide=True)
    >>> read_row(Line(text="全年粮食产量50828万吨。"), words)
    """
    text = line.text
    if not 3 <= len(text) <= LONGEST_ROW or text[-1] not in ENDS_OR_DECORATION:  # most lines: no need to clean them
        return None
    if line.table >= 0 or line.linked * 2 > len(text):
        return None
    text = clean_line(text)
    if text[-1:] not in ENDS or SENTENCE.search(text):
        return None
    tokens = [token for token in GAP.split(text) if token]
    shape = ""
    place = len(tokens)
    while place > 1 and (kind := read_kind(tokens, place - 1, shape, words)):
        shape = kind + shape
        place -= 1
    name = " ".join(tokens[:place])
    if "N" not in shape or len(shape) > MOST_COLUMNS or len(name) > LONGEST_NAME or not HAN.search(name):
        return None
    cells = tokens[place:]
    unit = shape.find("NU") + 1
    if unit:  # 415 万吨 is one cell
        cells[unit - 1 : unit + 1] = [f"{cells[unit - 1]} {cells[unit]}"]
        shape = shape.replace("NU", "N")
    return Row(name, tuple(cells), shape, WIDE.search(text) is not None)


ENDS: Final = frozenset("0123456789０１２３４５６７８９%％‰倍）)〕]-—–－/平")
ENDS_OR_DECORATION: Final = ENDS | frozenset(DECORATION)


def read_kind(tokens: Sequence[str], place: int, shape: str, words: CellWords) -> str:
    """What a token is, read from the right; a unit stands beside an amount, and is no part of a spread name."""
    token = tokens[place]
    if ROW_NUMBER.fullmatch(token):
        return "N"
    if token in words.missing:
        return "-"
    if shape[:1] not in ("N", "-") or "U" in shape:
        return ""
    if len(token) == 1 and len(tokens[place - 1]) == 1 and HAN.match(tokens[place - 1]):
        return ""
    scaled = len(token) > 1 and token[0] in "万亿"
    return "U" if scaled or token.lstrip(SCALES) in words.units or is_rate(token, words.units) else ""


def is_rate(token: str, units: frozenset[str]) -> bool:
    parts = token.replace("／", "/").split("/")
    return len(parts) == 2 and all(part.lstrip(SCALES) in units for part in parts)


def find_body(rows: Sequence[Row | None], place: int) -> list[Row]:
    """The rows from `place` on that have one shape, a number or nothing in each column.

    A few among them whose cells are not to be told apart stand in it as names alone, their numbers not read.
    """
    body: list[Row] = []
    misfits = 0
    while place < len(rows) and (row := rows[place]):
        if misfits > MOST_MISFITS and misfits * MISFITS > len(body):
            break
        place += 1
        if body and shape_of(row) != shape_of(body[0]):
            misfits += 1
            row = Row(" ".join((row.name, *row.cells)), ("",) * len(body[0].cells), "", row.wide)
        body.append(row)
    while body and not body[-1].shape:
        body.pop()
        misfits -= 1
    if misfits * MISFITS > len(body):
        fits = next(number for number, row in enumerate(body) if not row.shape)
        return body[:fits]
    return body


def shape_of(row: Row) -> str:
    return row.shape.replace("-", "N")


def part_units(body: list[Row], above: Sequence[Line], words: CellWords, lexicon: Lexicon) -> list[Row]:
    """Rows whose names end with a unit of one character, below a head 单位: 粮 食 吨 50828 7.0."""
    heads = {head for line in above for head in split_heads(clean_line(line.text))}
    if heads.isdisjoint(lexicon.markers.tables.unit_heads):
        return body
    parted: list[Row] = []
    for row in body:
        name, _, unit = row.name.rpartition(" ")
        if row.shape and (not name or "U" in row.shape or unit.lstrip(SCALES) not in words.units):
            return body
        parted.append(Row(name, (unit, *row.cells), "U" + row.shape, row.wide) if row.shape else row)
    width = len(body[0].cells) + 1
    return [row if row.shape else Row(row.name, ("",) * width, "", row.wide) for row in parted]


def is_table(body: Sequence[Row], lexicon: Lexicon) -> bool:
    """Whether rows make a table: columns set apart, and neither a listing nor a table of contents."""
    if sum([bool(row.shape) for row in body]) < FEWEST_ROWS:
        return False
    body = [row for row in body if row.shape]
    if len({row.name for row in body}) * 2 < len(body):
        return False
    if shape_of(body[0]).count("N") > 1:
        return True
    marked = sum([read_marker(row.name, lexicon) is not None for row in body])
    if marked * 2 > len(body) or counts_pages([row.cells[-1] for row in body]):
        return False
    wide = sum([row.wide for row in body])
    return wide * 2 > len(body) or (len(body[0].shape) > 1 and len(body) >= FEWEST_NARROW)


def counts_pages(cells: Sequence[str]) -> bool:
    """1 1 3 7 12: page numbers, which are whole and never fall."""
    if not all(cell.isdecimal() and len(cell) <= 3 for cell in cells):
        return False
    return all(int(before) <= int(after) for before, after in pairwise(cells))


MOST_HEADS: Final = 2  # lines of heads
LONGEST_HEAD: Final = 60
SPREAD: Final = compile_regex(r"(?<!\S)\p{Han}(?:[ 　]+\p{Han})+(?=$|[ 　\t]|[（(])")


@lru_cache(maxsize=4)
def compile_not_head(lexicon: Lexicon) -> re.Pattern[str]:
    """A sentence, the caption of a table, or its unit (单位：万元)."""
    captions = join_words(lexicon.markers.lines.table_starts)
    return compile_re(rf"[。；！？，：:]|^{captions}\s*[0-9０-９一二三四五六七八九十]")


def read_heads(lines: Sequence[Line], shape: str, lexicon: Lexicon) -> tuple[int, list[str]]:
    """How many of the lines above are heads, and the head of each column, the one of the names first.

    Two lines are heads one below the other, the lower from the right where it has fewer; or one row that was broken.
    """
    numbers = [column for column, kind in enumerate(shape) if kind != "U"]
    split: list[list[str]] = []
    for line in reversed(lines[-MOST_HEADS:]):
        text = clean_line(line.text)
        if line.table >= 0 or not text or len(text) > LONGEST_HEAD or compile_not_head(lexicon).search(text):
            break
        marker = read_marker(text, lexicon)
        if marker is not None and marker.kind in STRONG:
            break
        split.append(split_heads(text))
    for count in range(len(split), 0, -1):
        found = fit_heads(split[:count][::-1], len(shape), numbers, lexicon)
        if found:
            return count, found
    return 0, []


def split_heads(text: str) -> list[str]:
    """The heads of a line; a word that is spread (指 标) is one, and two such in a row are told by twos."""
    return [token for token in GAP.split(SPREAD.sub(join_spread, text)) if token]


def join_spread(found: regex.Match[str]) -> str:
    letters = found[0].split()
    if len(letters) < 4 or len(letters) % 2:
        return "".join(letters)
    return " ".join("".join(letters[place : place + 2]) for place in range(0, len(letters), 2))


def fit_heads(split: list[list[str]], width: int, numbers: list[int], lexicon: Lexicon) -> list[str]:
    """The heads placed over their columns; nothing where they do not fit."""
    names = lexicon.markers.tables.name_heads
    name = split[0][0] if split[0][0] in names else ""
    upper = split[0][1:] if name else split[0]
    lower = split[1] if len(split) > 1 else []
    if not name and len(upper) == width + 1:
        name, upper = upper[0], upper[1:]
    if len(lower) == width > len(upper) > 0 and width % len(upper) == 0:  # each above several
        upper = [head for head in upper for _ in range(width // len(upper))]
    columns = next((places for places in (numbers, list(range(width))) if len(places) == len(upper)), None)
    if columns is None or len(lower) > len(columns):
        upper, lower = [*upper, *lower], []
        columns = next((places for places in (numbers, list(range(width))) if len(places) == len(upper)), None)
    if columns is None or any(
        ROW_NUMBER.fullmatch(head) and not HEAD_YEAR.fullmatch(head) for head in (*upper, *lower)
    ):
        return []
    heads = [name] + [""] * width
    for place, head in zip(columns, upper, strict=True):
        heads[place + 1] = head
    for place, head in zip(columns[len(columns) - len(lower) :], lower, strict=True):
        heads[place + 1] += head
    return heads


HEAD_YEAR: Final = compile_re(r"(?:19|20)\d{2}")


def build_grid(node: int, heads: Sequence[str], body: Sequence[Row]) -> Grid:
    texts = [list(heads)] if heads else []
    texts += [[row.name, *row.cells] for row in body]
    cells = tuple(
        Cell(text=text, row=row, column=column, header=bool(heads) and row == 0)
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    )
    return Grid(node=node, rows=len(texts), columns=len(body[0].cells) + 1, cells=cells)
