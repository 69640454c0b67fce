"""Paths and addresses → record batches of inputs: for what an engine cannot open itself, archives and crawls.

Where a task of an engine is given addresses, it reads their bytes itself: nothing but names travels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from qjreport.arrow.schemas import build_named
from qjreport.sources.address import seek_record, split_address
from qjreport.sources.entry import Entry, Failure, FailureError, make_failed
from qjreport.sources.limits import MIB, Limits
from qjreport.sources.listing import EVERYTHING, list_sources
from qjreport.sources.names import Choice
from qjreport.text.patterns import compile_regex
from qjreport.writers.arrow import load_library

RANGE = compile_regex(r"@[0-9]+-[0-9]+$")  # crawl.warc.gz@START-END, which `list_sources` takes as it is
BATCH = 64  # inputs of a batch
BATCH_BYTES = 16 * MIB  # of pages in a batch


def read_sources(sources: Iterable[str], *, choice: Choice = EVERYTHING, limits: Limits | None = None) -> Iterator[Any]:
    """Record batches with the columns of INPUTS: the inputs of folders, files and archives, and of addresses in them.

    What gives no bytes has the reason in the column `failure`. Addresses of one archive are best given in a row, for it
    is read once for each such row of them. What is named twice is there twice.

    >>> [batch] = read_sources(["missing.html"])
    >>> batch.column("failure")[0].as_py()["error"]
    'unreadable'
    """
    rows: list[tuple[Any, ...]] = []
    size = 0
    for entry in list_inputs(sources, choice, limits or Limits()):
        row = load_row(entry)
        rows.append(row)
        size += len(row[1] or b"")
        if len(rows) >= BATCH or size >= BATCH_BYTES:
            yield build_batch(rows)
            rows, size = [], 0
    if rows:
        yield build_batch(rows)


def list_inputs(sources: Iterable[str], choice: Choice, limits: Limits) -> Iterator[Entry]:
    for archive, group in groupby(sources, find_archive):
        if archive is None:
            for source in group:
                yield from list_sources([source], choice, limits)
        else:
            yield from pick_inputs(archive, dict.fromkeys(group), choice, limits)


def find_archive(source: str) -> str | None:
    """The archive that an address leads into; None for what `list_sources` takes as it is."""
    if Path(source).exists() or RANGE.search(source):
        return None
    return next((path for path in split_address(source) if Path(path).is_file()), None)


def pick_inputs(archive: str, addresses: dict[str, None], choice: Choice, limits: Limits) -> Iterator[Entry]:
    """The inputs of an archive that have one of these addresses: records of a crawl where they lie, others by reading
    the archive no further than the last."""
    for address in list(addresses):
        found = seek_record(archive, address, limits)
        if found is not None:
            yield found
            del addresses[address]
    for entry in list_sources([archive], choice, limits) if addresses else ():
        if entry.address in addresses:
            yield entry
            del addresses[entry.address]
            if not addresses:
                return
    for address in addresses:
        message = f"there is no such page in {archive}"
        yield make_failed(address, Failure(stage="source", error="unreadable", message=message))


def load_row(entry: Entry) -> tuple[Any, ...]:
    try:
        return entry.address, entry.load(), entry.url, entry.captured, None
    except FailureError as error:
        return entry.address, None, entry.url, entry.captured, msgspec.to_builtins(error.failure)


def build_batch(rows: list[tuple[Any, ...]]) -> Any:
    pa = load_library("pyarrow", "archive")
    schema = build_named("inputs")
    columns = zip(*rows, strict=True)
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.record_batch(arrays, schema=schema)
