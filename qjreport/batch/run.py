"""A whole batch: list, read, commit, link. The only module that knows all the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from qjreport.batch.dispatch import SOURCES_CHANGED, Dispatcher
from qjreport.batch.errors import BatchError, StoppedError
from qjreport.batch.ledger import NAME, Totals
from qjreport.batch.link import write_links
from qjreport.batch.lock import lock_folder
from qjreport.batch.maker import name_maker
from qjreport.batch.parts import drop_surplus, list_parts, make_folders
from qjreport.batch.plan import SHARD, Plan
from qjreport.batch.stored import AnyPath, Home, StoredPath
from qjreport.batch.target import NEXT, Target, choose_target, drop_renewals, mark_whole, replace_dataset
from qjreport.batch.work import Settings
from qjreport.sources.entry import Entry
from qjreport.sources.listing import list_sources
from qjreport.sources.names import Choice
from qjreport.sources.storage import open_file
from qjreport.writers.arrow import load_library
from qjreport.writers.datapackage import build_package
from qjreport.writers.dataset_columns import TABLES
from qjreport.writers.files import write_whole

SHOWN = 3  # inputs that a message names before it says "and others"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch is to do."""

    paths: tuple[str, ...]
    out: AnyPath
    ledger: Path | None = None  # its folder, where the dataset is on shared storage
    jobs: int = 2
    scheduler: str | None = None  # address of a Dask scheduler, whose workers read instead of processes here
    choice: Choice = Choice()
    settings: Settings = Settings()
    shard: int = SHARD
    unique: bool = False
    retry: bool = False  # read again what failed by time, memory or a crash
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
    """Who is told how a batch goes."""

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
    errors: dict[str, int]
    seconds: float


def run_batch(request: Request, listener: Listener, stop: Callable[[], bool] = lambda: False) -> Outcome:
    """Carry a batch out, or what is left of it.

    Raises BatchError where it cannot begin or go on, StoppedError where `stop` said so, OSError where the dataset
    cannot be written, SourceError where shared storage does not answer, MissingLibraryError without pyarrow. Whatever
    it raises, what is committed stays.
    """
    begun = time.monotonic()
    load_library("pyarrow.parquet", "archive")
    home = request.home
    home.ledger.mkdir(parents=True, exist_ok=True)
    with lock_folder(home.ledger):
        replace_dataset(home)
        made_by = describe_maker(request)
        plan = Plan(watch_listing(request, listener), request.shard, made_by=repr(made_by))
        check_plan(plan, listener)
        target = choose_target(home, plan, made_by, retry=request.retry)
        try:
            check_gone(target, plan, request)
            announce(target, plan, made_by, listener)
            make_folders(target.folder)
            read = read_inputs(request, plan, target, listener, stop)
            duplicates, totals, errors = finish(request, plan, target)
        finally:
            target.close()
        if target.replaces:
            mark_whole(home.ledger / NEXT)
            replace_dataset(home)
        else:
            drop_renewals(home)
        publish_ledger(home)
    return Outcome(
        inputs=totals.inputs,
        documents=totals.documents,
        failures=totals.failures,
        facts=totals.facts,
        duplicates=duplicates,
        read=read,
        errors=errors,
        seconds=time.monotonic() - begun,
    )


def describe_maker(request: Request) -> dict[str, str]:
    """All that decides what the rows are, beside the inputs."""
    settings = request.settings
    reading = f"{settings.encoding} {settings.reader} {settings.limits}"
    version, lexicon = name_maker(settings.words)
    return {"version": version, "lexicon": lexicon, "reading": reading, "unique": str(request.unique)}


def list_inputs(request: Request) -> Iterator[Entry]:
    return list_sources(request.paths, request.choice, request.settings.limits, leave_out=request.out)


def watch_listing(request: Request, listener: Listener) -> Iterator[Entry]:
    for count, entry in enumerate(list_inputs(request), 1):
        listener.list_input(count)
        yield entry


def check_plan(plan: Plan, listener: Listener) -> None:
    if not plan.inputs:
        raise BatchError("the sources hold no input; look at the paths and at --include and --exclude")
    if plan.twice:
        listener.say(f"{plan.twice} inputs are named twice; each is read once")


def check_gone(target: Target, plan: Plan, request: Request) -> None:
    """Nothing is dropped from a dataset unless a person says so."""
    if request.prune or not target.replaces:
        return
    from qjreport.batch.ledger import Ledger

    old = Ledger(request.home.ledger)
    try:
        gone = [address for address in old.list_addresses() if not plan.holds(address)]
    finally:
        old.close()
    if gone:
        shown = ", ".join(gone[:SHOWN]) + (" and others" if len(gone) > SHOWN else "")
        raise BatchError(
            f"{request.out} has {len(gone)} inputs that are not among these sources: {shown}; name their sources too, "
            "write to another folder, or drop their rows with --prune"
        )


def announce(target: Target, plan: Plan, made_by: dict[str, str], listener: Listener) -> None:
    """Say what is about to happen, before it does."""
    done = target.ledger.sum_up()
    if target.outdated:
        version, lexicon = made_by["version"], made_by["lexicon"]
        listener.say(
            f"the dataset was made by {target.outdated}; this is qjreport {version}, lexicon {lexicon}: "
            f"all {plan.inputs} inputs are read again"
        )
    elif target.previous:
        known = sum(1 for planned in plan if any(old.knows(planned) for old in target.previous))
        listener.say(f"{plan.inputs - known} inputs are new or changed, {known} are as they were and skipped")
    if target.begun and done.inputs < plan.inputs:
        listener.say(f"goes on with {plan.inputs - done.inputs} of {plan.inputs} inputs")
    elif done.inputs == plan.inputs:
        listener.say(f"all {plan.inputs} inputs are as they were and skipped")
    listener.begin(plan.inputs, done)


def read_inputs(request: Request, plan: Plan, target: Target, listener: Listener, stop: Callable[[], bool]) -> int:
    """Read and commit every shard that is not; how many inputs were read for it."""
    rows = plan.count_rows()
    missing = set(rows) - target.ledger.list_committed()
    if not missing:
        return 0
    dispatcher = Dispatcher(request, target, listener, {shard: rows[shard] for shard in missing}, stop)
    complete = dispatcher.run(plan.match(list_inputs(request)))
    if stop() and not complete:
        raise StoppedError
    if not complete:
        raise BatchError(SOURCES_CHANGED)
    return dispatcher.read


def finish(request: Request, plan: Plan, target: Target) -> tuple[int, Totals, dict[str, int]]:
    made_by = name_maker(request.settings.words)
    duplicates = write_links(target.folder, target.ledger, made_by, unique=request.unique)
    drop_surplus(target.folder, plan.shards)
    totals = target.ledger.sum_up()
    if totals.inputs != plan.inputs or totals.documents + totals.failures != totals.inputs:
        raise BatchError(f"the ledger does not add up: {totals}; this is a bug in qjreport")
    parts = {table: [f"{table}/{path.name}" for path in list_parts(target.folder, table)] for table in TABLES}
    counts = {"documents": totals.documents, "facts": count_facts(parts, target), "failures": totals.failures}
    with write_whole(target.folder / "datapackage.json") as stream:
        stream.write(build_package(parts, counts, made_by))
    target.ledger.write_meta(finished="yes", duplicates=str(duplicates))
    return duplicates, totals, target.ledger.count_errors()


def count_facts(parts: dict[str, list[str]], target: Target) -> int:
    """Rows of the facts table, which has fewer than were found where --unique leaves some out."""
    pq = load_library("pyarrow.parquet", "archive")
    rows = 0
    for path in parts["facts"]:
        with open_file(str(target.folder / path)) as file:
            rows += pq.read_metadata(file).num_rows
    return rows


def publish_ledger(home: Home) -> None:
    """A copy of the ledger beside files on shared storage, for whoever reads them elsewhere."""
    if home.shared is not None:
        with (home.shared / NAME).write_whole() as stream:
            stream.write((home.ledger / NAME).read_bytes())
