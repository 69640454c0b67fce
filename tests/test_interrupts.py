"""Long work at a terminal: something is shown while it lasts, and Ctrl-C ends it soon and leaves nothing half written.

The times are those of a busy machine; `python benchmarks/waiting.py` measures them, with large pages and datasets.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from archives import make_page, write
from conftest import ROOT
from hostile_pages import make_plain

from qjreport.commands.outputs import PIECE, write_all
from qjreport.commands.progress import wait_for

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")

SOON = 10.0  # seconds; on a quiet machine it is less than one
LARGE = 6_000_000  # bytes of a page that takes some ten seconds
INTERRUPTED = 130


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("large") / "large.html", make_plain(LARGE))


def strike(folder: Path, command: list[str | Path], wanted: bytes) -> tuple[int, float, bytes]:
    """Run it in a terminal, interrupt it once that is shown: the exit code, the seconds to the end, what was said."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from waiting import run
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))
    ran = run(tuple(command), folder, wanted)
    return ran.code, ran.after, ran.said


@pytest.mark.parametrize("options", [["-o", "a.json"], ["-o", "a.csv"], ["--reader", "soup", "-o", "a.json"]])
def test_a_large_page(large: Path, tmp_path: Path, options: list[str]) -> None:
    code, seconds, said = strike(tmp_path, ["extract", large, *options], b"6 MB, reading")
    assert code == INTERRUPTED
    assert seconds < SOON
    assert b"Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_review_of_a_large_page(large: Path, tmp_path: Path) -> None:
    code, seconds, said = strike(tmp_path, ["review", large, "-o", "review.html"], b"reading")
    assert (code, list(tmp_path.iterdir())) == (INTERRUPTED, [])
    assert seconds < SOON
    assert b"Traceback" not in said


def test_panel(tmp_path: Path) -> None:
    pytest.importorskip("polars", reason="needs the extra panel")
    from batches import do_batch

    for year in range(3):
        write(tmp_path / "pages" / f"{year}.html", make_page(year))
    do_batch(tmp_path / "data", tmp_path / "pages")
    (tmp_path / "out").mkdir()
    code, seconds, said = strike(
        tmp_path / "out", ["panel", tmp_path / "data", "-o", "a.csv"], b"reading the documents"
    )
    assert (code, list((tmp_path / "out").iterdir())) == (INTERRUPTED, [])
    assert seconds < SOON
    assert b"Traceback" not in said


def test_waiting_is_interrupted_though_the_work_does_not_listen() -> None:
    begun = time.monotonic()
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        wait_for(lambda: time.sleep(60))
    assert time.monotonic() - begun < SOON


def test_waiting_gives_what_the_work_gives() -> None:
    assert wait_for(lambda: 459) == 459
    with pytest.raises(LookupError, match="none"):
        wait_for(lambda: next(iter(()), None) or fail())


def fail() -> int:
    raise LookupError("none")


def test_large_outputs_are_written_in_pieces() -> None:
    pieces: list[bytes] = []
    data = bytes(range(256)) * (PIECE // 100)
    write_all(lambda piece: pieces.append(piece) or len(piece), data)
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) == PIECE


STARTED = """
import threading, time
from qjreport.commands import leave
from qjreport.sources.confined import hide_main

def start():
    with hide_main():
        begun.set()
        time.sleep({seconds})
        print("told", flush=True)

begun = threading.Event()
threading.Thread(target=start).start()
begun.wait()
leave()
"""


@pytest.mark.parametrize(("seconds", "said"), [(0.1, "told\n"), (30.0, "")])
def test_a_process_that_is_being_started_is_told_what_it_is_for(seconds: float, said: str) -> None:
    """Ended between the two, the run left it with a traceback: EOFError: Ran out of input."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", STARTED.format(seconds=seconds)], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (INTERRUPTED, said, "")
    assert time.monotonic() - begun < SOON
