"""The lexicon's words as the readers look them up: indexes and patterns, built once for a lexicon."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.quantity.bound import HedgeIndex, index_hedges
from qjreport.quantity.numeral import build_number
from qjreport.quantity.unit import Index, index_units
from qjreport.text.patterns import compile_re
from qjreport.text.words import join_words

Phrases = dict[str, tuple[tuple[str, bool], ...]]  # the first two characters → phrases; whether they are vague counts


class Lookup(msgspec.Struct, frozen=True):
    units: Index
    hedges: HedgeIndex
    prefixes: tuple[str, ...]
    number: re.Pattern[str]
    phrases: Phrases
    ordinal: re.Pattern[str]
    ordinal_starts: frozenset[str]
    rank: re.Pattern[str]
    not_rank: re.Pattern[str]
    structure: re.Pattern[str]
    own: re.Pattern[str]
    own_starts: frozenset[str]
    spans: tuple[str, ...]
    counting: tuple[str, ...]
    counted: tuple[str, ...]
    name_heads: tuple[str, ...]
    name_tail: re.Pattern[str]
    postal: re.Pattern[str]


def index_phrases(vague: tuple[str, ...], words: tuple[str, ...]) -> Phrases:
    """Vague counts before the words that count nothing, the longest of each first."""
    index: dict[str, list[tuple[str, bool]]] = {}
    for group in (vague, words):
        for word in sorted(group, key=len, reverse=True):
            index.setdefault(word[:2], []).append((word, group is vague))
    return {head: tuple(found) for head, found in index.items()}


def counts_own(text: str, end: int, lookup: Lookup) -> bool:
    """Whether a count that ends here is one of what is said (7个大幅提升) or one of a few (三个…之一)."""
    near = text[end : end + 1] in lookup.own_starts or text.find("之一", end, end + 14) >= 0
    return near and lookup.own.match(text, end) is not None


@lru_cache(maxsize=8)
def build_lookup(lexicon: Lexicon) -> Lookup:
    names = lexicon.names
    return Lookup(
        units=index_units(lexicon),
        hedges=index_hedges(lexicon),
        prefixes=lexicon.units.prefixes,
        number=build_number(lexicon),
        phrases=index_phrases(names.vague, names.words),
        ordinal=compile_re(join_words(names.ordinals)),
        ordinal_starts=frozenset(word[0] for word in names.ordinals),
        rank=compile_re(rf"(?:{join_words((*names.ranks, *names.rank_fields))})[^，。；！？,;]{{0,8}}$"),
        not_rank=compile_re(rf"(?:{join_words(names.not_ranks)})$"),
        structure=compile_re(rf"[“‘]|{join_words(names.structure)}"),
        own=compile_re(rf"(?:{join_words(names.adverbs)})|[^，。；、,;\d]{{0,12}}之一"),
        own_starts=frozenset(word[0] for word in names.adverbs),
        spans=names.spans,
        counting=names.counting,
        counted=names.counted,
        name_heads=names.name_heads,
        name_tail=compile_re(join_words(names.name_tails)),
        postal=compile_re(rf"(?:{join_words(names.postal)})[:： ]{{0,3}}$"),
    )
