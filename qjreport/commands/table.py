"""A report as a person looks at it: its outline, and below each heading its facts in columns.

A fact has a short number, its place among the facts of the report, by which `qjreport explain PAGE NUMBER` finds it.
Amounts are shown as they are written, on a wide screen as they are read, too. Where two rows of a section look alike,
the words around the number that tell them apart stand below the item.

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
from qjreport.language import _
from qjreport.model import Fact, Report, Section
from qjreport.text.patterns import compile_re
from qjreport.writers.accounts import sum_up, sum_up_doubts
from qjreport.writers.amounts import HEADS, Heads, format_amount, quote_amount
from qjreport.writers.text import format_heading, spell_name

NO_TERMINAL_WIDTH = 120
WIDE = 120  # from here on there is room for the words around the number
INDENT = 2  # of the facts: the same in every section, so that the columns align from top to bottom
GAP = 2
AMOUNT = 24  # ≥ 33,757.93 亿千瓦时 fits; what is longer wraps
NUMBER = 5
REACHES = (8, 16, 32, 64)  # characters before a number that may tell it from another one; half as many after it
SPACES = dict.fromkeys(map(ord, " ,，"))  # in which two ways of writing an amount may differ
APART = 40  # cells of the words that tell two rows apart; what is longer wraps
CLAUSE = compile_re(r"[，。；、：！？,;:\t\n]")
PERIOD = 15  # 2024-01/2024-06
NOTE = 16
LEAST_ITEM = 16
DOUBTED = "?"  # marks a fact that is worth a second look


class Layout(msgspec.Struct, frozen=True):
    """Widths of the columns in cells, the same for all sections, and their heads."""

    number: int
    item: int
    written: int
    amount: int  # as it is read; 0, as for the next, where there is no room for it
    period: int
    note: int
    context: int
    heads: Heads


class Row(msgspec.Struct, frozen=True):
    """A fact in its row."""

    number: int
    fact: Fact
    apart: str = ""  # the words that tell it from a row that looks the same


def render_report(report: Report, language: str, *, to_file: bool, whole: Report | None = None) -> bytes:
    """The report as UTF-8; with colours on a terminal, unless NO_COLOR is set.

    `whole` is the report with all its facts, where only some are shown: it numbers them and accounts for them.
    """
    terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
    width = None if terminal else read_columns()
    file = io.StringIO()
    console = Console(file=file, force_terminal=terminal, width=width, highlight=False, legacy_windows=False)
    rows = number_facts(report, whole or report)
    layout = plan_layout(rows, HEADS[language], console.width)
    print_title(console, report)
    below: dict[int | None, list[Row]] = {}
    for row in rows:
        below.setdefault(report.blocks[row.fact.block].section, []).append(row)
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
    print_account(console, report, whole or report)
    lines = (line.rstrip() for line in file.getvalue().splitlines())
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def print_account(console: Console, report: Report, whole: Report) -> None:
    console.print(Text(sum_up(whole, _), style="dim"))
    if len(report.facts) < len(whole.facts):
        console.print(
            Text(_("{shown} of {facts} facts are shown", shown=len(report.facts), facts=len(whole.facts)), style="dim")
        )
    if doubtful := sum_up_doubts(whole, _):
        console.print(
            Text(
                _("{mark} {doubtful}: qjreport explain PAGE NUMBER says why", mark=DOUBTED, doubtful=doubtful),
                style="dim",
            )
        )


def number_facts(report: Report, whole: Report) -> list[Row]:
    """The facts that are shown, each with its number among all of them and what tells it from its like."""
    numbers = {fact.id: number for number, fact in enumerate(whole.facts, 1)}
    apart = tell_apart(report)
    return [Row(numbers[fact.id], fact, apart.get(fact.id, "")) for fact in report.facts]


def tell_apart(report: Report) -> dict[str, str]:
    """By the id of a fact whose row looks like another one of its section: the words around its number.

    As few as differ: the facts of a list share most of what stands around them.
    """
    alike: dict[tuple[object, ...], list[Fact]] = {}
    for fact in report.facts:
        section = report.blocks[fact.block].section
        key = (section, fact.item, quote_amount(fact), fact.period, fact.basis, fact.scope, fact.status)
        alike.setdefault(key, []).append(fact)
    told: dict[str, str] = {}
    for facts in alike.values():
        if len(facts) > 1:
            texts = [report.blocks[fact.block].text for fact in facts]
            words = [quote_clause(fact, text) for fact, text in zip(facts, texts, strict=True)]
            for reach in REACHES:
                if len(set(words)) == len(words):
                    break
                words = [quote_around(fact, text, reach) for fact, text in zip(facts, texts, strict=True)]
            told.update({fact.id: around for fact, around in zip(facts, words, strict=True)})
    return told


def quote_clause(fact: Fact, text: str) -> str:
    """
    >>> from qjreport import extract_text
    >>> report = extract_text("建成公园3个，改造公园3个。")
    >>> quote_clause(report.facts[1], report.blocks[0].text)
    '改造公园〔3个〕'
    """
    before = CLAUSE.split(text[: fact.start])[-1]
    return f"{squeeze(before)}〔{squeeze(fact.quote)}〕"


def quote_around(fact: Fact, text: str, reach: int) -> str:
    """
    >>> from qjreport import extract_text
    >>> report = extract_text("建成公园3个，改造公园3个。")
    >>> quote_around(report.facts[1], report.blocks[0].text, 4)
    '…改造公园〔3个〕。'
    """
    before, after = text[max(0, fact.start - reach) : fact.start], text[fact.end : fact.end + reach // 2]
    return f"{'…' if fact.start > reach else ''}{squeeze(before)}〔{squeeze(fact.quote)}〕{squeeze(after)}"


def read_columns() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isdecimal() and int(columns) >= LEAST_ITEM * 3 else NO_TERMINAL_WIDTH


def plan_layout(rows: Sequence[Row], heads: Heads, width: int) -> Layout:
    """The narrow columns as wide as their cells, the rest for the item and, on a wide screen, the sentence."""

    def fit(head: str, cells: list[str], most: int) -> int:
        return min(most, max([cell_len(head), *map(cell_len, cells)]))

    facts = [row.fact for row in rows]
    number = fit(heads.number, [str(row.number) for row in rows], NUMBER)
    written = fit(heads.written, [quote_amount(fact) for fact in facts], AMOUNT)
    amount = fit(heads.amount, [format_reading(fact) for fact in facts], AMOUNT) + GAP if width >= WIDE else 0
    period = fit(heads.period, [fact.period or "" for fact in facts], PERIOD)
    note = fit(heads.note, [format_note(fact, heads) for fact in facts], NOTE)
    room = max(LEAST_ITEM, width - INDENT - number - written - amount - period - note - 4 * GAP)
    apart = [row.apart for row in rows if cell_len(row.apart) <= APART]
    item = fit(heads.item, [fact.item for fact in facts] + apart, room)
    context = 0
    if width >= WIDE:
        item = min(item, max(LEAST_ITEM, room * 2 // 5))
        context = room - item - GAP
    return Layout(number, item, written, max(0, amount - GAP), period, note, context, heads)


def format_reading(fact: Fact) -> str:
    """The amount as it is read, where that says more than how it is written."""
    written, read = quote_amount(fact), format_amount(fact)
    plain = [text.translate(SPACES) for text in (written, read)]
    return "" if plain[0] == plain[1] else read


def format_note(fact: Fact, heads: Heads) -> str:
    """A mark where it is doubted, then what the amount does not show: the comparison, the field of a rank, a target."""
    target = heads.target if fact.status == "target" else None
    doubted = DOUBTED if fact.doubts else None
    return clean(" ".join(word for word in (doubted, fact.basis, fact.scope, target) if word))


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
    names = [heads.number, heads.item, heads.written]
    names += [heads.amount] * bool(layout.amount) + [heads.period, heads.note] + [heads.quote] * bool(layout.context)
    grid.add_row(*(Text(name, style="dim") for name in names))
    console.print(Padding(grid, (0, 0, 0, INDENT), expand=False))


def print_facts(console: Console, report: Report, rows: Sequence[Row], layout: Layout) -> None:
    if not rows:
        return
    grid = build_grid(layout)
    for row in rows:
        fact = row.fact
        style = "yellow" if fact.status == "target" else ""
        item = Text(clean(fact.item))
        if row.apart:
            item.append(f"\n{row.apart}", style="dim")
        cells = [Text(str(row.number), style="dim"), item, Text(clean(quote_amount(fact)), style=style or "green")]
        if layout.amount:
            cells.append(Text(clean(format_reading(fact)), style=style or "green"))
        cells += [Text(fact.period or "", style="dim"), Text(format_note(fact, layout.heads), style=style)]
        if layout.context:
            cells.append(quote_in_sentence(fact, report.blocks[fact.block].text, layout.context))
        grid.add_row(*cells)
    console.print(Padding(grid, (0, 0, 0, INDENT), expand=False))


def build_grid(layout: Layout) -> Table:
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(width=layout.number, justify="right")
    grid.add_column(width=layout.item, overflow="fold")
    grid.add_column(width=layout.written, justify="right", overflow="fold")
    if layout.amount:
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
