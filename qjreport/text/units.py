"""What stands behind a number → its unit: known measures and counters, compounds by shape, an unknown counter by shape.

Reads from one place in the text on; which number the unit belongs to is the caller's.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import measure_words

PER: Final = "/／"
BRACKETED: Final = compile_regex(r"[（(]([\p{Han}、]{1,4})[)）]")
UNDER: Final = compile_regex(r"[/／][百千万亿]{0,2}(?=[\p{Han}A-Za-z㎡])")
UNKNOWN: Final = compile_regex(r"(\p{Han})(?=$|[，。、；：！？,;)）\s]|以上|以下|左右|以内)")
INSIDE: Final = compile_re(r"个([多半])(月|小时|钟头|星期)")
HALF: Final = Decimal("0.5")
NOTHING: Final = Decimal(0)

# Single characters that stand between a number and a stop and are no counters: particles, parts of dates, and the
# nouns of medals (贡献9金、5银、6铜), which a number counts without a unit.
NOT_COUNTERS: Final = frozenset(
    "的和与及或至到年月日时分号点金银铜了余多前后上下中内外左右起止底初末之以为是在有也都均各比较增减升降强级型版代线路成省市县区镇乡村州旗国折"
)


class Unit(msgspec.Struct, frozen=True):
    """A unit as it is reported."""

    name: str
    dimension: str | None
    code: str | None
    rule: str
    chinese: bool = True  # may stand behind a Chinese numeral: 三家


Place = tuple[int, Unit]  # where the unit ends, and the unit


class Index(msgspec.Struct, frozen=True):
    """What may stand behind a number, by name; None marks a noun that is no unit (人口)."""

    known: dict[str, Unit | None]
    lengths: dict[str, tuple[int, ...]]  # first character → lengths of the names that begin with it, the longest first
    latin: frozenset[str]  # names that end in a Latin letter or a digit


@lru_cache(maxsize=8)
def index_units(lexicon: Lexicon) -> Index:
    """The lexicon's units and the nouns that look like them."""
    table = lexicon.units
    known: dict[str, Unit | None] = {}
    for counters in table.counters:
        for name in counters.names:
            known[name] = Unit(table.rewrites.get(name, name), "count", None, "unit.counter", counters.chinese)
    for measure in table.units:
        for name in measure.names:
            known[name] = Unit(table.rewrites.get(name, name), measure.dimension, measure.code, "unit.measure")
    for noun in (*table.nouns, *lexicon.names.counted):
        known.setdefault(noun, None)
    for name in table.under:
        known.setdefault("/" + name, Unit(name, "time", None, "unit.measure"))
    return Index(
        known=known,
        lengths=measure_words(known, 0),
        latin=frozenset(name for name in known if name[-1].isascii() and name[-1].isalnum()),
    )


def find_unit(text: str, at: int, index: Index) -> Place | None:
    """The longest unit that begins at `at`, an offset in code points; None where a noun or nothing known follows.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_unit("5微克/立方米", 1, index_units(load_lexicon()))[1].name
    '微克/立方米'
    """
    name, unit = look_up(text, at, index)
    if unit is None:
        return None
    end = at + len(name)
    if end < len(text):
        beside = text[end]
        if beside in PER:
            return find_rate(text, end, unit, index)
        if beside in "（(" and unit.dimension == "count":
            bracket = BRACKETED.match(text, end)
            if bracket is not None and is_counter(bracket[1], index):
                written = text[at : bracket.end()]
                return bracket.end(), Unit(written, "count", None, "unit.bracketed")
    return end, unit


def look_up(text: str, at: int, index: Index) -> tuple[str, Unit | None]:
    """The longest name that stands at `at`; one in Latin letters must end there (5kW, not 5kWx; 5m2, not 5m20)."""
    for length in index.lengths.get(text[at : at + 1], ()):
        name = text[at : at + length]
        if name in index.known:
            if name in index.latin:
                after = text[at + length : at + length + 1]
                if after.isdecimal() or (after.isascii() and after.isalpha()):
                    continue
            return name, index.known[name]
    return "", None


def is_counter(written: str, index: Index) -> bool:
    """套（间）, 条（个）, 家（次）: what stands in the brackets is a counter too, or a place (个（县）)."""
    if len(written) == 1:
        return True
    name, unit = look_up(written, 0, index)
    return unit is not None and name == written


def find_rate(text: str, slash: int, above: Unit, index: Index) -> Place:
    """微克/立方米, 元/人, 万元/亩, 吨标准煤/万元: what stands under the stroke is kept as written."""
    under = UNDER.match(text, slash)
    if under is None:
        return slash, above
    name, below = look_up(text, under.end(), index)
    if below is None:  # 时 and 月 are units here alone
        name, below = look_up("/" + text[under.end() : under.end() + 1], 0, index)
        name = name[1:]
    if below is None:
        return slash, above
    end = under.end() + len(name)
    if text[end : end + 1] == "·":  # 元/平方米·月
        further, third = look_up(text, end + 1, index)
        further, third = (further, third) if third else look_up("/" + text[end + 1 : end + 2], 0, index)
        if third is not None:
            end += 1 + len(further.removeprefix("/"))
    code = f"{above.code}/{below.code}" if above.code and below.code and under.end() == slash + 1 else None
    dimension = f"{above.dimension}/{below.dimension}"
    return end, Unit(above.name + text[slash:end], dimension, code, "unit.rate")


def find_unknown(text: str, at: int) -> Place | None:
    """A single character between the number and a stop is a counter that the lexicon lacks: 种植30畦，."""
    shape = UNKNOWN.match(text, at)
    if shape is None or shape[1] in NOT_COUNTERS:
        return None
    return shape.end(), Unit(shape[1], None, None, "unit.by_shape")


def find_unit_after(text: str, at: int, index: Index) -> Place | None:
    """The unit behind a number, known or by shape, one space between them at most."""
    if text[at : at + 1] == " ":
        at += 1
    return find_unit(text, at, index) or find_unknown(text, at)


def find_split_unit(text: str, at: int, index: Index) -> tuple[Place, Decimal, str] | None:
    """3个多月 and 3个半小时: the unit around a word of the number, what that adds, and the word where it is rough."""
    hit = INSIDE.match(text, at)
    if hit is None:
        return None
    unit = look_up("个" + hit[2], 0, index)[1]
    if unit is None:
        return None
    return ((hit.end(), unit), HALF, "") if hit[1] == "半" else ((hit.end(), unit), NOTHING, hit[1])
