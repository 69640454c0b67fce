"""Article → outline: sections and blocks, by markers and by shape."""

from __future__ import annotations

from qjreport.outline.build import build_outline

__all__ = ["build_outline"]
