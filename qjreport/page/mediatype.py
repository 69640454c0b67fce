"""Whether a text is HTML, Markdown or plain: by its marks, never by its file's name."""

from __future__ import annotations

import re

_TAGS = (
    "html|head|body|title|meta|link|script|style|p|div|span|br|hr|table|tbody|tr|td|th|ul|ol|li|dl|dt|dd|a|b|i|u|em"
    "|strong|font|center|h[1-6]|img|section|article|main|header|footer|nav|pre|blockquote|form|frameset"
)
_HTML = re.compile(rf"<!doctype\s+html|</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PART_OF_TAG = re.compile(rf"<(?:{_TAGS})\s+[a-z-]+\s*=", re.IGNORECASE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*[^*\n]{1,200}\*\*|(?<!_)__[^_\n]{1,200}__(?!_)")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$", re.MULTILINE)
_ENOUGH_EMPHASIS = 2  # one pair of ** may be anything, also 两位*号


def find_media_type(text: str) -> str:
    """text/html, text/markdown or text/plain.

    >>> find_media_type("增幅<5%的有3项"), find_media_type("<P>各位委员"), find_media_type("# 工作报告")
    ('text/plain', 'text/html', 'text/markdown')
    """
    if "<" in text and (_HTML.search(text) or _PART_OF_TAG.search(text)):
        return "text/html"
    if "#" in text and _HEADING.search(text):
        return "text/markdown"
    if "|" in text and _TABLE_RULE.search(text):
        return "text/markdown"
    if len(_EMPHASIS.findall(text)) >= _ENOUGH_EMPHASIS:
        return "text/markdown"
    return "text/plain"
