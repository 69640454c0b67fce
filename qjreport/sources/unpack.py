"""The page out of whatever is wrapped around it: gzip, bzip2, xz, zstd, and MHTML inside of them.

`open_source` reads a file that a person named and says what to do where it holds no page; `open_page` reads an input of
a batch within its limits and gives a failure for its row. Both unpack by `unpack_layers`, which reads the members of a
packed file as archives are read (`packing`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qjreport.sources.entry import MIB, DamageError, Failure, FailureError, Limits
from qjreport.sources.errors import SourceError
from qjreport.sources.kinds import find_other
from qjreport.sources.packing import Unpacked, find_packing
from qjreport.sources.stream import Held, Stream

if TYPE_CHECKING:
    from email.message import Message

MAX_PAGE = (
    256 * MIB
)  # of a file that is named; a page has some hundred thousand bytes, and what swells beyond is a trap
ANY_RATIO = MAX_PAGE  # a person may name a page that repeats itself: its size is limit enough
MOST_TYPE, MOST_HEADER = 4096, 65536  # characters of a header of MHTML that says what a part is, and of another one
MOST_LAYERS = 4  # gzip in gzip happens by mistake; more of it on purpose
_MHTML_HEADERS = (b"from:", b"mime-version:", b"subject:", b"snapshot-content-location:", b"content-type:", b"date:")
_ROOT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def open_source(name: str, data: bytes) -> bytes:
    """The page in the bytes of a file. Raises SourceError where there is none.

    >>> open_source("report.html", b"%PDF-1.7")
    Traceback (most recent call last):
    qjreport.sources.errors.SourceError: report.html: is a PDF document and no page; save the web page that it was \
made from, or its text (pdftotext)
    """
    try:
        page = unpack_layers(data, Limits(page=MAX_PAGE, ratio=ANY_RATIO))
    except DamageError as error:
        raise SourceError(name, f"has {error.message}", "fetch it again") from error
    except FailureError as error:
        problem, _, remedy = error.failure.message.partition("; ")
        raise SourceError(name, problem, remedy) from error
    if is_mhtml(page):
        page = unpack_mhtml(name, page)
    kind = find_other(page)
    if kind is not None:
        raise SourceError(name, f"is {kind[0]} and no page", kind[1])
    if not page.strip(b" \t\r\n\f\x00\xef\xbb\xbf"):
        raise SourceError(name, "is empty", "save the page again")
    return page


def open_page(address: str, data: bytes, limits: Limits) -> bytes:
    """The page in the bytes of an input. Raises FailureError where there is none.

    >>> open_page("a.rtf", b"{\\\\rtf1", Limits())
    Traceback (most recent call last):
    qjreport.sources.entry.FailureError: is an RTF document and no page; open it and save it as a web page (.html) or \
as text
    """
    try:
        return open_source(address, unpack_layers(data, limits))
    except DamageError as error:
        raise FailureError(error.to_failure()) from error
    except SourceError as error:
        word = "empty" if error.problem == "is empty" else "no-page"
        raise FailureError(Failure(stage="source", error=word, message=error.explain())) from error


def unpack_layers(data: bytes, limits: Limits) -> bytes:
    """What is packed in the bytes, or packed in that; the bytes themselves where nothing is.

    Raises DamageError where a member is damaged, FailureError where more comes out than a page may have, or where no
    library reads it.
    """
    for _ in range(MOST_LAYERS):
        packing = find_packing(data)
        if packing is None:
            break
        stream = Stream(Unpacked(Stream(Held(data)), packing, limits))
        data = stream.read(limits.page + 1)
        stream.raise_pending()
        if len(data) > limits.page:
            most = f"{limits.page // MIB} MiB" if limits.page % MIB == 0 else f"{limits.page} bytes"
            message = f"unpacks to more than {most}; it is no page"
            raise FailureError(Failure(stage="source", error="too-large", message=message))
    return data


def is_mhtml(data: bytes) -> bool:
    """Whether a file begins as a mail does and holds parts: what browsers write as "web page, single file"."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_MHTML_HEADERS) and b"content-type:" in head and b"mime-version:" in data[:16384].lower()


def unpack_mhtml(name: str, data: bytes) -> bytes:
    """The page itself: the part that the file names as its root, else its first HTML part."""
    try:
        import email  # takes 10 ms to load, and most pages are no MHTML
        from email.policy import Compat32

        class Capped(Compat32):
            """As mails are read, but for headers longer than a page's are: parameters are looked for over and over."""

            def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
                name, value = super().header_source_parse(sourcelines)
                return name, value[: MOST_TYPE if name.lower().startswith("content-") else MOST_HEADER]

        message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=Capped())
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
