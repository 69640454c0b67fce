"""Runs every benchmark of single pages and writes RESULTS.md: the machine, the inputs, the figures and their goals.

    python benchmarks/results.py [--archive reports.zip] [--pages FOLDER] [--output benchmarks/RESULTS.md] [--quick]

`make bench ARCHIVE=reports.zip PAGES=FOLDER` calls it. `--quick` reads two pages of each input once, to see that all
of it runs; its figures say little. `batch.py` is run by itself.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from inputs import ROOT, add_options, read_heavy, read_reports
from turns import say

BENCHMARKS = Path(__file__).resolve().parent
LIBRARIES = (
    "qjreport",
    "msgspec",
    "regex",
    "selectolax",
    "beautifulsoup4",
    "trafilatura",
    "readability-lxml",
    "resiliparse",
    "lxml",
    "recognizers-text-number",
)


class Part(NamedTuple):
    script: str
    title: str
    reads: bool  # the archive and the pages
    quick: tuple[str, ...]
    compiled: bool = False  # measures the package as it is released, which `make fast` builds


PARTS = (
    Part("speed.py", "Speed", True, ("--rounds", "1", "--limit", "2"), compiled=True),
    Part("speed.py", "Speed, plain Python", True, ("--rounds", "1", "--limit", "2")),
    Part("stages.py", "Stages", True, ("--rounds", "1", "--limit", "2")),
    Part("cold.py", "Cold start", False, ("--rounds", "1"), compiled=True),
    Part("cold.py", "Cold start, plain Python", False, ("--rounds", "1")),
    Part("large.py", "Large inputs", False, ("--page-bytes", "60000", "--facts", "200", "--pages", "3"), compiled=True),
    Part("growth.py", "Growth", False, ("--rounds", "1", "--doublings", "2", "--shapes", "paragraphs", "table_rows")),
    Part("patterns.py", "Patterns", False, ("--longest", "64", "--most", "3", "--size", "1")),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--output", type=Path, default=BENCHMARKS / "RESULTS.md")
    parser.add_argument("--compiled", type=Path, metavar="FOLDER", help="the package as `make fast` unpacks it")
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    begun = time.monotonic()
    pieces = [write_head(args)]
    for part in PARTS:
        if part.compiled and args.compiled is None:
            continue
        say(f"== {part.title}, after {time.monotonic() - begun:.0f} s")
        pieces.append(f"## {part.title}\n\n`{part.script}`: {first_line(part.script)}\n\n{run_part(part, args)}")
    text = "\n\n".join(pieces) + "\n"
    args.output.write_text(text, encoding="utf-8")
    ratios = [line for line in text.splitlines() if line.endswith((" yes |", " NO |"))]
    say("\n".join(ratios))
    say(f"{args.output}: written in {time.monotonic() - begun:.0f} s")


def run_part(part: Part, args: argparse.Namespace) -> str:
    command = [sys.executable, str(BENCHMARKS / part.script)]
    if part.reads:
        command += [f"--{name}={value}" for name, value in (("archive", args.archive), ("pages", args.pages)) if value]
        if args.limit and not args.quick:
            command += ["--limit", str(args.limit)]
    if args.quick:
        command += part.quick
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if part.compiled:
        environment["PYTHONPATH"] = str(args.compiled.resolve())
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment)
    if done.returncode:
        raise SystemExit(f"{part.script} failed with code {done.returncode}")
    return done.stdout.strip()


def write_head(args: argparse.Namespace) -> str:
    given = [inputs.describe() for inputs in (read_reports(args), read_heavy(args)) if inputs is not None]
    if args.archive is None:
        given[0] += " (no archive was given: these are the samples of the repository)"
    quick = (
        "\nA quick run over two pages: it shows that the benchmarks run, not how fast anything is.\n"
        if args.quick
        else ""
    )
    return (
        "# Results\n\n"
        "Written by `make bench`; README.md in this folder says how each figure is measured. Ratios compare what ran "
        f"in turn in one process, or as processes in turn, on the same inputs.\n{quick}\n"
        f"- machine: {name_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}\n"
        f"- Python: {platform.python_implementation()} {platform.python_version()}\n"
        f"- commit: {name_commit()}\n"
        f"- libraries: {', '.join(name_libraries(LIBRARIES))}\n" + "\n".join(f"- input: {line}" for line in given)
    )


def name_processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unknown processor"


def name_commit() -> str:
    def ask(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip() if not done.returncode else ""

    changed = ask("status", "--porcelain", "--untracked-files=no", "--", "qjreport", "benchmarks/*.py")
    return (ask("rev-parse", "--short=12", "HEAD") or "unknown") + (" with changes" if changed else "")


def name_libraries(names: Sequence[str]) -> list[str]:
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return found


def first_line(script: str) -> str:
    """The first sentence of a script's docstring."""
    opening = (BENCHMARKS / script).read_text(encoding="utf-8").removeprefix('"""').partition("\n\n")[0]
    return " ".join(opening.removesuffix('"""').split())


if __name__ == "__main__":
    main()
