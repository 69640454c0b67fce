"""Which of a page's tables hold data and which are layout, and a data table as text.

A table holds data where no table stands inside it, where it has the shape of names and figures in rows and columns
(`is_data_grid`: filled, short cells, no index table of the page's own data), and where its lines are neither mostly
links nor chrome.

A data table travels as one line: its rows joined by newlines, its cells by tabs. Row r and column c of that text hold
the cell that begins there; a place that a span covers is empty, so that no number stands twice.
"""

from __future__ import annotations

from typing import Final

from qjreport.article.judge import Judgement
from qjreport.article.labels import LABELS
from qjreport.article.phrases import strip_ornaments
from qjreport.lexicon import Lexicon
from qjreport.model import Cell, Grid, Line, Page
from qjreport.text.patterns import compile_re

MOST_LINKED: Final = 0.5  # of a table's characters: a table of links is a menu or a list of pages
CHROME: Final = ("navigation", "byline", "footer", "share", "dialog", "disclaimer")
MOST_CHROME: Final = 2  # lines of chrome in it: a whole page laid out in a table


def find_data_tables(page: Page, judgements: list[Judgement], lexicon: Lexicon) -> frozenset[int]:
    """Indexes of the page's tables that hold data."""
    if not page.tables:
        return frozenset()
    nests = {grid.parent for grid in page.tables}
    likely = {index for index, grid in enumerate(page.tables) if index not in nests and is_data_grid(grid, lexicon)}
    if not likely:
        return frozenset()
    total, linked, chrome = (dict.fromkeys(likely, 0) for _ in range(3))
    for line, judgement in zip(page.lines, judgements, strict=True):
        if line.table in likely:
            total[line.table] += len(line.text)
            linked[line.table] += line.linked
            chrome[line.table] += judgement.reason in CHROME and judgement.sure
    return frozenset(
        index
        for index in likely
        if total[index] and linked[index] <= MOST_LINKED * total[index] and chrome[index] < MOST_CHROME
    )


LEAST_ROWS: Final = 2
LEAST_COLUMNS: Final = 2
LEAST_FILLED: Final = 0.4  # of a data table's places; a layout table is mostly spacer cells, or one cell of text
LONGEST_USUAL_CELL: Final = 40  # characters, the median: cells of data are names and figures
LONGEST_CELL: Final = 600  # a cell that holds an article is layout
MOST_LABELS: Final = 2  # cells such as 索引号, 发文日期: an index table of the page's own data


def is_data_grid(grid: Grid, lexicon: Lexicon) -> bool:
    """Whether a table without tables inside has the shape of data: names and figures in rows and columns.

    >>> from qjreport.lexicon import load_lexicon
    >>> cells = (Cell(text="指标", row=0, column=0), Cell(text="绝对数", row=0, column=1),
    ...          Cell(text="提案", row=1, column=0), Cell(text="459", row=1, column=1))
    >>> is_data_grid(Grid(node=0, rows=2, columns=2, cells=cells), load_lexicon())
    True
    """
    if grid.rows < LEAST_ROWS or grid.columns < LEAST_COLUMNS:
        return False
    filled = [cell for cell in grid.cells if cell.text]
    covered = sum(min(cell.rowspan, grid.rows) * cell.colspan for cell in filled)
    if len(filled) < LEAST_ROWS * LEAST_COLUMNS - 1 or covered < LEAST_FILLED * grid.rows * grid.columns:
        return False
    sizes = sorted(len(cell.text) for cell in filled)
    if sizes[-1] > LONGEST_CELL or sizes[len(sizes) // 2] > LONGEST_USUAL_CELL:
        return False
    labels = LABELS.of(lexicon)
    if sum(strip_ornaments("".join(cell.text.split())) in labels for cell in filled) > MOST_LABELS:
        return False
    rows = {cell.row for cell in filled if cell.column > 0}
    return len(rows) >= LEAST_ROWS and (has_figures(filled) or any(cell.header for cell in filled) or grid.rows > 2)


_NUMBER: Final = compile_re(r"[-+－]?\d[\d,，.]*+%?")


def has_figures(cells: list[Cell]) -> bool:
    return any(_NUMBER.fullmatch(cell.text.strip()) for cell in cells)


_BREAK: Final = compile_re(r"[\t\n\r]+")


def build_table_text(grid: Grid) -> str:
    """A data table's text.

    >>> cells = (Cell(text="指标", row=0, column=0, colspan=2), Cell(text="提案", row=1, column=0),
    ...          Cell(text="459", row=1, column=1))
    >>> build_table_text(Grid(node=0, rows=2, columns=2, cells=cells))
    '指标\\t\\n提案\\t459'
    """
    rows = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        if cell.row < grid.rows and cell.column < grid.columns:
            rows[cell.row][cell.column] = _BREAK.sub(" ", cell.text)
    return "\n".join("\t".join(row) for row in rows)


def build_table_line(grid: Grid, first: Line, place: int) -> Line:
    """The one line that stands for a data table in the article; `place` is its index among the article's tables."""
    return Line(text=build_table_text(grid), node=grid.node, number=first.number, table=place)
