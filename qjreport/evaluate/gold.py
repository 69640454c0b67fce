"""Annotated documents: a page beside a JSON file with its text, paragraph by paragraph, and every fact in it.

A gold file holds what a reader of the page should find: the paragraphs of the report (page chrome left out), the facts
in reading order, each at its place in a paragraph, and the numbers that are neither asked for nor punished (`neutral`).
samples/gold/GUIDELINES.md says what a fact is and what its fields mean; docs/evaluation.md shows the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Literal

import msgspec

SCHEMA = "qjreport/gold/1"
VALUE = re.compile(r"-?\d+(?:\.\d+)?(?:/[1-9]\d*)?")
PERIOD = re.compile(r"[12]\d{3}(?:-[12]\d{3})?")


class GoldError(Exception):
    """A folder without gold, or a file in it that breaks the format."""


class Mark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of a paragraph."""

    paragraph: int
    start: int
    end: int
    quote: str


class GoldFact(Mark, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that says how much or how many, and of what."""

    value: str
    value_to: str | None = None
    unit: str
    bound: Literal["=", ">=", "<=", "~"]
    kind: Literal["level", "increase", "decrease", "rank"]
    item: str
    also: tuple[str, ...] = ()  # other names that are as right
    period: str | None
    status: Literal["actual", "target"]


class Neutral(Mark, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number that counts for nothing either way."""


class GoldDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page and what stands in it."""

    schema: Literal["qjreport/gold/1"]
    document: str  # the page's file, beside the annotation
    kind: str
    level: str
    year: int  # that the report is about
    script: Literal["simplified", "traditional"]
    paragraphs: tuple[str, ...]
    facts: tuple[GoldFact, ...]
    neutral: tuple[Neutral, ...] = ()

    @property
    def name(self) -> str:
        return Path(self.document).stem


def read_gold(folder: Path) -> list[GoldDocument]:
    """Every annotated document of a folder, in the order of their names."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"{folder}: no annotated documents (*.json) there")
    return [read_document(path) for path in paths]


def read_document(path: Path) -> GoldDocument:
    try:
        document = msgspec.json.decode(path.read_bytes(), type=GoldDocument)
    except (OSError, msgspec.MsgspecError) as error:
        raise GoldError(f"{path}: {error}") from error
    faults = list(find_faults(document))
    if not (path.parent / document.document).is_file():
        faults.append(f"the page {document.document} is not beside it")
    if faults:
        raise GoldError(f"{path}: {'; '.join(faults[:5])}")
    return document


def find_faults(document: GoldDocument) -> Iterator[str]:
    """What breaks the format: places that do not hold their quote, values and periods that are none, wrong order."""
    marks: tuple[Mark, ...] = (*document.facts, *document.neutral)
    for mark in marks:
        if not 0 <= mark.paragraph < len(document.paragraphs):
            yield f"{mark.quote}: there is no paragraph {mark.paragraph}"
        elif not mark.quote or document.paragraphs[mark.paragraph][mark.start : mark.end] != mark.quote:
            yield f"{mark.quote}: not at {mark.start} to {mark.end} of paragraph {mark.paragraph}"
    for fact in document.facts:
        for value in (fact.value, fact.value_to):
            if value is not None and not VALUE.fullmatch(value):
                yield f"{fact.quote}: {value} is no value"
        if fact.value_to is not None and Fraction(fact.value_to) <= Fraction(fact.value):
            yield f"{fact.quote}: the range ends before it begins"
        if fact.period is not None and not PERIOD.fullmatch(fact.period):
            yield f"{fact.quote}: {fact.period} is no period"
        if not fact.item.strip():
            yield f"{fact.quote}: no item"
    places = [(fact.paragraph, fact.start) for fact in document.facts]
    yield from (f"facts at {one} and {next_} are out of order" for one, next_ in pairwise(places) if one > next_)
