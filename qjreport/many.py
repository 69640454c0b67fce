"""Many pages in several processes: reports as they are ready.

A few more pages are handed out than there are processes, so that none waits and no list of paths, however long, is read
ahead. The processes are started anew and not forked, for a fork of a notebook copies its threads' locks. For archives,
for a run that may be killed, and for pages that take the process with them there is `qjreport batch`.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from functools import partial
from itertools import islice
from os import PathLike
from types import NoneType
from typing import Any

from qjreport.lexicon import Lexicon
from qjreport.model import Report
from qjreport.model.arguments import check_argument
from qjreport.pipeline import extract
from qjreport.sources.confined import hide_main

AHEAD = 2  # pages for each process that are handed out
Path = str | PathLike[str]
OnError = Callable[[Path, Exception], object]


def extract_many(
    paths: Iterable[Path],
    *,
    jobs: int | None = None,
    on_error: OnError | None = None,
    encoding: str | None = None,
    reader: str = "lexbor",
    lexicon: Lexicon | None = None,
) -> Iterator[Report]:
    """Read saved pages in `jobs` processes (all cores where it is None) and yield each report once it is ready.

    With several jobs the reports come in no certain order: `report.source.name` is the path. A page that cannot be read
    raises what `extract` raises, unless `on_error` takes the path and the error; then the others go on. With jobs=1
    all is read in this process, in order.

    >>> missing = []
    >>> list(extract_many(["2031.html"], jobs=1, on_error=lambda path, error: missing.append(path))), missing
    ([], ['2031.html'])
    """
    check_argument("jobs", jobs, (int, NoneType), "a number of processes, or None for all cores")
    if isinstance(paths, str | PathLike):
        raise TypeError("paths must be several, such as a list; extract() reads a single page")
    jobs = count_cores() if jobs is None else jobs
    if jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    read = partial(extract, encoding=encoding, reader=reader, lexicon=lexicon)
    results = read_here(paths, read) if jobs == 1 else read_in_processes(paths, read, jobs)
    return deliver(results, on_error)


def count_cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def deliver(results: Iterator[tuple[Path, Report | Exception]], on_error: OnError | None) -> Iterator[Report]:
    for path, result in results:
        if isinstance(result, Report):
            yield result
        elif on_error is None:
            raise result
        else:
            on_error(path, result)


def read_here(paths: Iterable[Path], read: Callable[[Path], Report]) -> Iterator[tuple[Path, Report | Exception]]:
    for path in paths:
        try:
            result: Report | Exception = read(path)
        except Exception as error:
            result = error
        yield path, result


def read_in_processes(
    paths: Iterable[Path], read: Callable[[Path], Report], jobs: int
) -> Iterator[tuple[Path, Report | Exception]]:
    left = iter(paths)
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"))
    running: dict[Future[Any], Path] = {}
    try:
        while True:
            for path in islice(left, AHEAD * jobs - len(running)):
                with hide_main():
                    running[pool.submit(read, path)] = path
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                error = future.exception()
                if error is not None and not isinstance(error, Exception):
                    raise error
                yield running.pop(future), error or future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
