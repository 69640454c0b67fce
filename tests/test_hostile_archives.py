"""Archives that are made to end, to stop or to fill a batch do neither: each becomes rows that say what is wrong."""

from __future__ import annotations

import os
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from archives import make_page, make_tar, make_zip, write
from entries import list_all, load_all
from hostile_archives import BOMB, CASES, MB, Case, make_negative_tar

from qjreport.sources.entry import FailureError, Limits, Place
from qjreport.sources.file_names import Names, find_path, show_member, show_path
from qjreport.sources.listing import list_sources, load_place
from qjreport.sources.unpack import open_page

MOST_SECONDS = 15.0  # of the processor, on a machine that does other work: the slowest takes four
MOST_MEMORY = 200 * MB  # less than a bomb unpacks to
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


def find_errors(path: Path) -> set[str]:
    errors = set()
    for entry in list_sources([str(path)]):
        try:
            open_page(entry.address, entry.load(), Limits())
        except FailureError as error:
            errors.add(error.failure.error)
        else:
            errors.add("a page")
    return errors


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_is_told_in_little_time_and_memory(case: Case, tmp_path: Path) -> None:
    assert BOMB[0] > MOST_MEMORY
    case.write(tmp_path / case.name)
    begun = time.process_time()
    assert find_errors(tmp_path / case.name) - {"skipped"} == case.errors
    assert time.process_time() - begun < MOST_SECONDS
    if "bomb" in case.name or "dictionary" in case.name or "sparse" in case.name:
        tracemalloc.start()
        find_errors(tmp_path / case.name)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MOST_MEMORY


def test_a_negative_size_swallows_no_page(tmp_path: Path) -> None:
    pages = {f"{number}.html": make_page(number) for number in range(39)}
    found = list_all(write(tmp_path / "a.tar", make_negative_tar(pages)))
    assert [entry.failure.error for entry in found if entry.failure] == ["damaged"]
    assert load_all([entry for entry in found if entry.read]) == list(pages.values())


@posix
class TestSpecialFiles:
    def test_what_was_a_file_when_it_was_listed(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "link").symlink_to("/dev/zero")
        for name in ("pipe", "link"):
            for kind in ("file", "zip", "warc"):
                with pytest.raises(FailureError, match="cannot be read: is a device or a special file"):
                    load_place(Place(str(tmp_path / name), kind), Limits())

    def test_links_that_lead_out_of_a_source(self, tmp_path: Path) -> None:
        write(tmp_path / "outside/secret.html", make_page(1))
        write(tmp_path / "in/a/1.html", make_page(2))
        (tmp_path / "in/secret.html").symlink_to(tmp_path / "outside/secret.html")
        (tmp_path / "in/folder").symlink_to(tmp_path / "outside")
        (tmp_path / "in/2.html").symlink_to("a/1.html")
        (tmp_path / "named").symlink_to(tmp_path / "in")
        for source in ("in", "named"):
            found = list_all(tmp_path / source)
            told = {Path(entry.address).name: entry.failure.error for entry in found if entry.failure}
            assert told == {"secret.html": "link-outside", "folder": "link-outside"}
            assert load_all([entry for entry in found if entry.read]) == [make_page(2)] * 2
        assert load_all(list_all(tmp_path / "outside")) == [make_page(1)]


@posix
class TestAddresses:
    NAMES = (
        b"a\xff.html",
        rb"a\xff.html",
        rb"a\x5cxff.html",
        b"x.zip!b.html",
        rb"x.zip\x21b.html",
        b"x.zip@0",
        b"a!b@c.html",
    )

    def test_no_two_inputs_have_the_same(self, tmp_path: Path) -> None:
        for number, name in enumerate(self.NAMES):
            try:
                Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(make_page(number))
            except OSError:
                pytest.skip("the file system takes no such names")
        write(tmp_path / "x.zip", make_zip({"b.html": make_page(20), "c.html": make_page(21)}))
        found = list_all(tmp_path)
        assert len({entry.address for entry in found}) == len(found) == len(self.NAMES) + 2
        for path in tmp_path.iterdir():
            assert find_path(show_path(str(path))) == str(path)

    def test_members(self, tmp_path: Path) -> None:
        inner = make_zip({"c.html": make_page(1), "a.html#2": make_page(2), "a.html": make_page(3)})
        files = {
            "b.zip": inner,
            "b.zip!c.html": make_page(4),
            r"b.zip\x21c.html": make_page(5),
            "a!b.html": make_page(6),
        }
        for make, name in ((make_zip, "a.zip"), (make_tar, "a.tar")):
            found = list_all(write(tmp_path / name, make(files)))
            assert len({entry.address for entry in found}) == len(load_all(found)) == 6
            assert f"{tmp_path / name}!a!b.html" in {entry.address for entry in found}

    def test_names_that_are_given_again(self) -> None:
        names = Names("a.zip")
        given = [names.give(name) for name in ("a", "a", "a#2", "a", "a#2", "a#2#2")]
        assert given == ["a.zip!" + name for name in ("a", "a#2", "a#2#2", "a#3", "a#2#3", "a#2#2#2")]

    def test_what_is_spelt_out(self) -> None:
        names = ("b.zip!c", "b.zip#2@c", r"b.zip\x21c", r"b.zip\x5cx21c", r"\x5c", r"\x5cx5c", "a!b", "b.zip", "!.html")
        assert len({show_member(name) for name in names}) == len(names)
        assert [find_path(show_member(name)) for name in names] == list(names)
        assert show_member("C:\\xab.html") == "C:\\xab.html"
