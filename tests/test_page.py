"""Pages → lines: tables of cases for both readers, what hostile pages cost."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from pages import READERS, read
from selectolax.lexbor import LexborHTMLParser

from qjreport.article.find import build_locator
from qjreport.model import Grid, Page
from qjreport.page import decode_page, read_page
from qjreport.page.hostile import is_hostile, tame

HERE = Path(__file__).parent
LINE_FIELDS = ("linked", "bold", "heading", "centered", "hidden", "table", "row", "column", "number")


def read_cases(name: str) -> list[Any]:
    rows = (HERE / "cases" / "page" / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["pattern"]) for case in map(json.loads, rows)]


def lay_out(grid: Grid) -> list[list[str | None]]:
    """A grid as rows of texts, * before a head, None where another cell spans."""
    rows: list[list[str | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = ("*" if cell.header else "") + cell.text
    return rows


def check(page: Page, case: dict[str, Any]) -> None:
    if case.get("lines") is not None:
        assert [line.text for line in page.lines] == case["lines"]
    for field in LINE_FIELDS:
        if field in case:
            assert [getattr(line, field) for line in page.lines] == case[field], field
    if "seams" in case:
        assert [list(line.seams) for line in page.lines] == case["seams"]
    if case.get("grid") is not None:
        assert [lay_out(grid) for grid in page.tables] == [case["grid"]]
    if "grids" in case:
        assert [lay_out(grid) for grid in page.tables] == case["grids"]
    if "caption" in case:
        assert page.tables[0].caption == case["caption"]
    if "title" in case:
        assert page.title == case["title"]
    if "meta" in case:
        assert [list(pair) for pair in page.meta] == case["meta"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("case", read_cases("html.jsonl"))
def test_html(case: dict[str, Any], reader: str) -> None:
    check(read(case["html"], reader), case)


@pytest.mark.parametrize("case", read_cases("text.jsonl"))
def test_text(case: dict[str, Any]) -> None:
    decoded = decode_page(case["text"].encode())
    assert decoded.media_type == case.get("media", decoded.media_type)
    page = read_page(decoded)
    assert not page.is_html
    check(page, case)


def without_tree(page: Page) -> Page:
    """On broken markup, the readers may put a line under different elements; its kind does not differ."""
    lines = tuple(msgspec.structs.replace(line, node=-1) for line in page.lines)
    tables = tuple(msgspec.structs.replace(grid, node=-1) for grid in page.tables)
    asides = tuple(msgspec.structs.replace(aside, node=-1) for aside in page.asides)
    return msgspec.structs.replace(page, lines=lines, tables=tables, asides=asides, nodes=(), repeated_ids=frozenset())


def find_pages() -> list[Any]:
    """Every saved page available: invented ones, and the measured ones if they are here."""
    folders = (HERE / "pages", HERE.parent / "samples", HERE.parent.parent / "shared" / "pages")
    found = [path for folder in folders for path in sorted(folder.rglob("*.htm*"))]
    return [pytest.param(path, id=path.name) for path in found]


@pytest.mark.parametrize("path", find_pages())
def test_readers_agree(path: Path) -> None:
    decoded = decode_page(path.read_bytes())
    page = read_page(decoded)
    assert without_tree(page) == without_tree(read_page(decoded, "soup"))
    assert page == read_page(msgspec.structs.replace(decoded, text=tame(decoded.text)))
    check_locators(page, decoded.text)


def check_locators(page: Page, text: str) -> None:
    """The first element that a browser finds by a line's path holds the line."""
    tree = LexborHTMLParser(text)
    found: dict[str, str] = {}
    for line in page.lines:
        path = build_locator(page, line)
        if path not in found:
            node = tree.css_first(path)
            assert node is not None, path
            assert node.tag == page.nodes[line.node].tag
            found[path] = "".join(node.text().split())
        first = line.text.split()[0][:8]
        assert line.hidden or first[:2] in found[path], (path, line.text)


# Where the parsers themselves differ on broken markup: what each makes of it.
DIFFERENCES = [
    pytest.param(
        "<table><tr>表外<td>表内</table>", ["表外", "表内"], ["表外", "表内"], id="text between rows: same order"
    ),
    pytest.param(
        "<table><tr><td>表内<tr>表外</table>", ["表外", "表内"], ["表内", "表外"], id="text between rows is set first"
    ),
    pytest.param("<frameset><frame src=a>甲</frameset>", [], ["甲"], id="text of a page of frames"),
    pytest.param("<p>甲<![CDATA[乙]]></p>", ["甲"], ["甲"], id="CDATA outside SVG is a comment"),
]


@pytest.mark.parametrize(("html", "lexbor", "soup"), DIFFERENCES)
def test_parsers_differ(html: str, lexbor: list[str], soup: list[str]) -> None:
    assert [line.text for line in read(html).lines] == lexbor
    assert [line.text for line in read(html, "soup").lines] == soup


@pytest.mark.parametrize("html", ["<?xml version='1.0'?><x:p>甲<p>乙", "a.html", "甲\udc00乙"])
def test_beautiful_soup_gives_no_advice(html: str) -> None:
    """Its warnings, and errors over half a surrogate pair, are for whoever calls it; here a warning is an error."""
    assert [line.text for line in read(html, "soup").lines] == [line.text for line in read(html).lines]


def test_unknown_reader() -> None:
    with pytest.raises(LookupError, match="lexbor, soup"):
        read("<p>甲", "lynx")


def test_locators_of_awkward_pages() -> None:
    html = (
        "<div id=zoom><p>甲</p><div><p>乙</p></div><p>丙<o:p><div>丁</div></o:p></div>"
        "<table><tr><td>戊<td>己</table><p id=twice>庚</p><p id=Twice>辛</p><p id='1 x'>壬</p><font><p>癸</p></font>"
    )
    page = read(html)
    check_locators(page, html)
    places = {line.text: build_locator(page, line) for line in page.lines}
    assert places["乙"] == "#zoom > div:nth-of-type(1) > p:nth-of-type(1)"
    assert places["己"] == (
        "body > table:nth-of-type(1) > tbody:nth-of-type(1) > tr:nth-of-type(1) > td:nth-of-type(2)"
    )
    assert places["辛"] == "body > p:nth-of-type(2)"
    assert len(set(places.values())) == len(places)


HOSTILE = {
    "deep": "<div>" * 100_000 + "639次",
    "deep and closed": "<div>" * 50_000 + "639次" + "</div>" * 50_000,
    "deep with end tags that hide it": "<div></x>" * 50_000 + "639次",
    "paragraphs in depth": "<div><p>" * 30_000 + "639次",
    "lists in depth": "<ul><li>" * 30_000 + "639次",
    "tables in depth": "<table><tr><td>" * 20_000 + "639次",
    "many attributes": "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">639次",
    "the same attribute": "<p " + "a=1 " * 200_000 + ">639次",
    "attributes with ends in them": "<p " + " ".join(f"a{i}='1>'" for i in range(50_000)) + ">639次",
    "formatting that is never closed": "".join(f"<font color=c{i}>" for i in range(2000)) + "<p>甲" * 3000 + "639次",
    "end tags": "<div>" * 10_000 + "</p>" * 10_000 + "639次",
    "wide spans": "<table>" + "<tr><td colspan=1000 rowspan=65534>甲<td>639次" * 3000,
    "many cells": "<table>" + ("<tr>" + "<td>639次" * 100) * 300,
    "a sparse grid": "<table><tr>" + "<td>甲" * 10_000 + "<tr><td>639次" * 10_000,
    "white space": "<p>中" + " " * 500_000 + "639次",
    "source breaks": "<p>中" + "\n " * 300_000 + "639次",
    "stray marks": "<" * 100_000 + "639次",
}
LINEAR = 60.0 if "COVERAGE_RUN" in os.environ else 15.0  # seconds; anything not linear takes minutes here


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_stay_linear(html: str) -> None:
    start = time.perf_counter()
    page = read(html)
    assert time.perf_counter() - start < LINEAR
    assert any("639次" in line.text for line in page.lines)


def test_a_sparse_grid_is_given_without_cells() -> None:
    page = read(HOSTILE["a sparse grid"])
    assert page.tables[0].cells == ()
    assert sum(line.table == 0 for line in page.lines) == 20_000


def test_taming_leaves_ordinary_pages_alone() -> None:
    html = "<div><p class='a>b'>甲<b>乙</b></p><script>if (a<b) '<div>'</script><!-- <p> --><p>丙 < 丁</div>戊"
    assert not is_hostile(html)
    assert read(tame(html)) == read(html)


def test_word_export() -> None:
    page = read_page(decode_page((HERE / "pages" / "page" / "word-export.html").read_bytes()))
    assert [line.text for line in page.lines] == [
        "云岭县政协工作报告",
        "过去一年，本会共组织视察17次，收到提案236件",
        "一、 凝聚共识",
        "走访委员48人。",
        "项目",
        "数量",
        "（件）",
        "立案",
        "办结",
        "提案",
        "236",
        "230",
        "云岭县政协办公室",
    ]
    assert lay_out(page.tables[0]) == [["项目", "数量（件）", None], [None, "立案", "办结"], ["提案", "236", "230"]]
    assert [line.bold for line in page.lines[:4]] == [9, 0, 4, 8]


def test_legacy_page() -> None:
    decoded = decode_page((HERE / "pages" / "page" / "legacy-gb2312-labelled-utf8.html").read_bytes())
    assert (decoded.encoding, decoded.declared_encoding) == ("gb18030", "utf-8")
    page = read_page(decoded)
    assert [line.text for line in page.lines if not line.hidden] == [
        "今日：2031年2月3日",
        "白沙镇简报",
        "各位代表：",
        "全镇新修水渠12.5公里。",
        "新建校舍",
        "3间",
        "受益1860人",
        "电话：0000-1234567",
    ]
    assert [line.text for line in page.lines if line.hidden] == ["打印：全镇新修水渠12.5公里。"]
