"""`qjreport batch`: nothing is lost, whatever happens; the same inputs give the same bytes."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from archives import make_page, make_pages, make_records, make_tar, make_zip, pack_records, write
from conftest import ROOT, Run

pytest.importorskip("pyarrow", reason="needs the extra archive")

from qjreport.batch import child, dispatch, supervise
from qjreport.batch.dataset import read_standing
from qjreport.batch.errors import BatchError, StoppedError
from qjreport.batch.lock import lock_folder
from qjreport.batch.run import Outcome, Request, run_batch
from qjreport.batch.work import Item, Result, Settings
from qjreport.commands.progress import Progress
from qjreport.sources.limits import MIB
from qjreport.sources.names import Choice
from qjreport.writers.parquet import read_parquet

KILLS = 50
SEED = 20261122


class Said(Progress):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.commits = 0

    def say(self, message: str) -> None:
        self.said.append(message)

    def commit(self, *_: object) -> None:
        self.commits += 1


def do_batch(out: Path, *paths: Path, jobs: int = 0, listener: Progress | None = None, **options: Any) -> Outcome:
    request = Request(paths=tuple(map(str, paths)), out=out, jobs=jobs, **options)
    return run_batch(request, listener or Progress())


def read_files(out: Path) -> dict[str, bytes]:
    """The dataset but for its ledger, which has the times."""
    paths = [*out.glob("*/part-*.parquet"), out / "datapackage.json"]
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(paths)}


def read_table(out: Path, table: str) -> list[dict[str, Any]]:
    return [row for path in sorted(out.glob(f"{table}/part-*.parquet")) for row in read_parquet(path).to_pylist()]


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with pages, archives, and some that fail."""
    folder = tmp_path / "sources"
    for name, page in make_pages(5).items():
        write(folder / name, page)
    write(folder / "style.css", b"p {}")
    write(folder / "z.pdf.html", b"%PDF-1.7")
    write(folder / "2024.zip", make_zip({f"区/{name}": page for name, page in make_pages(6).items()}))
    records = make_records(make_page(number) for number in range(20, 24))
    write(folder / "crawl.warc.gz", pack_records(records, "gz")[:-30])
    return folder


class TestDataset:
    def test_inputs_are_documents_and_failures(self, sources: Path, tmp_path: Path) -> None:
        outcome = do_batch(tmp_path / "out", sources)
        assert (outcome.inputs, outcome.documents, outcome.failures) == (17, 14, 3)
        assert outcome.errors == {"damaged": 1, "no-page": 1, "skipped": 1}
        documents, failures = (read_table(tmp_path / "out", table) for table in ("documents", "failures"))
        assert [Path(row["source"]).name for row in documents][:5] == [f"{number}.html" for number in range(1, 6)]
        facts = read_table(tmp_path / "out", "facts")
        assert len(facts) == outcome.facts == sum(row["facts"] for row in documents)
        assert {row["document"] for row in facts} <= {row["id"] for row in documents}
        assert len(documents) + len(failures) == outcome.inputs
        assert next(row["offset"] for row in failures if row["error"] == "damaged") > 0

    def test_the_same_bytes_whatever_reads_them(
        self, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        do_batch(tmp_path / "0", sources, shard=4)
        wanted = read_files(tmp_path / "0")
        assert len(wanted) > 9
        for jobs in (1, 2):
            do_batch(tmp_path / str(jobs), sources, jobs=jobs, shard=4)
            assert read_files(tmp_path / str(jobs)) == wanted
        context = multiprocessing.get_context("spawn")
        monkeypatch.setattr(dispatch, "make_executor", lambda jobs: ProcessPoolExecutor(jobs, mp_context=context))
        do_batch(tmp_path / "pool", sources, jobs=2, shard=4)
        assert read_files(tmp_path / "pool") == wanted

    def test_globs_and_output_among_the_sources(self, sources: Path) -> None:
        for _ in range(2):
            outcome = do_batch(sources / "out", sources, choice=Choice(include=("[1-5].html",), exclude=("*.warc.gz",)))
            assert outcome.inputs == outcome.documents == 10

    def test_no_input_is_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        with pytest.raises(BatchError, match="hold no input"):
            do_batch(tmp_path / "out", tmp_path / "empty")


class TestRuns:
    def test_unchanged_inputs_are_skipped(self, sources: Path, tmp_path: Path) -> None:
        do_batch(tmp_path / "out", sources)
        told = Said()
        assert do_batch(tmp_path / "out", sources, listener=told).read == 0
        assert told.said == ["all 17 inputs are as they were and skipped"]

    def test_new_and_changed_inputs_are_read(self, sources: Path, tmp_path: Path) -> None:
        do_batch(tmp_path / "out", sources, shard=4)
        write(sources / "0.html", make_page(77))
        write(sources / "3.html", make_page(78) + b" ")
        told = Said()
        outcome = do_batch(tmp_path / "out", sources, listener=told, shard=4)
        assert told.said == ["2 inputs are new or changed, 16 are as they were and skipped"]
        assert outcome.read <= 3  # the damaged record is told of again
        do_batch(tmp_path / "fresh", sources, shard=4)
        assert read_files(tmp_path / "out") == read_files(tmp_path / "fresh")
        assert {path.name for path in (tmp_path / "out").iterdir()} == {
            *("documents", "facts", "failures", "datapackage.json", "manifest.sqlite", ".lock")
        }

    def test_another_version_reads_all_again_and_says_so(
        self, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        do_batch(tmp_path / "out", sources)
        monkeypatch.setattr("qjreport.__version__", "9.9.9")
        told = Said()
        assert do_batch(tmp_path / "out", sources, listener=told).read == 15  # all that are not failed by their name
        assert "this is qjreport 9.9.9" in told.said[0]
        assert "all 17 inputs are read again" in told.said[0]

    def test_inputs_that_are_gone_are_not_dropped_unasked(self, sources: Path, tmp_path: Path) -> None:
        do_batch(tmp_path / "out", sources)
        (sources / "3.html").unlink()
        with pytest.raises(BatchError, match=r"1 inputs that are not among these sources: .*3\.html"):
            do_batch(tmp_path / "out", sources)
        assert len(read_table(tmp_path / "out", "documents")) == 14
        assert do_batch(tmp_path / "out", sources, prune=True).documents == 13
        assert len(read_table(tmp_path / "out", "documents")) == 13

    def test_stop_finishes_the_shard_at_hand(self, sources: Path, tmp_path: Path) -> None:
        told = Said()
        request = Request(paths=(str(sources),), out=tmp_path / "out", jobs=0, shard=2)
        with pytest.raises(StoppedError):
            run_batch(request, told, lambda: told.commits > 0 or told.done > 0)
        assert told.commits == 1
        run_batch(request, Said())
        do_batch(tmp_path / "fresh", sources, shard=2)
        assert read_files(tmp_path / "out") == read_files(tmp_path / "fresh")

    def test_second_run_on_the_same_output(self, sources: Path, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        with (
            lock_folder(tmp_path / "out"),
            pytest.raises(BatchError, match=rf"another run .* \(process {os.getpid()}\)"),
        ):
            do_batch(tmp_path / "out", sources)

    def test_inputs_that_are_again_what_they_were(self, sources: Path, tmp_path: Path) -> None:
        """A renewal that was begun is dropped when its inputs are gone again."""
        request = Request(paths=(str(sources),), out=tmp_path / "out", jobs=0, shard=2)
        run_batch(request, Said())
        before = read_files(tmp_path / "out")
        page = write(sources / "0.html", make_page(77))
        told = Said()
        with pytest.raises(StoppedError):
            run_batch(request, told, lambda: told.commits > 0)
        assert read_standing(tmp_path / "out").renewal
        assert read_files(tmp_path / "out") == before
        page.unlink()
        run_batch(request, Said())
        assert read_standing(tmp_path / "out").state == "finished"
        assert read_files(tmp_path / "out") == before

    def test_ledger_has_the_times(self, sources: Path, tmp_path: Path) -> None:
        do_batch(tmp_path / "out", sources, shard=4)
        rows = sqlite3.connect(tmp_path / "out/manifest.sqlite").execute(
            "SELECT committed, seconds, version FROM shards"
        )
        assert all(committed.startswith("20") and seconds >= 0 and version for committed, seconds, version in rows)


def serve_faulty(*args: Any) -> None:
    """The child process, in which some pages hang, eat memory or end the process."""
    read = child.read_item

    def read_faulty(item: Item, settings: Settings) -> Result:
        if "hang" in item.address:
            time.sleep(600)
        if "crash" in item.address:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "hungry" in item.address:
            held = [bytearray(os.urandom(MIB)) * 8 for _ in range(400)]
            assert held
        return read(item, settings)

    child.read_item = read_faulty
    child.serve(*args)


def test_one_bad_input_hurts_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "serve", serve_faulty)
    names = ["1", "2-hang", "3", "4-crash", "5", "6-hungry", "7"]
    for number, name in enumerate(names):
        write(tmp_path / f"pages/{name}.html", make_page(number))
    outcome = do_batch(tmp_path / "out", tmp_path / "pages", jobs=1, settings=Settings(seconds=1.5, memory=300 * MIB))
    assert outcome.errors == {"crash": 1, "memory": 1, "timeout": 1}
    assert [Path(row["source"]).stem for row in read_table(tmp_path / "out", "documents")] == ["1", "3", "5", "7"]
    failures = {row["error"]: row["message"] for row in read_table(tmp_path / "out", "failures")}
    assert failures["timeout"] == "took more than 1.5 seconds"
    assert failures["memory"] == "needs more than 300 MiB of memory"
    assert "signal 11" in failures["crash"]
    monkeypatch.undo()
    assert do_batch(tmp_path / "out", tmp_path / "pages", retry=True).documents == 7


class TestDuplicates:
    def make_text(self, seed: int, sentences: int) -> list[str]:
        random_ = random.Random(seed)
        words = "公路 校舍 水库 果园 茶山 渔港 桥梁 学堂 集市 修缮 新建 改造 扩容 移交 启用 巡查".split()  # noqa: SIM905
        return [f"{''.join(random_.sample(words, 7))}{random_.randrange(9999)}处。" for _ in range(sentences)]

    def make_report(self, lines: list[str], chrome: str) -> bytes:
        body = "".join(f"<p>{line}</p>" for line in lines)
        return f"<html><body><div>{chrome}</div><h1>云汀区工作报告</h1>{body}</body></html>".encode()

    @pytest.fixture
    def twins(self, tmp_path: Path) -> Path:
        lines = self.make_text(1, 60)
        write(tmp_path / "p/1.html", self.make_report(lines, "首页"))
        write(tmp_path / "p/2.html", self.make_report(lines, "首页"))
        write(tmp_path / "p/3.html", self.make_report(["（摘登）", *lines[5:35]], "云汀新闻网"))
        write(tmp_path / "p/4.html", self.make_report(self.make_text(2, 60), "首页"))
        return tmp_path / "p"

    def test_exact_and_abridged(self, twins: Path, tmp_path: Path) -> None:
        assert do_batch(tmp_path / "out", twins).duplicates == 2
        rows = read_table(tmp_path / "out", "documents")
        assert [row["duplicate_of"] for row in rows] == [None, rows[0]["id"], rows[0]["id"], None]
        assert str(rows[1]["similarity"]) == "1.000"
        assert 0.85 < rows[2]["similarity"] <= 1
        assert {row["document"] for row in read_table(tmp_path / "out", "facts")} == {row["id"] for row in rows}

    def test_unique(self, twins: Path, tmp_path: Path) -> None:
        outcome = do_batch(tmp_path / "out", twins, unique=True)
        assert outcome.documents == 4
        rows = read_table(tmp_path / "out", "documents")
        kept = {row["id"] for row in rows if not row["duplicate_of"]}
        assert {row["document"] for row in read_table(tmp_path / "out", "facts")} == kept
        do_batch(tmp_path / "out", twins)
        do_batch(tmp_path / "fresh", twins)
        assert read_files(tmp_path / "out") == read_files(tmp_path / "fresh")

    def test_a_removed_original_frees_its_duplicate(self, twins: Path, tmp_path: Path) -> None:
        do_batch(tmp_path / "out", twins)
        (twins / "1.html").unlink()
        assert do_batch(tmp_path / "out", twins, prune=True).duplicates == 1
        do_batch(tmp_path / "fresh", twins)
        assert read_files(tmp_path / "out") == read_files(tmp_path / "fresh")


def start(out: Path, source: Path, jobs: int, **options: Any) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "qjreport",
        "batch",
        source,
        "-o",
        out,
        "-q",
        "--shard-size",
        "2",
        "--jobs",
        str(jobs),
    ]
    return subprocess.Popen(list(map(str, command)), env={**os.environ, "PYTHONPATH": str(ROOT)}, **options)


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
class TestKills:
    def kill_often(
        self, out: Path, source: Path, kills: int, check: Callable[[], None], renew: Callable[[], None]
    ) -> None:
        """Start it again and again, and kill it at a random moment; where it got to its end, begin anew."""
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
        """Where inputs change, the dataset is the old one until it is the new one."""
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

    def test_full_disk(self, tmp_path: Path) -> None:
        """A file may grow no further than a part does: what a full disk looks like to a program."""
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
            """Root may write anywhere, unless it gives that up."""
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
        except OSError:  # how Linux says that the other side is closed
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
        base = sqlite3.connect(tmp_path / "out/manifest.sqlite")
        with base:
            base.execute("UPDATE meta SET value = '' WHERE key = 'finished'")
        assert run("status", "out").returncode == 1
