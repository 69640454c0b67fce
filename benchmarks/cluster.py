"""Whether a Dask cluster makes the dataset that processes of this machine make of an archive, byte for byte.

    python benchmarks/cluster.py ARCHIVE [--workers 2]

There are three runs: with `--jobs` as many processes; on a cluster of as many workers on this machine; and on the same
cluster again, where the script kills one worker once the first shard is committed. Exit code 1 if a file differs.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

from distributed import Client, LocalCluster

from qjreport.batch.ledger import Totals
from qjreport.batch.request import Outcome, Request
from qjreport.batch.run import run_batch
from qjreport.commands.progress import Progress

SHARD = 16  # inputs, about: several shards of a small archive for each worker


class Killer(Progress):
    """Kills one worker of the cluster once a shard is committed."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self.client = client
        self.killed = 0

    def commit(self, shard: int, totals: Totals, seconds: float) -> None:
        if not self.killed:
            self.killed = min(self.client.run(os.getpid).values())
            os.kill(self.killed, signal.SIGKILL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", help="a file or a folder")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    archive = str(Path(args.archive).resolve())
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalCluster(
            n_workers=args.workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            local_directory=folder,
        ) as cluster,
        Client(cluster) as client,
    ):
        place = Path(folder)
        here = Request(paths=(archive,), out=place / "here", jobs=args.workers, shard=SHARD)
        there = Request(paths=(archive,), out=place / "there", scheduler=cluster.scheduler_address, shard=SHARD)
        again = Request(paths=(archive,), out=place / "again", scheduler=cluster.scheduler_address, shard=SHARD)
        tell(f"--jobs {args.workers}", run_batch(here, Progress()))
        expected = read_files(here.out)
        same = [tell(f"{args.workers} workers", run_batch(there, Progress()), read_files(there.out) == expected)]
        killer = Killer(client)
        outcome = run_batch(again, killer)
        same.append(tell(f"{args.workers} workers, {killer.killed} killed", outcome, read_files(again.out) == expected))
        print(f"{len(expected)} files")
    sys.exit(0 if all(same) else 1)


def tell(title: str, outcome: Outcome, same: bool | None = None) -> bool:
    """`same`: whether the files are those of the first run; None for the first run itself."""
    compared = "" if same is None else "; the same bytes" if same else "; NOT the same bytes"
    print(
        f"{title}: {outcome.inputs} inputs = {outcome.documents} documents + {outcome.failures} failures, "
        f"{outcome.facts} facts, {outcome.duplicates} duplicates; {outcome.seconds:.1f} s{compared}",
        flush=True,
    )
    return bool(same)


def read_files(folder: Path) -> dict[str, bytes]:
    """The files of a dataset; the ledger has times in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if path.suffix in (".parquet", ".json") and not path.name.startswith(".")
    }


if __name__ == "__main__":
    main()
