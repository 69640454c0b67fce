"""`qjreport indicators`: the table of indicators, and the check of a file that adds to it."""

from __future__ import annotations

import click

from qjreport.commands.inputs import take_indicators, take_words
from qjreport.commands.nearest import Choice, ask_meant
from qjreport.commands.streams import write_out
from qjreport.commands.voice import settle_format, take_voice
from qjreport.language import _
from qjreport.lexicon import Lexicon


@click.group(invoke_without_command=True)
@take_words
@take_indicators
@click.option("-f", "--format", "format_", type=Choice(["text", "csv", "json"]), help="By default text.")
@click.option("--group", metavar="NAME", help="Only those of a group: economy, budget, income.")
@take_voice
@click.pass_context
def indicators(ctx: click.Context, lexicon: Lexicon | None, format_: str | None, group: str | None) -> None:
    """List the indicators: code, names, what a target asks, units, and what reports call them.

    \b
    Examples:
      qjreport indicators
      qjreport indicators --group budget --format csv
      qjreport indicators check docs/study/indicators.toml
    """
    if ctx.invoked_subcommand is not None:
        return
    from qjreport.lexicon import load_lexicon
    from qjreport.writers.indicator_table import write_indicators

    table = (lexicon or load_lexicon()).indicators
    groups = tuple(dict.fromkeys(one.group for one in table.indicators))
    if group is not None and group not in groups:
        raise click.UsageError(
            _(
                "There is no group {group}. Groups are {groups}.{meant}",
                group=group,
                groups=", ".join(groups),
                meant=ask_meant(group, groups),
            )
        )
    write_out(write_indicators(table, settle_format(format_, ("json",), "text"), group, _).encode())


@indicators.command("check")
@click.argument("file_names", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@take_voice
@click.pass_context
def check(ctx: click.Context, file_names: tuple[str, ...]) -> None:
    """Say what is wrong with files of indicators, by line; each is checked as an addition to those before it.

    Exit codes: 0 the files can be used, 1 an error is in one of them, 2 wrong usage. A note is no error.

    \b
    Examples:
      qjreport indicators check docs/study/indicators.toml
    """
    from qjreport.commands.lexicon import check_files

    ctx.exit(check_files(file_names))
