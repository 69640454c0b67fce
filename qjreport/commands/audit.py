"""`qjreport audit`: where every number of a page went."""

from __future__ import annotations

from collections.abc import Iterator

import click

from qjreport.commands.exit_codes import judge_account
from qjreport.commands.inputs import Reading, take_pages, take_words
from qjreport.commands.outputs import open_output, take_format
from qjreport.language import _
from qjreport.model import Report


@click.command()
@take_pages
@take_words
@click.option("--strict", is_flag=True, help="Exit with 1 where a number could not be read.")
@take_format
@click.pass_context
def audit(
    ctx: click.Context,
    reading: Reading,
    strict: bool,
    format_: str,
) -> None:
    """Account for every number that a reader sees on saved pages; - reads standard input.

    Counts the doubts about the facts, and lists the numbers that could not be read, with the words around them, and
    the lines that were dropped, each with its reason.

    \b
    Examples:
      qjreport audit samples/cppcc-report.html
      qjreport audit samples/*.html --format json
      qjreport audit samples/cppcc-report.html --strict
    """
    from qjreport.writers.accounts import write_account_json

    unread = 0
    with open_output(None) as write:
        for report in reading:
            unread += report.counts.unread
            if format_ == "json":
                write(write_account_json(report))
            else:
                lines = "".join(f"{line}\n" for line in list_account(report, len(reading.pages) > 1))
                write(lines.encode("utf-8", "replace"))
    ctx.exit(judge_account(reading.failed, unread, strict=strict))


def list_account(report: Report, named: bool) -> Iterator[str]:
    from qjreport.writers.accounts import count_doubts, list_unread, sum_up, sum_up_doubts
    from qjreport.writers.text import spell_name

    yield (f"{spell_name(report)}: " if named else "") + sum_up(report, _)
    if doubtful := sum_up_doubts(report, _):
        doubts = ", ".join(f"{name} {count}" for name, count in count_doubts(report).items())
        yield f"  {_('doubts    ')}{doubtful}: {doubts}"
    for number, context in list_unread(report):
        yield f"  {_('unread    ')}{report.blocks[number.block].locator}: {context}"
    for line in report.dropped:
        yield f"  {_('dropped   ')}{_(line.reason)}: {' '.join(line.text.split())}"
    for diagnostic in report.diagnostics:
        yield f"  {_('note      ')}{diagnostic.code}: {_.translate(diagnostic.message)}"
