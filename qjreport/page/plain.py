"""Plain text → lines, each with its number in the file. Markdown is read by `markdown`."""

from __future__ import annotations

from typing import Final

from qjreport.model import Line, Page
from qjreport.page.characters import collapse
from qjreport.page.wrapped import join_wrapped
from qjreport.text.patterns import compile_re

_FILE_BREAK: Final = compile_re("\r\n|\n|\r")
_INNER_BREAK: Final = compile_re("[\u2028\u2029]")  # breaks that an editor shows and does not number


def read_plain(text: str) -> Page:
    """The lines of a text file.

    >>> [(line.number, line.text) for line in read_plain("政协工作报告\\r\\n\\r\\n　　各位委员：").lines]
    [(1, '政协工作报告'), (3, '各位委员：')]
    """
    lines: list[Line] = []
    for index, raw in join_wrapped(split_lines(text)):
        pieces = _INNER_BREAK.split(raw) if "\u2028" in raw or "\u2029" in raw else (raw,)
        for piece in pieces:
            seen = collapse(piece)
            if seen:
                lines.append(Line(text=seen, number=index + 1))
    return Page(lines=tuple(lines), is_html=False)


def split_lines(text: str) -> list[str]:
    """Lines as an editor numbers them: a form feed ends no line.

    >>> split_lines("甲\\r\\n乙\\r丙\\f丁")
    ['甲', '乙', '丙\\x0c丁']
    """
    return _FILE_BREAK.split(text)
