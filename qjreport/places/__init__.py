"""Which place of the country a name or a report means: canonical name, code by GB/T 2260, level.

The names are `atlas`; the article says which area a report names (`metadata.area`), as it is written.
"""

from __future__ import annotations

from qjreport.places.page import place_page
from qjreport.places.resolve import Resolution, resolve_place

__all__ = ["Resolution", "place_page", "resolve_place"]
