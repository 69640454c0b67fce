"""SHA-256, without loading OpenSSL for it: that takes longer than reading a small page.

The interpreter has the function built in (`_sha2`; `_sha256` before 3.12); hashlib gives the same digests.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any


def find_sha256() -> Callable[[bytes], Any]:
    for name in ("_sha2", "_sha256", "hashlib"):
        try:
            found: Callable[[bytes], Any] = importlib.import_module(name).sha256
        except (ImportError, AttributeError):
            continue
        return found
    raise ImportError("this Python has no SHA-256")


sha256 = find_sha256()


def digest_file(data: bytes) -> str:
    """The SHA-256 of a whole file in hexadecimal, by hashlib where that is loaded: six times as fast over large data.

    >>> digest_file(b"459")[:12]
    '42f0bec3310d'
    """
    hashlib = sys.modules.get("hashlib")
    found: str = (hashlib.sha256 if hashlib else sha256)(data).hexdigest()
    return found
