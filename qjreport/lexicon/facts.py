"""The shape of facts.toml."""

from __future__ import annotations

import msgspec


class FactWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To be filled."""
