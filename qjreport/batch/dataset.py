"""A dataset that is there: what its ledger says, and its rows, part by part."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from qjreport.batch.errors import BatchError
from qjreport.batch.home import AnyPath, Home, StoredPath
from qjreport.batch.ledger import LEDGER_NAME, Ledger, is_locked
from qjreport.batch.parts import list_parts, read_rows
from qjreport.batch.renewal import NEXT
from qjreport.writers.dataset_rows import EXACT

FINISHED, RUNNING, UNFINISHED = "finished", "running", "unfinished"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How far a dataset is."""

    state: str  # finished, running, unfinished
    version: str
    lexicon: str
    planned: int  # inputs of the plan
    inputs: int  # inputs that are committed
    documents: int
    failures: int
    facts: int
    duplicates: int
    shards: int
    planned_shards: int
    errors: dict[str, int]
    seconds: float  # that the committed shards took
    committed: str  # when the last shard was
    renewal: tuple[int, int] | None = None  # inputs committed and planned of a new version that is being built


@contextmanager
def find_home(dataset: AnyPath, ledger: Path | None = None) -> Iterator[Home]:
    """Where the dataset and its ledger are; on shared storage the copy of it that a finished run leaves there.

    Raises BatchError where there is none.
    """
    if not isinstance(dataset, StoredPath):
        yield Home(dataset, dataset)
    elif ledger is not None:
        yield Home(dataset, ledger)
    else:
        with tempfile.TemporaryDirectory() as folder:
            try:
                (Path(folder) / LEDGER_NAME).write_bytes((dataset / LEDGER_NAME).read_bytes())
            except FileNotFoundError:
                message = (
                    f"there is no {LEDGER_NAME} in {dataset}: no run has finished it; name its ledger with --ledger"
                )
                raise BatchError(message) from None
            yield Home(dataset, Path(folder))


def open_ledger(folder: Path) -> Ledger:
    """The ledger of a dataset. Raises BatchError where there is none."""
    if not (folder / LEDGER_NAME).is_file():
        raise BatchError(f"{folder} holds no dataset: there is no {LEDGER_NAME} in it")
    try:
        ledger = Ledger(folder, read_only=True)
        ledger.read_meta()
    except sqlite3.Error as error:
        raise BatchError(f"{folder / LEDGER_NAME} cannot be read: {error}") from error
    return ledger


def read_standing(folder: Path) -> Standing:
    """How far the dataset is whose ledger is in the folder. Raises BatchError where there is none."""
    ledger = open_ledger(folder)
    meta, totals = ledger.read_meta(), ledger.sum_up()
    last = ledger.base.execute("SELECT coalesce(max(committed), '') FROM shards").fetchone()[0]
    errors = ledger.count_errors()
    ledger.close()
    renewal = None
    if (folder / NEXT / LEDGER_NAME).is_file():
        coming = Ledger(folder / NEXT, read_only=True)
        renewal = coming.sum_up().inputs, int(coming.read_meta().get("inputs", "0"))
        coming.close()
    finished = bool(meta.get("finished")) and renewal is None
    return Standing(
        state=RUNNING if is_locked(folder) else FINISHED if finished else UNFINISHED,
        version=meta.get("version", ""),
        lexicon=meta.get("lexicon", ""),
        planned=int(meta.get("inputs", "0")),
        inputs=totals.inputs,
        documents=totals.documents,
        failures=totals.failures,
        facts=totals.facts,
        duplicates=int(meta.get("duplicates", "0")),
        shards=totals.shards,
        planned_shards=int(meta.get("shards", "0")),
        errors=errors,
        seconds=totals.seconds,
        committed=last,
        renewal=renewal,
    )


class Dataset:
    """The rows of a dataset in the order of its inputs, one part in memory at a time."""

    def __init__(self, home: Home, *, unique: bool = False) -> None:
        self.folder = home.files
        ledger = open_ledger(home.ledger)
        self.committed = ledger.list_committed()
        self.finished = bool(ledger.read_meta().get("finished"))
        ledger.close()
        self.unique = unique

    def read(self, table: str) -> Iterator[dict[str, Any]]:
        """Rows of "documents", "facts" or "failures"; with `unique` without duplicates and their facts."""
        for path in list_parts(self.folder, table):
            number = int(path.stem.removeprefix("part-"))
            if number not in self.committed:
                continue  # written by a run that was killed before it was entered
            left_out = self.find_duplicates(path.name) if self.unique and table != "failures" else frozenset()
            key = "document" if table == "facts" else "id"
            for row in read_rows(path):
                if row[key] not in left_out:
                    yield row

    def find_duplicates(self, name: str) -> frozenset[str]:
        from qjreport.writers.parquet import read_parquet

        table = read_parquet(self.folder / "documents" / name, columns=["id", "duplicate_of"])
        return frozenset(row["id"] for row in table.to_pylist() if row["duplicate_of"] is not None)


def restore_digits(row: dict[str, Any]) -> dict[str, Any]:
    """A row of facts with its numbers as the report has them, 5.30 and not 5.300000000000, and no …_text."""
    exact = {name: row[f"{name}_text"] for name in EXACT}
    plain = {name: value for name, value in row.items() if not name.endswith("_text") or name[:-5] not in EXACT}
    return plain | {name: None if text is None else Decimal(text) for name, text in exact.items()}
