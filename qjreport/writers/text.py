"""The report as plain text for a person: its blocks, a block a line (a table's rows keep their lines), or its outline.

The outline is the section tree: as lines, as JSON, as a Markdown list.

`pad_cells` sets any text in columns for a fixed-width font, in which a Chinese character is two cells wide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from qjreport.language import measure_cells
from qjreport.model import Report, Section
from qjreport.text.patterns import compile_re
from qjreport.writers.jsons import encode
from qjreport.writers.markdown import escape_markdown

BREAK = compile_re(r"[\n\r\t\v\f\x85\u2028\u2029]")


def write_text(report: Report) -> str:
    """The page's own characters; what the chrome said is gone."""
    lines = [report.metadata.title] if report.metadata.title else []
    lines += (block.text for block in report.blocks)
    return "\n".join(lines) + "\n" if lines else ""


def write_text_json(report: Report) -> str:
    """The same for a program: name, title, and the text of each block, on one line."""
    plain = {
        "source": report.source.name,
        "title": report.metadata.title,
        "blocks": [{"kind": block.kind, "text": block.text} for block in report.blocks],
    }
    return encode(plain).decode() + "\n"


def spell_name(report: Report) -> str:
    """The page's name for a person, on one line: file names may hold newlines."""
    return BREAK.sub("\ufffd", report.source.name)


GAP = "  "  # between two columns


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


SCHEMA = "qjreport/outline/1"


def write_tree(report: Report) -> str:
    """The headline and a line for each section: its marker and title, and how many facts stand right below it."""
    counts = count_facts(report)
    children: dict[int | None, list[int]] = {}
    for index, section in enumerate(report.sections):
        children.setdefault(section.parent, []).append(index)
    lines = [report.metadata.title or spell_name(report)]
    # A stack, no recursion: how deep a page nests is the page's business. Pushed backwards, so that they pop in order.
    stack = [(index, "", last) for index, last in mark_last(children.get(None, []))][::-1]
    while stack:
        index, indent, last = stack.pop()
        facts = f"  ({counts[index]})" if counts[index] else ""
        lines.append(f"{indent}{'└── ' if last else '├── '}{format_heading(report.sections[index])}{facts}")
        below = indent + ("    " if last else "│   ")
        stack += [(child, below, final) for child, final in mark_last(children.get(index, []))][::-1]
    return "\n".join(lines) + "\n"


def mark_last(indexes: list[int]) -> list[tuple[int, bool]]:
    return [(index, place == len(indexes)) for place, index in enumerate(indexes, 1)]


def format_heading(section: Section) -> str:
    """Marker and title as a reader sees them; a space between, unless the marker ends in a sign that is wide.

    >>> format_heading(Section(parent=None, level=1, marker="●", title="议政建言", block=0))
    '● 议政建言'
    >>> format_heading(Section(parent=None, level=1, marker="一、", title="主要指标", block=0))
    '一、主要指标'
    """
    if not section.marker or section.marker[-1] in "、）)．":
        return section.marker + section.title
    return f"{section.marker} {section.title}"


def write_tree_json(report: Report) -> bytes:
    """The sections as in the report, each with the number of facts right below it."""
    counts = count_facts(report)
    sections = [msgspec.to_builtins(section) | {"facts": counts[i]} for i, section in enumerate(report.sections)]
    plain = {"schema": SCHEMA, "source": report.source.name, "title": report.metadata.title, "sections": sections}
    return encode(plain) + b"\n"


def write_tree_markdown(report: Report) -> str:
    """The sections as a nested list."""
    title = [f"# {escape_markdown(report.metadata.title)}", ""] if report.metadata.title else []
    lines = (f"{'  ' * (s.level - 1)}- {escape_markdown(format_heading(s))}" for s in report.sections)
    return "\n".join([*title, *lines]) + "\n"


def count_facts(report: Report) -> Counter[int | None]:
    """How many facts stand right below each section, by its index; None for those above the first."""
    return Counter(report.blocks[fact.block].section for fact in report.facts)
