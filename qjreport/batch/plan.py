"""The plan: every input in its order, cut into shards. It lies in a database of its own, for there may be millions.

Where a shard ends is decided by the addresses themselves, so that a file that is added moves no border but its own.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import msgspec

from qjreport.batch.ledger import TEMPORARY, connect
from qjreport.sources.confined import BROKEN_OFF
from qjreport.sources.entry import MIB, Entry, Failure, Limits, Place, make_failed
from qjreport.sources.listing import load_place

SHARD = 64  # inputs, about: some three seconds of work, a file of some hundred kilobytes
COLLISION = "collision"  # the failure of an input whose address another one has
SHARD_BYTES = 16 * MIB  # of pages: what a shard may hold in memory


Load = Callable[[Place], bytes]


class Planned(NamedTuple):
    shard: int
    row: int
    address: str
    fingerprint: str


class Rest(msgspec.Struct, frozen=True, array_like=True):
    """What the plan keeps of an entry beside its address, fingerprint and size."""

    failure: Failure | None
    url: str | None
    captured: str | None
    place: Place | None


class Plan:
    """Inputs in their order with the shard and the row of each. `digest` names the plan.

    `whole` says that each of them can be read without listing its source again: it has a place, or is known to fail.
    """

    def __init__(self, entries: Iterable[Entry], size: int = SHARD, *, made_by: str = "") -> None:
        self.size = size
        self.whole = True
        self.base = connect(self, TEMPORARY)
        self.base.execute(
            "CREATE TABLE plan (number INTEGER PRIMARY KEY, address TEXT, print TEXT, size INTEGER, rest BLOB)"
        )
        with self.base:
            insert = "INSERT INTO plan (address, print, size, rest) VALUES (?, ?, ?, ?)"
            self.base.executemany(insert, map(self.describe, entries))
            self.twice = self.drop_repeated()
        self.inputs = self.shards = 0
        self.rows: Counter[int] = Counter()  # of each shard
        digest = hashlib.sha256(f"{made_by}\n{size}\n".encode())
        for planned in self:
            digest.update(f"{planned.address}\0{planned.fingerprint}\n".encode("utf-8", "surrogatepass"))
            self.inputs += 1
            self.rows[planned.shard] += 1
            self.shards = planned.shard + 1
        self.digest = digest.hexdigest()[:32]

    def describe(self, entry: Entry) -> tuple[str, str, int, bytes | None]:
        """A row of the plan. Its last part is empty for a file, whose place is its address, and most inputs are one."""
        place, rest = entry.place, None
        if place is not None and entry.url is None and place == Place(entry.address):
            rest = b""
        elif place is not None or entry.read is None:
            try:
                rest = msgspec.msgpack.encode(Rest(entry.failure, entry.url, entry.captured, place))
            except UnicodeEncodeError:
                rest = None  # a path that is no text
        self.whole = self.whole and rest is not None
        return entry.address, entry.fingerprint, entry.size, rest

    def drop_repeated(self) -> int:
        """Index the addresses, once all are there, which takes a third of the time of entering each as it comes.

        How many inputs were named twice; the first of them stays. Another input of the same address, of which there is
        none unless the names of addresses are at fault, becomes a failure: none is dropped unseen.
        """
        index = "CREATE UNIQUE INDEX addresses ON plan (address)"
        try:
            self.base.execute(index)
        except sqlite3.IntegrityError:
            dropped = self.part_repeated()
            self.base.execute(index)
            return dropped
        return 0

    def part_repeated(self) -> int:
        repeated = "SELECT address FROM plan GROUP BY address HAVING count(*) > 1"
        query = f"SELECT number, address, print, rest FROM plan WHERE address IN ({repeated}) ORDER BY number"
        first: dict[str, tuple[str, bytes | None]] = {}
        dropped: list[tuple[int]] = []
        for number, address, print_, rest in self.base.execute(query).fetchall():
            if address not in first:
                first[address] = print_, rest
            elif first[address] == (print_, rest) or (tells_failure(first[address][1]) and tells_failure(rest)):
                dropped.append((number,))
            else:
                message = "has the address of another input; rename one of them, and report both: this is a bug"
                entry = make_failed(f"{address}#{number}", Failure(stage="source", error=COLLISION, message=message))
                update = "UPDATE plan SET address = ?, print = ?, size = ?, rest = ? WHERE number = ?"
                self.base.execute(update, (*self.describe(entry), number))
        self.base.executemany("DELETE FROM plan WHERE number = ?", dropped)
        return len(dropped)

    def __iter__(self) -> Iterator[Planned]:
        return (planned for planned, _, _ in self.walk())

    def walk(self) -> Iterator[tuple[Planned, int, bytes | None]]:
        """Each input with its size and the rest."""
        shard = row = held = 0
        query = "SELECT address, print, size, rest FROM plan ORDER BY number"
        for address, print_, size, rest in self.base.execute(query):
            yield Planned(shard, row, address, print_), size, rest
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
        return dict(self.rows)

    def holds(self, address: str) -> bool:
        return self.base.execute("SELECT 1 FROM plan WHERE address = ?", (address,)).fetchone() is not None

    def holds_within(self, address: str) -> bool:
        """Whether there are inputs in the file of this address: it was listed whole this time."""
        query = "SELECT 1 FROM plan WHERE address > ? AND address < ?"
        return any(
            self.base.execute(query, (f"{address}{sign}", f"{address}{chr(ord(sign) + 1)}")).fetchone() for sign in "!@"
        )

    def restore(
        self, shards: Container[int], limits: Limits, load: Load | None = None
    ) -> Iterator[tuple[Planned, Entry]]:
        """The entries of these shards, each with its place, of a plan that is whole; `load` reads what lies there."""
        for planned, size, rest in self.walk():
            if planned.shard in shards:
                yield planned, restore_entry(planned, size, rest, load or (lambda place: load_place(place, limits)))

    def match(self, entries: Iterable[Entry]) -> Iterator[tuple[Planned, Entry]]:
        """The entries once more, each with its place; what was named twice is passed over.

        Ends early where the sources are no longer what was planned. Where a file took too much this time, its inputs
        that were not reached have its failure.
        """
        planned = self.walk()
        wanted = next(planned, None)
        for entry in chain(entries, [None]):
            while wanted is not None and (is_lost(wanted[0], entry) or is_collision(wanted[2])):
                if entry is not None and is_lost(wanted[0], entry):
                    yield wanted[0], msgspec.structs.replace(entry, address=wanted[0].address)
                else:
                    yield wanted[0], restore_entry(*wanted, load_nothing)
                wanted = next(planned, None)
            if wanted is None or entry is None:
                return
            if entry.address == wanted[0].address:
                yield wanted[0], entry
                wanted = next(planned, None)


def tells_failure(rest: bytes | None) -> bool:
    return find_failure(rest) is not None


def find_failure(rest: bytes | None) -> Failure | None:
    return msgspec.msgpack.decode(rest, type=Rest).failure if rest else None


def is_collision(rest: bytes | None) -> bool:
    """Whether the sources do not give the input again, which is known by its plan alone."""
    failure = find_failure(rest)
    return failure is not None and failure.error == COLLISION


def load_nothing(_: Place) -> bytes:
    """Of an input that is known to fail, and has no place."""
    return b""


def is_lost(planned: Planned, entry: Entry | None) -> bool:
    """Whether an input is in a file that could not be read to its end when it was listed again."""
    if entry is None or entry.failure is None or entry.failure.error not in BROKEN_OFF:
        return False
    return planned.address.startswith((f"{entry.address}!", f"{entry.address}@"))


def restore_entry(planned: Planned, size: int, rest: bytes | None, load: Load) -> Entry:
    """The entry that the plan was made of; its bytes are read from its place when they are asked for."""
    known = msgspec.msgpack.decode(rest, type=Rest) if rest else Rest(None, None, None, Place(planned.address))
    place = known.place
    return Entry(
        address=planned.address,
        fingerprint=planned.fingerprint,
        size=size,
        read=None if place is None else lambda: load(place),
        failure=known.failure,
        url=known.url,
        captured=known.captured,
        place=place,
    )
