"""Labelled values, dates and names in the lines of a page that are not the report's.

Which lines are looked at, and in which order, is for `metadata`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import regex

from qjreport.article.dates import read_stamp
from qjreport.article.fold import fold_width
from qjreport.article.judge import Judgement
from qjreport.article.labels import clean_value, known_labels, read_labels
from qjreport.article.persons import find_writer, strip_role
from qjreport.article.seams import part_seams
from qjreport.lexicon import Lexicon
from qjreport.model import Page
from qjreport.text.patterns import compile_re, compile_regex

LONGEST_VALUE: Final = 60
LONGEST_LEAD: Final = 7  # characters before a line's first label, in which no date fits
LONGEST_DATED: Final = 30  # of a line that is little more than a date in words
PERSONS: Final = ("author", "editor", "responsible_editor")
FOOTER: Final = ("organizer", "undertaker")
# A date in the site's head (今天是：2026年3月18日) is the reader's, one in a list is another page's.
UNDATED: Final = ("navigation", "footer", "share", "related", "dialog", "disclaimer")
# How much a date's place says that the report was published then, the surest first.
LABELLED, BESIDE, UPDATED, ABOVE, CALENDAR = range(5)

_PLAIN_NAME: Final = compile_regex(r"[\p{Han}A-Za-z（）()·－-]{2,14}")
_WEEKDAY: Final = compile_re(r"星期[一二三四五六日天]|周[一二三四五六日]")


class Finder:
    """Collects the fields of one page; the first that finds a field keeps it."""

    def __init__(
        self, page: Page, judgements: Sequence[Judgement], lexicon: Lexicon, locate: Callable[[int], str]
    ) -> None:
        self.page = page
        self.lines = page.lines
        self.judgements = judgements
        self.lexicon = lexicon
        self.locate = locate
        self.values: dict[str, str] = {}
        self.found_at: dict[str, str] = {}
        self.used: set[int] = set()  # lines that became metadata

    def put(self, field: str, value: str, index: int, *, used: bool = True) -> None:
        if value and field not in self.values:
            self.values[field] = value
            self.found_at[field] = self.locate(index)
            if used:
                self.used.add(index)

    def read_zone(self, indexes: Sequence[int], *, tail: bool = False) -> None:
        """Labelled values, dates and names in lines that are not the report's."""
        dates: list[tuple[int, int, str, int]] = []  # rank, place in the zone, date, line
        value_of_label = -1
        for place, index in enumerate(indexes):
            if index == value_of_label:
                continue
            text = part_seams(self.lines[index], self.lexicon)
            after = indexes[place + 1] if place + 1 < len(indexes) else -1
            labels = read_labels(text, self.lexicon)
            bare = self.judgements[index].folded
            if not labels and bare in known_labels(self.lexicon) and not tail:
                self.read_value(known_labels(self.lexicon)[bare], bare, "", index, after, dates)
            labelled = self.judgements[index].reason in ("", "byline", "credits")
            if labelled and ((labels and not labels[-1].value) or (not labels and bare in known_labels(self.lexicon))):
                value_of_label = index + 1
            for label in labels:
                empty = label is labels[-1] and not label.value
                self.read_value(label.field, label.label, label.value, index, after if empty else -1, dates)
            lead = text[: labels[0].start] if labels else text
            if not tail and (not labels or len(lead) > LONGEST_LEAD):
                above = index < indexes[0] and not labels
                self.read_bare_date(lead, index, ABOVE if above else BESIDE, dates)
            self.read_source_words(text, index)
            self.read_author(text, index)
        for _, _, value, index in sorted(dates):
            self.put("published", value, index)

    def read_value(
        self, field: str, label: str, value: str, index: int, after: int, dates: list[tuple[int, int, str, int]]
    ) -> None:
        if not field or field in FOOTER:
            return
        place = index
        if not value and after == index + 1 and not read_labels(self.lines[after].text, self.lexicon):
            value, place = clean_value(self.lines[after].text, self.lexicon), after
        if not value or len(value) > LONGEST_VALUE or value in known_labels(self.lexicon):
            return
        if field == "published":
            stamp = read_stamp(fold_width(value))
            if stamp is not None:
                rank = UPDATED if label in self.lexicon.chrome.late_labels else LABELLED
                dates.append((rank, len(dates), stamp.iso, place))
            return
        if field in PERSONS:
            value = strip_role(value, self.lexicon)
        self.put(field, value, place)

    def read_bare_date(self, text: str, index: int, rank: int, dates: list[tuple[int, int, str, int]]) -> None:
        judgement = self.judgements[index]
        stamp = read_stamp(fold_width(text)) if judgement.reason not in UNDATED else None
        if stamp is None or not (judgement.byline or stamp.timed or len(text) <= LONGEST_DATED):
            return
        if rank == BESIDE and judgement.byline:
            rank = LABELLED
        if _WEEKDAY.search(text):
            rank = CALENDAR
        dates.append((rank, len(dates), stamp.iso, index))
        for beside in (text[stamp.end :], text[: stamp.start]):
            beside = beside.strip(" |·-").partition("|")[0].rstrip()
            if stamp.timed and self.is_source_name(beside):
                self.put("source", clean_value(beside, self.lexicon), index)

    def is_source_name(self, text: str) -> bool:
        """Whether what stands beside a time is a source without its label: 2026年03月05日 09:10 云溪新闻网."""
        words = self.lexicon.chrome
        plain = _PLAIN_NAME.fullmatch(text) is not None and not text.startswith(words.source_words)
        return plain and text.endswith(words.source_ends)

    def read_source_words(self, text: str, index: int) -> None:
        for words in self.lexicon.chrome.source_words:
            if text.startswith(words) and "。" not in text:
                self.put("source", clean_value(text[len(words) :].lstrip(":："), self.lexicon), index)

    def read_author(self, text: str, index: int) -> None:
        writer = find_writer(text, self.lexicon)
        if writer:
            self.put("author", writer, index)

    def read_footer(self, indexes: Iterable[int]) -> None:
        """Who runs the site and who keeps it: 主办, 承办."""
        for index in indexes:
            text = self.lines[index].text
            if "办" not in text:
                continue
            for label in read_labels(text, self.lexicon):
                if label.field in FOOTER and len(label.value) <= LONGEST_VALUE:
                    self.put(label.field, label.value, index)
            for field, word in zip(FOOTER, ("主办", "承办"), strict=True):
                for name in regex.findall(rf"(\p{{Han}}{{4,30}})[(（]{word}[)）]", text):
                    self.put(field, name, index)
