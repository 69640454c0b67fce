"""How far two people judge alike: what both judged, field by field, with the share of agreement and Cohen's kappa.

A judgement of a field is right or wrong. Kappa says how far two people agree beyond what they would by chance, each
judging as much wrong as they do; it is not defined where both found everything right, or everything wrong. Of the
fields that both corrected, it is counted how often they gave the same value.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from qjreport.review.corrections import (
    FIELDS,
    Corrections,
    Entry,
    Field,
    is_no_fact,
    is_same,
    list_latest,
    list_wrong,
    name_subject,
)

SCHEMA = "qjreport/agreement/1"


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """Of one field, or of another question that both answered."""

    judged: int
    same: int
    share: float | None
    kappa: float | None
    corrected: int = 0  # by both
    same_value: int = 0


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two files of corrections."""

    schema: str
    both: int  # facts and numbers that both judged
    only_first: int
    only_second: int
    full: Agreement  # whether the fact is right in every field
    is_fact: Agreement
    fields: dict[str, Agreement]
    non_facts: Agreement  # whether the number is a fact that was missed
    added_by_both: int  # selections in the same place
    added_by_first: int
    added_by_second: int


def compare_corrections(first: Corrections, second: Corrections) -> Comparison:
    """What two people said of the same extraction."""
    one, other = index_entries(first), index_entries(second)
    shared = [(entry, other[key]) for key, entry in one.items() if key in other]
    facts = [pair for pair in shared if pair[0].of == "fact"]
    numbers = [pair for pair in shared if pair[0].of == "non_fact"]
    selected = list_selections(one), list_selections(other)
    return Comparison(
        schema=SCHEMA,
        both=len(facts) + len(numbers),
        only_first=sum(1 for key, entry in one.items() if key not in other and entry.of != "selection"),
        only_second=sum(1 for key, entry in other.items() if key not in one and entry.of != "selection"),
        full=agree([(bool(list_wrong(a)), bool(list_wrong(b))) for a, b in facts]),
        is_fact=agree([(is_no_fact(a), is_no_fact(b)) for a, b in facts]),
        fields={name: compare_field(facts, name) for name in FIELDS},
        non_facts=agree([(a.verdict == "missed", b.verdict == "missed") for a, b in numbers]),
        added_by_both=len(selected[0] & selected[1]),
        added_by_first=len(selected[0] - selected[1]),
        added_by_second=len(selected[1] - selected[0]),
    )


def index_entries(corrections: Corrections) -> dict[tuple[object, ...], Entry]:
    """The entries by what they are about: the document's bytes, else its name, and the thing in it."""
    found: dict[tuple[object, ...], Entry] = {}
    for number in list_latest(corrections.entries):
        entry = corrections.entries[number]
        document = corrections.documents[entry.document]
        found[(document.sha256 or document.source, *name_subject(entry))] = entry
    return found


def list_selections(entries: dict[tuple[object, ...], Entry]) -> set[tuple[object, ...]]:
    """The places in which a fact was added: the document, its block and where in it; not how it was described."""
    return {(key[0], entry.block, entry.start, entry.end) for key, entry in entries.items() if entry.of == "selection"}


def compare_field(facts: Sequence[tuple[Entry, Entry]], name: Field) -> Agreement:
    found = agree([(name in list_wrong(a), name in list_wrong(b)) for a, b in facts])
    values = [(a.fields.to_dict(), b.fields.to_dict()) for a, b in facts if {name} <= list_wrong(a) & list_wrong(b)]
    given = [(a[name], b[name]) for a, b in values if name in a and name in b]
    return msgspec.structs.replace(
        found, corrected=len(given), same_value=sum(1 for mine, theirs in given if is_same(mine, theirs))
    )


def agree(answers: Sequence[tuple[bool, bool]]) -> Agreement:
    """Share of the same answers, and Cohen's kappa.

    >>> found = agree([(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15)
    >>> found.share, round(found.kappa, 3)
    (0.7, 0.4)
    """
    judged = len(answers)
    if not judged:
        return Agreement(judged=0, same=0, share=None, kappa=None)
    same = sum(1 for mine, theirs in answers if mine == theirs)
    first = sum(1 for mine, _ in answers if mine)
    second = sum(1 for _, theirs in answers if theirs)
    # In whole numbers, so that a chance of exactly 1 is seen as such: judged² times the chance of the same answer.
    chance = first * second + (judged - first) * (judged - second)
    kappa = None if chance == judged**2 else (same * judged - chance) / (judged**2 - chance)
    return Agreement(judged=judged, same=same, share=same / judged, kappa=kappa)
