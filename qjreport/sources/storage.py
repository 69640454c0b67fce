"""Shared storage: files named by an address such as `s3://bucket/a.zip`, by fsspec, which is loaded for these alone.

Plain paths never come here. What is not there and what may not be read is raised as the system does for a file; a
storage that does not answer is a SourceError, for it says nothing of the input.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from qjreport.sources.errors import SourceError

SCHEMES = ("s3", "s3a", "hdfs", "webhdfs", "gs", "gcs", "abfs", "az", "oss", "file", "memory")  # http is no storage
EXTRA = {"s3": "cluster,s3", "s3a": "cluster,s3"}  # which bring the library of a scheme; `cluster` has fsspec itself
BLOCK = 4 * 1024 * 1024  # bytes that are asked for at once where a file is read from front to back
OF_A_FILE = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
# What changes with an object's bytes, by the names that the libraries have for it, the surest first.
MARKS = ("ETag", "etag", "checksum", "md5Hash", "content_md5", "mtime", "LastModified", "last_modified", "created")


class Found(NamedTuple):
    """An object or a folder of objects."""

    name: str  # within its storage
    size: int
    folder: bool
    mark: str  # changes when the bytes do
    link: bool = False


def is_url(path: str) -> bool:
    """Whether a path is an address of shared storage.

    >>> is_url("s3://bucket/2024.zip"), is_url("pages/2015.html"), is_url("http://a.example.test/")
    (True, False, False)
    """
    scheme, mark, _ = path.partition("://")
    return bool(mark) and scheme in SCHEMES


def open_storage(url: str) -> tuple[Any, str]:
    """The storage of an address, and the path in it. Raises SourceError where a library is missing."""
    extra = EXTRA.get(url.partition("://")[0], "cluster")
    try:
        core = import_module("fsspec.core")
    except ImportError:
        remedy = f"pip install 'qjreport[{extra}]' brings it"
        raise SourceError(url, "is on shared storage, which needs fsspec", remedy) from None
    try:
        storage, path = core.url_to_fs(url, use_listings_cache=False)  # each listing tells what is there now
    except ImportError as error:
        remedy = f"pip install 'qjreport[{extra}]' brings it" if extra != "cluster" else "install it beside qjreport"
        raise SourceError(url, f"needs a library that is not installed ({error})", remedy) from error
    except Exception as error:  # whatever the library of the storage calls it
        raise explain_storage(url, error) from error
    return storage, str(path)


@contextmanager
def reach(url: str) -> Iterator[None]:
    """What the library of a storage raises becomes an OSError of the file or a SourceError."""
    try:
        yield
    except (*OF_A_FILE, SourceError):
        raise
    except Exception as error:  # botocore's, aiohttp's, Java's: each has its own
        raise explain_storage(url, error) from error


def explain_storage(url: str, error: Exception) -> SourceError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
    problem = f"cannot be reached ({type(error).__name__}: {' '.join(reason.split())})"
    return SourceError(url, problem, "look at the address, the storage and your credentials for it")


def look_up(url: str) -> Found:
    """What an address names. Raises FileNotFoundError where nothing is there."""
    storage, path = open_storage(url)
    with reach(url):
        return make_found(storage.info(path))


def list_storage(url: str) -> tuple[str, list[Found]]:
    """The path of a folder within its storage, and what is in it, in no order."""
    storage, path = open_storage(url)
    with reach(url):
        listed = storage.ls(path, detail=True)
    base = path.rstrip("/")
    # An empty object under the folder's own name is how some tools make a folder where there are none.
    return base, [found for found in map(make_found, listed) if found.name != base]


def make_found(info: dict[str, Any]) -> Found:
    size = int(info.get("size") or 0)
    folder = info["type"] == "directory"
    mark: Any = next((info[key] for key in MARKS if info.get(key)), "")
    if isinstance(mark, datetime):  # some libraries tell the same time as a number where they list
        mark = mark.timestamp()
    return Found(
        str(info["name"]).rstrip("/"), size, folder, f"{size}-{mark}".replace('"', ""), bool(info.get("islink"))
    )


def is_stored_file(path: str) -> bool:
    """Whether a path or an address names a file that is there."""
    if not is_url(path):
        return Path(path).is_file()
    try:
        return not look_up(path).folder
    except OF_A_FILE:
        return False


def open_regular(path: str) -> BinaryIO:
    """A file of this machine that has an end. Raises OSError for a pipe or a device, and waits for neither.

    It is looked at once it is open: what was a file when it was listed may be something else by now.
    """
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if stat.S_ISDIR(mode := os.fstat(number).st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "is a device or a special file", path)
        return os.fdopen(number, "rb")
    except OSError:
        os.close(number)
        raise


def open_file(path: str) -> BinaryIO:
    """A file of this machine or of shared storage, to read from anywhere in it. Raises OSError, SourceError."""
    if not is_url(path):
        return open_regular(path)
    storage, inner = open_storage(path)
    with reach(path):
        if make_found(storage.info(inner)).folder:  # some libraries read a folder as an empty file
            raise IsADirectoryError(path)
        file = storage.open(inner, "rb", block_size=BLOCK)
        return io.BufferedReader(StoredFile(path, file))


def read_stretch(path: str, offset: int = 0, size: int | None = None) -> bytes:
    """Bytes of a file from an offset on, fewer where it ends. Raises OSError, SourceError."""
    if is_url(path):
        storage, inner = open_storage(path)
        with reach(path):
            if offset or size is not None:
                data: bytes = storage.cat_file(inner, start=offset, end=None if size is None else offset + size)
            else:
                data = storage.cat_file(inner)
        return data
    with open_regular(path) as file:
        if offset:
            file.seek(offset)
        return file.read() if size is None else file.read(size)


class StoredFile(io.RawIOBase):
    """An open object whose errors are those of `reach`."""

    def __init__(self, url: str, file: Any) -> None:
        self.url = url
        self.file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        with reach(self.url):
            data = self.file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        with reach(self.url):
            return int(self.file.seek(offset, whence))

    def tell(self) -> int:
        return int(self.file.tell())

    def close(self) -> None:
        if not self.closed:
            self.file.close()
        super().close()
