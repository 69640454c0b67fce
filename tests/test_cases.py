"""The tables of cases and the page that explains them say the same; no case stands twice."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

CASES = Path(__file__).parent / "cases"
EXPLAINED = set(re.findall(r"`([^`]+)`", (CASES / "README.md").read_text(encoding="utf-8")))
LINES = [
    (path, line) for path in sorted(CASES.glob("*/*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()
]


def test_no_case_stands_twice() -> None:
    assert [line for line, times in Counter(line for _, line in LINES).items() if times > 1] == []


def test_every_file_is_explained() -> None:
    files = {path.relative_to(CASES).as_posix() for path, _ in LINES}
    assert files == {name for name in EXPLAINED if name.endswith(".jsonl")}


def test_every_origin_is_explained() -> None:
    """An origin, or what stands in it before a colon or before a last word that narrows it."""
    for path, line in LINES:
        origin = json.loads(line).get("origin")
        if origin is None:
            assert path.parent.name == "fuzz", line
            continue
        named = origin.partition(":")[0]
        assert {origin, named, named.rpartition(" ")[0]} & EXPLAINED, origin
