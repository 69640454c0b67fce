"""Start and end tags as a page has them → the elements that a browser opens and closes for them.

The part of the HTML standard's tree construction that a page of text needs: <html>, <head>, <body>, <tbody> and <tr>
that are left out, <p>, <li>, <td> that are not closed, bold text that goes on over the end of a paragraph. Not done:
what stands between a table's rows stays in its place (a browser sets it before the table).
"""

from __future__ import annotations

from qjreport.page.lines import LineBuilder
from qjreport.page.markup import BLOCK, OUT, TAG_FLAGS, Attributes

_HEAD = frozenset("title meta link style script base noscript template".split())
_CLOSES_P = frozenset(
    "address article aside blockquote center details dialog dir div dl dt dd fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary ul xmp".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_P_SCOPE = frozenset("table td th caption button marquee html".split())
_LIST_SCOPE = _P_SCOPE | frozenset(
    "article aside blockquote center details dir dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header main"
    " menu nav ol pre section summary ul body tr tbody".split()
)
_FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SECTIONS = frozenset(("tbody", "thead", "tfoot"))
_CELLS = frozenset(("td", "th"))
_BETWEEN_CELLS = _SECTIONS | {"table", "tr"}


class Nesting:
    """Takes tags, tells a LineBuilder of elements. Each start tag has a key by which its end is known."""

    def __init__(self, builder: LineBuilder) -> None:
        self.builder = builder
        self.quirks = True  # until a doctype is seen: then <table> ends a paragraph
        self.stack: list[tuple[str, int]] = []
        self.open_keys: set[int] = set()
        self.formatting: dict[int, tuple[str, Attributes]] = {}  # begun and not ended, open now or to be opened again
        self.has_body = False

    def start(self, tag: str, attributes: Attributes, key: int) -> bool:
        """False where the whole element is to be left out."""
        if tag in ("html", "head", "body"):
            self.start_page_part(tag, attributes, key)
            return True
        if tag in _HEAD and not self.has_body:
            self.enter_head()
        else:
            self.enter_body()
            if TAG_FLAGS.get(tag, 0) & OUT:
                return self.builder.open(tag, attributes)
            if not self.make_room(tag):
                return True  # a row or a cell outside any table, a form between rows: what is in it counts
            if not TAG_FLAGS.get(tag, 0) & BLOCK:
                self.resume_formatting()
        if not self.builder.open(tag, attributes):
            return False
        if tag in _VOID:
            self.builder.close()
            return True
        self.push(tag, key)
        if tag in _FORMATTING:
            self.formatting[key] = (tag, attributes)
        return True

    def end(self, key: int) -> None:
        """The end of the start tag that had this key."""
        self.formatting.pop(key, None)
        if key not in self.open_keys:
            return
        index = len(self.stack) - 1
        while self.stack[index][1] != key:
            index -= 1
        if self.stack[index][0] not in ("html", "body"):
            self.pop_to(index)

    def text(self, data: str) -> None:
        if data.isspace():
            if not self.has_body or (self.stack and self.stack[-1][0] in _BETWEEN_CELLS):
                return
        else:
            self.enter_body()
        self.resume_formatting()
        self.builder.text(data)

    def finish(self) -> None:
        self.pop_to(0)

    def start_page_part(self, tag: str, attributes: Attributes, key: int) -> None:
        if tag == "html" and not self.stack:
            self.builder.open(tag, attributes)
            self.push(tag, key)
        elif tag == "head" and not self.has_body:
            self.enter_head(attributes, key)
        elif tag == "body" and not self.has_body:
            self.enter_body(attributes, key)

    def enter_html(self) -> None:
        if not self.stack:
            self.builder.open("html", {})
            self.push("html", -1)

    def enter_head(self, attributes: Attributes | None = None, key: int = -2) -> None:
        self.enter_html()
        if len(self.stack) == 1:
            self.builder.open("head", attributes or {})
            self.push("head", key)

    def enter_body(self, attributes: Attributes | None = None, key: int = -3) -> None:
        if not self.has_body:
            self.enter_html()
            self.pop_to(1)
            self.builder.open("body", attributes or {})
            self.push("body", key)
            self.has_body = True

    def push(self, tag: str, key: int) -> None:
        self.stack.append((tag, key))
        self.open_keys.add(key)

    def pop_to(self, depth: int) -> None:
        while len(self.stack) > depth:
            self.open_keys.discard(self.stack.pop()[1])
            self.builder.close()

    def find(self, tags: frozenset[str], scope: frozenset[str]) -> int:
        """The depth of the innermost open element of these tags, 0 where a scope or the page begins before it."""
        for depth in range(len(self.stack) - 1, 0, -1):
            tag = self.stack[depth][0]
            if tag in tags:
                return depth
            if tag in scope:
                return 0
        return 0

    def make_room(self, tag: str) -> bool:
        """Close and open what a browser does before this start tag. False where it drops the tag."""
        if tag in _CLOSES_P or (tag == "table" and not self.quirks):
            self.close_open(frozenset("p"), _P_SCOPE)
        if tag in ("li", "dd", "dt"):
            self.close_open(frozenset(("li",) if tag == "li" else ("dd", "dt")), _LIST_SCOPE)
        elif tag in _HEADINGS and self.stack[-1][0] in _HEADINGS:
            self.pop_to(len(self.stack) - 1)
        elif tag in ("a", "nobr", "button"):
            depth = self.find(frozenset((tag,)), _P_SCOPE - {"button"})
            if depth:
                self.formatting.pop(self.stack[depth][1], None)
                self.pop_to(depth)
        elif tag == "table" and self.stack[-1][0] in _BETWEEN_CELLS:
            self.close_open(frozenset(("table",)), frozenset())
        elif tag == "form":
            return self.stack[-1][0] not in _BETWEEN_CELLS
        elif TAG_FLAGS.get(tag, 0) and (tag in _SECTIONS or tag in _CELLS or tag in ("tr", "caption", "col", "colgroup")):
            return self.make_table_room(tag)
        return True

    def make_table_room(self, tag: str) -> bool:
        table = self.find(frozenset(("table",)), frozenset())
        if not table:
            return False
        if tag in ("tr", *_CELLS):
            section = self.find(_SECTIONS, frozenset(("table",)))
            if not section:
                self.pop_to(table + 1)
                self.open_implied("tbody")
                section = table + 1
            row = self.find(frozenset(("tr",)), frozenset(("table",)))
            if tag == "tr" or not row:
                self.pop_to(section + 1)
                if tag in _CELLS:
                    self.open_implied("tr")
            else:
                self.pop_to(row + 1)
        else:
            self.pop_to(table + 1)
        return True

    def open_implied(self, tag: str) -> None:
        self.builder.open(tag, {})
        self.push(tag, 0)

    def close_open(self, tags: frozenset[str], scope: frozenset[str]) -> None:
        depth = self.find(tags, scope)
        if depth:
            self.pop_to(depth)

    def resume_formatting(self) -> None:
        """Open again the formatting that a paragraph's end has cut off but the page has not ended."""
        if self.formatting and not self.open_keys.issuperset(self.formatting):
            for key, (tag, attributes) in list(self.formatting.items()):
                if key not in self.open_keys:
                    self.builder.open(tag, attributes)
                    self.push(tag, key)
