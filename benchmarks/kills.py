"""Ends batches from outside, in three ways and at random moments: `python benchmarks/kills.py [COUNT] [SEED] [LIB]`.

Ways: SIGKILL to one of the processes that read, SIGTERM to the whole process group (what service managers send), and
SIGKILL to the run itself. Each in turn strikes a fresh run and the renewal of a dataset. Then the same command runs
again, once, without --retry, and has to leave the bytes of an undisturbed run. Between the two, `status` and `export`
look at what is there: they may show the old dataset, the new one or the committed part of it, or refuse; they may not
end with a traceback, and a renewal may not show rows of neither.

The runs and the processes that read for them have faulthandler on: a fault of the interpreter or of a library shows
where it was, and counts as wrong. LIB is the folder of another build (build/fast/lib, which `make fast` makes).
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES, CHANGED = 24, 8
SENTENCE = "<p>全年办理提案{}件，比上年增长{}.3%，完成重点项目投资{}亿元，新建和改扩建学校{}所。</p>\n"
WAYS = ("worker", "group", "parent")
STATES = ("fresh", "renewal")
MOST = 300.0  # seconds that a run may take
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"}
FAULT = re.compile(rb"Fatal Python error|Windows fatal exception")


def make_page(number: int, sentences: int = 120) -> str:
    rows = (SENTENCE.format(number + row, row % 17, row * 7, row % 9 + 1) for row in range(sentences))
    return f"<h1>白溪区{2000 + number % 20}年政协工作报告</h1>\n" + "".join(rows)


def start(out: Path, pages: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "qjreport", "batch", pages, "-o", out, "-q", "-j", "2", "--shard-size", "2"]
    return subprocess.Popen(
        list(map(str, command)), env=ENV, cwd=ENV["PYTHONPATH"], stderr=subprocess.PIPE, start_new_session=True
    )


def call(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "qjreport", *map(str, arguments)], env=ENV, cwd=ENV["PYTHONPATH"], capture_output=True
    )


def read_files(out: Path) -> dict[str, bytes]:
    paths = [*out.glob("*/part-*.parquet"), out / "datapackage.json"]
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(paths) if path.exists()}


def list_workers(parent: int) -> list[int]:
    """The processes that read: children of the run that multiprocessing has spawned."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if (
                f"PPid:\t{parent}\n" in (path / "status").read_text()
                and b"spawn_main" in (path / "cmdline").read_bytes()
            ):
                found.append(int(path.name))
        except OSError:
            continue  # it has ended meanwhile
    return found


def strike(run: subprocess.Popen[bytes], way: str, random_: random.Random) -> bool:
    """Whether there was somebody to strike."""
    if way == "group":
        os.killpg(run.pid, signal.SIGTERM)
        return True
    if way == "parent":
        run.kill()
        return True
    end = time.monotonic() + MOST
    while run.poll() is None and time.monotonic() < end:
        if workers := list_workers(run.pid):
            os.kill(random_.choice(workers), signal.SIGKILL)
            return True
        time.sleep(0.02)
    return False


# Which build it is, and whether faulthandler is on, in a process that multiprocessing spawns too.
TELL = """
import faulthandler, multiprocessing, sys
import qjreport.fact.period as stage
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        on = faulthandler.is_enabled() and pool.apply(faulthandler.is_enabled)
    build = "plain Python" if stage.__file__.endswith(".py") else "compiled"
    print(build, "faulthandler", "on" if on else "OFF", sep=", ")
"""


def tell_build() -> str:
    command = [sys.executable, "-c", TELL]
    done = subprocess.run(command, env=ENV, cwd=ENV["PYTHONPATH"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Trial:
    """Folders, and what undisturbed runs give."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.pages = {state: place / f"pages-{state}" for state in STATES}
        self.wanted: dict[str, dict[str, bytes]] = {}
        self.shown: dict[str, bytes] = {}
        self.seconds = {}
        pages = place / "pages"
        pages.mkdir()
        for state in STATES:
            for number in range(PAGES):
                changed = state == "renewal" and number % (PAGES // CHANGED) == 0
                (pages / f"{number}.html").write_text(make_page(number + 100 * changed))
            shutil.copytree(pages, self.pages[state], copy_function=shutil.copy2)
            out = place / f"undisturbed-{state}"
            begun = time.monotonic()
            run = start(out, self.place_pages(state))
            assert run.wait() == 0, run.stderr and run.stderr.read()
            self.seconds[state] = time.monotonic() - begun
            self.wanted[state] = read_files(out)
            self.shown[state] = call("export", out).stdout

    def place_pages(self, state: str) -> Path:
        """The pages under the one name that addresses have, with their times."""
        pages = self.place / "pages"
        shutil.rmtree(pages)
        shutil.copytree(self.pages[state], pages, copy_function=shutil.copy2)
        return pages

    def run(self, way: str, state: str, random_: random.Random) -> tuple[str, list[str]]:
        """How the struck run ended, and what was wrong."""
        out, pages = self.place / "out", self.place_pages(state)
        if state == "renewal":
            shutil.copytree(self.place / "undisturbed-fresh", out)
        struck = start(out, pages)
        time.sleep(random_.uniform(0.2, self.seconds[state]))
        landed = struck.poll() is None and strike(struck, way, random_)
        _, said = struck.communicate(timeout=MOST)
        ended = f"exit code {struck.returncode}" if landed else "was over before"
        wrong = ["a traceback of the struck run"] if b"Traceback" in said and way != "parent" else []
        wrong += find_fault(said)
        wrong += self.look(out, state)
        again = start(out, pages)
        _, said = again.communicate(timeout=MOST)
        if again.returncode:
            wrong.append(f"the second run ended with {again.returncode}: {said.decode()[-200:]}")
        wrong += find_fault(said)
        if read_files(out) != self.wanted[state]:
            wrong.append("another dataset than that of an undisturbed run")
        shutil.rmtree(out)
        return ended, wrong

    def look(self, out: Path, state: str) -> list[str]:
        """What a reader finds wrong between the two runs."""
        wrong = []
        for command in ("status", "export"):
            done = call(command, out)
            if b"Traceback" in done.stderr:
                wrong.append(f"{command} ends with a traceback")
            wrong += find_fault(done.stderr)
            whole = command == "export" and state == "renewal" and done.returncode == 0
            if whole and done.stdout not in self.shown.values():
                wrong.append("export shows neither the old dataset nor the new one")
        return wrong


def find_fault(said: bytes) -> list[str]:
    """A crash of the interpreter, with the place that faulthandler tells.

    >>> find_fault(b"Fatal Python error: Segmentation fault\\n\\nCurrent thread (most recent call first)")
    ['Fatal Python error: Segmentation fault; Current thread (most recent call first)']
    """
    match = FAULT.search(said)
    lines = said[match.start() :].decode("utf-8", "replace").split("\n") if match else []
    return ["; ".join(line.strip() for line in lines if line.strip())] if lines else []


def main(count: int = 100, seed: int = 20, lib: str | None = None) -> int:
    if lib is not None:
        ENV["PYTHONPATH"] = str(Path(lib).resolve())
    print(tell_build(), flush=True)
    random_ = random.Random(seed)
    tally: Counter[tuple[str, str]] = Counter()
    ends: dict[tuple[str, str], Counter[str]] = {}
    bad = struck = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        while struck < count:
            way, state = WAYS[struck % len(WAYS)], STATES[struck // len(WAYS) % len(STATES)]
            ended, wrong = trial.run(way, state, random_)
            ends.setdefault((way, state), Counter())[ended] += 1
            if ended == "was over before":
                continue
            struck += 1
            tally[way, state] += not wrong
            bad += bool(wrong)
            for message in wrong:
                print(f"{struck} {way} {state}: {message}", flush=True)
    print("| struck | run | kills | the same command again gives the undisturbed dataset | how the struck runs ended |")
    print("| --- | --- | --- | --- | --- |")
    for (way, state), how in ends.items():
        kills = sum(number for ended, number in how.items() if ended != "was over before")
        told = ", ".join(f"{number} × {ended}" for ended, number in sorted(how.items()) if ended != "was over before")
        print(f"| {way} | {state} | {kills} | {tally[way, state]} | {told} |")
    print(f"{struck} kills, {struck - bad} as undisturbed, {bad} not")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:]))
