"""The words that the stages know, as data: TOML tables beside this file, checked as they are read.

Logic lives in the stages; here is only what they look up. A module beside this one says for each table what its
fields mean (`units.py` for `units.toml`).
"""

from __future__ import annotations

import os
from functools import lru_cache
from os import PathLike

from qjreport.lexicon.load import Lexicon, LexiconError, load_tables
from qjreport.model.arguments import check_argument
from qjreport.model.digest import sha256

__all__ = ["Lexicon", "LexiconError", "load_extended", "load_lexicon"]


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
