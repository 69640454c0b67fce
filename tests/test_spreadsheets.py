"""What an analyst opens: the workbook and CSV, as files, and as LibreOffice reads them."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import SAMPLES, make_fact, make_report

import qjreport
from qjreport.model import Metadata, Report
from qjreport.writers.csv_tsv import BOM, write_facts, write_header
from qjreport.writers.dataset_rows import gather_blocks
from qjreport.writers.fact_columns import COLUMNS, ColumnError, choose_columns, read_row

pytest.importorskip("xlsxwriter", reason="needs the extra excel")

from calls import call

from qjreport.writers import workbook

FIRST = ["area", "year", "path", "item", "amount", "unit", "quote", "bound", "period", "status", "doubts", "sentence"]
SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# What a spreadsheet might take for something else: a date, an exponent, a formula, more digits than it has.
HARD = [
    make_fact(id="f12e456789012", period="2024-04", value=Decimal("5.30"), unit="%", quote="5.30%"),
    make_fact(
        id="f000000000001", period="2024-01/2024-06", value=Decimal("2.2"), change=Decimal("-2.2"), kind="decrease"
    ),
    make_fact(id="f1", period="2021-2025", value=Decimal("1234567890123456.25"), status="target"),
    make_fact(id="f2-2", period="2024", value=Decimal("1E+5"), part_of="f1", doubts=("item.short",)),
    make_fact(id="f3", period=None, value=Decimal("0.0000001"), sentence="=1+1，" + "长" * 300, quote="+3%"),
]


def make_book(*reports: Report, **options: Any) -> zipfile.ZipFile:
    """The workbook of these reports."""
    stream = io.BytesIO()
    with workbook.make_book(stream, **options) as book:
        for report in reports:
            book.add(report)
    return zipfile.ZipFile(stream)


def read_sheet(book: zipfile.ZipFile, number: int = 1) -> list[list[tuple[str, str]]]:
    """Type and text of each cell that is not empty, row by row; "n" is a number."""
    tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    rows = []
    for row in tree.iter(f"{SPACE}row"):
        cells = [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row]
        rows.append([cell for cell in cells if cell[1]])
    return rows


class TestColumns:
    def test_the_order_in_which_an_analyst_reads(self) -> None:
        assert [column.name for column in COLUMNS][: len(FIRST)] == FIRST

    @pytest.mark.parametrize(
        ("fields", "amount"),
        [
            ({"value": Decimal("459")}, "459"),
            ({"value": Decimal("10.5"), "kind": "decrease", "change": Decimal("-10.5")}, "-10.5"),
            ({"value": Decimal("-2.2"), "kind": "increase", "change": Decimal("-2.2")}, "-2.2"),
            ({"value": Decimal("3"), "value_to": Decimal("5")}, "3"),
        ],
    )
    def test_the_amount_is_signed(self, fields: dict[str, Any], amount: str) -> None:
        fact = make_fact(**fields)
        assert read_row(make_report(), fact, choose_columns("amount")) == (Decimal(amount),)

    @pytest.mark.parametrize(
        ("names", "message"),
        [
            ("item,valeu", "did you mean value"),
            ("指标,时期x", "did you mean 时期"),
            ("item,指标", "item comes twice"),
            (" , ", "no column is named"),
            ("zzz", "area, year, path"),
        ],
    )
    def test_mistakes(self, names: str, message: str) -> None:
        with pytest.raises(ColumnError, match=message):
            choose_columns(names)

    def test_every_word_has_its_chinese(self) -> None:
        words = {column.name: (len(column.enum), len(column.words)) for column in COLUMNS if column.words}
        assert words == {"status": (2, 2), "kind": (4, 4), "headline": (2, 2), "measure": (5, 5)}

    def test_picked_and_ordered(self) -> None:
        done = call("extract", SAMPLES[0], "-f", "csv", "--columns", "时期,item,amount", "--headers", "zh")
        assert done.stdout.splitlines()[0] == "时期,指标,数量"

    def test_chinese_values(self) -> None:
        facts = (make_fact(), make_fact(kind="decrease", status="target", headline="target", change=Decimal(-1)))
        columns = choose_columns("kind,status,headline,item")
        rows = write_facts(make_report(facts=facts), columns=columns, language="zh").decode().splitlines()
        assert rows == ["水平,结果,,提案", "减少,目标,目标,提案"]

    @pytest.mark.parametrize(
        "args", [["-f", "json", "--columns", "item"], ["-f", "csv", "--columns", "itm"], ["-f", "xlsx"]]
    )
    def test_wrong_usage(self, args: list[str]) -> None:
        assert call("extract", SAMPLES[0], *args).exit_code == 2


class TestWorkbook:
    def test_sheets_of_many_pages(self, tmp_path: Path) -> None:
        done = call("extract", *SAMPLES, "-o", tmp_path / "facts.xlsx")
        assert done.exit_code == 0, done.stderr
        reports = [qjreport.extract(sample) for sample in SAMPLES]
        with zipfile.ZipFile(tmp_path / "facts.xlsx") as book:
            names = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
            assert names == ["facts", "outline", "numbers", "tables", "about"]
            facts, outline, numbers, tables = (read_sheet(book, number) for number in range(1, 5))
        assert [text for _, text in facts[0]] == [column.name for column in COLUMNS]
        assert len(facts) == 1 + sum(len(report.facts) for report in reports)
        assert len(outline) == 1 + sum(len(report.sections) for report in reports)
        assert len(numbers) > sum(len(report.non_facts) for report in reports)
        assert len(tables) == sum(1 + len(table.rows) for report in reports for table in report.tables)

    def test_cells_have_their_types(self) -> None:
        rows = read_sheet(make_book(make_report(facts=tuple(HARD))))
        cells = [dict(zip([text for _, text in rows[0]], row, strict=False)) for row in rows[1:]]
        assert [cell["amount"] for cell in cells] == [
            ("n", "5.30"), ("n", "-2.2"), ("inlineStr", "1234567890123456.25"), ("n", "1E+5"), ("n", "1E-7")
        ]  # fmt: skip
        assert {("inlineStr", fact.id) for fact in HARD} <= {cell for row in rows for cell in row}
        assert {("inlineStr", fact.period) for fact in HARD if fact.period} <= {cell for row in rows for cell in row}

    def test_looks(self) -> None:
        book = make_book(make_report(facts=tuple(HARD)))
        sheet, styles = (book.read(name).decode() for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml"))
        assert 'state="frozen"' in sheet
        assert '<autoFilter ref="A1:' in sheet
        assert "<f>" not in sheet
        assert 'formatCode="#,##0.00"' in styles  # 5.30
        assert "FFF2CC" in styles and "1F4E9E" in styles  # a doubt, a target
        assert 'wrapText="1"' in styles
        heights = [float(height) for height in re.findall(r'<row r="6"[^>]* ht="([\d.]+)"', sheet)]
        assert heights == [workbook.LINE * workbook.MOST_LINES]

    def test_an_increase_has_a_plus(self) -> None:
        rise = make_fact(kind="increase", value=Decimal("5.3"), change=Decimal("5.3"), unit="%")
        for fact, format_ in ((rise, "+#,##0.0;-#,##0.0"), (make_fact(kind="level", value=Decimal("5.3")), "#,##0.0")):
            book = make_book(make_report(facts=(fact,)))
            formats = re.findall(r'formatCode="([^"]+)"', book.read("xl/styles.xml").decode())
            assert format_ in formats
            assert any(one.startswith("+") for one in formats) == (fact is rise)
            assert ("n", "5.3") in read_sheet(book)[1]

    def test_a_sure_result_is_plain(self) -> None:
        styles = make_book(make_report()).read("xl/worksheets/sheet1.xml").decode()
        doubtful = make_book(make_report(facts=(make_fact(doubts=("item.short",)),)))
        assert styles.count("<c ") < doubtful.read("xl/worksheets/sheet1.xml").decode().count("<c ")  # tinted blanks

    def test_chinese(self) -> None:
        book = make_book(make_report(facts=(make_fact(status="target"),)), language="zh")
        assert "事实" in book.read("xl/workbook.xml").decode()
        assert ("inlineStr", "目标") in read_sheet(book)[1]

    def test_numbers_that_are_no_facts_have_their_reasons(self) -> None:
        rows = read_sheet(make_book(make_report()), 3)
        assert ("inlineStr", "unread") in rows[1]
        assert ("inlineStr", "◆第3届第〔7a〕号") in rows[1]
        assert {("inlineStr", "dropped"), ("inlineStr", "footer")} <= set(rows[2])

    def test_tables_are_tables(self) -> None:
        assert read_sheet(make_book(make_report()), 4) == [
            [("inlineStr", "白溪区  表1（件）")],
            [("inlineStr", "指标"), ("inlineStr", "数量")],
            [("inlineStr", "提案"), ("n", "1")],
        ]

    def test_a_full_sheet_goes_on_in_another(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbook, "MOST_ROWS", 4)
        book = make_book(make_report(facts=tuple(HARD)))
        assert 'name="facts 2"' in book.read("xl/workbook.xml").decode()

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_rows_are_written_as_xlsxwriter_writes_them(self, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
        """By columns and cell by cell the same sheets come out, whatever the text of a cell is.

        Byte for byte, but that the styles are numbered in another order.
        """
        openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
        odd = [
            "<p>&amp;",
            " 前后有空格 ",
            "_x0041_",
            "\x01\x1f",
            "\ufffe",
            "第一行\n第二行",
            "a" * 40_000,
            "",
            '"引号"',
        ]
        rows = [
            {"item": text, "sentence": text * 9, "amount": Decimal("-1234.50"), "doubts": doubts, "kind": kind}
            for text in odd
            for doubts, kind in (("", "level"), ("item.long", "increase"))
        ]
        rows += [{"amount": Decimal("12345678901234567890.5"), "year": 2024, "status": "target", "period": "2024-04"}]
        columns = choose_columns("area,year,item,amount,period,status,kind,doubts,sentence")
        filled = [{column.name: row.get(column.name) for column in columns} for row in rows]
        books = []
        monkeypatch.setattr(workbook, "PIECE", 1000)  # so that the rows are packed in some
        for direct in (True, False):
            monkeypatch.setattr(workbook, "is_direct", lambda *_, direct=direct: direct)
            stream = io.BytesIO()
            blocks = gather_blocks(filled, [column.name for column in columns])
            workbook.write_workbook(stream, {"facts": (columns, blocks)}, language=language)
            with zipfile.ZipFile(stream) as parts:
                files = {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}
            styles = files.pop("xl/styles.xml")
            sheet = files.pop("xl/worksheets/sheet1.xml")
            assert sheet.count(b"<row ") == len(rows) + 1
            cells = [cell for row in openpyxl.load_workbook(stream).active.iter_rows() for cell in row]
            looks = [
                [repr(getattr(cell, name)) for name in ("value", "number_format", "font", "fill", "alignment")]
                for cell in cells
            ]
            books.append((files, re.sub(rb' s="\d+"', b"", sheet), len(styles), looks))
        assert books[0] == books[1]

    def test_this_xlsxwriter_takes_rows_at_once(self) -> None:
        with workbook.open_book(io.BytesIO()) as book:
            assert workbook.Sheet(book, workbook.Styles(book), "facts", choose_columns("item"), "en").direct

    def test_the_file_is_a_plain_zip_file(self) -> None:
        book = make_book(make_report(facts=tuple(HARD)))
        assert book.testzip() is None
        assert book.namelist()[0] == "[Content_Types].xml"  # by which programs know it
        assert {(part.date_time[:3], part.flag_bits, part.extract_version) for part in book.infolist()} == {
            ((1980, 1, 31), 0, 20)
        }

    def test_more_than_a_zip_file_holds(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbook, "LARGEST", 3000)
        with pytest.raises(OSError, match="too large"):
            make_book(make_report(facts=tuple(HARD)))

    def test_a_broken_off_book_leaves_nothing(self) -> None:
        stream = io.BytesIO()
        with pytest.raises(KeyboardInterrupt), workbook.make_book(stream) as book:
            book.add(make_report())
            raise KeyboardInterrupt
        assert stream.getvalue() == b""

    def test_half_a_surrogate_pair(self) -> None:
        rows = read_sheet(make_book(make_report(metadata=Metadata(area="白\ud800溪"))))
        assert ("inlineStr", "白?溪") in rows[1]

    def test_no_page_no_file(self, tmp_path: Path) -> None:
        done = call("extract", tmp_path / "missing.html", "-o", tmp_path / "facts.xlsx")
        assert done.exit_code == 1
        assert list(tmp_path.iterdir()) == []

    def test_without_the_extra(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
        done = call("extract", SAMPLES[0], "-o", tmp_path / "facts.xlsx")
        assert done.exit_code == 1
        assert '"qjreport[excel]" brings it' in done.stderr

    def test_too_many_rows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbook, "MANY_ROWS", 10)
        done = call("extract", SAMPLES[0], "-o", tmp_path / "facts.xlsx")
        assert "opens slowly, or not at all. Take -o facts.csv" in done.stderr


OFFICE = shutil.which("soffice") or shutil.which("localc")
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false"  # the cells themselves, not how they look


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice Calc is not installed")
class TestLibreOffice:
    """Opened and saved again, every id, period and amount is what it was."""

    def open(self, path: Path, *args: str) -> list[dict[str, str]]:
        home = f"-env:UserInstallation={(path.parent / 'home').as_uri()}"
        out = path.parent / "out"
        command = [str(OFFICE), home, "--headless", *args, "--convert-to", AS_CSV, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        with (out / f"{path.stem}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @pytest.mark.parametrize("ending", ["xlsx", "csv"])
    def test_every_id_period_and_amount(self, tmp_path: Path, ending: str) -> None:
        reports = [make_report(facts=tuple(HARD)), *(qjreport.extract(sample) for sample in SAMPLES)]
        path = tmp_path / f"facts.{ending}"
        if ending == "csv":
            path.write_bytes(BOM + write_header() + b"".join(map(write_facts, reports)))
            rows = self.open(path, "--infilter=CSV:44,34,76,1")
        else:
            path.write_bytes(make_book(*reports).fp.getvalue())
            rows = self.open(path)
        facts = [fact for report in reports for fact in report.facts]
        assert [row["id"] for row in rows] == [fact.id for fact in facts]
        assert [row["period"] for row in rows] == [fact.period or "" for fact in facts]
        wanted = [fact.value if fact.change is None else fact.change for fact in facts]
        got = [Decimal(row["amount"]) for row in rows]
        for value, exact in zip(got, wanted, strict=True):
            if len(exact.as_tuple().digits) <= 15 or ending == "xlsx":  # more digits no spreadsheet keeps of a number
                assert value == exact
