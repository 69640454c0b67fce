"""What listing a crawl costs: in one process and in ranges by two, with --match, and what filtering by heads saves.

    python benchmarks/crawl.py [--size 200] [--seed 1] [--rounds 1] [--folder FOLDER]

Makes a crawl's file of `--size` MB from invented pages, a tenth of which contain the words 工作报告. Of ten records,
seven are pages of some 30 kB, one is a picture of up to 600 kB, one a redirect, one a request. The script makes 20
MB of records and repeats them. Each row is a process of its own: seconds of wall time and of processor time (of all
its processes), MB of the file and records per second of each, and the peak memory of the largest process.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from qjreport.batch.listing import KeptListing, Listing, Wanted
from qjreport.sources.confined import Bounds
from qjreport.sources.crawl import load_record, open_crawl
from qjreport.sources.entry import Limits
from qjreport.sources.file_names import Choice
from qjreport.sources.walk import walk_paths
from qjreport.sources.words_asked import Sieve

MB = 1_000_000
BLOCK = 20 * MB  # of records that differ
WORDS = ("工作报告",)
CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]  # any number: nothing reads the pages here
SOUGHT = 200  # records that are read by their places


def make_crawl(path: Path, size: int, seed: int, *, packed: bool) -> int:
    """Write a crawl's file of about `size` bytes. Return how many records it has."""
    chance = random.Random(seed)
    made: list[bytes] = []
    while sum(map(len, made)) < min(BLOCK, size):
        made += [gzip.compress(record, 6, mtime=0) if packed else record for record in make_ten(chance, len(made))]
    block = b"".join(made)
    with path.open("wb") as file:
        for _ in range(max(1, size // len(block))):
            file.write(block)
    return len(made) * max(1, size // len(block))


def make_ten(chance: random.Random, number: int) -> Iterator[bytes]:
    for place in range(7):
        words = WORDS[0] if (number * 7 // 10 + place) % 10 == 0 else "工作"
        rows = "".join(
            f'<tr class="row"><td><a href="/zwgk/{chance.randrange(10**6)}.html">'
            f"{''.join(chance.choices(CHARACTERS, k=60))}</a></td><td>{chance.randrange(10**5)}</td></tr>\n"
            for _ in range(110)
        )
        page = (
            f"<html><head><meta charset=utf-8></head><body><table>{rows}</table><p>{words}</p></body></html>".encode()
        )
        yield make_record(f"{number}/{place}.html", b"text/html", b"200 OK", page)
    yield make_record(
        f"{number}/a.jpg",
        b"image/jpeg",
        b"200 OK",
        chance.randbytes(chance.randrange(10_000, 60_000) * chance.choice((1, 1, 10))),
    )
    yield make_record(f"{number}/old", b"text/html", b"301 Moved", b"<p>moved</p>")
    yield make_record(f"{number}/0.html", b"", b"", b"GET / HTTP/1.1\r\n\r\n" + chance.randbytes(200).hex().encode())


def make_record(name: str, media_type: bytes, status: bytes, body: bytes) -> bytes:
    head = b"HTTP/1.1 %b\r\nContent-Type: %b\r\n\r\n" % (status, media_type) if status else b""
    kind = b"response" if status else b"request"
    url = f"http://www.example.test/{name}".encode()
    block = head + body
    digest = base64.b32encode(hashlib.sha1(block).digest())
    return (
        b"WARC/1.0\r\nWARC-Type: %b\r\nWARC-Target-URI: %b\r\nWARC-Date: 2026-01-20T03:04:05Z\r\n"
        b"WARC-Block-Digest: sha1:%b\r\n"
        b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
        % (kind, url, digest, len(block), block)
    )


def list_crawl(path: Path, jobs: int, words: tuple[str, ...] = (), threads: int = 0) -> int:
    """How many inputs there are."""
    wanted = Wanted(words=words, bounds=None if threads else Bounds())
    listing = Listing(wanted, KeptListing(None), jobs, lambda: ThreadPoolExecutor(threads or jobs))
    return sum(1 for _ in listing.list(walk_paths([str(path)], Choice(), None)))


def match_all(path: Path) -> int:
    """--match without looking at the heads of records: it first reads every record whole."""
    sieve = Sieve(WORDS, Limits())
    with path.open("rb") as file:
        crawl = open_crawl(str(path), str(path), file, Limits())
        assert crawl is not None
        return sum(1 for entry in crawl.read() if sieve.takes(entry))


def seek(path: Path) -> int:
    """Read pages anywhere in the file by their places."""
    with path.open("rb") as file:
        crawl = open_crawl(str(path), str(path), file, Limits())
        assert crawl is not None
        size = path.stat().st_size
        places = [entry.place for entry in crawl.read_range(size - min(size, 8 * MB), size) if entry.place][:SOUGHT]
    begun = time.perf_counter()
    for place in places:
        load_record(place, Limits())
    print(f"a page by its place: {(time.perf_counter() - begun) / len(places) * 1000:.2f} ms", file=sys.stderr)
    return len(places)


WAYS: dict[str, Callable[[Path], int]] = {
    "one process": lambda path: list_crawl(path, 1),
    "two processes": lambda path: list_crawl(path, 2),
    "two threads": lambda path: list_crawl(path, 2, threads=2),
    "words": lambda path: list_crawl(path, 1, WORDS),
    "words, two processes": lambda path: list_crawl(path, 2, WORDS),
    "words, heads not looked at": match_all,
    "by place": seek,
}


def measure(path: Path, way: str) -> None:
    """List in one way, in this process, and print the figures as JSON."""
    begun = time.perf_counter()
    inputs = WAYS[way](path)
    wall = time.perf_counter() - begun
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(use.ru_utime + use.ru_stime for use in uses)
    # getrusage of this process includes its parent, which made the file.
    mine = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    peak = max(int(mine.split()[1]), uses[1].ru_maxrss) / 1024
    print(json.dumps({"inputs": inputs, "wall": wall, "cpu": cpu, "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=200, metavar="MB", help="of each file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1, help="the quickest counts")
    parser.add_argument("--folder", type=Path, help="where the files are made; a temporary one where it is absent")
    parser.add_argument("--measure", nargs=2, metavar=("FILE", "WAY"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        measure(Path(args.measure[0]), args.measure[1])
        return
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        for name in ("crawl.warc.gz", "crawl.warc"):
            path = Path(folder, name)
            records = make_crawl(path, args.size * MB, args.seed, packed=name.endswith("gz"))
            size = path.stat().st_size / MB
            print(f"{name}: {size:.0f} MB, {records:,} records\n")
            print("| way | inputs | wall s | CPU s | MB, records a second | MB, records a CPU second | peak MiB |")
            print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
            for way in WAYS:
                command = [sys.executable, __file__, "--measure", str(path), way]
                found = [json.loads(subprocess.check_output(command)) for _ in range(args.rounds)]
                best = min(found, key=lambda run: run["wall"])
                print(
                    f"| {way} | {best['inputs']:,} | {best['wall']:.2f} | {best['cpu']:.2f} "
                    f"| {size / best['wall']:.1f}, {records / best['wall']:,.0f} "
                    f"| {size / best['cpu']:.1f}, {records / best['cpu']:,.0f} | {best['peak']:.0f} |",
                    flush=True,
                )
            print()


if __name__ == "__main__":
    main()
