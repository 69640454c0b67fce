"""Tables that are text: lines whose columns are set apart by tabs, white space or dots become one grid, as in HTML.

A row is a name and then cells: numbers, units, and marks for what is missing (`read_row`). Rows of one shape in a row
make a table where their columns are set apart widely, or are two at least; page numbers that grow down a table of
contents make none. Of the one or two lines above, the heads are read that fit the columns (`read_heads`). A minus
belongs to its number, whatever stands between a name and it.
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
from qjreport.model import Article, Cell, Grid, Line
from qjreport.outline.marker import read_marker
from qjreport.outline.table import drop_empty_columns, write_text
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import join_words

DECORATION: Final = "*_　 \t"
BULLET: Final = compile_re(r"^(?:[-*•·]\s+)")
LEADER: Final = r"[…⋯]+|\.{3,}|·{3,}|-{4,}|_{3,}"
GAP: Final = compile_re(rf"\s*(?:{LEADER})\s*|\s+")
WIDE: Final = compile_re(rf"{LEADER}|\t|　|\s{{2,}}")
NUMBER: Final = compile_re(
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
    if line.table >= 0 or not 3 <= len(line.text) <= LONGEST_ROW or line.linked * 2 > len(line.text):
        return None
    text = clean_line(line.text)
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


def read_kind(tokens: Sequence[str], place: int, shape: str, words: CellWords) -> str:
    """What a token is, read from the right; a unit stands beside an amount, and is no part of a spread name."""
    token = tokens[place]
    if NUMBER.fullmatch(token):
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
    if columns is None or any(NUMBER.fullmatch(head) and not YEAR.fullmatch(head) for head in (*upper, *lower)):
        return []
    heads = [name] + [""] * width
    for place, head in zip(columns, upper, strict=True):
        heads[place + 1] = head
    for place, head in zip(columns[len(columns) - len(lower) :], lower, strict=True):
        heads[place + 1] += head
    return heads


YEAR: Final = compile_re(r"(?:19|20)\d{2}")


def build_grid(node: int, heads: Sequence[str], body: Sequence[Row]) -> Grid:
    texts = [list(heads)] if heads else []
    texts += [[row.name, *row.cells] for row in body]
    cells = tuple(
        Cell(text=text, row=row, column=column, header=bool(heads) and row == 0)
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    )
    return Grid(node=node, rows=len(texts), columns=len(body[0].cells) + 1, cells=cells)
