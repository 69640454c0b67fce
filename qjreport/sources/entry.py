"""What a source is made of: entries that hold a page, each perhaps with its place, and what is known to have failed.

`Place` says where the bytes of an input lie, for a worker that reads them itself, on this machine or another; `Failure`
why an input gives no page; `Limits` how much it may ask for before it is taken for a trap.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict, Unpack
from zlib import crc32

import msgspec

from qjreport.sources.errors import SourceError
from qjreport.sources.storage import is_url

MIB = 1024 * 1024


class Place(msgspec.Struct, frozen=True):
    """A stretch of a file: a path or an address of shared storage (`s3://bucket/a.zip`), first byte and size.

    `kind` says what the stretch is: `file` the page itself, `zip` a member with its local header, `warc` the packed or
    plain member of a crawl in which the record begins `inner` bytes after its start.
    """

    path: str
    kind: str = "file"
    offset: int = 0
    size: int | None = None  # None: to the end of the file; of a zip what the member is packed to
    inner: int = 0
    record: bytes = b""  # of a zip: what its directory says of the member
    mark: str = ""  # fingerprint of the file that the offset was found in; empty where any will do


def share_place(place: Place) -> Place | None:
    """The place as a worker finds it, which runs in another folder.

    None where the path is no text: such a file is read where it was found.
    """
    path = place.path
    if not path.isascii() and path.encode("utf-8", "replace").decode() != path:
        return None
    return msgspec.structs.replace(place, path=name_everywhere(path))


def name_everywhere(path: str) -> str:
    """The path as it is named from any folder."""
    return path if is_url(path) else str(Path(path).absolute())


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why an input gives no document. `error` is a stable word; `offset` counts bytes from the start of the file."""

    stage: str  # source, read
    error: str  # skipped, damaged, too-large, unsafe-name, link-loop, encrypted, unreadable, no-page, timeout, memory …
    message: str
    offset: int | None = None


class FailureError(Exception):
    """An input that gives no page, with the row that says so."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class DamageError(Exception):
    """Bytes that cannot be read, and where in the packed file the damaged part begins."""

    def __init__(self, offset: int, message: str, error: str = "damaged") -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.error = error

    def to_failure(self) -> Failure:
        return Failure(stage="source", error=self.error, message=self.message, offset=self.offset)


class Capture(TypedDict, total=False):
    """What a crawler says of a page, and where its record lies."""

    url: str | None
    captured: str | None  # ISO 8601
    place: Place | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One input: its address names it again; `fingerprint` changes when its bytes do.

    It is to be read before the next one is asked for, as it may be in an archive that is read from front to back.
    """

    address: str
    fingerprint: str
    size: int = 0
    read: Callable[[], bytes] | None = None  # None where `failure` says why; raises FailureError
    failure: Failure | None = None
    url: str | None = None
    captured: str | None = None  # ISO 8601, when a crawler fetched it
    place: Place | None = None  # where a worker reads the same bytes by itself

    def load(self) -> bytes:
        """The page's bytes. Raises FailureError where there are none."""
        if self.read is None:
            raise FailureError(self.failure or Failure(stage="source", error="no-page", message="holds no page"))
        try:
            return self.read()
        except (FailureError, SourceError):
            raise
        except Exception as error:
            raise FailureError(explain_error(error)) from error


def explain_error(error: Exception) -> Failure:
    """What a reader of archives raised and should not have: one input that does that hurts no other."""
    if isinstance(error, MemoryError):
        return Failure(stage="source", error="memory", message="needs more memory than there is; unpack it")
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    message = f"{type(error).__name__}: {error} ({where}); this is a bug in qjreport: please report it with the file"
    return Failure(stage="source", error="bug", message=message)


def make_failed(address: str, failure: Failure, **more: Unpack[Capture]) -> Entry:
    """An input that is known to give no page."""
    print_ = crc32(f"{failure.error} {failure.message}".encode("utf-8", "replace"))
    return Entry(address=address, fingerprint=f"{failure.error}-{print_:08x}", failure=failure, **more)


def make_skipped(address: str, reason: str, offset: int | None = None, **more: Unpack[Capture]) -> Entry:
    """An input that is no page by its name or its head: listed, not ignored."""
    return make_failed(address, Failure(stage="source", error="skipped", message=reason, offset=offset), **more)


def make_loaded(address: str, data: bytes, **more: Unpack[Capture]) -> Entry:
    """A page whose bytes a stream has just given.

    >>> make_loaded("a.tar!b.html", b"<p>").fingerprint
    '3-3c6ea1bb'
    """
    return Entry(
        address=address, fingerprint=f"{len(data)}-{crc32(data):08x}", size=len(data), read=lambda: data, **more
    )


class Limits(msgspec.Struct, frozen=True):
    """Bytes and ratios above which an input becomes a failure.

    >>> Limits().page // MIB
    32
    """

    page: int = 32 * MIB  # of one page, unpacked; the largest real ones, with pictures inlined, have some ten
    ratio: int = 250  # unpacked to packed; HTML gives 5 to 50, a bomb of deflate 1000
    ratio_from: int = 4 * MIB  # unpacked bytes below which no ratio is looked at: small pages may repeat themselves
    total: int = 1024 * 1024 * MIB  # unpacked bytes of one archive: a crawl's file has some 5 GiB
