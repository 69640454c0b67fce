"""The manual page says what the help says, and shells complete commands by the lines that docs/use.md has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from manual import PAGE, escape, write_manual

from qjreport.commands.root import COMMANDS

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_the_help_says() -> None:
    """Otherwise `make golden` writes it anew."""
    assert write_manual() == TEXT


@pytest.mark.parametrize("command", [*COMMANDS, "review apply", "review score", "lexicon check"])
def test_every_command_has_its_part(command: str) -> None:
    assert re.search(rf"^\.SS qjreport {command}(?: |$)", TEXT, re.M)


def test_options_and_exit_codes_are_there() -> None:
    assert ".TP\n.B \\-o, \\-\\-output FILE\n" in TEXT
    assert re.findall(r"^\.TP\n\.B (\d+)$", TEXT, re.M) == ["0", "1", "2", "130"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (".venv", "\\&.venv"),
        ("'a'", "\\&'a'"),
        ("--item", "\\-\\-item"),
        ("a\\b", "a\\eb"),
        ("x.y", "x.y"),
        ("公报", "公报"),
    ],
)
def test_what_roff_would_read_as_more_than_text(text: str, written: str) -> None:
    assert escape(text) == written


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_mandoc_finds_nothing_wrong() -> None:
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", PAGE], capture_output=True, text=True)
    found = [line for line in done.stdout.splitlines() if "missing date" not in line]  # it has one once it is released
    assert found == []


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
def test_man_shows_it() -> None:
    environment = {**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8", "MANPAGER": "cat"}
    done = subprocess.run(["man", "--warnings", "-l", PAGE], env=environment, capture_output=True, encoding="utf-8")
    if "has been minimized" in done.stdout + done.stderr:
        pytest.skip("this system keeps no manual pages")
    assert done.returncode == 0 and not done.stderr
    shown = re.sub(r".\x08", "", done.stdout)  # bold, as printers had it
    assert "qjreport extract samples/bulletin.html --headers zh -o 公报.csv" in shown


LINES = {
    Path(remark).name.strip(".").removesuffix("rc").replace("qjreport.", ""): line.strip()
    for line, remark in re.findall(
        r"^    (.*_QJREPORT_COMPLETE.*?)# (\S+)", (ROOT / "docs" / "use.md").read_text("utf-8"), re.M
    )
}
ASKED = {
    "bash": "{line}\ncomplete -p qjreport\nCOMP_WORDS=(qjreport extr) COMP_CWORD=1\n"
    "_qjreport_completion qjreport\necho ${COMPREPLY[@]}",
    "zsh": "autoload -U compinit; compinit -u -D\n{line}\necho $_comps[qjreport]\n"
    "COMP_WORDS='qjreport extr' COMP_CWORD=1 _QJREPORT_COMPLETE=zsh_complete qjreport",
    "fish": '{line}\ncomplete -C "qjreport extr"',
}


def test_there_is_a_line_for_each_shell() -> None:
    assert sorted(LINES) == sorted(ASKED)


@pytest.mark.parametrize("shell", ASKED)
def test_a_shell_completes_by_its_line(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    tool = tmp_path / "qjreport"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
    script = ASKED[shell].replace("{line}", LINES[shell])
    done = subprocess.run([shell, "-c", script], env=environment, capture_output=True, encoding="utf-8", timeout=60)
    assert re.search(r"^(?:plain,)?extract\b", done.stdout, re.M), done.stderr
    assert "qjreport" in done.stdout or shell == "fish"
