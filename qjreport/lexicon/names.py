"""The shape of names.toml."""

from __future__ import annotations

import msgspec


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To be filled."""
