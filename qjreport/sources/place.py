"""Where the bytes of an input lie, for a worker that reads them itself, on this machine or another."""

from __future__ import annotations

from pathlib import Path

import msgspec

from qjreport.sources.storage import is_url


class Place(msgspec.Struct, frozen=True):
    """A stretch of a file: a path or an address of shared storage (`s3://bucket/a.zip`), first byte and size.

    `kind` says what the stretch is: `file` the page itself, `zip` a member with its local header, `warc` the packed or
    plain member of a crawl in which the record begins `inner` bytes behind its start.
    """

    path: str
    kind: str = "file"
    offset: int = 0
    size: int | None = None  # None: to the end of the file; of a zip what the member is packed to
    inner: int = 0
    record: bytes = b""  # of a zip: what its directory says of the member
    mark: str = ""  # fingerprint of the file that the offset was found in; empty where any will do


def share_place(place: Place) -> Place | None:
    """The place as a worker has to be told of it, who stands in another folder.

    None where the path is no text: such a file is read where it was found.
    """
    path = place.path
    if not path.isascii() and path.encode("utf-8", "replace").decode() != path:
        return None
    return msgspec.structs.replace(place, path=name_everywhere(path))


def name_everywhere(path: str) -> str:
    """The path as it is named from any folder."""
    return path if is_url(path) else str(Path(path).absolute())
