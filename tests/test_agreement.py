"""The default reader and the second one give the same lines for markup that HTML closes by itself."""

from __future__ import annotations

import random

import pytest
from conftest import ROOT
from damaged import damage
from pages import READERS, read

from qjreport.page.gb18030 import read_legibility
from qjreport.text.sentences import LONGEST_PAIR, find_pairs, find_sentences

HTML = (
    "<p>新建公路9公里</br>植树3万株</p>",
    "<p>甲<p>乙</p></p>丙",
    "<form><div>甲</form>乙</div>丙",
    "</form><p>甲</p></form>",
    "<button>甲<button>乙</button>丙</button>",
    "<a>甲<a>乙</a>丙</a>",
    "<nobr>甲<nobr>乙",
    "<table><tr><td>甲<table><tr><td>乙</table>丙</table>丁",
    "<table><tr><td>甲<td>乙<tr><td>丙</table>",
    "<table><tbody><td>甲</td></tbody></table>",
    "<table><caption>表1<tr><td>甲</table>",
    "<ul><li>甲<li>乙<ul><li>丙</ul><li>丁</ul>戊",
    "<dl><dt>甲<dd>乙<dt>丙<dd>丁</dl>",
    "<h1>甲<h2>乙</h2>",
    "<head><title>甲</title></head><body><p>乙</body><p>丙</html>丁",
    "</head><p>甲</p></body></html><p>乙",
    "<select><option>甲<option>乙</select>丙",
    "<p>甲<hr>乙<img alt=丙>丁",
    "<b>甲<i>乙</b>丙</i>丁",
    "<div><span>甲</div>乙</span>丙",
    # What no reader sees, never closed: the element around it ends it.
    "<p>甲<video>乙</p>丙",
    "<p>甲<audio>乙</p>丙",
    "<div>甲<canvas>乙</div>丙",
    "<table><tr><td>甲<object>乙<td>丙</table>丁",
    "<div>甲<noscript>乙</div><p>丙",
    "<head><noscript><title>甲</title></noscript></head><p>乙",
    "<head></head><p>甲</p><noscript><body>乙",
    "<p>甲<rt>乙</p>丙",
    "<p>甲<template>乙</p></template>丙",
    "<div>甲<select><option>乙</div></select>丙",
    "<p>甲<svg><text>乙<p>丙",
    "<p>甲<svg><g>乙</p>丙",
    "<p>甲<svg><foreignObject><p>乙</p></foreignObject></svg>丙",
    "<p>甲<svg/>乙",
    # A whole page on one line, with what belongs into its head between its paragraphs
    '<html><head><meta charset=utf-8><title>甲</title></head><noscript><meta http-equiv=a content="b"><body><p>乙</p>'
    '</noscript><meta name=c content="d"><div>丙<meta name=e content=f></div><link rel=g>丁',
    '<meta name=a content="甲"乙"><head><meta content=\'b\'><p>丙9公里</p><meta><p>丁',
    "<p>甲<meta name=a content='乙><p>丙'><p>丁",
    # Elements that hold no tags
    "<p>甲</p><iframe src=x />乙<p>丙</p>",
    "<p>甲<xmp>乙<b>&amp;</xmp>丙",
    "<p>甲<plaintext>乙</plaintext><b>丙",
    "<p>甲<textarea>乙<p>丙</textarea>丁",
    "<p>甲<script>if (a<b) '</p>'</script >乙",
    "<p>甲<noframes>乙",
    # Comments, tags and values that are not closed
    "<p>甲<!-- 乙 <p>丙",
    "<p>甲<!--- 乙 <p>丙",
    "<p>甲<!-->乙",
    "<p>甲<!--[if IE]>乙<![endif]-->丙<![if !IE]>丁<![endif]>戊",
    "<p>甲<![if !IE]乙>丙",
    "<p>甲<?xml:namespace prefix = o />乙</ p>丙</>丁",
    "<p>甲<![CDATA[乙>丙]]>丁",
    "<p>甲<a href='b.htm\">乙<p>丙",
    '<p>甲<a href="b.htm>乙<p>丙',
    '<p>甲<a href="b.htm"">乙<div class="c"id=d>丙',
    '<p>甲<a title="乙"丙">丁',
    '<p>甲<a title=乙"丙>丁</a>戊',
    "<p>甲<div/>乙<span/>丙<p/>丁",
    "<p>甲<br\u3000乙>丙<br",
    "甲<1乙< p>丙<",
    # References without a semicolon
    "<p>甲&notit;乙&amp丙&nbsp丁&#57戊&#x39;&#;&x;&am<b>p;",
    "<title>甲&lt乙</title><textarea>丙&lt;</textarea>丁",
    "<p>甲<image src=a>乙<frameset><frame>丙",
)


@pytest.mark.parametrize("html", HTML)
def test_both_readers(html: str) -> None:
    one, other = (read(html, reader) for reader in READERS)
    assert [line.text for line in one.lines] == [line.text for line in other.lines]
    assert [aside.text for aside in one.asides] == [aside.text for aside in other.asides]
    assert one.lines


def test_both_readers_of_damaged_pages() -> None:
    """No damage makes either reader lose or find a character; what stands between rows of a table may move."""
    pages = [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*t.html"))]
    choose = random.Random(21)
    differing = []
    for _ in range(300):
        page, done = damage(choose.choice(pages), choose)
        one, other = ("".join(line.text for line in read(page, reader).lines) for reader in READERS)
        if sorted(one) != sorted(other):
            differing.append(done)
    assert differing == []


def test_legibility() -> None:
    assert read_legibility("") == read_legibility("ascii alone") == 0.0
    assert read_legibility("全年办理提案" * 9999) == pytest.approx(5 / 6, rel=0.01)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("“甲", []),
        ("甲”", []),
        ("“甲（乙”丙）", [(0, 5)]),
        ("（甲“乙）丙", [(0, 5)]),
        (f"“{'甲' * LONGEST_PAIR}乙”丙（丁）", [(LONGEST_PAIR + 4, LONGEST_PAIR + 7)]),
    ],
)
def test_pairs(text: str, pairs: list[tuple[int, int]]) -> None:
    assert find_pairs(text) == pairs


def test_sentences() -> None:
    text = "甲。乙（丙。丁）戊\n“己\n庚。辛”"
    assert [text[start:end] for start, end in find_sentences(text)] == ["甲。", "乙（丙。丁）戊\n", "“己\n", "庚。辛”"]
    assert find_sentences("") == []
    text = "甲（。）乙。”丙！"
    assert [text[start:end] for start, end in find_sentences(text)] == ["甲（。）乙。”", "丙！"]
