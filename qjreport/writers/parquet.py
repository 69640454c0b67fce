"""Arrow tables → Parquet files: the same rows give the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qjreport.writers.arrow import build_schema, load_library
from qjreport.writers.files import Stored, write_whole

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
    left behind, so that rows that were copied give the bytes of rows that were made.
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


def read_parquet(path: Path | Stored, columns: list[str] | None = None) -> Any:
    """A part as an Arrow table."""
    pq = load_library("pyarrow.parquet", "archive")
    # Not read_table, which loads the machinery of datasets: a quarter of a second and some memory for one file.
    source = path
    if not isinstance(path, Path):
        source = load_library("pyarrow", "archive").BufferReader(path.read_bytes())
    with pq.ParquetFile(source, memory_map=False) as file:
        return file.read(columns=columns, use_threads=False)
