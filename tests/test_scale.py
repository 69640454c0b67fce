"""docs/scale.md has the tables that `benchmarks/reckon.py` calculates from the stored rates, and its commands exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

BENCHMARKS = ROOT / "benchmarks"
PAGE = ROOT / "docs" / "scale.md"


@pytest.fixture
def reckoned(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import reckon

    return reckon


def run(script: str, *args: str) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *args]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_page_holds_what_is_reckoned(tmp_path: Path) -> None:
    shutil.copy(PAGE, tmp_path / "scale.md")
    run("reckon.py", "--write", str(tmp_path / "scale.md"))
    text = PAGE.read_text(encoding="utf-8")
    assert (tmp_path / "scale.md").read_text(encoding="utf-8") == text, (
        "write it anew with benchmarks/reckon.py --write"
    )
    printed = run("reckon.py")
    tables = [block for block in printed.split("\n\n") if block.startswith("|")]
    assert len(tables) == 5
    assert [table.strip() in text for table in tables] == [True] * 5


def test_commands_of_the_page_are_those_that_exist() -> None:
    """Asks each script for its options; the archive and the million are up to the reader."""
    shown = re.findall(r"python benchmarks/(\w+\.py)((?: [^\s`#]+)*)", PAGE.read_text(encoding="utf-8"))
    assert {script for script, _ in shown} == {"rates.py", "reckon.py", "planner.py"}
    for script, words in shown:
        known = run(script, "--help")
        assert [option for option in words.split() if option.startswith("--") and option not in known] == []


def test_an_archive_of_ones_own() -> None:
    whole, part = (
        re.search(r"^\| yours +\| +([\d,]+) \| +([\d,]+) \|", run("reckon.py", "--pages", "250000", *options), re.M)
        for options in ([], ["--read", "0.01"])
    )
    assert whole and whole.groups() == ("250,000", "250,000")
    assert part and part.groups() == ("250,000", "2,500")


def test_cost_follows_from_the_rates(reckoned: ModuleType) -> None:
    one, two = (reckoned.reckon(reckoned.Case("n", pages)) for pages in (1e6, 2e6))
    assert two.reading == pytest.approx(2 * one.reading)
    assert two.linking == pytest.approx(4 * one.linking)  # pairs
    assert reckoned.wait(one, 10**6) == one.planning  # however many cores
    assert reckoned.count_files(1e6, 10**6) == reckoned.count_files(1e6, 10**9) > 0  # bytes end a shard


def test_rates_of_an_archive(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra archive")
    with zipfile.ZipFile(tmp_path / "few.zip", "w") as archive:
        for path in sorted((ROOT / "samples").glob("*.html")):
            archive.write(path, path.name)
    run("rates.py", str(tmp_path / "few.zip"), "--passes", "1", "--output", str(tmp_path / "rates.toml"))
    measured = tomllib.loads((tmp_path / "rates.toml").read_text(encoding="utf-8"))
    kept = tomllib.loads((BENCHMARKS / "rates.toml").read_text(encoding="utf-8"))
    assert list(measured) == list(kept)
    assert all(value >= 0 for name, value in measured.items() if name != "about")
    assert measured["inputs"] == len(list((ROOT / "samples").glob("*.html")))
    assert str(tmp_path) not in measured["about"]
