"""Tags as a page has them → the elements that a browser opens and closes for them.

The part of the HTML standard's tree construction that a page of text needs: <html>, <head>, <body>, <tbody> and <tr>
that are left out, <p>, <li>, <td> that are not closed, bold and links that cross the end of a paragraph, pictures
(<svg>) and formulas with their own rules. What no reader sees (<video>, <noscript>, a menu) is opened and closed like
all else, and the builder does not hear of it: where its end tag is missing, what is around it ends it. Not done: what
stands between the rows of a table stays in its place (a browser sets it before the table); pages of frames.

The sets of tags are the standard's: which close which, and how far a closing tag looks. `OpenElements` is the stack of
open elements and the formatting that goes on over the end of a paragraph; `Nesting` takes the tags.
"""

from __future__ import annotations

from typing import Final

from qjreport.page.lines import LineBuilder, Sight
from qjreport.page.style import BLOCK, TAG_FLAGS, Attributes


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEAD: Final = words("title meta link style script base noscript template")
CLOSES_P: Final = words(
    "address article aside blockquote center details dialog dir div dl dt dd fieldset figcaption figure footer form h1"
    " h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary ul xmp"
)
HEADINGS: Final = words("h1 h2 h3 h4 h5 h6")
IN_NOSCRIPT: Final = words("link meta style noframes noscript head")  # in a head; all else ends it
MARKED: Final = words("applet marquee object template")  # formatting from outside does not go on inside them
SCOPE: Final = MARKED | words("table td th caption html select")
P_SCOPE: Final = SCOPE | {"button"}
SPECIAL: Final = (
    SCOPE
    | CLOSES_P
    | HEAD
    | words("body br button embed iframe img input noembed noframes tbody textarea tfoot thead tr wbr")
)
ITEM_SCOPE: Final = SCOPE | words("ol ul")
LIST_SCOPE: Final = SPECIAL - words("address div p li dd dt")
FORMATTING: Final = words("a b big code em font i nobr s small strike strong tt u")
VOID: Final = words(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr"
)
SECTIONS: Final = words("tbody thead tfoot")
CELLS: Final = words("td th")
TABLE: Final = words("table")
SELECT: Final = words("select")
CELL_OPENERS: Final = CELLS | {"caption"}
MARKERS: Final = CELL_OPENERS | MARKED
TABLE_PARTS: Final = SECTIONS | CELL_OPENERS | words("tr col colgroup")
TEMPLATE: Final = words("template")
TABLE_SCOPE: Final = TABLE | TEMPLATE
MENU: Final = words("select input option optgroup hr")
FRAMES: Final = words("frameset frame")  # within a body they are nothing
RUBY: Final = words("rp rt rb rtc")
IMPLIED: Final = RUBY | words("dd dt li optgroup option p")  # end where what is around them ends
BETWEEN_CELLS: Final = SECTIONS | words("table tr")
FOREIGN: Final = words("svg math")
# In a picture or a formula: what holds HTML again, and what cannot stand there and so ends it
HOLDS_HTML: Final = words("foreignobject desc title mi mo mn ms mtext")
ENDS_FOREIGN: Final = HEADINGS | words(
    "b big blockquote body br center code dd div dl dt em embed head hr i img li listing menu meta nobr ol p pre ruby s"
    " small span strong strike sub sup table tt u ul var"
)
FONT_ATTRIBUTES: Final = words("color face size")  # <font> is a picture's own where it has none of them
# An unclosed <font> that is repeated in every paragraph is carried on three times, not hundreds
SAME_FORMATTING: Final = 3


class Element:
    """An open element, or a formatting one that is to be opened again."""

    __slots__ = ("attributes", "foreign", "is_open", "tag", "told")

    def __init__(self, tag: str, attributes: Attributes, foreign: bool = False) -> None:
        self.tag = tag
        self.attributes = attributes
        self.foreign = foreign  # of a picture or a formula
        self.is_open = True
        self.told = True  # to the builder, which does not hear of what is left out


class OpenElements:
    """What is open, innermost last. The builder hears of every opening and closing."""

    def __init__(self, builder: LineBuilder) -> None:
        self.builder = builder
        self.stack: list[Element] = []
        self.formatting: list[Element | None] = []  # begun and not ended; None where a cell begins
        self.left_out: Element | None = None  # the outermost element that no reader sees
        self.sight: Sight | None = None  # … but for this
        self.title: list[str] = []

    def push(self, tag: str, attributes: Attributes, foreign: bool = False) -> Element:
        element = Element(tag, attributes, foreign)
        if self.left_out is not None:
            element.told = False
            if self.sight is not None:
                self.sight.start(tag, attributes)
        elif not self.builder.open(tag, attributes):
            element.told = False
            self.left_out = element
            self.sight = self.builder.look_at(tag, attributes)
        self.stack.append(element)
        return element

    def pop_to(self, depth: int) -> None:
        while len(self.stack) > depth:
            element = self.stack.pop()
            element.is_open = False
            if element is self.left_out:
                self.stop_leaving_out(element)
            elif element.told:
                self.builder.close()
            elif self.sight is not None:
                self.sight.end(element.tag)
            if element.tag in MARKERS and not element.foreign:
                while self.formatting and self.formatting.pop() is not None:
                    pass

    def stop_leaving_out(self, element: Element) -> None:
        if element.tag == "title":
            self.builder.note_title("".join(self.title))
            self.title = []
        if self.sight is not None:
            self.builder.note_sight(self.sight)
            self.sight = None
        self.left_out = None

    def find(self, tags: frozenset[str], scope: frozenset[str]) -> int:
        """The depth of the innermost open element of these tags, 0 where a scope or the page begins before it."""
        for depth in range(len(self.stack) - 1, 0, -1):
            element = self.stack[depth]
            if element.foreign:
                if element.tag in HOLDS_HTML:
                    return 0
            elif element.tag in tags:
                return depth
            elif element.tag in scope:
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
            self.builder.undo_look(sum(above.told for above in self.stack[depth:]), tag)
        else:
            self.pop_to(depth)


class Nesting(OpenElements):
    """Takes tags, opens and closes elements in a LineBuilder."""

    def __init__(self, builder: LineBuilder) -> None:
        super().__init__(builder)
        self.quirks = True  # until a doctype is seen: then <table> ends a paragraph
        self.head_ended = False
        self.has_body = False
        self.has_form = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if self.stack and self.stack[-1].foreign and self.start_foreign(tag, attributes):
            return
        tag = "img" if tag == "image" else tag
        if self.stack and self.stack[-1].tag == "noscript" and not self.has_body and tag not in IN_NOSCRIPT:
            self.pop_to(len(self.stack) - 1)
        if tag in ("html", "head", "body"):
            self.start_page_part(tag, attributes)
        elif tag in HEAD:
            self.make_head_or_body(tag)
            if tag in VOID:
                self.add_void(tag, attributes)
            else:
                self.push_marked(tag, attributes)
        else:
            self.enter_body()
            if self.make_room(tag):
                self.open(tag, attributes)

    def start_foreign(self, tag: str, attributes: Attributes) -> bool:
        """A tag within a picture or a formula. False where it ends the picture, or stands in HTML within it."""
        if self.stack[-1].tag in HOLDS_HTML:
            return False
        if tag in ENDS_FOREIGN or (tag == "font" and not FONT_ATTRIBUTES.isdisjoint(attributes)):
            self.end_foreign()
            return False
        self.push(tag, attributes, foreign=True)
        return True

    def end_foreign(self) -> None:
        depth = len(self.stack)
        while self.stack[depth - 1].foreign and self.stack[depth - 1].tag not in HOLDS_HTML:
            depth -= 1
        self.pop_to(depth)

    def open(self, tag: str, attributes: Attributes) -> None:
        if not TAG_FLAGS.get(tag, 0) & BLOCK and tag != "hr":
            self.resume_formatting()
        if tag in VOID:
            self.add_void(tag, attributes)
        elif tag in FOREIGN:
            self.push(tag, attributes, foreign=True)
        else:
            self.push_marked(tag, attributes)

    def push_marked(self, tag: str, attributes: Attributes) -> None:
        element = self.push(tag, attributes)
        if tag in FORMATTING:
            self.note_formatting(element)
        elif tag in MARKERS:
            self.formatting.append(None)

    def end(self, tag: str) -> None:
        if self.stack and self.stack[-1].foreign and self.ends_in_foreign(tag):
            return
        if tag in ("html", "body") or not self.stack:
            return
        if tag == "form":  # a form that ends inside another element than it began in stays around it
            self.has_form = False
            if self.stack[-1].tag == "form":
                self.pop_to(len(self.stack) - 1)
        elif tag == "head":
            if not self.has_body and self.stack[-1].tag == "head":
                self.pop_to(1)
                self.head_ended = True
        elif tag in FORMATTING:
            self.end_formatting(tag)
        elif tag == "br":
            self.start("br", {})
        elif tag == "p" and not self.find(words("p"), P_SCOPE):
            self.start("p", {})
            self.pop_to(len(self.stack) - 1)
        elif tag in TABLE_PARTS or tag == "table":
            self.close_open(frozenset((tag,)), TABLE_SCOPE - {tag})
        elif tag in HEADINGS:
            self.close_open(HEADINGS, SCOPE)
        elif tag in SPECIAL:
            self.close_open(frozenset((tag,)), P_SCOPE if tag == "p" else ITEM_SCOPE if tag == "li" else SCOPE)
        else:
            self.close_open(frozenset((tag,)), SPECIAL)

    def ends_in_foreign(self, tag: str) -> bool:
        """An end tag within a picture or a formula. False where it is one of the HTML around it."""
        if tag in ("p", "br") and self.stack[-1].tag not in HOLDS_HTML:
            self.end_foreign()
            return False
        for depth in range(len(self.stack) - 1, 0, -1):
            if not self.stack[depth].foreign:
                return False
            if self.stack[depth].tag == tag:
                self.pop_to(depth)
                return True
        return False

    def text(self, data: str) -> None:
        if data.isspace():
            if self.left_out is None and (not self.has_body or self.stack[-1].tag in BETWEEN_CELLS):
                return
        elif self.left_out is None or self.left_out.tag != "title":
            self.enter_body()
        self.resume_formatting()
        if self.left_out is None:
            self.builder.text(data)
        elif self.left_out.tag == "title":
            self.title.append(data)
        elif self.sight is not None:
            self.sight.text(data)

    def finish(self) -> None:
        self.pop_to(0)

    def start_page_part(self, tag: str, attributes: Attributes) -> None:
        if tag == "html" and not self.stack:
            self.push(tag, attributes)
        elif tag == "head" and not self.has_body:
            self.enter_head(attributes)
        elif tag == "body":
            self.enter_body(attributes)

    def make_head_or_body(self, tag: str) -> None:
        if not self.has_body and not (tag == "noscript" and self.head_ended):
            self.enter_head()
        else:
            self.enter_body()

    def enter_head(self, attributes: Attributes | None = None) -> None:
        if not self.stack:
            self.push("html", {})
        if len(self.stack) == 1:
            self.push("head", attributes or {})

    def enter_body(self, attributes: Attributes | None = None) -> None:
        if self.has_body or (self.left_out is not None and self.left_out.tag == "template"):
            return
        if not self.stack:
            self.push("html", {})
        self.pop_to(1)
        self.push("body", attributes or {})
        self.has_body = True

    def add_void(self, tag: str, attributes: Attributes) -> None:
        if self.left_out is not None:
            if self.sight is not None:
                self.sight.start(tag, attributes)
                self.sight.end(tag)
        elif self.builder.open(tag, attributes):
            self.builder.close()
        elif (sight := self.builder.look_at(tag, attributes)) is not None:
            self.builder.note_sight(sight)

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
            self.close_open(TABLE, TEMPLATE)
        elif tag == "form":
            if self.has_form or self.stack[-1].tag in BETWEEN_CELLS:
                return False
            self.has_form = True
        elif tag in TABLE_PARTS:
            return self.make_table_room(tag)
        elif tag in MENU:
            return self.make_menu_room(tag)
        elif tag in RUBY and self.find(words("ruby"), SCOPE):
            self.end_implied("rtc" if tag in ("rp", "rt") else "")
        return tag not in FRAMES

    def make_menu_room(self, tag: str) -> bool:
        """A second menu within a menu is its end tag, and a field ends it."""
        in_menu = self.find(SELECT, SCOPE) > 0
        if tag in ("select", "input"):
            self.close_open(SELECT, SCOPE)
            return tag == "input" or not in_menu
        if in_menu:
            self.end_implied("optgroup" if tag == "option" else "")
        elif self.stack[-1].tag == "option":
            self.pop_to(len(self.stack) - 1)
        return True

    def end_implied(self, but: str) -> None:
        """What ends without an end tag of its own, innermost first."""
        while self.stack[-1].tag in IMPLIED and self.stack[-1].tag != but:
            self.pop_to(len(self.stack) - 1)

    def make_table_room(self, tag: str) -> bool:
        table = self.find(TABLE, TEMPLATE)
        if not table:
            return False
        if tag not in CELLS and tag != "tr":
            self.pop_to(table + 1)
            return True
        section = self.find(SECTIONS, TABLE_SCOPE)
        if not section:
            self.pop_to(table + 1)
            self.push("tbody", {})
            section = table + 1
        row = self.find(words("tr"), TABLE_SCOPE)
        if tag in CELLS and row:
            self.pop_to(row + 1)
        else:
            self.pop_to(section + 1)
            if tag in CELLS:
                self.push("tr", {})
        return True
