"""The shape of indicators.toml: what the items of facts mean, so that facts of many reports can be compared.

`Indicators` is the table as it is written, `expand_name` spells a name with its alternatives out, `merge_indicators`
adds a user's file to the table (`--indicators FILE`). Leaves to check_indicators.py what is wrong with such a file, and
to `qjreport.fact.indicator` the reading of items.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

Words = tuple[str, ...]
Direction = Literal["more", "less", "ceiling", "floor", "none"]
MOST_SPELLINGS = 20_000  # of one name with its alternatives: far more than any name needs


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The units that levels of some indicators have: those of a dimension, those named, or both."""

    units: Words = ()
    dimension: str | None = None
    unit: str | None = None  # the one that values are converted to


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an indicator was called, and in which years."""

    name: str
    since: int | None = None
    until: int | None = None


class Indicator(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One indicator; indicators.toml says what the fields mean."""

    code: str
    chinese: str
    english: str
    group: str
    family: str
    direction: Direction = "none"
    index: bool = False
    items: Words = ()
    growth_items: Words = ()
    share_items: Words = ()
    contains: Words = ()
    without: Words = msgspec.field(default=(), name="not")
    names: tuple[Name, ...] = ()


class Neutral(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words at the ends of an item that change no meaning; `rates` say that the number is one of growth."""

    prefixes: Words = ()
    suffixes: Words = ()
    rates: Words = ()
    whole: dict[str, Words] = {}  # the whole place, by its level, the highest level first
    endings: dict[str, Words] = {}  # of the names of places, by their level
    time: dict[str, Words] = {}  # by the words of a basis, an item or a hedge: annual, average, falling, preliminary …


class Indicators(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """indicators.toml."""

    neutral: Neutral = Neutral()
    parts: dict[str, Words] = {}
    families: dict[str, Family] = {}
    indicators: tuple[Indicator, ...] = ()


class SpellingError(ValueError):
    """A name whose brackets or parts cannot be read."""


def expand_name(name: str, parts: Collection[str]) -> tuple[str, ...]:
    """Every spelling of a name, but for its parts.

    Raises SpellingError where brackets do not close, a part is unknown, or there are too many.

    >>> expand_name("[地区|国内]生产总值", ())
    ('地区生产总值', '国内生产总值', '生产总值')
    >>> expand_name("人均{gdp}", {"gdp"})
    ('人均{gdp}',)
    """
    found, end = expand_sequence(name, 0, parts, "")
    if end != len(name):
        raise SpellingError(f"{name}: {name[end]} closes nothing")
    return tuple(dict.fromkeys(found))


CLOSERS = {"[": "]", "(": ")"}


def expand_sequence(name: str, start: int, parts: Collection[str], closer: str) -> tuple[list[str], int]:
    """The spellings up to `closer`, with alternatives at `|`, and where it stands."""
    alternatives: list[str] = []
    spellings = [""]
    at = start
    while at < len(name) and name[at] not in "])":
        character = name[at]
        if character == "|" and closer:
            alternatives += spellings
            spellings, at = [""], at + 1
            continue
        if character in CLOSERS:
            inner, at = expand_sequence(name, at + 1, parts, CLOSERS[character])
            if name[at : at + 1] != CLOSERS[character]:
                raise SpellingError(f"{name}: {character} is not closed")
            inner, at = ([*inner, ""] if character == "[" else inner), at + 1
        elif character == "{":
            inner, at = expand_part(name, at, parts)
        else:
            inner, at = [character], at + 1
        spellings = [before + after for before in spellings for after in inner]
        if len(spellings) > MOST_SPELLINGS:
            raise SpellingError(f"{name}: more than {MOST_SPELLINGS} spellings")
    return alternatives + spellings, at


def expand_part(name: str, at: int, parts: Collection[str]) -> tuple[list[str], int]:
    end = name.find("}", at)
    if end < 0 or name[at + 1 : end] not in parts:
        raise SpellingError(f"{name}: {name[at : end + 1] or '{'} is none of the parts")
    return [name[at : end + 1]], end + 1


def spell_parts(parts: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Every spelling of every part → the part as names write it.

    >>> spell_parts({"gdp": ["[地区]生产总值"]})
    {'地区生产总值': '{gdp}', '生产总值': '{gdp}'}
    """
    return {
        spelling: f"{{{part}}}" for part, words in parts.items() for word in words for spelling in expand_name(word, ())
    }


LISTS = ("items", "growth_items", "share_items", "contains", "not", "names")
FLAGS = ("replace", "drop")  # of an entry of a user's file


def merge_indicators(base: Indicators, plain: Mapping[str, Any]) -> Indicators:
    """The table with a user's file, which has been checked: its entries override those of the same code.

    Fields that an entry gives replace those of the table, lists of words are added to them; `replace = true` makes the
    entry stand alone, `drop = true` takes the indicator away. New indicators come before those of the table, so that
    they win where both know a name.
    """
    table: dict[str, dict[str, Any]] = {one.code: msgspec.to_builtins(one) for one in base.indicators}
    new: dict[str, dict[str, Any]] = {}
    for entry in plain.get("indicators", ()):
        fields = {key: value for key, value in entry.items() if key not in FLAGS}
        code = fields["code"]
        if entry.get("drop"):
            table.pop(code, None)
        elif code not in table or entry.get("replace"):
            (table if code in table else new)[code] = fields
        else:
            known = table[code]
            added = {key: [*fields[key], *known.get(key, ())] for key in LISTS if key in fields}
            table[code] = {**known, **fields, **added}
    neutral = msgspec.to_builtins(base.neutral)
    for key, words in plain.get("neutral", {}).items():
        neutral[key] = [*neutral[key], *words]
    whole = {
        "neutral": neutral,
        "parts": {**base.parts, **plain.get("parts", {})},
        "families": {**msgspec.to_builtins(base.families), **plain.get("families", {})},
        "indicators": [*new.values(), *table.values()],
    }
    return msgspec.convert(whole, Indicators)


def list_names(indicator: Indicator, parts: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Every spelling of every name, with the name as it is written and the list that it is of."""
    for key in ("items", "growth_items", "share_items"):
        for name in getattr(indicator, key):
            for spelling in expand_name(name, parts):
                yield spelling, name, key
