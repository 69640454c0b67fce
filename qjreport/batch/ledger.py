"""The ledger: which shard of which inputs is committed, by which version, when and in how long.

Times live here and nowhere else, so that the Parquet files of two runs are the same. A shard's files are in place
before it is entered; what is not entered is done again. `lock_folder` lets one run at a time write a dataset.
"""

from __future__ import annotations

import operator
import os
import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from qjreport.batch import BatchError

TEMPORARY = ""  # SQLite's name for a database of nobody else, in a file once it no longer fits the cache


def connect(owner: object, path: Path | str, *, uri: bool = False, timeout: float = 5) -> sqlite3.Connection:
    """A connection that lives as long as `owner`, which may close it before. Raises sqlite3.Error."""
    # One thread uses it; whichever thread frees its owner closes it.
    base = sqlite3.connect(path, uri=uri, timeout=timeout, check_same_thread=False)
    weakref.finalize(owner, base.close).atexit = False
    return base


LEDGER_NAME = "manifest.sqlite"
PAGE = 8192  # bytes: a row with its signature has 1.2 KiB, of which SQLite's usual pages would spill a page each
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shards (
    number INTEGER PRIMARY KEY,
    inputs INTEGER NOT NULL, documents INTEGER NOT NULL, failures INTEGER NOT NULL, facts INTEGER NOT NULL,
    bytes INTEGER NOT NULL,  -- of the pages read for it
    version TEXT NOT NULL, lexicon TEXT NOT NULL,
    committed TEXT NOT NULL, seconds REAL NOT NULL,
    links TEXT NOT NULL DEFAULT ''  -- digest of the duplicates that are entered in its files
);
CREATE TABLE IF NOT EXISTS inputs (
    shard INTEGER NOT NULL, row INTEGER NOT NULL,
    address TEXT NOT NULL UNIQUE, fingerprint TEXT NOT NULL,
    id TEXT NOT NULL, error TEXT,  -- null for a document
    text_sha256 TEXT, shingles INTEGER, signature BLOB,
    dropped INTEGER NOT NULL DEFAULT 0,  -- its facts were left out by --unique
    PRIMARY KEY (shard, row)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS failed ON inputs (error) WHERE error IS NOT NULL;
"""


class InputRow(NamedTuple):
    row: int
    address: str
    fingerprint: str
    id: str
    error: str | None
    text_sha256: str | None
    shingles: int
    signature: bytes | None


class Totals(NamedTuple):
    shards: int
    inputs: int
    documents: int
    failures: int
    facts: int
    seconds: float


class Signed(NamedTuple):
    """A document with what shows whether it is the same as another."""

    shard: int
    row: int
    id: str
    text_sha256: str | None
    shingles: int
    signature: bytes | None


class Ledger:
    """The ledger of one dataset. Every method that changes it is one transaction."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.totals: Totals | None = None  # once counted, kept as shards are entered
        path = folder / LEDGER_NAME
        if read_only:
            self.base = connect(self, f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
        else:
            self.base = connect(self, path, timeout=30)
            self.base.execute(f"PRAGMA page_size = {PAGE}")  # of a new ledger; one that is there keeps its own
            self.base.execute("PRAGMA synchronous = FULL")
            self.base.executescript(SCHEMA)

    def close(self) -> None:
        self.base.close()

    def read_meta(self) -> dict[str, str]:
        return dict(self.base.execute("SELECT key, value FROM meta"))

    def write_meta(self, **values: str) -> None:
        with self.base:
            self.base.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def commit_shard(
        self,
        number: int,
        rows: Iterable[InputRow],
        counts: tuple[int, int, int, int, int],
        made_by: tuple[str, str],
        seconds: float,
    ) -> Totals:
        """Enter a shard whose files are in place; `counts` are inputs, documents, failures, facts, bytes.

        Gives the totals with it, without counting all shards once more.
        """
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        known = self.base.execute("SELECT 1 FROM shards WHERE number = ?", (number,)).fetchone()
        with self.base:
            self.base.execute(
                "INSERT OR REPLACE INTO shards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
                (number, *counts, *made_by, now, round(seconds, 3)),
            )
            self.base.execute("DELETE FROM inputs WHERE shard = ?", (number,))
            self.base.executemany(
                "INSERT INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)", ((number, *row) for row in rows)
            )
        if known or self.totals is None:
            return self.sum_up()
        added = (1, *counts[:4], round(seconds, 3))
        self.totals = Totals._make(map(operator.add, self.totals, added))
        return self.totals

    def list_committed(self) -> set[int]:
        return {number for (number,) in self.base.execute("SELECT number FROM shards")}

    def sum_up(self) -> Totals:
        """What is committed, counted anew."""
        sums = "count(*), " + ", ".join(
            f"coalesce(sum({name}), 0)" for name in ("inputs", "documents", "failures", "facts", "seconds")
        )
        self.totals = Totals(*self.base.execute(f"SELECT {sums} FROM shards").fetchone())
        return self.totals

    def count_errors(self) -> dict[str, int]:
        query = "SELECT error, count(*) FROM inputs WHERE error IS NOT NULL GROUP BY error ORDER BY 2 DESC, 1"
        return dict(self.base.execute(query))

    def list_failed(self, errors: Iterable[str]) -> list[tuple[int, str, str]]:
        """Shard, address and error of the inputs that failed by these; not those that their source's listing said."""
        query = "SELECT shard, address, error, fingerprint FROM inputs WHERE error = ? ORDER BY shard, row"
        rows = (row for error in errors for row in self.base.execute(query, (error,)))
        return [(shard, address, error) for shard, address, error, mark in rows if not mark.startswith(f"{error}-")]

    def drop_shards(self, numbers: Iterable[int]) -> None:
        """These are to be done again."""
        with self.base:
            for number in numbers:
                self.base.execute("DELETE FROM inputs WHERE shard = ?", (number,))
                self.base.execute("DELETE FROM shards WHERE number = ?", (number,))
        self.totals = None

    def find_input(self, address: str) -> tuple[int, int, str, str, str | None, int] | None:
        """Shard, row, fingerprint, id, error and whether its facts were dropped."""
        query = "SELECT shard, row, fingerprint, id, error, dropped FROM inputs WHERE address = ?"
        found: tuple[int, int, str, str, str | None, int] | None = self.base.execute(query, (address,)).fetchone()
        return found

    def read_signed(self, shard: int, row: int) -> tuple[str | None, int, bytes | None]:
        query = "SELECT text_sha256, shingles, signature FROM inputs WHERE shard = ? AND row = ?"
        found: tuple[str | None, int, bytes | None] = self.base.execute(query, (shard, row)).fetchone()
        return found

    def list_addresses(self) -> Iterator[tuple[str, str | None]]:
        """Every input, and its error where it failed."""
        return self.base.execute("SELECT address, error FROM inputs ORDER BY shard, row")

    def list_signed(self) -> Iterator[Signed]:
        """The documents that have a text, in the order of the inputs."""
        query = (
            "SELECT shard, row, id, text_sha256, shingles, signature FROM inputs "
            "WHERE text_sha256 IS NOT NULL ORDER BY shard, row"
        )
        return map(Signed._make, self.base.execute(query))

    def list_signatures(self) -> Iterator[tuple[str, bytes | None]]:
        """Text hash and signature of the same documents."""
        query = "SELECT text_sha256, signature FROM inputs WHERE text_sha256 IS NOT NULL ORDER BY shard, row"
        return self.base.execute(query)

    def list_links(self) -> dict[int, str]:
        return dict(self.base.execute("SELECT number, links FROM shards ORDER BY number"))

    def write_links(self, shard: int, links: str, dropped: Iterable[int]) -> None:
        with self.base:
            self.base.execute("UPDATE shards SET links = ? WHERE number = ?", (links, shard))
            self.base.execute("UPDATE inputs SET dropped = 0 WHERE shard = ? AND dropped", (shard,))
            self.base.executemany(
                "UPDATE inputs SET dropped = 1 WHERE shard = ? AND row = ?", ((shard, row) for row in dropped)
            )


def roll_back(folder: Path) -> None:
    """Undo what a killed run had begun to write into the ledger, which a connection that only reads cannot.

    Raises BatchError where that is not allowed here.
    """
    path = folder / LEDGER_NAME
    journal = path.with_name(f"{LEDGER_NAME}-journal")
    if not journal.exists() or is_locked(folder):
        return  # nothing to undo, or the journal of a run that is alive
    base = sqlite3.connect(path, timeout=30)
    try:
        base.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        raise BatchError(
            f"{path}: a run was killed while it wrote here, and what it had begun is to be undone first, for which the "
            f"folder has to be writable ({error}); run the same `qjreport batch` again, or read a copy of the folder"
        ) from error
    finally:
        base.close()


LOCK_NAME = ".lock"  # a file that a run locks while it writes; the system frees the lock however the run ends


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the dataset's lock. Raises BatchError where another run holds it, OSError where it cannot be made."""
    with open(folder / LOCK_NAME, "a+b", opener=open_itself) as file:
        if not try_lock(file):
            file.seek(0)
            owner = file.read(20).decode("ascii", "replace").strip()
            raise BatchError(
                f"{folder}: another run is writing this dataset"
                + (f" (process {owner})" if owner else "")
                + "; wait for it to end, or write to another folder"
            )
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        yield


def open_itself(path: str, flags: int) -> int:
    """A link would lead the lock's owner into a file of somebody else's."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def is_locked(folder: Path) -> bool:
    """Whether a run is writing the dataset now."""
    try:
        with (folder / LOCK_NAME).open("r+b") as file:
            return not try_lock(file)
    except OSError:
        return False


def try_lock(file: BinaryIO) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(1 << 20)  # after the text, which others shall be able to read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
