"""Tar → pages: every packing, links, damage."""

from __future__ import annotations

import io
import random
import tarfile
from pathlib import Path

import pytest
from archives import PACKINGS, PAGES, make_tar, write
from entries import list_all, list_failures, list_pages, load_all, name_all


class TestTars:
    @pytest.mark.parametrize("packing", PACKINGS)
    def test_members(self, tmp_path: Path, packing: str) -> None:
        long = "很长的目录名" * 30 + "/1.html"
        name = "a.tar" + (f".{packing}" if packing else "")
        found = list_all(write(tmp_path / name, make_tar({**PAGES, long: PAGES["1.html"]}, packing)))
        assert name_all(found, tmp_path) == [f"{name}!{member}" for member in (*PAGES, long)]
        assert load_all(found) == [*PAGES.values(), PAGES["1.html"]]

    def test_links_are_not_followed(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            link = tarfile.TarInfo("link.html")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
        assert list_failures(list_all(write(tmp_path / "a.tar", out.getvalue()))) == [("skipped", 0)]

    @pytest.mark.parametrize("blocks", [1, 2])
    def test_zeroed_stretch(self, tmp_path: Path, blocks: int) -> None:
        data = bytearray(make_tar(PAGES))
        place = data.find(b"2.html")
        data[place : place + 512 * blocks] = bytes(512 * blocks)
        found = list_all(write(tmp_path / "a.tar", bytes(data)))
        assert ("damaged", place) in list_failures(found)
        assert list_pages(found) == [page for name, page in PAGES.items() if name != "2.html"]

    def test_cut_off(self, tmp_path: Path) -> None:
        data = make_tar(PAGES)
        found = list_all(write(tmp_path / "a.tar", data[: data.find(PAGES["4.html"]) + 100]))
        assert list_pages(found) == list(PAGES.values())[:3]
        assert [failure for failure, _ in list_failures(found)] == ["damaged"]

    def test_damaged_packing(self, tmp_path: Path) -> None:
        random_ = random.Random(20261122)
        noise = {f"n{place}.html": random_.randbytes(20_000).hex().encode() for place in range(8)}
        data = bytearray(make_tar({**PAGES, **noise}, "gz"))
        data[len(data) // 2 : len(data) // 2 + 200] = bytes(200)
        found = list_all(write(tmp_path / "a.tar.gz", bytes(data)))
        assert list_pages(found)[:4] == list(PAGES.values())
        assert ("damaged", 0) in list_failures(found)
