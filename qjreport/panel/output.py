"""Rows of the panel and the track → files: Parquet, a workbook, SQLite, and the data package that describes them.

CSV, TSV and JSON Lines are written by `qjreport.writers`. The same rows give the same bytes: nothing of the day or the
machine goes into a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import qjreport.version
from qjreport.panel.frames import make_frame
from qjreport.writers.amounts import format_decimal
from qjreport.writers.dataset_rows import gather_blocks
from qjreport.writers.fact_columns import Column, name_columns, say_cell
from qjreport.writers.files import make_aside, write_whole
from qjreport.writers.parquet import load_library
from qjreport.writers.schema import build_field
from qjreport.writers.sqlite import write_database
from qjreport.writers.workbook import EXACT_DIGITS, MOST_ROWS, WIDTH, WIDTHS, write_cell

Table = tuple[tuple[Column, ...], list[dict[str, Any]]]
EPOCH = datetime(2000, 1, 1)  # when each workbook says that it was made
MOST_CHARTS = 200  # of a workbook
CHART_ROWS, CHART_COLUMNS, CHARTS_ABREAST = 15, 8, 3  # cells that a chart takes, and how many stand side by side
PRIMARY = {"panel": ["indicator", "document", "fact"], "track": ["target_document", "target_fact"]}
TITLES = {
    "panel": "Places × years × indicators, a row a value with its sentence",
    "track": "Targets against results, a row a target",
    "matrix": "A row a place and year, a column an indicator",
}


def pack_parquet(table: Table) -> bytes:
    """A table as Parquet."""
    columns, rows = table
    sink = BytesIO()
    make_frame(rows, columns).write_parquet(sink, compression="zstd", statistics=True)
    return sink.getvalue()


def write_sqlite(path: Path, tables: Mapping[str, Table]) -> None:
    """Tables as a database. Raises sqlite3.Error or OSError where it cannot be written."""
    with make_aside(path.resolve()) as aside:
        blocks = {
            name: (columns, gather_blocks(rows, [column.name for column in columns]))
            for name, (columns, rows) in tables.items()
        }
        write_database(aside, blocks)


def write_book(path: Path, tables: Mapping[str, Table], language: str = "en") -> None:
    """Tables as a workbook, a sheet each; a matrix also as line charts, a chart a place and indicator.

    Raises MissingLibraryError without xlsxwriter.
    """
    xlsxwriter = load_library("xlsxwriter", "excel")
    with write_whole(path) as stream:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        book = xlsxwriter.Workbook(stream, options)
        book.set_properties({"created": EPOCH})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, (columns, rows) in tables.items():
            sheet = open_sheet(book, head, name, columns, language)
            for place, row in enumerate(rows, 1):
                for index, column in enumerate(columns):
                    cell = say_cell(column, row[column.name], language)
                    write_cell(sheet, place, index, keep_digits(cell), None)
        if "matrix" in tables:
            draw_book(book, tables["matrix"])
        book.close()


def open_sheet(book: Any, head: Any, name: str, columns: Sequence[Column], language: str) -> Any:
    """A sheet with its head frozen, filters on, and columns as wide as what they hold."""
    sheet = book.add_worksheet(name)
    for index, title in enumerate(name_columns(language, columns)):
        sheet.set_column(index, index, WIDTHS.get(columns[index].name, WIDTH))
        sheet.write_string(0, index, title, head)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, MOST_ROWS - 1, max(0, len(columns) - 1))
    return sheet


def keep_digits(value: object) -> object:
    """A number that a workbook would round, as text."""
    long = isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT_DIGITS
    return format_decimal(value) if long and isinstance(value, Decimal) else value


def draw_book(book: Any, matrix: Table) -> None:
    """The sheet of charts: targets and results over years, of each place and indicator."""
    columns, rows = matrix
    spans: dict[str, tuple[int, int]] = {}
    for number, row in enumerate(rows, 1):
        first, _ = spans.get(row["place"], (number, number))
        spans[row["place"]] = (first, number)
    series: dict[str, list[tuple[str, int]]] = {}
    for index, column in enumerate(columns):
        name, _, role = column.name.rpartition(".")
        if name:
            series.setdefault(name, []).append((role, index))
    sheet, count = None, 0
    for name, roles in series.items():
        for place, (first, last) in spans.items():
            if last == first or count == MOST_CHARTS:
                continue
            sheet = sheet or book.add_worksheet("charts")
            chart = book.add_chart({"type": "line"})
            for role, index in roles:
                chart.add_series(
                    {
                        "name": role,
                        "categories": ["matrix", first, 3, last, 3],
                        "values": ["matrix", first, index, last, index],
                        "marker": {"type": "circle", "size": 4},
                    }
                )
            chart.set_title({"name": f"{place} {name}", "name_font": {"size": 10}})
            chart.show_blanks_as("gap")
            below, beside = divmod(count, CHARTS_ABREAST)
            sheet.insert_chart(below * CHART_ROWS, beside * CHART_COLUMNS, chart)
            count += 1


MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet", "tsv": "text/tab-separated-values"}


def describe(file: Path, name: str, columns: Sequence[Column], rows: int, made_of: str, language: str = "en") -> None:
    """Enter an output in datapackage.json of its folder, and write CITATION.cff beside it.

    A package that is there keeps the other outputs that it describes, so that panel and track share one.
    """
    package_path = file.with_name("datapackage.json")
    resources: dict[str, Any] = {}
    if package_path.exists():
        package = json.loads(package_path.read_text(encoding="utf-8"))
        if package.get("name") != "qjreport-panel":
            raise FileExistsError(f"{package_path} describes something else")
        resources = {resource["path"]: resource for resource in package["resources"]}
    resources[file.name] = describe_resource(file, name, columns, rows, language)
    package = {
        "profile": "data-package",
        "name": "qjreport-panel",
        "title": "Panel of Chinese local-government reports",
        "qjreport": {"version": qjreport.version.__version__, "made_of": made_of},
        "sources": [{"title": "The reports that the dataset was made of", "path": made_of}],
        "resources": [resources[path] for path in sorted(resources)],
    }
    with write_whole(package_path) as stream:
        stream.write(json.dumps(package, ensure_ascii=False, indent=2).encode() + b"\n")
    with write_whole(file.with_name("CITATION.cff")) as stream:
        stream.write(CITATION.format(version=qjreport.version.__version__, made_of=made_of).encode())


def describe_resource(file: Path, name: str, columns: Sequence[Column], rows: int, language: str) -> dict[str, Any]:
    kind = file.suffix.lstrip(".").lower()
    fields = [build_field(column, language) for column in columns]
    resource: dict[str, Any] = {
        "name": name,
        "title": TITLES[name],
        "path": file.name,
        "format": kind,
        "rows": rows,
        "schema": {"fields": fields, "missingValues": [""]},
    }
    if kind in MEDIA:
        resource["mediatype"] = MEDIA[kind]
    if name in PRIMARY:
        key = [column for column in columns if column.name in PRIMARY[name]]
        resource["schema"]["primaryKey"] = list(name_columns(language, key))
    return resource


CITATION = """cff-version: 1.2.0
message: "If you use these data, cite qjreport and the reports that the column source names."
title: "Panel of Chinese local-government reports, extracted by qjreport {version}"
type: dataset
authors:
  - name: "qjreport contributors"
version: "{version}"
license: "MIT"
abstract: "Targets and results of indicators by place and year, each with its sentence; made of the dataset {made_of}."
references:
  - type: software
    title: "qjreport"
    version: "{version}"
    authors:
      - name: "qjreport contributors"
"""
