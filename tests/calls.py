"""Calls a command through click's runner, and the pages that it is called with."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result
from conftest import ROOT

from qjreport.commands.root import root

CPPCC = ROOT / "samples" / "cppcc-report.html"
PAGE = "<h1>白溪区工作报告</h1><p>全年共办理提案459件，办复率达到100%，群众十分满意。</p>".encode()


def call(*args: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(root, [str(arg) for arg in args], input=stdin)
