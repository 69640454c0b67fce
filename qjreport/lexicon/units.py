"""The shape of units.toml."""

from __future__ import annotations

import msgspec


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To be filled."""
