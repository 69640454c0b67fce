"""A response as it came over HTTP: status, media type, and the body out of its transfer and content encodings."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import msgspec

from qjreport.sources.entry import MIB, Failure, FailureError, Limits
from qjreport.text.patterns import compile_regex

END_OF_HEAD = compile_regex(rb"\r?\n\r?\n")
STATUS = compile_regex(rb"HTTP/[0-9](?:\.[0-9])? +([0-9]{3})")
DIGITS = compile_regex(r"[0-9]{1,15}")
CHUNK = compile_regex(rb"[0-9A-Fa-f]{1,15}")
SIGNED = compile_regex(rb"[-+][0-9A-Fa-f]")
MOST_WINDOW = 128 * MIB  # that a frame of zstd may look back
MOST_HEAD = MIB  # bytes of a response's header; real ones have up to some ten thousand
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "multipart/related", "message/rfc822", "")
RAW_DEFLATE = -zlib.MAX_WBITS


class Response(msgspec.Struct, frozen=True):
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes
    endless: bool = False  # the header did not end where one has to

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def read_headers(lines: list[bytes]) -> dict[str, str]:
    """Header lines → names in lower case and values; folded lines are joined, the last of a name counts.

    >>> read_headers([b"A: 1", b"B: 2", b"  3", b"a: 4"])
    {'a': '4', 'b': '2 3'}
    """
    headers: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and name:
            headers[name].append(text.strip())
        elif ":" in text:
            name, value = text.split(":", 1)
            name = name.strip().lower()
            headers[name] = [value.strip()]
    return {name: " ".join(parts) for name, parts in headers.items()}


def read_digits(text: str) -> int | None:
    """A number of a header: ASCII digits, so many at most that it is a size; None for anything else.

    >>> read_digits("0459"), read_digits("²"), read_digits("-4"), read_digits("9" * 5000)
    (459, None, None, None)
    """
    return int(text) if DIGITS.fullmatch(text) else None


def read_response(block: bytes) -> Response | None:
    """None where the bytes are no HTTP response. Of a header without an end only the first megabyte is one.

    >>> read_response(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html; charset=gbk\\r\\n\\r\\n<p>").media_type
    'text/html'
    """
    status = STATUS.match(block)
    if status is None:
        return None
    end = END_OF_HEAD.search(block, 0, MOST_HEAD)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block[:MOST_HEAD], b"")
    endless = end is None and len(block) > MOST_HEAD
    return Response(int(status[1]), read_headers(head.split(b"\n")[1:]), body, endless)


def explain_refusal(response: Response) -> str | None:
    """Why the response is no page; None where it may be one."""
    if not 200 <= response.status < 300:
        return f"answered with HTTP status {response.status}"
    if response.media_type not in PAGES:
        return f"is {response.media_type}, not a page"
    return None


def decode_body(response: Response, limits: Limits) -> bytes:
    """The page's bytes. Raises FailureError where an encoding is unknown, damaged or swells beyond the limits."""
    if response.endless:
        raise fail("damaged", f"has an HTTP header of more than {MOST_HEAD} bytes")
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
        if not CHUNK.fullmatch(size):
            if not parts and not SIGNED.match(size):
                return body
            raise fail("damaged", "has chunks of HTTP that are damaged")
        length = int(size, 16)
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
    steps = unpack_brotli(module, body) if name == "br" else unpack_zstd(module, body)
    parts: list[bytes] = []
    size = 0
    try:
        for part in steps:
            parts.append(part)
            size += len(part)
            if size > limits.page:
                raise fail("too-large", f"unpacks to more than {limits.page} bytes")
    except FailureError:
        raise
    except Exception as error:  # brotli.error, zstandard.ZstdError
        raise fail("damaged", f"has a damaged HTTP body ({error})") from error
    return b"".join(parts)


STEP = 1024  # packed bytes that are unpacked at once
MOST_OF_STEP = 64 * 1024  # bytes that brotli gives at once: one byte of its own may stand for 16 MiB


def unpack_brotli(module: Any, body: bytes) -> Iterator[bytes]:
    member = module.Decompressor()
    if not hasattr(member, "can_accept_more_data"):
        raise fail("unsupported", "is packed with br, which needs brotli 1.2: pip install -U 'qjreport[archive]'")
    for place in range(0, len(body), STEP):
        part = member.process(body[place : place + STEP], output_buffer_limit=MOST_OF_STEP)
        while part or not member.can_accept_more_data():
            yield part
            if member.is_finished():
                return
            part = member.process(b"", output_buffer_limit=MOST_OF_STEP)
        if member.is_finished():
            return
    raise fail("damaged", "has an HTTP body that is cut off")


def unpack_zstd(module: Any, body: bytes) -> Iterator[bytes]:
    member = module.ZstdDecompressor(max_window_size=MOST_WINDOW).decompressobj()
    for place in range(0, len(body), STEP):
        yield member.decompress(body[place : place + STEP])
        if member.eof:
            return
    raise fail("damaged", "has an HTTP body that is cut off")


def fail(error: str, message: str) -> FailureError:
    return FailureError(Failure(stage="source", error=error, message=message))
