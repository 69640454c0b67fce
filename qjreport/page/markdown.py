"""Markdown → lines: its marks are taken out of the text and become headings, bold, links and tables.

A line of the file is a line, as Chinese writers keep a paragraph on one. Ordered lists keep their numbers, which are
the report's own markers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qjreport.model import Cell, Grid, Line, Page
from qjreport.page.characters import collapse
from qjreport.page.plain import read_comment, read_front_matter, split_lines
from qjreport.page.tables import is_unread
from qjreport.text.patterns import compile_re

_HEADING: Final = compile_re(r" {0,3}(#{1,6})(?:[ \t](.*)|#*+[ \t]*+)\Z")
_SETEXT: Final = compile_re(r" {0,3}(=+|-{2,})[ \t]*\Z")
_RULE: Final = compile_re(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_FENCE: Final = compile_re(r"[ \t]*(?:```|~~~)")
_PREFIX: Final = compile_re(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+][ \t]+)?")
# Possessive, for a line of blanks may be as long as the file: runs that share characters would be tried in every split.
_TABLE_RULE: Final = compile_re(r"[ \t]*+\|?[ \t]*+:?-{3,}+:?[ \t]*+(?:\|[ \t]*+:?-{3,}+:?[ \t]*+)*\|?[ \t]*+\Z")
_CELL_MARK: Final = compile_re(r"(?<!\\)\|")
_BREAK: Final = compile_re(r"<br\s*/?>", re.IGNORECASE)
_INLINE_TAG: Final = compile_re(r"</?(?:b|i|u|em|strong|span|font|a|sub|sup)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_IMAGE: Final = compile_re(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK: Final = compile_re(r"\[([^\]\n]{1,300})\]\([^)\n]{0,2000}\)")
_BOLD: Final = compile_re(r"\*\*(?=\S)([^*\n]{1,1000})\*\*|(?<![\w_])__(?=\S)([^_\n]{1,1000})__(?![\w_])")
_ITALIC: Final = compile_re(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,1000})\*(?![*\w])")
_CODE: Final = compile_re(r"(?<!`)`([^`\n]{1,300})`(?!`)")
_ESCAPE: Final = compile_re(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def read_markdown(text: str) -> Page:
    """The lines of a Markdown file.

    >>> page = read_markdown("## 一、工作回顾\\n- 走访**639次**")
    >>> [(line.text, line.heading, line.bold) for line in page.lines]
    [('一、工作回顾', 2, 6), ('走访639次', 0, 4)]
    """
    rows = split_lines(text)
    front = read_front_matter(rows)
    lines: list[Line] = list(front.lines)
    tables: list[Grid] = []
    index = front.end
    while index < len(rows):
        if (
            index + 1 < len(rows)
            and "|" in rows[index]
            and "|" in rows[index + 1]
            and _TABLE_RULE.match(rows[index + 1])
        ):
            end = find_table_end(rows, index + 2)
            tables.append(read_table(rows, index, end, len(tables), lines))
            index = end
            continue
        below = rows[index + 1] if index + 1 < len(rows) else ""
        line = read_comment(rows[index], index + 1) or read_line(rows[index], index + 1, below)
        if line is not None:
            lines.append(line)
        index += 1
    return Page(
        lines=tuple(lines),
        tables=tuple(tables),
        title=front.title,
        meta=front.pairs,
        front=len(front.lines),
        is_html=False,
    )


def read_line(row: str, number: int, below: str) -> Line | None:
    """One line without its marks, None where it holds nothing else."""
    if _RULE.match(row) or _SETEXT.match(row) or _FENCE.match(row):
        return None
    heading = _HEADING.match(row)
    if heading:
        level, content = len(heading[1]), (heading[2] or "").rstrip(" \t").rstrip("#")  # may be closed by its marks
    else:
        level = (1 if below.lstrip().startswith("=") else 2) if row.strip() and _SETEXT.match(below) else 0
        prefix = _PREFIX.match(row)
        content = row[prefix.end() :] if prefix else row
        if level and row != content:
            level = 0  # a list or a quotation above a rule
    text, bold, linked = read_inline(content)
    if not text:
        return None
    return Line(text=text, number=number, heading=level, bold=len(text) if level else bold, linked=linked)


def read_inline(content: str) -> tuple[str, int, int]:
    """The text of a line, how many of its characters are bold and how many are linked."""
    bold = linked = 0

    def take_bold(match: re.Match[str]) -> str:
        nonlocal bold
        inner = match[1] or match[2]
        bold += len(collapse(inner))
        return inner

    def take_link(match: re.Match[str]) -> str:
        nonlocal linked
        linked += len(collapse(match[1]))
        return match[1]

    if "<" in content:
        content = _INLINE_TAG.sub("", _BREAK.sub(" ", content))
    if "[" in content:
        content = _LINK.sub(take_link, _IMAGE.sub("", content))
    if "*" in content or "__" in content:
        content = _ITALIC.sub(r"\1", _BOLD.sub(take_bold, content))
    if "`" in content:
        content = _CODE.sub(r"\1", content)
    if "\\" in content:
        content = _ESCAPE.sub(r"\1", content)
    text = collapse(content)
    return text, min(bold, len(text)), min(linked, len(text))


def find_table_end(rows: list[str], index: int) -> int:
    while index < len(rows) and "|" in rows[index]:
        index += 1
    return index


def read_table(rows: list[str], start: int, end: int, table: int, lines: list[Line]) -> Grid:
    """A pipe table: its first row is the head, its second the rule."""
    cells: list[Cell] = []
    columns = 0
    numbers = [start, *range(start + 2, end)]
    for row, index in enumerate(numbers):
        for column, content in split_cells(rows[index]):
            text, bold, linked = read_inline(content)
            columns = max(columns, column + 1)
            cells.append(Cell(text=text, row=row, column=column, header=row == 0))
            if text:
                lines.append(
                    Line(text=text, number=index + 1, bold=bold, linked=linked, table=table, row=row, column=column)
                )
    if is_unread(len(numbers), columns, len(cells)):
        return Grid(node=-1, rows=0, columns=0, cells=())
    return Grid(node=-1, rows=len(numbers), columns=columns, cells=tuple(cells))


def split_cells(row: str) -> Iterator[tuple[int, str]]:
    """The cells of a row; the bars at its ends begin and end nothing."""
    row = row.strip()
    row = row.removeprefix("|")
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    yield from enumerate(_CELL_MARK.split(row))
