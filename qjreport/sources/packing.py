"""The ways a stream may be packed: how each begins, and what unpacks one member of it."""

from __future__ import annotations

import bz2
import lzma
import zlib
from importlib import import_module
from typing import Any

from qjreport.sources.entry import Failure, FailureError
from qjreport.sources.limits import MIB

MAGICS = {"gzip": b"\x1f\x8b\x08", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd"}
SKIPPABLE = tuple(bytes([0x50 + low]) + b"\x2a\x4d\x18" for low in range(16))  # frames of zstd without content
OPENING = b"WARC/"  # what a record of a crawl begins with
WARC_DICTIONARY = b"\x5d\x2a\x4d\x18"  # such a frame in front of a .warc.zst holds its dictionary


def find_packing(head: bytes) -> str | None:
    """
    >>> find_packing(b"BZh91AY&SY"), find_packing(b"<p>")
    ('bzip2', None)
    """
    if head.startswith(SKIPPABLE):
        return "zstd"
    return next((name for name, magic in MAGICS.items() if head.startswith(magic)), None)


def open_member(packing: str, dictionary: bytes | None = None) -> Any:
    """A decompressor of one member with `decompress(data, max_length)`, `eof`, `unused_data`."""
    if packing == "gzip":
        return zlib.decompressobj(wbits=31)
    if packing == "bzip2":
        return bz2.BZ2Decompressor()
    if packing == "xz":
        return lzma.LZMADecompressor(memlimit=256 * MIB)
    try:
        zstandard = import_module("zstandard")
    except ImportError as error:
        message = "is packed with zstd, which needs pip install 'qjreport[archive]'"
        raise FailureError(Failure(stage="source", error="unsupported", message=message)) from error
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=known, max_window_size=128 * MIB).decompressobj()
