"""What is wrong with the [[units]] of a file of words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

import regex

from qjreport.lexicon.extend import COUNT, UNIT_KEYS, spell_factor
from qjreport.lexicon.fault import Fault, is_list_of_words, judge_word, suggest
from qjreport.lexicon.lines import Path
from qjreport.lexicon.load import Lexicon

MULTIPLIERS: Final = "十百千万亿兆"
FACTOR: Final = regex.compile(r"\d{1,60}+(?:\.\d{1,60}+|/\d{1,60}+)?(?:[Ee][+-]?\d{1,3})?")

Known = tuple[str, str | None, Fraction | None]  # dimension, code, factor


def check_units(plain: Mapping[str, Any], base: Lexicon) -> Iterator[Fault]:
    entries = plain.get("units", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        yield Fault(("units",), "units is a list of tables: [[units]]")
        return
    known = describe_units(base)
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        at: Path = ("units", number)
        types = list(check_types(entry, at))
        yield from types
        if types:
            continue
        dimension, code = entry.get("dimension", COUNT), entry.get("code")
        if dimension not in base.units.bases:
            names = tuple(base.units.bases)
            yield Fault((*at, "dimension"), f"unknown dimension {dimension}{suggest(dimension, names)}")
        yield from check_factor(entry, at)
        own = (dimension, code, measure_factor(entry.get("factor")))
        for key, name in (("name", entry["name"]), *(("aliases", alias) for alias in entry.get("aliases", ()))):
            path = (*at, key)
            fault = judge_unit_name(name, base)
            if fault:
                yield Fault(path, fault, name)
            elif name in seen:
                yield Fault(path, f"{name} stands twice in this file", name)
            elif name in known and known[name] != own:
                yield Fault(path, f"{name} is known already as {spell_unit(known[name])}", name)
            elif name in known:
                yield Fault(path, f"{name} is known already", name, severity="note")
            seen.add(name)


def check_types(entry: Mapping[str, Any], at: Path) -> Iterator[Fault]:
    for key in entry.keys() - set(UNIT_KEYS):
        yield Fault((*at, key), f"unknown key units.{key}{suggest(key, UNIT_KEYS)}")
    if "name" not in entry:
        yield Fault(at, "a unit needs a name")
    for key in ("name", "dimension", "code"):
        if key in entry and not isinstance(entry[key], str):
            yield Fault((*at, key), f"{key} is a text in quotation marks")
    if not is_list_of_words(entry.get("aliases", [])):
        yield Fault((*at, "aliases"), "aliases is a list of words")
    if not isinstance(entry.get("chinese", False), bool):
        yield Fault((*at, "chinese"), "chinese is true or false")


def check_factor(entry: Mapping[str, Any], at: Path) -> Iterator[Fault]:
    factor = entry.get("factor")
    if factor is None:
        return
    if isinstance(factor, bool) or measure_factor(factor) is None:
        message = f'factor {factor!s} is no number above zero: write "1000", "0.5" or "2000/3"'
        yield Fault((*at, "factor"), message)


def measure_factor(factor: object) -> Fraction | None:
    """The factor as an exact number, None where it is none; 1000 and "1000.0" are the same."""
    written = spell_factor(factor)
    if written is None or not FACTOR.fullmatch(written):
        return None
    above, _, below = written.partition("/")
    if below and not int(below):
        return None
    value = Fraction(above) / (Fraction(below) if below else 1)
    return value if value > 0 else None


def describe_units(base: Lexicon) -> dict[str, Known]:
    known: dict[str, Known] = {}
    for counter in base.units.counters:
        known |= dict.fromkeys(counter.names, (COUNT, None, None))
    for unit in base.units.units:
        known |= dict.fromkeys(unit.names, (unit.dimension, unit.code, measure_factor(unit.factor)))
    return known


def spell_unit(known: Known) -> str:
    dimension, code, factor = known
    if dimension == COUNT and not code and not factor:
        return "a counter"
    parts = [dimension, f"code {code}" if code else "no code", f"factor {factor}" if factor else "no factor"]
    return ", ".join(parts)


def judge_unit_name(name: str, base: Lexicon) -> str | None:
    if fault := judge_word(name):
        return fault
    if name[0].isdecimal():
        return f"{name} begins with a digit, which is read as part of the number"
    if name[0] in MULTIPLIERS and not name.startswith(base.units.prefixes):
        return f"{name} begins with {name[0]}, which is read as part of the number; give the unit without it"
    return None
