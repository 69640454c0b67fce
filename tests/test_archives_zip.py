"""Zip → pages: names, nesting, damage, hostile members."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from archives import PAGES, make_gbk_zip, make_tar, make_zip, write
from entries import list_all, list_failures, list_pages, load_all, name_all

from qjreport.sources.entry import Limits


class TestZips:
    def test_members(self, tmp_path: Path) -> None:
        path = write(tmp_path / "2024.zip", make_zip({"重庆市/2015.html": PAGES["1.html"], "2.html": PAGES["2.html"]}))
        found = list_all(path)
        assert name_all(found, tmp_path) == ["2024.zip!重庆市/2015.html", "2024.zip!2.html"]
        assert load_all(found) == [PAGES["1.html"], PAGES["2.html"]]

    def test_names_in_gbk(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.zip", make_gbk_zip({"枫渡区/二〇一五年.html": PAGES["1.html"]}))
        assert name_all(list_all(path), tmp_path) == ["a.zip!枫渡区/二〇一五年.html"]

    def test_the_second_of_a_name_is_an_input_too(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.html", PAGES["1.html"])
            archive.writestr("a.html", PAGES["2.html"])
        found = list_all(write(tmp_path / "a.zip", out.getvalue()))
        assert name_all(found, tmp_path) == ["a.zip!a.html", "a.zip!a.html#2"]
        assert load_all(found) == [PAGES["1.html"], PAGES["2.html"]]

    def test_nested_one_level(self, tmp_path: Path) -> None:
        inner = make_zip({"in.zip": make_zip(PAGES), "1.html": PAGES["1.html"]})
        found = list_all(write(tmp_path / "out.zip", make_zip({"a.zip": inner, "b.tar.gz": make_tar(PAGES, "gz")})))
        assert name_all(found, tmp_path)[:3] == [
            "out.zip!a.zip!in.zip",
            "out.zip!a.zip!1.html",
            "out.zip!b.tar.gz!1.html",
        ]
        assert list_failures(found) == [("skipped", None)]

    def test_broken_entry(self, tmp_path: Path) -> None:
        data = bytearray(make_zip(PAGES, zipfile.ZIP_STORED))
        place = data.find(PAGES["2.html"])
        data[place + 50 : place + 60] = bytes(10)
        found = list_all(write(tmp_path / "a.zip", bytes(data)))
        header = bytes(data).rfind(b"PK\x03\x04", 0, place)
        assert list_failures(found) == [("damaged", header)]
        assert list_pages(found) == [page for name, page in PAGES.items() if name != "2.html"]

    @pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    def test_without_its_directory(self, tmp_path: Path, method: int) -> None:
        data = make_zip(PAGES, method)
        cut = data[: data.rfind(b"PK\x03\x04") + 60]
        found = list_all(write(tmp_path / "a.zip", cut))
        assert list_pages(found) == list(PAGES.values())[:3]
        assert [failure for failure, _ in list_failures(found)] == ["damaged", "damaged"]

    def test_hostile_members(self, tmp_path: Path) -> None:
        bomb = make_zip(
            {"../../evil.html": PAGES["1.html"], "/etc/evil.html": PAGES["1.html"], "bomb.html": bytes(1 << 23)}
        )
        found = list_all(write(tmp_path / "a.zip", bomb))
        assert [failure for failure, _ in list_failures(found)] == ["unsafe-name", "unsafe-name", "too-large"]
        assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]

    def test_total_limit(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.zip", make_zip(PAGES))
        found = list_all(path, limits=Limits(total=len(PAGES["1.html"]) + 10))
        assert [entry.failure.error if entry.failure else None for entry in found] == [None, *["too-large"] * 3]

    def test_encrypted(self, tmp_path: Path) -> None:
        data = bytearray(make_zip({"a.html": PAGES["1.html"]}))
        data[6] |= 1
        data[data.find(b"PK\x01\x02") + 8] |= 1
        assert list_failures(list_all(write(tmp_path / "a.zip", bytes(data)))) == [("encrypted", 0)]

    def test_an_office_file_is_no_archive(self, tmp_path: Path) -> None:
        path = write(tmp_path / "report", make_zip({"word/document.xml": b"<w/>"}))
        assert list_failures(list_all(path)) == [("no-page", None)]
