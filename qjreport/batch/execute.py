"""The executors of a batch, and the task that they run: a function of bytes, which shares nothing with the planner.

On one machine each job is a thread that only waits, beside a process that reads (`supervise`). Where the executor's
workers are processes or machines of their own, the same task runs there.
"""

from __future__ import annotations

import threading
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from socket import gethostname
from typing import Any

import msgspec

from qjreport.batch.errors import BatchError
from qjreport.batch.maker import list_libraries, name_maker
from qjreport.batch.supervise import Reader
from qjreport.batch.work import Item, Result, Settings, fail, load_item, read_item
from qjreport.sources.entry import Failure

WAITING = 2  # tasks that wait for each worker beside the one at hand
MOST_TASKS = 250  # that a process does before a new one takes its place: what libraries leak stays small


class Task(msgspec.Struct, frozen=True):
    """Some inputs of one shard, whole with everything that reading them takes."""

    shard: int
    items: tuple[Item, ...]
    settings: Settings
    made_by: tuple[str, str]  # the planner's version and lexicon, which the worker has to have
    libraries: tuple[str, ...] = ()  # of the planner, likewise
    supervised: bool = True
    known: tuple[Result, ...] | None = None  # what the others of the shard gave, where the worker shall pack its files


class Answer(msgspec.Struct, frozen=True):
    """What a task gave: results in order; without rows and facts where these are in the packed files of the shard."""

    results: list[Result]
    parts: dict[str, bytes] = {}


class Kept(threading.local):
    """The reader of this thread."""

    reader: Reader | None = None
    tasks = 0


KEPT = Kept()
EVERY: list[Reader] = []  # of this process, to be ended with it


def run_task(packed: bytes) -> bytes:
    """A packed Task → its packed Answer.

    Raises BatchError where this worker is another version, SourceError where shared storage does not answer.
    """
    task = msgspec.msgpack.decode(packed, type=Task)
    check_maker(task)
    read = take_reader(task.settings).read if task.supervised else lambda item: read_item(item, task.settings)
    loaded = (load_item(item, task.settings.limits) for item in task.items)
    answer = Answer([read(item) if isinstance(item, Item) else item for item in loaded])
    if task.known is not None and not any(result.unreached for result in answer.results):
        answer = pack_answer(answer.results, task.known, task.made_by)
    return msgspec.msgpack.encode(answer)


def pack_answer(results: list[Result], known: tuple[Result, ...], made_by: tuple[str, str]) -> Answer:
    """The shard's files, packed here so that the planner has only to write them: packing is its greatest work."""
    from qjreport.batch.parts import pack_parts

    parts = pack_parts(sorted((*results, *known), key=lambda result: result.row), made_by)
    light = [msgspec.structs.replace(result, document=(), facts=b"") for result in results]
    return Answer(light, {name: bytes(data) for name, data in parts.items()})


def blame(task: Task, message: str) -> Answer:
    """Failures for all inputs of a task that ended its workers."""
    return Answer([fail(item, Failure(stage="read", error="crash", message=message)) for item in task.items])


def check_maker(task: Task) -> None:
    """Rows of two versions are never in one dataset, nor such as differ by what a worker lacks."""
    mine = name_maker(task.settings.words)
    if mine != task.made_by:
        here, there = ("qjreport {}, lexicon {}".format(*made_by) for made_by in (mine, task.made_by))
        raise BatchError(f"a worker on {gethostname()} has {here}; this is {there}: install the same on every worker")
    lacking = sorted({*task.libraries} - {*list_libraries()})
    if lacking:
        raise BatchError(
            f"a worker on {gethostname()} lacks {', '.join(lacking)}; pip install 'qjreport[cluster]' on every worker"
        )


def read_answer(packed: bytes) -> Answer:
    return msgspec.msgpack.decode(packed, type=Answer)


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


class Processes:
    """The crew of one machine: so many processes that read, or none beside this one."""

    task_items = 8  # pages of a task: a third of a second, long beside the cost of handing it out
    remote = False

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.executor = make_executor(jobs)
        self.supervised = jobs > 0

    def submit(self, packed: bytes) -> Future[bytes]:
        try:
            return self.executor.submit(run_task, packed)
        except BrokenExecutor:
            self.executor.shutdown(wait=False, cancel_futures=True)
            self.executor = make_executor(self.jobs)
            return self.executor.submit(run_task, packed)

    def count_tasks(self) -> int:
        """How many tasks may be out at a time."""
        return max(1, self.jobs * (1 + WAITING))

    def count_workers(self) -> int:
        return max(1, self.jobs)

    def tells_of_deaths(self, _: Exception) -> bool:
        return False

    def explain(self, error: Exception) -> Exception:
        return error

    def close(self) -> None:
        self.executor.shutdown(wait=False, cancel_futures=True)
        end_readers()


def make_executor(jobs: int) -> Executor:
    """An executor for so many pages at a time; 0 reads them in this process."""
    return ThreadPoolExecutor(jobs, thread_name_prefix="qjreport") if jobs else InlineExecutor()
