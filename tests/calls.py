"""Calls a command through click's runner or in a terminal, and the pages that it is called with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import ROOT

from qjreport.commands.root import root

CPPCC = ROOT / "samples" / "cppcc-report.html"
PAGE = "<h1>白溪区工作报告</h1><p>全年共办理提案459件，办复率达到100%，群众十分满意。</p>".encode()


def call(*args: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(root, [str(arg) for arg in args], input=stdin)


def read_terminal(command: list[str], folder: Path) -> str:
    """What a command writes where a terminal is."""
    pty = pytest.importorskip("pty", reason="POSIX terminals")
    out: list[bytes] = []
    here = Path.cwd()
    os.chdir(folder)
    try:
        pty.spawn(command, lambda handle: out.append(os.read(handle, 65536)) or out[-1], lambda _: b"")
    except OSError:
        pass  # the terminal is gone
    finally:
        os.chdir(here)
    return b"".join(out).decode("utf-8", "replace").replace("\r\n", "\n")
