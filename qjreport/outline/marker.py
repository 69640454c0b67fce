"""Reads the marker in front of a line: 一、 （一） 1. ① 第一章 ◆ —— 一是.

Leaves to heading.py whether it heads a section or opens an item.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from qjreport.lexicon import Lexicon
from qjreport.lexicon.markers import Numbered
from qjreport.text.patterns import ByLexicon, WordTable, compile_re

HAN: Final = "〇零一二三四五六七八九十百"
ARABIC: Final = "0123456789０１２３４５６７８９"
HAN_DIGITS: Final = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
CAPITALS: Final = "壹贰叁肆伍陆柒捌玖拾"  # numerals as cheques have them, which number the parts of some reports
PLAIN_HAN: Final = str.maketrans(CAPITALS, "一二三四五六七八九十")
# 1.5亿元 and 2.5G at a line's start are data; 1.2024年工作 is a marker before a year.
AFTER_ARABIC: Final = r"(?![0-9０-９](?!0[0-9]{2}年|9[0-9]{2}年)|[%％‰])"
Role = Literal["heading", "item"]
Counted = Literal["", "number", "glyph"]  # what the group of a marker holds, or the one within it


class Marker:
    """A marker as the line has it."""

    def __init__(self, branch: Branch, text: str, number: int | None, end: int) -> None:
        self.kind = branch.kind
        self.text = text  # as written, without white space
        self.number = number  # None for those that do not count
        self.end = end  # where the title begins
        self.rank = branch.rank  # 0 for the outermost kind
        self.role = branch.role
        self.counts_on = branch.counts_on  # a number of the text where no other of its kind counts on from it


class Branch:
    """One way in which a kind of marker is written, and the group of it in the pattern."""

    def __init__(self, kind: str, rank: int, role: Role, counts: Counted, counts_on: bool) -> None:
        self.kind = kind
        self.rank = rank
        self.role: Role = role
        self.counts: Counted = counts
        self.counts_on = counts_on


class Openers(WordTable):
    """The ways to write a marker that begins with a certain character, compiled."""

    pattern: re.Pattern[str]
    branches: dict[int, Branch]  # by their group


def read_ordinal(text: str) -> int:
    """The number of a marker: Chinese numerals to 199, Arabic ones of any width.

    >>> [read_ordinal(text) for text in ("三", "十", "二十一", "〇", "12", "３", "拾贰")]
    [3, 10, 21, 0, 12, 3, 12]
    """
    if text[0] in CAPITALS:
        text = text.translate(PLAIN_HAN)
    if text[0] not in HAN:
        return int(text)
    if text in HAN_DIGITS:
        return HAN_DIGITS[text]
    if "百" not in text and "十" not in text:
        return int("".join(str(HAN_DIGITS[character]) for character in text))
    total = digit = 0
    for character in text:
        if character in HAN_DIGITS:
            digit = HAN_DIGITS[character]
        else:
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
    return total + digit


class Way(NamedTuple):
    """One way to write a marker: its pattern, whose first group is the branch's, and what it may begin with."""

    branch: Branch
    pattern: str
    starts: str


def compile_markers(lexicon: Lexicon) -> dict[str, Openers]:
    """For each character that a marker may begin with the ways to write one, in the order of their ranks.

    There are forty ways, and few begin alike: a pattern of all of them took a tenth of the time of an outline.
    """
    ways = list_ways(lexicon)
    found: dict[str, Openers] = {}
    compiled: dict[tuple[int, ...], Openers] = {}
    for character in sorted({start for way in ways for start in way.starts}):
        places = tuple([place for place, way in enumerate(ways) if character in way.starts])
        if places not in compiled:
            compiled[places] = compile_ways([ways[place] for place in places])
        found[character] = compiled[places]
    return found


MARKERS: Final = ByLexicon(compile_markers)


def compile_ways(ways: Sequence[Way]) -> Openers:
    """One pattern, a group for each way, and in it one for the numeral."""
    branches: dict[int, Branch] = {}
    group = 1
    for way in ways:
        branches[group] = way.branch
        group += 2 if way.branch.counts == "number" else 1
    pattern = compile_re("(?:" + "|".join([way.pattern for way in ways]) + r")\s*+")
    return Openers(pattern=pattern, branches=branches)


def list_ways(lexicon: Lexicon) -> list[Way]:
    markers = lexicon.markers
    kinds = [*(kind.kind for kind in markers.numbered), *(kind.kind for kind in markers.unnumbered), "sequence"]
    ranks = {kind: rank for rank, kind in enumerate(kinds)}
    ways: list[Way] = []
    for numbered in markers.numbered:
        rank, role, counts_on = ranks[numbered.kind], numbered.role, numbered.counts_on
        for pattern, starts in write_branches(numbered):
            ways.append(Way(Branch(numbered.kind, rank, role, "number", counts_on), f"({pattern})", starts))
        if numbered.glyphs:
            glyph = Branch(numbered.kind, rank, role, "glyph", False)
            ways.append(Way(glyph, f"([{numbered.glyphs}])", numbered.glyphs))
    for unnumbered in markers.unnumbered:
        long = "{2,4}" if unnumbered.kind == "dash" else ""
        sign = Branch(unnumbered.kind, ranks[unnumbered.kind], "heading", "", False)
        ways.append(Way(sign, f"([{unnumbered.glyphs}]{long})", unnumbered.glyphs))
    ways.append(Way(Branch("bullet", ranks["bullet"], "heading", "", False), r"([-*+](?=\s))", "-*+"))
    words = markers.sequence.words
    sequence = Branch("sequence", ranks["sequence"], "item", "", False)
    ways.append(Way(sequence, "(" + "|".join(words) + ")[，,]", "".join([word[0] for word in words])))
    return ways


# Each sort of numeral: its pattern, and what it may begin with.
NUMERALS: Final = {
    "han": (f"[{HAN}]{{1,4}}+", HAN),
    "capital": (f"[{CAPITALS}]{{1,3}}+", CAPITALS),
    "arabic": ("[0-9０-９]{1,2}", ARABIC),
}
YEAR: Final = "(?:19|20)[0-9]{2}年"


def write_branches(numbered: Numbered) -> list[tuple[str, str]]:
    """The patterns of one kind, one for each sort of numeral, its only group, and what each may begin with."""
    branches: list[tuple[str, str]] = []
    opens, closes = write_choice(numbered.opens), write_choice(numbered.closes)
    for digits in numbered.digits:
        number, numerals = NUMERALS[digits]
        after = ""
        if numbered.depth > 1:
            point = r"[.．]"
            before = rf"(?:[0-9０-９]{{1,2}}{point}){{{numbered.depth - 1}}}"
            branches.append((rf"{before}({number}){point}?(?![0-9０-９.．%％‰])", ARABIC))
            continue
        if numbered.kind == "padded":
            padded = r"((?:[0０][1-9１-９]|[1１][0-9０-９]))(?![0-9０-９.．、，,：:年月日%％‰）)\-—~～/])"
            branches.append((padded, ARABIC))
            continue
        if numbered.kind == "spaced":
            spaced = rf"({number})(?=\s)(?!\s*(?!{YEAR})(?:[0-9０-９年月日号时点%％‰.．、，。]|[-+±–—]))"
            branches.append((spaced, numerals))
            continue
        if numbered.kind == "han":  # 一、二、三产业 is data
            after = f"(?![{HAN}]{{1,2}}、)"
        elif numbered.kind == "arabic":
            after = AFTER_ARABIC
        elif numbered.kind == "attachment":
            after = "(?![0-9０-９.．])"
        elif numbered.kind.endswith("_bracket"):  # （三）、加快
            after = "(?:[、．.](?![0-9]))?"
        starts = "".join([word[:1] or numerals for word in numbered.opens or ("",)])
        branches.append((rf"{opens}\s?({number})\s?{closes}{after}", starts))
    return branches


def write_choice(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in words) + ")" if any(words) else ""


def read_marker(text: str, lexicon: Lexicon) -> Marker | None:
    """The marker that `text` begins with, None where it begins with none; heading.py confirms those that count on.

    >>> from qjreport.lexicon import load_lexicon
    >>> lexicon = load_lexicon()
    >>> marker = read_marker("（十二）稳住外贸", lexicon)
    >>> (marker.kind, marker.text, marker.number, marker.end)
    ('han_bracket', '（十二）', 12, 4)
    >>> [read_marker(text, lexicon) for text in ("一、二、三产业", "1.5%", "5G基站", "2025年")]
    [None, None, None, None]
    """
    openers = MARKERS.of(lexicon).get(text[:1])
    found = openers.pattern.match(text) if openers is not None else None
    if openers is None or found is None:
        return None
    group = found.lastindex or 0  # the outermost that closed last
    branch = openers.branches[group]
    number = None
    if branch.counts == "number":
        number = read_ordinal(found[group + 1])
    elif branch.counts == "glyph":
        number = int(unicodedata.numeric(found[group]))
    written = found[group] if branch.kind == "sequence" else found[0]
    return Marker(branch, "".join(written.split()), number, found.end())


LABELS: Final = "label"
MARKS: Final = frozenset({"bullet", "small_bullet", "dash"})
ORDINALS: Final = frozenset({"ordinal", "ordinal_comma", "sequence"})
STRONG: Final = frozenset({"attachment", "part", "chapter", "section", "han_capital", "han", "han_bracket"})


def name_prefix(marker: Marker) -> str:
    """What a number stands below: 2.1 of 2.1.3."""
    if not marker.kind.startswith("decimal"):
        return (
            marker.text.rstrip("0123456789０１２３４５６７８９一二三四五六七八九十百〇零：:")
            if marker.kind == "label"
            else ""
        )
    return ".".join(marker.text.replace("．", ".").rstrip(".").split(".")[:-1])


def name_kind(marker: Marker) -> str:
    if marker.kind in MARKS:
        return marker.kind + marker.text
    return marker.kind + (name_prefix(marker) if marker.kind == "label" else "")
