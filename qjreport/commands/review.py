"""`qjreport review`: the page on which a person checks an extraction; and what becomes of the corrections.

Pages stand straight after `review`, without a sub-command between. A first word that is a name in SUBCOMMANDS is that
sub-command, which lives in a module of its own and is imported when it is called; a page of such a name is `./apply`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from qjreport.commands.exit_codes import judge_inputs
from qjreport.commands.inputs import NAMED, Reading, take_pages, take_words
from qjreport.commands.localize import localize
from qjreport.commands.nearest import ask_meant
from qjreport.commands.outputs import check_output, open_output, take_output
from qjreport.commands.pages import is_file
from qjreport.commands.review_sample import Wanted, draw_items, take_sample
from qjreport.commands.streams import VOICE, show_status, speak
from qjreport.language import _
from qjreport.model import Report

if TYPE_CHECKING:
    from qjreport.review.page import Excerpt
    from qjreport.review.sample import Cut, Found

CORRECTIONS = "qjreport.commands.review_corrections"
# name → (module, what it does in a line); the command of that name lives in that module.
SUBCOMMANDS: dict[str, tuple[str, str]] = {
    "apply": (CORRECTIONS, "Put corrections into facts: a table, reports, a dataset."),
    "score": (CORRECTIONS, "How good the facts are, by the corrections, with intervals."),
    "agree": (CORRECTIONS, "How far two people's corrections agree."),
}


class Pages(click.Command):
    """The command that builds the page; its help lists the sub-commands as well."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(says)) for name, (module, says) in SUBCOMMANDS.items()])


class ReviewGroup(click.Group):
    """Sub-commands by their names; everything else is a page."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in SUBCOMMANDS:
            return None
        return localize(getattr(import_module(SUBCOMMANDS[cmd_name][0]), cmd_name))

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args and args[0] in SUBCOMMANDS:
            return super().make_context(info_name, args, parent, **extra)
        if args and args[0].isalpha() and not os.path.lexists(args[0]) and (meant := ask_meant(args[0], SUBCOMMANDS)):
            raise click.UsageError(_("{name}: no such page, and no such command.{meant}", name=args[0], meant=meant))
        return localize(pages_command).make_context(info_name, args, parent, **extra)


@click.command("review", cls=Pages)
@take_pages
@take_words
@take_output
@take_sample
@click.option("--open", "open_", is_flag=True, help="Show the page in the browser.")
@click.pass_context
def pages_command(
    ctx: click.Context,
    reading: Reading,
    output: str | None,
    open_: bool,
    wanted: Wanted | None,
) -> None:
    """Build a page to check and correct what was read of saved pages: one HTML file, which needs no network.

    On the left the report with its numbers marked, on the right its facts; judge them by keyboard (? on the page says
    how) and save corrections.json. See docs/review.md.

    With --sample, PAGE is the folder of a dataset: the page shows facts that are drawn from it, and numbers that are
    none, each in its paragraph. See docs/review-score.md.

    \b
    Examples:
      qjreport review samples/bulletin.html -o review.html
      qjreport review samples/*.html -o review.html
      qjreport review samples/bulletin.html > review.html
      qjreport batch samples -o facts && qjreport review facts --sample 20 --seed 7 -o sample.html
      qjreport review score samples/corrections.json
    """
    check_output(output, reading.pages)
    check_place(output, open_)
    said = write_reports(reading, output, open_) if wanted is None else write_sample(reading, wanted, output, open_)
    if output is not None and is_file(output):
        speak(f"{output}: {said}")
    ctx.exit(judge_inputs(reading.failed))


def write_reports(reading: Reading, output: str | None, open_: bool) -> str:
    """Write the page of whole reports; what is on it."""
    reports = list(reading)
    if not reports:
        raise click.ClickException(
            _("no page could be read; {output} is not written", output=output or _("the review page"))
        )
    write_page(reports, output, open_=open_)
    return _("{facts} from {pages}", facts=_.count(reading.facts, "facts"), pages=_.count(reading.done, "pages"))


def write_sample(reading: Reading, wanted: Wanted, output: str | None, open_: bool) -> str:
    """Write the page of what is drawn from a dataset; what is on it."""
    ctx = click.get_current_context()
    named: tuple[str, ...] = ctx.meta[NAMED]
    if len(named) != 1:
        raise click.UsageError(_("--sample goes with one dataset."))
    for name in ("encoding", "reader"):
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(
                _("--{name} goes with pages; those of a dataset are read as the batch read them.", name=name)
            )
    shown = draw_items(named[0], wanted, reading.lexicon)
    excerpts = [cut_item(item) for item in shown.items]
    write_page(excerpts, output, open_=open_, sample=shown.sample, tool=shown.tool)
    facts = sum(1 for excerpt in excerpts if excerpt.fact is not None)
    numbers = len(excerpts) - facts
    told = _.count(facts, "facts")
    return _("{facts} and {numbers} that are none, of {dataset}", facts=told, numbers=numbers, dataset=named[0])


def cut_item(item: Found | Cut) -> Excerpt:
    """What was drawn, in its paragraph; in its sentence, where its page was not read."""
    from qjreport.review.page import Excerpt, cut_excerpt
    from qjreport.review.sample import Cut

    if not isinstance(item, Cut):
        return cut_excerpt(item.report, item.drawn, item.stratum)
    return Excerpt(
        **{name: item.document[name] for name in ("source", "sha256", "title", "kind")},
        text=item.fact.sentence,
        block=item.fact.block,
        offset=item.offset,
        fact=item.fact,
        path=item.fact.path,
        stratum=item.stratum,
    )


def write_page(items: Sequence[Report | Excerpt], output: str | None, *, open_: bool, **more: Any) -> None:
    """Build the page of reports or of excerpts, write it, and show it; `more` is for build_review."""
    from qjreport.review.page import build_review
    from qjreport.writers.parquet import MissingLibraryError

    show_status(_("building the page"))
    try:
        page = build_review(items, **more).encode("utf-8")
    except MissingLibraryError as error:
        raise click.ClickException(str(error)) from error
    with open_output(output, safe=True) as write:
        write(page)
    if output is not None and open_:
        show_page(output)


def check_place(output: str | None, open_: bool) -> None:
    """Raises UsageError where the page would go to nobody's use."""
    to_file = output is not None and is_file(output)
    if open_ and not to_file:
        raise click.UsageError(_("--open needs a file: -o review.html"))
    if not to_file and VOICE.as_json:
        raise click.UsageError(_("The page is HTML, and --json is not: name a file for it with -o review.html"))
    if not to_file and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError(_("The page is a file for a browser: name it with -o review.html"))


def show_page(output: str) -> None:
    import webbrowser

    if not webbrowser.open(Path(output).resolve().as_uri()):
        speak(_("no browser was found; open {output} yourself", output=output))


review = ReviewGroup("review", help=pages_command.help)
