"""Bytes → characters → lines: what a reader sees on the page, top to bottom, and the tree above it."""

from __future__ import annotations

from qjreport.model import Decoded, Line, Page


def decode_page(data: bytes, encoding: str | None = None) -> Decoded:
    return Decoded(
        text=data.decode(encoding or "utf-8", "replace"), media_type="text/plain", encoding=encoding or "utf-8"
    )


def read_page(decoded: Decoded, reader: str = "lexbor") -> Page:
    lines = (Line(text=" ".join(t.split()), number=i) for i, t in enumerate(decoded.text.splitlines(), 1))
    return Page(lines=tuple(line for line in lines if line.text), is_html=False)
