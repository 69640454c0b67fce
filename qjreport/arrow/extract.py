"""`extract_batches`: pages in, rows out, a batch at a time; what waits in between is bounded.

A page is read as in a batch (`batch.task`), in this process or in one that may be killed (`batch.workers`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from qjreport.arrow.inputs import build_named, build_struct, read_inputs
from qjreport.batch import BatchError
from qjreport.batch.parts import list_failure
from qjreport.batch.task import Item, Result, Settings, load_words, read_item
from qjreport.batch.workers import MOST_TASKS, Processes, Reader
from qjreport.writers.parquet import build_schema, build_table, load_library, read_ipc

ROWS = 4096  # of a batch: one or two megabytes of facts, little to hold and much beside the cost of handing it on
MOST_PAGES = MOST_TASKS * Processes.task_items  # that a process reads before a new one takes its place, as in a batch
READERS = ("lexbor", "soup")


def extract_batches(
    batches: Any, table: str = "facts", *, settings: Settings | None = None, supervised: bool = False, rows: int = ROWS
) -> Iterator[Any]:
    """Record batches with the columns of INPUTS → record batches of one table, of at most `rows` rows each.

    `batches` is an iterable of record batches, or whatever gives a stream of them: a table, a reader, a data frame. Of
    the columns `source` (string) and `content` (binary) must be there. `table` is "facts", "documents", "failures",
    or "results": a row per input that holds its document, facts and failure, so that one pass gives all three.

    Pages are read in this process; with `supervised` in a process beside it, which holds them to the time and memory
    of the settings, is replaced where a page ends it, and ends with the iterator.

    Raises ValueError, TypeError, LookupError or LexiconError for arguments and columns that cannot be used, BatchError
    where the process beside does not start, MissingLibraryError without pyarrow. A page raises nothing: its failure is
    a row.

    >>> import pyarrow as pa
    >>> batch = pa.record_batch({"source": ["a.html"], "content": ["<p>全年办理提案459件。</p>".encode()]})
    >>> [facts] = extract_batches([batch])
    >>> facts.column("item").to_pylist(), facts.column("value_text").to_pylist()
    (['提案'], ['459'])
    """
    settings = settings or Settings()
    check_settings(settings)
    if table not in BUILDERS:
        raise ValueError(f"there is no table {table!r}; there are {', '.join(BUILDERS)}")
    if rows < 1:
        raise ValueError(f"rows is {rows}; a batch has at least one")
    return pack_results(read_results(batches, settings, supervised=supervised), table, rows)


def extract_table(inputs: Any, table: str = "facts", **options: Any) -> Any:
    """What `extract_batches` gives, as one Arrow table: for engines that hand over a table and take one back.

    >>> import pyarrow as pa
    >>> extract_table(pa.table({"source": ["a.css"], "content": [b"p {}"]}), "failures").to_pylist()[0]["message"]
    'is a style sheet (.css)'
    """
    pa = load_library("pyarrow", "archive")
    return pa.Table.from_batches(extract_batches(inputs, table, **options), schema=build_named(table))


def check_settings(settings: Settings) -> None:
    """Here and not page by page, where each would be a failure."""
    if settings.encoding is not None:
        b" ".decode(settings.encoding, "ignore")  # raises LookupError
    if settings.reader not in READERS:
        raise LookupError(f"there is no reader {settings.reader!r}; there are {', '.join(READERS)}")
    load_words(settings.words)


def read_results(batches: Any, settings: Settings, *, supervised: bool) -> Iterator[Result]:
    """What each input gave, in order. A process that was started for it is ended at the end, whatever the end is."""
    reader = Reader(settings) if supervised else None
    count = 0
    try:
        for item in read_inputs(batches, settings.limits):
            if isinstance(item, Result):
                yield item
            elif reader is None:
                yield read_item(item, settings)
            else:
                yield read_beside(reader, item)
                count += 1
                if count % MOST_PAGES == 0:
                    reader.kill()  # the next page starts another
    finally:
        if reader is not None:
            reader.end()


def read_beside(reader: Reader, item: Item) -> Result:
    try:
        return reader.read(item)
    except BatchError as error:
        raise BatchError(
            "the process that reads pages does not start; supervised=False reads them in this one"
        ) from error


def pack_results(results: Iterator[Result], table: str, rows: int) -> Iterator[Any]:
    """Batches of at most `rows` rows; no more than that and one page are held."""
    weigh, build = BUILDERS[table]
    held: list[Result] = []
    weight = 0
    with closing(results):  # type: ignore[type-var]
        for result in results:
            size = weigh(result)
            if size:
                held.append(result)
                weight += size
            if weight >= rows:
                yield from cut_table(build(held), rows)
                held, weight = [], 0
    if held:
        yield from cut_table(build(held), rows)


def cut_table(table: Any, rows: int) -> Iterator[Any]:
    yield from table.combine_chunks().to_batches(max_chunksize=rows)


def build_documents(results: list[Result]) -> Any:
    return build_table("documents", [result.document for result in results if result.failure is None])


def build_failures(results: list[Result]) -> Any:
    return build_table("failures", [list_failure(result) for result in results if result.failure is not None])


def build_facts(results: list[Result]) -> Any:
    pa = load_library("pyarrow", "archive")
    schema = build_schema("facts")
    tables = [read_ipc(result.facts) for result in results if result.facts]
    return pa.concat_tables(
        [schema.empty_table(), *(pa.Table.from_arrays(part.columns, schema=schema) for part in tables)]
    )


def build_results(results: list[Result]) -> Any:
    """A row per input."""
    pa = load_library("pyarrow", "archive")
    ends = [0]
    for result in results:
        ends.append(ends[-1] + result.fact_count)
    failed = [result.failure is not None for result in results]
    facts = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), make_structs("facts", build_facts(results)))
    columns = [
        pa.array([result.address for result in results], pa.string()),
        place_structs("documents", build_documents(results), [not lost for lost in failed]),
        pa.array([None if result.failure else result.shingles for result in results], pa.int64()),
        pa.array([result.signature for result in results], pa.binary()),
        facts,
        place_structs("failures", build_failures(results), failed),
    ]
    schema = build_named("results")
    return pa.Table.from_arrays(
        [column.cast(field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def make_structs(table: str, rows: Any) -> Any:
    """The rows of a table as an array of structs."""
    pa = load_library("pyarrow", "archive")
    columns = [column.combine_chunks() for column in rows.columns]
    return pa.StructArray.from_arrays(columns, fields=list(build_struct(table)))


def place_structs(table: str, rows: Any, there: list[bool]) -> Any:
    """The rows of a table in those places that have one, nulls in the others."""
    pa = load_library("pyarrow", "archive")
    count = iter(range(len(there)))
    return make_structs(table, rows).take(pa.array([next(count) if has else None for has in there], pa.int32()))


# Of each table: how many rows of a batch a result asks for, and how results become rows.
BUILDERS: dict[str, tuple[Callable[[Result], int], Callable[[list[Result]], Any]]] = {
    "facts": (lambda result: result.fact_count, build_facts),
    "documents": (lambda result: int(result.failure is None), build_documents),
    "failures": (lambda result: int(result.failure is not None), build_failures),
    "results": (lambda result: 1 + result.fact_count, build_results),
}
