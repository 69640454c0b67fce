"""Tags as a page has them → the elements that a browser opens and closes for them.

The part of the HTML standard's tree construction that a page of text needs: <html>, <head>, <body>, <tbody> and <tr>
that are left out, <p>, <li>, <td> that are not closed, bold and links that cross the end of a paragraph. Not done: what
stands between the rows of a table stays in its place (a browser sets it before the table).

The sets of tags are the standard's: which close which, and how far a closing tag looks. `OpenElements` is the stack of
open elements and the formatting that goes on over the end of a paragraph; `Nesting` takes the tags.
"""

from __future__ import annotations

from typing import Final

from qjreport.page.lines import LineBuilder, Sight
from qjreport.page.style import BLOCK, OUT, TAG_FLAGS, Attributes


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEAD: Final = words("title meta link style script base noscript template")
CLOSES_P: Final = words(
    "address article aside blockquote center details dialog dir div dl dt dd fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary ul xmp"
)
HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
SCOPE: Final = words("table td th caption marquee html")
P_SCOPE: Final = SCOPE | {"button"}
SPECIAL: Final = SCOPE | CLOSES_P | words("body tr tbody thead tfoot button")
LIST_SCOPE: Final = SPECIAL - words("address div p li dd dt")
FORMATTING: Final = words("a b big code em font i nobr s small strike strong tt u")
VOID: Final = words(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
SECTIONS: Final = words("tbody thead tfoot")
CELLS: Final = words("td th")
TABLE: Final = words("table")
CELL_OPENERS: Final = CELLS | {"caption"}
TABLE_PARTS: Final = SECTIONS | CELL_OPENERS | words("tr col colgroup")
RUBY: Final = words("rp rt rtc")
IMPLIED: Final = RUBY | {"select"}  # left out, and often without an end tag
BETWEEN_CELLS: Final = SECTIONS | words("table tr")
# An unclosed <font> that is repeated in every paragraph is carried on three times, not hundreds
SAME_FORMATTING: Final = 3


class Element:
    """An open element, or a formatting one that is to be opened again."""

    __slots__ = ("attributes", "is_open", "tag")

    def __init__(self, tag: str, attributes: Attributes) -> None:
        self.tag = tag
        self.attributes = attributes
        self.is_open = True


class OpenElements:
    """What is open, innermost last. The builder hears of every opening and closing."""

    def __init__(self, builder: LineBuilder) -> None:
        self.builder = builder
        self.stack: list[Element] = []
        self.formatting: list[Element | None] = []  # begun and not ended; None where a cell begins

    def push(self, tag: str, attributes: Attributes) -> Element:
        element = Element(tag, attributes)
        self.builder.open(tag, attributes)
        self.stack.append(element)
        return element

    def pop_to(self, depth: int) -> None:
        while len(self.stack) > depth:
            element = self.stack.pop()
            element.is_open = False
            self.builder.close()
            if element.tag in CELL_OPENERS:
                while self.formatting and self.formatting.pop() is not None:
                    pass

    def find(self, tags: frozenset[str], scope: frozenset[str]) -> int:
        """The depth of the innermost open element of these tags, 0 where a scope or the page begins before it."""
        for depth in range(len(self.stack) - 1, 0, -1):
            tag = self.stack[depth].tag
            if tag in tags:
                return depth
            if tag in scope:
                return 0
        return 0

    def close_open(self, tags: frozenset[str], scope: frozenset[str]) -> None:
        depth = self.find(tags, scope)
        if depth:
            self.pop_to(depth)

    def note_formatting(self, element: Element) -> None:
        same = 0
        for index in range(len(self.formatting) - 1, -1, -1):
            other = self.formatting[index]
            if other is None:
                break
            if other.tag == element.tag and other.attributes == element.attributes:
                same += 1
                if same == SAME_FORMATTING:
                    del self.formatting[index]
                    break
        self.formatting.append(element)

    def resume_formatting(self) -> None:
        """Open again the formatting that a paragraph's end has cut off but the page has not ended."""
        formatting = self.formatting
        first = len(formatting)
        while first:
            element = formatting[first - 1]
            if element is None or element.is_open:
                break
            first -= 1
        for index in range(first, len(formatting)):
            closed = formatting[index]
            if closed is not None:
                formatting[index] = self.push(closed.tag, closed.attributes)

    def end_formatting(self, tag: str) -> None:
        """</b>: over a paragraph's start (<b><p>…</b>…</p>) the paragraph goes on, no longer bold."""
        for index in range(len(self.formatting) - 1, -1, -1):
            element = self.formatting[index]
            if element is None:
                return
            if element.tag == tag:
                break
        else:
            return
        del self.formatting[index]
        if element is None or not element.is_open:
            return
        depth = self.stack.index(element)
        if any(above.tag in SPECIAL for above in self.stack[depth + 1 :]):
            self.builder.undo_look(len(self.stack) - depth, tag)
        else:
            self.pop_to(depth)


class Nesting(OpenElements):
    """Takes tags, opens and closes elements in a LineBuilder."""

    def __init__(self, builder: LineBuilder) -> None:
        super().__init__(builder)
        self.quirks = True  # until a doctype is seen: then <table> ends a paragraph
        self.has_body = False
        self.has_form = False
        self.left_out = ""  # the tag whose element is being left out
        self.left_out_depth = 0
        self.title: list[str] = []
        self.sight: Sight | None = None  # of the element that is being left out

    def start(self, tag: str, attributes: Attributes) -> None:
        if self.left_out in IMPLIED and self.ends_left_out(tag):
            was = self.left_out
            self.stop_leaving_out()
            if tag == was == "select":
                return
        if self.left_out:
            self.left_out_depth += tag == self.left_out
            if self.sight is not None:
                self.sight.start(tag, attributes)
        elif tag in ("html", "head", "body"):
            self.start_page_part(tag, attributes)
        elif TAG_FLAGS.get(tag, 0) & OUT:
            self.make_head_or_body(tag)
            self.builder.open(tag, attributes)
            self.sight = self.builder.look_at(tag, attributes)
            self.left_out, self.left_out_depth = tag, 1
            if tag in VOID:
                self.stop_leaving_out()
        elif tag in HEAD:
            self.make_head_or_body(tag)
            self.add_void(tag, attributes)
        else:
            self.enter_body()
            if self.make_room(tag):
                self.open(tag, attributes)

    def open(self, tag: str, attributes: Attributes) -> None:
        if not TAG_FLAGS.get(tag, 0) & BLOCK and tag != "hr":
            self.resume_formatting()
        if tag in VOID:
            self.add_void(tag, attributes)
            return
        element = self.push(tag, attributes)
        if tag in FORMATTING:
            self.note_formatting(element)
        elif tag in CELL_OPENERS:
            self.formatting.append(None)

    def end(self, tag: str) -> None:
        if self.left_out in IMPLIED and self.is_around(tag):
            self.stop_leaving_out()
        if self.left_out:
            self.left_out_depth -= tag == self.left_out
            if not self.left_out_depth:
                self.stop_leaving_out()
            elif self.sight is not None:
                self.sight.end(tag)
        elif tag in ("html", "body") or not self.stack:
            return
        elif tag == "form":  # a form that ends inside another element than it began in stays around it
            self.has_form = False
            if self.stack[-1].tag == "form":
                self.pop_to(len(self.stack) - 1)
        elif tag == "head":
            if not self.has_body:
                self.pop_to(1)
        elif tag in FORMATTING:
            self.end_formatting(tag)
        elif tag == "br":
            self.start("br", {})
        elif tag == "p" and not self.find(words("p"), P_SCOPE):
            self.start("p", {})
            self.pop_to(len(self.stack) - 1)
        elif tag in TABLE_PARTS or tag == "table":
            self.close_open(frozenset((tag,)), TABLE if tag != "table" else frozenset())
        elif tag in HEADINGS:
            self.close_open(HEADINGS, SCOPE)
        else:
            self.close_open(frozenset((tag,)), P_SCOPE if tag in SPECIAL else SPECIAL)

    def ends_left_out(self, tag: str) -> bool:
        """Whether a start tag ends a menu (a field, another menu, a part of the table around it) or a reading."""
        if self.left_out in RUBY:
            return tag in RUBY
        return tag in ("select", "input") or (tag in TABLE_PARTS and self.find(TABLE, frozenset()) > 0)

    def is_around(self, tag: str) -> bool:
        """Whether an end tag is that of an element around a menu or a reading which has no end tag of its own."""
        if self.left_out in RUBY:
            return tag == "ruby"
        return tag in TABLE_PARTS | TABLE and self.find(frozenset((tag,)), TABLE - {tag}) > 0

    def stop_leaving_out(self) -> None:
        if self.left_out == "title":
            self.builder.note_title("".join(self.title))
            self.title = []
        if self.sight is not None:
            self.builder.note_sight(self.sight)
            self.sight = None
        self.left_out = ""

    def text(self, data: str) -> None:
        if self.left_out:
            if self.left_out == "title":
                self.title.append(data)
            elif self.sight is not None:
                self.sight.text(data)
            return
        if data.isspace():
            if not self.has_body or self.stack[-1].tag in BETWEEN_CELLS:
                return
        else:
            self.enter_body()
        self.resume_formatting()
        self.builder.text(data)

    def finish(self) -> None:
        self.stop_leaving_out()
        self.pop_to(0)

    def start_page_part(self, tag: str, attributes: Attributes) -> None:
        if tag == "html" and not self.stack:
            self.push(tag, attributes)
        elif tag == "head" and not self.has_body:
            self.enter_head(attributes)
        elif tag == "body":
            self.enter_body(attributes)

    def make_head_or_body(self, tag: str) -> None:
        if tag in HEAD and not self.has_body:
            self.enter_head()
        else:
            self.enter_body()

    def enter_head(self, attributes: Attributes | None = None) -> None:
        if not self.stack:
            self.push("html", {})
        if len(self.stack) == 1:
            self.push("head", attributes or {})

    def enter_body(self, attributes: Attributes | None = None) -> None:
        if not self.has_body:
            if not self.stack:
                self.push("html", {})
            self.pop_to(1)
            self.push("body", attributes or {})
            self.has_body = True

    def add_void(self, tag: str, attributes: Attributes) -> None:
        if self.builder.open(tag, attributes):
            self.builder.close()

    def make_room(self, tag: str) -> bool:
        """Close and open what a browser does before this start tag. False where it drops the tag."""
        if tag in CLOSES_P or (tag == "table" and not self.quirks):
            self.close_open(words("p"), P_SCOPE)
        if tag in ("li", "dd", "dt"):
            self.close_open(words("li" if tag == "li" else "dd dt"), LIST_SCOPE)
        elif tag in HEADINGS and self.stack[-1].tag in HEADINGS:
            self.pop_to(len(self.stack) - 1)
        elif tag in ("a", "nobr"):
            self.end_formatting(tag)
        elif tag == "button":
            self.close_open(words("button"), SCOPE)
        elif tag == "table" and self.stack[-1].tag in BETWEEN_CELLS:
            self.close_open(TABLE, frozenset())
        elif tag == "form":
            if self.has_form or self.stack[-1].tag in BETWEEN_CELLS:
                return False
            self.has_form = True
        elif tag in TABLE_PARTS:
            return self.make_table_room(tag)
        return True

    def make_table_room(self, tag: str) -> bool:
        table = self.find(TABLE, frozenset())
        if not table:
            return False
        if tag not in CELLS and tag != "tr":
            self.pop_to(table + 1)
            return True
        section = self.find(SECTIONS, TABLE)
        if not section:
            self.pop_to(table + 1)
            self.push("tbody", {})
            section = table + 1
        row = self.find(words("tr"), TABLE)
        if tag in CELLS and row:
            self.pop_to(row + 1)
        else:
            self.pop_to(section + 1)
            if tag in CELLS:
                self.push("tr", {})
        return True
