"""The shape of units.toml: measures with code, dimension and factor, and the counters (量词).

Nothing here reads text; `qjreport.text.units` looks the words up.
"""

import msgspec


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One measure under all the names that it is written with.

    `factor` times the value gives the value in the dimension's base unit: an exact decimal, or a fraction such as
    2000/3 where no decimal is exact. None where no factor does it (摄氏度: the zero differs) or none is agreed on.
    """

    names: tuple[str, ...]
    dimension: str
    code: str | None = None  # ISO 4217 for money, UCUM for the rest
    factor: str | None = None


class Counter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counters of one sort: all have the dimension `count` and no code."""

    names: tuple[str, ...]
    chinese: bool = False  # plain enough a counter to trust after a Chinese numeral: 三家, but not 三面


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """units.toml."""

    bases: dict[str, str]  # dimension → its base unit, by code
    units: tuple[Unit, ...]
    counters: tuple[Counter, ...]
    rewrites: dict[str, str]  # a name → the one it is reported under: 百分点 → 个百分点
    nouns: tuple[str, ...]  # words that begin like a counter and are none: 人口, 项目
    prefixes: tuple[str, ...]  # 千 and 百 that belong to the unit after them: 千瓦, 百帕
    under: dict[str, str]  # a unit that stands under a stroke only → the one that it shortens: 蒸吨/时
