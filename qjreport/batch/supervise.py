"""Keeps one page from hurting the others: each is read in a process that is killed where it takes too much.

The limits are held from outside: a page that hangs in a C library, or kills its process, cannot be stopped otherwise.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from qjreport.batch.child import IDLE, serve
from qjreport.batch.errors import BatchError
from qjreport.batch.work import Item, Result, Settings, fail, tell_memory
from qjreport.sources.entry import Failure

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

LOOK = 0.1  # seconds between two looks at the memory of a process
START = 120.0  # seconds that a process may take to load, on a machine that is busy
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


class Reader:
    """A process that reads pages, replaced whenever one of them ends it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process: SpawnProcess | None = None
        self.connection: Connection | None = None
        self.ended = False
        self.used = 0.0

    def read(self, item: Item) -> Result:
        """What the page gave; a failure where it took too long, too much memory, or the process with it."""
        if self.ended:
            raise BatchError("the batch has ended")
        if self.connection is not None and time.monotonic() - self.used > IDLE / 2:
            self.kill()  # it ends by itself sooner or later, perhaps just now
        connection = self.connection or self.start()
        try:
            connection.send_bytes(msgspec.msgpack.encode(item))
            failure = self.wait(connection, time.monotonic() + self.settings.seconds)
            if failure is None:
                self.used = time.monotonic()
                return msgspec.msgpack.decode(connection.recv_bytes(), type=Result)
        except (EOFError, OSError):
            failure = self.explain_end()
        self.kill()
        return fail(item, failure)

    def start(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # a fork would copy the planner's threads' locks
        mine, theirs = context.Pipe()
        settings = msgspec.msgpack.encode(self.settings)
        self.process = context.Process(target=serve, args=(theirs, settings, os.getpid()), daemon=True)
        allow_children()
        with hide_interrupts():
            self.process.start()
        theirs.close()
        try:
            if not mine.poll(START):
                raise EOFError
            mine.recv_bytes()
        except (EOFError, OSError) as error:
            self.kill()
            raise BatchError("the process that reads pages does not start; --jobs 0 shows why") from error
        self.connection = mine
        self.used = time.monotonic()
        return mine

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
        assert self.process is not None
        try:
            return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE
        except (OSError, ValueError, IndexError):
            return 0

    def explain_end(self) -> Failure:
        code = None
        if self.process is not None:
            self.process.join(2)
            code = self.process.exitcode
        how = f"by signal {-code}" if code is not None and code < 0 else f"with code {code}"
        return Failure(stage="read", error="crash", message=f"ended the process that read it {how}")

    def end(self) -> None:
        """Read no more, even where another thread is at it."""
        self.ended = True
        self.kill()

    def kill(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process.close()
            self.process = None


def allow_children() -> None:
    """Let a worker of Dask start a process, too.

    Its nanny starts it as a daemon, which `multiprocessing` allows no children because they would outlive it. The
    readers do not: each looks whether its parent is there. (`distributed.worker.daemon: false` would be the setting
    for it, but a cluster's settings are seldom those of whoever uses it.)
    """
    config: dict[str, Any] = getattr(multiprocessing.current_process(), "_config", {})
    if config.get("daemon"):
        config["daemon"] = False


@contextmanager
def hide_interrupts() -> Iterator[None]:
    """A process that is started here never sees Ctrl-C, not even while it loads: it is for the planner."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
