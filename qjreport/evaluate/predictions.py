"""The facts of any tool, and where in the gold text they stand.

Two forms are read. In the first, a fact has its `quote` (the number with its unit) and the `sentence` that it stands
in, word for word; `at`, the place of the quote in the sentence, tells two equal quotes apart. In the second, the tool
gives the `text` that it read, or `blocks` as `qjreport extract --format json` does, and facts have `start` and `end`.

White space, and full-width against half-width forms, make no difference: places are found in squeezed text. Facts whose
place is none of the gold paragraphs stay without one; they come from page chrome, or from nowhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from qjreport.evaluate.gold import GoldDocument

FORMS = "a prediction needs `facts`, each with `quote` and `sentence`, or with `start` and `end` in `text` or `blocks`"


class PredictionError(Exception):
    """A tool's answer that is in neither form."""


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


def place_predictions(answer: Any, gold: GoldDocument) -> list[Prediction]:
    """The facts of a tool's answer for a document, at their places in its squeezed text."""
    if not isinstance(answer, dict) or not isinstance(answer.get("facts"), list | tuple):
        raise PredictionError(FORMS)
    text = SqueezedText(gold.paragraphs)
    if "blocks" in answer or "text" in answer:
        places = place_by_offset(answer, text)
    else:
        places = place_by_sentence(answer["facts"], text)
    return [describe(fact, place, text) for fact, place in places]


Placed = Iterator[tuple[dict[str, Any], tuple[int, int] | None]]


def place_by_offset(answer: dict[str, Any], gold: SqueezedText) -> Placed:
    """Gold paragraphs are looked for in the text that the tool read, in order, else anywhere; facts go with them."""
    blocks = [block["text"] for block in answer["blocks"]] if "blocks" in answer else [answer["text"]]
    read = SqueezedText(blocks)
    moved: list[tuple[int, int, int]] = []  # from and to in the read text, and how far it is moved
    cursor = 0
    for first, last in gold.bounds:
        at = read.text.find(gold.text[first:last], cursor)
        if at < 0:
            at = read.text.find(gold.text[first:last])
        if at >= 0 and last > first:
            cursor = at + last - first
            moved.append((at, cursor, first - at))
    for fact in answer["facts"]:
        try:
            block = fact.get("block", 0)
            start, end = read.place_of[block, fact["start"]], read.place_of[block, fact["end"]]
        except KeyError as error:
            raise PredictionError(f"{FORMS}; {error} of {fact}") from error
        by = next((by for first, last, by in moved if first <= start and end <= last), None)
        yield fact, None if by is None else (start + by, end + by)


def place_by_sentence(facts: Sequence[dict[str, Any]], gold: SqueezedText) -> Placed:
    """The sentence is looked for in the gold text, then the quote in it; equal quotes in a row take turns."""
    seen: dict[tuple[str, str], int] = {}
    for fact in facts:
        if not fact.get("quote") or not fact.get("sentence"):
            raise PredictionError(f"{FORMS}; not so {fact}")
        sentence, quote = squeeze(fact["sentence"]), squeeze(fact["quote"])
        at = gold.text.find(sentence)
        if at < 0 or quote not in sentence:
            yield fact, None
            continue
        if fact.get("at") is not None:
            start = at + len(squeeze(fact["sentence"][: fact["at"]]))
        else:
            after = seen.get((sentence, quote), at)
            start = gold.text.find(quote, after, at + len(sentence))
            start = gold.text.rfind(quote, at, at + len(sentence)) if start < 0 else start
            seen[sentence, quote] = start + len(quote)
        yield fact, (start, start + len(quote))


def describe(fact: dict[str, Any], place: tuple[int, int] | None, gold: SqueezedText) -> Prediction:
    start, end = place or (-1, -1)
    doubts = fact.get("doubts")
    return Prediction(
        paragraph=next((n for n, (first, last) in enumerate(gold.bounds) if place and first <= start < last), None),
        start=start,
        end=end,
        quote=str(fact.get("quote") or ""),
        value=read_value(fact.get("exact") or fact.get("value")),
        value_to=read_value(fact.get("value_to")),
        unit=str(fact.get("unit") or ""),
        bound=str(fact.get("bound") or "="),
        kind=str(fact.get("kind") or ""),
        item=str(fact.get("item") or ""),
        period=None if fact.get("period") is None else str(fact["period"]),
        status=str(fact.get("status") or ""),
        sure=fact.get("sure") if doubts is None else not doubts,
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
