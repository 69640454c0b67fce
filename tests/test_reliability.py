"""docs/reliability.md: every test that it names exists, in both languages, and its figures are not too large."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import hostile_archives
import hostile_pages
import not_pages
import pytest
import test_batch_kill
from conftest import ROOT

PAGES = [ROOT / "docs" / "reliability.md", ROOT / "docs" / "zh" / "reliability.md"]
NAMED = re.compile(r"`(tests/\w+\.py)::(\w+)`")
CASES = [line for path in (ROOT / "tests" / "cases").glob("*/*.jsonl") for line in path.read_text("utf-8").splitlines()]
TESTS = [path for folder in ("tests", "fuzz") for path in (ROOT / folder).rglob("*.py")]
COUNTED = {
    "`CASES` in tests/hostile_pages.py": len(hostile_pages.CASES),
    "`CASES` in tests/hostile_archives.py": len(hostile_archives.CASES),
    "`NOT_PAGES` in tests/not_pages.py": len(not_pages.NOT_PAGES),
    "`KILLS` in tests/test_batch_kill.py": test_batch_kill.KILLS,
    r"`cat tests/cases/*/*.jsonl \| wc -l`": len(CASES),
    r"`cat tests/*.py tests/*/*.py fuzz/*.py \| wc -l`": sum(
        len(path.read_text("utf-8").splitlines()) for path in TESTS
    ),
}


@cache
def list_tests(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_test_that_a_promise_names_exists(page: Path) -> None:
    named = NAMED.findall(page.read_text(encoding="utf-8"))
    assert len(named) > 30
    missing = [f"{name}::{test}" for name, test in named if test not in list_tests(ROOT / name)]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_promise_names_a_test(page: Path) -> None:
    parts = re.split(r"^# ", page.read_text(encoding="utf-8"), flags=re.M)[2:]
    tables = [part for part in parts if "::" in part]
    assert len(tables) == 5  # nothing lost, same bytes, whole or not at all, no network, nothing executes
    bodies = [part.partition("| --- |")[2] for part in tables]
    rows = [line for body in bodies for line in body.splitlines()[1:] if line.startswith("| ")]
    assert len(rows) > 25 and [row for row in rows if "::" not in row] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_figures_are_not_larger_than_what_is_there_and_not_old(page: Path) -> None:
    rows = re.findall(r"^\| [^|]+ \| (\d+) \| (.+) \|$", page.read_text(encoding="utf-8"), re.M)
    assert sorted(where for _, where in rows) == sorted(COUNTED)
    for figure, where in rows:
        assert COUNTED[where] * 0.8 <= int(figure) <= COUNTED[where], where


def test_both_languages_name_the_same_tests() -> None:
    english, chinese = (NAMED.findall(page.read_text(encoding="utf-8")) for page in PAGES)
    assert english == chinese
