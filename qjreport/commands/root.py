"""`qjreport` itself: the list of commands, each loaded only when it is called, and one run of the command line.

`run` settles the streams, calls click, and turns what happened into an exit code.
"""

from __future__ import annotations

import errno
import io
import os
import shlex
import sys
from importlib import import_module

import click

import qjreport.version
from qjreport.commands.exit_codes import DONE, FAILED
from qjreport.commands.streams import (
    VOICE,
    OutputClosedError,
    clean,
    clean_line,
    clear_status,
    complain,
    drop_output,
    explain_os,
    settle_streams,
    write_line,
)
from qjreport.language import _, find_language

# name → what it does in a line; the command of that name lives in the module of that name.
COMMANDS = {
    "extract": "The numeric facts of pages: table, JSON, CSV, Markdown.",
    "outline": "The section tree of pages.",
    "text": "The report alone, as text or Markdown.",
    "audit": "Account for every number on a page.",
    "explain": "How a sentence was read, rule by rule.",
    "review": "A page to check and correct what was read.",
    "lexicon": "Check files of more words; list the units.",
    "batch": "Archives of pages into a dataset: folders, zip, tar, WARC.",
    "status": "How far a dataset is.",
    "check": "Documents of a dataset that look wrong, and why.",
    "export": "A dataset as one file: CSV, JSON Lines, Excel, SQLite.",
    "samples": "Write the pages of the examples to a folder.",
    "places": "Provinces, prefectures, counties: code, level, history of a name.",
    "panel": "Places × years × indicators out of a dataset, each value with its sentence.",
    "track": "Targets against results: what became of each target.",
    "indicators": "The table of indicators; check files of more.",
    "schema": "JSON Schema of the report, Table Schema of the CSV.",
    "settings": "Which settings hold here, and where they come from.",
}


HELP = ("-h", "--help")
ASKS_HELP = "qjreport.help"  # where a context keeps that somebody asks for help


def show_localized(command: click.Command) -> click.Command:
    """The command with its help in the language of the reader; in English as it is, and nothing is loaded."""
    if _.language == "en":
        return command
    from qjreport.commands.localize import localize

    return localize(command)


class LazyGroup(click.Group):
    """A group that imports a command when it is called, so that `--help` and completion are quick."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[ASKS_HELP] = not set(HELP).isdisjoint(args)
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return show_localized(getattr(import_module(f"qjreport.commands.{cmd_name}"), cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names. Raises UsageError with the nearest one where there is none."""
        name = args[0]
        if name in COMMANDS or name.startswith("-"):
            return super().resolve_command(ctx, args)
        from qjreport.commands.nearest import ask_meant

        if os.path.lexists(name):
            meant = _(" To read a page: qjreport extract {page}", page=shlex.quote(name))
        else:
            meant = ask_meant(name, COMMANDS)
        raise click.UsageError(_("No such command '{name}'.{meant}", name=name, meant=meant), ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(says)) for name, says in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": list(HELP), "max_content_width": 100})
@click.version_option(qjreport.version.__version__, prog_name="qjreport")
@click.option("--settings", metavar="FILE", help="Take the settings of FILE, not those of this folder.")
@click.option("--no-settings", is_flag=True, help="Take no settings from files.")
@click.pass_context
def root(ctx: click.Context, settings: str | None, no_settings: bool) -> None:
    """Numeric facts out of saved pages of Chinese local-government reports.

    \b
    Examples:
      qjreport extract samples/cppcc-report.html
      qjreport extract samples/*.html --format csv -o facts.csv
      qjreport outline samples/government-report.html
      qjreport audit samples/bulletin.html
      qjreport explain --text "办复提案近200件，办复率98%以上。"

    `qjreport COMMAND --help` shows what a command can do. It works offline, and the same page gives the same output;
    `qjreport settings` shows which files of this folder have a say in it.
    """
    if settings and no_settings:
        raise click.UsageError(_("--settings and --no-settings are opposites; give one of them."))
    from qjreport.commands.settings_file import NONE, VARIABLE, Defaults

    asked = NONE if no_settings else settings or os.environ.get(VARIABLE)
    ctx.default_map = Defaults(asked, lenient=ctx.meta[ASKS_HELP])


def run() -> int:
    """The exit code. Never raises, but for KeyboardInterrupt."""
    settle_streams()
    _.use("en" if "--json" in sys.argv else find_language())
    try:
        code = show_localized(root).main(prog_name="qjreport", standalone_mode=False)
        drop_output(flush=True)
    except click.Abort as error:  # click's name for Ctrl-C
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        show_error(error)
        return error.exit_code
    except OutputClosedError:
        drop_output()
        return DONE
    except SystemExit:
        if not type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):
            raise
        drop_output()  # click's way to say that whoever read its help has seen enough
        return DONE
    except OSError as error:  # the disk is full, standard output is closed, no file can be opened any more
        drop_output()
        open_files = error.errno in (errno.EMFILE, errno.ENFILE)
        reason = explain_os(error)
        complain(
            _("cannot go on: {reason}", reason=reason) if open_files else _("cannot write: {reason}", reason=reason)
        )
        return FAILED
    finally:
        clear_status()
        keep_patterns()
    return code if isinstance(code, int) else DONE


def keep_patterns() -> None:
    """What was compiled for this run serves the next one."""
    patterns = sys.modules.get("qjreport.text.patterns")
    if patterns is not None:
        patterns.keep_patterns()


def show_error(error: click.ClickException) -> None:
    """What click says, with nothing of a file's name in it that a terminal would obey; with --json, as an object.

    Where a word of the command line cannot be understood, no option was taken yet: --json is looked for among all.
    """
    VOICE.as_json |= "--json" in sys.argv
    if VOICE.as_json:
        write_line("error", error.format_message(), exit_code=error.exit_code)
        return
    error.message = _.translate(error.message)  # type: ignore[misc]
    said = io.StringIO()
    error.show(said)
    text = clean(said.getvalue())
    if not isinstance(error, click.UsageError):  # which has lines of its own
        text = clean_line(text.removesuffix("\n")) + "\n"
    clear_status()
    if sys.stderr is not None:
        sys.stderr.write(text)
