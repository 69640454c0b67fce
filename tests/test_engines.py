"""Runs the examples of docs/engines.md on the engines, and compares the datasets that Spark and Ray make of an archive.

Each runs in a process of its own, on this machine alone: engines warn, log and do not end their threads.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from archives import make_page, make_records, make_zip, pack_records, write
from conftest import ROOT, SAMPLES
from documents import read_blocks

DOCUMENT = ROOT / "docs" / "engines.md"
LIBRARIES = {"Spark": "pyspark", "Ray": "ray", "DuckDB": "duckdb", "Polars": "polars"}
HANG = 900  # seconds: a guard for a busy machine, where Java alone may take a minute to start
# On this machine only, and with the Python of this environment.
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYSPARK_PYTHON": sys.executable,
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",  # a third less work for a short-lived process
    "RAY_USAGE_STATS_ENABLED": "0",
}


def need(engine: str) -> None:
    for library in ("pyarrow", LIBRARIES[engine]):
        if find_spec(library) is None:
            pytest.skip(f"needs {library}; make engines installs it")
    if engine == "Spark" and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java")


def read_example(engine: str) -> tuple[str, str]:
    """The script of a section, made of its blocks, and the output that the document shows."""
    sections = re.split(r"^# (.+)\n", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    section = dict(zip(sections[1::2], sections[2::2], strict=True))[engine]
    blocks = [block for block in read_blocks(DOCUMENT) if f"```{block.language}\n{block.text}```" in section]
    script, printed = (
        "\n".join(block.text for block in blocks if block.language == name) for name in ("python", "text")
    )
    return script, re.sub(r"\n+", "\n", printed)


def run(arguments: list[str], folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=ENVIRONMENT, capture_output=True, encoding="utf-8", timeout=HANG
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("engine", LIBRARIES)
def test_example(engine: str, workplace: Path) -> None:
    need(engine)
    html = [path.read_bytes() for path in SAMPLES if path.suffix == ".html"]
    write(workplace / "crawl.warc.gz", pack_records(make_records(html), "gz"))
    script, printed = read_example(engine)
    write(workplace / "example.py", script.encode())
    assert run(["example.py"], workplace) == printed


def test_every_engine_has_its_example() -> None:
    assert all(all(read_example(engine)) for engine in LIBRARIES)


def fill_archive(path: Path) -> Path:
    """The samples, one of them twice and one abridged, small reports, and what is no page."""
    pages = {f"{number}.html": make_page(number) for number in range(12, 0, -1)}
    samples = {f"samples/{sample.name}": sample.read_bytes() for sample in SAMPLES}
    lines = (ROOT / "samples/crawl.txt").read_text(encoding="utf-8").splitlines()
    more = {
        "again/1.html": samples["samples/bulletin.html"],
        "again/2.txt": "\n".join(lines[: len(lines) * 9 // 10]).encode(),
        "logo.png": b"\x89PNG",
        "empty.html": b"",
        "report.html": b"%PDF-1.4",
        "../up.html": make_page(30),
    }
    return write(path, make_zip({**pages, **samples, **more}))


@pytest.mark.parametrize("engine", ["Spark", "Ray"])
def test_an_engine_makes_the_dataset_of_a_batch(engine: str, tmp_path: Path) -> None:
    """All three tables, row by row, duplicates linked."""
    need(engine)
    archive = fill_archive(tmp_path / "archive.zip")
    script = str(ROOT / "benchmarks" / "engines.py")
    batch, done = run([script, str(archive), "--engine", engine.lower(), "--passes", "1"], tmp_path).splitlines()
    count = 12 + len(SAMPLES) + 2
    counts = rf"{count + 4} inputs, {count} documents, \d+ facts, 4 failures, 2 duplicates"
    assert re.match(rf"batch --jobs 2: {counts};", batch)
    assert done.startswith(f"{engine.lower()}, pass 1: the same rows;")


def test_what_is_not_the_same_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra archive")
    import pyarrow as pa

    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    import engines

    tables = {"facts": pa.table({"a": [1, 2]}), "failures": pa.table({"b": ["x"]})}
    assert engines.compare(tables, tables) == []
    assert engines.compare(tables, tables | {"facts": pa.table({"a": [2, 1]})}) == ["facts (2 rows, 2 found)"]
