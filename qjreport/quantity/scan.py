"""A block's text → its numbers, left to right: quantities, and the numbers that are none.

Finds the characters that a number may begin with and passes each to the reader of its sort, which says where it
stopped. Every reader looks a bounded way around, so that the whole is linear.
"""

from __future__ import annotations

from typing import Final

import regex

from qjreport.model import Quantity, Why
from qjreport.quantity.chinese import CHINESE, PLAN, read_chinese
from qjreport.quantity.digits import read_digits
from qjreport.quantity.lookup import Lookup, find_phrase
from qjreport.quantity.place import read_first
from qjreport.quantity.scope import Scope

ANCHOR: Final = regex.compile(rf"[\d{CHINESE}翻首榜若多无“‘「『《\"]")
WHOLE: Final = "统唯单专同划合逐不某另每任之其"  # with 一 behind it a word: 统一, 唯一
HAS_NUMBER: Final = regex.compile(rf"[\d{CHINESE}]")

# Longer quotations are sentences; the longest title of a measure in quotation marks is about as long as a heading.
QUOTED: Final = regex.compile(r"[“‘「『\"]([^“”‘’「」『』\"\n]{1,14})[”’」』\"]")
TITLE: Final = regex.compile(r"《([^《》\n]{1,60})》")


def scan_text(text: str, block: int, lookup: Lookup) -> list[Quantity]:
    """Every number of the text, sorted by start, none overlapping."""
    scope = Scope(text, block, lookup)
    search, at = ANCHOR.search, 0
    while (hit := search(text, at)) is not None:
        start = hit.start()
        first = text[start]
        if first.isdecimal():
            end = read_digits(scope, start)
        elif first in CHINESE:
            end = read_character(scope, start)
        elif first in "翻首榜若多无":
            end = read_word(scope, start)
        else:
            end = read_quoted(scope, start)
        at = end if end > start else start + 1
    return scope.out


def read_character(scope: Scope, start: int) -> int:
    """A Chinese numeral: a word that only looks like one, a vague count, or a number."""
    text, lookup = scope.text, scope.lookup
    if text[start - 1 : start] == "第":
        return read_chinese(scope, start)
    if text[start] == "一" and start and text[start - 1] in WHOLE:
        return start + 1
    end = find_phrase(text, start, lookup.vague)
    if end:
        return scope.note(start, end, "vague", "vague.word")
    return find_phrase(text, start, lookup.words) or read_chinese(scope, start)


def read_word(scope: Scope, start: int) -> int:
    """翻一番, 首位, 若干: what begins with another character than a numeral."""
    text = scope.text
    if text[start] == "翻":
        return read_chinese(scope, start)
    if text.startswith(("首位", "榜首"), start):
        return read_first(scope, start)
    end = find_phrase(text, start, scope.lookup.vague)
    return scope.note(start, end, "vague", "vague.word") if end else start + 1


def read_quoted(scope: Scope, start: int) -> int:
    """A short quotation or a title with a number in it is a name: “885”, “一镇一事”, 《…2030年…》."""
    text = scope.text
    if text[start] == '"':
        scope.straight = not scope.straight
        if not scope.straight:
            return start + 1
    hit = (TITLE if text[start] == "《" else QUOTED).match(text, start)
    if hit is None:
        return start + 1
    scope.straight = False
    if HAS_NUMBER.search(hit[1]) is not None:
        why: Why
        why, rule = ("date", "date.plan") if PLAN.match(hit[1]) else ("name", "name.quoted")
        scope.note(hit.start(1), hit.end(1), why, rule)
    return hit.end()
