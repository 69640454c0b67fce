"""Lists what sources hold as the tests compare it: addresses, pages, failures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from qjreport.sources.entry import Entry, Failure, FailureError, Limits
from qjreport.sources.listing import list_sources
from qjreport.sources.tars import Member
from qjreport.sources.unpack import open_page


def list_all(*paths: Path, **options: object) -> list[Entry]:
    return [load_now(entry) for entry in list_sources([str(path) for path in paths], **options)]  # type: ignore[arg-type]


def load_now(entry: Entry) -> Entry:
    """The entry with its bytes, which are available only until the next entry is asked for."""
    if entry.read is None:
        return entry
    try:
        data = entry.load()
    except FailureError as error:
        return msgspec.structs.replace(entry, read=None, failure=error.failure)
    return msgspec.structs.replace(entry, read=lambda: data)


def name_all(entries: list[Entry], folder: Path) -> list[str]:
    return [entry.address.replace(str(folder), "").lstrip("/") for entry in entries]


def load_all(entries: list[Entry]) -> list[bytes]:
    """The pages, opened as a worker opens them; a failure fails the test."""
    return [open_page(entry.address, entry.load(), Limits()) for entry in entries]


def list_failures(entries: list[Entry]) -> list[tuple[str, int | None]]:
    found = []
    for entry in entries:
        try:
            open_page(entry.address, entry.load(), Limits())
        except FailureError as error:
            found.append((error.failure.error, error.failure.offset))
    return found


def list_pages(entries: list[Entry]) -> list[bytes]:
    """The pages of those entries that have one."""
    pages = []
    for entry in entries:
        try:
            pages.append(open_page(entry.address, entry.load(), Limits()))
        except FailureError:
            continue
    return pages


def tell(found: Iterator[Member | Failure]) -> list[Any]:
    """Names of the members that are whole, else what is wrong with each."""
    told: list[Any] = []
    for member in found:
        failure = member if isinstance(member, Failure) else member.failure
        told.append((failure.error, failure.message) if failure else member.name)
    return told
