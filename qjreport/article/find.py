"""find_article(): judges a page's lines, finds where the report stands among them, and accounts for all the others.

In this order: each line alone (judge.py), data tables (tables.py), hidden text that is the report's (prune.py), the
headline (headline.py), the report's first and last line and what goes in between (boundaries.py). A page whose report
turns out to be a list of other pages has none; one where every paragraph looks like chrome gives the paragraphs that
say most (`rescue_lines`), with a diagnostic. Then what only the whole shows: a data table stays or goes as one, what
stands twice goes (prune.py); and what the lines that went say of the report becomes its metadata (metadata.py).

`account_for_lines` decides a page's lines in the same way, and tells of those asked for what they were judged by, step
by step: what they look like alone, what the elements around them are called, where they stand, what speaks for a block
that hangs on to the report, and what only the whole showed.

`Locator` tells where a line stands in the saved file: a CSS path for HTML, a line number for text. A browser's
`document.querySelector(locator)` gives the element whose text the line is; several lines of one element (a paragraph
set with <br>) share its locator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from qjreport.article.boundaries import (
    CODA_WEIGHTS,
    FAR_SHARE,
    Decision,
    Evidence,
    Tree,
    decide_lines,
    limit_head,
    site_pattern,
    weigh_line,
)
from qjreport.article.headline import Headline, ends_as_title, find_headline
from qjreport.article.judge import Judgement, judge_line
from qjreport.article.metadata import find_metadata
from qjreport.article.phrases import fold_width, squeeze
from qjreport.article.prune import find_copies, find_folded_part, find_tiles, is_hidden_report
from qjreport.article.tables import build_table_line, find_data_tables
from qjreport.lexicon import Lexicon
from qjreport.model import Article, Diagnostic, Dropped, Grid, Line, Node, Page
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words

# Elements in a path; pages that people read nest some 40 deep, and a hostile page must not cost more
MAX_DEPTH: Final = 100
_PLAIN_ID: Final = compile_re(r"[A-Za-z_\u0080-\U0010ffff][\w-]*\Z")
_UNPLAIN: Final = compile_re(r"[^a-z0-9_\-\u0080-\U0010ffff]")


def build_locator(page: Page, line: Line) -> str:
    """The path of the line's element, from the nearest element with an id of its own.

    >>> from qjreport.model import Node
    >>> nodes = (Node(parent=-1, tag="div", nth=2, id="zoom"), Node(parent=0, tag="p", nth=3))
    >>> build_locator(Page(lines=(), nodes=nodes), Line(text="全年办理提案459件。", node=1))
    '#zoom > p:nth-of-type(3)'
    >>> build_locator(Page(lines=(), is_html=False), Line(text="全年办理提案459件。", number=7))
    'line 7'
    """
    return Locator(page).locate(line)


class Locator:
    """Builds the paths of one page, the path of each element once."""

    def __init__(self, page: Page) -> None:
        self.nodes = page.nodes
        self.is_html = page.is_html
        self.repeated_ids = page.repeated_ids
        self.paths: list[str | None] = [None] * len(page.nodes)  # of each element
        self.steps = [0] * len(page.nodes)  # after its root
        self.tags: dict[str, str] = {}  # as a CSS identifier has them

    def locate(self, line: Line) -> str:
        """As `build_locator`."""
        node = line.node if self.is_html else -1
        if node < 0:
            return f"line {line.number}" if line.number else "body"
        return self.paths[node] or self.build_path(node)

    def locate_node(self, node: int) -> str:
        """The path of an element."""
        return self.paths[node] or self.build_path(node) if node >= 0 else "body"

    def build_path(self, node: int) -> str:
        """The path of an element and of those above it that have none yet."""
        missing: list[int] = []
        path, steps = "", 0
        while node >= 0:
            path, steps = self.paths[node] or "", self.steps[node]
            if path:
                break
            entry = self.nodes[node]
            path = self.paths[node] = self.build_root(entry)
            if path:
                break
            missing.append(node)
            node = entry.parent
            steps = 0
        for index in reversed(missing):
            entry = self.nodes[index]
            steps += 1
            before = f"{path} > " if path else ""
            path = f"{before}{self.write_tag(entry.tag)}:nth-of-type({entry.nth})" if steps <= MAX_DEPTH else "body"
            self.paths[index], self.steps[index] = path, steps
        return path

    def write_tag(self, tag: str) -> str:
        known = self.tags.get(tag)
        if known is None:
            known = self.tags[tag] = tag if tag.isalnum() and tag.islower() else _UNPLAIN.sub(escape, tag)
        return known

    def build_root(self, node: Node) -> str:
        """The step that a path may begin with: an id of its own, <body>; empty where the element is none."""
        identity, tag = node.id, node.tag
        if identity and _PLAIN_ID.match(identity) and identity.lower() not in self.repeated_ids:
            return f"#{identity}"
        return tag if tag in ("html", "body") and node.nth == 1 else ""


def escape(match: re.Match[str]) -> str:
    """A character of a tag name (o:p) as a CSS identifier has it."""
    return "\\" + match[0]


class Decided(NamedTuple):
    """A page whose lines are decided one by one, and what they were decided by."""

    judgements: list[Judgement]
    tables: frozenset[int]
    evidence: Evidence
    headline: Headline | None
    decision: Decision
    diagnostics: list[Diagnostic]


def find_article(page: Page, lexicon: Lexicon) -> Article:
    """The report's own lines, what the page says about it, and every other line with the reason why it went.

    >>> from qjreport.lexicon import load_lexicon
    >>> texts = ("首页", "全年办理提案459件。", "责任编辑：张三")
    >>> page = Page(lines=tuple(Line(text=text) for text in texts), is_html=False)
    >>> article = find_article(page, load_lexicon())
    >>> [line.text for line in article.lines], [(line.text, line.reason) for line in article.dropped]
    (['全年办理提案459件。'], [('首页', 'navigation'), ('责任编辑：张三', 'metadata')])
    """
    return build_article(page, decide_page(page, lexicon), lexicon)


def decide_page(page: Page, lexicon: Lexicon) -> Decided:
    """Every line with the reason why it goes, or none."""
    judgements = [judge_line(line, lexicon) for line in page.lines]
    tables = find_data_tables(page, judgements, lexicon)
    data = [line.table in tables for line in page.lines]
    diagnostics = see_hidden_text(page, judgements, data, lexicon)
    data = [held and judgement.reason != "hidden" for held, judgement in zip(data, judgements, strict=True)]
    evidence, headline, decision = decide_judged(page, judgements, data, lexicon)
    if decision.first < 0 and rescue_lines(page, judgements, lexicon):
        diagnostics.append(
            Diagnostic(code="weak-article", message="no report is sure; what looks most like one is read")
        )
        evidence, headline, decision = decide_judged(page, judgements, data, lexicon)
    if decision.first < 0 or is_list(page, judgements, decision):
        diagnostics.append(Diagnostic(code="no-article", message="no running text that could be a report"))
        decision = Decision([reason or "navigation" for reason in decision.reasons], -1)
        headline = None
    return Decided(judgements, tables, evidence, headline, decision, diagnostics)


def see_hidden_text(page: Page, judgements: list[Judgement], data: list[bool], lexicon: Lexicon) -> list[Diagnostic]:
    """Judge hidden lines that are the report's as if they were seen, and say so."""
    diagnostics: list[Diagnostic] = []
    if all(judgement.reason != "hidden" for judgement in judgements):
        return diagnostics
    if is_hidden_report(page, judgements):
        judgements[:] = [judge_line(line, lexicon, see_hidden=True) for line in page.lines]
        diagnostics.append(Diagnostic(code="hidden-article", message="the report stands in a hidden element"))
    if not any(judgement.reason == "hidden" and "。" in judgement.text for judgement in judgements):
        return diagnostics
    folded = find_folded_part(page, judgements, Tree(page, weigh_lines(judgements, data), lexicon))
    if folded:
        for index in folded:
            judgements[index] = judge_line(page.lines[index], lexicon, see_hidden=True)
        diagnostics.append(Diagnostic(code="hidden-part", message="parts of the report stand in hidden elements"))
    return diagnostics


def decide_judged(
    page: Page, judgements: list[Judgement], data: list[bool], lexicon: Lexicon
) -> tuple[Evidence, Headline | None, Decision]:
    evidence = Evidence(page, judgements, data, Tree(page, weigh_lines(judgements, data), lexicon), lexicon)
    headline = find_headline(page, judgements, limit_head(evidence), limit_head(evidence, FAR_SHARE), lexicon)
    return evidence, headline, decide_lines(evidence, headline)


LEAST_RESCUED: Final = 60  # characters of a paragraph that is read though it looks like chrome
LEAST_SAID: Final = 3  # sentences and figures in it, more than it has words of a site about itself

LEAST_CLAUSES: Final = 3

_CLAUSE: Final = compile_re(r"[，。；]")
_SAID: Final = compile_re(r"。|(?<![\d,.])\d[\d,.]*+\s?[%％万亿\u4e00-\u9fff]")


def rescue_lines(page: Page, judgements: list[Judgement], lexicon: Lexicon) -> bool:
    """Take for running text the paragraphs of a page without any that say most: a whole report in one link, or in one
    line with the site's notice.

    What is said is sentences and figures; a notice of the site has hardly any, and words about itself.
    """
    found = False
    words = site_pattern(lexicon)
    for line, judgement in zip(page.lines, judgements, strict=True):
        text = line.text
        if line.hidden or len(text) < LEAST_RESCUED or len(_CLAUSE.findall(text)) < LEAST_CLAUSES:
            continue
        if len(_SAID.findall(text)) - 2 * len(words.findall(text)) >= LEAST_SAID:
            judgement.free(len(text))
            found = True
    return found


DATA_MASS: Final = 4  # characters of running text that a filled line of a data table counts for


def weigh_lines(judgements: list[Judgement], data: list[bool]) -> list[int]:
    """Characters of running text in each line; where no line ends as a paragraph does, those with a comma count."""
    firm = any(judgement.firm for judgement in judgements)
    return [
        judgement.size if judgement.firm or (judgement.good and not firm) else DATA_MASS * held
        for judgement, held in zip(judgements, data, strict=True)
    ]


LEAST_REPORT: Final = 40  # characters; less running text than this among links is a list page's
LINKED_TIMES: Final = 3  # as many characters in links as in running text: a list page
LEAST_SUMMARIES: Final = 4
LEAST_TITLE: Final = 6  # characters of a link that is the title of another page; 回复 and 详细 are not
SUMMARY_SHARE: Final = 0.8  # of the paragraphs stand beside a line that is a link: the summaries of a list


def is_list(page: Page, judgements: list[Judgement], decision: Decision) -> bool:
    """Whether what was found is a list of other pages: next to no text, or summaries each beside its link."""
    kept = [index for index, reason in enumerate(decision.reasons) if not reason]
    text = sum(judgements[index].size for index in kept)
    if text < LEAST_REPORT:
        return sum(line.linked for line in page.lines if not line.hidden) > LINKED_TIMES * text
    firm = [index for index in kept if judgements[index].firm]
    if len(firm) < LEAST_SUMMARIES:
        return False
    titles = [judgement.linked and len(judgement.folded) >= LEAST_TITLE for judgement in judgements]
    titles += [False]  # for the neighbours of the first and the last line
    beside = sum(titles[index - 1] or titles[index] or titles[index + 1] for index in firm)
    return beside >= SUMMARY_SHARE * len(firm)


def build_article(page: Page, decided: Decided, lexicon: Lexicon) -> Article:
    """The article of a page whose lines are decided one by one: first what only the whole shows, then the metadata."""
    judgements, tables, headline, decision = decided.judgements, decided.tables, decided.headline, decided.decision
    reasons = decision.reasons
    keep_tables_whole(page, judgements, reasons, tables)
    drop_tiles(page, reasons, tables)
    data = [line.table in tables for line in page.lines]
    drop_repeated_titles(judgements, reasons, data, headline, lexicon)
    drop_copies(page, judgements, reasons, headline, tables)
    drop_summaries(judgements, reasons, data, lexicon)
    locator = Locator(page)

    def locate(index: int) -> str:
        return locator.locate(page.lines[index])

    metadata, used = find_metadata(page, judgements, decision, headline, lexicon, locate)
    lines, grids = gather_lines(page, reasons, tables)
    dropped = [
        Dropped(
            text=line.text,
            reason="metadata" if index in used or index < page.front else reason,
            locator=locator.locate(line),
        )
        for index, (line, reason) in enumerate(zip(page.lines, reasons, strict=True))
        if reason
    ]
    dropped += [Dropped(text=one.text, reason=one.reason, locator=locator.locate_node(one.node)) for one in page.asides]
    return Article(
        lines=tuple(lines),
        locators=tuple([locator.locate(line) for line in lines]),
        tables=tuple(grids),
        metadata=metadata,
        dropped=tuple(dropped),
        diagnostics=tuple(decided.diagnostics),
    )


def gather_lines(page: Page, reasons: list[str], tables: frozenset[int]) -> tuple[list[Line], list[Grid]]:
    """The lines that stay, one for each data table, and the grids of these tables."""
    lines: list[Line] = []
    grids: list[Grid] = []
    taken: set[int] = set()
    for line, reason in zip(page.lines, reasons, strict=True):
        if reason:
            continue
        if line.table in tables:
            if line.table not in taken:
                taken.add(line.table)
                grid = page.tables[line.table]
                lines.append(build_table_line(grid, line, len(grids)))
                grids.append(grid)
        elif line.table >= 0 or line.hidden:
            lines.append(msgspec.structs.replace(line, table=-1, row=-1, column=-1, hidden=False))
        else:
            lines.append(line)
    return lines, grids


def keep_tables_whole(page: Page, judgements: list[Judgement], reasons: list[str], tables: frozenset[int]) -> None:
    """A data table of which one line stays stays as a whole."""
    kept = {line.table for line, reason in zip(page.lines, reasons, strict=True) if not reason and line.table in tables}
    for index, line in enumerate(page.lines) if kept else ():
        if line.table in kept and reasons[index] and judgements[index].reason != "hidden":
            reasons[index] = ""


def drop_tiles(page: Page, reasons: list[str], tables: frozenset[int]) -> None:
    """Numbers over headings are ornaments: 01, PART 02."""
    kept = [i for i, line in enumerate(page.lines) if not reasons[i] and line.table not in tables]
    for place in find_tiles([page.lines[index] for index in kept]):
        reasons[kept[place]] = "ornament"


def drop_copies(
    page: Page, judgements: list[Judgement], reasons: list[str], headline: Headline | None, tables: frozenset[int]
) -> None:
    """What stands on the page a second time goes, with the headline over it; a data table counts as one line."""
    keys = [judgement.key for judgement, reason in zip(judgements, reasons, strict=True) if not reason]
    if len(set(keys)) == len(keys):  # nothing stands twice
        return
    entries: dict[tuple[int, int], list[int]] = {}
    for index, reason in enumerate(reasons):
        if not reason:
            table = page.lines[index].table
            entries.setdefault((-1, index) if table not in tables else (table, 0), []).append(index)
    lines = list(entries.values())
    texts = ["\n".join(judgements[index].key for index in entry) for entry in lines]
    copies = find_copies(texts)
    title = "".join(fold_width(headline.text).split()) if headline is not None else ""
    for place in copies:
        over = place - 1 if place - 1 not in copies and texts[place - 1] == title else place
        for index in (*lines[over], *lines[place]):
            reasons[index] = "duplicate"


LEAST_SUMMARY: Final = 20  # characters
LONGEST_SUMMARY: Final = 300
HEAD_LINES: Final = 6  # lines of the report, among which a summary stands
MOST_SUMMED_UP: Final = 40  # lines below it, in which its words are looked for

_DOTS: Final = compile_re(r"(?:\.{3,6}|…{1,2})$")


@lru_cache(maxsize=8)
def summary_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(rf"[【\[]?{join_words(lexicon.chrome.summary_labels)}[】\]]?[:：]?\s*")


def list_text(reasons: list[str], data: list[bool]) -> list[int]:
    """The lines that stay, but for those of data tables, which stay or go as wholes."""
    return [index for index, (reason, cell) in enumerate(zip(reasons, data, strict=True)) if not reason and not cell]


def drop_summaries(judgements: list[Judgement], reasons: list[str], data: list[bool], lexicon: Lexicon) -> None:
    """A summary that the page takes from the report, cut off with dots or with its label, goes.

    全年办理提案459件，办结率... is how the report begins; 摘要：全年办理提案459件。 has a sentence of it. A summary in
    words of its own stays.
    """
    kept = list_text(reasons, data)[: HEAD_LINES + MOST_SUMMED_UP]
    for place, index in enumerate(kept[:HEAD_LINES]):
        text = judgements[index].text
        if not LEAST_SUMMARY <= len(text) <= LONGEST_SUMMARY:
            continue
        label = summary_pattern(lexicon).match(text)
        if label is None and not text.endswith((".", "…")):
            continue
        whole = text[label.end() :] if label is not None else text
        cut = squeeze(_DOTS.sub("", whole)).rstrip(STOPS)
        below = squeeze("".join([judgements[other].text for other in kept[place + 1 :]]))
        found = below.find(cut) if len(cut) >= LEAST_SUMMARY else -1
        if found == 0 or (found > 0 and label is not None):
            reasons[index] = "duplicate"


STOPS: Final = "。；;"


def is_short_title(folded: str, title: str, lexicon: Lexicon) -> bool:
    """Whether a line at the top of the body is the headline again, shorter or fuller: 政府工作报告.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_short_title("政府工作报告", "云溪县2026年政府工作报告", load_lexicon())
    True
    """
    if not ends_as_title(folded, lexicon):
        return False
    if title.endswith(folded) or folded.endswith(title):
        return True
    title = _BRACKETED.sub("", title)
    shorter, longer = sorted((title, folded), key=len)
    alike = len(shorter) >= SHORTEST_ALIKE and shorter[-END_ALIKE:] == longer[-END_ALIKE:]
    return alike and is_within(shorter, longer)


SHORTEST_ALIKE: Final = 8  # characters of a headline that stands again with its place or its year
END_ALIKE: Final = 4
_BRACKETED: Final = compile_re(r"\([^()]*\)$")


def is_within(shorter: str, longer: str) -> bool:
    """Whether all characters of a text stand in another in their order.

    >>> is_within("2026年政府工作报告", "2026年云溪县人民政府工作报告"), is_within("政府工作报告", "法院工作报告")
    (True, False)
    """
    rest = iter(longer)
    return all(character in rest for character in shorter)


_FOOTNOTE: Final = compile_re(r"\[\d{1,3}\]$|[①-⑳]$")
LONGEST_FOOTNOTE: Final = 5  # characters


def drop_footnote(text: str) -> str:
    """A text without the mark of a footnote at its end; only the end is searched."""
    return text[:-LONGEST_FOOTNOTE] + _FOOTNOTE.sub("", text[-LONGEST_FOOTNOTE:])


def drop_repeated_titles(
    judgements: list[Judgement], reasons: list[str], data: list[bool], headline: Headline | None, lexicon: Lexicon
) -> None:
    """Headlines said again at the top of the body, or over its three lines, go: the metadata have it."""
    if headline is None:
        return
    title = "".join(fold_width(headline.text).split())
    kept = list_text(reasons, data)[:6]
    for index in kept:
        if judgements[index].good:
            break
        if is_short_title(judgements[index].folded.strip("*"), title, lexicon):
            reasons[index] = "duplicate"
    for place in range(len(kept)):
        joined = ""
        for last in range(place, len(kept)):
            joined += drop_footnote(judgements[kept[last]].folded.strip("*"))
            if joined == title or joined.strip("《》") == title.strip("《》"):
                for index in kept[place : last + 1]:
                    reasons[index] = "duplicate"
                return
            if not title.startswith(joined):
                break


class LineAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a line, and the evidence."""

    text: str
    locator: str
    kept: bool
    reason: str  # why it went; empty where it stayed
    place: int  # its index among the lines of the page
    line: int | None  # its index among the lines of the report
    steps: tuple[str, ...]


def account_for_lines(page: Page, wanted: str, lexicon: Lexicon) -> tuple[Article, list[LineAccount]]:
    """The page's article, and an account of every line that holds `wanted`.

    >>> from qjreport.lexicon import load_lexicon
    >>> from qjreport.model import Line
    >>> page = Page(lines=(Line(text="全年办理提案459件。"), Line(text="分享到：微信")), is_html=False)
    >>> [(account.reason, account.steps[0]) for account in account_for_lines(page, "分享", load_lexicon())[1]]
    [('share', 'alone: chrome by its words or its shape (share)')]
    """
    decided = decide_page(page, lexicon)
    before = list(decided.decision.reasons)
    article = build_article(page, decided, lexicon)
    outcomes = list_outcomes(page, article, decided.decision.reasons)
    locator = Locator(page)
    squeezed = "".join(wanted.split())
    accounts = []
    for index, line in enumerate(page.lines):
        if squeezed in "".join(line.text.split()):
            reason, kept_as = outcomes[index]
            steps = [*list_steps(decided, index), *list_late_steps(before[index], decided, reason, index)]
            accounts.append(
                LineAccount(
                    text=line.text,
                    locator=locator.locate(line),
                    kept=not reason,
                    reason=reason,
                    place=index,
                    line=kept_as,
                    steps=tuple(steps),
                )
            )
    return article, accounts


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
        told = ", ".join(f"{piece} {CODA_WEIGHTS[piece]:+d}" for piece in pieces)
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
