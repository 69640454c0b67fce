"""`qjreport outline`: the section tree of pages."""

from __future__ import annotations

import click

from qjreport.commands.exit_codes import judge_inputs
from qjreport.commands.inputs import Reading, take_pages, take_words
from qjreport.commands.outputs import check_output, open_output, take_output
from qjreport.lexicon import Lexicon


@click.command()
@take_pages
@take_words
@take_output
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["tree", "json", "markdown"]),
    default="tree",
    show_default=True,
    help="json is a line for each page.",
)
@click.pass_context
def outline(
    ctx: click.Context,
    pages: tuple[str, ...],
    encoding: str | None,
    reader: str,
    quiet: bool,
    lexicon: Lexicon | None,
    output: str | None,
    format_: str,
) -> None:
    """Print the section tree of saved pages, with the number of facts in each section; - reads standard input.

    \b
    Examples:
      qjreport outline samples/government-report.html
      qjreport outline samples/cppcc-report.html --format markdown
      qjreport outline samples/*.html --format json -o outlines.jsonl
    """
    from qjreport.writers.text import write_tree, write_tree_json, write_tree_markdown

    check_output(output, pages)
    reading = Reading(pages, encoding, reader, quiet, lexicon)
    with open_output(output) as write:
        for place, report in enumerate(reading):
            if format_ == "json":
                write(write_tree_json(report))
            else:
                text = write_tree(report) if format_ == "tree" else write_tree_markdown(report)
                write(("\n" * bool(place) + text).encode("utf-8", "replace"))
    ctx.exit(judge_inputs(reading.failed))
