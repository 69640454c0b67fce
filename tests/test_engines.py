"""Runs the examples of docs/engines.md on the engines, and compares the datasets that Spark and Ray make of an archive.

Each runs in a process of its own, on this machine alone: engines warn, log and do not end their threads.
"""

from __future__ import annotations

import os
import re
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from archives import make_page, make_zip, write
from conftest import ROOT, SAMPLES
from documents import read_engine_example, run_engine_example, run_with_engine

from qjreport import extract

LIBRARIES = {"Spark": "pyspark", "Ray": "ray", "DuckDB": "duckdb", "Polars": "polars"}


def need(engine: str) -> None:
    for library in ("pyarrow", LIBRARIES[engine]):
        if find_spec(library) is None:
            pytest.skip(f"needs {library}; make engines installs it")
    if engine == "Spark" and not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java")


@pytest.mark.parametrize("engine", LIBRARIES)
def test_example(engine: str, workplace: Path) -> None:
    need(engine)
    assert run_engine_example(engine, workplace) == "".join(read_engine_example(engine)[1])


def test_every_engine_has_its_example() -> None:
    assert all(all(read_engine_example(engine)) for engine in LIBRARIES)


def test_the_examples_count_what_the_samples_hold() -> None:
    """Without any engine: whoever changes what comes out sees that docs/engines.md has to be written anew."""
    counts = {f"samples/{path.name}": len(extract(path).facts) for path in SAMPLES if path.suffix == ".html"}
    printed = {engine: "".join(read_engine_example(engine)[1]) for engine in LIBRARIES}
    total = re.compile(rf"^{len(counts)} documents,? {sum(counts.values())} facts,? 0 failures$", re.MULTILINE)
    for engine in ("Spark", "Ray", "Polars"):
        assert total.search(printed[engine]), "make golden-engines writes docs/engines.md anew"
    ordered = sorted(counts.items())
    assert f"{ordered[:2]}" in printed["Polars"], "make golden-engines writes docs/engines.md anew"


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
    batch, done = run_with_engine(
        [script, str(archive), "--engine", engine.lower(), "--passes", "1"], tmp_path
    ).splitlines()
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
