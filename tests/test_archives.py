"""What holds for archives of every kind, and for single pages that are packed: limits, any bytes, addresses."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from archives import PACKINGS, PAGES, make_page, make_pages, make_records, make_tar, make_zip, pack, pack_records, write
from entries import list_all, list_failures, load_all
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sources import MHTML

from qjreport.sources import SourceError, read_source
from qjreport.sources.entry import Limits


class TestSinglePages:
    @pytest.mark.parametrize("packing", PACKINGS)
    def test_packed_page(self, tmp_path: Path, packing: str) -> None:
        name = "1.html" + (f".{packing}" if packing else "")
        path = write(tmp_path / name, pack(PAGES["1.html"], packing))
        for found in (list_all(path), list_all(tmp_path)):
            assert load_all(found) == [PAGES["1.html"]]
        inside = list_all(write(tmp_path / "a.zip", make_zip({name: path.read_bytes()})))
        assert load_all(inside) == [PAGES["1.html"]]

    def test_mhtml(self, tmp_path: Path) -> None:
        [page] = load_all(list_all(write(tmp_path / "a.mhtml", MHTML.encode())))
        assert "提案459件" in page.decode()

    def test_bomb(self, tmp_path: Path) -> None:
        path = write(tmp_path / "bomb.html.gz", gzip.compress(bytes(1 << 26)))
        assert list_failures(list_all(path)) == [("too-large", 0)]
        twice = write(tmp_path / "twice.html.gz", gzip.compress(gzip.compress(bytes(1 << 26))))
        assert [failure for failure, _ in list_failures(list_all(twice))] == ["too-large"]

    def test_size_limit(self, tmp_path: Path) -> None:
        path = write(tmp_path / "1.html", make_page(1) * 100)
        assert [entry.failure and entry.failure.error for entry in list_all(path, limits=Limits(page=1000))] == [
            "too-large"
        ]


def test_deep_total_of_packed_streams(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tar.gz", make_tar(make_pages(40), "gz"))
    found = list_all(path, limits=Limits(total=20_000))
    assert {failure for failure, _ in list_failures(found)} <= {"too-large", "damaged"}
    assert list_failures(found)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.warc", "a.warc.gz", "a.gz", "a.tar.xz", "a.tar.bz2"])
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=600), seed=st.integers(0, 2**32))
def test_any_bytes_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes, seed: int
) -> None:
    """Any file gives no exception, and at least one entry."""
    sound = {
        "a.zip": make_zip(PAGES),
        "a.tar": make_tar(PAGES),
        "a.warc": b"".join(make_records(PAGES.values())),
        "a.warc.gz": pack_records(make_records(PAGES.values()), "gz"),
        "a.gz": pack(PAGES["1.html"], "gz"),
        "a.tar.xz": make_tar(PAGES, "xz"),
        "a.tar.bz2": make_tar(PAGES, "bz2"),
    }[name]
    place = seed % len(sound)
    mixed = sound[:place] + data + sound[place + seed % 700 :]
    path = write(tmp_path_factory.mktemp("any") / name, mixed)
    found = list_all(path)
    assert found
    assert len({entry.address for entry in found}) == len(found)
    list_failures(found)


class TestAddresses:
    def test_member_is_read_again(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.tar.gz", make_tar(PAGES, "gz"))
        for entry in list_all(path):
            assert read_source(entry.address).data == entry.load()

    def test_no_such_member(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.zip", make_zip(PAGES))
        with pytest.raises(SourceError, match="there is no such page in"):
            read_source(f"{path}!missing.html")
        with pytest.raises(SourceError, match="no such file"):
            read_source("missing.zip!missing.html")


def test_names_of_a_frozen_list_are_json(tmp_path: Path) -> None:
    """Addresses are text: they go into JSON, SQLite and Parquet."""
    path = write(
        tmp_path / "a.zip", make_zip({"\udcff.html".encode("utf-8", "surrogatepass").decode("utf-8", "replace"): b"x"})
    )
    assert all(json.dumps(entry.address).encode() for entry in list_all(path))
