"""The facts of any tool, and where in the gold text they stand.

Two forms are read. In the first, a fact has its `quote` (the number with its unit) and the `sentence` that it stands
in, word for word; `at`, the place of the quote in the sentence, tells two equal quotes apart. In the second, the tool
gives the `text` that it read, or `blocks` as `qjreport extract --format json` does, and facts have `start` and `end`.

White space, and full-width against half-width forms, make no difference: places are found in squeezed text. Facts whose
place is none of the gold paragraphs stay without one; they come from page chrome, or from nowhere.
"""

from __future__ import annotations

import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec

from qjreport.evaluate.gold import GoldDocument

FORMS = "a prediction needs `facts`, each with `quote` and `sentence`, or with `start` and `end` in `text` or `blocks`"


class PredictionError(Exception):
    """A tool's answer that is in neither form."""


class GivenFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact in a tool's answer; what a tool does not know it leaves out."""

    quote: str = ""
    sentence: str = ""
    at: int | None = None  # of the quote in the sentence
    block: int = 0
    start: int | None = None
    end: int | None = None
    value: Any = None  # a number, or a string that holds one
    exact: str | None = None  # 1/3, where the value is rounded
    value_to: Any = None
    unit: str | None = None
    bound: str = "="
    kind: str | None = None
    item: str | None = None
    period: str | int | None = None
    status: str | None = None
    sure: bool | None = None
    doubts: Sequence[str] | None = None


class GivenBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the text that a tool read."""

    text: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a tool says of a document."""

    facts: Sequence[GivenFact]
    text: str | None = None
    blocks: Sequence[GivenBlock] | None = None


DECODER = msgspec.json.Decoder(Answer, float_hook=Decimal)


class Prediction(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as a tool has it; `paragraph` is None where its place is not in the gold text."""

    paragraph: int | None
    start: int  # in the squeezed text of all paragraphs
    end: int
    quote: str
    value: Fraction | None
    value_to: Fraction | None
    unit: str
    bound: str
    kind: str
    item: str
    period: str | None
    status: str
    sure: bool | None  # None where the tool does not say


class SqueezedText:
    """Text without white space, in compatibility forms, and where each of its characters stood."""

    def __init__(self, texts: Iterable[str]) -> None:
        characters: list[str] = []
        self.place_of: dict[tuple[int, int], int] = {}  # text and offset in it → place here
        self.bounds: list[tuple[int, int]] = []
        self.lengths: list[int] = []
        for number, text in enumerate(texts):
            first = len(characters)
            for offset, character in enumerate(text):
                self.place_of[number, offset] = len(characters)
                characters += squeeze(character)
            self.place_of[number, len(text)] = len(characters)
            self.bounds.append((first, len(characters)))
            self.lengths.append(len(text))
        self.text = "".join(characters)


def squeeze(text: str) -> str:
    """The text without white space, full-width forms as half-width ones.

    >>> squeeze("１２ ３％，")
    '123%,'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_answer(data: bytes) -> Answer:
    """A tool's answer as JSON.

    >>> read_answer(b'{"facts": [{"quote": 5}]}')
    Traceback (most recent call last):
    qjreport.evaluate.predictions.PredictionError: Expected `str`, got `int` - at `$.facts[0].quote`
    """
    try:
        return DECODER.decode(data.removeprefix(BOM_UTF8))
    except msgspec.MsgspecError as error:
        raise PredictionError(str(error)) from error


def place_predictions(answer: Answer, gold: GoldDocument) -> list[Prediction]:
    """The facts of a tool's answer for a document, at their places in its squeezed text."""
    text = SqueezedText(gold.paragraphs)
    if answer.blocks is not None:
        places = place_by_offset([block.text for block in answer.blocks], answer.facts, text)
    elif answer.text is not None:
        places = place_by_offset([answer.text], answer.facts, text)
    else:
        places = place_by_sentence(answer.facts, text)
    return [describe(fact, place, text) for fact, place in places]


Placed = Iterator[tuple[GivenFact, tuple[int, int] | None]]


def place_by_offset(texts: Sequence[str], facts: Sequence[GivenFact], gold: SqueezedText) -> Placed:
    """Gold paragraphs are looked for in the text that the tool read, in order, else anywhere; facts go with them."""
    read = SqueezedText(texts)
    moved: list[tuple[int, int, int]] = []  # from and to in the read text, and how far it is moved
    cursor = 0
    for first, last in gold.bounds:
        at = read.text.find(gold.text[first:last], cursor)
        if at < 0:
            at = read.text.find(gold.text[first:last])
        if at >= 0 and last > first:
            cursor = at + last - first
            moved.append((at, cursor, first - at))
    for fact in facts:
        if fact.start is None or fact.end is None:
            raise PredictionError(f"{FORMS}: {fact.quote} has neither")
        try:
            start, end = read.place_of[fact.block, fact.start], read.place_of[fact.block, fact.end]
        except KeyError as error:
            raise PredictionError(
                f"{fact.quote}: {fact.start} to {fact.end} is not in the text that was read"
            ) from error
        by = next((by for first, last, by in moved if first <= start and end <= last), None)
        yield fact, None if by is None else (start + by, end + by)


def place_by_sentence(facts: Sequence[GivenFact], gold: SqueezedText) -> Placed:
    """The sentence is looked for in the gold text, then the quote in it; equal quotes in a row take turns."""
    seen: dict[tuple[str, str], int] = {}
    for fact in facts:
        if not fact.quote or not fact.sentence:
            raise PredictionError(f"{FORMS}: {fact.quote or fact.sentence or 'one'} has neither")
        sentence, quote = squeeze(fact.sentence), squeeze(fact.quote)
        at = gold.text.find(sentence)
        if at < 0 or quote not in sentence:
            yield fact, None
            continue
        if fact.at is not None:
            start = at + len(squeeze(fact.sentence[: max(0, fact.at)]))
        else:
            after = seen.get((sentence, quote), at)
            start = gold.text.find(quote, after, at + len(sentence))
            start = gold.text.rfind(quote, at, at + len(sentence)) if start < 0 else start
            seen[sentence, quote] = start + len(quote)
        yield fact, (start, start + len(quote))


def describe(fact: GivenFact, place: tuple[int, int] | None, gold: SqueezedText) -> Prediction:
    start, end = place or (-1, -1)
    return Prediction(
        paragraph=next((n for n, (first, last) in enumerate(gold.bounds) if place and first <= start < last), None),
        start=start,
        end=end,
        quote=fact.quote,
        value=read_value(fact.exact or fact.value),
        value_to=read_value(fact.value_to),
        unit=fact.unit or "",
        bound=fact.bound,
        kind=fact.kind or "",
        item=fact.item or "",
        period=None if fact.period is None else str(fact.period),
        status=fact.status or "",
        sure=fact.sure if fact.doubts is None else not fact.doubts,
    )


def read_value(value: object) -> Fraction | None:
    """A number as JSON has it, or as a string; None where it is none.

    >>> read_value("1/3"), read_value(1.5)
    (Fraction(1, 3), Fraction(3, 2))
    """
    if value is None or isinstance(value, bool):
        return None
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        return None
