"""The records of a WARC or WET file, from front to back; after damage it goes on at the next record.

A packed member that begins with a record begins a segment (`packing`): no record reaches from one into the next, and
what a segment gives is the same wherever reading began.

Records that hold a page are `response`, `resource` and `conversion`. What a crawler writes about itself (`warcinfo`,
`request`, `metadata`) is no input.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator

from qjreport.sources.entry import (
    MIB,
    Capture,
    DamageError,
    Entry,
    Failure,
    FailureError,
    Limits,
    Place,
    make_failed,
    make_loaded,
    make_skipped,
)
from qjreport.sources.http import (
    END_OF_HEAD,
    PAGES,
    Response,
    decode_body,
    explain_refusal,
    read_digits,
    read_headers,
    read_response,
)
from qjreport.sources.packing import OPENING, Unpacked
from qjreport.sources.stream import STEP, Stream
from qjreport.sources.words_asked import Sieve

LEAD = 64 * 1024  # bytes of a record that show status and media type
HELD = ("response", "resource", "conversion")
WITHOUT = {"revisit": "a revisit: its page was captured before and did not change"}


def find_end_of_head(window: bytes) -> int | None:
    """Where the block of a record begins; None where its head does not end in the window.

    >>> find_end_of_head(b"WARC/1.0\\r\\nContent-Length: 3\\r\\n\\r\\n<p>")
    31
    """
    end = window.find(b"\r\n\r\n") + 4
    bare = window.find(b"\n\n", 0, end if end > 3 else None) + 2  # seldom: not looked for in the whole window
    return bare if bare > 1 else end if end > 3 else None


def refuse(kind: str, headers: dict[str, str], response: Response | None) -> str | None:
    """Why a record is no page; None where it may be one."""
    if response is not None:
        return explain_refusal(response)
    media_type = headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "response" or media_type not in PAGES:
        return f"is {media_type or 'of no known type'}, not a page"
    return None


def tells_no_page(kind: str, headers: dict[str, str], length: int, stream: Stream) -> bool:
    """Whether the head of a record, whose block begins here, says that it is no page where others are."""
    if kind not in HELD:
        return kind in WITHOUT
    lead = stream.peek(min(length, LEAD)) if kind == "response" else b""
    if len(lead) < length and kind == "response" and not END_OF_HEAD.search(lead):
        return False  # it does not tell
    return refuse(kind, headers, read_response(lead)) is not None


def damaged(offset: int, message: str) -> Failure:
    return Failure(stage="source", error="damaged", message=message, offset=offset)


def check_digest(digest: str, block: bytes) -> str | None:
    """What is wrong with the block by the digest that its header has; None where it holds or cannot be checked."""
    name, _, written = digest.partition(":")
    if name.lower() not in ("sha1", "sha256", "md5") or not written:
        return None
    found = hashlib.new(name.lower(), block, usedforsecurity=False).digest()
    spellings = (base64.b32encode(found).decode().rstrip("="), found.hex().upper(), base64.b64encode(found).decode())
    if written.rstrip("=").upper() in spellings[:2] or written == spellings[2]:
        return None
    return "does not have the digest that its record names"


MOST_HEAD = MIB  # bytes of a record's header
SHORT_HEAD = 4096  # bytes that are looked at first: those of nearly every record are there


class WarcReader:
    """Entries of a stream of records, whose addresses begin with `name`.

    Those of the file `path` itself, and not of a stream in another archive, tell their place. The segment (of a plain
    file: the record) that begins at `end` or after it is not read; `stopped` is then where. With a sieve, records that
    are no pages by their heads are passed over.
    """

    def __init__(
        self,
        name: str,
        stream: Stream,
        limits: Limits,
        *,
        path: str | None = None,
        end: int | None = None,
        sieve: Sieve | None = None,
    ) -> None:
        self.name = name
        self.stream = stream
        self.limits = limits
        self.path = path
        self.end = end
        self.stopped: int | None = None
        self.sieve = sieve
        self.damages: Counter[str] = Counter()
        self.given: set[str] = set()  # addresses of what begins at the offset `nearest`
        self.nearest = -1
        self.packed = stream.raw if isinstance(stream.raw, Unpacked) else None

    def __iter__(self) -> Iterator[Entry]:
        while True:
            try:
                entry = self.read_next()
            except DamageError as error:
                yield self.tell(error.to_failure())
                continue
            except StopIteration:
                if not self.go_on():
                    return
                continue
            if entry is not None:
                yield entry

    def go_on(self) -> bool:
        """Go to the next segment; False at the end."""
        border = self.packed.border if self.packed is not None else None
        if self.packed is None or border is None:
            return False
        if self.end is not None and border >= self.end:
            self.stopped = border
            return False
        self.packed.go_on()
        again, self.stream = self.stream.again, Stream(self.packed, self.packed.passed)
        self.stream.again = again
        return True

    def tell(self, failure: Failure, url: str | None = None) -> Entry:
        """A stretch that is damaged, as an input of its own."""
        address = f"{self.name}@{failure.offset}" + (f" {url}" if url else "")
        self.damages[address] += 1
        again = f"#{self.damages[address]}" if self.damages[address] > 1 else ""
        return make_failed(self.claim(address + again, failure.offset or 0), failure, url=url)

    def claim(self, address: str, offset: int) -> str:
        """The address, with a number where it was given: a record without a URL, and damage in the same packed member.

        Only what begins at one offset, or in one member, can have one address.
        """
        if offset > self.nearest:
            self.given.clear()
            self.nearest = offset
        again, given = 1, address
        while given in self.given:
            again += 1
            given = f"{address}#{again}"
        self.given.add(given)
        return given

    def place(self) -> tuple[int, str]:
        """Offset in the file as it lies on the disk, and how the address says it."""
        position = self.stream.position
        if self.packed is None:
            return position, str(position)
        offset, inner = self.packed.find_start(position)
        return offset, f"{offset}+{inner}" if inner else str(offset)

    def read_next(self) -> Entry | None:
        """The next entry, None for a record that is no input. Raises StopIteration at the end."""
        self.pass_blank_lines()
        head = self.stream.peek(len(OPENING))
        if not head:
            self.stream.raise_pending()
            raise StopIteration
        if self.packed is None and self.end is not None and self.stream.position >= self.end:
            self.stopped = self.stream.position
            raise StopIteration
        offset, where = self.place()
        if head != OPENING:
            self.find_record()
            return self.tell(damaged(offset, "bytes that are no WARC record"))
        headers = self.read_head()
        length = read_digits(headers.get("content-length", ""))
        if length is None:
            self.find_record()
            error = None if self.stream.waiting else self.stream.drop_damaged()
            message = error.message if error else "a record without a length"
            return self.tell(damaged(offset, message), headers.get("warc-target-uri"))
        return self.read_record(headers, length, offset, where)

    def pass_blank_lines(self) -> None:
        while self.stream.peek(1) in (b"\r", b"\n"):
            self.stream.read(1)

    def find_record(self) -> None:
        """Go to the next line that opens a record, or to the end."""
        while window := self.stream.peek(STEP):
            place = window.find(b"\nWARC/1.", 1)
            if place >= 0:
                self.stream.read(place + 1)
                return
            self.stream.read(max(1, len(window) - 8))

    def read_head(self) -> dict[str, str]:
        size = SHORT_HEAD
        while True:
            window = self.stream.peek(size)
            end = find_end_of_head(window)
            if end is not None:
                return read_headers(self.stream.read(end).split(b"\n")[1:])
            if len(window) < size or size >= MOST_HEAD:
                self.stream.read(min(len(window), len(OPENING)))
                self.stream.count_again(len(window))
                return {}
            size *= 2

    def read_record(self, headers: dict[str, str], length: int, offset: int, where: str) -> Entry | None:
        kind = headers.get("warc-type", "").lower()
        url = headers.get("warc-target-uri", "").strip("<> ") or None
        address = f"{self.name}@{where}" + (f" {url}" if url else "")
        more = Capture(url=url, captured=headers.get("warc-date"))
        passed = self.sieve is not None and tells_no_page(kind, headers, length, self.stream)
        wanted = kind in HELD and length <= self.limits.page + LEAD and not passed
        begin = self.stream.position
        block = self.stream.read(length) if wanted else b""
        if len(block) < length:
            block_size = len(block) if wanted else self.stream.skip(length)
            if block_size < length:
                error = self.stream.drop_damaged()
                self.reclaim(block, begin)
                message = error.message if error else f"a record that is cut off: {block_size} of {length} bytes"
                return self.tell(damaged(offset, message), url)
        if self.stream.peek(2)[:1] not in (b"\r", b"\n", b"") and self.reclaim(block, begin):
            return self.tell(damaged(offset, "a record whose length is wrong"), url)
        # The checksum of a packed member stands after the record: look whether it holds before the page is trusted.
        self.stream.peek(5)
        pending = self.stream.pending
        if pending is not None and pending.offset <= offset and not self.stream.peek(self.stream.waiting).strip():
            self.stream.drop_damaged()
            self.stream.read(self.stream.waiting)
            return self.tell(damaged(offset, pending.message), url)
        if passed and self.sieve is not None:
            self.sieve.passed += 1
            return None
        if kind in HELD or kind in WITHOUT:
            address = self.claim(address, offset)
        if kind not in HELD:
            reason = WITHOUT.get(kind)
            return make_skipped(address, reason, offset, **more) if reason else None
        if not wanted:
            message = f"has {length} bytes, more than {self.limits.page}"
            failure = Failure(stage="source", error="too-large", message=message, offset=offset)
            return make_failed(address, failure, **more)
        if (problem := check_digest(headers.get("warc-block-digest", ""), block)) is not None:
            return make_failed(address, damaged(offset, problem), **more)
        return self.take_block(address, kind, headers, block, offset, more, self.find_place(offset, where))

    def reclaim(self, block: bytes, begin: int) -> bool:
        """Put back what a record with a wrong length took of the next ones; whether it took any.

        Of a record that was passed over all is read again, where that can be.
        """
        if not block and self.stream.position > begin and self.stream.go_back(begin):
            self.stream.count_again(self.stream.furthest - begin)
            self.find_record()
            return True
        place = block.find(b"\nWARC/1.")
        if place < 0:
            return False
        self.stream.put_back(block[place + 1 :])
        self.stream.count_again(len(block) - place)
        return True

    def find_place(self, offset: int, where: str) -> Place | None:
        """Of the record that has just been read."""
        if self.path is None:
            return None
        end = self.stream.position
        size = end - offset if self.packed is None else self.packed.measure(offset, end)
        return Place(self.path, "warc", offset, size, int(where.partition("+")[2] or 0))

    def take_block(
        self,
        address: str,
        kind: str,
        headers: dict[str, str],
        block: bytes,
        offset: int,
        more: Capture,
        place: Place | None,
    ) -> Entry:
        response = read_response(block) if kind == "response" else None
        refusal = refuse(kind, headers, response)
        if refusal is not None:
            return make_skipped(address, refusal, offset, **more)
        more["place"] = place
        entry = make_loaded(address, block, **more)
        if response is None:
            return entry

        def read() -> bytes:
            try:
                return decode_body(response, self.limits)
            except FailureError as error:
                failure = error.failure
                raise FailureError(
                    Failure(stage=failure.stage, error=failure.error, message=failure.message, offset=offset)
                ) from error

        return Entry(address=address, fingerprint=entry.fingerprint, size=len(block), read=read, **more)
