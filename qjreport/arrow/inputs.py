"""What an engine gives → items to be read, and what has failed before it is read.

`read_inputs` takes record batches, with text and bytes in each of Arrow's layouts (plain, large, view, dictionary), for
every engine has its own. `read_sources` makes such batches of paths and addresses, for what an engine cannot open
itself, archives and crawls; a task that is given addresses reads their bytes itself, so that only names travel.

`build_named` gives the schemas: of what goes in, of the dataset's three tables (`writers.parquet` has them), and of the
one table that holds all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from qjreport.batch.task import Item, Result
from qjreport.sources.entry import MIB, Entry, Failure, FailureError, Limits, make_failed
from qjreport.sources.file_names import Choice, explain_kind, split_address
from qjreport.sources.listing import EVERYTHING, Lister, list_sources, seek_record
from qjreport.text.patterns import compile_regex
from qjreport.writers.parquet import build_schema, load_library

CONSTANTS = {name.upper(): name for name in ("inputs", "documents", "facts", "failures", "results", "duplicates")}


@lru_cache
def build_named(table: str) -> Any:
    """The Arrow schema of "inputs", "documents", "facts", "failures", "results" or "duplicates".

    Raises ValueError for another name, MissingLibraryError without pyarrow.

    >>> build_named("duplicates").names
    ['id', 'duplicate_of', 'similarity']
    """
    if table in ("documents", "facts", "failures"):
        return build_schema(table)
    if table not in CONSTANTS.values():
        raise ValueError(f"there is no table {table!r}; there are {', '.join(CONSTANTS.values())}")
    pa = load_library("pyarrow", "archive")
    documents = build_schema("documents")
    if table == "duplicates":
        return pa.schema([documents.field(name) for name in ("id", "duplicate_of", "similarity")])
    if table == "inputs":
        return build_inputs(pa)
    return pa.schema(
        [
            pa.field("source", pa.string(), nullable=False),
            pa.field("document", build_struct("documents"), metadata={"description": "Null where the input failed."}),
            pa.field("shingles", pa.int64(), metadata={"description": "Different runs of five characters."}),
            pa.field("signature", pa.binary(), metadata={"description": "256 minima; null where the text is short."}),
            pa.field("facts", pa.list_(build_struct("facts")), metadata={"description": "Empty where there are none."}),
            pa.field("failure", build_struct("failures"), metadata={"description": "Null where there is a document."}),
        ]
    )


def build_inputs(pa: Any) -> Any:
    failure = pa.struct(
        [("stage", pa.string()), ("error", pa.string()), ("message", pa.string()), ("offset", pa.int64())]
    )
    known = "Why there are no bytes, as far as whoever read the source knows."
    return pa.schema(
        [
            pa.field("source", pa.string(), nullable=False, metadata={"description": "Name or address; no two alike."}),
            pa.field("content", pa.binary(), metadata={"description": "The page's bytes."}),
            pa.field("url", pa.string(), metadata={"description": "Where a crawler fetched it."}),
            pa.field("captured", pa.string(), metadata={"description": "When a crawler fetched it, ISO 8601."}),
            pa.field("failure", failure, metadata={"description": known}),
        ]
    )


def build_struct(table: str) -> Any:
    """The columns of a table as fields of a struct; all may be null, for the struct may be."""
    pa = load_library("pyarrow", "archive")
    return pa.struct([field.with_nullable(True) for field in build_schema(table)])


TEXT = ("string", "large_string", "string_view")
BYTES = ("binary", "large_binary", "binary_view")
COLUMNS = {"source": TEXT, "content": BYTES, "url": TEXT, "captured": TEXT}
REQUIRED = ("source", "content")
FAILURE = set(Failure.__struct_fields__)
WEB = ("http://", "https://")


def read_inputs(batches: Any, limits: Limits) -> Iterator[Item | Result]:
    """An item for each row, or its failure where that is known already.

    Raises ValueError for a column that is missing or has a null where there must be none, TypeError for one of another
    type; both name it.
    """
    lister = Lister(EVERYTHING, limits)
    for batch in open_batches(batches):
        columns = {name: batch.column(name) for name in check_columns(batch.schema)}
        for row in range(batch.num_rows):
            yield read_row(columns, row, lister)


def open_batches(batches: Any) -> Iterable[Any]:
    """Record batches of anything that has some: an iterable of them, a table, a reader, a data frame."""
    pa = load_library("pyarrow", "archive")
    if isinstance(batches, pa.RecordBatch):
        return (batches,)
    if hasattr(batches, "__arrow_c_stream__"):
        reader: Iterable[Any] = pa.RecordBatchReader.from_stream(batches)
        return reader
    found: Iterable[Any] = batches
    return found


def check_columns(schema: Any) -> list[str]:
    """The names of those columns that are read."""
    for name in REQUIRED:
        if schema.names.count(name) != 1:
            problem = "has several columns" if name in schema.names else "has no column"
            there = ", ".join(schema.names) or "none"
            raise ValueError(f"a batch {problem} named {name}; its columns are: {there}. Rename them in the engine")
    for name, wanted in COLUMNS.items():
        if name in schema.names and name_type(schema.field(name).type) not in (*wanted, "null"):
            raise TypeError(f"column {name} has the type {schema.field(name).type}, not {wanted[0]}")
    if "failure" in schema.names and not tells_failure(schema.field("failure").type):
        raise TypeError(f"column failure is no struct of {', '.join(sorted(FAILURE))}")
    return [name for name in (*COLUMNS, "failure") if name in schema.names]


def tells_failure(kind: Any) -> bool:
    """Whether a column of this type says why there are no bytes; one of nulls alone says that there always are."""
    name = str(kind)
    return name == "null" or (name.startswith("struct") and {field.name for field in kind} == FAILURE)


def name_type(kind: Any) -> str:
    value = getattr(kind, "value_type", None)
    name = str(kind)
    if value is not None and name.startswith("dictionary"):
        return name_type(value)
    return "binary" if name.startswith("fixed_size_binary") else name


def read_row(columns: dict[str, Any], row: int, lister: Lister) -> Item | Result:
    values = {name: column[row].as_py() for name, column in columns.items()}
    source, data, url = values["source"], values["content"], values.get("url")
    if source is None:
        raise ValueError(f"column source is null in row {row} of a batch; an input needs a name")
    # Who gives the column failure has looked at the names, too, as `read_sources` does.
    failure = tell_known(values["failure"]) if "failure" in values else refuse_name(source, url)
    if failure is None and data is None:
        failure = Failure(stage="source", error="unreadable", message="column content is null: there are no bytes")
    if failure is None and len(data) > lister.limits.page:
        failure = lister.too_large(len(data))
    if failure is not None:
        return Result(row=0, address=source, failure=failure, url=url)
    return Item(row=0, address=source, data=data, url=url, captured=values.get("captured"))


def tell_known(failure: dict[str, Any] | None) -> Failure | None:
    """
    >>> tell_known({"stage": "source", "error": "skipped", "message": "is a font (.ttf)", "offset": None}).error
    'skipped'
    """
    return None if failure is None else Failure(**failure)


def refuse_name(source: str, url: str | None) -> Failure | None:
    """Why a file is not looked at, by its name, as in a folder. Names on the web say nothing of what they name.

    >>> refuse_name("logo.png", None).message, refuse_name("https://example.org/index.js", None)
    ('is a picture (.png)', None)
    """
    kind = None if url or source.startswith(WEB) else explain_kind(source)
    return Failure(stage="source", error="skipped", message=kind) if kind else None


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
