"""One member of a zip by its place: a worker reads that stretch of the archive and not its directory.

The stretch with a directory of one entry behind it is a zip by itself, which `zipfile` reads and checks as ever.
"""

from __future__ import annotations

import io
import struct
import zipfile

from qjreport.sources.entry import Failure, FailureError
from qjreport.sources.place import Place
from qjreport.sources.storage import read_stretch
from qjreport.sources.zips import DIRECTORY, UTF8, read_whole

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
