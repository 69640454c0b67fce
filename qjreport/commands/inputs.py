"""What a command reads: its arguments and options for pages, the reports that these give, the sources of a batch.

`Reading` reads pages one by one; `read_paths` and `check_words` take the sources of a batch as a person names them, and
the words that their pages must have.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click
import msgspec

from qjreport.commands.nearest import Choice, ask_path
from qjreport.commands.pages import gather_pages, is_file
from qjreport.commands.streams import VOICE, complain, speak, tell
from qjreport.commands.voice import take_voice
from qjreport.language import _

if TYPE_CHECKING:
    from qjreport.commands.filters import Filter
    from qjreport.lexicon import Lexicon
    from qjreport.model import Report

Command = TypeVar("Command", bound=Callable[..., Any])

READERS = ("lexbor", "soup")  # page.READERS, spelled out so that --help loads no HTML parser
WORDS = "qjreport.words"  # where a context keeps the paths of --lexicon
NAMED = "qjreport.named"  # and the arguments themselves, whose folders and patterns became pages
INDICATORS = "qjreport.indicators"  # and those of --indicators
MANY_REPLACEMENTS = 10  # one or two are damage in the page; more of them are a wrong encoding
OTHER_ENCODING = {"gb18030": "utf-8"}  # what to try next; gb18030 for all others


def check_encoding(ctx: click.Context, param: click.Parameter, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        b" ".decode(encoding, "ignore")
    except (LookupError, ValueError):
        message = _(
            "{encoding!r} is no text encoding that Python knows. Try gb18030, utf-8 or big5.", encoding=encoding
        )
        raise click.BadParameter(message) from None
    return encoding


def take_pages(command: Command) -> Command:
    """Add PAGE… and what take_reading adds. The command gets them, and --lexicon where it has it, as a Reading."""

    @wraps(command)
    def run(
        *args: Any,
        pages: tuple[str, ...],
        encoding: str | None,
        reader: str,
        lexicon: Lexicon | None = None,
        **options: Any,
    ) -> Any:
        return command(*args, reading=Reading(pages, encoding, reader, lexicon), **options)

    add_pages = click.argument(
        "pages", metavar="PAGE...", nargs=-1, required=True, type=click.Path(), callback=gather_named
    )
    return add_pages(take_reading(cast("Command", run)))


def gather_named(ctx: click.Context, param: click.Parameter, named: tuple[str, ...]) -> tuple[str, ...]:
    ctx.meta[NAMED] = named
    return gather_pages(named)


def take_reading(command: Command) -> Command:
    """Add how a page is read: --encoding, --reader; and -q, -v, --json."""
    for add in (
        take_voice,
        click.option(
            "--reader",
            type=Choice(READERS),
            default="lexbor",
            show_default=True,
            help="HTML parser; soup (BeautifulSoup) where lexbor cannot be installed, or to compare.",
        ),
        click.option(
            "--encoding",
            metavar="NAME",
            callback=check_encoding,
            help="Read the page in this encoding, whatever it declares: gb18030, utf-8.",
        ),
    ):
        command = add(command)
    return command


def read_words(ctx: click.Context, param: click.Parameter, paths: tuple[str, ...]) -> Lexicon | None:
    """None where no file is given: the lexicon is then loaded with the first page, not for wrong usage."""
    paths = (*paths, *find_indicators(ctx))
    if not paths:
        return None
    ctx.meta[WORDS] = paths
    from qjreport.lexicon import LexiconError, load_lexicon

    try:
        return load_lexicon(*paths)
    except LexiconError as error:
        raise click.BadParameter(str(error)) from error


def take_files(name: str, **more: Any) -> Callable[[Command], Command]:
    """Add an option for files, which may be given again."""
    return click.option(name, metavar="FILE", multiple=True, type=click.Path(exists=True, dir_okay=False), **more)


def take_words(command: Command) -> Command:
    """Add --lexicon FILE, which the command gets as the lexicon itself, or None."""
    return take_files(
        "--lexicon",
        callback=read_words,
        help="Add the units, hedges, names and items of a TOML file; may be given again. See `qjreport lexicon`.",
    )(command)


def find_indicators(ctx: click.Context) -> tuple[str, ...]:
    """The files of indicators: those of --indicators; for a command without this option, those of the settings."""
    return tuple(ctx.meta.get(INDICATORS) or ctx.lookup_default("indicators") or ())


def keep_indicators(ctx: click.Context, param: click.Parameter, paths: tuple[str, ...]) -> None:
    ctx.meta[INDICATORS] = paths


def take_indicators(command: Command) -> Command:
    """Add --indicators FILE to a command that has --lexicon: its indicators come with the words."""
    return take_files(
        "--indicators",
        is_eager=True,
        expose_value=False,
        callback=keep_indicators,
        help="Add or override indicators by a TOML file; may be given again. See `qjreport indicators`.",
    )(command)


def take_ledger(command: Command) -> Command:
    """Add --ledger FOLDER, for what reads a dataset."""
    return click.option(
        "--ledger",
        metavar="FOLDER",
        type=click.Path(file_okay=False, path_type=Path),
        help="The folder of its ledger, for a dataset on shared storage that is not finished.",
    )(command)


class Reading:
    """The reports of the pages, in their order. A page that fails is named on standard error and left out."""

    def __init__(
        self,
        pages: tuple[str, ...],
        encoding: str | None,
        reader: str,
        lexicon: Lexicon | None = None,
    ) -> None:
        self.pages = pages
        self.encoding = encoding
        self.reader = reader
        self.lexicon = lexicon
        self.wanted: Filter | None = None  # which facts of each report are kept; None for all
        self.page = ""  # the one that was read last
        self.whole: Report | None = None  # the one at hand, with all its facts
        self.done = 0
        self.facts = 0
        self.failed = 0

    def __iter__(self) -> Iterator[Report]:
        from qjreport.commands.progress import show_pages

        shown = self.is_shown()
        for number, page in enumerate(self.pages):
            if not shown:
                show_pages(number, len(self.pages))
            self.page = page
            begun = time.monotonic()
            report = self.read(page)
            if report is None:
                self.failed += 1
                continue
            self.done += 1
            self.whole = report
            tell_page(report, self.reader, time.monotonic() - begun)
            if self.wanted:
                facts = tuple([fact for fact in report.facts if self.wanted.keeps(fact)])
                report = msgspec.structs.replace(report, facts=facts)
            self.facts += len(report.facts)
            self.warn(report)
            yield report

    def is_shown(self) -> bool:
        """Whether a terminal shows what is read, page by page."""
        output = click.get_current_context().params.get("output")
        return not is_file(output) and sys.stdout is not None and sys.stdout.isatty()

    def read(self, page: str) -> Report | None:
        # Loaded here: `--help` and wrong usage need no parser.
        from qjreport.commands.progress import show_long_page
        from qjreport.pipeline import extract
        from qjreport.sources import SourceError, read_source

        name = os.fsencode(page).decode("utf-8", "replace")  # a file name may hold bytes that are no text
        try:
            data = read_source(page).data
            with show_long_page(name, len(data), quiet=VOICE.quiet or VOICE.as_json):
                return extract(data, name=name, encoding=self.encoding, reader=self.reader, lexicon=self.lexicon)
        except SourceError as error:
            meant = "" if "://" in name or os.path.lexists(page) else ask_path(name)
            complain(str(error).replace(page, name) + (f".{meant}" if meant else ""))
        except Exception as error:  # a bug; it must not take the other pages with it
            import traceback

            place = traceback.extract_tb(error.__traceback__)[-1]
            where = _(
                "{file}, line {line}",
                file=os.path.basename(place.filename),  # noqa: PTH119
                line=place.lineno,
            )
            complain(
                _(
                    "{name}: failed with {kind}: {error} ({where}); this is a bug in qjreport: please report it "
                    "with the page",
                    name=name,
                    kind=type(error).__name__,
                    error=error,
                    where=where,
                )
            )
        return None

    def warn(self, report: Report) -> None:
        source = report.source
        if self.encoding and not report.counts.facts and not report.sections:
            speak(
                _(
                    "{name}: no fact and no heading in it can be read as {encoding}; leave --encoding out, and "
                    "qjreport finds the encoding itself",
                    name=source.name,
                    encoding=self.encoding,
                )
            )
            return
        if source.replacements >= MANY_REPLACEMENTS:
            remedy = OTHER_ENCODING.get(source.encoding.lower(), "gb18030")
            speak(
                _(
                    "{name}: {replacements} places cannot be read as {encoding}; if the text looks garbled, try "
                    "--encoding {remedy}",
                    name=source.name,
                    replacements=source.replacements,
                    encoding=source.encoding,
                    remedy=remedy,
                )
            )
        for diagnostic in report.diagnostics:
            if diagnostic.code in ("no-article", "weak-article"):
                speak(
                    _(
                        "{name}: {message}; `qjreport audit` shows what was dropped and why",
                        name=source.name,
                        message=diagnostic.message,
                    )
                )


def tell_page(report: Report, reader: str, seconds: float) -> None:
    """What was found on a page, with -v."""
    source, counts, facts = report.source, report.counts, len(report.facts)
    declared = source.declared_encoding
    said = "" if declared in (None, source.encoding) else _(" (declared {declared})", declared=declared)
    unsure = [one.code for one in report.diagnostics]
    tell(
        _(
            "{name}: {bytes:,} bytes, {encoding}{said}, {media_type} by {reader}; {sections} sections, "
            "{blocks} blocks, {tables} tables; {dropped} lines dropped; {facts} facts, {numbers} "
            "numbers, {unread} unread; lexicon {lexicon}; {seconds:.3f} s",
            name=source.name,
            bytes=source.bytes,
            encoding=source.encoding,
            said=said,
            media_type=source.media_type,
            reader=reader,
            sections=len(report.sections),
            blocks=len(report.blocks),
            tables=len(report.tables),
            dropped=len(report.dropped),
            facts=facts,
            numbers=counts.numbers,
            unread=counts.unread,
            lexicon=report.tool.lexicon,
            seconds=seconds,
        )
        + (_("; ") + ", ".join(unsure) if unsure else "")
    )


def check_words(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if not word.strip():
            raise click.BadParameter(_("these are no words: every page has them."))
        try:
            word.encode()
        except UnicodeEncodeError:
            raise click.BadParameter(
                _("these are no words: bytes that are no text in this terminal's encoding.")
            ) from None
    return tuple(dict.fromkeys(words))


def read_paths(options: dict[str, object]) -> tuple[str, ...]:
    """The sources, those first that --files-from names. Raises UsageError where there is none, or one is no range."""
    from qjreport.sources.walk import check_range

    named = options["sources"]
    assert isinstance(named, tuple)
    paths = (*read_list_file(options), *named)
    if not paths:
        raise click.UsageError(_("Name a source, or --files-from."))
    if named and not options["files_from"] and not any(map(may_be_there, named)):
        raise click.UsageError(
            _("{named}: no such file or folder.{meant}", named=named[0], meant=ask_path(str(named[0])))
        )
    wrong = next(filter(None, map(check_range, paths)), None)
    if wrong is not None:
        raise click.UsageError(f"{wrong}.")
    return paths


def may_be_there(source: str) -> bool:
    """Whether a source of a batch can be read, as far as its name tells: not a path of this machine that is missing."""
    return "://" in source or source == "-" or os.path.lexists(source.partition("!")[0].rpartition("@")[0] or source)


def read_list_file(options: dict[str, object]) -> list[str]:
    """The sources that --files-from names."""
    name = options["files_from"]
    if name is None:
        if options["null"]:
            raise click.UsageError(_("-0 goes with --files-from."))
        return []
    from qjreport.sources.walk import read_list

    if name == "-":
        if sys.stdin is None:
            raise click.UsageError(_("Standard input is closed."))
        return read_list(sys.stdin.buffer, nul=bool(options["null"]))
    try:
        with Path(str(name)).open("rb") as file:
            return read_list(file, nul=bool(options["null"]))
    except OSError as error:
        raise click.UsageError(
            _("{name}: cannot be read: {reason}", name=name, reason=error.strerror or error)
        ) from error
