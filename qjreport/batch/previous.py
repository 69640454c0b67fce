"""The dataset that was there before: its rows serve again for every input that did not change."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from qjreport.batch.ledger import Ledger
from qjreport.batch.parts import find_part
from qjreport.batch.plan import Planned
from qjreport.batch.stored import AnyPath, Home
from qjreport.batch.work import Result
from qjreport.sources.entry import Failure
from qjreport.writers.arrow import load_library, write_ipc
from qjreport.writers.dataset_columns import DOCUMENTS
from qjreport.writers.parquet import read_parquet

OPEN_SHARDS = 4  # whose tables are kept: neighbours come from the same one
TRANSIENT = ("timeout", "memory", "crash", "bug")  # failures that --retry reads again


class Tables:
    """The tables of one shard, each loaded when it is needed."""

    def __init__(self, folder: AnyPath, shard: int) -> None:
        self.folder = folder
        self.shard = shard
        self.loaded: dict[str, Any] = {}

    def load(self, table: str) -> Any:
        if table not in self.loaded:
            self.loaded[table] = read_parquet(find_part(self.folder, table, self.shard))
        return self.loaded[table]

    def find(self, table: str, id_: str) -> dict[str, Any] | None:
        key = f"{table} by id"
        if key not in self.loaded:
            self.loaded[key] = {row["id"]: row for row in self.load(table).to_pylist()}
        found: dict[str, Any] | None = self.loaded[key].get(id_)
        return found

    def find_facts(self, id_: str) -> Any:
        pc = load_library("pyarrow.compute", "archive")
        facts = self.load("facts")
        return facts.filter(pc.equal(facts["document"], id_))


class Previous:
    """The committed rows of a dataset made by the same version, lexicon and settings."""

    def __init__(self, home: Home, *, retry: bool = False) -> None:
        self.folder = home.files
        self.retry = retry
        self.ledger = Ledger(home.ledger)
        self.tables: OrderedDict[int, Tables] = OrderedDict()

    def close(self) -> None:
        self.ledger.close()

    def look_up(self, planned: Planned) -> tuple[int, int, str, str | None] | None:
        """Shard, row, id and error of an input that did not change and whose facts are all there."""
        found = self.ledger.find_input(planned.address)
        if found is None:
            return None
        shard, row, fingerprint, id_, error, dropped = found
        if fingerprint != planned.fingerprint or dropped or (self.retry and error in TRANSIENT):
            return None
        return shard, row, id_, error

    def knows(self, planned: Planned) -> bool:
        return self.look_up(planned) is not None

    def find(self, planned: Planned) -> Result | None:
        """What the input gave before, as its new row; None where it is new, changed or its facts were dropped."""
        found = self.look_up(planned)
        if found is None:
            return None
        shard, row, id_, error = found
        tables = self.open_shard(shard)
        try:
            if error is not None:
                return self.take_failure(planned, tables.find("failures", id_))
            return self.take_document(planned, tables, shard, row, id_)
        except (OSError, ValueError):  # pyarrow's errors are ValueErrors: a file is gone or damaged
            return None

    def open_shard(self, shard: int) -> Tables:
        tables = self.tables.pop(shard, None) or Tables(self.folder, shard)
        self.tables[shard] = tables
        if len(self.tables) > OPEN_SHARDS:
            self.tables.popitem(last=False)
        return tables

    def take_failure(self, planned: Planned, row: dict[str, Any] | None) -> Result | None:
        if row is None:
            return None
        failure = Failure(stage=row["stage"], error=row["error"], message=row["message"], offset=row["offset"])
        return Result(planned.row, planned.address, failure, row["url"])

    def take_document(self, planned: Planned, tables: Tables, shard: int, row: int, id_: str) -> Result | None:
        document = tables.find("documents", id_)
        if document is None:
            return None
        facts = tables.find_facts(id_)
        if facts.num_rows != document["facts"]:
            return None
        text_sha256, shingles, signature = self.ledger.read_signed(shard, row)
        cells = {**document, "duplicate_of": None, "similarity": None}
        return Result(
            planned.row,
            planned.address,
            url=document["url"],
            size=document["bytes"],
            document=tuple(cells[column.name] for column in DOCUMENTS),
            facts=write_ipc([facts])[0],
            fact_count=facts.num_rows,
            text_sha256=text_sha256,
            shingles=shingles,
            signature=signature,
        )
