"""Article → outline: sections and blocks, by markers and by shape."""

from __future__ import annotations

from qjreport.outline.build import LineReading, build_outline, explain_lines

__all__ = ["LineReading", "build_outline", "explain_lines"]
