"""`qjreport batch`: archives → a dataset. Its options become a Request, which `qjreport.batch` carries out."""

from __future__ import annotations

import errno
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from qjreport.commands import end_now
from qjreport.commands.exit_codes import INTERRUPTED, judge_batch
from qjreport.commands.inputs import READERS, check_encoding, check_words, find_indicators, read_paths, take_indicators
from qjreport.commands.nearest import Choice
from qjreport.commands.outputs import check_named
from qjreport.commands.progress import JsonLog, Progress, format_time, show_progress
from qjreport.commands.streams import VOICE, complain, explain_os, speak
from qjreport.commands.voice import speak_json, take_voice
from qjreport.language import _

if TYPE_CHECKING:
    from qjreport.batch.home import AnyPath
    from qjreport.batch.request import Outcome, Request
    from qjreport.places.given import Givens

MIB = 1024 * 1024


def read_lexicons(ctx: click.Context, param: click.Parameter, paths: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """The files of more words, which travel to the workers; checked here, before anything is begun."""
    paths = (*paths, *find_indicators(ctx))
    if not paths:
        return ()
    from qjreport.batch.task import load_words
    from qjreport.lexicon import LexiconError

    try:
        words = tuple((path, Path(path).read_bytes()) for path in paths)
        load_words(words)
    except OSError as error:
        raise click.BadParameter(f"{error.filename}: {error.strerror or error}") from error
    except LexiconError as error:
        raise click.BadParameter(str(error)) from error
    return words


def make_request(ctx: click.Context, options: dict[str, object]) -> Request:
    """Raises UsageError where there is no source, or where options do not go together."""
    from qjreport.batch.request import Request
    from qjreport.batch.task import Settings
    from qjreport.sources.entry import Limits
    from qjreport.sources.file_names import Choice

    get: Callable[[str], object] = options.__getitem__
    out, ledger = choose_output(str(get("output")), get("ledger"))  # type: ignore[arg-type]
    if get("scheduler") and ctx.get_parameter_source("jobs") is ParameterSource.COMMANDLINE:
        raise click.UsageError(
            _("--jobs is for this machine. With --scheduler the cluster says how many workers it has.")
        )
    paths = read_paths(options)
    return Request(
        paths=paths,
        out=out,
        ledger=ledger,
        jobs=get("jobs"),  # type: ignore[arg-type]
        scheduler=get("scheduler"),  # type: ignore[arg-type]
        choice=Choice(get("include"), get("exclude")),  # type: ignore[arg-type]
        settings=Settings(
            encoding=get("encoding"),  # type: ignore[arg-type]
            reader=str(get("reader")),
            words=get("lexicon"),  # type: ignore[arg-type]
            limits=Limits(
                page=int(str(get("size_limit"))) * MIB,
                ratio=int(str(get("ratio_limit"))),
                total=int(str(get("total_limit"))) * MIB,
            ),
            seconds=get("time_limit"),  # type: ignore[arg-type]
            memory=int(str(get("memory_limit"))) * MIB,
        ),
        words=get("match"),  # type: ignore[arg-type]
        givens=read_givens(get("path_pattern"), get("documents")),  # type: ignore[arg-type]
        shard=get("shard_size"),  # type: ignore[arg-type]
        unique=bool(get("unique")),
        retry=bool(get("retry")),
        prune=bool(get("prune")),
    )


def read_givens(patterns: tuple[str, ...], table: str | None) -> Givens:
    """What is known of reports beside their pages. Raises BadParameter."""
    from qjreport.places.given import GivenError, Givens, read_documents

    try:
        return Givens(patterns, read_documents(table) if table else None)
    except GivenError as error:
        raise click.BadParameter(f"{error}.") from error
    except OSError as error:
        raise click.BadParameter(f"{table}: {error.strerror or error}.") from error


def choose_output(output: str, ledger: Path | None) -> tuple[AnyPath, Path | None]:
    """Where the dataset goes, and the folder of its ledger where that is another one. Raises UsageError."""
    from qjreport.batch.home import name_path

    out = name_path(output)
    if isinstance(out, Path):
        if ledger is not None:
            raise click.UsageError(
                _("--ledger goes with an output on shared storage; in a folder, the ledger is there.")
            )
        return out, None
    if ledger is None:
        raise click.UsageError(
            _("{output} is on shared storage. Name a folder of this machine with --ledger.", output=output)
        )
    return out, ledger


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, type=click.Path())
@click.option(
    "-o", "--output", metavar="FOLDER", required=True, type=click.Path(), callback=check_named, help="The dataset."
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=2,
    show_default=True,
    help="Processes that read; 0 reads in this one.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Read on the workers of a Dask cluster: tcp://host:8786.")
@click.option(
    "--ledger",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder of this machine that remembers what is done, where the dataset is on shared storage.",
)
@click.option("--include", metavar="GLOB", multiple=True, help="Only pages of such names: '*.html', '*/2024/*'.")
@click.option("--exclude", metavar="GLOB", multiple=True, help="No pages, archives or folders of such names.")
@click.option(
    "--match",
    metavar="WORDS",
    multiple=True,
    callback=check_words,
    help="Only pages whose bytes have WORDS; may be given again for other words.",
)
@click.option(
    "--path-pattern",
    metavar="PATTERN",
    multiple=True,
    help="Take place and year from the path where the page says none: '{place}/{year}.md'.",
)
@click.option(
    "--documents",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Take them from a table: CSV or TSV with the columns source, place, year.",
)
@click.option("--files-from", metavar="FILE", type=click.Path(allow_dash=True), help="Take sources from FILE, or -.")
@click.option("-0", "--null", is_flag=True, help="The names in FILE end in NUL, as find -print0 writes them.")
@click.option("--unique", is_flag=True, help="Leave the facts of duplicates out.")
@click.option("--retry", is_flag=True, help="Read again everything that failed.")
@click.option("--prune", is_flag=True, help="Drop the rows of inputs that are gone.")
@click.option(
    "--time-limit",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    default=60.0,
    show_default=True,
    help="How long reading a page may take.",
)
@click.option(
    "--memory-limit",
    metavar="MIB",
    type=click.IntRange(128),
    default=384,
    show_default=True,
    help="How much memory reading a page may take.",
)
@click.option(
    "--size-limit",
    metavar="MIB",
    type=click.IntRange(1),
    default=32,
    show_default=True,
    help="How large a page may be, unpacked.",
)
@click.option(
    "--ratio-limit",
    metavar="N",
    type=click.IntRange(2),
    default=250,
    show_default=True,
    help="How many times its size an input may unpack to.",
)
@click.option(
    "--total-limit",
    metavar="MIB",
    type=click.IntRange(1),
    default=1024 * 1024,
    show_default=True,
    help="How much an archive may unpack to.",
)
@click.option(
    "--shard-size",
    metavar="N",
    type=click.IntRange(1),
    default=64,
    show_default=True,
    help="About how many inputs a part of the dataset holds.",
)
@click.option("--lexicon", metavar="FILE", multiple=True, callback=read_lexicons, help="Add the words of a TOML file.")
@take_indicators
@click.option("--encoding", metavar="NAME", callback=check_encoding, help="Read every page in this encoding.")
@click.option("--reader", type=Choice(READERS), default="lexbor", show_default=True, help="HTML parser.")
@click.option("--log-json", is_flag=True, hidden=True, help="The same as --json.")
@take_voice
@click.pass_context
def batch(ctx: click.Context, /, log_json: bool, **options: object) -> None:
    """Read archives of pages into a dataset in FOLDER: files, folders, zip, tar, WARC, WACZ, MHTML.

    \b
    Examples:
      qjreport batch samples -o facts
      qjreport batch samples --include '*.html' --jobs 1 -o facts
      qjreport batch samples --match 工作报告 -o facts
      qjreport batch samples --path-pattern '{place}-{year}.html' -o facts
      find samples -name '*.html' -print0 | qjreport batch --files-from - -0 -o facts

    Every input becomes a row of documents or of failures. A run that is stopped or killed goes on where it was when the
    same command is run again; inputs that are new or changed are read, the others keep their rows. Files that are no
    pages by their name are failures with the error `skipped`; for any other failure the exit code is 1. A part of a
    crawl is named by its bytes: crawl.warc.gz@0-67108864.
    """
    from qjreport.batch import BatchError, StoppedError
    from qjreport.sources.errors import SourceError
    from qjreport.writers.parquet import MissingLibraryError

    if log_json:
        speak_json()
    request = make_request(ctx, options)
    try:
        with show_progress(quiet=VOICE.quiet, log_json=VOICE.as_json) as progress, watch_interrupts(progress) as stop:
            from qjreport.batch.run import run_batch

            outcome = run_batch(request, progress, stop)
    except StoppedError:
        raise_stopped(request)
        ctx.exit(INTERRUPTED)
    except (BatchError, MissingLibraryError, SourceError) as error:
        raise click.ClickException(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(explain_disk(request.out, error)) from error
    if VOICE.as_json:
        log_outcome(outcome)
    else:
        speak(sum_up(request.out, outcome))
    ctx.exit(judge_batch(outcome.errors))


@contextmanager
def watch_interrupts(progress: Progress) -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed: once lets the shards at hand be finished, twice ends at once, thrice without a word.

    What is left aside when the third one comes is removed by the next run.
    """
    pressed: list[int] = []

    def press(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        if len(pressed) > 2:
            end_now()
        if len(pressed) > 1:
            raise KeyboardInterrupt
        progress.say(_("stopping: the shard at hand is finished first; Ctrl-C again stops at once"))

    before = {number: signal.signal(number, press) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(pressed)
    finally:
        if len(pressed) < 2:  # else a third one may come at any moment until the process has ended
            for number, handler in before.items():
                signal.signal(number, handler)


def raise_stopped(request: Request) -> None:
    """Say how to go on; on standard error even where --quiet is given, for the dataset is not whole."""
    from qjreport.batch.dataset import read_standing

    standing = read_standing(request.home.ledger)
    done, planned = standing.renewal or (standing.inputs, standing.planned)
    complain(
        _(
            "stopped: {done} of {planned} inputs are safe in {out}; run the same command again to do the rest",
            done=done,
            planned=planned,
            out=request.out,
        )
    )


def explain_disk(out: AnyPath, error: OSError | sqlite3.Error) -> str:
    reason = explain_os(error) if isinstance(error, OSError) else str(error)
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return _(
            "{out}: {reason}; what is committed stays: allow more (ulimit -n), then run the same command again",
            out=out,
            reason=reason,
        )
    return _(
        "{out}: cannot be written: {reason}; what is committed stays: make room or change the rights, then run the "
        "same command again",
        out=out,
        reason=reason,
    )


def sum_up(out: AnyPath, outcome: Outcome) -> str:
    """The closing line.

    >>> from pathlib import Path
    >>> from qjreport.batch.request import Outcome
    >>> sum_up(Path("out"), Outcome(inputs=3, documents=2, failures=1, facts=40, duplicates=1, read=3,
    ...                             errors={"skipped": 1}, seconds=2.0))
    'out: 3 inputs = 2 documents + 1 failure (1 skipped); 40 facts; 1 duplicate; 3 inputs read in 2 s, 1.5 a second'
    """
    errors = ", ".join(f"{count} {error}" for error, count in outcome.errors.items())
    parts = [
        f"{_.count(outcome.inputs, 'inputs')} = {_.count(outcome.documents, 'documents')} + "
        f"{_.count(outcome.failures, 'failures')}" + (f" ({errors})" if errors else ""),
        _.count(outcome.facts, "facts"),
    ]
    if outcome.passed_over:
        parts.append(_("{count} passed over by --match", count=outcome.passed_over))
    if outcome.duplicates:
        parts.append(_.count(outcome.duplicates, "duplicates"))
    if outcome.read:
        rate = outcome.read / max(outcome.seconds, 1e-6)
        parts.append(
            _(
                "{inputs} read in {time}, {rate:.1f} a second",
                inputs=_.count(outcome.read, "inputs"),
                time=format_time(outcome.seconds),
                rate=rate,
            )
        )
    return f"{out}: {_('; ').join(parts)}"


def log_outcome(outcome: Outcome) -> None:
    import msgspec

    values = msgspec.to_builtins(outcome) | {"seconds": round(outcome.seconds, 3)}
    values["seconds"] = format(values["seconds"], ".3f")
    JsonLog().log("end", **values)
