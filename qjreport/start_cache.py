"""What takes long to derive and comes out the same every time: compiled patterns and the loaded word tables.

Kept as the interpreter keeps bytecode: in one file in `__pycache__`, found by what it was derived from, so that nothing
in it can be out of date; left unwritten where bytecode is (`PYTHONDONTWRITEBYTECODE`, a folder that can't be written).
A file that is missing, damaged or another interpreter's costs time and nothing else.
"""

from __future__ import annotations

import marshal
import os
import sys
from typing import Any
from zlib import crc32

# More than all patterns of the package; words of a user's own lexicon make patterns of their own.
MOST = 2000
CHECKSUM = 4  # bytes


def find_file() -> str | None:
    """Where things are kept for this interpreter; None where bytecode is not."""
    bytecode = __spec__.cached if __spec__ else None  # …/__pycache__/start_cache.cpython-311.pyc
    return bytecode and bytecode.removesuffix(".pyc") + ".bin"


class Keeper:
    """Things by their keys: those of the file, read when the first is asked for, and those that came since."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self.read: dict[Any, Any] | None = None
        self.fresh: dict[Any, Any] = {}

    def get(self, key: Any) -> Any:
        """What is kept under a key; None for nothing."""
        if self.read is None:
            self.read = read_file(self.path)
        return self.read.get(key)

    def put(self, key: Any, thing: Any, *, sole: bool = False) -> None:
        """Keep a thing, of the types that marshal knows, from the next `save` on.

        `sole`: in place of all others whose keys begin alike. Word tables are large, and those of yesterday are read
        in vain at each start.
        """
        if sole and self.read:
            self.read = {other: held for other, held in self.read.items() if other[0] != key[0]}
        self.fresh[key] = thing

    def save(self) -> None:
        """Write the file anew if there is anything to add; says nothing where that fails."""
        if self.path is None or not self.fresh or sys.dont_write_bytecode:
            return
        things = {**(self.read or {}), **self.fresh}
        body = marshal.dumps((sys.version, things if len(things) <= MOST else self.fresh))
        aside = f"{self.path}.{os.getpid()}"
        try:
            if os.path.lexists(aside):  # left by a process that was killed as it wrote
                os.unlink(aside)  # noqa: PTH108
            with open(aside, "xb") as file:  # noqa: PTH123
                file.write(crc32(body).to_bytes(CHECKSUM, "little") + body)
            os.replace(aside, self.path)  # noqa: PTH105
        except OSError:
            return
        self.fresh.clear()


def read_file(path: str | None) -> dict[Any, Any]:
    try:
        with open(path or "", "rb") as file:  # noqa: PTH123
            data = file.read()
        body = data[CHECKSUM:]
        if crc32(body) != int.from_bytes(data[:CHECKSUM], "little"):
            return {}
        version, things = marshal.loads(body)
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return things if version == sys.version and isinstance(things, dict) else {}


KEPT = Keeper(find_file())
