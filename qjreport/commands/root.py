"""`qjreport` itself: the list of commands, each loaded only when it is called."""

from __future__ import annotations

from importlib import import_module

import click

import qjreport

# name → what it does in a line; the command of that name lives in the module of that name.
COMMANDS = {
    "extract": "The numeric facts of pages: table, JSON, CSV, Markdown.",
    "outline": "The section tree of pages.",
    "text": "The report alone, as text or Markdown.",
    "audit": "Account for every number on a page.",
    "explain": "How a sentence was read, rule by rule.",
    "lexicon": "Check files of more words; list the units.",
    "batch": "Archives of pages into a dataset: folders, zip, tar, WARC.",
    "status": "How far a dataset is.",
    "export": "A dataset as one file: CSV, JSON Lines, Excel, SQLite.",
    "schema": "JSON Schema of the report, Table Schema of the CSV.",
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, so that `--help` and completion are quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"qjreport.commands.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(qjreport.__version__, prog_name="qjreport")
def root() -> None:
    """Numeric facts out of saved pages of Chinese local-government reports.

    \b
    Examples:
      qjreport extract samples/cppcc-report.html
      qjreport extract samples/*.html --format csv -o facts.csv
      qjreport outline samples/government-report.html
      qjreport audit samples/bulletin.html
      qjreport explain --text "办复提案近200件，办复率98%以上。"

    `qjreport COMMAND --help` shows what a command can do. It works offline, and the same page gives the same output.
    """
