"""A WARC file of its own, read from any offset: ranges of it for several readers, single records by their place.

A range holds what begins in it: of a packed file the segments (`packing`), of a plain one the records. A range goes on
to where the next segment that can be read begins, at its end or after it, so that it lists the damage in between.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from qjreport.sources.entry import MIB, DamageError, Entry, Failure, FailureError, Limits, Place
from qjreport.sources.file_names import names_crawl
from qjreport.sources.http import read_digits, read_headers
from qjreport.sources.packing import MAGICS, OPENING, SKIPPABLE, Unpacked, find_packing
from qjreport.sources.storage import open_file
from qjreport.sources.stream import STEP, Held, Opened, Stream
from qjreport.sources.warc import WarcReader, find_end_of_head
from qjreport.sources.words_asked import Sieve

PACKINGS = ("gzip", "zstd", None)  # of files that can be read from the middle
BACK = MIB  # packed bytes in front of a range from which on it is read, to see what is a segment and what lies in one
SHORT_HEAD = 2048  # bytes that hold the head of nearly every record


class Crawl:
    """A WARC file that is open. `path` names it to who opens it again, `address` to a person."""

    def __init__(self, path: str, address: str, file: BinaryIO, limits: Limits, sieve: Sieve | None = None) -> None:
        self.path = path
        self.address = address
        self.file = file
        self.limits = limits
        self.sieve = sieve
        self.size = Opened(file).size
        file.seek(0)
        head = file.read(8)
        self.packing = find_packing(head)
        self.dictionary = self.read_dictionary() if head.startswith(SKIPPABLE) else None
        self.stopped: int | None = None  # where a range ended: offset of the next one's first segment, None at the end
        self.given = 0  # what a range unpacked to

    def read_dictionary(self) -> bytes | None:
        unpacked = self.unpack(0)
        while (head := unpacked.stream.peek(8)).startswith(SKIPPABLE):
            unpacked.read_skippable(head)
        return unpacked.dictionary

    def unpack(self, offset: int) -> Unpacked:
        stream = Stream(Opened(self.file, offset), offset)
        unpacked = Unpacked(stream, self.packing or "", self.limits)
        if offset:
            unpacked.opening = OPENING
            unpacked.dictionary = self.dictionary
        return unpacked

    def read(self, start: int = 0, end: int | None = None, given: int = 0) -> Iterator[Entry]:
        """The entries from the segment at `start` on, which is one, until one begins at `end` or after it.

        `given` is what the file unpacked to before. `stopped` and `given` are set at the end.
        """
        raw: Opened | Unpacked = Opened(self.file, start)
        if self.packing is not None:
            raw = self.unpack(start)
            raw.opening = OPENING
            raw.given = given
        reader = WarcReader(
            self.address,
            Stream(raw, start if self.packing is None else given),
            self.limits,
            path=self.path,
            end=end,
            sieve=self.sieve,
        )
        yield from reader
        self.stopped = reader.stopped
        self.given = raw.passed - given if isinstance(raw, Unpacked) else 0

    def read_range(self, start: int, end: int) -> Iterator[Entry]:
        """The entries of a range, which is half-open and may begin and end anywhere."""
        first = self.find_first(start, end)
        if first is not None:
            yield from self.read(first, end)

    def find_first(self, start: int, end: int) -> int | None:
        """Offset of the first segment, or of the first record of a plain file, that begins in the range."""
        if not start:
            return 0 if end else None
        if self.packing is None:
            return self.hop(start, end)
        before = 0 if start <= BACK else self.find_segment(start - BACK, start)
        return self.find_segment(start, end) if before is None else self.follow(before, start, end)

    def find_segment(self, start: int, end: int) -> int | None:
        """The first place where a packed record begins by its own bytes; it may lie in another packed record."""
        magic = MAGICS[self.packing or ""]
        stream = Stream(Opened(self.file, start), start)
        while stream.position < end and (window := stream.peek(STEP)):
            place = window.find(magic)
            if place < 0:
                stream.read(max(1, len(window) - len(magic) + 1))
                continue
            stream.read(place)
            if stream.position < end and self.opens(stream.position):
                return stream.position
            stream.read(1)
            stream = Stream(Opened(self.file, stream.position), stream.position)  # `opens` has moved the file
        return None

    def opens(self, offset: int) -> bool:
        unpacked = self.unpack(offset)
        try:
            return unpacked.read().startswith(OPENING) and unpacked.offset == offset
        except DamageError:
            return False

    def follow(self, offset: int, start: int, end: int) -> int | None:
        """The first segment of the range that is met when reading from a segment in front of it."""
        unpacked = self.unpack(offset)
        unpacked.opening = OPENING
        while unpacked.stream.position < end + 4 * STEP:
            try:
                data = unpacked.read()
            except DamageError:
                continue
            if data:
                continue
            if unpacked.border is None:
                return None
            if unpacked.border >= start:
                return unpacked.border if unpacked.border < end else None
            unpacked.go_on()
        return None

    def hop(self, start: int, end: int) -> int | None:
        """The first record that begins in the range, from record to record by their lengths; no body is read."""
        place = 0
        while place < min(end, self.size):
            place = self.pass_blank_lines(place)
            if place >= start:
                return place if place < min(end, self.size) else None
            place = self.hop_once(place)
        return None

    def pass_blank_lines(self, place: int) -> int:
        self.file.seek(place)
        while blank := self.file.read(64):
            rest = blank.lstrip(b"\r\n")
            place += len(blank) - len(rest)
            if rest:
                break
        return place

    def hop_once(self, place: int) -> int:
        """Where the reader of records is after the one that begins here."""
        self.file.seek(place)
        head = self.file.read(SHORT_HEAD)
        end = find_end_of_head(head) if head.startswith(OPENING) else None
        if end is not None:
            length = read_digits(read_headers(head[:end].split(b"\n")[1:]).get("content-length", ""))
            if length is not None and (after := place + end + length) <= self.size:
                self.file.seek(after)
                if self.file.read(1) in (b"\r", b"\n", b""):
                    return after
        passed = self.sieve.passed if self.sieve else 0
        reader = WarcReader(self.address, Stream(Opened(self.file, place), place), self.limits, sieve=self.sieve)
        try:
            reader.read_next()
        except StopIteration:
            return self.size
        finally:
            if self.sieve is not None:
                self.sieve.passed = passed  # who reads the record counts it
        return reader.stream.position


def open_crawl(path: str, address: str, file: BinaryIO, limits: Limits, sieve: Sieve | None = None) -> Crawl | None:
    """None where the file is no WARC file, or one that is read from front to back only.

    Raises FailureError where a library is missing that unpacks it.
    """
    head = file.read(len(OPENING))
    file.seek(0)
    packing = find_packing(head)
    if packing not in PACKINGS:
        return None
    inner = Stream(Unpacked(Stream(file), packing, limits)).peek(len(OPENING)) if packing else head
    file.seek(0)
    if not inner.startswith(OPENING) and not (packing and not inner and names_crawl(address)):
        return None
    return Crawl(path, address, file, limits, sieve)


def load_record(place: Place, limits: Limits) -> bytes:
    """The bytes of the page in the record at a place, by one seek.

    Raises FailureError where there is no such page, OSError where the file cannot be opened.
    """
    entry = read_record(place.path, place, limits)
    if entry is None:
        message = "holds no page at this place any more"
        raise FailureError(Failure(stage="source", error="damaged", message=message, offset=place.offset))
    return entry.load()


def read_record(name: str, place: Place, limits: Limits) -> Entry | None:
    """The entry of the record at a place, with the address that it has among those of the file `name`."""
    with open_file(place.path) as file:
        if place.size is None:
            stream = Stream(Opened(file, place.offset), place.offset)
        else:
            file.seek(place.offset)
            stream = Stream(Held(file.read(place.size)), place.offset)
        packing = find_packing(stream.peek(8))
        if packing in ("gzip", "zstd"):
            unpacked = Unpacked(stream, packing, limits, opening=OPENING)
            if packing == "zstd":  # whose dictionary stands at the start of the file
                with open_file(place.path) as start:
                    unpacked.dictionary = Crawl(place.path, name, start, limits).dictionary
            stream = Stream(unpacked)
        try:
            if stream.skip(place.inner) < place.inner:
                return None
            return WarcReader(name, stream, limits, path=place.path).read_next()
        except (DamageError, StopIteration):
            return None
