"""The members of a tar file, from front to back; after a damaged stretch it goes on at the next sound header."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import NamedTuple

from qjreport.sources.entry import DamageError, Failure, Limits
from qjreport.sources.http import read_digits
from qjreport.sources.stream import Stream

BLOCK = 512
ZEROS = bytes(BLOCK)
MOST_HEADER = 1024 * 1024  # bytes of a long name or of pax records
LONGEST_NUMBER = 16  # characters of a pax record's length and the blank after it


class Member(NamedTuple):
    """A file in an archive: its bytes, or why there are none."""

    name: str
    data: bytes | None
    failure: Failure | None = None


def is_tar(head: bytes) -> bool:
    return len(head) >= BLOCK and parse_header(head[:BLOCK]) is not None


def read_header(block: bytes) -> tarfile.TarInfo | None:
    """None where the block is no header. One with a negative size is none: what follows it is nothing of its own."""
    info = parse_header(block)
    return info if info is not None and info.size >= 0 else None


def parse_header(block: bytes) -> tarfile.TarInfo | None:
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return None


def read_tar(stream: Stream, limits: Limits) -> Iterator[Member | Failure]:
    """Each file of the archive, and each stretch that is damaged, in order."""
    reader = TarReader(stream, limits)
    while True:
        try:
            found = reader.read_next()
        except DamageError as error:
            reader.lost = True
            yield error.to_failure()
            continue
        if found is None:
            return
        yield found


class TarReader:
    def __init__(self, stream: Stream, limits: Limits) -> None:
        self.stream = stream
        self.limits = limits
        self.lost = False  # a damaged stretch was given as a failure; what is no header is passed over without another
        self.named: dict[str, str] = {}  # what a long-name or pax header says of the next member

    def read_next(self) -> Member | Failure | None:
        while True:
            offset = self.stream.position
            block = self.stream.read(BLOCK)
            if len(block) < BLOCK:
                self.raise_later(block)
            if not block:
                return None
            if len(block) < BLOCK and block.strip(b"\x00"):
                return None if self.lost else damaged(offset, "a tar header that is cut off")
            if block == ZEROS[: len(block)]:
                if self.find_more():
                    self.lost = True
                    return damaged(offset, "a stretch of zeros where a tar header should be")
                return None
            info = read_header(block)
            if info is None:
                if not self.lost:
                    self.lost = True
                    return damaged(offset, "a damaged tar header")
                continue
            self.lost = False
            found = self.read_member(info, offset)
            if found is not None:
                return found

    def raise_later(self, block: bytes) -> None:
        """Raise damage that comes after the last bytes, before these end the archive."""
        if self.stream.pending is not None and (self.lost or not block.strip(b"\x00")):
            self.stream.raise_pending()

    def find_more(self) -> bool:
        """Whether a sound header follows the zeros, which are the archive's end where none does."""
        while block := self.stream.peek(BLOCK):
            if block.strip(b"\x00") and read_header(block) is not None:
                return True
            self.stream.read(len(block))
        self.stream.raise_pending()
        return False

    def read_member(self, info: tarfile.TarInfo, offset: int) -> Member | Failure | None:
        if info.type in (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            data = self.read_content(min(info.size, MOST_HEADER), info.size)
            if info.type == tarfile.GNUTYPE_LONGNAME:
                self.named["path"] = decode_name(data.rstrip(b"\x00"))
            elif info.type != tarfile.GNUTYPE_LONGLINK:
                return self.take_pax(data, offset)
            return None
        if info.type == tarfile.XGLTYPE:
            self.read_content(0, info.size)
            return None
        named, self.named = self.named, {}
        name = named.get("path") or decode_name(info.name.encode("utf-8", "surrogateescape"))
        size = int(named.get("size", info.size))
        if info.isdir():
            self.read_content(0, size)
            return None
        if not info.isreg():
            link = f"a link to {info.linkname!r}" if info.issym() or info.islnk() else "a device or a special file"
            return Member(name, None, Failure(stage="source", error="skipped", message=link, offset=offset))
        if size > self.limits.page:
            self.read_content(0, size)
            message = f"has {size} bytes, more than {self.limits.page}"
            return Member(name, None, Failure(stage="source", error="too-large", message=message, offset=offset))
        data = self.read_content(size, size)
        if len(data) < size:
            return Member(name, None, damaged(offset, f"is cut off: {len(data)} of {size} bytes are there"))
        return Member(name, data)

    def take_pax(self, data: bytes, offset: int) -> Failure | None:
        """Keep what a pax header says of the next member; the failure where it is damaged and may say too little."""
        records = read_pax(data)
        sound = None not in split_pax(data)
        if "size" in records and read_digits(records["size"]) is None:
            del records["size"]
            sound = False
        self.named |= records
        message = "a damaged pax header: the next member goes by its own header, perhaps by a wrong name"
        return None if sound else damaged(offset, message)

    def read_content(self, wanted: int, size: int) -> bytes:
        """The first `wanted` of `size` bytes, and leave out the rest and the padding."""
        data = self.stream.read(wanted) if wanted else b""
        if len(data) == wanted:
            self.stream.skip(-(-size // BLOCK) * BLOCK - wanted)
        return data


def damaged(offset: int, message: str) -> Failure:
    return Failure(stage="source", error="damaged", message=message, offset=offset)


def decode_name(name: bytes) -> str:
    """A member's name: UTF-8, else GB 18030.

    >>> decode_name("重庆市".encode("gbk"))
    '重庆市'
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            return name.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name.decode("utf-8", "replace")


def read_pax(data: bytes) -> dict[str, str]:
    """The records `length key=value` of a pax header; what is malformed ends them.

    >>> read_pax(b"12 path=a/b\\n11 size=459\\n")
    {'path': 'a/b', 'size': '459'}
    """
    return {record[0]: record[1] for record in split_pax(data) if record is not None}


def split_pax(data: bytes) -> Iterator[tuple[str, str] | None]:
    """Keys and values of a pax header; None at the end for what is malformed."""
    place = 0
    while data[place : place + 1].strip(b"\x00"):
        digits, space, _ = data[place : place + LONGEST_NUMBER].partition(b" ")
        length = read_digits(digits.decode("ascii", "replace"))
        if not space or not length or place + length > len(data):
            yield None
            return
        key, _, value = data[place + len(digits) + 1 : place + length].rstrip(b"\n").partition(b"=")
        yield decode_name(key), decode_name(value)
        place += length
