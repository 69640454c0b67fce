"""Bytes → characters: labels that lie, marks, stray bytes, and what kind of text it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qjreport.page import decode_page, read_page

BODY = (
    "各位委员：一年来，全年办理提案459件，办结率达到98.5%，组织视察调研63次，参与2万余人次。会议认为，工作取得新成效。"
)
TRADITIONAL = "各位委員：全年辦理提案459件，辦結率達到98.5%，組織視察調研63次，開展協商活動，取得新的成效。"


def page(label: str | None = None, body: str = BODY) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    return f"<html><head>{meta}<title>工作报告</title></head><body><p>{body}</p></body></html>"


ENCODINGS = [
    # (encoding of the bytes, label, what was used)
    ("utf-8", "utf-8", "utf-8"),
    ("utf-8", "gb2312", "utf-8"),
    ("utf-8", "big5", "utf-8"),
    ("utf-8", "no-such-thing", "utf-8"),
    ("utf-8", None, "utf-8"),
    ("utf-8-sig", "gb2312", "utf-8"),
    ("gb2312", "gb2312", "gb18030"),
    ("gb18030", "gbk", "gb18030"),
    ("gb18030", "utf-8", "gb18030"),
    ("gb18030", "big5", "gb18030"),
    ("gb18030", "iso-8859-1", "gb18030"),
    ("gb18030", "no-such-thing", "gb18030"),
    ("gb18030", None, "gb18030"),
    ("gb18030", "unicode_escape", "gb18030"),
    ("utf-16", None, "utf-16-le"),
    ("utf-16-le", None, "utf-16-le"),
    ("utf-16-be", "gb2312", "utf-16-be"),
    ("utf-16-le", "utf-8", "utf-16-le"),
]


@pytest.mark.parametrize(("encoding", "label", "used"), ENCODINGS)
def test_ladder(encoding: str, label: str | None, used: str) -> None:
    decoded = decode_page(page(label).encode(encoding))
    assert decoded.text == page(label)
    assert (decoded.encoding, decoded.declared_encoding, decoded.replacements) == (used, label, 0)


@pytest.mark.parametrize("label", ["big5", "gb2312", None])
def test_big5(label: str | None) -> None:
    text = page(label, TRADITIONAL).replace("报", "報")
    decoded = decode_page(text.encode("big5"))
    assert (decoded.text, decoded.encoding) == (text, "big5hkscs")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("text", [BODY, "增长3件。", "一是", "各地区生产总值"])
def test_short_text_without_a_label(text: str, encoding: str) -> None:
    assert decode_page(text.encode(encoding)).text == text


def test_xml_declaration() -> None:
    decoded = decode_page(b'<?xml version="1.0" encoding="GBK"?><html><p>' + BODY.encode("gbk"))
    assert (decoded.declared_encoding, decoded.encoding) == ("gbk", "gb18030")


def test_four_byte_gb18030() -> None:
    text = page("gb18030", BODY + "𠮷㐀镕")
    assert decode_page(text.encode("gb18030")).text == text


def test_private_ideographic_space_of_gbk() -> None:
    decoded = decode_page(
        page("gb2312", "一、").encode("gbk").replace("、".encode("gbk"), "、".encode("gbk") + b"\xa3\xa0")
    )
    assert "一、\u3000" in decoded.text


STRAY = [b"\xff", b"\x80", b"\xb9", b"\x81", b"\xc4"]


@pytest.mark.parametrize("stray", STRAY)
@pytest.mark.parametrize("before", ["全年办理", "，组织", "<p>", "98.5", "件，"])
def test_one_stray_byte_in_gb18030(before: str, stray: bytes) -> None:
    data = page("gb2312").encode("gb18030")
    place = data.index(before.encode("gb18030")) + len(before.encode("gb18030"))
    decoded = decode_page(data[:place] + stray + data[place:])
    assert decoded.encoding == "gb18030"
    assert decoded.replacements == 1
    assert decoded.text.replace("\ufffd", "") == page("gb2312")


def test_broken_character_in_gb18030_is_one_replacement() -> None:
    data = page("gb2312").encode("gb18030")
    place = data.index("视察".encode("gb18030"))
    decoded = decode_page(data[: place + 1] + b"\xff" + data[place + 2 :])
    assert decoded.text == page("gb2312").replace("视察", "\ufffd察")


def test_one_bad_byte_leaves_utf8_utf8() -> None:
    for label in ("utf-8", "gb2312", None):
        data = page(label).encode()
        place = data.index("视察".encode())
        decoded = decode_page(data[:place] + b"\xff" + data[place:])
        assert (decoded.encoding, decoded.replacements) == ("utf-8", 1)
        assert decoded.text.replace("\ufffd", "") == page(label)


def test_cut_off_utf8_stays_utf8() -> None:
    decoded = decode_page(page().encode()[:120])
    assert decoded.encoding == "utf-8"


def test_replacement_characters_of_the_page_itself_are_not_counted() -> None:
    assert decode_page("<p>甲\ufffd乙".encode()).replacements == 0


def test_encoding_that_is_asked_for() -> None:
    decoded = decode_page(page("utf-8").encode("gb18030"), "GB2312")
    assert (decoded.text, decoded.encoding) == (page("utf-8"), "gb18030")
    assert decode_page(BODY.encode(), "gb18030").encoding == "gb18030"  # even where it is wrong


@pytest.mark.parametrize("name", ["no-such-thing", "", "hex", "rot13", "a\0b", "undefined", "unicode_escape"])
def test_encoding_that_does_not_exist(name: str) -> None:
    with pytest.raises(LookupError, match="gb18030"):
        decode_page(b"", name)


MEDIA = [
    ("<!DOCTYPE html>甲", "text/html"),
    ("甲<br/>乙", "text/html"),
    ("<P ALIGN=center>甲", "text/html"),
    ("甲</div>乙", "text/html"),
    ("# 报告\n<div>甲</div>", "text/html"),
    ("# 报告\n甲<br>乙", "text/markdown"),
    ("指标|产量\n---|---\n粮食|12", "text/markdown"),
    ("**一、**\n\n**二、**", "text/markdown"),
    ("甲<乙>丙", "text/plain"),
    ("x<y，a>b，p<0.05", "text/plain"),
    ("共**12项", "text/plain"),
    ("", "text/plain"),
]


@pytest.mark.parametrize(("text", "media_type"), MEDIA)
def test_media_type(text: str, media_type: str) -> None:
    assert decode_page(text.encode()).media_type == media_type


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    for prefix in (b"", b"<p>", b"\xff\xfe", "各位委员".encode("gb18030")):
        decoded = decode_page(prefix + data)
        assert decoded == decode_page(prefix + data)
        assert read_page(decoded) == read_page(decoded)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=100), st.sampled_from(("utf-8", "gb2312", "big5", "utf-16", "utf-7", "cp1252", "hz")))
def test_any_bytes_are_read_in_any_encoding(data: bytes, encoding: str) -> None:
    read_page(decode_page(data, encoding))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="各位委员全年办理提案件次率达到会议认为工作成效，。：09% <>", min_size=8, max_size=60))
def test_chinese_survives_every_encoding(text: str) -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert decode_page((BODY + text).encode(encoding)).text == BODY + text
