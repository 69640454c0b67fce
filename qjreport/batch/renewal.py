"""Where a run writes: into the dataset itself, or beside it until the new one is whole.

A dataset whose inputs, version or settings changed is built anew in `.next`, with the rows of what did not change, and
takes the old one's place at the end: a reader always has one of the two. On shared storage, where nothing is renamed,
it is copied there part by part, and again where a run was killed in it.
"""

from __future__ import annotations

import shutil
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from qjreport.batch.errors import BatchError
from qjreport.batch.home import AnyPath, Home, StoredPath
from qjreport.batch.ledger import LEDGER_NAME, Ledger
from qjreport.batch.ledger import LOCK_NAME as LOCK
from qjreport.batch.listing import LISTING_NAME as LISTING
from qjreport.batch.parts import find_part, list_parts
from qjreport.batch.plan import Plan, Planned
from qjreport.batch.task import Result
from qjreport.sources.entry import Failure
from qjreport.writers.dataset_rows import DOCUMENTS, TABLES
from qjreport.writers.files import sync_folder
from qjreport.writers.parquet import load_library, read_parquet, write_ipc

# The dataset that was there before: its rows serve again for every input that did not change.

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


NEXT = ".next"  # the new dataset while it is being built
SPARE = ".spare"  # one that was being built when the inputs changed again: its rows still serve
OLD = ".old"  # the replaced dataset, for as long as it takes to remove it
WHOLE = "whole"  # a file in `.next` that says that it may take its place
COPIES = 16  # objects that are copied at a time
MOVED = (*TABLES, "datapackage.json", LEDGER_NAME)


class Target(NamedTuple):
    folder: AnyPath
    ledger: Ledger
    previous: tuple[Previous, ...]  # where rows of unchanged inputs are
    replaces: bool  # whether it takes the dataset's place at the end
    begun: bool  # whether an earlier run of the same plan began it
    outdated: str  # the version and lexicon of the dataset that is read again because of them, else empty

    def close(self) -> None:
        self.ledger.close()
        for previous in self.previous:
            previous.close()


def choose_target(home: Home, plan: Plan, made_by: dict[str, str], *, retry: bool) -> Target:
    """Open the folder that the plan is to be carried out in. Raises OSError where that fails."""
    ledger = Ledger(home.ledger)
    meta = ledger.read_meta()
    check_home(home, meta)
    if not meta or not ledger.list_committed():
        return Target(home.files, begin(ledger, plan, made_by, home), (), False, False, "")
    if meta["plan"] == plan.digest and not retry:
        return Target(home.files, ledger, (), False, True, "")
    ledger.close()
    next_, spare = home / NEXT, home / SPARE
    outdated = "" if fits(meta, made_by) else f"qjreport {meta['version']}, lexicon {meta['lexicon']}"
    if (next_.ledger / LEDGER_NAME).exists():
        ledger = Ledger(next_.ledger)
        begun = ledger.read_meta().get("plan") == plan.digest
        if begun:
            return Target(next_.files, ledger, find_previous([home, spare], made_by, retry), True, True, outdated)
        ledger.close()
        move_aside(next_, spare)
    clear_home(next_)
    next_.ledger.mkdir()
    ledger = begin(Ledger(next_.ledger), plan, made_by, home)
    return Target(next_.files, ledger, find_previous([home, spare], made_by, retry), True, False, outdated)


def check_home(home: Home, meta: dict[str, str]) -> None:
    """Raises BatchError where files and ledger on shared storage are not each other's: nobody else locks them there."""
    if home.shared is None:
        return
    url = str(home.shared)
    if meta.get("files", url) != url:
        raise BatchError(f"{home.ledger} has the ledger of {meta['files']}; name another folder with --ledger")
    if not meta and any(list_parts(home.shared, table) for table in TABLES):
        raise BatchError(
            f"{url} holds a dataset that the ledger in {home.ledger} knows nothing of; name the folder of its ledger "
            f"(a finished run leaves a copy of it in {url}/{LEDGER_NAME}), or write elsewhere"
        )


def begin(ledger: Ledger, plan: Plan, made_by: dict[str, str], home: Home) -> Ledger:
    files = {"files": str(home.shared)} if home.shared else {}
    ledger.write_meta(
        plan=plan.digest, inputs=str(plan.inputs), shards=str(plan.shards), finished="", **files, **made_by
    )
    return ledger


def fits(meta: dict[str, str], made_by: dict[str, str]) -> bool:
    """Whether rows made then are the rows that would be made now."""
    return all(meta.get(key) == value for key, value in made_by.items() if key not in ("unique", "match"))


def find_previous(homes: list[Home], made_by: dict[str, str], retry: bool) -> tuple[Previous, ...]:
    found = []
    for home in homes:
        if (home.ledger / LEDGER_NAME).exists():
            previous = Previous(home, retry=retry)
            if fits(previous.ledger.read_meta(), made_by):
                found.append(previous)
            else:
                previous.close()
    return tuple(found)


def replace_dataset(home: Home) -> None:
    """Put `.next` in the dataset's place, if it is whole; goes on where a killed run stopped."""
    if home.shared is not None:
        replace_stored(home, home.shared)
        return
    out = home.ledger
    next_, old = out / NEXT, out / OLD
    if (next_ / WHOLE).exists():
        old.mkdir(exist_ok=True)
        for name in MOVED:
            if not (next_ / name).exists():
                continue  # moved already
            if (out / name).exists():
                clear(old / name)
                (out / name).rename(old / name)
            (next_ / name).rename(out / name)
        sync_folder(out)
        clear(next_)
        clear(out / SPARE)
    clear(old)


def owns(out: Path, path: Path) -> bool:
    """Whether a path, links followed, is a file of the dataset or is kept for one."""
    inside, folder = path.resolve(), out.resolve()
    if not inside.is_relative_to(folder) or inside == folder:
        return inside == folder
    first = inside.relative_to(folder).parts[0]
    return first in (*TABLES, NEXT, SPARE, OLD, LOCK) or first.startswith((LEDGER_NAME, LISTING, "datapackage.json"))


def replace_stored(home: Home, files: StoredPath) -> None:
    """The same on shared storage. `.next` stays as it is until its ledger has taken the old one's place."""
    next_ = home / NEXT
    if not (next_.ledger / WHOLE).exists():
        return
    if (next_.ledger / LEDGER_NAME).exists():
        ledger = Ledger(next_.ledger, read_only=True)
        shards = sorted(ledger.list_committed())
        ledger.close()
        # By what the ledger says and not by what is found: nothing is removed before all of it is in place.
        parts = {table: [find_part(files, table, shard).name for shard in shards] for table in TABLES}
        copy_all([f"{table}/{name}" for table in TABLES for name in parts[table]], files / NEXT, files)
        copy_all(["datapackage.json"], files / NEXT, files)
        for table in TABLES:
            kept = set(parts[table])
            for path in list_parts(files, table):
                if path.name not in kept:
                    path.unlink()
        (next_.ledger / LEDGER_NAME).replace(home.ledger / LEDGER_NAME)
        sync_folder(home.ledger)
    drop_renewals(home)


def copy_all(names: list[str], source: StoredPath, target: StoredPath) -> None:
    with ThreadPoolExecutor(COPIES) as pool:
        for _ in pool.map(lambda name: (source / name).copy_to(target / name), names):
            pass


def move_aside(next_: Home, spare: Home) -> None:
    clear_home(spare)
    if next_.shared is not None and spare.shared is not None:
        for table in TABLES:
            names = [f"{table}/{path.name}" for path in list_parts(next_.shared, table)]
            copy_all(names, next_.shared, spare.shared)
    next_.ledger.rename(spare.ledger)


def drop_renewals(home: Home) -> None:
    """Remove what was begun beside the dataset and is no longer wanted: the inputs are again what they were."""
    clear_home(home / NEXT)
    clear_home(home / SPARE)


def clear_home(home: Home) -> None:
    """The ledger first: files without one are nobody's, a ledger without its files would be wrong."""
    clear(home.ledger)
    if home.shared is not None:
        home.shared.clear()


def mark_whole(folder: Path) -> None:
    with (folder / WHOLE).open("wb"):
        pass
    sync_folder(folder)


def clear(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
