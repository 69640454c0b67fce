"""Sources → entries: every file is opened by what it holds, archives are read member by member.

`list_sources` gives the same entries in the same order as long as the files stay as they are. `load_place` reads the
bytes of one input where it lies: a worker does that for itself where the planner would only carry them. `load_address`
reads the page that a person names by its address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import BinaryIO

import msgspec

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


RECORD = compile_regex(r"@([0-9]{1,18})(?:\+([0-9]{1,18}))?(?: |$)")


def load_address(address: str, limits: Limits | None = None) -> bytes | None:
    """The page that an address in an archive names; None where its file is not there.

    Raises SourceError where the archive holds no such page.
    """
    fronts = ((front, path) for front in split_address(address) for path in dict.fromkeys((front, find_path(front))))
    front, path = next(((front, path) for front, path in fronts if is_stored_file(path)), ("", ""))
    if not path:
        return None
    address = show_path(path) + address[len(front) :]
    found = seek_record(path, address, limits or Limits())
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
