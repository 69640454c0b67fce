"""Whether a text is HTML, Markdown or plain: by its marks, never by its file's name."""

from __future__ import annotations

import re
from typing import Final

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
