"""The files of a shard: written whole, read again, found again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

from qjreport.batch.home import AnyPath, StoredPath
from qjreport.batch.task import Result, name_input
from qjreport.writers.dataset_rows import TABLES, Block, split_block
from qjreport.writers.files import sync_folder, write_whole
from qjreport.writers.parquet import (
    build_schema,
    build_table,
    cut_blocks,
    load_library,
    pack_parquet,
    read_ipc,
    read_parquet,
)


def find_part(folder: AnyPath, table: str, shard: int) -> AnyPath:
    """
    >>> from pathlib import Path
    >>> find_part(Path("out"), "facts", 7).as_posix()
    'out/facts/part-000007.parquet'
    """
    return folder / table / f"part-{shard:06}.parquet"


def make_folders(folder: AnyPath) -> None:
    """The folders of a dataset, without what a killed run left aside. Raises OSError where that fails."""
    if isinstance(folder, StoredPath):
        return  # objects need no folders, and nothing of them is left aside
    for table in TABLES:
        place = folder / table
        place.mkdir(parents=True, exist_ok=True)
        for left in place.glob(".part-*.part"):
            left.unlink()
        sync_folder(place)
    for left in folder.glob(".datapackage.json.*.part"):
        left.unlink()
    sync_folder(folder)


class Shard:
    """What the inputs of a shard gave, in their order, until it is written."""

    def __init__(self, number: int, rows: int) -> None:
        self.number = number
        self.results: list[Result | None] = [None] * rows
        self.missing = rows
        self.parts: dict[str, bytes] = {}  # its files, where a worker packed them

    def put(self, result: Result) -> None:
        assert self.results[result.row] is None
        self.results[result.row] = result
        self.missing -= 1

    def list_results(self) -> list[Result]:
        return [result for result in self.results if result is not None]

    def write(self, folder: AnyPath, made_by: tuple[str, str]) -> None:
        """The three files. Raises OSError where one cannot be written."""
        parts = self.parts or pack_parts(self.list_results(), made_by)

        def write_part(name: str) -> None:
            with write_whole(find_part(folder, name, self.number)) as stream:
                stream.write(parts[name])

        if isinstance(folder, StoredPath):  # what takes the time there is the way
            with ThreadPoolExecutor(len(parts)) as pool:
                list(pool.map(write_part, parts))
        else:
            for name in parts:
                write_part(name)


def pack_parts(results: list[Result], made_by: tuple[str, str]) -> dict[str, Any]:
    """The files of a shard as bytes, by their tables, out of the results of all its inputs in order."""
    pa = load_library("pyarrow", "archive")
    documents = [result.document for result in results if result.failure is None]
    failures = [list_failure(result) for result in results if result.failure is not None]
    schema = build_schema("facts")
    facts = [read_ipc(result.facts) for result in results if result.facts]
    same = [pa.Table.from_arrays(table.columns, schema=schema) for table in facts]
    tables = {
        "documents": build_table("documents", documents),
        "facts": pa.concat_tables(same) if same else schema.empty_table(),
        "failures": build_table("failures", failures),
    }
    packed = {name: pack_parquet(name, table, made_by) for name, table in tables.items()}
    del facts, same, tables
    pa.default_memory_pool().release_unused()  # what a large shard took is not kept for the small ones
    return packed


def list_failure(result: Result) -> tuple[str | int | None, ...]:
    failure = result.failure
    assert failure is not None
    message = failure.message.encode("utf-8", "replace").decode()
    place = (failure.stage, failure.error, message, failure.offset)
    return (name_input(result.address), result.address, *place, result.url)


def list_parts(folder: AnyPath, table: str) -> list[AnyPath]:
    """The files of a table, in the order of the inputs."""
    return sorted((folder / table).glob("part-*.parquet"), key=lambda path: path.name)


def read_blocks(path: AnyPath, columns: Sequence[str] | None = None) -> Iterator[Block]:
    """The rows of a part, with all columns or those that are wanted. The file is read before the first is asked for."""
    return cut_blocks(read_parquet(path, None if columns is None else list(columns), coded=True))


def read_rows(path: AnyPath, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The same as plain dicts."""
    return chain.from_iterable(map(split_block, read_blocks(path, columns)))


def drop_surplus(folder: AnyPath, shards: int) -> None:
    """Remove parts beyond the last one."""
    for table in TABLES:
        for path in list_parts(folder, table):
            if path.stem[5:].isdigit() and int(path.stem[5:]) >= shards:
                path.unlink()
