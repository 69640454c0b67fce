"""Reads the word tables, and files that add to them, into one frozen Lexicon."""

from __future__ import annotations

import os
from functools import lru_cache
from os import PathLike
from typing import Any

import msgspec

from qjreport.kept import KEPT
from qjreport.lexicon.chrome import Chrome
from qjreport.lexicon.facts import FactWords
from qjreport.lexicon.hedges import Hedges
from qjreport.lexicon.markers import Markers
from qjreport.lexicon.names import Names
from qjreport.lexicon.units import Units
from qjreport.model.arguments import check_argument
from qjreport.model.digest import digest_file, sha256


class LexiconError(ValueError):
    """A word table that cannot be used; the message says which table and where in it."""


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """All word tables. Equal only to itself, so that compiled patterns may be cached by it."""

    chrome: Chrome
    facts: FactWords
    hedges: Hedges
    markers: Markers
    names: Names
    units: Units
    digest: str  # of the tables' bytes: the same words, the same digest


def load_lexicon(*paths: str | PathLike[str]) -> Lexicon:
    """The tables that come with the package, and the words of the files at `paths`, in their order.

    Raises LexiconError where a file cannot be read or used, TypeError for what is no path; the message names the
    file and the line. The same contents give the same object, so that what was compiled for it is used again.

    >>> load_lexicon() is load_lexicon()
    True
    """
    if not paths:
        return load_tables()
    for path in paths:
        check_argument("path", path, (str, PathLike), "a str or a PathLike")
    return load_extended(*[(name, read_file(name)) for name in map(os.fsdecode, paths)])


def read_file(name: str) -> bytes:
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - pathlib takes as long to load as the tables
            return file.read()
    except OSError as error:
        raise LexiconError(f"{name}: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the name, or half a surrogate pair
        raise LexiconError(f"{name!r}: {error}") from error


TABLES: dict[str, Any] = {
    "chrome": Chrome,
    "facts": FactWords,
    "hedges": Hedges,
    "markers": Markers,
    "names": Names,
    "units": Units,
}


@lru_cache(maxsize=1)
def load_tables() -> Lexicon:
    """The package's own tables: as they were kept when these very bytes were read before, else parsed."""
    data = {name: read_table(f"{name}.toml") for name in TABLES}
    digest = digest_file(b"".join(data.values()))[:16]
    key = ("lexicon", msgspec.__version__, digest)
    kept = KEPT.get(key)
    if kept is not None:
        try:
            return msgspec.msgpack.decode(kept, type=Lexicon)
        except msgspec.DecodeError:  # the shapes have changed since
            pass
    lexicon = Lexicon(**{name: parse_table(name, data[name], shape) for name, shape in TABLES.items()}, digest=digest)
    KEPT.put(key, msgspec.msgpack.encode(lexicon))
    return lexicon


def read_table(name: str) -> bytes:
    """A file beside this one, wherever the package was imported from: a folder or a zip."""
    loader: Any = __spec__.loader if __spec__ else None
    data: bytes = loader.get_data(os.path.join(os.path.dirname(__file__), name))  # noqa: PTH118, PTH120
    return data


def parse_table(name: str, data: bytes, shape: type[msgspec.Struct]) -> Any:
    try:
        return msgspec.toml.decode(data, type=shape)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise LexiconError(f"{name}.toml: {error}") from error


@lru_cache(maxsize=4)
def load_extended(*contents: tuple[str, bytes]) -> Lexicon:
    """The tables with the words of files, each given as its name and its bytes."""
    # Loaded here: most runs have no file of their own.
    from qjreport.lexicon.check import check_extension
    from qjreport.lexicon.extend import Extension, extend_lexicon, read_extension

    base = whole = load_tables()
    digest = sha256(base.digest.encode())
    extensions: list[Extension] = []
    for name, data in contents:
        faults = [problem for problem in check_extension(data, whole) if problem.severity == "error"]
        if faults:
            more = f" (and {len(faults) - 1} more: qjreport lexicon check {name})" if len(faults) > 1 else ""
            raise LexiconError(f"{name}:{faults[0].line}: {faults[0].message}{more}")
        digest.update(sha256(data).digest())
        extensions.append(read_extension(data.decode("utf-8-sig")))
        whole = extend_lexicon(base, extensions, digest.hexdigest()[:16])
    return whole
