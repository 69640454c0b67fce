"""A Dask cluster of processes on this machine for the tests: a scheduler, and workers under their nannies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from conftest import ROOT

MOST = 60.0  # seconds after which a wait has failed
QUIET = {
    "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "false",  # the memory of the test machine must not matter
    "DASK_DISTRIBUTED__WORKER__MEMORY__PAUSE": "false",
    "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "0",
}


class Cluster:
    """Ends with the block: every process of the cluster was started here, or is a child of one that was."""

    def __init__(self, folder: Path, **config: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.file = folder / "scheduler.json"
        clean = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE")}
        self.environment = {**clean, **QUIET, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", **config}
        self.environment["DASK_TEMPORARY_DIRECTORY"] = str(folder)
        self.processes: list[subprocess.Popen[bytes]] = []
        self.log = (folder / "log").open("ab")

    def __enter__(self) -> Cluster:
        self.scheduler = self.start("dask_scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")
        wait_for(self.file.exists)
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)  # a group of its own: the nanny and its worker
            process.wait()
        self.log.close()

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(self.file), *arguments]
        process = subprocess.Popen(
            command, cwd=self.folder, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.processes.append(process)
        return process

    def start_worker(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """A worker with one thread, which its nanny starts again if it ends."""
        options = ("--nthreads", "1", "--no-dashboard", "--preload", "worker_hooks")
        place = ("--host", "127.0.0.1", "--local-directory", str(self.folder / name))
        return self.start("dask_worker", "--name", name, *options, *place, *arguments)

    def retire(self, pid: int) -> None:
        """Ask the scheduler to retire the worker that is this process."""
        call = (
            "import os, sys; from distributed import Client\n"
            "with Client(sys.argv[1]) as client:\n"
            "    pids = client.run(os.getpid)\n"
            "    [address] = [worker for worker, pid in pids.items() if pid == int(sys.argv[2])]\n"
            "    client.retire_workers([address], close_workers=True)\n"
        )
        subprocess.run(
            [sys.executable, "-c", call, self.address, str(pid)], env=self.environment, check=True, timeout=MOST
        )


def wait_for(happened: Callable[[], bool], process: subprocess.Popen[bytes] | None = None) -> None:
    end = time.monotonic() + MOST
    while not happened():
        assert time.monotonic() < end, "did not happen"
        assert process is None or process.poll() is None, "the process ended before it happened"
        time.sleep(0.05)
