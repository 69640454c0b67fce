"""What `qjreport panel` and `qjreport track` cost over a dataset, and over it many times over.

    python benchmarks/panel.py DATASET [--times 12]

The larger dataset has every document and fact so many times, each time of other places, so that the panel has as many
times the cells and no document is a duplicate. The commands run as processes of their own: wall time, processor time
and the most memory that they took, the best of two runs, whose outputs have to have the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from figures import print_table

from qjreport.batch.ledger import LEDGER_NAME

RUNS = 2


class Cost(NamedTuple):
    wall: float
    processor: float
    memory: int  # bytes, at its most
    digest: str  # of the output


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--times", type=int, default=12)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        larger = folder / "larger"
        multiply(args.dataset, larger, args.times)
        rows = []
        for dataset in (args.dataset, larger):
            documents, facts = count(dataset, "documents"), count(dataset, "facts")
            for command in ("panel", "track"):
                costs = [run(command, dataset, folder / f"{command}.csv") for _ in range(RUNS)]
                best = min(costs)
                same = "yes" if len({cost.digest for cost in costs}) == 1 else "NO"
                memory = f"{best.memory / 2**20:,.0f} MiB"
                rows.append(
                    (
                        f"{documents:,}",
                        f"{facts:,}",
                        command,
                        f"{best.wall:.1f} s",
                        f"{best.processor:.1f} s",
                        memory,
                        same,
                    )
                )
        print_table(("documents", "facts", "command", "wall", "processor", "memory", "same bytes"), rows)


def multiply(dataset: Path, larger: Path, times: int) -> None:
    """The dataset so many times over, each part as many times as long."""
    larger.mkdir()
    shutil.copy(dataset / LEDGER_NAME, larger / LEDGER_NAME)
    for table, key in (("documents", "id"), ("facts", "document")):
        (larger / table).mkdir()
        for path in sorted((dataset / table).glob("part-*.parquet")):
            read = pq.read_table(path)
            pq.write_table(
                pa.concat_tables([rename(read, key, copy) for copy in range(times)]), larger / table / path.name
            )


def rename(table: pa.Table, key: str, copy: int) -> pa.Table:
    """The rows with ids and places of their own."""
    for name in (key, "place", "area"):
        if name in table.column_names:
            changed = pc.binary_join_element_wise(table[name], f"-{copy}", "")
            table = table.set_column(table.column_names.index(name), table.schema.field(name), changed)
    if "duplicate_of" in table.column_names:
        place = table.column_names.index("duplicate_of")
        table = table.set_column(place, table.schema.field(place), pa.nulls(len(table), pa.string()))
    return table


def count(dataset: Path, table: str) -> int:
    return sum(pq.read_metadata(path).num_rows for path in (dataset / table).glob("part-*.parquet"))


def run(command: str, dataset: Path, output: Path) -> Cost:
    begun = time.perf_counter()
    process = os.spawnv(
        os.P_NOWAIT, sys.executable, [sys.executable, "-m", "qjreport", command, str(dataset), "-q", "-o", str(output)]
    )
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begun
    if status:
        raise SystemExit(f"qjreport {command} failed")
    digest = hashlib.sha256(output.read_bytes()).hexdigest()
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, digest)


if __name__ == "__main__":
    main()
