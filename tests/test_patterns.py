"""The patterns of `re`: every Python from 3.11 on reads them alike, and in linear time (benchmarks/patterns.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # the tree that `re` makes of a pattern has no public name
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
# Every pattern that is compiled as the package is loaded and a page is read, however it was put together.
SCRIPT = """
import gc, importlib, json, pkgutil
from qjreport.start_cache import KEPT, LatePattern
KEPT.read = {}  # all is compiled anew
import qjreport
for module in pkgutil.walk_packages(qjreport.__path__, "qjreport."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from qjreport.text.patterns import UNKEPT
qjreport.extract("samples/cppcc-report.html")
for thing in gc.get_objects():
    if isinstance(thing, LatePattern):
        thing.settle()
print(json.dumps([key[1:] for key in UNKEPT if key[0] == "re" and isinstance(key[1], str)]))
"""


@pytest.fixture(scope="module")
def patterns() -> list[tuple[str, int]]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return [(pattern, flags) for pattern, flags in json.loads(done.stdout)]


def find_operations(tree: Any) -> Iterator[tuple[str, Any]]:
    """All operations of a pattern, those within groups, repeats and branches too."""
    if isinstance(tree, _parser.SubPattern):
        for operation, arguments in tree:
            yield str(operation), arguments
            yield from find_operations(arguments)
    elif isinstance(tree, tuple | list):
        for part in tree:
            yield from find_operations(part)


def repeats_group(pattern: str, flags: int = 0) -> bool:
    """Whether a possessive repeat holds more than one set of characters, or a group is atomic."""
    for operation, arguments in find_operations(_parser.parse(pattern, flags)):
        if operation == "ATOMIC_GROUP":
            return True
        if operation == "POSSESSIVE_REPEAT":
            inner = arguments[2]
            if len(inner) != 1 or str(inner[0][0]) not in ("IN", "LITERAL", "NOT_LITERAL", "ANY"):
                return True
    return False


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\d++(?:[.,]\d++)*", False),
        (r"[^>]*+>", False),
        (r"\d++(?:\.\d++)?+", True),
        (r"(?:(?P<scale>[万亿]++)(?P<rest>\d{4})?)?+", True),  # 3.11.2 gave `scale` the characters after it
        (r"(?=(?:ab)*+c)", True),
        (r"(?>ab|a)c", True),
    ],
)
def test_what_is_looked_for_is_seen(pattern: str, expected: bool) -> None:
    assert repeats_group(pattern) is expected


def test_no_pattern_repeats_a_group_possessively(patterns: list[tuple[str, int]]) -> None:
    """`re` of 3.11.2, which Debian 12 has, gives such groups the wrong characters (docs/decisions/0010)."""
    assert len(patterns) > 200
    assert [pattern for pattern, flags in patterns if repeats_group(pattern, flags)] == []
