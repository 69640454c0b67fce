"""Processes that list crawls end with their planner, whatever ends it; names may be no text."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import PAGES, make_records, pack_records, write
from conftest import ROOT, Run
from crawls import tell_all
from entries import list_all

pytest.importorskip("pyarrow", reason="needs the extra archive")

from qjreport.batch import listing
from qjreport.batch.listing import KeptListing, Listing, Wanted
from qjreport.sources.confined import Bounds
from qjreport.sources.file_names import Choice
from qjreport.sources.walk import walk_paths

PLANNER = """
import time
from qjreport.sources.confined import Bounds, Confined
confined = [Confined(Bounds()) for _ in range(2)]
for one in confined:
    one.start()
print(*[one.process.pid for one in confined], flush=True)
print("ready", flush=True)
time.sleep(600)
"""


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at processes as Linux shows them")
def test_processes_end_with_the_planner(tmp_path: Path) -> None:
    script = write(tmp_path / "planner.py", PLANNER.encode())
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    planner = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, env=environment)
    assert planner.stdout is not None
    pids = [int(pid) for pid in planner.stdout.readline().split()]
    assert planner.stdout.readline() == b"ready\n"
    assert [is_alive(pid) for pid in pids] == [True, True]
    planner.send_signal(signal.SIGKILL)
    planner.wait()
    planner.stdout.close()
    deadline = time.monotonic() + 60
    while any(map(is_alive, pids)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [is_alive(pid) for pid in pids] == [False, False]


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="file names there are text")
@pytest.mark.parametrize("globs", [(), (os.fsdecode(b"*\xff*"), "*")])
def test_names_that_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, globs: tuple[str, ...]) -> None:
    monkeypatch.setattr(listing, "SPAN", 1000)
    path = write(tmp_path / os.fsdecode(b"\xd6\xd8.warc.gz"), pack_records(make_records(PAGES.values()), "gz"))
    made = Listing(Wanted(Choice(globs), bounds=Bounds()), KeptListing(tmp_path), 2)
    found = list(made.list(walk_paths([str(path)], Choice(), None)))
    assert tell_all(found) == tell_all(list_all(path))
    assert len(found) == len(PAGES)


def test_words_that_are_no_text(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.html", PAGES["1.html"])
    done = run("batch", "a.html", "-o", "out", "--match", os.fsdecode(b"\xff\xfe"))
    assert (done.returncode, b"are no words" in done.stderr) == (2, True)
