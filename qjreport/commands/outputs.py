"""Where a command's data goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qjreport.commands.inputs import WORDS, Reading
from qjreport.commands.nearest import Choice
from qjreport.commands.pages import is_file, is_folder, name_files
from qjreport.commands.streams import speak, write_out
from qjreport.commands.voice import settle_format
from qjreport.language import _

if TYPE_CHECKING:
    from qjreport.writers.fact_columns import Column

Command = TypeVar("Command", bound=Callable[..., Any])
Write = Callable[[bytes], None]


def check_named(ctx: click.Context, param: click.Parameter, output: str | None) -> str | None:
    """Raises BadParameter for a name that is empty, as of a variable that is not set: it would mean this folder."""
    if output == "":
        raise click.BadParameter(_("the name is empty."))
    return output


def take_output(command: Command) -> Command:
    """Add -o FILE."""
    return click.option(
        "-o",
        "--output",
        metavar="FILE",
        type=click.Path(allow_dash=True),
        callback=check_named,
        help="Write to FILE, whole or not at all, instead of standard output.",
    )(command)


def take_format(command: Command) -> Command:
    """Add the format of what speaks to people and to programs: --json, whose other spelling is --format json."""
    return click.option(
        "-f",
        "--format",
        "format_",
        type=Choice(["text", "json"]),
        default="text",
        hidden=True,
        callback=lambda ctx, param, asked: settle_format(asked, ("json",), "text"),
        help="json as --json.",
    )(command)


def take_columns(command: Command) -> Command:
    """Add --headers and --bom, for what writes csv, tsv and xlsx."""
    headers = click.option(
        "--headers",
        type=Choice(["en", "zh"]),
        default="en",
        show_default=True,
        help="Language of column names, and of values that are words (目标 for target).",
    )
    bom = click.option(
        "--bom",
        type=Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Byte-order mark in csv and tsv, which Excel needs; auto: in files, not on a pipe.",
    )
    return headers(bom(command))


def take_picked(command: Command) -> Command:
    """Add --columns, for what writes csv, tsv and xlsx."""
    return click.option(
        "--columns",
        metavar="NAME,...",
        help="Only these columns, in this order: item,value,unit; see `qjreport schema --table`.",
    )(command)


TABULAR = ("csv", "tsv", "xlsx")
TABLE_ENDINGS = {".csv": "csv", ".tsv": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx"}


def choose_format(
    asked: str | None, output: str | None, endings: Mapping[str, str], default: str, machine: tuple[str, ...]
) -> str:
    """The format of FILE: the one that is asked for, or that goes with its ending; else that of standard output.

    Raises UsageError where none goes with the ending, or where --json asks for another one on standard output.
    """
    if is_file(output):
        return asked or choose_by_ending(output, endings, default)
    return settle_format(asked, machine, default)


def choose_by_ending(output: str | None, endings: Mapping[str, str], default: str, more: str = "") -> str:
    """The format that goes with FILE, or the default on standard output. Raises UsageError where none goes with it."""
    if output is None or not is_file(output):
        return default
    ending = PurePath(output).suffix.lower()
    if ending not in endings:
        every = " ".join(endings)
        raise click.UsageError(
            _(
                "{output}: no format goes with this ending. Use --format, or one of {every}{more}",
                output=output,
                every=every,
                more=more,
            )
        )
    return endings[ending]


def pick_columns(names: str | None, chosen: str, columns: Sequence[Column] | None = None) -> Sequence[Column]:
    """The columns that --columns names, or all. Raises UsageError where there are none such, or the format has none."""
    from qjreport.writers.fact_columns import COLUMNS, ColumnError, choose_columns

    if names is None:
        return COLUMNS if columns is None else columns
    if chosen not in TABULAR:
        raise click.UsageError(_("--columns goes with csv, tsv and xlsx."))
    try:
        return choose_columns(names, COLUMNS if columns is None else columns)
    except ColumnError as error:
        raise click.UsageError(_("--columns: {error}", error=error)) from error


def wants_bom(bom: str, output: str | None) -> bool:
    return bom == "always" or (bom == "auto" and is_file(output))


def check_output(output: str | None, pages: tuple[str, ...]) -> None:
    """Raises UsageError where FILE cannot be meant: in no folder, or one of the pages that are read."""
    if output is None or not is_file(output):
        return
    target = Path(output)
    if is_folder(output):
        if target.exists() and not target.is_dir():
            raise click.UsageError(_("{output} is a file, and no folder.", output=output))
        return
    if not target.resolve().parent.is_dir():
        raise click.UsageError(_("There is no directory {folder}. Create it first.", folder=target.parent))
    if target.exists() and any(os.path.samestat(target.stat(), read) for page in pages for read in stat_files(page)):
        raise click.UsageError(_("{output} is one of the pages, or holds one. Write to another file.", output=output))
    words: tuple[str, ...] = click.get_current_context().meta.get(WORDS, ())
    if target.exists() and any(target.samefile(path) for path in words):
        raise click.UsageError(_("{output} is a file of words that is read. Write to another file.", output=output))


def stat_files(page: str) -> Iterator[os.stat_result]:
    """Of the files that a page is read from: itself, the file that - reads, the archive of an address."""
    if page == "-":
        with suppress(AttributeError, OSError, ValueError):  # no stream of the system, as under a test runner
            yield os.fstat(sys.stdin.fileno())
    elif os.path.lexists(page):
        if Path(page).exists():
            yield Path(page).stat()
    elif "\x00" not in page:
        from qjreport.sources.file_names import split_address

        yield from (Path(path).stat() for path in split_address(page) if Path(path).is_file())


def write_folder(output: str, ending: str, reading: Reading, write_one: Callable[[Any, Write], None]) -> None:
    """A file for each page that can be read, in a folder that is made where there is none."""
    files = name_files(reading.pages, ending)
    for report in reading:
        path = Path(output, files[reading.page])
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise click.ClickException(
                _("{folder}: cannot be made: {reason}", folder=path.parent, reason=error.strerror or error)
            ) from error
        with open_output(str(path)) as write:
            write_one([report], write)
    speak(f"{output}: {_.count(reading.done, 'files')}")


@contextmanager
def open_output(output: str | None, *, safe: bool = False) -> Iterator[Write]:
    """A function that writes bytes to FILE or to standard output; `safe` data need no cleaning for a terminal."""
    if output is None or not is_file(output):
        yield lambda data: write_out(data, safe=safe)
        return
    from qjreport.writers.files import write_whole

    try:
        with write_whole(Path(output)) as stream:
            yield lambda data: write_all(stream.write, data)
    except OSError as error:
        raise click.ClickException(
            _("{output}: cannot be written: {reason}", output=output, reason=error.strerror or error)
        ) from error


PIECE = 4_000_000  # bytes that are written in one call: Ctrl-C waits for its end


def write_all(write: Callable[[bytes], int], data: bytes) -> None:
    for start in range(0, len(data), PIECE):
        write(data[start : start + PIECE])


def warn_large(output: str, rows: int, instead: str) -> None:
    """Say that a workbook of so many rows is the wrong thing, and what to take."""
    from qjreport.writers.workbook import MANY_ROWS

    if rows > MANY_ROWS:
        many = _("a workbook of more than {rows:,} opens slowly, or not at all", rows=MANY_ROWS)
        speak(
            _("{output}: {rows:,} rows; {many}. Take {instead}", output=output, rows=rows, many=many, instead=instead)
        )
