"""`qjreport batch`: nothing is lost, whatever happens; the same inputs give the same bytes."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from archives import make_page, make_pages, make_records, make_zip, pack_records, write
from batches import Said, do_batch, read_files, read_table

from qjreport.batch import BatchError, StoppedError, workers
from qjreport.batch.dataset import read_standing
from qjreport.batch.ledger import lock_folder
from qjreport.batch.request import Request
from qjreport.batch.run import run_batch
from qjreport.sources.file_names import Choice


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
        with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
            monkeypatch.setattr(workers, "make_executor", lambda jobs: pool)
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
        assert outcome.read <= 3  # reports the damaged record again
        do_batch(tmp_path / "fresh", sources, shard=4)
        assert read_files(tmp_path / "out") == read_files(tmp_path / "fresh")
        assert {path.name for path in (tmp_path / "out").iterdir()} == {
            *("documents", "facts", "failures", "datapackage.json", "manifest.sqlite", ".lock")
        }

    def test_another_version_reads_all_again_and_says_so(
        self, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        do_batch(tmp_path / "out", sources)
        monkeypatch.setattr("qjreport.version.__version__", "9.9.9")
        told = Said()
        assert do_batch(tmp_path / "out", sources, listener=told).read == 15  # all but those that fail by name
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
        """Drops a renewal that has begun when its inputs are gone again."""
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
        with closing(sqlite3.connect(tmp_path / "out/manifest.sqlite")) as base:
            rows = base.execute("SELECT committed, seconds, version FROM shards").fetchall()
        assert all(committed.startswith("20") and seconds >= 0 and version for committed, seconds, version in rows)
