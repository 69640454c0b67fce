"""The tables of a page as grids of cells: which row and column each cell begins at, spans applied.

`lines` opens and closes rows and cells in document order; which grid holds data and which is layout is for the article
stage.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from qjreport.model import Cell, Grid
from qjreport.page.characters import join_lines
from qjreport.page.style import Attributes, Frame

MAX_COLSPAN: Final = 1000  # as in the HTML standard
MAX_ROWSPAN: Final = 65534
# Slots that spans may take on one page. One that wants more is hostile, and its spans count 1: a page of 20 kB that
# asks for a million would take ten times as long as a plain one.
SPAN_BUDGET: Final = 200_000
# A grid larger than this and than FILL times its cells is no table that anybody reads
MAX_SPARSE_SLOTS: Final = 100_000
FILL: Final = 16
MAX_COLUMNS: Final = 2000  # a row of more is no row that anybody reads; each cell is looked for along its row


def is_unread(rows: int, columns: int, cells: int) -> bool:
    """Whether a grid is too wide or too empty to be a table. Its lines stay in the page, each for itself.

    >>> is_unread(1000, 1000, 1_000_000), is_unread(1000, 1000, 2000), is_unread(2, 5000, 10_000)
    (False, True, True)
    """
    return columns > MAX_COLUMNS or rows * columns > max(MAX_SPARSE_SLOTS, FILL * cells)


class TableBuilder:
    """One table while its rows are read."""

    def __init__(self, index: int, parent: int, node: int, hidden: bool) -> None:
        self.index = index
        self.parent = parent
        self.node = node
        self.hidden = hidden
        self.row = -1
        self.column = -1  # of the open cell, -1 between cells
        self.next_column = 0
        self.columns = 0
        self.in_head = False
        self.in_caption = False
        self.texts: list[str] = []  # lines of the open cell
        self.captions: list[str] = []
        self.cells: list[Cell] = []
        self.taken: dict[int, int] = {}  # column → last row that a cell above reaches
        self.budget = SPAN_BUDGET

    def open_group(self, tag: str) -> None:
        """A <thead>, <tbody> or <tfoot>: no cell spans from one into the next."""
        self.in_head = tag == "thead"
        self.taken.clear()

    def open_row(self) -> None:
        self.row += 1
        self.next_column = 0

    def open_cell(self, tag: str, attributes: Attributes) -> None:
        if self.row < 0:
            self.row = 0
        column, taken, row = self.next_column, self.taken, self.row
        colspan = rowspan = 1
        if taken:
            while taken.get(column, -1) >= row:
                column += 1
                self.budget -= 1
            if self.budget < 0:
                taken.clear()
        if attributes:
            colspan = read_span(attributes.get("colspan"), MAX_COLSPAN) or 1
            rowspan = read_span(attributes.get("rowspan"), MAX_ROWSPAN) or MAX_ROWSPAN
            if colspan > 1 or rowspan > 1:
                self.budget -= colspan
                if self.budget < 0:
                    colspan = rowspan = 1
            if rowspan > 1 and self.columns <= MAX_COLUMNS:  # of a wider one no grid is built
                for spanned in range(column, column + colspan):
                    taken[spanned] = row + rowspan - 1
        self.column = column
        self.next_column = column + colspan
        self.columns = max(self.columns, self.next_column)
        self.texts = []
        header = tag == "th" or self.in_head
        self.cells.append(Cell(text="", row=row, column=column, rowspan=rowspan, colspan=colspan, header=header))

    def close_cell(self) -> None:
        if self.texts and self.cells:
            cell = self.cells[-1]
            self.cells[-1] = Cell(
                text=join_lines(self.texts),
                row=cell.row,
                column=cell.column,
                rowspan=cell.rowspan,
                colspan=cell.colspan,
                header=cell.header,
            )
        self.column = -1
        self.texts = []

    def build_grid(self) -> Grid:
        """The grid, spans clamped to its last row; without cells where it would be too large for what is in it."""
        rows, columns = self.row + 1, self.columns
        cells = self.cells
        if is_unread(rows, columns, len(cells)):
            rows, columns, cells = 0, 0, []
        clamped = (
            cell
            if cell.row + cell.rowspan <= rows
            else Cell(
                text=cell.text,
                row=cell.row,
                column=cell.column,
                rowspan=rows - cell.row,
                colspan=cell.colspan,
                header=cell.header,
            )
            for cell in cells
        )
        return Grid(
            node=self.node,
            rows=rows,
            columns=columns,
            cells=tuple(clamped),
            caption=join_lines(self.captions) if self.captions else "",
            parent=self.parent,
        )


class Tables:
    """The tables of a page while it is read, one inside another."""

    def __init__(self) -> None:
        self.all: list[TableBuilder] = []
        self.open: list[TableBuilder] = []

    def open_part(self, frame: Frame, note_node: Callable[[Frame], int]) -> None:
        """A table, or a part of the innermost one, begins."""
        tag = frame.tag
        if tag == "table":
            parent = self.open[-1].index if self.open else -1
            table = TableBuilder(len(self.all), parent, note_node(frame), frame.hidden)
            self.all.append(table)
            self.open.append(table)
            return
        if not self.open or frame.hidden != self.open[-1].hidden:
            return  # a hidden row or cell takes no place in a table that is seen
        table = self.open[-1]
        if tag in ("td", "th"):
            table.open_cell(tag, frame.attributes)
        elif tag == "tr":
            table.open_row()
        elif tag == "caption":
            table.in_caption = True
        elif tag not in ("col", "colgroup"):
            table.open_group(tag)

    def close_part(self, frame: Frame) -> None:
        if not self.open:
            return
        if frame.tag in ("td", "th"):
            self.open[-1].close_cell()
        elif frame.tag == "caption":
            self.open[-1].in_caption = False
        elif frame.tag == "table":
            self.open.pop()

    def place(self, text: str, hidden: bool) -> tuple[int, int, int]:
        """Table, row and column of a line that ends; its cell or caption takes the text."""
        table = self.open[-1]
        in_cell = table.column >= 0
        if hidden == table.hidden:
            if in_cell:
                table.texts.append(text)
            elif table.in_caption:
                table.captions.append(text)
        return table.index, table.row if in_cell else -1, table.column


def read_span(value: str | None, most: int) -> int:
    """A colspan or rowspan as a browser takes it: 1 where it is no number, 0 kept (rowspan=0: to the end).

    >>> read_span(" 3;", 1000), read_span("auto", 1000), read_span("99999999999", 1000)
    (3, 1, 1000)
    """
    if value is None:
        return 1
    text = value.strip()
    end = 0
    while end < len(text) and end < 8 and text[end] in "0123456789":
        end += 1
    return min(int(text[:end]), most) if end else 1
