"""Facts and all that belongs to them as an Excel workbook.

The first sheet has the facts as an analyst reads them (`fact_columns`): typed cells, numbers with their own decimals, a
frozen header with filters, long sentences wrapped, rows with doubts tinted, targets in another colour. Periods and ids
are text, for a spreadsheet would make a date of 2024-04. `make_book` takes reports one by one and adds their outlines,
their numbers that are no facts, and their tables; `write_workbook` takes the tables of a dataset. Both write rows as
they come, and go on in another sheet where one is full. XlsxWriter makes the book, and we its rows.
"""

from __future__ import annotations

import errno
import os
import struct
import tempfile
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import IO, Any, BinaryIO, NamedTuple, TypeVar

from qjreport.language import measure_cells
from qjreport.model import Report
from qjreport.text.patterns import compile_re
from qjreport.version import __version__
from qjreport.writers.amounts import format_decimal
from qjreport.writers.dataset_rows import Block, count_rows, split_block
from qjreport.writers.fact_columns import COLUMNS, DESCRIPTIONS, FIRST, Cell, Column, name_columns, read_row, say_cell
from qjreport.writers.parquet import load_library
from qjreport.writers.text import count_facts

MOST_ROWS = 1_048_576  # of a sheet, its header included
MANY_ROWS = 200_000  # from which on a workbook opens slowly, or not at all
MOST_TEXT = 32_767  # characters of a cell
EXACT_DIGITS = 15  # that Excel keeps of a number; longer ones are written as text, whole
MOST_LINES = 4  # that a row shows of a long sentence: the whole of it stands in the line above the sheet
LINE = 16.5  # points, of a font that has Chinese
WIDTHS = {
    "source": 32,
    "title": 32,
    "path": 26,
    "item": 26,
    "sentence": 72,
    "message": 60,
    "passage": 72,
    "heading": 60,
    "area": 10,
    "year": 7,
    "amount": 18,
    "value": 18,
    "unit": 8,
    "quote": 16,
    "bound": 6,
    "period": 17,
    "status": 8,
    "doubts": 16,
    "kind": 10,
    "id": 16,
    "block": 7,
    "start": 7,
    "end": 7,
    "level": 6,
    "facts": 7,
    "rules": 32,
}
WIDTH = 12
WRAPPED = frozenset(("path", "item", "quote", "sentence", "passage", "heading", "message", "doubts", "title"))
TEXTS = frozenset(("period", "id", "part_of", "document", "duplicate_of", "published"))  # what looks like a date
MARKED = frozenset(("item", "amount", "period", "status"))  # where a target is seen as one
NAMES = {
    "facts": "事实",
    "outline": "大纲",
    "numbers": "其他数字",
    "tables": "表格",
    "about": "说明",
    "documents": "文档",
    "failures": "失败",
}
LEGEND = {
    "en": (("tinted", "The row has doubts: look at its sentence."), ("blue", "A target, not yet a result.")),
    "zh": (("底色", "该行存疑，请对照原句核对。"), ("蓝色", "目标，尚未实现。")),
}
TINT, TARGET, HEAD, REST = "#FFF2CC", "#1F4E9E", "#1F3864", "#7F7F7F"
PLAIN_NUMBER = compile_re(r"-?(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?")
DIGITS = compile_re(r"\d[\d.,，]*")
AROUND = 40  # characters on either side of a number that is no fact

OUTLINE = (
    *(column for column in COLUMNS if column.name in ("area", "year")),
    Column("level", "层级", "integer", DESCRIPTIONS["Section"]["level"]),
    Column("heading", "标题", "string", "Marker and title, set in by its level."),
    Column("role", "性质", "string", DESCRIPTIONS["Section"]["role"], False, ("review", "plan"), ("回顾", "安排")),
    Column("period", "时期", "string", DESCRIPTIONS["Section"]["period"]),
    Column("facts", "事实数", "integer", "How many facts stand right below it."),
    *(column for column in COLUMNS if column.name == "source"),
)
REASONS = ("date", "ordinal", "name", "code", "structure", "vague", "unread", "dropped")
NUMBERS = (
    *(column for column in COLUMNS if column.name in ("area", "year", "path")),
    Column("quote", "原文", "string", "The number as written; those of a dropped line."),
    Column(
        "why",
        "原因",
        "string",
        "What it is instead of a fact; dropped where its line is not the report's.",
        False,
        REASONS,
        ("日期", "序数", "名称", "代码", "结构", "概数", "未读", "非正文"),
    ),
    Column("reason", "弃用原因", "string", "Why the line was dropped."),
    Column("passage", "上下文", "string", "The words around it, the number in 〔〕."),
    *(column for column in COLUMNS if column.name in ("source", "block", "start", "end")),
)
Answer = TypeVar("Answer")


class Styles:
    """The formats of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.cells: dict[tuple[Any, ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(properties)
        return self.made[key]

    def get_cell(self, name: str, number: str, tinted: bool, marked: bool) -> Any:
        """Of a column's cell; `number` is its number format."""
        key = name, number, tinted, marked
        if key not in self.cells:
            properties: dict[str, Any] = {"valign": "top"}
            if number:
                properties["num_format"] = number
            if name in WRAPPED:
                properties["text_wrap"] = True
            if tinted:
                properties["bg_color"] = TINT
            if marked and name in MARKED:
                properties |= {"font_color": TARGET, "bold": True}
            self.cells[key] = self.get(**properties)
        return self.cells[key]


class Sheet:
    """The rows of one table; a further sheet where one is full."""

    def __init__(self, book: Any, styles: Styles, name: str, columns: Sequence[Column], language: str) -> None:
        self.book = book
        self.styles = styles
        self.name = NAMES.get(name, name) if language == "zh" else name
        self.columns = columns
        self.language = language
        self.faces = list_faces(columns, language)
        self.lines = {face.place: Lines(face.width) for face in self.faces if face.width}
        self.drawn: dict[tuple[int, Look], Drawn] = {}
        self.number = 0
        self.rows = 0
        self.open()

    def open(self) -> None:
        self.number += 1
        name = self.name if self.number == 1 else f"{self.name} {self.number}"
        self.sheet = sheet = self.book.add_worksheet(name)
        self.direct = is_direct(sheet, self.styles.get())
        self.place = 0
        for index, column in enumerate(self.columns):
            sheet.set_column(index, index, WIDTHS.get(column.name, WIDTH))
        names = [column.name for column in self.columns]
        kept = names.index("item") + 1 if "item" in names[:5] else 0  # in sight, however far to the right one reads
        sheet.freeze_panes(1, kept)
        sheet.set_row(0, 1.4 * LINE)
        for index, (title, name) in enumerate(zip(name_columns(self.language, self.columns), names, strict=True)):
            colour = HEAD if name in FIRST or name not in COLUMN_NAMES else REST
            head = self.styles.get(bold=True, font_color="#FFFFFF", bg_color=colour, valign="vcenter")
            sheet.write_string(0, index, title, head)
        if self.direct:
            sheet._write_single_row(1)  # the head: it comes before what is put in directly
            sheet.row_data_fh.write(MARK)
            self.packed = self.book.packing.add_sheet(sheet.index)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def write(
        self,
        cells: Iterable[Cell],
        *,
        doubtful: bool = False,
        target: bool = False,
        rising: bool = False,
        indent: int = 0,
    ) -> None:
        """A row; `rising` where the amount is that of an increase, which is shown with a +."""
        if self.place + 1 >= MOST_ROWS:
            self.close()
            self.open()
        self.place += 1
        self.rows += 1
        look = Look(doubtful, target, rising)
        row: list[tuple[int, Cell, Any]] = []  # column, what is written, style
        for face, cell in zip(self.faces, cells, strict=True):
            if (chosen := self.choose(face, cell, look)) is not None:
                written, style = chosen
                if indent and face.column.name == "heading":
                    style = self.styles.get(valign="top", indent=min(indent, 15))
                row.append((face.place, written, style))
        lines = max((self.lines[place][cell] for place, cell, _ in row if place in self.lines), default=1)
        lines = min(lines, MOST_LINES)
        if self.direct:
            self.put_xml(draw_row(row, lines).replace(OPEN, str(self.place + 1)))
        else:
            write_row(self.sheet, self.place, row, lines)

    def choose(self, face: Face, cell: Cell, look: Look) -> tuple[Cell, Any] | None:
        """What is written of a cell, and in which style; None where nothing is."""
        name = face.column.name
        if face.is_said:
            cell = say_cell(face.column, cell, self.language)
        if cell is None or cell == "":
            return (None, self.styles.get_cell(name, "", True, look.target)) if look.doubtful else None
        number = "@" if face.is_text else ""
        if not isinstance(cell, str):
            number, cell = format_cell(cell, rising=look.rising and name == "amount")
        return cell, self.styles.get_cell(name, number, look.doubtful, look.target)

    def write_block(self, block: Block) -> None:
        """Rows of a table, column by column. Numbers are decimals, or texts with their digits."""
        count = count_rows(block)
        if not self.direct:
            for row in split_block(block):
                cells = [read_number(face.column, row[face.column.name]) for face in self.faces]
                doubtful, target, rising = LOOKS[code_look(row.get("doubts"), row.get("status"), row.get("kind"))]
                self.write(cells, doubtful=doubtful, target=target, rising=rising)
            return
        empty = [None] * count
        looks = list(map(code_look, *(block.get(name, empty) for name in ("doubts", "status", "kind"))))
        columns = [self.draw(face, block[face.column.name], looks) for face in self.faces]
        wrapped = [map(lines.__getitem__, block[self.columns[place].name]) for place, lines in self.lines.items()]
        lines = map(max, *wrapped, [1] * count, [1] * count)
        heads = [START_ROW[min(most, MOST_LINES)] for most in lines]
        self.put_rows(list(map("".join, zip(heads, *columns, strict=True))))

    def draw(self, face: Face, cells: Sequence[Cell], looks: Sequence[int]) -> list[str]:
        """The XML of a column's cells, each of which is drawn once for all rows that look the same."""
        if face.column.type == "number":
            cells = [cell if cell is None else str(cell) for cell in cells]
        drawn: dict[int, Drawn] = {}
        for code in set(looks):
            look = face.narrow(LOOKS[code])
            drawn[code] = self.drawn.setdefault((face.place, look), Drawn(self, face, look))
        xml = [drawn[look][cell] for look, cell in zip(looks, cells, strict=True)]
        for kept in drawn.values():
            kept.forget()
        return xml

    def put_rows(self, rows: Sequence[str]) -> None:
        """Put in rows whose numbers are left open; in a further sheet where one is full."""
        while rows:
            left = MOST_ROWS - 1 - self.place
            if not left:
                self.close()
                self.open()
                continue
            first = self.place + 2
            numbered = [row.replace(OPEN, str(number)) for number, row in enumerate(rows[:left], first)]
            self.place += len(numbered)
            self.rows += len(numbered)
            self.put_xml("</row>".join([*numbered, ""]))
            rows = rows[left:]

    def put_xml(self, xml: str) -> None:
        """Put in rows down to the one at `self.place`. They have no cells to the right of the heads."""
        self.sheet.previous_row = self.place
        self.sheet._check_dimensions(self.place, 0)
        self.packed.write(xml)

    def close(self) -> None:
        last = max(1, self.place)
        names = [column.name for column in self.columns]
        if names:
            self.sheet.autofilter(0, 0, last, len(names) - 1)
            printed = names.index("sentence") if names[: len(FIRST)] == list(FIRST) else len(names) - 1
            self.sheet.print_area(0, 0, last, printed)
            self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


COLUMN_NAMES = frozenset(column.name for column in COLUMNS)


class Look(NamedTuple):
    """What of a row its cells are written by."""

    doubtful: bool
    target: bool
    rising: bool  # the amount is that of an increase


LOOKS = tuple(Look(bool(code & 1), bool(code & 2), bool(code & 4)) for code in range(8))


def code_look(doubts: Cell, status: Cell, kind: Cell) -> int:
    """The place in LOOKS of how a row looks."""
    return (1 if doubts else 0) + (2 if status == "target" else 0) + (4 if kind == "increase" else 0)


class Face(NamedTuple):
    """What of a column its cells are written by."""

    place: int
    column: Column
    width: int  # at which its text is wrapped; 0 where it is not
    is_text: bool  # whatever it looks like
    is_said: bool  # in the language of the heads

    def narrow(self, look: Look) -> Look:
        """What of the row this column shows."""
        name = self.column.name
        return Look(look.doubtful, look.target and name in MARKED, look.rising and name == "amount")


class Drawn(dict[Cell, str]):
    """The XML of a column's cells in rows of one look, by what is in them; the number of the row is left open."""

    MOST = 4000  # that are kept from one block to the next: ids and quotes hardly come again

    def __init__(self, sheet: Sheet, face: Face, look: Look) -> None:
        self.sheet, self.face, self.look = sheet, face, look

    def __missing__(self, cell: Cell) -> str:
        chosen = self.sheet.choose(self.face, read_number(self.face.column, cell), self.look)
        xml = self[cell] = draw_cell(self.face.place, *chosen) if chosen else ""
        return xml

    def forget(self) -> None:
        if len(self) > self.MOST:
            self.clear()


class Lines(dict[Cell, int]):
    """How many lines the wrapped cells of a column take, by what is in them."""

    MOST = 4000

    def __init__(self, width: int) -> None:
        self.width = width

    def __missing__(self, cell: Cell) -> int:
        if len(self) > self.MOST:
            self.clear()
        long = isinstance(cell, str) and 2 * len(cell) > self.width
        lines = self[cell] = count_lines(str(cell), self.width) if long else 1
        return lines


def read_number(column: Column, cell: Cell) -> Cell:
    return Decimal(cell) if column.type == "number" and isinstance(cell, str) else cell


def list_faces(columns: Sequence[Column], language: str) -> list[Face]:
    return [
        Face(
            index,
            column,
            WIDTHS.get(column.name, WIDTH) if column.name in WRAPPED else 0,
            column.name in TEXTS,
            language == "zh" and bool(column.words),
        )
        for index, column in enumerate(columns)
    ]


def count_lines(cell: str, width: int) -> int:
    """How many lines a wrapped cell takes; a Chinese character is as wide as two letters."""
    return -(-measure_cells(cell) // width)


def format_cell(cell: Cell, *, rising: bool = False) -> tuple[str, Cell]:
    """The number format of a cell that is no text, and what is written: a number that Excel cannot hold as text.

    An increase is shown as +5.3, and is the number 5.3 all the same: 生产总值 5.3 % would read as a share.

    >>> format_cell(Decimal("-10.50"))
    ('#,##0.00', Decimal('-10.50'))
    >>> format_cell(Decimal("5.3"), rising=True)
    ('+#,##0.0;-#,##0.0', Decimal('5.3'))
    """
    if not isinstance(cell, Decimal):
        return "", cell
    _, digits, exponent = cell.as_tuple()
    if len(digits) > EXACT_DIGITS:
        return "@", format_decimal(cell)
    plain = name_format(exponent, grouped=True)
    return (f"+{plain};-{plain}" if rising else plain), cell


@lru_cache(maxsize=64)
def name_format(exponent: int | str, *, grouped: bool) -> str:
    """The number format of a decimal with that exponent."""
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")


def write_row(sheet: Any, row: int, cells: Iterable[tuple[int, Cell, Any]], lines: int) -> None:
    """Write the cells of a row by the calls that XlsxWriter has for it."""
    if lines > 1:
        sheet.set_row(row, LINE * lines)
    for index, cell, style in cells:
        write_cell(sheet, row, index, cell, style, blank=True)


# Names of XlsxWriter by which it writes a row in its mode of constant memory.
INNER = ("row_data_fh", "previous_row", "_write_single_row", "_check_dimensions", "index")


def is_direct(sheet: Any, style: Any) -> bool:
    """Whether this XlsxWriter takes rows as `draw_row` makes them."""
    return all(hasattr(sheet, name) for name in INNER) and hasattr(style, "_get_xf_index")


OPEN = "\0"  # stands for the number of a row, which is written last; in no text that XML holds
START_ROW = ["", f'<row r="{OPEN}">']  # by the lines that the row takes
START_ROW += [f'<row r="{OPEN}" ht="{LINE * lines:.16g}" customHeight="1">' for lines in range(2, MOST_LINES + 1)]


def draw_row(cells: Iterable[tuple[int, Cell, Any]], lines: int) -> str:
    """A row in the XML that `write_row` makes, in a fifth of the time: 600,000 facts are 15 million cells.

    XlsxWriter has its checks and three calls for each cell. Here they are put together at once.
    """
    return START_ROW[lines] + "".join([draw_cell(*cell) for cell in cells]) + "</row>"


def draw_cell(place: int, cell: Cell, style: Any) -> str:
    """The XML of a cell, the number of its row left open."""
    start = f'<c r="{LETTERS[place]}{OPEN}" s="{style._get_xf_index()}"'
    if cell is None:
        return f"{start}/>"
    if isinstance(cell, str):
        return f'{start} t="inlineStr"><is>{write_text(cell)}</is></c>'
    return f"{start}><v>{cell:.16G}</v></c>"


LETTERS = [chr(65 + index) for index in range(26)]
LETTERS += [first + second for first in LETTERS[:8] for second in LETTERS[:26]]
# What is written in another way: marks of XML, what Excel reads as an escape, what is no character, space at an end.
SPECIAL = compile_re(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_x[0-9a-fA-F]{4}_|^\s|\s$")
ESCAPE = compile_re(r"(_x[0-9a-fA-F]{4}_)")
CONTROL = compile_re(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def write_text(text: str) -> str:
    """The element of a cell's text.

    >>> write_text("粮食产量"), write_text(" <a>")
    ('<t>粮食产量</t>', '<t xml:space="preserve"> &lt;a&gt;</t>')
    """
    if len(text) <= MOST_TEXT and not SPECIAL.search(text):
        return f"<t>{text}</t>"
    text = ESCAPE.sub(r"_x005F\1", clean_cell(text))
    text = CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    kept = ' xml:space="preserve"' if text[:1].isspace() or text[-1:].isspace() else ""
    return f"<t{kept}>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</t>"


def write_cell(sheet: Any, row: int, index: int, value: object, style: Any, *, blank: bool = False) -> None:
    if value is None or value == "":
        if blank:
            sheet.write_blank(row, index, None, style)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, index, value, style)
    else:
        sheet.write_string(row, index, clean_cell(str(value)), style)


def clean_cell(text: str) -> str:
    """Text that a cell can hold; a longer one is cut, and says so at its end.

    >>> clean_cell("a" * 40_000)[-16:]
    'aaaaaaaaaaaa […]'
    """
    text = text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 4] + " […]"
    return text if text.isascii() else text.encode("utf-8", "replace").decode()  # half a surrogate pair


@contextmanager
def open_book(stream: BinaryIO) -> Iterator[Any]:
    """A book that is whole at the end, and dropped where an error ends it.

    Raises MissingLibraryError without xlsxwriter, OSError where the stream takes no more.
    """
    xlsxwriter = load_library("xlsxwriter", "excel")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with Packing() as packing, tempfile.TemporaryFile() as frame:
        book = xlsxwriter.Workbook(Sink(frame), options)
        book.packing = packing
        try:
            yield book
        except BaseException:
            for sheet in book.worksheets():
                sheet.row_data_fh.close()  # the rows that wait on disk
            raise
        try:
            book.close()
        except xlsxwriter.exceptions.XlsxWriterException as error:
            cause = error.args[0] if error.args else None
            raise (cause if isinstance(cause, OSError) else OSError(str(error))) from error
        write_zip(stream, packing.list_parts(frame))


# Rows are many times all else of a book. Threads pack them as they are drawn, and XlsxWriter packs a book with a mark
# in their place; at the end each sheet is put together of what is before its mark, its rows, and what is behind it.

MARK = "<!--rows-->"  # in no text that XML holds
PACKERS = 2  # threads: one packs half as fast as the rows are drawn
PIECE = 1_000_000  # bytes that are packed by themselves, or some more
LEVEL = 6  # zlib's and XlsxWriter's own
LARGEST = 0xFFFFFFFF  # bytes of a part, as the zip files that everybody reads have it
DAY = 1 << 5 | 31  # on which all parts were made, as XlsxWriter has it: 1980-01-31
VERSION, UNIX, RIGHTS = 20, 3, 0o100600  # of zip, of the system, of the files: as XlsxWriter has them, too
POLYNOMIAL = 0xEDB88320  # of CRC-32


class Piece(NamedTuple):
    data: bytes  # deflated; pieces one after another are one stream
    crc: int
    size: int  # of what was packed


def pack(data: bytes, *, last: bool = False) -> Piece:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush(zlib.Z_FINISH if last else zlib.Z_SYNC_FLUSH)
    return Piece(packed, zlib.crc32(data), len(data))


def join_crcs(first: int, second: int, size: int) -> int:
    """The CRC-32 of two texts, one behind the other, out of theirs and the size of the second.

    >>> join_crcs(zlib.crc32(b"2024"), zlib.crc32(b"459"), 3) == zlib.crc32(b"2024459")
    True
    """
    power = 1 << 23  # a byte further is a multiplication by x to the eighth; the lowest power is the highest bit
    while size:
        if size & 1:
            first = multiply(first, power)
        power = multiply(power, power)
        size >>= 1
    return first ^ second


def multiply(one: int, other: int) -> int:
    """The product of two polynomials, modulo that of CRC-32."""
    product = 0
    for bit in range(31, -1, -1):
        if one >> bit & 1:
            product ^= other
        other = other >> 1 ^ (POLYNOMIAL if other & 1 else 0)
    return product


class Part(NamedTuple):
    """A part of a zip file, and where its packed bytes are: file, offset, how many."""

    name: str
    crc: int
    packed: int
    size: int
    body: list[tuple[IO[bytes], int, int]]


class Rows:
    """The rows of a sheet, packed by other threads while the next ones are drawn; they wait in a file for the end."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.pool = pool
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115, closed with the packing
        self.held: list[bytes] = []
        self.holds = 0  # bytes
        self.waiting: deque[Future[Piece]] = deque()
        self.crc = self.size = 0

    def write(self, xml: str) -> None:
        data = xml.encode()
        self.held.append(data)
        self.holds += len(data)
        if self.holds >= PIECE:
            self.send()

    def send(self) -> None:
        self.waiting.append(self.pool.submit(pack, b"".join(self.held)))
        self.held.clear()
        self.holds = 0
        if len(self.waiting) > 2 * PACKERS:
            self.take()

    def take(self) -> None:
        data, crc, size = self.waiting.popleft().result()
        self.file.write(data)
        self.crc = join_crcs(self.crc, crc, size)
        self.size += size

    def fill(self, name: str, sheet: bytes) -> Part:
        """The sheet with the rows instead of its mark. The mark comes once; else the book would lose its rows."""
        self.send()
        while self.waiting:
            self.take()
        before, behind = sheet.split(MARK.encode())
        start, end = pack(before), pack(behind, last=True)
        crc = join_crcs(join_crcs(start.crc, self.crc, self.size), end.crc, end.size)
        files: list[IO[bytes]] = [BytesIO(start.data), self.file, BytesIO(end.data)]
        body = [(file, 0, file.seek(0, os.SEEK_END)) for file in files]
        return Part(name, crc, sum(size for _, _, size in body), len(before) + self.size + len(behind), body)


class Packing:
    """The rows of all sheets, and how they come into the book. Raises OSError where a disk takes no more."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(PACKERS)
        self.rows: dict[str, Rows] = {}

    def __enter__(self) -> Packing:
        return self

    def __exit__(self, *error: object) -> None:
        self.pool.shutdown(cancel_futures=True)
        for rows in self.rows.values():
            with suppress(OSError):
                rows.file.close()

    def add_sheet(self, index: int) -> Rows:
        rows = self.rows[f"xl/worksheets/sheet{index + 1}.xml"] = Rows(self.pool)
        return rows

    def list_parts(self, frame: IO[bytes]) -> Iterator[Part]:
        """The parts of the book that XlsxWriter packed in `frame`, with their rows."""
        with zipfile.ZipFile(frame) as book:
            for info in book.infolist():
                rows = self.rows.get(info.filename)
                if rows is not None:
                    yield rows.fill(info.filename, book.read(info))
                    continue
                frame.seek(info.header_offset + 26)
                start = info.header_offset + 30 + sum(struct.unpack("<2H", frame.read(4)))
                body = [(frame, start, info.compress_size)]
                yield Part(info.filename, info.CRC, info.compress_size, info.file_size, body)


def write_zip(stream: BinaryIO, parts: Iterable[Part]) -> None:
    """Write a zip file from front to back, as XlsxWriter does. Raises OSError for more than such a file can say."""
    directory, place, count = b"", 0, 0
    for part in parts:
        if max(part.packed, part.size, place + part.packed) > LARGEST:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        name = part.name.encode("ascii")
        sizes = part.crc, part.packed, part.size, len(name), 0
        about = struct.pack("<5H3I2H", VERSION, 0, zipfile.ZIP_DEFLATED, 0, DAY, *sizes)
        stream.write(b"PK\3\4" + about + name)
        for file, start, size in part.body:
            copy_bytes(file, start, size, stream)
        directory += b"PK\1\2" + struct.pack("<H", UNIX << 8 | VERSION) + about
        directory += struct.pack("<3H2I", 0, 0, 0, RIGHTS << 16, place) + name
        place += 4 + len(about) + len(name) + part.packed
        count += 1
    stream.write(directory + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, count, count, len(directory), place, 0))


def copy_bytes(file: IO[bytes], start: int, size: int, stream: BinaryIO) -> None:
    file.seek(start)
    while size > 0 and (data := file.read(min(size, PIECE))):
        stream.write(data)
        size -= len(data)


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


class FactBook:
    """Reports in a workbook, to which they are added one by one; nothing of a report is kept."""

    def __init__(self, book: Any, language: str, columns: Sequence[Column]) -> None:
        self.book = book
        self.language = language
        styles = self.styles = Styles(self.book)
        self.facts = Sheet(self.book, styles, "facts", columns, language)
        self.outline = Sheet(self.book, styles, "outline", OUTLINE, language)
        self.numbers = Sheet(self.book, styles, "numbers", NUMBERS, language)
        self.tables = self.book.add_worksheet(NAMES["tables"] if language == "zh" else "tables")
        self.tables_end = 0
        self.doubts: set[str] = set()

    def add(self, report: Report) -> None:
        for fact in report.facts:
            row = read_row(report, fact, self.facts.columns)
            rising = fact.kind == "increase"
            self.facts.write(row, doubtful=bool(fact.doubts), target=fact.status == "target", rising=rising)
            self.doubts.update(fact.doubts)
        self.add_outline(report)
        self.add_numbers(report)
        self.add_tables(report)

    def add_outline(self, report: Report) -> None:
        about, counts = report.metadata, count_facts(report)
        for index, section in enumerate(report.sections):
            heading = f"{section.marker}{section.title}"
            place = (about.area, about.year, section.level, heading)
            row = (*place, section.role, section.period, counts[index], report.source.name)
            self.outline.write(row, indent=section.level - 1)

    def add_numbers(self, report: Report) -> None:
        about, name = (report.metadata.area, report.metadata.year), report.source.name
        for number in report.non_facts:
            block = report.blocks[number.block]
            before, after = block.text[: number.start], block.text[number.end :]
            passage = f"{before[-AROUND:]}〔{number.quote}〕{after[:AROUND]}"
            place = (number.block, number.start, number.end)
            path = name_path(report, block.section)
            self.numbers.write((*about, path, number.quote, number.why, None, passage, name, *place))
        for line in report.dropped:
            if (found := DIGITS.findall(line.text)) and line.reason != "metadata":
                quote, passage = " ".join(found), line.text[: 4 * AROUND]
                self.numbers.write((*about, None, quote, "dropped", line.reason, passage, name, None, None, None))

    def add_tables(self, report: Report) -> None:
        """A table below the other, each as it stands on the page, below its caption."""
        sheet, row = self.tables, self.tables_end
        title = self.styles.get(bold=True)
        for table in report.tables:
            if row + len(table.rows) + 3 > MOST_ROWS:
                break
            unit = table.unit and f"（{table.unit}）"
            about = report.metadata.area or report.metadata.title or report.source.name
            sheet.write_string(row, 0, clean_cell(f"{about}  {table.caption}{unit}"), title)
            for number, cells in enumerate(table.rows):
                row += 1
                for index, cell in enumerate(cells):
                    head = number < table.head_rows or index < table.head_columns
                    write_grid_cell(sheet, row, index, cell, self.styles, head=head)
            row += 2
        self.tables_end = row

    def close(self) -> None:
        for sheet in (self.facts, self.outline, self.numbers):
            sheet.close()
        self.tables.set_column(0, 0, 28)
        self.tables.set_column(1, 40, 14)
        write_about(self.book, self.styles, self.language, self.facts.columns, self.doubts)


@contextmanager
def make_book(stream: BinaryIO, *, language: str = "en", columns: Sequence[Column] = COLUMNS) -> Iterator[FactBook]:
    """A book for reports, which is in the stream once the block is left. Raises MissingLibraryError."""
    with open_book(stream) as book:
        facts = FactBook(book, language, columns)
        yield facts
        facts.close()


def name_path(report: Report, section: int | None) -> str:
    path: list[str] = []
    while section is not None:
        path.insert(0, report.sections[section].title)
        section = report.sections[section].parent
    return " > ".join(path)


def write_grid_cell(sheet: Any, row: int, index: int, cell: str, styles: Styles, *, head: bool) -> None:
    """A cell of a table: a number where it is one as a whole, with its decimals."""
    look: dict[str, Any] = {"border": 1, "border_color": "#BFBFBF", "valign": "top"}
    if head:
        look |= {"bold": True, "bg_color": "#F2F2F2"}
    elif PLAIN_NUMBER.fullmatch(cell) and len(cell) <= EXACT_DIGITS:
        value = Decimal(cell.replace(",", ""))
        sheet.write_number(
            row,
            index,
            value,
            styles.get(**look, num_format=name_format(value.as_tuple().exponent, grouped="," in cell)),
        )
        return
    if cell:
        sheet.write_string(row, index, clean_cell(cell), styles.get(**look))
    else:
        sheet.write_blank(row, index, None, styles.get(**look))


def write_about(book: Any, styles: Styles, language: str, columns: Sequence[Column], doubts: Iterable[str]) -> None:
    """The last sheet: what the colours, the columns and the doubts mean."""
    from qjreport.lexicon.rules import load_rules

    chinese = language == "zh"
    sheet = book.add_worksheet(NAMES["about"] if chinese else "about")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 110)
    bold, wrap = styles.get(bold=True, valign="top"), styles.get(text_wrap=True, valign="top")
    tinted, target = styles.get(bg_color=TINT), styles.get(font_color=TARGET, bold=True)
    known = load_rules().doubts
    columns_told = zip(name_columns(language, columns), columns, strict=True)
    doubts_told = [(doubt, known[doubt].say("zh" if chinese else "en")) for doubt in sorted(doubts) if doubt in known]
    lines = [
        ("qjreport", __version__, bold),
        LEGEND[language][0] + (tinted,),
        LEGEND[language][1] + (target,),
        ("", "", bold),
        *((name, column.description, bold) for name, column in columns_told),
        ("", "", bold),
        *((doubt, meaning, bold) for doubt, meaning in doubts_told),
    ]
    for row, (name, meaning, style) in enumerate(lines):
        sheet.write_string(row, 0, name, style)
        sheet.write_string(row, 1, meaning, wrap)


def write_workbook(
    stream: BinaryIO,
    tables: Mapping[str, tuple[Sequence[Column], Iterable[Block]]],
    *,
    language: str = "en",
) -> None:
    """Write the tables, row by row, whatever their length: a table that is too long for a sheet goes on in another.

    Raises MissingLibraryError without xlsxwriter.
    """
    with open_book(stream) as book:
        styles = Styles(book)
        for table, (columns, blocks) in tables.items():
            sheet = Sheet(book, styles, table, columns, language)
            for block in blocks:
                sheet.write_block(block)
            sheet.close()
