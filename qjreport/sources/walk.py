"""Paths and addresses as a person names them → the files to open, in natural order, and what cannot be opened.

Folders are walked by `Walker`; what lies below an address of shared storage is listed by `walk_storage` in the order
in which a folder would be walked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple

from qjreport.sources.entry import Entry, Failure, make_failed, make_skipped
from qjreport.sources.file_names import Choice, explain_kind, is_container, order_naturally, show_path
from qjreport.sources.storage import Found, is_stored_file, is_url, list_storage, look_up
from qjreport.text.patterns import compile_regex

RANGE = compile_regex(r"(?s)(.+)@([0-9]{1,18})-([0-9]{1,18})")


class File(NamedTuple):
    """A file or an object of shared storage; `named` where a person named it and not only a folder around it."""

    path: str
    address: str
    size: int
    fingerprint: str
    named: bool
    range: tuple[int, int] | None = None  # first byte and end, where a person asked for a part of a crawl


def may_hold_several(file: File) -> bool:
    """Whether a file is looked into: it was named, or its name says that there are pages in it."""
    return file.named or file.range is not None or is_container(file.path)


def walk_paths(paths: Iterable[str], choice: Choice, leave_out: os.PathLike[str] | None) -> Iterator[File | Entry]:
    """Every file below the paths, each once however often it is named, but for a folder that is left out."""
    paths = list(paths)
    walker = Walker(choice, leave_out, overlap=len(paths) > 1)
    for path in paths:
        yield from walker.walk_stored(path) if is_url(path) else walker.walk(path)


class Walker:
    def __init__(self, choice: Choice, leave_out: os.PathLike[str] | None, *, overlap: bool) -> None:
        self.choice = choice
        self.overlap = overlap  # whether a file may be met twice: below one path none is
        self.left_out: tuple[int, int] | None = None
        self.out = None if leave_out is None else os.fspath(leave_out)
        if self.out is not None and not is_url(self.out) and Path(self.out).is_dir():
            status = Path(self.out).stat()
            self.left_out = (status.st_dev, status.st_ino)
        self.root = ""  # of the folder at hand, with no links in it
        self.folders: set[tuple[int, int]] = set()
        self.seen: set[bytes] = set()  # hashes of addresses: a million of them have to fit

    def walk(self, path: str) -> Iterator[File | Entry]:
        address = show_path(path)
        try:
            status = Path(path).stat()
        except (OSError, ValueError) as error:
            part = split_range(path)
            if part is None or not Path(part[0]).is_file():
                yield from self.once(make_failed(address, explain_os(error)))
                return
            name, start, end = part
            file = look_at(name, show_path(name), Path(name).stat(), named=True)
            yield from self.once(file if isinstance(file, Entry) else file._replace(range=(start, end)))
            return
        if stat.S_ISDIR(status.st_mode):
            yield from self.walk_folder(path, status)
        else:
            yield from self.once(look_at(path, address, status, named=True))

    def walk_stored(self, url: str) -> Iterator[File | Entry]:
        for found in walk_storage(url, self.choice, self.out):
            yield from self.once(found)

    def once(self, found: File | Entry) -> Iterator[File | Entry]:
        if not self.overlap:
            yield found
            return
        name = found.address if is_url(found.address) else os.path.normpath(found.address)
        if isinstance(found, File) and found.range is not None:
            name += "@{}-{}".format(*found.range)
        mark = blake2b(name.encode("utf-8", "replace"), digest_size=12).digest()
        if mark not in self.seen:
            self.seen.add(mark)
            yield found

    def walk_folder(self, root: str, status: os.stat_result) -> Iterator[File | Entry]:
        """Depth first with a stack of its own: how deep folders nest is not for Python's stack to decide."""
        self.folders.add((status.st_dev, status.st_ino))
        self.root = os.path.realpath(root)
        stack = [("", self.list_folder(root))]
        while stack:
            inside, entries = stack[-1]
            entry = next(entries, None)
            if entry is None:
                stack.pop()
                continue
            if isinstance(entry, Entry):
                yield from self.once(entry)
                continue
            relative = inside + entry.name
            try:
                status = entry.stat()
                if entry.is_symlink() and self.leads_out(entry.path, status):
                    if self.wants(relative, folder=stat.S_ISDIR(status.st_mode)):
                        message = "is a link that leads out of the source; name what it leads to as a source, too"
                        failure = Failure(stage="source", error="link-outside", message=message)
                        yield from self.once(make_failed(show_path(entry.path), failure))
                    continue
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
                    if self.wants(relative, folder=True):
                        stack.append((f"{inside}{entry.name}/", self.list_folder(entry.path)))
                    continue
                if self.wants(relative):
                    yield from self.once(look_at(entry.path, show_path(entry.path), status, named=False))
            except OSError as error:
                if self.wants(relative):
                    yield from self.once(make_failed(show_path(entry.path), explain_os(error)))

    def leads_out(self, path: str, status: os.stat_result) -> bool:
        """Whether a link leads to a folder or a file that is not below the folder at hand."""
        if not (stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)):
            return False  # told as what it leads to, which is opened nowhere
        real = os.path.realpath(path)
        return os.path.commonpath([real, self.root]) != self.root

    def wants(self, relative: str, *, folder: bool = False) -> bool:
        if self.choice.takes_all:
            return True
        name = show_path(relative)
        return self.choice.takes(name, container=folder or is_container(name))

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


def split_range(path: str) -> tuple[str, int, int] | None:
    """File, first byte and end that `FILE@START-END` names; None where the path does not end so.

    >>> split_range("crawl.warc.gz@0-67108864")
    ('crawl.warc.gz', 0, 67108864)
    """
    found = RANGE.fullmatch(path)
    if found is None or int(found[2]) >= int(found[3]):
        return None
    return found[1], int(found[2]), int(found[3])


def check_range(path: str) -> str | None:
    """What is wrong with a path that is no file's, but a file's name and something like a range after it."""
    name, sign, _ = path.rpartition("@")
    if not sign or not name or os.path.lexists(path) or split_range(path) or not Path(name).is_file():
        return None
    return f"{show_path(path)}: no such file, and no range of one: write {show_path(name)}@START-END, START below END"


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


def walk_storage(url: str, choice: Choice, leave_out: str | None) -> Iterator[File | Entry]:
    """Every object below an address but for a folder that is left out. Raises SourceError where nothing answers."""
    address = url.rstrip("/")
    try:
        found = look_up(url)
    except OSError as error:
        yield look_at_range(address) or make_failed(address, explain_os(error))
        return
    if not found.folder:
        yield look_at_object(found, address, named=True)
        return
    left_out = (leave_out or "").rstrip("/")
    stack = [list_folder(address)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
            continue
        if isinstance(entry, Entry):
            yield entry
            continue
        below, found = entry
        relative = below[len(address) + 1 :]
        if found.folder:
            if below == left_out or not choice.takes(relative, container=True):
                continue
            if found.link:
                yield make_skipped(below, "is a link to a folder; name that folder")
            else:
                stack.append(list_folder(below))
        elif choice.takes(relative, container=is_container(relative)):
            yield look_at_object(found, below, named=False)


def look_at_range(address: str) -> File | Entry | None:
    """The file whose part `FILE@START-END` names; None where it names none."""
    part = split_range(address)
    if part is None or not is_stored_file(part[0]):
        return None
    file = look_at_object(look_up(part[0]), part[0], named=True)
    return file if isinstance(file, Entry) else file._replace(range=part[1:])


def list_folder(address: str) -> Iterator[tuple[str, Found] | Entry]:
    try:
        base, listed = list_storage(address)
    except OSError as error:
        return iter([make_failed(address, explain_os(error))])
    named = [(found.name[len(base) :].strip("/"), found) for found in listed]
    named.sort(key=lambda pair: order_naturally(pair[0]))
    return iter([(f"{address}/{name}", found) for name, found in named])


def look_at_object(found: Found, address: str, *, named: bool) -> File | Entry:
    kind = explain_kind(address)
    path, address = address, show_path(address)
    return make_skipped(address, kind) if kind else File(path, address, found.size, found.mark, named)
