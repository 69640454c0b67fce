"""Reads the marker in front of a line: 一、 （一） 1. ① 第一章 ◆ —— 一是.

Leaves to heading.py whether it heads a section or opens an item.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.lexicon.markers import Numbered
from qjreport.text.patterns import WordTable, compile_re

HAN: Final = "〇零一二三四五六七八九十百"
HAN_DIGITS: Final = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
# 1.5亿元 and 2.5G at a line's start are data; 1.2024年工作 is a marker before a year.
AFTER_ARABIC: Final = r"(?![0-9０-９](?!0[0-9]{2}年|9[0-9]{2}年)|[%％‰])"
Role = Literal["heading", "item"]


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """A marker as the line has it."""

    kind: str
    text: str  # as written, without white space
    number: int | None  # None for those that do not count
    end: int  # where the title begins
    rank: int  # 0 for the outermost kind
    role: Role
    counts_on: bool = False  # a number of the text where no other of its kind counts on from it


class Branch(msgspec.Struct, frozen=True):
    """One way in which a kind of marker is written, and the group of it in the pattern."""

    kind: str
    rank: int
    role: Role
    counts: Literal["", "number", "glyph"]  # what the group holds, or the one within it
    counts_on: bool = False


class Kinds(WordTable):
    """The lexicon's markers, compiled."""

    pattern: re.Pattern[str]
    starts: frozenset[str]  # the characters that a marker may begin with
    branches: dict[int, Branch]  # by their group


def read_ordinal(text: str) -> int:
    """The number of a marker: Chinese numerals to 199, Arabic ones of any width.

    >>> [read_ordinal(text) for text in ("三", "十", "二十一", "〇", "12", "３")]
    [3, 10, 21, 0, 12, 3]
    """
    if text[0] not in HAN:
        return int(unicodedata.normalize("NFKC", text))
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


@lru_cache(maxsize=4)
def compile_markers(lexicon: Lexicon) -> Kinds:
    """One pattern, a group for each way in which a kind is written, and in it one for the numeral."""
    markers = lexicon.markers
    kinds = [*(kind.kind for kind in markers.numbered), *(kind.kind for kind in markers.unnumbered), "sequence"]
    ranks = {kind: rank for rank, kind in enumerate(kinds)}
    branches: dict[int, Branch] = {}
    written: list[str] = []
    group = 1

    def add(
        kind: str,
        pattern: str,
        role: Role = "heading",
        counts: Literal["", "number", "glyph"] = "",
        counts_on: bool = False,
    ) -> None:
        nonlocal group
        written.append(pattern)
        branches[group] = Branch(kind, ranks[kind], role, counts, counts_on)
        group += 2 if counts == "number" else 1

    for numbered in markers.numbered:
        for pattern in write_branches(numbered):
            add(numbered.kind, f"({pattern})", numbered.role, "number", numbered.counts_on)
        if numbered.glyphs:
            add(numbered.kind, f"([{numbered.glyphs}])", numbered.role, "glyph")
    for unnumbered in markers.unnumbered:
        long = "{2,4}" if unnumbered.kind == "dash" else ""
        add(unnumbered.kind, f"([{unnumbered.glyphs}]{long})")
    add("bullet", r"([-*+](?=\s))")
    add("sequence", "(" + "|".join(markers.sequence.words) + ")[，,]", "item")
    compiled = compile_re(r"(?:" + "|".join(written) + r")\s*+")
    return Kinds(pattern=compiled, starts=find_starts(lexicon), branches=branches)


def find_starts(lexicon: Lexicon) -> frozenset[str]:
    markers = lexicon.markers
    starts = set(HAN + "0123456789０１２３４５６７８９-*+")
    for numbered in markers.numbered:
        starts |= {opening[0] for opening in numbered.opens if opening} | set(numbered.glyphs)
    starts |= {glyph for kind in markers.unnumbered for glyph in kind.glyphs}
    return frozenset(starts | {word[0] for word in markers.sequence.words})


def write_branches(numbered: Numbered) -> list[str]:
    """The patterns of one kind, one for each sort of numeral, which is their only group."""
    branches = []
    opens, closes = write_choice(numbered.opens), write_choice(numbered.closes)
    for digits in numbered.digits:
        number = f"[{HAN}]{{1,4}}+" if digits == "han" else "[0-9０-９]{1,2}"
        after = ""
        if numbered.depth > 1:
            point = r"[.．]"
            before = rf"(?:[0-9０-９]{{1,2}}{point}){{{numbered.depth - 1}}}"
            branches.append(rf"{before}({number}){point}?(?![0-9０-９.．%％‰])")
            continue
        if numbered.kind == "padded":
            branches.append(r"((?:[0０][1-9１-９]|[1１][0-9０-９]))(?![0-9０-９.．、，,：:年月日%％‰）)\-—~～/])")
            continue
        if numbered.kind == "spaced":
            branches.append(rf"({number})(?=\s)(?!\s*(?:[0-9０-９年月日号时点%％‰.．、，。]|[-+±–—]))")
            continue
        if numbered.kind == "han":  # 一、二、三产业 is data
            after = f"(?![{HAN}]{{1,2}}、)"
        elif numbered.kind == "arabic":
            after = AFTER_ARABIC
        elif numbered.kind == "attachment":
            after = "(?![0-9０-９.．])"
        elif numbered.kind.endswith("_bracket"):  # （三）、加快
            after = "(?:[、．.](?![0-9]))?"
        branches.append(rf"{opens}\s?({number})\s?{closes}{after}")
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
    kinds = compile_markers(lexicon)
    if text[:1] not in kinds.starts:
        return None
    found = kinds.pattern.match(text)
    if found is None:
        return None
    group = found.lastindex or 0  # the outermost that closed last
    branch = kinds.branches[group]
    number = None
    if branch.counts == "number":
        number = read_ordinal(found[group + 1])
    elif branch.counts == "glyph":
        number = int(unicodedata.numeric(found[group]))
    written = found[group] if branch.kind == "sequence" else found[0]
    return Marker(
        kind=branch.kind,
        text="".join(written.split()),
        number=number,
        end=found.end(),
        rank=branch.rank,
        role=branch.role,
        counts_on=branch.counts_on,
    )


LABELS: Final = "label"
MARKS: Final = frozenset({"bullet", "small_bullet", "dash"})
ORDINALS: Final = frozenset({"ordinal", "ordinal_comma", "sequence"})
STRONG: Final = frozenset({"attachment", "part", "chapter", "section", "han", "han_bracket"})


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
