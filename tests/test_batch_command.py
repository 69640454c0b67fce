"""`qjreport batch` and `qjreport status` as processes: what they say, and how they exit."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from archives import make_page, make_pages, make_zip, write
from batches import read_files, start
from conftest import ROOT, Run, undisturbed


@pytest.mark.skipif(os.name != "posix", reason="signals, limits and users of POSIX")
class TestCommand:
    def test_interrupt_says_how_to_go_on(self, tmp_path: Path) -> None:
        source = write(tmp_path / "pages.zip", make_zip(make_pages(200)))
        process = start(tmp_path / "out", source, jobs=1, stderr=subprocess.PIPE, start_new_session=True)
        deadline = time.monotonic() + 30
        while not list((tmp_path / "out").glob("facts/part-*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the whole group
        _, said = process.communicate(timeout=30)
        assert process.returncode == 130, said
        assert b"run the same command again to do the rest" in said
        assert b"Traceback" not in said
        assert not list((tmp_path / "out").glob("*/.part-*"))
        assert start(tmp_path / "out", source, jobs=1).wait() == 0

    @undisturbed
    def test_full_disk(self, tmp_path: Path) -> None:
        """No file may grow larger than a part: to the program this looks like a full disk."""
        source = write(tmp_path / "pages.zip", make_zip(make_pages(12)))

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (6000, resource.RLIM_INFINITY))

        process = start(tmp_path / "out", source, jobs=0, stderr=subprocess.PIPE, preexec_fn=limit)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert b"cannot be written" in said
        assert b"run the same command again" in said
        assert b"Traceback" not in said
        assert start(tmp_path / "out", source, jobs=0).wait() == 0
        assert start(tmp_path / "fresh", source, jobs=0).wait() == 0
        assert read_files(tmp_path / "out") == read_files(tmp_path / "fresh")

    def test_read_only_folder(self, tmp_path: Path) -> None:
        source = write(tmp_path / "pages.zip", make_zip(make_pages(2)))
        (tmp_path / "out").mkdir(mode=0o555)

        def obey() -> None:
            """Root may write anywhere, unless the process gives up that right."""
            if os.getuid() == 0:
                drop, override = 24, 1  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE
                ctypes.CDLL(None).prctl(drop, override, 0, 0, 0)

        process = start(tmp_path / "out", source, jobs=0, stderr=subprocess.PIPE, preexec_fn=obey)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1
        assert b"out: cannot be written: Permission denied" in said

    def test_files_from_and_summary(self, run: Run, tmp_path: Path) -> None:
        for name, page in make_pages(3).items():
            write(tmp_path / "p" / name, page)
        names = b"\0".join(os.fsencode(path) for path in (tmp_path / "p").glob("*")) + b"\0"
        done = run("batch", "--files-from", "-", "-0", "-o", "out", "--jobs", "0", stdin=names)
        assert done.returncode == 0, done.stderr
        assert b"out: 3 inputs = 3 documents + 0 failures; " in done.stderr
        assert done.stdout == b""

    def test_failures_give_exit_code_1_and_skipped_ones_do_not(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "p/1.html", make_page(1))
        write(tmp_path / "p/1.css", b"")
        assert run("batch", "p", "-o", "out", "--jobs", "0").returncode == 0
        write(tmp_path / "p/2.html", b"%PDF-1.7")
        done = run("batch", "p", "-o", "out", "--jobs", "0")
        assert done.returncode == 1
        assert b"3 inputs = 1 document + 2 failures (1 no-page, 1 skipped)" in done.stderr

    def test_log_json(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "p.zip", make_zip(make_pages(5)))
        done = run("batch", "p.zip", "-o", "out", "--jobs", "0", "--shard-size", "2", "--log-json")
        events = [json.loads(line) for line in done.stderr.splitlines()]
        assert events[0]["event"] == "begin"
        assert events[-1]["event"] == "end"
        assert events[-1]["documents"] == 5
        assert [event["inputs"] for event in events if event["event"] == "commit"][-1] == 5

    def test_more_words_read_all_again(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "p/1.html", make_page(1))
        assert run("batch", "p", "-o", "out", "--jobs", "0").returncode == 0
        done = run("batch", "p", "-o", "out", "--jobs", "1", "--lexicon", ROOT / "samples/lexicon.toml")
        assert done.returncode == 0
        assert b"all 1 inputs are read again" in done.stderr
        assert b"1 input read in" in done.stderr
        assert run("batch", "p", "-o", "out", "--lexicon", "missing.toml").returncode == 2

    def test_bar_where_a_person_looks(self, tmp_path: Path) -> None:
        source = write(tmp_path / "p.zip", make_zip(make_pages(3)))
        looked, written = os.openpty()
        command = [sys.executable, "-m", "qjreport", "batch", str(source), "-o", str(tmp_path / "out"), "--jobs", "0"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
        process = subprocess.Popen(command, stderr=written, env=environment)
        os.close(written)
        shown = b""
        try:
            while part := os.read(looked, 65536):
                shown += part
        except OSError:  # this is how Linux says that the other side is closed
            pass
        assert process.wait() == 0
        assert b"3/3" in shown
        assert b"3 documents, " in shown
        assert b"3 inputs = 3 documents + 0 failures" in shown

    def test_usage(self, run: Run, tmp_path: Path) -> None:
        for args in (
            ["batch", "-o", "out"],
            ["batch", "x", "-0", "-o", "out"],
            ["batch", "--files-from", "no", "-o", "o"],
        ):
            assert run(*args).returncode == 2

    def test_status(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path / "p.zip", make_zip(make_pages(3)))
        assert run("status", "out").returncode == 1
        run("batch", "p.zip", "-o", "out", "--jobs", "0")
        done = run("status", "out")
        assert done.returncode == 0
        assert done.stdout.startswith(b"out: finished\n")
        plain = json.loads(run("status", "out", "--json").stdout)
        assert (plain["inputs"], plain["documents"], plain["failures"]) == (3, 3, 0)
        with closing(sqlite3.connect(tmp_path / "out/manifest.sqlite")) as base, base:
            base.execute("UPDATE meta SET value = '' WHERE key = 'finished'")
        assert run("status", "out").returncode == 1
