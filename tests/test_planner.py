"""What keeps a batch of a million inputs within bounds: memory per input, the size of the ledger, linking.

`benchmarks/planner.py` runs the million; here a few thousand show that nothing grows that should not.
"""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

pytest.importorskip("pyarrow", reason="needs the extra archive")

from batches import do_batch

from qjreport.batch import duplicates, workers
from qjreport.batch.dataset import read_standing
from qjreport.batch.duplicates import (
    ALIKE,
    BANDS,
    CHUNK,
    TEXT,
    THOUSANDTH,
    SharedBands,
    cut_band,
    cut_bands,
    find_links,
)
from qjreport.batch.ledger import InputRow, Ledger, Signed, Totals
from qjreport.batch.parts import Shard
from qjreport.batch.signature import compare, read_signature

BENCHMARKS = ROOT / "benchmarks"
MOST_BYTES = 400  # of memory per input: a million may take 1 GiB, processes and libraries included
MOST_LEDGER = 2048  # bytes of the ledger per input


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Made-up results, and no Parquet files."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import made

    monkeypatch.setattr(workers, "make_executor", lambda _: made.MadeExecutor(with_facts=False))
    monkeypatch.setattr(Shard, "write", lambda *_: None)
    monkeypatch.setattr(duplicates, "write_shard_links", lambda *_, **__: None)
    return made


def test_planner_at_small_scale(tmp_path: Path) -> None:
    """Killed twice, resumed, linked, each in a process of its own, as with a million."""
    command = [sys.executable, str(BENCHMARKS / "planner.py"), "--inputs", "5000", "--place", str(tmp_path)]
    done = subprocess.run([*command, "--ledger-only"], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr
    text = done.stdout
    assert re.search(r"^begin, killed when half is committed: inputs 2,5\d\d, ", text, re.M), text
    assert re.search(r"^go on, killed when all is committed: inputs 5,000, ", text, re.M)
    assert "find duplicates and finish: inputs 5,000, duplicates 500." in text
    assert "status: inputs 5,000, documents 5,000, duplicates 500." in text
    memory = re.search(r"most memory of any step, MiB +\| +(\d+\.\d+) \| at most 1024 \| yes", text)
    assert memory and float(memory[1]) < 300
    assert re.search(r"resume until an input is handed out, seconds +\| +\d+\.\d+ \| +at most 60 \| +(?:yes|NO)", text)


def test_memory_grows_little_with_the_inputs(made: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "CHUNK", 256)  # per step, not per input
    peaks = []
    # The first run loads what is loaded only once. pathlib interns names, and the interpreter's table of them is made
    # larger at some moment that depends on all that ran before: not in both runs of one size.
    for inputs in (1000, 1000, 1000, 5000, 5000):
        place = tmp_path / f"{len(peaks)}"
        made.make_folders(place / "sources", inputs)
        tracemalloc.start()
        outcome = do_batch(place / "out", place / "sources")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (outcome.inputs, outcome.duplicates) == (inputs, made.count_duplicates(inputs))
    assert (min(peaks[3:]) - min(peaks[1:3])) / 4000 < MOST_BYTES


def test_ledger_keeps_a_row_in_its_page(made: ModuleType, tmp_path: Path) -> None:
    made.make_folders(tmp_path / "sources", 2000)
    do_batch(tmp_path / "out", tmp_path / "sources")
    assert (tmp_path / "out" / "manifest.sqlite").stat().st_size / 2000 < MOST_LEDGER
    assert read_standing(tmp_path / "out").duplicates == 200


def test_totals_of_a_ledger_are_those_that_are_counted(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    row = InputRow(0, "a.html", "1", "id", None, None, 0, None)
    ledger.commit_shard(0, [row], (1, 1, 0, 5, 10), ("1", "2"), 0.5)
    ledger.commit_shard(1, [row._replace(address="b.html")], (1, 1, 0, 7, 10), ("1", "2"), 0.25)
    kept = ledger.commit_shard(1, [row._replace(address="b.html", error="empty")], (1, 0, 1, 0, 10), ("1", "2"), 0.25)
    assert kept == Totals(2, 2, 1, 1, 5, 0.75)
    kept = ledger.commit_shard(2, [row._replace(address="c.html")], (1, 1, 0, 1, 10), ("1", "2"), 1)
    assert kept == ledger.sum_up() == Totals(3, 3, 2, 1, 6, 1.75)
    ledger.close()


def make_documents(seed: int, count: int) -> Iterator[InputRow]:
    """Rows among which many share something: whole texts, all of a signature, half of it, or a band or two."""
    random_ = random.Random(seed)
    known: list[tuple[str, int, bytes | None]] = []
    for number in range(count):
        signature = bytearray(random_.randbytes(1024))
        text, shingles = f"{number:064x}", random_.choice((300, 1000, 3000))
        if known and random_.random() < 0.7:
            other, size, base = random_.choice(known)
            share = random_.choice((0.0, 0.02, 0.3, 0.6, 0.75, 0.95, 1.0))
            if share == 1.0:
                text, shingles = other, size
            for place in range(0, 1024, 4):
                if base is not None and random_.random() < share:
                    signature[place : place + 4] = base[place : place + 4]
            if share == 1.0:
                signature = bytearray(base or b"")
        known.append((text, shingles, bytes(signature) if random_.random() < 0.95 and signature else None))
        yield InputRow(number % 16, f"{number}.html", "1", f"{number:016x}", None, *known[-1])


def find_all_links(documents: list[Signed]) -> Iterator[tuple[int, int, str, Decimal]]:
    """The links by looking at every pair."""
    kept: list[Signed] = []
    for mine in documents:
        best: tuple[str, Decimal] | None = next(
            ((other.id, Decimal(1)) for other in kept if other.text_sha256 == mine.text_sha256), None
        )
        for other in kept if best is None else []:
            if mine.signature and other.signature and share_band(mine.signature, other.signature):
                signatures = read_signature(mine.signature), read_signature(other.signature)
                share = compare(signatures[0], mine.shingles, signatures[1], other.shingles)
                alike = Decimal(share).quantize(THOUSANDTH)
                if alike >= ALIKE and (best is None or alike > best[1]):
                    best = other.id, alike
        if best is None:
            kept.append(mine)
        else:
            yield mine.shard, mine.row, *best


def share_band(mine: bytes, other: bytes) -> bool:
    shared = any(mine[place : place + 12] == other[place : place + 12] for place in range(0, 12 * BANDS, 12))
    assert shared == (not set(cut_bands(mine)).isdisjoint(cut_bands(other)))
    return shared


@pytest.mark.parametrize("seed", range(4))
def test_links_are_those_of_every_pair(seed: int, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    rows = list(make_documents(seed, 320))
    for shard in range(20):
        ledger.commit_shard(shard, rows[shard * 16 : shard * 16 + 16], (16, 16, 0, 0, 0), ("1", "2"), 0)
    expected = list(find_all_links(list(ledger.list_signed())))
    found = [(shard, *linked) for shard, links in find_links(ledger) for linked in links]
    ledger.close()
    assert found == expected
    assert len({similarity for *_, similarity in found}) > 10


@pytest.mark.parametrize("count", [0, 1, 2, CHUNK, CHUNK + 3])
def test_shared_bands(count: int) -> None:
    """The last two share a band and nothing else, over the border of what is read at a time."""
    random_ = random.Random(count)
    documents: list[tuple[str, bytes | None]] = [
        (random_.randbytes(32).hex(), random_.randbytes(1024)) for _ in range(count)
    ]
    if count > 1:
        first, last = documents[0][1] or b"", documents[-1][1] or b""
        documents[-1] = (documents[-1][0], last[:24] + first[24:36] + last[36:])
    documents += [(text, None) for text, _ in documents[:1]]  # the same text once more, without a signature
    shared = SharedBands(documents)
    found = [shared.list_bands(number) for number in range(len(documents))]
    if count > 1:
        assert 2 in found[0] and 2 in found[count - 1]
        assert cut_band(documents[0][1] or b"", 2) == cut_band(documents[count - 1][1] or b"", 2)
    if count:
        assert TEXT in found[0] and TEXT in found[-1]
    assert sum(map(len, found)) <= 4 + count // 100
