"""Puts corrections into facts: into those that were judged, or those of a newer extraction of the same pages.

A document's rows come as a list of `Row`, whatever they were read from, and leave as a list: values are replaced where
a person edited them, a fact that is none goes, a fact that was missed stands where it is in the text. A judgement finds
its fact by the fact's id; else by quote and sentence, and where several facts have these, by place, item and value.
What finds no fact, or finds several, is listed with the reason and changes nothing. So is a fact that was judged right
and reads otherwise now: it stays as it is, but nobody has seen it so.

What follows from an edit is done with it: the signed change, the unit's code and dimension, the exact fraction. The id
stays, so that notes survive. Where what is wrong was not said to be right otherwise, the row goes too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model.digest import sha256
from qjreport.review.corrections import Corrections, Entry, list_latest
from qjreport.text.units import index_units, read_unit

SIGNS = {"increase": 1, "decrease": -1}
COMPARED = ("item", "value", "value_to", "unit", "bound", "kind", "period", "status")  # of a fact judged right
NEEDED = ("item", "value")  # of a fact that is added: the rest has a value that goes without saying
DEFAULTS: dict[str, Any] = {
    "unit": "",
    "bound": "=",
    "hedge": "",
    "kind": "level",
    "status": "actual",
    "path": "",
    "rules": "",
    "doubts": "",
}


class Row:
    """A fact as a table, a report or a dataset holds it: its values, and what was changed in them."""

    __slots__ = ("changed", "new", "values")

    def __init__(self, values: Mapping[str, Any], *, new: bool = False) -> None:
        self.values = values
        self.changed: dict[str, Any] = {}
        self.new = new

    def get(self, name: str) -> Any:
        return self.changed[name] if name in self.changed else self.values.get(name)

    def put(self, name: str, value: object) -> None:
        self.changed[name] = value

    def get_text(self, name: str) -> str:
        value = self.get(name)
        return "" if value is None else str(value)

    def get_number(self, name: str) -> Decimal | None:
        """
        >>> Row({"value": "5.30"}).get_number("value"), Row({"value": ""}).get_number("value")
        (Decimal('5.30'), None)
        """
        value = self.get(name)
        if isinstance(value, Decimal):
            return value
        try:
            return None if value is None else Decimal(str(value).strip())
        except ArithmeticError:
            return None

    def get_place(self) -> tuple[int, int, int]:
        """Block, start and end; -1 where the table does not say."""
        block, start, end = (self.get_number(name) for name in ("block", "start", "end"))
        return tuple(-1 if number is None else int(number) for number in (block, start, end))  # type: ignore[return-value]


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement that no longer fits, or that says nothing of how the fact reads now."""

    entry: int  # index into entries
    source: str
    quote: str
    sentence: str
    why: str


class Applied(msgspec.Struct, kw_only=True):
    """What became of the judgements."""

    right: int = 0  # facts and numbers that were right and are as they were
    edited: int = 0
    removed: int = 0
    added: int = 0
    left: list[Left] = []


class Corrector:
    """Corrections on their way into the documents of a table, one document after the other.

    >>> from qjreport.lexicon import load_lexicon
    >>> from qjreport.model import Tool
    >>> from qjreport.review.corrections import SCHEMA, Reviewed, Values
    >>> edit = Entry(document=0, of="fact", verdict="edited", fact="f1", block=1, start=4, end=8, quote="459件",
    ...              fields=Values(item="委员提案"))
    >>> corrections = Corrections(schema=SCHEMA, tool=Tool(version="0", lexicon="0"),
    ...                           documents=(Reviewed(source="a.html"),), entries=(edit,))
    >>> corrector = Corrector(corrections, load_lexicon())
    >>> [row.get("item") for row in corrector.correct("a.html", None, [Row({"id": "f1", "item": "提案"})])]
    ['委员提案']
    """

    def __init__(self, corrections: Corrections, lexicon: Lexicon) -> None:
        self.corrections = corrections
        self.units = index_units(lexicon)
        self.by_document: dict[int, list[int]] = {}
        for number in list_latest(corrections.entries):
            self.by_document.setdefault(corrections.entries[number].document, []).append(number)
        self.by_sha256: dict[str, list[int]] = {}
        self.by_source: dict[str, int] = {}
        names = Counter(name_file(document.source) for document in corrections.documents)
        self.by_name: dict[str, int] = {}  # where only one has it
        for index, document in enumerate(corrections.documents):
            self.by_source.setdefault(document.source, index)
            if document.sha256 is not None:
                self.by_sha256.setdefault(document.sha256, []).append(index)
            if names[name_file(document.source)] == 1:
                self.by_name[name_file(document.source)] = index
        self.seen: set[int] = set()  # documents that the table has
        self.done = Applied()
        self.judged: set[int] = set()  # entries that are done: a page that a dataset has twice is corrected twice

    def find_document(self, source: str, sha256: str | None) -> int | None:
        """The reviewed document that a document of the table is: the same bytes, else the same name, else file name."""
        same = self.by_sha256.get(sha256 or "", [])
        if same:
            return next((index for index in same if self.corrections.documents[index].source == source), same[0])
        if source in self.by_source:
            return self.by_source[source]
        index = self.by_name.get(name_file(source))
        if index is None or (sha256 is not None and self.corrections.documents[index].sha256 is not None):
            return None
        return index

    def is_source(self, document: int | None, source: str) -> bool:
        return document is not None and self.corrections.documents[document].source == source

    def correct(self, source: str, sha256: str | None, rows: Sequence[Row], text: Text | None = None) -> list[Row]:
        """The rows of a document as they shall be; `text` is its blocks, where they are known."""
        document = self.find_document(source, sha256)
        if document is None:
            return list(rows)
        self.seen.add(document)
        work = Work(self, rows, text or Text(rows))
        entries = [(number, self.corrections.entries[number]) for number in self.by_document.get(document, [])]
        # Those that edit and remove come first: a fact that was missed is then put among what is there.
        for number, entry in sorted(entries, key=lambda pair: pair[1].verdict == "missed"):
            work.judge(number, entry)
        return work.finish()

    def finish(self) -> Applied:
        """What became of all of them, those among it whose document never came."""
        for index, numbers in self.by_document.items():
            if index not in self.seen:
                for number in numbers:
                    self.leave(number, f"there is no {self.corrections.documents[index].source} in it")
        self.done.left.sort(key=lambda left: left.entry)
        return self.done

    def leave(self, number: int, why: str) -> None:
        entry = self.corrections.entries[number]
        source = self.corrections.documents[entry.document].source
        if number not in self.judged:
            self.judged.add(number)
            left = Left(entry=number, source=source, quote=entry.quote, sentence=entry.sentence, why=why)
            self.done.left.append(left)

    def count(self, number: int, what: str) -> None:
        if number not in self.judged:
            self.judged.add(number)
            setattr(self.done, what, getattr(self.done, what) + 1)


def name_file(source: str) -> str:
    """
    >>> name_file("2024.zip!重庆市/2015.html"), name_file("pages/2015.html")
    ('2015.html', '2015.html')
    """
    return PurePosixPath(source.replace("\\", "/").rpartition("!")[2]).name


class Text:
    """Where sentences stand in a document's blocks: by the blocks themselves, else by the facts that are in them."""

    def __init__(self, rows: Sequence[Row] = (), blocks: Sequence[str] | None = None) -> None:
        self.blocks = blocks
        self.known: dict[str, set[int]] = {}
        for row in rows:
            self.known.setdefault(row.get_text("sentence"), set()).add(row.get_place()[0])

    def find_place(self, entry: Entry) -> tuple[int, int, int] | None:
        """Where the quote of an entry stands now; None where it no longer stands anywhere, or anywhere for certain."""
        place = (entry.block, entry.start, entry.end)
        if self.blocks is None:
            blocks = self.known.get(entry.sentence, set())
            return place if not blocks or entry.block in blocks else (min(blocks), entry.start, entry.end)
        if entry.block < len(self.blocks) and self.blocks[entry.block][entry.start : entry.end] == entry.quote:
            return place
        wanted = entry.sentence or entry.quote
        found = [(block, text.find(wanted)) for block, text in enumerate(self.blocks) if wanted in text]
        if len(found) != 1 or wanted.count(entry.quote) != 1:
            return None
        block, at = found[0]
        start = at + wanted.find(entry.quote)
        return block, start, start + len(entry.quote)


class Work:
    """The rows of one document while they are corrected."""

    def __init__(self, corrector: Corrector, rows: Sequence[Row], text: Text) -> None:
        self.corrector = corrector
        self.rows = list(rows)
        self.text = text
        self.by_id: dict[str, list[int]] = {}
        self.by_quote: dict[str, list[int]] = {}
        for index, row in enumerate(rows):
            self.by_id.setdefault(row.get_text("id"), []).append(index)
            self.by_quote.setdefault(row.get_text("quote"), []).append(index)
        self.taken: set[int] = set()
        self.removed: set[int] = set()
        self.added: list[Row] = []

    def judge(self, number: int, entry: Entry) -> None:
        if entry.of == "non_fact" and entry.verdict == "right":
            self.check_non_fact(number, entry)
        elif entry.verdict == "missed":
            self.add(number, entry)
        else:
            self.judge_fact(number, entry)

    def judge_fact(self, number: int, entry: Entry) -> None:
        found = self.find(entry)
        if isinstance(found, str):
            self.corrector.leave(number, found)
            return
        if found in self.taken:
            self.corrector.leave(number, "another judgement is about the same fact; the first of them counts")
            return
        self.taken.add(found)
        row = self.rows[found]
        if entry.verdict == "wrong":
            self.removed.add(found)
            self.corrector.count(number, "removed")
        elif entry.verdict == "edited":
            self.edit(row, entry)
            self.corrector.count(number, "edited")
        elif changed := list_changes(row, entry.was):
            self.corrector.leave(number, f"was right, and reads otherwise now: {', '.join(changed)}")
        else:
            self.corrector.count(number, "right")

    def find(self, entry: Entry) -> int | str:
        """The row that an entry is about, or why there is none."""
        same = self.by_id.get(entry.fact or "", [])
        if len(same) == 1:
            return same[0]
        quoted = self.by_quote.get(entry.quote, [])
        found = same or [i for i in quoted if self.rows[i].get_text("sentence") == entry.sentence]
        found = found or [i for i in quoted if overlap(self.rows[i].get_text("sentence"), entry.sentence)]
        if not found:
            return "no fact has this quote in this sentence"
        for narrow in (self.is_at, self.has_item, self.has_value):
            if len(found) > 1:
                found = [i for i in found if narrow(self.rows[i], entry)] or found
        return found[0] if len(found) == 1 else f"{len(found)} facts have this quote in this sentence"

    def is_at(self, row: Row, entry: Entry) -> bool:
        return row.get_place() == (entry.block, entry.start, entry.end)

    def has_item(self, row: Row, entry: Entry) -> bool:
        return row.get_text("item") == entry.was.get("item")

    def has_value(self, row: Row, entry: Entry) -> bool:
        return "value" in entry.was and same_value(row, "value", entry.was["value"])

    def edit(self, row: Row, entry: Entry) -> None:
        given = entry.fields.to_dict()
        for name, value in given.items():
            row.put(name, value)
        if given.keys() & {"value", "kind"} and "change" not in given:
            row.put("change", sign_change(row.get_text("kind"), row.get_number("value")))
        if given.keys() & {"value", "kind", "change"}:
            change = row.get_number("change")
            row.put("amount", row.get_number("value") if change is None else change)
        if "value" in given:
            row.put("exact", None)
        if "unit" in given:
            unit = read_unit(given["unit"], self.corrector.units)
            row.put("unit_code", unit.code if unit else None)
            row.put("dimension", unit.dimension if unit else None)

    def check_non_fact(self, number: int, entry: Entry) -> None:
        """A number that is no fact, and stands in none now."""
        if any(self.is_at(self.rows[i], entry) for i in self.by_quote.get(entry.quote, [])):
            self.corrector.leave(number, "is no fact, and is read as one now")
        else:
            self.corrector.count(number, "right")

    def add(self, number: int, entry: Entry) -> None:
        missing = [name for name in NEEDED if name not in entry.fields.to_dict()]
        if missing:
            self.corrector.leave(number, f"is a fact that was missed, and has no {' and no '.join(missing)}")
            return
        found = self.find_added(entry)
        if found is not None:  # a newer extraction found it, too
            self.taken.add(found)
            self.edit(self.rows[found], entry)
            self.corrector.count(number, "edited")
            return
        place = self.text.find_place(entry)
        if place is None:
            self.corrector.leave(number, "its sentence does not stand in the report, or more than once")
            return
        row = self.make_row(entry, place)
        self.added.append(row)
        self.corrector.count(number, "added")

    def find_added(self, entry: Entry) -> int | None:
        """The fact that states what was missed: of the same quote in the same sentence, and of its item or value."""
        found = [
            index
            for index in self.by_quote.get(entry.quote, [])
            if index not in self.taken | self.removed and self.rows[index].get_text("sentence") == entry.sentence
        ]
        given = entry.fields.to_dict()
        alike = [i for i in found if self.rows[i].get_text("item") == given["item"]]
        return next((i for i in alike if same_value(self.rows[i], "value", given["value"])), None)

    def make_row(self, entry: Entry, place: tuple[int, int, int]) -> Row:
        block, start, end = place
        near = next((row for row in self.rows if row.get_place()[0] == block), None)
        first = near or (self.rows[0] if self.rows else None)
        row = Row({}, new=True)
        for name in ("document", "source", "title", "area", "year"):
            row.put(name, first.get(name) if first else None)
        for name, value in DEFAULTS.items():
            row.put(name, value)
        about = {"block": block, "start": start, "end": end, "quote": entry.quote, "sentence": entry.sentence}
        for name, given in about.items():
            row.put(name, given)
        if near is not None:
            row.put("path", near.get("path"))
        row.put("why", entry.was.get("why"))
        self.edit(row, entry)
        row.put("id", self.name_row(row))
        return row

    def name_row(self, row: Row) -> str:
        used = self.by_id.keys() | {added.get_text("id") for added in self.added}
        name = name_fact(*(row.get_text(part) for part in ("sentence", "quote", "item", "kind", "period")))
        return next(one for one in name_again(name) if one not in used)

    def finish(self) -> list[Row]:
        """The rows in the order of the text: an added one stands before the first that stands after it."""
        rows = [row for index, row in enumerate(self.rows) if index not in self.removed]
        for row in self.added:
            place = row.get_place()
            at = next((index for index, other in enumerate(rows) if other.get_place() > place), len(rows))
            rows.insert(at, row)
        return rows


def overlap(one: str, other: str) -> bool:
    """Whether two sentences are one that is cut in other places."""
    return bool(one and other) and (one in other or other in one)


def list_changes(row: Row, was: Mapping[str, Any]) -> list[str]:
    """The fields whose values are no longer those that were shown.

    >>> list_changes(Row({"item": "提案", "value": "460"}), {"item": "提案", "value": 459})
    ['value']
    """
    return [name for name in COMPARED if name in was and not same_value(row, name, was[name])]


def same_value(row: Row, name: str, value: object) -> bool:
    if isinstance(value, int | float | Decimal):
        return row.get_number(name) == Decimal(str(value))
    return row.get_text(name) == ("" if value is None else str(value))


def sign_change(kind: str, value: Decimal | None) -> Decimal | None:
    """
    >>> sign_change("decrease", Decimal("10.5")), sign_change("level", Decimal(3))
    (Decimal('-10.5'), None)
    """
    return None if value is None or kind not in SIGNS else value * SIGNS[kind]


def name_fact(sentence: str, quote: str, item: str, kind: str, period: str) -> str:
    """The id that the extraction would give a fact that reads so."""
    key = "\x1f".join((sentence, quote, item, kind, period))
    return f"f{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def name_again(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def sum_up(done: Applied) -> str:
    """
    >>> sum_up(Applied(right=3, edited=1, removed=1, added=0))
    '1 edited, 1 removed, 0 added, 3 right as they are'
    """
    said = f"{done.edited} edited, {done.removed} removed, {done.added} added, {done.right} right as they are"
    return said + (f", {len(done.left)} left" if done.left else "")


def list_left(lefts: Iterable[Left]) -> Iterator[str]:
    """A line for each judgement that was left, for a person."""
    for left in lefts:
        around = f" in 「{left.sentence}」" if left.sentence else ""
        yield f"{left.source}: {left.quote}{around}: {left.why}"
