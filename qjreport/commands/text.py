"""`qjreport text`: the report alone, without the page around it."""

from __future__ import annotations

from pathlib import PurePath

import click

from qjreport.commands.exit_codes import judge_inputs
from qjreport.commands.inputs import Reading, take_pages
from qjreport.commands.nearest import Choice
from qjreport.commands.outputs import check_output, open_output, take_output, write_folder
from qjreport.commands.pages import is_file, is_folder
from qjreport.commands.voice import settle_format

ENDINGS = {".md": "markdown", ".markdown": "markdown", ".json": "json", ".jsonl": "json", ".ndjson": "json"}
ENDING_OF = {"text": ".txt", "markdown": ".md", "json": ".json"}


@click.command()
@take_pages
@take_output
@click.option(
    "-f",
    "--format",
    "format_",
    type=Choice(["text", "markdown", "json"]),
    help="By default from FILE; else text. json is a line for each page.",
)
@click.pass_context
def text(
    ctx: click.Context,
    reading: Reading,
    output: str | None,
    format_: str | None,
) -> None:
    """Print the report of saved pages as text, a paragraph a line, or as Markdown; - reads standard input.

    PAGE may be a folder or a pattern; -o with a folder (texts/) writes a file for each page.

    \b
    Examples:
      qjreport text samples/cppcc-report.html
      qjreport text samples/bulletin.html --format markdown -o bulletin.md
      cat samples/crawl.txt | qjreport text -
      qjreport text samples/ -o texts/
    """
    from qjreport.writers.markdown import write_text_markdown
    from qjreport.writers.text import write_text, write_text_json

    check_output(output, reading.pages)
    if is_file(output):
        chosen = format_ or ENDINGS.get(PurePath(str(output)).suffix.lower(), "text")
    else:
        chosen = settle_format(format_, ("json",), "text")
    write_report = {"text": write_text, "markdown": write_text_markdown, "json": write_text_json}[chosen]
    if is_folder(output):
        ending = ENDING_OF[chosen]
        write_folder(str(output), ending, reading, lambda reports, write: write(encode(write_report(reports[0]))))
        ctx.exit(judge_inputs(reading.failed))
    between = "" if chosen == "json" else "\n"
    with open_output(output) as write:
        for place, report in enumerate(reading):
            write(encode(between * bool(place) + write_report(report)))
    ctx.exit(judge_inputs(reading.failed))


def encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")
