"""Archives that are made to end, to stop or to fill a batch, nearly all of them small.

None of them holds a page, so that whoever reads them beside pages knows how many documents there are to be.
`tests/test_hostile_archives.py` reads them one by one and all at once; the fuzzer of archives begins with them.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import sys
import zipfile
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from archives import make_record, make_response, make_tar, make_zip

MB = 1_000_000
BOMB = [320 * MB]  # what a bomb unpacks to; a list, for the size that a person asks for (`python hostile_archives.py`)


class Case(NamedTuple):
    """`write` makes the file; `errors` are those of its failures, and what none of them says is no page."""

    name: str
    write: Callable[[Path], object]
    errors: frozenset[str]


def make_case(name: str, make: Callable[[], bytes], *errors: str) -> Case:
    return Case(name, lambda path: path.write_bytes(make()), frozenset(errors))


# -- tar


def make_pax(records: bytes, content: bytes = b"") -> bytes:
    """A tar of one member with an extended header in front of it that says `records`."""
    plain = make_tar({"a.html": content})
    head = bytearray(plain[:512])
    head[0:100] = b"PaxHeaders/a.html".ljust(100, b"\0")
    head[124:136] = b"%011o\0" % len(records)
    head[156:157] = b"x"
    return sign(head) + records + bytes(-len(records) % 512) + plain


def sign(head: bytes | bytearray) -> bytes:
    """A header of a tar with the sum that it has to have."""
    head = bytearray(head)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


def make_negative_tar(files: dict[str, bytes]) -> bytes:
    """The first member says that it has -1024 bytes; the others are sound."""
    plain = make_tar({"first.html": b"", **files})
    head = bytearray(plain[:512])
    head[124:136] = (-1024).to_bytes(12, "big", signed=True)
    return sign(head) + plain[512:]


# -- zip


def make_lzma_zip(*, dictionary: int | None = None, damage: bool = False) -> bytes:
    data = bytearray(make_zip({"a.html": b"<p>" + bytes(range(256)) * 40}, zipfile.ZIP_LZMA))
    begin = 30 + len("a.html")  # of what is packed: version, length of the properties, properties
    if dictionary is not None:
        data[begin + 5 : begin + 9] = dictionary.to_bytes(4, "little")
    if damage:
        data[begin + 40 : begin + 60] = bytes(20)
    return bytes(data)


def make_lying_zip(method: int, packed: bytes, size: int, name: bytes = b"a.html", crc: int = 0) -> bytes:
    """One member whose directory says that it has `size` bytes."""
    local = struct.pack("<4s5H3L2H", b"PK\3\4", 46, 0, method, 0, 33, crc, len(packed), size, len(name), 0) + name
    entry = (b"PK\1\2", 46, 46, 0, method, 0, 33, crc, len(packed), size, len(name), 0, 0, 0, 0, 0, 0)
    directory = struct.pack("<4s6H3L5H2L", *entry) + name
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory), len(local) + len(packed), 0)
    return local + packed + directory + end


def compress_zeros(packer: bz2.BZ2Compressor, size: int) -> bytes:
    zeros = bytes(16 * MB)
    return b"".join([*(packer.compress(zeros) for _ in range(size // len(zeros))), packer.flush()])


def pack_lzma(size: int) -> bytes:
    """Properties and data of LZMA as a zip has them."""
    packer = lzma.LZMACompressor(lzma.FORMAT_ALONE, preset=0)
    packed = compress_zeros(packer, size)  # type: ignore[arg-type]
    return packed[:5] + packed[13:]


def write_sparse_zip(path: Path, packed: int = 3_500 * MB) -> None:
    """A member that is stored in a hole of the file and says that it unpacks to 1,000 bytes."""
    whole = make_lying_zip(0, b"", 1000)
    local, rest = whole[: 30 + len("a.html")], whole[30 + len("a.html") :]
    local = local[:18] + struct.pack("<L", packed) + local[22:]
    directory, end = rest[:-22], rest[-22:]
    directory = directory[:20] + struct.pack("<L", packed) + directory[24:]
    with path.open("wb") as file:
        file.write(local)
        file.seek(packed, io.SEEK_CUR)
        file.write(directory + end[:16] + struct.pack("<L", len(local) + packed) + end[20:])


def make_zip_without_directory(size: int = 3_200_000) -> bytes:
    """Members that are stored and say that they reach to the end of the file, each over all that come after it."""
    count = size // 31
    return b"".join(
        struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 33, 1, (left - 1) * 31, (left - 1) * 31, 1, 0) + b"a"
        for left in range(count, 0, -1)
    )


# -- gzip, zstd


def make_overlapping_gzip(first: bytes, size: int = 200_000) -> bytes:
    """After a sound member, others that each say to hold the next 65,535 bytes, in which more of them begin."""
    member = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\0\xff\xff\0\0"
    return gzip.compress(first, mtime=0) + member * (size // len(member))


def make_zstd_dictionary(size: int) -> bytes:
    """A frame in front of a crawl whose dictionary unpacks to `size` bytes."""
    packer = import_module("zstandard").ZstdCompressor().compressobj()
    packed = compress_zeros(packer, size)
    return b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed + b"\x28\xb5\x2f\xfd"


# -- WARC and what is in it


def make_chunked(size: bytes) -> bytes:
    return make_record(make_response(size + b"\nabcd\r\n0\r\n\r\n", "Transfer-Encoding: chunked"), "http://a.test/")


def make_brotli(size: int) -> bytes:
    packer = import_module("brotli").Compressor(quality=5)
    zeros = bytes(16 * MB)
    packed = b"".join([*(packer.process(zeros) for _ in range(size // len(zeros))), packer.finish()])
    return make_record(make_response(packed, "Content-Encoding: br"), "http://a.test/")


def make_folded(size: int = 6 * MB) -> bytes:
    return make_record(make_response(b"", "X-Folded: a" + "\r\n b" * (size // 4)), "http://a.test/")


def make_mhtml(size: int = 200_000) -> bytes:
    """A header with a quote that is never closed and many semicolons after it."""
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="' + b";" * size
    return b"From: <Saved>\r\n" + head + b"\r\n\r\n--a\r\nContent-Type: text/html\r\n\r\n \r\n"


needs_archive = find_spec("zstandard") is not None and find_spec("brotli") is not None

ENDS = [
    make_case("pax-size.tar", lambda: make_pax("11 size=²\n".encode()), "damaged", "empty"),
    make_case("pax-size-long.tar", lambda: make_pax(b"5011 size=" + b"1" * 5000 + b"\n"), "damaged", "empty"),
    make_case("pax-length.tar", lambda: make_pax(b"1" * 5000 + b" path=b.html\n"), "damaged", "empty"),
    make_case("length.warc", lambda: make_record(b"").replace(b"Length: 0", "Length: ²".encode()), "damaged"),
    make_case("nameless.zip", lambda: make_lying_zip(0, b"", 0, name=b""), "damaged"),
    make_case("damaged-lzma.zip", lambda: make_lzma_zip(damage=True), "damaged"),
    make_case("damaged-lzma-inside.zip", lambda: make_zip({"b.zip": make_lzma_zip(damage=True)}), "unsupported"),
    make_case("negative.tar", lambda: make_negative_tar({"b.html": b""}), "damaged", "empty"),
]
HANGS = [
    make_case(
        "overlapping-zeros.tar.gz", lambda: make_overlapping_gzip(make_tar({"a.html": b""})[:1024]), "damaged", "empty"
    ),
    make_case("chunk.warc", lambda: make_chunked(b" -4"), "damaged"),
    make_case("chunk.wacz", lambda: make_zip({"archive/data.warc": make_chunked(b" -4")}, 0), "damaged"),
    make_case("folded.warc", make_folded, "damaged"),
    make_case("overlapping.tar.gz", lambda: make_overlapping_gzip(make_tar({"a.html": b""})[:512]), "damaged", "empty"),
    make_case("overlapping.warc.gz", lambda: make_overlapping_gzip(make_record(b"")), "damaged"),
    make_case("no-directory.zip", make_zip_without_directory, "damaged"),
    make_case("mhtml.mhtml", make_mhtml, "no-page"),
    make_case("mhtml.zip", lambda: make_zip({"a.mhtml": make_mhtml()}), "no-page"),
    make_case("endless-heads.warc", lambda: b"WARC/1.0\r\n" * 100_000, "damaged"),
    make_case(
        "overlapping.warc",
        lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3000000\r\n\r\n" * 30_000,
        "damaged",
    ),
    make_case(
        "overlapping-inside.warc.gz",
        lambda: gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3000000\r\n\r\n" * 60_000, mtime=0),
        "damaged",
    ),
]
FILLS = [
    make_case(
        "bomb-bzip2.zip", lambda: make_lying_zip(12, compress_zeros(bz2.BZ2Compressor(), BOMB[0]), 1000), "damaged"
    ),
    make_case(
        "bomb-lzma.zip",
        lambda: make_lying_zip(14, b"\x09\x04\x05\0" + pack_lzma(BOMB[0]), 1000),
        "damaged",
    ),
    make_case("bomb.bz2", lambda: compress_zeros(bz2.BZ2Compressor(), BOMB[0]), "too-large"),
    make_case("dictionary-lzma.zip", lambda: make_lzma_zip(dictionary=0xFFFFFFFF), "damaged"),
    Case("sparse.zip", write_sparse_zip, frozenset({"too-large"})),
]
if needs_archive:
    FILLS += [
        make_case("bomb-brotli.warc", lambda: make_brotli(BOMB[0]), "too-large"),
        make_case("bomb-brotli.wacz", lambda: make_zip({"archive/a.warc": make_brotli(BOMB[0])}, 0), "too-large"),
        make_case("dictionary.warc.zst", lambda: make_zstd_dictionary(BOMB[0]), "damaged"),
    ]


CASES = [*ENDS, *HANGS, *FILLS]


def write_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for case in CASES:
        case.write(folder / case.name)


if __name__ == "__main__":
    BOMB[0] = int(sys.argv[2]) * MB
    write_all(Path(sys.argv[1]))
