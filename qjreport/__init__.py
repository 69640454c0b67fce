"""Numeric facts out of saved pages of Chinese local-government reports."""

from __future__ import annotations

__version__ = "0.1.0"

from qjreport.model import Report
from qjreport.pipeline import extract, extract_text

__all__ = ["Report", "extract", "extract_text"]
