"""Every number that a reader sees is in a fact, a non-fact or a dropped line, also of pictures, forms and readings."""

from __future__ import annotations

import pytest
from pages import READERS, read

import qjreport

MENU = "<option>2023年<option selected>2024年<option>2025年"
# What stands on the page, what a reader sees of it, and what it is
SEEN = [
    ("<svg><text>459件</text></svg>", ["459件"], "picture"),
    ("<svg><g><text x=1>2023<tspan x=9>2024</tspan></text></g></svg>", ["2023 2024"], "picture"),
    ("<svg><text>12<tspan>.5</tspan>%</text></svg>", ["12.5%"], "picture"),
    ("<svg><foreignObject><div>459件</div></foreignObject></svg>", ["459件"], "picture"),
    ("<svg><text><![CDATA[459]]></text></svg>", ["459"], "picture"),
    ("<svg><title>1</title><desc>2</desc><defs><text>3</text></defs><path d='M4 4'/></svg>", [], "picture"),
    ("<textarea>办理459件\n办复12件</textarea>", ["办理459件 办复12件"], "form"),
    ("<textarea placeholder='最多500字'></textarea>", ["最多500字"], "form"),
    ("<input value=459件><input type=submit value=第2页><input placeholder=3>", ["459件", "第2页", "3"], "form"),
    ("<input type=hidden value=1><input type=checkbox value=2><input type=password value=3>", [], "form"),
    (f"<select>{MENU}</select>", ["2024年"], "form"),
    ("<select><option label=甲>乙<option>丙</select>", ["甲"], "form"),
    ("<select><optgroup label=甲><option>459件</optgroup><option>2</select>", ["459件"], "form"),
    (f"<select size=2>{MENU}</select>", ["2023年 2024年"], "form"),
    (f"<select multiple>{MENU}</select>", ["2023年 2024年 2025年"], "form"),
    (f"<select hidden>{MENU}</select>", [], "form"),
    (f"<div style='display:none'><select>{MENU}</select><input value=1></div>", [], "form"),
    ("<ruby>江<rp>(</rp><rt>jiang1</rt><rp>)</rp></ruby>", ["jiang1"], "ruby"),
    ("<ruby>江<rp>(<rt>jiang1<rp>)</ruby>", ["jiang1"], "ruby"),
]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("markup", "seen", "reason"), SEEN)
def test_what_a_reader_sees_beside_the_lines(markup: str, seen: list[str], reason: str, reader: str) -> None:
    page = read(f"<p>甲{markup}乙</p>", reader)
    assert [aside.text for aside in page.asides] == seen
    assert {aside.reason for aside in page.asides} <= {reason}
    assert "".join(line.text for line in page.lines).replace("江", "") == "甲乙"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<table><tr><td><select><option>1<td>甲<tr><td>乙</table>丙", ["甲", "乙", "丙"]),
        ("<table><tr><td><select><option>1</td><td>甲</td></tr></table>乙", ["甲", "乙"]),
        ("<p><select><option>1<input value=2>甲</p>", ["甲"]),
        ("<p><select><option>1<select>甲</p>", ["甲"]),
        ("<p><select><option>1</p><p>甲</select>乙</p>", ["乙"]),
    ],
)
def test_a_menu_that_is_not_closed(markup: str, lines: list[str], reader: str) -> None:
    assert [line.text for line in read(markup, reader).lines] == lines


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("办理459<sup>1</sup>件", "办理459¹件"),
        ("办理<b>459</b><sup><a href=#n>12</a></sup>件", "办理459¹²件"),
        ("耕地10<sup>4</sup>亩", "耕地10⁴亩"),
        ("绿地12m<sup>2</sup>", "绿地12m2"),
        ("办理459<sup>[1]</sup>件", "办理459[1]件"),
        ("第<sup>1</sup>2", "第12"),
    ],
)
def test_raised_digits(markup: str, text: str, reader: str) -> None:
    assert [line.text for line in read(f"<p>{markup}</p>", reader).lines] == [text]


def test_the_account_of_a_page() -> None:
    page = f"""<h1>白溪区2024年政协工作报告</h1>
<p>2024年，全区共办理提案459<sup>1</sup>件，办复率达到100%，支出1 234 567元，用时3½小时，群众十分满意。</p>
<p>①组织调研12次，②走访群众300人次，各项工作都取得了新的成效。</p>
<svg><text>71</text></svg><select>{MENU}</select><input value=88><textarea>99</textarea>
<p><ruby>江<rt>jiang1</rt></ruby>边新建步道5公里，全年接待游客20万人次，服务水平明显提升。</p>"""
    report = qjreport.extract(page.encode())
    facts = {fact.quote: str(fact.value) for fact in report.facts}
    assert facts["459¹件"] == "459"
    assert facts["1 234 567元"] == "1234567"
    assert facts["3½小时"] == "3.5"
    assert [(number.quote, number.why) for number in report.non_facts if number.quote in "①②"] == [
        ("①", "ordinal"),
        ("②", "ordinal"),
    ]
    dropped = [(line.text, line.reason) for line in report.dropped if line.reason in ("picture", "form", "ruby")]
    assert dropped == [("71", "picture"), ("2024年", "form"), ("88", "form"), ("99", "form"), ("jiang1", "ruby")]
    assert report.counts.dropped >= 5
    assert all(line.locator for line in report.dropped)
