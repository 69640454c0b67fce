"""The pages of docs/ that users read: each has its Chinese one, of the same shape and with the same commands.

The commands of docs/use.md and the like are indented lines that begin with `qjreport`; they run here in a folder that
has what they name. The Chinese page has the same code, but for its remarks, so that a command is run once for both.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from archives import make_page, make_records, make_zip, pack_records, write
from conftest import ROOT
from documents import run_shell

USERS = ("use", "output", "batch", "review", "review-score", "doubts", "places", "panel", "settings", "reliability")
FENCED = re.compile(r"^```\w*\n.*?^```$", re.M | re.S)
REMARK = re.compile(r"(?:(?<=\s)|^)# .*$", re.M)


def read(page: str, folder: str = "docs") -> str:
    return (ROOT / folder / f"{page}.md").read_text(encoding="utf-8")


def read_shape(text: str) -> list[int]:
    """The levels of the headings, from the top down."""
    return [len(mark) for mark in re.findall(r"^(#+) ", FENCED.sub("", text), re.M)]


def read_code(text: str) -> list[str]:
    """Every line of code, without remarks, which are translated."""
    lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
    lines += re.findall(r"^    (?=\S)(.+)$", FENCED.sub("", text), re.M)
    return [line.rstrip() for line in (REMARK.sub("", line) for line in lines) if line.strip()]


def read_names(text: str) -> list[str]:
    """What stands in code in the first cell of each row: options, fields, columns, reasons."""
    cells = re.findall(r"^\| ([^|]+) \|", FENCED.sub("", text), re.M)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_the_readmes_lead_to_these_pages() -> None:
    english = (ROOT / "README.md").read_text(encoding="utf-8")
    chinese = (ROOT / "README.zh.md").read_text(encoding="utf-8")
    assert [page for page in USERS if f"(docs/{page}.md)" not in english] == []
    assert [page for page in USERS if f"(docs/zh/{page}.md)" not in chinese] == []
    assert [page for page in USERS if f"(docs/{page}.md)" in chinese] == []


@pytest.mark.parametrize("page", USERS)
def test_a_chinese_page_says_what_the_english_one_says(page: str) -> None:
    english, chinese = read(page), read(page, "docs/zh")
    assert read_shape(english) == read_shape(chinese)
    assert sorted(read_names(english)) == sorted(read_names(chinese))
    if page not in ("review-score", "settings"):  # whose examples are in Chinese
        assert read_code(english) == read_code(chinese)


@pytest.mark.parametrize("page", ["output", "batch"])
def test_chinese_names_of_columns_are_those_of_the_english_page(page: str) -> None:
    rows = re.compile(r"^\| (`\w+`) \| (\S+) \| .*\|$", re.M)
    english, chinese = rows.findall(read(page)), rows.findall(read(page, "docs/zh"))
    assert len(english) > 30 and english == chinese


@pytest.mark.parametrize("page", USERS)
def test_a_chinese_page_is_chinese(page: str) -> None:
    """Of what is no code, no address and no name, more than half is Chinese: no paragraph was left in English."""
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)|^    .*$|^\|.*\|$", "", FENCED.sub("", read(page, "docs/zh")), flags=re.M)
    for paragraph in prose.split("\n\n"):
        han, latin = len(re.findall(r"[\u4e00-\u9fff]", paragraph)), len(re.findall(r"\b[A-Za-z]{2,}\b", paragraph))
        assert latin < 12 or han > latin, paragraph


COMMANDS = [
    line for page in ("use", "doubts", "batch") for line in read_code(read(page)) if line.startswith("qjreport ")
]
FAILING = {"qjreport extract report.html": "is a PDF document and no page"}  # what the page shows to fail


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages, archives and the dataset that the commands name."""
    pytest.importorskip("pyarrow", reason="needs the extra archive")
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(ROOT / "samples" / "cppcc-report.html", folder / "page.html")
    page = (folder / "page.html").read_text(encoding="utf-8")
    (folder / "page.html").write_text(page.replace("<p>", "<p>一、综合</p>\n<p>", 1), encoding="utf-8")
    for name in ("reports", "pages", "crawl"):
        (folder / name).mkdir()
        for sample in sorted((ROOT / "samples").glob("*.html"))[:4]:
            shutil.copy(sample, folder / name)
    write(folder / "report.html", b"%PDF-1.7\n")
    write(folder / "table.csv", "source,place,year\n2015.html,重庆市,2015\n".encode())
    write(folder / "2024.zip", make_zip({"重庆市/2015.html": make_page(1)}))
    write(folder / "crawl.warc.gz", pack_records(make_records([make_page(2), make_page(3)]), "gz"))
    done = run_shell("qjreport batch pages -o facts -q", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_command_of_a_page(command: str, desk: Path) -> None:
    if command in FAILING:
        done = run_shell(command, desk)
        assert done.returncode == 1 and FAILING[command] in done.stderr
        return
    run = command.replace("extract *.html", "extract page.html").replace("--fact ID", "--fact f150673d4d3db")
    if command.startswith("qjreport batch"):  # each into a dataset of its own
        run = command.replace("-o facts", f"-o facts-{COMMANDS.index(command)}")
    done = run_shell(run, desk)
    assert done.returncode == 0, done.stderr
    assert all((desk / name).stat().st_size for name in re.findall(r"-o (\S+\.(?:csv|xlsx))", command))
