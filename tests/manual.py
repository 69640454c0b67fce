"""share/man/man1/qjreport.1, the manual page, from the help of the commands; `make golden` writes it anew.

The page has what `--help` says and no more, but for the sections that every manual page has: exit status and
environment. It is written in the macros of man(7), with characters outside of ASCII as they are: man-db and mandoc
read UTF-8.
"""

from __future__ import annotations

import inspect
import os
import re
import sys
from collections.abc import Iterator
from typing import Final

import click
from golden import ROOT

PAGE: Final = ROOT / "share" / "man" / "man1" / "qjreport.1"
EXIT_CODES = re.compile(r"^\| (\d+) \| (.+) \|$", re.M)
ENVIRONMENT = {
    "NO_COLOR": "Turns colours off.",
    "COLUMNS": "The width of tables, where it is not to be that of the terminal.",
    "_QJREPORT_COMPLETE": "Prints what completes commands in a shell: bash_source, zsh_source or fish_source.",
    "PYTHONDONTWRITEBYTECODE": "Where it is set, compiled patterns are not kept between runs, either.",
}


def escape(text: str) -> str:
    """Text as roff takes it: no backslash, hyphen, quotation mark or point in front means more than it says.

    >>> escape(".venv -o 'x'")
    "\\\\&.venv \\\\-o 'x'"
    """
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
    return re.sub(r"^(?=[.'])", r"\\&", text)


def write_help(text: str) -> Iterator[str]:
    """The paragraphs of a help; those after \\b are examples, whose lines stay as they are."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b\n"):
            title, *lines = paragraph.removeprefix("\b\n").splitlines()
            yield from (".PP", escape(title), ".PP", ".RS 4", ".nf")
            yield from (escape(line.strip()) for line in lines)
            yield from (".fi", ".RE")
        else:
            yield from (".PP", escape(" ".join(paragraph.split())))


def write_command(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield f".SS {escape(context.command_path)} {escape(usage)}"
    yield from write_help(command.help or command.short_help or "")
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and record[1] and "--help" not in record[0]:
            yield from (".TP", f".B {escape(record[0])}", escape(" ".join(record[1].split())))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found
            yield from write_command(found, click.Context(found, parent=context, info_name=name))


def write_manual() -> str:
    os.environ["QJREPORT_LANG"] = "en"  # before the commands are loaded
    import qjreport
    from qjreport.commands.root import root

    context = click.Context(root, info_name="qjreport")
    codes = EXIT_CODES.findall((ROOT / "docs" / "use.md").read_text(encoding="utf-8"))
    lines = [
        '.\\" Written by tests/manual.py from the help of the commands: make golden',
        f'.TH QJREPORT 1 "{read_day()}" "qjreport {qjreport.__version__}" "User Commands"',
        ".SH NAME",
        "qjreport \\- " + escape("numeric facts out of saved pages of Chinese local-government reports"),
        ".SH SYNOPSIS",
        ".B qjreport",
        "[OPTIONS] COMMAND [ARGS]...",
        ".SH DESCRIPTION",
        *write_help(root.help or ""),
        ".SH COMMANDS",
    ]
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command
        lines += write_command(command, click.Context(command, parent=context, info_name=name))
    lines.append(".SH EXIT STATUS")
    for code, meaning in codes:
        lines += [".TP", f".B {code}", escape(meaning.replace("`", ""))]
    lines.append(".SH ENVIRONMENT")
    for variable, meaning in ENVIRONMENT.items():
        lines += [".TP", f".B {variable}", escape(meaning)]
    page = "\n".join(lines) + "\n"
    return re.sub(r"^(\.S[HS] .*\n)\.PP\n", r"\1", page, flags=re.M)  # a heading begins a paragraph


def read_day() -> str:
    """The day of the release; empty while it is not known."""
    found = re.search(r"^## \S+ \((\d{4}-\d\d-\d\d)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    return found[1] if found else ""


def rewrite_manual() -> None:
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(write_manual(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    rewrite_manual()
