"""Hands inputs out over an executor, a few pages a task, and commits each shard once all its inputs are back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from qjreport.batch.execute import Task, end_readers, make_executor, read_results, run_task
from qjreport.batch.ledger import InputRow
from qjreport.batch.maker import name_maker
from qjreport.batch.parts import Shard
from qjreport.batch.plan import Planned
from qjreport.batch.target import Target
from qjreport.batch.work import Item, Result, fail, name_input
from qjreport.sources.entry import Entry, Failure, FailureError
from qjreport.sources.limits import MIB

if TYPE_CHECKING:
    from qjreport.batch.run import Listener, Request

TASK_ITEMS = 8  # pages of a task: a third of a second, long beside the cost of handing it out
TASK_BYTES = 2 * MIB
WAITING = 2  # tasks that wait for each worker beside the one at hand
ATTEMPTS = 3  # times that a task may take its worker with it before its inputs become failures
BEAT = 0.5  # seconds between two looks whether somebody wants to stop


class Handed(NamedTuple):
    task: Task
    attempts: int


class Dispatcher:
    """One run over the shards that are missing."""

    def __init__(
        self, request: Request, target: Target, listener: Listener, missing: dict[int, int], stop: Callable[[], bool]
    ) -> None:
        self.request = request
        self.target = target
        self.listener = listener
        self.missing = missing
        self.stop = stop
        self.shards: dict[int, Shard] = {}
        self.prints: dict[tuple[int, int], str] = {}
        self.begun: dict[int, float] = {}
        self.handed: dict[Future[bytes], Handed] = {}
        self.items: list[Item] = []
        self.items_shard = -1
        self.read = 0
        self.executor: Executor = make_executor(request.jobs)

    def run(self, inputs: Iterator[tuple[Planned, Entry]]) -> bool:
        """Whether every missing shard is committed."""
        try:
            for planned, entry in inputs:
                if planned.shard in self.missing and not self.take(planned, entry):
                    break
            self.hand_out()
            while self.handed:
                self.collect()
        finally:
            self.executor.shutdown(wait=False, cancel_futures=True)
            end_readers()
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
            data = entry.load()
        except FailureError as error:
            self.put(planned.shard, Result(planned.row, planned.address, error.failure, entry.url))
            return True
        self.items.append(Item(planned.row, planned.address, data, entry.url, entry.captured))
        if len(self.items) >= TASK_ITEMS or sum(len(item.data) for item in self.items) >= TASK_BYTES:
            self.hand_out()
        return True

    def find_known(self, planned: Planned, entry: Entry) -> Result | None:
        """What is known without reading: a failure of the source, or the rows of an unchanged input."""
        if entry.read is None and entry.failure is not None:
            return Result(planned.row, planned.address, entry.failure, entry.url)
        return next((found for old in self.target.previous if (found := old.find(planned))), None)

    def hand_out(self) -> None:
        if not self.items:
            return
        items, self.items = tuple(self.items), []
        self.submit(Handed(Task(self.items_shard, items, self.request.settings, self.request.jobs > 0), 1))
        while len(self.handed) >= max(1, self.request.jobs * (1 + WAITING)):
            self.collect()

    def submit(self, handed: Handed) -> None:
        packed = msgspec.msgpack.encode(handed.task)
        try:
            self.handed[self.executor.submit(run_task, packed)] = handed
        except BrokenExecutor:
            self.executor.shutdown(wait=False, cancel_futures=True)
            self.executor = make_executor(self.request.jobs)
            self.handed[self.executor.submit(run_task, packed)] = handed

    def collect(self) -> None:
        """Wait a moment for results and take in those that came."""
        done, _ = wait(self.handed, timeout=BEAT, return_when=FIRST_COMPLETED)
        for future in done:
            handed = self.handed.pop(future)
            try:
                results = read_results(future.result())
            except BrokenExecutor as error:  # the worker is gone, and with it every task it had
                if handed.attempts < ATTEMPTS:
                    self.submit(Handed(handed.task, handed.attempts + 1))
                    continue
                message = f"ended its worker {ATTEMPTS} times ({error})"
                failure = Failure(stage="read", error="crash", message=message)
                results = [fail(item, failure) for item in handed.task.items]
            for result in results:
                self.put(handed.task.shard, result)

    def put(self, number: int, result: Result) -> None:
        shard = self.shards[number]
        shard.put(result)
        failed = result.failure is not None
        self.listener.advance(not failed, failed, result.fact_count)
        if not shard.missing:
            self.commit(shard)

    def commit(self, shard: Shard) -> None:
        """The files first, then the ledger: what the ledger names is there."""
        made_by = name_maker(self.request.settings.words)
        shard.write(self.target.folder, made_by)
        results = shard.list_results()
        failures = sum(result.failure is not None for result in results)
        facts = sum(result.fact_count for result in results)
        size = sum(result.size for result in results)
        seconds = time.monotonic() - self.begun.pop(shard.number)
        counts = (len(results), len(results) - failures, failures, facts, size)
        rows = [self.build_row(shard.number, result) for result in results]
        totals = self.target.ledger.commit_shard(shard.number, rows, counts, made_by, seconds)
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
