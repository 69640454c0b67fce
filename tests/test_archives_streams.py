"""Tar and packed streams from front to back: sound ones, and each way of being broken."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import Any

import pytest
from archives import make_page, make_tar, needs_zstd, pack
from entries import tell

from qjreport.sources.entry import MIB, DamageError, FailureError, Limits
from qjreport.sources.packing import Unpacked
from qjreport.sources.stream import Held, Stream
from qjreport.sources.tars import read_pax, read_tar

ONE, TWO = make_page(1), make_page(2)
LIMITS = Limits(page=MIB, total=8 * MIB)


class TestTars:
    def test_kinds_of_member(self) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
            for name, kind in (("folder", tarfile.DIRTYPE), ("link", tarfile.SYMTYPE), ("pipe", tarfile.FIFOTYPE)):
                info = tarfile.TarInfo(name)
                info.type, info.linkname = kind, "a.html" if kind == tarfile.SYMTYPE else ""
                archive.addfile(info)
            linked = tarfile.TarInfo("long link")
            linked.type, linked.linkname = tarfile.SYMTYPE, "长" * 60
            archive.addfile(linked)
            page = tarfile.TarInfo("长" * 60)
            page.size = len(ONE)
            archive.addfile(page, io.BytesIO(ONE))
            large = tarfile.TarInfo("large")
            large.size = 2 * MIB
            archive.addfile(large, io.BytesIO(bytes(2 * MIB)))
        told = tell(read_tar(Stream(Held(out.getvalue())), LIMITS))
        assert told[0] == ("skipped", "a link to 'a.html'")
        assert told[1] == ("skipped", "a device or a special file")
        assert told[2][0] == "skipped"
        assert told[3:] == ["长" * 60, ("too-large", f"has {2 * MIB} bytes, more than {MIB}")]

    def test_global_headers_are_passed_over(self) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT, pax_headers={"comment": "abc"}) as archive:
            info = tarfile.TarInfo("县.html")
            info.size = len(ONE)
            archive.addfile(info, io.BytesIO(ONE))
        assert tell(read_tar(Stream(Held(out.getvalue())), LIMITS)) == ["县.html"]

    @pytest.mark.parametrize(
        ("data", "records"),
        [
            (b"12 path=abc\n", {"path": "abc"}),
            (b"12 path=abc\n9 size=9\n", {"path": "abc", "size": "9"}),
            (b"99 path=abc\n", {}),
            (b"path=abc\n", {}),
            (b"x path=abc\n", {}),
        ],
    )
    def test_pax_records(self, data: bytes, records: dict[str, str]) -> None:
        assert read_pax(data) == records

    def test_zeros_between_members(self) -> None:
        whole = make_tar({"a.html": ONE})
        data = whole + make_tar({"b.html": TWO})
        told = tell(read_tar(Stream(Held(data)), LIMITS))
        assert told == ["a.html", ("damaged", "a stretch of zeros where a tar header should be"), "b.html"]
        assert tell(read_tar(Stream(Held(whole + b"rubbish after the end")), LIMITS)) == ["a.html"]

    def test_cut_off_or_damaged(self) -> None:
        whole = make_tar({"a.html": ONE, "b.html": TWO})
        second = 512 + -(-len(ONE) // 512) * 512
        assert tell(read_tar(Stream(Held(whole[: second + 100])), LIMITS))[1][1] == "a tar header that is cut off"
        assert tell(read_tar(Stream(Held(whole[:700])), LIMITS)) == [
            ("damaged", f"is cut off: 188 of {len(ONE)} bytes are there")
        ]
        told = tell(read_tar(Stream(Held(b"\x99" * 1024 + whole)), LIMITS))
        assert told == [("damaged", "a damaged tar header"), "a.html", "b.html"]


def unpack(data: bytes, packing: str, limits: Limits = LIMITS) -> tuple[bytes, list[str]]:
    """What a packed stream gives, and the damage that it reports."""
    stream = Unpacked(Stream(Held(data)), packing, limits)
    parts: list[bytes] = []
    told: list[str] = []
    while True:
        try:
            part = stream.read()
        except DamageError as error:
            told.append(error.message)
            continue
        if not part:
            return b"".join(parts), told
        parts.append(part)


NAMES = ("gzip", "bzip2", "xz", pytest.param("zstd", marks=needs_zstd))
ENDINGS = {"gzip": "gz", "bzip2": "bz2", "xz": "xz", "zstd": "zst"}


class TestPacked:
    @pytest.mark.parametrize("packing", NAMES)
    def test_members_behind_each_other(self, packing: str) -> None:
        data = pack(ONE, ENDINGS[packing]) + pack(TWO, ENDINGS[packing])
        assert unpack(data, packing) == (ONE + TWO, [])

    @pytest.mark.parametrize("packing", NAMES)
    def test_a_damaged_member_between_two(self, packing: str) -> None:
        one, two = pack(ONE, ENDINGS[packing]), pack(TWO, ENDINGS[packing])
        head = 5 if packing == "zstd" else 12  # a zstd frame without a checksum does not notice changed bytes
        broken = two[:head] + b"\xff" * 30 + two[head + 30 :]
        found, told = unpack(one + broken + two, packing)
        assert found.startswith(ONE)
        assert found.endswith(TWO)
        assert told

    @pytest.mark.parametrize("packing", NAMES)
    def test_cut_off(self, packing: str) -> None:
        _, told = unpack(pack(ONE, ENDINGS[packing])[:-9], packing)
        assert told == [f"a {packing} member that is cut off"]

    @pytest.mark.parametrize("packing", NAMES)
    def test_rubbish_behind(self, packing: str) -> None:
        found, told = unpack(pack(ONE, ENDINGS[packing]) + b"rubbish" * 200, packing)
        assert found == ONE
        assert told == [f"bytes that are no {packing} member"]

    def test_zeros(self) -> None:
        one, two = gzip.compress(ONE), gzip.compress(TWO)
        assert unpack(one + bytes(1000), "gzip") == (ONE, [])
        assert unpack(one + bytes(1000) + two, "gzip") == (
            ONE + TWO,
            ["a stretch of zeros where a member should begin"],
        )

    def test_swells(self) -> None:
        bomb = gzip.compress(bytes(6 * MIB))
        found, told = unpack(bomb + gzip.compress(ONE), "gzip", Limits(ratio=10, ratio_from=MIB))
        assert told == ["unpacks to more than 10 times its size"]
        assert found.endswith(ONE)
        _, told = unpack(bomb + bomb, "gzip", Limits(total=MIB, ratio=10**6))
        assert told == ["unpacks to more than 1 MiB; the rest is not read"]

    @needs_zstd
    def test_frames_without_content(self) -> None:
        skippable = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"hello"
        assert unpack(skippable + pack(ONE, "zst") + skippable, "zstd") == (ONE, [])

    def test_zstd_without_its_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(name: str) -> Any:
            raise ImportError(name)

        monkeypatch.setattr("qjreport.sources.packing.import_module", refuse)
        with pytest.raises(FailureError) as caught:
            unpack(b"\x28\xb5\x2f\xfd" + bytes(20), "zstd")
        assert caught.value.failure.error == "unsupported"
