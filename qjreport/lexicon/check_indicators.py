"""What is wrong with the indicators of a user's file: `qjreport indicators check FILE.toml`, `--indicators FILE`.

Faults are found by key, as in check.py, which gives them their lines. What a later version may learn too (an indicator
that it knows already, a name that another indicator has) is a note and no error: the file's own entry wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

import msgspec
import regex

from qjreport.lexicon.check_faults import Fault, Path, is_list_of_words, judge_word, suggest
from qjreport.lexicon.indicators import (
    FLAGS,
    LISTS,
    Direction,
    Family,
    Indicator,
    Name,
    Neutral,
    SpellingError,
    expand_name,
    list_names,
)
from qjreport.lexicon.load import Lexicon

CODE: Final = regex.compile(r"[a-z][a-z0-9_]*+")
KEYS: Final = tuple(field.encode_name for field in msgspec.structs.fields(Indicator))
NEEDED: Final = ("chinese", "english", "group", "family")
NAME_LISTS: Final = ("items", "growth_items", "share_items")
DIRECTIONS: Final = get_args(Direction)
TABLES: Final = ("indicators", "families", "parts", "neutral")


def check_indicators(plain: Mapping[str, Any], base: Lexicon) -> Iterator[Fault]:
    """Everything that is wrong with the tables of TABLES in a file, as an addition to `base`."""
    for table in ("families", "parts", "neutral"):
        if not isinstance(plain.get(table, {}), dict):
            yield Fault((table,), f"{table} is a table: [{table}]")
            return
    yield from check_families(plain.get("families", {}), base)
    yield from check_parts(plain.get("parts", {}))
    yield from check_neutral(plain.get("neutral", {}))
    entries = plain.get("indicators", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        yield Fault(("indicators",), "indicators is a list of tables: [[indicators]]")
        return
    yield from Entries(plain, base).check(entries)


def check_families(families: Mapping[str, Any], base: Lexicon) -> Iterator[Fault]:
    for name, family in families.items():
        try:
            made = msgspec.convert(family, Family)
        except msgspec.ValidationError as error:
            yield Fault(("families", name), f"families.{name}: {error}")
            continue
        if made.dimension is not None and made.dimension not in base.units.bases:
            message = f"unknown dimension {made.dimension}{suggest(made.dimension, tuple(base.units.bases))}"
            yield Fault(("families", name, "dimension"), message)
        if not made.units and made.dimension is None:
            yield Fault(("families", name), f"families.{name} needs units or a dimension")


def check_parts(parts: Mapping[str, Any]) -> Iterator[Fault]:
    for name, words in parts.items():
        if not is_list_of_words(words) or not words:
            yield Fault(("parts", name), f"parts.{name} is a list of words")
            continue
        for word in words:
            yield from check_spelling(("parts", name), word, frozenset())


def check_neutral(neutral: Mapping[str, Any]) -> Iterator[Fault]:
    known = ("prefixes", "suffixes", "rates")
    for key, words in neutral.items():
        if key not in Neutral.__struct_fields__:
            yield Fault(("neutral", key), f"unknown key neutral.{key}{suggest(key, known)}")
        elif key not in known:
            yield Fault(("neutral", key), f"neutral.{key} is the package's own; a file adds {', '.join(known)}")
        elif not is_list_of_words(words):
            yield Fault(("neutral", key), f"neutral.{key} is a list of words")


def check_spelling(path: Path, word: str, parts: frozenset[str]) -> Iterator[Fault]:
    fault = judge_word(word)
    if fault is None:
        try:
            expand_name(word, parts)
        except SpellingError as error:
            fault = str(error)
    if fault is not None:
        yield Fault(path, fault, word)


class Entries:
    """The entries of [[indicators]], each against the table and those before it."""

    def __init__(self, plain: Mapping[str, Any], base: Lexicon) -> None:
        table = base.indicators
        self.known = {one.code: one for one in table.indicators}
        self.families = (*table.families, *plain.get("families", {}))
        self.parts = frozenset((*table.parts, *plain.get("parts", {})))
        self.owners = {
            (spelling, one.family): one.code
            for one in table.indicators
            for spelling, _, _ in list_names(one, frozenset(table.parts))
        }
        self.seen: set[str] = set()

    def check(self, entries: list[dict[str, Any]]) -> Iterator[Fault]:
        for number, entry in enumerate(entries):
            at: Path = ("indicators", number)
            faults = list(self.check_entry(entry, at))
            yield from faults
            if not any(fault.severity == "error" for fault in faults):
                yield from self.find_owners(entry, at)

    def check_entry(self, entry: Mapping[str, Any], at: Path) -> Iterator[Fault]:
        code = entry.get("code")
        if not isinstance(code, str) or not CODE.fullmatch(code):
            yield Fault((*at, "code"), "an indicator needs a code of small letters, digits and _: new_jobs")
            return
        if code in self.seen:
            yield Fault((*at, "code"), f"{code} stands twice in this file", code)
        self.seen.add(code)
        for key in entry.keys() - {*KEYS, *FLAGS}:
            yield Fault((*at, key), f"unknown key indicators.{key}{suggest(key, (*KEYS, *FLAGS))}")
        for key in (*FLAGS, "index"):
            if not isinstance(entry.get(key, False), bool):
                yield Fault((*at, key), f"{key} is true or false")
        if entry.get("drop"):
            if code not in self.known:
                yield Fault((*at, "drop"), f"there is no indicator {code} to drop{suggest(code, tuple(self.known))}")
            return
        if code not in self.known or entry.get("replace"):
            yield from self.check_needed(entry, at, code)
        elif code in self.known:
            yield Fault((*at, "code"), f"{code} is known already: the file adds to it", code, severity="note")
        yield from self.check_fields(entry, at)

    def check_needed(self, entry: Mapping[str, Any], at: Path, code: str) -> Iterator[Fault]:
        for key in NEEDED:
            if key not in entry:
                yield Fault(at, f"{code} is new and needs {key}")
        if not any(entry.get(key) for key in (*NAME_LISTS, "contains")):
            yield Fault(at, f"{code} needs names: items, growth_items, share_items or contains")

    def check_fields(self, entry: Mapping[str, Any], at: Path) -> Iterator[Fault]:
        for key in NEEDED:
            if not isinstance(entry.get(key, ""), str):
                yield Fault((*at, key), f"{key} is a text in quotation marks")
        family, direction = entry.get("family"), entry.get("direction", "none")
        if isinstance(family, str) and family not in self.families:
            yield Fault((*at, "family"), f"unknown family {family}{suggest(family, self.families)}", family)
        if direction not in DIRECTIONS:
            yield Fault((*at, "direction"), f"direction is one of {', '.join(DIRECTIONS)}")
        for key in LISTS:
            if key == "names":
                yield from check_names(entry.get(key, []), (*at, key))
            elif not is_list_of_words(entry.get(key, [])):
                yield Fault((*at, key), f"{key} is a list of words")
            elif key in NAME_LISTS:
                for word in entry.get(key, []):
                    yield from check_spelling((*at, key), word, self.parts)

    def find_owners(self, entry: Mapping[str, Any], at: Path) -> Iterator[Fault]:
        """Notes of names that other indicators of the same units have: the file's entry wins."""
        code = entry["code"]
        family = entry.get("family") or (self.known[code].family if code in self.known else "")
        for key in NAME_LISTS:
            for word in entry.get(key, []):
                owners = {self.owners.get((spelling, family)) for spelling in expand_name(word, self.parts)}
                for owner in sorted(owners - {None, code}, key=str):
                    yield Fault((*at, key), f"{word} is a name of {owner} as well", word, severity="note")


def check_names(names: object, at: Path) -> Iterator[Fault]:
    try:
        msgspec.convert(names, tuple[Name, ...])
    except msgspec.ValidationError:
        yield Fault(at, 'names is a list of tables: { name = "…", since = 2012, until = 2014 }')
