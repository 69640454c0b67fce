"""The planner, the ledger, a resume and the linking of a batch with a million inputs, of which none is extracted.

    python benchmarks/planner.py [--inputs 1000000] [--source folders|zip] [--ledger-only] [--place FOLDER]

The inputs are real files in folders of a thousand, or members of a zip; listing, plan, dispatcher, Parquet files and
ledger are those of `qjreport batch`. Only the executor is a stand-in: it answers with made-up results (`made.py`). Each
step runs in a process of its own: a run that is killed when half is committed, one that goes on and is killed before it
links, one that links and finishes, and one that finds nothing to do. `--ledger-only` writes no Parquet files.

Prints the wall time and the processor time of each step, and two figures that have goals: the most memory that any step
held, and the time from the start of a resumed run to the first input that it hands out. What lies in FOLDER is kept;
the steps that you name continue from it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from figures import Ratio, print_ratios, print_table

MIB = 1024 * 1024
MEMORY, RESUME = 1024, 60  # MiB, seconds: what a million inputs may take
STEPS = {
    "plan": "list and plan",
    "kill": "begin, killed when half is committed",
    "resume": "go on, killed when all is committed",
    "finish": "find duplicates and finish",
    "again": "run again, nothing to do",
    "touch": "one input changed",
    "status": "status",
}
KILLED = 9


class Step(NamedTuple):
    title: str
    seconds: float
    marks: dict[str, tuple[float, float]]  # event → seconds from the step's start, wall and processor
    peak: float  # MiB
    said: dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--source", choices=("folders", "zip"), default="folders")
    parser.add_argument("--ledger-only", action="store_true", help="write no Parquet files")
    parser.add_argument("--place", type=Path, metavar="FOLDER", help="a temporary folder if absent")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=[step for step in STEPS if step != "touch"])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = args.place or Path(folder)
        print(f"{args.inputs:,} inputs: {make_sources(args, place / 'sources')}.\n", flush=True)
        steps = [run_step(name, place, args) for name in args.steps]
        print_steps(steps, place / "out", args.inputs)


def make_sources(args: argparse.Namespace, place: Path) -> str:
    from made import FOLDER, make_folders, make_zip

    if not place.exists():
        (make_zip if args.source == "zip" else make_folders)(place, args.inputs)
    return "members of a zip" if args.source == "zip" else f"real files in folders of {FOLDER:,}"


def run_step(name: str, place: Path, args: argparse.Namespace) -> Step:
    """One step in a process of its own, timed from its start to its end."""
    command = [sys.executable, str(Path(__file__).with_name("planner_step.py")), name, str(place)]
    command += ["--ledger-only"] if args.ledger_only else []
    begun = time.time()
    done = subprocess.run([*command, str(begun)], stdout=subprocess.PIPE, env=os.environ)
    seconds = time.time() - begun
    if done.returncode not in (0, KILLED):
        raise SystemExit(f"the step {name} failed with code {done.returncode}")
    said = json.loads(done.stdout)
    print(f"{STEPS[name]}: {seconds:.1f} s, {said}", file=sys.stderr, flush=True)
    return Step(STEPS[name], seconds, said.pop("marks"), said.pop("peak"), said)


def print_steps(steps: list[Step], out: Path, inputs: int) -> None:
    rows = [(step.title, f"{step.seconds:.1f}", f"{step.marks['end'][1]:.1f}", f"{step.peak:.0f}") for step in steps]
    print_table(("step", "seconds", "of the processor", "peak MiB"), rows)
    marks = [(f"{step.title}: {what}", mark) for step in steps for what, mark in step.marks.items() if what != "end"]
    rows = [(title, f"{wall:.1f}", f"{processor:.1f}") for title, (wall, processor) in marks]
    print_table(("until", "seconds", "of the processor"), rows)
    print_table(("on disk", "files", "MiB", "bytes an input"), measure(out, inputs))
    for step in steps:
        print(f"{step.title}: {', '.join(f'{what} {value:,}' for what, value in step.said.items())}.\n")
    ratios = [Ratio("most memory of any step, MiB", max(step.peak for step in steps), MEMORY)]
    handed = [step.marks["first handed out"][0] for step in steps if step.title == STEPS["resume"]]
    print_ratios([*ratios, *(Ratio("resume until an input is handed out, seconds", mark, RESUME) for mark in handed)])


def measure(out: Path, inputs: int) -> list[tuple[str, ...]]:
    rows = []
    for name in ("documents", "facts", "failures", "datapackage.json", "manifest.sqlite"):
        found = list((out / name).iterdir()) if (out / name).is_dir() else [out / name]
        sizes = [path.stat().st_size for path in found if path.exists()]
        rows.append((name, f"{len(sizes):,}", f"{sum(sizes) / MIB:.1f}", f"{sum(sizes) / inputs:.1f}"))
    return rows


if __name__ == "__main__":
    main()
