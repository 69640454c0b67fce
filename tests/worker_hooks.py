"""Loaded by the workers of a test's cluster (`--preload`): some pages end their worker, others wait at a gate."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from qjreport.batch import workers
from qjreport.batch.task import Item, Result

GATE = (
    "QJREPORT_TEST_GATE"  # a folder; a page at the gate leaves its worker's number there, and goes on once it is open
)
take = workers.take_item


def take_with_hooks(item: Item, task: workers.Task) -> Item | Result:
    if "kills-its-worker" in item.address:
        os.kill(os.getpid(), signal.SIGKILL)
    if "waits-at-the-gate" in item.address:
        gate = Path(os.environ[GATE])
        (gate / f"{os.getpid()}").touch()
        while not (gate / "open").exists():
            time.sleep(0.05)
    return take(item, task)


def dask_setup(_: Any) -> None:
    workers.take_item = take_with_hooks
