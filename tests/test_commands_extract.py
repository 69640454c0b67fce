"""`qjreport extract`: every format and option, and the file that it writes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from calls import CPPCC, PAGE, call
from conftest import SAMPLES

from qjreport.commands.inputs import READERS
from qjreport.commands.progress import show_long_page


class TestExtract:
    def test_one_page_is_one_json_document(self) -> None:
        report = json.loads(call("extract", CPPCC).stdout)
        assert report["schema"] == "qjreport/report/1"
        assert report["facts"]
        assert "non_facts" not in report
        assert "dropped" not in report

    def test_several_pages_are_json_lines(self) -> None:
        lines = call("extract", *SAMPLES).stdout.splitlines()
        assert [json.loads(line)["source"]["name"] for line in lines] == [str(sample) for sample in SAMPLES]

    def test_audit_adds_what_is_no_fact(self) -> None:
        report = json.loads(call("extract", CPPCC, "--audit").stdout)
        assert report["non_facts"]
        assert report["dropped"]

    @pytest.mark.parametrize("format_", ["table", "json", "jsonl", "csv", "tsv", "markdown"])
    def test_every_format_prints_all_samples(self, format_: str) -> None:
        done = call("extract", *SAMPLES, "--format", format_)
        assert done.exit_code == 0, done.stderr
        assert "提案" in done.stdout

    def test_standard_input(self) -> None:
        report = json.loads(call("extract", "-", stdin=PAGE).stdout)
        assert report["source"]["name"] == "-"
        assert report["source"]["bytes"] == len(PAGE)

    def test_chinese_headers(self) -> None:
        assert call("extract", CPPCC, "-f", "csv", "--headers", "zh").stdout.startswith("地区,报告年份,章节,指标,数量,")

    def test_reader_soup_gives_the_same_facts(self) -> None:
        lexbor, soup = (json.loads(call("extract", CPPCC, "--reader", name).stdout) for name in READERS)
        assert lexbor["facts"] == soup["facts"]

    def test_the_encoding_of_the_option_wins(self, tmp_path: Path) -> None:
        page = tmp_path / "page.txt"
        page.write_bytes("<meta charset=utf-8>提案459件".encode("gb18030"))
        report = json.loads(call("extract", page, "--encoding", "gb18030").stdout)
        assert report["source"]["encoding"].lower() == "gb18030"
        assert report["source"]["replacements"] == 0


class TestOutputFile:
    @pytest.mark.parametrize(
        ("name", "start"),
        [
            ("facts.json", b"{\n"),
            ("facts.jsonl", b'{"schema"'),
            ("facts.csv", b"\xef\xbb\xbfarea,"),
            ("facts.tsv", b"\xef\xbb\xbfarea\t"),
            ("facts.md", b"# "),
            ("facts.txt", "政协澜溪区".encode()),
        ],
    )
    def test_the_ending_gives_the_format(self, tmp_path: Path, name: str, start: bytes) -> None:
        done = call("extract", CPPCC, "-o", tmp_path / name)
        assert (done.exit_code, done.stdout) == (0, "")
        assert (tmp_path / name).read_bytes().startswith(start)
        assert [path.name for path in tmp_path.iterdir()] == [name]

    @pytest.mark.parametrize(("bom", "to_file", "has"), [("auto", True, True), ("auto", False, False)] + [
        (bom, to_file, bom == "always") for bom in ("always", "never") for to_file in (True, False)
    ])  # fmt: skip
    def test_byte_order_mark(self, tmp_path: Path, bom: str, to_file: bool, has: bool) -> None:
        target = tmp_path / "facts.csv"
        done = call("extract", CPPCC, "-f", "csv", "--bom", bom, *(["-o", target] if to_file else []))
        data = target.read_bytes() if to_file else done.stdout_bytes
        assert data.startswith(b"\xef\xbb\xbf") is has

    def test_an_input_is_never_overwritten(self, tmp_path: Path) -> None:
        page = tmp_path / "page.txt"
        page.write_bytes(PAGE)
        (tmp_path / "link.txt").symlink_to(page)
        for target in (page, tmp_path / "link.txt"):
            done = call("extract", page, "-o", target)
            assert done.exit_code == 2
            assert "is one of the pages" in done.stderr
        assert page.read_bytes() == PAGE

    def test_nothing_is_written_when_no_page_can_be_read(self, tmp_path: Path) -> None:
        target = tmp_path / "facts.csv"
        target.write_text("old")
        done = call("extract", tmp_path / "missing.html", "-o", target)
        assert done.exit_code == 1
        assert target.read_text() == "old"
        assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]

    def test_a_file_that_stood_there_keeps_its_rights(self, tmp_path: Path) -> None:
        target = tmp_path / "facts.csv"
        target.touch(mode=0o640)
        call("extract", CPPCC, "-o", target)
        assert target.stat().st_mode & 0o777 == 0o640

    @pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="a system without /dev/null")
    def test_a_device_is_written_not_replaced(self) -> None:
        assert call("extract", CPPCC, "-f", "csv", "-o", "/dev/null").exit_code == 0
        assert Path("/dev/null").is_char_device()

    @pytest.mark.parametrize("target", ["nowhere/facts.csv", "facts.docx"])
    def test_a_target_that_cannot_be_meant(self, target: str) -> None:
        assert call("extract", CPPCC, "-o", target).exit_code == 2


class Terminal(io.StringIO):
    """A standard error that a person looks at."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("size", "quiet", "shown"), [(3_000_000, False, True), (3_000_000, True, False), (30_000, False, False)]
)
def test_a_large_page_is_shown_to_be_read(monkeypatch: pytest.MonkeyPatch, size: int, quiet: bool, shown: bool) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with show_long_page("page.html", size, quiet=quiet):
        pass
    assert ("page.html: 3 MB, reading" in terminal.getvalue()) is shown
    assert bool(terminal.getvalue()) is shown
