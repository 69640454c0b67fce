"""The report alone as text: headline and blocks, a block a line (a table's rows keep their lines).

`pad_cells` sets any text in columns for a fixed-width font, in which a Chinese character is two cells wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import combining, east_asian_width

from qjreport.model import Report
from qjreport.text.patterns import compile_re

BREAK = compile_re(r"[\n\r\t\v\f\x85\u2028\u2029]")


def write_text(report: Report) -> str:
    """The page's own characters; what the chrome said is gone."""
    lines = [report.metadata.title] if report.metadata.title else []
    lines += (block.text for block in report.blocks)
    return "\n".join(lines) + "\n" if lines else ""


def spell_name(report: Report) -> str:
    """The page's name for a person, on one line: file names may hold newlines."""
    return BREAK.sub("\ufffd", report.source.name)


GAP = "  "  # between two columns


@lru_cache(maxsize=4096)  # what a rule says is measured for every fact
def measure_cells(text: str) -> int:
    """
    >>> measure_cells("5亿元"), measure_cells("“a”")
    (5, 3)
    """
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def pad_cells(rows: Sequence[Sequence[str]], most: int = 40) -> Iterator[str]:
    """The rows as lines, each column as wide as its cells; a cell wider than `most` does not widen the others.

    >>> list(pad_cells([("亩", "area"), ("公里", "length")]))
    ['亩    area', '公里  length']
    """
    widths: list[int] = []
    for row in rows:
        for place, cell in enumerate(row):
            if place == len(widths):
                widths.append(0)
            width = measure_cells(cell)
            widths[place] = max(widths[place], width if width <= most else 0)
    for row in rows:
        padded = (cell + " " * (width - measure_cells(cell)) for cell, width in zip(row, widths, strict=False))
        yield GAP.join(padded).rstrip()
