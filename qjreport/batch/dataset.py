"""A dataset that is there: where it is, how far it is, its rows part by part, and single rows that serve again.

`Dataset` reads a table from front to back, for those who want all of it. `Previous` finds the rows of one input by its
address, for a new version of the dataset in which that input did not change.

`CorrectedDataset` reads it with a person's corrections in it, `write_corrected` makes a dataset of that. What corrects
gets the row of a document and its facts, and gives the facts as they shall be. The new dataset has the ledger of the
old one, marked as corrected: a batch does not go on in it, for it would take back what a person said.
Files of shards in which nothing was corrected are the old ones, byte for byte.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import msgspec

from qjreport.batch import BatchError
from qjreport.batch.home import AnyPath, Home, StoredPath
from qjreport.batch.ledger import LEDGER_NAME, Ledger, is_locked, roll_back
from qjreport.batch.parts import find_part, list_parts, make_folders, read_blocks, read_rows
from qjreport.batch.plan import Planned
from qjreport.batch.renewal import NEXT, RENEWING, Version, explain_half
from qjreport.batch.task import PASSING, Result
from qjreport.sources.entry import Failure
from qjreport.sources.storage import open_file
from qjreport.writers.dataset_rows import DOCUMENTS, TABLES, Block, gather_blocks, pick_rows, split_block
from qjreport.writers.files import write_whole
from qjreport.writers.parquet import build_table, load_library, pack_parquet, read_parquet, write_ipc
from qjreport.writers.schema import build_package

FINISHED, RUNNING, UNFINISHED = "finished", "running", "unfinished"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How far a dataset is."""

    state: str  # finished, running, unfinished
    version: str
    lexicon: str
    planned: int  # inputs of the plan
    inputs: int  # inputs that are committed
    documents: int
    failures: int
    facts: int
    duplicates: int
    shards: int
    planned_shards: int
    errors: dict[str, int]
    seconds: float  # that the committed shards took
    committed: str  # when the last shard was
    renewal: tuple[int, int] | None = None  # inputs committed and planned of a new version that is being built


@contextmanager
def find_home(dataset: AnyPath, ledger: Path | None = None) -> Iterator[Home]:
    """Where the dataset and its ledger are; on shared storage the copy of it that a finished run leaves there.

    Raises BatchError where there is none.
    """
    if not isinstance(dataset, StoredPath):
        if ledger is not None:
            raise BatchError("--ledger goes with a dataset on shared storage; in a folder, the ledger is there")
        yield Home(dataset, dataset)
        return
    if (dataset / RENEWING).exists():
        raise BatchError(explain_half(str(dataset), running=ledger is not None and is_locked(ledger)))
    if ledger is not None:
        yield Home(dataset, ledger)
    else:
        with tempfile.TemporaryDirectory() as folder:
            try:
                (Path(folder) / LEDGER_NAME).write_bytes((dataset / LEDGER_NAME).read_bytes())
            except FileNotFoundError:
                message = (
                    f"there is no {LEDGER_NAME} in {dataset}: no run has finished it; name its ledger with --ledger"
                )
                raise BatchError(message) from None
            yield Home(dataset, Path(folder))


def open_ledger(folder: Path) -> Ledger:
    """The ledger of a dataset. Raises BatchError where there is none."""
    if not (folder / LEDGER_NAME).is_file():
        raise BatchError(f"{folder} holds no dataset: there is no {LEDGER_NAME} in it")
    try:
        roll_back(folder)
        ledger = Ledger(folder, read_only=True)
        ledger.read_meta()
    except sqlite3.Error as error:
        raise BatchError(f"{folder / LEDGER_NAME} cannot be read: {error}") from error
    return ledger


def read_standing(folder: Path) -> Standing:
    """How far the dataset is whose ledger is in the folder. Raises BatchError where there is none."""
    Version(folder)
    ledger = open_ledger(folder)
    meta, totals = ledger.read_meta(), ledger.sum_up()
    last = ledger.base.execute("SELECT coalesce(max(committed), '') FROM shards").fetchone()[0]
    errors = ledger.count_errors()
    ledger.close()
    renewal = read_renewal(folder / NEXT)
    finished = bool(meta.get("finished")) and renewal is None
    return Standing(
        state=RUNNING if is_locked(folder) else FINISHED if finished else UNFINISHED,
        version=meta.get("version", ""),
        lexicon=meta.get("lexicon", ""),
        planned=int(meta.get("inputs", "0")),
        inputs=totals.inputs,
        documents=totals.documents,
        failures=totals.failures,
        facts=totals.facts,
        duplicates=int(meta.get("duplicates", "0")),
        shards=totals.shards,
        planned_shards=int(meta.get("shards", "0")),
        errors=errors,
        seconds=totals.seconds,
        committed=last,
        renewal=renewal,
    )


def read_renewal(next_: Path) -> tuple[int, int] | None:
    """Inputs committed and planned of a new version that is being built; None where there is none."""
    if not (next_ / LEDGER_NAME).is_file():
        return None
    try:
        coming = open_ledger(next_)
    except BatchError:
        return 0, 0  # it was killed before it had begun
    renewal = coming.sum_up().inputs, int(coming.read_meta().get("inputs", "0"))
    coming.close()
    return renewal


class Dataset:
    """The rows of a dataset in the order of its inputs, one part in memory at a time."""

    def __init__(self, home: Home, *, unique: bool = False) -> None:
        self.folder = home.files
        self.version = Version(home.ledger) if home.shared is None else None
        ledger = open_ledger(home.ledger)
        self.committed = ledger.list_committed()
        self.totals = ledger.sum_up()
        self.meta = ledger.read_meta()
        self.finished = bool(self.meta.get("finished"))
        ledger.close()
        self.unique = unique

    def read(self, table: str, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """Rows of "documents", "facts" or "failures"; with `unique` without duplicates and their facts.

        `columns` are those that are wanted, among them the id of the document; None all of them. Raises BatchError
        where a new version takes the dataset's place meanwhile.
        """
        return chain.from_iterable(map(split_block, self.read_blocks(table, columns)))

    def read_blocks(self, table: str, columns: Sequence[str] | None = None) -> Iterator[Block]:
        """The same rows, column by column."""
        self.check()
        for path in list_parts(self.folder, table):
            number = int(path.stem.removeprefix("part-"))
            if number not in self.committed:
                continue  # written by a run that was killed before it was entered
            left_out = self.find_duplicates(path.name) if self.unique and table != "failures" else frozenset()
            key = "document" if table == "facts" else "id"
            blocks = self.read_part(path, columns)
            if self.version is not None:
                self.version.check()
            for block in blocks:
                yield pick_rows(block, [id_ not in left_out for id_ in block[key]]) if left_out else block
        self.check()

    def check(self) -> None:
        if self.version is not None:
            self.version.check()
        elif isinstance(self.folder, StoredPath) and (self.folder / RENEWING).exists():
            raise BatchError(explain_half(str(self.folder), running=True))

    def read_part(self, path: AnyPath, columns: Sequence[str] | None = None) -> Iterator[Block]:
        try:
            return read_blocks(path, columns)
        except FileNotFoundError:
            self.check()  # says so where a new version has taken its place
            raise

    def count(self, table: str) -> int:
        """How many rows are committed, duplicates among them."""
        return {"documents": self.totals.documents, "facts": self.totals.facts, "failures": self.totals.failures}[table]

    def find_duplicates(self, name: str) -> frozenset[str]:
        table = read_parquet(self.folder / "documents" / name, columns=["id", "duplicate_of"])
        return frozenset(row["id"] for row in table.to_pylist() if row["duplicate_of"] is not None)


OPEN_SHARDS = 4  # whose tables are kept: neighbours come from the same one


class Tables:
    """The tables of one shard, each loaded when it is needed."""

    def __init__(self, folder: AnyPath, shard: int) -> None:
        self.folder = folder
        self.shard = shard
        self.loaded: dict[str, Any] = {}

    def load(self, table: str) -> Any:
        if table not in self.loaded:
            self.loaded[table] = read_parquet(find_part(self.folder, table, self.shard))
        return self.loaded[table]

    def find(self, table: str, id_: str) -> dict[str, Any] | None:
        key = f"{table} by id"
        if key not in self.loaded:
            self.loaded[key] = {row["id"]: row for row in self.load(table).to_pylist()}
        found: dict[str, Any] | None = self.loaded[key].get(id_)
        return found

    def find_facts(self, id_: str) -> Any:
        pc = load_library("pyarrow.compute", "archive")
        facts = self.load("facts")
        return facts.filter(pc.equal(facts["document"], id_))


class Previous:
    """The committed rows of a dataset made by the same version, lexicon and settings."""

    def __init__(self, home: Home, *, retry: bool = False) -> None:
        self.folder = home.files
        self.retry = retry
        self.ledger = Ledger(home.ledger)
        self.tables: OrderedDict[int, Tables] = OrderedDict()

    def close(self) -> None:
        self.ledger.close()

    def look_up(self, planned: Planned) -> tuple[int, int, str, str | None] | None:
        """Shard, row, id and error of an input that did not change and whose facts are all there."""
        found = self.ledger.find_input(planned.address)
        if found is None:
            return None
        shard, row, fingerprint, id_, error, dropped = found
        listed = error is not None and fingerprint.startswith(f"{error}-")  # it failed by its name, without being read
        again = error in PASSING or (self.retry and error is not None)
        if fingerprint != planned.fingerprint or dropped or (again and not listed):
            return None
        return shard, row, id_, error

    def knows(self, planned: Planned) -> bool:
        return self.look_up(planned) is not None

    def find(self, planned: Planned) -> Result | None:
        """What the input gave before, as its new row; None where it is new, changed or its facts were dropped."""
        found = self.look_up(planned)
        if found is None:
            return None
        shard, row, id_, error = found
        tables = self.open_shard(shard)
        try:
            if error is not None:
                return self.take_failure(planned, tables.find("failures", id_))
            return self.take_document(planned, tables, shard, row, id_)
        except (OSError, ValueError):  # pyarrow's errors are ValueErrors: a file is gone or damaged
            return None

    def open_shard(self, shard: int) -> Tables:
        tables = self.tables.pop(shard, None) or Tables(self.folder, shard)
        self.tables[shard] = tables
        if len(self.tables) > OPEN_SHARDS:
            self.tables.popitem(last=False)
        return tables

    def take_failure(self, planned: Planned, row: dict[str, Any] | None) -> Result | None:
        if row is None:
            return None
        failure = Failure(stage=row["stage"], error=row["error"], message=row["message"], offset=row["offset"])
        return Result(planned.row, planned.address, failure, row["url"])

    def take_document(self, planned: Planned, tables: Tables, shard: int, row: int, id_: str) -> Result | None:
        document = tables.find("documents", id_)
        if document is None:
            return None
        facts = tables.find_facts(id_)
        if facts.num_rows != document["facts"]:
            return None
        text_sha256, shingles, signature = self.ledger.read_signed(shard, row)
        cells = {**document, "duplicate_of": None, "similarity": None}
        return Result(
            planned.row,
            planned.address,
            url=document["url"],
            size=document["bytes"],
            document=tuple(cells[column.name] for column in DOCUMENTS),
            facts=write_ipc([facts])[0],
            fact_count=facts.num_rows,
            text_sha256=text_sha256,
            shingles=shingles,
            signature=signature,
        )


# With a person's corrections in it.

Rows = list[dict[str, Any]]


class Correct(Protocol):
    """What corrects the facts of a document, each given as its row."""

    def concerns(self, document: dict[str, Any]) -> bool:
        """Whether there are corrections of the document."""
        ...

    def correct(self, document: dict[str, Any], facts: Rows) -> Rows | None:
        """The facts of such a document as they shall be; None where none of them changes."""
        ...


CORRECTED = "corrections"  # the key in the ledger that says which corrections are in the dataset


class CorrectedDataset(Dataset):
    """The rows of a dataset with the corrections in them. Nothing is written."""

    def __init__(self, home: Home, correct: Correct, *, unique: bool = False) -> None:
        super().__init__(home, unique=unique)
        self.correct = correct

    def read_blocks(self, table: str, columns: Sequence[str] | None = None) -> Iterator[Block]:
        if table == "failures":
            yield from super().read_blocks(table, columns)
            return
        names = [column.name for column in TABLES[table]] if columns is None else columns
        self.check()
        for path in list_parts(self.folder, "documents"):
            if int(path.stem.removeprefix("part-")) in self.committed:
                documents, facts, _ = self.correct_part(path.name)
                self.check()
                left_out = {row["id"] for row in documents if self.unique and row["duplicate_of"] is not None}
                key = "document" if table == "facts" else "id"
                rows = facts if table == "facts" else documents
                yield from gather_blocks((row for row in rows if row[key] not in left_out), names)

    def correct_part(self, name: str) -> tuple[Rows, Rows, bool]:
        """The documents and the facts of a part, and whether anything in it was corrected."""
        documents = list(chain.from_iterable(map(split_block, self.read_part(self.folder / "documents" / name))))
        below: dict[str, Rows] = {}
        for block in self.read_part(self.folder / "facts" / name):
            for fact in split_block(block):
                below.setdefault(fact["document"], []).append(fact)
        facts: Rows = []
        changed = False
        for document in documents:
            rows = below.get(document["id"], [])
            corrected = self.correct.correct(document, rows) if self.correct.concerns(document) else None
            if corrected is not None:
                changed = True
                rows = corrected
                document["facts"] = len(rows)
            facts += rows
        return documents, facts, changed


def write_corrected(home: Home, out: Path, correct: Correct, label: str) -> None:
    """Write the dataset with its corrections to a folder that is empty or not there; `label` names the corrections.

    Raises BatchError where the folder is not empty, OSError where it cannot be written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BatchError(f"{out} is not empty: name a new folder for the corrected dataset")
    ledger = open_ledger(home.ledger)
    meta, shards = ledger.read_meta(), sorted(ledger.list_committed())
    ledger.close()
    dataset = CorrectedDataset(home, correct)
    made_by = meta["version"], meta["lexicon"]
    out.mkdir(parents=True, exist_ok=True)
    make_folders(out)
    facts = {shard: write_shard(dataset, out, shard, made_by) for shard in shards}
    copy_ledger(home, out, facts, label)
    parts = {table: [f"{table}/{path.name}" for path in list_parts(out, table)] for table in TABLES}
    counts = {table: sum(map(count_rows, list_parts(out, table))) for table in TABLES}
    with write_whole(out / "datapackage.json") as stream:
        stream.write(build_package(parts, counts, made_by))


def write_shard(dataset: CorrectedDataset, out: Path, shard: int, made_by: tuple[str, str]) -> int:
    """The three files of a shard; how many facts it has now. What nobody corrected is copied, and not read."""
    name = find_part(out, "facts", shard).name
    corrected: dict[str, Rows] = {}
    if any(map(dataset.correct.concerns, read_rows(dataset.folder / "documents" / name, ("source", "sha256")))):
        documents, facts, changed = dataset.correct_part(name)
        corrected = {"documents": documents, "facts": facts} if changed else {}
    for table in TABLES:
        with write_whole(out / table / name) as stream:
            if table in corrected:
                rows = [[row[column.name] for column in TABLES[table]] for row in corrected[table]]
                stream.write(pack_parquet(table, build_table(table, rows), made_by))
            else:
                stream.write((dataset.folder / table / name).read_bytes())
    dataset.check()  # a new version of the dataset that takes its place meanwhile would leave two halves
    return count_rows(out / "facts" / name)


def count_rows(path: AnyPath) -> int:
    pq = load_library("pyarrow.parquet", "archive")
    with open_file(str(path)) as file:
        rows: int = pq.read_metadata(file).num_rows
        return rows


def copy_ledger(home: Home, out: Path, facts: dict[int, int], label: str) -> None:
    """The old ledger with the new numbers of facts, and with what was corrected."""
    source = f"{(home.ledger / LEDGER_NAME).resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as old, closing(sqlite3.connect(out / LEDGER_NAME)) as new:
        old.backup(new)
        with new:
            new.executemany("UPDATE shards SET facts = ? WHERE number = ?", [(n, shard) for shard, n in facts.items()])
            new.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (CORRECTED, label))
