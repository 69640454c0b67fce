"""Who makes a dataset: the version of the tool, the words that it reads with, and the libraries that it has."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec

import qjreport
from qjreport.lexicon import Lexicon
from qjreport.lexicon.load import load_extended, load_tables

LIBRARIES = ("pyarrow", "zstandard", "brotli")  # by which rows or bytes would differ
Words = tuple[tuple[str, bytes], ...]  # files of more words: name and content, which travel to the workers


def load_words(words: Words) -> Lexicon:
    """The tables of the package with more words. Raises LexiconError where they cannot be used."""
    return load_extended(*words) if words else load_tables()


def name_maker(words: Words) -> tuple[str, str]:
    """Version and hash of the word tables: the same two read a page the same way."""
    return qjreport.__version__, load_words(words).digest


@lru_cache(maxsize=1)
def list_libraries() -> tuple[str, ...]:
    """Those of the extra `archive` that are installed here, with the version of the one that packs the files."""
    found = [name for name in LIBRARIES if find_spec(name)]
    return tuple(f"pyarrow {version('pyarrow')}" if name == "pyarrow" else name for name in found)
