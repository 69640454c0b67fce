"""A block's text → its numbers, left to right: quantities, and the numbers that are none.

Finds the places and passes each to the reader of its sort; the readers say where they stopped.
"""

from __future__ import annotations

import regex

from qjreport.model import Quantity
from qjreport.quantity import arabic, chinese, place
from qjreport.quantity.scope import Scope
from qjreport.quantity.tables import CHINESE, Tables

HAS_NUMBER = regex.compile(rf"[\d{CHINESE}]")
RUN = regex.compile(r"\d++(?:[.,]\d++)*+")


def scan_text(text: str, block: int, tables: Tables) -> list[Quantity]:
    """Every number of the text, sorted by start, none overlapping."""
    scope = Scope(text, block, tables)
    search, at, size = tables.scan.search, 0, len(text)
    while at < size:
        hit = search(text, at)
        if hit is None:
            break
        end = read_hit(scope, hit)
        at = end if end > hit.start() else hit.start() + 1
    return scope.out


def read_hit(scope: Scope, hit: regex.Match[str]) -> int:
    """Read what was found; give where to go on."""
    kind, start, end = hit.lastgroup, hit.start(), hit.end()
    if kind == "arabic":
        return arabic.read_arabic_number(scope, start)
    if kind == "chinese":
        return chinese.read_chinese_number(scope, start, end)
    if kind == "word":
        return end
    if kind == "date":
        return scope.note(start, end, "date", "date.calendar")
    if kind == "code":
        return scope.note(start, end, "code", "code.shape")
    if kind in ("quoted", "title"):
        return read_quoted(scope, start, end)
    if kind == "vague":
        return scope.note(start, end, "vague", "vague.word")
    if kind in ("ordinal", "place", "first"):
        return place.read_place(scope, kind, start, end)
    if kind == "ratio":
        return arabic.read_ratio(scope, start, end)
    if kind == "plus":
        return scope.note(start, end, "name", "name.sum")
    if kind == "times":
        return arabic.read_times(scope, start, end)
    return chinese.read_share(scope, kind or "", start, end)


def read_quoted(scope: Scope, start: int, end: int) -> int:
    """A short quotation or a title with a number in it is a name: “885”, “一镇一事”, 《…2030年…》."""
    inner = scope.text[start + 1 : end - 1]
    if HAS_NUMBER.search(inner) is None:
        return end
    return scope.note(start + 1, end - 1, "name", "name.quoted")
