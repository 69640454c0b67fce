"""Zip files read by the headers of their members alone: sound ones, and each way of being broken."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from archives import make_page, make_zip
from entries import tell

from qjreport.sources.entry import MIB, DamageError, FailureError, Limits
from qjreport.sources.stream import Held, Stream
from qjreport.sources.tars import decode_name
from qjreport.sources.zips import read_name, read_zip_stream

ONE, TWO = make_page(1), make_page(2)
LIMITS = Limits(page=MIB, total=8 * MIB)


def make_member(
    name: bytes = b"a.html",
    data: bytes = ONE,
    *,
    flags: int = 0,
    method: int = 0,
    crc: int | None = None,
    packed: int | None = None,
    size: int | None = None,
    extra: bytes = b"",
    tail: bytes = b"",
) -> bytes:
    """A member of a zip as it stands in the file, with a header that may say anything."""
    crc = zlib.crc32(data) if crc is None else crc
    packed = len(data) if packed is None else packed
    size = len(data) if size is None else size
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, flags, method, 0, 33, crc, packed, size, len(name), len(extra))
    return head + name + extra + data + tail


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def read_zip(data: bytes, limits: Limits = LIMITS) -> list[Any]:
    return tell(read_zip_stream(Stream(Held(data)), limits))


SIXTY_FOUR = struct.pack("<HHQQ", 1, 16, len(ONE), len(ONE))
CRC = struct.pack("<L", zlib.crc32(ONE))


class TestZipMembers:
    @pytest.mark.parametrize(
        "member",
        [
            make_member(),
            make_member(data=deflate(ONE), method=8, crc=zlib.crc32(ONE), size=len(ONE)),
            make_member(extra=SIXTY_FOUR, packed=0xFFFFFFFF, size=0xFFFFFFFF),
            # Sizes after the data, with and without the signature before them.
            make_member(
                data=deflate(ONE), method=8, flags=8, crc=0, packed=0, size=0, tail=b"PK\x07\x08" + CRC + bytes(8)
            ),
            make_member(data=deflate(ONE), method=8, flags=8, crc=0, packed=0, size=0, tail=CRC + bytes(8)),
            make_member(data=b"", size=0),
            b"stub of a program" + bytes(70_000) + make_member(),
        ],
    )
    def test_sound(self, member: bytes) -> None:
        assert read_zip(member + make_member(b"b.html", TWO)) == ["a.html", "b.html"]

    @pytest.mark.parametrize(
        ("member", "error", "said"),
        [
            (make_member(flags=1), "encrypted", "is encrypted"),
            (make_member(method=9), "unsupported", "is packed by method 9"),
            (make_member(flags=8, packed=0), "damaged", "is stored without its size"),
            (make_member(size=2 * MIB), "too-large", f"has {2 * MIB} bytes"),
            (make_member(crc=1), "damaged", "a damaged zip entry (bad CRC-32)"),
            (make_member(data=deflate(ONE), method=8, crc=1), "damaged", "a damaged zip entry (bad CRC-32)"),
            (make_member(data=deflate(bytes(2 * MIB)), method=8, size=9), "damaged", "a damaged zip entry (unpacks to"),
            (make_member(data=b"\xff" * 40, method=8), "damaged", "a damaged zip entry (Error -3"),
        ],
    )
    def test_broken(self, member: bytes, error: str, said: str) -> None:
        """The next member is read all the same."""
        told = read_zip(member + make_member(b"b.html", TWO))
        assert told[-1] == "b.html"
        assert told[0][0] == error
        assert told[0][1].startswith(said)

    def test_a_size_that_takes_the_next_member_in(self) -> None:
        told = read_zip(make_member(packed=len(ONE) + 300) + make_member(b"b.html", TWO))
        assert told == [("damaged", "a damaged zip entry (bad CRC-32)"), "b.html"]

    def test_folders_are_passed_over(self) -> None:
        assert read_zip(make_member(b"a/", b"") + make_member(b"a/b.html")) == ["a/b.html"]

    @pytest.mark.parametrize("kept", [10, 33, 36])
    def test_cut_off_in_a_header(self, kept: int) -> None:
        assert read_zip(make_member() + make_member(b"b.html", TWO)[:kept])[1][1].startswith(
            "a zip entry that is cut off"
        )

    def test_cut_off_in_the_data(self) -> None:
        cut = make_member(data=deflate(ONE), method=8, crc=zlib.crc32(ONE))[:-20]
        assert read_zip(cut) == [("damaged", "a damaged zip entry (is cut off)")]

    def test_total(self) -> None:
        data = b"".join(make_member(b"%d.html" % number) for number in range(9))
        told = read_zip(data, Limits(total=3 * len(ONE)))
        assert told[:3] == ["0.html", "1.html", "2.html"]
        assert told[3:] == [
            ("too-large", f"the archive unpacks to more than {3 * len(ONE)} bytes; the rest is not read")
        ]

    def test_what_holds_no_member(self) -> None:
        assert read_zip(b"PK") == []
        assert read_zip(bytes(200_000)) == []

    def test_names(self) -> None:
        unicode_path = struct.pack("<HHBL", 0x7075, 5 + 9, 1, 0) + "县报".encode() + b".ab"
        assert read_name("?", 0, b"\x01\x00\x04\x00abcd" + unicode_path) == "县报.ab"
        assert read_name("县.html", 0x800, b"") == "县.html"
        assert read_name("县.html", 0, b"") == "县.html"
        assert decode_name(b"\xff\xff.html") == "\ufffd\ufffd.html"


def test_a_zip_entry_that_zipfile_cannot_read() -> None:
    """Read by the archive's directory: what zipfile raises becomes a row."""
    from qjreport.sources.zips import list_zip

    data = bytearray(make_zip({"a.html": ONE, "b.html": TWO}, zipfile.ZIP_DEFLATED))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(b"PK\x01\x02"))
    data[place + 10 : place + 12] = (99).to_bytes(2, "little")  # no such method
    members = list(list_zip(io.BytesIO(bytes(data)), LIMITS))
    with pytest.raises(FailureError) as caught:
        members[0].read()
    assert caught.value.failure.message == "a damaged zip entry (That compression method is not supported)"
    assert members[1].read() == TWO
    stream = members[0].open()
    with pytest.raises(DamageError):
        stream.read()
    assert stream.read() == b""
