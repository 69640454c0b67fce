"""The start of the commands as processes of their own, against trafilatura's, in turn.

    python benchmarks/cold.py [--page samples/cppcc-report.html] [--rounds 21]

Each round runs every command once, in turned order, with its output to the null device. A round's ratio is one of wall
time, from before the process is created until it has ended; the ratios shown are medians over the rounds. The table
also shows processor time, which other processes disturb less. The commands are the scripts next to this Python. A round
before the first writes the bytecode and warms the disk's cache: the process starts cold, the machine does not.
PYTHONPATH may name another qjreport than the installed one.

`nothing kept` runs a copy of the package as pip installs it, with bytecode and with what a wheel brings, where nothing
is written between runs (`PYTHONDONTWRITEBYTECODE`, as container images set it).
"""

from __future__ import annotations

import argparse
import compileall
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import NamedTuple

from figures import Ratio, as_ms, name_way, print_ratios, print_table
from turns import median_ratio, say

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
SMALL = ROOT / "samples" / "cppcc-report.html"
EXTRACT_GOAL, UNKEPT_GOAL, HELP_GOAL = 0.65, 1.0, 0.5
UNKEPT = "the same, nothing kept"


class Start(NamedTuple):
    wall: float
    processor: float  # of the process, user and system


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", type=Path, default=SMALL)
    parser.add_argument("--rounds", type=int, default=21)
    args = parser.parse_args()
    own, other = find_script("qjreport"), find_script("trafilatura")
    commands = {
        "trafilatura < page": [other],
        "qjreport extract page --format json": [own, "extract", str(args.page), "--format", "json"],
        "qjreport --help": [own, "--help"],
        "qjreport --version": [own, "--version"],
        "python -c pass": [sys.executable, "-c", "pass"],
    }
    with tempfile.TemporaryDirectory() as folder:
        copy_package(Path(folder))
        commands[UNKEPT] = [sys.executable, "-P", "-m", "qjreport", "extract", str(args.page), "--format", "json"]
        starts = run_in_turn(commands, args.page, args.rounds, Path(folder))
    print(f"{args.page.name}: 1 page, {args.page.stat().st_size:,} bytes; medians of {args.rounds} rounds.\n")
    rows = [
        (name, as_ms(median(one.wall for one in runs)), as_ms(median(one.processor for one in runs)))
        for name, runs in starts.items()
    ]
    print_table(("command", "ms, wall", "ms, processor"), rows)
    walls = {name: [start.wall for start in runs] for name, runs in starts.items()}
    base, extract, usage = (walls[name] for name in list(commands)[:3])
    unkept = walls[UNKEPT]
    way = name_way()
    print_ratios(
        [
            Ratio(f"start: qjreport extract over trafilatura{way}", median_ratio(extract, base), EXTRACT_GOAL),
            Ratio(f"start: nothing kept over trafilatura{way}", median_ratio(unkept, base), UNKEPT_GOAL),
            Ratio(f"start: qjreport --help over trafilatura{way}", median_ratio(usage, base), HELP_GOAL),
        ]
    )


def find_script(name: str) -> str:
    for path in (SCRIPTS / name, SCRIPTS / f"{name}.exe"):
        if path.is_file():
            return str(path)
    raise SystemExit(f"there is no script {name} next to this Python: pip install -e '.[bench]', or make bench")


def copy_package(folder: Path) -> None:
    """The package as it is installed: with bytecode, and without what a run has kept."""
    spec = find_spec("qjreport")
    assert spec is not None and spec.origin is not None
    package = Path(spec.origin).parent
    shutil.copytree(package, folder / "qjreport", ignore=shutil.ignore_patterns("__pycache__"))
    for library in package.parent.glob("*__mypyc*"):  # what the compiled stages share
        shutil.copy(library, folder)
    compileall.compile_dir(folder, quiet=2)


def run_in_turn(commands: dict[str, list[str]], page: Path, rounds: int, folder: Path) -> dict[str, list[Start]]:
    starts: dict[str, list[Start]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        names = list(commands)
        if number % 2:
            names.reverse()
        for name in names:
            unkept = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"} if name == UNKEPT else {}
            start = run_once(commands[name], page, unkept)
            if number:
                starts[name].append(start)
        if number % 5 == 1:
            say(f"cold: round {number} of {rounds}")
    return starts


def run_once(command: list[str], page: Path, settings: dict[str, str]) -> Start:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON") or key == "PYTHONPATH"}
    clean |= settings
    with page.open("rb") as stdin:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        done = subprocess.run(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean)
        wall = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} {' '.join(command[1:])}: failed with code {done.returncode}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Start(wall, spent)


if __name__ == "__main__":
    main()
