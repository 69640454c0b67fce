"""Facts and all that belongs to them as an Excel workbook.

The first sheet has the facts as an analyst reads them (`fact_columns`): typed cells, numbers with their own decimals, a
frozen header with filters, long sentences wrapped, rows with doubts tinted, targets in another colour. Periods and ids
are text, for a spreadsheet would make a date of 2024-04. `make_book` takes reports one by one and adds their outlines,
their numbers that are no facts, and their tables; `write_workbook` takes the tables of a dataset. Both write row by
row, and go on in another sheet where one is full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, BinaryIO, TypeVar

from qjreport.language import measure_cells
from qjreport.model import Report
from qjreport.text.patterns import compile_re
from qjreport.version import __version__
from qjreport.writers.amounts import format_decimal
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
        self.number = 0
        self.rows = 0
        self.open()

    def open(self) -> None:
        self.number += 1
        name = self.name if self.number == 1 else f"{self.name} {self.number}"
        self.sheet = sheet = self.book.add_worksheet(name)
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
        said = [say_cell(column, cell, self.language) for column, cell in zip(self.columns, cells, strict=True)]
        lines = max(map(count_lines, self.columns, said), default=1)
        if lines > 1:
            self.sheet.set_row(self.place, LINE * min(lines, MOST_LINES))
        for index, (column, cell) in enumerate(zip(self.columns, said, strict=True)):
            number, cell = format_cell(column, cell, rising=rising and column.name == "amount")
            style = self.styles.get_cell(column.name, number, doubtful, target)
            if indent and column.name == "heading":
                style = self.styles.get(valign="top", indent=min(indent, 15))
            write_cell(self.sheet, self.place, index, cell, style, blank=doubtful)

    def close(self) -> None:
        last = max(1, self.place)
        names = [column.name for column in self.columns]
        if names:
            self.sheet.autofilter(0, 0, last, len(names) - 1)
            printed = names.index("sentence") if names[: len(FIRST)] == list(FIRST) else len(names) - 1
            self.sheet.print_area(0, 0, last, printed)
            self.sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})


COLUMN_NAMES = frozenset(column.name for column in COLUMNS)


def count_lines(column: Column, cell: Cell) -> int:
    """How many lines a wrapped cell takes; a Chinese character is as wide as two letters."""
    if column.name not in WRAPPED or not isinstance(cell, str):
        return 1
    width = WIDTHS.get(column.name, WIDTH)
    if 2 * len(cell) <= width:
        return 1
    return -(-measure_cells(cell) // width)


def format_cell(column: Column, cell: Cell, *, rising: bool = False) -> tuple[str, Cell]:
    """The number format of a cell, and what is written: a number that Excel cannot hold as text.

    An increase is shown as +5.3, and is the number 5.3 all the same: 生产总值 5.3 % would read as a share.

    >>> column = next(column for column in COLUMNS if column.name == "amount")
    >>> format_cell(column, Decimal("-10.50"))
    ('#,##0.00', Decimal('-10.50'))
    >>> format_cell(column, Decimal("5.3"), rising=True)
    ('+#,##0.0;-#,##0.0', Decimal('5.3'))
    """
    if isinstance(cell, Decimal):
        if len(cell.as_tuple().digits) > EXACT_DIGITS:
            return "@", format_decimal(cell)
        plain = name_format(cell, grouped=True)
        return (f"+{plain};-{plain}" if rising else plain), cell
    if isinstance(cell, str) and column.name in TEXTS:
        return "@", cell
    return "", cell


def name_format(value: Decimal, *, grouped: bool) -> str:
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")


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
    book = xlsxwriter.Workbook(Sink(stream), options)
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
        sheet.write_number(row, index, value, styles.get(**look, num_format=name_format(value, grouped="," in cell)))
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
    tables: Mapping[str, tuple[Sequence[Column], Iterable[dict[str, Any]]]],
    *,
    language: str = "en",
) -> None:
    """Write the tables, row by row, whatever their length: a table that is too long for a sheet goes on in another.

    Raises MissingLibraryError without xlsxwriter.
    """
    with open_book(stream) as book:
        styles = Styles(book)
        for table, (columns, rows) in tables.items():
            sheet = Sheet(book, styles, table, columns, language)
            for row in rows:
                cells = [row[column.name] for column in columns]
                marks = bool(row.get("doubts")), row.get("status") == "target", row.get("kind") == "increase"
                sheet.write(cells, doubtful=marks[0], target=marks[1], rising=marks[2])
            sheet.close()
