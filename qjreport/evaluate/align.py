"""Which fact of a tool is which gold fact, and in which fields the two agree.

A gold fact and a prediction may be the same where their places in the text overlap. Each is paired once at most: of all
pairs that may be, the one that agrees in most goes first, by value, unit, kind and nearness of the item, so that two
facts on one number (一等奖、二等奖各1件) each find their own. What overlaps a neutral number alone is passed over.

An item is right where it is near enough to the gold item by its characters, nearer than to the items of the other
facts of the sentence, is none of these, and does not hold one besides its own: a list not taken apart is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

import msgspec

from qjreport.evaluate.gold import GoldDocument, GoldFact
from qjreport.evaluate.predictions import Prediction, SqueezedText, squeeze
from qjreport.lexicon import load_lexicon
from qjreport.text.units import index_units, read_unit

FIELDS = ("bound", "kind", "item", "period", "status")  # of a fact whose value and unit are right
NEAR = 0.6  # a word more or less, of three: 建设用地 for 新增建设用地, not 用地
ROUNDED = Fraction(1, 10_000)  # what a decimal for 1/3 may differ
MARKS = re.compile(r"[\W_]")


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A gold fact with a tool's, either of which may be missing."""

    gold: GoldFact | None
    got: Prediction | None
    value: bool = False
    unit: bool = False
    fields: frozenset[str] = frozenset()  # of FIELDS, those that agree; empty where value or unit is wrong
    same_item: bool = False  # character for character

    @property
    def full(self) -> bool:
        return len(self.fields) == len(FIELDS)


def pair_facts(gold: GoldDocument, predictions: Sequence[Prediction]) -> list[Pair]:
    """The gold facts in their order, each with its prediction or without; then the predictions that are no fact."""
    text = SqueezedText(gold.paragraphs)
    places = [(text.place_of[one.paragraph, one.start], text.place_of[one.paragraph, one.end]) for one in gold.facts]
    found = match_facts(gold.facts, places, predictions)
    pairs = [
        compare(fact, predictions[found[number]], list_neighbours(gold, number)) if number in found else missed(fact)
        for number, fact in enumerate(gold.facts)
    ]
    passed = [(text.place_of[one.paragraph, one.start], text.place_of[one.paragraph, one.end]) for one in gold.neutral]
    taken = set(found.values())
    for number, got in enumerate(predictions):
        if number not in taken and not any(got.start < end and start < got.end for start, end in passed):
            pairs.append(Pair(gold=None, got=got))
    return pairs


def missed(fact: GoldFact) -> Pair:
    return Pair(gold=fact, got=None)


def match_facts(
    facts: Sequence[GoldFact], places: Sequence[tuple[int, int]], predictions: Sequence[Prediction]
) -> dict[int, int]:
    """Gold fact → prediction, both by number."""
    candidates = []
    for g, (fact, (start, end)) in enumerate(zip(facts, places, strict=True)):
        for p, got in enumerate(predictions):
            if got.start < end and start < got.end:
                near = max(measure_likeness(name, got.item) for name in (fact.item, *fact.also))
                agreed = (is_same_value(fact, got), is_same_unit(fact.unit, got.unit), fact.kind == got.kind, near)
                candidates.append((agreed, -g, -p))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, g, p in sorted(candidates, reverse=True):
        if -g not in found and -p not in taken:
            found[-g] = -p
            taken.add(-p)
    return found


def list_neighbours(gold: GoldDocument, number: int) -> set[str]:
    """The items of the other facts of the sentence."""
    fact, text = gold.facts[number], gold.paragraphs[gold.facts[number].paragraph]
    first, last = text.rfind("。", 0, fact.start) + 1, text.find("。", fact.end)
    last = len(text) if last < 0 else last
    around = [one for one in gold.facts if one.paragraph == fact.paragraph and first <= one.start < last]
    return {bare(one.item) for one in around} - {bare(name) for name in (fact.item, *fact.also)}


def compare(fact: GoldFact, got: Prediction, neighbours: set[str]) -> Pair:
    value = is_same_value(fact, got)
    unit = value and is_same_unit(fact.unit, got.unit)
    agree = {
        "bound": got.bound == fact.bound,
        "kind": got.kind == fact.kind,
        "item": is_same_item(fact, got.item, neighbours),
        "period": is_same_period(fact, got.period),
        "status": got.status == fact.status,
    }
    return Pair(
        gold=fact,
        got=got,
        value=value,
        unit=unit,
        fields=frozenset(name for name in FIELDS if unit and agree[name]),
        same_item=unit and bare(got.item) in {bare(name) for name in (fact.item, *fact.also)},
    )


def is_same_value(fact: GoldFact, got: Prediction) -> bool:
    want, want_to = Fraction(fact.value), None if fact.value_to is None else Fraction(fact.value_to)
    if got.value is None or got.value_to != want_to:
        return False
    return got.value == want or ("/" in fact.value and abs(got.value - want) <= abs(want) * ROUNDED)


def is_same_unit(gold: str, got: str) -> bool:
    """The same word, or two words for the same unit: ％ and %, 平方千米 and 平方公里."""
    return squeeze(gold) == squeeze(got) or (bool(gold and got) and name_unit(gold) == name_unit(got))


def name_unit(unit: str) -> object:
    known = read_unit(unit, index_units(load_lexicon()))
    return (known.code, known.scale) if known and known.code else squeeze(unit)


def is_same_item(fact: GoldFact, got: str, neighbours: set[str]) -> bool:
    names = [bare(name) for name in (fact.item, *fact.also)]
    name = bare(got)
    near = max(measure_likeness(one, name) for one in names)
    others = [other for other in neighbours if not any(other in one for one in names)]
    return (
        near >= NEAR
        and (name in names or name not in neighbours)
        and not any(measure_likeness(other, name) >= near or (len(other) > 1 and other in name) for other in others)
    )


def is_same_period(fact: GoldFact, got: str | None) -> bool:
    """The same years, or months of the same year; of a level over several years, the last one serves as well."""
    if fact.period is None:
        return True
    wanted = [fact.period]
    if "-" in fact.period and fact.kind in ("level", "rank"):
        wanted.append(fact.period[5:])
    got = got or ""
    return any(got == one or (len(one) == 4 and re.match(one + r"-(0[1-9]|1[0-2])(/|$)", got)) for one in wanted)


def measure_likeness(one: str, other: str) -> float:
    """How much two names have in common: the F1 of their characters.

    >>> measure_likeness("立案提案", "提案")
    0.6666666666666666
    """
    first, second = Counter(bare(one)), Counter(bare(other))
    common = (first & second).total()
    return 2 * common / (first.total() + second.total()) if common else 0.0


def bare(name: str) -> str:
    """The name without punctuation and spaces."""
    return MARKS.sub("", squeeze(name))
