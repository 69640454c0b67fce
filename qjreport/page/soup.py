"""The second reader: BeautifulSoup on Python's own html.parser. Slower, but there wherever Python is.

html.parser nests what a page leaves unclosed and adds nothing that a page leaves out; `nesting` makes of that the
elements that a browser makes.
"""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Doctype, NavigableString, Tag

from qjreport.page.lines import LineBuilder
from qjreport.page.nesting import Nesting


def read_html(text: str, builder: LineBuilder) -> None:
    """Tell the builder of every element and text of a page, in document order."""
    options: dict[str, Any] = {"multi_valued_attributes": None, "on_duplicate_attribute": "ignore"}
    nesting = Nesting(builder)
    soup = BeautifulSoup(text, "html.parser", **options)
    element: Any = soup.contents[0] if soup.contents else None
    opened: list[Tag] = []
    while element is not None:
        while opened and element.parent is not opened[-1]:
            nesting.end(id(opened.pop()))
        if isinstance(element, Tag):
            if not nesting.start(element.name, element.attrs, id(element)):
                if element.name == "title":
                    builder.note_title(element.get_text())
                element = find_after(element)
                continue
            opened.append(element)
        elif type(element) is NavigableString:
            nesting.text(element)
        elif isinstance(element, Doctype):
            nesting.quirks = False
        element = element.next_element
    nesting.finish()


def find_after(element: Tag) -> Any:
    """The first thing behind an element and all that is in it."""
    last: Any = element
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    return last.next_element
