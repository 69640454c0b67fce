"""The signature of a report's text: the least hashes of its shingles, by which near duplicates are found.

One hash a shingle, sorted into 256 bins, of which each keeps its least (one-permutation MinHash): two texts agree in a
bin about as often as they share shingles. https://papers.nips.cc/paper/4778 describes it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from zlib import crc32

from qjreport.text.patterns import compile_regex

SHINGLE = 5  # characters: longer than set phrases, short enough to survive an editor's hand
BINS = 256  # an estimate of a half is off by 0.03
BIN_SHIFT = 32 - 8
LEAST = 200  # shingles below which a text is compared as a whole only: 256 bins would be mostly empty
SPREAD = 0x9E3779B1  # odd, near 2**32 over the golden ratio: CRC-32 alone is linear and would correlate
BETWEEN = compile_regex(r"[^\p{L}\p{N}]+")
WIDTH = 4  # bytes of a character in UTF-32
LOWER = int.from_bytes(b"\xff\xff\xff\x7f" * BINS, "little")  # of each bin all bits but the highest
HIGHEST = int.from_bytes(b"\x00\x00\x00\x80" * BINS, "little")


def sign_text(text: str) -> tuple[int, bytes]:
    """How many different shingles a text has, and its signature; white space and punctuation do not count.

    >>> sign_text("全年办理提案459件")[0]
    6
    """
    data = BETWEEN.sub("", text).encode("utf-32-le", "surrogatepass")
    ends = range(0, len(data) - SHINGLE * WIDTH + 1, WIDTH)
    hashes = sorted({crc32(data[place : place + SHINGLE * WIDTH]) * SPREAD & 0xFFFFFFFF for place in ends})
    return len(hashes), fill_bins(hashes).tobytes()


def fill_bins(hashes: list[int]) -> array[int]:
    """The least hash of each bin; an empty one borrows from the next that is not."""
    bins = array("I", bytes(4 * BINS))
    if not hashes:
        return bins
    starts = [bisect_left(hashes, number << BIN_SHIFT) for number in range(BINS)] + [len(hashes)]
    borrowed = hashes[0]
    for number in range(BINS - 1, -1, -1):
        if starts[number] < starts[number + 1]:
            borrowed = hashes[starts[number]]
        bins[number] = borrowed
    return bins


def compare(mine: int, my_size: int, other: int, other_size: int) -> float:
    """Share of the shorter text's shingles that the other one has too, 0 to 1, estimated."""
    alike = count_equal(mine, other) / BINS
    shared = alike / (1 + alike) * (my_size + other_size)
    return min(1.0, shared / max(1, min(my_size, other_size)))


def count_equal(mine: int, other: int) -> int:
    """How many bins agree, all of them at once: a carry into the highest bit of a bin says that it has another bit.

    >>> count_equal(read_signature(bytes(1024)), read_signature(b"\x01" * 8 + bytes(1016)))
    254
    """
    different = mine ^ other
    return BINS - ((((different & LOWER) + LOWER) | different) & HIGHEST).bit_count()


def read_signature(data: bytes) -> int:
    """A signature to compare with others."""
    return int.from_bytes(data, "little")
