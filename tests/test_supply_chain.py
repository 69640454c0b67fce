"""What the checkout takes from others: the licences of its pins, and how an audit judges their vulnerabilities."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from conftest import ROOT
from licences import PAGE, build_rows, read_pins, write_page


def test_page_of_licences_is_what_is_installed() -> None:
    """`make licences` rewrites it."""
    assert PAGE.read_text(encoding="utf-8") == write_page()


def test_every_pin_of_a_run_has_a_licence() -> None:
    rows = {row.name: row for row in build_rows()}
    assert rows.keys() >= read_pins("run.txt").keys() | {"pyarrow", "zstandard", "brotli", "xlsxwriter"}
    assert [row.name for row in rows.values() if not (row.licence and row.needed_for)] == []
    assert [row.name for row in rows.values() if version(row.name) not in row.versions.split(", ")] == []


@pytest.fixture
def auditor() -> ModuleType:
    spec = spec_from_file_location("auditor", ROOT / ".ci" / "audit.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(known: dict[str, list[str]]) -> Callable[..., Any]:
    """A pip-audit that knows these versions, each with its vulnerabilities."""

    def run(command: list[str], **_: Any) -> Any:
        pins = Path(command[-1]).read_text(encoding="utf-8").split()
        entries: list[dict[str, Any]] = []
        for pin in pins:
            name, _, number = pin.partition("==")
            if pin in known:
                entries.append({"name": name, "version": number, "vulns": [{"id": found} for found in known[pin]]})
            else:
                entries.append({"name": name, "skip_reason": "not found"})
        return SimpleNamespace(stdout=json.dumps({"dependencies": entries, "fixes": []}), stderr="")

    return run


KNOWING = {"pyyaml==5.3": ["CVE-2020-14343"]}
PINS = [("click", "8.5.1"), ("soupsieve", "2.10"), ("soupsieve", "4.1.2")]
SOUND: dict[str, list[str]] = {"click==8.5.1": [], "soupsieve==2.10": [], "soupsieve==4.1.2": []}


@pytest.mark.parametrize(
    ("known", "code", "said"),
    [
        (KNOWING | SOUND, 0, "3 pins, no known vulnerability"),
        (KNOWING | SOUND | {"soupsieve==2.10": ["CVE-1"]}, 1, "soupsieve 2.10: CVE-1"),
        (KNOWING | {"click==8.5.1": ["CVE-2"]}, 1, "not checked: soupsieve 2.10, soupsieve 4.1.2"),
        (KNOWING | {"click==8.5.1": []}, 3, "not checked: soupsieve 2.10, soupsieve 4.1.2"),
        ({"pyyaml==5.3": []} | SOUND, 3, "nothing was checked"),  # a mirror that knows versions and nothing of them
        ({}, 3, "nothing was checked"),  # a mirror that has no such service
    ],
)
def test_audit(
    auditor: ModuleType, monkeypatch: pytest.MonkeyPatch, known: dict[str, list[str]], code: int, said: str
) -> None:
    monkeypatch.setattr(subprocess, "run", answer(known))
    found, lines = auditor.audit(PINS, "pypi")
    assert found == code
    assert said in "\n".join(lines)


def test_audit_offline_is_no_pass(auditor: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    offline = SimpleNamespace(stdout="", stderr="Traceback\nConnectionError: no such host\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: offline)
    found, lines = auditor.audit(PINS, "osv")
    assert found == 3
    assert lines == [
        "the vulnerability service osv gives no answer, so nothing was checked: ConnectionError: no such host"
    ]


def test_audit_reads_every_pin(auditor: ModuleType) -> None:
    pins = auditor.read_pins(ROOT / "constraints")
    assert {("soupsieve", "4.1.2"), ("soupsieve", "2.10")} <= {pin for pin in pins if pin[0] == "soupsieve"}
    assert {name for name, _ in pins} == set().union(*map(read_pins, ("all.txt", "fuzz.txt", "places.txt")))
