"""The plan: every input in its order, cut into shards. It lies in a database of its own, for there may be millions.

Where a shard ends is decided by the addresses themselves, so that a file that is added moves no border but its own.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
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
        self.size = size
        self.base = sqlite3.connect("")  # a temporary file, once it no longer fits the cache
        self.base.execute("CREATE TABLE plan (number INTEGER PRIMARY KEY, address TEXT, print TEXT, size INTEGER)")
        rows = ((entry.address, entry.fingerprint, entry.size) for entry in entries)
        with self.base:
            self.base.executemany("INSERT INTO plan (address, print, size) VALUES (?, ?, ?)", rows)
            self.twice = self.drop_repeated()
        self.inputs = self.shards = 0
        digest = hashlib.sha256(f"{made_by}\n{size}\n".encode())
        for planned in self:
            digest.update(f"{planned.address}\0{planned.fingerprint}\n".encode("utf-8", "surrogatepass"))
            self.inputs += 1
            self.shards = planned.shard + 1
        self.digest = digest.hexdigest()[:32]

    def drop_repeated(self) -> int:
        """Index the addresses, once all are there, which takes a third of the time of entering each as it comes.

        How many inputs were named twice; the first of them stays.
        """
        index = "CREATE UNIQUE INDEX addresses ON plan (address)"
        try:
            self.base.execute(index)
        except sqlite3.IntegrityError:
            first = "SELECT min(number) FROM plan GROUP BY address"
            dropped = self.base.execute(f"DELETE FROM plan WHERE number NOT IN ({first})").rowcount
            self.base.execute(index)
            return dropped
        return 0

    def __iter__(self) -> Iterator[Planned]:
        shard = row = held = 0
        for address, print_, size in self.base.execute("SELECT address, print, size FROM plan ORDER BY number"):
            yield Planned(shard, row, address, print_)
            row += 1
            held += size
            if self.ends_shard(address, row, held):
                shard += 1
                row = held = 0

    def ends_shard(self, address: str, rows: int, held: int) -> bool:
        if rows >= 2 * self.size or held >= SHARD_BYTES:
            return True
        return rows * 2 >= self.size and crc32(address.encode("utf-8", "replace")) % max(1, self.size // 2) == 0

    def count_rows(self) -> dict[int, int]:
        """How many inputs each shard has."""
        return dict(Counter(planned.shard for planned in self))

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
