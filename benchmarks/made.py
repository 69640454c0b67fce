"""Made inputs for `planner.py`: folders or a zip of tiny pages, and what reading them would have given.

Nothing is extracted. A made result has the row of a real page of samples/, some forty of the samples' facts, and a
signature derived from the input's number. One in twenty is the same report as another, one in twenty is nearly the
same; the number decides which, so that one can count what the linking should find.
"""

from __future__ import annotations

import hashlib
import zipfile
from concurrent.futures import Executor, Future
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from qjreport.batch.task import Item, Result, Settings, name_input, read_item
from qjreport.batch.workers import Answer, Task
from qjreport.writers.dataset_rows import DOCUMENTS
from qjreport.writers.parquet import load_library, read_ipc, write_ipc

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("bulletin.html", "cppcc-report.html", "government-report.html")
FOLDER = 1000  # files of a folder
FACTS = 40  # of a made document
EVERY, SAME, NEAR = 20, 13, 7  # of twenty inputs one is a copy of an earlier one, one nearly so
POLISHED = 16  # where a report is nearly the same as another, one in so many bins of its signature differs
SHINGLES = 6000


def make_folders(place: Path, inputs: int) -> None:
    for first in range(0, inputs, FOLDER):
        folder = place / f"office-{first // FOLDER:05}"
        folder.mkdir(parents=True)
        for number in range(first, min(inputs, first + FOLDER)):
            (folder / f"report-{number:08}.html").write_bytes(b"%d" % number)


def make_zip(place: Path, inputs: int) -> None:
    place.mkdir(parents=True)
    with zipfile.ZipFile(place / "reports.zip", "w") as archive:
        for number in range(inputs):
            archive.writestr(f"office-{number // FOLDER:05}/report-{number:08}.html", b"%d" % number)


def count_duplicates(inputs: int) -> int:
    """How many duplicates there are among so many made inputs."""
    return sum(find_original(number) != number for number in range(inputs))


def find_original(number: int) -> int:
    """The input that holds the same report first.

    >>> [find_original(number) for number in (3, 7, 13, 33)]
    [3, 3, 4, 11]
    """
    while (place := number % EVERY) in (SAME, NEAR):
        number = number // 2 if place == NEAR else number // 3
    return number


def sign(number: int) -> bytes:
    """A signature as unlike all others as between unlike reports, or nearly that of an earlier input."""
    if number % EVERY == SAME:
        return sign(number // 3)
    own = hashlib.shake_128(b"%d" % number).digest(1024)
    if number % EVERY != NEAR:
        return own
    signature = bytearray(sign(number // 2))
    for place in range(0, 1024, 4 * POLISHED):
        signature[place : place + 4] = own[place : place + 4]
    return bytes(signature)


def name_text(number: int) -> str:
    return name_text(number // 3) if number % EVERY == SAME else hashlib.sha256(b"%d" % number).hexdigest()


@cache
def read_samples() -> tuple[dict[str, Any], Any]:
    """A row of documents, and the facts of the samples as one table."""
    pa = load_library("pyarrow", "archive")
    results = [read_item(Item(0, name, (ROOT / "samples" / name).read_bytes()), Settings()) for name in SAMPLES]
    row = dict(zip((column.name for column in DOCUMENTS), results[0].document, strict=True))
    facts = pa.concat_tables([read_ipc(result.facts) for result in results])
    while facts.num_rows < 2 * FACTS:
        facts = pa.concat_tables([facts, facts])
    return row, facts


def make_result(item: Item, *, with_facts: bool) -> Result:
    pa = load_library("pyarrow", "archive")
    number = int(item.address[-len("00000000.html") : -len(".html")])
    row, facts = read_samples()
    id_, text = name_input(item.address), name_text(number)
    own = {"id": id_, "source": item.address, "sha256": hashlib.sha256(b"%d" % number).hexdigest(), "text_sha256": text}
    packed = b""
    if with_facts:
        part = facts.slice(number % (facts.num_rows - FACTS), FACTS)
        [packed] = write_ipc([part.set_column(0, part.schema.field(0), pa.array([id_] * FACTS))])
    return Result(
        item.row,
        item.address,
        size=len(b"%d" % number),
        document=tuple((row | own | {"facts": FACTS}).values()),
        facts=packed,
        fact_count=FACTS,
        text_sha256=text,
        shingles=SHINGLES,
        signature=sign(number),
    )


class MadeExecutor(Executor):
    """Answers every task at once with made results, as the bytes that a worker would send."""

    def __init__(self, *, with_facts: bool) -> None:
        self.with_facts = with_facts

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        task = msgspec.msgpack.decode(args[0], type=Task)
        future: Future[Any] = Future()
        results = [make_result(item, with_facts=self.with_facts) for item in task.items]
        future.set_result(msgspec.msgpack.encode(Answer(results)))
        return future
