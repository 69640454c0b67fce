"""A response of a crawl → the bytes of its page: headers, chunks, content encodings, sound and damaged."""

from __future__ import annotations

import gzip
import re
import zlib
from importlib import import_module
from typing import Any

import pytest
from archives import make_page, needs_zstd

from qjreport.sources.entry import MIB, FailureError, Limits
from qjreport.sources.http import Response, decode_body, explain_refusal, read_headers, read_response

PAGE = make_page(1)
SMALL = Limits(page=MIB)
CHUNKS = b"5\r\n%b\r\n%x;name=value\r\n%b\r\n0\r\n\r\n" % (PAGE[:5], len(PAGE) - 5, PAGE[5:])
RAW = zlib.compressobj(wbits=-15)
RAW_DEFLATED = RAW.compress(PAGE) + RAW.flush()


def make_response(body: bytes, *, encoding: str = "", transfer: str = "") -> Response:
    headers = {"content-encoding": encoding, "transfer-encoding": transfer, "content-type": "text/html"}
    return Response(200, headers, body)


def test_headers() -> None:
    lines = [b"Content-Type: text/html;\r\n", b" charset=gbk\r\n", b"no header\r\n", b"X: \xd6\xd8\r\n", b"\tmore\r\n"]
    assert read_headers(lines) == {"content-type": "text/html; charset=gbk", "x": "\ufffd\ufffd more"}
    assert read_headers([b" folded under nothing\r\n"]) == {}


@pytest.mark.parametrize("block", [b"", b"GET / HTTP/1.1\r\n\r\n", b"<p>", b"HTTP/1.1 OK\r\n\r\n"])
def test_what_is_no_response(block: bytes) -> None:
    assert read_response(block) is None


def test_a_response_without_the_end_of_its_head() -> None:
    response = read_response(b"HTTP/1.1 200 OK\r\nContent-Type: text/html")
    assert response == Response(200, {"content-type": "text/html"}, b"")


@pytest.mark.parametrize(
    ("status", "media_type", "said"),
    [
        (200, "text/html", None),
        (206, "", None),
        (304, "text/html", "answered with HTTP status 304"),
        (199, "text/html", "answered with HTTP status 199"),
        (200, "image/png", "is image/png, not a page"),
    ],
)
def test_refusal(status: int, media_type: str, said: str | None) -> None:
    assert explain_refusal(Response(status, {"content-type": media_type}, b"")) == said


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("", PAGE),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE)),
        ("X-GZIP", gzip.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", RAW_DEFLATED),
        ("gzip, deflate", zlib.compress(gzip.compress(PAGE))),
        # The crawler undid these encodings and kept their headers.
        ("gzip", PAGE),
        ("deflate", b"\r\n" + PAGE),
        ("br", PAGE),
        ("zstd", PAGE),
    ],
)
def test_content_encodings(encoding: str, body: bytes) -> None:
    assert decode_body(make_response(body, encoding=encoding), SMALL).strip() == PAGE


@needs_zstd
def test_modern_encodings() -> None:
    brotli: Any = import_module("brotli")
    zstandard: Any = import_module("zstandard")
    assert decode_body(make_response(brotli.compress(PAGE), encoding="br"), SMALL) == PAGE
    assert decode_body(make_response(zstandard.compress(PAGE), encoding="zstd"), SMALL) == PAGE


def test_chunks() -> None:
    for body in (CHUNKS, CHUNKS.replace(b"\r\n", b"\n"), PAGE, b"\r\n" + PAGE, b""):
        data = decode_body(make_response(body, transfer="Chunked"), SMALL)
        assert data.strip() in (PAGE, b"")
        assert bool(data) == bool(body)


def fail_with(body: bytes, **options: str) -> str:
    with pytest.raises(FailureError) as caught:
        decode_body(make_response(body, **options), SMALL)
    failure = caught.value.failure
    assert failure.stage == "source"
    return f"{failure.error}: {failure.message}"


def test_damaged_chunks() -> None:
    assert fail_with(CHUNKS[:40], transfer="chunked") == "damaged: has chunks of HTTP that are cut off"
    assert fail_with(CHUNKS[:11] + b"no size\r\n", transfer="chunked") == "damaged: has chunks of HTTP that are damaged"


@pytest.mark.parametrize(
    ("encoding", "body", "said"),
    [
        ("gzip", gzip.compress(PAGE)[:-9], "damaged: has an HTTP body that is cut off"),
        ("gzip", gzip.compress(PAGE)[:20] + b"\xff" * 50, r"damaged: has a damaged HTTP body \(Error -3"),
        ("gzip", gzip.compress(bytes(2 * MIB)), "too-large: unpacks to more than 1048576 bytes"),
        ("deflate", zlib.compress(PAGE)[:-9], "damaged: has an HTTP body that is cut off"),
        ("compress", PAGE, "unsupported: has the content encoding 'compress', which is unknown"),
    ],
)
def test_damaged_bodies(encoding: str, body: bytes, said: str) -> None:
    assert re.match(said, fail_with(body, encoding=encoding))


@needs_zstd
@pytest.mark.parametrize("encoding", ["br", "zstd"])
def test_damaged_modern_bodies(encoding: str) -> None:
    module: Any = import_module("brotli" if encoding == "br" else "zstandard")
    packed = module.compress(PAGE)
    assert "is cut off" in fail_with(packed[:-5], encoding=encoding)
    assert "damaged HTTP body" in fail_with(packed[:5] + b"\xff" * 60 + packed[60:], encoding=encoding)
    assert fail_with(module.compress(bytes(2 * MIB)), encoding=encoding).startswith("too-large: ")


def test_modern_encodings_without_their_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("qjreport.sources.http.import_module", refuse)
    for encoding in ("br", "zstd"):
        assert "needs pip install 'qjreport[archive]'" in fail_with(b"\x8b\x01", encoding=encoding)
