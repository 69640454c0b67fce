"""Archives → pages: every kind and packing; damaged ones give what is whole, hostile ones fail."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import tarfile
import zipfile
import zlib
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from archives import (
    make_gbk_zip,
    make_page,
    make_pages,
    make_record,
    make_records,
    make_response,
    make_tar,
    make_zip,
    name_url,
    pack,
    pack_records,
    write,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_sources import MHTML

from qjreport.sources import SourceError, read_source
from qjreport.sources.entry import Entry, FailureError
from qjreport.sources.limits import Limits
from qjreport.sources.listing import list_sources
from qjreport.sources.names import Choice
from qjreport.sources.page import open_page

PAGES = make_pages(4)
needs_zstd = pytest.mark.skipif(find_spec("zstandard") is None, reason="needs the extra archive")
PACKINGS = ["", "gz", "bz2", "xz", pytest.param("zst", marks=needs_zstd)]


def list_all(*paths: Path, **options: object) -> list[Entry]:
    return [load_now(entry) for entry in list_sources([str(path) for path in paths], **options)]  # type: ignore[arg-type]


def load_now(entry: Entry) -> Entry:
    """The entry with its bytes, which can be had only until the next one is asked for."""
    if entry.read is None:
        return entry
    try:
        data = entry.load()
    except FailureError as error:
        return msgspec.structs.replace(entry, read=None, failure=error.failure)
    return msgspec.structs.replace(entry, read=lambda: data)


def name_all(entries: list[Entry], folder: Path) -> list[str]:
    return [entry.address.replace(str(folder), "").lstrip("/") for entry in entries]


def load_all(entries: list[Entry]) -> list[bytes]:
    """The pages, opened as a worker opens them; a failure fails the test."""
    return [open_page(entry.address, entry.load(), Limits()) for entry in entries]


def list_failures(entries: list[Entry]) -> list[tuple[str, int | None]]:
    found = []
    for entry in entries:
        try:
            open_page(entry.address, entry.load(), Limits())
        except FailureError as error:
            found.append((error.failure.error, error.failure.offset))
    return found


def list_pages(entries: list[Entry]) -> list[bytes]:
    """The pages of those entries that have one."""
    pages = []
    for entry in entries:
        try:
            pages.append(open_page(entry.address, entry.load(), Limits()))
        except FailureError:
            continue
    return pages


class TestFolders:
    def test_natural_order_and_depth(self, tmp_path: Path) -> None:
        for name in ("10.html", "2.html", "b/1.html", "a10/1.html", "a9/1.html"):
            write(tmp_path / name, make_page(1))
        assert name_all(list_all(tmp_path), tmp_path) == ["2.html", "10.html", "a9/1.html", "a10/1.html", "b/1.html"]

    def test_globs(self, tmp_path: Path) -> None:
        for name in ("1.html", "1.txt", "old/2.html", "new/3.html"):
            write(tmp_path / name, make_page(1))
        write(tmp_path / "z.zip", make_zip({"4.html": make_page(4), "5.txt": make_page(5)}))
        found = list_all(tmp_path, choice=Choice(include=("*.html",), exclude=("old",)))
        assert name_all(found, tmp_path) == ["1.html", "new/3.html", "z.zip!4.html"]

    def test_a_file_named_twice_is_one_input(self, tmp_path: Path) -> None:
        page = write(tmp_path / "1.html", make_page(1))
        assert len(list_all(tmp_path, page, page)) == 1

    def test_other_files_are_listed_with_their_reason(self, tmp_path: Path) -> None:
        for name in ("1.html", "1_files/style.css", "map.jpg", "report.pdf"):
            write(tmp_path / name, b"%PDF-1.7" if name == "report.pdf" else make_page(1))
        write(tmp_path / "disguised.html", b"%PDF-1.7")
        found = list_all(tmp_path)
        assert [entry.failure.message for entry in found if entry.failure] == [
            "is a style sheet (.css)",
            "is a picture (.jpg)",
            "is a document, not a page (.pdf)",
        ]
        assert list_failures(found) == [("skipped", None), ("no-page", None), ("skipped", None), ("skipped", None)]

    def test_links_that_loop_or_lead_nowhere(self, tmp_path: Path) -> None:
        write(tmp_path / "a/1.html", make_page(1))
        (tmp_path / "a/up").symlink_to(tmp_path)
        (tmp_path / "a/self.html").symlink_to(tmp_path / "a/self.html")
        (tmp_path / "a/nowhere.html").symlink_to(tmp_path / "nothing")
        found = list_all(tmp_path)
        assert sorted(list_failures(found)) == [("link-loop", None), ("link-loop", None), ("unreadable", None)]
        assert load_all([entry for entry in found if entry.read]) == [make_page(1)]

    def test_the_dataset_itself_is_no_source(self, tmp_path: Path) -> None:
        write(tmp_path / "facts/part.html", make_page(1))
        write(tmp_path / "1.html", make_page(1))
        assert name_all(list_all(tmp_path, leave_out=tmp_path / "facts"), tmp_path) == ["1.html"]

    @pytest.mark.skipif(os.name != "posix", reason="names of bytes")
    def test_names_that_are_no_text_stay_apart(self, tmp_path: Path) -> None:
        for name in (b"\xd6\xd8.html", b"\xc7\xec.html"):
            try:
                Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(make_page(1))
            except OSError:
                pytest.skip("the file system takes no such names")
        found = list_all(tmp_path)
        assert len({entry.address for entry in found}) == 2
        assert len(load_all(found)) == 2


class TestZips:
    def test_members(self, tmp_path: Path) -> None:
        path = write(tmp_path / "2024.zip", make_zip({"重庆市/2015.html": PAGES["1.html"], "2.html": PAGES["2.html"]}))
        found = list_all(path)
        assert name_all(found, tmp_path) == ["2024.zip!重庆市/2015.html", "2024.zip!2.html"]
        assert load_all(found) == [PAGES["1.html"], PAGES["2.html"]]

    def test_names_in_gbk(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.zip", make_gbk_zip({"枫渡区/二〇一五年.html": PAGES["1.html"]}))
        assert name_all(list_all(path), tmp_path) == ["a.zip!枫渡区/二〇一五年.html"]

    def test_the_second_of_a_name_is_an_input_too(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.html", PAGES["1.html"])
            archive.writestr("a.html", PAGES["2.html"])
        found = list_all(write(tmp_path / "a.zip", out.getvalue()))
        assert name_all(found, tmp_path) == ["a.zip!a.html", "a.zip!a.html#2"]
        assert load_all(found) == [PAGES["1.html"], PAGES["2.html"]]

    def test_nested_one_level(self, tmp_path: Path) -> None:
        inner = make_zip({"in.zip": make_zip(PAGES), "1.html": PAGES["1.html"]})
        found = list_all(write(tmp_path / "out.zip", make_zip({"a.zip": inner, "b.tar.gz": make_tar(PAGES, "gz")})))
        assert name_all(found, tmp_path)[:3] == [
            "out.zip!a.zip!in.zip",
            "out.zip!a.zip!1.html",
            "out.zip!b.tar.gz!1.html",
        ]
        assert list_failures(found) == [("skipped", None)]

    def test_broken_entry(self, tmp_path: Path) -> None:
        data = bytearray(make_zip(PAGES, zipfile.ZIP_STORED))
        place = data.find(PAGES["2.html"])
        data[place + 50 : place + 60] = bytes(10)
        found = list_all(write(tmp_path / "a.zip", bytes(data)))
        header = bytes(data).rfind(b"PK\x03\x04", 0, place)
        assert list_failures(found) == [("damaged", header)]
        assert list_pages(found) == [page for name, page in PAGES.items() if name != "2.html"]

    @pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    def test_without_its_directory(self, tmp_path: Path, method: int) -> None:
        data = make_zip(PAGES, method)
        cut = data[: data.rfind(b"PK\x03\x04") + 60]
        found = list_all(write(tmp_path / "a.zip", cut))
        assert list_pages(found) == list(PAGES.values())[:3]
        assert [failure for failure, _ in list_failures(found)] == ["damaged", "damaged"]

    def test_hostile_members(self, tmp_path: Path) -> None:
        bomb = make_zip(
            {"../../evil.html": PAGES["1.html"], "/etc/evil.html": PAGES["1.html"], "bomb.html": bytes(1 << 23)}
        )
        found = list_all(write(tmp_path / "a.zip", bomb))
        assert [failure for failure, _ in list_failures(found)] == ["unsafe-name", "unsafe-name", "too-large"]
        assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]

    def test_total_limit(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.zip", make_zip(PAGES))
        found = list_all(path, limits=Limits(total=len(PAGES["1.html"]) + 10))
        assert [entry.failure.error if entry.failure else None for entry in found] == [None, *["too-large"] * 3]

    def test_encrypted(self, tmp_path: Path) -> None:
        data = bytearray(make_zip({"a.html": PAGES["1.html"]}))
        data[6] |= 1
        data[data.find(b"PK\x01\x02") + 8] |= 1
        assert list_failures(list_all(write(tmp_path / "a.zip", bytes(data)))) == [("encrypted", 0)]

    def test_an_office_file_is_no_archive(self, tmp_path: Path) -> None:
        path = write(tmp_path / "report", make_zip({"word/document.xml": b"<w/>"}))
        assert list_failures(list_all(path)) == [("no-page", None)]


class TestTars:
    @pytest.mark.parametrize("packing", PACKINGS)
    def test_members(self, tmp_path: Path, packing: str) -> None:
        long = "很长的目录名" * 30 + "/1.html"
        name = "a.tar" + (f".{packing}" if packing else "")
        found = list_all(write(tmp_path / name, make_tar({**PAGES, long: PAGES["1.html"]}, packing)))
        assert name_all(found, tmp_path) == [f"{name}!{member}" for member in (*PAGES, long)]
        assert load_all(found) == [*PAGES.values(), PAGES["1.html"]]

    def test_links_are_not_followed(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            link = tarfile.TarInfo("link.html")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
        assert list_failures(list_all(write(tmp_path / "a.tar", out.getvalue()))) == [("skipped", 0)]

    @pytest.mark.parametrize("blocks", [1, 2])
    def test_zeroed_stretch(self, tmp_path: Path, blocks: int) -> None:
        data = bytearray(make_tar(PAGES))
        place = data.find(b"2.html")
        data[place : place + 512 * blocks] = bytes(512 * blocks)
        found = list_all(write(tmp_path / "a.tar", bytes(data)))
        assert ("damaged", place) in list_failures(found)
        assert list_pages(found) == [page for name, page in PAGES.items() if name != "2.html"]

    def test_cut_off(self, tmp_path: Path) -> None:
        data = make_tar(PAGES)
        found = list_all(write(tmp_path / "a.tar", data[: data.find(PAGES["4.html"]) + 100]))
        assert list_pages(found) == list(PAGES.values())[:3]
        assert [failure for failure, _ in list_failures(found)] == ["damaged"]

    def test_damaged_packing(self, tmp_path: Path) -> None:
        random_ = random.Random(20261122)
        noise = {f"n{place}.html": random_.randbytes(20_000).hex().encode() for place in range(8)}
        data = bytearray(make_tar({**PAGES, **noise}, "gz"))
        data[len(data) // 2 : len(data) // 2 + 200] = bytes(200)
        found = list_all(write(tmp_path / "a.tar.gz", bytes(data)))
        assert list_pages(found)[:4] == list(PAGES.values())
        assert ("damaged", 0) in list_failures(found)


class TestSinglePages:
    @pytest.mark.parametrize("packing", PACKINGS)
    def test_packed_page(self, tmp_path: Path, packing: str) -> None:
        name = "1.html" + (f".{packing}" if packing else "")
        path = write(tmp_path / name, pack(PAGES["1.html"], packing))
        for found in (list_all(path), list_all(tmp_path)):
            assert load_all(found) == [PAGES["1.html"]]
        inside = list_all(write(tmp_path / "a.zip", make_zip({name: path.read_bytes()})))
        assert load_all(inside) == [PAGES["1.html"]]

    def test_mhtml(self, tmp_path: Path) -> None:
        [page] = load_all(list_all(write(tmp_path / "a.mhtml", MHTML.encode())))
        assert "提案459件" in page.decode()

    def test_bomb(self, tmp_path: Path) -> None:
        path = write(tmp_path / "bomb.html.gz", gzip.compress(bytes(1 << 26)))
        assert list_failures(list_all(path)) == [("too-large", 0)]
        twice = write(tmp_path / "twice.html.gz", gzip.compress(gzip.compress(bytes(1 << 26))))
        assert [failure for failure, _ in list_failures(list_all(twice))] == ["too-large"]

    def test_size_limit(self, tmp_path: Path) -> None:
        path = write(tmp_path / "1.html", make_page(1) * 100)
        assert [entry.failure and entry.failure.error for entry in list_all(path, limits=Limits(page=1000))] == [
            "too-large"
        ]


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
            ("gzip", lambda data: data),  # undone by the crawler, which kept the header
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
        if packing == "zst" and where == "end":  # its frames have no checksum here: the digest of the record tells
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
        assert 1 <= len(list_failures(found)) <= 2  # what lost its head as well cannot be told apart
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


def test_deep_total_of_packed_streams(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tar.gz", make_tar(make_pages(40), "gz"))
    found = list_all(path, limits=Limits(total=20_000))
    assert {failure for failure, _ in list_failures(found)} <= {"too-large", "damaged"}
    assert list_failures(found)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.warc", "a.warc.gz", "a.gz", "a.tar.xz", "a.tar.bz2"])
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=600), seed=st.integers(0, 2**32))
def test_any_bytes_are_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes, seed: int
) -> None:
    """Whatever a file holds: no exception, and at least one entry."""
    sound = {
        "a.zip": make_zip(PAGES),
        "a.tar": make_tar(PAGES),
        "a.warc": b"".join(make_records(PAGES.values())),
        "a.warc.gz": pack_records(make_records(PAGES.values()), "gz"),
        "a.gz": pack(PAGES["1.html"], "gz"),
        "a.tar.xz": make_tar(PAGES, "xz"),
        "a.tar.bz2": make_tar(PAGES, "bz2"),
    }[name]
    place = seed % len(sound)
    mixed = sound[:place] + data + sound[place + seed % 700 :]
    path = write(tmp_path_factory.mktemp("any") / name, mixed)
    found = list_all(path)
    assert found
    assert len({entry.address for entry in found}) == len(found)
    list_failures(found)


class TestAddresses:
    def test_member_is_read_again(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.tar.gz", make_tar(PAGES, "gz"))
        for entry in list_all(path):
            assert read_source(entry.address).data == entry.load()

    def test_no_such_member(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.zip", make_zip(PAGES))
        with pytest.raises(SourceError, match="there is no such page in"):
            read_source(f"{path}!missing.html")
        with pytest.raises(SourceError, match="no such file"):
            read_source("missing.zip!missing.html")


def test_names_of_a_frozen_list_are_json(tmp_path: Path) -> None:
    """Addresses are text: they go into JSON, SQLite and Parquet."""
    path = write(
        tmp_path / "a.zip", make_zip({"\udcff.html".encode("utf-8", "surrogatepass").decode("utf-8", "replace"): b"x"})
    )
    assert all(json.dumps(entry.address).encode() for entry in list_all(path))
