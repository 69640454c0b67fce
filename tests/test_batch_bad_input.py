"""`qjreport batch` with pages that hang, eat memory or end the process."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from archives import make_page, write
from batches import do_batch, read_table

from qjreport.batch import BatchError, workers
from qjreport.batch.task import Item, Result, Settings
from qjreport.sources.entry import MIB


def serve_faulty(*args: Any) -> None:
    """The child process, in which some pages hang, eat memory or end the process."""
    read = workers.read_item

    def read_faulty(item: Item, settings: Settings) -> Result:
        if "hang" in item.address:
            time.sleep(600)
        if "crash" in item.address:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "hungry" in item.address:
            held = [bytearray(os.urandom(MIB)) * 8 for _ in range(400)]
            assert held
        return read(item, settings)

    workers.read_item = read_faulty
    workers.serve(*args)


# The hungry page must run out of memory before it runs out of time, also on a busy machine and under a tracer.
SECONDS = 15 if "COVERAGE_RUN" in os.environ else 6


def test_one_bad_input_hurts_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "serve", serve_faulty)
    names = ["1", "2-hang", "3", "4-crash", "5", "6-hungry", "7"]
    for number, name in enumerate(names):
        write(tmp_path / f"pages/{name}.html", make_page(number))
    outcome = do_batch(
        tmp_path / "out", tmp_path / "pages", jobs=1, settings=Settings(seconds=SECONDS, memory=300 * MIB)
    )
    assert outcome.errors == {"crash": 1, "memory": 1, "timeout": 1}
    assert [Path(row["source"]).stem for row in read_table(tmp_path / "out", "documents")] == ["1", "3", "5", "7"]
    failures = {row["error"]: row["message"] for row in read_table(tmp_path / "out", "failures")}
    assert failures["timeout"] == f"took more than {SECONDS} seconds"
    assert failures["memory"] == "needs more than 300 MiB of memory"
    assert "signal 11" in failures["crash"]
    monkeypatch.undo()
    assert do_batch(tmp_path / "out", tmp_path / "pages", retry=True).documents == 7


def serve_nothing(*args: Any) -> None:
    """A child process that ends before it is ready."""


def test_a_process_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "serve", serve_nothing)
    reader = workers.Reader(Settings())
    with pytest.raises(BatchError, match="does not start; --jobs 0 shows why"):
        reader.read(Item(0, "1.html", make_page(1)))
    reader.end()
    with pytest.raises(BatchError, match="the batch has ended"):
        reader.read(Item(0, "1.html", make_page(1)))
