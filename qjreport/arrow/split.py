"""The table "results" → the dataset's three tables as `qjreport batch` has them, duplicates linked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qjreport.arrow.duplicates import find_duplicates, order_rows
from qjreport.arrow.inputs import open_batches
from qjreport.arrow.schemas import build_named
from qjreport.writers.arrow import load_library


def split_results(results: Any, order: Iterable[str] | None = None) -> dict[str, Any]:
    """Tables "documents", "facts" and "failures" out of the rows of "results", in whatever order these came.

    Rows are in the natural order of the sources, or in that of `order`; see `find_duplicates`. Takes a table or
    batches, also as engines give them back (large strings, views). All is held in memory, and no column may have more
    than 2 GiB of text: beyond it the engine takes the structs apart and joins what `find_duplicates` says, as
    docs/engines.md shows.

    Raises ValueError for a source that is there twice and for a column that is missing.

    >>> import pyarrow as pa
    >>> from qjreport.arrow import extract_batches
    >>> page = "<p>全年办理提案459件。</p>".encode()
    >>> inputs = pa.table({"source": ["10.html", "2.html", "1.css"], "content": [page, page, b"p {}"]})
    >>> tables = split_results(extract_batches(inputs, "results"))
    >>> [(row["source"], str(row["similarity"])) for row in tables["documents"].to_pylist()]
    [('2.html', 'None'), ('10.html', '1.000')]
    >>> tables["facts"].num_rows, tables["failures"].num_rows
    (2, 1)
    """
    pa = load_library("pyarrow", "archive")
    pc = load_library("pyarrow.compute", "archive")
    batches = list(open_batches(results))
    schema = build_named("results")
    table = pa.Table.from_batches(batches, batches[0].schema if batches else schema)
    missing = [name for name in schema.names if name not in table.column_names]
    if missing:
        raise ValueError(f"the results have no column named {missing[0]}; they are what the table results is")
    table = table.select(schema.names).cast(schema)
    sources = table["source"].to_pylist()
    twice = len(sources) - len(set(sources))
    if twice:
        raise ValueError(f"{twice} sources are there twice; give each input once")
    table = table.take(pa.array(order_rows(sources, order), pa.int64()))
    read = table.filter(pc.is_valid(table["document"]))
    documents = take_apart(read["document"], "documents")
    signed = documents.append_column("shingles", read["shingles"]).append_column("signature", read["signature"])
    return {
        "documents": link_documents(documents, find_duplicates(signed, documents["source"].to_pylist())),
        "facts": take_apart(pc.list_flatten(table["facts"]), "facts"),
        "failures": take_apart(table["failure"].drop_null(), "failures"),
    }


def take_apart(structs: Any, table: str) -> Any:
    """Structs → a table of their fields."""
    pa = load_library("pyarrow", "archive")
    pc = load_library("pyarrow.compute", "archive")
    schema = build_named(table)
    columns = [pc.struct_field(structs, field.name) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def link_documents(documents: Any, duplicates: Any) -> Any:
    """Documents with their duplicates entered."""
    pa = load_library("pyarrow", "archive")
    links = {row["id"]: row for row in duplicates.to_pylist()}
    found = [links.get(id_, {}) for id_ in documents["id"].to_pylist()]
    for name in ("duplicate_of", "similarity"):
        field = documents.schema.field(name)
        values = pa.array([link.get(name) for link in found], field.type)
        documents = documents.set_column(documents.schema.get_field_index(name), field, values)
    return documents
