"""Pages that are made to be slow, each of any length, and the plain page that they are compared with.

`tests/test_hostile.py` reads them small, `benchmarks/hostile.py` at full size. The words and figures are invented.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Callable
from typing import NamedTuple

MB = 1_000_000

SENTENCE = (
    "一年来，我们坚持围绕中心、服务大局，深入基层开展调研，认真听取各界群众的意见和建议，全年共办理提案{0}件，"
    "比上年增长{1}.{2}%，完成重点项目投资{3}亿元，新建和改扩建学校{2}所，群众的获得感明显增强。"
)


class Case(NamedTuple):
    """`make` returns about as many bytes as it is asked for; `full` is how many the benchmark asks for."""

    make: Callable[[int], bytes]
    full: int
    limit: float = 4.0  # times the seconds of a plain page of the same size


def fill(size: int, write: Callable[[int], str], start: str = "", end: str = "") -> bytes:
    """A page with enough pieces to have the size."""
    pieces, have, index = [start.encode()], 0, 0
    while have < size:
        pieces.append(write(index).encode())
        have += len(pieces[-1])
        index += 1
    return b"".join([*pieces, end.encode()])


def repeat(
    piece: str, start: str = "<p>全年办理提案459件。</p>", end: str = "<p>走访639次。</p>"
) -> Callable[[int], bytes]:
    """Pages that say one thing again and again; {} is a number that changes."""
    if "{}" in piece:
        return lambda size: fill(size, lambda index: piece.replace("{}", str(index)), start, end)
    return lambda size: (start + piece * max(1, size // len(piece.encode())) + end).encode()


def write_sentence(index: int) -> str:
    return SENTENCE.format(index % 900 + 100, index % 17 + 1, index % 9 + 1, index % 5000 + 300)


def make_plain(size: int) -> bytes:
    """Ordinary paragraphs with ordinary numbers."""
    return fill(size, lambda index: f"<p>{write_sentence(index)}</p>\n", "<h1>白溪区政协工作报告</h1>\n")


def make_nested(*tags: str) -> Callable[[int], bytes]:
    opened, closed = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))

    def make(size: int) -> bytes:
        depth = size // (len(opened) + len(closed))
        return f"{opened * depth}<p>全年办理提案459件。</p>{closed * depth}".encode()

    return make


def make_table(columns: int, cell: str = "<td>{}</td>") -> Callable[[int], bytes]:
    """A table of cells, `columns` in a row (0: all in one)."""

    def write_cell(index: int) -> str:
        row = "<tr>" if columns and index % columns == 0 else ""
        return row + cell.replace("{}", str(index % 9973))

    return lambda size: fill(size, write_cell, "<p>全年办理提案459件。</p><table><tr>", "</table><p>走访639次。</p>")


def make_wide(size: int) -> bytes:
    """UTF-16 without a byte-order mark."""
    return make_plain(size // 2 * 3 // 2).decode().encode("utf-16-le")[:size]


def make_mhtml(size: int) -> bytes:
    """A saved page of a thousand parts, of which one is the page."""
    head = 'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n'
    part = "--b\r\nContent-Type: {}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n"
    picture = base64.encodebytes(b"\0" * (size * 3 // 4 // 1000)).decode()
    page = base64.encodebytes(make_plain(size // 20)).decode()
    return (head + part.format("text/html", page) + part.format("image/png", picture) * 999 + "--b--").encode()


def make_bomb(size: int) -> bytes:
    """A packed page that unpacks to the size."""
    return gzip.compress(make_plain(size), mtime=0)


def make_meta(size: int) -> bytes:
    return fill(
        size, lambda index: f'<meta name=keyword{index} content="提案{index}件">', "<head>", "<p>走访639次。</p>"
    )


def join_sentences(end: str) -> Callable[[int], bytes]:
    return lambda size: fill(size, lambda index: write_sentence(index).replace("。", end), "<p>", "</p>")


LAUGHS = '<!DOCTYPE html [<!ENTITY a0 "笑">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
)

CASES: dict[str, Case] = {
    # lines and paragraphs
    "one line of markup": Case(lambda size: make_plain(size).replace(b"\n", b""), 100 * MB),
    "one line of text": Case(lambda size: fill(size, write_sentence), 10 * MB),
    "one paragraph": Case(join_sentences("。"), 100 * MB),
    "one sentence": Case(join_sentences("，"), 10 * MB),
    "one sentence without a comma": Case(repeat("新增项目{}个", "<p>"), 10 * MB),
    "one character": Case(repeat("的"), 10 * MB),
    "a paragraph of numbers": Case(repeat("{} ", "<p>"), 700_000, 6.0),
    "numbers and commas": Case(repeat("{}，", "<p>"), MB),
    "identical lines": Case(repeat("<p>全年办理提案459件，增长5.3%。</p>\n"), 10 * MB),
    "empty lines": Case(repeat("<p></p>\n"), 10 * MB),
    "line breaks": Case(repeat("<br>"), 10 * MB),
    "white space": Case(repeat(" \n\u3000"), 10 * MB),
    "links": Case(repeat("<a href=t{}.html>动态{}</a>"), 10 * MB),
    # markup
    "nested div": Case(make_nested("div"), 1_100_000),
    "nested span": Case(make_nested("span"), 1_300_000),
    "nested b": Case(make_nested("b"), 700_000),
    "nested tables": Case(make_nested("table", "tr", "td"), 2_500_000),
    "nested lists": Case(make_nested("ul", "li"), 1_700_000),
    "nested sections and quotations": Case(make_nested("section", "blockquote"), 4_400_000),
    "nested select": Case(repeat("<select><option>"), 1_600_000),
    "never closed": Case(repeat("<div>"), MB),
    "attributes of one element": Case(repeat(" a{}={}", "<p", ">全年办理提案459件。</p>"), 15 * MB),
    "attributes of many elements": Case(repeat("<p a1=1 b2='2' c=\"3\" d e=5>全年办理提案{}件。</p>"), 10 * MB),
    "one attribute of megabytes": Case(repeat("x", '<p title="', '">全年办理提案459件。</p>'), 10 * MB),
    "one style of megabytes": Case(
        repeat("display:none ;", '<p style="', 'display:block">全年办理提案459件。</p>'), 10 * MB
    ),
    "identifiers": Case(repeat("<p id=p{} class=c{}>提案{}件。</p>"), 10 * MB),
    "entities": Case(repeat("&nbsp;&#25552;&#x6848;&amp;"), 10 * MB),
    "entities that are none": Case(repeat("&abc&#;&#x;&"), 10 * MB),
    "entities in entities": Case(
        lambda size: (LAUGHS + "<p>&a9;全年办理提案459件。</p>").encode() + make_plain(size), MB
    ),
    "comments": Case(repeat("<!-- 459件 -->"), 10 * MB),
    "one comment": Case(repeat("459件-", "<p>走访639次。</p><!--", "-->"), 10 * MB),
    "comments without an end": Case(repeat("<!--"), 10 * MB),
    "scripts": Case(repeat("<script>var a={};</script>"), 10 * MB),
    "one script": Case(repeat("var a='<p>459件';", "<p>走访639次。</p><script>", "</script>"), 10 * MB),
    "CDATA": Case(repeat("<![CDATA[459件]]>"), 10 * MB),
    "pictures in SVG": Case(repeat("<svg><text>459件</text><g><path d='M0 0'/></g></svg>"), 10 * MB),
    "labels in SVG": Case(repeat("<text x={}>{}件</text>", "<p>走访639次。</p><svg>", "</svg>"), 5 * MB),
    "options of one menu": Case(repeat("<option>{}件", "<p>走访639次。</p><select>", "</select>"), MB),
    "chosen options of one menu": Case(
        repeat("<option selected>{}件</option>", "<p>走访639次。</p><select>", "</select>"), MB
    ),
    "menus": Case(repeat("<select><option>{}件</option></select>"), 2_500_000),
    "menus that are not closed": Case(repeat("<table><tr><td><select><option>{}件<td>提案{}件</table>"), 500_000, 8.0),
    "fields": Case(repeat("<input value={}><textarea>{}件</textarea>"), 2_500_000),
    "readings": Case(repeat("<ruby>江<rt>jiang{}</ruby>"), 2_500_000),
    "raised marks": Case(repeat("提案{}<sup>1</sup>件，"), 2_500_000, 6.0),
    "titles": Case(repeat("<title>工作报告</title>"), MB),
    "stray marks": Case(repeat("<"), MB),
    "end tags": Case(repeat("</p></div>"), 10 * MB),
    "crossing tags": Case(repeat("<b><p><i></b>提案{}件</p></i>"), MB, 6.0),
    "metadata": Case(make_meta, 10 * MB),
    "one title": Case(repeat("工作报告", "<title>", "</title><p>全年办理提案459件。</p>"), 10 * MB),
    "one headline": Case(repeat("2024年工作报告", "<h1>", "</h1><p>全年办理提案459件。</p>"), 5 * MB),
    "many headlines": Case(repeat("<h1>2024年工作报告</h1>"), 5 * MB),
    # tables
    "cells": Case(make_table(1000), 12 * MB, 6.0),
    "cells of one row": Case(make_table(0), 12 * MB),
    "cells of one column": Case(make_table(1), 16 * MB),
    "empty cells": Case(make_table(1000, "<td>"), 4 * MB),
    "small tables": Case(repeat("<table><tr><td>指标<td>数量<tr><td>提案<td>{}</table>"), 10 * MB, 6.0),
    "wide spans": Case(make_table(10, "<td colspan=1000000000 rowspan=1000000000>{}</td>"), 5 * MB),
    "spans of a thousand": Case(make_table(10, "<td colspan=999 rowspan=65000>{}</td>"), 5 * MB),
    "spans of two": Case(make_table(10, "<td colspan=2 rowspan=2>{}</td>"), 5 * MB),
    # numbers and marks
    "one numeral of digits": Case(repeat("7", "<p>全年办理提案", "件。</p>"), MB),
    "one numeral with commas": Case(repeat(",777", "<p>全年办理提案7", "件。</p>"), MB),
    "one numeral of places": Case(repeat("7", "<p>增长0.", "%。</p>"), MB),
    "one numeral with points": Case(repeat("7.", "<p>全年办理提案", "件。</p>"), MB),
    "one numeral of tens": Case(repeat("十", "<p>全年办理提案", "件。</p>"), 300_000),
    "one numeral of characters": Case(repeat("三百", "<p>全年办理提案", "件。</p>"), 600_000),
    "one numeral of myriads": Case(repeat("亿", "<p>全年办理提案7", "件。</p>"), 300_000),
    "fractions": Case(repeat("1/", "<p>", "7件。</p>"), 300_000, 8.0),
    "ranges": Case(repeat("7—", "<p>", "7件。</p>"), 300_000, 6.0),
    "signs": Case(repeat("-", "<p>增长", "7%。</p>"), 300_000),
    "per cent signs": Case(repeat("%", "<p>增长7", "。</p>"), MB),
    "hedges": Case(repeat("近约超过", "<p>全年办理提案", "7件。</p>"), MB),
    "listed names": Case(repeat("甲、", "<p>", "分别增长7%、8%。</p>"), 300_000),
    "joined names": Case(repeat("提案和", "<p>", "议案7件。</p>"), 900_000),
    "listed numbers": Case(repeat("7%、", "<p>甲、乙分别增长", "8%。</p>"), 400_000, 20.0),
    "parts of wholes": Case(repeat("其中提案{}件，", "<p>全年共{}件，"), MB, 6.0),
    "structures": Case(repeat("{}:", "<p>三次产业结构为", "7。</p>"), MB),
    "circled numbers": Case(repeat("①", "<p>"), 500_000, 6.0),
    "fractions of one character": Case(repeat("½、", "<p>增长", "7件。</p>"), 150_000, 30.0),
    "numbers in groups of three": Case(repeat("1 234 567 ", "<p>", "元。</p>"), 500_000, 6.0),
    "raised digits": Case(repeat("⁴", "<p>全年办理提案7", "件。</p>"), 500_000),
    "years": Case(repeat("2024年", "<p>"), MB),
    "comparisons": Case(repeat("比上年同期", "<p>", "增长7%。</p>"), MB),
    "quotation marks": Case(repeat("「", "<p>全年办理提案459件。"), MB),
    "quotation marks of two kinds": Case(repeat("“‘", "<p>全年办理提案459件。"), MB),
    "brackets": Case(repeat("（", "<p>全年办理提案459件。"), MB),
    "brackets with numbers": Case(repeat("（{}件", "<p>全年办理提案"), MB, 9.0),
    "book titles": Case(repeat("《", "<p>全年办理提案459件。"), MB),
    "full stops": Case(repeat("。", "<p>全年办理提案459件"), MB),
    "headings": Case(repeat("<p>一、办理提案</p>"), 2_500_000),
    "headings in order": Case(repeat("<p>{}.办理提案</p>"), 2_500_000),
    "headings of all levels": Case(repeat("<p>一、总</p><p>（一）分</p><p>1.项</p><p>（1）目{}件</p>"), 8 * MB),
    "heading markers": Case(repeat("一、", "<p>"), 600_000),
    "heading markers in brackets": Case(repeat("（一）", "<p>"), 900_000),
    "heading markers of digits": Case(repeat("1.", "<p>"), 200_000, 6.0),
    "bullets": Case(repeat("●◆", "<p>"), 600_000),
    "labels": Case(repeat("来源：本报 编辑：", "<p>"), MB),
    "lines of labels": Case(repeat("<p>来源：本报 编辑：周正 2024-01-02</p>"), 5 * MB),
    # characters
    "combining characters": Case(repeat("提\u0301\u0302\u0303"), MB),
    "a pile of combining characters": Case(repeat("\u0301", "<p>提案459件"), MB),
    "turned directions": Case(repeat("\u202e提案459件\u2066", "<p>"), MB),
    "NUL": Case(repeat("\0", "<p>提案459件"), MB),
    "NUL between characters": Case(repeat("提\0案\0{}件\0", "<p>"), MB, 6.0),
    "zero-width characters": Case(repeat("提\u200b案\ufeff{}件", "<p>"), MB),
    "bytes that are no text": Case(lambda size: make_plain(size // 2) + b"\xff\xfe\x80" * (size // 6), 5 * MB, 4.0),
    "UTF-16 without a mark": Case(make_wide, 5 * MB),
    # wrappings
    "MHTML of a thousand parts": Case(make_mhtml, 10 * MB),
    "a packed page": Case(make_bomb, 10 * MB),
    # Markdown
    "Markdown emphasis": Case(repeat("**", "# 报告\n提案459件 **甲** **乙** ", ""), MB),
    "Markdown underlines": Case(repeat("__a", "# 报告\n提案459件 ", ""), MB),
    "Markdown brackets": Case(repeat("[", "# 报告\n提案459件 ", ""), MB, 6.0),
    "Markdown pictures": Case(repeat("![](", "# 报告\n提案459件 ", ""), MB, 6.0),
    "Markdown headings": Case(repeat("# 提案{}件\n", "# 报告\n", ""), 2 * MB),
    "a Markdown heading of blanks": Case(repeat(" ", "# 报告\n# 提案", "459件\n"), MB),
    "a Markdown heading of marks": Case(repeat("# ", "# 报告\n# 提案", "459件\n"), MB),
    "Markdown rules": Case(repeat("- ", "# 报告\n提案459件\n", "甲"), MB),
    "Markdown quotations": Case(repeat("> ", "# 报告\n提案459件\n", "甲"), MB),
    "a Markdown table": Case(repeat("|提案|{}|\n", "# 报告\n|甲|乙|\n|---|---|\n", ""), 2 * MB, 6.0),
    "a Markdown row": Case(repeat("|{}", "# 报告\n|甲|乙|\n|---|---|\n", ""), MB, 7.0),
    "a Markdown rule of a table": Case(repeat("|---", "# 报告\n|甲|乙|\n", "甲"), MB),
    "lines of blanks": Case(repeat(" \t", "提案459件\n", "甲\n"), MB),
    "back ticks": Case(repeat("`a", "# 报告\n提案459件", ""), MB),
}
