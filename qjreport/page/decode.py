"""Bytes → characters: the ladder byte-order mark, strict UTF-8, declared label, scored candidates."""

from __future__ import annotations

import codecs
import re

from qjreport.model import Decoded

_LABEL = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.IGNORECASE)


def decode_page(data: bytes, encoding: str | None = None) -> Decoded:
    """The characters of a page's bytes.

    Raises LookupError for an encoding that does not exist.

    >>> decode_page("<p>提案459件</p>".encode("gb18030")).encoding
    'gb18030'
    """
    match = _LABEL.search(data[:4096])
    declared = match[1].decode("ascii").lower() if match else None
    if encoding is not None:
        codecs.lookup(encoding)
        text = data.decode(encoding, "replace")
    elif data[:3] == b"\xef\xbb\xbf":
        encoding, text = "utf-8", data[3:].decode("utf-8", "replace")
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding, text = "utf-16", data.decode("utf-16", "replace")
    else:
        try:
            encoding, text = "utf-8", data.decode("utf-8")
        except UnicodeDecodeError:
            encoding, text = "gb18030", data.decode("gb18030", "replace")
    html = re.search(r"<\s*(?:html|body|p|div|table|br|span|td|a|h[1-6]|meta|head|!doctype)\b", text[:200_000], re.I)
    return Decoded(
        text=text,
        media_type="text/html" if html else "text/plain",
        encoding=encoding,
        declared_encoding=declared,
        replacements=text.count("\ufffd"),
    )
