"""What a notebook shows of a report and of a fact, and the review page in a frame: Jupyter asks for `_repr_html_`.

Plain HTML with few styles of its own, for a notebook has its own colours, light or dark; every text is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from qjreport.lexicon.rules import load_rules
from qjreport.model import Fact, Report
from qjreport.writers.amounts import format_amount, name_kind

FIRST_FACTS = 10
FIRST_SECTIONS = 12
MARK = "background: #ffe9a8; color: #222; border-radius: 2px; padding: 0 1px"
SOFT = "opacity: .75; font-size: 90%"
LEFT = "text-align: left"


def show_report(report: Report) -> str:
    """Headline, outline, first facts and counts, as HTML.

    >>> from qjreport import extract_text
    >>> "提案" in show_report(extract_text("全年办理提案459件。"))
    True
    """
    return f"<div>{''.join(list_parts(report))}</div>"


def list_parts(report: Report) -> Iterator[str]:
    metadata = report.metadata
    yield f"<b>{escape(metadata.title or report.source.name)}</b>"
    about = (metadata.area, metadata.kind, metadata.published, report.source.name if metadata.title else None)
    yield f'<div style="{SOFT}">{escape(" · ".join(part for part in about if part))}</div>'
    yield f"<div>{escape(count_report(report))}</div>"
    tops = [section for section in report.sections if section.level == 1]
    if tops:
        titles = [f"{section.marker}{section.title}" for section in tops[:FIRST_SECTIONS]]
        more = len(tops) - len(titles)
        yield f"<div>{escape('　'.join(titles))}{f' … {more} more' if more else ''}</div>"
    if report.facts:
        yield show_facts(report.facts[:FIRST_FACTS])
        if len(report.facts) > FIRST_FACTS:
            yield f'<div style="{SOFT}">… {len(report.facts) - FIRST_FACTS} more; report.review() shows all</div>'


def count_report(report: Report) -> str:
    """So many facts, of which kinds, and so on: `64 facts (7 increase, 57 level), 11 doubtful, 1 unread`."""
    kinds = Counter(fact.kind for fact in report.facts)
    parts = ", ".join(f"{kinds[kind]} {kind}" for kind in sorted(kinds))
    doubtful = sum(bool(fact.doubts) for fact in report.facts)
    counts = [f"{len(report.facts)} facts" + (f" ({parts})" if parts else ""), f"{doubtful} doubtful"]
    return ", ".join([*counts, f"{report.counts.unread} unread"])


def show_facts(facts: tuple[Fact, ...]) -> str:
    heads = "".join(f'<th style="{LEFT}">{head}</th>' for head in ("item", "amount", "period", "kind", "doubts"))
    rows = []
    for fact in facts:
        cells = (fact.item, format_amount(fact), fact.period or "", name_kind(fact), "?" * bool(fact.doubts))
        rows.append("".join(f'<td style="{LEFT}">{escape(cell)}</td>' for cell in cells))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"


def show_fact(fact: Fact) -> str:
    """The sentence with its number marked, and below it how it was read.

    A fact does not know where in its sentence it stands: where the same words stand there twice, both are marked.

    >>> from qjreport import extract_text
    >>> show_fact(extract_text("全年办理提案459件。").facts[0]).count("<mark")
    1
    """
    marked = f'<mark style="{MARK}">{escape(fact.quote)}</mark>'
    sentence = marked.join(escape(part) for part in fact.sentence.split(fact.quote))
    rules = load_rules()
    doubts = [rules.doubts[name].en if name in rules.doubts else name for name in fact.doubts]
    read = " · ".join(part for part in (fact.item, format_amount(fact), fact.period, name_kind(fact)) if part)
    lines = [f"<div>{sentence}</div>", f"<div><b>{escape(read)}</b></div>"]
    if fact.path:
        lines.append(f'<div style="{SOFT}">{escape(" › ".join(fact.path))}</div>')
    lines += [f'<div style="{SOFT}">? {escape(doubt)}</div>' for doubt in doubts]
    return f"<div>{''.join(lines)}</div>"


class Frame:
    """The review page in a frame, for a notebook; `page` is the page itself."""

    def __init__(self, report: Report, height: int) -> None:
        from qjreport.review.page import build_review

        self.page = build_review([report])
        self.height = height
        self.title = report.metadata.title or report.source.name

    def __repr__(self) -> str:
        return f"<review page of {self.title!r}>"

    def _repr_html_(self) -> str:
        style = f"width: 100%; height: {self.height}px; border: 1px solid #8888; border-radius: 8px"
        title = escape(self.title, quote=True)
        return f'<iframe title="{title}" style="{style}" srcdoc="{escape(self.page, quote=True)}"></iframe>'


def show_review(report: Report, height: int = 720) -> Frame:
    """The review page of a report, to look at in a notebook. Raises MissingLibraryError without Jinja2."""
    return Frame(report, height)
