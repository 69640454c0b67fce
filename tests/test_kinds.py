"""Files that are no pages are recognised by their bytes, whatever their names; a page is never taken for one."""

from __future__ import annotations

import bz2
import gzip
import lzma

import pytest
from archives import make_page
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from not_pages import BYTES, NOT_PAGES

import qjreport
from qjreport.sources import SourceError
from qjreport.sources.kinds import find_other
from qjreport.sources.read import open_source

KINDS = [pytest.param(data, phrase, id=name) for name, data, phrase in NOT_PAGES]
# Pages that begin like another kind of file, and pages in every encoding: none may be refused.
PAGES = {
    "begins as a program does": b"MZ" + "区政府工作报告\n全年新建公路459公里。".encode(),
    "begins as a picture does": b"BM" + "区政府工作报告\n全年新建公路459公里。".encode(),
    "begins as a CAJ document does": b"CAJ " + "全年新建公路459公里。".encode(),
    "braces": "{全年新建公路459公里}".encode(),
    "brackets": "[摘要]全年新建公路459公里。[1]".encode(),
    "cut off JSON": '{"全年新建公路": 459'.encode(),
    "deep brackets": b"[" * 100_000 + "全年新建公路459公里。".encode(),
    "text about PDF": "附件：%PDF-1.7，全年新建公路459公里。".encode(),
    "a stretch of zeros in front": bytes(6000) + make_page(1),
    "some control characters": make_page(1).replace(b"<p>", b"<p>\x01\x02\x03"),
    "one byte": b"5",
    "one letter of another code page": b"\xff",
}


@pytest.mark.parametrize(("data", "phrase"), KINDS)
def test_a_path_raises(data: bytes, phrase: str) -> None:
    with pytest.raises(SourceError, match=rf"(?s)page\.html: is {phrase}") as caught:
        open_source("page.html", data)
    assert "and no page" in caught.value.problem
    assert caught.value.remedy


@pytest.mark.parametrize(("data", "phrase"), [kind for kind in KINDS if kind.id != "pages.tar.gz"])
def test_bytes_give_a_report_that_says_so(data: bytes, phrase: str) -> None:
    report = qjreport.extract(data, name="page.html")
    [diagnostic] = report.diagnostics
    assert diagnostic.code == "no-page"
    with pytest.raises(SourceError) as caught:
        open_source("page.html", data)
    assert diagnostic.message == caught.value.explain()
    assert (report.facts, report.blocks, report.counts.numbers) == ((), (), 0)
    assert (report.source.bytes, report.source.media_type) == (len(data), "application/octet-stream")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (gzip.compress(make_page(1)), "gzip"),
        (bz2.compress(make_page(1)), "bzip2"),
        (lzma.compress(make_page(1)), "XZ"),
        (b"\x28\xb5\x2f\xfd" + bytes(8), "zstd"),
    ],
    ids=["gzip", "bzip2", "xz", "zstd"],
)
def test_packed_bytes_are_named(data: bytes, kind: str) -> None:
    """extract() unpacks files; bytes are taken as the page itself."""
    assert kind in qjreport.extract(data).diagnostics[0].message


def test_more_layers_than_happen_by_mistake() -> None:
    data = make_page(1)
    for _ in range(5):
        data = gzip.compress(data)
    with pytest.raises(SourceError, match="is a gzip file and no page"):
        open_source("page.html", data)


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES)
def test_a_page_is_not_refused(data: bytes) -> None:
    assert find_other(data) is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5"])
def test_a_page_is_a_page_in_every_encoding(sample: object, encoding: str) -> None:
    data = sample.read_bytes()  # type: ignore[attr-defined]
    text = data.decode("gb18030" if b"gb2312" in data[:2000] else "utf-8")
    han = "".join(letter for letter in text if "一" <= letter <= "鿿")
    for written in (text, han, han.replace("的", "、。")):
        assert find_other(written.encode(encoding, "ignore")) is None


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('一二三459年，。、的工作件公里\n <p>{}[]":'), min_size=1, max_size=3000))
def test_no_chinese_text_is_binary(text: str) -> None:
    for encoding in ("utf-8", "utf-16-le", "gb18030"):
        found = find_other(text.encode(encoding))
        assert found is None or found[0] == "JSON"


def test_packed_data_of_no_known_kind_is_binary() -> None:
    for start in range(0, 2048, 64):
        assert find_other(b"\x99" + BYTES[start : start + 2048]) is not None
