"""Why a line of a page was kept or dropped: what it was judged by, step by step.

The lines are decided once more (find.py), and for those asked for it is told what they look like alone (judge.py), what
the elements around them are called and where they stand in the report (boundaries.py), what speaks for a block that
hangs on to the report (coda.py), and what only the whole showed (prune.py, metadata.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from qjreport.article.boundaries import Evidence
from qjreport.article.coda import WEIGHTS, weigh_line
from qjreport.article.find import Decided, build_article, decide_page
from qjreport.article.headline import Headline
from qjreport.lexicon import Lexicon
from qjreport.model import Article, Page


class LineAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a line, and the evidence."""

    text: str
    kept: bool
    reason: str  # why it went; empty where it stayed
    place: int  # its index among the lines of the page
    block: int | None  # its index among the lines of the report
    steps: tuple[str, ...]


def account_for_lines(page: Page, wanted: str, lexicon: Lexicon) -> list[LineAccount]:
    """An account of every line that holds `wanted`, white space aside.

    >>> from qjreport.lexicon import load_lexicon
    >>> from qjreport.model import Line
    >>> page = Page(lines=(Line(text="全年办理提案459件。"), Line(text="分享到：微信")), is_html=False)
    >>> [(account.reason, account.steps[0]) for account in account_for_lines(page, "分享", load_lexicon())]
    [('share', 'alone: chrome by its words or its shape (share)')]
    """
    decided = decide_page(page, lexicon)
    before = list(decided.decision.reasons)
    article = build_article(page, decided, lexicon)
    outcomes = list_outcomes(page, article, decided.decision.reasons)
    squeezed = "".join(wanted.split())
    accounts = []
    for index, line in enumerate(page.lines):
        if squeezed in "".join(line.text.split()):
            reason, block = outcomes[index]
            steps = [*list_steps(decided, index), *list_late_steps(before[index], decided, reason, index)]
            accounts.append(
                LineAccount(
                    text=line.text, kept=not reason, reason=reason, place=index, block=block, steps=tuple(steps)
                )
            )
    return accounts


def list_outcomes(page: Page, article: Article, reasons: Sequence[str]) -> list[tuple[str, int | None]]:
    """For each line the reason why it went, or its place in the report."""
    outcomes: list[tuple[str, int | None]] = []
    kept, dropped, tables = 0, 0, dict[int, int]()
    for line, reason in zip(page.lines, reasons, strict=True):
        if reason:
            outcomes.append((article.dropped[dropped].reason, None))
            dropped += 1
        elif line.table in tables:
            outcomes.append(("", tables[line.table]))
        else:
            if article.lines[kept].table >= 0:
                tables[line.table] = kept
            outcomes.append(("", kept))
            kept += 1
    return outcomes


def list_steps(decided: Decided, index: int) -> list[str]:
    """What the line was judged by."""
    evidence = decided.evidence
    steps = [f"alone: {tell_judgement(evidence, index)}"]
    if evidence.chrome[index]:
        steps.append(f"element: called as chrome is ({evidence.chrome[index]})")
    if evidence.is_html:
        inner, outer = evidence.in_inner[index], evidence.in_outer[index]
        where = "in the report's own element" if inner else "around the report" if outer else "outside the report"
        steps.append(f"element: {where}")
    steps.append(f"place: {tell_place(decided, index)}")
    if decided.decision.first >= 0 and index >= decided.decision.first:
        pieces = weigh_line(evidence, index)
        told = ", ".join(f"{piece} {WEIGHTS[piece]:+d}" for piece in pieces)
        steps.append(f"block that hangs on to the report: {told or 'nothing'}")
    return steps


def tell_judgement(evidence: Evidence, index: int) -> str:
    judgement = evidence.judgements[index]
    if evidence.data[index]:
        return "in a data table"
    if judgement.byline:
        return "labels with their values, or a date as pages stamp it (byline)"
    if judgement.reason:
        sure = "" if judgement.sure else ", not among the report's paragraphs"
        return f"chrome by its words or its shape ({judgement.reason}{sure})"
    if judgement.linked:
        return "a link"
    if judgement.firm:
        return "running text that ends as paragraphs do"
    return "running text without a stop" if judgement.good else "a short line that may be anything"


def tell_place(decided: Decided, index: int) -> str:
    headline: Headline | None = decided.headline
    decision = decided.decision
    if headline is not None and headline.first <= index <= headline.last:
        return "the headline"
    if decision.first < 0:
        return "on a page without a report"
    if index < decision.first:
        return "above the report"
    if index >= decision.end:
        return "after the report's end"
    if index < decision.body:
        return "between the headline and the first running text"
    return "among the running text" if index <= decision.last else "after the last running text"


def list_late_steps(before: str, decided: Decided, reason: str, index: int) -> list[str]:
    """What only the whole showed, or that the line's values became metadata."""
    after = decided.decision.reasons[index]
    steps = [f"decided there: {before or 'stays'}"]
    if after != before:
        steps.append(f"by the whole page: {after or 'stays'}")
    if reason != after:
        steps.append(f"became {reason}")
    return steps
