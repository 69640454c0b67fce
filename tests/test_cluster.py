"""`qjreport batch --scheduler`: a real Dask cluster whose workers are killed, retired, and killed by a page."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from archives import make_page, make_pages, make_tar, make_zip, write
from batches import do_batch, read_files, read_table
from buckets import BUCKET, Storage, serve_bucket
from click.testing import CliRunner
from clusters import MOST, Cluster, wait_for
from conftest import ROOT, SAMPLES

pytest.importorskip("distributed", reason="needs the extra cluster")

from qjreport.batch import BatchError, workers
from qjreport.batch import cluster as cluster_module
from qjreport.batch.task import Settings, name_maker
from qjreport.batch.workers import Task, run_task
from qjreport.commands.root import root

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL, process groups")


@pytest.fixture(scope="module")
def s3() -> Iterator[Storage]:
    with serve_bucket() as storage:
        yield storage


@contextmanager
def start_cluster(folder: Path, s3: Storage) -> Iterator[Cluster]:
    """Two workers; a nanny starts each again if it ends. A page may end two workers before it is suspected."""
    config = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "QJREPORT_TEST_GATE": str(folder / "gate")}
    (folder / "gate").mkdir()
    with Cluster(folder, **config, **s3.environment) as started:
        for name in "ab":
            started.start_worker(name)
        yield started


@pytest.fixture(scope="module")
def cluster(s3: Storage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with start_cluster(tmp_path_factory.mktemp("cluster"), s3) as started:
        yield started


@pytest.fixture
def gate(cluster: Cluster) -> Path:
    folder = cluster.folder / "gate"
    for left in folder.iterdir():
        left.unlink()
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Pages, archives that are read member by member, archives that are streams, and some inputs that fail."""
    folder = tmp_path / "sources"
    for path in SAMPLES:
        write(folder / path.name, path.read_bytes())
    for name, page in make_pages(8).items():
        write(folder / name, page)
    write(folder / "2024.zip", make_zip({f"区/{name}": page for name, page in make_pages(6).items()}))
    write(folder / "old.tar.gz", make_tar(make_pages(4), "gz"))
    write(folder / "style.css", b"p {}")
    write(folder / "z.pdf.html", b"%PDF-1.7")
    return folder


def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "qjreport", "batch", "--shard-size", "3", "-q", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True)


def end(batch: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code, and what it said."""
    _, said = batch.communicate(timeout=2 * MOST)
    return batch.returncode, said


def test_killed_and_retired_workers_change_no_byte(
    s3: Storage, cluster: Cluster, gate: Path, sources: Path, tmp_path: Path
) -> None:
    """From S3 to S3 by workers, two of which are lost in mid-run, and on this machine without workers."""
    write(sources / "4-waits-at-the-gate.html", make_page(44))
    s3.put(sources, "pages")
    there = ("-o", f"s3://{BUCKET}/facts", "--ledger", tmp_path / "ledger", "--scheduler", cluster.address)
    batch = start(f"s3://{BUCKET}/pages", *there, **s3.environment)

    def wait_for_another(count: int) -> int:
        wait_for(lambda: len(list(gate.iterdir())) == count, batch)
        return int(max(gate.iterdir(), key=lambda path: path.stat().st_mtime_ns).name)

    os.kill(wait_for_another(1), signal.SIGKILL)
    cluster.retire(wait_for_another(2))
    wait_for_another(3)
    (gate / "open").touch()
    assert end(batch) == (1, "")  # for the page that is none
    assert end(start(f"s3://{BUCKET}/pages", "-o", tmp_path / "here", "--jobs", "0", **s3.environment)) == (1, "")
    stored = s3.get("facts")
    assert stored.pop("manifest.sqlite")
    assert stored == read_files(tmp_path / "here")
    cluster.start_worker("c")


def test_a_page_that_kills_its_worker_becomes_a_failure(cluster: Cluster, sources: Path, tmp_path: Path) -> None:
    do_batch(tmp_path / "local", sources, shard=3)
    write(sources / "4-kills-its-worker.html", make_page(44))
    batch = start(sources, "-o", tmp_path / "out", "--scheduler", cluster.address)
    assert end(batch) == (1, "")
    failures = read_table(tmp_path / "out", "failures")
    [crash] = [row for row in failures if row["error"] == "crash"]
    assert crash["source"].endswith("4-kills-its-worker.html")
    assert crash["message"] == "ended every worker that read it"
    failures.remove(crash)
    assert failures == read_table(tmp_path / "local", "failures")
    for table in ("documents", "facts"):
        assert read_table(tmp_path / "out", table) == read_table(tmp_path / "local", table)


def test_no_scheduler(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT", 0.5)
    with pytest.raises(BatchError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1 "):
        do_batch(tmp_path / "out", sources, scheduler="tcp://127.0.0.1:1")


def test_a_worker_of_another_version_is_refused() -> None:
    import msgspec

    task = Task(0, (), Settings(), ("9.9.9", "f00d"))
    with pytest.raises(BatchError, match=r"a worker on .* has qjreport .*; this is qjreport 9\.9\.9, lexicon f00d"):
        run_task(msgspec.msgpack.encode(task))


def test_a_worker_that_lacks_a_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    import msgspec

    monkeypatch.setattr(workers, "list_libraries", lambda: ("pyarrow 1",))
    task = Task(0, (), Settings(), name_maker(()), ("brotli", "pyarrow 1", "zstandard"))
    with pytest.raises(BatchError, match=r"lacks brotli, zstandard; pip install 'qjreport\[cluster\]' on every worker"):
        run_task(msgspec.msgpack.encode(task))


def test_jobs_are_for_one_machine() -> None:
    done = CliRunner().invoke(root, ["batch", "a", "-o", "b", "--jobs", "2", "--scheduler", "tcp://127.0.0.1:1"])
    assert done.exit_code == 2
    assert "the cluster says how many workers it has" in done.output


def test_the_commands_of_the_document(tmp_path: Path) -> None:
    """With another port, since the documented one may be taken."""
    text = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
    block = next(part for part in text.split("\n\n") if part.startswith("    dask scheduler"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    shutil.copytree(ROOT / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("gold"))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "DASK_TEMPORARY_DIRECTORY": str(tmp_path)}
    script = textwrap.dedent(block).replace("8786", str(port))
    with (tmp_path / "said").open("wb") as said:
        # A group of its own, which its shell leads: the scheduler and the workers go with it.
        shell = subprocess.Popen(
            ["bash", "-ec", script], cwd=tmp_path, env=env, stdout=said, stderr=said, start_new_session=True
        )
        try:
            assert shell.wait(2 * MOST) == 0, (tmp_path / "said").read_text()
        finally:
            os.killpg(shell.pid, signal.SIGKILL)
    assert len(read_table(tmp_path / "facts", "documents")) == len(SAMPLES)


def test_a_lost_scheduler_ends_the_run_which_goes_on_elsewhere(
    s3: Storage, sources: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write(sources / "4-waits-at-the-gate.html", make_page(44))
    with start_cluster(tmp_path_factory.mktemp("lost"), s3) as cluster:
        address = ("--scheduler", cluster.address)
        batch = start(sources, "-o", tmp_path / "out", *address, DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT="2s")
        wait_for(lambda: any((cluster.folder / "gate").iterdir()), batch)
        cluster.scheduler.kill()
        code, said = end(batch)
        assert code == 1
        assert f"the scheduler at {cluster.address} is gone or dropped the batch" in said
    assert "what is committed is safe; run the same command again to do the rest" in said
    do_batch(tmp_path / "out", sources, shard=3)
    do_batch(tmp_path / "local", sources, shard=3)
    assert read_files(tmp_path / "out") == read_files(tmp_path / "local")
