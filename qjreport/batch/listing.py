"""Lists the inputs of a batch: crawls in ranges by several workers, everything else as it comes.

Whatever holds several pages is listed in a process of its own (`sources.confined`), for it may be made to do harm; this
one opens no archive, but where it is told to do all by itself (`--jobs 0`).

A range is a task, a function of bytes, which any `concurrent.futures.Executor` may run (`list_range`). It gives the
entries without the bytes of their pages, which are read from their places when they are wanted. `Listing` puts the
ranges together as reading the file from front to back would have given it: where a range does not begin with the
segment that the one in front of it ended at, it is read again from there on. `KeptListing` keeps what ranges gave until
the run is finished, so that a run that is stopped and goes on lists no crawl twice.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import msgspec

import qjreport
from qjreport.batch.ledger import connect
from qjreport.sources.confined import Bounds, Confined, Parts
from qjreport.sources.crawl import load_record, open_crawl
from qjreport.sources.entry import MIB, Entry, Failure, FailureError, Limits, Place, make_failed, name_everywhere
from qjreport.sources.file_names import Choice
from qjreport.sources.listing import Lister, ask_for, is_own, list_confined, load_confined, pack
from qjreport.sources.storage import open_file
from qjreport.sources.walk import File, explain_os, may_hold_several
from qjreport.sources.words_asked import Sieve

LISTING_NAME = ".listing.sqlite"  # beside the ledger; only a cache: what is damaged in it is listed again
FORM = 1  # of what is kept; another number when it changes


class KeptListing:
    """A table of results by a name for all that they depend on; without a folder it is empty. No method raises."""

    def __init__(self, folder: Path | None) -> None:
        self.path = folder / LISTING_NAME if folder is not None else None
        self.base: sqlite3.Connection | None = None

    def name(self, part: msgspec.Struct, fingerprint: str) -> str:
        """The key of a range of a file with this fingerprint."""
        parts = msgspec.msgpack.encode([FORM, qjreport.__version__, fingerprint, part])
        return hashlib.blake2b(parts, digest_size=16).hexdigest()

    def find(self, key: str) -> bytes | None:
        if self.path is None or (self.base is None and not self.path.is_file()):
            return None
        try:
            found = self.open(self.path).execute("SELECT listed FROM ranges WHERE key = ?", (key,)).fetchone()
        except (sqlite3.Error, OSError):
            self.drop()
            return None
        return found[0] if found is not None and isinstance(found[0], bytes) else None

    def keep(self, key: str, listed: bytes) -> None:
        if self.path is None:
            return
        try:
            base = self.open(self.path)
            with base:
                base.execute("INSERT OR REPLACE INTO ranges VALUES (?, ?)", (key, listed))
        except (sqlite3.Error, OSError):
            self.drop()

    def open(self, path: Path) -> sqlite3.Connection:
        if self.base is None:
            self.base = connect(self, path)
            self.base.execute("PRAGMA synchronous = OFF")  # a cache may be lost with the power
            self.base.execute("CREATE TABLE IF NOT EXISTS ranges (key TEXT PRIMARY KEY, listed BLOB NOT NULL)")
        return self.base

    def close(self) -> None:
        if self.base is not None:
            self.base.close()
            self.base = None

    def drop(self) -> None:
        """Remove what is kept."""
        self.close()
        if self.path is not None:
            for path in (self.path, self.path.with_name(f"{LISTING_NAME}-journal")):
                try:
                    path.unlink(missing_ok=True)
                except OSError:
                    continue


EASIEST = 1  # level of compression of what a range gave


class Wanted(msgspec.Struct, frozen=True):
    """Which inputs of a crawl are wanted, and what they may take."""

    choice: Choice = Choice()
    words: tuple[str, ...] = ()
    limits: Limits = Limits()
    encoding: str | None = None
    bounds: Bounds | None = None  # of the process that lists; None where it is this one


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


class Kept(threading.local):
    """The process of this thread that lists."""

    confined: Confined | None = None


KEPT = Kept()
EVERY: list[Confined] = []  # of this process, to be ended with the listing


def list_range(packed: bytes) -> bytes:
    """A packed Part → its packed Listed, wherever it is to be listed. Raises OSError, FailureError and SourceError."""
    part = msgspec.msgpack.decode(packed, type=Part)
    bounds = part.wanted.bounds
    if bounds is None or is_own(os.fsdecode(part.path)):
        return list_here(packed)
    if KEPT.confined is None or KEPT.confined.bounds != bounds or KEPT.confined.closed:
        KEPT.confined = Confined(bounds)
        EVERY.append(KEPT.confined)
    return KEPT.confined.call("qjreport.batch.listing:serve_range", packed, part.end - part.start)


def list_here(packed: bytes) -> bytes:
    for listed, _ in serve_range(packed):
        if listed:
            return listed
    raise AssertionError("a range gives something at last")


BEAT = 1.0  # seconds after which a range that is being listed says that it goes on


def serve_range(packed: bytes) -> Parts:
    """A packed Part → its packed Listed at the end, and nothing now and then before. Raises as `list_range`."""
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
            told = time.monotonic()
            for entry in lister.sift(lister.choose(crawl.read(first, part.end, part.given))):
                entries.append(strip(entry))
                if time.monotonic() - told > BEAT:
                    told = time.monotonic()
                    yield b"", False
    listed = Listed(first, crawl.stopped, crawl.given, sieve.passed if sieve else 0, entries)
    yield zlib.compress(msgspec.msgpack.encode(listed), EASIEST), False


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


SPAN = 64 * MIB  # bytes of a range: a second or two of work, and some thousand records
AHEAD = 2  # ranges that wait for each worker beside the one at hand
MOST_WAITING = 256  # files and ranges that are looked at ahead of the one at hand
END = 1 << 62  # where a crawl stands that was read to its end


class Reached:
    """How far a crawl was put together: None before its first segment was met."""

    def __init__(self) -> None:
        self.offset: int | None = None
        self.given = 0


class Waiting(msgspec.Struct):
    """A file, an entry or a part whose turn comes."""

    found: File | Entry
    part: Part | None = None
    reached: Reached | None = None
    key: str = ""
    kept: bytes | None = None
    future: Future[bytes] | None = None


class Listing:
    """The entries of files, in their order. `make` gives the executor for ranges, and is asked once there is enough."""

    def __init__(
        self, wanted: Wanted, kept: KeptListing, jobs: int = 0, make: Callable[[], Executor] | None = None
    ) -> None:
        self.wanted = wanted
        self.kept = kept
        self.jobs = jobs
        self.make = make or (lambda: ThreadPoolExecutor(jobs, thread_name_prefix="qjreport-list"))
        self.lister = Confined(wanted.bounds) if wanted.bounds is not None else None
        self.loader = Confined(wanted.bounds) if wanted.bounds is not None else None  # while the other one lists
        self.executor: Executor | None = None
        self.bytes = 0  # of the crawls so far
        self.passed = 0  # inputs that --match passed over
        self.parts = 0  # ranges that wait for their turn
        self.again = False
        self.portable = True
        try:
            msgspec.msgpack.encode(wanted)
        except UnicodeEncodeError:  # a glob for names that are no text
            self.portable = False

    def list(self, found: Iterable[File | Entry], *, again: bool = False) -> Iterator[Entry]:
        """The entries. `again`: those that were listed before, and perhaps others that do not have the words."""
        self.again = again
        wanted = self.wanted
        sieve = Sieve(wanted.words, wanted.limits, wanted.encoding) if wanted.words else None
        lister = Lister(wanted.choice, wanted.limits, sieve)
        queue: deque[Waiting] = deque()
        coming = self.cut(found)
        try:
            while True:
                most = max(1, self.jobs) * (1 + AHEAD)
                while len(queue) < MOST_WAITING and self.parts < most and (waiting := next(coming, None)):
                    self.parts += waiting.part is not None
                    self.submit(waiting)
                    queue.append(waiting)
                if not queue:
                    break
                waiting = queue.popleft()
                if waiting.part is not None:
                    self.parts -= 1
                    yield from self.take(waiting)
                else:
                    yield from self.list_one(waiting.found, lister)
        finally:
            self.parts = 0
            self.passed += sieve.passed if sieve and not again else 0
            if self.executor is not None:
                self.executor.shutdown(wait=True, cancel_futures=True)
                self.executor = None
            while EVERY:
                EVERY.pop().close()
            if self.lister is not None:
                self.lister.kill()  # the next question starts another

    def list_one(self, found: File | Entry, lister: Lister) -> Iterator[Entry]:
        """The entries of a file: of an archive, and with words of any file, as a confined process gives them."""
        wanted = self.wanted
        apart = isinstance(found, File) and (may_hold_several(found) or wanted.words) and not is_own(found.path)
        if not apart or self.lister is None or isinstance(found, Entry):
            return lister.list_all(found) if self.again else lister.list_found(found)
        ask = ask_for(found, wanted.choice, wanted.limits)
        more = {"words": wanted.words, "encoding": wanted.encoding, "again": self.again, "hold": self.again}
        return list_confined(self.lister, msgspec.structs.replace(ask, **more), lister.sieve)

    def load(self, place: Place) -> bytes:
        """The bytes of an input where it lies, which a worker would read for itself. Raises as `load_place`."""
        assert self.loader is not None
        return load_confined(self.loader, place, self.wanted.limits)

    def close(self) -> None:
        self.kept.close()
        for confined in (self.lister, self.loader):
            if confined is not None:
                confined.close()

    def cut(self, found: Iterable[File | Entry]) -> Iterator[Waiting]:
        for one in found:
            if isinstance(one, Entry) or not (self.portable and may_hold_several(one) and self.is_crawl(one)):
                yield Waiting(one)
                continue
            start, end = one.range or (0, one.size)
            reached = Reached()
            path = os.fsencode(name_everywhere(one.path))
            for place in range(start, min(end, one.size), SPAN):
                part = Part(path, one.address, place, min(end, place + SPAN), self.wanted)
                yield Waiting(one, part, reached)

    def is_crawl(self, file: File) -> bool:
        try:
            if self.lister is not None and not is_own(file.path):
                question = pack((os.fsencode(file.path), file.address, self.wanted.limits))
                return bool(self.lister.call("qjreport.sources.listing:look_for_crawl", question))
            with open_file(file.path) as opened:
                return open_crawl(file.path, file.address, opened, self.wanted.limits) is not None
        except (OSError, FailureError):
            return False  # its failure is listed when its turn comes

    def submit(self, waiting: Waiting) -> None:
        """Hand a range out, unless it was listed before or there is too little to pay for processes."""
        part = waiting.part
        if part is None or not isinstance(waiting.found, File):
            return
        self.bytes += part.end - part.start
        waiting.key = self.kept.name(part, waiting.found.fingerprint)
        waiting.kept = self.kept.find(waiting.key)
        if waiting.kept is None and self.jobs > 1 and (self.executor is not None or self.bytes > SPAN):
            self.executor = self.executor or self.make()
            try:
                waiting.future = self.executor.submit(list_range, msgspec.msgpack.encode(part))
            except RuntimeError:  # BrokenExecutor is one
                self.executor = None  # this range is listed here, the next one by another

    def take(self, waiting: Waiting) -> Iterator[Entry]:
        """The entries of a range that stand in the file where the one in front of it ended."""
        part, reached = waiting.part, waiting.reached
        assert part is not None and reached is not None
        if reached.offset is not None and reached.offset >= part.end:
            return  # read by the one in front: a record that is longer than a range, or damage
        try:
            listed = self.collect(waiting, part)
            wrong = reached.offset is not None and listed.first != reached.offset
            if wrong or (reached.given and reached.given + listed.given > part.wanted.limits.total):
                start = reached.offset if reached.offset is not None else listed.first
                if start is None:
                    return
                part = msgspec.structs.replace(part, start=start, exact=True, given=reached.given)
                again = Waiting(waiting.found, part)
                again.key = self.kept.name(part, waiting.found.fingerprint)
                again.kept = self.kept.find(again.key)
                listed = self.collect(again, part)
        except OSError as error:
            reached.offset = END
            yield make_failed(part.address, explain_os(error))
            return
        except FailureError as error:
            reached.offset = END
            yield make_failed(part.address, error.failure)
            return
        if listed.first is None:
            return
        reached.offset = END if listed.stopped is None else listed.stopped
        reached.given += listed.given
        self.passed += 0 if self.again else listed.passed
        for found in listed.entries:
            yield restore(found, os.fsdecode(part.path), waiting.found.fingerprint, part.wanted.limits)

    def collect(self, waiting: Waiting, part: Part) -> Listed:
        """What a range gave: kept, from a worker, or listed here."""
        if waiting.kept is not None:
            try:
                return read_listed(waiting.kept)
            except (zlib.error, msgspec.DecodeError):
                waiting.kept = None
        packed = None
        if waiting.future is not None:
            try:
                packed = waiting.future.result()
            except FailureError:
                raise
            except Exception:  # whatever happened to the worker; what is wrong with the file shows here as well
                packed = None
        if packed is None:
            packed = list_range(msgspec.msgpack.encode(part))
        self.kept.keep(waiting.key, packed)
        return read_listed(packed)
