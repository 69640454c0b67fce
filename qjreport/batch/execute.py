"""The executors of a batch, and the task that they run: a function of bytes, which shares nothing with the planner.

On one machine each job is a thread that only waits, beside a process that reads (`supervise`). Where the executor's
workers are processes or machines of their own, the same task runs there.
"""

from __future__ import annotations

import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import msgspec

from qjreport.batch.supervise import Reader
from qjreport.batch.work import Item, Result, Settings, read_item

MOST_TASKS = 250  # that a process does before a new one takes its place: what libraries leak stays small


class Task(msgspec.Struct, frozen=True):
    """Some inputs of one shard, whole with everything that reading them takes."""

    shard: int
    items: tuple[Item, ...]
    settings: Settings
    supervised: bool = True


class Kept(threading.local):
    """The reader of this thread."""

    reader: Reader | None = None
    tasks = 0


KEPT = Kept()
EVERY: list[Reader] = []  # of this process, to be ended with it


def run_task(packed: bytes) -> bytes:
    """A packed Task → its packed Results, in order."""
    task = msgspec.msgpack.decode(packed, type=Task)
    read = take_reader(task.settings).read if task.supervised else lambda item: read_item(item, task.settings)
    return msgspec.msgpack.encode([read(item) for item in task.items])


def read_results(packed: bytes) -> list[Result]:
    return msgspec.msgpack.decode(packed, type=list[Result])


def take_reader(settings: Settings) -> Reader:
    if KEPT.reader is None or KEPT.reader.settings != settings or KEPT.tasks >= MOST_TASKS:
        if KEPT.reader is not None:
            KEPT.reader.kill()
            EVERY.remove(KEPT.reader)
        KEPT.reader = Reader(settings)
        KEPT.tasks = 0
        EVERY.append(KEPT.reader)
    KEPT.tasks += 1
    return KEPT.reader


def end_readers() -> None:
    """End the processes that read, at the end of a run."""
    while EVERY:
        EVERY.pop().end()


class InlineExecutor(Executor):
    """Runs a task where it is handed in: for debugging, and for machines that allow no processes."""

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def make_executor(jobs: int) -> Executor:
    """An executor for so many pages at a time; 0 reads them in this process."""
    return ThreadPoolExecutor(jobs, thread_name_prefix="qjreport") if jobs else InlineExecutor()
