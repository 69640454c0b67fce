"""Reports as Markdown (CommonMark with pipe tables): the outline with its facts, or the report's own text.

Whatever the page says is escaped: it cannot become a link, a tag, an image or a table cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from qjreport.model import Block, Report, Section, Table
from qjreport.text.patterns import compile_regex
from qjreport.writers.amounts import HEADS, format_amount, name_kind

# Addresses become links by themselves where Markdown is shown: http://…, www.…, a@b.
SPECIAL = compile_regex(r"[\\`*_{}\[\]<>|#~&@]|:(?=//)|(?<=(?i:www))\.")
OPENING = compile_regex(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")  # what begins a list or underlines a heading
DEEPEST = 6  # Markdown has six levels of headings; the headline takes the first


def escape_markdown(text: str) -> str:
    r"""Text that Markdown shows as it is, on one line.

    >>> print(escape_markdown("a|b <b> [x](y)"))
    a\|b \<b\> \[x\](y)
    >>> print(escape_markdown("1. 全年"))
    1\. 全年
    """
    escaped = SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    opening = OPENING.match(escaped)
    if opening is None:
        return escaped
    if opening[2].isdigit():
        return f"{opening[0]}\\{escaped[opening.end() :]}"
    return f"{opening[1]}\\{escaped[opening.start(2) :]}"


def write_facts_markdown(report: Report, language: str = "en") -> str:
    """The headline, then each section that has facts with a table of them; column heads in "en" or "zh"."""
    heads = HEADS[language]
    parts = [f"# {escape_markdown(report.metadata.title or report.source.name)}"]
    for path, facts in groupby(report.facts, key=lambda fact: fact.path):
        if path:
            parts.append(f"## {escape_markdown(' > '.join(path))}")
        rows = (
            [f.item, format_amount(f), name_kind(f, language), f.period or "", f.quote, " ".join(f.doubts)]
            for f in facts
        )
        parts.append(write_table([heads.item, heads.amount, heads.kind, heads.period, heads.quote, heads.doubts], rows))
    return "\n\n".join(parts) + "\n"


def write_text_markdown(report: Report) -> str:
    """The report alone: headings as headings, items as list items, tables as tables."""
    headings = {section.block: section for section in report.sections}
    tables = {table.block: table for table in report.tables}
    parts = [f"# {escape_markdown(report.metadata.title)}"] if report.metadata.title else []
    parts += (write_block(block, headings.get(index), tables.get(index)) for index, block in enumerate(report.blocks))
    return "\n\n".join(parts) + "\n" if parts else ""


def write_block(block: Block, section: Section | None, table: Table | None) -> str:
    if table is not None:
        lines = [escape_markdown(line) for line in (table.caption, table.unit) if line]
        head, *rows = table.rows or ((),)
        return "\n\n".join([*lines, write_table(head, rows)])
    text = escape_markdown(block.text)
    if block.kind == "heading" and section is not None:
        return f"{'#' * min(section.level + 1, DEEPEST)} {text}"
    if block.kind == "item":
        return f"- {text}"
    return text


def write_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def lines() -> Iterator[str]:
        yield "| " + " | ".join(map(escape_markdown, head)) + " |"
        yield "|" + " --- |" * len(head)
        for row in rows:
            yield "| " + " | ".join(map(escape_markdown, row)) + " |"

    return "\n".join(lines())
