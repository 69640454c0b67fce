"""The shape of markers.toml."""

from __future__ import annotations

import msgspec


class Markers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To be filled."""
