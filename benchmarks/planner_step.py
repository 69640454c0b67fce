"""One step of `planner.py`, in a process of its own. Prints as JSON how long it took and the most memory it held."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from figures import measure_peak
from made import MadeExecutor

from qjreport.batch import duplicates, run, workers
from qjreport.batch.dataset import read_standing
from qjreport.batch.ledger import Totals
from qjreport.batch.parts import Shard
from qjreport.batch.plan import Plan
from qjreport.batch.request import Request
from qjreport.batch.run import run_batch
from qjreport.sources.listing import list_sources

KILLED = 9


class Watcher:
    """The listener of a step: notes when each thing happened, and ends the process as a kill would."""

    def __init__(self, begun: float, share: float | None) -> None:
        self.begun = begun
        self.share = share  # of the inputs that are committed when the process ends
        self.marks: dict[str, tuple[float, float]] = {}
        self.inputs = 0

    def mark(self, what: str) -> None:
        """Seconds of the wall and of the processor."""
        self.marks.setdefault(what, (round(time.time() - self.begun, 2), round(time.process_time(), 2)))

    def say(self, message: str) -> None:
        print(message, file=sys.stderr)

    def list_input(self, count: int) -> None:
        if count == 1:
            self.mark("first listed")

    def begin(self, inputs: int, done: Totals) -> None:
        self.mark("planned")
        self.inputs = inputs

    def advance(self, documents: int, failures: int, facts: int) -> None: ...

    def commit(self, shard: int, totals: Totals, seconds: float) -> None:
        if self.share is not None and totals.inputs >= self.share * self.inputs:
            self.tell(inputs=totals.inputs, shards=totals.shards)
            os._exit(KILLED)

    def tell(self, **said: int) -> None:
        self.mark("end")
        print(json.dumps({"marks": self.marks, "peak": measure_peak(), **said}), flush=True)


def prepare(watcher: Watcher, *, ledger_only: bool) -> None:
    """Put the made executor in, and take the Parquet files out where nobody wants them."""

    class Watched(MadeExecutor):
        def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
            watcher.mark("first handed out")
            return super().submit(function, *args, **kwargs)

    workers.make_executor = lambda *_: Watched(with_facts=not ledger_only)
    write_links, finish = run.write_links, run.finish

    def watch_links(*args: Any, **kwargs: Any) -> int:
        watcher.mark("all committed")
        count = write_links(*args, **kwargs)
        watcher.mark("linked")
        return count

    def watch_finish(*args: Any) -> Any:
        outcome = finish(*args)
        watcher.mark("finished")
        return outcome

    run.write_links, run.finish = watch_links, watch_finish
    if ledger_only:
        Shard.write = lambda *_: None
        duplicates.write_shard_links = lambda *_, **__: None


def touch_one(place: Path) -> None:
    paths: Iterator[Path] = (place / "sources").rglob("*.*")
    os.utime(next(paths), (1, 1))


def main() -> None:
    name, folder, *options, begun = sys.argv[1:]
    place = Path(folder)
    watcher = Watcher(float(begun), {"kill": 0.5, "resume": 1.0}.get(name))
    prepare(watcher, ledger_only="--ledger-only" in options)
    request = Request(paths=(str(place / "sources"),), out=place / "out")
    if name == "plan":
        plan = Plan(list_sources(request.paths, leave_out=request.out), request.shard)
        watcher.tell(inputs=plan.inputs, shards=plan.shards)
    elif name == "status":
        standing = read_standing(request.out)
        watcher.tell(inputs=standing.inputs, documents=standing.documents, duplicates=standing.duplicates)
    else:
        if name == "touch":
            touch_one(place)
        outcome = run_batch(request, watcher)
        watcher.tell(inputs=outcome.inputs, duplicates=outcome.duplicates)


if __name__ == "__main__":
    main()
