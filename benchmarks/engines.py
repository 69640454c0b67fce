"""Whether Spark and Ray make the dataset that `qjreport batch` makes of an archive, and how fast each is.

    python benchmarks/engines.py ARCHIVE [--engine spark --engine ray] [--jobs 2] [--passes 2] [--supervised]

The driver lists the addresses of the inputs; each task of an engine reads its own inputs from the archive. Each pass is
timed; the first includes starting the engine's workers. Exit code 1 if a dataset differs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from qjreport.arrow import RESULTS, extract_batches, extract_table, read_sources, split_results
from qjreport.batch.request import Request
from qjreport.batch.run import run_batch
from qjreport.commands.progress import Progress
from qjreport.sources.listing import list_sources
from qjreport.writers.dataset_rows import TABLES
from qjreport.writers.parquet import read_parquet

TASKS = 4  # for each job, so that a task of large pages does not keep the others waiting
MIB = 1024 * 1024

# The engines must stay on this machine, and their workers must use this environment.
os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable, "RAY_USAGE_STATS_ENABLED": "0"}
os.environ["RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"] = "0"  # spares a warning

Pass = Callable[[], Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", help="a file or a folder")
    parser.add_argument("--engine", choices=sorted(ENGINES), action="append")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--supervised", action="store_true", help="each page in a process that may be killed")
    args = parser.parse_args()
    archive = str(Path(args.archive).resolve())
    order = [entry.address for entry in list_sources([archive])]
    expected = read_batch(archive, args.jobs)
    same = True
    for engine in args.engine or sorted(ENGINES):
        passes = ENGINES[engine](order, args.jobs, args.passes, args.supervised)
        for number, (seconds, table) in enumerate(time_passes(passes), 1):
            told = compare(expected, split_results(table, order))
            same = same and not told
            what = "the same rows" if not told else f"NOT the same: {', '.join(told)}"
            print(
                f"{engine}, pass {number}: {what}; {seconds:.1f} s, {len(order) / seconds:.1f} inputs a second",
                flush=True,
            )
    sys.exit(not same)


def read_batch(archive: str, jobs: int) -> dict[str, Any]:
    """The dataset of `qjreport batch`."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        outcome = run_batch(Request(paths=(archive,), out=Path(folder), jobs=jobs), Progress())
        seconds = time.monotonic() - begun
        tables = {
            table: pa.concat_tables(map(read_parquet, sorted(Path(folder, table).glob("part-*.parquet"))))
            for table in TABLES
        }
    rows = ", ".join(f"{table.num_rows} {name}" for name, table in tables.items())
    print(f"batch --jobs {jobs}: {outcome.inputs} inputs, {rows}, {outcome.duplicates} duplicates", end="; ")
    print(f"{seconds:.1f} s, {outcome.inputs / seconds:.1f} inputs a second", flush=True)
    return tables


def time_passes(passes: Iterator[Pass]) -> Iterator[tuple[float, Any]]:
    for run in passes:
        begun = time.monotonic()
        table = run()
        yield time.monotonic() - begun, table


def compare(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """The tables that differ, with their rows."""
    return [
        f"{name} ({table.num_rows} rows, {found[name].num_rows} found)"
        for name, table in expected.items()
        if not found[name].equals(table)
    ]


def run_spark(addresses: list[str], jobs: int, passes: int, supervised: bool) -> Iterator[Pass]:
    from pyspark.sql import SparkSession
    from pyspark.sql.pandas.types import from_arrow_schema

    quiet = {"spark.ui.enabled": False, "spark.ui.showConsoleProgress": False}
    spark = SparkSession.builder.master(f"local[{jobs}]").config(map=quiet).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    rows = [(address,) for address in addresses]
    sources = spark.createDataFrame(spark.sparkContext.parallelize(rows, jobs * TASKS), "source string")

    def read(batches: Iterator[Any]) -> Iterator[Any]:
        named = (source for batch in batches for source in batch.column("source").to_pylist())
        yield from extract_batches(read_sources(named), "results", supervised=supervised)

    results = sources.mapInArrow(read, from_arrow_schema(RESULTS))
    for _ in range(passes):
        yield results.toArrow
    spark.stop()


def run_ray(addresses: list[str], jobs: int, passes: int, supervised: bool) -> Iterator[Pass]:
    import ray

    ray.init(num_cpus=jobs, include_dashboard=False, object_store_memory=512 * MIB, log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False

    def read(table: Any) -> Any:
        return extract_table(read_sources(table["source"].to_pylist()), "results", supervised=supervised)

    size = -(-len(addresses) // (jobs * TASKS))
    blocks = [pa.table({"source": addresses[at : at + size]}) for at in range(0, len(addresses), size)]

    def run() -> Any:
        results = ray.data.from_arrow(blocks).map_batches(read, batch_format="pyarrow", batch_size=None)
        return pa.concat_tables(results.iter_batches(batch_format="pyarrow", batch_size=None))

    for _ in range(passes):
        yield run
    ray.shutdown()


ENGINES = {"spark": run_spark, "ray": run_ray}

if __name__ == "__main__":
    main()
