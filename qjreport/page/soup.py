"""The second reader: BeautifulSoup on Python's own html.parser. Slower, but there wherever Python is.

html.parser cuts a sound page into tags and texts as a browser does. Where a comment, a tag or a value in quotes is not
closed, where a reference has no semicolon, where an element holds text and no tags, it differs, and differently from
one version of Python to the next: `straighten` first rewrites what is not sound. The tree that BeautifulSoup would
build of the tags knows nothing of tags left out or crossed over: `nesting` makes of them the elements of a browser.
"""

from __future__ import annotations

import html
import re
import warnings
from typing import Any, Final

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import Doctype

from qjreport.page.hostile import find_comment_end
from qjreport.page.lines import LineBuilder
from qjreport.page.nesting import ENDS_FOREIGN, FOREIGN, Nesting
from qjreport.text.patterns import compile_re

CDATA: Final = "<![CDATA["
DROPPED: Final = frozenset(("script", "style", "iframe", "noembed", "noframes"))  # what is inside is no text
TEXT_ONLY: Final = frozenset(("title", "textarea", "xmp"))  # what is inside is text and no tags
RAW: Final = "raw-"  # before the name of an element whose text html.parser would not resolve references in
# White space is that of ASCII, in tags: a full-width space is a character of a name.
_NAME: Final = compile_re(r"<(/?)([a-zA-Z][^ \t\n\f\r/>]*)")
# Quotes mean something after an equals sign alone.
_TAG_END: Final = compile_re(r"""=[ \t\n\f\r]*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^ \t\n\f\r"'>][^ \t\n\f\r>]*)|>""")
_SOUND: Final = compile_re(
    r"""<[a-zA-Z][a-zA-Z0-9:-]*(?:[ \t\n\f\r]+[a-zA-Z][a-zA-Z0-9:-]*(?:="[^"&<>]*"|='[^'&<>]*')?)*[ \t\n\f\r]*>"""
)
_ATTRIBUTE: Final = compile_re(
    r"""([^ \t\n\f\r/>][^ \t\n\f\r/>=]*)"""
    r"""(?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:"([^"]*)"|'([^']*)'|([^ \t\n\f\r>"'][^ \t\n\f\r>]*)))?"""
)
_CLOSE: Final = {
    name: compile_re(f"</{name}(?=[ \\t\\n\\f\\r/>])", re.IGNORECASE) for name in sorted(DROPPED | TEXT_ONLY)
}
_ATTRIBUTE_NAME: Final = compile_re(r"[a-zA-Z_][\w:.-]*")


def read_html(text: str, builder: LineBuilder) -> None:
    """Tell the builder of every element and text of a page, in document order."""
    text = text.encode("utf-8", "replace").decode()  # lone surrogates as the first reader has them
    nesting = Nesting(builder)
    with warnings.catch_warnings():  # advice to whoever calls BeautifulSoup, which a page must not raise for our user
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        TagStream(straighten(text), nesting)
    nesting.finish()


class TagStream(BeautifulSoup):
    """BeautifulSoup that passes on what it would make a tree of; the methods and their names are its own."""

    def __init__(self, text: str, nesting: Nesting) -> None:
        self.nesting = nesting
        super().__init__(text, "html.parser", multi_valued_attributes=None, on_duplicate_attribute="ignore")

    def handle_starttag(self, name: str, namespace: Any, nsprefix: Any, attrs: Any, *_: Any, **__: Any) -> None:
        self.endData()
        self.nesting.start(name.removeprefix(RAW), attrs)

    def handle_endtag(self, name: str, nsprefix: Any = None) -> None:
        self.endData()
        self.nesting.end(name.removeprefix(RAW))

    def endData(self, containerClass: Any = None) -> None:  # noqa: N802, N803
        if not self.current_data:
            return
        data = "".join(self.current_data)
        self.current_data = []
        if containerClass is None:
            self.nesting.text(data)
        elif issubclass(containerClass, Doctype) and not self.nesting.stack:
            self.nesting.quirks = False


def straighten(text: str) -> str:
    """The same page with every comment, tag, value and reference closed, and without what is no text.

    >>> straighten("<p>甲&ampb<!-- 乙 --!><script>if (a<b) …</script><a href=丙 '>丁<!-- 戊 <p>")
    '<p>甲&amp;b<!----><script></script><a href="丙">丁<!---->'
    """
    return "".join(Straightener(text).parts)


class Straightener:
    """One pass over a page."""

    def __init__(self, text: str) -> None:
        self.page = text
        self.parts: list[str] = []
        self.foreign = 0  # open pictures and formulas, in which tags may close themselves
        place = 0
        while (start := text.find("<", place)) >= 0:
            if start > place:
                self.add_text(text[place:start])
            place = self.take(start)
        if place < len(text):
            self.add_text(text[place:])

    def add_text(self, text: str) -> None:
        self.parts.append(escape(html.unescape(text)) if "&" in text or ">" in text else text)

    def take(self, start: int) -> int:
        """One tag, comment or stray mark; the place after it."""
        page = self.page
        match = _NAME.match(page, start)
        if match is not None:
            return self.take_tag(match)
        if page.startswith("<!--", start):
            self.parts.append("<!---->")  # it parts what stands around it
            return find_comment_end(page, start)
        if self.foreign and page.startswith(CDATA, start):
            end = page.find("]]>", start)
            end = len(page) if end < 0 else end
            self.parts.append(escape(page[start + len(CDATA) : end]))
            return end + 3
        if page.startswith("</>", start):
            return start + 3
        if page.startswith(("<!", "<?", "</"), start) and start + 2 < len(page):  # a comment as well, to the next mark
            end = page.find(">", start) + 1 or len(page)
            is_doctype = page[start + 2 : start + 9].lower() == "doctype"
            self.parts.append("<!DOCTYPE html>" if is_doctype else "<!---->")
            return end
        self.parts.append("&lt;")
        return start + 1

    def take_tag(self, match: re.Match[str]) -> int:
        page, name = self.page, match[2].lower().replace("\0", "\ufffd")
        end = find_tag_end(page, match.end())
        if not end:
            return len(page)  # a tag that is cut off at the end of the page is none
        if match[1]:
            self.foreign -= name in FOREIGN and self.foreign > 0
            self.parts.append(f"</{name}>")
            return end
        tag = page[match.start() : end]
        closes_itself = tag[-2] == "/" and (self.foreign > 0 or name in FOREIGN)
        self.foreign = 0 if name in ENDS_FOREIGN else self.foreign + (name in FOREIGN and not closes_itself)
        if name == "plaintext" or (name in DROPPED | TEXT_ONLY and not (self.foreign and name == "title")):
            return self.take_content(name, write_tag(name, page[match.end() : end]), end)
        if closes_itself or _SOUND.fullmatch(tag) is None:
            tag = write_tag(name, page[match.end() : end], closes_itself)
        self.parts.append(tag)
        return end

    def take_content(self, name: str, tag: str, place: int) -> int:
        """An element that holds no tags, to its own end tag."""
        page = self.page
        close = _CLOSE[name].search(page, place) if name in _CLOSE else None
        content = page[place : close.start() if close else len(page)]
        if name in ("xmp", "plaintext"):
            self.parts.append(f"<{RAW}{tag[1:]}{escape(content)}</{RAW}{name}>")
        else:
            text = escape(html.unescape(content)) if name in TEXT_ONLY else ""
            self.parts.append(f"{tag}{text}</{name}>")
        return (find_tag_end(page, close.end()) or len(page)) if close else len(page)


def escape(text: str) -> str:
    return html.escape(text, quote=False)


def find_tag_end(page: str, place: int) -> int:
    """The place after the tag that goes on there; 0 where the page ends first.

    >>> find_tag_end("<a title='1>2'>", 2), find_tag_end("<a title='1>2>", 2), find_tag_end('<a 1">2"', 2)
    (15, 0, 6)
    """
    return next((match.end() for match in _TAG_END.finditer(page, place) if match[0] == ">"), 0)


def write_tag(name: str, attributes: str, closes_itself: bool = False) -> str:
    """A start tag with its attributes in quotes; names that nothing asks for go.

    >>> write_tag("a", " href=b.htm 'title=c>")
    '<a href="b.htm">'
    """
    words = [name]
    for match in _ATTRIBUTE.finditer(attributes):
        value = next((value for value in match.groups()[1:] if value is not None), None)
        if _ATTRIBUTE_NAME.fullmatch(match[1]):
            words.append(match[1] if value is None else f'{match[1]}="{html.escape(html.unescape(value))}"')
    return f"<{' '.join(words)}{'/' if closes_itself else ''}>"
