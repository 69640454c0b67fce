"""Makes archives for the tests: sound ones, damaged ones, hostile ones. Places and figures are invented."""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

PLACES = "白溪县 澜溪区 青岚市 石浦镇 云汀区 杉岭县 墨河市 枫渡区 霞屿县 竹崖市".split()  # noqa: SIM905
needs_zstd = pytest.mark.skipif(find_spec("zstandard") is None, reason="needs the extra archive")
PACKINGS = ["", "gz", "bz2", "xz", pytest.param("zst", marks=needs_zstd)]


def make_page(number: int, place: str = "") -> bytes:
    """A short report, different for each number."""
    place = place or PLACES[number % len(PLACES)]
    name = f"{place}第{number}号"
    return (
        f"<html><head><meta charset=utf-8><title>{name}工作报告</title></head><body><h1>{name}政府工作报告</h1>"
        f"<p>一、{2000 + number % 26}年工作回顾</p>"
        f"<p>全年新建公路{number + 3}公里，植树{number * 7 + 11}万株，发放补贴{number + 1}.5亿元。</p>"
        f"<p>{place}办理群众来信{number * 3 + 5}件，修缮校舍{number + 2}所，增长{number % 9 + 1}.{number % 7}%。</p>"
        "</body></html>"
    ).encode()


def make_pages(count: int) -> dict[str, bytes]:
    return {f"{number}.html": make_page(number) for number in range(1, count + 1)}


PAGES = make_pages(4)


def make_zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def make_gbk_zip(files: dict[str, bytes]) -> bytes:
    """A zip as older tools of Chinese Windows write it: names in GBK, no flag that says so."""
    plain = {"".join(f"{byte:02x}" for byte in name.encode("gbk")): data for name, data in files.items()}
    # zipfile would encode the names itself: written under names of the same length, which are then replaced.
    packed = make_zip({key[: len(key) // 2]: data for key, data in plain.items()})
    for key in plain:
        packed = packed.replace(key[: len(key) // 2].encode(), bytes.fromhex(key))
    return packed


def make_tar(files: dict[str, bytes], packing: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return pack(out.getvalue(), packing)


def pack(data: bytes, packing: str) -> bytes:
    if packing == "gz":
        return gzip.compress(data, mtime=0)
    if packing == "bz2":
        return bz2.compress(data)
    if packing == "xz":
        return lzma.compress(data)
    if packing == "zst":
        compressed: bytes = import_module("zstandard").ZstdCompressor().compress(data)
        return compressed
    return data


def make_response(body: bytes, *headers: str, status: int = 200, media_type: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status} OK", f"Content-Type: {media_type}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def make_record(
    block: bytes, url: str = "", kind: str = "response", media_type: str = "application/http; msgtype=response"
) -> bytes:
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-01-20T03:04:05Z",
        f"WARC-Block-Digest: sha1:{digest}",
        f"Content-Type: {media_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def make_records(pages: Iterable[bytes]) -> list[bytes]:
    """A warcinfo record, then a response for each page."""
    info = make_record(b"software: test\r\n", kind="warcinfo", media_type="application/warc-fields")
    return [info, *(make_record(make_response(page), name_url(place)) for place, page in enumerate(pages, 1))]


def name_url(number: int) -> str:
    return f"http://www.example.test/{number}.html"


def pack_records(records: Iterable[bytes], packing: str) -> bytes:
    """Each record in a packed member of its own, as crawlers write them."""
    return b"".join(pack(record, packing) for record in records)


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
