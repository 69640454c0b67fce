"""What is wrong with a file of more words, by line: `qjreport lexicon check FILE.toml`.

An error is what would make the file useless or change what a word means; a note is a word that is known already,
which harms nothing, so that a file lives on when a later version learns its words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec
import regex

from qjreport.lexicon.check_unit import check_units
from qjreport.lexicon.extend import BOUNDS, ITEM_LISTS, MAPPINGS, TABLES, find_table, read_toml
from qjreport.lexicon.fault import Fault, Severity, is_list_of_words, judge_word, suggest
from qjreport.lexicon.lines import Places
from qjreport.lexicon.load import Lexicon

TOP: Final = ("units", "hedges", "names", "items")
AT_LINE: Final = regex.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")
NUMERALS: Final = "零〇一二两三四五六七八九十百千万亿半几数壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
VAGUE_STARTS: Final = NUMERALS + "若多无首"  # what the quantity stage looks at


class Problem(msgspec.Struct, frozen=True):
    line: int  # from 1
    severity: Severity
    message: str


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
    places = Places(text)
    faults = [*check_keys(plain), *check_units(plain, base), *check_lists(plain, base), *check_mappings(plain, base)]
    problems = {Problem(places.find(f.path, f.word, f.nth), f.severity, f.message) for f in faults}
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.severity, problem.message)))


def check_keys(plain: Mapping[str, Any]) -> Iterator[Fault]:
    """Tables and keys that nothing reads, and tables that are none."""
    for key, value in plain.items():
        if key not in TOP:
            yield Fault((key,), f"unknown table {key}{suggest(key, TOP)}")
        elif key != "units" and not isinstance(value, dict):
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
    if table == "names" and key in ("words", "vague"):
        starts = NUMERALS if key == "words" else VAGUE_STARTS
        if word[0] not in starts:
            return f"{word} does not begin with a Chinese numeral: names.{key} would never be asked for it"
        return f"{word} is a single character: it would be taken out of every number" if len(word) < 2 else None
    if table in ("hedges.front", "hedges.behind"):
        groups = base.hedges.front if table.endswith("front") else base.hedges.behind
        for group in groups:
            if word in group.words and group.bound != BOUNDS[key]:
                return f"{word} bounds with {group.bound} already"
    return None


def find_other_bound(table: str, key: str, word: str, found: Mapping[str, Any]) -> str | None:
    """The list before this one that bounds the other way with the same word."""
    if table not in ("hedges.front", "hedges.behind"):
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
    groups = base.hedges.front if table.endswith("front") else base.hedges.behind
    return frozenset(word for group in groups if group.bound == BOUNDS[key] for word in group.words)


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
