"""The records of a WARC or WET file, from front to back; behind damage it goes on at the next record.

Records that hold a page are `response`, `resource` and `conversion`. What a crawler writes about itself (`warcinfo`,
`request`, `metadata`) is no input.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator

from qjreport.sources.entry import (
    Capture,
    DamageError,
    Entry,
    Failure,
    FailureError,
    make_failed,
    make_loaded,
    make_skipped,
)
from qjreport.sources.http import PAGES, decode_body, explain_refusal, read_headers, read_response
from qjreport.sources.limits import MIB, Limits
from qjreport.sources.packed import Unpacked
from qjreport.sources.stream import STEP, Stream

OPENING = b"WARC/"
MOST_HEAD = MIB  # bytes of a record's header
LEAD = 64 * 1024  # bytes of a record that show status and media type
HELD = ("response", "resource", "conversion")
WITHOUT = {"revisit": "a revisit: its page was captured before and did not change"}


class WarcReader:
    """Entries of a stream of records, whose addresses begin with `name`."""

    def __init__(self, name: str, stream: Stream, limits: Limits) -> None:
        self.name = name
        self.stream = stream
        self.limits = limits
        self.told: Counter[str] = Counter()
        self.packed = stream.raw if isinstance(stream.raw, Unpacked) else None

    def __iter__(self) -> Iterator[Entry]:
        while True:
            try:
                entry = self.read_next()
            except DamageError as error:
                yield self.tell(error.to_failure())
                continue
            except StopIteration:
                return
            if entry is not None:
                yield entry

    def tell(self, failure: Failure, url: str | None = None) -> Entry:
        """A stretch that is damaged, as an input of its own."""
        address = f"{self.name}@{failure.offset}" + (f" {url}" if url else "")
        self.told[address] += 1
        again = f"#{self.told[address]}" if self.told[address] > 1 else ""
        return make_failed(address + again, failure, url=url)

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
        offset, where = self.place()
        if head != OPENING:
            self.find_record()
            return self.tell(damaged(offset, "bytes that are no WARC record"))
        headers = self.read_head()
        length = headers.get("content-length", "")
        if not length.isdigit() or len(length) > 15:
            self.find_record()
            error = None if self.stream.ahead else self.stream.drop_damaged()
            message = error.message if error else "a record without a length"
            return self.tell(damaged(offset, message), headers.get("warc-target-uri"))
        return self.read_record(headers, int(length), offset, where)

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
        size = STEP
        while True:
            window = self.stream.peek(size)
            ends = [end + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (end := window.find(mark)) >= 0]
            if ends:
                break
            if len(window) < size or size >= MOST_HEAD:
                self.stream.read(min(len(window), len(OPENING)))
                return {}
            size *= 2
        return read_headers(self.stream.read(min(ends)).split(b"\n")[1:])

    def read_record(self, headers: dict[str, str], length: int, offset: int, where: str) -> Entry | None:
        kind = headers.get("warc-type", "").lower()
        url = headers.get("warc-target-uri", "").strip("<> ") or None
        address = f"{self.name}@{where}" + (f" {url}" if url else "")
        more = Capture(url=url, captured=headers.get("warc-date"))
        wanted = kind in HELD and length <= self.limits.page + LEAD
        block = self.stream.read(length) if wanted else b""
        if len(block) < length:
            block_size = len(block) if wanted else self.stream.skip(length)
            if block_size < length:
                error = self.stream.drop_damaged()
                self.reclaim(block)
                message = error.message if error else f"a record that is cut off: {block_size} of {length} bytes"
                return self.tell(damaged(offset, message), url)
        if self.stream.peek(2)[:1] not in (b"\r", b"\n", b"") and self.reclaim(block):
            return self.tell(damaged(offset, "a record whose length is wrong"), url)
        # The checksum of a packed member stands behind the record: look whether it holds before the page is trusted.
        self.stream.peek(5)
        pending = self.stream.pending
        if pending is not None and pending.offset <= offset and not self.stream.ahead.strip():
            self.stream.drop_damaged()
            self.stream.read(len(self.stream.ahead))
            return self.tell(damaged(offset, pending.message), url)
        if kind not in HELD:
            reason = WITHOUT.get(kind)
            return make_skipped(address, reason, offset, **more) if reason else None
        if not wanted:
            message = f"has {length} bytes, more than {self.limits.page}"
            failure = Failure(stage="source", error="too-large", message=message, offset=offset)
            return make_failed(address, failure, **more)
        if (problem := check_digest(headers.get("warc-block-digest", ""), block)) is not None:
            return make_failed(address, damaged(offset, problem), **more)
        return self.take_block(address, kind, headers, block, offset, more)

    def reclaim(self, block: bytes) -> bool:
        """Put back what a record with a wrong length took of the next ones; whether it took any."""
        place = block.find(b"\nWARC/1.")
        if place < 0:
            return False
        self.stream.put_back(block[place + 1 :])
        return True

    def take_block(
        self, address: str, kind: str, headers: dict[str, str], block: bytes, offset: int, more: Capture
    ) -> Entry:
        entry = make_loaded(address, block, **more)
        response = read_response(block) if kind == "response" else None
        if response is None:
            media_type = headers.get("content-type", "").split(";")[0].strip().lower()
            if kind == "response" or media_type not in PAGES:
                return make_skipped(address, f"is {media_type or 'of no known type'}, not a page", offset, **more)
            return entry
        refusal = explain_refusal(response)
        if refusal is not None:
            return make_skipped(address, refusal, offset, **more)

        def read() -> bytes:
            try:
                return decode_body(response, self.limits)
            except FailureError as error:
                failure = error.failure
                raise FailureError(
                    Failure(stage=failure.stage, error=failure.error, message=failure.message, offset=offset)
                ) from error

        return Entry(address=address, fingerprint=entry.fingerprint, size=len(block), read=read, **more)


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
