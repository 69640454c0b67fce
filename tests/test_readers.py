"""Who reads a dataset finds one version of it, whole, or is told why not: after a kill at any step of a renewal."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from archives import make_page, make_pages, write
from batches import do_batch, read_files
from conftest import ROOT, Run

from qjreport.batch import BatchError
from qjreport.batch.dataset import Dataset, read_standing
from qjreport.batch.home import Home
from qjreport.batch.ledger import LEDGER_NAME, roll_back
from qjreport.writers import files

STEPS = 10  # renames of a renewal: five names, each out of the way and into place


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def renewal(tmp_path: Path) -> Path:
    """A dataset, and pages that are to renew it."""
    pages = tmp_path / "pages"
    for name, page in make_pages(4).items():
        write(pages / name, page)
    do_batch(tmp_path / "out", pages, shard=2)
    shutil.copytree(tmp_path / "out", tmp_path / "old")
    write(pages / "9.html", make_page(99))
    do_batch(tmp_path / "new", pages, shard=2)
    return tmp_path


def list_rows(out: Path) -> list[list[dict[str, object]]]:
    dataset = Dataset(Home(out, out))
    return [list(dataset.read(table)) for table in ("documents", "facts", "failures")]


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_killed_at_each_step_of_a_renewal(renewal: Path, run: Run, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    out, pages = renewal / "out", renewal / "pages"
    rename, steps = Path.rename, iter(range(STEPS + 1))

    def rename_until_killed(path: Path, target: Path) -> Path:
        if next(steps) == step:
            raise Killed
        return rename(path, target)

    with monkeypatch.context() as killing:
        killing.setattr(Path, "rename", rename_until_killed)
        if step < STEPS:
            with pytest.raises(Killed):
                do_batch(out, pages, shard=2)
        else:
            do_batch(out, pages, shard=2)
    if step == 0:
        assert list_rows(out) == list_rows(renewal / "old")
    elif step == STEPS:
        assert list_rows(out) == list_rows(renewal / "new")
    else:
        for read in (lambda: list_rows(out), lambda: read_standing(out)):
            with pytest.raises(BatchError, match="run the same `qjreport batch` again"):
                read()
    if step == 3:
        for command in (["export", out], ["export", out, "-o", renewal / "a.csv"], ["status", out]):
            done = run(*command)
            assert (done.returncode, done.stdout) == (1, b"")
            assert b"nothing is lost" in done.stderr
        assert not (renewal / "a.csv").exists()
    do_batch(out, pages, shard=2)
    assert read_files(out) == read_files(renewal / "new")
    assert list_rows(out) == list_rows(renewal / "new")


def test_a_new_version_while_a_reader_is_at_it(renewal: Path) -> None:
    out = renewal / "out"
    dataset = Dataset(Home(out, out))
    assert list(dataset.read("documents"))
    do_batch(out, renewal / "pages", shard=2)
    with pytest.raises(BatchError, match="took the dataset's place meanwhile; run the command again"):
        list(dataset.read("facts"))


@pytest.fixture
def hot(tmp_path: Path) -> Path:
    """A dataset whose run was killed inside a transaction of its ledger."""
    write(tmp_path / "pages/1.html", make_page(1))
    do_batch(tmp_path / "live", tmp_path / "pages")
    with closing(sqlite3.connect(tmp_path / "live" / LEDGER_NAME)) as base:
        base.execute("PRAGMA cache_size = 1")
        base.execute("BEGIN IMMEDIATE")
        base.execute("UPDATE shards SET documents = 77")
        base.executemany("INSERT INTO meta VALUES (?, ?)", ((f"k{n}", "x" * 900) for n in range(200)))
        shutil.copytree(tmp_path / "live", tmp_path / "out")
    assert (tmp_path / "out" / f"{LEDGER_NAME}-journal").stat().st_size
    return tmp_path / "out"


def test_readers_undo_what_a_killed_run_began_in_the_ledger(hot: Path, run: Run) -> None:
    assert run("status", hot).returncode == 0
    assert read_standing(hot).documents == 1
    assert not (hot / f"{LEDGER_NAME}-journal").exists()


def test_or_say_why_not(hot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def connect_read_only(path: Path, **options: float) -> sqlite3.Connection:
        return connect(f"{path.as_uri()}?mode=ro", uri=True)

    monkeypatch.setattr(sqlite3, "connect", connect_read_only)
    with pytest.raises(BatchError, match=r"the\s+folder has to be writable \(attempt to write a readonly database\)"):
        roll_back(hot)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs to become another user")
def test_a_folder_that_is_read_only(hot: Path) -> None:
    reachable = Path("/tmp") / f"qjreport-readers-{os.getpid()}"  # others cannot enter pytest's own folders
    shutil.copytree(hot, reachable)
    program = (
        "import os, sys\nfrom pathlib import Path\nfrom qjreport.batch import BatchError\n"
        "from qjreport.batch.dataset import read_standing\nos.setuid(65534)\n"
        "try: read_standing(Path(sys.argv[1]))\nexcept BatchError as error: print(error)"
    )
    try:
        done = subprocess.run([sys.executable, "-c", program, reachable], capture_output=True, cwd=ROOT, text=True)
    finally:
        shutil.rmtree(reachable)
    assert "run the same `qjreport batch` again, or read a copy of the folder" in done.stdout
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.sqlite", "a.xlsx"])
def test_exports_are_synced_before_they_are_renamed(renewal: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    from click.testing import CliRunner

    from qjreport.commands.export import export

    done: list[str] = []

    fsync, replace = os.fsync, Path.replace

    def sync(handle: int) -> None:
        done.append(
            "sync " + Path(f"/proc/self/fd/{handle}").resolve().suffix if Path("/proc").is_dir() else "sync .part"
        )
        fsync(handle)

    def put(path: Path, target: Path) -> Path:
        done.append("rename")
        return replace(path, target)

    monkeypatch.setattr(files.os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", put)
    assert CliRunner().invoke(export, [str(renewal / "out"), "-o", str(renewal / name), "-q"]).exit_code == 0
    assert done[:2] == ["sync .part", "rename"]
