"""Who makes a dataset: the version of the tool and the words that it reads with."""

from __future__ import annotations

import qjreport
from qjreport.lexicon import load_lexicon


def name_maker() -> tuple[str, str]:
    """Version and hash of the word tables: the same two read a page the same way."""
    return qjreport.__version__, load_lexicon().digest
