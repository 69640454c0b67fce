"""The public functions with arguments that they cannot use: which error they raise, and what it says."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

import qjreport
from qjreport.lexicon.load import LexiconError
from qjreport.sources import SourceError

PAGE = "<p>全年办理提案459件。</p>"
WRONG_TYPES: tuple[Any, ...] = (
    (lambda: qjreport.extract(None), "source must be the bytes of a page, or a path.*not NoneType: None"),
    (lambda: qjreport.extract(12), "source must be .*not int: 12"),
    (lambda: qjreport.extract([PAGE]), "source must be .*not list"),
    (lambda: qjreport.extract(bytearray(b"<p>")), r"source must be .*not bytearray: bytearray\(b'<p>'\)"),
    (lambda: qjreport.extract(b"<p>", name=12), "name must be a str or None, not int"),
    (lambda: qjreport.extract(b"<p>", encoding=12), "encoding must be a str or None, not int"),
    (lambda: qjreport.extract(b"<p>", reader=None), "reader must be a str, not NoneType"),
    (lambda: qjreport.extract(b"<p>", reader=["soup"]), "reader must be a str, not list"),
    (lambda: qjreport.extract(b"<p>", lexicon={"units": []}), r"lexicon must be what load_lexicon\(\) gives.*not dict"),
    (lambda: qjreport.extract(b"<p>", lexicon="more.toml"), r"lexicon must be what load_lexicon\(\) gives.*'more"),
    (lambda: qjreport.extract_text(PAGE.encode()), r"text must be a str; extract\(\) reads bytes and files, not bytes"),
    (lambda: qjreport.extract_text(None), "text must be a str.*not NoneType"),
    (lambda: qjreport.extract_text(Path("a.txt")), "text must be a str.*not .*Path"),
    (lambda: qjreport.extract_text("一", name=b"a"), "name must be a str or None, not bytes"),
    (lambda: qjreport.extract_text("一", lexicon=1), r"lexicon must be what load_lexicon\(\) gives"),
    (lambda: qjreport.read_number(12), "text must be a str, not int: 12"),
    (lambda: qjreport.read_number(None), "text must be a str, not NoneType"),
    (lambda: qjreport.read_number("一百".encode()), "text must be a str, not bytes"),
    (lambda: qjreport.find_quantities(b"12"), "text must be a str, not bytes"),
    (lambda: qjreport.find_quantities(None), "text must be a str, not NoneType"),
    (lambda: qjreport.find_quantities("一", lexicon="a"), "lexicon must be what load"),
    (lambda: qjreport.load_lexicon(12), "path must be a str or a PathLike, not int"),
    (lambda: qjreport.load_lexicon(None), "path must be a str or a PathLike, not NoneType"),
    (lambda: qjreport.load_lexicon(b"a"), "path must be a str or a PathLike, not bytes"),
)


@pytest.mark.parametrize(("call", "said"), WRONG_TYPES)
def test_wrong_type(call: Callable[[], object], said: str) -> None:
    with pytest.raises(TypeError, match=rf"(?s)^{said}"):
        call()


def test_a_long_argument_is_not_shown_whole() -> None:
    with pytest.raises(TypeError) as caught:
        qjreport.extract_text(PAGE.encode() * 9999)  # type: ignore[arg-type]
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("source", [PAGE, f"<html>\n{PAGE * 500}</html>", "各位委员：\n全年办理提案459件。"])
def test_a_page_where_its_path_is_wanted(source: str) -> None:
    with pytest.raises(SourceError, match="is the text of a page and no path; give the bytes of the page") as caught:
        qjreport.extract(source)
    assert len(caught.value.name) < 80


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_file_may_have_such_a_name(tmp_path: Path) -> None:
    path = tmp_path / "<b>\n.html"
    path.write_text(PAGE, encoding="utf-8")
    assert len(qjreport.extract(path).facts) == 1
    assert len(qjreport.extract(str(path)).facts) == 1


class BytesPath(os.PathLike[bytes]):
    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> bytes:
        return os.fsencode(self.path)


def test_a_path_in_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    report = qjreport.extract(BytesPath(tmp_path / "a.html"))  # type: ignore[arg-type]
    assert report.source.name == str(tmp_path / "a.html")


@pytest.mark.parametrize("source", ["", "missing.html", "a\0b.html", str(ROOT), "长" * 300])
def test_no_file(source: str) -> None:
    with pytest.raises(SourceError) as caught:
        qjreport.extract(source)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"reader": "lxml"}, "no reader 'lxml': choose one of lexbor, soup"),
        ({"reader": ""}, "no reader ''"),
        ({"encoding": "utf-9"}, "no encoding 'utf-9': Chinese pages are"),
        ({"encoding": "hex"}, "no encoding 'hex'"),
        ({"encoding": "\0"}, "no encoding"),
    ],
)
def test_no_such_reader_or_encoding(options: dict[str, Any], said: str) -> None:
    for data in (PAGE.encode(), "全年办理提案459件。".encode(), b""):
        with pytest.raises(LookupError, match=said):
            qjreport.extract(data, **options)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\0" * 9, b"5", b"\xff", b"<", b"<p>"])
def test_bytes_without_a_report(data: bytes) -> None:
    report = qjreport.extract(data)
    assert report.facts == ()
    assert [diagnostic.code for diagnostic in report.diagnostics] == ["no-article"]


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "\u202e", "5", "。" * 99])
def test_text_without_a_report(text: str) -> None:
    assert qjreport.extract_text(text).facts == ()
    assert qjreport.find_quantities(text) == () or text == "5"
    assert qjreport.read_number(text) is None or text == "5"


class TestLexicon:
    def test_files_that_are_none(self, tmp_path: Path) -> None:
        for path in (tmp_path / "none.toml", tmp_path):
            with pytest.raises(LexiconError, match=str(path)):
                qjreport.load_lexicon(path)

    @pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0", PAGE.encode(), b"\xff\xfe", b"[units]\nunits = 3"])
    def test_files_of_another_kind(self, tmp_path: Path, data: bytes) -> None:
        (tmp_path / "more.toml").write_bytes(data)
        with pytest.raises(LexiconError, match=r"more\.toml:1: |more\.toml:2: "):
            qjreport.load_lexicon(tmp_path / "more.toml")

    @pytest.mark.parametrize("name", ["a\0b.toml", "\ud800.toml", "长" * 300])
    def test_a_name_that_no_file_has(self, name: str) -> None:
        with pytest.raises(LexiconError):
            qjreport.load_lexicon(name)

    def test_a_path_in_bytes(self, tmp_path: Path) -> None:
        (tmp_path / "more.toml").write_bytes(b"")
        assert qjreport.load_lexicon(BytesPath(tmp_path / "more.toml"))  # type: ignore[arg-type]


def test_no_other_name_is_public() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'extract_pdf'"):
        qjreport.extract_pdf  # noqa: B018
    assert set(qjreport.__all__) <= set(dir(qjreport))
