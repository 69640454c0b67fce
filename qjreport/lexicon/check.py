"""What is wrong with a file of more words, by line: `qjreport lexicon check FILE.toml`.

An error is what would make the file useless or change what a word means; a note is a word that is known already,
which harms nothing, so that a file lives on when a later version learns its words.

`Places` finds the line of a key or a word, which tomllib forgets: it scans the lines for headers and keys, knows no
more of TOML than a file of words needs, and answers with the nearest place that it knows. A `Fault` is what is wrong
and where; `check_extension` gathers them from the checks of the tables.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

import msgspec
import regex

from qjreport.lexicon.check_faults import Fault, Path, Severity, is_list_of_words, judge_word, suggest
from qjreport.lexicon.check_indicators import TABLES as INDICATOR_TABLES
from qjreport.lexicon.check_indicators import check_indicators
from qjreport.lexicon.extend import (
    BOUNDS,
    COUNT,
    ITEM_LISTS,
    MAPPINGS,
    TABLES,
    UNIT_KEYS,
    find_table,
    read_toml,
    spell_factor,
)
from qjreport.lexicon.hedges import HedgeWords
from qjreport.lexicon.load import Lexicon

NAME: Final = r"(?:[\w-]++|\"[^\"]*+\"|'[^']*+')"
HEADER: Final = regex.compile(rf"\s*+(\[\[?)\s*+({NAME}(?:\s*+\.\s*+{NAME})*+)\s*+\]\]?\s*+(?:#.*+)?$")
KEY: Final = regex.compile(rf"\s*+({NAME}(?:\s*+\.\s*+{NAME})*+)\s*+=")
PART: Final = regex.compile(NAME)
LISTED: Final = regex.compile(r"\s*+\[\s*+[\"'\]]")  # a line of a list of lists, which is no header


class Places:
    """Keys and headers of a file, each with its line, counted from 1.

    >>> places = Places('# words\\n[[units]]\\nname = "畦"\\n[items]\\nfacets = [\\n  "总库容",\\n]\\n')
    >>> places.find(("units", 0, "name")), places.find(("items", "facets"), "总库容")
    (3, 6)
    """

    def __init__(self, text: str) -> None:
        self.lines = [line.rstrip("\r") for line in text.split("\n")]
        self.places: dict[Path, int] = {}
        self.scan()

    def scan(self) -> None:
        table: Path = ()
        counts: dict[Path, int] = {}
        for number, line in enumerate(self.lines, 1):
            header = None if LISTED.match(line) else HEADER.match(line)
            if header:
                table = split_path(header[2])
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                self.places.setdefault(table, number)
            elif key := KEY.match(line):
                path = split_path(key[1])
                for end in range(1, len(path) + 1):  # front.at_least = … opens front as well
                    self.places.setdefault((*table, *path[:end]), number)

    def find(self, path: Path, word: str | None = None, nth: int = 0) -> int:
        """The line of a key, or of the nearest thing around it; of the `nth` time that `word` stands below it."""
        place = path
        while place and place not in self.places:
            place = place[:-1]
        line = self.places.get(place, 1)
        return line if word is None else self.find_word(line, word, nth)

    def find_word(self, line: int, word: str, nth: int) -> int:
        quoted = (f'"{word}"', f"'{word}'")
        for number, text in enumerate(self.lines[line - 1 :], line):
            times = sum(text.count(written) for written in quoted)
            if nth < times:
                return number
            nth -= times
        return line


def split_path(written: str) -> Path:
    return tuple(part.strip("\"'") for part in PART.findall(written))


MULTIPLIERS: Final = "十百千万亿兆"
LONG_NUMBER: Final = regex.compile(r"\b(?:0[xob])?[0-9a-fA-F_]{1000,}+")
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
        message = f'factor {str(factor)[:80]} is no number above zero: write "1000", "0.5" or "2000/3"'
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


TOP: Final = ("units", "hedges", "names", "items", *INDICATOR_TABLES)
LISTED_TABLES: Final = ("units", "indicators")  # [[units]]
AT_LINE: Final = regex.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
NUMERALS: Final = "零〇一二两三四五六七八九十百千万亿半几数壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
HEDGES: Final = frozenset(table for table in TABLES if table.startswith("hedges."))
VAGUE_STARTS: Final = NUMERALS + "若多无首"  # what the quantity stage looks at


class Problem(msgspec.Struct, frozen=True):
    line: int  # from 1
    severity: Severity
    message: str


def tell_long_number(text: str) -> Problem:
    """Python turns no text of thousands of digits into a number."""
    found = LONG_NUMBER.search(text)
    line = text.count("\n", 0, found.start()) + 1 if found else 1
    return Problem(line, "error", "has a number of too many digits")


def check_extension(data: bytes, base: Lexicon) -> tuple[Problem, ...]:
    """Everything that is wrong with a file's bytes as an addition to `base`, by line. Never raises.

    >>> from qjreport.lexicon import load_lexicon
    >>> [(p.line, p.message) for p in check_extension(b'[items]\\nfacet = ["a"]', load_lexicon())]
    [(2, 'unknown key items.facet; do you mean facets?')]
    """
    try:
        text = data.decode("utf-8-sig")
        plain = read_toml(text)
    except UnicodeDecodeError as error:
        return (Problem(data.count(b"\n", 0, error.start) + 1, "error", "is not UTF-8"),)
    except tomllib.TOMLDecodeError as error:
        at = AT_LINE.search(str(error))
        line = int(at[1]) if at and at[1] else max(1, len(text.splitlines()))
        return (Problem(line, "error", f"is not TOML: {AT_LINE.sub('', str(error))}"),)
    except RecursionError:
        return (Problem(1, "error", "is nested too deeply"),)
    except ValueError:
        return (tell_long_number(text),)
    places = Places(text)
    try:
        faults = [
            *check_keys(plain),
            *check_units(plain, base),
            *check_lists(plain, base),
            *check_mappings(plain, base),
            *check_indicators(plain, base),
        ]
    except ValueError:  # one in hexadecimal, which only its decimal digits are too many of
        return (tell_long_number(text),)
    problems = {Problem(places.find(f.path, f.word, f.nth), f.severity, f.message) for f in faults}
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.severity, problem.message)))


def check_keys(plain: Mapping[str, Any]) -> Iterator[Fault]:
    """Tables and keys that nothing reads, and tables that are none."""
    for key, value in plain.items():
        if key not in TOP:
            yield Fault((key,), f"unknown table {key}{suggest(key, TOP)}")
        elif key not in LISTED_TABLES and not isinstance(value, dict):
            yield Fault((key,), f"{key} is a table: [{key}]")
    for table, keys in TABLES.items():
        inner = tuple(name.rpartition(".")[2] for name in (*TABLES, *MAPPINGS) if name.startswith(f"{table}."))
        for key, value in find_table(plain, table).items():
            path = (*table.split("."), key)
            if key not in (*keys, *inner):
                yield Fault(path, f"unknown key {table}.{key}{suggest(key, (*keys, *inner))}")
            elif key in inner and not isinstance(value, dict):
                yield Fault(path, f"{table}.{key} is a table: [{table}.{key}]")


def check_lists(plain: Mapping[str, Any], base: Lexicon) -> Iterator[Fault]:
    for table, keys in TABLES.items():
        found = find_table(plain, table)
        for key in keys:
            if key not in found:
                continue
            path = (*table.split("."), key)
            if not is_list_of_words(found[key]):
                yield Fault(path, f"{table}.{key} is a list of words")
                continue
            known = list_known(base, table, key)
            seen: dict[str, int] = {}
            for word in found[key]:
                nth = seen.get(word, 0)
                seen[word] = nth + 1
                fault = judge_word(word) or judge_list_word(table, key, word, base)
                if fault:
                    yield Fault(path, fault, word, nth)
                elif nth:
                    yield Fault(path, f"{word} stands twice in {table}.{key}", word, nth)
                elif other := find_other_bound(table, key, word, found):
                    yield Fault(path, f"{word} stands in {table}.{other} as well", word)
                elif word in known:
                    yield Fault(path, f"{word} is known already", word, severity="note")


def judge_list_word(table: str, key: str, word: str, base: Lexicon) -> str | None:
    """What makes a word useless or wrong in its list."""
    if table == "names" and key in ("words", "idle") and not any(c in NUMERALS for c in word):
        return f"{word} has no Chinese numeral in it: names.{key} would never be asked for it"
    if table == "names" and key in ("words", "idle", "vague"):
        if key == "vague" and word[0] not in VAGUE_STARTS:
            return f"{word} does not begin with a Chinese numeral: names.{key} would never be asked for it"
        return f"{word} is a single character: it would be taken out of every number" if len(word) < 2 else None
    if table in HEDGES:
        for group in list_hedges(base, table):
            if word in group.words and group.bound != BOUNDS[key]:
                return f"{word} bounds with {group.bound} already"
    return None


def find_other_bound(table: str, key: str, word: str, found: Mapping[str, Any]) -> str | None:
    """The list before this one that bounds the other way with the same word."""
    if table not in HEDGES:
        return None
    before = TABLES[table][: TABLES[table].index(key)]
    return next((other for other in before if is_list_of_words(found.get(other)) and word in found[other]), None)


def list_known(base: Lexicon, table: str, key: str) -> frozenset[str]:
    if table == "names":
        return frozenset(getattr(base.names, key))
    if table == "items":
        return frozenset(getattr(getattr(base.facts, ITEM_LISTS[key]), key))
    if table == "hedges":
        return frozenset(base.hedges.coloured)
    return frozenset(word for group in list_hedges(base, table) if group.bound == BOUNDS[key] for word in group.words)


def list_hedges(base: Lexicon, table: str) -> tuple[HedgeWords, ...]:
    return base.hedges.front if table == "hedges.front" else base.hedges.after


def check_mappings(plain: Mapping[str, Any], base: Lexicon) -> Iterator[Fault]:
    for table in MAPPINGS:
        name = table.rpartition(".")[2]
        known: Mapping[str, tuple[str, ...]] = getattr(base.facts.item, name)
        for word, parts in find_table(plain, table).items():
            path = (*table.split("."), word)
            if not is_list_of_words(parts) or not parts or any(judge_word(part) for part in parts):
                yield Fault(path, f"{table} gives each word a list of words")
            elif name == "pairs" and len(parts) != 2:
                yield Fault(path, f"{word} stands for two words, not for {len(parts)}")
            elif fault := judge_word(word):
                yield Fault(path, fault)
            elif word in known:
                same = tuple(parts) == tuple(known[word])
                message = f"{word} is known already" + ("" if same else f" as {'、'.join(known[word])}")
                yield Fault(path, message, severity="note" if same else "error")
