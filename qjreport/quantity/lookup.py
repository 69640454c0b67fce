"""The lexicon's words as the readers look them up: indexes and patterns, built once for a lexicon."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.quantity.bound import HedgeIndex, index_hedges
from qjreport.quantity.numeral import build_number
from qjreport.quantity.unit import Index, index_units

Phrases = dict[str, tuple[str, ...]]  # the first two characters → phrases that begin with them, the longest first


class Lookup(msgspec.Struct, frozen=True):
    units: Index
    hedges: HedgeIndex
    prefixes: tuple[str, ...]
    number: re.Pattern[str]
    words: Phrases
    vague: Phrases
    ordinal: re.Pattern[str]
    rank: re.Pattern[str]
    not_rank: re.Pattern[str]
    structure: re.Pattern[str]
    own: re.Pattern[str]
    spans: tuple[str, ...]
    counting: tuple[str, ...]
    counted: tuple[str, ...]
    name_heads: tuple[str, ...]
    name_tail: re.Pattern[str]
    postal: re.Pattern[str]


def one_of(words: tuple[str, ...]) -> str:
    """An alternation of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def index_phrases(words: tuple[str, ...]) -> Phrases:
    index: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        index.setdefault(word[:2], []).append(word)
    return {head: tuple(group) for head, group in index.items()}


def find_phrase(text: str, at: int, phrases: Phrases) -> int:
    """Where the phrase that begins at `at` ends; 0 where none does."""
    for phrase in phrases.get(text[at : at + 2], ()):
        if text.startswith(phrase, at):
            return at + len(phrase)
    return 0


@lru_cache(maxsize=8)
def build_lookup(lexicon: Lexicon) -> Lookup:
    names = lexicon.names
    return Lookup(
        units=index_units(lexicon),
        hedges=index_hedges(lexicon),
        prefixes=lexicon.units.prefixes,
        number=build_number(lexicon),
        words=index_phrases(names.words),
        vague=index_phrases(names.vague),
        ordinal=re.compile(one_of(names.ordinals)),
        rank=re.compile(rf"(?:{one_of((*names.ranks, *names.rank_fields))})[^，。；！？,;]{{0,8}}$"),
        not_rank=re.compile(rf"(?:{one_of(names.not_ranks)})$"),
        structure=re.compile(rf"[“‘]|{one_of(names.structure)}"),
        own=re.compile(rf"(?:{one_of(names.adverbs)})|[^，。；、,;\d]{{0,12}}之一"),
        spans=names.spans,
        counting=names.counting,
        counted=names.counted,
        name_heads=names.name_heads,
        name_tail=re.compile(one_of(names.name_tails)),
        postal=re.compile(rf"(?:{one_of(names.postal)})[:： ]{{0,3}}$"),
    )
