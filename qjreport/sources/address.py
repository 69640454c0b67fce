"""Addresses name a page in an archive: `2024.zip!重庆市/2015.html`, `crawl.warc.gz@8127 http://…`."""

from __future__ import annotations

from collections.abc import Iterator

from qjreport.sources.crawl import open_crawl, read_record
from qjreport.sources.entry import Entry, FailureError, Limits, Place
from qjreport.sources.errors import SourceError
from qjreport.sources.listing import list_sources
from qjreport.sources.storage import is_stored_file, is_url, open_file
from qjreport.text.patterns import compile_regex

RECORD = compile_regex(r"@([0-9]{1,18})(?:\+([0-9]{1,18}))?(?: |$)")


def load_address(address: str, limits: Limits | None = None) -> bytes | None:
    """The page that an address in an archive names; None where its file is not there.

    Raises SourceError where the archive holds no such page.
    """
    path = next((path for path in split_address(address) if is_stored_file(path)), None)
    if path is None:
        return None
    found = seek_record(path, address, limits or Limits())
    entries = [found] if found is not None else list_sources([path], limits=limits)
    for entry in entries:
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


def seek_record(path: str, address: str, limits: Limits) -> Entry | None:
    """The record that an address names by its offset in a crawl, without reading what lies in front of it.

    None where that is not the input of this address: it may be a damaged stretch, or in another archive.
    """
    at = RECORD.match(address, len(path))
    if at is None:
        return None
    place = Place(path, "warc", int(at[1]), None, int(at[2] or 0))
    try:
        with open_file(path) as file:
            if open_crawl(path, path, file, limits) is None:
                return None
        entry = read_record(path, place, limits)
    except (OSError, FailureError):
        return None
    return entry if entry is not None and entry.address == address and entry.read is not None else None
