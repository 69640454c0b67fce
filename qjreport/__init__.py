"""Numeric facts out of saved pages of Chinese local-government reports.

`extract` reads a saved page, `extract_text` a report that is already text; both give a `Report`, whose `facts`,
`sections` and `blocks` are frozen structs. Everything is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from qjreport.model import Fact, Report
    from qjreport.pipeline import extract, extract_text

__all__ = ["Fact", "Report", "extract", "extract_text"]

# Where each public name lives. `import qjreport` itself loads nothing: `qjreport --version` answers at once.
PLACES = {
    "Fact": "qjreport.model",
    "Report": "qjreport.model",
    "extract": "qjreport.pipeline",
    "extract_text": "qjreport.pipeline",
}


def __getattr__(name: str) -> object:
    if name not in PLACES:
        raise AttributeError(f"module 'qjreport' has no attribute {name!r}")
    found: object = getattr(import_module(PLACES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
