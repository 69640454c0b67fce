"""A file of more words (`--lexicon FILE.toml`) → the lexicon with them. docs/lexicon.md says what such a file holds.

Leaves to check.py what is wrong with a file; what is read here has been checked.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, TypeVar

import msgspec

from qjreport.lexicon.facts import FactWords
from qjreport.lexicon.hedges import Hedges, HedgeWords
from qjreport.lexicon.indicators import merge_indicators
from qjreport.lexicon.load import Lexicon
from qjreport.lexicon.names import Names
from qjreport.lexicon.units import Counter, Unit, Units

Words = tuple[str, ...]
Lists = TypeVar("Lists", bound=msgspec.Struct)

COUNT = "count"  # the dimension of counters (量词), which a unit has that names no other
UNIT_KEYS = ("name", "aliases", "dimension", "code", "factor", "chinese")
BOUNDS: dict[str, Literal[">=", "<=", "~"]] = {"at_least": ">=", "at_most": "<=", "about": "~"}
# Lists of `items` → the part of facts.toml that holds the list of the same name.
ITEM_LISTS = {
    "openers": "item",
    "facets": "item",
    "measures": "item",
    "nominal": "item",
    "people": "item",
    "amounts": "item",
    "light": "predicate",
    "closers": "predicate",
    "kept": "predicate",
    "noun_after": "predicate",
}
# Table of the file → the lists of words that it may hold. Under items.pairs and items.structures every key is a word.
TABLES: dict[str, Words] = {
    "hedges": ("coloured",),
    "hedges.front": tuple(BOUNDS),
    "hedges.after": tuple(BOUNDS),
    "hedges.behind": tuple(BOUNDS),  # what files called hedges.after before
    "names": Names.__struct_fields__,
    "items": tuple(ITEM_LISTS),
}
MAPPINGS = ("items.pairs", "items.structures")


class UnitWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of [[units]]."""

    name: str  # the one that is reported, however it is written
    aliases: Words = ()
    dimension: str = COUNT
    code: str | None = None
    factor: str | None = None
    chinese: bool = False  # for counters: trusted after a Chinese numeral

    def is_counter(self) -> bool:
        return self.dimension == COUNT and self.code is None and self.factor is None


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one file; `lists` by table and key: ("hedges.front", "at_least")."""

    units: tuple[UnitWord, ...] = ()
    lists: dict[tuple[str, str], Words] = msgspec.field(default_factory=dict)
    indicators: dict[str, Any] = msgspec.field(default_factory=dict)  # its tables for indicators.toml, as they stand

    def take(self, table: str, key: str) -> Words:
        return self.lists.get((table, key), ())

    def take_all(self, table: str) -> dict[str, Words]:
        return {key: words for (place, key), words in self.lists.items() if place == table}


def read_toml(text: str) -> dict[str, Any]:
    """Raises tomllib.TOMLDecodeError. A factor written as a number stays exact."""
    return tomllib.loads(text, parse_float=Decimal)


def read_extension(text: str) -> Extension:
    """The words of a file without faults.

    >>> read_extension('items.facets = ["总库容"]').take("items", "facets")
    ('总库容',)
    """
    plain = read_toml(text)
    units = tuple(
        UnitWord(**{**unit, "aliases": tuple(unit.get("aliases", ())), "factor": spell_factor(unit.get("factor"))})
        for unit in plain.get("units", ())
    )
    lists: dict[tuple[str, str], Words] = {}
    for table in (*TABLES, *MAPPINGS):
        for key, words in find_table(plain, table).items():
            if isinstance(words, list):
                lists[table, key] = tuple(words)
    indicators: dict[str, Any] = {
        key: plain[key] for key in ("indicators", "families", "parts", "neutral") if key in plain
    }
    return Extension(units=units, lists=lists, indicators=indicators)


def find_table(plain: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Any = plain
    for part in name.split("."):
        found = found.get(part, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}


def spell_factor(factor: object) -> str | None:
    return None if factor is None else str(factor)


def extend_lexicon(base: Lexicon, extensions: Sequence[Extension], digest: str) -> Lexicon:
    """`base` with the words of every file, a new lexicon; `digest` is of all the bytes that it was made of."""
    whole = base
    for extension in extensions:
        whole = msgspec.structs.replace(
            whole,
            units=extend_units(whole.units, extension.units),
            hedges=extend_hedges(whole.hedges, extension),
            names=extend_fields(whole.names, extension.take_all("names")),
            facts=extend_facts(whole.facts, extension),
            indicators=merge_indicators(whole.indicators, extension.indicators)
            if extension.indicators
            else whole.indicators,
        )
    return msgspec.structs.replace(whole, digest=digest)


def extend_units(units: Units, words: Iterable[UnitWord]) -> Units:
    more: list[Unit] = []
    counters: list[Counter] = []
    rewrites = dict(units.rewrites)
    for word in words:
        names = (word.name, *word.aliases)
        rewrites.update(dict.fromkeys(word.aliases, word.name))
        if word.is_counter():
            counters.append(Counter(names=names, chinese=word.chinese))
        else:
            more.append(Unit(names=names, dimension=word.dimension, code=word.code, factor=word.factor))
    return msgspec.structs.replace(
        units, units=(*units.units, *more), counters=(*units.counters, *counters), rewrites=rewrites
    )


def extend_hedges(hedges: Hedges, extension: Extension) -> Hedges:
    def gather(table: str, family: str) -> tuple[HedgeWords, ...]:
        return tuple(
            HedgeWords(words=words, bound=BOUNDS[key], rule=f"{family}.{key}")
            for key, words in extension.take_all(table).items()
        )

    after = (*gather("hedges.after", "bound.behind"), *gather("hedges.behind", "bound.behind"))

    return msgspec.structs.replace(
        hedges,
        front=(*hedges.front, *gather("hedges.front", "bound.front")),
        after=(*hedges.after, *after),
        coloured=(*hedges.coloured, *extension.take("hedges", "coloured")),
    )


def extend_facts(facts: FactWords, extension: Extension) -> FactWords:
    """The words of items; a hedge in front of a number is also known to stand between it and its item."""
    lists = extension.take_all("items")
    front = [word for words in extension.take_all("hedges.front").values() for word in words]
    front += extension.take("hedges", "coloured")
    item = extend_fields(facts.item, {key: lists[key] for key in lists if ITEM_LISTS[key] == "item"})
    predicate = extend_fields(facts.predicate, {key: lists[key] for key in lists if ITEM_LISTS[key] == "predicate"})
    pairs = {word: (both[0], both[1]) for word, both in extension.take_all("items.pairs").items()}
    return msgspec.structs.replace(
        facts,
        item=msgspec.structs.replace(
            item,
            pairs={**item.pairs, **pairs},
            structures={**item.structures, **extension.take_all("items.structures")},
        ),
        predicate=msgspec.structs.replace(predicate, hedges=(*predicate.hedges, *front)),
    )


def extend_fields(struct: Lists, lists: Mapping[str, Words]) -> Lists:
    """A struct of lists with the words of each list after its own."""
    return msgspec.structs.replace(struct, **{key: (*getattr(struct, key), *words) for key, words in lists.items()})
