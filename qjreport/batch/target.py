"""Where a run writes: into the dataset itself, or beside it until the new one is whole.

A dataset whose inputs, version or settings changed is built anew in `.next`, with the rows of what did not change, and
takes the old one's place at the end: a reader always has one of the two. On shared storage, where nothing is renamed,
it is copied there part by part, and again where a run was killed in it.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from qjreport.batch.errors import BatchError
from qjreport.batch.ledger import NAME, Ledger
from qjreport.batch.lock import NAME as LOCK
from qjreport.batch.parts import find_part, list_parts
from qjreport.batch.plan import Plan
from qjreport.batch.previous import Previous
from qjreport.batch.stored import AnyPath, Home, StoredPath
from qjreport.writers.dataset_columns import TABLES
from qjreport.writers.files import sync_folder

NEXT = ".next"  # the new dataset while it is being built
SPARE = ".spare"  # one that was being built when the inputs changed again: its rows still serve
OLD = ".old"  # the replaced dataset, for as long as it takes to remove it
WHOLE = "whole"  # a file in `.next` that says that it may take its place
COPIES = 16  # objects that are copied at a time
MOVED = (*TABLES, "datapackage.json", NAME)


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
    if (next_.ledger / NAME).exists():
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
            f"(a finished run leaves a copy of it in {url}/{NAME}), or write elsewhere"
        )


def begin(ledger: Ledger, plan: Plan, made_by: dict[str, str], home: Home) -> Ledger:
    files = {"files": str(home.shared)} if home.shared else {}
    ledger.write_meta(
        plan=plan.digest, inputs=str(plan.inputs), shards=str(plan.shards), finished="", **files, **made_by
    )
    return ledger


def fits(meta: dict[str, str], made_by: dict[str, str]) -> bool:
    """Whether rows made then are the rows that would be made now."""
    return all(meta.get(key) == value for key, value in made_by.items() if key != "unique")


def find_previous(homes: list[Home], made_by: dict[str, str], retry: bool) -> tuple[Previous, ...]:
    found = []
    for home in homes:
        if (home.ledger / NAME).exists():
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
    return first in (*TABLES, NEXT, SPARE, OLD, LOCK) or first.startswith((NAME, "datapackage.json"))


def replace_stored(home: Home, files: StoredPath) -> None:
    """The same on shared storage. `.next` stays as it is until its ledger has taken the old one's place."""
    next_ = home / NEXT
    if not (next_.ledger / WHOLE).exists():
        return
    if (next_.ledger / NAME).exists():
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
        (next_.ledger / NAME).replace(home.ledger / NAME)
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
