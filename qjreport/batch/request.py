"""What a batch is to do, whom it tells how it goes, and what it left."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import msgspec

from qjreport.batch import BatchError
from qjreport.batch.home import AnyPath, Home, StoredPath
from qjreport.batch.ledger import Totals
from qjreport.batch.plan import SHARD
from qjreport.batch.task import Settings
from qjreport.places.given import Givens
from qjreport.sources.file_names import Choice


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch is to do."""

    paths: tuple[str, ...]
    out: AnyPath
    ledger: Path | None = None  # its folder, where the dataset is on shared storage
    jobs: int = 2
    scheduler: str | None = None  # address of a Dask scheduler, whose workers read instead of processes here
    choice: Choice = Choice()
    settings: Settings = Settings()
    words: tuple[str, ...] = ()  # only pages that have one of them
    givens: Givens = msgspec.field(default_factory=Givens)  # what is known of reports beside their pages
    shard: int = SHARD
    unique: bool = False
    retry: bool = False  # read again all that failed
    prune: bool = False  # drop the rows of inputs that are gone

    @property
    def home(self) -> Home:
        """Raises BatchError where the dataset is on shared storage and its ledger is nowhere."""
        if isinstance(self.out, StoredPath):
            if self.ledger is None:
                raise BatchError(f"{self.out} is on shared storage: name a folder of this machine for its ledger")
            return Home(self.out, self.ledger)
        return Home(self.out, self.out)


class Listener(Protocol):
    """Whom a batch tells how it goes."""

    def say(self, message: str) -> None: ...

    def list_input(self, count: int) -> None: ...

    def begin(self, inputs: int, done: Totals) -> None: ...

    def advance(self, documents: int, failures: int, facts: int) -> None: ...

    def commit(self, shard: int, totals: Totals, seconds: float) -> None: ...


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a finished batch left."""

    inputs: int
    documents: int
    failures: int
    facts: int
    duplicates: int
    read: int  # inputs that this run read
    passed_over: int = 0  # that have none of the words, or are no pages, and are no inputs therefore
    errors: dict[str, int]
    seconds: float = 0.0
