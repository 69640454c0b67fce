"""What stands behind a number → its unit: known measures and counters, compounds by shape, an unknown counter by shape.

Reads from one place in the text on; which number the unit belongs to is the caller's.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

import msgspec
import regex

from qjreport.lexicon import Lexicon

PER: Final = "/／"
SCALES: Final = "十百千万亿"
LATIN: Final = regex.compile(r"[A-Za-zμ°℃%‰]++[²³23]?+(?![A-Za-z\d])")
BRACKET: Final = regex.compile(r"[（(]([\p{Han}、]{1,4})[)）]")
DENOMINATOR: Final = regex.compile(r"[/／](?:[百千万亿]*+)(?=[\p{Han}A-Za-z])")
BY_SHAPE: Final = regex.compile(r"(\p{Han})(?=$|[，。、；：！？,;)）\s]|以上|以下|左右|以内|等)")
NOT_COUNTERS: Final = frozenset(
    "的和与及或至到年月日时分号点金银铜了余多前后上下中内外左右起止底初末之以为是在有也都均各比较增减升降次人"
)


class Known(msgspec.Struct, frozen=True):
    """What the lexicon knows of one unit's name."""

    name: str  # as it is reported
    dimension: str
    code: str | None = None
    factor: str | None = None
    chinese: bool = True  # may stand behind a Chinese numeral


class Found(msgspec.Struct, frozen=True):
    """A unit in the text: it ends at `end`, and is reported as `name`."""

    end: int
    name: str
    dimension: str | None
    code: str | None
    rule: str
    chinese: bool = False
    scale: Decimal | None = None


Index = dict[str, tuple[tuple[str, Known | None], ...]]


@lru_cache(maxsize=8)
def index_units(lexicon: Lexicon) -> Index:
    """First character → names that begin with it, the longest first; None marks a noun that is no unit."""
    table = lexicon.units
    known: dict[str, Known | None] = {}
    for counters in table.counters:
        for name in counters.names:
            known[name] = Known(name, "count", None, "1", counters.chinese)
    for unit in table.units:
        for name in unit.names:
            known[name] = Known(table.rewrites.get(name, name), unit.dimension, unit.code, unit.factor)
    for noun in table.nouns:
        known.setdefault(noun, None)
    index: dict[str, list[tuple[str, Known | None]]] = {}
    for name in sorted(known, key=len, reverse=True):
        index.setdefault(name[0], []).append((name, known[name]))
    return {first: tuple(names) for first, names in index.items()}


def find_unit(text: str, at: int, index: Index) -> Found | None:
    """The unit that begins at `at`, the longest one; None where a noun or nothing follows."""
    known = look_up(text, at, index)
    if known is None:
        return None
    name, unit = known
    end = at + len(name)
    if end < len(text):
        if text[end] in PER:
            return find_rate(text, end, name, unit, index)
        if text[end] in "（(" and unit.dimension == "count":
            bracket = BRACKET.match(text, end)
            if bracket is not None:
                inner = bracket[1]
                hit = look_up(text, end + 1, index)
                if hit is not None and (len(hit[0]) == len(inner)) or len(inner) == 1:
                    written = text[at : bracket.end()]
                    return Found(bracket.end(), written, "count", None, "unit.bracketed", True)
    rule = "unit.counter" if unit.dimension == "count" else "unit.measure"
    return Found(end, unit.name, unit.dimension, unit.code, rule, unit.chinese)


def look_up(text: str, at: int, index: Index) -> tuple[str, Known] | None:
    for name, known in index.get(text[at : at + 1], ()):
        if text.startswith(name, at):
            if name[-1].isascii() and name[-1].isalpha() and text[at + len(name) : at + len(name) + 1].isascii():
                after = text[at + len(name) : at + len(name) + 1]
                if after.isalnum():
                    continue
            return None if known is None else (name, known)
    return None


def find_rate(text: str, slash: int, name: str, unit: Known, index: Index) -> Found:
    """微克/立方米, 元/人, 万元/亩, 吨标准煤/万元: whatever stands under the stroke is taken as written."""
    plain = Found(slash, unit.name, unit.dimension, unit.code, "unit.measure")
    over = DENOMINATOR.match(text, slash)
    if over is None:
        return plain
    below = look_up(text, over.end(), index)
    if below is None:
        return plain
    end = over.end() + len(below[0])
    written = unit.name + text[slash:end]
    code = f"{unit.code}/{below[1].code}" if unit.code and below[1].code and over.end() == slash + 1 else None
    return Found(end, written, f"{unit.dimension}/{below[1].dimension}", code, "unit.rate", True)


def find_unknown(text: str, at: int) -> Found | None:
    """A single character between the number and a stop is a counter that the lexicon lacks: 种植30畦，."""
    shape = BY_SHAPE.match(text, at)
    if shape is None or shape[1] in NOT_COUNTERS:
        return None
    return Found(shape.end(), shape[1], None, None, "unit.by_shape")
