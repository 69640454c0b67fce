"""The shape of hedges.toml."""

from __future__ import annotations

import msgspec


class Hedges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To be filled."""
