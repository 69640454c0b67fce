"""Inputs cannot get out: archives lead nowhere, no input is overwritten, temporary files are safe."""

from __future__ import annotations

import io
import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tarfile
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from archives import PAGES, make_tar, make_zip, write
from calls import PAGE, call
from conftest import ROOT, Run
from entries import list_all, list_failures, list_pages, load_all

from qjreport.sources import SourceError, read_source
from qjreport.writers.files import make_aside, write_whole

OUTSIDE = (
    *("../evil.html", "a/../../evil.html", "/etc/evil.html", "C:\\evil.html", "c:evil.html", "..\\evil.html"),
    *("\\\\server\\evil.html", "a\\..\\..\\evil.html", "//server/evil.html"),
)
SPECIAL = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")


class TestArchives:
    @pytest.mark.parametrize("name", OUTSIDE)
    @pytest.mark.parametrize("make", [make_zip, make_tar])
    def test_members_that_lead_outside(self, tmp_path: Path, make: object, name: str) -> None:
        archive = make({name: PAGES["1.html"], "b/2.html": PAGES["2.html"]})  # type: ignore[operator]
        path = write(tmp_path / "in" / ("a.zip" if make is make_zip else "a.tar"), archive)
        found = list_all(path)
        assert [failure for failure, _ in list_failures(found)] == ["unsafe-name"]
        assert load_all([entry for entry in found if entry.read]) == [PAGES["2.html"]]
        assert sorted(tmp_path.rglob("*")) == [tmp_path / "in", path]

    def test_special_members_of_a_tar(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            for number, kind in enumerate(SPECIAL):
                member = tarfile.TarInfo(f"{number}.html")
                member.type, member.linkname, member.devmajor = kind, "/etc/hostname", 1
                archive.addfile(member)
        found = list_all(write(tmp_path / "a.tar", out.getvalue()))
        assert [failure for failure, _ in list_failures(found)] == ["skipped"] * len(SPECIAL)
        assert list_pages(found) == []

    def test_a_link_in_a_zip_is_its_text(self, tmp_path: Path) -> None:
        import zipfile

        link = zipfile.ZipInfo("link.html")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr(link, str(tmp_path / "secret.html"))
        (tmp_path / "secret.html").write_bytes(PAGE)
        assert PAGE not in load_all(list_all(tmp_path / "a.zip"))


@posix
class TestSpecialFiles:
    def test_a_folder_that_holds_them(self, tmp_path: Path) -> None:
        write(tmp_path / "in/1.html", PAGES["1.html"])
        os.mkfifo(tmp_path / "in/pipe.html")
        os.mkfifo(tmp_path / "in/pipe.zip")
        (tmp_path / "in/zero.html").symlink_to("/dev/zero")
        (tmp_path / "in/link.html").symlink_to("pipe.html")
        here = Path.cwd()
        os.chdir(tmp_path / "in")  # the path of a socket is short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket.html")
            os.chdir(here)
            found = list_all(tmp_path / "in")
        assert list_failures(found) == [("skipped", None)] * 5
        assert load_all([entry for entry in found if entry.read]) == [PAGES["1.html"]]

    def test_a_pipe_that_is_named_is_read(self, run: Run, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        command = [sys.executable, "-m", "qjreport", "extract", tmp_path / "pipe", "-f", "csv"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        (tmp_path / "pipe").write_bytes(PAGE)
        assert "459" in process.communicate(timeout=60)[0].decode()
        assert "459" in run("extract", "/dev/stdin", "-f", "csv", stdin=PAGE).stdout.decode()

    def test_a_file_without_an_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("qjreport.sources.read.MAX_PAGE", 4 << 20)
        with pytest.raises(SourceError, match="has more than 4 MiB"):
            read_source("/dev/zero")


@posix
class TestInputsAreNotWrittenOver:
    @pytest.mark.parametrize("command", ["extract", "text", "outline"])
    def test_whatever_the_file_is_called(self, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
        page = write(tmp_path / "page.txt", PAGE)
        (tmp_path / "symbolic.txt").symlink_to("page.txt")
        (tmp_path / "hard.txt").hardlink_to(page)
        (tmp_path / "folder").mkdir()
        monkeypatch.chdir(tmp_path)
        for name in ("page.txt", "./page.txt", "folder/../page.txt", "symbolic.txt", "hard.txt", str(page)):
            done = call(command, page, "-o", name)
            assert (done.exit_code, "is one of the pages" in done.stderr) == (2, True), name
        assert page.read_bytes() == PAGE
        assert (tmp_path / "symbolic.txt").is_symlink()

    def test_what_stands_behind_standard_input(self, tmp_path: Path) -> None:
        page = write(tmp_path / "page.txt", PAGE)
        for name in ("-", "/dev/stdin"):
            command = [sys.executable, "-m", "qjreport", "extract", name, "-o", page]
            with page.open("rb") as stdin:
                done = subprocess.run(command, stdin=stdin, capture_output=True, cwd=ROOT)
            assert done.returncode == 2
            assert page.read_bytes() == PAGE

    def test_the_archive_of_an_address(self, tmp_path: Path) -> None:
        archive = write(tmp_path / "a.zip", make_zip(PAGES))
        done = call("extract", f"{archive}!1.html", "-o", archive, "-f", "csv")
        assert (done.exit_code, "holds one" in done.stderr) == (2, True)
        assert archive.read_bytes() == make_zip(PAGES)

    def test_words(self, tmp_path: Path) -> None:
        words = write(tmp_path / "words.txt", (ROOT / "samples/lexicon.toml").read_bytes())
        page = write(tmp_path / "page.html", PAGE)
        done = call("extract", page, "--lexicon", words, "-o", words)
        assert (done.exit_code, "is a file of words" in done.stderr) == (2, True)
        assert words.read_bytes() == (ROOT / "samples/lexicon.toml").read_bytes()

    def test_a_dataset_in_its_sources(self, tmp_path: Path, run: Run) -> None:
        pytest.importorskip("pyarrow", reason="needs the extra archive")
        pages = {write(tmp_path / "pages" / name, page): page for name, page in PAGES.items()}
        for out in ("pages/facts", "pages"):
            for _ in range(2):
                done = run("batch", "pages", "-o", out, "--jobs", "1")
                assert done.returncode in (0, 2), done.stderr
            assert {path: path.read_bytes() for path in pages} == pages
        page = next(iter(pages))
        assert run("batch", page, "-o", page).returncode in (1, 2)
        assert page.read_bytes() == pages[page]


class TestExports:
    @pytest.fixture
    def dataset(self, tmp_path: Path, run: Run) -> Path:
        pytest.importorskip("pyarrow", reason="needs the extra archive")
        write(tmp_path / "pages/1.html", PAGE)
        assert run("batch", "pages", "-o", "facts", "--jobs", "1").returncode == 0
        return tmp_path / "facts"

    def test_no_part_of_the_dataset_is_written_over(self, dataset: Path) -> None:
        before = {path: path.read_bytes() for path in dataset.rglob("*") if path.is_file()}
        (dataset.parent / "link.csv").symlink_to(dataset / "facts/part-000000.parquet")
        for name in (
            *("facts/manifest.sqlite", "facts/facts/part-000000.parquet", "facts/documents/new.csv", "facts/.lock"),
            *("facts/datapackage.json", "facts", "link.csv", "facts/../facts/manifest.sqlite"),
        ):
            for format_ in ("csv", "sqlite", "xlsx"):
                done = call("export", dataset, "-o", dataset.parent / name, "-f", format_)
                assert done.exit_code == 2, name
        assert {path: path.read_bytes() for path in dataset.rglob("*") if path.is_file()} == before

    @posix
    @pytest.mark.parametrize("name", ["facts.sqlite", "facts.xlsx", "facts.csv"])
    def test_links_and_devices(self, dataset: Path, name: str) -> None:
        if name.endswith("xlsx"):
            pytest.importorskip("xlsxwriter", reason="needs the extra excel")
        target, link = dataset.parent / f"real-{name}", dataset.parent / name
        link.symlink_to(target)
        # What a stranger may have put in the place of the temporary file.
        bait = write(dataset.parent / "bait", b"precious")
        (dataset.parent / f".{target.name}.part").symlink_to(bait)
        assert call("export", dataset, "-q", "-o", link).exit_code == 0
        assert link.is_symlink()
        assert target.stat().st_size
        assert bait.read_bytes() == b"precious"
        if name.endswith("sqlite"):
            with closing(sqlite3.connect(target)) as base:
                assert base.execute("SELECT count(*) FROM facts").fetchone() == (2,)
        null = os.stat("/dev/null").st_rdev  # noqa: PTH116 - a device
        assert call("export", dataset, "-q", "-o", "/dev/null", "-f", Path(name).suffix[1:]).exit_code in (0, 2)
        assert os.stat("/dev/null").st_rdev == null  # noqa: PTH116


class TestAside:
    def test_names_as_long_as_the_system_allows(self, tmp_path: Path) -> None:
        path = tmp_path / ("报" * 80 + ".csv")
        with write_whole(path) as stream:
            stream.write(b"new")
        assert path.read_bytes() == b"new"

    @posix
    def test_rights_while_it_is_written(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a", b"old")
        path.chmod(0o600)
        with make_aside(path) as aside:
            assert aside.parent == tmp_path
            assert aside.stat().st_mode & 0o077 == 0
            aside.write_bytes(b"new")
        assert path.read_bytes() == b"new"
        assert path.stat().st_mode & 0o777 == 0o600

    def test_a_name_that_is_taken_is_not_followed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        bait = write(tmp_path / "bait", b"precious")
        monkeypatch.setattr("secrets.token_hex", lambda _: "taken")
        (tmp_path / ".a.taken.part").symlink_to(bait)
        with pytest.raises(FileExistsError), write_whole(tmp_path / "a") as stream:
            stream.write(b"new")
        assert bait.read_bytes() == b"precious"
        assert not (tmp_path / "a").exists()

    @posix
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_stopped_in_the_middle(self, tmp_path: Path, number: signal.Signals) -> None:
        page, target = tmp_path / "page.html", tmp_path / "facts.json"
        os.mkfifo(page)
        command = [sys.executable, "-m", "qjreport", "extract", page, "-o", target]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT)
        with page.open("wb"):  # waits until someone opens it for reading
            time.sleep(0.1)
            # Python handles a signal that comes right before the wait for bytes only when the next one ends that wait.
            for _ in range(6):
                process.send_signal(number)
                with suppress(subprocess.TimeoutExpired):
                    _, said = process.communicate(timeout=10)
                    break
        assert process.returncode == 128 + number
        assert b"Traceback" not in said
        assert list(tmp_path.iterdir()) == [page]
