"""One run at a time on a dataset. The system frees the lock however the run ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from qjreport.batch.errors import BatchError

NAME = ".lock"


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the dataset's lock. Raises BatchError where another run holds it, OSError where it cannot be made."""
    with open(folder / NAME, "a+b", opener=open_itself) as file:
        if not try_lock(file):
            file.seek(0)
            owner = file.read(20).decode("ascii", "replace").strip()
            raise BatchError(
                f"{folder}: another run is writing this dataset"
                + (f" (process {owner})" if owner else "")
                + "; wait for it to end, or write to another folder"
            )
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        yield


def open_itself(path: str, flags: int) -> int:
    """A link would lead the lock's owner into a file of somebody else's."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def is_locked(folder: Path) -> bool:
    """Whether a run is writing the dataset now."""
    try:
        with (folder / NAME).open("r+b") as file:
            return not try_lock(file)
    except OSError:
        return False


def try_lock(file: BinaryIO) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(1 << 20)  # beyond the text, which others shall be able to read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
