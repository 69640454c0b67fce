"""Crawls by ranges of offsets: what consecutive ranges give is what reading the whole file gives, however it is cut."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from archives import (
    PAGES,
    make_page,
    make_record,
    make_records,
    make_response,
    make_tar,
    make_zip,
    name_url,
    needs_zstd,
    pack,
    pack_records,
    write,
)
from crawls import MEMBERS, list_ranges, make_crawl, make_cuts, store, tell_all
from entries import list_all, list_failures, list_pages, load_all
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qjreport.sources import SourceError, read_source
from qjreport.sources import crawl as crawl_module
from qjreport.sources.crawl import load_record
from qjreport.sources.entry import FailureError, Limits
from qjreport.sources.stream import Opened

PACKINGS = ["", "gz", pytest.param("zst", marks=needs_zstd)]
QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
TURNS = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=QUIET)


class TestAnyCutting:
    @pytest.mark.parametrize("packing", PACKINGS)
    @TURNS
    @given(data=st.data())
    def test_ranges_give_the_whole(self, tmp_path: Path, packing: str, data: st.DataObject) -> None:
        """With other crawls stored in this one: what stands before a range shows which members are its own."""
        content = data.draw(make_crawl(packing, [*MEMBERS, "crawl"]))
        path = write(tmp_path / "a.warc", content)
        whole = list_all(path)
        assert tell_all(list_ranges(path, data.draw(make_cuts(content, whole)))) == tell_all(whole)

    @pytest.mark.parametrize("packing", PACKINGS)
    @pytest.mark.parametrize("back", [0, 100])
    @TURNS
    @given(data=st.data())
    def test_by_the_bytes_of_the_range_alone(
        self, tmp_path: Path, packing: str, back: int, data: st.DataObject
    ) -> None:
        """Reading hardly anything before a range, as for a range far into a file."""
        content = data.draw(make_crawl(packing))
        path = write(tmp_path / "a.warc", content)
        whole = list_all(path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(crawl_module, "BACK", back)
            assert tell_all(list_ranges(path, data.draw(make_cuts(content, whole)))) == tell_all(whole)

    @pytest.mark.parametrize("packing", PACKINGS)
    @TURNS
    @given(data=st.data())
    def test_records_are_read_by_their_place(self, tmp_path: Path, packing: str, data: st.DataObject) -> None:
        path = write(tmp_path / "a.warc", data.draw(make_crawl(packing)))
        for entry in list_all(path):
            if entry.read:
                assert entry.place is not None
                assert load_record(entry.place, Limits()) == entry.load()

    def test_crawl_in_a_crawl_behind_the_look_back(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The one exception: the range also reads such members of a record that begins far before its border."""
        members = pack_records(make_records(PAGES.values()), "gz")
        outer = store(make_record(make_response(random.Random(1).randbytes(5000) + members), name_url(9)), "gz")
        end = pack_records([make_record(make_response(make_page(7)), name_url(7))], "gz")
        path = write(tmp_path / "a.warc.gz", outer + end)
        cuts = [0, 4000, len(outer) + len(end)]
        assert tell_all(list_ranges(path, cuts)) == tell_all(list_all(path))
        monkeypatch.setattr(crawl_module, "BACK", 1000)
        found = list_ranges(path, cuts)
        assert {entry.address for entry in list_all(path)} < {entry.address for entry in found}
        assert list_pages(found) == [*PAGES.values(), make_page(7)]

    @needs_zstd
    def test_dictionary(self, tmp_path: Path) -> None:
        import zstandard

        pages = [make_page(number) for number in range(40)]
        content = b"".join(pages[:10])
        packer = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(content))
        frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
        data = frame + b"".join(packer.compress(record) for record in make_records(pages))
        path = write(tmp_path / "a.warc.zst", data)
        whole = list_all(path)
        assert load_all(whole) == pages
        unsized = [msgspec.structs.replace(entry.place, size=None) for entry in whole if entry.place]
        assert [load_record(place, Limits()) for place in unsized] == pages
        assert tell_all(list_ranges(path, [0, 9, len(frame) + 500, len(data) // 2, len(data)])) == tell_all(whole)
        assert [load_record(entry.place, Limits()) for entry in whole if entry.place] == pages
        assert read_source(whole[20].address).data == pages[20]


class TestRangeAddresses:
    def test_first_and_last_byte(self, tmp_path: Path) -> None:
        records = make_records(PAGES.values())
        path = write(tmp_path / "a.warc.gz", pack_records(records, "gz"))
        second = len(pack_records(records[:2], "gz"))
        third = len(pack_records(records[:3], "gz"))
        assert list_pages(list_ranges(path, [second, third])) == [PAGES["2.html"]]
        assert list_pages(list_ranges(path, [second - 1, third])) == [PAGES["2.html"]]
        assert list_pages(list_ranges(path, [second + 1, third + 1])) == [PAGES["3.html"]]
        assert list_ranges(path, [second + 1, third]) == []
        assert list_ranges(path, [1 << 40, 1 << 41]) == []

    def test_a_file_of_such_a_name_is_opened(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.warc@0-5", pack_records(make_records(PAGES.values()), ""))
        write(tmp_path / "a.warc", b"")
        assert list_pages(list_all(path)) == list(PAGES.values())

    @pytest.mark.parametrize(
        "data", [make_page(1), make_zip(PAGES), make_tar(PAGES), pack(make_records(PAGES.values())[1], "xz")]
    )
    def test_only_crawls_have_ranges(self, tmp_path: Path, data: bytes) -> None:
        path = write(tmp_path / "a.html", data)
        [entry] = list_all(Path(f"{path}@0-5"))
        assert entry.failure is not None
        assert (entry.failure.error, entry.address) == ("unsupported", f"{path}@0-5")
        assert "is no crawl" in entry.failure.message

    def test_ranges_of_one_file_are_not_the_same_source(self, tmp_path: Path) -> None:
        data = pack_records(make_records(PAGES.values()), "gz")
        path = write(tmp_path / "a.warc.gz", data)
        ranges = [Path(f"{path}@{start}-{start + 700}") for start in range(0, len(data), 700)]
        assert load_all(list_all(*ranges, ranges[0])) == list(PAGES.values())

    def test_damaged_first_member(self, tmp_path: Path) -> None:
        data = bytearray(pack_records(make_records(PAGES.values()), "gz"))
        data[12:40] = bytes(28)
        found = list_all(write(tmp_path / "a.warc.gz", bytes(data)))
        assert list_failures(found) == [("damaged", 0)]
        assert list_pages(found) == list(PAGES.values())


class TestSeeking:
    @pytest.mark.parametrize("packing", PACKINGS)
    def test_a_record_is_read_without_what_lies_in_front(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: str
    ) -> None:
        pages = [make_page(number) + random.Random(number).randbytes(20_000).hex().encode() for number in range(40)]
        path = write(tmp_path / "a.warc", pack_records(make_records(pages), packing))
        entry = list_all(path)[-1]
        given: list[int] = []
        read = Opened.read
        monkeypatch.setattr(Opened, "read", lambda self, size: given.append(size) or read(self, size))
        assert read_source(entry.address).data == pages[-1]
        assert sum(given) <= 5 * 64 * 1024 < path.stat().st_size // 2

    @pytest.mark.parametrize("packing", PACKINGS)
    def test_a_place_has_the_size_of_its_record(self, tmp_path: Path, packing: str) -> None:
        """So that it asks shared storage for these bytes and no more."""
        members = [pack(record, packing) for record in make_records(PAGES.values())]
        path = write(tmp_path / "a.warc", b"".join(members))
        blank = 0 if packing else len("\r\n\r\n")
        sizes = [entry.place.size for entry in list_all(path) if entry.place]
        assert sizes == [len(member) - blank for member in members[1:]]

    def test_addresses_that_cannot_be_sought(self, tmp_path: Path) -> None:
        records = make_records(PAGES.values())
        data = b"".join([*records[:2], b"\nno record\r\n\r\n", *records[2:]])
        path = write(tmp_path / "a.warc", data)
        damaged = next(entry for entry in list_all(path) if entry.failure)
        with pytest.raises(SourceError, match="no WARC record"):
            read_source(damaged.address)
        with pytest.raises(SourceError, match="there is no such page"):
            read_source(f"{path}@3 {name_url(1)}")
        with pytest.raises(SourceError, match="there is no such page"):
            read_source(f"{path}@{len(records[0])} http://www.example.test/other")
        inner = write(tmp_path / "a.zip", make_zip({"a.warc": data}))
        assert read_source(f"{inner}!a.warc@{len(records[0])} {name_url(1)}").data == PAGES["1.html"]

    def test_a_place_where_no_page_is_any_more(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.warc.gz", pack_records(make_records(PAGES.values()), "gz"))
        place = list_all(path)[2].place
        assert place is not None
        data = path.read_bytes()
        for there, message in ((b"", "holds no page at this place"), (bytes(place.size or 0), "no WARC record")):
            path.write_bytes(data[: place.offset] + there)
            with pytest.raises(FailureError, match=message):
                load_record(place, Limits())
