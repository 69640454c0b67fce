"""Which documents hold the same report: exact ones by the hash of their text, near ones by MinHash.

Runs once all shards are committed, over the signatures in the ledger and in the order of the inputs, so that it does
not matter which worker read what when. Of several that are the same, all point to the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from qjreport.batch.bands import TEXT, SharedBands, cut_band, cut_bands
from qjreport.batch.database import TEMPORARY, connect
from qjreport.batch.ledger import Ledger, Signed
from qjreport.batch.parts import find_part
from qjreport.batch.signature import compare, read_signature
from qjreport.batch.stored import AnyPath
from qjreport.writers.arrow import build_schema, load_library
from qjreport.writers.parquet import read_parquet, write_parquet

ALIKE = Decimal("0.80")  # of the shorter text: editors cut and polish; two years of one office share less than 0.2
THOUSANDTH = Decimal("0.001")
CACHE = 64 * 1024  # KiB of the index in memory; the rest is a temporary file


class Link(NamedTuple):
    row: int
    duplicate_of: str
    similarity: Decimal


class Index:
    """The documents that are no duplicates so far, on disk where they outgrow the cache.

    `bands` are what a document is found by: all, or those that are known to be in another one, too.
    """

    def __init__(self) -> None:
        self.base = connect(self, TEMPORARY)
        self.base.execute(f"PRAGMA cache_size = -{CACHE}")
        self.base.executescript(
            "CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT, shingles INTEGER, signature BLOB);"
            "CREATE TABLE texts (text TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;"
            "CREATE TABLE bands (band INTEGER, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID;"
        )
        self.documents = 0

    def find(self, document: Signed, bands: list[int] | None = None) -> tuple[str, Decimal] | None:
        """The first document that holds the same report, and how alike they are."""
        same = self.base.execute(
            "SELECT id FROM texts JOIN documents USING (number) WHERE text = ?", (document.text_sha256,)
        ).fetchone()
        if same is not None:
            return same[0], Decimal(1)
        if document.signature is None:
            return None
        mine = read_signature(document.signature)
        bands = cut_bands(document.signature) if bands is None else bands
        marks = ",".join("?" * len(bands))
        query = (
            "SELECT id, shingles, signature FROM documents WHERE number IN "
            f"(SELECT number FROM bands WHERE band IN ({marks})) ORDER BY number"
        )
        best: tuple[str, Decimal] | None = None
        for id_, shingles, signature in self.base.execute(query, bands):
            share = compare(mine, document.shingles, read_signature(signature), shingles)
            alike = Decimal(share).quantize(THOUSANDTH)
            if alike >= ALIKE and (best is None or alike > best[1]):
                best = id_, alike
        return best

    def add(self, document: Signed, bands: list[int] | None = None) -> None:
        number = self.documents = self.documents + 1
        row = (number, document.id, document.shingles, document.signature)
        self.base.execute("INSERT INTO documents VALUES (?, ?, ?, ?)", row)
        self.base.execute("INSERT INTO texts VALUES (?, ?)", (document.text_sha256, number))
        rows = ((band, number) for band in (cut_bands(document.signature) if bands is None else bands))
        self.base.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", rows)


def find_links(ledger: Ledger) -> Iterator[tuple[int, list[Link]]]:
    """Each shard that has documents with a text, and its duplicates."""
    compared = compare_documents(ledger.list_signed(), SharedBands(ledger.list_signatures()))
    for shard, documents in groupby(compared, key=lambda pair: pair[0].shard):
        yield shard, [Link(document.row, *found) for document, found in documents if found is not None]


def compare_documents(
    documents: Iterable[Signed], shared: SharedBands
) -> Iterator[tuple[Signed, tuple[str, Decimal] | None]]:
    """Each document, and the first one before it that holds the same report; `shared` is of the same documents."""
    index = Index()
    for number, document in enumerate(documents):
        marked = shared.list_bands(number)
        found = None
        if marked:  # else nobody has anything of it
            bands = [cut_band(document.signature, band) for band in marked if document.signature and band != TEXT]
            found = index.find(document, bands)
            if found is None:
                index.add(document, bands)
        yield document, found


def write_links(folder: AnyPath, ledger: Ledger, made_by: tuple[str, str], *, unique: bool) -> int:
    """Enter every duplicate in the documents; with `unique` leave out its facts. How many there are."""
    known = ledger.list_links()
    count = 0
    for shard, links in find_links(ledger):
        count += len(links)
        digest = f"{len(links)}:{unique}:{hashlib.sha256(repr(links).encode()).hexdigest()[:16]}" if links else ""
        if known[shard] == digest:
            continue
        ids = dict(name_links(ledger, shard, links))
        write_shard_links(folder, shard, ids, made_by, unique=unique)
        ledger.write_links(shard, digest, [link.row for link in links] if unique else [])
    return count


def name_links(ledger: Ledger, shard: int, links: list[Link]) -> Iterator[tuple[str, Link]]:
    query = "SELECT id FROM inputs WHERE shard = ? AND row = ?"
    for link in links:
        yield ledger.base.execute(query, (shard, link.row)).fetchone()[0], link


def write_shard_links(
    folder: AnyPath, shard: int, links: dict[str, Link], made_by: tuple[str, str], *, unique: bool
) -> None:
    pa = load_library("pyarrow", "archive")
    path = find_part(folder, "documents", shard)
    table: Any = read_parquet(path)
    schema = build_schema("documents")
    found = [links.get(id_) for id_ in table["id"].to_pylist()]
    columns = {
        "duplicate_of": [link and link.duplicate_of for link in found],
        "similarity": [link and link.similarity for link in found],
    }
    for name, values in columns.items():
        field = schema.field(name)
        table = table.set_column(schema.get_field_index(name), field, pa.array(values, field.type))
    write_parquet(path, "documents", table, made_by)
    if unique:
        drop_facts(find_part(folder, "facts", shard), set(links), made_by)


def drop_facts(path: AnyPath, documents: set[str], made_by: tuple[str, str]) -> None:
    pa = load_library("pyarrow", "archive")
    pc = load_library("pyarrow.compute", "archive")
    table = read_parquet(path)
    kept = pc.invert(pc.is_in(table["document"], value_set=pa.array(sorted(documents), pa.string())))
    write_parquet(path, "facts", table.filter(kept), made_by)
