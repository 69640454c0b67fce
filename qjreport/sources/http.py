"""A response as it came over HTTP: status, media type, and the body out of its transfer and content encodings."""

from __future__ import annotations

import zlib
from importlib import import_module
from typing import Any

import msgspec

from qjreport.sources.entry import Failure, FailureError, Limits
from qjreport.text.patterns import compile_regex

END_OF_HEAD = compile_regex(rb"\r?\n\r?\n")
STATUS = compile_regex(rb"HTTP/\d(?:\.\d)? +(\d{3})")
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "multipart/related", "message/rfc822", "")
RAW_DEFLATE = -zlib.MAX_WBITS


class Response(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def read_headers(lines: list[bytes]) -> dict[str, str]:
    """Header lines → names in lower case and values; folded lines are joined."""
    headers: dict[str, str] = {}
    name = ""
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and name:
            headers[name] += " " + text.strip()
        elif ":" in text:
            name, value = text.split(":", 1)
            name = name.strip().lower()
            headers[name] = value.strip()
    return headers


def read_response(block: bytes) -> Response | None:
    """None where the bytes are no HTTP response.

    >>> read_response(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html; charset=gbk\\r\\n\\r\\n<p>").media_type
    'text/html'
    """
    status = STATUS.match(block)
    if status is None:
        return None
    end = END_OF_HEAD.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    return Response(int(status[1]), read_headers(head.split(b"\n")[1:]), body)


def explain_refusal(response: Response) -> str | None:
    """Why the response is no page; None where it may be one."""
    if not 200 <= response.status < 300:
        return f"answered with HTTP status {response.status}"
    if response.media_type not in PAGES:
        return f"is {response.media_type}, not a page"
    return None


def decode_body(response: Response, limits: Limits) -> bytes:
    """The page's bytes. Raises FailureError where an encoding is unknown, damaged or swells beyond the limits."""
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = join_chunks(body)
    encodings = [name.strip().lower() for name in response.headers.get("content-encoding", "").split(",")]
    for name in reversed(encodings):
        if name and name != "identity":
            body = decode_content(name, body, limits)
    return body


def join_chunks(body: bytes) -> bytes:
    """The body out of its chunks. Crawlers that undo the chunks keep the header: then it is given as it is."""
    parts: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\n", place, place + 1024)
        size = body[place:end].split(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            if not parts:
                return body
            raise fail("damaged", "has chunks of HTTP that are damaged") from None
        if length == 0:
            return b"".join(parts)
        if len(body) < end + 1 + length:
            raise fail("damaged", "has chunks of HTTP that are cut off")
        parts.append(body[end + 1 : end + 1 + length])
        place = end + 1 + length
        place += 2 if body[place : place + 2] == b"\r\n" else 1


def decode_content(name: str, body: bytes, limits: Limits) -> bytes:
    if name in ("gzip", "x-gzip"):
        if not body.startswith(b"\x1f\x8b"):
            return body  # undone by the crawler, which kept the header
        return inflate(zlib.decompressobj(31), body, limits)
    if name == "deflate":
        # The standard means zlib, some servers send the bare stream.
        zlib_head = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        if not zlib_head and body.lstrip()[:1] == b"<":
            return body
        return inflate(zlib.decompressobj(15 if zlib_head else RAW_DEFLATE), body, limits)
    if name in ("br", "zstd"):
        return decode_modern(name, body, limits)
    raise fail("unsupported", f"has the content encoding {name!r}, which is unknown")


def inflate(member: Any, body: bytes, limits: Limits) -> bytes:
    try:
        data: bytes = member.decompress(body, limits.page + 1)
    except zlib.error as error:
        raise fail("damaged", f"has a damaged HTTP body ({error})") from error
    if len(data) > limits.page:
        raise fail("too-large", f"unpacks to more than {limits.page} bytes")
    if not member.eof:
        raise fail("damaged", "has an HTTP body that is cut off")
    return data


def decode_modern(name: str, body: bytes, limits: Limits) -> bytes:
    if body.lstrip()[:1] == b"<":
        return body
    try:
        module: Any = import_module("brotli" if name == "br" else "zstandard")
    except ImportError as error:
        raise fail("unsupported", f"is packed with {name}, which needs pip install 'qjreport[archive]'") from error
    step = 1024  # neither has a limit on what a step gives; a small step keeps it small
    member = module.Decompressor() if name == "br" else module.ZstdDecompressor().decompressobj()
    take = member.process if name == "br" else member.decompress
    parts: list[bytes] = []
    size = 0
    try:
        for place in range(0, len(body), step):
            parts.append(take(body[place : place + step]))
            size += len(parts[-1])
            if size > limits.page:
                raise fail("too-large", f"unpacks to more than {limits.page} bytes")
    except FailureError:
        raise
    except Exception as error:  # brotli.error, zstandard.ZstdError
        raise fail("damaged", f"has a damaged HTTP body ({error})") from error
    if not (member.is_finished() if name == "br" else member.eof):
        raise fail("damaged", "has an HTTP body that is cut off")
    return b"".join(parts)


def fail(error: str, message: str) -> FailureError:
    return FailureError(Failure(stage="source", error=error, message=message))
