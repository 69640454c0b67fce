"""Article → outline: sections and blocks, by markers and by shape, and the years that they turn on."""

from __future__ import annotations

from qjreport.outline.build import build_outline
from qjreport.outline.timeline import build_timeline

__all__ = ["build_outline", "build_timeline"]
