"""What ranges of crawls gave, kept beside the ledger until the run is finished: a crawl is listed once, also by a run
that is stopped and goes on. It is only a cache: what is damaged in it is listed again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import msgspec

import qjreport
from qjreport.batch.database import connect

NAME = ".listing.sqlite"
FORM = 1  # of what is kept; another number when it changes


class KeptListing:
    """A table of results by a name for all that they depend on; without a folder it is empty. No method raises."""

    def __init__(self, folder: Path | None) -> None:
        self.path = folder / NAME if folder is not None else None
        self.base: sqlite3.Connection | None = None

    def name(self, part: msgspec.Struct, fingerprint: str) -> str:
        """The key of a range of a file with this fingerprint."""
        parts = msgspec.msgpack.encode([FORM, qjreport.__version__, fingerprint, part])
        return hashlib.blake2b(parts, digest_size=16).hexdigest()

    def find(self, key: str) -> bytes | None:
        if self.path is None or (self.base is None and not self.path.is_file()):
            return None
        try:
            found = self.open(self.path).execute("SELECT listed FROM ranges WHERE key = ?", (key,)).fetchone()
        except (sqlite3.Error, OSError):
            self.drop()
            return None
        return found[0] if found is not None and isinstance(found[0], bytes) else None

    def keep(self, key: str, listed: bytes) -> None:
        if self.path is None:
            return
        try:
            base = self.open(self.path)
            with base:
                base.execute("INSERT OR REPLACE INTO ranges VALUES (?, ?)", (key, listed))
        except (sqlite3.Error, OSError):
            self.drop()

    def open(self, path: Path) -> sqlite3.Connection:
        if self.base is None:
            self.base = connect(self, path)
            self.base.execute("PRAGMA synchronous = OFF")  # a cache may be lost with the power
            self.base.execute("CREATE TABLE IF NOT EXISTS ranges (key TEXT PRIMARY KEY, listed BLOB NOT NULL)")
        return self.base

    def close(self) -> None:
        if self.base is not None:
            self.base.close()
            self.base = None

    def drop(self) -> None:
        """Remove what is kept."""
        self.close()
        if self.path is not None:
            for path in (self.path, self.path.with_name(f"{NAME}-journal")):
                try:
                    path.unlink(missing_ok=True)
                except OSError:
                    continue
