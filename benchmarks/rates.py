"""The rates that `reckon.py` calculates with: seconds of the processor, bytes in and out, and memory, for a page.

    python benchmarks/rates.py ARCHIVE [--passes 6] [--output benchmarks/rates.toml]

Runs a batch of two processes over several passes of the archive, and asks the system what the planner and the reading
processes have used: processor time, not wall time, so that other work on the machine disturbs little. Then measures, on
the same pages, what unpacking gzip and searching raw bytes cost.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from itertools import combinations
from pathlib import Path

from batch import MIB, ROOT, watch
from figures import measure_peak
from results import name_processor

JOBS = 2
SPAN = 64 * MIB  # of pages that are packed, unpacked and searched
NEEDLE = "工作报告"
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
STEP = 64 * 1024
COMPARED = 5000  # signatures that are compared with one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--passes", type=int, default=6)
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("rates.toml"))
    args = parser.parse_args()
    rates: dict[str, float] = {}
    with zipfile.ZipFile(args.archive) as archive:
        pages = [archive.read(name) for name in archive.namelist() if name.lower().endswith((".html", ".htm"))]
    rates["page_bytes"] = sum(map(len, pages)) / len(pages)
    rates["packed_bytes"] = args.archive.stat().st_size / len(pages)
    rates |= run_batch(args.archive.resolve(), args.passes) | measure_bytes(b"".join(pages))
    about = f"{name_processor()}, Python {sys.version.split()[0]}; {args.archive.name}: {len(pages)} pages"
    lines = [f"# Written by `python benchmarks/rates.py {args.archive.name}`.", f'about = "{about}"']
    lines += [f"{name} = {value:.6g}" for name, value in rates.items()]
    args.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


def run_batch(archive: Path, passes: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "sources").mkdir()
        for number in range(passes):
            shutil.copy(archive, place / "sources" / f"pass-{number:02}{archive.suffix}")
        process = subprocess.Popen([sys.executable, __file__, "--step", folder], stdout=subprocess.PIPE, cwd=ROOT)
        memory: list[tuple[float, int]] = []
        ended = threading.Event()
        watcher = threading.Thread(target=watch, args=(process.pid, memory, ended))
        watcher.start()
        said, _ = process.communicate()
        ended.set()
        watcher.join()
        if process.returncode:
            raise SystemExit(f"the batch failed with code {process.returncode}")
        inputs, documents, facts, wall, planner, readers, held = map(float, said.split())
        sizes = measure_files(place / "out", inputs) | measure_links(place / "out")
    return {
        "inputs": inputs,
        "facts_a_page": facts / documents,
        "seconds": wall,
        "reader_seconds_a_page": readers / inputs,
        "planner_seconds_a_page": planner / inputs,
        "planner_bytes": held,
        "reader_bytes": (max(size for _, size in memory) - held) / JOBS,
        **sizes,
    }


def measure_files(out: Path, inputs: float) -> dict[str, float]:
    """Bytes of the dataset for a page, table by table."""
    sizes = {"ledger_bytes_a_page": (out / "manifest.sqlite").stat().st_size / inputs}
    for table in ("documents", "facts", "failures"):
        sizes[f"{table}_bytes_a_page"] = sum(path.stat().st_size for path in (out / table).iterdir()) / inputs
    return sizes


def measure_links(out: Path) -> dict[str, float]:
    """How many pairs of unlike reports share a band and have to be compared, and the seconds that each takes."""
    from qjreport.batch.duplicates import Index, cut_bands
    from qjreport.batch.ledger import Ledger, Signed

    ledger = Ledger(out, read_only=True)
    reports = list({report.text_sha256: report for report in ledger.list_signed() if report.signature}.values())
    ledger.close()
    cut = [set(cut_bands(report.signature)) for report in reports]
    pairs = [bool(mine & other) for mine, other in combinations(cut, 2)]
    index = Index()
    for number in range(COMPARED):
        signature = hashlib.shake_128(b"%d" % number).digest(1024)
        index.add(Signed(0, number, f"{number}", f"{number}", 1000, signature), [1])
    begun = time.process_time()
    index.find(Signed(0, 0, "", "", 1000, bytes(1024)), [1])
    seconds = time.process_time() - begun
    return {"pairs_that_share_a_band": sum(pairs) / len(pairs), "seconds_a_comparison": seconds / COMPARED}


def measure_bytes(text: bytes) -> dict[str, float]:
    """Unpacking gzip, and searching for a word in each encoding: bytes of content a second of one core."""
    text = (text * (SPAN // len(text) + 1))[:SPAN]
    packed = gzip.compress(text, 6)
    begun = time.process_time()
    unpack = zlib.decompressobj(wbits=31)
    for start in range(0, len(packed), STEP):
        unpack.decompress(packed[start : start + STEP])
    unpacked = time.process_time()
    for encoding in ENCODINGS:
        text.count(NEEDLE.encode(encoding))
    searched = time.process_time()
    return {
        "gzip_ratio": len(text) / len(packed),
        "unpacked_bytes_a_second": len(text) / (unpacked - begun),
        "searched_bytes_a_second": len(text) / (searched - unpacked),
    }


def step(folder: Path) -> None:
    """Run the batch itself. Print what it counted, and the seconds of this process and of its children."""
    from qjreport.batch.request import Request
    from qjreport.batch.run import run_batch
    from qjreport.commands.progress import Progress
    from qjreport.writers.parquet import load_library

    load_library("pyarrow.parquet", "archive")
    load_library("pyarrow.compute", "archive")
    begun = time.process_time()  # loading counts for no page
    outcome = run_batch(Request(paths=(str(folder / "sources"),), out=folder / "out", jobs=JOBS), Progress())
    planner, below = time.process_time() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    counts = (outcome.inputs, outcome.documents, outcome.facts, outcome.seconds)
    print(*counts, planner, below.ru_utime + below.ru_stime, int(measure_peak() * MIB))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        sys.path.insert(0, os.fspath(ROOT))
        step(Path(sys.argv[2]))
    else:
        main()
