"""Bytes → characters → lines: what a reader sees on the page, top to bottom, and the tree above it.

What of it is the report is for the article stage.
"""

from __future__ import annotations

from qjreport.page.decode import decode_page
from qjreport.page.readers import READERS, read_page

__all__ = ["READERS", "decode_page", "read_page"]
