"""What the page says about the report: from the lines that are not the report, then from <meta>.

The lines around the headline come before those behind the report; a label without a value gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import regex

from qjreport.article.area import AreaTexts, find_area, find_level
from qjreport.article.boundaries import Scope
from qjreport.article.genre import find_kind, find_year
from qjreport.article.headline import Headline, find_meta, find_metas
from qjreport.article.judge import Judgement
from qjreport.article.labels import clean_value, known_labels, part_seams, read_labels, read_stamp
from qjreport.article.phrases import fold_width
from qjreport.article.shapes import find_speaker, find_writer, is_office, is_salutation, is_subtitle, strip_role
from qjreport.lexicon import Lexicon
from qjreport.model import Line, Metadata, Page
from qjreport.text.patterns import compile_re, compile_regex

# Labelled values, dates and names in the lines of a page that are not the report's.
#
# Which lines are looked at, and in which order, is for `metadata`.

LONGEST_VALUE: Final = 60
LONGEST_LEAD: Final = 7  # characters before a line's first label, in which no date fits
LONGEST_DATED: Final = 30  # of a line that is little more than a date in words
PERSONS: Final = ("author", "editor", "responsible_editor")
FOOTER: Final = ("organizer", "undertaker")
# A date in the site's head (今天是：2026年3月18日) is the reader's, one in a list is another page's.
UNDATED: Final = ("navigation", "footer", "share", "related", "dialog", "disclaimer")
# How much a date's place says that the report was published then, the surest first.
LABELLED, BESIDE, UPDATED, ABOVE, CALENDAR = range(5)

_PAUSE: Final = compile_re(r"[；;：:]|[，,](?!在)|。.")
_ADDRESS: Final = compile_re(r"https?://[^\s/]")
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


# The breadcrumb: the path from the home page down to the report, on one line or a step a line.

LONGEST_PATH: Final = 160
LONGEST_CRUMB: Final = 24
MOST_LED: Final = 3  # steps without an arrow that a line such as 您的位置： leads

_ARROWS: Final = (">", "»", "›", "→")
_ARROW: Final = compile_re(r"(?<!-)-*+>+|»+|›+|→")
_ANY: Final = compile_re(r"(?<!-)-*+>+|»+|›+|→|[|:/\\]")
_LEAD: Final = compile_re(r"^[^:>»›|]{0,12}(?:位置|栏目)(?:是)?\s*:?\s*|^位置\s*:\s*")


def find_crumbs(
    lines: Sequence[Line], judgements: Sequence[Judgement], title: str, lexicon: Lexicon
) -> tuple[tuple[str, ...], range]:
    """The steps of the first path among the lines, and the lines that it stands on; without 正文 and the headline.

    >>> from qjreport.article.judge import judge_line
    >>> from qjreport.lexicon import load_lexicon
    >>> lines = [Line(text="您的位置: 首页>>公示公告>>正文")]
    >>> find_crumbs(lines, [judge_line(line, load_lexicon()) for line in lines], "", load_lexicon())
    (('首页', '公示公告'), range(0, 1))
    """
    ends = lexicon.chrome.no_crumbs
    texts = [fold_width(line.text) for line in lines]
    for index, folded in enumerate(texts):
        if judgements[index].reason != "navigation" or len(folded) > LONGEST_PATH:
            continue
        path = _LEAD.sub("", folded)
        led = path != folded
        last = index
        while last + 1 < len(texts) and is_crumb(texts[last + 1], texts[last], led and last - index < MOST_LED):
            last += 1
            path += texts[last] if _ANY.match(texts[last]) else f" > {texts[last]}"
        crumbs = ["".join(crumb.split()).strip(":-") for crumb in (_ANY if led else _ARROW).split(path)]
        crumbs = [crumb for crumb in crumbs if crumb]
        linked = sum(line.linked for line in lines[index : last + 1])
        columns = crumbs and (crumbs[-1] in ends or linked >= sum(map(len, crumbs)))  # then no step is the headline
        own = () if columns else ("".join(fold_width(title).split()),)
        kept = tuple(crumb for crumb in crumbs if crumb not in own and crumb not in ends)
        if (len(kept) > 1 and len(crumbs) > 1) or (kept and led):
            return kept, range(index, last + 1)
    return (), range(0)


def is_crumb(text: str, above: str, led: bool) -> bool:
    """Whether a line goes on with the path above it: by its arrow, or by the arrow or colon before it.

    >>> is_crumb("> 要闻", "首页", False), is_crumb("首页", "当前位置:", True), is_crumb("要闻", "首页", True)
    (True, True, False)
    """
    above = above.rstrip()
    if len(text) > LONGEST_CRUMB:
        return len(text) <= LONGEST_PATH and led and above.endswith(":") and _ARROW.search(text) is not None
    return text.startswith(_ARROWS) or above.endswith(_ARROWS) or (led and above.endswith(":"))


# Above the headline and below it; index tables have a dozen labels, each with a line for its value
HEAD_LINES: Final = 30
TAIL_LINES: Final = 15  # behind the report
OPENING_LINES: Final = 4  # paragraphs in which a report says in whose name it is given
LONGEST_FORM: Final = 90  # characters of a line that says in which meeting it is given, or by whom


def find_metadata(
    page: Page,
    judgements: Sequence[Judgement],
    scope: Scope,
    headline: Headline | None,
    lexicon: Lexicon,
    locate: Callable[[int], str],
) -> tuple[Metadata, set[int]]:
    """The metadata of a page whose scope is known, and the indexes of the lines that it was read from."""
    finder = Finder(page, judgements, lexicon, locate)
    title = ""
    if headline is not None:
        title = headline.text
        finder.found_at["title"] = headline.found_at or locate(headline.first)
        if headline.first >= 0:
            finder.used.update(range(headline.first, headline.last + 1))
            finder.put("subtitle", headline.session, headline.last)
    first = headline.first if headline is not None and headline.first >= 0 else max(scope.first, 0)
    reasons = scope.reasons
    kept = [index for index, reason in enumerate(reasons) if not reason and index >= scope.first >= 0]
    body = next((index for index in kept if judgements[index].good), kept[0] if kept else first)
    head = [
        i
        for i in (*range(first + 1, body), *range(max(0, first - HEAD_LINES), first))
        if reasons[i] and reasons[i] != "hidden"
    ]
    finder.read_zone(head)
    if kept:
        inside = [i for i in range(body, kept[-1] + 1) if reasons[i] and reasons[i] != "hidden"]
        behind = [
            i for i in range(kept[-1] + 1, min(len(reasons), kept[-1] + 1 + TAIL_LINES)) if reasons[i] != "hidden"
        ]
        finder.read_zone(inside + behind, tail=True)
    finder.read_footer(i for i, reason in enumerate(reasons) if reason and reason != "hidden")
    crumbs, places = find_crumbs(page.lines[: first or body], judgements, title, lexicon)
    if places:
        finder.found_at["breadcrumb"] = locate(places[0])
        finder.used.update(places)
    subtitle = finder.values.get("subtitle") or read_subtitle(finder, [i for i in kept if i <= body + 2][:8])
    read_speaker(finder, [i for i in kept if i < body][:8])
    read_meta(finder)
    below = range(first, min(len(reasons), max(body, first) + OPENING_LINES))
    texts = collect_area_texts(finder, title, subtitle, crumbs, [i for i in below if reasons[i] != "hidden"])
    return build_metadata(finder, title, subtitle, crumbs, texts), finder.used


def read_meta(finder: Finder) -> None:
    """What only <meta> or the front matter say. An address is no source's name; in <meta>, an author is the site's."""
    for field in ("published", "source", "url", "author"):
        if field in finder.values or (field == "author" and finder.page.is_html):
            continue
        for name, content in find_metas(finder.page, field, finder.lexicon):
            value = content if field == "url" else clean_value(content, finder.lexicon)
            if field == "published":
                stamp = read_stamp(fold_width(content))
                value = stamp.iso if stamp else ""
            if value and (_ADDRESS.match(content) is not None) == (field == "url"):
                finder.values[field], finder.found_at[field] = value, f"meta[name={name}]"
                break


def collect_area_texts(
    finder: Finder, title: str, subtitle: str, crumbs: tuple[str, ...], indexes: Sequence[int]
) -> AreaTexts:
    """The lines from the headline to the opening that may name the area, and what the site says of itself."""
    lines = [finder.lines[index].text.strip("* #") for index in indexes]
    short = [text for text in lines if len(text) <= LONGEST_FORM and text not in (title, "")]
    words = finder.lexicon.chrome.sessions
    sessions = [text for text in short if any(word in text for word in words) and not _PAUSE.search(text)]
    return AreaTexts(
        sessions=[subtitle, *sessions],
        headlines=[title, find_meta(finder.page, "title", finder.lexicon)[1] if finder.page.front else ""],
        offices=[text for text in short if is_office(text, finder.lexicon)],
        openings=[text for text in lines if "代表" in text or "受" in text],
        site=[finder.values.get("organizer", ""), *crumbs, find_meta(finder.page, "site", finder.lexicon)[1]],
    )


def read_subtitle(finder: Finder, indexes: Sequence[int]) -> str:
    """The line below the headline that says where and when the report was given; it may be set over two."""
    for place, index in enumerate(indexes):
        text = finder.lines[index].text.strip("* ")
        folded = "".join(fold_width(text).split())
        if is_salutation(folded):
            break
        after = indexes[place + 1] if place + 1 < len(indexes) else -1
        if after == index + 1 and not folded.endswith(("上", "上)", ")")):
            joined = text + finder.lines[after].text.strip("* ")
            tail = "".join(fold_width(finder.lines[after].text).split())
            if tail.endswith(("会议上", "大会上", "会议上)", "全会上")) and is_subtitle(
                "".join(fold_width(joined).split())
            ):
                text = joined
                folded = "".join(fold_width(joined).split())
        if is_subtitle(folded):
            finder.put("subtitle", text, index, used=False)
            return text
    return ""


def read_speaker(finder: Finder, indexes: Sequence[int]) -> None:
    for index in indexes:
        speaker = find_speaker(finder.lines[index].text, finder.lexicon)
        if speaker:
            finder.put("author", speaker, index, used=False)
            return


def build_metadata(finder: Finder, title: str, subtitle: str, crumbs: tuple[str, ...], texts: AreaTexts) -> Metadata:
    values = finder.values
    published = values.get("published")
    year = find_year([title, subtitle])
    area = find_area(texts, finder.lexicon)
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
        kind=find_kind([title, subtitle, *crumbs], finder.lexicon),
        area=area,
        area_level=find_level(area, finder.lexicon) if area else None,
        year=year or (int(published[:4]) if published else None),
        found_at=finder.found_at,
    )
