"""What a person at a terminal waits for: how long a command says nothing, and how soon it ends after Ctrl-C.

    python benchmarks/waiting.py [--page PAGE] [--dataset DATASET] [--moments 4] [--only WORD ...]

Commands run in a terminal of their own (a pty). Each runs once to its end: the longest time for which the terminal got
nothing new. Then it runs again as many times as there are `--moments`, is interrupted (SIGINT to the group, as the
terminal sends it) at moments spread over that time, and the script prints how long it took to end, at worst, with which
code, and whether anything was left in its folder. Without a page it makes one of 55 MB; without a dataset it leaves
out what needs one.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from figures import print_table
from inputs import ROOT

sys.path[:0] = [str(ROOT / "tests")]

from hostile_pages import make_plain  # noqa: E402

LARGE = 55_000_000  # bytes
SHORT = 2.0  # seconds that a person waits without a word
INTERRUPTED = 130
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}


class Run(NamedTuple):
    seconds: float  # the whole run
    silence: float  # the longest time without a new character
    first: float  # until the first character
    after: float  # from the interruption to the end
    code: int
    said: bytes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--dataset", type=Path)
    parser.add_argument("--moments", type=int, default=4)
    parser.add_argument("--only", nargs="*", default=[], help="commands with one of these words")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = args.page.resolve() if args.page else folder / "large.html"
        if not args.page:
            page.write_bytes(make_plain(LARGE))
        out = folder / "out"
        rows = []
        for command in list_commands(page, args.dataset and args.dataset.resolve()):
            if args.only and not any(word in " ".join(map(str, command)) for word in args.only):
                continue
            rows.append(measure(command, out, args.moments))
            print(" ".join(rows[-1]), file=sys.stderr, flush=True)
        titles = ("command", "seconds", "silent", "after Ctrl-C", "codes", "left over")
        print_table(titles, rows)


def list_commands(page: Path, dataset: Path | None) -> list[tuple[str | Path, ...]]:
    commands: list[tuple[str | Path, ...]] = [
        ("extract", page, "-o", "facts.json"),
        ("extract", page, "-o", "facts.csv"),
        ("extract", page, "--reader", "soup", "-o", "facts.json"),
        ("text", page, "-o", "text.txt"),
        ("outline", page, "-o", "tree.json"),
        ("audit", page),
        ("explain", page, "1"),
        ("review", page, "-o", "review.html"),
        ("batch", page.parent, "-o", "dataset"),
    ]
    if dataset is not None:
        commands += [("export", dataset, "-o", f"facts.{kind}") for kind in ("csv", "jsonl", "sqlite", "xlsx")]
        commands += [
            ("panel", dataset, "-o", "panel.csv"),
            ("panel", dataset, "-o", "panel.xlsx"),
            ("track", dataset, "-o", "track.csv"),
            ("check", dataset, "-o", "check.csv"),
            ("status", dataset),
            ("review", dataset, "--sample", "200", "-o", "review.html"),
        ]
    return commands


def measure(command: tuple[str | Path, ...], out: Path, moments: int) -> tuple[str, ...]:
    out.mkdir(exist_ok=True)
    whole = run(command, out)
    clear(out)
    worst, codes, left = 0.0, {whole.code}, set()
    for index in range(moments):
        struck = run(command, out, whole.seconds * (index + 1) / (moments + 1))
        worst = max(worst, struck.after)
        codes.add(struck.code)
        left |= clear(out)
    name = " ".join(part.name if isinstance(part, Path) else part for part in command)
    ends = " ".join(map(str, sorted(codes)))
    return (name, f"{whole.seconds:.1f}", f"{whole.silence:.1f}", f"{worst:.2f}", ends, " ".join(sorted(left)) or "-")


def clear(out: Path) -> set[str]:
    """The names in a folder, which goes, all of it."""
    names = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    subprocess.run(["rm", "-rf", str(out)], check=True)
    out.mkdir()
    return names


def run(command: tuple[str | Path, ...], folder: Path, strike: float | bytes | None = None) -> Run:
    """One run in a terminal; it is interrupted after so many seconds, or once these bytes are shown."""
    begun = time.monotonic()
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(folder)
        os.execve(sys.executable, [sys.executable, "-m", "qjreport", *map(str, command)], ENV)
    said, first, last, silence, struck = b"", 0.0, begun, 0.0, 0.0
    while True:
        now = time.monotonic()
        due = strike in said if isinstance(strike, bytes) else strike is not None and now - begun >= strike
        if due and not struck:
            os.killpg(pid, signal.SIGINT)
            struck = now
        ready, _, _ = select.select([terminal], [], [], 0.02)
        if ready:
            try:
                piece = os.read(terminal, 65536)
            except OSError:
                piece = b""
            now = time.monotonic()
            silence, last, first = max(silence, now - last), now, first or now - begun
            if not piece:
                break
            said += piece
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    end = time.monotonic()
    return Run(end - begun, silence, first, end - struck if struck else 0.0, os.waitstatus_to_exitcode(status), said)


if __name__ == "__main__":
    main()
