"""The commands, through click's runner: how they exit, their help, what outline and text print."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import click
import pytest
from calls import CPPCC, PAGE, call
from conftest import SAMPLES, Run, make_report

import qjreport
from qjreport.commands.root import COMMANDS, root


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
