"""Paths on shared storage, with as much of `pathlib` as a dataset needs, and where a dataset's files and ledger are.

An object is put whole or not at all, which is what a rename does for a file. There is no rename: `replace_stored`
copies within the storage.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from qjreport.sources.storage import is_url, list_storage, look_up, open_storage, reach, read_stretch

# Storage of objects, where nothing is seen of one until it is whole, and folders are but names.
OBJECTS = tuple(f"{scheme}://" for scheme in ("s3", "s3a", "gs", "gcs", "abfs", "az", "oss", "memory"))


class StoredPath:
    """An address on shared storage, of an object or of a folder of objects.

    >>> str(StoredPath("s3://bucket/facts/") / "facts" / "part-000000.parquet")
    's3://bucket/facts/facts/part-000000.parquet'
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")

    def __truediv__(self, name: str) -> StoredPath:
        return StoredPath(f"{self.url}/{name}")

    def __str__(self) -> str:
        return self.url

    def __fspath__(self) -> str:
        return self.url

    def __lt__(self, other: StoredPath) -> bool:
        return self.url < other.url

    @property
    def name(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    def exists(self) -> bool:
        try:
            look_up(self.url)
        except FileNotFoundError:
            return False
        return True

    def glob(self, pattern: str) -> list[StoredPath]:
        """What is in the folder under such names; nothing where there is no folder."""
        try:
            _, listed = list_storage(self.url)
        except FileNotFoundError:
            return []
        names = (found.name.rpartition("/")[2] for found in listed)
        return [self / name for name in names if fnmatchcase(name, pattern)]

    def read_bytes(self) -> bytes:
        return read_stretch(self.url)

    @contextmanager
    def write_whole(self) -> Iterator[BinaryIO]:
        """A stream whose bytes are put under the address once the block is left, and nowhere if by an exception."""
        stream = io.BytesIO()
        yield stream
        storage, path = open_storage(self.url)
        with reach(self.url):
            if self.url.startswith(OBJECTS):
                storage.pipe_file(path, stream.getvalue())
                return
            folder, _, name = path.rpartition("/")
            storage.makedirs(folder, exist_ok=True)
            aside = f"{folder}/.{name}.part"
            storage.pipe_file(aside, stream.getvalue())
            if storage.exists(path):
                storage.rm_file(path)
            storage.mv(aside, path)

    def copy_to(self, target: StoredPath) -> None:
        """Within the storage: nothing passes through this machine where the storage can do that."""
        storage, path = open_storage(self.url)
        with reach(self.url):
            other = open_storage(target.url)[1]
            if not self.url.startswith(OBJECTS):
                storage.makedirs(other.rpartition("/")[0], exist_ok=True)
            storage.cp_file(path, other)

    def unlink(self, missing_ok: bool = False) -> None:
        storage, path = open_storage(self.url)
        try:
            with reach(self.url):
                storage.rm_file(path)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def clear(self) -> None:
        """Remove the folder and all that is in it, if it is there."""
        storage, path = open_storage(self.url)
        try:
            with reach(self.url):
                storage.rm(path, recursive=True)
        except FileNotFoundError:
            pass


AnyPath = Path | StoredPath


def name_path(name: str) -> AnyPath:
    """A path or an address → where a dataset is; `file://` is a folder as any other.

    >>> str(name_path("s3://bucket/facts/")), name_path("file:///data/facts").as_posix()
    ('s3://bucket/facts', '/data/facts')
    """
    if name.startswith("file://"):
        return Path(name.removeprefix("file://"))
    return StoredPath(name) if is_url(name) else Path(name)


class Home(NamedTuple):
    """Where a dataset is: its files, and the folder of this machine with its ledger. In a local folder they are one."""

    files: AnyPath
    ledger: Path

    def __truediv__(self, name: str) -> Home:
        return Home(self.files / name, self.ledger / name)

    @property
    def shared(self) -> StoredPath | None:
        return self.files if isinstance(self.files, StoredPath) else None
