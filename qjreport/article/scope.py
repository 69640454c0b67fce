"""Where the report begins and ends, and which lines between go: each judgement weighed by neighbours and place.

A lost paragraph is worse than a kept button: running text goes only with a reason of its own, or behind a line after
which no report goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from qjreport.article.fold import ORNAMENTS
from qjreport.article.headline import Headline
from qjreport.article.judge import Judgement, is_label
from qjreport.article.persons import find_speaker, find_writer
from qjreport.article.tree import Tree
from qjreport.lexicon import Lexicon
from qjreport.model import Page

TAIL_SHARE = 0.1  # of the report's running text: more than that behind an end mark, and it was none
FAR_SHARE = 0.5  # … before a line that is the page's title word for word: a short report under notices of the site
HEAD_SHARE = 0.15  # of the page's running text that may stand before a headline: kickers, a site's summary
LINKED_RUN = 3  # links in a row behind the report: a list, nothing of the report
LONGEST_VALUE = 60  # of a cell of an index table
LONGEST_SHORT = 40  # characters of a signature, a date, a note

SUBTITLE = regex.compile(
    r"[(（*]*+(?:[—–─-]{1,8}+.{2,60}|(?:\d{4}年\d{1,2}月\d{1,2}日)?[在于].{4,60}(?:会议|大会|全会|会)(?:第.{1,3}次)?(?:上|的?报告)?"
    r"(?:[(（]?\d{4}年\d{1,2}月\d{1,2}日[)）]?)?)[)）*]*+"
)
DATE = regex.compile(
    r"[(（]?(?:\d{4}|[〇○零一二三四五六七八九]{4})年(?:[\d一二三四五六七八九十]{1,3}月)?(?:[\d一二三四五六七八九十]{1,3}日)?[)）]?"
)
SALUTATION = regex.compile(r"(?:尊敬的|各位|同志们|全体).{0,30}[::!！]|主席、.{0,20}[::]")
ASIDE = regex.compile(
    r"[(（【\[].{2,80}[)）】\]]|(?:注|注释|备注|说明|附|附件|附表|附录|资料来源|数据来源)[::\d].{0,120}"
)
NUMBER = regex.compile(r".{0,12}[〔\[(（]\d{4}[〕\])）]第?\d{1,4}号")


class Scope(NamedTuple):
    """The decision for every line: an empty reason keeps it."""

    reasons: list[str]
    first: int  # of the report's lines; -1 where there is no report
    last: int


class Scoper:
    """Weighs the judgements of one page."""

    def __init__(
        self, page: Page, judgements: Sequence[Judgement], data: Sequence[bool], tree: Tree, lexicon: Lexicon
    ) -> None:
        self.page = page
        self.lines = page.lines
        self.judgements = judgements
        self.data = data  # whether the line stands in a data table
        self.tree = tree
        self.lexicon = lexicon
        self.has_firm = any(judgement.firm for judgement in judgements)  # else titles with a comma must do
        self.outer = tree.find_outer()
        self.inner = tree.find_inner(self.outer)
        self.in_outer, self.chrome = tree.mark(self.outer)
        self.in_inner, _ = tree.mark(self.inner)

    def solid(self, index: int) -> bool:
        """Whether a line is of the report by itself: running text or data, outside elements of chrome."""
        if not (self.judgements[index].good or self.data[index]):
            return False
        return self.chrome[self.lines[index].node] in ("", "navigation")

    def mass(self, index: int) -> int:
        if not self.solid(index):
            return 0
        judgement = self.judgements[index]
        return judgement.size if judgement.firm or self.data[index] or not self.has_firm else 0

    def head_limit(self, share: float = HEAD_SHARE) -> int:
        """How many lines from the top the headline may be among, with that share of the running text passed."""
        whole = sum(self.mass(index) for index in range(len(self.lines)) if self.in_outer[self.lines[index].node])
        passed = 0
        for index, line in enumerate(self.lines):
            if self.in_outer[line.node]:
                passed += self.mass(index)
                if passed > share * whole:
                    return index + (passed == whole and not self.judgements[index].good)
        return len(self.lines)

    def find_end(self, first: int) -> int:
        """The line behind the report's last running text, by the first end mark after which none goes on."""
        solid = [index for index in range(first, len(self.lines)) if self.solid(index)]
        inside = [index for index in solid if self.in_outer[self.lines[index].node]] or solid
        if not inside:
            return first
        whole = sum(self.mass(index) for index in inside)
        kin = {self.lines[index].node for index in inside} | {self.parent(index) for index in inside}
        last = inside[-1]
        rest = sum(self.mass(index) for index in solid if index > last)
        behind: dict[int, int] = {}
        for index in range(len(self.lines) - 1, first - 1, -1):
            behind[index] = rest
            rest += self.mass(index) if index <= last else 0
        passed = 0
        for index in range(first, len(self.lines)):
            passed += self.mass(index)
            if passed and self.judgements[index].ends and not self.data[index]:
                if behind[index] <= TAIL_SHARE * whole and passed >= whole * (1 - TAIL_SHARE):
                    return index
            if index > last and self.parent(index) not in kin and self.is_list(index):
                return index
        return len(self.lines)

    def parent(self, index: int) -> int:
        node = self.lines[index].node
        return self.tree.nodes[node].parent if node >= 0 else -1

    def is_list(self, index: int) -> bool:
        """Whether a run of links begins at a line."""
        run = self.judgements[index : index + LINKED_RUN]
        return len(run) == LINKED_RUN and all(judgement.linked for judgement in run)

    def decide(self, headline: Headline | None) -> Scope:
        """The reason of every line; empty for those that stay."""
        count = len(self.lines)
        start = headline.last + 1 if headline is not None and headline.first >= 0 else self.first_line()
        body = next((index for index in range(start, count) if self.solid(index)), -1)
        if body < 0:
            return Scope([self.own_reason(index, "navigation") for index in range(count)], -1, -1)
        end = self.find_end(body)
        solid = [index for index in range(body, end) if self.solid(index)]
        last = max((i for i in solid if self.judgements[i].firm or self.data[i]), default=solid[-1] if solid else body)
        reasons = [self.own_reason(index, "navigation") for index in range(start)]
        reasons += self.decide_head(start, body)
        reasons += [self.decide_inside(index) for index in range(body, last + 1)]
        reasons += self.decide_tail(last + 1, end)
        region = "footer"
        for index in range(end, count):
            judgement = self.judgements[index]
            if judgement.ends:
                region = judgement.reason
            reasons.append(self.own_reason(index, region))
        return Scope(reasons, start, end)

    def first_line(self) -> int:
        """Where the report may begin when no line is its headline: where its element does."""
        return next((index for index, line in enumerate(self.lines) if self.in_outer[line.node]), 0)

    def own_reason(self, index: int, region: str) -> str:
        return self.judgements[index].reason or self.chrome[self.lines[index].node] or region

    def decide_head(self, start: int, body: int) -> list[str]:
        """Between headline and first running text: bylines, buttons, index tables go; salutation and subtitle stay."""
        reasons: list[str] = []
        value = False  # the line is the value of a label before it
        for index in range(start, body):
            judgement, line = self.judgements[index], self.lines[index]
            folded = judgement.folded
            label = is_label(folded, self.lexicon) and not judgement.linked
            if label:
                reasons.append("byline")
            elif judgement.reason:
                reasons.append(judgement.reason)
            elif value and len(folded) <= LONGEST_VALUE and not self.opens_report(line.text, folded):
                reasons.append("byline")
            elif judgement.linked:
                reasons.append("navigation")
            elif find_writer(line.text, self.lexicon) or (
                DATE.fullmatch(folded) and not self.stays_date(index, start, reasons)
            ):
                reasons.append("byline")
            elif (
                self.opens_report(line.text, folded)
                or self.is_shaped(folded)
                or (self.in_inner[line.node] and not self.is_junk(folded))
            ):
                reasons.append("")
            else:
                reasons.append(self.chrome[line.node] or "byline")
            value = (
                (label or (judgement.reason in ("byline", "credits") and folded.endswith((":", "："))))
                and judgement.reason in ("", "byline", "credits")
                and index + 1 < len(self.lines)
                and self.in_inner[line.node] == self.in_inner[self.lines[index + 1].node]
            )
        return reasons

    def opens_report(self, text: str, folded: str) -> bool:
        """Whether a line is the subtitle, the speaker's or the salutation."""
        return (
            SUBTITLE.fullmatch(folded) is not None
            or SALUTATION.fullmatch(folded) is not None
            or find_speaker(text, self.lexicon) != ""
        )

    def stays_date(self, index: int, start: int, reasons: Sequence[str]) -> bool:
        """A date in words stays in the report's own element (under the signature), and goes beside a byline."""
        inside, lines = self.in_inner, self.lines
        beside = index > start and reasons[-1] == "byline" and inside[lines[index - 1].node]
        after = index + 1 < len(lines) and self.judgements[index + 1].byline and inside[lines[index + 1].node]
        return inside[lines[index].node] and not beside and not after

    def is_shaped(self, folded: str) -> bool:
        """Whether a short line has the shape of what reports begin or end with."""
        if len(folded) > 2 * LONGEST_VALUE:
            return False
        return (
            SUBTITLE.fullmatch(folded) is not None
            or SALUTATION.fullmatch(folded) is not None
            or ASIDE.fullmatch(folded) is not None
            or NUMBER.fullmatch(folded) is not None
            or DATE.fullmatch(folded) is not None
            or (len(folded) <= LONGEST_SHORT and folded.endswith(self.lexicon.chrome.signers))
        )

    def is_junk(self, folded: str) -> bool:
        """An address of the web, a count, a single sign: nothing that a report says before it begins."""
        return "www." in folded or "http" in folded or folded.strip(ORNAMENTS).isdigit() or len(folded) < 2

    def decide_inside(self, index: int) -> str:
        """Between the report's first and last running text: only what is surely chrome goes."""
        judgement, line = self.judgements[index], self.lines[index]
        if self.data[index] or judgement.good:
            return "" if self.solid(index) or self.data[index] else self.chrome[line.node]
        if judgement.reason == "hidden":
            return "hidden"
        if judgement.reason == "related" and not judgement.linked:
            follows = index + 1 < len(self.lines) and self.judgements[index + 1].linked
            return "related" if follows else ""
        if judgement.reason and judgement.sure and not (judgement.byline and not self.is_report_byline(index)):
            return judgement.reason
        if judgement.linked:
            return "" if judgement.folded.endswith("。") and len(judgement.folded) > LONGEST_SHORT else "related"
        if not self.in_inner[line.node] and self.chrome[line.node]:
            return self.chrome[line.node]
        return ""

    def is_report_byline(self, index: int) -> bool:
        """A byline inside the report must say more than 时间： or 地点： to be one."""
        folded = self.judgements[index].folded
        return any(
            word in folded for word in ("来源", "编辑", "责编", "浏览", "点击", "阅读次数", "发布", "字号", "作者")
        )

    def decide_tail(self, start: int, end: int) -> list[str]:
        """Behind the last running text: signature, date and notes stay."""
        reasons: list[str] = []
        for index in range(start, end):
            judgement, line = self.judgements[index], self.lines[index]
            folded = judgement.folded
            if judgement.reason:
                reasons.append(judgement.reason)
            elif judgement.linked:
                reasons.append("related")
            elif find_writer(line.text, self.lexicon):
                reasons.append("byline")
            elif self.is_shaped(folded):
                reasons.append("")
            elif (judgement.good and (self.in_inner[line.node] if self.page.is_html else not any(reasons))) or (
                self.page.is_html and self.in_inner[line.node] and not self.is_junk(folded)
            ):
                reasons.append(self.chrome[line.node])
            else:
                reasons.append(self.chrome[line.node] or "footer")
        return reasons
