"""`qjreport export`: a dataset → one file that others read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from qjreport.commands.filters import Filter, Test, read_condition, take_filters
from qjreport.commands.inputs import take_ledger
from qjreport.commands.nearest import Choice
from qjreport.commands.outputs import (
    TABLE_ENDINGS,
    TABULAR,
    choose_format,
    open_output,
    pick_columns,
    take_columns,
    take_output,
    take_picked,
    wants_bom,
    warn_large,
)
from qjreport.commands.pages import is_file
from qjreport.commands.settings_file import was_given
from qjreport.commands.streams import VOICE, speak, tell
from qjreport.commands.voice import take_voice
from qjreport.language import _

if TYPE_CHECKING:
    from qjreport.batch.dataset import Dataset
    from qjreport.batch.home import AnyPath
    from qjreport.writers.dataset_rows import Block
    from qjreport.writers.fact_columns import Column

ENDINGS = {**TABLE_ENDINGS, ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db": "sqlite"}
WHOLE = ("xlsx", "sqlite")  # formats that hold all tables, and are no stream
TABLES = ("facts", "documents", "failures")
ORDER = {  # of the tables in a file that holds all: as they are joined, and as they are read
    "sqlite": ("documents", "facts", "failures"),
    "xlsx": ("facts", "documents", "failures"),
}


@click.command()
@click.argument("dataset", metavar="FOLDER", type=click.Path())
@take_output
@click.option("-f", "--format", "format_", type=Choice(sorted(set(ENDINGS.values()))), help="By default from FILE.")
@click.option("--table", type=Choice(TABLES), help="Only this one; facts by default, xlsx and sqlite hold all.")
@take_columns
@take_picked
@take_ledger
@click.option("--unique", is_flag=True, help="Leave duplicates and their facts out.")
@take_filters
@click.option(
    "--where",
    metavar="CONDITION",
    multiple=True,
    help="Only rows of facts in which COLUMN=VALUE; also != > >= < <= ~REGEX !~REGEX; may be given again.",
)
@take_voice
def export(
    dataset: str,
    output: str | None,
    format_: str | None,
    table: str | None,
    headers: str,
    columns: str | None,
    bom: str,
    ledger: Path | None,
    unique: bool,
    where: tuple[str, ...],
    **filters: Any,
) -> None:
    """Write a dataset as one file: CSV, TSV, JSON Lines, Excel, SQLite.

    \b
    Examples:
      qjreport batch samples -o facts && qjreport export facts --unique -o facts.csv
      qjreport batch samples -o facts && qjreport export facts --headers zh -o 公报.xlsx
      qjreport batch samples -o facts && qjreport export facts --columns area,year,item,amount,unit -o facts.csv
      qjreport batch samples -o facts && qjreport export facts -o facts.sqlite
      qjreport batch samples -o facts && qjreport export facts --status target --where 'value>=100' -o targets.csv

    CSV has the columns of `qjreport extract --format csv`. Rows are written as they are read, whatever their number.
    """
    from qjreport.batch.home import name_path

    chosen = choose_format(format_, output, ENDINGS, "csv", ("jsonl",))
    check_options(chosen, output, headers, bom)
    columns = settle_columns(columns, chosen, table)
    check_target(output, place := name_path(dataset))
    wanted = Wanted(chosen, table, headers, columns, wants_bom(bom, output), choose_rows(filters, where, table))
    tables = ", ".join(wanted.pick())
    with explain_errors(output):
        load_libraries(chosen)
        opened = open_dataset(place, ledger, unique=unique)
        rows = write(opened, wanted, output, shown=True)
    if is_file(output):
        speak(_("{output}: {rows} rows of {tables}", output=output, rows=rows, tables=tables))


def settle_columns(columns: str | None, chosen: str, table: str | None) -> str | None:
    """The columns that are asked for; as a setting they are about facts in tables, and mean nothing elsewhere."""
    meant = was_given("columns") or (chosen in TABULAR and table in (None, "facts"))
    return columns if meant else None


def open_dataset(place: AnyPath, ledger: Path | None, *, unique: bool) -> Dataset:
    """The dataset as far as it is committed, which is said where it is not all."""
    from qjreport.batch.dataset import Dataset, find_home

    with find_home(place, ledger) as home:
        opened = Dataset(home, unique=unique)
    tell(
        _(
            "{place}: {count} documents, {facts} facts, made by qjreport {version}, lexicon {lexicon}",
            place=place,
            count=opened.count("documents"),
            facts=opened.count("facts"),
            version=opened.meta["version"],
            lexicon=opened.meta["lexicon"],
        )
    )
    if not opened.finished:
        speak(_("{place} is not finished: what is committed so far is written", place=place))
    return opened


def load_libraries(chosen: str) -> None:
    """Raises MissingLibraryError before anything is read or written."""
    from qjreport.writers.parquet import load_library

    load_library("pyarrow.parquet", "archive")
    if chosen == "xlsx":
        load_library("xlsxwriter", "excel")


@contextmanager
def explain_errors(output: str | None) -> Iterator[None]:
    """What goes wrong with the dataset or with FILE, for a person."""
    from qjreport.batch import BatchError
    from qjreport.sources.errors import SourceError
    from qjreport.writers.parquet import MissingLibraryError

    try:
        yield
    except (BatchError, MissingLibraryError, SourceError) as error:
        raise click.ClickException(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise click.ClickException(
            _("{output}: cannot be written: {reason}", output=output or _("standard output"), reason=reason)
        ) from error


def check_options(chosen: str, output: str | None, headers: str, bom: str) -> None:
    """Raises UsageError for what does not go together: silence would look like consent."""
    if chosen in WHOLE and not is_file(output):
        raise click.UsageError(_("{chosen} goes to a file: name it with -o.", chosen=chosen))
    if headers != "en" and chosen in ("jsonl", "sqlite") and was_given("headers"):
        raise click.UsageError(_("--headers goes with csv, tsv and xlsx."))
    if bom != "auto" and chosen not in ("csv", "tsv") and was_given("bom"):
        raise click.UsageError(_("--bom goes with csv and tsv."))


def check_target(output: str | None, dataset: AnyPath) -> None:
    """Raises UsageError for a file of the dataset itself, under whatever name."""
    if output is None or not is_file(output) or not isinstance(dataset, Path):
        return
    from qjreport.batch.renewal import owns

    if Path(output).is_dir():
        raise click.UsageError(_("{output} is a directory. Name a file in it.", output=output))
    if owns(dataset, Path(output)):
        raise click.UsageError(_("{output} is a part of the dataset. Write to another file.", output=output))


class Counted:
    """Rows of a table that are counted as they pass, with the exact digits of their numbers."""

    def __init__(self, dataset: Dataset, table: str, advance: Callable[[int], None], keeps: Test | None = None) -> None:
        self.dataset = dataset
        self.table = table
        self.advance = advance
        self.keeps = keeps if table == "facts" else None
        self.count = 0

    def read_blocks(self) -> Iterator[Block]:
        """Column by column; a number of facts is a text, its digits."""
        from qjreport.writers.dataset_rows import STORED, count_rows, pick_rows, restore_columns, split_block

        for stored in self.dataset.read_blocks(self.table, STORED if self.table == "facts" else None):
            self.advance(count_rows(stored))
            block = restore_columns(stored) if self.table == "facts" else stored
            if self.keeps is not None:
                block = pick_rows(block, list(map(self.keeps, split_block(block))))
            self.count += count_rows(block)
            yield block

    def read_rows(self) -> Iterator[dict[str, Any]]:
        """Row by row; a number is an exact decimal."""
        from qjreport.writers.dataset_rows import restore_decimals, split_block

        for block in self.read_blocks():
            yield from split_block(restore_decimals(block) if self.table == "facts" else block)


def choose_columns(table: str, chosen: str) -> tuple[Column, ...]:
    """Facts have the columns of `extract` in CSV, and the document's id too where tables are joined."""
    from qjreport.writers.dataset_rows import EXACT
    from qjreport.writers.dataset_rows import TABLES as COLUMNS_OF
    from qjreport.writers.fact_columns import COLUMNS

    if table == "facts" and chosen != "sqlite":
        return COLUMNS if chosen != "xlsx" else (*COLUMNS, COLUMNS_OF[table][0])
    return tuple(
        column for column in COLUMNS_OF[table] if column.name.removesuffix("_text") not in EXACT or column.name in EXACT
    )


def choose_rows(filters: dict[str, Any], where: tuple[str, ...], table: str | None) -> Test | None:
    """Which rows of facts are written; None for all.

    Raises UsageError for a condition that is none, or where no facts are written.
    """
    from qjreport.writers.dataset_rows import TABLES as COLUMNS_OF

    columns = {column.name: column.type for column in COLUMNS_OF["facts"]}
    asked = Filter(**filters)
    tests = [read_condition(condition, columns) for condition in where]
    if asked:
        tests.append(asked.fits)
    if tests and table not in (None, "facts"):
        raise click.UsageError(
            _("--where and the options that choose facts do not go with --table {table}.", table=table)
        )
    return (lambda row: all(test(row) for test in tests)) if tests else None


class Wanted(NamedTuple):
    """What is written, and how."""

    format: str
    table: str | None = None
    headers: str = "en"
    columns: str | None = None
    bom: bool = False
    keeps: Test | None = None

    def pick(self) -> dict[str, Sequence[Column]]:
        """The tables with their columns; --columns picks those of the first. Raises UsageError for one that is none."""
        tables = (self.table,) if self.table else ORDER.get(self.format, ("facts",))
        picked: dict[str, Sequence[Column]] = {name: choose_columns(name, self.format) for name in tables}
        if self.columns:
            picked[tables[0]] = pick_columns(self.columns, self.format, picked[tables[0]])
        return picked


def write(opened: Dataset, wanted: Wanted, output: str | None, *, shown: bool = False) -> int:
    """Write the tables that are wanted; how many rows there were. A large dataset shows the rows as they pass."""
    from qjreport.commands.progress import show_rows

    picked = wanted.pick()
    if wanted.format == "xlsx" and shown:
        instead = _(
            "-o facts.sqlite, -o facts.csv, or the Parquet files in {folder}/facts as they are", folder=opened.folder
        )
        warn_large(str(output), opened.count("facts"), instead)
    total = sum(opened.count(table) for table in picked)
    with show_rows(total, quiet=VOICE.quiet or not shown or not is_file(output)) as advance:
        counted = {table: Counted(opened, table, advance, wanted.keeps) for table in picked}
        if wanted.format in WHOLE:
            write_whole_file(counted, picked, wanted.format, Path(str(output)), wanted.headers)
        else:
            write_stream(counted, picked, wanted, output)
    return sum(rows.count for rows in counted.values())


def write_stream(
    counted: dict[str, Counted], picked: dict[str, Sequence[Column]], wanted: Wanted, output: str | None
) -> None:
    from qjreport.writers.csv_tsv import write_delimited, write_json_lines

    [(table, read)] = counted.items()
    rows = read.read_rows()
    if wanted.format == "jsonl":
        parts = write_json_lines(rows)
    else:
        tabs = wanted.format == "tsv"
        parts = write_delimited(rows, picked[table], tabs=tabs, language=wanted.headers, bom=wanted.bom)
    with open_output(output) as put:
        for part in parts:
            put(part)


def write_whole_file(
    counted: dict[str, Counted], picked: dict[str, Sequence[Column]], chosen: str, path: Path, headers: str
) -> None:
    """Excel and SQLite write beside the file, which takes its place when it is whole."""
    from qjreport.writers.files import make_aside

    tables = {table: (picked[table], rows.read_blocks()) for table, rows in counted.items()}
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise click.UsageError(
            _("{path} is no regular file. {chosen} is written as a whole: name a file.", path=path, chosen=chosen)
        )
    with make_aside(target) as aside:
        if chosen == "sqlite":
            from qjreport.writers.sqlite import write_database

            write_database(aside, tables)
        else:
            from qjreport.writers.workbook import write_workbook

            with aside.open("wb") as stream:
                write_workbook(stream, tables, language=headers)
