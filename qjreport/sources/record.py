"""One record of a crawl by its head: where the head ends, whether a page may follow, whether its digest holds."""

from __future__ import annotations

import base64
import hashlib

from qjreport.sources.entry import Failure
from qjreport.sources.http import END_OF_HEAD, PAGES, Response, explain_refusal, read_response
from qjreport.sources.stream import Stream

LEAD = 64 * 1024  # bytes of a record that show status and media type
HELD = ("response", "resource", "conversion")
WITHOUT = {"revisit": "a revisit: its page was captured before and did not change"}


def find_end_of_head(window: bytes) -> int | None:
    """Where the block of a record begins; None where its head does not end in the window.

    >>> find_end_of_head(b"WARC/1.0\\r\\nContent-Length: 3\\r\\n\\r\\n<p>")
    31
    """
    end = window.find(b"\r\n\r\n") + 4
    bare = window.find(b"\n\n", 0, end if end > 3 else None) + 2  # seldom: not looked for in the whole window
    return bare if bare > 1 else end if end > 3 else None


def refuse(kind: str, headers: dict[str, str], response: Response | None) -> str | None:
    """Why a record is no page; None where it may be one."""
    if response is not None:
        return explain_refusal(response)
    media_type = headers.get("content-type", "").split(";")[0].strip().lower()
    if kind == "response" or media_type not in PAGES:
        return f"is {media_type or 'of no known type'}, not a page"
    return None


def tells_no_page(kind: str, headers: dict[str, str], length: int, stream: Stream) -> bool:
    """Whether the head of a record, whose block begins here, says that it is no page where others are."""
    if kind not in HELD:
        return kind in WITHOUT
    lead = stream.peek(min(length, LEAD)) if kind == "response" else b""
    if len(lead) < length and kind == "response" and not END_OF_HEAD.search(lead):
        return False  # it does not tell
    return refuse(kind, headers, read_response(lead)) is not None


def damaged(offset: int, message: str) -> Failure:
    return Failure(stage="source", error="damaged", message=message, offset=offset)


def check_digest(digest: str, block: bytes) -> str | None:
    """What is wrong with the block by the digest that its header has; None where it holds or cannot be checked."""
    name, _, written = digest.partition(":")
    if name.lower() not in ("sha1", "sha256", "md5") or not written:
        return None
    found = hashlib.new(name.lower(), block, usedforsecurity=False).digest()
    spellings = (base64.b32encode(found).decode().rstrip("="), found.hex().upper(), base64.b64encode(found).decode())
    if written.rstrip("=").upper() in spellings[:2] or written == spellings[2]:
        return None
    return "does not have the digest that its record names"
