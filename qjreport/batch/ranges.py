"""A range of a crawl as a task: a function of bytes, which any `concurrent.futures.Executor` may run.

What comes back are the entries without the bytes of their pages, which are read from their places when they are wanted.
"""

from __future__ import annotations

import os
import zlib

import msgspec

from qjreport.sources.crawl import load_record, open_crawl
from qjreport.sources.entry import Entry, Failure, FailureError
from qjreport.sources.limits import Limits
from qjreport.sources.listing import Lister
from qjreport.sources.match import Sieve
from qjreport.sources.names import Choice
from qjreport.sources.place import Place
from qjreport.sources.storage import open_file
from qjreport.sources.walk import explain_os

EASIEST = 1  # level of compression of what a range gave


class Wanted(msgspec.Struct, frozen=True):
    """Which inputs of a crawl are wanted, and what they may take."""

    choice: Choice = Choice()
    words: tuple[str, ...] = ()
    limits: Limits = Limits()
    encoding: str | None = None


class Part(msgspec.Struct, frozen=True):
    """A range of a crawl's file. `exact` says that a segment begins at its start, `given` what was unpacked before."""

    path: bytes  # as the system has it: it need not be text
    address: str
    start: int
    end: int
    wanted: Wanted
    exact: bool = False
    given: int = 0


class Found(msgspec.Struct, frozen=True, array_like=True):
    """An entry without its bytes; `place` without the path."""

    address: str
    fingerprint: str
    size: int
    failure: Failure | None
    url: str | None
    captured: str | None
    place: tuple[int, int | None, int] | None


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """What a range gave: offsets of its first segment and of the next range's (None: there is none), entries."""

    first: int | None
    stopped: int | None
    given: int
    passed: int
    entries: list[Found]


def list_range(packed: bytes) -> bytes:
    """A packed Part → its packed Listed. Raises OSError and FailureError where the file cannot be read."""
    part = msgspec.msgpack.decode(packed, type=Part)
    wanted = part.wanted
    sieve = Sieve(wanted.words, wanted.limits, wanted.encoding) if wanted.words else None
    entries: list[Found] = []
    path = os.fsdecode(part.path)
    with open_file(path) as file:
        crawl = open_crawl(path, part.address, file, wanted.limits, sieve)
        if crawl is None:
            raise FileNotFoundError(2, "is no longer the crawl that it was")
        first = part.start if part.exact else crawl.find_first(part.start, part.end)
        if first is not None:
            lister = Lister(wanted.choice, wanted.limits, sieve)
            chosen = lister.choose(crawl.read(first, part.end, part.given))
            entries = [strip(entry) for entry in lister.sift(chosen)]
    listed = Listed(first, crawl.stopped, crawl.given, sieve.passed if sieve else 0, entries)
    return zlib.compress(msgspec.msgpack.encode(listed), EASIEST)


def read_listed(packed: bytes) -> Listed:
    return msgspec.msgpack.decode(zlib.decompress(packed), type=Listed)


def strip(entry: Entry) -> Found:
    place = entry.place
    return Found(
        *(entry.address, entry.fingerprint, entry.size, entry.failure, entry.url, entry.captured),
        (place.offset, place.size, place.inner) if place is not None and entry.read is not None else None,
    )


def restore(found: Found, path: str, mark: str, limits: Limits) -> Entry:
    """The entry, whose bytes are read from its place when they are asked for; `mark` is the file's fingerprint."""
    place = Place(path, "warc", *found.place, mark=mark) if found.place is not None else None

    def read(place: Place = place) -> bytes:  # type: ignore[assignment]  # only where there is one
        try:
            return load_record(place, limits)
        except OSError as error:
            raise FailureError(explain_os(error)) from error

    return Entry(
        address=found.address,
        fingerprint=found.fingerprint,
        size=found.size,
        read=read if place is not None else None,
        failure=found.failure,
        url=found.url,
        captured=found.captured,
        place=place,
    )
