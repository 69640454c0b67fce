"""The members of a zip file: by its directory where there is one, else by the headers in front of each member.

`list_zip` goes by the directory. `read_zip_stream` reads from front to back, for a zip in an archive or one that lost
its directory. `load_member` reads one member at its place in the file and not the directory: the member with a
directory of one entry after it is a zip by itself, which `zipfile` reads and checks as ever.

`zipfile` bounds what a step of deflate gives, but neither what bzip2 and LZMA give nor the memory that LZMA asks for:
these two are unpacked here (`Bounded`), out of what `zipfile` gives of the member as it is packed.
"""

from __future__ import annotations

import copy
import io
import struct
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple

from qjreport.sources.entry import MIB, DamageError, Failure, FailureError, Limits, Place
from qjreport.sources.errors import SourceError
from qjreport.sources.packing import MOST_MEMORY
from qjreport.sources.storage import read_stretch
from qjreport.sources.stream import STEP, Stream
from qjreport.sources.tars import Member, damaged, decode_name

LOCAL = b"PK\x03\x04"
DIRECTORY = b"PK\x01\x02"
UTF8 = 0x800
ENCRYPTED = 0x1
SIZES_AFTER = 0x8  # checksum and sizes follow the content
STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
FEED = 4096  # packed bytes that are unpacked at once where the end of a member is not known
UNICODE_PATH = 0x7075  # extra field of Info-ZIP with the name in UTF-8


class ZipMember(NamedTuple):
    """A file in a zip whose bytes are read when they are asked for."""

    name: str
    fingerprint: str
    size: int
    read: Callable[[], bytes]  # raises FailureError
    open: Callable[[], Any]  # a stream, for archives in the archive
    failure: Failure | None
    info: zipfile.ZipInfo
    end: int  # where its room in the archive ends


def list_zip(file: BinaryIO, limits: Limits) -> Iterator[ZipMember]:
    """The files by the archive's directory. Raises zipfile.BadZipFile where it has none, or one that is wrong."""
    archive = zipfile.ZipFile(file)
    starts = sorted({*(info.header_offset for info in archive.infolist()), archive.start_dir})
    ends = (starts[0], starts[-2:][0])  # where the first and the last member begin
    if archive.infolist() and (starts[0] < 0 or not any(begins_member(file, place) for place in ends)):
        raise zipfile.BadZipFile("no member is where it says")
    total = 0
    for info in archive.infolist():
        if info.filename.endswith("/"):  # not by `is_dir`, which takes an empty name for an error
            continue
        total += info.file_size
        failure = refuse(info, limits)
        if failure is None and total > limits.total:
            message = f"the archive unpacks to more than {limits.total} bytes"
            failure = Failure(stage="source", error="too-large", message=message, offset=info.header_offset)
        yield ZipMember(
            read_name(info.orig_filename, info.flag_bits, info.extra),
            f"{info.file_size}-{info.CRC:08x}",
            info.file_size,
            lambda info=info: read_whole(archive, info),  # type: ignore[misc]
            lambda info=info: Guarded(archive, info),  # type: ignore[misc]
            failure,
            info,
            starts[min(bisect_right(starts, info.header_offset), len(starts) - 1)],
        )


def begins_member(file: BinaryIO, place: int) -> bool:
    """Whether a member begins there; none does where the archive's last bytes are wrong about its directory's place."""
    file.seek(place)
    return file.read(len(LOCAL)) == LOCAL


def refuse(info: zipfile.ZipInfo, limits: Limits) -> Failure | None:
    """Why a member is not to be read, by what the directory says of it."""
    offset = info.header_offset
    if not info.filename:
        return damaged(offset, "a zip entry without a name")
    if info.flag_bits & ENCRYPTED:
        message = "is encrypted; unpack it with its password and name the pages"
        return Failure(stage="source", error="encrypted", message=message, offset=offset)
    if info.file_size > max(limits.ratio_from, limits.ratio * info.compress_size):
        message = f"unpacks to more than {limits.ratio} times its size"
        return Failure(stage="source", error="too-large", message=message, offset=offset)
    most = max(limits.page, 2 * info.file_size) + MIB
    if info.compress_size > (info.file_size if info.compress_type == STORED else most):
        message = f"says that it has {info.file_size} bytes, and takes {info.compress_size} in the archive"
        return Failure(stage="source", error="too-large", message=message, offset=offset)
    return None


def read_name(name: str, flags: int, extra: bytes) -> str:
    """A member's name: UTF-8 where the archive says so, else as which of UTF-8 and GB 18030 it reads.

    >>> read_name("重庆市".encode("gbk").decode("cp437"), 0, b"")
    '重庆市'
    """
    place = 0
    while place + 4 <= len(extra):
        kind, size = (int.from_bytes(extra[at : at + 2], "little") for at in (place, place + 2))
        if kind == UNICODE_PATH and size > 5:
            return decode_name(extra[place + 9 : place + 4 + size])
        place += 4 + size
    if flags & UTF8:
        return name
    try:
        return decode_name(name.encode("cp437"))  # what zipfile took the bytes for
    except UnicodeEncodeError:
        return name


class Bounded:
    """A member that bzip2 or LZMA packed, as a stream of so many bytes at a time as are asked for, and no more."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        packed = copy.copy(info)
        packed.compress_type, packed.file_size = STORED, info.compress_size
        del packed.CRC  # of what it unpacks to
        self.raw = archive.open(packed)
        self.left = info.file_size
        self.sum = 0
        self.expected = info.CRC
        self.ready = b""
        if info.compress_type == BZIP2:
            self.member = import_module("bz2").BZ2Decompressor()
        else:
            self.member = self.open_lzma()

    def open_lzma(self) -> Any:
        """What a zip has in front of LZMA is a version and the length of the properties; LZMA alone has its length."""
        lzma = import_module("lzma")
        head = self.raw.read(4)
        length = int.from_bytes(head[2:4], "little")
        properties = self.raw.read(length) if length == 5 else b""
        if len(properties) < 5:
            raise zipfile.BadZipFile("bad properties of LZMA")
        self.ready = properties + b"\xff" * 8
        return lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=MOST_MEMORY)

    def read(self, size: int = STEP, /) -> bytes:
        while self.left and not self.member.eof:
            fed, self.ready = self.ready, b""
            if not fed and self.member.needs_input and not (fed := self.raw.read(FEED)):
                break
            data: bytes = self.member.decompress(fed, min(size, self.left))
            self.left -= len(data)
            self.sum = zlib.crc32(data, self.sum)
            if not self.left and self.sum != self.expected:
                raise zipfile.BadZipFile("Bad CRC-32")
            if data:
                return data
        return b""


class Guarded:
    """A member as a stream; what zipfile raises for damage becomes DamageError, once, and ends it."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self.archive = archive
        self.info = info
        self.stream: Any = None
        self.ended = False

    def read(self, size: int = STEP, /) -> bytes:
        if self.ended:
            return b""
        try:
            if self.stream is None:
                bounded = self.info.compress_type in (BZIP2, LZMA)
                self.stream = Bounded(self.archive, self.info) if bounded else self.archive.open(self.info)
            data: bytes = self.stream.read(size)
        except (SourceError, MemoryError):
            raise
        except Exception as error:  # zipfile has no error of its own for all that it meets
            self.ended = True
            raise DamageError(self.info.header_offset, f"a damaged zip entry ({explain(error)})") from error
        return data


def explain(error: Exception) -> str:
    return str(error).split(" for file ")[0] or type(error).__name__


def read_whole(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        stream = Stream(Guarded(archive, info))
        data = stream.read(info.file_size) if info.file_size else b""
        stream.raise_pending()
    except DamageError as error:
        raise FailureError(error.to_failure()) from error
    if len(data) < info.file_size:
        raise FailureError(damaged(info.header_offset, "a zip entry that is cut off"))
    return data


def read_zip_stream(stream: Stream, limits: Limits) -> Iterator[Member | Failure]:
    """The members by their own headers, from front to back: for a zip in an archive, or one without a directory."""
    total = 0
    while True:
        if not find_header(stream):
            return
        offset = stream.position
        try:
            found = read_local(stream, limits)
        except DamageError as error:
            yield error.to_failure()
            continue
        if found is not None:
            total += len(found.data or b"")
            if total > limits.total:
                message = f"the archive unpacks to more than {limits.total} bytes; the rest is not read"
                yield Failure(stage="source", error="too-large", message=message, offset=offset)
                return
            yield found


def find_header(stream: Stream) -> bool:
    """Go to the next member; False where the directory begins or the file ends."""
    while window := stream.peek(STEP):
        place = window.find(LOCAL)
        if window.find(DIRECTORY, 0, place if place >= 0 else None) >= 0:
            return False
        if place >= 0:
            stream.read(place)
            return True
        stream.read(max(1, len(window) - 3))
    return False


def read_local(stream: Stream, limits: Limits) -> Member | None:
    """The member whose header begins here; None for a folder."""
    offset = stream.position
    head = stream.peek(30)
    flags, method = int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")
    crc, packed, size = (int.from_bytes(head[place : place + 4], "little") for place in (14, 18, 22))
    names, extras = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
    whole = stream.peek(30 + names + extras)
    if len(whole) < 30 + names + extras:
        stream.read(len(LOCAL))
        return Member("", None, damaged(offset, "a zip entry that is cut off"))
    stream.read(len(whole))
    raw, extra = whole[30 : 30 + names], whole[30 + names :]
    name = decode_name(raw) if flags & UTF8 else read_name(raw.decode("cp437"), flags, extra)
    if name.endswith("/"):
        return None
    if extra[:2] == b"\x01\x00" and packed == 0xFFFFFFFF and len(extra) >= 20:
        size, packed = int.from_bytes(extra[4:12], "little"), int.from_bytes(extra[12:20], "little")
    refusal = None
    if flags & ENCRYPTED:
        refusal = Failure(stage="source", error="encrypted", message="is encrypted", offset=offset)
    elif method not in (STORED, DEFLATED):
        refusal = Failure(stage="source", error="unsupported", message=f"is packed by method {method}", offset=offset)
    elif method == STORED and flags & SIZES_AFTER and not packed:
        refusal = damaged(offset, "is stored without its size")
    elif max(size, packed if method == STORED else 0) > limits.page:
        message = f"has {max(size, packed)} bytes, more than {limits.page}"
        refusal = Failure(stage="source", error="too-large", message=message, offset=offset)
    if refusal is not None:
        stream.skip(packed)
        return Member(name, None, refusal)
    return read_content(stream, name, offset, flags, method, packed, crc, limits)


def read_content(
    stream: Stream, name: str, offset: int, flags: int, method: int, packed: int, crc: int, limits: Limits
) -> Member:
    """The member whose header has been read: its content begins here."""
    data = stream.read(packed) if method == STORED and packed else b""
    if method == STORED and len(data) < packed:
        return Member(name, None, damaged(offset, "a zip entry that is cut off"))
    if method == DEFLATED:
        try:
            data = inflate(stream, limits)
        except (DamageError, zlib.error) as error:
            return Member(name, None, damaged(offset, f"a damaged zip entry ({error})"))
    if flags & SIZES_AFTER:
        tail = stream.peek(16)
        crc = int.from_bytes(tail[4:8] if tail[:2] == b"PK" else tail[:4], "little")
    if zlib.crc32(data) != crc:
        if method == STORED and LOCAL in data:
            stream.put_back(data)  # its size was wrong: what it took of the next members
            stream.count_again(len(data))
        return Member(name, None, damaged(offset, "a damaged zip entry (bad CRC-32)"))
    return Member(name, data)


def inflate(stream: Stream, limits: Limits) -> bytes:
    """The raw deflate stream that begins here; leaves the stream at its end, or where it was damaged."""
    member = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    have = 0
    while not member.eof:
        fed = stream.read(FEED)
        if not fed:
            raise zlib.error("is cut off")
        try:
            parts.append(member.decompress(fed, limits.page + 1 - have))
        except zlib.error:
            stream.put_back(fed)  # the next member may begin in it
            stream.count_again(len(fed))
            raise
        have += len(parts[-1])
        if have > limits.page or member.unconsumed_tail:
            stream.put_back(member.unconsumed_tail + member.unused_data)  # and in it, too
            raise zlib.error(f"unpacks to more than {limits.page} bytes")
    stream.put_back(member.unused_data)
    return b"".join(parts)


ENTRY = struct.Struct("<4s6H3L5H2L")  # of the directory, in front of the name
END = struct.Struct("<4s4H2LH")  # of the archive
HEAD = 30  # bytes of a local header in front of its name
SPARE = 512  # bytes of extra fields that are fetched along with a member
MOST = 0xFFFFFFFF  # sizes from here on stand in fields of zip64


def place_member(path: str, mark: str, info: zipfile.ZipInfo, end: int) -> Place | None:
    """None where only the whole archive tells how to read it: it overlaps another one, or has sizes of zip64."""
    if max(info.file_size, info.compress_size) >= MOST or info.header_offset + HEAD + info.compress_size > end:
        return None
    try:
        name = info.orig_filename.encode("utf-8" if info.flag_bits & UTF8 else "cp437")
    except UnicodeEncodeError:
        return None
    record = ENTRY.pack(
        *(DIRECTORY, 20, info.extract_version, info.flag_bits, info.compress_type, 0, 0, info.CRC),
        *(info.compress_size, info.file_size, len(name), 0, 0, 0, 0, info.external_attr, 0),
    )
    return Place(path, "zip", info.header_offset, info.compress_size, record=record + name, mark=mark)


def load_member(place: Place) -> bytes:
    """The member's bytes. Raises FailureError where they are damaged, OSError and SourceError as reading does."""
    size = place.size or 0
    data = read_stretch(place.path, place.offset, HEAD + len(place.record) + SPARE + size)
    lead = HEAD + int.from_bytes(data[26:28], "little") + int.from_bytes(data[28:30], "little")
    if len(data) < lead + size:
        data = read_stretch(place.path, place.offset, lead + size)
    data = data[: lead + size]
    end = END.pack(b"PK\x05\x06", 0, 0, 1, 1, len(place.record), len(data), 0)
    try:
        with zipfile.ZipFile(io.BytesIO(data + place.record + end)) as archive:
            return read_whole(archive, archive.infolist()[0])
    except FailureError as error:
        failure = error.failure
        raise FailureError(
            Failure(stage=failure.stage, error=failure.error, message=failure.message, offset=place.offset)
        ) from error
