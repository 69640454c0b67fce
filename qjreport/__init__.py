"""Numeric facts out of saved pages of Chinese local-government reports.

`extract` reads a saved page, `extract_text` a report that is already text; both give a `Report`, whose `facts`,
`sections` and `blocks` are frozen structs. `find_quantities` gives the quantities of any text, `read_number` the value
of a text that is one number, `resolve_place` the place that a name means; `panel` and `track` make tables of a dataset.
Everything is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qjreport.version import __version__

if TYPE_CHECKING:
    from os import PathLike

    from qjreport.lexicon import load_lexicon
    from qjreport.model import Fact, Quantity, Report
    from qjreport.pipeline import extract, extract_text
    from qjreport.places import resolve_place
    from qjreport.quantity import find_quantities
    from qjreport.text.numerals import read_number

    # Their layer is above the modules that import this one: named here, and not imported.
    def panel(dataset: str | PathLike[str], **options: Any) -> Any: ...
    def track(dataset: str | PathLike[str], **options: Any) -> Any: ...


__all__ = [
    "Fact",
    "Quantity",
    "Report",
    "__version__",
    "extract",
    "extract_text",
    "find_quantities",
    "load_lexicon",
    "panel",
    "read_number",
    "resolve_place",
    "track",
]

# Where each public name lives. `import qjreport` itself loads nothing: `qjreport --version` answers at once.
PLACES = {
    "Fact": "qjreport.model",
    "Quantity": "qjreport.model",
    "Report": "qjreport.model",
    "extract": "qjreport.pipeline",
    "extract_text": "qjreport.pipeline",
    "find_quantities": "qjreport.quantity",
    "load_lexicon": "qjreport.lexicon",
    "read_number": "qjreport.text.numerals",
    "resolve_place": "qjreport.places",
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
