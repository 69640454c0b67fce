"""A new version of a dataset takes the old one's place: a reader has one of the two, and whole, or is refused.

It is built beside the dataset (`resume` says when) and renamed into its place, folder by folder. On shared storage,
where nothing is renamed, it is copied there part by part. A run that was killed in between goes on where it was.

Until that is done, which takes milliseconds in a folder, the dataset is of two versions. `is_half_replaced` sees that
from the names alone; `Version` remembers what a reader began with, so that it notices that another one has come.
"""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from qjreport.batch import BatchError
from qjreport.batch.home import Home, StoredPath
from qjreport.batch.ledger import LEDGER_NAME, LOCK_NAME, Ledger, is_locked
from qjreport.batch.listing import LISTING_NAME
from qjreport.batch.parts import find_part, list_parts
from qjreport.writers.dataset_rows import TABLES
from qjreport.writers.files import sync_folder

NEXT = ".next"  # the new dataset while it is being built
SPARE = ".spare"  # one that was being built when the inputs changed again: its rows still serve
OLD = ".old"  # the replaced dataset, for as long as it takes to remove it
WHOLE = "whole"  # a file in `.next` that says that it may take its place
COPIES = 16  # objects that are copied at a time
MOVED = (*TABLES, "datapackage.json", LEDGER_NAME)
RENEWING = "renewing"  # an object beside the files on shared storage while they are of two versions


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


def is_half_replaced(folder: Path) -> bool:
    """Whether some of the dataset is of the new version already and some is not yet."""
    next_ = folder / NEXT
    if not (next_ / WHOLE).exists():
        return False
    waiting = [name for name in MOVED if (next_ / name).exists()]
    if not waiting:
        return False
    return len(waiting) < len(MOVED) or not all((folder / name).exists() for name in MOVED)


class Version:
    """Which version of a dataset in a folder a reader began with.

    A folder that takes another one's place is another one by its number: what was opened under the old names and what
    is opened under the new ones would not belong together.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = self.look()

    def look(self) -> dict[str, int]:
        """The numbers of the folders and of the ledger. Raises BatchError where they are of two versions."""
        if is_half_replaced(self.folder):
            raise BatchError(explain_half(str(self.folder), running=is_locked(self.folder)))
        paths = [self.folder / name for name in (*TABLES, LEDGER_NAME)]
        try:
            return {path.name: path.stat().st_ino for path in paths if path.exists()}
        except FileNotFoundError:
            raise BatchError(explain_half(str(self.folder), running=is_locked(self.folder))) from None

    def check(self) -> None:
        """Raises BatchError where the dataset is no longer the one that the reader began with."""
        now = self.look()
        if any(now.get(name) != number for name, number in self.numbers.items()):
            raise BatchError(f"{self.folder}: a new version took the dataset's place meanwhile; run the command again")


def explain_half(name: str, *, running: bool) -> str:
    if running:
        return f"{name}: a new version is just taking the dataset's place; run the command again in a moment"
    return (
        f"{name}: a run was ended while the dataset's new version took its place; nothing is lost: run the same "
        "`qjreport batch` again, which goes on with it"
    )


def owns(out: Path, path: Path) -> bool:
    """Whether a path, links followed, is a file of the dataset or is kept for one."""
    inside, folder = path.resolve(), out.resolve()
    if not inside.is_relative_to(folder) or inside == folder:
        return inside == folder
    first = inside.relative_to(folder).parts[0]
    return first in (*TABLES, NEXT, SPARE, OLD, LOCK_NAME) or first.startswith(
        (LEDGER_NAME, LISTING_NAME, "datapackage.json")
    )


def replace_stored(home: Home, files: StoredPath) -> None:
    """The same on shared storage. `.next` stays as it is until its ledger has taken the old one's place."""
    next_ = home / NEXT
    if not (next_.ledger / WHOLE).exists():
        return
    with (files / RENEWING).write_whole():
        pass
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
    publish_ledger(home)
    (files / RENEWING).unlink(missing_ok=True)
    drop_renewals(home)


def publish_ledger(home: Home) -> None:
    """A copy of the ledger beside files on shared storage, for whoever reads them elsewhere."""
    if home.shared is not None:
        with (home.shared / LEDGER_NAME).write_whole() as stream:
            stream.write((home.ledger / LEDGER_NAME).read_bytes())


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
