"""A whole batch, step by step: list, plan, find what is left, read and commit, compare, put in place.

The only module that knows all the others, each of which does one of the steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice

import msgspec

from qjreport.batch import BatchError, StoppedError
from qjreport.batch.cluster import LISTERS, Listers
from qjreport.batch.dataset import count_rows
from qjreport.batch.dispatch import SOURCES_CHANGED, Dispatcher
from qjreport.batch.duplicates import write_links
from qjreport.batch.home import Home
from qjreport.batch.ledger import Ledger, Totals, lock_folder
from qjreport.batch.listing import KeptListing, Listing, Wanted
from qjreport.batch.parts import drop_surplus, list_parts, make_folders
from qjreport.batch.plan import Plan
from qjreport.batch.renewal import NEXT, drop_renewals, mark_whole, publish_ledger, replace_dataset
from qjreport.batch.request import Listener, Outcome, Request
from qjreport.batch.resume import Target, choose_target, count_missing
from qjreport.batch.task import name_maker
from qjreport.places.given import Givens
from qjreport.sources.confined import BROKEN_OFF, Bounds
from qjreport.sources.entry import Entry
from qjreport.sources.walk import walk_paths
from qjreport.writers.dataset_rows import TABLES
from qjreport.writers.files import write_whole
from qjreport.writers.parquet import load_library
from qjreport.writers.schema import build_package

SHOWN = 3  # inputs that a message names before it says "and others"


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
        replace_dataset(home)  # where a killed run had begun to
        made_by = describe_maker(request)
        listing = make_listing(request)
        plan = Plan(watch_listing(request, listing, listener), request.shard, made_by=repr(made_by))
        check_plan(plan, listener)
        for message in request.givens.tell():
            listener.say(message)
        target = choose_target(home, plan, made_by, retry=request.retry)
        try:
            check_gone(target, plan, request)
            announce(target, plan, made_by, listener)
            make_folders(target.folder)
            read = read_inputs(request, plan, target, listing, listener, stop)
            outcome = finish(request, plan, target, read)
        finally:
            target.close()
            listing.close()
        listing.kept.drop()
        put_in_place(home, target)
    return msgspec.structs.replace(outcome, passed_over=listing.passed, seconds=time.monotonic() - begun)


def describe_maker(request: Request) -> dict[str, str]:
    """All that decides what the rows are, beside the inputs."""
    settings = request.settings
    reading = f"{settings.encoding} {settings.reader} {settings.limits}"
    version, lexicon = name_maker(settings.words)
    match = {"match": "\n".join(request.words)} if request.words else {}
    return {"version": version, "lexicon": lexicon, "reading": reading, "unique": str(request.unique), **match}


def make_listing(request: Request) -> Listing:
    settings = request.settings
    supervised = request.scheduler is not None or request.jobs > 0
    bounds = Bounds(settings.seconds, settings.memory) if supervised else None
    wanted = Wanted(request.choice, request.words, settings.limits, settings.encoding, bounds)
    kept = KeptListing(request.home.ledger)
    if request.scheduler is None:
        return Listing(wanted, kept, request.jobs)
    address = request.scheduler
    return Listing(wanted, kept, LISTERS, lambda: Listers(address))


def list_inputs(request: Request, listing: Listing, *, again: bool = False) -> Iterator[Entry]:
    return listing.list(walk_paths(request.paths, request.choice, request.out), again=again)


def watch_listing(request: Request, listing: Listing, listener: Listener) -> Iterator[Entry]:
    for count, entry in enumerate(list_inputs(request, listing), 1):
        listener.list_input(count)
        yield mark_given(entry, request.givens) if request.givens else entry


def mark_given(entry: Entry, givens: Givens) -> Entry:
    """The entry, changed where what is known beside it is: such a page is read again, and no other."""
    given = givens.find(entry.address, entry.url)
    if not given:
        return entry
    return msgspec.structs.replace(entry, fingerprint=f"{entry.fingerprint} {given.place or ''} {given.year or ''}")


def check_plan(plan: Plan, listener: Listener) -> None:
    if not plan.inputs:
        raise BatchError("the sources hold no input; look at the paths and at --include, --exclude and --match")
    if plan.twice:
        listener.say(f"{plan.twice} inputs are named twice; each is read once")


def check_gone(target: Target, plan: Plan, request: Request) -> None:
    """Nothing is dropped from a dataset unless a person says so."""
    if request.prune or not target.replaces:
        return
    old = Ledger(request.home.ledger)
    try:
        gone = (
            address
            for address, error in old.list_addresses()
            if not plan.holds(address) and not (error in BROKEN_OFF and plan.holds_within(address))
        )
        first = list(islice(gone, SHOWN))
        count = len(first) + sum(1 for _ in gone)
    finally:
        old.close()
    if first:
        shown = ", ".join(first) + (" and others" if count > SHOWN else "")
        raise BatchError(
            f"{request.out} has {count} inputs that are not among these sources: {shown}; name their sources too, "
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


def read_inputs(
    request: Request, plan: Plan, target: Target, listing: Listing, listener: Listener, stop: Callable[[], bool]
) -> int:
    """Read and commit every shard that is not; how many inputs were read for it."""
    missing = count_missing(plan, target)
    if not missing:
        return 0
    load = listing.load if listing.loader is not None else None
    dispatcher = Dispatcher(request, target, listener, dict(missing), stop, load)
    if plan.whole:
        inputs = plan.restore(missing, request.settings.limits, load)
    else:  # streams are read from front to back: what they hold is listed once more to be read
        inputs = plan.match(list_inputs(request, listing, again=True))
    complete = dispatcher.run(inputs)
    if stop() and not complete:
        raise StoppedError
    if not complete:
        raise BatchError(SOURCES_CHANGED)
    return dispatcher.read


def finish(request: Request, plan: Plan, target: Target, read: int) -> Outcome:
    """Link the duplicates, write what describes the dataset, and mark the ledger as finished."""
    made_by = name_maker(request.settings.words)
    meta = target.ledger.read_meta()
    if meta.get("finished") and not read and not target.replaces:
        duplicates = int(meta["duplicates"])  # nothing has changed since they were looked for
    else:
        target.ledger.write_meta(finished="")
        duplicates = write_links(target.folder, target.ledger, made_by, unique=request.unique)
    drop_surplus(target.folder, plan.shards)
    totals = target.ledger.sum_up()
    if totals.inputs != plan.inputs or totals.documents + totals.failures != totals.inputs:
        raise BatchError(f"the ledger does not add up: {totals}; this is a bug in qjreport")
    parts = {table: [f"{table}/{path.name}" for path in list_parts(target.folder, table)] for table in TABLES}
    counts = {"documents": totals.documents, "facts": count_facts(request, totals, target), "failures": totals.failures}
    with write_whole(target.folder / "datapackage.json") as stream:
        stream.write(build_package(parts, counts, made_by))
    target.ledger.write_meta(finished="yes", duplicates=str(duplicates))
    return Outcome(
        inputs=totals.inputs,
        documents=totals.documents,
        failures=totals.failures,
        facts=totals.facts,
        duplicates=duplicates,
        read=read,
        errors=target.ledger.count_errors(),
    )


def count_facts(request: Request, totals: Totals, target: Target) -> int:
    """Rows of the facts table, which has fewer than were found where --unique leaves some out."""
    if not request.unique:
        return totals.facts
    return sum(map(count_rows, list_parts(target.folder, "facts")))


def put_in_place(home: Home, target: Target) -> None:
    """A new version takes the dataset's place; where the dataset itself was written, nothing stays beside it."""
    if target.replaces:
        mark_whole(home.ledger / NEXT)
        replace_dataset(home)
    else:
        drop_renewals(home)
    publish_ledger(home)
