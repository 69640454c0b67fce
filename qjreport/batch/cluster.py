"""A Dask cluster by its scheduler's address: the executor of a batch where the workers are other machines.

Dask sends the tasks, and sends them again where a worker is gone; this module says what its errors mean for a batch.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import CancelledError, Executor, Future
from typing import Any

from qjreport.batch import BatchError
from qjreport.batch.workers import run_task
from qjreport.writers.parquet import load_library

CONNECT = 30.0  # seconds until a scheduler that does not answer is given up
LOOK = 2.0  # seconds between two looks at who is there: workers come and go
TASKS = 2  # of a worker's thread: one at hand, one that waits
LISTERS = 16  # workers that list ranges of crawls at a time: planning is short beside reading
LEAST = 2  # tasks that are handed out even where no worker is there yet


class Cluster:
    """The crew of many machines. Raises BatchError where no scheduler is to be had."""

    task_items = 1 << 30  # a shard goes whole, but for bytes that the planner has to send along
    remote = True
    supervised = True

    def __init__(self, address: str) -> None:
        self.address = address
        distributed: Any = load_library("distributed", "cluster")
        self.killed: type[Exception] = distributed.KilledWorker
        for name in ("distributed.client", "distributed.core", "distributed.batched"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # `explain` says it better
        try:
            self.client: Any = distributed.Client(address, timeout=CONNECT, set_as_default=False, name="qjreport")
        except (OSError, ValueError, ImportError) as error:  # TimeoutError is an OSError
            raise BatchError(
                f"no scheduler answers at {address} ({tell(error)}); look at the address and whether it runs, and "
                "whether it has the same version of Dask"
            ) from error
        # Not pure: a task that is handed out again shall run again, and not be answered with what it gave before.
        self.executor: Executor = self.client.get_executor(pure=False)
        self.looked = 0.0
        self.threads: dict[str, int] = {}

    def submit(self, packed: bytes) -> Future[bytes]:
        try:
            return self.executor.submit(run_task, packed)
        except Exception as error:  # the scheduler is gone, and whichever call is next finds out
            raise self.explain(error) from error

    def count_tasks(self) -> int:
        """How many tasks may be out at a time: enough that no worker waits, few enough for the planner's memory."""
        self.look()
        return max(LEAST, TASKS * sum(self.threads.values()))

    def count_workers(self) -> int:
        self.look()
        return len(self.threads)

    def look(self) -> None:
        """Who is there, as it was a moment ago."""
        if time.monotonic() - self.looked > LOOK:
            try:
                self.threads = self.client.nthreads()
            except Exception as error:
                raise self.explain(error) from error
            self.looked = time.monotonic()

    def tells_of_deaths(self, error: Exception) -> bool:
        """Whether a task came back because every worker that had it was gone before it was done."""
        return isinstance(error, self.killed)

    def explain(self, error: Exception) -> Exception:
        """What ended the batch, where it was no worker's death."""
        if isinstance(error, BatchError):
            return error
        safe = "what is committed is safe; run the same command again to do the rest"
        if isinstance(error, ImportError):
            return BatchError(f"a worker cannot run the batch ({error}); install qjreport[cluster] on every worker")
        if isinstance(error, CancelledError | OSError | RuntimeError):  # Dask's errors of connections are OSErrors
            return BatchError(f"the scheduler at {self.address} is gone or dropped the batch ({tell(error)}); {safe}")
        return BatchError(f"a worker failed ({tell(error)}); {safe}")

    def close(self) -> None:
        """Leave the cluster, which drops the tasks that are still out."""
        try:
            self.client.close(timeout=LOOK)
        except Exception as error:  # it is gone; nothing depends on it any longer
            logging.getLogger(__name__).debug("closing the connection to %s: %s", self.address, error)


class Listers(Executor):
    """The workers of a cluster while they list crawls; the connection is closed with it."""

    def __init__(self, address: str) -> None:
        self.cluster = Cluster(address)

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self.cluster.executor.submit(function, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.cluster.executor.shutdown(wait=wait, cancel_futures=cancel_futures)
        self.cluster.close()


def tell(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}" if str(error) else type(error).__name__
