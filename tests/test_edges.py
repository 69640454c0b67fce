"""Edge cases that few pages reach: builders that are called out of order, limits, links that lead to themselves."""

from __future__ import annotations

import gzip
import sys
from importlib import import_module
from pathlib import Path

import pytest
from archives import make_page, needs_zstd, pack
from calls import call
from entries import list_all, list_failures

from qjreport.model import Decoded
from qjreport.page import read_page
from qjreport.page.lines import LineBuilder
from qjreport.sources.entry import FailureError, Limits
from qjreport.sources.read import open_source
from qjreport.sources.unpack import open_page
from qjreport.text.numerals import LONGEST, read_arabic, read_mixed, read_number

PAGE = make_page(1)


class TestLineBuilder:
    def test_ends_without_a_start(self) -> None:
        builder = LineBuilder()
        builder.close()
        builder.undo_look(9, "b")
        assert builder.build_page().lines == ()

    def test_starts_without_an_end(self) -> None:
        builder = LineBuilder()
        builder.text("甲")
        builder.open("div", {})
        builder.open("p", {})
        builder.text("乙")
        assert [line.text for line in builder.build_page().lines] == ["甲", "乙"]
        alone = LineBuilder()
        alone.text("丙")
        assert [line.text for line in alone.build_page().lines] == ["丙"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("| 指标 | 数量 |\n| --- | --- |\n| 提案 |  |\n| | 9 |\n", ["指标", "数量", "提案", "9"]),
        ("指标 | 数量\n--- | ---\n提案 | 9\n", ["指标", "数量", "提案", "9"]),
        ("---\ntitle: 工作报告\nno pair\nempty:\n---\n# 一、回顾\n", ["一、回顾"]),
        ("- 一、回顾\n---\n正文**9件**、**3次**\n", ["- 一、回顾", "正文9件、3次"]),
    ],
)
def test_markdown(text: str, cells: list[str]) -> None:
    page = read_page(Decoded(text=text, media_type="text/markdown", encoding="utf-8"))
    assert [line.text.removeprefix("- ") for line in page.lines if not line.hidden] == [
        cell.removeprefix("- ") for cell in cells
    ]


def test_columns_of_a_table_take_no_cells() -> None:
    html = "<table><colgroup><col><col></colgroup><thead><tr><th>指标<tbody><tr><td>9件</table>"
    [table] = read_page(Decoded(text=html, media_type="text/html", encoding="utf-8")).tables
    assert [cell.text for cell in table.cells] == ["指标", "9件"]


class TestSources:
    def test_more_layers_than_happen_by_mistake(self) -> None:
        data = PAGE
        for _ in range(5):
            data = gzip.compress(data)
        assert open_page("page.html", data, Limits()) == PAGE  # four layers, then the page's own
        for _ in range(5):
            data = gzip.compress(data)
        with pytest.raises(FailureError, match="is a gzip file and no page"):
            open_page("page.html", data, Limits())

    def test_a_page_larger_than_the_limit(self) -> None:
        with pytest.raises(FailureError, match="unpacks to more than 99 bytes; it is no page"):
            open_page("page.html", gzip.compress(PAGE), Limits(page=99))

    @needs_zstd
    def test_a_bomb_of_zstd(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("qjreport.sources.unpack.MAX_PAGE", 1 << 20)
        with pytest.raises(Exception, match="unpacks to more than 1 MiB"):
            open_source("page.html", pack(bytes(2 << 20), "zst"))

    def test_mhtml_whose_root_is_not_there(self) -> None:
        head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="cut"; start="<other>"\r\n'
        head += "Snapshot-Content-Location: http://other.test/\r\n"
        part = "\r\n--cut\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>提案9件</p>\r\n"
        assert b"<p>" in open_source("page.mhtml", f"{head}{part}--cut--\r\n".encode())

    @pytest.mark.skipif(sys.platform == "win32", reason="links")
    def test_links_that_lead_to_themselves(self, tmp_path: Path) -> None:
        (tmp_path / "loop.html").symlink_to("loop.html")
        (tmp_path / "dangling.html").symlink_to("gone.html")
        found = list_all(tmp_path)
        assert [error for error, _ in list_failures(found)] == ["unreadable", "link-loop"]
        assert [error for error, _ in list_failures(list_all(tmp_path / "loop.html"))] == ["link-loop"]


def test_numbers_that_are_too_long() -> None:
    long = "9" * (LONGEST + 1)
    assert (read_arabic(long), read_mixed(long), read_number(long)) == (None, None, None)
    assert read_number("9" * LONGEST) is not None
    assert [read_mixed(text) for text in ("", "万", "3万4万", ",万")] == [None] * 4


def test_wrong_usage_of_schema() -> None:
    assert call("schema", "--headers", "zh").exit_code == 2


def test_importing_the_launcher_runs_nothing() -> None:
    assert import_module("qjreport.__main__").main
