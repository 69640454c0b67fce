"""Record batches of pages → record batches of facts: for Spark, Ray, DuckDB, Polars and whatever else speaks Arrow.

`extract_batches` is the whole integration: an iterator of batches in, an iterator of batches out, rows as `qjreport
batch` writes them. `read_sources` gives it pages out of archives and crawls, `split_results` makes the three tables
with their duplicates. The schemas are constants: INPUTS, FACTS, DOCUMENTS, FAILURES, RESULTS, DUPLICATES. Running,
retrying and moving data are the engine's. docs/engines.md shows each engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qjreport.arrow.extract import extract_batches, extract_table
from qjreport.arrow.inputs import CONSTANTS, build_named, read_sources
from qjreport.arrow.split import find_duplicates, split_results
from qjreport.batch.task import Settings
from qjreport.sources.entry import Limits

if TYPE_CHECKING:
    DOCUMENTS: Any
    DUPLICATES: Any
    FACTS: Any
    FAILURES: Any
    INPUTS: Any
    RESULTS: Any

__all__ = [
    "DOCUMENTS",
    "DUPLICATES",
    "FACTS",
    "FAILURES",
    "INPUTS",
    "RESULTS",
    "Limits",
    "Settings",
    "extract_batches",
    "extract_table",
    "find_duplicates",
    "read_sources",
    "split_results",
]


def __getattr__(name: str) -> Any:
    """A schema, built when it is first asked for. Raises MissingLibraryError without pyarrow."""
    if name not in CONSTANTS:
        raise AttributeError(f"module 'qjreport.arrow' has no attribute {name!r}")
    found = globals()[name] = build_named(CONSTANTS[name])
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *CONSTANTS])
