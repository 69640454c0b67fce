"""Paths as a person names them → the files to open, in natural order, and what cannot be opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple

from qjreport.sources.entry import Entry, Failure, make_failed, make_skipped
from qjreport.sources.names import Choice, explain_kind, is_container, order_naturally
from qjreport.sources.storage import is_url


class File(NamedTuple):
    """A file or an object of shared storage; `named` where a person named it and not only a folder around it."""

    path: str
    address: str
    size: int
    fingerprint: str
    named: bool


def walk_paths(paths: Iterable[str], choice: Choice, leave_out: os.PathLike[str] | None) -> Iterator[File | Entry]:
    """Every file below the paths, each once however often it is named, but for a folder that is left out."""
    walker = Walker(choice, leave_out)
    for path in paths:
        yield from walker.walk_stored(path) if is_url(path) else walker.walk(path)


class Walker:
    def __init__(self, choice: Choice, leave_out: os.PathLike[str] | None) -> None:
        self.choice = choice
        self.left_out: tuple[int, int] | None = None
        self.out = None if leave_out is None else os.fspath(leave_out)
        if self.out is not None and not is_url(self.out) and Path(self.out).is_dir():
            status = Path(self.out).stat()
            self.left_out = (status.st_dev, status.st_ino)
        self.folders: set[tuple[int, int]] = set()
        self.seen: set[bytes] = set()  # hashes of addresses: a million of them have to fit

    def walk(self, path: str) -> Iterator[File | Entry]:
        address = show_path(path)
        try:
            status = Path(path).stat()
        except (OSError, ValueError) as error:
            yield from self.once(make_failed(address, explain_os(error)))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self.walk_folder(path, status)
        else:
            yield from self.once(look_at(path, address, status, named=True))

    def walk_stored(self, url: str) -> Iterator[File | Entry]:
        from qjreport.sources.stored_walk import walk_storage

        for found in walk_storage(url, self.choice, self.out):
            yield from self.once(found)

    def once(self, found: File | Entry) -> Iterator[File | Entry]:
        name = found.address if is_url(found.address) else os.path.normpath(found.address)
        mark = blake2b(name.encode("utf-8", "replace"), digest_size=12).digest()
        if mark not in self.seen:
            self.seen.add(mark)
            yield found

    def walk_folder(self, root: str, status: os.stat_result) -> Iterator[File | Entry]:
        """Depth first with a stack of its own: how deep folders nest is not for Python's stack to decide."""
        self.folders.add((status.st_dev, status.st_ino))
        stack = [self.list_folder(root)]
        while stack:
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
                continue
            if isinstance(entry, Entry):
                yield from self.once(entry)
                continue
            relative = show_path(os.path.relpath(entry.path, root)).replace(os.sep, "/")
            try:
                status = entry.stat()
                if stat.S_ISDIR(status.st_mode):
                    mark = (status.st_dev, status.st_ino)
                    if mark == self.left_out:
                        continue
                    if mark in self.folders and status.st_ino:
                        message = "leads to a folder that was read before; its files are not read again"
                        yield make_failed(
                            show_path(entry.path), Failure(stage="source", error="link-loop", message=message)
                        )
                        continue
                    self.folders.add(mark)
                    if self.choice.takes(relative, container=True):
                        stack.append(self.list_folder(entry.path))
                    continue
                if self.choice.takes(relative, container=is_container(relative)):
                    yield from self.once(look_at(entry.path, show_path(entry.path), status, named=False))
            except OSError as error:
                if self.choice.takes(relative, container=is_container(relative)):
                    yield from self.once(make_failed(show_path(entry.path), explain_os(error)))

    def list_folder(self, path: str) -> Iterator[os.DirEntry[str] | Entry]:
        try:
            with os.scandir(path) as entries:
                found = sorted(entries, key=lambda entry: order_naturally(entry.name))
        except OSError as error:
            return iter([make_failed(show_path(path), explain_os(error))])
        return iter(found)


def look_at(path: str, address: str, status: os.stat_result, *, named: bool) -> File | Entry:
    if not stat.S_ISREG(status.st_mode):
        return make_skipped(address, "is a device or a special file")
    kind = explain_kind(path)
    if kind is not None:
        return make_skipped(address, kind)
    return File(path, address, status.st_size, mark_file(status), named)


def mark_file(status: os.stat_result) -> str:
    """What changes when a file does."""
    return f"{status.st_size}-{status.st_mtime_ns}"


def show_path(path: str) -> str:
    """A path as text: bytes of a name that are no text are spelled out, so that no two names become one."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def explain_os(error: OSError | ValueError) -> Failure:
    loop = isinstance(error, OSError) and error.errno == 40  # ELOOP
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    if isinstance(error, FileNotFoundError):
        reason = "no such file (a link that leads nowhere, or it is gone)"
    return Failure(stage="source", error="link-loop" if loop else "unreadable", message=f"cannot be read: {reason}")


def read_list(stream: BinaryIO, *, nul: bool) -> list[str]:
    """The paths of --files-from: a line each, or ended by NUL (-0)."""
    data = stream.read()
    parts = data.split(b"\x00") if nul else [line.removesuffix(b"\r") for line in data.split(b"\n")]
    return [os.fsdecode(part) for part in parts if part]
