"""The dataset's tables as Arrow, and as Parquet files: the same rows give the same bytes.

`build_schema` makes schemas with descriptions, `build_table` tables of rows, `write_ipc` bytes that travel between
processes, `write_parquet` the files. `value`, `value_to` and `change` are decimals of 38 digits, 12 of them after the
point, for computing; the columns named …_text hold their digits as they are. Where a number has more digits than that,
only the text has it. `amount` is a binary float, with which plots and sums work at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from qjreport.writers.dataset_rows import AT_ONCE, EXACT, TABLES, Block
from qjreport.writers.fact_columns import AMOUNT, Cell, Column
from qjreport.writers.files import Stored, write_whole

DIGITS, SCALE = 38, 12
MOST = Decimal(10) ** (DIGITS - SCALE)
SMALLEST = Decimal(1).scaleb(-SCALE)
WIDE = Context(prec=2 * DIGITS)  # so that rounding to the scale never runs out of digits
SIMILARITY = (4, 3)
DATASET = "qjreport/dataset/1"


class MissingLibraryError(ImportError):
    """A library that an extra installs is not there."""

    def __init__(self, library: str, extra: str) -> None:
        command = say_install(extra)
        super().__init__(f"{library} is not installed; {command} brings it")


def say_install(extra: str) -> str:
    """The command that adds an extra to the environment in which this Python runs, whatever installed qjreport there.

    pip and uv take an installed qjreport, an editable one too, for the one that is meant and add what the extra needs;
    where it is not installed (cli.py of a checkout), the checkout is named. An environment of uv has no pip. Quotation
    marks are double, which every shell takes, cmd.exe as well.
    """
    from importlib.metadata import PackageNotFoundError, distribution
    from importlib.util import find_spec

    pip = (sys.executable, "-m", "pip", "install")
    tool = " ".join(pip if find_spec("pip") else ("uv", "pip", "install", "--python", sys.executable))
    try:
        distribution("qjreport")
    except PackageNotFoundError:
        return f'{tool} -e "{Path(__file__).parents[2]}[{extra}]"'
    return f'{tool} "qjreport[{extra}]"'


def load_library(name: str, extra: str) -> Any:
    """A library of an extra. Raises MissingLibraryError, which names the extra.

    >>> load_library("a_library_that_is_not_there", "archive")
    Traceback (most recent call last):
    qjreport.writers.parquet.MissingLibraryError: a_library_that_is_not_there is not installed; ... pip install ...
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingLibraryError(name.split(".")[0], extra) from error


@lru_cache
def build_schema(table: str) -> Any:
    """Arrow schema of "documents", "facts" or "failures", with what the columns mean as metadata."""
    pa = load_library("pyarrow", "archive")
    return pa.schema(
        [build_field(pa, column) for column in TABLES[table]], metadata={"qjreport.schema": f"{DATASET}#{table}"}
    )


def build_field(pa: Any, column: Column) -> Any:
    types = {"string": pa.string(), "integer": pa.int64(), "year": pa.int32(), "number": pa.decimal128(DIGITS, SCALE)}
    special = {"similarity": pa.decimal128(*SIMILARITY), AMOUNT.name: pa.float64()}
    kind = special.get(column.name, types[column.type])
    # A number too long for the decimal is null in it, and whole in its text.
    nullable = not column.required or column.name in EXACT
    about = {"description": column.description, "title": column.chinese}
    return pa.field(column.name, kind, nullable=nullable, metadata=about)


def build_table(table: str, rows: Sequence[Sequence[Cell]]) -> Any:
    """Rows in the order of the table's columns → an Arrow table."""
    pa = load_library("pyarrow", "archive")
    schema = build_schema(table)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.table(
        [build_array(pa, values, field) for values, field in zip(columns, schema, strict=True)], schema=schema
    )


def build_array(pa: Any, values: Sequence[Cell], field: Any) -> Any:
    if pa.types.is_decimal(field.type) and field.name in EXACT:
        return pa.array([fit_decimal(value) for value in values], field.type)
    if pa.types.is_string(field.type):
        try:
            return pa.array(values, field.type)
        except UnicodeEncodeError:  # half a surrogate pair, from a broken page
            whole = (None if text is None else str(text).encode("utf-8", "replace").decode() for text in values)
            return pa.array(list(whole), field.type)
    if pa.types.is_floating(field.type):
        return pa.array([float(value) for value in values], field.type)  # type: ignore[arg-type]
    return pa.array(values, field.type)


def fit_decimal(value: Cell) -> Decimal | None:
    """The value where 38 digits hold it exactly, else None.

    >>> fit_decimal(Decimal("5.30")), fit_decimal(Decimal("1E+40"))
    (Decimal('5.30'), None)
    """
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value) >= MOST:
        return None
    return value if value == value.quantize(SMALLEST, context=WIDE) else None


def write_ipc(tables: Sequence[Any]) -> list[bytes]:
    """Arrow tables as bytes, to travel between processes; packed, for a shard waits in memory until it is whole."""
    pa = load_library("pyarrow", "archive")
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    streams = []
    for table in tables:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
            writer.write_table(table)
        streams.append(sink.getvalue().to_pybytes())
    return streams


def read_ipc(data: bytes) -> Any:
    pa = load_library("pyarrow", "archive")
    options = pa.ipc.IpcReadOptions(use_threads=False)  # a page's facts are few: threads cost twice what they read
    return pa.ipc.open_stream(pa.py_buffer(data), options=options).read_all()


# Fixed here and not left to the library, whose defaults change from one version to the next.
OPTIONS = {
    "compression": "zstd",
    "compression_level": 5,
    "version": "2.6",
    "data_page_version": "1.0",
    "use_dictionary": True,
    "write_statistics": True,
    "store_schema": True,
}
MOST_ROWS = 1 << 20  # rows of a group; a part has far fewer


def write_parquet(path: Path | Stored, name: str, table: Any, made_by: tuple[str, str]) -> None:
    """Write a part of the table `name` whole or not at all, and sync it. Raises OSError where that fails."""
    with write_whole(path) as stream:
        stream.write(pack_parquet(name, table, made_by))


def pack_parquet(name: str, table: Any, made_by: tuple[str, str]) -> Any:
    """The bytes of a part of the table `name`, as a buffer.

    `made_by` names version and lexicon in the file's metadata. What else a table brings along from where it was read is
    dropped, so that rows that were copied give the bytes of rows that were made.
    """
    pq = load_library("pyarrow.parquet", "archive")
    pa = load_library("pyarrow", "archive")
    schema = build_schema(name)
    about = {"qjreport.version": made_by[0], "qjreport.lexicon": made_by[1]}
    schema = schema.with_metadata({**schema.metadata, **about})
    table = pa.Table.from_arrays(table.columns, schema=schema)
    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), sink, row_group_size=MOST_ROWS, **OPTIONS)
    return sink.getvalue()


def read_parquet(path: Path | Stored, columns: list[str] | None = None, *, coded: bool = False) -> Any:
    """A part as an Arrow table; `coded` where its texts shall stay numbers into a list of the different ones."""
    pa, pq = load_library("pyarrow", "archive"), load_library("pyarrow.parquet", "archive")
    # Not read_table, which loads the machinery of datasets: a quarter of a second and some memory for one file.
    source = path if isinstance(path, Path) else pa.BufferReader(path.read_bytes())
    with pq.ParquetFile(source, memory_map=False) as file:
        if not coded:
            return file.read(columns=columns, use_threads=False)
        texts = [field.name for field in file.schema_arrow if pa.types.is_string(field.type)]
        with pq.ParquetFile(source, memory_map=False, metadata=file.metadata, read_dictionary=texts) as again:
            return again.read(columns=columns, use_threads=False)


def cut_blocks(table: Any) -> Iterator[Block]:
    """The rows of a table that was read as `coded`."""
    pa = load_library("pyarrow", "archive")
    for batch in table.to_batches():  # all columns of a batch are whole arrays
        words = {
            name: {None: None, **dict(enumerate(column.dictionary.to_pylist()))}
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
            if pa.types.is_dictionary(column.type)
        }
        for start in range(0, batch.num_rows, AT_ONCE):
            part = batch.slice(start, AT_ONCE)
            yield {
                name: list(map(words[name].__getitem__, column.indices.to_pylist()))
                if name in words
                else column.to_pylist()
                for name, column in zip(part.schema.names, part.columns, strict=True)
            }
