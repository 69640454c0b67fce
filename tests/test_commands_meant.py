"""What a person means: mistakes are met with the right word; folders, patterns, a file a page, filters, samples."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qjreport.commands.root import root

SAMPLES = Path(__file__).parent.parent / "samples"


def run(*words: str) -> Result:
    return CliRunner().invoke(root, list(words))


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two samples in a folder, with what stands beside pages; the working directory is the folder above."""
    folder = tmp_path / "pages"
    (folder / "2024").mkdir(parents=True)
    shutil.copy(SAMPLES / "bulletin.html", folder / "10.html")
    shutil.copy(SAMPLES / "cppcc-report.html", folder / "2.html")
    shutil.copy(SAMPLES / "bulletin.html", folder / "2024" / "2.html")
    (folder / "README.md").write_text("# Pages\n\n共3页。\n", encoding="utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("extarct", "x.html"), "Did you mean extract"),
        (("pages/2.html",), "To read a page: qjreport extract pages/2.html"),
        (("extract", "pages/2.html", "--format", "jsno"), "Did you mean json"),
        (("extract", "pages/2.html", "--kind", "levle"), "Did you mean level"),
        (("export", "ds", "--format", "exel"), "is not one of"),
        (("extract", "https://example.gov.cn/a.html"), "save the page first"),
        (("extract", "pages/3.html"), "Did you mean pages/2.html"),
        (("outline", "pages/2.html", "-o", "a.xlsx"), "facts are written by `qjreport extract`"),
        (("extract", "pages/2.html", "--item", "("), "is no pattern"),
        (("extract", "pages/2.html", "--doubtful", "--sure"), "leave nothing"),
        (("extract", "pages/2.html", "-o", "pages/2.html/"), "is a file, and no folder"),
        (("batch", "missing", "-o", "ds"), "missing: no such file or folder"),
        (("batch", "pages", "-o", ""), "the name is empty"),
        (("extract", "pages/2.html", "-o", ""), "the name is empty"),
        (("export", "ds", "--table", "failures", "--status", "target"), "do not go with --table failures"),
        (("export", "ds", "--table", "documents", "--where", "year=2031"), "do not go with --table documents"),
        (("status", "ds", "--ledger", "ds"), "--ledger goes with a dataset on shared storage"),
        (("extract", "pages/10.html", "--encoding", "utf-16"), "can be read as utf-16"),
    ],
)
def test_a_mistake_is_met_with_what_was_meant(pages: Path, words: tuple[str, ...], said: str) -> None:
    assert said in " ".join(run(*words).stderr.split())


def test_a_missing_source_leaves_no_dataset(pages: Path) -> None:
    assert run("batch", "missing", "-o", "ds").exit_code == 2
    assert not Path("ds").exists()


def test_one_missing_source_beside_others_is_a_failure(pages: Path) -> None:
    done = run("batch", "pages/2.html", "missing", "-o", "ds", "--jobs", "0")
    assert done.exit_code == 1
    assert "1 document" in done.stderr


def test_a_folder_is_read_in_natural_order_without_what_is_no_page(pages: Path) -> None:
    reports = [json.loads(line) for line in run("extract", "pages", "--format", "jsonl").stdout.splitlines()]
    assert [report["source"]["name"] for report in reports] == ["pages/2.html", "pages/10.html", "pages/2024/2.html"]


def test_a_pattern_is_read_where_the_shell_did_not(pages: Path) -> None:
    done = run("extract", "pages/*.html", "pages/2.html", "--format", "jsonl")
    assert [json.loads(line)["source"]["name"] for line in done.stdout.splitlines()] == [
        "pages/2.html",
        "pages/10.html",
    ]
    assert "no such file" in run("extract", "pages/*.htm").stderr


@pytest.mark.parametrize(
    ("command", "files"),
    [
        (("extract",), ["10.json", "2.json", "2024/2.json"]),
        (("extract", "--format", "csv"), ["10.csv", "2.csv", "2024/2.csv"]),
        (("outline", "--format", "json"), ["10.json", "2.json", "2024/2.json"]),
        (("outline",), ["10.txt", "2.txt", "2024/2.txt"]),
        (("text",), ["10.txt", "2.txt", "2024/2.txt"]),
        (("text", "--format", "markdown"), ["10.md", "2.md", "2024/2.md"]),
    ],
)
def test_a_folder_as_output_gets_a_file_a_page(pages: Path, command: tuple[str, ...], files: list[str]) -> None:
    done = run(*command, "pages", "-o", "out/")
    assert (done.exit_code, done.stderr) == (0, "qjreport: out/: 3 files\n")
    written = sorted(path.relative_to("out").as_posix() for path in Path("out").rglob("*") if path.is_file())
    assert written == files
    alone = run(*command, "pages/2.html", "-o", "alone/")
    assert alone.exit_code == 0
    assert (Path("alone") / files[1]).read_bytes() == (Path("out") / files[1]).read_bytes() != b""


def test_pages_of_one_name_keep_files_of_their_own(pages: Path) -> None:
    shutil.copy(SAMPLES / "crawl.txt", pages / "2.txt")
    run("text", "pages/2.html", "pages/2.txt", "-o", "out/")
    assert sorted(path.name for path in Path("out").iterdir()) == ["2.txt", "2.txt.txt"]


def test_an_ending_decides_the_format_of_an_outline(pages: Path) -> None:
    assert run("outline", "pages/2.html", "-o", "tree.json").exit_code == 0
    assert json.loads(Path("tree.json").read_bytes())


def list_facts(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run("extract", "pages", "--format", "csv", *words).stdout)))


@pytest.mark.parametrize(
    ("words", "name", "fits"),
    [
        (("--unit", "件"), "unit", lambda value: value == "件"),
        (("--unit", "件", "--unit", "%"), "unit", lambda value: value in ("件", "%")),
        (("--kind", "increase"), "kind", lambda value: value == "increase"),
        (("--status", "target"), "status", lambda value: value == "target"),
        (("--item", "提案|增加值"), "item", lambda value: "提案" in value or "增加值" in value),
        (("--section", "工业"), "path", lambda value: "工业" in value),
        (("--doubtful",), "doubts", lambda value: value != ""),
        (("--sure",), "doubts", lambda value: value == ""),
    ],
)
def test_filters_keep_all_that_fits_and_nothing_else(
    pages: Path, words: tuple[str, ...], name: str, fits: object
) -> None:
    assert callable(fits)
    everything = list_facts()
    kept = list_facts(*words)
    assert kept == [row for row in everything if fits(row[name])]
    assert 0 < len(kept) < len(everything)


def test_a_year_takes_its_months(pages: Path) -> None:
    periods = {row["period"] for row in list_facts()}
    year = sorted(period for period in periods if len(period) == 4)[0]
    kept = {row["period"] for row in list_facts("--period", year)}
    assert kept == {period for period in periods if period == year or period.startswith(f"{year}-0")}


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ("value>=1000", lambda row: float(row["value"]) >= 1000),
        ("value<5", lambda row: float(row["value"]) < 5),
        ("unit=件", lambda row: row["unit"] == "件"),
        ("unit!=件", lambda row: row["unit"] != "件"),
        ("basis=", lambda row: row["basis"] == ""),
        ("item~增", lambda row: "增" in row["item"]),
        ("item!~增", lambda row: "增" not in row["item"]),
    ],
)
def test_export_writes_the_rows_that_are_asked_for(pages: Path, condition: str, fits: object) -> None:
    assert callable(fits)
    assert run("batch", "pages", "-o", "ds", "--jobs", "0", "-q").exit_code == 0
    everything = list(csv.DictReader(io.StringIO(run("export", "ds").stdout)))
    kept = list(csv.DictReader(io.StringIO(run("export", "ds", "--where", condition).stdout)))
    assert kept == [row for row in everything if fits(row)]
    assert 0 < len(kept) < len(everything)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("valu>1", "Did you mean value"),
        ("value>viel", "is no number"),
        ("value", "is no condition"),
        ("item~(", "is no pattern"),
        ("value>=nan", "is no number"),
    ],
)
def test_a_wrong_condition_says_what_is_wrong(pages: Path, condition: str, said: str) -> None:
    run("batch", "pages/2.html", "-o", "ds", "--jobs", "0", "-q")
    done = run("export", "ds", "--where", condition)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_note_beside_pages_is_skipped_with_a_reason(pages: Path) -> None:
    done = run("batch", "pages", "-o", "ds", "--jobs", "0")
    assert done.exit_code == 0
    assert "2 failures (2 skipped)" in done.stderr
    failures = run("export", "ds", "--table", "failures").stdout
    assert "is a note beside pages (readme.md)" in failures


def test_samples_are_written_once_and_what_is_there_stays(tmp_path: Path) -> None:
    folder = tmp_path / "samples"
    assert run("samples", str(folder)).exit_code == 0
    pages = sorted(path.name for path in SAMPLES.iterdir() if path.is_file())
    assert sorted(path.name for path in folder.iterdir()) == pages
    (folder / "crawl.txt").write_text("mine", encoding="utf-8")
    again = run("samples", str(folder))
    assert "0 files" in again.stderr
    assert (folder / "crawl.txt").read_text(encoding="utf-8") == "mine"


def test_the_annotated_documents_are_written_on_demand(tmp_path: Path) -> None:
    assert run("samples", str(tmp_path), "--gold").exit_code == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "gold").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (SAMPLES / "gold").iterdir()}
