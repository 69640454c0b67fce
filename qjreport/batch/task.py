"""What a worker does: a page, or the place where it lies → a row of documents and its facts, or a failure.

Here are the types that travel to a worker (`Settings`, `Item`) and back (`Result`), and what decides the rows beside
the page: the version of the tool, the words that it reads with, the libraries that it has.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import msgspec

import qjreport.version
from qjreport.batch.signature import LEAST, sign_text
from qjreport.lexicon import Lexicon, load_extended
from qjreport.lexicon.load import load_tables
from qjreport.places.given import NOTHING, Given
from qjreport.sources.entry import MIB, Failure, FailureError, Limits, Place
from qjreport.sources.listing import UNREACHED, load_place

LIBRARIES = ("pyarrow", "zstandard", "brotli")  # by which rows or bytes would differ
Words = tuple[tuple[str, bytes], ...]  # files of more words: name and content, which travel to the workers


def load_words(words: Words) -> Lexicon:
    """The tables of the package with more words. Raises LexiconError where they cannot be used."""
    return load_extended(*words) if words else load_tables()


def name_maker(words: Words) -> tuple[str, str]:
    """Version and hash of the word tables: the same two read a page the same way."""
    return qjreport.version.__version__, load_words(words).digest


@lru_cache(maxsize=1)
def list_libraries() -> tuple[str, ...]:
    """Those of the extra `archive` that are installed here, with the version of the one that packs the files."""
    found = [name for name in LIBRARIES if find_spec(name)]
    return tuple(f"pyarrow {version('pyarrow')}" if name == "pyarrow" else name for name in found)


ENDED = "ended"  # the error of a page under which somebody else ended the process: it says nothing of the page
PASSING = (ENDED, "unreadable")  # errors that the next run looks at again, for they say nothing of the input
Scalar = str | int | None


class Settings(msgspec.Struct, frozen=True):
    """How pages are read, and what one page may take."""

    encoding: str | None = None
    reader: str = "lexbor"
    words: Words = ()  # beside those of the package
    limits: Limits = Limits()
    seconds: float = 60.0  # for a page; a large one takes less than one
    memory: int = 384 * MIB  # of the process that reads it; it has some 120 MiB before it begins


class Item(msgspec.Struct, frozen=True):
    """One input on its way to a worker: its bytes, or the place where the worker reads them."""

    row: int
    address: str
    data: bytes
    url: str | None = None
    captured: str | None = None
    place: Place | None = None
    given: Given = NOTHING  # what is known of the report beside its page


class Result(msgspec.Struct, frozen=True):
    """What an input gave: a row of documents and its facts as Arrow bytes, or a failure."""

    row: int
    address: str
    failure: Failure | None = None
    url: str | None = None
    size: int = 0
    document: tuple[Scalar, ...] = ()
    facts: bytes = b""
    fact_count: int = 0
    text_sha256: str | None = None
    shingles: int = 0
    signature: bytes | None = None
    unreached: bool = False  # the worker could not read the place, which another machine may


def name_input(address: str) -> str:
    """The id of an input; it begins with a letter, so that no spreadsheet takes it for a number.

    >>> name_input("a.zip!b.html")
    'd2beb0eba1df1b176'
    """
    return "d" + hashlib.sha256(address.encode("utf-8", "backslashreplace")).hexdigest()[:16]


def load_item(item: Item, limits: Limits, load: Callable[[Place], bytes] | None = None) -> Item | Result:
    """The item with its bytes, or why there are none. Raises SourceError where shared storage does not answer."""
    if item.place is None:
        return item
    try:
        data = load_place(item.place, limits) if load is None else load(item.place)
        return msgspec.structs.replace(item, data=data, place=None)
    except FailureError as error:
        unreached = error.failure.error in UNREACHED
        return Result(item.row, item.address, error.failure, item.url, unreached=unreached)


def read_item(item: Item, settings: Settings) -> Result:
    """Read one page. Never raises, but for MemoryError and what ends the process."""
    from qjreport.sources.unpack import open_page

    try:
        page = open_page(item.address, item.data, settings.limits)
        return read_report(item, page, settings)
    except FailureError as error:
        return fail(item, error.failure)
    except MemoryError:
        return fail(item, tell_memory(settings))
    except Exception as error:  # a bug; it must not take the other pages with it
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        message = (
            f"{type(error).__name__}: {error} ({where}); this is a bug in qjreport: please report it with the page"
        )
        return fail(item, Failure(stage="read", error="bug", message=message))


def tell_memory(settings: Settings) -> Failure:
    message = f"needs more than {settings.memory // MIB} MiB of memory"
    return Failure(stage="read", error="memory", message=message)


def fail(item: Item, failure: Failure) -> Result:
    return Result(item.row, item.address, failure, item.url, len(item.data))


def read_report(item: Item, page: bytes, settings: Settings) -> Result:
    from qjreport.pipeline import extract
    from qjreport.writers.dataset_rows import build_document, build_facts
    from qjreport.writers.parquet import build_table, write_ipc

    lexicon = load_words(settings.words)
    report = extract(
        page,
        name=item.address,
        encoding=settings.encoding,
        reader=settings.reader,
        lexicon=lexicon,
        place=item.given.place,
        year=item.given.year,
    )
    document = name_input(item.address)
    text = "\n".join(block.text for block in report.blocks)
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() if text.strip() else None
    shingles, signature = sign_text(text)
    row = build_document(document, report, item.url, item.captured, digest, len(text), item.given)
    [facts] = write_ipc([build_table("facts", build_facts(document, report))])
    return Result(
        item.row,
        item.address,
        url=item.url,
        size=len(item.data),
        document=row,
        facts=facts,
        fact_count=len(report.facts),
        text_sha256=digest,
        shingles=shingles,
        signature=signature if shingles >= LEAST else None,
    )
