"""What all types that travel have in common."""

from __future__ import annotations

import msgspec


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all that travels: immutable, fields given by name."""


class Diagnostic(Frozen):
    """Something that a stage could not do, or that a reader should look at."""

    code: str
    message: str
