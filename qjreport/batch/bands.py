"""Which documents share anything at all: a look over all signatures before any two documents are compared.

Nearly every band of a signature stands in one document alone. To know which do not takes one pass over the signatures,
which writes a number for each band to a temporary file, and a sort of each band's numbers: 4 bytes a band and document
on disk, and the numbers of one band in memory. What is shared by nobody needs no index and no look-up.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from qjreport.batch.signature import BINS
from qjreport.writers.arrow import load_library

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
