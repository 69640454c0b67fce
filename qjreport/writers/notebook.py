"""A report and a fact as HTML for Jupyter: compact, in the notebook's own colours, without script.

A report shows its headline, its account, its outline and its first facts; a fact its sentence with the number marked.
Everything of the page is escaped: a notebook runs what it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from qjreport.model import Fact, Report
from qjreport.writers.accounts import sum_up, sum_up_doubts
from qjreport.writers.amounts import HEADS, format_amount, name_kind, quote_amount
from qjreport.writers.text import count_facts, format_heading, spell_name

FIRST_FACTS = 10
FIRST_SECTIONS = 200  # an outline is longer only where a page makes everything a heading
FAINT = ' style="opacity:.7"'
LEFT = ' style="text-align:left"'


def show_report(report: Report) -> str:
    """The report in a cell of a notebook.

    >>> from qjreport import extract_text
    >>> "<mark>" in show_report(extract_text("全年办理提案459件。"))
    True
    """
    metadata = report.metadata
    about = (metadata.area, metadata.published, metadata.source, spell_name(report))
    parts = [
        f"<strong>{escape(metadata.title or spell_name(report))}</strong>",
        f"<div{FAINT}>{escape('  ·  '.join(word for word in about if word))}</div>",
        f"<div{FAINT}>{escape('; '.join(filter(None, (sum_up(report), sum_up_doubts(report)))))}</div>",
    ]
    if report.sections:
        parts.append(f"<details><summary>{len(report.sections)} sections</summary>{list_outline(report)}</details>")
    if report.facts:
        shown = report.facts[:FIRST_FACTS]
        count = f"{len(shown)} of {len(report.facts)} facts" if len(shown) < len(report.facts) else "facts"
        parts.append(f"<details open><summary>{count}</summary>{list_facts(shown)}</details>")
    return f'<div class="qjreport">{"".join(parts)}</div>'


def list_outline(report: Report) -> str:
    """A line for each section, set in by its level, with the number of facts right below it."""
    counts = count_facts(report)
    lines = [
        f'<div style="margin-left:{min(section.level, 9) - 1}.5em">{escape(format_heading(section))}'
        + (f"<span{FAINT}> ({counts[index]})</span>" if counts[index] else "")
        + "</div>"
        for index, section in enumerate(report.sections[:FIRST_SECTIONS])
    ]
    more = len(report.sections) - FIRST_SECTIONS
    return "".join(lines) + (f"<div{FAINT}>… {more} more</div>" if more > 0 else "")


def list_facts(facts: Iterable[Fact]) -> str:
    """A table with a row for each fact, its number in its sentence."""
    heads = HEADS["en"]
    names = (heads.item, heads.written, heads.period, heads.note, heads.quote)
    head = "".join(f"<th{LEFT}>{escape(name)}</th>" for name in names)
    rows = []
    for fact in facts:
        note = " ".join(word for word in (fact.basis, fact.scope, heads.target * (fact.status == "target")) if word)
        cells = [escape(cell) for cell in (fact.item, quote_amount(fact), fact.period or "", note)]
        rows.append("<tr>" + "".join(f"<td{LEFT}>{cell}</td>" for cell in (*cells, mark_sentence(fact))) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def show_fact(fact: Fact) -> str:
    """A fact in a cell of a notebook: its sentence with its mark, and below it how it was read."""
    read = " · ".join(
        word for word in (fact.item, format_amount(fact), name_kind(fact), fact.period, " ".join(fact.doubts)) if word
    )
    path = f"<div{FAINT}>{escape(' › '.join(fact.path))}</div>" if fact.path else ""
    return f'<div class="qjreport">{path}<div>{mark_sentence(fact)}</div><div{FAINT}>{escape(read)}</div></div>'


def mark_sentence(fact: Fact) -> str:
    """The sentence, with the quote marked where it stands first in it.

    >>> from qjreport import extract_text
    >>> mark_sentence(extract_text("提案<b>459件。").facts[0])
    '提案&lt;b&gt;<mark>459件</mark>。'
    """
    before, quote, after = fact.sentence.partition(fact.quote)
    if not quote:  # the sentence was cut
        return f"<mark>{escape(fact.quote)}</mark> {escape(fact.sentence)}"
    return f"{escape(before)}<mark>{escape(quote)}</mark>{escape(after)}"
