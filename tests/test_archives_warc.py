"""WARC, WET and WACZ → pages: records, encodings, damage."""

from __future__ import annotations

import gzip
import random
import zipfile
import zlib
from importlib import import_module
from pathlib import Path

import pytest
from archives import (
    PAGES,
    make_page,
    make_record,
    make_records,
    make_response,
    make_zip,
    name_url,
    needs_zstd,
    pack,
    pack_records,
    write,
)
from entries import list_all, list_failures, list_pages, load_all

from qjreport.sources import read_source


class TestWarcs:
    @pytest.mark.parametrize("packing", ["", "gz", pytest.param("zst", marks=needs_zstd)])
    def test_records_and_their_addresses(self, tmp_path: Path, packing: str) -> None:
        records = make_records(PAGES.values())
        path = write(tmp_path / ("crawl.warc" + (f".{packing}" if packing else "")), pack_records(records, packing))
        found = list_all(path)
        offsets = [len(pack_records(records[:place], packing)) for place in range(1, 5)]
        assert [entry.address for entry in found] == [
            f"{path}@{offset} {name_url(number)}" for number, offset in enumerate(offsets, 1)
        ]
        assert load_all(found) == list(PAGES.values())
        assert found[0].captured == "2026-01-20T03:04:05Z"
        assert read_source(found[2].address).data == PAGES["3.html"]

    def test_all_records_in_one_member(self, tmp_path: Path) -> None:
        path = write(tmp_path / "crawl.warc.gz", pack(b"".join(make_records(PAGES.values())), "gz"))
        found = list_all(path)
        assert load_all(found) == list(PAGES.values())
        assert len({entry.address for entry in found}) == 4

    def test_wet(self, tmp_path: Path) -> None:
        text = "全年办理提案459件，走访63次。".encode()
        record = make_record(text, name_url(1), kind="conversion", media_type="text/plain")
        assert load_all(list_all(write(tmp_path / "a.warc.wet.gz", pack(record, "gz")))) == [text]

    def test_wacz(self, tmp_path: Path) -> None:
        files = {
            "archive/data.warc.gz": pack_records(make_records(PAGES.values()), "gz"),
            "pages/pages.jsonl": b"{}\n",
            "datapackage.json": b"{}",
        }
        found = list_all(write(tmp_path / "a.wacz", make_zip(files, zipfile.ZIP_STORED)))
        assert list_pages(found) == list(PAGES.values())
        assert list_failures(found) == [("skipped", None)] * 2

    @pytest.mark.parametrize(
        ("encoding", "encode"),
        [
            ("gzip", lambda data: gzip.compress(data)),
            ("deflate", lambda data: zlib.compress(data)),
            ("deflate", lambda data: zlib.compress(data)[2:-4]),
            pytest.param("br", lambda data: import_module("brotli").compress(data), marks=needs_zstd),
            pytest.param("zstd", lambda data: pack(data, "zst"), marks=needs_zstd),
            ("gzip", lambda data: data),  # the crawler undid the encoding and kept the header
        ],
    )
    def test_content_encodings(self, tmp_path: Path, encoding: str, encode: object) -> None:
        body = encode(PAGES["1.html"])  # type: ignore[operator]
        chunked = b"".join(
            b"%x\r\n%b\r\n" % (len(body[at : at + 99]), body[at : at + 99]) for at in range(0, len(body), 99)
        )
        responses = [
            make_response(body, f"Content-Encoding: {encoding}"),
            make_response(chunked + b"0\r\n\r\n", f"Content-Encoding: {encoding}", "Transfer-Encoding: chunked"),
            make_response(body, f"Content-Encoding: {encoding}", "Transfer-Encoding: chunked"),  # chunks undone
        ]
        records = b"".join(make_record(block, name_url(1)) for block in responses)
        assert load_all(list_all(write(tmp_path / "a.warc", records))) == [PAGES["1.html"]] * 3

    def test_what_is_no_page_is_listed(self, tmp_path: Path) -> None:
        blocks = [
            make_record(make_response(b"gone", status=404), name_url(1)),
            make_record(make_response(b"\x89PNG", media_type="image/png"), name_url(2)),
            make_record(b"", name_url(3), kind="revisit"),
            make_record(b"GET / HTTP/1.1\r\n\r\n", name_url(4), kind="request"),
        ]
        found = list_all(write(tmp_path / "a.warc", b"".join(blocks)))
        assert [entry.failure.message for entry in found if entry.failure] == [
            "answered with HTTP status 404",
            "is image/png, not a page",
            "a revisit: its page was captured before and did not change",
        ]

    @pytest.mark.parametrize("packing", ["gz", pytest.param("zst", marks=needs_zstd)])
    @pytest.mark.parametrize("where", ["head", "middle", "end"])
    def test_damaged_member(self, tmp_path: Path, packing: str, where: str) -> None:
        records = make_records(PAGES.values())
        members = [pack(record, packing) for record in records]
        broken = bytearray(members[2])
        place = {"head": 2, "middle": len(broken) // 2, "end": len(broken) - 12}[where]
        broken[place : place + 8] = bytes(8)
        data = b"".join([*members[:2], bytes(broken), *members[3:]])
        found = list_all(write(tmp_path / f"a.warc.{packing}", data))
        offset = len(members[0]) + len(members[1])
        if packing == "zst" and where == "end":  # its frames have no checksum here: the digest of the record shows it
            assert {failure for failure, _ in list_failures(found)} == {"damaged"}
        else:
            assert list_failures(found) == [("damaged", offset)]
        assert list_pages(found) == [page for name, page in PAGES.items() if name != "2.html"]

    @pytest.mark.parametrize("packing", ["", "gz"])
    def test_truncated_last_record(self, tmp_path: Path, packing: str) -> None:
        records = make_records(PAGES.values())
        data = pack_records(records, packing)
        found = list_all(write(tmp_path / "a.warc", data[:-60]))
        assert list_failures(found) == [("damaged", len(pack_records(records[:4], packing)))]
        assert list_pages(found) == list(PAGES.values())[:3]

    @pytest.mark.parametrize("packing", ["", "gz"])
    def test_zeroed_stretch_over_a_border(self, tmp_path: Path, packing: str) -> None:
        records = make_records(PAGES.values())
        data = bytearray(pack_records(records, packing))
        start = len(pack_records(records[:2], packing)) - 40
        data[start : start + 120] = bytes(120)
        found = list_all(write(tmp_path / "a.warc", bytes(data)))
        assert list_pages(found) == [PAGES["3.html"], PAGES["4.html"]]
        assert 1 <= len(list_failures(found)) <= 2  # records that lost their heads as well are one stretch
        assert all(failure == "damaged" and offset is not None for failure, offset in list_failures(found))

    def test_wrong_length_takes_no_other_record(self, tmp_path: Path) -> None:
        records = make_records(PAGES.values())
        broken = records[2].replace(b"Content-Length: ", b"Content-Length: 9")
        found = list_all(write(tmp_path / "a.warc", b"".join([*records[:2], broken, *records[3:]])))
        assert list_pages(found) == [page for name, page in PAGES.items() if name != "2.html"]
        assert [failure for failure, _ in list_failures(found)] == ["damaged"]

    def test_changed_bytes_are_found_by_the_digest(self, tmp_path: Path) -> None:
        records = make_records(PAGES.values())
        broken = records[2].replace("公路5公里".encode(), "公路6公里".encode())
        assert broken != records[2]
        found = list_all(write(tmp_path / "a.warc", b"".join([*records[:2], broken, *records[3:]])))
        assert [failure for failure, _ in list_failures(found)] == ["damaged"]

    def test_random_damage_never_costs_more_than_what_it_touches(self, tmp_path: Path) -> None:
        pages = [make_page(number) for number in range(30)]
        records = make_records(pages)
        members = [pack(record, "gz") for record in records]
        random_ = random.Random(20261122)
        for turn in range(25):
            data = bytearray(b"".join(members))
            start = random_.randrange(len(data) - 50)
            size = random_.choice([1, 8, 300])
            data[start : start + size] = random_.choice([bytes(size), random_.randbytes(size)])[: len(data) - start]
            ends = [len(b"".join(members[: place + 1])) for place in range(len(members))]
            touched = {
                place for place, end in enumerate(ends) if start < end and start + size > end - len(members[place])
            }
            found = list_all(write(tmp_path / f"{turn}.warc.gz", bytes(data)))
            whole = [page for place, page in enumerate(pages, 1) if place not in touched]
            assert [page for page in list_pages(found) if page in whole] == whole
