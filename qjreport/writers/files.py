"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Protocol

MOST_NAME = 200  # bytes of the 255 that file systems allow


class Stored(Protocol):
    """A file that is not on this machine, and knows itself how it is written whole."""

    def write_whole(self) -> AbstractContextManager[BinaryIO]: ...

    def read_bytes(self) -> bytes: ...


@contextmanager
def write_whole(path: Path | Stored) -> Iterator[BinaryIO]:
    """A stream whose bytes stand under `path` once the block is left, and nowhere if it is left by an exception.

    They are written aside in the same folder, synced and renamed into place, so that a reader sees the old file or the
    new one. A link is followed; what is no regular file (/dev/null, a pipe) is written straight. Raises OSError where
    that fails.
    """
    if not isinstance(path, Path):
        with path.write_whole() as stream:
            yield stream
        return
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    with make_aside(target) as aside, aside.open("r+b") as stream:
        yield stream


@contextmanager
def make_aside(target: Path) -> Iterator[Path]:
    """A new empty file beside `target`, which takes its place once the block is left, synced whoever wrote it.

    It goes if the block is left by an exception. Nobody can have put a file or a link under its name before. Raises
    OSError where that fails.
    """
    name = os.fsencode(target.name)[:MOST_NAME].decode("utf-8", "ignore")
    aside = target.with_name(f".{name}.{secrets.token_hex(4)}.part")
    # Not by tempfile: the file shall have the rights of the old one, or those that any new file here would have.
    rights = target.stat().st_mode & 0o7777 if target.exists() else None
    os.close(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666 if rights is None else rights & 0o700 | 0o600))
    try:
        yield aside
        sync_file(aside)
        if rights is not None:
            aside.chmod(rights)
        aside.replace(target)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Make the bytes of a file last, by whatever library they were written."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make the rename itself last through a power cut, where the system can (Windows cannot open a folder)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network file systems sync no folders; the data are synced already
    finally:
        os.close(handle)
