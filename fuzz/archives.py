"""Target: a file → what is listed in it and read of it. The first byte says what the others are.

They are the file itself, or choices that a sound archive is built of and then damaged by. The limits are small, so that
a short input meets them. The laws: nothing is raised but what becomes a row, every input is a page or says why it is
none, no two have one address, none is larger than a page may be, and the time is that of a small file.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import time
import zipfile
from collections.abc import Callable

import zstandard

from fuzz.choices import Choices
from qjreport.sources.entry import Entry, FailureError, Limits
from qjreport.sources.file_names import Choice
from qjreport.sources.listing import Lister
from qjreport.sources.unpack import open_page
from qjreport.sources.walk import File

MAX_LENGTH = 512
LIMITS = Limits(page=64 * 1024, ratio_from=16 * 1024, total=1024 * 1024)
MOST_SECONDS = 2.0  # of the processor; a file of this size takes some milliseconds
MOST_MEMBERS, MOST_DAMAGE = 4, 4
NAMES = "a.html b.html a.html#2 c.zip c.zip!a.html c.tar.gz d.warc 县.html ../e f/ a.js".split()  # noqa: SIM905
HEADERS = (
    *("Content-Encoding: gzip", "Content-Encoding: br", "Transfer-Encoding: chunked", "Content-Length: 459", "A: b"),
)
FILES = ("a.zip", "a.tar", "a.tar.gz", "a.warc", "a.warc.gz", "a.html", "a.mhtml")
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
PIECES = (
    *(b"\r\n", b"-4", "²".encode(), b"\xff" * 4, b"PK\3\4", b"PK\1\2", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"BZh9", b" "),
)


def check(data: bytes) -> None:
    choices = Choices(data)
    kind = choices.below(4)
    name = choices.pick(FILES)
    if kind == 0:
        check_file(name, choices.rest())
    elif kind == 1:
        check_file(name, choices.pick(PACKERS)(choices.rest()))
    else:
        build = choices.pick(BUILDERS)
        check_file(name, damage(build(choices), choices))


def write_members(choices: Choices) -> dict[str, bytes]:
    return {choices.pick(NAMES): write_content(choices) for _ in range(1 + choices.below(MOST_MEMBERS))}


def write_content(choices: Choices) -> bytes:
    """A page, or an archive with one."""
    page = b"<p>%d" % choices.below(256) * (1 + choices.below(4) ** 5)
    kind = choices.below(8)
    if kind == 1:
        return zip_files({"a.html": page, "c.zip": b""})
    if kind == 2:
        return gzip.compress(tar_files({"a.html": page}), mtime=0)
    if kind == 3:
        return write_record(write_response(page, choices))
    if kind == 4:
        return b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + page
    return page


def zip_files(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name or "x"), data, method)
    return out.getvalue()


def tar_files(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def write_response(body: bytes, choices: Choices) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: text/html", *(choices.pick(HEADERS) for _ in range(choices.below(3)))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def write_record(block: bytes) -> bytes:
    lines = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.test/\r\nContent-Length: {len(block)}"
    return lines.encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def build_crawl(choices: Choices) -> bytes:
    pack = choices.pick(PACKERS)
    count = 1 + choices.below(MOST_MEMBERS)
    return b"".join(pack(write_record(write_response(write_content(choices), choices))) for _ in range(count))


LZMA_ZIP = zip_files({"a.html": b"<p>459" * 99}, zipfile.ZIP_LZMA)  # once: its packer takes some milliseconds to begin
BUILDERS: tuple[Callable[[Choices], bytes], ...] = (
    lambda choices: zip_files(write_members(choices), choices.pick(METHODS)),
    lambda choices: choices.pick(PACKERS)(tar_files(write_members(choices))),
    lambda _: LZMA_ZIP,
    build_crawl,
)
PACKERS: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data,
    lambda data: gzip.compress(data, 1, mtime=0),
    lambda data: bz2.compress(data, 1),
    lambda data: lzma.compress(data, preset=0),
    lambda data: zstandard.ZstdCompressor(level=1).compress(data),
)


def damage(data: bytes, choices: Choices) -> bytes:
    """The file with a few bytes changed, cut out, doubled or put in."""
    for _ in range(choices.below(MOST_DAMAGE + 1)):
        kind, place = choices.below(4), choices.below(65536) % (len(data) or 1)
        if kind == 0:
            data = data[:place] + bytes([choices.below(256)]) + data[place + 1 :]
        elif kind == 1:
            data = data[:place] + data[place + choices.below(256) :]
        elif kind == 2:
            piece = choices.pick(PIECES)
            data = data[:place] + piece + data[place + choices.below(2) * len(piece) :]
        else:
            data = data[:place] + data[place - choices.below(256) :]
    return data


def check_file(name: str, data: bytes) -> None:
    begun = time.process_time()
    lister = Lister(Choice(), LIMITS)
    addresses: set[str] = set()
    for entry in lister.list_opened(File(name, name, len(data), "1", True), io.BytesIO(data)):
        assert entry.address not in addresses, f"two inputs are {entry.address}"
        addresses.add(entry.address)
        check_entry(entry, whole=entry.address == name)
    took = time.process_time() - begun
    assert took < MOST_SECONDS, f"took {took} seconds"


def check_entry(entry: Entry, *, whole: bool) -> None:
    assert entry.address.encode()
    assert entry.fingerprint
    assert (entry.read is None) == (entry.failure is not None)
    if entry.failure is not None:
        check_failure(entry.failure.error, entry.failure.message)
        return
    if whole:
        return  # read by its path
    try:
        page = entry.load()
        assert len(page) <= LIMITS.page
        open_page(entry.address, page, LIMITS)
    except FailureError as error:
        check_failure(error.failure.error, error.failure.message)


def check_failure(error: str, message: str) -> None:
    assert error and error not in ("bug", "memory", "collision"), message
    assert message and "\n" not in message
