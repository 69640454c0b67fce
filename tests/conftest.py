"""What several tests need: the samples, a copy of them to work in, and a report built by hand, without the stages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from qjreport.commands.streams import VOICE
from qjreport.model import (
    SCHEMA,
    Block,
    Counts,
    Diagnostic,
    Dropped,
    Fact,
    Metadata,
    NonFact,
    Report,
    Section,
    Source,
    Table,
    Tool,
)

os.environ["QJREPORT_LANG"] = "en"  # whatever the locale of whoever runs the tests

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".html", ".txt"))

# A tracer takes memory, time and modules of its own, so tests that measure a process run without one.
undisturbed = pytest.mark.skipif("COVERAGE_RUN" in os.environ, reason="a tracer is in the process that is measured")

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command as a process of its own, in a folder of its own."""

    def run_command(*args: str | Path, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COLUMNS"))}
        return subprocess.run(
            [sys.executable, "-m", "qjreport", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": str(ROOT), **env},
            timeout=300,
        )

    return run_command


@pytest.fixture(autouse=True)
def plain_voice() -> Iterator[None]:
    """A process runs one command, the tests run many: what one was asked to say does not hold for the next."""
    yield
    VOICE.quiet = VOICE.verbose = VOICE.as_json = False


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with what `qjreport samples` writes, where the examples of the help and the README run."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples", ignore=shutil.ignore_patterns("gold"))
    shutil.copytree(ROOT / "docs" / "study", tmp_path / "docs" / "study")
    return tmp_path


def make_fact(**fields: object) -> Fact:
    plain: dict[str, object] = {
        "id": "f0000001",
        "block": 1,
        "start": 4,
        "end": 8,
        "quote": "459件",
        "value": Decimal(459),
        "value_to": None,
        "unit": "件",
        "unit_code": None,
        "dimension": "count",
        "bound": "=",
        "hedge": "",
        "kind": "level",
        "change": None,
        "item": "提案",
        "period": "2024",
        "status": "actual",
        "headline": None,
        "basis": None,
        "scope": None,
        "subject": None,
        "part_of": None,
        "exact": None,
        "path": ("一年回顾",),
        "sentence": "提交提案459件。",
        "rules": ("number.arabic", "unit.counter"),
    }
    return Fact(**{**plain, **fields})  # type: ignore[arg-type]


def make_report(**fields: object) -> Report:
    plain: dict[str, object] = {
        "schema": SCHEMA,
        "tool": Tool(version="0", lexicon="0" * 16),
        "source": Source(
            name="page.html",
            sha256="0" * 64,
            bytes=100,
            media_type="text/html",
            encoding="utf-8",
            declared_encoding=None,
            replacements=0,
        ),
        "metadata": Metadata(title="白溪区政协工作报告", area="白溪区", year=2025),
        "sections": (Section(parent=None, level=1, marker="一、", title="一年回顾", block=0),),
        "blocks": (
            Block(kind="heading", marker="一、", section=0, text="一、一年回顾", locator="p:nth-of-type(1)"),
            Block(kind="paragraph", marker="", section=0, text="提交提案459件。", locator="p:nth-of-type(2)"),
            Block(kind="item", marker="◆", section=0, text="◆第3届第7a号", locator="p:nth-of-type(3)"),
            Block(kind="table", marker="", section=0, text="指标\t数量\n提案\t1", locator="table"),
        ),
        "tables": (Table(block=3, caption="表1", unit="件", rows=(("指标", "数量"), ("提案", "1"))),),
        "facts": (make_fact(),),
        "counts": Counts(numbers=5, facts=1, non_facts={"ordinal": 2, "unread": 1}, dropped=1, unread=1),
        "non_facts": (NonFact(block=2, start=5, end=7, quote="7a", why="unread"),),
        "dropped": (Dropped(text="电话：0000-5550100", reason="footer", locator="div:nth-of-type(9)"),),
        "diagnostics": (Diagnostic(code="share-mismatch", message="4 names, 3 numbers"),),
    }
    return Report(**{**plain, **fields})  # type: ignore[arg-type]
