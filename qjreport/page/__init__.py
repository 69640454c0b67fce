"""Bytes → characters → lines: what a reader sees on the page, top to bottom, and the tree above it.

What of it is the report is for the article stage.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

from qjreport.model import Decoded, Page
from qjreport.page.decode import decode_page
from qjreport.page.hostile import calm_selects, is_hostile, tame
from qjreport.page.lines import LineBuilder
from qjreport.page.markdown import read_markdown
from qjreport.page.plain import read_plain
from qjreport.page.style import read_sheet

__all__ = ["READERS", "decode_page", "read_page"]

READERS: Final = {"lexbor": "qjreport.page.lexbor", "soup": "qjreport.page.soup"}


def read_page(decoded: Decoded, reader: str = "lexbor") -> Page:
    """The lines, nodes and tables of a page.

    Raises LookupError for a reader that does not exist. Never raises for what the page holds.

    >>> page = read_page(Decoded(text="<p>志愿活动<b>639</b>次", media_type="text/html", encoding="utf-8"))
    >>> page.lines[0].text, page.lines[0].bold
    ('志愿活动639次', 3)
    """
    if reader not in READERS:
        raise LookupError(f"no reader {reader!r}: choose one of {', '.join(READERS)}")
    if decoded.media_type == "text/markdown":
        return read_markdown(decoded.text)
    if decoded.media_type != "text/html":
        return read_plain(decoded.text)
    text = decoded.text
    if is_hostile(text):
        text = tame(text)
    text = calm_selects(text)
    builder = LineBuilder(read_sheet(text))
    module: Any = import_module(READERS[reader])  # parsers are loaded only where they are used
    module.read_html(text, builder)
    return builder.build_page()
