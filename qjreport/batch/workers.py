"""The workers of a batch: the task that each runs, and the process beside it in which pages are read.

A task is a function of bytes, which shares nothing with the planner (`run_task`). On one machine (`Processes`) each job
is a thread that only waits for a process that reads; where the workers are processes or machines of their own
(`cluster`), the same task runs there.

No page shall hurt the others: each is read in a process (`serve`) that is killed where it takes too much (`Reader`).
The limits are held from outside, for a page that hangs in a C library, or kills its process, cannot be stopped
otherwise.

A process that ends under a page says nothing of the page where somebody else ended it: an operator, a service manager
that sends SIGTERM to the whole group, a system that is short of memory. The page is read again, and blamed only where
the fault is one that code makes (a segmentation fault) and happens twice.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from socket import gethostname
from typing import TYPE_CHECKING, Any

import msgspec

from qjreport.batch import BatchError
from qjreport.batch.task import (
    ENDED,
    Item,
    Result,
    Settings,
    fail,
    list_libraries,
    load_item,
    name_maker,
    read_item,
    tell_memory,
)
from qjreport.sources.confined import (
    FAULTS,
    IDLE,
    LOOK,
    MOST_ENDED,
    MOST_FAULTS,
    PARENT_LOOK,
    START,
    hide_main,
    hide_signals,
    leave_signals,
    limit_memory,
    measure_memory,
)
from qjreport.sources.entry import MIB, Failure
from qjreport.sources.errors import SourceError
from qjreport.sources.listing import is_own

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess


HEADROOM = 1024 * MIB  # of addresses that libraries may yet reserve without using them: arenas, stacks


def serve(connection: Connection, packed_settings: bytes, parent: int) -> None:
    """Answer items with results until the connection closes, or nobody has asked for long."""
    leave_signals()  # the planner lets the pages at hand be finished
    settings = msgspec.msgpack.decode(packed_settings, type=Settings)
    threading.Thread(target=watch_parent, args=(parent,), daemon=True).start()
    warm_up(settings)
    limit_memory(settings.memory, HEADROOM)
    decode = msgspec.msgpack.Decoder(Item).decode
    encode = msgspec.msgpack.Encoder().encode
    try:
        connection.send_bytes(b"ready")
        while connection.poll(IDLE):
            item = decode(connection.recv_bytes())
            try:
                loaded = load_item(item, settings.limits)
                result = read_item(loaded, settings) if isinstance(loaded, Item) else loaded
            except SourceError as error:  # raised again by whoever asked (`check_storage`)
                result = fail(item, Failure(stage=STORAGE, error=error.name, message=error.explain()))
            except MemoryError:  # once more, while the first was being handled
                result = fail(item, tell_memory(settings))
            connection.send_bytes(encode(result))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def warm_up(settings: Settings) -> None:
    """Read a page as all others will be, so that everything is loaded before time and memory are counted."""
    page = "<h1>工作报告</h1><p>全年办理提案459件。</p>".encode()
    read_item(Item(0, "-", page), settings)


def watch_parent(parent: int) -> None:
    """End with the parent, even where a page hangs that would never see the connection close."""
    while os.getppid() == parent:
        time.sleep(PARENT_LOOK)
    os._exit(1)


class Reader:
    """A process that reads pages, replaced whenever one of them ends it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process: SpawnProcess | None = None
        self.connection: Connection | None = None
        self.ended = False
        self.used = 0.0
        self.lock = threading.Lock()  # one thread reads, another may end it

    def read(self, item: Item) -> Result:
        """What the page gave; a failure where it took too long, too much memory, or the process with it."""
        if self.ended:
            raise BatchError("the batch has ended")
        faults = ended = 0
        while faults < MOST_FAULTS and ended < MOST_ENDED:
            answer = self.read_once(item)
            if isinstance(answer, Result):
                return answer
            failure = answer
            if self.ended:
                break
            ended += failure.error == ENDED
            faults += failure.error != ENDED
        return fail(item, failure)

    def read_once(self, item: Item) -> Result | Failure:
        """What the page gave or took too much of; how the process ended where it ended under it."""
        if self.connection is not None and time.monotonic() - self.used > IDLE / 2:
            self.kill()  # it ends by itself sooner or later, perhaps just now
        connection = self.connection or self.start()
        try:
            connection.send_bytes(msgspec.msgpack.encode(item))
            failure = self.wait(connection, time.monotonic() + self.settings.seconds)
            if failure is None:
                self.used = time.monotonic()
                return msgspec.msgpack.decode(connection.recv_bytes(), type=Result)
            self.kill()
            return fail(item, failure)
        except (EOFError, OSError):
            failure = self.explain_end()
        self.kill()
        return failure

    def start(self) -> Connection:
        """A process that is ready. Raises BatchError where none gets so far, OSError where the system has none."""
        for _ in range(MOST_ENDED):
            connection = self.start_once()
            if connection is not None:
                return connection
            how = self.explain_end()
            self.kill()
            if how.error != ENDED:
                break
        raise BatchError("the process that reads pages does not start; --jobs 0 shows why")

    def start_once(self) -> Connection | None:
        context = multiprocessing.get_context("spawn")  # a fork would copy the planner's threads' locks
        mine, theirs = context.Pipe()
        settings = msgspec.msgpack.encode(self.settings)
        process = context.Process(target=serve, args=(theirs, settings, os.getpid()), daemon=True)
        allow_children()
        try:
            with hide_signals(), hide_main():
                process.start()
        except OSError:
            mine.close()
            raise
        finally:
            theirs.close()
        self.process = process
        if self.ended:  # while it was being started, by whoever ended the others
            self.kill()
            mine.close()
            raise BatchError("the batch has ended")
        try:
            if mine.poll(START):
                mine.recv_bytes()
                self.connection = mine
                self.used = time.monotonic()
                return mine
        except (EOFError, OSError):
            pass
        mine.close()
        return None

    def wait(self, connection: Connection, end: float) -> Failure | None:
        """None once there is an answer."""
        while not connection.poll(LOOK):
            if time.monotonic() > end:
                message = f"took more than {self.settings.seconds:g} seconds"
                return Failure(stage="read", error="timeout", message=message)
            if self.measure() > self.settings.memory:
                return tell_memory(self.settings)
        return None

    def measure(self) -> int:
        """Bytes of memory that the process uses; 0 where the system does not say."""
        process = self.process
        return 0 if process is None else measure_memory(process.pid)  # None where another thread has ended it

    def explain_end(self) -> Failure:
        code, process = None, self.process
        if process is not None:
            with suppress(ValueError):  # another thread has ended and closed it
                process.join(2)
                code = process.exitcode
        if code is None or code >= 0:
            return Failure(stage="read", error="crash", message=f"ended the process that read it with code {code}")
        try:
            name = signal.Signals(-code).name
        except ValueError:  # a real-time signal
            name = ""
        if name in FAULTS:
            return Failure(stage="read", error="crash", message=f"ended the process that read it by signal {-code}")
        message = f"signal {-code} ended the process that read it, from outside; the next run reads it again"
        return Failure(stage="read", error=ENDED, message=message)

    def end(self) -> None:
        """Read no more, even where another thread is at it."""
        self.ended = True
        self.kill()

    def kill(self) -> None:
        with self.lock:
            connection, self.connection = self.connection, None
            process, self.process = self.process, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()


def allow_children() -> None:
    """Let a worker of Dask start a process, too.

    Its nanny starts it as a daemon, which `multiprocessing` allows no children because they would outlive it. The
    readers do not: each looks whether its parent is there. (`distributed.worker.daemon: false` would be the setting
    for it, but a cluster's settings are seldom those of whoever uses it.)
    """
    config: dict[str, Any] = getattr(multiprocessing.current_process(), "_config", {})
    if config.get("daemon"):
        config["daemon"] = False


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
    taken = (take_item(item, task) for item in task.items)
    answer = Answer([check_storage(read(item)) if isinstance(item, Item) else item for item in taken])
    if task.known is not None and not any(result.unreached for result in answer.results):
        answer = pack_answer(answer.results, task.known, task.made_by)
    return msgspec.msgpack.encode(answer)


STORAGE = "storage"  # the stage of what is no failure of an input: shared storage does not answer


def take_item(item: Item, task: Task) -> Item | Result:
    """An input for the process that reads, which takes it from its place; here only what no other process sees."""
    here = not task.supervised or (item.place is not None and is_own(item.place.path))
    return load_item(item, task.settings.limits) if here else item


def check_storage(result: Result) -> Result:
    """Raises SourceError where the process that reads could not reach the storage."""
    failure = result.failure
    if failure is not None and failure.stage == STORAGE:
        problem, _, remedy = failure.message.partition("; ")
        raise SourceError(failure.error, problem, remedy)
    return result


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


# Before `multiprocessing` sends them SIGTERM, which they leave to this process, and waits for them.
atexit.register(end_readers)


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
