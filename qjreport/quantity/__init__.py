"""Block text → quantities: number, unit, bound, range; and the numbers that are none, with their reason."""

from __future__ import annotations

from qjreport.lexicon import Lexicon
from qjreport.model import Outline, Quantity


def read_quantities(outline: Outline, lexicon: Lexicon) -> tuple[Quantity, ...]:
    return ()
