"""Quantities + outline → facts: what is measured, its kind, period and status."""

from __future__ import annotations

from collections.abc import Sequence

from qjreport.lexicon import Lexicon
from qjreport.model import Facts, Outline, Quantity


def build_facts(outline: Outline, quantities: Sequence[Quantity], lexicon: Lexicon) -> Facts:
    return Facts(facts=(), non_facts=())
