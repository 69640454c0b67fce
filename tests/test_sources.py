"""Files → the bytes of a page: wrappings are removed, and a clear message says where there is no page."""

from __future__ import annotations

import builtins
import bz2
import gzip
import io
import lzma
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qjreport.sources import SourceError, read_source
from qjreport.sources.entry import FailureError, Limits
from qjreport.sources.unpack import open_page, open_source

PAGE = "<meta charset=utf-8><p>全年办理提案459件，走访63次。</p>".encode()

MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: http://www.example.test/report.html
Subject: =?utf-8?Q?=E6=8A=A5=E5=91=8A?=
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--b--"

----b--
Content-Type: text/html
Content-ID: <frame-1@test>
Content-Transfer-Encoding: quoted-printable
Content-Location: http://www.example.test/advert.html

<p>=E5=B9=BF=E5=91=8A</p>
----b--
Content-Type: text/html
Content-ID: <frame-0@test>
Content-Transfer-Encoding: quoted-printable
Content-Location: http://www.example.test/report.html

<p>=E6=8F=90=E6=A1=88459=E4=BB=\r
=B6</p>
----b--
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: http://www.example.test/a.png

iVBORw0KGgo=
----b----
""".replace("\n", "\r\n").replace("\r\r\n", "\r\n")


def write(folder: Path, data: bytes, name: str = "report.html") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_plain_file(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, PAGE))
    assert source.data == PAGE
    assert source.name.endswith("report.html")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(gzip.compress(PAGE))))
    assert read_source("-").data == PAGE
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SourceError, match="standard input is closed"):
        read_source("-")


def test_gzip(tmp_path: Path) -> None:
    assert read_source(write(tmp_path, gzip.compress(PAGE))).data == PAGE
    assert open_source("two members", gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])) == PAGE
    assert open_source("twice", gzip.compress(gzip.compress(PAGE))) == PAGE


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_a_file_is_unpacked_as_archives_are(pack: Callable[[bytes], bytes]) -> None:
    data = pack(PAGE)
    assert open_source("page", data) == open_page("page", data, Limits()) == PAGE
    for damaged in (data[:-9], data + b"<!-- no member -->"):
        with pytest.raises(FailureError) as in_a_batch:
            open_page("page", damaged, Limits())
        with pytest.raises(SourceError, match=f"has {re.escape(in_a_batch.value.failure.message)}; fetch it again"):
            open_source("page", damaged)


def test_gzip_cut_off_or_damaged() -> None:
    data = gzip.compress(PAGE)
    with pytest.raises(SourceError, match="cut off"):
        open_source("a.gz", data[:-9])
    with pytest.raises(SourceError, match="damaged gzip"):
        open_source("a.gz", data[:12] + b"\xff\xff\xff" + data[15:])


def test_gzip_that_swells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qjreport.sources.unpack.MAX_PAGE", 1 << 20)
    with pytest.raises(SourceError, match="more than 1 MiB"):
        open_source("bomb.gz", gzip.compress(b"\0" * (2 << 20)))


def test_zstd() -> None:
    zstandard = pytest.importorskip("zstandard")
    data = zstandard.ZstdCompressor().compress(PAGE)
    assert open_source("a.zst", data) == PAGE
    assert open_source("a.zst", data + data) == PAGE + PAGE
    with pytest.raises(SourceError, match="cut off"):
        open_source("a.zst", data[:-5])
    with pytest.raises(SourceError, match="damaged zstd"):
        open_source("a.zst", data[:6] + b"\xff" * (len(data) - 6))


def test_zstd_without_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> Any:
        if name in ("zstandard", "compression.zstd"):
            raise ImportError(name)
        return import_module(name)

    monkeypatch.setattr("qjreport.sources.packing.import_module", refuse)
    with pytest.raises(SourceError, match="pip install zstandard"):
        open_source("a.zst", b"\x28\xb5\x2f\xfd....")


def test_mhtml() -> None:
    assert open_source("a.mhtml", MHTML.encode()).strip().decode() == "<p>提案459件</p>"
    by_start = MHTML.replace('type="text/html";', 'type="text/html"; start="<frame-1@test>";')
    assert "广告" in open_source("a.mhtml", by_start.encode()).decode()
    assert "提案" in open_source("a.mhtml.gz", gzip.compress(MHTML.encode())).decode()


def test_mhtml_without_a_page() -> None:
    with pytest.raises(SourceError, match="without a page"):
        open_source("a.mht", MHTML.replace("text/html\r\n", "text/css\r\n").encode())


def test_text_that_begins_like_a_mail_is_text() -> None:
    text = "From: 某县政协\n全年办理提案459件".encode()
    assert open_source("a.txt", text) == text


NO_PAGES = [
    (b"%PDF-1.7\n", "PDF"),
    (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "DOCX"),
    (b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.xml", "XLSX"),
    (b"PK\x03\x04" + b"\0" * 26 + b"OFD.xml", "OFD"),
    (b"PK\x03\x04" + b"\0" * 26 + b"a/page.html", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "WPS"),
    (b"{\\rtf1", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff\xe0", "JPEG"),
    (b"GIF89a", "GIF"),
    (b"RIFF\0\0\0\0WEBPVP8", "WebP"),
    (b"Rar!\x1a\x07\x01", "RAR"),
    (b"WARC/1.0\r\n", "WARC"),
    (gzip.compress(b"%PDF-1.7"), "PDF"),
    (b"", "empty"),
    (b"\xef\xbb\xbf \r\n\0", "empty"),
]


@pytest.mark.parametrize(("data", "kind"), NO_PAGES, ids=[kind for _, kind in NO_PAGES])
def test_what_is_no_page_is_named(tmp_path: Path, data: bytes, kind: str) -> None:
    with pytest.raises(SourceError, match=kind) as caught:
        read_source(write(tmp_path, data))
    assert caught.value.name.endswith("report.html")
    assert caught.value.remedy


def test_paths_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_source(tmp_path / "none.html")
    with pytest.raises(SourceError, match="is a directory"):
        read_source(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_source("a\0b.html")
    with pytest.raises(SourceError, match="cannot be read"):
        read_source("长" * 300 + ".html")

    def deny(*_: object, **__: object) -> None:
        raise PermissionError

    page = write(tmp_path, PAGE)
    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(SourceError, match="may not be read"):
        read_source(page)


def test_error_says_file_problem_and_remedy() -> None:
    error = SourceError("a.html", "is empty", "save the page again")
    assert str(error) == "a.html: is empty; save the page again"
    assert builtins.repr(error)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from((b"", b"\x1f\x8b\x08\0", b"\x28\xb5\x2f\xfd", MHTML.encode()[:300])))
def test_any_bytes_give_a_page_or_a_source_error(data: bytes, prefix: bytes) -> None:
    try:
        assert open_source("any", prefix + data).strip(b" \t\r\n\f\0")
    except SourceError as error:
        assert error.problem
