"""Makes crawls' files for the tests, sound and damaged in every way, and cuts them into ranges."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from archives import make_page, make_record, make_response, name_url, pack
from entries import list_all
from hypothesis import strategies as st

from qjreport.sources.entry import Entry

RECORDS = ["page", "page", "page", "picture", "revisit", "request", "length", "binary"]
MEMBERS = ["one", "one", "one", "several", "split", "blank", "alien", "magic"]
MAGIC = b"\x1f\x8b\x08\x00\x28\xb5\x2f\xfd\nWARC/1.0\r\n"  # look like heads of members and of a record, but are none
LENGTH = re.compile(rb"Content-Length: \d+")
DAMAGE = ["zeros", "noise", "loss", "more zeros", "end"]


def tell_all(entries: list[Entry]) -> list[tuple[Any, ...]]:
    """Everything that the entries say, and their bytes."""
    return [
        (
            *(entry.address, entry.fingerprint, entry.size, entry.failure, entry.url, entry.captured, entry.place),
            entry.load() if entry.read else b"",
        )
        for entry in entries
    ]


def list_ranges(path: Path, cuts: list[int], **options: object) -> list[Entry]:
    """The entries of the ranges between the cuts, each read by itself."""
    return [entry for start, end in pairwise(cuts) for entry in list_all(Path(f"{path}@{start}-{end}"), **options)]


class Maker:
    """Draws members of one or several records, with what may be wrong with them."""

    def __init__(self, draw: Callable[..., Any], packing: str, members: list[str]) -> None:
        self.draw = draw
        self.packing = packing
        self.members = members
        self.number = 0

    def make_record(self) -> bytes:
        self.number += 1
        kind = self.draw(st.sampled_from(RECORDS))
        url, page = name_url(self.number), make_page(self.number)
        if kind == "picture":
            picture = random.Random(self.number).randbytes(400)
            return make_record(make_response(picture, media_type="image/png"), url)
        if kind in ("revisit", "request"):
            return make_record(b"", url, kind=kind)
        record = make_record(make_response(page), url)
        if kind == "length":  # too long, or too short
            length = self.draw(st.sampled_from([b"99999999", b"9999", b"x", b"0", b"9", b"200"]))
            return LENGTH.sub(b"Content-Length: " + length, record, count=1)
        if kind == "binary":
            return make_record(make_response(MAGIC * 3 + page), url)
        return record

    def make_member(self) -> bytes:
        how = self.draw(st.sampled_from(self.members))
        if how == "several":
            return pack(b"".join(self.make_record() for _ in range(3)), self.packing)
        if how == "split":  # a record over two members
            record = self.make_record()
            place = self.draw(st.integers(1, len(record) - 1))
            return pack(record[:place], self.packing) + pack(record[place:], self.packing)
        if how == "blank":
            return b"".join(pack(part, self.packing) for part in (b"", b"\r\n", self.make_record()))
        if how == "alien":
            contents = [b"WARC", b"no record", b"no record\n", b"WARC/1.0\r\n", b"WARC/1.0\r\n\r\n"]
            return pack(self.draw(st.sampled_from(contents)), self.packing)
        if how == "magic":
            return store(make_record(make_response(MAGIC * 3), name_url(self.number)), self.packing)
        if how == "crawl":  # another crawl's file inside this one, its members not packed again
            inner = pack(self.make_record(), self.packing) * 2
            return store(make_record(make_response(inner), name_url(self.number)), self.packing)
        return pack(self.make_record(), self.packing)

    def damage(self, data: bytearray) -> None:
        how, size = self.draw(st.sampled_from(DAMAGE)), self.draw(st.sampled_from([1, 3, 40, 700, 3000]))
        place = self.draw(st.integers(0, len(data)))
        if how == "zeros":
            data[place : place + size] = bytes(len(data[place : place + size]))
        elif how == "noise":
            data[place : place + size] = random.Random(place).randbytes(len(data[place : place + size]))
        elif how == "loss":
            del data[place : place + size]
        elif how == "more zeros":
            data[place:place] = bytes(size)
        else:
            del data[-(size // 2) - 1 :]


def store(record: bytes, packing: str) -> bytes:
    return gzip.compress(record, 0, mtime=0) if packing == "gz" else pack(record, packing)


@st.composite
def make_crawl(draw: Callable[..., Any], packing: str, members: list[str] = MEMBERS, turns: int = 3) -> bytes:
    """A sound head, then some members with at most so many damages."""
    maker = Maker(draw, packing, members)
    data = bytearray(b"".join(maker.make_member() for _ in range(draw(st.integers(1, 7)))))
    for _ in range(draw(st.integers(0, turns))):
        maker.damage(data)
    info = make_record(b"software: test\r\n", kind="warcinfo", media_type="application/warc-fields")
    return pack(info, packing) + bytes(data)


@st.composite
def make_cuts(draw: Callable[..., Any], content: bytes, whole: list[Entry]) -> list[int]:
    """Places anywhere, places where an entry begins, and places one byte off."""
    offsets = [entry.place.offset for entry in whole if entry.place is not None]
    begins = st.sampled_from([0, *offsets]).flatmap(lambda offset: st.integers(max(0, offset - 1), offset + 1))
    places = draw(st.lists(st.integers(0, len(content)) | begins, max_size=7))
    return sorted({0, len(content), *(min(place, len(content)) for place in places)})
