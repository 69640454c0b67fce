"""Article → outline: sections and blocks, by markers and by shape, and the years that they turn on."""

from __future__ import annotations

from qjreport.outline.build import LineReading, build_outline, explain_lines
from qjreport.outline.timeline import build_timeline

__all__ = ["LineReading", "build_outline", "build_timeline", "explain_lines"]
