"""What every stage may give beside its result."""

from __future__ import annotations

import msgspec


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a stage could not do, or that a reader should look at."""

    code: str
    message: str
