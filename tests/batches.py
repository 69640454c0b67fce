"""Runs `qjreport batch` for the tests, in the process or as one of its own, and reads the dataset that it wrote."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

pytest.importorskip("pyarrow", reason="needs the extra archive")

from qjreport.batch.request import Outcome, Request
from qjreport.batch.run import run_batch
from qjreport.commands.progress import Progress
from qjreport.writers.parquet import read_parquet


class Said(Progress):
    """Keeps every message that it gets."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.commits = 0

    def say(self, message: str) -> None:
        self.said.append(message)

    def commit(self, *_: object) -> None:
        self.commits += 1


def do_batch(out: Path, *paths: Path, jobs: int = 0, listener: Progress | None = None, **options: Any) -> Outcome:
    request = Request(paths=tuple(map(str, paths)), out=out, jobs=jobs, **options)
    return run_batch(request, listener or Progress())


def read_files(out: Path) -> dict[str, bytes]:
    """The dataset without its ledger, which contains times."""
    paths = [*out.glob("*/part-*.parquet"), out / "datapackage.json"]
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(paths)}


def read_table(out: Path, table: str) -> list[dict[str, Any]]:
    return [row for path in sorted(out.glob(f"{table}/part-*.parquet")) for row in read_parquet(path).to_pylist()]


def start(out: Path, source: Path, jobs: int, **options: Any) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "qjreport",
        "batch",
        source,
        "-o",
        out,
        "-q",
        "--shard-size",
        "2",
        "--jobs",
        str(jobs),
    ]
    # A fault of the interpreter or of a library says where it was.
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"}
    return subprocess.Popen(list(map(str, command)), env=env, **options)
