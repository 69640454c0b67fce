"""`qjreport outline`: the section tree of pages."""

from __future__ import annotations

from collections.abc import Callable

import click

from qjreport.commands.exit_codes import judge_inputs
from qjreport.commands.inputs import Reading, take_pages, take_words
from qjreport.commands.nearest import Choice
from qjreport.commands.outputs import check_output, choose_by_ending, open_output, take_output, write_folder
from qjreport.commands.pages import is_file, is_folder
from qjreport.commands.voice import settle_format
from qjreport.language import _
from qjreport.model import Report

ENDINGS = {
    ".txt": "tree",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".md": "markdown",
    ".markdown": "markdown",
}
ENDING_OF = {"tree": ".txt", "json": ".json", "markdown": ".md"}


@click.command()
@take_pages
@take_words
@take_output
@click.option(
    "-f",
    "--format",
    "format_",
    type=Choice(["tree", "json", "markdown"]),
    help="By default from FILE; else tree. json is a line for each page.",
)
@click.pass_context
def outline(
    ctx: click.Context,
    reading: Reading,
    output: str | None,
    format_: str | None,
) -> None:
    """Print the section tree of saved pages, with the number of facts in each section; - reads standard input.

    \b
    Examples:
      qjreport outline samples/government-report.html
      qjreport outline samples/cppcc-report.html --format markdown
      qjreport outline samples/*.html -o outlines.jsonl
      qjreport outline samples/ --format json -o outlines/
    """
    from qjreport.writers.text import write_tree, write_tree_json, write_tree_markdown

    check_output(output, reading.pages)
    facts = _("; facts are written by `qjreport extract`.")
    if is_file(output):
        chosen = format_ or ("tree" if is_folder(output) else choose_by_ending(output, ENDINGS, "tree", facts))
    else:
        chosen = settle_format(format_, ("json",), "tree")
    write_one = {"json": write_tree_json, "tree": encode(write_tree), "markdown": encode(write_tree_markdown)}[chosen]
    if is_folder(output):
        write_folder(str(output), ENDING_OF[chosen], reading, lambda reports, write: write(write_one(reports[0])))
        ctx.exit(judge_inputs(reading.failed))
    between = b"" if chosen == "json" else b"\n"
    with open_output(output) as write:
        for place, report in enumerate(reading):
            write(between * bool(place) + write_one(report))
    ctx.exit(judge_inputs(reading.failed))


def encode(write: Callable[[Report], str]) -> Callable[[Report], bytes]:
    return lambda report: write(report).encode("utf-8", "replace")
