"""The default reader and the second one give the same lines for markup that HTML closes by itself."""

from __future__ import annotations

import pytest

from qjreport.model import Decoded
from qjreport.page import read_page
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
)


@pytest.mark.parametrize("html", HTML)
def test_both_readers(html: str) -> None:
    pytest.importorskip("bs4")
    decoded = Decoded(text=html, media_type="text/html", encoding="utf-8")
    one, other = (read_page(decoded, reader) for reader in ("lexbor", "soup"))
    assert [line.text for line in one.lines] == [line.text for line in other.lines]
    assert one.lines


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
