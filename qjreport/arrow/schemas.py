"""The schemas: of what goes in, of the dataset's three tables, and of the one table that holds all three.

Those of the dataset are in `writers.parquet`; only what an engine needs beside them is here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

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
