"""Numeric facts out of saved pages of Chinese local-government reports.

`extract` reads a saved page, `extract_text` a report that is already text; both give a `Report`, whose `facts`,
`sections` and `blocks` are frozen structs. `extract_many` reads pages in several processes, `to_frame` makes a data
frame of reports; `panel` and `track` make tables of a dataset. `read_facts` gives the facts of any piece of text,
`find_quantities` its quantities, `read_number` the value of a text that is one number, `resolve_place` the place that a
name means. Everything is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qjreport.version import __version__

if TYPE_CHECKING:
    from os import PathLike

    from qjreport.lexicon import load_lexicon
    from qjreport.many import extract_many
    from qjreport.model import Fact, Quantity, Report
    from qjreport.pipeline import extract, extract_text, read_facts
    from qjreport.places import resolve_place
    from qjreport.quantity import find_quantities
    from qjreport.text.numerals import read_number
    from qjreport.writers.frames import to_frame

    # Their layer is above the modules that import this one: named here, and not imported.
    def panel(dataset: str | PathLike[str], **options: Any) -> Any: ...
    def track(dataset: str | PathLike[str], **options: Any) -> Any: ...


__all__ = [
    "Fact",
    "Quantity",
    "Report",
    "__version__",
    "extract",
    "extract_many",
    "extract_text",
    "find_quantities",
    "load_lexicon",
    "panel",
    "read_facts",
    "read_number",
    "resolve_place",
    "to_frame",
    "track",
]

# Where each public name lives. `import qjreport` itself loads nothing: `qjreport --version` answers at once.
PLACES = {
    "Fact": "qjreport.model",
    "Quantity": "qjreport.model",
    "Report": "qjreport.model",
    "extract": "qjreport.pipeline",
    "extract_many": "qjreport.many",
    "extract_text": "qjreport.pipeline",
    "find_quantities": "qjreport.quantity",
    "load_lexicon": "qjreport.lexicon",
    "read_facts": "qjreport.pipeline",
    "read_number": "qjreport.text.numerals",
    "resolve_place": "qjreport.places",
    "to_frame": "qjreport.writers.frames",
    "track": "qjreport.panel",
}


def __getattr__(name: str) -> object:
    if name == "panel":  # a package that can be called
        return import_module("qjreport.panel")
    if name not in PLACES:
        raise AttributeError(f"module 'qjreport' has no attribute {name!r}")
    found: object = getattr(import_module(PLACES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
