"""The table "results" → the dataset's three tables as `qjreport batch` has them, duplicates linked.

`find_duplicates` says which documents of a table hold the same report, which a function of single batches cannot know.
It compares them as a batch does (`batch.duplicates`); here is the order in which the first of several that are the same
comes first. `split_results` takes the rows of "results" apart into tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qjreport.arrow.inputs import build_named, open_batches
from qjreport.batch.duplicates import SharedBands, compare_documents
from qjreport.batch.ledger import Signed
from qjreport.sources.file_names import is_container, order_naturally
from qjreport.writers.parquet import load_library

COLUMNS = ("id", "source", "text_sha256", "shingles", "signature")
Place = tuple[tuple[tuple[int, int, str], ...], ...]


def find_duplicates(documents: Any, order: Iterable[str] | None = None) -> Any:
    """The duplicates among documents: a table with `id`, `duplicate_of` and `similarity`, to be joined by `id`.

    `documents` is a table, or batches, with the columns id, source, text_sha256, shingles and signature: those of
    "results", and of its document. Of several documents with the same report the first counts as the original. They are
    first by the natural order of their sources, in which `qjreport batch` reads a folder; `order` gives the sources in
    another, such as that of a zip. Holds a kilobyte a document in memory.

    Raises ValueError for a missing column and for a document that is there twice.
    """
    pa = load_library("pyarrow", "archive")
    rows = sort_rows(list(read_rows(documents)), order)
    known = set()
    documents = []
    for number, (id_, source, text, shingles, signature) in enumerate(rows):
        if id_ in known:
            raise ValueError(f"{source} is there twice; give each input once")
        known.add(id_)
        if text is not None:
            documents.append(Signed(0, number, id_, text, shingles, signature))
    shared = SharedBands((document.text_sha256 or "", document.signature) for document in documents)
    found = [
        {"id": document.id, "duplicate_of": link[0], "similarity": link[1]}
        for document, link in compare_documents(documents, shared)
        if link is not None
    ]
    return pa.Table.from_pylist(found, schema=build_named("duplicates"))


def read_rows(documents: Any) -> Iterator[tuple[Any, ...]]:
    for batch in open_batches(documents):
        missing = [name for name in COLUMNS if name not in batch.schema.names]
        if missing:
            raise ValueError(f"the documents have no column named {missing[0]}; it comes from the table results")
        yield from zip(*(batch.column(name).to_pylist() for name in COLUMNS), strict=True)


def sort_rows(rows: list[tuple[Any, ...]], order: Iterable[str] | None) -> list[tuple[Any, ...]]:
    sources = [row[1] for row in rows]
    return [rows[number] for number in order_rows(sources, order)]


def order_rows(sources: list[str], order: Iterable[str] | None) -> list[int]:
    """The numbers of the sources in their order. Raises ValueError for a source that `order` does not have."""
    if order is None:
        return sorted(range(len(sources)), key=lambda number: order_source(sources[number]))
    places = {source: place for place, source in enumerate(order)}
    lost = next((source for source in sources if source not in places), None)
    if lost is not None:
        raise ValueError(f"{lost} is not in the order that was given")
    return sorted(range(len(sources)), key=lambda number: places[sources[number]])


def order_source(source: str) -> Place:
    """A key that sorts addresses as a folder is walked: part by part, by the numbers in them.

    >>> sorted(["a/10.html", "a-b/1.html", "a/2.html"], key=order_source)
    ['a/2.html', 'a/10.html', 'a-b/1.html']
    >>> sorted(["c.warc.gz@90 http://x/", "c.warc.gz.txt", "c.warc.gz@8 http://x/"], key=order_source)
    ['c.warc.gz@8 http://x/', 'c.warc.gz@90 http://x/', 'c.warc.gz.txt']
    """
    return tuple(map(order_naturally, split_source(source)))


def split_source(source: str) -> Iterator[str]:
    """Folders and names, and what an address says of the inside of an archive."""
    begin = 0
    for place, sign in enumerate(source):
        if sign == "/" or (sign in "!@" and is_container(source[begin:place])):
            yield source[begin:place]
            begin = place + 1
    yield source[begin:]


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
    table = gather(results)
    table = table.take(pa.array(order_rows(table["source"].to_pylist(), order), pa.int64()))
    read = table.filter(pc.is_valid(table["document"]))
    documents = take_apart(read["document"], "documents")
    signed = documents.append_column("shingles", read["shingles"]).append_column("signature", read["signature"])
    return {
        "documents": link_documents(documents, find_duplicates(signed, documents["source"].to_pylist())),
        "facts": take_apart(pc.list_flatten(table["facts"]), "facts"),
        "failures": take_apart(table["failure"].drop_null(), "failures"),
    }


def gather(results: Any) -> Any:
    """The batches of results as one table of the schema. Raises ValueError as `split_results` does."""
    pa = load_library("pyarrow", "archive")
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
    return table


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
