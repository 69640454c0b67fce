"""What the page says about the report: from the lines that are not the report, then from <meta>.

The lines around the headline come before those behind the report; a label without a value gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from qjreport.article.crumbs import find_crumbs
from qjreport.article.dates import read_stamp
from qjreport.article.finder import Finder
from qjreport.article.fold import fold_width
from qjreport.article.genre import find_area, find_kind, find_year
from qjreport.article.headline import Headline, find_meta
from qjreport.article.judge import Judgement
from qjreport.article.labels import clean_value
from qjreport.article.persons import find_speaker
from qjreport.article.scope import Scope
from qjreport.article.shapes import is_salutation, is_subtitle
from qjreport.lexicon import Lexicon
from qjreport.model import Metadata, Page

# Above the headline and below it; index tables have a dozen labels, each with a line for its value
HEAD_LINES: Final = 30
TAIL_LINES: Final = 15  # behind the report


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
        if headline.first >= 0:
            finder.found_at["title"] = locate(headline.first)
            finder.used.update(range(headline.first, headline.last + 1))
        else:
            finder.found_at["title"] = headline.found_at
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
    subtitle = read_subtitle(finder, [i for i in kept if i <= body + 2][:8])
    read_speaker(finder, [i for i in kept if i < body][:8])
    for field in ("published", "source"):
        if field not in finder.values:
            name, value = find_meta(page, field, lexicon)
            stamp = read_stamp(fold_width(value)) if field == "published" else None
            value = (stamp.iso if stamp else "") if field == "published" else clean_value(value, lexicon)
            if value:
                finder.values[field], finder.found_at[field] = value, f"meta[name={name}]"
    return build_metadata(finder, title, subtitle, crumbs, lexicon), finder.used


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


def build_metadata(finder: Finder, title: str, subtitle: str, crumbs: tuple[str, ...], lexicon: Lexicon) -> Metadata:
    values = finder.values
    site = find_meta(finder.page, "site", lexicon)[1]
    texts = [title, subtitle, values.get("organizer", ""), *crumbs, site]
    published = values.get("published")
    year = find_year([title, subtitle])
    return Metadata(
        title=title or None,
        subtitle=subtitle or None,
        published=published,
        source=values.get("source"),
        author=values.get("author"),
        editor=values.get("editor"),
        responsible_editor=values.get("responsible_editor"),
        organizer=values.get("organizer"),
        undertaker=values.get("undertaker"),
        breadcrumb=crumbs,
        document_number=values.get("document_number"),
        index_number=values.get("index_number"),
        kind=find_kind(texts[:2] + list(crumbs), lexicon),
        area=find_area(texts, lexicon),
        year=year or (int(published[:4]) if published else None),
        found_at=finder.found_at,
    )
