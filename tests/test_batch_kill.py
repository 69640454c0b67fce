"""`qjreport batch`, killed at any moment: nothing is lost, no byte differs."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from archives import make_page, make_pages, make_tar, write
from batches import read_files, start
from conftest import ROOT

KILLS = 50
SEED = 20261122


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
class TestKills:
    def kill_often(
        self, out: Path, source: Path, kills: int, check: Callable[[], None], renew: Callable[[], None]
    ) -> None:
        """Start it again and again and kill it at random moments; when it reaches its end, begin again from nothing."""
        random_ = random.Random(SEED)
        killed = 0
        while killed < kills:
            process = start(out, source, jobs=2 if killed % 5 == 4 else 0)
            try:
                process.wait(random_.uniform(0.2, 1.0))
                assert process.returncode == 0
                check()
                renew()
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
        assert start(out, source, jobs=2).wait() == 0
        check()

    def test_kills_at_any_moment_change_no_byte(self, tmp_path: Path) -> None:
        source = write(tmp_path / "pages.tar.gz", make_tar(make_pages(60), "gz"))
        assert start(tmp_path / "undisturbed", source, jobs=0).wait() == 0
        wanted = read_files(tmp_path / "undisturbed")
        assert len(wanted) > 60
        out = tmp_path / "out"

        def check() -> None:
            assert read_files(out) == wanted

        self.kill_often(out, source, KILLS, check, lambda: shutil.rmtree(out))

    def test_kills_of_a_renewal_leave_one_of_the_two(self, tmp_path: Path) -> None:
        """When inputs change, the dataset is the old one until it is the new one."""
        folder, out = tmp_path / "pages", tmp_path / "out"
        for name, page in make_pages(16).items():
            write(folder / name, page)
        assert start(out, folder, jobs=0).wait() == 0
        shutil.copytree(out, tmp_path / "old")
        write(folder / "0.html", make_page(90))
        write(folder / "9.html", make_page(91) + b" ")
        assert start(tmp_path / "new", folder, jobs=0).wait() == 0
        wanted = read_files(tmp_path / "new")

        def check() -> None:
            assert read_files(out) == wanted

        def renew() -> None:
            shutil.rmtree(out)
            shutil.copytree(tmp_path / "old", out)

        self.kill_often(out, folder, 8, check, renew)


@pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")
def test_workers_the_group_and_the_run_itself() -> None:
    """Each struck once in a fresh run and once in a renewal; with COUNT, benchmarks/kills.py does it more often."""
    command = [sys.executable, ROOT / "benchmarks" / "kills.py", "6"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1:] == ["6 kills, 6 as undisturbed, 0 not"], done.stdout + done.stderr
    assert done.stdout.splitlines()[0].endswith(", faulthandler, on")
