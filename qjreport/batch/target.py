"""Where a run writes: into the dataset itself, or beside it until the new one is whole.

A dataset whose inputs, version or settings changed is built anew in `.next`, with the rows of what did not change, and
takes the old one's place at the end: a reader always has one of the two.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from qjreport.batch.kept_listing import NAME as LISTING
from qjreport.batch.ledger import NAME, Ledger
from qjreport.batch.lock import NAME as LOCK
from qjreport.batch.plan import Plan
from qjreport.batch.previous import Previous
from qjreport.writers.dataset_columns import TABLES
from qjreport.writers.files import sync_folder

NEXT = ".next"  # the new dataset while it is being built
SPARE = ".spare"  # one that was being built when the inputs changed again: its rows still serve
OLD = ".old"  # the replaced dataset, for as long as it takes to remove it
WHOLE = "whole"  # a file in `.next` that says that it may take its place
MOVED = (*TABLES, "datapackage.json", NAME)


class Target(NamedTuple):
    folder: Path
    ledger: Ledger
    previous: tuple[Previous, ...]  # where rows of unchanged inputs are
    replaces: bool  # whether it takes the dataset's place at the end
    begun: bool  # whether an earlier run of the same plan began it
    outdated: str  # the version and lexicon of the dataset that is read again because of them, else empty

    def close(self) -> None:
        self.ledger.close()
        for previous in self.previous:
            previous.close()


def choose_target(out: Path, plan: Plan, made_by: dict[str, str], *, retry: bool) -> Target:
    """Open the folder that the plan is to be carried out in. Raises OSError where that fails."""
    ledger = Ledger(out)
    meta = ledger.read_meta()
    if not meta or not ledger.list_committed():
        return Target(out, begin(ledger, plan, made_by), (), False, False, "")
    if meta["plan"] == plan.digest and not retry:
        return Target(out, ledger, (), False, True, "")
    ledger.close()
    next_, spare = out / NEXT, out / SPARE
    outdated = "" if fits(meta, made_by) else f"qjreport {meta['version']}, lexicon {meta['lexicon']}"
    if (next_ / NAME).exists():
        ledger = Ledger(next_)
        begun = ledger.read_meta().get("plan") == plan.digest
        if begun:
            return Target(next_, ledger, find_previous([out, spare], made_by, retry), True, True, outdated)
        ledger.close()
        shutil.rmtree(spare, ignore_errors=True)
        next_.rename(spare)
    shutil.rmtree(next_, ignore_errors=True)
    next_.mkdir()
    return Target(
        next_, begin(Ledger(next_), plan, made_by), find_previous([out, spare], made_by, retry), True, False, outdated
    )


def begin(ledger: Ledger, plan: Plan, made_by: dict[str, str]) -> Ledger:
    ledger.write_meta(plan=plan.digest, inputs=str(plan.inputs), shards=str(plan.shards), finished="", **made_by)
    return ledger


def fits(meta: dict[str, str], made_by: dict[str, str]) -> bool:
    """Whether rows made then are the rows that would be made now."""
    return all(meta.get(key) == value for key, value in made_by.items() if key not in ("unique", "match"))


def find_previous(folders: list[Path], made_by: dict[str, str], retry: bool) -> tuple[Previous, ...]:
    found = []
    for folder in folders:
        if (folder / NAME).exists():
            previous = Previous(folder, retry=retry)
            if fits(previous.ledger.read_meta(), made_by):
                found.append(previous)
            else:
                previous.close()
    return tuple(found)


def replace_dataset(out: Path) -> None:
    """Put `.next` in the dataset's place, if it is whole; goes on where a killed run stopped."""
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
    return first in (*TABLES, NEXT, SPARE, OLD, LOCK) or first.startswith((NAME, LISTING, "datapackage.json"))


def drop_renewals(out: Path) -> None:
    """Remove what was begun beside the dataset and is no longer wanted: the inputs are again what they were."""
    clear(out / NEXT)
    clear(out / SPARE)


def mark_whole(folder: Path) -> None:
    with (folder / WHOLE).open("wb"):
        pass
    sync_folder(folder)


def clear(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
