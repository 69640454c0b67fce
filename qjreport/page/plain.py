"""Plain text → lines, each with its number in the file. `markdown` reads Markdown.

`join_wrapped` puts text that was broken at a column, in <pre> or in a text file, together again into paragraphs.
Mailers and old editors broke Chinese text every 35 or 40 characters, in the middle of words and numbers (新增就业5 |
600人). Such rows are known by their width: all that run on are as wide as the widest. Rows of a table set with blanks,
verse and lists are left as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from qjreport.model import Line, Page
from qjreport.page.characters import collapse
from qjreport.page.front_matter import read_front_matter
from qjreport.text.patterns import compile_re

NARROWEST, WIDEST = 30, 130  # columns of a page of text; a paragraph that stands on one row is wider sooner or later
SPARE: Final = 4  # columns that a row may fall short: a wide character or a closing mark went to the next
LEAST_RUNS: Final = 3  # rows that run on; fewer show nothing
FULL_SHARE: Final = 0.6  # of the rows that another follows at once; the others end a paragraph
MOST_STOPS: Final = 0.4  # of the full rows may end with a full stop, which in broken text is chance

_STOP: Final = compile_re(r"[。！？；：.!?;:][”』）)》」]{0,2}\Z")
_COLUMNS: Final = compile_re(r"\S(?:[ \u3000]{2,}|\t)[\S]")
_LETTER: Final = compile_re(r"[A-Za-z]")


def join_wrapped(rows: Sequence[str]) -> list[tuple[int, str]]:
    """Each paragraph with the index of its first row; every row by itself where the text is not broken at a column.

    >>> rows = ["全县新建村级服务站四十六个，受益群众", "二万三千人，其中新增城镇就业五千六百"]
    >>> rows += ["人，比上年多三百人，增长百分之五，好", "于预期。"]
    >>> join_wrapped(rows) == [(0, "".join(rows))]
    True
    >>> join_wrapped(["提案459件", "办结457件"])
    [(0, '提案459件'), (1, '办结457件')]
    """
    widths = [measure(row) for row in rows] if len(rows) > LEAST_RUNS else []
    limit = max(widths, default=0)
    if not NARROWEST <= limit <= WIDEST:
        return list(enumerate(rows))
    margin = min(len(row) - len(row.lstrip()) for row in rows if row.strip())
    runs = [index for index, (row, below) in enumerate(pairwise(rows)) if runs_on(row, below, margin)]
    full = [index for index in runs if widths[index] >= limit - SPARE]
    stops = sum(_STOP.search(rows[index].rstrip()) is not None for index in full)
    tabled = any(_COLUMNS.search(rows[index].strip()) for index in full)
    if tabled or len(full) < max(LEAST_RUNS, FULL_SHARE * len(runs)) or stops > MOST_STOPS * len(full):
        return list(enumerate(rows))
    joined: list[tuple[int, list[str]]] = []
    continues = False
    going = set(full)
    for index, row in enumerate(rows):
        if continues:
            parts = joined[-1][1]
            blank = _LETTER.match(parts[-1][-1:]) and _LETTER.match(row.strip()[:1])
            parts += [" ", row.strip()] if blank else [row.strip()]
        else:
            joined.append((index, [row.rstrip()]))
        continues = index in going
    return [(index, "".join(parts)) for index, parts in joined]


def measure(row: str) -> int:
    """Columns of a row; a Chinese character has two, as it has bytes in GBK."""
    return len(row.rstrip().encode("gb18030", "replace"))


def runs_on(row: str, below: str, margin: int) -> bool:
    """Whether the row below may go on with a row: neither is blank, and that below is not indented."""
    return bool(row.strip()) and bool(below.strip()) and not below[margin : margin + 1].isspace()


_FILE_BREAK: Final = compile_re("\r\n|\n|\r")
_INNER_BREAK: Final = compile_re("[\u2028\u2029]")  # breaks that an editor shows and does not number


def read_plain(text: str) -> Page:
    """The lines of a text file.

    >>> [(line.number, line.text) for line in read_plain("政协工作报告\\r\\n\\r\\n　　各位委员：").lines]
    [(1, '政协工作报告'), (3, '各位委员：')]
    """
    rows = split_lines(text)
    front = read_front_matter(rows)
    lines: list[Line] = list(front.lines)
    for index, raw in join_wrapped(rows[front.end :]):
        pieces = _INNER_BREAK.split(raw) if "\u2028" in raw or "\u2029" in raw else (raw,)
        for piece in pieces:
            seen = collapse(piece)
            if seen:
                lines.append(Line(text=seen, number=front.end + index + 1))
    return Page(lines=tuple(lines), title=front.title, meta=front.pairs, front=len(front.lines), is_html=False)


def split_lines(text: str) -> list[str]:
    """Lines as an editor numbers them: a form feed ends no line.

    >>> split_lines("甲\\r\\n乙\\r丙\\f丁")
    ['甲', '乙', '丙\\x0c丁']
    """
    return _FILE_BREAK.split(text)
