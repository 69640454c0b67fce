"""The shape of chrome.toml."""

from __future__ import annotations

import msgspec


class Chrome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To be filled."""
