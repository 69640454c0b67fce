"""The commands, through click's runner and as processes of their own: what they print, where, and how they exit."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT, SAMPLES, Run, make_fact, make_report

import qjreport
from qjreport.commands import table
from qjreport.commands.inputs import READERS
from qjreport.commands.root import COMMANDS, root
from qjreport.commands.streams import clean

CPPCC = ROOT / "samples" / "cppcc-report.html"
PAGE = "<h1>白溪区工作报告</h1><p>全年共办理提案459件，办复率达到100%，群众十分满意。</p>".encode()


def call(*args: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(root, [str(arg) for arg in args], input=stdin)


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
        assert call("extract", CPPCC, "-f", "csv", "--headers", "zh").stdout.startswith(
            "来源文件,报告标题,地区,报告年份,"
        )

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
            ("facts.csv", b"\xef\xbb\xbfsource,"),
            ("facts.tsv", b"\xef\xbb\xbfsource\t"),
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

    @pytest.mark.parametrize("target", ["nowhere/facts.csv", "facts.docx", "."])
    def test_a_target_that_cannot_be_meant(self, target: str) -> None:
        assert call("extract", CPPCC, "-o", target).exit_code == 2


class TestExitCodes:
    def test_a_failing_page_does_not_lose_the_others(self, tmp_path: Path) -> None:
        done = call("extract", CPPCC, tmp_path / "missing.html", tmp_path, SAMPLES[0], "-f", "jsonl")
        assert done.exit_code == 1
        assert len(done.stdout.splitlines()) == 2
        assert "missing.html: no such file" in done.stderr
        assert f"{tmp_path}: is a directory" in done.stderr

    def test_a_bug_does_not_lose_the_others(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        def fail_on_one(data: bytes, **options: object) -> qjreport.Report:
            if data == PAGE:
                raise ZeroDivisionError("a bug")
            return make_report()

        monkeypatch.setattr("qjreport.pipeline.extract", fail_on_one)
        (tmp_path / "page.html").write_bytes(PAGE)
        done = call("extract", tmp_path / "page.html", CPPCC, "-f", "jsonl")
        assert done.exit_code == 1
        assert len(done.stdout.splitlines()) == 1
        assert "page.html: failed with ZeroDivisionError: a bug (" in done.stderr

    @pytest.mark.parametrize(
        "args",
        [
            [],
            ["--bom", "always", "-f", "json"],
            ["--headers", "zh", "-f", "jsonl"],
            ["--audit", "-f", "csv"],
            ["--encoding", "no-such-encoding"],
            ["--encoding", "hex"],
            ["--reader", "other"],
            ["--format", "xml"],
        ],
    )
    def test_wrong_usage_is_2(self, args: list[str]) -> None:
        pages = [str(CPPCC)] if args else []
        done = call("extract", *pages, *args)
        assert done.exit_code == 2
        assert done.stdout == ""

    def test_an_unknown_command_is_2(self) -> None:
        assert call("extrakt", CPPCC).exit_code == 2

    def test_strict_audit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("qjreport.pipeline.extract", lambda data, **options: make_report())
        assert call("audit", CPPCC).exit_code == 0
        done = call("audit", CPPCC, "--strict")
        assert done.exit_code == 1
        assert done.stdout.splitlines() == [
            "5 numbers: 1 fact, 2 ordinals, 1 in chrome, 1 unread",
            "  unread    p:nth-of-type(3): ◆第3届第〔7a〕号",
            "  dropped   footer: 电话：0000-5550100",
            "  note      share-mismatch: 4 names, 3 numbers",
        ]


class TestProcess:
    """What only a real process shows."""

    def test_all_three_launchers(self, run: Run, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        page.write_bytes(PAGE)
        module = run("extract", page).stdout
        script = subprocess.run([sys.executable, ROOT / "cli.py", "extract", page], capture_output=True).stdout
        assert module == script
        assert json.loads(module)["facts"]

    @pytest.mark.parametrize("env", [{"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
    def test_utf8_whatever_the_environment_says(self, run: Run, env: dict[str, str]) -> None:
        for args in (["text", CPPCC], ["extract", CPPCC, "--format", "table"], ["schema", "--table"], ["--help"]):
            done = run(*args, **env)
            assert done.returncode == 0, done.stderr
            assert done.stdout.decode("utf-8")
        assert "没有" in run("extract", "没有.html", **env).stderr.decode("utf-8")

    def test_exit_codes(self, run: Run) -> None:
        assert run("extract", CPPCC).returncode == 0
        assert run("extract", "missing.html").returncode == 1
        assert run("extract").returncode == 2
        assert run("extract", CPPCC, "--format", "xml").returncode == 2

    def test_nothing_but_data_on_standard_output(self, run: Run) -> None:
        done = run("extract", "missing.html", CPPCC)
        assert json.loads(done.stdout)
        assert done.stderr.startswith(b"qjreport: missing.html: ")

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
    def test_a_closed_pipe_is_quiet(self) -> None:
        command = f"{sys.executable} -m qjreport extract {' '.join(map(str, SAMPLES))} -f jsonl; echo code $? >&2"
        done = subprocess.run(f"{{ {command}; }} | head -c 1", shell=True, capture_output=True, cwd=ROOT)
        assert done.stdout == b"{"
        assert done.stderr.split() == [b"code", b"0"]

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
    def test_interrupted_is_130(self, tmp_path: Path) -> None:
        page, target = tmp_path / "page.html", tmp_path / "facts.json"
        os.mkfifo(page)
        command = [sys.executable, "-m", "qjreport", "extract", page, "-o", target]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT)
        with page.open("wb"):  # waits until it is opened for reading
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)
        assert process.returncode == 130
        assert b"Traceback" not in said
        assert list(tmp_path.iterdir()) == [page]

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
    def test_a_full_disk(self, run: Run) -> None:
        with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
            command = [sys.executable, "-m", "qjreport", "extract", CPPCC]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT)
        assert done.returncode == 1
        assert done.stderr.startswith(b"qjreport: cannot write: ")
        assert b"Traceback" not in done.stderr

    @pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are bytes on Linux")
    def test_a_file_name_that_is_no_text(self, tmp_path: Path) -> None:
        page = os.fsencode(tmp_path) + b"/\xb1\xa8.txt"
        with open(page, "wb") as stream:  # noqa: PTH123 - a name in bytes
            stream.write(PAGE)
        for format_ in ("json", "csv", "table", "markdown"):
            command = [sys.executable, "-m", "qjreport", "extract", page, "--format", format_]
            done = subprocess.run(command, capture_output=True, cwd=ROOT)
            assert done.returncode == 0, done.stderr
            assert done.stdout.decode("utf-8")

    def test_modules_that_extract_loads(self, tmp_path: Path) -> None:
        """Each costs every call some milliseconds: rich is for a person, bs4 for --reader soup."""
        (tmp_path / "page.html").write_bytes(PAGE)
        program = (
            "import sys\n"
            "from qjreport.commands.run import run\n"
            "sys.argv[1:] = ['extract', 'page.html', '--format', 'json', '-o', 'out.json']\n"
            "run()\n"
            "print(*sorted({name.split('.')[0] for name in sys.modules}))"
        )
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=env, check=True, text=True)
        loaded = set(done.stdout.split())
        third_party = {name for name in loaded if name not in sys.stdlib_module_names and not name.startswith("_")}
        ours = {"click", "msgspec", "qjreport", "regex", "selectolax"}
        theirs = {"typing_extensions", "cython_runtime"}  # of msgspec and selectolax
        assert third_party <= ours | theirs | installed_hooks()
        assert not loaded & {"asyncio", "email", "http", "multiprocessing", "ssl", "unittest", "xml"}

    def test_help_loads_no_stage(self) -> None:
        program = (
            "import sys\nfrom qjreport.commands.root import root\n"
            "root.main(['--help'], standalone_mode=False)\nprint(*sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=True, text=True)
        loaded = done.stdout.split("\n")[-2].split()
        assert not [
            name for name in loaded if name.startswith(("qjreport.p", "qjreport.fact", "msgspec", "regex", "rich"))
        ]


def installed_hooks() -> set[str]:
    """What the environment itself loads at start: the .pth files of its packages."""
    program = "import sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    return set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.split())


class TestTable:
    def render(self, monkeypatch: pytest.MonkeyPatch, width: int, *, language: str = "en", **fields: object) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        return table.render_report(make_report(**fields), language, to_file=False).decode()

    @pytest.mark.parametrize("width", [60, 80, 120, 160])
    def test_no_line_is_wider_than_the_screen(self, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
        from rich.cells import cell_len

        facts = (
            make_fact(),
            make_fact(
                item="城镇居民人均可支配收入增长速度高于经济增长速度的幅度" * 3,
                unit="个百分点",
                period="2024-01/2024-06",
            ),
            make_fact(
                value=Decimal("3375793000000"), unit="千瓦时", bound=">=", basis="比2020年同期可比口径", status="target"
            ),
        )
        shown = self.render(monkeypatch, width, facts=facts)
        assert max(map(cell_len, shown.splitlines())) <= width
        assert "459 件" in shown
        assert ("in the text" in shown) is (width >= 120)

    def test_nothing_of_the_page_steers_the_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        evil = "[red]\x1b[2J\x9b31m\x07\u202e提案[/red]"
        shown = self.render(monkeypatch, 160, facts=(make_fact(item=evil, sentence=evil, hedge=evil, basis=evil),))
        assert not set(shown) & set("\x1b\x9b\x07\u202e")
        assert "[red]" in shown

    def test_chinese_heads(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "指标" in self.render(monkeypatch, 80, language="zh")

    def test_clean_keeps_text(self) -> None:
        text = "◆“渝”（一）1.2%\t—— 𠮷\n"
        assert clean(text) == text


class TestHelp:
    def test_every_command_is_listed_and_says_the_same_in_its_own_help(self) -> None:
        listed = call("--help").stdout
        for name in COMMANDS:
            assert f"  {name} " in listed
            assert "Examples:" in call(name, "--help").stdout

    def test_every_option_is_explained(self) -> None:
        context = click.Context(root)
        for name in COMMANDS:
            command = root.get_command(context, name)
            assert command is not None
            options = [option for option in command.params if isinstance(option, click.Option)]
            assert all(option.help or option.name == "format_" for option in options)

    def test_version(self) -> None:
        assert call("--version").stdout == f"qjreport, version {qjreport.__version__}\n"

    def test_completion(self, run: Run) -> None:
        assert b"_QJREPORT_COMPLETE" in run(_QJREPORT_COMPLETE="bash_source").stdout
        done = run(_QJREPORT_COMPLETE="zsh_complete", COMP_WORDS="qjreport ex", COMP_CWORD="1")
        assert b"extract" in done.stdout


class TestOutlineAndText:
    def test_outline_json(self) -> None:
        lines = call("outline", *SAMPLES, "-f", "json").stdout.splitlines()
        outlines = [json.loads(line) for line in lines]
        assert len(outlines) == len(SAMPLES)
        assert all(outline["sections"] for outline in outlines)

    def test_text_has_the_report_and_not_the_chrome(self) -> None:
        shown = call("text", CPPCC).stdout
        assert shown.startswith("政协澜溪区委员会常务委员会工作报告（摘要）\n")
        assert "◆征集文史资料210万字" in shown
        assert "电话" not in shown

    def test_csv_and_json_say_the_same(self) -> None:
        facts = json.loads(call("extract", CPPCC).stdout, parse_float=Decimal)["facts"]
        rows = list(csv.DictReader(io.StringIO(call("extract", CPPCC, "-f", "csv").stdout, newline="")))
        assert [row["id"] for row in rows] == [fact["id"] for fact in facts]
        assert [Decimal(row["value"]) for row in rows] == [fact["value"] for fact in facts]
