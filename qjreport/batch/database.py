"""Opening SQLite: a database is closed at the latest when the object that uses it goes, and where making that fails."""

from __future__ import annotations

import sqlite3
import weakref
from pathlib import Path

TEMPORARY = ""  # SQLite's name for a database of nobody else, in a file once it no longer fits the cache


def connect(owner: object, path: Path | str, *, uri: bool = False, timeout: float = 5) -> sqlite3.Connection:
    """A connection that lives as long as `owner`, which may close it before. Raises sqlite3.Error."""
    # One thread uses it; the one that frees its owner closes it, which may be another.
    base = sqlite3.connect(path, uri=uri, timeout=timeout, check_same_thread=False)
    weakref.finalize(owner, base.close).atexit = False
    return base
