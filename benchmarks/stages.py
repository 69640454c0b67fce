"""Where the time of an extraction goes: stage by stage, over the floor, and by function.

    python benchmarks/stages.py [--archive reports.zip] [--pages FOLDER] [--rounds 3] [--limit N]

The script times the stages where `qjreport.pipeline` calls them. The floor is the work that no program that reads HTML
and writes JSON can avoid: Lexbor parses the decoded page and gives its text, and msgspec encodes the report as it is;
pages that are plain text have no floor. The profile counts which function was running each time this process had used
another tick of processor time (SIGPROF): own time, like the top edge of a flame graph. It is distorted: Python looks
for signals only between calls and at the ends of loops, so that the time of C code (a pattern, the parser) counts for
the Python function that called it, and what runs for less than a tick (1 to 10 ms, the kernel's choice) shows by
chance.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from figures import as_ms, print_table
from inputs import Inputs, add_options, read_heavy, read_reports
from selectolax.lexbor import LexborHTMLParser
from turns import median_ratio, say, time_in_turn

import qjreport
from qjreport import pipeline
from qjreport.model import Report
from qjreport.writers.jsons import ENCODER, write_json

STAGES = {
    "decode_page": "decode",
    "read_page": "page",
    "find_article": "article",
    "build_outline": "outline",
    "read_quantities": "quantities",
    "build_facts": "facts",
}
TICK = 0.001
MOST_FUNCTIONS = 10
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    for inputs in (read_reports(args), read_heavy(args)):
        if inputs is not None:
            print(f"{inputs.describe()}.\n")
            print_stages(inputs, args.rounds)
            print_floor(inputs, args.rounds)
            print_functions(inputs, args.rounds)


class Clock:
    """Stands in for a stage and adds up the time that it takes."""

    def __init__(self, stage: Callable[..., Any]) -> None:
        self.stage = stage
        self.seconds = 0.0

    def __call__(self, *args: Any, **options: Any) -> Any:
        begun = time.process_time()
        try:
            return self.stage(*args, **options)
        finally:
            self.seconds += time.process_time() - begun


def print_stages(inputs: Inputs, rounds: int) -> None:
    for page in inputs.pages:
        write_json(qjreport.extract(page))
    clocks = {name: Clock(getattr(pipeline, name)) for name in STAGES}
    whole = Clock(qjreport.extract)
    writer = Clock(write_json)
    for name, clock in clocks.items():
        setattr(pipeline, name, clock)
    try:
        for number in range(rounds):
            say(f"stages, {inputs.name}: round {number + 1} of {rounds}")
            for page in inputs.pages:
                writer(whole(page))
    finally:
        for name, clock in clocks.items():
            setattr(pipeline, name, clock.stage)
    seconds = {STAGES[name]: clock.seconds for name, clock in clocks.items()}
    seconds["rest of the report"] = whole.seconds - sum(seconds.values())
    seconds["JSON"] = writer.seconds
    total = sum(seconds.values())
    passes = rounds * len(inputs.pages)
    rows = [(stage, as_ms(taken / passes), f"{taken / total:.1%}") for stage, taken in seconds.items()]
    print_table(("stage", "ms, mean page", "share"), [*rows, ("whole", as_ms(total / passes), "100.0%")])


def print_floor(inputs: Inputs, rounds: int) -> None:
    pairs = []
    for page in inputs.pages:
        decoded = pipeline.decode_page(page, None)
        if decoded.media_type == "text/html":
            pairs.append((page, decoded.text, qjreport.extract(page)))
    if not pairs:
        return
    times = time_in_turn({"whole": do_whole, "floor": do_floor}, pairs, rounds, f"stages, the floor of {inputs.name}")
    ratio = median_ratio(times["whole"], times["floor"])
    print(f"Report and JSON over the floor, median of {len(pairs)} pages: {ratio:.1f} times.\n")


def do_whole(given: tuple[bytes, str, Report]) -> bytes:
    return write_json(qjreport.extract(given[0]))


def do_floor(given: tuple[bytes, str, Report]) -> tuple[str, bytes]:
    body = LexborHTMLParser(given[1].encode("utf-8", "replace")).body
    return body.text() if body is not None else "", ENCODER.encode(given[2])


def print_functions(inputs: Inputs, rounds: int) -> None:
    if not hasattr(signal, "SIGPROF"):
        print("This system has no SIGPROF, which the sampling of functions needs.\n")
        return
    seen: Counter[tuple[str, str]] = Counter()

    def note(_number: int, frame: FrameType | None) -> None:
        if frame is not None:
            seen[name_place(frame.f_code.co_filename), frame.f_code.co_qualname] += 1

    say(f"stages, functions of {inputs.name}")
    before = signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
    try:
        for page in inputs.pages * rounds:
            write_json(qjreport.extract(page))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    samples = seen.total()
    if not samples:
        print("The pages were read within a tick: there are no samples of functions.\n")
        return
    print(f"Own time by function, {samples} samples.\n")
    most = seen.most_common(MOST_FUNCTIONS)
    print_table(
        ("function", "share"), [(f"{place}: {name}", f"{count / samples:.1%}") for (place, name), count in most]
    )


def name_place(file: str) -> str:
    """A module's file for the results, without the folder that it is installed in.

    >>> name_place("<frozen importlib._bootstrap>")
    '<frozen importlib._bootstrap>'
    """
    path = Path(file)
    if path.is_relative_to(ROOT / "qjreport"):
        return path.relative_to(ROOT).as_posix()
    return "/".join(path.parts[-2:])


if __name__ == "__main__":
    main()
