"""Help in the language of the reader: the words of a command and its options, and lines that fit Chinese.

Commands keep their help in English, as docstrings and help=. `localize` gives a copy of a command whose help is
translated, a paragraph at a time; examples are what one types, and stay. Click breaks lines at blanks and counts
characters, and Chinese has no blanks and takes two cells for a character: `Formatter` breaks its lines.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from inspect import cleandoc

import click

from qjreport.language import _, measure_cells

AS_IT_IS = "\b\n"  # click's mark of a paragraph whose lines stay
EXAMPLES = "Examples:"
NEVER_FIRST = "，。；：、？！）》”’…]"  # of a line
NEVER_LAST = "（《“‘["
MOST_HEAD = 30  # cells of the first column


class Formatter(click.HelpFormatter):
    """Sets text in lines by the cells of a terminal."""

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        room = max(self.width - self.current_indent, 11)
        indent = " " * self.current_indent
        for place, paragraph in enumerate(text.split("\n\n")):
            kept = paragraph.startswith(AS_IT_IS)
            lines = paragraph.removeprefix(AS_IT_IS).splitlines() if kept else break_lines(paragraph, room)
            self.write("\n" * bool(place) + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = MOST_HEAD, col_spacing: int = 2) -> None:
        listed = list(rows)
        widest = max((measure_cells(head) for head, _text in listed), default=0)
        first = min(widest, col_max) + col_spacing
        room = max(self.width - first - self.current_indent, 10)
        for head, text in listed:
            lines = break_lines(text, room) or [""]
            gap = first - measure_cells(head)
            if gap < col_spacing:
                lines, gap = ["", *lines], 0
            begin = f"{'':{self.current_indent}}{head}{' ' * gap}{lines[0]}".rstrip()
            below = "".join(f"{'':{self.current_indent + first}}{line}\n" for line in lines[1:])
            self.write(f"{begin}\n{below}")


class Context(click.Context):
    formatter_class = Formatter


def localize(command: click.Command) -> click.Command:
    """The command as it is in English, else a copy whose help is in the language of the reader."""
    if _.language == "en":
        return command
    said = copy.copy(command)
    said.context_class = Context
    said.params = [localize_param(param) for param in command.params]
    said.help = localize_help(command.help)
    if isinstance(said, click.Group):
        said.commands = {name: localize(below) for name, below in said.commands.items()}
    return said


def localize_param(param: click.Parameter) -> click.Parameter:
    if not isinstance(param, click.Option) or not param.help:
        return param
    said = copy.copy(param)
    said.help = _(param.help)
    return said


def localize_help(text: str | None) -> str | None:
    return "\n\n".join(map(localize_paragraph, split_help(text))) if text else text


def localize_paragraph(paragraph: str) -> str:
    if not paragraph.startswith(AS_IT_IS):
        return _(paragraph)
    lines = paragraph.removeprefix(AS_IT_IS)
    if lines.startswith(EXAMPLES):
        return AS_IT_IS + _(EXAMPLES) + lines.removeprefix(EXAMPLES)
    return AS_IT_IS + _(lines)


def split_help(text: str) -> list[str]:
    """The paragraphs of a help, each on one line unless its lines stay.

    >>> split_help("Print the facts\\nof pages.\\n\\n\\b\\nExamples:\\n  qjreport extract a.html\\n")
    ['Print the facts of pages.', '\\x08\\nExamples:\\n  qjreport extract a.html']
    """
    paragraphs = cleandoc(text).split("\n\n")
    return [one if one.startswith(AS_IT_IS) else " ".join(one.split()) for one in paragraphs]


def break_lines(text: str, room: int) -> list[str]:
    """Lines of at most so many cells, broken at blanks and between Chinese characters.

    >>> break_lines("输出网页中的数据，每条一行；use --json", 16)
    ['输出网页中的数', '据，每条一行；', 'use --json']
    """
    lines: list[str] = []
    line = ""
    for piece in split_pieces(" ".join(text.split())):
        if line and measure_cells(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def split_pieces(text: str) -> Iterator[str]:
    """What is not broken: a Chinese character with the signs around it, a word with the blank after it."""
    piece = ""
    for sign in text:
        wide = measure_cells(sign) == 2
        ends = piece[-1:] == " " or (piece and (wide or measure_cells(piece[-1]) == 2))
        if ends and sign not in NEVER_FIRST and piece[-1] not in NEVER_LAST and sign != " ":
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece
