"""Hands inputs out over an executor, a few pages a task, and commits each shard once all its inputs are back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from qjreport.batch import BatchError
from qjreport.batch.cluster import Cluster
from qjreport.batch.ledger import InputRow
from qjreport.batch.parts import Shard
from qjreport.batch.plan import Planned
from qjreport.batch.resume import Target
from qjreport.batch.task import Item, Result, list_libraries, load_item, name_input, name_maker
from qjreport.batch.workers import Answer, Processes, Task, blame, read_answer
from qjreport.sources.entry import MIB, Entry, FailureError, Place, share_place
from qjreport.sources.errors import SourceError
from qjreport.sources.storage import is_url

if TYPE_CHECKING:
    from qjreport.batch.request import Listener, Request

TASK_BYTES = 2 * MIB
SUSPECTS = 16  # tasks whose workers ended, until their inputs are tried one by one
ATTEMPTS = 3  # times that a task may take its worker with it before its inputs become failures
SOURCES_CHANGED = "the sources changed while they were read; run the same command again"
BEAT = 0.5  # seconds between two looks whether somebody wants to stop


class Handed(NamedTuple):
    task: Task
    attempts: int
    alone: bool = False  # with no other task out, so that it is to blame where its worker ends


class Dispatcher:
    """One run over the shards that are missing."""

    def __init__(
        self,
        request: Request,
        target: Target,
        listener: Listener,
        missing: dict[int, int],
        stop: Callable[[], bool],
        load: Callable[[Place], bytes] | None,
    ) -> None:
        self.request = request
        self.target = target
        self.listener = listener
        self.missing = missing
        self.stop = stop
        self.load = load  # in a process of its own, where this one has to read what lies in an archive
        self.made_by = name_maker(request.settings.words)
        self.shards: dict[int, Shard] = {}
        self.prints: dict[tuple[int, int], str] = {}
        self.begun: dict[int, float] = {}
        self.handed: dict[Future[bytes], Handed] = {}
        self.suspects: list[Task] = []
        self.items: list[Item] = []
        self.items_bytes = 0
        self.items_shard = -1
        self.read = 0
        self.waited = False  # whether it was said that there is no worker
        self.carried = False  # whether it was said that workers do not see what the planner sees
        self.crew = Cluster(request.scheduler) if request.scheduler else Processes(request.jobs)

    def run(self, inputs: Iterator[tuple[Planned, Entry]]) -> bool:
        """Whether every missing shard is committed."""
        try:
            for planned, entry in inputs:
                if planned.shard in self.missing and not self.take(planned, entry):
                    break
            self.hand_out()
            self.try_alone()
        finally:
            self.crew.close()
            close = getattr(inputs, "close", None)
            if close:
                close()
        return not self.missing

    def take(self, planned: Planned, entry: Entry) -> bool:
        """Take one input in; False where somebody wants to stop and a new shard would begin."""
        if planned.shard != self.items_shard:
            self.hand_out()
            if self.stop():
                return False
            self.items_shard = planned.shard
        if planned.shard not in self.shards:
            self.shards[planned.shard] = Shard(planned.shard, self.missing[planned.shard])
            self.begun[planned.shard] = time.monotonic()
        self.prints[planned.shard, planned.row] = planned.fingerprint
        result = self.find_known(planned, entry)
        if result is not None:
            self.put(planned.shard, result)
            return True
        self.read += 1
        try:
            place = share_place(entry.place) if entry.place and not self.carries(entry) else None
            data = b"" if place else entry.load()
        except FailureError as error:
            self.put(planned.shard, Result(planned.row, planned.address, error.failure, entry.url))
            return True
        given = self.request.givens.find(planned.address, entry.url)
        self.items.append(Item(planned.row, planned.address, data, entry.url, entry.captured, place, given))
        self.items_bytes += len(data) if self.crew.remote else max(len(data), entry.size)
        if self.items_bytes >= TASK_BYTES or len(self.items) >= self.crew.task_items:
            self.hand_out()
        return True

    def find_known(self, planned: Planned, entry: Entry) -> Result | None:
        """What is known without reading: a failure of the source, or the rows of an unchanged input."""
        if entry.read is None and entry.failure is not None:
            return Result(planned.row, planned.address, entry.failure, entry.url)
        return next((found for old in self.target.previous if (found := old.find(planned))), None)

    def carries(self, entry: Entry) -> bool:
        """Whether the planner sends the bytes of a file, since workers were found not to see such as are here."""
        return self.carried and entry.place is not None and not is_url(entry.place.path)

    def hand_out(self) -> None:
        if not self.items:
            return
        items, self.items, self.items_bytes = tuple(self.items), [], 0
        self.submit(Handed(self.make_task(items), 1))
        while len(self.handed) >= self.crew.count_tasks():
            self.collect()
        if len(self.suspects) >= SUSPECTS:
            self.try_alone()

    def make_task(self, items: tuple[Item, ...]) -> Task:
        shard = self.shards[self.items_shard]
        known = tuple(shard.list_results())
        # A worker packs the files of a shard that it reads alone, but for inputs that are known to have failed.
        whole = self.crew.remote and shard.missing == len(items) and not any(result.document for result in known)
        settings, libraries, supervised = self.request.settings, list_libraries(), self.crew.supervised
        return Task(shard.number, items, settings, self.made_by, libraries, supervised, known if whole else None)

    def submit(self, handed: Handed) -> None:
        self.handed[self.crew.submit(msgspec.msgpack.encode(handed.task))] = handed

    def collect(self) -> None:
        """Wait a moment for results and take in those that came."""
        done, _ = wait(self.handed, timeout=BEAT, return_when=FIRST_COMPLETED)
        if not done and self.crew.count_workers() == 0 and not self.waited:
            self.waited = True
            self.listener.say("no worker is there: waiting for one")
        for future in done:
            handed = self.handed.pop(future)
            answer = self.take_answer(handed, future)
            if answer.parts:
                self.shards[handed.task.shard].parts = answer.parts
            for result in answer.results:
                if result.unreached and self.take_over(handed, result):
                    continue
                self.put(handed.task.shard, result)

    def take_answer(self, handed: Handed, future: Future[bytes]) -> Answer:
        """What a task gave; nothing where it is tried again."""
        again = handed._replace(attempts=handed.attempts + 1)
        try:
            return read_answer(future.result())
        except SourceError as error:  # the storage, which may answer in a moment
            if handed.attempts >= ATTEMPTS:
                raise BatchError(f"{error}; what is committed is safe: run the same command again") from error
            self.submit(again)
        except BrokenExecutor as error:  # the worker is gone, and with it every task it had
            if handed.attempts >= ATTEMPTS:
                return blame(handed.task, f"ended its worker {ATTEMPTS} times ({error})")
            self.submit(again)
        except Exception as error:
            if not self.crew.tells_of_deaths(error):
                raise self.crew.explain(error) from error.__cause__
            if handed.alone:
                return blame(handed.task, "ended every worker that read it")
            self.suspects.append(handed.task)
        return Answer([])

    def try_alone(self) -> None:
        """Wait for all tasks, then hand out the inputs of those whose workers ended one at a time.

        A worker that ends takes all its tasks with it, and only the input at hand can have ended it: none shall be
        blamed for another.
        """
        while self.handed:
            self.collect()
        while self.suspects:
            task = self.suspects.pop(0)
            for item in task.items:
                self.submit(Handed(msgspec.structs.replace(task, items=(item,), known=None), 1, alone=True))
                while self.handed:
                    self.collect()

    def take_over(self, handed: Handed, result: Result) -> bool:
        """Whether the planner sent the bytes of a file that a worker did not see.

        Raises BatchError where the planner does not see it either as it was listed, and it is no file by itself.
        """
        item = next(item for item in handed.task.items if item.row == result.row)
        assert item.place is not None
        loaded = load_item(item, self.request.settings.limits, self.load)
        if isinstance(loaded, Item):
            if self.crew.remote and not self.carried and not is_url(item.place.path):
                self.carried = True
                self.listener.say(
                    f"workers do not see {item.place.path}: it and all other files of this machine are sent"
                )
            task = msgspec.structs.replace(handed.task, items=(loaded,), known=None)
            self.submit(Handed(task, 1, handed.alone))
            return True
        if loaded.unreached and item.place.kind != "file":
            raise BatchError(SOURCES_CHANGED)
        return False

    def put(self, number: int, result: Result) -> None:
        shard = self.shards[number]
        shard.put(result)
        failed = result.failure is not None
        self.listener.advance(not failed, failed, result.fact_count)
        if not shard.missing:
            self.commit(shard)

    def commit(self, shard: Shard) -> None:
        """The files first, then the ledger: what the ledger names is there."""
        shard.write(self.target.folder, self.made_by)
        results = shard.list_results()
        failures = sum(result.failure is not None for result in results)
        facts = sum(result.fact_count for result in results)
        size = sum(result.size for result in results)
        seconds = time.monotonic() - self.begun.pop(shard.number)
        counts = (len(results), len(results) - failures, failures, facts, size)
        rows = [self.build_row(shard.number, result) for result in results]
        totals = self.target.ledger.commit_shard(shard.number, rows, counts, self.made_by, seconds)
        del self.shards[shard.number], self.missing[shard.number]
        self.listener.commit(shard.number, totals, seconds)

    def build_row(self, number: int, result: Result) -> InputRow:
        return InputRow(
            result.row,
            result.address,
            self.prints.pop((number, result.row)),
            name_input(result.address),
            result.failure.error if result.failure else None,
            result.text_sha256,
            result.shingles,
            result.signature,
        )
