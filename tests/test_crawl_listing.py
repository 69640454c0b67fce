"""Crawls are listed in ranges by several workers: the same entries, each range once, whatever happens."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from archives import make_page, make_pages, make_record, make_records, make_response, name_url, pack_records, write
from crawls import MEMBERS, make_crawl, store, tell_all
from entries import list_all
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow", reason="needs the extra archive")

from batches import Said, do_batch, read_files, read_table

from qjreport.batch import listing
from qjreport.batch.listing import KeptListing, Listing, Wanted
from qjreport.sources import crawl as crawl_module
from qjreport.sources.confined import Bounds
from qjreport.sources.entry import Entry, Limits
from qjreport.sources.file_names import Choice
from qjreport.sources.walk import walk_paths
from qjreport.sources.words_asked import Sieve

PAGES = [make_page(number) for number in range(60)]


class Counting(ThreadPoolExecutor):
    """Counts the ranges that are handed out, and how many at a time wait or are at work."""

    def __init__(self, jobs: int) -> None:
        super().__init__(jobs)
        self.handed = 0
        self.open: list[Future[Any]] = []
        self.most = 0

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:  # type: ignore[override]
        self.handed += 1
        self.open = [future for future in self.open if not future.done()]
        self.open.append(super().submit(*args, **kwargs))
        self.most = max(self.most, len(self.open))
        return self.open[-1]


class Dying(Executor):
    """Loses every range."""

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        future.set_exception(RuntimeError("the worker is gone"))
        return future


def list_again(wanted: Wanted, *paths: str, again: bool = False, **options: Any) -> list[Entry]:
    return list(make_listing(wanted, **options).list(walk_paths(paths, wanted.choice, None), again=again))


def make_listing(wanted: Wanted, folder: Path | None = None, jobs: int = 2, make: Any = None) -> Listing:
    return Listing(wanted, KeptListing(folder), jobs, make or (lambda: ThreadPoolExecutor(jobs)))


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ranges of a few records."""
    monkeypatch.setattr(listing, "SPAN", 2000)
    yield


@pytest.mark.usefixtures("narrow")
class TestListing:
    @pytest.mark.parametrize("packing", ["", "gz"])
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(data=st.data())
    def test_what_reading_from_front_to_back_gives(self, tmp_path: Path, packing: str, data: st.DataObject) -> None:
        """Whatever is wrong with the file, even crawls in it that no range can tell from its own records."""
        path = write(tmp_path / "a.warc", data.draw(make_crawl(packing, [*MEMBERS, "crawl"])))
        words = data.draw(st.sampled_from([(), ("第1号", "第4号")]))
        wanted = Wanted(Choice(exclude=("*/2.html",)), words)
        sieve = Sieve(words, Limits()) if words else None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(listing, "SPAN", data.draw(st.sampled_from([100, 700, 3000])))
            patch.setattr(crawl_module, "BACK", data.draw(st.sampled_from([0, 300])))
            whole = list_all(path, sieve=sieve, choice=wanted.choice)
            made = make_listing(wanted)
            found = list(made.list(walk_paths([str(path)], wanted.choice, None)))
            assert tell_all(found) == tell_all(whole)
            assert made.passed == (sieve.passed if sieve else 0)

    def test_total_limit_is_that_of_the_file(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES), "gz"))
        limits = Limits(total=20_000)
        whole = list_all(path, limits=limits)
        assert ["unpacks to more" in entry.failure.message for entry in whole if entry.failure] == [True]
        assert len(whole) < len(PAGES)
        assert tell_all(list_again(Wanted(limits=limits), str(path))) == tell_all(whole)

    def test_among_other_sources(self, tmp_path: Path) -> None:
        for name, page in make_pages(3).items():
            write(tmp_path / "p" / name, page)
        for name in ("1a.warc.gz", "2a.warc", "9.warc.gz"):
            write(tmp_path / "p" / name, pack_records(make_records(PAGES), "gz" if name.endswith("gz") else ""))
        paths = [str(tmp_path / "p"), "missing.html", f"{tmp_path}/p/9.warc.gz@0-5000"]
        whole = [entry for path in paths for entry in list_all(Path(path))]
        assert tell_all(list_again(Wanted(), *paths)) == tell_all(whole)
        assert len(whole) > 190

    def test_few_ranges_wait_at_a_time(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES), "gz"))
        executor = Counting(2)
        made = make_listing(Wanted(), make=lambda: executor)
        entries = made.list(walk_paths([str(path)], Choice(), None))
        assert next(entries).url == name_url(1)
        assert executor.handed <= 2 * (1 + listing.AHEAD)
        assert len(list(entries)) == len(PAGES) - 1
        assert executor.most <= 2 * (1 + listing.AHEAD) < executor.handed

    def test_lost_workers(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES), "gz"))
        assert tell_all(list_again(Wanted(), str(path), make=Dying)) == tell_all(list_all(path))

    def test_processes(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES), "gz"))
        found = list_again(Wanted(bounds=Bounds()), str(path))
        assert tell_all(found) == tell_all(list_all(path))

    def test_a_file_that_goes_away(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES), "gz"))
        entries = make_listing(Wanted(), jobs=0).list(walk_paths([str(path)], Choice(), None))
        first = next(entries)
        path.unlink()
        rest = list(entries)
        assert [entry.failure.error for entry in rest if entry.failure] == ["unreadable"]
        with pytest.raises(Exception, match="no such file"):
            first.load()


@pytest.mark.usefixtures("narrow")
class TestKept:
    @pytest.fixture
    def crawl(self, tmp_path: Path) -> Path:
        return write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES), "gz"))

    def list(self, folder: Path, crawl: Path, wanted: Wanted = Wanted()) -> tuple[list[Entry], int]:  # noqa: B008
        executor = Counting(2)
        return list_again(wanted, str(crawl), folder=folder, make=lambda: executor), executor.handed

    def test_each_range_is_listed_once(self, tmp_path: Path, crawl: Path) -> None:
        first, handed = self.list(tmp_path, crawl)
        again, handed_again = self.list(tmp_path, crawl)
        assert tell_all(first) == tell_all(again) == tell_all(list_all(crawl))
        assert handed > 5 > handed_again == 0

    def test_by_all_that_it_depends_on(self, tmp_path: Path, crawl: Path) -> None:
        _, handed = self.list(tmp_path, crawl)
        for wanted in (Wanted(Choice(("*1*",))), Wanted(words=("第1号",)), Wanted(limits=Limits(page=99))):
            found, handed_again = self.list(tmp_path, crawl, wanted)
            assert handed_again >= handed - 2, wanted
            assert len(found) < len(PAGES) or wanted.limits.page == 99
        write(crawl, pack_records(make_records(PAGES[1:]), "gz"))
        found, handed_again = self.list(tmp_path, crawl)
        assert (len(found), handed_again > 5) == (len(PAGES) - 1, True)

    @pytest.mark.parametrize("damage", ["no database", "other tables", "cut off", "rows", "folder"])
    def test_damage_costs_time_and_no_more(self, tmp_path: Path, crawl: Path, damage: str) -> None:
        whole = tell_all(self.list(tmp_path, crawl)[0])
        path = tmp_path / listing.LISTING_NAME
        if damage == "no database":
            path.write_bytes(b"no database" * 1000)
        elif damage == "cut off":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif damage == "folder":
            path.unlink()
            path.mkdir()
        else:
            base = sqlite3.connect(path)
            with base:
                if damage == "rows":
                    base.execute("UPDATE ranges SET listed = x'789c00ff'")
                else:
                    base.execute("DROP TABLE ranges")
                    base.execute("CREATE TABLE ranges (other TEXT)")
            base.close()
        assert tell_all(self.list(tmp_path, crawl)[0]) == whole


@pytest.mark.usefixtures("narrow")
class TestBatch:
    def test_same_dataset_by_ranges_and_by_one_reader(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        inner = store(make_record(make_response(make_page(1)), name_url(99)), "gz")
        data = pack_records(make_records(PAGES[:20]), "gz")
        write(tmp_path / "a.warc.gz", data[:3000] + bytes(40) + data[3040:] + inner)
        write(tmp_path / "b.html", make_page(77))
        sources = [tmp_path / "a.warc.gz", tmp_path / "b.html"]
        do_batch(tmp_path / "ranges", *sources, jobs=2)
        monkeypatch.setattr(listing, "SPAN", 1 << 30)
        outcome = do_batch(tmp_path / "one", *sources, jobs=0)
        assert read_files(tmp_path / "ranges") == read_files(tmp_path / "one")
        assert outcome.documents >= 20
        assert outcome.errors == {"damaged": 1}

    def test_a_stopped_run_lists_no_crawl_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        crawl = write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES[:20]), "gz"))
        out = tmp_path / "out"

        class Fails(Said):
            def begin(self, *_: object) -> None:
                raise OSError(28, "no space left")

        with pytest.raises(OSError, match="no space left"):
            do_batch(out, crawl, listener=Fails())
        assert (out / listing.LISTING_NAME).is_file()
        listed: list[bytes] = []
        monkeypatch.setattr(listing, "list_range", lambda packed: listed.append(packed))
        assert do_batch(out, crawl).documents == 20
        assert listed == []
        assert not (out / listing.LISTING_NAME).exists()

    def test_words(self, tmp_path: Path) -> None:
        crawl = write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES[:20]), "gz"))
        outcome = do_batch(tmp_path / "out", crawl, words=("第7号", "第9号"))
        assert (outcome.inputs, outcome.documents, outcome.passed_over) == (2, 2, 18)
        assert [row["url"] for row in read_table(tmp_path / "out", "documents")] == [name_url(8), name_url(10)]
