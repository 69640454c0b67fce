"""The text under reading, with what has been found in it so far."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model import Bound, FactKind, Quantity, Why
from qjreport.quantity.hedges import (
    HedgeIndex,
    find_behind,
    find_colour,
    find_distant,
    find_front,
    index_hedges,
    is_achieved,
    is_coloured,
    join_hedge,
)
from qjreport.quantity.numeral import build_number
from qjreport.text.numerals import EXACT, Number
from qjreport.text.patterns import compile_re
from qjreport.text.units import Index, Unit, index_units
from qjreport.text.words import join_words

# The lexicon's words as the readers look them up: indexes and patterns, built once for a lexicon.

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


TIMES: Final = frozenset(("time", "working time"))
PLACES: Final = Decimal("0.000000000001")  # 12 digits of a fraction that no decimal gives exactly


class Scope:
    """One text. `out` is kept sorted and free of overlaps by its readers, who only ever go forward."""

    __slots__ = ("block", "coloured", "done", "lookup", "out", "straight", "text", "unshared")

    def __init__(self, text: str, block: int, lookup: Lookup) -> None:
        self.text = text
        self.block = block
        self.lookup = lookup
        self.unshared = -1  # as far as a list of numbers is known to have no unit
        self.straight = False  # inside a pair of straight quotation marks
        self.coloured = is_coloured(text, lookup.hedges)
        self.done = 0  # where the last number ended
        self.out: list[Quantity] = []

    def note(self, start: int, end: int, why: Why, *rules: str) -> int:
        """Enter a number that is no quantity."""
        if start < self.done:
            start = self.done
        if start < end:
            self.done = end
            self.out.append(
                Quantity(block=self.block, start=start, end=end, quote=self.text[start:end], why=why, rules=rules)
            )
        return end

    def enter(
        self,
        start: int,
        end: int,
        value: Number,
        unit: Unit | None,
        *,
        value_to: Number | None = None,
        rough: str = "",
        front: str = "",
        kind: FactKind | None = None,
        bound: Bound | None = None,
        structure: bool = False,
        characters: bool = False,
        rules: tuple[str, ...] = (),
    ) -> int:
        """Enter a quantity that ends at `end`, unit included; hedges around it are read here."""
        text, hedges = self.text, self.lookup.hedges
        if unit is not None:
            rules = (*rules, unit.rule)
        hedge = find_front(text, start, hedges)
        if hedge is None and text[start - 1 : start] in hedges.gap_ends:
            hedge = find_distant(text, start, hedges)
        if hedge is not None and not is_achieved(text, start, end, hedge, hedges):
            front, bound, rules = hedge.word, hedge.bound, (*rules, hedge.rule)
        if rough:
            bound, rules = hedges.inside.get(rough, ">="), (*rules, "bound.inside")
        behind = ""
        after = find_behind(text, end, hedges, time=unit is not None and unit.dimension in TIMES)
        if after is not None:
            behind, end = after.word, end + len(after.word)
            rules = (*rules, after.rule)
            if hedge is None or hedge.soft or hedge.bound == "~" or after.bound != "~":
                bound = after.bound  # else 超过3%左右 still says more than
        colour = find_colour(text, start, hedges) if self.coloured else ""
        shown, exact = (value, None) if isinstance(value, Decimal) else show(value)
        self.done = end
        self.out.append(
            Quantity(
                block=self.block,
                start=start,
                end=end,
                quote=text[start:end],
                value=shown,
                value_to=None if value_to is None else show(value_to)[0],
                exact=exact,
                unit=unit.name if unit else "",
                unit_code=unit.code if unit else None,
                dimension=unit.dimension if unit else None,
                bound=bound or "=",
                hedge=join_hedge(colour, front, rough, behind) if colour or front or rough or behind else "",
                kind=kind,
                structure=structure,
                characters=characters,
                rules=rules,
            )
        )
        return end


def show(value: Number) -> tuple[Decimal, str | None]:
    """The value as a decimal, and as a fraction where the decimal is rounded."""
    if isinstance(value, Decimal):
        return value, None
    near = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)).quantize(PLACES, context=EXACT)
    return near, f"{value.numerator}/{value.denominator}"
