"""How the benchmarks print: Markdown tables that are read in a terminal as well, with the goal next to each ratio."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

HEAD = ("ratio", "figure", "goal", "met")


class Ratio(NamedTuple):
    what: str
    figure: float
    goal: float  # at most

    def row(self) -> tuple[str, str, str, str]:
        return self.what, f"{self.figure:.3f}", f"at most {self.goal:g}", "yes" if self.figure <= self.goal else "NO"


def name_way() -> str:
    """What follows the name of a ratio: nothing where the stages are compiled, as they are released."""
    compiled = not str(import_module("qjreport.fact.build").__file__).endswith(".py")
    return "" if compiled else " (plain Python)"


def print_ratios(ratios: Sequence[Ratio]) -> None:
    print_table(HEAD, [ratio.row() for ratio in ratios])


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table, its first column to the left and the others to the right, followed by an empty line."""
    table = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    widths = [max(map(measure, column)) for column in zip(*table, strict=True)]
    lines = [
        [pad(cell, width, number) for number, (cell, width) in enumerate(zip(row, widths, strict=True))]
        for row in table
    ]
    rule = [("-" * width if not number else "-" * (width - 1) + ":") for number, width in enumerate(widths)]
    for line in (lines[0], rule, *lines[1:]):
        print("| " + " | ".join(line) + " |")
    print(flush=True)


def pad(cell: str, width: int, column: int) -> str:
    space = " " * (width - measure(cell))
    return space + cell if column else cell + space


def measure(text: str) -> int:
    """Columns of a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def as_ms(seconds: float) -> str:
    return f"{1000 * seconds:.2f}"


def measure_peak() -> float:
    """MiB that the process held at most (Linux); not `getrusage`, which counts what its parent held before it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
