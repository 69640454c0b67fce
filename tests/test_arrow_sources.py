"""`qjreport.arrow` over archives and crawls, and over pages that end the process which reads them."""

from __future__ import annotations

import gc
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from archives import make_page, make_pages, make_record, make_records, make_tar, make_zip, pack_records, write
from batches import do_batch
from conftest import ROOT
from test_arrow import read_dataset
from test_batch_bad_input import SECONDS, serve_faulty

pytest.importorskip("pyarrow", reason="needs the extra archive")

import pyarrow as pa

from qjreport import arrow
from qjreport.arrow import Limits, Settings, extract, extract_batches, extract_table, read_sources, split_results
from qjreport.batch import BatchError, workers
from qjreport.sources.entry import MIB
from qjreport.sources.file_names import Choice
from qjreport.sources.listing import list_sources

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
PAGES = list(make_pages(6).values())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of each kind, some of them damaged, with what is no page."""
    records = [*make_records(PAGES), make_record(b"GIF89a", "response"), *make_records([make_page(9)])]
    crawl = pack_records(records, "gz")
    write(tmp_path / "in/crawl.warc.gz", crawl)
    write(tmp_path / "in/cut.warc.gz", crawl[:1500])
    write(tmp_path / "in/some.zip", make_zip({"10.html": PAGES[0], "2.html": PAGES[1], "a.png": b"\x89PNG"}))
    write(tmp_path / "in/some.tar.gz", make_tar({"县/1.html": make_page(20), "../up.html": PAGES[1]}, "gz"))
    write(tmp_path / "in/page.html", make_page(30))
    return tmp_path / "in"


class TestReadSources:
    def test_the_dataset_of_archives_is_that_of_a_batch(self, folder: Path, tmp_path: Path) -> None:
        do_batch(tmp_path / "out", folder)
        order = [entry.address for entry in list_sources([str(folder)])]
        tables = split_results(extract_batches(read_sources([str(folder)]), "results"), order)
        dataset = read_dataset(tmp_path / "out")
        assert {name: table.num_rows for name, table in dataset.items() if not tables[name].equals(table)} == {}
        assert {"damaged", "skipped", "unsafe-name"} <= set(dataset["failures"]["error"].to_pylist())
        assert dataset["documents"]["url"].drop_null().length() > 6

    def test_addresses_are_read_alone(self, folder: Path) -> None:
        [whole] = read_sources([str(folder)])
        addresses = [address for address in whole.column("source").to_pylist() if "crawl" in address or "!" in address]
        wanted = [row for row in whole.to_pylist() if row["source"] in addresses]
        picked = {row["source"]: row for batch in read_sources(addresses) for row in batch.to_pylist()}
        assert picked == {row["source"]: row for row in wanted}
        [one] = read_sources(addresses[2:3])
        assert one.to_pylist() == wanted[2:3]

    @pytest.mark.parametrize("step", [100, 700, 100_000])
    def test_ranges_of_a_crawl_give_each_page_once(self, folder: Path, step: int) -> None:
        crawl = folder / "crawl.warc.gz"
        size = crawl.stat().st_size
        ranges = [f"{crawl}@{start}-{min(start + step, size)}" for start in range(0, size, step)]
        [whole] = read_sources([str(crawl)])
        assert pa.Table.from_batches(read_sources(ranges)).equals(pa.Table.from_batches([whole]))

    def test_an_archive_is_read_no_further_than_the_last_address(self, folder: Path) -> None:
        """Damage follows it, and whoever asks for one page hears nothing of that."""
        first = next(read_sources([str(folder / "cut.warc.gz")])).column("source")[0].as_py()
        assert [row["source"] for batch in read_sources([first]) for row in batch.to_pylist()] == [first]

    def test_an_address_that_leads_nowhere_is_a_failure(self, folder: Path) -> None:
        address = f"{folder}/some.zip!3.html"
        for source in (address, f"{folder}/none.zip!3.html"):
            [row] = extract_table(read_sources([source]), "failures").to_pylist()
            assert (row["source"], row["error"]) == (source, "unreadable")

    def test_choice_and_limits(self, folder: Path) -> None:
        [batch] = read_sources([str(folder)], choice=Choice(include=("2.html",)), limits=Limits(page=100))
        assert batch.schema.equals(arrow.INPUTS)
        [row] = [row for row in batch.to_pylist() if row["source"].endswith("some.zip!2.html")]
        assert (row["content"], row["failure"]["error"]) == (None, "too-large")

    def test_batches_are_small(self, tmp_path: Path) -> None:
        write(tmp_path / "many.tar", make_tar({f"{number}.html": PAGES[0] for number in range(150)}))
        assert [batch.num_rows for batch in read_sources([str(tmp_path / "many.tar")])] == [64, 64, 22]
        write(tmp_path / "large.tar", make_tar({f"{number}.html": bytes(9 * MIB) for number in range(5)}))
        assert [batch.num_rows for batch in read_sources([str(tmp_path / "large.tar")])] == [2, 2, 1]


# The process numbers of those that run.
Children: TypeAlias = Callable[[], "list[int | None]"]


@pytest.fixture
def children() -> Children:
    """Lists the processes of this test: an earlier one may have left an iterator, and its process, to the collector."""
    gc.collect()
    before = {child.pid for child in multiprocessing.active_children()}
    return lambda: [child.pid for child in multiprocessing.active_children() if child.pid not in before]


class TestSupervised:
    inputs = pa.table({"source": ["1.html", "2.html"], "content": PAGES[:2]})

    def test_one_bad_input_hurts_nobody(self, monkeypatch: pytest.MonkeyPatch, children: Children) -> None:
        monkeypatch.setattr(workers, "serve", serve_faulty)
        names = ["1.html", "2-crash.html", "3-hang.html", "4.html"]
        inputs = pa.table({"source": names, "content": PAGES[:4]})
        settings = Settings(seconds=SECONDS)
        tables = split_results(extract_batches(inputs, "results", supervised=True, settings=settings))
        assert tables["documents"]["source"].to_pylist() == [names[0], names[3]]
        assert tables["failures"]["error"].to_pylist() == ["crash", "timeout"]
        assert not children()

    def test_its_process_ends_with_the_iterator(self, children: Children) -> None:
        batches = extract_batches(self.inputs, "documents", supervised=True, rows=1)
        assert not children()
        next(batches)
        assert len(children()) == 1
        batches.close()
        assert not children()

    def test_its_process_ends_with_an_error_of_the_engine(self, children: Children) -> None:
        def give() -> Any:
            yield self.inputs.to_batches()[0]
            raise OSError("the network is gone")

        with pytest.raises(OSError, match="network"):
            list(extract_batches(give(), supervised=True))
        assert not children()

    def test_a_script_needs_no_guard(self, tmp_path: Path) -> None:
        """The process does not load the script again, as those of multiprocessing do."""
        call = (
            "print(extract_table(pa.table({'source': ['a'], 'content': [b'']}), 'failures', supervised=True)['error'])"
        )
        head = "import pyarrow as pa\nfrom qjreport.arrow import extract_table\nprint('loaded')\n"
        write(tmp_path / "bare.py", f"{head}{call}\n".encode())
        write(tmp_path / "guarded.py", f"{head}if __name__ == '__main__':\n    {call}\n".encode())
        bare, guarded = (
            subprocess.run([sys.executable, tmp_path / name], capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT)
            for name in ("bare.py", "guarded.py")
        )
        for done in (bare, guarded):
            assert done.returncode == 0, done.stderr
            assert done.stdout.split() == ["loaded", "[", "[", '"empty"', "]", "]"]

    def test_a_process_that_does_not_start(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise BatchError("no process")

        monkeypatch.setattr(extract.Reader, "read", refuse)
        with pytest.raises(BatchError, match="supervised=False reads them in this one"):
            extract_table(self.inputs, "failures", supervised=True)

    def test_its_process_is_replaced_now_and_then(self, monkeypatch: pytest.MonkeyPatch, children: Children) -> None:
        monkeypatch.setattr(extract, "MOST_PAGES", 1)
        batches = extract_batches(self.inputs, "documents", supervised=True, rows=1)
        seen = []
        for _ in batches:
            seen += children()
        assert len(seen) == len(set(seen)) == 2
