"""A report as a person looks at it: its outline, and below each heading its facts in columns.

All text of the page is cleaned and goes to rich as plain text, so that neither its control characters nor rich's own
markup reach the terminal.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from qjreport.commands.streams import clean
from qjreport.model import Fact, Report, Section
from qjreport.writers.accounts import sum_up
from qjreport.writers.amounts import HEADS, Heads, format_amount
from qjreport.writers.text import format_heading, spell_name

NO_TERMINAL_WIDTH = 120
WIDE = 120  # from here on there is room for the words around the number
INDENT = 4  # of the facts: the same in every section, so that the columns align from top to bottom
GAP = 2
AMOUNT = 24  # ≥ 33,757.93 亿千瓦时 fits; what is longer wraps
PERIOD = 15  # 2024-01/2024-06
NOTE = 16
LEAST_ITEM = 16


class Layout(msgspec.Struct, frozen=True):
    """Widths of the columns in cells, the same for all sections, and their heads."""

    item: int
    amount: int
    period: int
    note: int
    context: int  # 0 where there is no room for it
    heads: Heads


def render_report(report: Report, language: str, *, to_file: bool) -> bytes:
    """The report as UTF-8; with colours on a terminal, unless NO_COLOR is set."""
    terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
    width = None if terminal else read_columns()
    file = io.StringIO()
    console = Console(file=file, force_terminal=terminal, width=width, highlight=False, legacy_windows=False)
    layout = plan_layout(report.facts, HEADS[language], console.width)
    print_title(console, report)
    below: dict[int | None, list[Fact]] = {}
    for fact in report.facts:
        below.setdefault(report.blocks[fact.block].section, []).append(fact)
    if report.facts:
        console.print()
        print_columns(console, layout)
    print_facts(console, report, below.get(None, []), layout)
    for index, section in enumerate(report.sections):
        if section.level == 1 or below.get(index - 1 if index else None):
            console.print()
        print_heading(console, section)
        print_facts(console, report, below.get(index, []), layout)
    console.print()
    console.print(Text(sum_up(report), style="dim"))
    lines = (line.rstrip() for line in file.getvalue().splitlines())
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def read_columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) >= LEAST_ITEM * 3 else NO_TERMINAL_WIDTH


def plan_layout(facts: Sequence[Fact], heads: Heads, width: int) -> Layout:
    """The narrow columns as wide as their cells, the rest for the item and, on a wide screen, the sentence."""

    def fit(head: str, cells: list[str], most: int) -> int:
        return min(most, max([cell_len(head), *map(cell_len, cells)]))

    amount = fit(heads.amount, [format_amount(fact) for fact in facts], AMOUNT)
    period = fit(heads.period, [fact.period or "" for fact in facts], PERIOD)
    note = fit(heads.note, [format_note(fact, heads) for fact in facts], NOTE)
    room = max(LEAST_ITEM, width - INDENT - amount - period - note - 3 * GAP)
    item = fit(heads.item, [fact.item for fact in facts], room)
    if width < WIDE:
        return Layout(item, amount, period, note, 0, heads)
    item = min(item, max(LEAST_ITEM, room * 2 // 5))
    return Layout(item, amount, period, note, room - item - GAP, heads)


def format_note(fact: Fact, heads: Heads) -> str:
    """What the amount does not show by its sign: the comparison, the field of a rank, whether it is a target."""
    target = heads.target if fact.status == "target" else None
    return clean(" ".join(word for word in (fact.basis, fact.scope, target) if word))


def print_title(console: Console, report: Report) -> None:
    metadata = report.metadata
    console.print(Text(clean(metadata.title or spell_name(report)), style="bold"))
    about = [metadata.subtitle, metadata.area, metadata.published, metadata.source, metadata.author]
    line = "  ·  ".join(clean(word) for word in about if word)
    if line:
        console.print(Text(line, style="dim"))


def print_heading(console: Console, section: Section) -> None:
    text = Text(clean(format_heading(section)), style="bold cyan" if section.level == 1 else "cyan")
    indent = min(GAP * (section.level - 1), console.width // 4)
    console.print(Padding(text, (0, 0, 0, indent), expand=False))


def print_columns(console: Console, layout: Layout) -> None:
    grid = build_grid(layout)
    heads = layout.heads
    names = [heads.item, heads.amount, heads.period, heads.note, heads.quote]
    grid.add_row(*(Text(name, style="dim") for name in names[: len(grid.columns)]))
    console.print(Padding(grid, (0, 0, 0, INDENT), expand=False))


def print_facts(console: Console, report: Report, facts: Sequence[Fact], layout: Layout) -> None:
    if not facts:
        return
    grid = build_grid(layout)
    for fact in facts:
        style = "yellow" if fact.status == "target" else ""
        cells = [
            Text(clean(fact.item)),
            Text(clean(format_amount(fact)), style=style or "green"),
            Text(fact.period or "", style="dim"),
            Text(format_note(fact, layout.heads), style=style),
        ]
        if layout.context:
            cells.append(quote_in_sentence(fact, report.blocks[fact.block].text, layout.context))
        grid.add_row(*cells)
    console.print(Padding(grid, (0, 0, 0, INDENT), expand=False))


def build_grid(layout: Layout) -> Table:
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(width=layout.item, overflow="fold")
    grid.add_column(width=layout.amount, justify="right", overflow="fold")
    grid.add_column(width=layout.period, overflow="fold")
    grid.add_column(width=layout.note, overflow="fold")
    if layout.context:
        grid.add_column(width=layout.context, no_wrap=True, overflow="ellipsis")
    return grid


def quote_in_sentence(fact: Fact, text: str, width: int) -> Text:
    """The words around the number, the number itself underlined; what stands before takes less than half the room."""
    begin = text.find(fact.sentence, max(0, fact.end - len(fact.sentence)))
    if not 0 <= begin <= fact.start:  # the sentence is not around the quote; the quote at least is
        begin = fact.start
    before = squeeze(text[begin : fact.start])
    after = text[fact.end : max(fact.end, begin + len(fact.sentence))]
    most = width // 5  # code points, of two cells each
    shown = Text(before if len(before) <= most else "…" + before[-most:], style="dim")
    shown.append(squeeze(fact.quote), style="not dim underline")
    shown.append(squeeze(after[:width]))
    return shown


def squeeze(text: str) -> str:
    return clean(text.replace("\t", " ").replace("\n", " "))
