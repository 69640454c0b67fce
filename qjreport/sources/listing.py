"""Sources → entries: every file is opened by what it holds, archives are read member by member.

`list_sources` gives the same entries in the same order as long as the files stay as they are. `load_place` reads the
bytes of one input where it lies: a worker does that for itself where the planner would only carry them. `load_address`
reads the page that a person names by its address.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from os import PathLike
from pathlib import Path
from typing import BinaryIO

import msgspec

from qjreport.sources.confined import BROKEN_OFF, Bounds, Confined, Parts
from qjreport.sources.crawl import load_record, open_crawl, read_record
from qjreport.sources.entry import (
    DamageError,
    Entry,
    Failure,
    FailureError,
    Limits,
    Place,
    explain_error,
    make_failed,
    make_loaded,
    make_skipped,
)
from qjreport.sources.errors import SourceError
from qjreport.sources.file_names import (
    Choice,
    Names,
    explain_kind,
    find_path,
    is_container,
    leads_outside,
    names_crawl,
    show_path,
    split_address,
)
from qjreport.sources.kinds import find_kind
from qjreport.sources.packing import OPENING, Unpacked, find_packing
from qjreport.sources.storage import is_stored_file, is_url, look_up, open_file, read_stretch
from qjreport.sources.stream import Held, Opened, Stream
from qjreport.sources.tars import Member, is_tar, read_tar
from qjreport.sources.walk import File, explain_os, mark_file, may_hold_several, walk_paths
from qjreport.sources.warc import WarcReader
from qjreport.sources.words_asked import Sieve
from qjreport.sources.zips import list_zip, load_member, place_member, read_zip_stream
from qjreport.text.patterns import compile_regex

HEAD = 8192
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
DEEPEST = 2  # an archive in an archive is read, one in that is not
EVERYTHING = Choice()
CHANGED = "changed"  # the file is not the one that was listed: never a row, for the sources are to be listed again
UNREACHED = (CHANGED, "unreadable")  # failures that say nothing of the page: another machine may see the file


def list_sources(
    paths: Iterable[str],
    choice: Choice = EVERYTHING,
    limits: Limits | None = None,
    *,
    leave_out: PathLike[str] | None = None,
    sieve: Sieve | None = None,
) -> Iterator[Entry]:
    """Every input of the paths: pages that can be loaded, and failures that are known already.

    `leave_out` is a folder that is passed over wherever it lies: the dataset itself. A sieve says which are wanted.

    >>> [entry.failure.message for entry in list_sources(["missing.html"])]
    ['cannot be read: no such file (a link that leads nowhere, or it is gone)']
    """
    lister = Lister(choice, limits or Limits(), sieve)
    for found in walk_paths(paths, choice, leave_out):
        yield from lister.list_found(found)


class Lister:
    def __init__(self, choice: Choice, limits: Limits, sieve: Sieve | None = None) -> None:
        self.choice = choice
        self.limits = limits
        self.sieve = sieve

    def list_found(self, found: File | Entry) -> Iterator[Entry]:
        return self.sift(self.list_all(found))

    def list_all(self, found: File | Entry) -> Iterator[Entry]:
        """What `list_found` gives, and pages that do not have the words."""
        return iter([found]) if isinstance(found, Entry) else self.list_file(found)

    def sift(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        return iter(entries) if self.sieve is None else filter(self.sieve.takes, entries)

    def choose(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Those records of a crawl that are wanted."""
        return (entry for entry in entries if entry.failure or self.choice.takes(entry.url or entry.address))

    def list_file(self, file: File) -> Iterator[Entry]:
        if not may_hold_several(file):
            yield self.make_file(file)
            return
        try:
            with open_file(file.path) as opened:
                yield from self.list_opened(file, opened)
        except FailureError as error:
            yield make_failed(file.address, error.failure)
        except OSError as error:
            yield make_failed(file.address, explain_os(error))
        except SourceError:
            raise
        except Exception as error:
            yield make_failed(file.address, explain_error(error))

    def make_file(self, file: File) -> Entry:
        if file.size > self.limits.page:
            return make_failed(file.address, self.too_large(file.size))

        place = Place(file.path)
        return Entry(
            address=file.address,
            fingerprint=file.fingerprint,
            size=file.size,
            read=lambda: load_place(place, self.limits),
            place=place,
        )

    def list_opened(self, file: File, opened: BinaryIO) -> Iterator[Entry]:
        head = opened.read(HEAD)
        opened.seek(0)
        crawl = open_crawl(file.path, file.address, opened, self.limits, self.sieve)
        if crawl is not None:
            found = crawl.read() if file.range is None else crawl.read_range(*file.range)
            for entry in self.choose(found):
                place = entry.place and msgspec.structs.replace(entry.place, mark=file.fingerprint)
                yield msgspec.structs.replace(entry, place=place)
            return
        if file.range is not None:
            message = "is no crawl (WARC, plain or packed with gzip or zstd): nothing else can be read by ranges"
            yield make_failed(
                "{}@{}-{}".format(file.address, *file.range),
                Failure(stage="source", error="unsupported", message=message),
            )
            return
        kind = find_kind(head)
        if head.startswith(ZIP):
            if kind and kind[0] != "a ZIP archive" and not is_container(file.path):
                yield self.make_file(file)  # an office file, which is a zip inside; opening it says so
            else:
                yield from self.list_zip_file(file, opened)
            return
        packing = find_packing(head)
        inner = Stream(self.unpack(opened, packing)).peek(HEAD) if packing else head
        opened.seek(0)
        if inner.startswith((OPENING, *ZIP)) or is_tar(inner) or (packing in ("bzip2", "xz")):
            yield from self.list_stream(file.address, Stream(Opened(opened)), 1)
        elif not packing and is_container(file.path) and not find_kind(head):
            message = "is neither the archive that its name says nor a page"
            yield make_failed(file.address, Failure(stage="source", error="damaged", message=message, offset=0))
        else:
            yield self.make_file(file)

    def unpack(self, raw: BinaryIO | Stream, packing: str) -> Unpacked:
        stream = raw if isinstance(raw, Stream) else Stream(raw)
        return Unpacked(stream, packing, self.limits)

    def list_zip_file(self, file: File, opened: BinaryIO) -> Iterator[Entry]:
        address = file.address
        members = list_zip(opened, self.limits)
        try:
            first = next(members, None)
        except (SourceError, MemoryError):
            raise
        except Exception as error:  # zipfile has no error of its own for all that it meets
            opened.seek(0)
            message = f"the archive's directory is damaged ({error}); its members are found by their own headers"
            yield make_failed(f"{address}@0", Failure(stage="source", error="damaged", message=message, offset=0))
            yield from self.list_members(address, read_zip_stream(Stream(opened), self.limits), 1)
            return
        names = Names(address)
        while first is not None:
            member, first = first, next(members, None)
            inner = names.give(member.name)
            refusal = self.refuse(member.name, inner)
            if refusal is not None:
                yield from refusal
            elif member.failure is not None:
                yield make_failed(inner, member.failure)
            elif is_container(member.name):
                yield from self.list_stream(inner, Stream(member.open()), 2)
            elif member.size > self.limits.page:
                yield make_failed(inner, self.too_large(member.size))
            else:
                place = place_member(file.path, file.fingerprint, member.info, member.end)
                read, print_ = member.read, member.fingerprint
                yield Entry(address=inner, fingerprint=print_, size=member.size, read=read, place=place)

    def refuse(self, name: str, address: str) -> list[Entry] | None:
        """Entries for a member that is not opened: none where nobody wants it, a failure where it cannot be a page."""
        if not self.choice.takes(name, container=is_container(name)):
            return []
        if leads_outside(name):
            message = "its name leads out of the archive"
            return [make_failed(address, Failure(stage="source", error="unsafe-name", message=message))]
        kind = explain_kind(name)
        return [make_skipped(address, kind)] if kind else None

    def list_stream(self, address: str, stream: Stream, depth: int) -> Iterator[Entry]:
        """Whatever a stream turns out to be: packed, tar, WARC, zip, or one page."""
        if depth > DEEPEST:
            message = f"is an archive in {DEEPEST} others; unpack the outer one"
            yield make_failed(address, Failure(stage="source", error="skipped", message=message))
            return
        head = stream.peek(HEAD)
        packing = find_packing(head)
        if packing:
            unpacked = self.unpack(stream, packing)
            stream = Stream(unpacked)
            head = stream.peek(HEAD)
            if head.startswith(OPENING) or names_crawl(address):
                unpacked.opening = OPENING
        if head.startswith(OPENING) or (packing and stream.raw.opening):  # type: ignore[attr-defined]
            yield from self.choose(WarcReader(address, stream, self.limits, sieve=self.sieve))
        elif is_tar(head):
            yield from self.list_members(address, read_tar(stream, self.limits), depth)
        elif head.startswith(ZIP):
            yield from self.list_members(address, read_zip_stream(stream, self.limits), depth)
        else:
            yield self.read_page(address, stream)

    def list_members(self, address: str, members: Iterator[Member | Failure], depth: int) -> Iterator[Entry]:
        names = Names(address)
        for member in members:
            if isinstance(member, Failure):
                yield make_failed(names.tell(member), member)
                continue
            inner = names.give(member.name)
            refusal = self.refuse(member.name, inner)
            if refusal is not None:
                yield from refusal
            elif member.data is None:
                yield make_failed(inner, member.failure or Failure(stage="source", error="damaged", message=""))
            elif is_container(member.name):
                yield from self.list_stream(inner, Stream(Held(member.data)), depth + 1)
            else:
                yield make_loaded(inner, member.data)

    def read_page(self, address: str, stream: Stream) -> Entry:
        try:
            data = stream.read(self.limits.page + 1)
            stream.raise_pending()
        except DamageError as error:
            return make_failed(address, error.to_failure())
        return (
            make_failed(address, self.too_large(len(data)))
            if len(data) > self.limits.page
            else make_loaded(address, data)
        )

    def too_large(self, size: int) -> Failure:
        message = f"has {size} bytes, more than {self.limits.page}; it is no page"
        return Failure(stage="source", error="too-large", message=message)


def load_place(place: Place, limits: Limits) -> bytes:
    """The bytes of an input where it lies.

    Raises FailureError where there are none, SourceError where shared storage does not answer.

    >>> load_place(Place("missing.html"), Limits())
    Traceback (most recent call last):
    qjreport.sources.entry.FailureError: cannot be read: no such file (a link that leads nowhere, or it is gone)
    """
    try:
        if place.mark and find_mark(place.path) != place.mark:
            raise FailureError(Failure(stage="source", error=CHANGED, message="changed while it was read"))
        if place.kind == "file":
            return read_stretch(place.path, place.offset, place.size)
        if place.kind == "zip":
            return load_member(place)
        if place.kind == "warc":
            return load_record(place, limits)
    except OSError as error:
        raise FailureError(explain_os(error)) from error
    raise ValueError(f"a place of kind {place.kind!r}, which this version does not know")


def find_mark(path: str) -> str:
    return look_up(path).mark if is_url(path) else mark_file(Path(path).stat())


class Ask(msgspec.Struct, frozen=True):
    """A file to be listed in a confined process. `hold`: pages without a place are to be had while they are listed."""

    path: bytes  # as the system has it: it need not be text
    address: str
    size: int
    fingerprint: str
    named: bool
    range: tuple[int, int] | None
    include: tuple[bytes, ...]  # globs, which need not be text either
    exclude: tuple[bytes, ...]
    words: tuple[str, ...]
    limits: Limits
    encoding: str | None
    again: bool  # pages that do not have the words, too
    hold: bool


def ask_for(file: File, choice: Choice, limits: Limits) -> Ask:
    """A file to be listed with nothing left out but what is not chosen."""
    include, exclude = (tuple(map(os.fsencode, globs)) for globs in (choice.include, choice.exclude))
    path, address, size, fingerprint, named, range_ = file
    return Ask(
        *(os.fsencode(path), address, size, fingerprint, named, range_, include, exclude, (), limits, None),
        *(False, False),
    )


class Told(msgspec.Struct, frozen=True, array_like=True):
    """An entry as it comes out of a confined process; its place is without the path."""

    address: str
    fingerprint: str
    size: int
    failure: Failure | None
    url: str | None
    captured: str | None
    place: Place | None
    readable: bool


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """Some entries from the one at `first` on, of which the last may be held, and how many were passed over by now."""

    first: int
    entries: list[Told]
    held: bool
    passed: int


class Loaded(msgspec.Struct, frozen=True, array_like=True):
    failure: Failure | None
    data: bytes


BATCH = 64  # entries that are told at once
PAUSE = 0.2  # seconds after which those are told that there are


def serve_file(packed: bytes) -> Parts:
    """The entries of a file: a packed Ask → packed Batches. The word `load` has the bytes of the one that is held."""
    ask = msgspec.msgpack.decode(packed, type=Ask)
    sieve = Sieve(ask.words, ask.limits, ask.encoding) if ask.words else None
    globs = (tuple(map(os.fsdecode, globs)) for globs in (ask.include, ask.exclude))
    lister = Lister(Choice(*globs), ask.limits, sieve)
    file = File(os.fsdecode(ask.path), ask.address, ask.size, ask.fingerprint, ask.named, ask.range)
    waiting: list[Told] = []
    first, told = 0, time.monotonic()
    for entry in lister.list_all(file) if ask.again else lister.list_found(file):
        held = ask.hold and entry.place is None and entry.read is not None
        waiting.append(tell(entry))
        if held or len(waiting) >= BATCH or time.monotonic() - told > PAUSE:
            word = yield pack(Batch(first, waiting, held, sieve.passed if sieve else 0)), held
            first, waiting, told = first + len(waiting), [], time.monotonic()
            while word:
                word = yield pack(load(entry)), True
    yield pack(Batch(first, waiting, False, sieve.passed if sieve else 0)), False


pack = msgspec.msgpack.Encoder().encode


def tell(entry: Entry) -> Told:
    place = entry.place and msgspec.structs.replace(entry.place, path="")
    return Told(
        *(entry.address, entry.fingerprint, entry.size, entry.failure, entry.url, entry.captured),
        *(place, entry.read is not None),
    )


def load(entry: Entry) -> Loaded:
    try:
        return Loaded(None, entry.load())
    except FailureError as error:
        return Loaded(error.failure, b"")


def list_confined(confined: Confined, ask: Ask, sieve: Sieve | None = None) -> Iterator[Entry]:
    """The entries that `serve_file` gives of a file. Where it takes too much, the last one says so.

    `sieve` counts what was passed over. Raises SourceError where shared storage does not answer.
    """
    path = os.fsdecode(ask.path)
    last, seen, before = "", 0, sieve.passed if sieve is not None else 0
    try:
        for part in confined.run("qjreport.sources.listing:serve_file", pack(ask), ask.size):
            batch = msgspec.msgpack.decode(part, type=Batch)
            if sieve is not None:
                sieve.passed = before + batch.passed
            for place, told in enumerate(batch.entries, batch.first):
                if place < seen:
                    continue  # it was listed once more
                last, seen = told.address, place + 1
                yield hear(told, path, ask.limits, confined, held=batch.held and told is batch.entries[-1])
    except FailureError as error:
        failure = error.failure
        if last and failure.error in BROKEN_OFF:
            problem, _, remedy = failure.message.partition("; ")
            failure = msgspec.structs.replace(failure, message=f"{problem} after {last}; {remedy}")
        yield make_failed(ask.address, failure)


def hear(told: Told, path: str, limits: Limits, confined: Confined, *, held: bool) -> Entry:
    place = told.place and msgspec.structs.replace(told.place, path=path)

    def read() -> bytes:
        if not held:
            raise FailureError(Failure(stage="source", error="unreadable", message="is read as it is listed only"))
        loaded = msgspec.msgpack.decode(confined.ask(b"load"), type=Loaded)
        if loaded.failure is not None:
            raise FailureError(loaded.failure)
        return loaded.data

    return Entry(
        address=told.address,
        fingerprint=told.fingerprint,
        size=told.size,
        read=(lambda: load_confined(confined, place, limits)) if place is not None else read if told.readable else None,
        failure=told.failure,
        url=told.url,
        captured=told.captured,
        place=place,
    )


def load_confined(confined: Confined, place: Place, limits: Limits) -> bytes:
    """As `load_place`: a page that is a file of its own is read here, what is in an archive where it hurts nobody."""
    if place.kind == "file" or is_own(place.path):
        return load_place(place, limits)
    bare = msgspec.structs.replace(place, path="")
    question = msgspec.msgpack.encode((os.fsencode(place.path), bare, limits))
    return confined.call("qjreport.sources.listing:serve_place", question)


def serve_place(packed: bytes) -> Parts:
    path, place, limits = msgspec.msgpack.decode(packed, type=tuple[bytes, Place, Limits])
    yield load_place(msgspec.structs.replace(place, path=os.fsdecode(path)), limits), False


def look_for_crawl(packed: bytes) -> Parts:
    """Whether a file is a crawl: path, address, limits → something or nothing."""
    path, address, limits = msgspec.msgpack.decode(packed, type=tuple[bytes, str, Limits])
    with open_file(os.fsdecode(path)) as opened:
        yield b"1" if open_crawl(os.fsdecode(path), address, opened, limits) is not None else b"", False


def is_own(path: str) -> bool:
    """Whether a file is in the memory of this process, where no other one sees it."""
    return path.startswith("memory://")


RECORD = compile_regex(r"@([0-9]{1,18})(?:\+([0-9]{1,18}))?(?: |$)")


def load_address(address: str, limits: Limits | None = None, unpacker: Confined | None = None) -> bytes | None:
    """The page that an address in an archive names; None where its file is not there.

    `unpacker` is a process that reads several pages, one after another; without it each has one of its own.

    Raises SourceError where the archive holds no such page.
    """
    fronts = ((front, path) for front in split_address(address) for path in dict.fromkeys((front, find_path(front))))
    front, path = next(((front, path) for front, path in fronts if is_stored_file(path)), ("", ""))
    if not path:
        return None
    address = show_path(path) + address[len(front) :]
    if is_own(path):
        return load_member_of(path, address, limits or Limits())
    text = address.encode("utf-8", "replace").decode()
    question = msgspec.msgpack.encode((os.fsencode(path), text, limits or Limits()))
    size = 0 if is_url(path) else Path(path).stat().st_size
    try:
        with nullcontext(unpacker) if unpacker is not None else Confined(Bounds()) as confined:
            return confined.call("qjreport.sources.listing:serve_address", question, size)
    except FailureError as error:
        problem, _, remedy = error.failure.message.partition("; ")
        remedy = remedy.partition(", or raise --")[0]  # which are options of a batch
        raise SourceError(address, problem, remedy) from error


def serve_address(packed: bytes) -> Parts:
    path, address, limits = msgspec.msgpack.decode(packed, type=tuple[bytes, str, Limits])
    yield load_member_of(os.fsdecode(path), address, limits), False


def load_member_of(path: str, address: str, limits: Limits) -> bytes:
    """The page of this address. Raises SourceError where the archive holds no such page."""
    found = seek_record(path, address, limits)
    entries = [found] if found is not None else list_sources([path], limits=limits)
    for entry in entries:
        if entry.address == address:
            try:
                return entry.load()
            except FailureError as error:
                raise SourceError(address, error.failure.message) from error
    raise SourceError(address, f"there is no such page in {path}", "check the address")


def seek_record(path: str, address: str, limits: Limits) -> Entry | None:
    """The record that an address names by its offset in a crawl, without reading what lies in front of it.

    None where that is not the input of this address: it may be a damaged stretch, or in another archive.
    """
    at = RECORD.match(address, len(path))
    if at is None:
        return None
    place = Place(path, "warc", int(at[1]), None, int(at[2] or 0))
    try:
        with open_file(path) as file:
            if open_crawl(path, path, file, limits) is None:
                return None
        entry = read_record(path, place, limits)
    except (OSError, FailureError):
        return None
    return entry if entry is not None and entry.address == address and entry.read is not None else None
