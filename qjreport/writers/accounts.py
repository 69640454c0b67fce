"""The account of a page's numbers: `258 numbers: 241 facts, 9 dates, 4 names, 4 in chrome, 0 unread`."""

from __future__ import annotations

from collections import Counter

import msgspec

from qjreport.language import ENGLISH, Tongue
from qjreport.model import NonFact, Report
from qjreport.writers.jsons import encode

SCHEMA = "qjreport/audit/1"
PLURALS = {  # in the order in which they are listed
    "date": "dates",
    "ordinal": "ordinals",
    "name": "names",
    "code": "codes",
    "structure": "of its structure",
    "vague": "vague",
}
CONTEXT = 12  # characters on either side of an unread number: enough to recognise the phrase, short enough for a line


def sum_up(report: Report, say: Tongue = ENGLISH) -> str:
    """The account in one line; the counts add up to the first.

    A number may be in two facts: 43 facts from 42 numbers.
    """
    counts, facts = report.counts, len(report.facts)
    parts = [say.count(counts.facts, "facts")]
    if facts > counts.facts:
        numbers = say.count(counts.facts, "numbers")
        parts = [say("{facts} from {numbers}", facts=say.count(facts, "facts"), numbers=numbers)]
    parts += (say.count(counts.non_facts[why], word) for why, word in PLURALS.items() if counts.non_facts.get(why))
    if counts.dropped:
        parts.append(say.count(counts.dropped, "in chrome"))
    parts.append(say.count(counts.unread, "unread"))
    listed = say(", ").join(parts)
    return say("{numbers}: {parts}", numbers=say.count(counts.numbers, "numbers"), parts=listed)


def sum_up_doubts(report: Report, say: Tongue = ENGLISH) -> str:
    """How many facts are worth a second look; "" where none is."""
    doubtful = sum(1 for fact in report.facts if fact.doubts)
    facts = len(report.facts)
    return say("{doubtful} of {facts} facts are doubtful", doubtful=doubtful, facts=facts) if doubtful else ""


def count_doubts(report: Report) -> dict[str, int]:
    """How many facts bear each doubt, the most frequent first."""
    return dict(Counter(doubt for fact in report.facts for doubt in fact.doubts).most_common())


def name_count(count: int, word: str) -> str:
    """
    >>> name_count(1, "facts"), name_count(9, "dates"), name_count(1, "of its structure")
    ('1 fact', '9 dates', '1 of its structure')
    """
    return ENGLISH.count(count, word)


def list_unread(report: Report) -> list[tuple[NonFact, str]]:
    """Every number that could not be read, with the words around it; 〔〕 marks the number itself."""
    return [(number, quote_context(report, number)) for number in report.non_facts if number.why == "unread"]


def quote_context(report: Report, number: NonFact) -> str:
    text = report.blocks[number.block].text
    before, after = text[max(0, number.start - CONTEXT) : number.start], text[number.end : number.end + CONTEXT]
    return " ".join(f"{before}〔{number.quote}〕{after}".split())


def write_account_json(report: Report) -> bytes:
    """The account for a program: the counts, the unread numbers with their context, every dropped line."""
    unread = [number.to_dict() | {"context": context} for number, context in list_unread(report)]
    plain = {
        "schema": SCHEMA,
        "source": report.source.name,
        "summary": sum_up(report),
        "counts": msgspec.to_builtins(report.counts),
        "unread": unread,
        "doubtful": sum(1 for fact in report.facts if fact.doubts),
        "doubts": count_doubts(report),
        "dropped": msgspec.to_builtins(report.dropped),
        "diagnostics": msgspec.to_builtins(report.diagnostics),
    }
    return encode(plain) + b"\n"
