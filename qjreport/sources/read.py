"""One path, or "-" for standard input → the bytes of one page."""

from __future__ import annotations

import os
import sys
from os import PathLike
from pathlib import Path

import msgspec

from qjreport.sources.errors import SourceError


class SourceBytes(msgspec.Struct, frozen=True):
    """The bytes of one page and the name that it goes by in reports and messages."""

    name: str
    data: bytes


def read_source(path: str | PathLike[str]) -> SourceBytes:
    """The page that a file holds; "-" reads standard input.

    Raises SourceError, which names the file, what is wrong and what to do.

    >>> read_source("missing.html")
    Traceback (most recent call last):
    qjreport.sources.errors.SourceError: missing.html: no such file; check the path
    """
    name = os.fspath(path)
    if name == "-":
        return SourceBytes(name, sys.stdin.buffer.read())
    try:
        data = Path(name).read_bytes()
    except FileNotFoundError:
        raise SourceError(name, "no such file", "check the path") from None
    except IsADirectoryError:
        raise SourceError(name, "is a directory", "name the pages in it, for example with *.html") from None
    except OSError as error:
        raise SourceError(name, error.strerror or str(error), "check that it can be read") from error
    return SourceBytes(name, data)
