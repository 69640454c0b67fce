"""Pages made to choke a parser: tags nested 100,000 deep, elements with a million attributes, cut-off tags without end.

Both parsers take quadratic time or worse for some of these (Lexbor walks the open elements at every <div>, compares
each attribute with those before it, and copies unclosed formatting into every paragraph). Such a page is tamed first:
nesting beyond what browsers allow becomes line breaks, surplus attributes go. No text is lost by it. Ordinary pages are
known by a few counts and pass untouched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import Final

from qjreport.page.lines import CALMED
from qjreport.page.nesting import FORMATTING, VOID
from qjreport.page.style import BLOCK, TAG_FLAGS
from qjreport.text.patterns import compile_re

MAX_DEPTH: Final = 512  # as in Chrome
MAX_FORMATTING: Final = 64  # open <b>, <font>, <a> … at once; each unclosed one is copied into each later paragraph
MAX_ATTRIBUTES: Final = 200
FEW_TAGS: Final = 3000  # with so few, nothing is slow
LONG_TAG: Final = 20_000  # characters; pictures written into the page (data:) are long as well, but have few attributes

ATTRIBUTES_A_TAG: Final = 10
MANY_OPTIONS: Final = 1000  # of all menus of a page: a menu of so many takes 20 ms to read

_TAG_OPENING: Final = compile_re("</?[a-zA-Z]")
_VALUE_OR_END: Final = compile_re(r"""=\s*+(?:"[^"]*+"|'[^']*+')|>""")
_TAG: Final = compile_re(r"<(/?)([a-zA-Z][^\s/>]*)")
_NO_TAG: Final = compile_re(r"<[!?]|</[^a-zA-Z]")
_FORMATTING_TAG: Final = compile_re(
    r"<(/?)(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s>/]", re.IGNORECASE
)
_RAW_TEXT: Final = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
_ATTRIBUTE: Final = compile_re(r"""[^\s"'=/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?|["'=/]""")
_OPTION: Final = compile_re("<option", re.IGNORECASE)
# Of a list box a page's own size or `multiple` holds.
_SELECT: Final = compile_re(r"<select(?=[\s>/])(?![^>]{0,300}\smultiple)", re.IGNORECASE)
_COMMENT_END: Final = compile_re("--!?>")
# They end one another without a tag of their own, and so do not nest when they are left open.
_SELF_ENDING: Final = frozenset(("p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option"))


def is_hostile(text: str) -> bool:
    """Whether a parser might take unduly long over a page.

    >>> is_hostile("<p>各位委员：</p>" * 5000), is_hostile("<div>" * 5000), is_hostile("<a " * 5000)
    (False, True, True)
    """
    tags = text.count("<")
    if tags <= FEW_TAGS and len(text) <= LONG_TAG:
        return False
    if tags > FEW_TAGS:
        if tags - text.count(">") > FEW_TAGS // 3:
            return True
        steps = (-1 if slash else 1 for slash in _FORMATTING_TAG.findall(text))
        if max(accumulate(steps), default=0) > MAX_FORMATTING:
            return True
        if is_deep(text):
            return True
    if len(text) <= LONG_TAG:
        return False
    long = any(is_long_tag(piece) for piece in find_long_pieces(text))
    values = text.count("=")
    # Values may hold the mark that ends a tag; only a page with many more values than tags is looked at so closely.
    if not long and values < ATTRIBUTES_A_TAG * tags:
        return False
    if values + text.count(" ") <= LONG_TAG // 10:
        return False
    return long or any(len(tag) > LONG_TAG and is_long_tag(tag) for tag in find_whole_tags(text))


def calm_selects(text: str) -> str:
    """The same page where a <select> with very many options takes no square of their number to read.

    Lexbor looks at all options of a menu again with every new one, to find which is shown; of a list box it does not.
    The value tells `lines.Sight` that the page's own was a menu.

    >>> calm_selects("<select><option>1</select>")
    '<select><option>1</select>'
    >>> calm_selects("<select>" + "<option>1" * 2000).startswith('<select multiple="calmed">')
    True
    """
    if text.count("<") <= MANY_OPTIONS or sum(1 for _ in _OPTION.finditer(text)) <= MANY_OPTIONS:
        return text
    return _SELECT.sub(f'<select multiple="{CALMED}"', text)


def find_whole_tags(text: str) -> Iterator[str]:
    end = 0
    while (opening := _TAG_OPENING.search(text, end)) and (end := find_tag_end(text, opening.end())):
        yield text[opening.start() : end]


def find_tag_end(text: str, start: int) -> int:
    """The place after the tag that goes on at `start`: a value in quotes may hold the mark that ends it. 0 for none.

    >>> find_tag_end("<a title='1>2'>", 2)
    15
    """
    return next((match.end() for match in _VALUE_OR_END.finditer(text, start) if match[0] == ">"), 0)


def find_long_pieces(text: str) -> Iterator[str]:
    """The stretches without a > that are longer than LONG_TAG; the rest of a page is passed in steps of that size."""
    start = 0
    while len(text) - start > LONG_TAG:
        last = text.rfind(">", start, start + LONG_TAG + 1)
        if last >= 0:
            start = last + 1
            continue
        end = text.find(">", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def is_deep(text: str) -> bool:
    """Whether elements nest beyond MAX_DEPTH, counted tag by tag, so that stray end tags hide nothing."""
    counts: dict[str, int] = {}
    depth = 0
    for slash, name in _TAG.findall(text):
        if slash:
            if counts.get(name, 0):
                counts[name] -= 1
                depth -= 1
        elif name not in VOID and name not in _SELF_ENDING:
            counts[name] = counts.get(name, 0) + 1
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False


def is_long_tag(piece: str) -> bool:
    start = piece.rfind("<")
    attributes = islice(_ATTRIBUTE.finditer(piece, start + 1), MAX_ATTRIBUTES)
    return start >= 0 and sum(1 for _ in attributes) == MAX_ATTRIBUTES


def tame(text: str) -> str:
    """The same page with bounded depth, attributes and open formatting; what a cut-off tag hides stays hidden.

    >>> tame("<div>" * 600 + "639次").count("<div>")
    512
    """
    return "".join(Tamer(text).parts)


class Tamer:
    """One pass over a page, tag by tag."""

    def __init__(self, text: str) -> None:
        self.parts: list[str] = []
        self.stack: list[str] = []
        self.counts: dict[str, int] = {}  # of open tags by name
        self.dropped: dict[str, int] = {}  # start tags that were dropped, whose end tags go too
        self.formatting = 0
        self.quotes_end = True  # until a value is open to the end of the page
        self.last_end = text.rfind(">")
        place = 0
        while place < len(text):
            start = text.find("<", place)
            if start < 0:
                start = len(text)
            self.parts.append(text[place:start])
            place = self.take(text, start) if start < len(text) else start

    def take(self, text: str, start: int) -> int:
        """One tag, comment or stray mark; the place after it."""
        if text.startswith("<!--", start):
            self.parts.append("<!---->")  # it says nothing to a reader, and parts what stands around it
            return find_comment_end(text, start)
        if _NO_TAG.match(text, start):  # <!…>, <?…>, </3>: a comment as well, to the next mark
            end = text.find(">", start) + 1 or len(text)
            self.parts.append(text[start:end])
            return end
        match = _TAG.match(text, start)
        if match is None:
            self.parts.append("<")
            return start + 1
        if start > self.last_end:
            return len(text)
        end = self.find_end(text, match.end())
        name = match[2].lower()
        raw = text[start:end]
        if match[1]:
            self.end_tag(name, raw if len(raw) <= LONG_TAG else f"</{name}>")
            return end
        if len(raw) > LONG_TAG:
            raw = cut_attributes(raw, match.end() - start)
        self.start_tag(name, raw)
        if name == "plaintext":  # nothing ends it
            self.parts.append(text[end:])
            return len(text)
        if name in _RAW_TEXT:
            close = compile_re(f"</{name}[\t\n\f\r />]", re.IGNORECASE).search(text, end)
            after = close.start() if close else len(text)
            self.parts.append(text[end:after])
            return after
        return end

    def find_end(self, text: str, behind_name: int) -> int:
        plain = text.find(">", behind_name) + 1
        if not self.quotes_end or "=" not in text[behind_name:plain]:
            return plain
        end = find_tag_end(text, behind_name)
        self.quotes_end = end > 0
        return end or plain

    def start_tag(self, name: str, raw: str) -> None:
        if name in VOID:
            self.parts.append(raw)
            return
        if name in _SELF_ENDING and self.stack and self.stack[-1] == name:
            self.close(name)
        formatting = name in FORMATTING
        if len(self.stack) >= MAX_DEPTH or (formatting and self.formatting >= MAX_FORMATTING):
            self.dropped[name] = self.dropped.get(name, 0) + 1
            if TAG_FLAGS.get(name, 0) & BLOCK:
                self.parts.append("<br>")
            return
        self.stack.append(name)
        self.counts[name] = self.counts.get(name, 0) + 1
        self.formatting += formatting
        self.parts.append(raw)

    def end_tag(self, name: str, raw: str) -> None:
        if self.dropped.get(name, 0):
            self.dropped[name] -= 1
            if TAG_FLAGS.get(name, 0) & BLOCK:
                self.parts.append("<br>")
            return
        if self.counts.get(name, 0):
            self.close(name)
        self.parts.append(raw)

    def close(self, name: str) -> None:
        """Take the innermost one of a name off the stack, with what is open in it."""
        while True:
            top = self.stack.pop()
            self.counts[top] -= 1
            self.formatting -= top in FORMATTING
            if top == name:
                return


def find_comment_end(text: str, start: int) -> int:
    """The place after a comment: <!--> is a whole one, --!> ends one, and one without an end takes the rest.

    >>> find_comment_end("<!-->639", 0), find_comment_end("<!--a--!>639", 0), find_comment_end("<!--!>639", 0)
    (5, 9, 9)
    """
    end = _COMMENT_END.search(text, start + 2)
    if end is not None and end.start() < start + 4 and "!" in end[0]:
        end = _COMMENT_END.search(text, start + 4)
    return len(text) if end is None else end.end()


def cut_attributes(tag: str, place: int) -> str:
    """A start tag with its first attributes only."""
    end = place
    for match in islice(_ATTRIBUTE.finditer(tag, place), MAX_ATTRIBUTES):
        end = match.end()
    return tag[:end] + ">"
