"""Folders → pages: their order, globs, links, and what is no page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from archives import make_page, make_zip, write
from entries import list_all, list_failures, load_all, name_all

from qjreport.sources.file_names import Choice


class TestFolders:
    def test_natural_order_and_depth(self, tmp_path: Path) -> None:
        for name in ("10.html", "2.html", "b/1.html", "a10/1.html", "a9/1.html"):
            write(tmp_path / name, make_page(1))
        assert name_all(list_all(tmp_path), tmp_path) == ["2.html", "10.html", "a9/1.html", "a10/1.html", "b/1.html"]

    def test_globs(self, tmp_path: Path) -> None:
        for name in ("1.html", "1.txt", "old/2.html", "new/3.html"):
            write(tmp_path / name, make_page(1))
        write(tmp_path / "z.zip", make_zip({"4.html": make_page(4), "5.txt": make_page(5)}))
        found = list_all(tmp_path, choice=Choice(include=("*.html",), exclude=("old",)))
        assert name_all(found, tmp_path) == ["1.html", "new/3.html", "z.zip!4.html"]

    def test_a_file_named_twice_is_one_input(self, tmp_path: Path) -> None:
        page = write(tmp_path / "1.html", make_page(1))
        assert len(list_all(tmp_path, page, page)) == 1

    def test_other_files_are_listed_with_their_reason(self, tmp_path: Path) -> None:
        for name in ("1.html", "1_files/style.css", "map.jpg", "report.pdf"):
            write(tmp_path / name, b"%PDF-1.7" if name == "report.pdf" else make_page(1))
        write(tmp_path / "disguised.html", b"%PDF-1.7")
        found = list_all(tmp_path)
        assert [entry.failure.message for entry in found if entry.failure] == [
            "is a style sheet (.css)",
            "is a picture (.jpg)",
            "is a document, not a page (.pdf)",
        ]
        assert list_failures(found) == [("skipped", None), ("no-page", None), ("skipped", None), ("skipped", None)]

    def test_links_that_loop_or_lead_nowhere(self, tmp_path: Path) -> None:
        write(tmp_path / "a/1.html", make_page(1))
        (tmp_path / "a/up").symlink_to(tmp_path)
        (tmp_path / "a/self.html").symlink_to(tmp_path / "a/self.html")
        (tmp_path / "a/nowhere.html").symlink_to(tmp_path / "nothing")
        found = list_all(tmp_path)
        assert sorted(list_failures(found)) == [("link-loop", None), ("link-loop", None), ("unreadable", None)]
        assert load_all([entry for entry in found if entry.read]) == [make_page(1)]

    def test_the_dataset_itself_is_no_source(self, tmp_path: Path) -> None:
        write(tmp_path / "facts/part.html", make_page(1))
        write(tmp_path / "1.html", make_page(1))
        assert name_all(list_all(tmp_path, leave_out=tmp_path / "facts"), tmp_path) == ["1.html"]

    @pytest.mark.skipif(os.name != "posix", reason="names of bytes")
    def test_names_that_are_no_text_stay_apart(self, tmp_path: Path) -> None:
        for name in (b"\xd6\xd8.html", b"\xc7\xec.html"):
            try:
                Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(make_page(1))
            except OSError:
                pytest.skip("the file system takes no such names")
        found = list_all(tmp_path)
        assert len({entry.address for entry in found}) == 2
        assert len(load_all(found)) == 2
