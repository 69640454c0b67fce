"""What comes out is harmless: to a terminal, to a spreadsheet, to Markdown, to a program that reads JSON."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from calls import call, read_terminal
from conftest import ROOT, Run, make_fact, make_report

from qjreport.commands.streams import clean, clean_line
from qjreport.model import Diagnostic, Dropped, Metadata, NonFact, Report
from qjreport.writers.accounts import write_account_json
from qjreport.writers.csv_tsv import write_cell, write_facts
from qjreport.writers.fact_columns import COLUMNS, name_columns
from qjreport.writers.jsons import write_json, write_json_line
from qjreport.writers.markdown import escape_markdown
from qjreport.writers.text import write_tree, write_tree_json

# A page that clears the screen, sets its title, writes to the clipboard, turns the direction of writing and sends rich
# its own markup; as characters, as references, and in what is kept of it as metadata.
STEER = "\x1b[2J\x1b]0;t\x07\x1b]52;c;eA==\x07\x9b31m\u202e\u2066[red][link=http://a.test]:smile:"
REFERENCES = "&#27;[2J&#x1b;]8;;http://a.test&#7;&#155;31m&#x202e;&#8294;[bold red]"
PAGE = (
    f"<title>{STEER}</title><h1>白溪区{STEER}工作报告</h1><p>来源：{STEER}本报 作者：{REFERENCES}周正</p>"
    f"<p>一、{STEER}回顾</p>"
    f"<p>全年办理{STEER}提案459件{REFERENCES}，增长{STEER}5.3%。</p><p>相关{STEER}链接</p>"
)
OBEYED = set(map(chr, (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
ESCAPES = ["\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[22m", "\x1b[32m", "\x1b[33m", "\x1b[36m", "\x1b[1;36m", "\x1b[4m"]
HALVES = "提\ud800案\udfff"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
@pytest.mark.parametrize(
    "args",
    [["extract"], ["text"], ["outline"], ["audit"], ["explain"], ["extract", "-f", "json"], ["extract", "-f", "csv"]],
    ids=" ".join,
)
def test_nothing_steers_a_terminal(args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    name = "a\x1b[31m\u202e[red]\nqjreport: b.html"
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    shown = read_terminal([sys.executable, "-m", "qjreport", *args, "--", name], tmp_path)
    assert "459" in shown or args[0] in ("outline", "audit")
    assert "\x1b]" not in shown
    for own in ESCAPES:  # of rich: bold, dim, colours
        shown = shown.replace(own, "")
    assert not OBEYED & set(shown)
    assert "qjreport: b.html" not in shown.splitlines()


def test_names_in_messages(run: Run, tmp_path: Path) -> None:
    evil = "a\x1b[31m\u202e\nqjreport: done\r\udce9.html"
    (tmp_path / "empty\x1b[31m\n.html").write_bytes(b"")
    for args in (
        ["extract", evil],
        ["extract", "empty\x1b[31m\n.html"],
        ["extract", "-o", f"nowhere/{evil}", "x.html"],
        ["extract", "-o", "a\x1b[2J", "x.html"],
        ["explain", evil],
        ["export", evil],
        ["status", evil],
        ["lexicon", "check", evil],
        ["extract", "--lexicon", evil, "x.html"],
        ["batch", "--files-from", evil, "-o", "facts"],
    ):
        done = run(*args)
        assert done.returncode in (1, 2), args
        said = done.stderr.decode("utf-8")
        assert said
        assert not OBEYED & set(said), args
        assert "Traceback" not in said
    assert len(run("extract", evil).stderr.splitlines()) == 1


def test_clean_line() -> None:
    assert clean_line("a\nb\x1bc") == "a\ufffdb\ufffdc"
    assert not OBEYED & set(clean("".join(map(chr, range(0x3000)))))


class TestSpreadsheets:
    FORMULAS = (
        *("=1+1", " =1+1", "\n=1+1", "\u3000=1+1", "\xa0@SUM(A1)", "＝1+1", "＋A1", "－cmd|x", "＠SUM(A1)", "−A1"),
        *("\t提案", "\r提案", "\ufeff=1+1", "\x00=1+1", "-2.2+A1", "+86-10", '=HYPERLINK("http://a.test")'),
    )
    NUMBERS = ("-2.2", "+3%", "－2.2％", "-1,234.5", "－２．２", "-10‰")
    PLAIN = ("提案", "a=b", "甲-乙", "=", "—甲", "", "·提案", "‘提案’")

    def test_cells(self) -> None:
        assert [write_cell(text) for text in self.FORMULAS] == ["'" + text for text in self.FORMULAS]
        assert [write_cell(text) for text in (*self.NUMBERS, *self.PLAIN)] == [*self.NUMBERS, *self.PLAIN]
        assert write_cell(Decimal("-10.5")) == "-10.5"

    @pytest.mark.parametrize("tabs", [False, True])
    def test_every_column_of_text(self, tabs: bool) -> None:
        evil = "=cmd|' /C calc'!A0"
        texts = dict.fromkeys(("quote", "hedge", "item", "unit", "period", "basis", "scope", "sentence"), evil)
        fact = make_fact(**texts, path=(evil,), unit_code=evil, dimension=evil, rules=(evil,), exact=evil)
        report = make_report(facts=(fact,), metadata=Metadata(title=evil, area=evil))
        report = msgspec.structs.replace(report, source=msgspec.structs.replace(report.source, name=evil))
        data = write_facts(report, tabs=tabs).decode()
        [row] = csv.reader(io.StringIO(data, newline=""), csv.excel_tab if tabs else csv.excel)
        assert row.count("'" + evil) == 16
        assert not [cell for cell in row if cell.startswith(tuple("=+@")) and cell != "="]

    def test_heads(self) -> None:
        heads = [name for language in ("en", "zh") for name in name_columns(language)]
        assert [write_cell(head) for head in heads] == heads
        assert len(heads) == 2 * len(COLUMNS)

    def test_words_of_a_lexicon(self, tmp_path: Path) -> None:
        words = '[[units]]\nnames = ["=1+1吨"]\ndimension = "mass"\nfactor = "1000"\n'
        (tmp_path / "words.toml").write_text(words, encoding="utf-8")
        done = call("lexicon", "list", "units", "--lexicon", tmp_path / "words.toml", "--format", "csv")
        assert not [line for line in done.stdout.splitlines() if line.startswith("=")]

    def test_workbook(self, tmp_path: Path) -> None:
        pytest.importorskip("xlsxwriter", reason="needs the extra excel")
        from qjreport.writers.dataset_rows import TABLES, gather_blocks
        from qjreport.writers.workbook import write_workbook

        row = dict.fromkeys((column.name for column in TABLES["failures"]), '=HYPERLINK("http://a.test")')
        with (tmp_path / "a.xlsx").open("wb") as stream:
            blocks = gather_blocks([row, dict.fromkeys(row, "http://a.test\x1b")], list(row))
            write_workbook(stream, {"failures": (TABLES["failures"], blocks)})
        with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
            assert not [name for name in book.namelist() if "rels" in name and b"a.test" in book.read(name)]
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
        assert "\x1b" not in sheet


class TestMarkdown:
    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("详见http://a.test", "详见http\\://a.test"),
            ("www.a.test WWW.a.test", "www\\.a.test WWW\\.a.test"),
            ("a@b.test", "a\\@b.test"),
            ("1:2:3", "1:2:3"),
            ("`x` | <img src=x onerror=y>", "\\`x\\` \\| \\<img src=x onerror=y\\>"),
            ("[a]: http://b.test", "\\[a\\]: http\\://b.test"),
            ("甲\n\n# 乙", "甲 \\# 乙"),
        ],
    )
    def test_nothing_becomes_markup(self, text: str, written: str) -> None:
        assert escape_markdown(text) == written


class TestJson:
    def make(self) -> Report:
        plain = make_report(
            facts=(make_fact(item=HALVES, path=(HALVES,), rules=(HALVES,)),),
            metadata=Metadata(title=HALVES, breadcrumb=(HALVES,), found_at={HALVES: HALVES}),
            dropped=(Dropped(text=HALVES, reason=HALVES, locator=HALVES),),
            diagnostics=(Diagnostic(code="share-mismatch", message=HALVES),),
            non_facts=(NonFact(block=2, start=5, end=7, quote=HALVES, why="unread"),),
        )
        return msgspec.structs.replace(plain, source=msgspec.structs.replace(plain.source, name="a\udce9.html"))

    def test_no_half_of_a_pair_anywhere(self) -> None:
        report = self.make()
        for data in (
            write_json(report, audit=True),
            write_json_line(report, audit=True),
            write_account_json(report),
            write_tree_json(report),
        ):
            assert "提\ufffd案\ufffd" in str(json.loads(data.decode("utf-8")))
            assert b"\\ud" not in data.lower()

    def test_names_on_one_line(self) -> None:
        plain = make_report(metadata=Metadata())
        report = msgspec.structs.replace(plain, source=msgspec.structs.replace(plain.source, name="a\nb.html"))
        assert write_tree(report).splitlines()[0] == "a\ufffdb.html"

    @pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are bytes on Linux")
    def test_the_log_of_a_batch(self, run: Run, tmp_path: Path) -> None:
        pytest.importorskip("pyarrow", reason="needs the extra archive")
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "a\udce9\x1b[31m\n.html").write_text(PAGE, encoding="utf-8")
        done = run("batch", "pages", "pages/missing\udce9\n.html", "-o", "facts\u202e", "--log-json", "--jobs", "1")
        assert done.returncode == 1
        assert [json.loads(line)["event"] for line in done.stderr.decode("utf-8").splitlines()][-1] == "end"
        done = run("export", "facts\u202e", "-f", "jsonl", "--table", "documents")
        [row] = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
        assert row["source"].startswith("pages/a\\xe9\x1b[31m")
