"""Decides which marked lines are headings, which are items, and which only look marked.

A heading is a short line without a full stop that something stands below, or the first sentence of a paragraph after a
marker that heads sections (run-in: （一）稳住外贸。全年……). An item is a whole paragraph after a marker. In this order:

1. 一是 and 首先， are marks only where 二是 follows, 1 总则 and 1.1 only where another counts on (`confirm_marks`);
2. line by line (`mark_headings`): lines without a marker that their words tell (名词解释, 2024年工作回顾); lines of a
   glossary, which are never headings; every other marked line, by the kind of its marker, the length of its first
   sentence, and whether that states a figure;
3. marked lines of one kind together: a run of them with nothing below is a list (`settle_lists`), a dash heads sections
   only beside another (`settle_dashes`).

Lines without a marker that only their shape tells are for plain.py, levels for level.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qjreport.lexicon import Lexicon
from qjreport.outline.evidence import ENOUGH
from qjreport.outline.marker import LABELS, MARKS, ORDINALS, STRONG, Marker, name_kind, name_prefix, read_marker
from qjreport.outline.title_shape import (
    DATE,
    LINES,
    LONGEST_TITLE,
    Entry,
    has_title_shape,
    is_note,
    split_sentence,
    squeeze,
    states_figure,
)
from qjreport.text.patterns import ByLexicon, WordTable, compile_re
from qjreport.text.words import Endings, Rare, Words, join_words

# Kinds whose first sentence is a title as a rule; those below need a shorter one.
COUNTING: Final = frozenset({"padded", "spaced", "label", "decimal_2", "decimal_3", "decimal_4"})


def mark_headings(entries: list[Entry], headline: str | None, lexicon: Lexicon) -> None:
    """Decide every marked entry, and the unmarked ones known by their words: 名词解释, 2024年工作回顾."""
    named = compile_named(lexicon)
    confirm_marks(entries, lexicon)
    in_glossary, last_part = False, 0
    headline = squeeze(headline or "")
    for place, entry in enumerate(entries):
        if entry.kind in ("table", "contents"):
            continue
        marker = entry.marker
        if marker is None:
            mark_named(entry, named, headline, lexicon)
            drop_last(entries, place)
            in_glossary = in_glossary or (entry.fringe and named.glossary.match(squeeze(entry.text)) is not None)
            continue
        if marker.kind == "han":
            in_glossary = in_glossary and marker.number != last_part + 1
        elif marker.kind in ("part", "chapter", "attachment"):
            in_glossary = False
        if in_glossary:
            entry.kind = "item" if len(entry.body) > 1 else "paragraph"
            continue
        if not entry.titles:
            mark_marked(entries, place, lexicon)
        if entry.titles and marker.kind == "han":
            last_part = marker.number or 0
        if entry.titles and named.glossary.match(squeeze(entry.titles[-1][1])):
            in_glossary = True
    settle_lists(entries, lexicon)
    weigh_dashes(entries, lexicon)
    settle_dashes(entries)


def confirm_marks(entries: list[Entry], lexicon: Lexicon) -> None:
    """Take the mark from a line that only looks marked."""
    confirmed = confirm_ordinals(entries) | confirm_counts(entries)
    for entry in entries:
        marker = entry.marker
        entry.weigh("caption.words", marker is not None and marker.text in POINTERS and points_up(entry, lexicon))
        doubted = marker is not None and (marker.counts_on or marker.kind in ORDINALS) and id(entry) not in confirmed
        if doubted or entry.evidence:
            entry.marker, entry.body = None, entry.text
            entry.first, entry.rest = split_sentence(entry.text)


POINTERS: Final = "▲△"  # signs that point at the picture above


def points_up(entry: Entry, lexicon: Lexicon) -> bool:
    """▲项目建设现场 below a picture says what it shows."""
    return not entry.rest and (entry.line.pictured or LINES.of(lexicon).caption.search(entry.text) is not None)


def confirm_ordinals(entries: list[Entry]) -> set[int]:
    last: dict[str, Entry] = {}
    confirmed: set[int] = set()
    for entry in entries:
        marker = entry.marker
        if marker is None or marker.kind not in ORDINALS:
            continue
        before = last.get(marker.kind)
        if before and before.marker:
            follows = before.marker.number is None or marker.number == before.marker.number + 1
            if follows and before.marker.text != marker.text:
                confirmed |= {id(before), id(entry)}
        last[marker.kind] = entry
    return confirmed


def confirm_counts(entries: list[Entry]) -> set[int]:
    """Lines that count on: 1 总则, 2 职责. Of 1.1 alone below 1 总则 its own number says that it is a mark."""
    chains: list[list[Entry]] = []
    opened: dict[str, list[Entry]] = {}
    uppers: set[str] = set()
    for entry in entries:
        marker = entry.marker
        if marker is None or entry.kind in ("contents", "table"):
            continue
        if not marker.counts_on:
            uppers.add(str(marker.number))
            continue
        key = marker.kind + name_prefix(marker)
        chain = opened.get(key)
        if marker.number == 1:
            opened[key] = [entry]
            chains.append(opened[key])
        elif chain and chain[-1].marker and marker.number == (chain[-1].marker.number or 0) + 1:
            chain.append(entry)
    confirmed: set[int] = set()
    for chain in chains:
        if len(chain) > 1:
            confirmed |= {id(entry) for entry in chain}
            uppers |= {str(entry.marker.number) for entry in chain if entry.marker}
    for chain in chains:
        marker = chain[0].marker
        prefix = name_prefix(marker) if marker else ""
        if len(chain) == 1 and prefix and prefix.split(".")[0] in uppers:
            confirmed |= {id(entry) for entry in chain if len(entry.text) <= LONGEST_TITLE and not entry.closed}
    return confirmed


class Named(WordTable):
    """The unmarked lines that their words tell."""

    fringe: re.Pattern[str]  # titles that stand beside the numbered parts
    glossary: re.Pattern[str]  # those of them whose lines are entries
    top: re.Pattern[str]
    top_ends: Endings
    notes: Words  # with which a note begins


@lru_cache(maxsize=4)
def compile_named(lexicon: Lexicon) -> Named:
    titles = lexicon.markers.titles

    def join(words: tuple[str, ...]) -> re.Pattern[str]:
        choice = join_words(words)
        return compile_re(rf"^(?:附[：:]|附件[：:])?(?:《[^》]{{2,20}}》)?{choice}(?:[与和及、](?:{choice}|说明))?$")

    return Named(
        fringe=join(titles.fringe),
        glossary=join(titles.glossary),
        top=compile_re(write_top(lexicon)),
        top_ends=Endings((*titles.part_ends, *titles.bare)),
        notes=Words(lexicon.markers.lines.note_starts),
    )


def write_top(lexicon: Lexicon) -> str:
    """The source for an unmarked title of a top part: a time, and how a part that looks back or forward ends."""
    titles = lexicon.markers.titles
    span, time = (
        join_words(titles.spans),
        join_words((*titles.years_past, *titles.years_now, *lexicon.markers.time.years_next)),
    )
    when = rf"{DATE.pattern}|“?十[一二三四五六七八九]五”?|{span}的?[一二三四五]年|{time}"
    what = join_words((*titles.review, *titles.plan, *titles.either))
    ends, bare = join_words(titles.part_ends), join_words(titles.bare)
    return rf"^(?=.{{0,16}}(?:{when}))(?=.{{0,32}}{what}).{{2,40}}{ends}$|^{bare}$"


BRACKETED_END: Final = compile_re(r"[（(][^（()）]*[)）]$")  # 名词解释（按出现顺序排列）


GIVEN_OUT: Final = compile_re(r"(?:印发|《)(?P<title>[^《》]{6,}?)(?:》|的通知)")  # 关于印发《…》的通知
SHORTEST_ENCLOSED: Final = 6  # characters


def is_enclosed(title: str, headline: str) -> bool:
    """Whether a squeezed line is the title of the document that the headline gives out.

    >>> is_enclosed("柳河镇2031年工作要点", "关于印发《2031年工作要点》的通知")
    True
    >>> is_enclosed("2031年工作要点", "柳河镇2030年工作总结和2031年工作要点")
    False
    """
    found = GIVEN_OUT.search(headline) if len(title) >= SHORTEST_ENCLOSED else None
    return found is not None and (title.endswith(found["title"]) or found["title"].endswith(title))


def mark_named(entry: Entry, named: Named, headline: str, lexicon: Lexicon) -> None:
    text = entry.text
    if len(text) > LONGEST_TITLE:
        if named.notes.at(text) and is_note(entry, lexicon):
            entry.kind = "note"
        return
    title = squeeze(text)
    bare = BRACKETED_END.sub("", title) if title[-1:] in ")）" else title
    if title and named.fringe.match(bare):
        entry.kind, entry.top, entry.fringe = "heading", True, True
        entry.weigh("words.part")
        entry.titles = [(None, clean_title(text))]
    elif is_note(entry, lexicon):
        entry.kind = "note"
    elif is_enclosed(title, headline):
        entry.weigh("title.enclosed")
    elif named.top_ends.before(title) and named.top.match(title) and has_title_shape(entry, lexicon):
        entry.kind, entry.top = "heading", True
        entry.weigh("words.part")
        entry.titles = [(None, clean_title(text))]


def drop_last(entries: list[Entry], place: int) -> None:
    """附件： as the last line, the links below it gone, heads nothing."""
    entry = entries[place]
    if entry.titles and place + 1 == len(entries):
        entry.weigh("below.nothing")
        entry.kind, entry.top, entry.fringe, entry.titles = "paragraph", False, False, []


SHORT_LINE: Final = 40  # a marked line without a full stop that is longer is text
SPACED: Final = compile_re(r"([^\s，,。；：]{4,30})\s+[^\s，。]{2,40}，")  # 一、工作回顾 2024年，我们……
GAPPED: Final = compile_re(r"[^\s，,。；：]{4,20}\s+[^\s，。]{2,40}，.{10,}")  # the same, shorter than a long title
LONGEST_LABEL: Final = 12  # 指导思想： in （一）指导思想：坚持……
LABEL: Final = compile_re(rf"^([^，,。；：:]{{2,{LONGEST_LABEL}}})[：:]")


def mark_marked(entries: list[Entry], place: int, lexicon: Lexicon) -> None:
    entry = entries[place]
    marker = entry.marker
    assert marker is not None
    if not entry.body.strip(" *_"):
        join_next(entries, place, lexicon)
        return
    if marker.kind == "dash":
        mark_dash(entries, place, lexicon)
    elif marker.kind in ORDINALS:
        mark_ordinal(entries, place, lexicon)
    elif marker.role == "item":
        entry.weigh("mark.item")
        entry.kind = "item"
    elif goes_on_enclosing(entries, place, lexicon):
        entry.weigh("enclosures")
        entry.kind = "item"
    elif len(entry.body) <= LONGEST_TITLE and gives_contact(entry.body):
        entry.weigh("contact")
        entry.kind = "item"
    elif entry.rest:
        mark_run_in(entry, marker, lexicon)
    elif entry.closed or len(entry.body) > LONGEST_TITLE + 15:
        mark_sentence(entries, place, lexicon)
    elif entry.body.endswith(("：", ":")) and (marker.kind not in STRONG or introduces(entry.body, lexicon)):
        entry.kind = "heading" if stands_above(entries, place) and marker.kind not in STRONG else "item"
    elif marker.kind in STRONG or marker.kind in COUNTING or len(entry.body) <= SHORT_LINE:
        entry.kind = "heading"
    else:
        entry.kind = "item"
    if marker.kind in STRONG and (len(entry.body) > LONGEST_TITLE or (entry.closed and GAPPED.match(entry.body))):
        spaced = SPACED.match(entry.body) or (None if entry.rest else LABEL.match(entry.first))
        if spaced:
            entry.kind, entry.titles = "run_in", [(marker, spaced[1])]
            entry.evidence = ["mark.strong", "label"]
    if entry.kind == "heading" and not entry.titles:
        entry.titles = split_titles(marker, entry.first, lexicon)
        if not entry.evidence:
            entry.weigh("mark.strong" if marker.kind in STRONG else "mark.weak")
            entry.weigh("title.line")


def gives_contact(body: str) -> bool:
    """联系电话：0999-2211033."""
    return ("：" in body or ":" in body) and CONTACT.search(body) is not None


def goes_on_enclosing(entries: list[Entry], place: int, lexicon: Lexicon) -> bool:
    """2．任务分解表 below 附件：1．指标表: what is enclosed."""
    marker = entries[place].marker
    if marker is None or marker.number is None or marker.number < 2 or not place:
        return False
    above = entries[place - 1]
    if "enclosures" in above.evidence:
        return above.marker is not None and marker.number == (above.marker.number or 0) + 1
    if not above.text.startswith(lexicon.markers.titles.enclosures):
        return False
    found = compile_enclosures(lexicon).match(above.text)
    inner = read_marker(above.text[found.end() :], lexicon) if found else None
    return inner is not None and inner.kind == marker.kind and inner.number == marker.number - 1


@lru_cache(maxsize=4)
def compile_enclosures(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(rf"^{join_words(lexicon.markers.titles.enclosures)}\s*[：:]\s*")


def introduces(text: str, lexicon: Lexicon) -> bool:
    """有下列情形之一的，依法处理： a clause that introduces a list."""
    return "，" in text and any(word in text for word in lexicon.markers.lines.introducing)


def join_next(entries: list[Entry], place: int, lexicon: Lexicon) -> None:
    """A marker alone on its line takes the next line for its title; 附件1 alone is its own title."""
    entry = entries[place]
    marker = entry.marker
    following = entries[place + 1] if place + 1 < len(entries) else None
    if following and following.marker is None and following.kind == "paragraph" and following.line.table < 0:
        whole = following.text.endswith("。") and not following.rest and len(following.text) <= LONGEST_RUN_IN
        joined = has_title_shape(following, lexicon) or (whole and not states_figure(following.first, lexicon))
        if joined and len(following.text) <= LONGEST_TITLE and marker and marker.kind not in MARKS:
            entry.kind = following.kind = "heading"
            following.titles = [(marker, clean_title(following.first))]
            following.marker, following.joined = marker, True
            entry.marker = None
            return
    if marker and marker.kind == "attachment":
        entry.kind = "heading"
        entry.titles = [(marker, "")]


LONGEST_RUN_IN: Final = 35  # characters of a run-in title after 1. （1） ①; longer first sentences there are text
ENDLESS: Final = 75
LONGEST_STRONG_RUN_IN: Final = 60  # … after 一、 and （一）, where even a long first sentence is the section's theme
BRACKETED: Final = compile_re(r"^[^。]*+。[（(][^（()）]*+[)）]$")  # a sentence and who is in charge of it
CONTACT: Final = compile_re(r"[:：]\s*[（(]?[0-9０-９][0-9０-９\-—－ ）)]{6,}")
QUOTED: Final = compile_re(r"“[^“”]{0,200}”|《[^《》]{0,200}》")
LONGEST_PLAIN: Final = 20  # a first sentence up to this length is a title even where it says 要


def mark_run_in(entry: Entry, marker: Marker, lexicon: Lexicon) -> None:
    """（一）稳住外贸。全年…… : the first sentence is the title where what speaks for it weighs enough."""
    first = entry.first
    strong = marker.kind in STRONG
    if marker.kind in MARKS:
        led = entry.line.bold and abs(entry.line.bold - len(first)) <= 3
        entry.kind = "run_in_item" if led and not entry.bold else "item"
        if entry.kind == "run_in_item":
            entry.titles = [(marker, clean_title(first))]
        return
    label = LABEL.match(first) if strong else None
    if label:
        entry.weigh("mark.strong")
        entry.weigh("label")
        entry.kind, entry.titles = "run_in", [(marker, label[1])]
        return
    weigh_sentence(entry, strong, lexicon)
    if entry.weight >= ENOUGH:
        entry.kind, entry.titles = "run_in", split_titles(marker, first, lexicon)
    else:
        entry.kind = "item"


def weigh_sentence(entry: Entry, strong: bool, lexicon: Lexicon) -> None:
    """What speaks for and against a first sentence after a mark as a title."""
    first = entry.first
    longest = LONGEST_STRONG_RUN_IN if strong else LONGEST_RUN_IN
    states = states_figure(first, lexicon)
    clause = "，" in first or "," in first
    entry.weigh("mark.strong" if strong else "mark.weak")
    entry.weigh("sentence.long", len(first) > longest)
    entry.weigh("sentence.endless", len(first) > ENDLESS)
    entry.weigh("sentence.clauses", first.count("，") > MOST_COMMAS)
    entry.weigh("sentence.colon", "：" in first)
    entry.weigh("sentence.figure", states and (not strong or (clause and len(first) > LONGEST_RUN_IN)))
    entry.weigh("sentence.modal", asks_somebody(first, lexicon))
    entry.weigh("sentence.introduces", introduces(first, lexicon))
    entry.weigh("charge", not strong and BRACKETED.search(entry.body) is not None)


def asks_somebody(first: str, lexicon: Lexicon) -> bool:
    """各市要落实责任: who shall do something, which a sentence says and no title; what is quoted does not count."""
    if len(first) <= LONGEST_PLAIN:
        return False
    modals = MODALS.of(lexicon)
    return modals.words.within(first) and modals.asks.search(modals.others.sub("", QUOTED.sub("", first))) is not None


class Modals(WordTable):
    """The words that ask somebody to do something."""

    words: Rare
    asks: re.Pattern[str]  # a sentence with one of them
    others: re.Pattern[str]  # words that only hold one


def compile_modals(lexicon: Lexicon) -> Modals:
    lines = lexicon.markers.lines
    return Modals(
        words=Rare(lines.modals),
        asks=compile_re(rf"^.{{3,}}?{join_words(lines.modals)}"),
        others=compile_re(join_words(lines.modals_not)),
    )


MODALS: Final = ByLexicon(compile_modals)


MOST_COMMAS: Final = 3


def mark_sentence(entries: list[Entry], place: int, lexicon: Lexicon) -> None:
    """（八）建设人民城市。 is a heading where something stands below it, else a whole paragraph."""
    entry = entries[place]
    assert entry.marker is not None
    strong = entry.marker.kind in STRONG or entry.marker.kind == LABELS
    if entry.marker.kind in MARKS:
        entry.kind = "item"
        return
    states = states_figure(entry.first, lexicon)
    entry.weigh("mark.strong" if strong else "mark.weak")
    entry.weigh("sentence.alone")
    entry.weigh("sentence.open", entry.text.rstrip("*_ ")[-1:] != "。")
    entry.weigh("sentence.long", len(entry.first) > (LONGEST_TITLE if strong else LONGEST_RUN_IN))
    entry.weigh("sentence.endless", len(entry.first) > ENDLESS)
    entry.weigh("sentence.figure", states and (not strong or "，" in entry.first))
    entry.weigh("sentence.colon", not strong and "：" in entry.first)
    entry.weigh("sentence.modal", asks_somebody(entry.first, lexicon))
    entry.weigh("sentence.introduces", introduces(entry.first, lexicon))
    entry.weigh("below.text" if stands_above(entries, place) else "below.nothing")
    entry.kind = "heading" if entry.weight >= ENOUGH else "item"


LONGEST_DASH_TITLE: Final = 24  # ——人民生活全方位改善。 A clause with a comma in it is text already
CLAUSES: Final = compile_re("[，,：:；]")
FIGURE: Final = compile_re(r"[0-9０-９]")


def mark_dash(entries: list[Entry], place: int, lexicon: Lexicon) -> None:
    """——人民生活改善。…… A subtitle's date and the name under a motto (——某某) are neither heading nor item."""
    entry = entries[place]
    body = entry.body
    if DATE.match(body) and not entry.closed:
        return
    short = len(entry.first) <= LONGEST_DASH_TITLE and not CLAUSES.search(entry.first)
    titled = short and not states_figure(entry.first, lexicon)
    if entry.rest:
        entry.kind = "run_in_item" if titled else "item"
    elif titled and entry.text.endswith("。") and not FIGURE.search(body) and heads_paragraph(entries, place):
        entry.kind = "run_in_item"
    elif entry.closed or len(body) > LONGEST_DASH_TITLE:
        entry.kind = "item"
    elif len(body) >= 4:
        entry.kind = "heading"
    if entry.kind in ("run_in_item", "heading"):
        entry.titles = [(entry.marker, clean_title(entry.first))]


def mark_ordinal(entries: list[Entry], place: int, lexicon: Lexicon) -> None:
    """一是…… opens an item; alone on a short line with its paragraph below it heads one."""
    entry = entries[place]
    alone = not entry.rest and len(entry.first) <= LONGEST_TITLE and not entry.text.endswith(("；", ";", "，", "："))
    entry.kind = (
        "heading" if alone and heads_paragraph(entries, place) and not states_figure(entry.first, lexicon) else "item"
    )


def heads_paragraph(entries: list[Entry], place: int) -> bool:
    """Whether a paragraph without a mark, longer than the line, stands right below it."""
    following = entries[place + 1] if place + 1 < len(entries) else None
    if following is None or following.marker or not following.closed:
        return False
    return len(following.text) > len(entries[place].text)


SECOND_HEADING: Final = compile_re(
    r"^(?P<first>.{2,24}?)\s*+(?P<second>(?:[（(]一[）)]|第一节|(?<=\s)1[.．、])\D{2,}.*)$"
)


def split_titles(marker: Marker, title: str, lexicon: Lexicon) -> list[tuple[Marker | None, str]]:
    """The headings on one line: 一、总体要求（一）指导思想 is two. The words of 案例1： are words of its title."""
    found = SECOND_HEADING.match(title) if "一" in title or "1" in title else None
    second = read_marker(found["second"], lexicon) if found else None
    if found and second and second.rank > marker.rank:
        return [(marker, clean_title(found["first"])), (second, clean_title(found["second"][second.end :]))]
    return [(marker, clean_title(marker.text + title if marker.kind == LABELS else title))]


def clean_title(text: str) -> str:
    """A title without Markdown's marks, the stop at its end, and the brackets that stand around it as an ornament.

    >>> clean_title("**稳住外贸。**"), clean_title("【服务大局】"), clean_title("【监督】与【服务】")
    ('稳住外贸', '服务大局', '【监督】与【服务】')
    """
    title = text.strip(" *_　").rstrip("。：:").strip()
    return title[1:-1].strip() if ORNATE.fullmatch(title) else title


ORNATE: Final = compile_re(r"【[^【】]{2,}】|〖[^〖〗]{2,}〗")


def stands_above(entries: list[Entry], place: int) -> bool:
    """Whether text, a table or a marker of a lower kind follows, so that the line may head it."""
    if place + 1 >= len(entries):
        return False
    following, marker = entries[place + 1], entries[place].marker
    if following.marker is None or marker is None:
        return not following.fringe
    if LABELS in (following.marker.kind, marker.kind):  # 案例1： stands above 1. and below it, as it comes
        return following.marker.number == 1 and following.marker.kind != marker.kind
    return following.marker.rank > marker.rank


def find_runs(entries: list[Entry]) -> list[list[int]]:
    """Marked lines of one kind, up to the next heading of a higher kind; ● and ◆ are two kinds."""
    runs: list[list[int]] = []
    opened: dict[str, tuple[int, int]] = {}  # kind → its rank, its run
    for place, entry in enumerate(entries):
        marker = entry.marker
        if marker is None:
            continue
        if entry.titles:
            for kind in [kind for kind, (rank, _) in opened.items() if rank > marker.rank]:
                del opened[kind]
        _, run = opened.setdefault(name_kind(marker), (marker.rank, len(runs)))
        if run == len(runs):
            runs.append([])
        runs[run].append(place)
    return runs


def settle_lists(entries: list[Entry], lexicon: Lexicon) -> None:
    """Short marked lines with nothing below them are a list, not headings: most of a run decides for all of it."""
    for run in find_runs(entries):
        weigh_series(entries, run, lexicon)
        heads = [place for place in run if entries[place].kind in ("heading", "run_in")]
        marker = entries[run[0]].marker
        if not heads or marker is None:
            continue
        below = sum(entries[place].kind == "run_in" or stands_above(entries, place) for place in heads)
        if marker.kind in STRONG:
            introduced = run[0] > 0 and entries[run[0] - 1].text.endswith(("：", ":"))
            listed = below == 0 and len(heads) > 2 and introduced
        else:
            listed = below * 2 < len(run)
        if listed:
            for place in heads:
                entries[place].weigh("series.list")
                entries[place].kind, entries[place].titles = "item", []


SHORTEST_SERIES: Final = 3
MOST: Final = 0.65  # of a series, to speak for the others


def weigh_series(entries: list[Entry], run: list[int], lexicon: Lexicon) -> None:
    """Sentences that are titles only by their own evidence go with their siblings: items, or run in."""
    if len(run) < SHORTEST_SERIES:
        settle_pair(entries, run)
        return
    kinds = [entries[place].kind for place in run]
    if not {"run_in", "heading"} & set(kinds):
        return
    most = MOST * len(run)
    items, run_in = kinds.count("item") >= most, kinds.count("run_in") >= most
    headings = kinds.count("run_in") + kinds.count("heading") >= most
    for place in run:
        entry = entries[place]
        marker = entry.marker
        if not entry.evidence or "label" in entry.evidence or marker is None:
            continue
        alone = "sentence.alone" in entry.evidence
        entry.weigh("series.items", items)
        entry.weigh("series.run_in", run_in and alone and len(entry.first) > LONGEST_PLAIN)
        doubted = "sentence.modal" in entry.evidence or "sentence.long" in entry.evidence
        stands = not alone or ("below.text" in entry.evidence and not run_in)
        entry.weigh("series.headings", headings and doubted and stands)
        if entry.weight < ENOUGH and entry.titles:
            entry.kind, entry.titles = "item", []
        elif entry.weight >= ENOUGH and entry.kind == "item":
            entry.kind, entry.titles = "heading" if alone else "run_in", split_titles(marker, entry.first, lexicon)


def settle_pair(entries: list[Entry], run: list[int]) -> None:
    """Of two whole sentences, the first with nothing below it, the second is no heading for the text that goes on."""
    pair = [entries[place] for place in run]
    if len(pair) == 2 and all("sentence.alone" in entry.evidence for entry in pair):
        first, second = pair
        if first.kind == "item" and "below.nothing" in first.evidence and second.kind == "heading":
            second.weigh("series.items")
            second.kind, second.titles = "item", []


HALF: Final = 0.5  # of a run of dashes lead their paragraphs with a title of one clause, to speak for the others


def weigh_dashes(entries: list[Entry], lexicon: Lexicon) -> None:
    """Dashes of one run go together: ——综合实力增强，动能加快转换。…… is led by a title where most beside it are."""
    for run in find_runs(entries):
        dashes = [entries[place] for place in run if entries[place].rest]
        first = dashes[0].marker if len(dashes) >= SHORTEST_SERIES else None
        if first is None or first.kind != "dash":
            continue
        if sum(entry.is_heading for entry in dashes) < HALF * len(dashes):
            continue
        for entry in dashes:
            if entry.kind == "item" and leads_clauses(entry.first, lexicon):
                entry.kind, entry.titles = "run_in_item", [(entry.marker, clean_title(entry.first))]


def leads_clauses(first: str, lexicon: Lexicon) -> bool:
    """Whether a sentence of two clauses without a figure is as short as a title that leads a paragraph."""
    clauses = first.count("，") == 1 and not CLAUSES.search(first.replace("，", ""))
    return clauses and len(first) <= LONGEST_RUN_IN and not states_figure(first, lexicon)


def settle_dashes(entries: list[Entry]) -> None:
    """A dash heads a section only beside others that do; alone it opens an item."""
    titles = {
        squeeze(entry.titles[0][1])
        for entry in entries
        if entry.titles and entry.marker and entry.marker.kind == "dash"
    }
    if len(titles) < 2:
        for entry in entries:
            if entry.titles and entry.marker and entry.marker.kind == "dash":
                entry.kind = "item" if entry.rest or entry.closed else "paragraph"
                entry.titles = []
