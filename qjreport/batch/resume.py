"""Where a run begins: with nothing, where a stopped or killed run left off, or with rows that still hold.

The ledger says which shards are committed, and by which plan. The same plan goes on with the other shards, in the
dataset itself. Another plan (inputs were added or changed, another version or setting reads them) begins anew in
`.next`, beside the dataset, and takes the rows of every input that did not change from where they are; a run that was
killed in that goes on in `.next`. `renewal` puts it in the dataset's place at the end.

Failures that say nothing of their input (its process was ended from outside, its file could not be read just then) are
looked at again by every run: in a dataset that is finished, as if the input had changed; else their shards are done
once more where they are.
"""

from __future__ import annotations

import os
from typing import NamedTuple

from qjreport.batch import BatchError
from qjreport.batch.dataset import CORRECTED, Previous
from qjreport.batch.home import AnyPath, Home
from qjreport.batch.ledger import LEDGER_NAME, Ledger
from qjreport.batch.parts import list_parts
from qjreport.batch.plan import Plan
from qjreport.batch.renewal import NEXT, SPARE, clear_home, move_aside
from qjreport.batch.task import PASSING
from qjreport.sources.errors import SourceError
from qjreport.sources.storage import is_url, open_file
from qjreport.writers.dataset_rows import TABLES


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
    if meta.get(CORRECTED):
        raise BatchError(f"{home.files} holds a dataset with a person's corrections in it: write to another folder")
    if not meta or not ledger.list_committed():
        return Target(home.files, begin(ledger, plan, made_by, home), (), False, False, "")
    passing = find_passing(ledger)
    if meta["plan"] == plan.digest and not retry and not (passing and meta.get("finished")):
        ledger.drop_shards(passing)
        return Target(home.files, ledger, (), False, True, "")
    ledger.close()
    next_, spare = home / NEXT, home / SPARE
    outdated = "" if fits(meta, made_by) else f"qjreport {meta['version']}, lexicon {meta['lexicon']}"
    if (next_.ledger / LEDGER_NAME).exists():
        ledger = Ledger(next_.ledger)
        begun = ledger.read_meta().get("plan") == plan.digest
        if begun:
            ledger.drop_shards(find_passing(ledger))
            return Target(next_.files, ledger, find_previous([home, spare], made_by, retry), True, True, outdated)
        ledger.close()
        move_aside(next_, spare)
    clear_home(next_)
    next_.ledger.mkdir()
    ledger = begin(Ledger(next_.ledger), plan, made_by, home)
    return Target(next_.files, ledger, find_previous([home, spare], made_by, retry), True, False, outdated)


def find_passing(ledger: Ledger) -> set[int]:
    """The shards with inputs that another look may do more for."""
    failed = ledger.list_failed(PASSING)
    return {shard for shard, address, error in failed if error != "unreadable" or may_be_read(address)}


def may_be_read(address: str) -> bool:
    """False for a file that still cannot be opened: nothing is gained where it is tried once more.

    >>> may_be_read("a.zip!b.html")
    True
    """
    try:
        if is_url(address):
            with open_file(address) as file:
                file.read(1)
        elif os.path.lexists(address):  # else a member of an archive
            os.close(os.open(address, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)))
    except FileNotFoundError:
        return True  # a member of an archive on shared storage
    except (OSError, SourceError):
        return False
    return True


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


def count_missing(plan: Plan, target: Target) -> dict[int, int]:
    """The shards of the plan that are not committed yet, and how many inputs each has."""
    committed = target.ledger.list_committed()
    return {shard: rows for shard, rows in plan.count_rows().items() if shard not in committed}
