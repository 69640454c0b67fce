"""What takes long to derive and comes out the same every time: compiled patterns and the loaded word tables.

Kept as the interpreter keeps bytecode: in one file in `__pycache__`, found by what it was derived from, so that nothing
in it can be out of date; left unwritten where bytecode is (`PYTHONDONTWRITEBYTECODE`, a folder that can't be written).
A released wheel brings such a file for its Python (hatch_build.py), which is asked for what the other does not hold: an
image in which nothing is ever written starts as fast. A file that is missing, damaged or another interpreter's costs
time and nothing else.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any
from zlib import adler32, crc32

# More than all patterns of the package; words of a user's own lexicon make patterns of their own.
MOST = 2000
CHECKSUM = 4  # bytes


def tell_apart(data: bytes) -> tuple[int, int, int]:
    """What tells these bytes from others, as a key: two checksums and the length.

    Others come out the same once in 2 ** 60 times. A SHA-256 of all words took a thirtieth of a start.
    """
    return len(data), crc32(data), adler32(data)


def find_file() -> str | None:
    """Where things are kept for this interpreter; None where bytecode is not."""
    bytecode = __spec__.cached if __spec__ else None  # …/__pycache__/start_cache.cpython-311.pyc
    return bytecode and bytecode.removesuffix(".pyc") + ".bin"


def find_brought() -> str:
    """Where a wheel brings such a file for this version of Python."""
    return os.path.join(os.path.dirname(__file__), f"start_cache.{sys.implementation.cache_tag}.bin")  # noqa: PTH118, PTH120


def name_engine() -> str:
    """What reads the code of a pattern: the same for all builds of a version of Python, unlike `sys.version`."""
    try:
        engine: Any = import_module("_sre")
        return f"{sys.implementation.cache_tag} {engine.MAGIC} {engine.CODESIZE} {sys.byteorder}"
    except (ImportError, AttributeError):
        return ""


class Keeper:
    """Things by their keys: those of the file, read when the first is asked for, and those that came since.

    `brought` is the file that came with the package: read where the other lacks something, and never written.
    """

    def __init__(self, path: str | None, brought: str | None = None) -> None:
        self.path, self.brought = path, brought
        self.read: dict[Any, Any] | None = None
        self.others: dict[Any, Any] | None = None  # what was brought
        self.fresh: dict[Any, Any] = {}

    def get(self, key: Any) -> Any:
        """What is kept under a key; None for nothing."""
        if self.read is None:
            self.read = read_file(self.path, sys.version)
        thing = self.read.get(key)
        if thing is None:
            if self.others is None:
                self.others = read_file(self.brought, name_engine())
            thing = self.others.get(key)
        return thing

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
        data = pack(sys.version, things if len(things) <= MOST else self.fresh)
        aside = f"{self.path}.{os.getpid()}"
        try:
            if os.path.lexists(aside):  # left by a process that was killed as it wrote
                os.unlink(aside)  # noqa: PTH108
            with open(aside, "xb") as file:  # noqa: PTH123
                file.write(data)
            os.replace(aside, self.path)  # noqa: PTH105
        except OSError:
            return
        self.fresh.clear()

    def write_brought(self, path: str) -> None:
        """Write all that came since the start as a wheel brings it, byte for byte the same wherever it is built."""
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(pack(name_engine(), self.fresh))


def pack(mark: str, things: dict[Any, Any]) -> bytes:
    body = marshal.dumps((mark, things), 2)  # later versions write what is the same object once, and that is chance
    return crc32(body).to_bytes(CHECKSUM, "little") + body


def read_file(path: str | None, mark: str) -> dict[Any, Any]:
    """The things of a file that bears the mark; none of any other."""
    try:
        with open(path or "", "rb") as file:  # noqa: PTH123
            data = file.read()
        body = data[CHECKSUM:]
        if crc32(body) != int.from_bytes(data[:CHECKSUM], "little"):
            return {}
        found, things = marshal.loads(body)
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return things if found == mark and isinstance(things, dict) else {}


# All that a pattern of `re` and one of `regex` have in common.
METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "scanner")
FIELDS = ("pattern", "flags", "groups", "groupindex")


class Settled:
    """An attribute of a pattern that nobody has asked for yet: looked up once, and from then on the object's own."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, late: LatePattern, owner: type[LatePattern]) -> Any:
        attribute = vars(late)[self.name] = getattr(late.settle(), self.name)
        return attribute


class LatePattern:
    r"""What behaves as the pattern that `make` gives and is made when something is asked of it for the first time.

    Of some six hundred patterns a page asks half. A plain class in a module that is not compiled: a caller finds the
    attributes that it has from then on as it would find the pattern's own.

    >>> import re
    >>> pattern = LatePattern(lambda: re.compile(r"\d+件"))
    >>> pattern.settled, pattern.search("提案459件")[0], pattern.settled
    (None, '459件', re.compile('\\d+件'))
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make
        self.settled: Any = None

    def settle(self) -> Any:
        """The pattern, compiled if it is not yet."""
        if self.settled is None:
            self.settled = self.make()
        return self.settled

    search, match, fullmatch, finditer, findall, split, sub, subn, scanner = map(Settled, METHODS)
    pattern, flags, groups, groupindex = map(Settled, FIELDS)


KEPT = Keeper(find_file(), find_brought())
