"""Units as reports write them → name, code and dimension: after a number, in the head of a table, in a cell of its own.

One grammar reads them all. A unit is a measure or a counter of the lexicon (元, 千瓦, 家), perhaps with another
counter in brackets (台（套）), perhaps over others (微克/立方米, 元/平方米·月); code and dimension are made of those of
its parts. After a number it begins where the number ends. In a table it is a whole text, and in front of it stands the
multiplier that the numbers of the table lack (万元).

Where the lexicon has none, the shape tells: a single character between a number and a stop (种植30畦，), and whatever a
column of units holds (万线). Which number a unit belongs to is the caller's.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

import regex

from qjreport.lexicon import Lexicon
from qjreport.text.numerals import EXACT, MULTIPLIERS, SCALES
from qjreport.text.patterns import WordTable, compile_re, compile_regex
from qjreport.text.words import join_words, measure_words


class Unit:
    """A unit as it is reported."""

    __slots__ = ("chinese", "code", "dimension", "name", "rule", "scale")

    def __init__(
        self,
        name: str,
        dimension: str | None = None,
        code: str | None = None,
        rule: str = "",
        chinese: bool = True,
        scale: int = 1,
    ) -> None:
        self.name = name
        self.dimension = dimension
        self.code = code
        self.rule = rule  # that read it
        self.chinese = chinese  # may stand after a Chinese numeral: 三家
        self.scale = scale  # of the multiplier in front of it, which the numbers of a table lack: 万人 is 人, 10000

    def scaled(self, scale: int) -> Unit:
        """The same unit after another multiplier."""
        return Unit(self.name, self.dimension, self.code, self.rule, self.chinese, scale)


Place = tuple[int, Unit]  # where the unit ends, and the unit


class Index(WordTable):
    """What may stand after a number, by name; None marks a noun that is no unit (人口)."""

    known: dict[str, Unit | None]
    lengths: dict[str, tuple[int, ...]]  # first character → lengths of the names that begin with it, the longest first
    latin: frozenset[str]  # names that end in a Latin letter or a digit
    under: dict[str, Unit]  # units under a stroke alone: 元/月
    whole: tuple[str, ...]  # begin with a character that is no multiplier there: 千瓦
    split: re.Pattern[str]  # 个多月, 个半小时
    unknown: regex.Pattern[str]  # a character and what may stand after a counter


@lru_cache(maxsize=8)
def index_units(lexicon: Lexicon) -> Index:
    """The lexicon's units and the nouns that look like them."""
    table, words = lexicon.units, lexicon.numerals
    known: dict[str, Unit | None] = {}
    for counters in table.counters:
        for name in counters.names:
            known[name] = Unit(table.rewrites.get(name, name), "count", None, "unit.counter", counters.chinese)
    for measure in table.units:
        for name in measure.names:
            known[name] = Unit(table.rewrites.get(name, name), measure.dimension, measure.code, "unit.measure")
    for noun in (*table.nouns, *lexicon.names.counted):
        known.setdefault(noun, None)
    under = {name: unit for name, full in table.under.items() if (unit := known[full]) is not None}
    return Index(
        known=known,
        lengths=measure_words(known, 0),
        latin=frozenset(name for name in known if name[-1].isascii() and name[-1].isalnum()),
        under=under,
        whole=(*table.prefixes, *lexicon.markers.tables.whole_units),
        split=compile_re(rf"个([多半])({join_words(words.split)})"),
        unknown=compile_regex(rf"(\p{{Han}})(?=$|[，。、；：！？,;)）\s]|{join_words(words.limits)})"),
    )


NO_NOUN: Final = Unit("", "count", None, "unit.counter")
STROKES: Final = frozenset("/／")
BRACKETED: Final = compile_regex(r"[（(]([\p{Han}、]{1,4})[)）]")


def find_unit(text: str, at: int, index: Index) -> Place | None:
    """The longest unit that begins at `at`, an offset in code points; None where a noun or nothing known follows.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_unit("5微克/立方米", 1, index_units(load_lexicon()))[1].code
    'ug/m3'
    """
    name, unit = look_up(text, at, index)
    if unit is None:
        return None
    end = at + len(name)
    if end < len(text):
        beside = text[end]
        if beside in STROKES:
            return find_rate(text, end, unit, index)
        if beside == EACH and unit.dimension not in (None, "count", "money"):
            return find_each(text, end, unit, index)
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
            if name[-1] == TIMES and len(name) > 1 and opens_noun(text, at + len(name) - 1, index):
                continue  # 17条｜次级河流
            if name in index.latin:
                after = text[at + length : at + length + 1]
                if after.isdecimal() or (after.isascii() and after.isalpha()):
                    continue
            return name, index.known[name]
    return "", None


TIMES: Final = "次"


def opens_noun(text: str, at: int, index: Index) -> bool:
    """Whether a noun begins at `at` that only looks like a counter: 次级, 次干道."""
    return any(
        index.known.get(text[at : at + length], NO_NOUN) is None for length in index.lengths.get(text[at : at + 1], ())
    )


def is_counter(written: str, index: Index) -> bool:
    """套（间）, 条（个）, 家（次）: what stands in the brackets is a counter too, or a place (个（县）)."""
    if len(written) == 1:
        return True
    name, unit = look_up(written, 0, index)
    return unit is not None and name == written


EACH: Final = "每"


def find_each(text: str, end: int, above: Unit, index: Index) -> Place:
    """微克｜每立方米 is 微克/立方米; 每人 and the like say of whom, and are no part of a unit."""
    name, below = look_up(text, end + 1, index)
    if below is None or below.dimension in (None, "count"):
        return end, above
    code = f"{above.code}/{below.code}" if above.code and below.code else None
    unit = Unit(f"{above.name}/{name}", f"{above.dimension}/{below.dimension}", code, "unit.rate")
    return end + 1 + len(name), unit


MOST_UNDER: Final = 3  # units under strokes: 元/人·月
UNDER: Final = compile_regex(r"[/／·][百千万亿]{0,2}(?=[\p{Han}A-Za-z㎡])")


def find_rate(text: str, stroke: int, above: Unit, index: Index) -> Place:
    """微克/立方米, 元/平方米·月, 吨标准煤/万元: what stands under the stroke is kept as written."""
    end, dimension, code = stroke, above.dimension, above.code
    for _ in range(MOST_UNDER):
        under = UNDER.match(text, end)
        if under is None:
            break
        first = end + 1  # the 千 of 千瓦时 is no multiplier
        name, below = look_up(text, first, index) if text.startswith(index.whole, first) else ("", None)
        at = first if below is not None else under.end()
        if below is None:
            name, below = look_up(text, at, index)
        if below is None:
            name = text[at : at + 1]
            after = text[at + 1 : at + 2]
            below = None if name.isascii() and after.isascii() and after.isalnum() else index.under.get(name)
        if below is None:
            break
        code = f"{code}/{below.code}" if code and below.code and at == first else None
        dimension = f"{dimension}/{below.dimension}"
        end = at + len(name)
    return (
        (stroke, above) if end == stroke else (end, Unit(above.name + text[stroke:end], dimension, code, "unit.rate"))
    )


# Single characters that stand between a number and a stop and are no counters: particles, parts of dates, and the
# nouns of medals (贡献9金、5银、6铜), which a number counts without a unit.
NOT_COUNTERS: Final = frozenset(
    "世价的和与及或至到年月日时分号点金银铜了余多前后上下中内外左右起止底初末之以为是在有也都均各比较增减升降强级型版代线路成省市县区镇乡村州旗国折"
)


LONGEST_APART: Final = 9  # characters of a unit that a space parts


def find_unknown(text: str, at: int, index: Index) -> Place | None:
    """A single character between the number and a stop is a counter that the lexicon lacks: 种植30畦，."""
    shape = index.unknown.match(text, at)
    if shape is None or shape[1] in NOT_COUNTERS:
        return None
    if text[at + 1 : at + 2] == " ":  # 300平 方公里
        name, unit = look_up(shape[1] + text[at + 2 : at + LONGEST_APART], 0, index)
        if unit is not None and len(name) > 1:
            return at + 1 + len(name), unit
    return at + 1, Unit(shape[1], None, None, "unit.by_shape")


def find_unit_after(text: str, at: int, index: Index) -> Place | None:
    """The unit after a number, known or by shape, one space between them at most."""
    if text[at : at + 1] == " ":
        at += 1
    return find_unit(text, at, index) or find_unknown(text, at, index)


HALF: Final = Decimal("0.5")
NOTHING: Final = Decimal(0)


def find_split_unit(text: str, at: int, index: Index) -> tuple[Place, Decimal, str] | None:
    """3个多月 and 3个半小时: the unit around a word of the number, what that adds, and the word where it is rough."""
    hit = index.split.match(text, at)
    if hit is None:
        return None
    unit = look_up("个" + hit[2], 0, index)[1]
    if unit is None:
        return None
    return ((hit.end(), unit), HALF, "") if hit[1] == "半" else ((hit.end(), unit), NOTHING, hit[1])


PARTS: Final = compile_re(r"[/／（()）·]")
MOST_PARTS: Final = 4
SHAPE: Final = compile_regex(r"[\p{Han}A-Za-z][\p{Han}A-Za-z/／（）()²³·]{0,11}")


def read_unit(text: str, index: Index) -> Unit | None:
    """The unit that `text` is as a whole, with its multiplier; None where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> index = index_units(load_lexicon())
    >>> [(unit.name, unit.scale, unit.code) for text in ("亿千瓦时", "元/吨") if (unit := read_unit(text, index))]
    [('千瓦时', 100000000, 'kW.h'), ('元/吨', 1, 'CNY/t')]
    >>> read_unit("不含农户", index)
    """
    name = trim_unit(text)
    unit = read_plain(name, index)
    if unit is not None:
        return unit
    name, scale = cut_scale(name, index)
    unit = read_plain(name, index) or read_joined(name, index)
    return None if unit is None else unit.scaled(scale)


def read_any_unit(text: str, index: Index) -> Unit | None:
    """The unit in a cell of a column of units, which is one even where the lexicon does not have it (万线)."""
    unit = read_unit(text, index)
    if unit is not None:
        return unit
    name = trim_unit(text)
    if SHAPE.fullmatch(name) is None:
        return None
    name, scale = cut_scale(name, index)
    return Unit(name, rule="unit.by_shape", scale=scale)


def trim_unit(text: str) -> str:
    return "".join(text.split()).strip("：:")


def cut_scale(name: str, index: Index) -> tuple[str, int]:
    """A unit without the multipliers in front of it, and their product: 亿千瓦时 is 千瓦时, 10 to the 8th."""
    scale = 1
    while len(name) > 1 and name[0] in MULTIPLIERS and not name.startswith(index.whole):
        scale *= int(MULTIPLIERS[name[0]])
        name = name[1:]
    return name, scale


def read_plain(name: str, index: Index) -> Unit | None:
    """A text that is one unit as it stands after a number."""
    place = find_unit(name, 0, index)
    return place[1] if place is not None and place[0] == len(name) else None


def read_joined(name: str, index: Index) -> Unit | None:
    """公顷（亩）, 人次/人（户）: each part is a unit of its own; what they make together has no code."""
    parts = PARTS.split(name)
    if not 1 < len(parts) <= MOST_PARTS or not parts[0] or not (parts[-1] or name.endswith((")", "）"))):
        return None
    joined = all(read_plain(part, index) or read_plain(part.lstrip(SCALES), index) for part in parts if part)
    return Unit(name, rule="unit.bracketed") if joined else None


SEPARATORS: Final = compile_re(r"[、，,;；]|\s+")
IN_BRACKETS: Final = compile_re(
    r"[（(\[]\s?(?:单位\s?[:：]\s?)?(?P<unit>[^（）()]{1,10}(?:[（(][^（）()]{1,4}[）)])?)\s?[）)\]]\s*$"
)
AT_END: Final = compile_regex(r"(?P<unit>[%％‰])\s*$|[,，]\s?(?P<unit>\p{Han}{1,6})\s*$")


def read_units(text: str, index: Index) -> list[Unit]:
    """Every unit of a line 单位：万元、%."""
    unit = read_unit(text, index)
    if unit is not None:
        return [unit]
    return [unit for part in SEPARATORS.split(text) if part and (unit := read_unit(part, index))]


def cut_units(text: str, index: Index) -> tuple[str, list[Unit]]:
    """The head of a column or row without its units, and the units.

    >>> from qjreport.lexicon import load_lexicon
    >>> index = index_units(load_lexicon())
    >>> for text in ("金额（亿元）", "增速%", "产量（万吨、%）", "房屋（不含农户）"):
    ...     head, units = cut_units(text, index)
    ...     print(head, [(unit.name, unit.scale) for unit in units])
    金额 [('元', 100000000)]
    增速 [('%', 1)]
    产量 [('吨', 10000), ('%', 1)]
    房屋（不含农户） []
    """
    for pattern in (IN_BRACKETS, AT_END):
        found = pattern.search(text)
        if found is not None:
            units = read_units(found["unit"], index)
            if units and all(read_unit(part, index) for part in SEPARATORS.split(found["unit"])):
                return text[: found.start()].strip(), units
    return text, []


def scale_value(value: Decimal, unit: Unit) -> Decimal:
    """The value in full, exact; a whole number without decimals, as prose states it (1.20亿元: 120000000)."""
    if unit.scale == 1:
        return value
    full = EXACT.multiply(value, Decimal(unit.scale))
    whole = full.to_integral_value(context=EXACT)
    return whole if whole == full else full
