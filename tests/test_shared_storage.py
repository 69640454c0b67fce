"""Sources and datasets on S3, on a server with its protocol on loopback, compared with reading and writing here."""

from __future__ import annotations

import gc
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import make_gbk_zip, make_page, make_pages, make_tar, make_zip, write
from batches import do_batch, read_files, read_table
from buckets import BUCKET, Storage, serve_bucket
from click.testing import CliRunner, Result
from conftest import ROOT, SAMPLES

from qjreport.batch.home import StoredPath
from qjreport.commands.root import root

s3fs = pytest.importorskip("s3fs", reason="needs the extra s3")


@pytest.fixture(scope="module")
def server() -> Iterator[Storage]:
    with serve_bucket() as storage, pytest.MonkeyPatch.context() as patch:
        for name, value in storage.environment.items():
            patch.setenv(name, value)
        yield storage
        s3fs.S3FileSystem.clear_instance_cache()
        gc.collect()


@pytest.fixture
def s3(server: Storage) -> Iterator[Storage]:
    """The bucket, empty for each test, so that any order will do."""
    yield server
    server.empty()
    s3fs.S3FileSystem.clear_instance_cache()  # it remembers what a listing gave


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    for path in SAMPLES:
        write(folder / path.name, path.read_bytes())
    for name, page in make_pages(3).items():
        write(folder / "10" / name, page)
        write(folder / "9" / name, page + b" ")
    write(folder / "2024.zip", make_gbk_zip({f"区/{name}": page for name, page in make_pages(3).items()}))
    write(folder / "old.tar.gz", make_tar(make_pages(2), "gz"))
    write(folder / "style.css", b"p {}")
    return folder


def call(*arguments: str) -> Result:
    return CliRunner().invoke(root, arguments)


def strip_ledger(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name != "manifest.sqlite"}


def test_a_dataset_on_s3_from_s3_is_the_local_one_and_is_renewed(s3: Storage, sources: Path, tmp_path: Path) -> None:
    s3.put(sources, "pages")
    pages, facts, ledger = StoredPath(f"s3://{BUCKET}/pages"), StoredPath(f"s3://{BUCKET}/facts"), tmp_path / "ledger"
    for number in range(2):
        do_batch(facts, pages, shard=4, ledger=ledger)
        do_batch(tmp_path / "here", pages, shard=4)
        stored = s3.get("facts")
        assert strip_ledger(stored) == read_files(tmp_path / "here")
        assert stored["manifest.sqlite"] == (ledger / "manifest.sqlite").read_bytes()
        assert len(read_table(tmp_path / "here", "documents")) == len(SAMPLES) + 11 + number
        changed = tmp_path / "changed"
        write(changed / "9/0.html", make_page(50))
        write(changed / "10/2.html", make_page(51))
        s3.put(changed, "pages")
    addresses = [row["source"] for row in read_table(tmp_path / "here", "documents")]
    assert addresses.index(f"{pages}/9/0.html") < addresses.index(f"{pages}/10/1.html")
    for options in ((), ("--ledger", str(ledger))):
        assert f"{facts}: finished" in call("status", str(facts), *options).stdout
    written = [call("export", str(name), "--format", "csv").stdout for name in (facts, tmp_path / "here")]
    assert written[0] == written[1] != ""
    assert "第2号" in call("extract", f"{pages}/2024.zip!区/2.html", "--format", "json").stdout


def test_what_is_not_there(s3: Storage, sources: Path) -> None:
    s3.put(sources, "pages")
    for name, told in (("none.html", "no such file; check the path"), ("pages", "is a directory")):
        done = call("extract", f"s3://{BUCKET}/{name}")
        assert done.exit_code == 1
        assert told in done.stderr


def test_what_goes_together(tmp_path: Path) -> None:
    for arguments, told in (
        (("-o", "s3://bucket/facts"), "Name a folder of this machine with --ledger."),
        (("-o", str(tmp_path / "out"), "--ledger", str(tmp_path)), "--ledger goes with an output on shared storage"),
    ):
        done = call("batch", "1.html", *arguments)
        assert done.exit_code == 2
        assert told in done.stderr


def test_storage_that_does_not_answer_is_no_failure_of_an_input(
    s3: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3.environment["AWS_ENDPOINT_URL"].rpartition(":")[0] + ":1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()
    done = call("batch", f"s3://{BUCKET}/pages", "-o", str(tmp_path / "out"))
    s3fs.S3FileSystem.clear_instance_cache()
    assert done.exit_code == 1
    assert f"s3://{BUCKET}/pages: cannot be reached" in done.stderr
    assert not list((tmp_path / "out").glob("*/part-*"))


def test_the_commands_of_the_page_run_as_they_stand(
    s3: Storage, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [*s3.get("facts"), *s3.get("pages")]:
        for key in ("facts", "pages"):
            s3.client.delete_object(Bucket=BUCKET, Key=f"{key}/{name}")
    s3.put(sources / "9", "pages")
    body = make_zip({"重庆市/2015.html": make_page(7)})
    s3.client.put_object(Bucket=BUCKET, Key="2024.zip", Body=body)
    monkeypatch.chdir(tmp_path)
    part = (ROOT / "docs/cluster.md").read_text(encoding="utf-8").partition("## Shared storage")[2]
    lines = [line.strip() for line in part.splitlines() if line.startswith("    qjreport ")]
    assert len(lines) == 4
    for line in lines:
        done = call(*shlex.split(line)[1:])
        assert done.exit_code == 0, (line, done.output)
    assert (tmp_path / "facts.csv").stat().st_size > 1000
