"""The plan: every input in its order, cut into shards. It lies in a database of its own, for there may be millions.

Where a shard ends is decided by the addresses themselves, so that a file that is added moves no border but its own.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from qjreport.sources.entry import Entry
from qjreport.sources.limits import MIB

SHARD = 64  # inputs, about: some three seconds of work, a file of some hundred kilobytes
SHARD_BYTES = 16 * MIB  # of pages: what a shard may hold in memory


class Planned(NamedTuple):
    shard: int
    row: int
    address: str
    fingerprint: str


class Plan:
    """Inputs in their order with the shard and the row of each. `digest` names the plan."""

    def __init__(self, entries: Iterable[Entry], size: int = SHARD, *, made_by: str = "") -> None:
        self.base = sqlite3.connect("")  # a temporary file, once it no longer fits the cache
        self.base.execute(
            "CREATE TABLE plan "
            "(number INTEGER PRIMARY KEY, shard INTEGER, row INTEGER, address TEXT UNIQUE, print TEXT)"
        )
        self.inputs = 0
        self.shards = 0
        self.twice = 0
        self.size = size
        digest = hashlib.sha256(f"{made_by}\n{size}\n".encode())
        with self.base:
            for entry in entries:
                self.add(entry, digest)
        self.shards += self.rows > 0
        self.digest = digest.hexdigest()[:32]

    rows = 0
    bytes = 0

    def add(self, entry: Entry, digest: hashlib._Hash) -> None:
        values = (self.inputs, self.shards, self.rows, entry.address, entry.fingerprint)
        if not self.base.execute("INSERT OR IGNORE INTO plan VALUES (?, ?, ?, ?, ?)", values).rowcount:
            self.twice += 1
            return
        digest.update(f"{entry.address}\0{entry.fingerprint}\n".encode("utf-8", "surrogatepass"))
        self.inputs += 1
        self.rows += 1
        self.bytes += entry.size
        if self.ends_shard(entry.address):
            self.shards += 1
            self.rows = self.bytes = 0

    def ends_shard(self, address: str) -> bool:
        if self.rows >= 2 * self.size or self.bytes >= SHARD_BYTES:
            return True
        return self.rows * 2 >= self.size and crc32(address.encode("utf-8", "replace")) % max(1, self.size // 2) == 0

    def __iter__(self) -> Iterator[Planned]:
        return map(Planned._make, self.base.execute("SELECT shard, row, address, print FROM plan ORDER BY number"))

    def count_rows(self) -> dict[int, int]:
        """How many inputs each shard has."""
        return dict(self.base.execute("SELECT shard, count(*) FROM plan GROUP BY shard"))

    def holds(self, address: str) -> bool:
        return self.base.execute("SELECT 1 FROM plan WHERE address = ?", (address,)).fetchone() is not None

    def match(self, entries: Iterable[Entry]) -> Iterator[tuple[Planned, Entry]]:
        """The entries once more, each with its place; what was named twice is passed over.

        Ends early where the sources are no longer what was planned.
        """
        planned = iter(self)
        wanted = next(planned, None)
        for entry in entries:
            if wanted is None:
                return
            if entry.address == wanted.address:
                yield wanted, entry
                wanted = next(planned, None)
