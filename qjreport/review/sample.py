"""Draws facts, and numbers that are no facts, from a dataset, and finds them again in their pages.

What is drawn follows from the seed and the dataset alone. Each fact and each number has a key, a hash of the seed and
of its name; of a stratum those with the least keys are drawn. That is a draw at random without replacement, in one
pass, whatever the order of the rows or the version of Python; and a larger sample of the same seed holds the smaller
one, where strata are not put together otherwise.

Strata share the sample by the roots of their sizes (power allocation, Bankier 1988): the small ones get more than their
part, so that something can be said of them, and the weights of the score make up for it. Each gets two at least. Where
there are more strata than that allows, the smallest are put together.

A dataset has the sentence of each fact, and of its other numbers only how many there are of each sort. So the pages of
what was drawn are read again, which shows the whole paragraph and costs nothing in the dataset: `find_drawn` checks by
the page's hash and by the ids of its facts that it reads what the dataset was made of. `cut_sentence` shows a fact
without its page, by the dataset alone.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model import Fact, NonFact, Report
from qjreport.review.corrections import DOUBTED, SURE, Population, Sample, Stratum
from qjreport.sources.errors import SourceError
from qjreport.sources.storage import is_url
from qjreport.writers.dataset_rows import NON_FACTS, restore_digits

if TYPE_CHECKING:
    from qjreport.sources.confined import Confined

ANY = "*"  # in the key of a stratum that small ones were put together in
LEAST = 2  # drawn of each stratum
# What a sample may be stratified by: of facts, of numbers; the name in the dataset where it is another one.
OF_FACTS = ("fact_kind", "status", "doubts", "document_kind", "area_level", "year")
OF_NUMBERS = ("why", "document_kind", "area_level", "year")
FIELDS = tuple(dict.fromkeys(OF_FACTS + OF_NUMBERS))
DOCUMENT_COLUMNS = ("id", "source", "sha256", "title", "kind", "area_level", "year", "duplicate_of")
COUNTS = tuple(f"{why}_numbers" for why in NON_FACTS)
FACT_COLUMNS = ("document", "id", "kind", "status", "doubts")

Key = tuple[str | None, ...]


class SampleError(Exception):
    """A sample that cannot be drawn or shown: what is wrong and what to do."""


class Unit(NamedTuple):
    """A fact or a number of the dataset, by the hash that says whether it is drawn."""

    key: int
    document: str
    name: str  # the id of a fact; `date 3` for the third of a document's dates


class Pool:
    """One stratum: how many there are, and those that are drawn first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.population = 0
        self.held: list[tuple[int, str, str]] = []  # a heap, the greatest key first

    def put(self, key: int, document: str, name: str) -> None:
        self.population += 1
        if len(self.held) < self.most:
            heapq.heappush(self.held, (-key, document, name))
        elif self.held and -self.held[0][0] > key:
            heapq.heapreplace(self.held, (-key, document, name))

    def take(self, number: int) -> list[Unit]:
        return sorted(Unit(-key, document, name) for key, document, name in self.held)[:number]

    def join(self, other: Pool) -> None:
        self.population += other.population
        self.held = heapq.nlargest(self.most, self.held + other.held)
        heapq.heapify(self.held)


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """What was drawn, by the document that it is in, in the order of the dataset: names, each with its stratum."""

    sample: Sample
    documents: tuple[dict[str, Any], ...]
    facts: dict[str, dict[str, int]]  # document → id → stratum
    numbers: dict[str, dict[str, int]]


class Found(NamedTuple):
    """A fact or a number that was drawn, in the report that it is of."""

    report: Report
    drawn: Fact | NonFact
    stratum: int


def draw_sample(
    documents: Iterable[Mapping[str, Any]],
    facts: Iterable[Mapping[str, Any]],
    *,
    size: int,
    numbers: int,
    seed: int,
    by: Sequence[str] = (),
) -> Drawn:
    """Draw `size` facts and `numbers` numbers that are none. Raises SampleError for a field that nothing is sorted by.

    >>> document = {"id": "d", "kind": "统计公报", "source": "a.html", "sha256": "0", "title": None, "date_numbers": 4}
    >>> facts = [{"document": "d", "id": str(n), "kind": "level", "status": "actual", "doubts": ""} for n in range(9)]
    >>> drawn = draw_sample([document], facts, size=3, numbers=1, seed=7)
    >>> [(stratum.of, stratum.population, stratum.drawn) for stratum in drawn.sample.strata]
    [('facts', 9, 3), ('non_facts', 4, 1)]
    """
    unknown = [name for name in by if name not in FIELDS]
    if unknown:
        raise SampleError(f"nothing is stratified by {', '.join(unknown)}; by these it may be: {', '.join(FIELDS)}")
    known = {row["id"]: row for row in documents}
    pools_of_facts = pool_facts(known, facts, size, seed, tuple(name for name in by if name in OF_FACTS))
    pools_of_numbers = pool_numbers(known, numbers, seed, tuple(name for name in by if name in OF_NUMBERS))
    strata: list[Stratum] = []
    drawn_facts = take_units("facts", pools_of_facts, size, [name for name in by if name in OF_FACTS], strata)
    drawn_numbers = take_units("non_facts", pools_of_numbers, numbers, [n for n in by if n in OF_NUMBERS], strata)
    drawn = drawn_facts.keys() | drawn_numbers.keys()
    return Drawn(
        sample=Sample(seed=seed, size=size, by=tuple(by), strata=tuple(strata)),
        documents=tuple(dict(row) for id_, row in known.items() if id_ in drawn),
        facts=drawn_facts,
        numbers=drawn_numbers,
    )


def take_units(
    of: Population, pools: Mapping[Key, Pool], wanted: int, by: Sequence[str], strata: list[Stratum]
) -> dict[str, dict[str, int]]:
    """What is drawn of the pools: document → name → index of its stratum, which is added to `strata`."""
    joined = join_small(pools, max(1, wanted // LEAST))
    shares = allocate([pool.population for pool in joined.values()], wanted)
    taken: dict[str, dict[str, int]] = {}
    for (key, pool), share in zip(joined.items(), shares, strict=True):
        for unit in pool.take(share):
            taken.setdefault(unit.document, {})[unit.name] = len(strata)
        named = dict(zip(by, key, strict=True))
        strata.append(Stratum(key=named, of=of, population=pool.population, drawn=share))
    return taken


def pool_facts(
    documents: Mapping[str, Mapping[str, Any]], facts: Iterable[Mapping[str, Any]], most: int, seed: int, by: Key
) -> dict[Key, Pool]:
    """Facts of documents that are not among `documents` (duplicates that are left out) are passed over."""
    pools: dict[Key, Pool] = {}
    for fact in facts:
        document = documents.get(fact["document"])
        if document is not None:
            key = tuple(read_field(name, document, fact) for name in by)
            pool = pools.get(key) or pools.setdefault(key, Pool(most))
            pool.put(hash_name(seed, fact["document"], fact["id"]), fact["document"], fact["id"])
    return pools


def pool_numbers(
    documents: Mapping[str, Mapping[str, Any]], most: int, seed: int, by: tuple[str, ...]
) -> dict[Key, Pool]:
    """The numbers that are no facts: a dataset has how many of each sort a document has, and so each has a name."""
    pools: dict[Key, Pool] = {}
    for id_, document in documents.items():
        for why in NON_FACTS:
            count = document.get(f"{why}_numbers") or 0
            if count:
                key = tuple(why if name == "why" else read_field(name, document, {}) for name in by)
                pool = pools.get(key) or pools.setdefault(key, Pool(most))
                for number in range(1, count + 1):
                    name = f"{why} {number}"
                    pool.put(hash_name(seed, id_, name), id_, name)
    return pools


def read_field(name: str | None, document: Mapping[str, Any], fact: Mapping[str, Any]) -> str | None:
    if name == "doubts":
        return DOUBTED if fact["doubts"] else SURE
    if name in ("fact_kind", "status"):
        return str(fact["kind" if name == "fact_kind" else "status"])
    value = document.get("kind" if name == "document_kind" else str(name))
    return None if value is None else str(value)


def hash_name(seed: int, document: str, name: str) -> int:
    return int.from_bytes(sha256(f"{seed}\x1f{document}\x1f{name}".encode()).digest()[:8], "big")


def join_small(pools: Mapping[Key, Pool], most: int) -> dict[Key, Pool]:
    """The strata in the order of their keys, the smallest put together where they are more than `most`."""
    ordered = dict(sorted(pools.items(), key=lambda pair: tuple(part or "" for part in pair[0])))
    if len(ordered) <= most:
        return ordered
    by_size = sorted(ordered, key=lambda key: -ordered[key].population)
    small = by_size[most - 1 :]
    rest = ordered[small[0]]
    for key in small[1:]:
        rest.join(ordered[key])
    kept = {key: pool for key, pool in ordered.items() if key not in set(small)}
    return {**kept, tuple(ANY for _ in small[0]): rest}


def allocate(populations: Sequence[int], size: int) -> list[int]:
    """How many are drawn of each stratum: two of each at first, then by the roots of their sizes, never more than are.

    >>> allocate([900, 100, 1], 10), allocate([3, 2], 10), allocate([], 5)
    ([7, 2, 1], [3, 2], [])
    """
    least = min(LEAST, size // max(1, len(populations)))
    shares = [min(least, population) for population in populations]
    waiting = [(-sqrt(number) / (shares[index] + 0.5), index) for index, number in enumerate(populations)]
    heapq.heapify(waiting)
    left = size - sum(shares)
    while left > 0 and waiting:
        _, index = heapq.heappop(waiting)
        if shares[index] < populations[index]:
            shares[index] += 1
            left -= 1
            heapq.heappush(waiting, (-sqrt(populations[index]) / (shares[index] + 0.5), index))
    return shares


# Finding what was drawn.


def find_drawn(drawn: Drawn, read: Callable[[Mapping[str, Any]], Report]) -> Iterator[Found]:
    """What was drawn, document by document in the order of the dataset, and there in the order of the text.

    `read` reads the page of a document. Raises SampleError where it is not the page that the dataset was made of.
    """
    for document in drawn.documents:
        report = read(document)
        if report.source.sha256 != document["sha256"]:
            raise SampleError(f"{document['source']}: is not the page that the dataset was made of")
        found: list[Found] = []
        wanted = dict(drawn.facts.get(document["id"], {}))
        found += [Found(report, fact, wanted.pop(fact.id)) for fact in report.facts if fact.id in wanted]
        numbers = dict(drawn.numbers.get(document["id"], {}))
        counts: dict[str, int] = {}
        for number in report.non_facts:
            counts[number.why] = counts.get(number.why, 0) + 1
            stratum = numbers.pop(f"{number.why} {counts[number.why]}", None)
            if stratum is not None:
                found.append(Found(report, number, stratum))
        if wanted or numbers:
            raise SampleError(f"{document['source']}: is read otherwise than when the dataset was made")
        yield from sorted(found, key=lambda one: (one.drawn.block, one.drawn.start, one.drawn.end))


def read_page(
    document: Mapping[str, Any],
    root: Path | None,
    *,
    encoding: str | None,
    reader: str,
    lexicon: Lexicon | None,
    unpacker: Confined | None = None,
) -> Report:
    """The page of a document, by the address in its row; `root` is where a batch began that named it relatively.

    Raises SampleError where it cannot be read.
    """
    from qjreport.pipeline import extract
    from qjreport.sources import read_source

    address = str(document["source"])
    path = address if root is None or is_url(address) else str(root / address)
    try:
        data = read_source(path, unpacker).data
    except SourceError as error:
        raise SampleError(str(error)) from error
    return extract(data, name=address, encoding=encoding, reader=reader, lexicon=lexicon)


class Cut(NamedTuple):
    """A fact with the sentence that a dataset has of it, and where in its block that begins."""

    document: dict[str, Any]
    fact: Fact
    offset: int
    stratum: int


def cut_sentences(drawn: Drawn, facts: Iterable[Mapping[str, Any]]) -> Iterator[Cut]:
    """The facts that were drawn, out of their rows in the dataset, without their pages."""
    documents = {document["id"]: document for document in drawn.documents}
    for row in facts:
        stratum = drawn.facts.get(row["document"], {}).get(row["id"])
        if stratum is not None:
            fact = build_fact(row)
            at = max(0, fact.sentence.find(fact.quote))
            yield Cut(documents[row["document"]], fact, max(0, fact.start - at), stratum)


def build_fact(row: Mapping[str, Any]) -> Fact:
    """The fact of a row of the dataset."""
    plain = restore_digits(row)
    lists: dict[str, Any] = {
        "path": tuple(filter(None, (plain["path"] or "").split(" > "))),
        **{name: tuple((plain[name] or "").split()) for name in ("rules", "doubts")},
    }
    return Fact(**{name: plain[name] for name in Fact.__struct_fields__ if name not in lists}, **lists)
