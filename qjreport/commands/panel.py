"""`qjreport panel`: a dataset → places × years × indicators. Options become a Study, which `qjreport.panel` answers.

What `qjreport track` shares with it is here, too: which cells are wanted, where the rows go, what is said meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qjreport.commands.export import ENDINGS as EXPORTED
from qjreport.commands.export import explain_errors
from qjreport.commands.inputs import read_words, take_indicators
from qjreport.commands.nearest import Choice, ask_meant
from qjreport.commands.outputs import (
    TABULAR,
    choose_format,
    open_output,
    take_columns,
    take_output,
    wants_bom,
    warn_large,
)
from qjreport.commands.pages import is_file
from qjreport.commands.progress import wait_for
from qjreport.commands.streams import is_watched, show_status, speak
from qjreport.commands.voice import take_voice
from qjreport.language import _
from qjreport.lexicon import Lexicon

if TYPE_CHECKING:
    from qjreport.panel.frames import Study
    from qjreport.panel.output import Table

Command = TypeVar("Command", bound=Callable[..., Any])
MEASURES = ("growth", "level", "share", "change", "rank")  # panel.columns.MEASURES, so that --help loads nothing
ENDINGS = {**EXPORTED, ".parquet": "parquet"}
WHOLE = ("parquet", "xlsx", "sqlite")  # files, and no streams
FORMATS = ("csv", "tsv", "jsonl", "parquet", "xlsx", "sqlite")


def split_list(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """--indicator gdp,cpi --indicator trade → each of them."""
    return tuple(dict.fromkeys(part.strip() for value in values for part in value.split(",") if part.strip()))


def read_years(ctx: click.Context, param: click.Parameter, text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    first, dash, last = text.partition("-")
    if not first.isdecimal() or (dash and not last.isdecimal()):
        raise click.BadParameter(_("{text!r} is no year and no range of years: 2015, 2010-2025.", text=text))
    years = int(first), int(last or first)
    if years[0] > years[1]:
        raise click.BadParameter(_("{text!r} ends before it begins.", text=text))
    return years


STUDY = (  # last first, as decorators are added
    take_voice,
    click.option("--package", is_flag=True, help="Write datapackage.json and CITATION.cff beside FILE."),
    take_columns,
    click.option("-f", "--format", "format_", type=Choice(FORMATS), help="By default from FILE, else csv."),
    take_output,
    click.option("--lexicon", multiple=True, hidden=True, callback=read_words, help="A file of more words."),
    take_indicators,
    click.option("--plans", is_flag=True, help="Also targets and results of several years: plans, averages."),
    click.option(
        "--measure",
        "measures",
        metavar="NAME,...",
        multiple=True,
        callback=split_list,
        help=f"Only these: {', '.join(MEASURES)}.",
    ),
    click.option(
        "--indicator",
        "codes",
        metavar="CODE,...",
        multiple=True,
        callback=split_list,
        help="Only these indicators; `qjreport indicators` lists them.",
    ),
    click.option("--years", metavar="YEAR-YEAR", callback=read_years, help="Only these years: 2010-2025."),
    click.option(
        "--places", metavar="NAME,...", multiple=True, callback=split_list, help="Only these, by name or code."
    ),
    click.argument("dataset", metavar="FOLDER", type=click.Path()),
)


def take_study(command: Command) -> Command:
    """Add FOLDER, the options that choose cells, and those of the output."""
    for add in STUDY:
        command = add(command)
    return command


class Wanted:
    """The options of `take_study`, checked."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.output: str | None = options["output"]
        self.format = choose_format(options["format_"], self.output, ENDINGS, "csv", ("jsonl",))
        if self.format in WHOLE and not is_file(self.output):
            raise click.UsageError(_("{format} goes to a file: name it with -o.", format=self.format))
        if options["package"] and not is_file(self.output):
            raise click.UsageError(_("--package describes a file: name it with -o."))
        self.headers: str = options["headers"]
        self.bom = wants_bom(options["bom"], self.output)
        self.package: bool = options["package"]
        self.lexicon: Lexicon | None = options["lexicon"]
        self.options = options
        self.begun = time.monotonic()
        check_names(options["codes"], options["measures"], self.lexicon)

    def make_study(self) -> Study:
        from qjreport.panel.frames import Study

        show_status(_("reading the documents"))
        return Study(
            self.options["dataset"],
            places=self.options["places"],
            years=self.options["years"],
            indicators=self.options["codes"],
            measures=self.options["measures"],
            plans=self.options["plans"],
            lexicon=self.lexicon,
            say=self.say,
        )

    def say(self, message: str) -> None:
        """How far it is: on one line where a person looks, else on a line of its own."""
        if is_watched():
            show_status(message)
        else:
            speak(message)

    def end(self, message: str, study: Study) -> None:
        for place in study.list_absent():
            speak(
                _(
                    "{place}: no report of it; a name that several places have needs that of the place above it",
                    place=place,
                )
            )
        speak(_("{message}; {seconds:.1f} s", message=message, seconds=time.monotonic() - self.begun))


def check_names(codes: tuple[str, ...], measures: tuple[str, ...], lexicon: Lexicon | None) -> None:
    """Raises UsageError for an indicator or a measure that there is none of."""
    for measure in measures:
        if measure not in MEASURES:
            every = _("Measures are {names}.", names=", ".join(MEASURES))
            raise click.UsageError(
                _(
                    "There is no measure {measure}. {every}{meant}",
                    measure=measure,
                    every=every,
                    meant=ask_meant(measure, MEASURES),
                )
            )
    if not codes:
        return
    from qjreport.lexicon import load_lexicon

    known = [one.code for one in (lexicon or load_lexicon()).indicators.indicators]
    for code in codes:
        if code not in known:
            hint = ask_meant(code, known) or _(" `qjreport indicators` lists them.")
            raise click.UsageError(_("There is no indicator {code}.{hint}", code=code, hint=hint))


def check_rows(wanted: Wanted, rows: int) -> None:
    """Raises ClickException for more rows than a sheet holds; says where a workbook is too large to be of use."""
    from qjreport.writers.workbook import MOST_ROWS

    if rows >= MOST_ROWS:
        raise click.ClickException(
            _(
                "{output}: a sheet has no room for {rows:,} rows. Take .parquet or .sqlite.",
                output=wanted.output,
                rows=rows,
            )
        )
    warn_large(str(wanted.output), rows, _(".parquet or .sqlite."))


def write_tables(wanted: Wanted, tables: dict[str, Table]) -> None:
    """Write the first table, or all of them where the format holds several, and the data package."""
    name, (columns, rows) = next(iter(tables.items()))
    show_status(_("writing {rows}", rows=_.count(len(rows), "rows")))
    path = Path(str(wanted.output))
    if wanted.format in WHOLE:
        from qjreport.panel.output import pack_parquet, write_book, write_sqlite

        if wanted.format == "xlsx":
            check_rows(wanted, max(len(held) for _, held in tables.values()))
            write_book(path, tables, wanted.headers)
        elif wanted.format == "sqlite":
            write_sqlite(path, tables)
        else:
            with open_output(wanted.output) as put:
                put(pack_parquet((columns, rows)))
    else:
        from qjreport.writers.csv_tsv import write_delimited, write_json_lines

        parts = (
            write_json_lines(rows)
            if wanted.format == "jsonl"
            else write_delimited(rows, columns, tabs=wanted.format == "tsv", language=wanted.headers, bom=wanted.bom)
        )
        with open_output(wanted.output) as put:
            for part in parts:
                put(part)
    if wanted.package:
        from qjreport.panel.output import describe

        language = wanted.headers if wanted.format in TABULAR else "en"
        describe(path.resolve(), name, columns, len(rows), PurePath(wanted.options["dataset"]).name, language)


@click.command()
@take_study
@click.option("--wide", is_flag=True, help="A row a place and year, a column an indicator; evidence beside it in xlsx.")
@click.option("--all", "everything", is_flag=True, help="Also the facts that were not chosen, each with its reason.")
@click.option(
    "--chart",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Draw targets and results over the years into DIR, an SVG for each --indicator and measure.",
)
def panel(wide: bool, everything: bool, chart: Path | None, **options: Any) -> None:
    """Places × years × indicators out of a dataset: targets and results, each with its sentence.

    \b
    Examples:
      qjreport batch docs/study -o facts && qjreport panel facts -o panel.csv
      qjreport batch docs/study -o facts && qjreport panel facts --indicator gdp,cpi --years 2023-2025 --wide
      qjreport batch docs/study -o facts && qjreport panel facts --all --indicator gdp --places 临枫市

    A row is what the reports say of a place, a year, an indicator, a measure and a role; docs/panel.md says how it is
    chosen and what each column means. The same dataset gives the same bytes.
    """
    wanted = Wanted(options)
    if wide and everything:
        raise click.UsageError(_("--wide has room for the chosen values alone: leave out --all."))
    if chart is not None and not options["codes"]:
        raise click.UsageError(_("--chart draws the indicators that --indicator names."))
    with explain_errors(wanted.output):
        from qjreport.panel.columns import PANEL
        from qjreport.panel.frames import spread

        study = wanted.make_study()
        rows = wait_for(lambda: list(study.list_panel(everything=everything)))
        tables: dict[str, Table] = {"panel": (PANEL, rows)}
        if wide:
            tables = {"matrix": spread(rows), "panel": (PANEL, rows)}
        drawn = []
        if chart is not None:
            from qjreport.panel.charts import draw_charts

            chosen = [row for row in rows if row["chosen"]]
            drawn = draw_charts(chosen, chart, study.lexicon.indicators, wanted.headers)
        write_tables(wanted, tables)
    cells = _.count(len(rows), "rows")
    if chart is not None:
        cells = _("{rows}, {charts} charts in {folder}", rows=cells, charts=len(drawn), folder=chart)
    wanted.end(f"{wanted.output or _('standard output')}: {cells}", study)
