"""Unpacks gzip, bzip2, xz and zstd, member by member, however many there are.

Damage in a packed member is raised once, with its offset, after all that came before it was given; the next read goes
on with the next member that can be read. What the bytes hold is for the readers of archives; one thing is known of
them here: a member that begins with a record of a crawl begins a segment. Reading stops in front of it until `go_on` is
called, so that what a segment gives does not depend on what lies in front of it, and a crawl can be read from any of
them on.
"""

from __future__ import annotations

import zlib
from collections import deque
from importlib import import_module
from typing import Any

from qjreport.sources.entry import MIB, DamageError, Failure, FailureError, Limits
from qjreport.sources.stream import STEP, Stream

# How each kind of packing begins.
MAGICS = {"gzip": b"\x1f\x8b\x08", "bzip2": b"BZh", "xz": b"\xfd7zXZ\x00", "zstd": b"\x28\xb5\x2f\xfd"}
SKIPPABLE = tuple(bytes([0x50 + low]) + b"\x2a\x4d\x18" for low in range(16))  # frames of zstd without content
OPENING = b"WARC/"  # what a record of a crawl begins with
WARC_DICTIONARY = b"\x5d\x2a\x4d\x18"  # such a frame in front of a .warc.zst holds its dictionary
MOST_MEMORY = 256 * MIB  # that xz may ask for
MOST_WINDOW = 128 * MIB  # that a frame of zstd may look back
MOST_DICTIONARY = 16 * MIB  # that a crawl in zstd may bring along; those of crawlers have some hundred kilobytes
ZSTD_STEP = 1024  # packed bytes; zstd has no limit on what a step gives: at most 128 KiB for every 4 of them


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
        return import_module("bz2").BZ2Decompressor()
    if packing == "xz":
        return import_module("lzma").LZMADecompressor(memlimit=MOST_MEMORY)
    return open_frame(dictionary)


def open_frame(dictionary: bytes | None) -> Any:
    """A decompressor of one frame of zstd, by the zstandard package or by Python's own module (3.14)."""
    try:
        zstandard = import_module("zstandard")
    except ImportError:
        return open_frame_without_package(dictionary)
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdDecompressor(dict_data=known, max_window_size=MOST_WINDOW).decompressobj()


def open_frame_without_package(dictionary: bytes | None) -> Any:
    try:
        zstd = import_module("compression.zstd")
    except ImportError as error:
        message = "is packed with zstd, which this Python cannot read; pip install zstandard, or unpack it with zstd -d"
        raise FailureError(Failure(stage="source", error="unsupported", message=message)) from error
    known = zstd.ZstdDict(dictionary) if dictionary else None
    window = {zstd.DecompressionParameter.window_log_max: MOST_WINDOW.bit_length() - 1}
    return zstd.ZstdDecompressor(zstd_dict=known, options=window)


DAMAGE = (zlib.error, OSError, EOFError, ValueError)
DAMAGE_NAMES = ("LZMAError", "ZstdError")  # of libraries that are loaded where they are needed
HISTORY = 8 * MIB  # packed bytes of a member that are kept to search for the next one, should it turn out damaged
TRIAL = 512  # packed bytes that must unpack before a place counts as the start of a member


def unpack_dictionary(packed: bytes) -> bytes:
    """The dictionary of a crawl out of its frame; none where it is larger than it may be, damaged or cut off."""
    frame = open_frame(None)
    parts: list[bytes] = []
    size = 0
    try:
        for place in range(0, len(packed), ZSTD_STEP):
            parts.append(frame.decompress(packed[place : place + ZSTD_STEP]))
            size += len(parts[-1])
            if size > MOST_DICTIONARY:
                return b""
            if frame.eof:
                return b"".join(parts)
    except Exception:  # whatever the library calls it: the frames that need it will not unpack
        return b""
    return b""


class Unpacked:
    """What all members of a packed stream unpack to, one after the other."""

    def __init__(self, stream: Stream, packing: str, limits: Limits, *, opening: bytes = b"") -> None:
        self.stream = stream
        self.packing = packing
        self.limits = limits
        self.opening = opening  # of a crawl: what a member must begin with to be taken for one after damage
        self.member: Any = None
        self.offset = stream.position
        self.history = bytearray()
        self.starts: deque[tuple[int, int]] = deque()  # (place in the content, offset in the packed file)
        self.given = 0
        self.member_given = 0
        self.member_taken = 0
        self.feed = b""
        self.lost = False
        self.dictionary: bytes | None = None
        self.fresh = True  # nothing was begun yet
        self.segment = self.offset  # of the member that the segment at hand begins with
        self.first: bytes | None = None  # what a member has given that has not yet shown what it begins with
        self.held = b""  # what the first member of the next segment begins with
        # The last members that were read to their ends: offset, that of the end, what was given by then. There are two,
        # for the one after a border may have been read to its end as well.
        self.ended: deque[tuple[int, int, int]] = deque(maxlen=2)

    @property
    def border(self) -> int | None:
        """Offset of the next segment, where reading stopped in front of it."""
        return self.offset if self.held and self.segment != self.offset else None

    @property
    def passed(self) -> int:
        """Unpacked bytes of all segments up to the border, or of all that was read."""
        return self.given - len(self.held)

    def go_on(self) -> None:
        """Read on in the next segment."""
        self.segment = self.offset

    def measure(self, offset: int, place: int) -> int | None:
        """Packed bytes of the member at `offset`, where it is known to hold all content up to `place`."""
        ends = (end for start, end, given in self.ended if start == offset and place <= given)
        return next((end - offset for end in ends), None)

    def find_start(self, place: int) -> tuple[int, int]:
        """Offset of the member that the place in the content is in, and how far into its content."""
        while len(self.starts) > 1 and self.starts[1][0] <= place:
            self.starts.popleft()
        start, offset = self.starts[0] if self.starts else (0, 0)
        return offset, place - start

    def read(self, size: int = STEP, /) -> bytes:
        if self.held:
            if self.border is not None:
                return b""
            data, self.held = self.held, b""
            return data
        if self.given > self.limits.total:
            raise self.end(f"unpacks to more than {self.limits.total // MIB} MiB; the rest is not read")
        while True:
            if self.lost and not self.find_member():
                return b""
            if self.member is None and not self.begin_member():
                return b""
            try:
                data = self.unpack(min(size, STEP))
            except Exception as error:
                if not isinstance(error, DAMAGE) and type(error).__name__ not in DAMAGE_NAMES:
                    raise
                part = "frame" if self.packing == "zstd" else "member"
                raise self.lose(f"a damaged {self.packing} {part} ({error})") from error
            if self.first is not None and (data or (self.first and self.member is None)):
                data = self.look_at_first(data)
            if data:
                return data
            if self.held:
                return b""

    def look_at_first(self, data: bytes) -> bytes:
        """What there is to be given of the first content of a member: none where it begins a new segment."""
        data = (self.first or b"") + data
        if len(data) < len(OPENING) and self.member is not None:
            self.first = data
            return b""
        self.first = None
        if not self.opening and self.given == len(data) and data.startswith(OPENING):
            self.opening = OPENING
        if self.opening and self.offset != self.segment and data.startswith(self.opening):
            self.held, data = data, b""
        return data

    def begin_member(self) -> bool:
        head = self.stream.peek(8)
        while head.startswith(SKIPPABLE):
            self.read_skippable(head)
            head = self.stream.peek(8)
        if self.fresh:
            self.segment, self.fresh = self.stream.position, False
        self.stream.raise_pending()
        if not head:
            return False
        if head.strip(b"\x00") == b"" and self.packing == "gzip" and not self.find_content():
            return False  # some writers pad the file with zeros
        self.offset = self.stream.position
        self.history.clear()
        if find_packing(self.stream.peek(8)) != self.packing:
            raise self.lose(f"bytes that are no {self.packing} member")
        self.member = open_member(self.packing, self.dictionary)
        self.member_given = self.member_taken = 0
        self.starts.append((self.given, self.offset))
        self.first = b""
        return True

    def find_content(self) -> bool:
        """Whether anything but zeros follows; they are padding where nothing does, else damage."""
        offset = self.stream.position
        while (data := self.stream.peek(STEP)) and not data.strip(b"\x00"):
            self.stream.read(len(data))
        if data:
            self.offset, self.lost = offset, True
            self.history.clear()
            raise DamageError(offset, "a stretch of zeros where a member should begin")
        return False

    def read_skippable(self, head: bytes) -> None:
        size = int.from_bytes(head[4:8], "little")
        self.stream.read(8)
        if not head.startswith(WARC_DICTIONARY) or self.dictionary is not None or size > MOST_DICTIONARY:
            self.stream.skip(size)
            return
        content = self.stream.read(size) if size else b""
        self.dictionary = unpack_dictionary(content) if content.startswith(MAGICS["zstd"]) else content

    def unpack(self, size: int) -> bytes:
        """Some content of the member at hand; nothing at its end."""
        step = ZSTD_STEP if self.packing == "zstd" else 16 * 1024
        fed = self.feed or self.take(step)
        data: bytes = self.member.decompress(fed) if self.packing == "zstd" else self.member.decompress(fed, size)
        if not (fed or data or self.member.eof):
            raise self.lose(f"a {self.packing} member that is cut off")
        self.feed = getattr(self.member, "unconsumed_tail", b"")
        self.given += len(data)
        self.member_given += len(data)
        if self.member.eof:
            # What was taken after the end goes back in front of the stream.
            rest = self.member.unused_data
            self.stream.put_back(rest)
            self.ended.append((self.offset, self.stream.position, self.given))
            self.member = None
            self.feed = b""
        elif self.member_given > max(self.limits.ratio_from, self.limits.ratio * self.member_taken):
            raise self.lose(f"unpacks to more than {self.limits.ratio} times its size", error="too-large")
        return data

    def take(self, step: int) -> bytes:
        if not getattr(self.member, "needs_input", True):
            return b""
        fed = self.stream.peek(step)
        fed = self.stream.read(len(fed)) if fed else b""
        self.member_taken += len(fed)
        self.history += fed
        if len(self.history) > HISTORY:
            del self.history[: len(self.history) - HISTORY]
        return fed

    def lose(self, message: str, *, error: str = "damaged") -> DamageError:
        """Give the member up: what was taken of it goes back, to be searched for the next one."""
        self.stream.put_back(bytes(self.history))
        self.history.clear()
        again = self.member_taken + self.member_given if self.member is not None else 0
        self.given -= len(self.first or b"")
        self.first = None
        self.feed = b""
        self.member = None
        self.lost = True
        self.stream.count_again(again)
        return DamageError(self.offset, message, error)

    def end(self, message: str) -> DamageError:
        self.stream.close()
        self.member = None
        self.limits = Limits(total=self.given)
        return DamageError(self.offset, message, "too-large")

    def find_member(self) -> bool:
        """Go to the next place where a member begins and unpacks; False at the end."""
        magic = MAGICS[self.packing]
        if self.stream.position == self.offset:
            self.stream.read(1)
        while window := self.stream.peek(STEP + TRIAL):
            place = window.find(magic)
            if place < 0:
                self.stream.read(max(1, len(window) - len(magic) + 1))
                continue
            self.stream.read(place)
            if self.opens(self.stream.peek(TRIAL)):
                self.lost = False
                return True
            self.stream.read(1)
        self.lost = False
        return False

    def opens(self, head: bytes) -> bool:
        try:
            member = open_member(self.packing, self.dictionary)
            content = member.decompress(head) if self.packing == "zstd" else member.decompress(head, TRIAL)
        except Exception:  # whatever the library calls it: no member begins here
            return False
        return content.startswith(self.opening) if content or member.eof else len(head) >= TRIAL
