"""Plain text and Markdown → lines."""

from __future__ import annotations

from qjreport.model import Line, Page
from qjreport.page.characters import collapse


def read_plain(text: str, markdown: bool = False) -> Page:
    """The lines of a text file, each with its number.

    >>> [(line.number, line.text) for line in read_plain("政协工作报告\\r\\n\\r\\n　　各位委员：").lines]
    [(1, '政协工作报告'), (3, '各位委员：')]
    """
    lines = (Line(text=collapse(raw), number=number) for number, raw in enumerate(split_lines(text), 1))
    return Page(lines=tuple(line for line in lines if line.text), is_html=False)


def split_lines(text: str) -> list[str]:
    """Lines as an editor numbers them: a form feed ends no line.

    >>> split_lines("甲\\r\\n乙\\r丙\\f丁")
    ['甲', '乙', '丙\\x0c丁']
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
