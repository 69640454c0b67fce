"""gzip, zstd and MHTML → the bytes of the page in them."""

from __future__ import annotations

import zlib
from importlib import import_module
from typing import TYPE_CHECKING, Any

from qjreport.sources.entry import DamageError, Failure, FailureError, Limits
from qjreport.sources.errors import SourceError
from qjreport.sources.kinds import find_other
from qjreport.sources.packing import Unpacked, find_packing
from qjreport.sources.stream import Held, Stream

if TYPE_CHECKING:
    from email.message import Message


MAX_PAGE = 256 * 1024 * 1024  # bytes; a page is some hundred thousand, and a file that swells beyond this is a trap
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_STEP = 1024  # bytes; what they can swell to is some 32 MiB
_MHTML_HEADERS = (b"from:", b"mime-version:", b"subject:", b"snapshot-content-location:", b"content-type:", b"date:")
_ROOT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_MAX_LAYERS = 4  # gzip in gzip happens by mistake; more of it on purpose


def unpack(name: str, data: bytes) -> bytes:
    """The bytes of the page, out of whatever is wrapped around it.

    Raises SourceError where the wrapping is damaged or holds no page.
    """
    for _ in range(_MAX_LAYERS):
        if data.startswith(_GZIP):
            data = unpack_gzip(name, data)
        elif data.startswith(_ZSTD):
            data = unpack_zstd(name, data)
        else:
            break
    return unpack_mhtml(name, data) if is_mhtml(data) else data


def open_source(name: str, data: bytes) -> bytes:
    """The page in the bytes of a file. Raises SourceError where there is none.

    >>> open_source("report.html", b"%PDF-1.7")
    Traceback (most recent call last):
    qjreport.sources.errors.SourceError: report.html: is a PDF document and no page; save the web page that it was \
made from, or its text (pdftotext)
    """
    page = unpack(name, data)
    kind = find_other(page)
    if kind is not None:
        raise SourceError(name, f"is {kind[0]} and no page", kind[1])
    if not page.strip(b" \t\r\n\f\x00\xef\xbb\xbf"):
        raise SourceError(name, "is empty", "save the page again")
    return page


def unpack_gzip(name: str, data: bytes) -> bytes:
    """All members of a gzip file."""
    parts: list[bytes] = []
    size = 0
    try:
        while data.startswith(_GZIP):
            member = zlib.decompressobj(wbits=31)
            part = member.decompress(data, MAX_PAGE - size + 1)
            size += len(part)
            if size > MAX_PAGE:
                raise SourceError(name, f"unpacks to more than {MAX_PAGE >> 20} MiB", "it is no page")
            if not member.eof:
                raise SourceError(name, "is a gzip file that is cut off", "fetch it again")
            parts.append(part)
            data = member.unused_data
    except zlib.error as error:
        raise SourceError(name, f"is a damaged gzip file ({error})", "fetch it again") from error
    return b"".join(parts)


def unpack_zstd(name: str, data: bytes) -> bytes:
    """A zstd file, by Python's own module (3.14) or the zstandard package."""
    module: Any
    try:
        module = import_module("compression.zstd")
    except ImportError:
        try:
            module = import_module("zstandard")
        except ImportError:
            remedy = "unpack it with zstd -d, or pip install zstandard"
            raise SourceError(name, "is a zstd file, which this Python cannot read", remedy) from None
    try:
        return read_frames(name, module, data)
    except module.ZstdError as error:
        raise SourceError(name, f"is a damaged zstd file ({error})", "fetch it again") from error


def read_frames(name: str, module: Any, data: bytes) -> bytes:
    """All frames of a zstd file, a little at a time, for a few bytes may swell to many."""
    parts: list[bytes] = []
    size = 0
    while data.startswith(_ZSTD):
        frame = module.ZstdDecompressor()
        frame = frame.decompressobj() if hasattr(frame, "decompressobj") else frame  # the package, Python's own
        place = 0
        while place < len(data) and not frame.eof:
            parts.append(frame.decompress(data[place : place + _ZSTD_STEP]))
            place += _ZSTD_STEP
            size += len(parts[-1])
            if size > MAX_PAGE:
                raise SourceError(name, f"unpacks to more than {MAX_PAGE >> 20} MiB", "it is no page")
        if not frame.eof:
            raise SourceError(name, "is a zstd file that is cut off", "fetch it again")
        data = frame.unused_data + data[place:]
    return b"".join(parts)


def is_mhtml(data: bytes) -> bool:
    """Whether a file begins as a mail does and holds parts: what browsers write as "web page, single file"."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_MHTML_HEADERS) and b"content-type:" in head and b"mime-version:" in data[:16384].lower()


def unpack_mhtml(name: str, data: bytes) -> bytes:
    """The page itself: the part that the file names as its root, else its first HTML part."""
    try:
        import email  # takes 10 ms to load, and most pages are no MHTML

        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
        parts = [part for part in message.walk() if part.get_content_type() in _ROOT_TYPES]
        root = find_root(message, parts)
        page = root.get_payload(decode=True) if root is not None else None
    except (RecursionError, ValueError, LookupError) as error:
        raise SourceError(name, f"is a damaged MHTML file ({error})", "save the page again") from error
    if not isinstance(page, bytes) or not page.strip():
        raise SourceError(name, "is an MHTML file without a page in it", "save the page again")
    return page


def find_root(message: Message, parts: list[Message]) -> Message | None:
    start = message.get_param("start")
    if isinstance(start, str):
        for part in parts:
            if (part.get("Content-ID") or "").strip("<> ") == start.strip("<> "):
                return part
    location = (message.get("Snapshot-Content-Location") or "").strip()
    for part in parts:
        if location and (part.get("Content-Location") or "").strip() == location:
            return part
    return next((part for kind in _ROOT_TYPES for part in parts if part.get_content_type() == kind), None)


# The bytes of one input → the bytes of its page, within the limits of a batch.

MOST_LAYERS = 4  # gzip in gzip happens by mistake; more of it on purpose


def open_page(address: str, data: bytes, limits: Limits) -> bytes:
    """The page, out of gzip, bzip2, xz, zstd and MHTML. Raises FailureError where there is none.

    >>> open_page("a.rtf", b"{\\\\rtf1", Limits())
    Traceback (most recent call last):
    qjreport.sources.entry.FailureError: is an RTF document and no page; open it and save it as a web page (.html) or \
as text
    """
    try:
        for _ in range(MOST_LAYERS):
            packing = find_packing(data)
            if packing is None:
                break
            stream = Stream(Unpacked(Stream(Held(data)), packing, limits))
            data = stream.read(limits.page + 1)
            stream.raise_pending()
            if len(data) > limits.page:
                message = f"unpacks to more than {limits.page} bytes; it is no page"
                raise FailureError(Failure(stage="source", error="too-large", message=message))
        return open_source(address, data)
    except DamageError as error:
        raise FailureError(error.to_failure()) from error
    except SourceError as error:
        word = "empty" if error.problem == "is empty" else "no-page"
        raise FailureError(Failure(stage="source", error=word, message=error.explain())) from error
