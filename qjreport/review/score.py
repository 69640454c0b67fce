"""How good an extraction is, by the judgements of a person: how often its facts are right, and how many it misses.

The facts of a sample stand for those of the dataset, stratum by stratum, and weigh as much as they stand for. A fact
that is wrong, and of which nobody said in what, is wrong in every field. The numbers of the sample that are no facts
say how many facts are missed: recall is what was found over what was found and missed. A file without a sample is about
whole reports, and what was missed in these was entered by whoever read them; every judgement weighs the same.

Of several judgements of the same thing the last one counts. What was judged beside the sample is counted and not used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from qjreport.review.corrections import (
    DOUBTED,
    FIELDS,
    SURE,
    Corrections,
    Entry,
    Population,
    Sample,
    Stratum,
    is_no_fact,
    list_latest,
    list_wrong,
)
from qjreport.review.intervals import LEVEL, Estimate, bound_ratio, estimate

SCHEMA = "qjreport/score/1"


class Recall(msgspec.Struct, frozen=True, kw_only=True):
    """Of all facts, the share that was found; None where the judgements do not say."""

    share: float | None = None
    low: float | None = None
    high: float | None = None
    found: float = 0.0  # facts that are facts: in the dataset, or among those judged
    missed: float = 0.0  # facts that were taken for numbers that are none
    missed_rate: Estimate | None = None  # of the numbers of a sample that are said to be no facts
    why_not: str | None = None  # no-numbers, no-facts


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What the judgements say of the extraction. Shares are between 0 and 1."""

    schema: str
    version: str
    lexicon: str
    level: float
    seed: int | None
    size: int | None
    by: tuple[str, ...]
    strata: int
    facts: int | None  # in the dataset
    non_facts: int | None
    judged_facts: int
    judged_non_facts: int
    selections: int  # facts that were missed and found by reading
    outside: int  # judgements of what was not drawn
    unjudged: int  # strata of which nothing was judged: what is said does not hold for them
    unjudged_share: float  # of the facts and numbers
    reviewers: tuple[str, ...]
    documents: int
    full: Estimate  # right in every field
    is_fact: Estimate
    fields: dict[str, Estimate]
    by_doubt: dict[str, Estimate]  # right in every field, of the facts that bear it
    by_kind: dict[str, Estimate]
    recall: Recall


Judged = list[tuple[float, Entry]]


def score_corrections(corrections: Corrections, *, level: float = LEVEL) -> Score:
    """What corrections say of the extraction that was judged."""
    entries = [corrections.entries[number] for number in list_latest(corrections.entries)]
    sample, strata = corrections.sample, corrections.list_strata()
    counts = Counter(entry.stratum for entry in entries)
    facts = weigh(corrections, entries, "facts", counts)
    numbers = weigh(corrections, entries, "non_facts", counts)
    selections = sum(1 for entry in entries if entry.of == "selection")
    is_fact = judge(facts, lambda entry: not is_no_fact(entry), level)
    missed = judge(numbers, lambda entry: entry.verdict == "missed", level)
    if sample is None:
        recall = count_recall(is_fact.right, missed.right + selections, level)
    else:
        recall = estimate_recall(is_fact, missed, count_members(strata, "facts"), count_members(strata, "non_facts"))
    return Score(
        schema=SCHEMA,
        version=corrections.tool.version,
        lexicon=corrections.tool.lexicon,
        level=level,
        **describe_sample(sample, counts),
        judged_facts=len(facts),
        judged_non_facts=len(numbers),
        selections=selections,
        outside=len(entries) - len(facts) - len(numbers) - selections,
        reviewers=list_reviewers(corrections, entries),
        documents=len({entry.document for entry in entries}),
        full=judge(facts, is_right, level),
        is_fact=is_fact,
        fields=score_fields(facts, level),
        by_doubt=score_doubts(facts, level),
        by_kind=score_kinds(corrections, facts, level),
        recall=recall,
    )


def describe_sample(sample: Sample | None, judged: Counter[int | None]) -> dict[str, Any]:
    """How what was judged was drawn, of how much, and of how much of it nothing was judged."""
    if sample is None:
        nothing = dict.fromkeys(("seed", "size", "facts", "non_facts"))
        return {**nothing, "by": (), "strata": 0, "unjudged": 0, "unjudged_share": 0.0}
    strata = sample.strata
    unjudged = [one for index, one in enumerate(strata) if one.drawn and not judged[index]]
    members = sum(one.population for one in strata)
    return {
        "seed": sample.seed,
        "size": sample.size,
        "by": sample.by,
        "strata": len(strata),
        "facts": count_members(strata, "facts"),
        "non_facts": count_members(strata, "non_facts"),
        "unjudged": len(unjudged),
        "unjudged_share": sum(one.population for one in unjudged) / max(1, members),
    }


def count_members(strata: Iterable[Stratum], of: Population) -> int:
    return sum(one.population for one in strata if one.of == of)


def weigh(corrections: Corrections, entries: Iterable[Entry], of: Population, counts: Counter[int | None]) -> Judged:
    """The judgements of facts, or of numbers that are none, each with how many it stands for."""
    about = "fact" if of == "facts" else "non_fact"
    if corrections.sample is None:
        return [(1.0, entry) for entry in entries if entry.of == about]
    strata = corrections.list_strata()
    return [
        (strata[entry.stratum].population / counts[entry.stratum], entry)
        for entry in entries
        if entry.stratum is not None and entry.of == about
    ]


def judge(judged: Judged, is_good: Callable[[Entry], bool], level: float) -> Estimate:
    return estimate(((weight, is_good(entry)) for weight, entry in judged), level)


def is_right(entry: Entry) -> bool:
    return not list_wrong(entry)


def score_fields(facts: Judged, level: float) -> dict[str, Estimate]:
    """How often each field is right, of all facts that were judged."""
    wrong = [(weight, list_wrong(entry)) for weight, entry in facts]
    return {name: estimate(((weight, name not in fields) for weight, fields in wrong), level) for name in FIELDS}


def score_doubts(facts: Judged, level: float) -> dict[str, Estimate]:
    """Facts without doubts, with any, and with each of them, the most frequent first."""
    named = Counter(doubt for _, entry in facts for doubt in entry.doubts)
    groups = {SURE: [pair for pair in facts if not pair[1].doubts], DOUBTED: [pair for pair in facts if pair[1].doubts]}
    for doubt, _ in sorted(named.items(), key=lambda pair: (-pair[1], pair[0])):
        groups[doubt] = [pair for pair in facts if doubt in pair[1].doubts]
    return {name: judge(group, is_right, level) for name, group in groups.items() if group}


def score_kinds(corrections: Corrections, facts: Judged, level: float) -> dict[str, Estimate]:
    """By kind of document, the most frequent first; "" for documents of which none is known."""
    kinds: dict[str, Judged] = {}
    for weight, entry in facts:
        kinds.setdefault(corrections.documents[entry.document].kind or "", []).append((weight, entry))
    ordered = sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return {kind: judge(group, is_right, level) for kind, group in ordered}


def count_recall(found: int, missed: int, level: float) -> Recall:
    """Of whole reports, in which a person entered what was missed."""
    if not found + missed:
        return Recall(why_not="no-facts")
    shown = estimate([(1.0, True)] * found + [(1.0, False)] * missed, level)
    return Recall(share=shown.share, low=shown.low, high=shown.high, found=found, missed=missed)


def estimate_recall(is_fact: Estimate, missed: Estimate, facts: int, non_facts: int) -> Recall:
    """Of a dataset: the facts in it that are facts, over these and those that its other numbers hide.

    Recall is 1 / (1 + missed / found), and the interval that of missed / found turned about.
    """
    if is_fact.share is None or is_fact.low is None or is_fact.high is None or not is_fact.right:
        return Recall(why_not="no-facts", missed_rate=missed)
    if missed.share is None or missed.low is None or missed.high is None:
        if non_facts:
            return Recall(why_not="no-numbers", found=facts * is_fact.share, missed_rate=missed)
        missed = Estimate(share=0.0, low=0.0, high=0.0, judged=0, right=0, effective=0.0)  # there are none to miss
    assert missed.share is not None and missed.low is not None and missed.high is not None
    found = (facts * is_fact.share, facts * is_fact.low, facts * is_fact.high)
    hidden = (non_facts * missed.share, non_facts * missed.low, non_facts * missed.high)
    least, most = bound_ratio(hidden, found)
    share = found[0] / (found[0] + hidden[0])
    return Recall(
        share=share, low=1 / (1 + most), high=1 / (1 + least), found=found[0], missed=hidden[0], missed_rate=missed
    )


def list_reviewers(corrections: Corrections, entries: Iterable[Entry]) -> tuple[str, ...]:
    names = (entry.who or corrections.reviewer for entry in entries)
    return tuple(dict.fromkeys(name for name in names if name))
