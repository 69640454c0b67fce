"""Loaded by the workers of a test's cluster (`--preload`): some pages end their worker, others wait at a gate."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

from qjreport.batch import workers
from qjreport.batch.task import Item, Result
from qjreport.sources.entry import Limits

GATE = (
    "QJREPORT_TEST_GATE"  # a folder; a page at the gate leaves its worker's number there, and goes on once it is open
)
load = workers.load_item


def load_with_hooks(item: Item, limits: Limits) -> Item | Result:
    if "kills-its-worker" in item.address:
        os.kill(os.getpid(), signal.SIGKILL)
    if "waits-at-the-gate" in item.address:
        gate = Path(os.environ[GATE])
        (gate / f"{os.getpid()}").touch()
        while not (gate / "open").exists():
            time.sleep(0.05)
    return load(item, limits)


def dask_setup(_: Any) -> None:
    workers.load_item = load_with_hooks
