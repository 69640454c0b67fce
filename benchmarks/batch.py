"""How `qjreport batch` scales and what it holds in memory, over several passes of one archive.

    python benchmarks/batch.py ARCHIVE [--passes 20] [--jobs 1 2]

Prints how much faster two processes are than one, the peak memory of the whole process tree, and how the peak of the
second half of the inputs compares with that of the first. The archive is linked, not copied.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

MIB = 1024 * 1024
LOOK = 0.05  # seconds between two looks at the memory
ROOT = Path(__file__).resolve().parent.parent


class Run(NamedTuple):
    seconds: float
    inputs: int
    documents: int
    first: int  # peak bytes while the first half of the inputs was read
    second: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--passes", type=int, default=20)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    args = parser.parse_args()
    runs = {jobs: run_batch(args.archive.resolve(), args.passes, jobs) for jobs in args.jobs}
    for jobs, run in runs.items():
        peak = max(run.first, run.second)
        print(
            f"jobs {jobs}: {run.inputs} inputs = {run.documents} documents + {run.inputs - run.documents} failures in "
            f"{run.seconds:.1f} s, {run.inputs / run.seconds:.1f} a second; peak memory of the process tree "
            f"{peak / MIB:.0f} MiB, second half over first {run.second / run.first:.3f}"
        )
    if {1, 2} <= set(runs):
        print(f"2 processes over 1: {runs[1].seconds / runs[2].seconds:.2f} times as fast")


def run_batch(archive: Path, passes: int, jobs: int) -> Run:
    """Time one run from its first input to its end, start of the processes included."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder, "sources")
        sources.mkdir()
        for number in range(passes):
            shutil.copy(archive, sources / f"pass-{number:02}{archive.suffix}")
        command = [sys.executable, "-m", "qjreport", "batch", str(sources), "-o", f"{folder}/out", "--log-json"]
        begun = time.monotonic()
        process = subprocess.Popen([*command, "--jobs", str(jobs)], cwd=ROOT, stderr=subprocess.PIPE)
        memory: list[tuple[float, int]] = []
        ended = threading.Event()
        watcher = threading.Thread(target=watch, args=(process.pid, memory, ended))
        watcher.start()
        commits: list[tuple[float, int]] = []
        last: dict[str, int] = {}
        assert process.stderr is not None
        for line in process.stderr:
            event = json.loads(line)
            if event["event"] == "commit":
                commits.append((time.monotonic(), event["inputs"]))
            elif event["event"] == "end":
                last = event
        process.wait()
        seconds = time.monotonic() - begun
        ended.set()
        watcher.join()
    if not last:
        sys.exit(f"the batch failed with code {process.returncode}")
    half = next(moment for moment, inputs in commits if 2 * inputs >= last["inputs"])
    first = max(size for moment, size in memory if moment <= half)
    second = max(size for moment, size in memory if moment > half)
    return Run(seconds, last["inputs"], last["documents"], first, second)


def watch(pid: int, memory: list[tuple[float, int]], ended: threading.Event) -> None:
    while not ended.wait(LOOK):
        memory.append((time.monotonic(), measure_tree(pid)))


def measure_tree(pid: int) -> int:
    """Bytes of memory that a process and its descendants hold (Linux); what they share counts once for each."""
    total = 0
    stack = [pid]
    while stack:
        process = stack.pop()
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096
            for task in Path(f"/proc/{process}/task").iterdir():
                stack += map(int, (task / "children").read_text().split())
        except (OSError, ValueError):
            continue  # it has just ended
    return total


if __name__ == "__main__":
    main()
