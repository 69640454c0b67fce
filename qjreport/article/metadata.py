"""What the page says about the report: from the lines that are not the report, then from <meta>.

Looked at in this order; the first that has a field keeps it:

1. the lines below the headline down to the first running text, then those above the headline;
2. the lines that went from among the running text, and those right after the report;
3. who runs the site, from all lines that went; the breadcrumb, from the lines above the headline;
4. subtitle and speaker, from the first lines of the report itself, which keep them;
5. <meta> and front matter, for the date, the source, the address and the author that no line gives;
6. kind, year and area (area.py), from what was found.

In a zone of lines every labelled value counts (labels.py), a label alone on its line with the next line for its value;
of several dates the one whose place says most surely that the report was published then; names without a label last.
A label without a value gives nothing.

The breadcrumb is the path from the home page down to the report: a line, or a step a line, whose steps an arrow
parts (首页 > 要闻), or another sign, or only blanks. Menus look the same. What tells them apart adds up (`weigh_path`):
arrows between the steps, a line such as 您的位置： before them, 首页 first, 正文 last, an element that is called so,
the headline close below; against it speak signs that menus have too, and many steps. The path that has most is the
page's, of equals the first, where it has enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from qjreport.article.area import AreaTexts, find_area, find_level
from qjreport.article.boundaries import Decision
from qjreport.article.headline import Headline, find_meta, find_metas
from qjreport.article.judge import Judgement
from qjreport.article.labels import (
    LABELS,
    PARTING,
    Labelled,
    clean_value,
    cut_seams,
    find_signed,
    find_speaker,
    find_writer,
    is_bare_name,
    is_office,
    part_seams,
    read_labels,
    read_persons,
    read_stamp,
)
from qjreport.article.phrases import fold_width, squeeze
from qjreport.article.shapes import is_salutation, is_subtitle, name_occasions, split_source
from qjreport.lexicon import Lexicon
from qjreport.model import Line, Metadata, Page
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import join_words

_HAN_YEAR: Final = compile_re(r"([一二][〇○零九][〇○零一二三四五六七八九]{2})年(?!远景)")
_HAN_DIGITS: Final = {**{digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}


def find_kind(texts: Sequence[str], lexicon: Lexicon) -> str | None:
    """The kind of report that the first telling text names.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_kind(["2022年统计公报"], load_lexicon())
    '统计公报'
    """
    for text in texts:
        folded = squeeze(text)
        for genre in lexicon.chrome.genres:
            if any(all(word in folded for word in words) for words in genre.words):
                return genre.kind
    return None


@lru_cache(maxsize=4)
def compile_year(lexicon: Lexicon) -> re.Pattern[str]:
    """A year in digits, before 年 or a little before what a headline calls the text."""
    named = join_words(lexicon.chrome.dated)
    return compile_re(rf"(?<!\d)((?:19|20)\d\d)(?!\d|\s?年远景)(?=\s*(?:年|[^\d亿万元]{{0,14}}{named}))")


def find_year(texts: Sequence[str], lexicon: Lexicon) -> int | None:
    """The year that the first telling text names, a span's first left out: 2021—2025年 is 2025.

    >>> from qjreport.lexicon import load_lexicon
    >>> [find_year([text], load_lexicon()) for text in ("——2026年1月28日在……会议上", "二〇二四年工作总结")]
    [2026, 2024]
    """
    for text in texts:
        found = compile_year(lexicon).findall(text)
        if found:
            return int(found[0])
        written = _HAN_YEAR.search(text)
        if written:
            return int("".join(_HAN_DIGITS[digit] for digit in written[1]))
    return None


def find_metadata(
    page: Page,
    judgements: list[Judgement],
    decision: Decision,
    headline: Headline | None,
    lexicon: Lexicon,
    locate: Callable[[int], str],
) -> tuple[Metadata, set[int]]:
    """The metadata of a page whose lines are decided, and the indexes of the lines that it was read from."""
    fields = Fields(page, judgements, lexicon, locate)
    title = headline.text if headline is not None else ""
    if headline is not None:
        fields.put_title(headline)
    zones = part_zones(judgements, decision, headline)
    fields.read_zone(zones.head)
    fields.read_zone(zones.tail, tail=True)
    fields.read_closing(zones.kept[-MOST_CLOSING:])
    fields.read_footer(index for index, reason in enumerate(decision.reasons) if reason and reason != "hidden")
    crumbs, places = find_crumbs(page, judgements, zones.first or zones.body, title, lexicon)
    if places:
        fields.found_at["breadcrumb"] = locate(places[0])
        fields.used.update(places)
    opening = [index for index in zones.kept if index <= zones.body + 2][:MOST_OPENING]
    subtitle = fields.values.get("subtitle") or read_subtitle(fields, opening)
    read_speaker(fields, [index for index in zones.kept if index < zones.body][:MOST_OPENING])
    for field in ("published", "source", "url", "author"):
        if field not in fields.values:
            fields.read_meta(field)
    texts = collect_area_texts(fields, find_opening(decision, zones), zones, title, subtitle, crumbs)
    return build_metadata(fields, title, subtitle, crumbs, texts), fields.used


HEAD_LINES: Final = 30  # above the headline; index tables have a dozen labels, each with a line for its value
TAIL_LINES: Final = 15  # after the report
MOST_CLOSING: Final = 3  # last lines of the report, one of which may end with its source in brackets
STOP: Final = "。"
MOST_OPENING: Final = 8  # lines of the report, that subtitle and speaker are among


class Zones(NamedTuple):
    """Where metadata are looked for; lines by their indexes."""

    first: int  # the headline's line, else the first of the report
    body: int  # the first line of running text that stays
    kept: list[int]  # the lines of the report
    head: list[int]  # lines that went: below the headline, then above it
    tail: list[int]  # lines that went from among the report's, then those right after it


def part_zones(judgements: list[Judgement], decision: Decision, headline: Headline | None) -> Zones:
    reasons = decision.reasons
    first = headline.first if headline is not None and headline.first >= 0 else max(decision.first, 0)
    kept = [index for index, reason in enumerate(reasons) if not reason and index >= decision.first >= 0]
    body = next((index for index in kept if judgements[index].good), kept[0] if kept else first)
    head = (*range(first + 1, body), *range(max(0, first - HEAD_LINES), first))
    tail = range(body, min(len(reasons), kept[-1] + 1 + TAIL_LINES)) if kept else range(0)
    return Zones(
        first,
        body,
        kept,
        [index for index in head if reasons[index] and reasons[index] != "hidden"],
        [index for index in tail if reasons[index] != "hidden" and (reasons[index] or index > kept[-1])],
    )


LONGEST_VALUE: Final = 60
LONGEST_LEAD: Final = 7  # characters before a line's first label, in which no date fits
LONGEST_DATED: Final = 30  # of a line that is little more than a date in words
PERSONS: Final = ("author", "editor", "responsible_editor")
FOOTER: Final = ("organizer", "undertaker")
_RUNS: Final = {word: compile_regex(rf"(\p{{Han}}{{4,30}})[(（]{word}[)）]") for word in ("主办", "承办")}
# A date in the site's head (今天是：2026年3月18日) is the reader's, one in a list is another page's.
UNDATED: Final = ("navigation", "footer", "share", "related", "dialog", "disclaimer")
# How much a date's place says that the report was published then, the surest first.
LABELLED, BESIDE, UPDATED, ABOVE, CALENDAR = range(5)

SURE_SOURCE: Final = 4  # characters of a source's name, after which a blank ends it

_ADDRESS: Final = compile_re(r"https?://[^\s/]")
_PLAIN_NAME: Final = compile_regex(r"\d{0,4}[\p{Han}A-Za-z（）()·－-]{2,14}")
LONGEST_PARTED: Final = 3  # lines of a date that is set in several
LONGEST_PART: Final = 14  # characters of each

_LABEL: Final = compile_re(r"[^\s:，。]{2,8}:\s*\S")
_YEAR_PART: Final = r"(?P<year>(?:19|20)\d\d)"
_MONTH_PART: Final = r"(?P<month>\d{1,2})"
_DAY_PART: Final = r"(?P<day>\d{1,2})"
_DAY_FIRST: Final = compile_re(rf"{_DAY_PART}\s?日?[\s/]+{_YEAR_PART}\s?[-./年]\s?{_MONTH_PART}\s?月?")
_DAY_LAST: Final = compile_re(rf"{_YEAR_PART}\s?[-./年]\s?{_MONTH_PART}\s?月?[\s/]+{_DAY_PART}\s?日?")
_YEAR_LAST: Final = compile_re(rf"{_MONTH_PART}\s?[-./月]\s?{_DAY_PART}\s?日?[\s/]+{_YEAR_PART}\s?年?")
_WEEKDAY: Final = compile_re(r"星期[一二三四五六日天]|周[一二三四五六日]")


class Fields:
    """Collects the fields of one page; the first that finds a field keeps it."""

    def __init__(self, page: Page, judgements: list[Judgement], lexicon: Lexicon, locate: Callable[[int], str]) -> None:
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

    def put_title(self, headline: Headline) -> None:
        self.found_at["title"] = headline.found_at or self.locate(headline.first)
        if headline.first >= 0:
            self.used.update(range(headline.first, headline.last + 1))
            self.put("subtitle", headline.session, headline.last)

    def read_zone(self, indexes: Sequence[int], *, tail: bool = False) -> None:
        """Labelled values, dates and names in lines that are not the report's."""
        dates: list[tuple[int, int, str, int]] = []  # rank, place in the zone, date, line
        value_of_label = -1
        for place, index in enumerate(indexes):
            if index == value_of_label:
                continue
            parted = self.judgements[index].parted
            text = part_seams(self.lines[index], self.lexicon) if parted is None else parted
            after = indexes[place + 1] if place + 1 < len(indexes) else -1
            labels = read_labels(text, self.lexicon)
            bare = self.judgements[index].folded
            if not labels and bare in LABELS.of(self.lexicon) and not tail:
                self.read_value(LABELS.of(self.lexicon)[bare], bare, "", index, after, dates)
            labelled = self.judgements[index].reason in ("", "byline", "credits")
            if labelled and ((labels and not labels[-1].value) or (not labels and bare in LABELS.of(self.lexicon))):
                field = labels[-1].field if labels else LABELS.of(self.lexicon)[bare]
                fits = index + 1 >= len(self.lines) or self.fit(field, self.lines[index + 1].text)
                value_of_label = index + 1 if fits else -1
            for label in labels:
                empty = label is labels[-1] and not label.value
                self.read_value(label.field, label.label, label.value, index, after if empty else -1, dates)
            if not tail:
                self.read_dates(text, labels, index, index < indexes[0], dates)
            self.read_source_words(text, index)
            self.read_author(text, index, tail=tail)
        if not tail and not dates:
            self.read_parted_date(indexes)
        for _, _, value, index in sorted(dates):
            self.put("published", value, index)

    def fit(self, field: str, value: str) -> str:
        """A value as its field takes it; empty where it cannot be one: a date is no person and no source."""
        if field in PERSONS:
            return read_persons(value, self.lexicon)
        if field != "source":
            return value
        stamp = read_stamp(fold_width(value))
        if stamp is not None and stamp.start == 0:
            return ""
        first = value.split()[0] if value else ""  # 云溪日报 要闻: the name, then a link to a column
        ends = len(first) >= SURE_SOURCE and first.endswith(self.lexicon.chrome.source_ends)
        return first if ends and _BLANK.search(value) else value

    def read_dates(
        self, text: str, labels: Sequence[Labelled], index: int, above: bool, dates: list[tuple[int, int, str, int]]
    ) -> None:
        """Dates without a label: in a line without any, before its first label, after a name or a source."""
        lead = text[: labels[0].start] if labels else text
        if not labels or len(lead) > LONGEST_LEAD:
            self.read_bare_date(lead, index, ABOVE if above and not labels else BESIDE, dates)
        for place, label in enumerate(labels):
            if label.field == "source" or label.field in PERSONS:
                end = labels[place + 1].start if place + 1 < len(labels) else len(text)
                self.read_bare_date(text[label.start : end], index, BESIDE, dates)

    def read_parted_date(self, indexes: Sequence[int]) -> None:
        """A date whose day and month stand in elements of their own, as electronic papers set it."""
        for place, index in enumerate(indexes):
            joined = ""
            for last in indexes[place : place + LONGEST_PARTED]:
                line = self.lines[last]
                if self.judgements[last].reason in UNDATED or len(line.text) > LONGEST_PART:
                    break
                joined = f"{joined} {cut_seams(line.text, line.seams).replace(PARTING, ' ')}".strip()
                date = join_date(fold_width(joined))
                if date:
                    self.put("published", date, index)
                    self.used.update(indexes[place : indexes.index(last) + 1])
                    return

    def read_value(
        self, field: str, label: str, value: str, index: int, after: int, dates: list[tuple[int, int, str, int]]
    ) -> None:
        if not field or field in FOOTER:
            return
        place = index
        if not value and after == index + 1 and not has_label(self.lines[after].text, self.lexicon):
            value, place = clean_value(self.lines[after].text, self.lexicon), after
            if field in PERSONS and (self.judgements[after].linked or self.judgements[after].reason in UNDATED):
                return
        if not value or len(value) > LONGEST_VALUE or value in LABELS.of(self.lexicon):
            return
        if field == "published":
            stamp = read_stamp(fold_width(value))
            if stamp is not None:
                rank = UPDATED if label in self.lexicon.chrome.late_labels else LABELLED
                dates.append((rank, len(dates), stamp.iso, place))
            return
        self.put(field, self.fit(field, value), place)

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
            beside = self.find_piece(index, beside.strip(" |·-").partition("|")[0].rstrip())
            if stamp.timed and self.is_source_name(beside):
                self.put("source", clean_value(beside, self.lexicon), index)

    def find_piece(self, index: int, beside: str) -> str:
        """Of what stands before a time the last element: 原创, 李文, 云溪发布 in elements of their own."""
        line = self.lines[index]
        for piece in cut_seams(line.text, line.seams).split(PARTING) if line.seams else ():
            if piece.strip() and beside.endswith(piece.strip()) and self.is_source_name(piece.strip()):
                return piece.strip()
        return beside

    def is_source_name(self, text: str) -> bool:
        """Whether what stands beside a time is a source without its label: 2026年03月05日 09:10 云溪新闻网."""
        words = self.lexicon.chrome
        plain = _PLAIN_NAME.fullmatch(text) is not None and not text.startswith(words.source_words)
        return plain and text.endswith(words.source_ends)

    def read_source_words(self, text: str, index: int) -> None:
        for words in self.lexicon.chrome.source_words:
            if text.startswith(words) and "。" not in text:
                self.put("source", clean_value(text[len(words) :].lstrip(":："), self.lexicon), index)

    def read_author(self, text: str, index: int, *, tail: bool) -> None:
        writer = find_writer(text, self.lexicon) or ("" if tail else find_signed(text, self.lexicon))
        if writer:
            self.put("author", writer, index)

    def read_closing(self, indexes: Iterable[int]) -> None:
        """The source in brackets after the report's last lines, which keep it."""
        for index in indexes:
            text = self.lines[index].text[-LONGEST_VALUE:]
            if not text.endswith((")", "）")):
                continue
            text = fold_width(text)
            self.put("source", clean_value(split_source(text, self.lexicon)[1], self.lexicon), index, used=False)

    def read_footer(self, indexes: Iterable[int]) -> None:
        """Who runs the site and who keeps it: 主办, 承办."""
        for index in indexes:
            text = self.lines[index].text
            if "办" not in text:
                continue
            for label in read_labels(text, self.lexicon):
                if label.field in FOOTER and len(label.value) <= LONGEST_VALUE:
                    self.put(label.field, label.value, index)
            for field, (word, pattern) in zip(FOOTER, _RUNS.items(), strict=True):
                for name in pattern.findall(text) if word in text else ():
                    self.put(field, name, index)

    def read_meta(self, field: str) -> None:
        """A field from <meta> or front matter. An address is no source's name; the author in <meta> is the site's.

        Accounts give the text's own author, whom the page shows as well.
        """
        signed = field == "author" and self.page.is_html
        for name, content in find_metas(self.page, "signed" if signed else field, self.lexicon):
            if signed and not any(content in line.text for line in self.lines if not line.hidden):
                continue
            value = content if field == "url" else clean_value(content, self.lexicon)
            if field == "published":
                stamp = read_stamp(fold_width(content))
                value = stamp.iso if stamp is not None else ""
            if value and (_ADDRESS.match(content) is not None) == (field == "url"):
                self.values[field], self.found_at[field] = value, f"meta[name={name}]"
                return


def has_label(text: str, lexicon: Lexicon) -> bool:
    """Whether a line begins with a label, a known one or another: 转载请注明：…"""
    return bool(read_labels(text, lexicon)) or _LABEL.match(fold_width(text)) is not None


def join_date(text: str) -> str:
    """A date of which day, month and year were set apart, as ISO 8601; empty where it is none.

    >>> join_date("05 2026年03月"), join_date("03-05 2026"), join_date("2026.03 5日"), join_date("12 2026")
    ('2026-03-05', '2026-03-05', '2026-03-05', '')
    """
    for pattern in (_DAY_FIRST, _DAY_LAST, _YEAR_LAST):
        match = pattern.fullmatch(text)
        if match and 1 <= int(match["month"]) <= 12 and 1 <= int(match["day"]) <= 31:
            return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    return ""


def read_subtitle(fields: Fields, indexes: Sequence[int]) -> str:
    """The line below the headline that says where and when the report was given; it may be set over two."""
    lexicon = fields.lexicon
    for place, index in enumerate(indexes):
        text = fields.lines[index].text.strip("* ")
        folded = "".join(fold_width(text).split())
        if is_salutation(folded, lexicon):
            break
        after = indexes[place + 1] if place + 1 < len(indexes) else -1
        if after == index + 1 and not folded.endswith(("上", "上)", ")")):
            joined = text + fields.lines[after].text.strip("* ")
            tail = "".join(fold_width(fields.lines[after].text).split())
            whole = "".join(fold_width(joined).split())
            if tail.endswith(name_occasions(lexicon)) and is_subtitle(whole, lexicon):
                text, folded = joined, whole
        occasion = folded.rstrip(STOP).endswith(name_occasions(lexicon))
        if folded.endswith(STOP) and not occasion:
            break  # running text has begun, of which ——一是…… is a list
        if is_subtitle(folded, lexicon):
            fields.put("subtitle", text, index, used=False)
            return text
    return ""


def read_speaker(fields: Fields, indexes: Sequence[int]) -> None:
    """Who gives the report: the line of an office and a name, or a bare name right above the salutation."""
    for place, index in enumerate(indexes):
        line = fields.lines[index]
        speaker = find_speaker(line.text, fields.lexicon)
        if not speaker and place + 1 < len(indexes) and is_bare_name(line.text):
            below = fields.judgements[indexes[place + 1]].folded
            if (line.centered or place) and is_salutation(below, fields.lexicon):
                speaker = line.text.strip(" ()（）*")
        if speaker:
            fields.put("author", speaker, index, used=False)
            return


ABOVE_LINES: Final = 3  # above the headline, that may say whose congress a document was given to
OPENING_LINES: Final = 4  # paragraphs in which a report says in whose name it is given


def find_opening(decision: Decision, zones: Zones) -> list[int]:
    """The lines from right above the headline to the paragraphs that open the report."""
    last = min(len(decision.reasons), max(zones.body, zones.first) + OPENING_LINES)
    return [index for index in range(max(0, zones.first - ABOVE_LINES), last) if decision.reasons[index] != "hidden"]


SIGNATURE_LINES: Final = 4  # at the report's end
LONGEST_FORM: Final = 90  # characters of a line that says in which meeting a report is given, or by whom

_PAUSE: Final = compile_re(r"[；;：:]|[，,](?!在)|。.")
_CAPTION: Final = compile_re(
    r"在[^，。；：]{2,20}届[^，。；：]{2,30}会议上(?=[，,]?.{0,12}?作.{0,8}报告)"
)  # of a picture of the speaker
_TERM: Final = compile_re(r"\A[^，。；：]{2,30}届[^，。；：]{2,30}\Z")


def collect_area_texts(
    fields: Fields, indexes: Sequence[int], zones: Zones, title: str, subtitle: str, crumbs: tuple[str, ...]
) -> AreaTexts:
    """The lines from the headline to the opening that may name the area, and what the site says of itself."""
    lines = [fields.lines[index].text.strip("* #") for index in indexes if index >= zones.first]
    above = [fields.lines[index].text.strip("* #") for index in indexes if index < zones.first]
    short = [text for text in lines if len(text) <= LONGEST_FORM and text not in (title, "")]
    words = fields.lexicon.chrome.sessions
    sessions = [text for text in short if any(word in text for word in words) and not _PAUSE.search(text)]
    captions = [match[0] for text in short if (match := _CAPTION.search(text))]
    end = [fields.lines[index].text for index in zones.kept[-SIGNATURE_LINES:] if index > zones.body]
    values = fields.values
    return AreaTexts(
        sessions=[subtitle, *sessions, *captions, *(text for text in above if _TERM.search(text))],
        headlines=[title, find_meta(fields.page, "title", fields.lexicon)[1] if fields.page.front else ""],
        offices=[text for text in short if is_office(text, fields.lexicon)],
        openings=lines,
        site=[
            values.get("organizer", ""),
            *crumbs,
            find_meta(fields.page, "site", fields.lexicon)[1],
            values.get("source", ""),
        ],
        signatures=[text for text in end if is_signature(text, fields.lexicon)],
        body=[fields.lines[index].text for index in zones.kept],
    )


def is_signature(text: str, lexicon: Lexicon) -> bool:
    """Whether a line ends with the name of a body; most are sentences."""
    return not text.endswith("。") and squeeze(text[-LONGEST_FORM:]).endswith(lexicon.chrome.signers)


def build_metadata(fields: Fields, title: str, subtitle: str, crumbs: tuple[str, ...], texts: AreaTexts) -> Metadata:
    values = fields.values
    published = values.get("published")
    year = find_year([title, subtitle], fields.lexicon)
    area = find_area(texts, fields.lexicon)
    return Metadata(
        title=title or None,
        subtitle=subtitle or None,
        published=published,
        source=values.get("source"),
        url=values.get("url"),
        author=values.get("author"),
        editor=values.get("editor"),
        responsible_editor=values.get("responsible_editor"),
        organizer=values.get("organizer"),
        undertaker=values.get("undertaker"),
        breadcrumb=crumbs,
        document_number=values.get("document_number"),
        index_number=values.get("index_number"),
        kind=find_kind([title, subtitle, *crumbs], fields.lexicon),
        area=area,
        area_level=find_level(area, fields.lexicon) if area else None,
        year=year or (int(published[:4]) if published else None),
        found_at=fields.found_at,
    )


LONGEST_TEXT_STEP: Final = 4  # characters
LONGEST_PATH: Final = 160
LONGEST_CRUMB: Final = 24
MOST_LED: Final = 3  # steps without an arrow that a line such as 您的位置： leads
MOST_SIGNED: Final = 3  # steps that signs or blanks part
MOST_STEPS: Final = 6  # of a path; menus are longer
NEAR: Final = 8  # lines above the headline

_ARROWS: Final = (">", "»", "›", "→")
_ARROW: Final = compile_re(r"(?<!-)-*+>+|»+|›+|→")
_ANY: Final = compile_re(r"(?<!-)-*+>+|»+|›+|→|[|:/\\·]")
_LEAD: Final = compile_re(r"^[^:>»›|]{0,12}(?:位置|栏目)(?:是)?\s*:?\s*|^位置\s*:\s*")
_SIGN: Final = compile_regex(r"\s{0,8}[/|·\\]\s*")
_DASH: Final = compile_re(r"\s*[-–—]+\s*")  # between steps only after a lead and the home page
_BLANK: Final = compile_regex(r"(?<=\p{Han}{2})\s+(?=\p{Han}{2})")
_WORD: Final = compile_re(r"[a-z]{2,}")


class Path(NamedTuple):
    """What may be a breadcrumb: its steps as they stand, and how they are parted."""

    steps: list[str]
    last: int  # its last line
    parted: str  # arrows, sign, blanks, lines
    led: bool  # a line such as 您的位置： leads to it


# What speaks for a path and against it; enough together, and it is the page's.
PATH_ENOUGH: Final = 3
PATH_WEIGHTS: Final = {
    "led": 3,
    "arrows": 3,  # between two steps that name columns
    "arrow": 1,  # before 正文 only
    "sign": 0,
    "blanks": -1,
    "lines": -2,
    "home first": 2,
    "text last": 2,
    "called a breadcrumb": 3,
    "called a place": 2,
    "near the headline": 1,
    "as menus are": -2,  # words in a row
    "many steps": -3,
}


def find_crumbs(
    page: Page, judgements: list[Judgement], end: int, title: str, lexicon: Lexicon
) -> tuple[tuple[str, ...], range]:
    """The steps of the best path above line `end`, without 正文 and the headline, and the lines that it stands on.

    >>> from qjreport.article.judge import judge_line
    >>> from qjreport.lexicon import load_lexicon
    >>> page = Page(lines=(Line(text="您的位置: 首页>>公示公告>>正文"), Line(text="关于提案的公告")))
    >>> find_crumbs(page, [judge_line(line, load_lexicon()) for line in page.lines], 1, "", load_lexicon())
    (('首页', '公示公告'), range(0, 1))
    """
    ends = lexicon.chrome.no_crumbs
    best: tuple[tuple[str, ...], range] = ((), range(0))
    most = PATH_ENOUGH - 1
    lines = page.lines[:end]
    texts = [fold_width(line.text) for line in lines]
    for index, text in enumerate(texts):
        known = judgements[index].reason == "navigation"
        if not known and (judgements[index].reason or not lines[index].linked or end - index > NEAR):
            continue
        if len(text) > LONGEST_PATH or not may_begin(text, lexicon):
            continue
        for path in read_paths(page, texts, index, lexicon):
            linked = sum(line.linked for line in lines[index : path.last + 1])
            columns = path.steps[-1] in ends or linked >= sum(map(len, path.steps))  # then no step is the headline
            own = () if columns else ("".join(fold_width(title).split()),)
            kept = tuple(step for step in path.steps if step not in own and not is_text_step(step, ends))
            weight = sum(PATH_WEIGHTS[piece] for piece in weigh_path(page, path, kept, index, end, lexicon))
            if kept and weight > most:
                best, most = (kept, range(index, path.last + 1)), weight
    return best


def is_text_step(step: str, ends: tuple[str, ...]) -> bool:
    """Whether the last step of a path says only that the text follows: 正文, 资讯正文."""
    return step in ends or (step.endswith(ends[0]) and len(step) <= LONGEST_TEXT_STEP)


def may_begin(text: str, lexicon: Lexicon) -> bool:
    """Whether a path may begin with a line: it has an arrow or a lead, or the home page comes first."""
    return text.startswith(lexicon.chrome.home_words) or bool(_ARROW.search(text)) or bool(_LEAD.match(text))


def weigh_path(page: Page, path: Path, kept: Sequence[str], index: int, end: int, lexicon: Lexicon) -> list[str]:
    """The pieces of evidence that a path has, by their names."""
    words = lexicon.chrome
    pieces = ["led"] if path.led else []
    if path.parted == "arrows":
        pieces += ["arrows" if len(kept) > 1 else "arrow"] if len(path.steps) > 1 else []
    else:
        pieces.append(path.parted)
    if path.steps[0] in words.home_words:
        pieces.append("home first")
    if path.steps[-1] in words.no_crumbs:
        pieces.append("text last")
    name = read_name(page, page.lines[index], lexicon)
    if name:
        pieces.append(name)
    if end - path.last <= NEAR:
        pieces.append("near the headline")
    if path.parted in ("sign", "blanks") and len(kept) > MOST_SIGNED and not path.led:
        pieces.append("as menus are")
    if len(path.steps) > MOST_STEPS:
        pieces.append("many steps")
    return pieces


def read_paths(page: Page, texts: Sequence[str], index: int, lexicon: Lexicon) -> list[Path]:
    """The paths that a line, or it and those below, may be."""
    bare = _LEAD.sub("", texts[index])
    led = bare != texts[index]
    whole, last = bare, index
    while last + 1 < len(texts) and is_crumb(texts[last + 1], texts[last], led and last - index < MOST_LED):
        last += 1
        whole += texts[last] if _ANY.match(texts[last]) else f" > {texts[last]}"
    steps = end_steps((_ANY if led else _ARROW).split(whole), lexicon)
    if led and len(steps) == 1 and bare.startswith(lexicon.chrome.home_words):
        steps = end_steps(_DASH.split(bare.strip()), lexicon)
    paths = [Path(clean_steps(steps), last, "arrows", led)]
    if led and last == index and len(paths[0].steps) == 1 and _BLANK.search(bare.strip()):
        return [Path(clean_steps(_BLANK.split(bare.strip())), index, "blanks", led)]
    if last == index and not led and not _ARROW.search(bare):
        paths = [Path(clean_steps(pattern.split(bare)), index, parted, led) for pattern, parted in PARTINGS]
        paths.append(read_list(page, texts, index))
    return [path for path in paths if path.steps and (len(path.steps) > 1 or path.parted == "arrows")]


PARTINGS: Final[tuple[tuple[regex.Pattern[str], str], ...]] = ((_SIGN, "sign"), (_BLANK, "blanks"))


def clean_steps(steps: Sequence[str]) -> list[str]:
    cleaned = ["".join(step.split()).strip(":-") for step in steps]
    return [step for step in cleaned if step]


def end_steps(steps: Sequence[str], lexicon: Lexicon) -> list[str]:
    """The steps of a path that ends with 正文, without what a page sets after it: 正文 申请入驻."""
    last = steps[-1].split() if steps else []
    return [*steps[:-1], last[0]] if len(last) > 1 and last[0] in lexicon.chrome.no_crumbs else list(steps)


def read_list(page: Page, texts: Sequence[str], index: int) -> Path:
    """A step a line: the entries of one list, or lines of one element."""
    nodes = page.nodes
    node = page.lines[index].node
    steps, last = [], index - 1
    for place in range(index, min(len(texts), index + MOST_STEPS + 2)):
        other = page.lines[place].node
        same = other == node or (node >= 0 <= other and nodes[other].parent == nodes[node].parent >= 0)
        if not same or len(texts[place]) > LONGEST_CRUMB or page.lines[place].heading:
            break
        steps.append(texts[place].strip(" /|·>"))
        last = place
    return Path([step for step in steps if step], max(last, index), "lines", False)


def is_crumb(text: str, above: str, led: bool) -> bool:
    """Whether a line goes on with the path above it: by its arrow, or by the arrow or colon before it.

    >>> is_crumb("> 要闻", "首页", False), is_crumb("首页", "当前位置:", True), is_crumb("要闻", "首页", True)
    (True, True, False)
    """
    above = above.rstrip()
    if len(text) > LONGEST_CRUMB:
        return len(text) <= LONGEST_PATH and led and above.endswith(":") and _ARROW.search(text) is not None
    return text.startswith(_ARROWS) or above.endswith(_ARROWS) or (led and above.endswith(":"))


def read_name(page: Page, line: Line, lexicon: Lexicon) -> str:
    """What a line's element, or the one around it, is called: as those of breadcrumbs are, or where one is."""
    node = line.node
    for _ in range(2):
        if node < 0:
            return ""
        entry = page.nodes[node]
        names = _WORD.findall(f"{entry.id} {entry.classes}".lower())
        if any(name in lexicon.chrome.crumb_names for name in names):
            return "called a breadcrumb"
        if any(name in lexicon.chrome.place_names for name in names):
            return "called a place"
        node = entry.parent
    return ""
