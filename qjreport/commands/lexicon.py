"""`qjreport lexicon`: checks files that add words, and lists the words that are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qjreport.commands.exit_codes import judge_inputs
from qjreport.commands.inputs import take_words
from qjreport.commands.nearest import Choice
from qjreport.commands.streams import VOICE, clean, complain, tell, write_out
from qjreport.commands.voice import settle_format, take_voice
from qjreport.language import _
from qjreport.lexicon import Lexicon

if TYPE_CHECKING:
    from qjreport.lexicon.check import Problem


@click.group()
def lexicon() -> None:
    """Check and list the words that qjreport knows: files for --lexicon are described in docs/lexicon.md.

    \b
    Examples:
      qjreport lexicon check samples/lexicon.toml
      qjreport lexicon list units
    """


@lexicon.command("check")
@click.argument("file_names", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@take_voice
@click.pass_context
def check(ctx: click.Context, file_names: tuple[str, ...]) -> None:
    """Say what is wrong with files of words, by line; each is checked as an addition to those before it.

    Exit codes: 0 the files can be used, 1 an error is in one of them, 2 wrong usage. A note is no error: the word is
    known already.

    \b
    Examples:
      qjreport lexicon check samples/lexicon.toml
    """
    ctx.exit(check_files(file_names))


def check_files(file_names: tuple[str, ...]) -> int:
    """Print what is wrong with each file, and give the exit code."""
    from qjreport.lexicon import LexiconError, load_lexicon
    from qjreport.lexicon.check import check_extension

    good: list[str] = []
    base = load_lexicon()
    for name in file_names:
        try:
            problems = check_extension(Path(name).read_bytes(), base)
            if all(problem.severity == "note" for problem in problems):
                base = load_lexicon(*good, name)
                good.append(name)
        except (OSError, LexiconError) as error:
            complain(_("{name}: cannot be read: {reason}", name=name, reason=getattr(error, "strerror", None) or error))
            continue
        tell(
            _(
                "{name}: {problems} remarks; words so far {digest}",
                name=name,
                problems=len(problems),
                digest=base.digest,
            )
        )
        if VOICE.as_json:
            write_out(write_problems(name, problems, name in good))
            continue
        lines = [f"{name}:{one.line}: {_(one.severity)}: {_.translate(one.message)}\n" for one in problems]
        lines += [_("{name}: can be used", name=name) + "\n"] if name in good else []
        write_out(clean("".join(lines)).encode("utf-8", "replace"))
    return judge_inputs(len(file_names) - len(good))


def write_problems(name: str, problems: Sequence[Problem], usable: bool) -> bytes:
    """A file with what is wrong in it, on a line of JSON."""
    from qjreport.writers.jsons import encode

    listed = [{"line": one.line, "severity": one.severity, "message": one.message} for one in problems]
    return encode({"file": name, "usable": usable, "problems": listed}) + b"\n"


@lexicon.command("list")
@take_words
@click.argument("what", metavar="units", type=Choice(["units"]))
@click.option("-f", "--format", "format_", type=Choice(["text", "csv", "json"]), help="By default text.")
@take_voice
def list_(lexicon: Lexicon | None, what: str, format_: str | None) -> None:
    """Print every unit and counter: its dimension, code, factor to the base unit, and the name it is reported under.

    \b
    Examples:
      qjreport lexicon list units
      qjreport lexicon list units --lexicon samples/lexicon.toml --format csv > units.csv
    """
    from qjreport.lexicon import load_lexicon
    from qjreport.writers.csv_tsv import write_units_csv, write_units_json, write_units_text

    assert what == "units"
    chosen = settle_format(format_, ("json",), "text")
    words = lexicon or load_lexicon()
    if chosen == "text":
        write_out(write_units_text(words, _).encode())
    else:
        write_out({"csv": write_units_csv, "json": write_units_json}[chosen](words).encode())
