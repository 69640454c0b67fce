"""One path, or "-" for standard input → the bytes of one page."""

from __future__ import annotations

import os
import sys
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from qjreport.sources.errors import SourceError
from qjreport.sources.file_names import find_path
from qjreport.sources.storage import is_url, open_file
from qjreport.sources.unpack import MAX_PAGE, open_source

if TYPE_CHECKING:
    from qjreport.sources.confined import Confined

STEP = 1024 * 1024  # bytes that are read at once

MOST_SHOWN = 60  # characters of what is no path


class SourceBytes(msgspec.Struct, frozen=True):
    """The bytes of one page and the name that it goes by in reports and messages."""

    name: str
    data: bytes


def read_source(path: str | PathLike[str], unpacker: Confined | None = None) -> SourceBytes:
    """The page that a file holds, unpacked where it is gzip, bzip2, xz, zstd or MHTML; "-" reads standard input.

    An address such as `2024.zip!a/b.html` names a page in an archive, as the dataset of a batch does, and one such as
    `s3://bucket/a.html` an object of shared storage, which needs the extras `cluster` and, for S3, `s3`.

    Archives are unpacked in a process of their own; whoever reads many pages of them hands on one `unpacker` for all.

    Raises SourceError, which names the file, what is wrong and what to do.

    >>> read_source("missing.html")
    Traceback (most recent call last):
    qjreport.sources.errors.SourceError: missing.html: no such file; check the path
    """
    name = os.fsdecode(path)
    if holds_markup(name):
        shown = name if len(name) <= MOST_SHOWN else f"{name[:MOST_SHOWN]}…"
        remedy = "give the bytes of the page, or the path of a file that holds it"
        raise SourceError(" ".join(shown.split()), "is the text of a page and no path", remedy)
    data = read_address(name, unpacker) if names_member(name) else read_bytes(find_file(name))
    return SourceBytes(name, open_source(name, data))


def holds_markup(name: str) -> bool:
    """Whether a name that is no file's is the page itself, given where its path was wanted."""
    return ("\n" in name or ("<" in name and ">" in name)) and "\x00" not in name and not os.path.lexists(name)


def names_member(name: str) -> bool:
    """Whether a name that is no file's may be the address of a page in an archive."""
    return ("!" in name or "@" in name) and "\x00" not in name and not os.path.lexists(name)


def read_address(name: str, unpacker: Confined | None) -> bytes:
    from qjreport.sources.listing import load_address  # the readers of archives are loaded where one is named

    data = load_address(name, unpacker=unpacker)
    return read_bytes(name) if data is None else data


def find_file(name: str) -> str:
    """The path of a file, which a person may name as its address is shown."""
    return find_path(name) if "\\x" in name and not is_url(name) and not os.path.lexists(name) else name


def read_all(name: str, file: BinaryIO) -> bytes:
    """The whole of a file that may have no end, such as a device."""
    parts: list[bytes] = []
    size = 0
    while part := file.read(STEP):
        parts.append(part)
        size += len(part)
        if size > MAX_PAGE:
            raise SourceError(name, f"has more than {MAX_PAGE >> 20} MiB", "it is no page; split it")
    return b"".join(parts)


def read_bytes(name: str) -> bytes:
    try:
        if name == "-":
            if sys.stdin is None:
                raise SourceError(name, "standard input is closed", "name a file")
            return read_all(name, sys.stdin.buffer)
        with open_file(name) if is_url(name) else Path(name).open("rb") as file:  # a person may name a pipe
            return read_all(name, file)
    except FileNotFoundError:
        if name.lower().startswith(("http://", "https://")):
            remedy = "save the page first: Ctrl-S in the browser, or curl -o page.html ADDRESS; then name the file"
            raise SourceError(name, "is an address of the web, and qjreport works offline", remedy) from None
        raise SourceError(name, "no such file", "check the path") from None
    except IsADirectoryError:
        raise SourceError(name, "is a directory", "name the pages in it, for example with *.html") from None
    except PermissionError:
        problem, remedy = "may not be read", "check its permissions"
        if not is_url(name) and Path(name).is_dir():  # Windows says so of a directory
            problem, remedy = "is a directory", "name the pages in it, for example with *.html"
        raise SourceError(name, problem, remedy) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError(name, f"cannot be read ({reason})", "check the path") from error
