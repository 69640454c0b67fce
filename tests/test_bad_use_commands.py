"""Every command with inputs that it cannot use: it names them on standard error and exits as docs/use.md says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from archives import write
from calls import PAGE, call
from not_pages import NOT_PAGES

from qjreport.commands.root import COMMANDS

pytest.importorskip("pyarrow", reason="needs the extra archive")

from batches import do_batch, read_table

READERS = ("extract", "outline", "text", "audit", "explain")
# Commands that take several pages, and what of the good page each prints.
MANY = {
    "extract": '"quote":"459件"',
    "outline": "白溪区工作报告",
    "text": "办理提案459件",
    "audit": "good.html: 2 numbers",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A good page, and next to it bad files with the names of pages."""
    write(tmp_path / "good.html", PAGE)
    for number, (_, data, _) in enumerate(NOT_PAGES):
        write(tmp_path / f"bad-{number}.html", data)
    write(tmp_path / "zero.html", b"")
    write(tmp_path / "blank.html", b" \r\n\t\r\n")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize("command", MANY)
def test_good_pages_are_printed_all_the_same(command: str, folder: Path) -> None:
    bad = [
        *sorted(folder.glob("bad-*")),
        folder / "zero.html",
        folder / "blank.html",
        folder / "none.html",
        folder / "empty",
    ]
    done = call(command, *bad, folder / "good.html", *(["-f", "json"] if command == "extract" else []))
    assert done.exit_code == 1
    assert MANY[command] in done.stdout
    lines = done.stderr.splitlines()
    assert len(lines) == len(bad)
    for path, line in zip(bad, lines, strict=True):
        assert line.startswith(f"qjreport: {path}: ")
        assert "; " in line, "says what to do"
        assert "bug" not in line


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("name", ["bad-0.html", "zero.html", "none.html", "empty"])
def test_a_bad_page_alone(command: str, name: str, folder: Path) -> None:
    done = call(command, folder / name)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("name", "data", "said"), NOT_PAGES, ids=[name for name, *_ in NOT_PAGES])
def test_under_its_own_name(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    write(tmp_path / name, data)
    done = call("extract", tmp_path / name)
    assert done.exit_code == 1
    assert "and no page; " in done.stderr
    assert said.split(".*")[0].replace("\\", "") in done.stderr


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04"])
def test_standard_input(data: bytes) -> None:
    done = call("extract", "-", stdin=data)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("qjreport: -: is ")


def test_a_page_instead_of_its_path() -> None:
    done = call("extract", "<html>\n<p>全年办理提案459件</p>")
    assert done.exit_code == 1
    assert "<p>全年办理提案459件</p>: is the text of a page and no path; " in done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_page_without_rights(folder: Path) -> None:
    (folder / "good.html").chmod(0)
    done = call("extract", folder / "good.html")
    assert done.exit_code == 1
    assert "may not be read; check its permissions" in done.stderr


def test_batch_tells_each(folder: Path, tmp_path: Path) -> None:
    """Files with the names of pages; what contains several pages is read."""
    for name, data, _ in NOT_PAGES:
        write(folder / "own" / name, data)
    out = tmp_path / "out"
    outcome = do_batch(out, folder)
    assert [Path(row["source"]).name[-6:] for row in read_table(out, "documents")] == ["d.html", *["1.html"] * 3]
    rows = {Path(row["source"]).name: row for row in read_table(out, "failures")}
    assert outcome.inputs == outcome.documents + outcome.failures
    for number, (_, _, said) in enumerate(NOT_PAGES):
        row = rows.get(f"bad-{number}.html")
        assert row is not None
        assert (row["stage"], row["error"]) == ("source", "no-page")
        assert said.split(".*")[0].replace("\\", "") in row["message"]
        assert "; " in row["message"]
    assert rows["zero.html"]["error"] == rows["blank.html"]["error"] == "empty"
    assert rows["report.pdf"]["error"] == "skipped"
    assert rows["report.pdf"]["message"] == "is a document, not a page (.pdf)"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["batch", "none.html", "-o", "out"], 2, "none.html: no such file or folder"),
        (["batch", "-o", "out"], 2, "Name a source"),
        (["batch", "good.html", "-o", "good.html"], 1, "good.html"),
        (["batch", "good.html", "-o", "out", "--files-from", "none.txt"], 2, "none.txt: cannot be read"),
        (["batch", "good.html", "-o", "out", "--files-from", "."], 2, "cannot be read"),
        (["batch", "good.html", "-o", "out", "-0"], 2, "-0 goes with --files-from"),
        (["batch", "good.html", "-o", "out", "--lexicon", "none.toml"], 2, "none.toml"),
        (["batch", "good.html", "-o", "out", "--lexicon", "good.html"], 2, "good.html:1: "),
        (["batch", "good.html", "-o", "out", "--jobs", "many"], 2, "many"),
        (["batch", "good.html", "-o", "out", "--encoding", "utf-9"], 2, "no text encoding"),
        (["status", "none"], 1, "none"),
        (["status", "good.html"], 1, "good.html"),
        (["status", "."], 1, "."),
        (["export", "none", "-o", "facts.csv"], 1, "none"),
        (["export", "good.html", "-o", "facts.csv"], 1, "good.html"),
        (["lexicon", "check", "none.toml"], 2, "none.toml"),
        (["lexicon", "check", "."], 2, "is a directory"),
        (["lexicon", "check", "bad-0.html"], 1, "is not TOML"),
        (["lexicon", "list", "hedges"], 2, "hedges"),
        (["lexicon", "list", "units", "--lexicon", "bad-0.html"], 2, "bad-0.html:1: "),
        (["extract", "good.html", "--lexicon", "good.html"], 2, "good.html:1: is not TOML"),
        (["extract", "good.html", "-o", "none/facts.csv"], 2, "none"),
        (["extract", "good.html", "-o", "facts.pdf"], 2, "no format goes with this ending"),
        (["explain"], 2, "Give a page, or a text"),
        (["explain", "good.html", "--text", "一"], 2, "Give a page, or a text"),
        (["explain", "good.html", "--year", "2024"], 2, "--year goes with --text"),
        (["explain", "good.html", "--fact", "ffff"], 1, "no fact ffff"),
        (["schema", "good.html"], 2, "unexpected extra argument"),
        *(([name, "--no-such-option"], 2, "No such option") for name in COMMANDS),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_code_and_words(args: list[str], code: int, said: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    done = call(*args)
    assert done.exit_code == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("facts.csv").exists()
