"""What the pairs of gold facts and predictions come to: precision, recall and F1 by field, by kind and by years.

A share of facts has Wilson's interval. The facts of a document are alike, so that the intervals of all facts together,
which are an F1, come from drawing the documents anew (bootstrap, the percentiles of 2,000 draws with a fixed seed).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random

import msgspec

from qjreport.evaluate.align import FIELDS, Pair
from qjreport.evaluate.gold import GoldDocument
from qjreport.review.intervals import LEVEL, Estimate, estimate

SCHEMA = "qjreport/evaluation/1"
ROWS = ("value", "unit", *FIELDS, "full")  # as they are printed; unit: value and unit, which the fields are asked of
DRAWS, SEED = 2000, 21
ERAS = ((1979, "to 1979"), (1999, "1980–1999"), (2012, "2000–2012"), (2019, "2013–2019"), (9999, "2020 and later"))


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """How much of what was said is right, how much of what stands there was said, and both in one."""

    precision: float
    recall: float
    f1: float
    low: float | None = None  # of f1
    high: float | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of a kind, or of some years."""

    documents: int
    facts: int
    found: Share  # value and unit
    full: Share
    full_recall: Estimate


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What a tool scores."""

    schema: str
    tool: str
    documents: int
    facts: int
    predictions: int  # that count: neutral numbers left out
    spurious: int
    outside: int  # spurious ones whose place is not in the report's text
    draws: int
    seed: int
    fields: dict[str, Share]
    item_exact: Share  # item and gold item are the same characters
    of_found: dict[str, Estimate]  # of facts whose value and unit are right
    kinds: dict[str, Group]
    years: dict[str, Group]
    sure: (
        Estimate | None
    )  # of the predictions without doubts, those right in every field; None where the tool has no doubts
    doubtful: Estimate | None


Scored = tuple[GoldDocument, Sequence[Pair]]


def evaluate(tool: str, scored: Sequence[Scored]) -> Evaluation:
    """All figures of a tool over the documents."""
    tallies = [tally(pairs) for _, pairs in scored]
    whole = add(tallies)
    intervals = draw_intervals(tallies)
    pairs = [pair for _, found in scored for pair in found]
    matched = [pair for pair in pairs if pair.gold and pair.unit]
    answers = [pair for pair in pairs if pair.got]
    says = any(pair.got.sure is not None for pair in answers if pair.got)
    return Evaluation(
        schema=SCHEMA,
        tool=tool,
        documents=len(scored),
        facts=whole["gold"],
        predictions=whole["got"],
        spurious=sum(1 for pair in answers if pair.gold is None),
        outside=sum(1 for pair in answers if pair.got and pair.got.paragraph is None),
        draws=DRAWS,
        seed=SEED,
        fields={name: share(whole, name, intervals[name]) for name in ROWS},
        item_exact=share(whole, "item_exact"),
        of_found={name: rate(name in pair.fields for pair in matched) for name in FIELDS},
        kinds=group(scored, lambda document: document.kind),
        years=group(sorted(scored, key=lambda one: one[0].year), lambda document: name_era(document.year)),
        sure=rate(pair.full for pair in answers if pair.got and pair.got.sure) if says else None,
        doubtful=rate(pair.full for pair in answers if pair.got and pair.got.sure is False) if says else None,
    )


def tally(pairs: Iterable[Pair]) -> Counter[str]:
    """How many gold facts, how many predictions, and how many of both agree in what."""
    counts: Counter[str] = Counter()
    for pair in pairs:
        counts["gold"] += pair.gold is not None
        counts["got"] += pair.got is not None
        counts["value"] += pair.value
        counts["unit"] += pair.unit
        counts["full"] += pair.full
        counts["item_exact"] += pair.same_item
        counts.update(pair.fields)
    return counts


def add(tallies: Iterable[Counter[str]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for one in tallies:
        whole.update(one)
    return whole


def share(counts: Counter[str], name: str, interval: tuple[float, float] | None = None) -> Share:
    low, high = interval or (None, None)
    return Share(
        precision=divide(counts[name], counts["got"]),
        recall=divide(counts[name], counts["gold"]),
        f1=find_f1(counts, name),
        low=low,
        high=high,
    )


def find_f1(counts: Counter[str], name: str) -> float:
    return divide(2 * counts[name], counts["got"] + counts["gold"])


def divide(over: int, under: int) -> float:
    return over / under if under else 0.0


def draw_intervals(
    tallies: Sequence[Counter[str]], draws: int = DRAWS, seed: int = SEED
) -> dict[str, tuple[float, float]]:
    """Between what the F1 of each row lies, had other documents of the same sort been taken."""
    random = Random(seed)
    found: dict[str, list[float]] = {name: [] for name in ROWS}
    for _ in range(draws):
        drawn = add(random.choices(tallies, k=len(tallies)))
        for name in ROWS:
            found[name].append(find_f1(drawn, name))
    cut = round(draws * (1 - LEVEL) / 2)
    return {name: (ordered[cut], ordered[-cut - 1]) for name, values in found.items() if (ordered := sorted(values))}


def group(scored: Iterable[Scored], key: Callable[[GoldDocument], str]) -> dict[str, Group]:
    parts: dict[str, list[Sequence[Pair]]] = {}
    for document, pairs in scored:
        parts.setdefault(key(document), []).append(pairs)
    return {name: describe_group(part) for name, part in parts.items()}


def describe_group(part: Sequence[Sequence[Pair]]) -> Group:
    counts = add(tally(pairs) for pairs in part)
    return Group(
        documents=len(part),
        facts=counts["gold"],
        found=share(counts, "unit"),
        full=share(counts, "full"),
        full_recall=rate(pair.full for pairs in part for pair in pairs if pair.gold),
    )


def rate(judged: Iterable[bool]) -> Estimate:
    return estimate((1.0, right) for right in judged)


def name_era(year: int) -> str:
    return next(name for last, name in ERAS if year <= last)
