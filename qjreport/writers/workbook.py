"""Rows of the dataset → an Excel workbook: typed cells, a frozen header with filters, a sheet a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, BinaryIO, TypeVar

from qjreport.writers.amounts import format_decimal
from qjreport.writers.csv_tsv import name_heads
from qjreport.writers.fact_columns import Column
from qjreport.writers.parquet import load_library

MOST_ROWS = 1_048_576  # of a sheet, its header included
MOST_TEXT = 32_767  # characters of a cell
EXACT_DIGITS = 15  # that Excel keeps of a number; longer ones are written as text, whole
WIDTHS = {"source": 32, "title": 40, "quote": 14, "item": 28, "sentence": 60, "path": 32, "message": 60}
WIDTH = 12
Answer = TypeVar("Answer")
NAMES = {"documents": "文档", "facts": "事实", "failures": "失败"}


def write_workbook(
    stream: BinaryIO,
    tables: Mapping[str, tuple[tuple[Column, ...], Iterable[dict[str, Any]]]],
    *,
    language: str = "en",
) -> None:
    """Write the tables, row by row, whatever their length: a table that is too long for a sheet goes on in another.

    Raises MissingLibraryError without xlsxwriter, OSError where the stream takes no more.
    """
    xlsxwriter = load_library("xlsxwriter", "excel")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(Sink(stream), options)
    head = book.add_format({"bold": True, "bottom": 1})
    for table, (columns, rows) in tables.items():
        write_sheets(book, head, NAMES.get(table, table) if language == "zh" else table, columns, rows, language)
    try:
        book.close()
    except xlsxwriter.exceptions.XlsxWriterException as error:
        cause = error.args[0] if error.args else None
        raise (cause if isinstance(cause, OSError) else OSError(str(error))) from error


class Sink:
    """The stream, until it takes no more (a full disk): then whatever is still written goes nowhere.

    A zip file that could not be finished tries once more as it is freed, where nobody can hear of the error.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.full = False
        self.place = 0  # the last that was told

    def write(self, data: bytes) -> int:
        return self.ask(lambda: self.stream.write(data), len(data))

    def seek(self, place: int, whence: int = 0) -> int:
        return self.ask(lambda: self.stream.seek(place, whence), place)  # which writes what was held back

    def tell(self) -> int:
        self.place = self.ask(self.stream.tell, self.place)
        return self.place

    def flush(self) -> None:
        self.ask(self.stream.flush, None)

    def read(self, size: int = -1) -> bytes:
        return self.ask(lambda: self.stream.read(size), b"")

    def ask(self, do: Callable[[], Answer], instead: Answer) -> Answer:
        if self.full:
            return instead
        try:
            return do()
        except OSError:
            self.full = True
            raise


def write_sheets(
    book: Any, head: Any, name: str, columns: tuple[Column, ...], rows: Iterable[dict[str, Any]], language: str
) -> None:
    sheet: Any = None
    number = place = 0
    for row in rows:
        if sheet is None or place == MOST_ROWS:
            number += 1
            sheet = open_sheet(book, head, name if number == 1 else f"{name} {number}", columns, language)
            place = 1
        for index, column in enumerate(columns):
            write_cell(sheet, place, index, row[column.name])
        place += 1
    if sheet is None:
        open_sheet(book, head, name, columns, language)


def open_sheet(book: Any, head: Any, name: str, columns: tuple[Column, ...], language: str) -> Any:
    sheet = book.add_worksheet(name)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, WIDTHS.get(column.name, WIDTH))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, MOST_ROWS - 1, len(columns) - 1)
    for index, title in enumerate(name_heads(columns, language)):
        sheet.write_string(0, index, title, head)
    return sheet


def write_cell(sheet: Any, row: int, index: int, value: object) -> None:
    if value is None:
        return
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT_DIGITS:
        sheet.write_string(row, index, format_decimal(value))
    elif isinstance(value, int | Decimal):
        sheet.write_number(row, index, value)
    else:
        sheet.write_string(row, index, clean_cell(str(value)))


def clean_cell(text: str) -> str:
    """Text that a cell can hold; a longer one is cut, and says so at its end.

    >>> clean_cell("a" * 40_000)[-16:]
    'aaaaaaaaaaaa […]'
    """
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 4] + " […]"
