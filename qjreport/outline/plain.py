"""Lines without a marker: those of a table of contents, and headings that only their shape and their place tell.

1. Contents (`mark_contents`): short lines in a row, most of which stand again further down, belong in the outline
   once.
2. Titles that lead a paragraph (`mark_leads`): its first sentence is set bold, in several paragraphs of the page.
3. Headings (`mark_plain`): lines with a title's shape (title_shape.py), each with its evidence (evidence.py): how it is
   set and what stands around it (`weigh_line`), whether it captions a picture (`weigh_captions`), and what lines set
   alike say (`weigh_alike`): a page that sets its headings off leaves no bare line to be one.
4. Bare titles that lead a paragraph (`mark_bare_leads`): short sentences without a number, as long as each other, that
   open (nearly) all paragraphs of a part, in most parts of the page. Where the page marks or sets off what is inside
   its parts, they are text.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from qjreport.lexicon import Lexicon
from qjreport.outline.evidence import ENOUGH, weigh_piece
from qjreport.outline.heading import clean_title
from qjreport.outline.level import LEAD
from qjreport.outline.marker import ORDINALS
from qjreport.outline.table import compile_unit
from qjreport.outline.title_shape import (
    DATE,
    HAN,
    LINES,
    SHORTEST_TEXT,
    TRAILER,
    Entry,
    gives_value,
    has_title_shape,
    squeeze,
    states_figure,
)
from qjreport.text.patterns import WordTable, compile_re
from qjreport.text.words import Words, join_words

SHORTEST_RUN: Final = 3  # lines in a row that stand again below; two may be a heading that the text quotes
LONGEST_LINE: Final = 60  # a line of a table of contents, dots and page number included
SHARE: Final = 0.6  # of a run's lines that stand again: some are worded otherwise above than below


def mark_contents(entries: list[Entry]) -> None:
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


def mark_run(entries: list[Entry], keys: list[str], last: dict[str, int], start: int, end: int) -> None:
    """Mark, among the short lines from `start` to `end`, those from the first repeated one to the last.

    The headings right below it may belong to the same run; they are the ones that the lines above repeat.
    """
    again = [place for place in range(start, end) if last[keys[place]] > place]
    dotted = [place for place in again if TRAILER.search(entries[place].text)]
    if len(again) < SHORTEST_RUN and len(dotted) < 2:  # 工作回顾……3 says so itself
        return
    first, final = again[0], again[-1]
    if len(again) < SHARE * (final + 1 - first):
        return
    for place in range(first, final + 1):
        entries[place].kind = "contents"


def mark_plain(entries: list[Entry], headline: str | None, lexicon: Lexicon) -> None:
    """Decide the unmarked lines that have a title's shape, and the paragraphs that are led by a title."""
    shaped = [
        place
        for place, entry in enumerate(entries)
        if entry.marker is None and entry.kind == "paragraph" and not entry.titles and has_title_shape(entry, lexicon)
    ]
    mark_leads(entries, lexicon)
    if shaped:
        mark_shaped(entries, shaped, headline, lexicon)
    mark_bare_leads(entries, lexicon)


def mark_shaped(entries: list[Entry], shaped: Sequence[int], headline: str | None, lexicon: Lexicon) -> None:
    """Decide the lines that have a title's shape."""
    page = Shaped(shaped, find_opening(entries), measure_runs(set(shaped)))
    for place in shaped:
        entries[place].style = name_style(entries[place])
    for place in shaped:
        weigh_line(entries, place, page, squeeze(headline or ""), lexicon)
    weigh_captions(entries, shaped, lexicon)
    weigh_alike(entries, shaped)
    found = [place for place in shaped if entries[place].weight >= ENOUGH]
    for place in find_repeated(entries, found):
        entries[place].weigh("repeated")
    for place in found:
        entry = entries[place]
        if entry.weight >= ENOUGH:
            entry.kind, entry.titles = "heading", [(None, clean_title(entry.text))]


def find_repeated(entries: list[Entry], found: Sequence[int]) -> list[int]:
    """Bare lines that stand several times, no heading between them that stands once: who speaks, what a page says."""
    same: dict[str, list[int]] = {}
    for place in found:
        same.setdefault(squeeze(entries[place].text), []).append(place)
    once = [place for place, entry in enumerate(entries) if entry.is_heading]
    once = sorted(once + [places[0] for places in same.values() if len(places) == 1])
    repeated: list[int] = []
    for places in same.values():
        if not all(bisect(once, before) < bisect(once, after) for before, after in pairwise(places)):
            repeated += [place for place in places if not is_set_off(entries[place])]
    return repeated


class Shaped(NamedTuple):
    """The lines that have a title's shape, and where they stand on the page."""

    places: Sequence[int]
    opening: int  # the first paragraph or marked heading
    runs: dict[int, int]  # how many of them stand in a row


def find_opening(entries: list[Entry]) -> int:
    return next((place for place, entry in enumerate(entries) if opens_text(entry)), len(entries))


def opens_text(entry: Entry) -> bool:
    """A sentence, a heading, or a paragraph that introduces what follows: ……详见："""
    return entry.closed or entry.is_heading or (len(entry.text) >= SHORTEST_TEXT and entry.text[-1] in "：:")


def name_style(entry: Entry) -> str:
    """How the page sets the line: headings set alike are siblings."""
    if entry.level_mark:
        return f"h{entry.level_mark}"
    return ("bold" if entry.bold else "plain") + ("-centered" if entry.line.centered else "")


def weigh_line(entries: list[Entry], place: int, page: Shaped, headline: str, lexicon: Lexicon) -> None:
    """What a line's own setting and its neighbours say."""
    entry = entries[place]
    early = place < page.opening
    title = squeeze(entry.text)
    entry.weigh("set.bold", entry.bold and not entry.level_mark)
    entry.weigh("set.heading", entry.level_mark > 0)
    entry.weigh("above.ended" if stands_free(entries, place, lexicon) else "above.open")
    entry.weigh("below.text" if heads_text(entries, place, page.runs, lexicon) else "below.nothing")
    entry.weigh("title.page", bool(headline) and title in headline and (early or title == headline))
    enclosed = entry.line.centered or (not is_set_off(entry) and stands_above_addressee(entries, place))
    entry.weigh("title.enclosed", enclosed and follows_date(entries, place, page.opening))
    entry.weigh("caption.table", is_table_caption(entries, place, lexicon))
    if is_set_off(entry):
        entry.weigh("speaker", early and names_speaker(entries, place, lexicon))
        return
    entry.weigh("before.body", early)
    entry.weigh("speaker", early and names_speaker(entries, place, lexicon, SHORTEST_PLAIN - 1))
    entry.weigh("fragment", len(entry.text) < SHORTEST_PLAIN)
    entry.weigh("question", entry.closed)
    entry.weigh("colon", entry.text.endswith(("：", ":")))
    entry.weigh("figure", states_figure(entry.text, lexicon))
    entry.weigh("signature", LINES.of(lexicon).signature.match(entry.text) is not None)
    entry.weigh("list", page.runs[place] > 1 and is_quoted(entries, place, page.runs))
    entry.weigh("list", page.runs[place] > (1 if entry.line.centered else LONGEST_RUN))


def is_quoted(entries: list[Entry], place: int, runs: Mapping[int, int]) -> bool:
    """Whether a line is one of several of one length, one below the other, that a colon introduces: verse."""
    beside = [other for other in (place - 1, place + 1) if other in runs]
    if not any(len(entries[other].text) == len(entries[place].text) for other in beside):
        return False
    while place - 1 in runs and not entries[place - 1].text.endswith(("：", ":")):
        place -= 1
    return place > 0 and entries[place - 1].text.endswith(("：", ":"))


def follows_date(entries: list[Entry], place: int, opening: int) -> bool:
    """Whether a line in the middle stands below the date that closes a text, other such lines aside."""
    for above in reversed(entries[max(opening, place - LONGEST_RUN - 1) : place]):
        if DATE_LINE.match(above.text):
            return True
        if above.closed or not (above.line.centered or above.style):
            return False
    return False


def stands_above_addressee(entries: list[Entry], place: int) -> bool:
    """Whether the short lines from here on end with whom a document is written to: 市人民政府："""
    for below in entries[place + 1 : place + LONGEST_RUN]:
        if below.text.endswith(("：", ":")) or not below.style:
            return below.text.endswith(("：", ":")) and len(below.text) <= LONGEST_ADDRESSEE
    return False


def is_table_caption(entries: list[Entry], place: int, lexicon: Lexicon) -> bool:
    """主要指标完成情况表, or a line in the middle, right above a table or its unit."""
    entry = entries[place]
    below = entries[place + 1 : place + 3]
    if below and compile_unit(lexicon).match(below[0].text):
        below = below[1:]
    named = entry.text.endswith(lexicon.markers.lines.table_ends)
    return bool(below) and below[0].kind == "table" and (entry.line.centered or named)


LONGEST_ADDRESSEE: Final = 20
DATE_LINE: Final = compile_re(rf"^[（(]?{DATE.pattern}[）)]?$")


def weigh_captions(entries: list[Entry], shaped: Sequence[int], lexicon: Lexicon) -> None:
    """Lines in the middle of the page that caption pictures: by their words, by their neighbours, or most of them."""
    ends = lexicon.markers.lines.picture_ends
    for style in {entries[place].style for place in shaped}:
        members = [place for place in shaped if entries[place].style == style]
        if not style.endswith("-centered"):
            continue
        heading = sum(place + 1 < len(entries) and is_text(entries[place + 1]) for place in members)
        among = set(members)
        pictured = sum([entries[place].line.pictured for place in members])
        for place in members:
            entries[place].weigh("caption.picture", entries[place].line.pictured and pictured * 2 > len(members))
            entry = entries[place]
            entry.weigh("caption.centered", is_set_off(entry) and heading * 2 < len(members))
            entry.weigh("caption.words", entry.text.endswith(ends))
        for place in members:
            beside = [entries[other] for other in (place - 1, place + 1) if other in among]
            entries[place].weigh("caption.beside", any("caption.words" in other.evidence for other in beside))


def weigh_alike(entries: list[Entry], shaped: Sequence[int]) -> None:
    """What lines set alike say: a page that sets its headings off leaves no other line to be one."""
    strong = [place for place in shaped if is_set_off(entries[place]) and entries[place].weight >= ENOUGH]
    bare = [place for place in shaped if not is_set_off(entries[place]) and entries[place].weight >= ENOUGH]
    bare = [*gather_likes(entries, shaped, bare), *bare]
    among = set(shaped)
    short = [place for place in bare if place + 1 not in among and is_short(entries[place + 1])]
    for place in short if len(short) * 2 > len(bare) > LONGEST_RUN else ():
        entries[place].weigh("below.short")
    builds = Counter([name_build(entries[place].text) for place in bare])
    for place in bare:
        entries[place].weigh("series.parallel", builds[name_build(entries[place].text)] >= SHORTEST_RUN)
        entries[place].weigh(
            "page.sets_headings", len(strong) > 1
        )  # one bold line does not show how the page sets them


def is_short(entry: Entry) -> bool:
    """A paragraph no longer than a title, which is no sentence, no heading and has no mark."""
    return len(entry.text) < SHORTEST_TEXT and not entry.closed and entry.marker is None and not entry.is_heading


LIKES: Final = {
    "fragment": "series.fragments",
    "signature": "series.bodies",
    "colon": "series.colons",
    "question": "series.questions",
    "before.body": "series.first",
}


def gather_likes(entries: list[Entry], shaped: Sequence[int], bare: Sequence[int]) -> list[int]:
    """Lines that only want company: 农业 where 教育 and 卫生 head text, the first of a series above the first text."""
    found = []
    for doubt, answer in LIKES.items():
        likes = [
            place
            for place in shaped
            if doubt in entries[place].evidence and entries[place].weight - weigh_piece(doubt) >= ENOUGH
        ]
        alike = [*likes, *bare] if doubt == "fragment" else bare if doubt == "before.body" else likes
        several = len(likes) > 1 or doubt == "before.body"
        enough = several and len({entries[place].text for place in alike}) >= SHORTEST_RUN
        for place in likes:
            entries[place].weigh(answer, enough)
        found += [place for place in likes if enough and place not in found]
    return found


def name_build(text: str) -> tuple[int, ...]:
    """The length of each clause, a character more or less: 强产业稳增长 and 惠民生促和谐 are built alike."""
    return tuple([len(clause) // 2 for clause in SPLIT.split(text)])


SPLIT: Final = compile_re(r"[，,、 　]")

SHORTEST_LEADS: Final = 3
LONGEST_LEAD: Final = 36


def mark_leads(entries: list[Entry], lexicon: Lexicon) -> None:
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
    if not leads:
        return
    partly = sum([(entry.line.bold > 0 or "**" in entry.line.text) and not entry.bold for entry in entries])
    series = len(leads) >= SHORTEST_LEADS and len(leads) * 2 > partly  # else bold only stresses words
    for entry in leads:
        entry.weigh("series.leads", series)
        if series:
            entry.kind, entry.titles, entry.style = "run_in", [(None, clean_title(entry.first))], LEAD


SHORTEST_BARE: Final = 4  # characters of a sentence that leads a paragraph without being set bold
LONGEST_BARE: Final = 20
FEWEST_BARE: Final = 3  # of them in one part
MOST_OF_PART: Final = 0.7  # of a part's paragraphs, to be its series
MOST_PARTS: Final = 0.5  # of a page's parts have such series
FEWEST_PARTS: Final = 2
MOST_PARALLEL: Final = 0.6  # of a series are as long as each other
SPREAD: Final = 2  # characters that parallel sentences differ in from the middle one
BROKEN: Final = compile_re(r"[，,：:；、0-9０-９？！]")


def mark_bare_leads(entries: list[Entry], lexicon: Lexicon) -> None:
    """Paragraphs of a part that each begin with a short parallel sentence: 就业形势保持稳定。全年……

    A page that marks or sets off what is inside its parts leaves them text: there they are topic sentences. What the
    page sets bold it sets off.
    """
    gathered = gather_parts(entries)
    large = sum([len(part) >= FEWEST_BARE for part in gathered])
    tellers = compile_tellers(lexicon)
    leads: list[list[Entry]] = []
    whole: list[bool] = []
    for part in gathered:
        places = [place for place, entry in enumerate(part) if opens_bare(entry)]
        if len(places) >= FEWEST_BARE:  # few parts: to look for words takes longer
            places = [place for place in places if names_topic(part[place].first, tellers)]
        if len(places) < FEWEST_BARE:
            continue  # others introduce them and close them: a part is counted from its first to its last
        leads.append([part[place] for place in places])
        whole.append(len(places) >= MOST_OF_PART * (places[-1] + 1 - places[0]))
    if not leads:
        return
    inner = marks_parts(entries)
    most = sum(whole) >= max(FEWEST_PARTS, MOST_PARTS * large)
    for led, all_so in zip(leads, whole, strict=True):
        parallel = are_parallel(led)
        for entry in led:
            entry.weigh("short")
            entry.weigh("set.nothing", not entry.led)
            entry.weigh("series.part", all_so)
            entry.weigh("series.parts", most)
            entry.weigh("series.parallel", parallel)
            entry.weigh("page.marks_parts", inner and not entry.led)
            entry.weigh("figure", states_figure(entry.first, lexicon))
        found = [entry for entry in led if entry.weight >= ENOUGH] if all_so else []
        for entry in found if len(found) >= FEWEST_BARE else ():
            entry.kind, entry.titles, entry.style = "run_in", [(None, clean_title(entry.first))], LEAD


def are_parallel(leads: list[Entry]) -> bool:
    lengths = sorted([len(entry.first) for entry in leads])
    middle = lengths[len(lengths) // 2]
    return sum([abs(length - middle) <= SPREAD for length in lengths]) >= MOST_PARALLEL * len(lengths)


def marks_parts(entries: list[Entry]) -> bool:
    """Whether the page marks or sets off what stands inside its parts: （一）, 一是, a bold line."""
    inner = 0
    ranks = [entry.marker.rank for entry in entries if entry.titles and entry.marker is not None]
    top = -1 if any(entry.top and not entry.fringe for entry in entries) else min(ranks, default=-1)
    for entry in entries:
        if entry.marker is None:
            inner += entry.is_heading and not entry.top and entry.style != LEAD
        else:
            inner += entry.marker.rank > top if entry.titles else entry.marker.kind in ORDINALS
    return inner > 1


def gather_parts(entries: list[Entry]) -> list[list[Entry]]:
    """The paragraphs from one heading to the next."""
    parts: list[list[Entry]] = [[]]
    for entry in entries:
        if entry.is_heading:
            parts.append([])
        elif entry.kind == "paragraph" and entry.marker is None and len(entry.text) >= SHORTEST_TEXT:
            parts[-1].append(entry)
    return parts


def opens_bare(entry: Entry) -> bool:
    """Whether a short sentence opens a paragraph that is much longer."""
    first = entry.first
    return (
        entry.rest
        and not entry.bold
        and SHORTEST_BARE <= len(first) <= LONGEST_BARE
        and len(entry.text) >= SHORTEST_TEXT
        and entry.text[len(first) : len(first) + 1] == "。"
    )


def names_topic(first: str, tellers: Tellers) -> bool:
    """Whether a sentence is one clause without a number, and names what its paragraph is about."""
    return not tellers.starts.at(first) and BROKEN.search(first) is None and tellers.inside.search(first) is None


class Tellers(WordTable):
    """Words by which a sentence tells and does not name: 我们, 但是, 各位代表."""

    starts: Words
    inside: re.Pattern[str]


@lru_cache(maxsize=4)
def compile_tellers(lexicon: Lexicon) -> Tellers:
    lines = lexicon.markers.lines
    return Tellers(
        starts=Words((*lines.salutation, *lines.teller_starts)), inside=compile_re(join_words(lines.tellers))
    )


LONGEST_NAME: Final = 4  # characters of a person's name


def names_speaker(entries: list[Entry], place: int, lexicon: Lexicon, longest: int = LONGEST_NAME) -> bool:
    """王某某, 市长 王某某 above the first paragraph: a surname that is one, or whoever stands above the salutation."""
    text = entries[place].text
    if text.endswith(("：", ":")):
        return False
    below = entries[place + 1].text if place + 1 < len(entries) else ""
    greets = below.startswith(lexicon.markers.lines.salutation)
    named = len(HAN.findall(text)) <= longest and (greets or text.startswith(lexicon.chrome.surnames))
    return named or any(word in text for word in lexicon.markers.lines.office)


def is_set_off(entry: Entry) -> bool:
    return entry.bold or entry.level_mark > 0


CONTINUES: Final = compile_re("[，,。、；;：:）)”》]|是[：:，,]")  # a line that begins so goes on with the one above


def stands_free(entries: list[Entry], place: int, lexicon: Lexicon) -> bool:
    """Whether the line is no piece of a broken sentence: the one above has ended, the one below begins anew."""
    if place + 1 >= len(entries):
        return False
    above = entries[place - 1] if place else None
    if CONTINUES.match(entries[place + 1].text):
        return False
    if above is None or above.closed or above.style or above.is_heading or above.kind != "paragraph":
        return True
    if gives_value(above) or "caption.words" in above.evidence:
        return True
    return above.text[-1:] in "：:）)”》" or LINES.of(lexicon).is_no_title(above.text)


MOST_CAPTIONS: Final = 2  # in a row, between a heading and its text


def heads_text(entries: list[Entry], place: int, candidates: Mapping[int, int], lexicon: Lexicon) -> bool:
    """Whether text stands below, at once, below a picture's caption or below one more heading."""
    place += count_captions(entries[place + 1 : place + 1 + MOST_CAPTIONS], lexicon)
    if place + 1 >= len(entries):
        return False
    following = entries[place + 1]
    if place + 1 in candidates:
        below = entries[place + 2] if place + 2 < len(entries) else None
        return below is not None and (is_text(below) or below.is_heading or place + 2 in candidates)
    return is_text(following) or following.is_heading


def count_captions(entries: list[Entry], lexicon: Lexicon) -> int:
    """How many of the lines caption pictures, up to the first that does not."""
    return next((place for place, entry in enumerate(entries) if not is_caption(entry, lexicon)), len(entries))


def is_caption(entry: Entry, lexicon: Lexicon) -> bool:
    """A short line that says what a picture shows, or who took it."""
    if entry.marker is not None or entry.is_heading or len(entry.text) > LONGEST_CAPTION or entry.kind != "paragraph":
        return False
    return LINES.of(lexicon).caption.search(entry.text) is not None


LONGEST_CAPTION: Final = 60


def is_text(entry: Entry) -> bool:
    if entry.kind in ("item", "run_in", "run_in_item", "table") or gives_value(entry):
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
