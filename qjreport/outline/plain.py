"""Lines without a marker: those of a table of contents, and headings that only their shape and their place tell.

1. Contents (`mark_contents`): short lines in a row, most of which stand again further down, belong in the outline
   once.
2. Titles that lead a paragraph (`mark_leads`): its first sentence is set bold, in several paragraphs of the page.
3. Headings (`mark_plain`): lines with a title's shape (title_shape.py), each with its evidence (evidence.py): how it is
   set and what stands around it (`weigh_line`), whether it captions a picture (`weigh_captions`), and what lines set
   alike say (`weigh_alike`): a page that sets its headings off leaves no bare line to be one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from qjreport.lexicon import Lexicon
from qjreport.outline.evidence import ENOUGH
from qjreport.outline.heading import clean_title
from qjreport.outline.table import compile_unit
from qjreport.outline.title_shape import (
    DATE,
    HAN,
    SHORTEST_TEXT,
    Entry,
    compile_lines,
    has_title_shape,
    squeeze,
    states_figure,
)
from qjreport.text.patterns import compile_re

SHORTEST_RUN: Final = 3  # lines in a row that stand again below; two may be a heading that the text quotes
LONGEST_LINE: Final = 60  # a line of a table of contents, dots and page number included
SHARE: Final = 0.6  # of a run's lines that stand again: some are worded otherwise above than below


def mark_contents(entries: Sequence[Entry]) -> None:
    """Give the lines of a table of contents the kind `contents`, so that no stage takes them for headings."""
    keys = [squeeze(entry.text) if len(entry.text) <= LONGEST_LINE and not entry.closed else "" for entry in entries]
    last = {key: place for place, key in enumerate(keys) if key}
    if len(last) == sum(map(bool, keys)):
        return  # nothing stands twice
    place = 0
    while place < len(entries):
        end = place
        while end < len(entries) and keys[end] and entries[end].line.table < 0:
            end += 1
        mark_run(entries, keys, last, place, end)
        place = end + 1


def mark_run(entries: Sequence[Entry], keys: list[str], last: dict[str, int], start: int, end: int) -> None:
    """Mark, among the short lines from `start` to `end`, those from the first repeated one to the last.

    The headings right below it may belong to the same run; they are the ones that the lines above repeat.
    """
    again = [place for place in range(start, end) if last[keys[place]] > place]
    if len(again) < SHORTEST_RUN:
        return
    first, final = again[0], again[-1]
    if len(again) < SHARE * (final + 1 - first):
        return
    for place in range(first, final + 1):
        entries[place].kind = "contents"


def mark_plain(entries: Sequence[Entry], headline: str | None, lexicon: Lexicon) -> None:
    """Decide the unmarked lines that have a title's shape, and the paragraphs that are led by a title."""
    shaped = [
        place
        for place, entry in enumerate(entries)
        if entry.marker is None and entry.kind == "paragraph" and not entry.titles and has_title_shape(entry, lexicon)
    ]
    mark_leads(entries, lexicon)
    if not shaped:
        return
    page = Shaped(shaped, find_opening(entries), measure_runs(set(shaped)))
    for place in shaped:
        entries[place].style = name_style(entries[place])
    for place in shaped:
        weigh_line(entries, place, page, squeeze(headline or ""), lexicon)
    weigh_captions(entries, shaped, lexicon)
    weigh_alike(entries, shaped)
    found = [place for place in shaped if entries[place].weight >= ENOUGH]
    repeated = Counter(squeeze(entries[place].text) for place in found if not is_set_off(entries[place]))
    for place in found:
        entry = entries[place]
        entry.weigh("repeated", not is_set_off(entry) and repeated[squeeze(entry.text)] > 1)
        if entry.weight >= ENOUGH:
            entry.kind, entry.titles = "heading", [(None, clean_title(entry.text))]


class Shaped(NamedTuple):
    """The lines that have a title's shape, and where they stand on the page."""

    places: Sequence[int]
    opening: int  # the first paragraph or marked heading
    runs: dict[int, int]  # how many of them stand in a row


def find_opening(entries: Sequence[Entry]) -> int:
    return next((place for place, entry in enumerate(entries) if entry.closed or entry.is_heading), len(entries))


def name_style(entry: Entry) -> str:
    """How the page sets the line: headings set alike are siblings."""
    if entry.level_mark:
        return f"h{entry.level_mark}"
    return ("bold" if entry.bold else "plain") + ("-centered" if entry.line.centered else "")


def weigh_line(entries: Sequence[Entry], place: int, page: Shaped, headline: str, lexicon: Lexicon) -> None:
    """What a line's own setting and its neighbours say."""
    entry = entries[place]
    early = place < page.opening
    title = squeeze(entry.text)
    entry.weigh("set.bold", entry.bold and not entry.level_mark)
    entry.weigh("set.heading", entry.level_mark > 0)
    entry.weigh("above.ended" if stands_free(entries, place, lexicon) else "above.open")
    entry.weigh("below.text" if heads_text(entries, place, page.runs) else "below.nothing")
    entry.weigh("title.page", bool(headline) and title in headline and (early or title == headline))
    entry.weigh("title.enclosed", entry.line.centered and follows_date(entries, place, page.opening))
    entry.weigh("caption.table", is_table_caption(entries, place, lexicon))
    if is_set_off(entry):
        entry.weigh("speaker", early and names_speaker(entry, lexicon))
        return
    entry.weigh("before.body", early)
    entry.weigh("fragment", len(entry.text) < SHORTEST_PLAIN)
    entry.weigh("colon", entry.text.endswith(("：", ":")))
    entry.weigh("figure", states_figure(entry.text, lexicon))
    entry.weigh("signature", compile_lines(lexicon).signature.match(entry.text) is not None)
    entry.weigh("list", page.runs[place] > (1 if entry.line.centered else LONGEST_RUN))


def follows_date(entries: Sequence[Entry], place: int, opening: int) -> bool:
    """Whether a line in the middle stands below the date that closes a text, other such lines aside."""
    for above in reversed(entries[max(opening, place - LONGEST_RUN - 1) : place]):
        if DATE_LINE.match(above.text):
            return True
        if above.closed or not above.line.centered:
            return False
    return False


def is_table_caption(entries: Sequence[Entry], place: int, lexicon: Lexicon) -> bool:
    """主要指标完成情况表, or a line in the middle, right above a table or its unit."""
    entry = entries[place]
    below = entries[place + 1 : place + 3]
    if below and compile_unit(lexicon).match(below[0].text):
        below = below[1:]
    named = entry.text.endswith(lexicon.markers.lines.table_ends)
    return bool(below) and below[0].kind == "table" and (entry.line.centered or named)


DATE_LINE: Final = compile_re(rf"^[（(]?{DATE.pattern}[）)]?$")


def weigh_captions(entries: Sequence[Entry], shaped: Sequence[int], lexicon: Lexicon) -> None:
    """Lines in the middle of the page that caption pictures: by their words, by their neighbours, or most of them."""
    ends = lexicon.markers.lines.picture_ends
    for style in {entries[place].style for place in shaped}:
        members = [place for place in shaped if entries[place].style == style]
        if not style.endswith("-centered"):
            continue
        heading = sum(place + 1 < len(entries) and is_text(entries[place + 1]) for place in members)
        among = set(members)
        for place in members:
            entry = entries[place]
            entry.weigh("caption.centered", is_set_off(entry) and heading * 2 < len(members))
            entry.weigh("caption.words", entry.text.endswith(ends))
        for place in members:
            beside = [entries[other] for other in (place - 1, place + 1) if other in among]
            entries[place].weigh("caption.beside", any("caption.words" in other.evidence for other in beside))


def weigh_alike(entries: Sequence[Entry], shaped: Sequence[int]) -> None:
    """What lines set alike say: a page that sets its headings off leaves no other line to be one."""
    strong = [place for place in shaped if is_set_off(entries[place]) and entries[place].weight >= ENOUGH]
    bare = [place for place in shaped if not is_set_off(entries[place]) and entries[place].weight >= ENOUGH]
    short = [place for place in bare if len(entries[place + 1].text) < SHORTEST_TEXT]
    for place in short if len(short) * 2 > len(bare) > LONGEST_RUN else ():
        entries[place].weigh("below.short")
    builds = Counter([name_build(entries[place].text) for place in bare])
    for place in bare:
        entries[place].weigh("series.parallel", builds[name_build(entries[place].text)] >= SHORTEST_RUN)
        entries[place].weigh(
            "page.sets_headings", len(strong) > 1
        )  # one bold line does not show how the page sets them


def name_build(text: str) -> tuple[int, ...]:
    """The length of each clause, a character more or less: 强产业稳增长 and 惠民生促和谐 are built alike."""
    return tuple([len(clause) // 2 for clause in SPLIT.split(text)])


SPLIT: Final = compile_re(r"[，,、 　]")

SHORTEST_LEADS: Final = 3
LONGEST_LEAD: Final = 36


def mark_leads(entries: Sequence[Entry], lexicon: Lexicon) -> None:
    """Paragraphs whose first sentence is set bold are led by a title, where several are (稳住外贸。全年……)."""
    led = [
        entry
        for entry in entries
        if entry.led and entry.marker is None and entry.kind == "paragraph" and not entry.titles
    ]
    for entry in led:
        entry.weigh("set.lead")
        entry.weigh("short", len(entry.first) <= LONGEST_LEAD)
        entry.weigh("figure", states_figure(entry.first, lexicon))
        entry.weigh("sentence.colon", "：" in entry.first)
        entry.weigh("sentence.clauses", entry.first.count("，") > 1)
        entry.weigh("before.body", entry.first.startswith(lexicon.markers.lines.salutation))
    leads = [entry for entry in led if entry.weight >= ENOUGH]
    partly = sum([(entry.line.bold > 0 or "**" in entry.line.text) and not entry.bold for entry in entries])
    series = len(leads) >= SHORTEST_LEADS and len(leads) * 2 > partly  # else bold only stresses words
    for entry in leads:
        entry.weigh("series.leads", series)
        if series:
            entry.kind, entry.titles, entry.style = "run_in", [(None, clean_title(entry.first))], "lead"


LONGEST_NAME: Final = 4  # characters of a person's name


def names_speaker(entry: Entry, lexicon: Lexicon) -> bool:
    """王某某, 市长 王某某 above the first paragraph."""
    text = entry.text
    if text.endswith(("：", ":")):
        return False
    return len(HAN.findall(text)) <= LONGEST_NAME or any(word in text for word in lexicon.markers.lines.office)


def is_set_off(entry: Entry) -> bool:
    return entry.bold or entry.level_mark > 0


CONTINUES: Final = compile_re("[，,。、；;：:）)”》]|是[：:，,]")  # a line that begins so goes on with the one above


def stands_free(entries: Sequence[Entry], place: int, lexicon: Lexicon) -> bool:
    """Whether the line is no piece of a broken sentence: the one above has ended, the one below begins anew."""
    if place + 1 >= len(entries):
        return False
    above = entries[place - 1] if place else None
    if CONTINUES.match(entries[place + 1].text):
        return False
    if above is None or above.closed or above.style or above.is_heading or above.kind != "paragraph":
        return True
    return above.text[-1:] in "：:）)”》" or compile_lines(lexicon).no_title.search(above.text) is not None


def heads_text(entries: Sequence[Entry], place: int, candidates: Mapping[int, int]) -> bool:
    """Whether text stands below, at once or below one more heading."""
    if place + 1 >= len(entries):
        return False
    following = entries[place + 1]
    if place + 1 in candidates:
        return place + 2 < len(entries) and (is_text(entries[place + 2]) or place + 2 in candidates)
    return is_text(following) or following.is_heading


def is_text(entry: Entry) -> bool:
    if entry.kind in ("item", "run_in", "run_in_item", "table"):
        return True
    return (
        entry.marker is None
        and not entry.titles
        and (entry.closed or len(entry.text) >= SHORTEST_TEXT or entry.text.endswith(("：", ":")))
    )


# Short lines in a row that may be headings of headings; more of them are a list of names or of topics
LONGEST_RUN: Final = 3
SHORTEST_PLAIN: Final = 4  # characters: a shorter line that nothing sets off is a fragment (揭榜)


def measure_runs(candidates: set[int]) -> dict[int, int]:
    """How many candidates stand in a row, for each of them.

    >>> measure_runs({3, 4, 9})
    {3: 2, 4: 2, 9: 1}
    """
    runs: dict[int, int] = {}
    for place in sorted(candidates):
        if place - 1 in candidates:
            continue
        end = place
        while end + 1 in candidates:
            end += 1
        runs |= dict.fromkeys(range(place, end + 1), end - place + 1)
    return runs
