"""Archives that are made to end, to stop or to fill a batch do neither: each becomes rows that say what is wrong."""

from __future__ import annotations

import os
import signal
import sys
import time
import tracemalloc
from pathlib import Path

import pytest
from archives import make_page, make_tar, make_zip, write
from entries import list_all, load_all
from hostile_archives import BOMB, CASES, MB, Case, make_negative_tar, write_all

from qjreport.sources.confined import Bounds, Confined
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


class TestConfined:
    """What a process may take that lists archives, and what becomes of it."""

    BOUNDS = Bounds(seconds=1.0, memory=160 << 20)

    def run(self, work: str, question: bytes, size: int = 0) -> tuple[list[bytes], str]:
        parts = []
        with Confined(self.BOUNDS) as confined:
            try:
                parts.extend(confined.run(f"confined_work:{work}", question, size))
            except FailureError as error:
                assert confined.call("confined_work:count", b"2") == b"1"  # another process takes its place
                return parts, error.failure.error
        return parts, ""

    def test_parts_come_in_order(self) -> None:
        assert self.run("count", b"300") == ([b"%d" % number for number in range(300)], "")

    def test_too_long_from_one_part_to_the_next(self) -> None:
        assert self.run("hang", b"3") == ([b"0", b"1", b"2"], "timeout")

    def test_too_long_together(self) -> None:
        parts, error = self.run("crawl_along", b"0.2", size=1 << 17)  # three seconds, and one for 128 KiB
        assert error == "timeout"
        assert 3 < len(parts) < 22

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measures memory as Linux shows it")
    @pytest.mark.parametrize("question", [b"4000 4000", b"400 8"])
    def test_too_much_memory(self, question: bytes) -> None:
        with Confined(Bounds(seconds=60.0, memory=160 << 20)) as confined, pytest.raises(FailureError) as raised:
            confined.call("confined_work:swell", question)
        assert raised.value.failure.error == "memory"

    @posix
    def test_a_process_that_ends(self) -> None:
        assert self.run("end", b"%d" % signal.SIGSEGV) == ([b"first"] * 2, "crash")
        assert self.run("end", b"%d" % signal.SIGKILL) == ([b"first"] * 4, "ended")

    @posix
    def test_a_process_that_somebody_ends_once(self, tmp_path: Path) -> None:
        assert self.run("end_once", os.fsencode(tmp_path / "tried")) == ([b"first", b"first", b"second"], "")

    @posix
    def test_signals_for_the_group(self) -> None:
        bounds = Bounds(seconds=20.0)
        with Confined(bounds) as confined:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                assert confined.call("confined_work:end", b"%d" % number) == b"still here"

    def test_what_a_function_raises_and_prints(self) -> None:
        with Confined(self.BOUNDS) as confined, pytest.raises(FailureError, match="IndexError: string index") as raised:
            confined.call("confined_work:fail", b"")
        assert raised.value.failure.error == "bug"

    @posix
    def test_a_part_that_is_asked_for_hurts_no_other(self) -> None:
        told: dict[bytes, bytes | str] = {}
        with Confined(self.BOUNDS) as confined:
            for part in confined.run("confined_work:chat", b""):
                if part not in told:  # all come once more after each that ended the process
                    try:
                        told[part] = confined.ask(b"ab")
                    except FailureError as error:
                        told[part] = error.failure.error
        assert told == {b"0": b"abab", b"1": "timeout", b"2": "crash"}


class TestBatch:
    pytest.importorskip("pyarrow", reason="needs the extra archive")

    def test_every_case_beside_good_pages(self, tmp_path: Path) -> None:
        """Every page is a document, and every case has rows of failures."""
        from batches import do_batch, read_table

        for number in range(20):
            write(tmp_path / f"in/pages/{number}.html", make_page(number))
        write_all(tmp_path / "in/bad")
        (tmp_path / "in/bad/zero.warc.gz").symlink_to("/dev/zero")
        outcome = do_batch(tmp_path / "out", tmp_path / "in", jobs=2)
        assert outcome.documents == 20
        failed = {row["source"].partition("/in/bad/")[2] for row in read_table(tmp_path / "out", "failures")}
        for case in CASES:
            assert any(name.startswith(case.name) for name in failed), case.name

    @pytest.mark.parametrize("turns", [(1, 2), (2,)])
    def test_an_archive_that_hangs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turns: tuple[int, ...]
    ) -> None:
        """What came before is read; the rest is one failure; or one for each input, if only listing again hangs."""
        from batches import do_batch, read_files, read_table

        from qjreport.batch.task import Settings

        run, asked = Confined.run, []

        def run_else(self: Confined, function: str, question: bytes, size: int = 0) -> object:
            asked.append(function)
            hangs = function.endswith(":serve_file") and asked.count(function) in turns
            return run(self, "confined_work:list_but_hang" if hangs else function, question, size)

        monkeypatch.setattr(Confined, "run", run_else)
        write(tmp_path / "in/a.tar", make_tar({"1.html": make_page(1), "hangs.html": make_page(2), "3.html": b""}))
        write(tmp_path / "in/b.html", make_page(3))
        outcome = do_batch(tmp_path / "out", tmp_path / "in", settings=Settings(seconds=3.0), jobs=2)
        rows = read_table(tmp_path / "out", "failures")
        names = [""] if 1 in turns else ["!hangs.html", "!3.html"]
        assert (outcome.documents, [row["source"] for row in rows]) == (
            2,
            [f"{tmp_path}/in/a.tar{name}" for name in names],
        )
        for row in rows:
            assert row["error"] == "timeout"
            assert "took more than 3 seconds after" in row["message"] and "unpack it" in row["message"]
        monkeypatch.undo()  # the same command again, of which the archive is now read as it should be
        again = do_batch(tmp_path / "out", tmp_path / "in", settings=Settings(seconds=3.0), jobs=2, retry=True)
        whole = do_batch(tmp_path / "whole", tmp_path / "in", settings=Settings(seconds=3.0), jobs=2)
        assert (again.documents, again.errors) == (whole.documents, whole.errors) == (3, {"empty": 1})
        assert read_files(tmp_path / "out") == read_files(tmp_path / "whole")

    @posix
    def test_an_address_in_an_archive(self, tmp_path: Path) -> None:
        from qjreport.sources import SourceError, read_source

        path = write(tmp_path / "a.zip", make_zip({"a.html": make_page(1)}))
        assert read_source(f"{path}!a.html").data == make_page(1)
        with pytest.raises(SourceError, match="there is no such page in"):
            read_source(f"{path}!b.html")
        for case in CASES:
            if case.name in ("chunk.warc", "bomb-bzip2.zip", "damaged-lzma.zip", "no-directory.zip"):
                case.write(tmp_path / case.name)
                with pytest.raises(SourceError):
                    read_source(f"{tmp_path / case.name}" + ("@0 http://a.test/" if "warc" in case.name else "!a.html"))


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
