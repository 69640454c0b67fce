"""Record batches as an engine gives them → items to be read, and what has failed before it is read.

Text and bytes are taken in each of Arrow's layouts (plain, large, view, dictionary), for every engine has its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qjreport.batch.work import Item, Result
from qjreport.sources.entry import Failure
from qjreport.sources.limits import Limits
from qjreport.sources.listing import EVERYTHING, Lister
from qjreport.sources.names import explain_kind
from qjreport.writers.arrow import load_library

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
        raise ValueError(f"column source is null in row {row} of a batch; an input without a name cannot be told of")
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
    """Why a file is not looked at, by its name, as in a folder. Names on the web say nothing of what is behind them.

    >>> refuse_name("logo.png", None).message, refuse_name("https://example.org/index.js", None)
    ('is a picture (.png)', None)
    """
    kind = None if url or source.startswith(WEB) else explain_kind(source)
    return Failure(stage="source", error="skipped", message=kind) if kind else None
