"""Which documents hold the same report: exact ones by the hash of their text, near ones by MinHash.

Runs once all shards are committed, over the signatures in the ledger and in the order of the inputs, so that it does
not matter which worker read what when. Of several that are the same, all point to the first.

`SharedBands` looks over all signatures before any two documents are compared, for nearly every band of a signature
stands in one document alone. To know which do not takes one pass over the signatures, which writes a number for each
band to a temporary file, and a sort of each band's numbers: 4 bytes a band and document on disk, and the numbers of one
band in memory. What nobody shares needs no index and no look-up. `compare_documents` then compares those that share
something, `write_links` enters what it found in the files of the shards.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby, islice
from typing import Any, NamedTuple

from qjreport.batch.home import AnyPath
from qjreport.batch.ledger import TEMPORARY, Ledger, Signed, connect
from qjreport.batch.parts import find_part
from qjreport.batch.signature import BINS, compare, read_signature
from qjreport.writers.parquet import build_schema, load_library, read_parquet, write_parquet

BAND = 3  # bins that must all agree before two documents are compared: 85 bands of 3 find 95 of 100 pairs that share
BANDS = BINS // BAND  # a third of their shingles, which is a text and its third
TEXT = BANDS  # one more band: the hash of the whole text
CHUNK = 4096  # signatures at a time
MARKS = BANDS // 8 + 1  # bytes: a bit for each band and for the text
FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)  # odd: three bins → one number, mod 2**64


def cut_band(signature: bytes, band: int) -> int:
    """A number for a band of a signature, different from band to band."""
    size = BAND * 4
    piece = signature[band * size : (band + 1) * size]
    return int.from_bytes(hashlib.blake2b(piece, digest_size=7, salt=bytes([band])).digest(), "big")


def cut_bands(signature: bytes | None) -> list[int]:
    """Those of all bands; none where there is no signature."""
    return [cut_band(signature, band) for band in range(BANDS)] if signature else []


class SharedBands:
    """For each document, in their order, the bands that another one has too, and `TEXT` where its whole text may be.

    Different bands may get the same number (one in 4000 where there are a million documents): what is said to be shared
    may be not, what is shared is always said.
    """

    def __init__(self, documents: Iterable[tuple[str, bytes | None]]) -> None:
        """`documents` are hashes of texts, in hexadecimal, and signatures."""
        rows = iter(documents)
        sizes = []
        with tempfile.TemporaryFile() as file:
            while chunk := list(islice(rows, CHUNK)):
                sizes.append(len(chunk))
                for column in number_bands(chunk):
                    file.write(column)
            self.marks = bytearray(MARKS * sum(sizes))
            for band in range(BANDS + 1):
                self.mark_shared(band, b"".join(read_columns(file, sizes, band)))

    def mark_shared(self, band: int, numbers: bytes) -> None:
        pa, pc = load_library("pyarrow", "archive"), load_library("pyarrow.compute", "archive")
        values = pa.Array.from_buffers(pa.uint32(), len(numbers) // 4, [None, pa.py_buffer(numbers)])
        order = pc.sort_indices(values)
        values = values.take(order)
        same = pc.equal(values.slice(1), values.slice(0, max(0, len(values) - 1)))
        edge = pa.array([False] * min(1, len(values)), pa.bool_())
        shared = pc.or_(pa.concat_arrays([edge, same]), pa.concat_arrays([same, edge]))
        byte, bit = band // 8, 1 << band % 8
        found = order.filter(shared)
        for start in range(0, len(found), CHUNK):
            for document in found.slice(start, CHUNK).to_pylist():
                self.marks[document * MARKS + byte] |= bit

    def list_bands(self, document: int) -> list[int]:
        marks = int.from_bytes(self.marks[document * MARKS : (document + 1) * MARKS], "little")
        return [band for band in range(BANDS + 1) if marks >> band & 1] if marks else []


def number_bands(chunk: list[tuple[str, bytes | None]]) -> Iterator[Any]:
    """32 bits for each document of the chunk: a column for every band, then one for the texts."""
    pa, pc = load_library("pyarrow", "archive"), load_library("pyarrow.compute", "archive")
    texts = [bytes.fromhex(text) for text, _ in chunk]
    # What has no signature gets one that only the same text has.
    data = b"".join(signature or text * (4 * BINS // 32) for text, (_, signature) in zip(texts, chunk, strict=True))
    bins = pa.Array.from_buffers(pa.uint32(), len(chunk) * BINS, [None, pa.py_buffer(data)]).cast(pa.uint64())
    whole = len(bins) - BAND + 1
    first, second, third = (
        pc.multiply(bins.slice(place, whole), pa.scalar(factor, pa.uint64())) for place, factor in enumerate(FACTORS)
    )
    mixed = pc.shift_right(pc.add(pc.add(first, second), third), pa.scalar(32, pa.uint64())).cast(pa.uint32())
    starts = pa.array(range(0, len(chunk) * BINS, BINS), pa.uint64())
    for band in range(BANDS):
        yield mixed.slice(band * BAND).take(starts).buffers()[1]
    yield b"".join(text[:4] for text in texts)


def read_columns(file: Any, sizes: list[int], band: int) -> Iterator[bytes]:
    """The numbers of a band, chunk by chunk."""
    begun = 0
    for size in sizes:
        file.seek(begun + band * size * 4)
        yield file.read(size * 4)
        begun += (BANDS + 1) * size * 4


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
