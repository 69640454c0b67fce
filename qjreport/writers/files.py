"""Writes a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def write_whole(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes stand under `path` once the block is left, and nowhere if it is left by an exception.

    They are written aside in the same folder, synced and renamed into place, so that a reader sees the old file or the
    new one. A link is followed; what is no regular file (/dev/null, a pipe) is written straight. Raises OSError where
    that fails.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    aside = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    # Opened by hand and not by tempfile: the file shall have the rights that any new file here would have.
    with aside.open("xb") as stream:
        try:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            stream.close()
            if target.exists():
                aside.chmod(target.stat().st_mode & 0o7777)
            aside.replace(target)
        except BaseException:
            stream.close()
            aside.unlink(missing_ok=True)
            raise
    sync_folder(target.parent)


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
