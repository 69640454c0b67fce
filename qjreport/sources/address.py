"""Addresses name a page in an archive: `2024.zip!重庆市/2015.html`, `crawl.warc.gz@8127 http://…`."""

from __future__ import annotations

from collections.abc import Iterator

from qjreport.sources.entry import FailureError
from qjreport.sources.errors import SourceError
from qjreport.sources.limits import Limits
from qjreport.sources.listing import list_sources
from qjreport.sources.storage import is_stored_file, is_url


def load_address(address: str, limits: Limits | None = None) -> bytes | None:
    """The page that an address in an archive names; None where its file is not there.

    Raises SourceError where the archive holds no such page.
    """
    path = next((path for path in split_address(address) if is_stored_file(path)), None)
    if path is None:
        return None
    for entry in list_sources([path], limits=limits):
        if entry.address == address:
            try:
                return entry.load()
            except FailureError as error:
                raise SourceError(address, error.failure.message) from error
    raise SourceError(address, f"there is no such page in {path}", "check the address")


def split_address(address: str) -> Iterator[str]:
    """The paths that an address may begin with: in front of each ! and @, but for those of a host (`hdfs://me@host/`).

    >>> list(split_address("a@b.zip!c.html")), list(split_address("hdfs://me@host/b.zip!c.html"))
    (['a', 'a@b.zip'], ['hdfs://me@host/b.zip'])
    """
    first = address.find("/", address.index("://") + 3) if is_url(address) else 0
    return (address[:place] for place, sign in enumerate(address) if place > first >= 0 and sign in "!@")
