"""`qjreport batch` with pages that hang, eat memory or end the process."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from archives import make_page, make_zip, write
from batches import do_batch, read_files, read_table

from qjreport.batch import BatchError, task, workers
from qjreport.batch.ledger import Ledger
from qjreport.batch.resume import may_be_read
from qjreport.batch.task import Item, Result, Settings
from qjreport.sources import confined, listing
from qjreport.sources.entry import MIB, Failure, FailureError, Limits, Place
from qjreport.sources.file_names import Choice
from qjreport.sources.listing import load_place


def serve_faulty(*args: Any) -> None:
    """The child process, in which some pages hang, eat memory or end the process."""
    read = workers.read_item

    def read_faulty(item: Item, settings: Settings) -> Result:
        if "hang" in item.address:
            time.sleep(600)
        if "crash" in item.address:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "hungry" in item.address:
            held = [bytearray(os.urandom(MIB)) * 8 for _ in range(400)]
            assert held
        return read(item, settings)

    workers.read_item = read_faulty
    workers.serve(*args)


# The hungry page must run out of memory before it runs out of time, also on a busy machine and under a tracer.
SECONDS = 15 if "COVERAGE_RUN" in os.environ else 6


def test_one_bad_input_hurts_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "serve", serve_faulty)
    names = ["1", "2-hang", "3", "4-crash", "5", "6-hungry", "7"]
    for number, name in enumerate(names):
        write(tmp_path / f"pages/{name}.html", make_page(number))
    outcome = do_batch(
        tmp_path / "out", tmp_path / "pages", jobs=1, settings=Settings(seconds=SECONDS, memory=300 * MIB)
    )
    assert outcome.errors == {"crash": 1, "memory": 1, "timeout": 1}
    assert [Path(row["source"]).stem for row in read_table(tmp_path / "out", "documents")] == ["1", "3", "5", "7"]
    failures = {row["error"]: row["message"] for row in read_table(tmp_path / "out", "failures")}
    assert failures["timeout"] == f"took more than {SECONDS} seconds"
    assert failures["memory"] == "needs more than 300 MiB of memory"
    assert "signal 11" in failures["crash"]
    monkeypatch.undo()
    assert do_batch(tmp_path / "out", tmp_path / "pages", retry=True).documents == 7


def serve_ended(*args: Any) -> None:
    """The child process, in which a page finds itself ended from outside as often as its folder says."""
    read = workers.read_item

    def read_ended(item: Item, settings: Settings) -> Result:
        left = Path(item.address).with_name("left")
        if "ended" in item.address and left.exists() and int(left.read_text()):
            left.write_text(str(int(left.read_text()) - 1))
            os.kill(os.getpid(), signal.SIGKILL)
        return read(item, settings)

    workers.read_item = read_ended
    workers.serve(*args)


def write_pages(folder: Path, *names: str) -> Path:
    for number, name in enumerate(names):
        write(folder / f"{name}.html", make_page(number))
    return folder


def test_an_archive_whose_end_says_wrongly_where_its_directory_begins(tmp_path: Path) -> None:
    """All its places then lie two bytes too early, the first in front of the archive."""
    data = bytearray(make_zip({"a.html": make_page(1), "b.html": make_page(2)}))
    data[-6] ^= 2  # of the last 22 bytes, four say where
    outcome = do_batch(tmp_path / "out", write(tmp_path / "a.zip", bytes(data)))
    assert (outcome.documents, outcome.errors) == (2, {"damaged": 1})
    [failure] = read_table(tmp_path / "out", "failures")
    assert "its members are found by their own headers" in failure["message"]


class TestEndedFromOutside:
    """Whoever ends a process that reads says nothing of the page that it reads."""

    def test_the_page_is_read_again_in_the_same_run(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pages = write_pages(tmp_path / "pages", "1", "2-ended", "3")
        do_batch(tmp_path / "undisturbed", pages, choice=Choice(include=("*.html",)))
        monkeypatch.setattr(workers, "serve", serve_ended)
        write(pages / "left", b"2")
        assert do_batch(tmp_path / "out", pages, jobs=1, choice=Choice(include=("*.html",))).documents == 3
        assert (pages / "left").read_text() == "0"
        assert read_files(tmp_path / "out") == read_files(tmp_path / "undisturbed")

    @pytest.mark.parametrize("finished", [True, False])
    def test_or_in_the_next_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, finished: bool) -> None:
        choice = Choice(include=("*.html",))
        pages = write_pages(tmp_path / "pages", "1", "2-ended", "3")
        do_batch(tmp_path / "undisturbed", pages, choice=choice)
        monkeypatch.setattr(workers, "serve", serve_ended)
        write(pages / "left", b"99")
        out = tmp_path / "out"
        assert do_batch(out, pages, jobs=1, choice=choice).errors == {"ended": 1}
        [row] = read_table(out, "failures")
        assert row["message"] == "signal 9 ended the process that read it, from outside; the next run reads it again"
        if not finished:
            ledger = Ledger(out)
            ledger.write_meta(finished="")
            ledger.close()
        write(pages / "left", b"0")
        assert do_batch(out, pages, jobs=1, choice=choice).documents == 3
        assert read_files(out) == read_files(tmp_path / "undisturbed")
        assert do_batch(out, pages, choice=choice).read == 0

    def test_a_process_leaves_sigterm_to_its_parent(self) -> None:
        reader = workers.Reader(Settings())
        try:
            assert reader.read(Item(0, "1.html", make_page(1))).failure is None
            process = reader.process
            assert process is not None
            assert process.pid is not None
            for number in confined.FOR_PARENT:
                os.kill(process.pid, number)
            assert reader.read(Item(0, "2.html", make_page(2))).failure is None
            assert reader.process is process
        finally:
            reader.end()


class TestReadAgain:
    def test_a_file_that_could_not_be_read_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pages = write_pages(tmp_path / "pages", "1", "2", "3")
        do_batch(tmp_path / "undisturbed", pages)

        def refuse(place: Place, limits: Limits) -> bytes:
            if place.path.endswith("2.html"):
                raise FailureError(Failure(stage="source", error="unreadable", message="cannot be read: I/O error"))
            return load_place(place, limits)

        with monkeypatch.context() as broken:
            for module in (task, listing):  # neither the worker nor the planner after it
                broken.setattr(module, "load_place", refuse)
            assert do_batch(tmp_path / "out", pages).errors == {"unreadable": 1}
        assert do_batch(tmp_path / "out", pages).documents == 3
        assert read_files(tmp_path / "out") == read_files(tmp_path / "undisturbed")

    def test_retry_takes_every_failure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pages = write_pages(tmp_path / "pages", "1", "2", "3")

        def refuse(place: Place, limits: Limits) -> bytes:
            if place.path.endswith("2.html"):
                raise FailureError(Failure(stage="source", error="damaged", message="is damaged"))
            return load_place(place, limits)

        with monkeypatch.context() as broken:
            broken.setattr(task, "load_place", refuse)
            assert do_batch(tmp_path / "out", pages).errors == {"damaged": 1}
        assert do_batch(tmp_path / "out", pages).read == 0
        assert do_batch(tmp_path / "out", pages, retry=True).documents == 3

    def test_a_file_that_still_cannot_be_read_is_not_tried(self, tmp_path: Path) -> None:
        assert may_be_read(str(write(tmp_path / "a.html", b"")))
        assert may_be_read(str(tmp_path / "a.zip!b.html"))
        loop = tmp_path / "loop.html"
        loop.symlink_to(loop)
        assert not may_be_read(str(loop))


def serve_nothing(*args: Any) -> None:
    """A child process that ends before it is ready."""


def test_a_process_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "serve", serve_nothing)
    reader = workers.Reader(Settings())
    with pytest.raises(BatchError, match="does not start; --jobs 0 shows why"):
        reader.read(Item(0, "1.html", make_page(1)))
    reader.end()
    with pytest.raises(BatchError, match="the batch has ended"):
        reader.read(Item(0, "1.html", make_page(1)))
