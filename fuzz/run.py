"""Runs the targets one after another and says what each did: executions, seconds, what it found.

`python -m fuzz.run [TARGET …] --runs N --seconds S`; the figures are libFuzzer's own. With --record they are written
to fuzz/RESULTS.md. Inputs that break a law stay in fuzz/found, and the grown corpus in fuzz/work; git ignores both.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent
TARGETS = ("decode", "numerals", "readers", "pipeline", "archives")
RESULTS = FOLDER / "RESULTS.md"
HEAD = """# Fuzzing: the last run of each target

Written by `python -m fuzz.run --record`: the executions are libFuzzer's own count, `found` is how many inputs broke a
law or were slow or too large. `make fuzz` runs all targets.

| target | executions | seconds | per second | found | commit | Python |
| --- | --- | --- | --- | --- | --- | --- |
"""
SLOWEST = 120  # seconds after which an input counts as found; long, as a shared machine may stand still
MEMORY = 1500  # MB
EXECUTIONS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")


class Result(NamedTuple):
    """What one target did."""

    target: str
    executions: int
    seconds: int
    found: list[Path]


def main() -> None:
    options = read_options()
    if find_spec("atheris") is None:
        sys.exit("atheris is not installed here: `make fuzz` installs it where there is a wheel (Linux on x86-64)")
    results = []
    for target in options.targets or TARGETS:
        commit = name_commit()
        result = run_target(target, options.runs, options.seconds)
        results.append(result)
        rate = result.executions // max(1, result.seconds)
        print(f"{target}: {result.executions} executions in {result.seconds} s ({rate} a second)", end="")
        print(f", found {len(result.found)}", *(f"\n  {path}" for path in result.found), flush=True)
        if options.record:
            record(result, commit)
    sys.exit(any(result.found for result in results))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz.run", description=__doc__)
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all where none is named"
    )
    parser.add_argument("--runs", type=int, default=-1, help="executions of each target; without end where not given")
    parser.add_argument("--seconds", type=int, default=0, help="at most so many for each target")
    parser.add_argument("--record", action="store_true", help="write the figures to fuzz/RESULTS.md")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}: choose of {', '.join(TARGETS)}")
    if options.runs < 0 and not options.seconds:
        parser.error("say --runs or --seconds")
    return options


def run_target(target: str, runs: int, seconds: int) -> Result:
    """One target, from its corpus and what earlier runs have added to it."""
    found, grown = FOLDER / "found", FOLDER / "work" / target
    for folder in (found, grown):
        folder.mkdir(parents=True, exist_ok=True)
    before = set(found.glob(f"{target}-*"))
    words = FOLDER / f"{target}.dict"
    command = [
        *(sys.executable, "-m", "fuzz.harness", target, f"-runs={runs}", f"-max_total_time={seconds}"),
        *(f"-max_len={import_module(f'fuzz.{target}').MAX_LENGTH}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}"),
        *(f"-artifact_prefix={found}/{target}-", "-print_final_stats=1", f"-report_slow_units={SLOWEST}"),
        *([f"-dict={words}"] if words.exists() else []),
        *(str(grown), str(FOLDER / "corpus" / target)),
    ]
    start = time.monotonic()
    log = FOLDER / "work" / f"{target}.log"
    with log.open("wb") as stream:
        done = subprocess.run(command, cwd=FOLDER.parent, stdout=stream, stderr=stream)
    took = round(time.monotonic() - start)
    said = log.read_text(encoding="utf-8", errors="replace")
    new = sorted(path for path in found.glob(f"{target}-*") if path not in before)
    counted = EXECUTIONS.search(said)
    if counted is None or (done.returncode and not new):
        sys.exit(f"{target} did not run:\n{said[-2000:]}")
    return Result(target, int(counted[1]), took, new)


def record(result: Result, commit: str) -> None:
    """The row of one target in RESULTS.md, in place of its last one."""
    rows = {}
    if RESULTS.exists():
        table = RESULTS.read_text(encoding="utf-8").partition(HEAD)[2]
        rows = {row.split("|")[1].strip(): row for row in table.splitlines()}
    rate = result.executions // max(1, result.seconds)
    python = ".".join(map(str, sys.version_info[:3]))
    cells = (
        result.target,
        f"{result.executions:,}",
        result.seconds,
        f"{rate:,}",
        len(result.found),
        commit,
        python,
    )
    rows[result.target] = f"| {' | '.join(map(str, cells))} |"
    text = HEAD + "".join(f"{rows[target]}\n" for target in TARGETS if target in rows)
    RESULTS.write_text(text, encoding="utf-8")


def name_commit() -> str:
    """The commit that ran, with a + if files of the tool or the targets differ from it."""

    def ask(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=FOLDER.parent, capture_output=True, text=True).stdout.strip()

    changed = ask("status", "--porcelain", "--", "qjreport", "fuzz/*.py")
    return ask("rev-parse", "--short=10", "HEAD") + "+" * bool(changed)


if __name__ == "__main__":
    main()
