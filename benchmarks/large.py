"""Large inputs: a page of 55 MB, and exports of 600,000 facts.

    python benchmarks/large.py [--page-bytes 55000000] [--facts 600000] [--pages 3000]

The page has the paragraphs and headings of the samples, over and over with other figures, for lines that a page repeats
are dropped; with the styles that editors write around them it has some seven facts a kilobyte, three times as many as
saved reports have. The dataset is made by `qjreport batch --jobs 2` of pages that are made in the same way, each of
about `--facts` / `--pages` facts. Each command is a process of its own: seconds are wall time, the peak is the largest
that the system saw (Linux, macOS). PYTHONPATH may name another qjreport than the installed one.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from figures import Ratio, print_ratios, print_table
from inputs import ROOT
from turns import say

MIB = 1024 * 1024
PAGE_GOAL, PEAK_GOAL = 40.0, 1.5 * 1024  # seconds, MiB
EXPORT_GOALS = {"sqlite": 10.0, "xlsx": 45.0}  # seconds
TEXTS = ("samples/government-report.html", "samples/cppcc-report.html", "samples/bulletin.html")
LINE = re.compile(r"<(p|h[1-6])>(.*?)</\1>", re.DOTALL)
STYLED = (
    '<{0} style="text-align: justify; text-indent: 2em; line-height: 2em; margin-top: 0px; margin-bottom: 0px;">'
    '<span style="font-family: 仿宋_GB2312, FangSong; font-size: 16pt; color: rgb(51, 51, 51); letter-spacing: 0px;">'
    '<span style="font-size: 16pt; font-family: FangSong; background: rgb(255, 255, 255);">{1}</span></span></{0}>\n'
)
FIGURE = re.compile(r"\d+(?:\.\d+)?(?![\d.年月日—-])")  # what is no date


class Run(NamedTuple):
    seconds: float
    peak: float  # MiB
    said: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page-bytes", type=int, default=55_000_000)
    parser.add_argument("--facts", type=int, default=600_000)
    parser.add_argument("--pages", type=int, default=3000)
    args = parser.parse_args()
    lines, chance = list(read_lines()), random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        say(f"large: a page of {args.page_bytes:,} bytes")
        page = folder / "large.html"
        size = write_page(page, lines, chance, args.page_bytes)
        extract = run_command(folder, "extract", page, "-o", "facts.json")
        rows = [(f"extract a page of {size / 1e6:.0f} MB", *show(extract))]
        ratios = [
            Ratio("seconds: extract a large page", extract.seconds, PAGE_GOAL),
            Ratio("MiB: extract a large page", extract.peak, PEAK_GOAL),
        ]
        say(f"large: a dataset of {args.facts:,} facts")
        batch, facts = make_dataset(folder, lines, chance, args.pages, args.facts)
        rows.append((f"batch of {args.pages:,} pages, two processes", *show(batch)))
        for kind, goal in EXPORT_GOALS.items():
            say(f"large: to {kind}")
            run = run_command(folder, "export", folder / "dataset", "-o", f"facts.{kind}")
            rows.append((f"export {facts:,} facts to {kind}", *show(run)))
            ratios.append(Ratio(f"seconds: export to {kind}", run.seconds, goal))
    print_table(("command", "seconds", "MiB, peak"), rows)
    print_ratios(ratios)


def read_lines() -> Iterator[tuple[str, str]]:
    """Tag and text of every heading and paragraph of the samples."""
    for name in TEXTS:
        yield from LINE.findall((ROOT / name).read_text("utf-8"))


def write_page(path: Path, lines: list[tuple[str, str]], chance: random.Random, size: int) -> int:
    """A page of at least `size` bytes, with other figures in every copy of the lines; how many bytes it has."""
    written = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('<!doctype html><meta charset="utf-8"><title>云溪区2024年政府工作报告</title><article>')
        file.write("<h1>云溪区2024年政府工作报告</h1>\n")
        while written < size:
            for tag, text in lines:
                line = STYLED.format(tag, FIGURE.sub(lambda found: draw(found[0], chance), text))
                written += len(line.encode())
                file.write(line)
                if written >= size:
                    break
        file.write("</article>")
    return path.stat().st_size


def draw(figure: str, chance: random.Random) -> str:
    """Another number with as many digits before and after the point."""
    whole, point, part = figure.partition(".")
    number = str(chance.randint(10 ** (len(whole) - 1), 10 ** len(whole) - 1))
    return number + (f".{chance.randint(1, 9)}" if point and len(part) == 1 else point + part)


def make_dataset(
    folder: Path, lines: list[tuple[str, str]], chance: random.Random, pages: int, facts: int
) -> tuple[Run, int]:
    """The run that made the dataset, and how many facts it has."""
    sources = folder / "sources"
    sources.mkdir()
    trial = folder / "trial.html"
    size = write_page(trial, lines, chance, 30_000)
    counted = count_facts(run_command(folder, "extract", trial, "-o", "facts.json").said)
    for number in range(pages):
        write_page(sources / f"{number:05}.html", lines, chance, size * facts // (counted * pages))
    batch = run_command(folder, "batch", sources, "-o", "dataset", "--jobs", "2")
    return batch, count_facts(batch.said)


def count_facts(said: str) -> int:
    found = re.findall(r"([\d,]+) facts", said)
    if not found:
        raise SystemExit(f"no count of facts in: {said}")
    return int(found[-1].replace(",", ""))


def run_command(folder: Path, *arguments: str | Path) -> Run:
    command = [sys.executable, "-P", "-m", "qjreport", *map(str, arguments)]
    environment = {"PYTHONPATH": str(ROOT), **os.environ}
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode("utf-8", "replace")
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: failed with code {process.returncode}\n{text}")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return Run(seconds, usage.ru_maxrss * unit / MIB, text)


def show(run: Run) -> tuple[str, str]:
    return f"{run.seconds:.1f}", f"{run.peak:.0f}"


if __name__ == "__main__":
    main()
