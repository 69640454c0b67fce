"""Text → the page that a reader makes of it."""

from __future__ import annotations

from qjreport.model import Decoded, Page
from qjreport.page import read_page

READERS = ("lexbor", "soup")


def read(text: str, reader: str = "lexbor", media_type: str = "text/html") -> Page:
    return read_page(Decoded(text=text, media_type=media_type, encoding="utf-8"), reader)
