"""Bytes → characters: byte-order mark, strict UTF-8, declared label, scored candidates, in this order.

Labels of Chinese pages are often wrong and one bad byte is common, so that a label is believed only where the bytes
bear it out. The bytes come from `sources`; `readers` reads the characters. `find_media_type` says whether they are
HTML, Markdown or plain text: by their marks, never by the file's name.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from qjreport.model import Decoded
from qjreport.page.gb18030 import REPLACEMENT, decode_gb18030, read_legibility, settle
from qjreport.text.patterns import compile_re

_STRUCTURE: Final = (
    "html|head|body|title|meta|link|script|style|p|div|table|tbody|tr|td|th|ul|ol|li|dl|dt|dd|center|h[1-6]|section"
    "|article|main|header|footer|nav|pre|blockquote|form|frameset"
)
_INLINE: Final = "br|hr|a|b|i|u|em|strong|span|font|img|sub|sup"
_HTML: Final = compile_re(rf"<!doctype\s+html|</?(?:{_STRUCTURE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_INLINE_HTML: Final = compile_re(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PART_OF_TAG: Final = compile_re(rf"<(?:{_STRUCTURE}|{_INLINE})\s+[a-z-]+\s*=", re.IGNORECASE)
_HEADING: Final = compile_re(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_EMPHASIS: Final = compile_re(r"\*\*[^*\n]{1,200}\*\*|(?<!_)__[^_\n]{1,200}__(?!_)")
_TABLE_RULE: Final = compile_re(r"^[ \t]*+\|?[ \t]*+:?-{3,}+:?[ \t]*+\|[-:| \t]*+$", re.MULTILINE)
_ENOUGH_EMPHASIS: Final = 2  # one pair of ** may be anything, also 两位*号


def find_media_type(text: str) -> str:
    """text/html, text/markdown or text/plain. Markdown may hold a <br>; what has <p> or <table> is HTML.

    >>> find_media_type("增幅<5%的有3项"), find_media_type("<P>各位委员"), find_media_type("# 工作报告<br>")
    ('text/plain', 'text/html', 'text/markdown')
    """
    if "<" in text and _HTML.search(text):
        return "text/html"
    if is_markdown(text):
        return "text/markdown"
    if "<" in text and (_INLINE_HTML.search(text) or _PART_OF_TAG.search(text)):
        return "text/html"
    return "text/plain"


def is_markdown(text: str) -> bool:
    if "#" in text and _HEADING.search(text):
        return True
    if "|" in text and _TABLE_RULE.search(text):
        return True
    return ("**" in text or "__" in text) and len(_EMPHASIS.findall(text)) >= _ENOUGH_EMPHASIS


HEAD: Final = 8192  # bytes in which a label is looked for; browsers take 1024, old templates put scripts before it
LEGIBLE: Final = 0.4  # running Chinese has 0.5 to 0.8, wrongly decoded text below 0.15
LABEL_BONUS: Final = 0.15  # of legibility: a label decides between readings that are nearly as legible
BROKEN_SHARE: Final = 5  # one bad byte to five good characters: more, and it is not the encoding

_META_LABEL: Final = compile_re(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{1,40})""", re.IGNORECASE)
_XML_LABEL: Final = compile_re(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.\-]{1,40})""", re.IGNORECASE)
_CHINESE: Final = compile_re("[\u2e80-\U0003fffd]")
_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# GB2312 and GBK are read as GB18030, which holds them; Latin labels on a Chinese page are a server's default.
_SAME: Final = dict.fromkeys(
    ("gb2312", "gbk", "gb-2312", "gb_2312", "gb_2312-80", "x-gbk", "cp936", "936", "chinese", "csgb2312", "gb18030"),
    "gb18030",
) | dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cn-big5", "x-x-big5", "csbig5", "cp950"), "big5hkscs")
# Codecs of Python that read text, and are no encoding of pages: they would turn what a page says into something else.
_NO_CHARSETS: Final = ("unicode-escape", "raw-unicode-escape", "idna", "punycode")
_LATIN: Final = ("ascii", "iso8859-1", "cp1252", "iso8859-15")


def decode_page(data: bytes, encoding: str | None = None) -> Decoded:
    """The characters of a page's bytes, what was declared and what was used.

    `encoding` overrides all evidence. Raises LookupError for an encoding that does not exist.

    >>> page = decode_page('<meta charset="utf-8"><p>全年办理提案459件</p>'.encode("gb18030"))
    >>> page.encoding, page.declared_encoding, page.replacements
    ('gb18030', 'utf-8', 0)
    """
    declared = find_label(data[:HEAD])
    if encoding is not None:
        used = name_encoding(encoding)
        if used is None:
            raise LookupError(f"no encoding {encoding!r}: Chinese pages are utf-8, gb18030, big5 or utf-16")
        text = decode_as(data, used)
    else:
        used, text = find_encoding(data, declared)
    text = text.removeprefix("\ufeff")
    return Decoded(
        text=text,
        media_type=find_media_type(text),
        encoding=used,
        declared_encoding=declared,
        replacements=count_replacements(data, text, used),
    )


def find_label(head: bytes) -> str | None:
    """The encoding that the page itself declares, in lower case.

    >>> find_label(b'<META http-equiv="Content-Type" content="text/html; charset=GB2312">')
    'gb2312'
    """
    match = _META_LABEL.search(head) or _XML_LABEL.search(head)
    if match is None and b"\x00m\x00e\x00t\x00a" in head:  # UTF-16
        match = _META_LABEL.search(head.replace(b"\x00", b""))
    return match[1].decode("ascii").lower() if match else None


def name_encoding(label: str) -> str | None:
    """The codec that a label means, None where it means none that gives text.

    >>> name_encoding("GB2312"), name_encoding("utf8"), name_encoding("rot13")
    ('gb18030', 'utf-8', None)
    """
    label = label.strip().lower()
    if label in _SAME:
        return _SAME[label]
    try:
        name = codecs.lookup(label).name
        b"aaaa".decode(name, "replace")
    except (LookupError, ValueError):  # ValueError: a NUL in the label, a codec that gives no text
        return None
    return None if name in _NO_CHARSETS else _SAME.get(name, name)


def decode_as(data: bytes, encoding: str) -> str:
    """Never raises: a codec that knows no replacing gives way to GB18030."""
    if encoding == "gb18030":
        return decode_gb18030(data)
    try:
        return data.decode(encoding, "replace")
    except (UnicodeError, ValueError):
        return decode_gb18030(data)


def find_encoding(data: bytes, declared: str | None) -> tuple[str, str]:
    """The ladder."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, decode_as(data[len(mark) :], encoding)
    wide = find_wide_encoding(data)
    if wide is not None:
        return wide, decode_as(data, wide)
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    label = name_encoding(declared) if declared else None
    if label in (None, "gb18030"):  # the common case: nothing speaks against it
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            pass
        else:
            if read_legibility(text) >= LEGIBLE:
                return "gb18030", settle(text)
    text = data.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    if len(_CHINESE.findall(text)) > BROKEN_SHARE * broken:
        return "utf-8", text
    return find_legible(data, label)


def find_wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark shows by the zero bytes of its ASCII, all in even or all in odd places."""
    head = data[: HEAD // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if even + odd <= len(head) // 20:
        return None
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def find_legible(data: bytes, label: str | None) -> tuple[str, str]:
    """The candidate in which the bytes make the most legible text."""
    candidates = ["gb18030", "big5hkscs", "utf-16-le", "utf-16-be"]
    if label in _LATIN:
        candidates.append("cp1252")
    elif label is not None and label not in candidates and label != "utf-8":
        candidates.append(label)
    # The head of a page is markup and scripts: the letters show where bytes beyond ASCII begin.
    first = next((place for place, byte in enumerate(data) if byte > 0x7F), 0)
    sample = data[first // 2 * 2 :][:40_000]
    scored: list[tuple[float, int, str]] = []
    for place, encoding in enumerate(candidates):
        try:
            text = sample.decode(encoding, "replace")
        except (UnicodeError, ValueError):
            continue
        scored.append((read_legibility(text) + LABEL_BONUS * (encoding == label), -place, encoding))
    best = max(scored)[2]
    return best, decode_as(data, best)


def count_replacements(data: bytes, text: str, encoding: str) -> int:
    """Bytes that gave no character: the replacement characters that do not stand in the page itself."""
    if REPLACEMENT not in text:  # ten times as fast as counting none
        return 0
    found = text.count(REPLACEMENT)
    if encoding == "utf-8":
        return max(0, found - data.count(b"\xef\xbf\xbd"))
    if encoding == "gb18030":
        return max(0, found - data.count(b"\x84\x31\xa4\x37"))
    return found
