"""Units as tables write them (万人, 亿元, 万吨/年, %), read away from any number: the multiplier and what is left."""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re, compile_regex

EXACT: Final = Context(prec=1000)  # more digits than any cell has
SCALES: Final = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
IN_BRACKETS: Final = compile_re(
    r"[（(\[]\s?(?:单位\s?[:：]\s?)?(?P<unit>[^（）()]{1,10}(?:[（(][^（）()]{1,4}[）)])?)\s?[）)\]]\s*$"
)
AT_END: Final = compile_regex(r"(?P<unit>[%％‰])\s*$|[,，]\s?(?P<unit>\p{Han}{1,6})\s*$")
PARTS: Final = compile_re(r"[/／（()）·]")
UNKNOWN: Final = compile_regex(r"^[\p{Han}A-Za-z/／（）()²³·]{1,12}$")
SEPARATORS: Final = compile_re(r"[、，,;；]|\s+")


class TableUnit(msgspec.Struct, frozen=True):
    """A unit and the multiplier that stood before it: 万人 is 人, 10000."""

    name: str
    scale: int = 1
    code: str | None = None
    dimension: str | None = None


class UnitWords(msgspec.Struct, frozen=True, eq=False):
    """Names of units with code and dimension, and those whose first character looks like a multiplier."""

    known: dict[str, tuple[str | None, str | None]]
    rewrites: dict[str, str]
    whole: tuple[str, ...]


@lru_cache(maxsize=4)
def compile_units(lexicon: Lexicon) -> UnitWords:
    units = lexicon.units
    known: dict[str, tuple[str | None, str | None]] = {}
    for counter in units.counters:
        known |= dict.fromkeys(counter.names, (None, "count"))
    for unit in units.units:
        known |= dict.fromkeys(unit.names, (unit.code, unit.dimension))
    return UnitWords(known, units.rewrites, (*units.prefixes, *lexicon.markers.tables.whole_units))


def read_unit(text: str, words: UnitWords) -> TableUnit | None:
    """The unit that `text` is as a whole, None where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> words = compile_units(load_lexicon())
    >>> [(unit.name, unit.scale) for unit in (read_unit("万人", words), read_unit("亿千瓦时", words)) if unit]
    [('人', 10000), ('千瓦时', 100000000)]
    >>> read_unit("不含农户", words)
    """
    name = "".join(text.split()).strip("：:")
    scale = 1
    while len(name) > 1 and name[0] in SCALES and not name.startswith(words.whole):
        scale *= SCALES[name[0]]
        name = name[1:]
    name = words.rewrites.get(name, name)
    if name in words.known:
        code, dimension = words.known[name]
        return TableUnit(name, scale, code, dimension)
    if is_compound(name, words):
        return TableUnit(name, scale)
    return None


def read_unit_cell(text: str, words: UnitWords) -> TableUnit | None:
    """The unit in a cell of a unit column, which is one even where the lexicon does not have it (万线)."""
    name = "".join(text.split())
    found = read_unit(name, words)
    if found or not UNKNOWN.match(name):
        return found
    scale = 1
    while len(name) > 1 and name[0] in SCALES and not name.startswith(words.whole):
        scale *= SCALES[name[0]]
        name = name[1:]
    return TableUnit(name, scale)


def is_compound(name: str, words: UnitWords) -> bool:
    """台（套）, 元/人, 吨标准煤/万元: each part is a unit of its own."""
    parts = PARTS.split(name)
    if len(parts) < 2 or len(parts) > 4:
        return False
    return all(part.lstrip("十百千万亿") in words.known or part in words.known for part in parts if part)


def find_unit(text: str, words: UnitWords) -> tuple[str, TableUnit | None]:
    """A head without its unit, and the unit: 金额（亿元） is 金额 and 亿元; 增速% is 增速 and %."""
    for pattern in (IN_BRACKETS, AT_END):
        found = pattern.search(text)
        if found:
            unit = read_unit(found["unit"], words)
            if unit:
                return text[: found.start()].strip(), unit
    return text, None


def read_units(text: str, words: UnitWords) -> list[TableUnit]:
    """Every unit of a line 单位：万元、%."""
    found = read_unit(text, words)
    if found:
        return [found]
    return [unit for part in SEPARATORS.split(text) if part and (unit := read_unit(part, words))]


def scale_value(value: Decimal, unit: TableUnit) -> Decimal:
    """The value in full, exact; a whole number without decimals, as prose states it (1.20亿元: 120000000)."""
    if unit.scale == 1:
        return value
    full = EXACT.multiply(value, Decimal(unit.scale))
    whole = full.to_integral_value(context=EXACT)
    return whole if whole == full else full
