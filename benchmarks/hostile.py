"""What hostile pages cost at full size: seconds, peak memory, and how many times that of a plain page of the same size.

    python benchmarks/hostile.py [--only WORDS ...] [--scale 1.0]

A process of its own reads each page, and writes pages below 3 MB as JSON, CSV, Markdown, text, outline and explanation.
The plain pages have ordinary paragraphs with ordinary numbers; between the measured sizes their cost is interpolated.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from hostile_pages import CASES, make_plain  # noqa: E402

import qjreport  # noqa: E402
from qjreport.model import Report  # noqa: E402
from qjreport.sources.read import open_source  # noqa: E402
from qjreport.writers import csv_tsv, explanation, jsons, markdown, text  # noqa: E402

MIB = 1024 * 1024
WRITTEN = 3_000_000  # bytes; of larger pages only the reading is measured
PLAIN = (300_000, 1_000_000, 5_000_000, 15_000_000, 100_000_000)


class Cost(NamedTuple):
    read: float  # seconds
    write: float
    peak: float  # MiB
    written: float  # MiB
    facts: int
    note: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[], help="names of cases, or parts of them")
    parser.add_argument("--scale", type=float, default=1.0, help="of the sizes")
    args = parser.parse_args()
    write_all(qjreport.extract(make_plain(1000)))  # loading and compiling happen once and count for no page
    measured: dict[int, Cost] = {}
    print(f"{'':34}    MB  seconds  ratio  peak MiB  ratio  write s  ratio  facts")
    for name, case in CASES.items():
        if args.only and not any(word in name for word in args.only):
            continue
        data = case.make(int(case.full * args.scale))
        size = len(open_source(name, data))
        near = min(PLAIN, key=lambda other: abs(other - size) / other)
        if near not in measured:
            measured[near] = measure(make_plain(near))
            show(f"plain page of {near / 1e6:g} MB", near, measured[near], measured[near], near)
        show(name, size, measure(data), measured[near], near)


def show(name: str, size: int, cost: Cost, base: Cost, near: int) -> None:
    share = size / near
    print(
        f"{name:34} {size / 1e6:5.1f} {cost.read:8.2f} {cost.read / base.read / share:6.2f} {cost.peak:9.0f}"
        f" {cost.peak / base.peak / max(share, 1):6.2f} {cost.write:8.2f} {cost.write / base.write / share:6.2f}"
        f" {cost.facts:6} {cost.note}",
        flush=True,
    )


def measure(data: bytes) -> Cost:
    """Read and write a page in a child; its peak is its own."""
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        os.write(sink, " ".join(map(str, work(data))).encode())
        os._exit(0)
    os.close(sink)
    with os.fdopen(source, "rb") as stream:
        said = stream.read().decode()
    _, status, usage = os.wait4(child, 0)
    if status:
        return Cost(float("nan"), float("nan"), usage.ru_maxrss * 1024 / MIB, 0, 0, f"ended with {status}")
    read, write, peak, written, facts = said.split()
    return Cost(float(read), float(write), float(peak), float(written), int(facts), "")


def work(data: bytes) -> tuple[float, float, float, float, int]:
    begun = time.process_time()
    report = qjreport.extract(open_source("page", data))
    read = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MIB
    written = write_all(report) if len(data) < WRITTEN else 0
    return read - begun, time.process_time() - read, peak, written / MIB, report.counts.facts


def write_all(report: Report) -> int:
    """Every output of a report as bytes, one after the other."""
    return sum(map(len, list_outputs(report)))


def list_outputs(report: Report) -> Iterator[bytes | str]:
    yield jsons.write_json_line(report, audit=True)
    yield csv_tsv.write_facts(report)
    yield markdown.write_facts_markdown(report)
    yield markdown.write_text_markdown(report)
    yield text.write_text(report)
    yield text.write_tree(report)
    reading = explanation.prepare_reading(report)
    yield explanation.write_explanation(reading, explanation.find_explained(report))


if __name__ == "__main__":
    main()
