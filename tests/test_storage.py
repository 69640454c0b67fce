"""Shared storage and places without a server: storage in memory, archives that change, libraries that are missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from archives import make_page, make_pages, make_tar, make_zip, write
from batches import Said, do_batch, read_files, read_table

pytest.importorskip("fsspec", reason="needs the extra cluster")

from qjreport.batch import BatchError, renewal, workers
from qjreport.batch.dataset import Dataset, find_home
from qjreport.batch.home import StoredPath
from qjreport.batch.renewal import RENEWING
from qjreport.sources import SourceError, read_source
from qjreport.sources.entry import Entry, FailureError, Limits
from qjreport.sources.listing import list_sources, load_place

OUT = StoredPath("memory://bucket/facts")


@pytest.fixture(autouse=True)
def memory() -> Iterator[Any]:
    import fsspec

    storage = fsspec.filesystem("memory")
    yield storage
    storage.store.clear()
    storage.pseudo_dirs[:] = [""]


def read_stored(memory: Any, root: str = "/bucket/facts") -> dict[str, bytes]:
    return {name.removeprefix(f"{root}/"): memory.cat(name) for name in memory.find(root) if "manifest" not in name}


def strip(entries: Iterator[Entry], root: str) -> list[tuple[str, int, bytes]]:
    return [(entry.address.removeprefix(root), entry.size, entry.load()) for entry in entries]


def test_the_same_order_and_bytes_as_a_folder(memory: Any, tmp_path: Path) -> None:
    for name, data in {
        **make_pages(11),
        "区/10/1.html": b"<p>10",
        "区/9/1.html": b"<p>9",
        "a.zip": make_zip(make_pages(3)),
        "b.tar.gz": make_tar(make_pages(3), "gz"),
    }.items():
        write(tmp_path / name, data)
        memory.pipe(f"/pages/{name}", data)
    wanted = strip(list_sources([str(tmp_path)]), f"{tmp_path}")
    assert len(wanted) == 19
    assert strip(list_sources(["memory://pages/"]), "memory://pages") == wanted
    assert strip(list_sources([f"file://{tmp_path}"]), f"file://{tmp_path}") == wanted
    for entry in list_sources(["memory://pages"]):
        assert entry.place is None or load_place(entry.place, Limits()) == entry.load()
        assert read_source(entry.address).data == entry.load()


def test_damage_is_the_same_by_place(tmp_path: Path) -> None:
    """A member that does not hold what its directory says, and one whose header is gone."""
    sound = make_zip(make_pages(3))
    second = sound.index(b"PK\x03\x04", 4)
    for damaged in (
        sound[: second + 60] + b"\xff\xff" + sound[second + 62 :],
        sound.replace(b"PK\x03\x04", b"PK\x03\x00", 2),
    ):
        path = write(tmp_path / "a.zip", b"PK\x03\x04" + damaged)
        told = []
        for entry in list_sources([str(path)]):
            assert entry.place
            for read in (entry.load, lambda place=entry.place: load_place(place, Limits())):
                try:
                    told.append(read())
                except FailureError as error:
                    told.append(error.failure)  # type: ignore[arg-type]
        assert told[0::2] == told[1::2]
        assert any(not isinstance(found, bytes) for found in told)


def test_a_dataset_is_built_killed_and_renewed(memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "pages"
    for name, page in make_pages(12).items():
        write(source / name, page)
    do_batch(OUT, source, shard=3, ledger=tmp_path / "ledger")
    do_batch(tmp_path / "first", source, shard=3)
    assert read_stored(memory) == read_files(tmp_path / "first")
    write(source / "0.html", make_page(77))
    write(source / "5.html", make_page(1))
    copied = []

    def copy_some(path: StoredPath, to: StoredPath) -> None:
        copied.append(path)
        if len(copied) == 4:
            raise KeyboardInterrupt
        copy(path, to)

    copy = StoredPath.copy_to
    monkeypatch.setattr(StoredPath, "copy_to", copy_some)
    monkeypatch.setattr(renewal, "COPIES", 1)
    with pytest.raises(KeyboardInterrupt):
        do_batch(OUT, source, shard=3, ledger=tmp_path / "ledger")
    with pytest.raises(BatchError, match="while the dataset's new version took its place"), find_home(OUT):
        pass
    told = Said()
    assert do_batch(OUT, source, shard=3, ledger=tmp_path / "ledger", listener=told).read == 0
    assert told.said == ["all 13 inputs are as they were and skipped"]
    do_batch(tmp_path / "second", source, shard=3)
    assert read_stored(memory) == read_files(tmp_path / "second")
    with find_home(OUT) as home:
        rows = list(Dataset(home, unique=True).read("facts"))
    assert len(rows) == len(read_table(tmp_path / "second", "facts")) - 6


def test_a_renewal_that_lost_its_files_removes_nothing(
    memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "pages/1.html", make_page(1)).parent
    do_batch(OUT, source, ledger=tmp_path / "ledger")
    before = read_stored(memory)
    write(source / "2.html", make_page(2))

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(StoredPath, "copy_to", stop)
    with pytest.raises(KeyboardInterrupt):
        do_batch(OUT, source, ledger=tmp_path / "ledger")
    monkeypatch.undo()
    memory.rm("/bucket/facts/.next", recursive=True)
    with pytest.raises(FileNotFoundError):
        do_batch(OUT, source, ledger=tmp_path / "ledger")
    assert read_stored(memory) == before | {RENEWING: b""}  # for all that the run knows, some was copied


def test_a_ledger_and_its_files_belong_together(tmp_path: Path) -> None:
    source = write(tmp_path / "1.html", make_page(1))
    do_batch(OUT, source, ledger=tmp_path / "ledger")
    with pytest.raises(BatchError, match=r"that the ledger in .* knows nothing of"):
        do_batch(OUT, source, ledger=tmp_path / "other")
    with pytest.raises(BatchError, match="has the ledger of memory://bucket/facts"):
        do_batch(StoredPath("memory://bucket/more"), source, ledger=tmp_path / "ledger")
    with pytest.raises(BatchError, match="name a folder of this machine"):
        do_batch(OUT, source)
    with pytest.raises(BatchError, match="no run has finished it"), find_home(StoredPath("memory://bucket/more")):
        pass


def test_storage_with_folders(tmp_path: Path) -> None:
    """As on hdfs://, where a file can be seen before it is whole: it is first written under another name."""
    path = StoredPath(f"file://{tmp_path}/facts/part-1")
    for data in (b"1", b"2"):
        with path.write_whole() as stream:
            stream.write(data)
        assert path.read_bytes() == data
    path.copy_to(StoredPath(f"file://{tmp_path}/more/part-2"))
    assert (tmp_path / "more/part-2").read_bytes() == b"2"
    assert sorted(found.name for found in (tmp_path / "facts").iterdir()) == ["part-1"]


@pytest.mark.parametrize("jobs", [0, 2])
def test_an_archive_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    path = write(tmp_path / "a.zip", make_zip(make_pages(3)))
    take = workers.take_item

    def change(item: Any, task: Any) -> Any:
        write(path, make_zip(make_pages(4)))
        return take(item, task)

    monkeypatch.setattr(workers, "take_item", change)
    with pytest.raises(BatchError, match="the sources changed while they were read; run the same command again"):
        do_batch(tmp_path / "out", path, jobs=jobs)
    monkeypatch.undo()
    assert do_batch(tmp_path / "out", path, jobs=jobs).documents == 4


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_file_that_goes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """It is a failure, as if it had gone just before; the next run sees that it is gone."""
    for name, page in make_pages(3).items():
        write(tmp_path / "pages" / name, page)
    take = workers.take_item

    def remove(item: Any, task: Any) -> Any:
        (tmp_path / "pages/2.html").unlink(missing_ok=True)
        return take(item, task)

    monkeypatch.setattr(workers, "take_item", remove)
    assert do_batch(tmp_path / "out", tmp_path / "pages", jobs=jobs).errors == {"unreadable": 1}
    with pytest.raises(BatchError, match=r"1 inputs that are not among these sources: .*2\.html"):
        do_batch(tmp_path / "out", tmp_path / "pages", jobs=jobs)


def test_a_file_that_a_worker_does_not_see_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "a.zip", make_zip(make_pages(3)))
    do_batch(tmp_path / "wanted", source)
    take = workers.take_item

    def see_nothing(item: Any, task: Any) -> Any:
        if item.place is None:
            return item
        import msgspec

        elsewhere = msgspec.structs.replace(item.place, path=f"/nowhere{item.place.path}")
        return take(msgspec.structs.replace(item, place=elsewhere), task)

    monkeypatch.setattr(workers, "take_item", see_nothing)
    do_batch(tmp_path / "out", source)
    assert read_files(tmp_path / "out") == read_files(tmp_path / "wanted")


def test_missing_libraries_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match=r"needs a library that is not installed \(.*gcsfs"):
        read_source("gs://bucket/a.html")
    monkeypatch.setitem(sys.modules, "s3fs", None)
    registry = import_module("fsspec.registry")._registry
    monkeypatch.delitem(registry, "s3", raising=False)  # other tests may have loaded it
    with pytest.raises(SourceError, match=r"pip install 'qjreport\[cluster,s3\]' brings it"):
        read_source("s3://bucket/a.html")
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(SourceError, match=r"needs fsspec; pip install 'qjreport\[cluster\]' brings it"):
        read_source("memory://bucket/a.html")


def test_plain_paths_load_no_fsspec(tmp_path: Path) -> None:
    import subprocess

    write(tmp_path / "1.html", make_page(1))
    program = (
        "import sys; from qjreport.commands import main\n"
        "try: main()\n"
        "except SystemExit: print([name for name in sys.modules if name in ('fsspec', 'dask', 'distributed')])"
    )
    command = [sys.executable, "-c", program, "batch", "1.html", "-o", "out", "--jobs", "0"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr
