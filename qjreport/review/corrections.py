"""corrections.json: what a person judged of an extraction, entry by entry.

The types say what the file holds, and the JSON Schema that is published (`qjreport schema --corrections`) is generated
from them. An entry is about a fact, about a number that is no fact, or about a stretch of text that was selected; it
carries enough of the text (quote, sentence, place) to be found again in a newer extraction. `read_corrections` checks
what types cannot: indexes that lead nowhere, a verdict that its kind of entry cannot have. Fields that it does not know
are passed over, so that a newer page may add some.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from qjreport.model import Bound, FactKind, Status, Tool

SCHEMA = "qjreport/corrections/1"
FORMAT = "qjreport/corrections/"

Of = Literal["fact", "non_fact", "selection"]
Verdict = Literal["right", "wrong", "edited", "missed"]
Population = Literal["facts", "non_facts"]
Field = Literal[
    "item", "value", "value_to", "unit", "bound", "kind", "change", "period", "status", "basis", "scope"
]  # what a person may correct
SURE, DOUBTED = "sure", "doubted"  # facts without doubts, and with any
FIELDS: tuple[Field, ...] = (
    *("item", "value", "value_to", "unit", "bound", "kind"),
    *("change", "period", "status", "basis", "scope"),
)
VERDICTS: dict[Of, tuple[Verdict, ...]] = {
    "fact": ("right", "wrong", "edited"),
    "non_fact": ("right", "missed"),
    "selection": ("missed",),
}


class CorrectionsError(Exception):
    """A file that holds no corrections, and why."""


class Values(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of a fact that a person gave a new value; those that are not there stay as they are."""

    item: str | UnsetType = UNSET
    value: Decimal | UnsetType = UNSET
    value_to: Decimal | UnsetType | None = UNSET
    unit: str | UnsetType = UNSET
    bound: Bound | UnsetType = UNSET
    kind: FactKind | UnsetType = UNSET
    change: Decimal | UnsetType | None = UNSET
    period: str | UnsetType | None = UNSET
    status: Status | UnsetType = UNSET
    basis: str | UnsetType | None = UNSET
    scope: str | UnsetType | None = UNSET

    def to_dict(self) -> dict[Field, Any]:
        """The fields that are given.

        >>> Values(item="提案", period=None).to_dict()
        {'item': '提案', 'period': None}
        """
        given = ((name, getattr(self, name)) for name in FIELDS)
        return {name: value for name, value in given if value is not UNSET}


class Stratum(msgspec.Struct, frozen=True, kw_only=True):
    """A part of what was drawn from."""

    key: dict[str, str | None] = {}
    of: Population = "facts"
    population: int
    drawn: int


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """How the facts and numbers that were shown had been drawn from a dataset."""

    seed: int
    size: int
    by: tuple[str, ...] = ()
    strata: tuple[Stratum, ...] = ()


class Reviewed(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was shown."""

    source: str
    sha256: str | None = None
    title: str | None = None
    kind: str | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement."""

    document: int
    of: Of
    verdict: Verdict
    fact: str | None = None
    block: int
    start: int
    end: int
    quote: str
    sentence: str = ""
    locator: str | None = None
    stratum: int | None = None
    doubts: tuple[str, ...] = ()
    fields: Values = Values()
    was: dict[str, Any] = {}
    wrong_fields: tuple[Field, ...] = ()
    comment: str | None = None
    who: str | None = None
    when: str | None = None


class Corrections(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    schema: str
    tool: Tool
    reviewer: str | None = None
    reason: str | None = None
    created: str | None = None
    saved: str | None = None
    sample: Sample | None = None
    documents: tuple[Reviewed, ...] = ()
    entries: tuple[Entry, ...] = ()

    def list_strata(self) -> tuple[Stratum, ...]:
        return self.sample.strata if self.sample is not None else ()


# msgspec's own message: "Object missing required field `x` - at `$.entries[3]`"
PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`")
DECODER = msgspec.json.Decoder(Corrections, float_hook=Decimal)
ENCODER = msgspec.json.Encoder(decimal_format="number")


def read_corrections(path: str | Path) -> Corrections:
    """The corrections that a file holds. Raises CorrectionsError, which names the file, the entry and what is wrong."""
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CorrectionsError(f"{path}: cannot be read: {reason}") from error
    try:
        return parse_corrections(data)
    except CorrectionsError as error:
        raise CorrectionsError(f"{path}: {error}") from error


def parse_corrections(data: bytes) -> Corrections:
    """The corrections in the bytes of a file. Raises CorrectionsError.

    >>> parse_corrections(b'{"schema": "qjreport/report/1"}')
    Traceback (most recent call last):
    qjreport.review.corrections.CorrectionsError: is no file of corrections: its schema is 'qjreport/report/1'
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        check_schema(msgspec.json.decode(data))
        found = DECODER.decode(data)
    except msgspec.ValidationError as error:
        raise CorrectionsError(explain_place(str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CorrectionsError(f"is no JSON: {error}") from error
    for problem in find_problems(found):
        raise CorrectionsError(problem)
    return found


def check_schema(head: object) -> None:
    schema = head.get("schema") if isinstance(head, dict) else None
    if schema == SCHEMA:
        return
    if isinstance(schema, str) and schema.startswith(FORMAT):
        raise CorrectionsError(f"is of the version {schema}, and this qjreport reads {SCHEMA}")
    raise CorrectionsError(f"is no file of corrections: its schema is {schema!r}")


def explain_place(message: str) -> str:
    """
    >>> explain_place("Invalid enum value 'x' - at `$.entries[3].verdict`")
    "Invalid enum value 'x' in entries[3].verdict"
    """
    return PLACE.sub(lambda found: f" in {found['path'].lstrip('.')}" if found["path"] else "", message)


def find_problems(corrections: Corrections) -> Iterator[str]:
    """What is wrong with corrections whose types are right."""
    strata = corrections.list_strata()
    for number, stratum in enumerate(strata):
        if not 0 <= stratum.drawn <= stratum.population:
            yield f"sample.strata[{number}]: {stratum.drawn} are drawn of {stratum.population}"
    for number, entry in enumerate(corrections.entries):
        if problem := find_problem(entry, len(corrections.documents), strata):
            yield f"entries[{number}]: {problem}"


def find_problem(entry: Entry, documents: int, strata: tuple[Stratum, ...]) -> str:
    if not 0 <= entry.document < documents:
        return f"there is no document {entry.document}"
    if entry.verdict not in VERDICTS[entry.of]:
        return f"a {entry.of} is never {entry.verdict!r}, but {' or '.join(VERDICTS[entry.of])}"
    if not 0 <= entry.start <= entry.end or entry.block < 0:
        return f"block {entry.block}, {entry.start} to {entry.end} is no place"
    if entry.stratum is not None:
        if not 0 <= entry.stratum < len(strata):
            return f"there is no stratum {entry.stratum}"
        if (strata[entry.stratum].of == "facts") != (entry.of == "fact"):
            return f"stratum {entry.stratum} is one of {strata[entry.stratum].of}, and the entry about a {entry.of}"
    return ""


def list_latest(entries: Sequence[Entry]) -> list[int]:
    """The entries that count, by their index: of several about the same thing the last one."""
    latest: dict[tuple[object, ...], int] = {}
    for number, entry in enumerate(entries):
        key = (entry.document, *name_subject(entry))
        latest.pop(key, None)
        latest[key] = number
    return sorted(latest.values())


def name_subject(entry: Entry) -> tuple[object, ...]:
    """What an entry is about within its document, the same in another person's file.

    Two facts may be missed in one place: their items tell them apart.
    """
    place = (entry.block, entry.start, entry.end, entry.quote)
    if entry.of == "fact":
        return (entry.of, entry.fact) if entry.fact is not None else (entry.of, *place)
    if entry.of == "selection":
        given = entry.fields.to_dict()
        return entry.of, *place, given.get("item"), given.get("value")
    return entry.of, *place


def list_wrong(entry: Entry) -> frozenset[Field]:
    """The fields of a fact that were judged wrong; all of them where it is wrong and nobody said in what.

    >>> sorted(list_wrong(Entry(document=0, of="fact", verdict="edited", block=0, start=0, end=1, quote="3",
    ...                         fields=Values(item="提案", period="2024"), was={"item": "件", "period": "2024"})))
    ['item']
    """
    if entry.verdict == "edited":
        given = entry.fields.to_dict().items()
        return frozenset(name for name, value in given if not is_same(entry.was.get(name), value))
    if entry.verdict == "wrong":
        return frozenset(entry.wrong_fields or FIELDS)
    return frozenset()


def is_same(was: object, value: object) -> bool:
    """Whether two values of JSON are the same: "" and null are, and 5.30 and 5.3."""
    return was == value or (was in ("", None) and value in ("", None))


def is_no_fact(entry: Entry) -> bool:
    """Whether the fact was judged to be none, or to be wrong without saying in what."""
    return entry.verdict == "wrong" and not entry.wrong_fields


def write_corrections(corrections: Corrections) -> bytes:
    """As the review page saves them: indented JSON, with a newline at its end."""
    return msgspec.json.format(ENCODER.encode(corrections), indent=2) + b"\n"
