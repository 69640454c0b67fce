"""`qjreport extract`: the facts of pages, in the format that is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from qjreport.commands.exit_codes import judge_inputs
from qjreport.commands.filters import Filter, take_filters
from qjreport.commands.inputs import Reading, take_indicators, take_pages, take_words
from qjreport.commands.nearest import Choice
from qjreport.commands.outputs import (
    TABLE_ENDINGS,
    TABULAR,
    Write,
    check_output,
    choose_format,
    open_output,
    pick_columns,
    take_columns,
    take_output,
    take_picked,
    wants_bom,
    warn_large,
    write_folder,
)
from qjreport.commands.pages import is_file, is_folder
from qjreport.commands.settings_file import was_given
from qjreport.commands.streams import speak
from qjreport.language import _
from qjreport.model import Report

if TYPE_CHECKING:
    from qjreport.writers.fact_columns import Column

FORMATS = ("table", "json", "jsonl", "csv", "tsv", "xlsx", "markdown")
ENDINGS = {
    ".txt": "table",
    ".json": "json",
    **TABLE_ENDINGS,
    ".md": "markdown",
    ".markdown": "markdown",
}
ENDING_OF = {format_: ending for ending, format_ in reversed(ENDINGS.items())}
DELIMITED = ("csv", "tsv")


@click.command()
@take_pages
@take_words
@take_indicators
@take_output
@click.option(
    "-f",
    "--format",
    "format_",
    type=Choice(FORMATS),
    help="By default from the ending of FILE; without one, table on a terminal and json on a pipe.",
)
@take_columns
@take_picked
@click.option("--audit", is_flag=True, help="Add every number that is no fact and every line that was dropped.")
@take_filters
@click.pass_context
def extract(
    ctx: click.Context,
    /,
    reading: Reading,
    output: str | None,
    format_: str | None,
    headers: str,
    columns: str | None,
    bom: str,
    audit: bool,
    **filters: Any,
) -> None:
    """Print the numeric facts of saved pages; - reads standard input.

    \b
    Examples:
      qjreport extract samples/cppcc-report.html
      qjreport extract samples/*.html -o facts.xlsx
      qjreport extract samples/*.html --columns area,item,amount,unit,period -o facts.csv
      cat samples/crawl.txt | qjreport extract - --format jsonl
      qjreport extract samples/bulletin.html --headers zh -o 公报.csv
      qjreport extract samples/legacy-gb2312.html --encoding gb18030 -o facts.json
      qjreport extract samples/*.html --doubtful -o look-again.csv
      qjreport extract samples/ --status target --item '增长|生产总值' --format csv
      qjreport extract samples/ --format json -o reports/

    PAGE may be a folder or a pattern; -o with a folder (reports/) writes a file for each page. Several pages as json in
    one file are JSON Lines: a report a line. A page that fails is named on standard error, the others are
    written, and the exit code is 1.
    """
    check_output(output, reading.pages)
    chosen = choose_shown(format_, output)
    picked = check_options(chosen, headers, bom, audit, output, columns)
    reading.wanted = Filter(**filters)
    write_facts(reading, output, Form(chosen, headers, wants_bom(bom, output), audit, picked))
    ctx.exit(judge_inputs(reading.failed))


def write_facts(reading: Reading, output: str | None, form: Form) -> None:
    """All reports in one file or on standard output, or each in a file of its own in a folder."""
    if is_folder(output):
        write_folder(str(output), ENDING_OF[form.format], reading, choose_writer(form, 1, to_file=True))
        return
    write_reports = choose_writer(form, len(reading.pages), to_file=is_file(output))
    with open_output(output, safe=form.format == "table") as write:
        write_reports(reading, write)
        if is_file(output) and not reading.done:
            raise click.ClickException(_("no page could be read; {output} is not written", output=output))
    if is_file(output):
        speak(
            _(
                "{output}: {facts} from {pages}",
                output=output,
                facts=_.count(reading.facts, "facts"),
                pages=_.count(reading.done, "pages"),
            )
        )
        if form.format == "xlsx":
            instead = _("-o facts.csv, or a dataset: `qjreport batch PAGE... -o facts`")
            warn_large(str(output), reading.facts, instead)


def choose_shown(asked: str | None, output: str | None) -> str:
    if is_folder(output):
        return asked or "json"
    shown = sys.stdout is not None and sys.stdout.isatty()
    return choose_format(asked, output, ENDINGS, "table" if shown else "json", ("json", "jsonl"))


def check_options(
    chosen: str, headers: str, bom: str, audit: bool, output: str | None, columns: str | None
) -> Sequence[Column]:
    """The columns that are asked for.

    Raises UsageError for options that the format has no use for: silence would look like consent.
    """
    if chosen == "xlsx" and not is_file(output):
        raise click.UsageError(_("xlsx goes to a file: name it with -o."))
    if headers != "en" and chosen in ("json", "jsonl") and was_given("headers"):
        raise click.UsageError(_("--headers goes with table, csv, tsv, xlsx and markdown; the keys of JSON are fixed."))
    if bom != "auto" and chosen not in DELIMITED and was_given("bom"):
        raise click.UsageError(_("--bom goes with csv and tsv."))
    if audit and chosen not in ("json", "jsonl"):
        raise click.UsageError(_("--audit goes with json and jsonl; `qjreport audit` shows the same to a person."))
    return pick_columns(columns, chosen) if chosen in TABULAR or (columns and was_given("columns")) else ()


class Form(NamedTuple):
    """How reports are written."""

    format: str
    headers: str
    bom: bool
    audit: bool
    columns: Sequence[Column]


def choose_writer(form: Form, pages: int, *, to_file: bool) -> Callable[[Reading, Write], None]:
    """A function that writes all reports of a reading in the format."""
    chosen, headers, audit = form.format, form.headers, form.audit
    if chosen in DELIMITED:
        return write_delimited(form)
    if chosen == "xlsx":
        return write_book(form)
    if chosen == "table":
        from qjreport.commands.table import render_report

        language = headers if was_given("headers") or headers != "en" else _.language

        def write_tables(reading: Reading, write: Write) -> None:
            for report in reading:
                write(render_report(report, language, to_file=to_file, whole=reading.whole))

        return write_tables
    if chosen == "markdown":
        from qjreport.writers.markdown import write_facts_markdown

        return write_each(lambda report: write_facts_markdown(report, headers).encode("utf-8", "replace"), b"\n")
    from qjreport.writers.jsons import list_json, write_json_line

    if chosen == "json" and pages == 1:

        def write_pieces(reading: Reading, write: Write) -> None:
            for report in reading:
                for piece in list_json(report, audit=audit):
                    write(piece)

        return write_pieces
    return write_each(lambda report: write_json_line(report, audit=audit))


def write_each(write_report: Callable[[Report], bytes], between: bytes = b"") -> Callable[[Reading, Write], None]:
    def write_reports(reading: Reading, write: Write) -> None:
        for place, report in enumerate(reading):
            write(between * bool(place) + write_report(report))

    return write_reports


def write_delimited(form: Form) -> Callable[[Reading, Write], None]:
    from qjreport.writers.csv_tsv import BOM, write_facts, write_header

    tabs, columns, language = form.format == "tsv", form.columns, form.headers

    def write_reports(reading: Reading, write: Write) -> None:
        write(BOM * form.bom + write_header(language, tabs=tabs, columns=columns))
        for report in reading:
            write(write_facts(report, tabs=tabs, columns=columns, language=language))

    return write_reports


def write_book(form: Form) -> Callable[[Iterable[Report], Write], None]:
    """A workbook, which is made aside. Raises ClickException without the library for it."""
    from qjreport.writers.parquet import MissingLibraryError, load_library
    from qjreport.writers.workbook import make_book

    try:
        load_library("xlsxwriter", "excel")
    except MissingLibraryError as error:
        raise click.ClickException(str(error)) from error

    def write_reports(reading: Iterable[Report], write: Write) -> None:
        from tempfile import TemporaryFile

        with TemporaryFile() as stream:
            with make_book(stream, language=form.headers, columns=form.columns) as book:
                for report in reading:
                    book.add(report)
            stream.seek(0)
            while data := stream.read(1 << 20):
                write(data)

    return write_reports
