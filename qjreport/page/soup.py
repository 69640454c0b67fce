"""The second reader: BeautifulSoup on Python's own html.parser. Slower, but there wherever Python is.

BeautifulSoup cuts a page into tags and texts and resolves its references; the tree that it would build of them knows
nothing of tags left out or crossed over, so `nesting` makes of them the elements that a browser makes.
"""

from __future__ import annotations

import warnings
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import CData, Doctype

from qjreport.page.lines import LineBuilder
from qjreport.page.nesting import Nesting


def read_html(text: str, builder: LineBuilder) -> None:
    """Tell the builder of every element and text of a page, in document order."""
    for empty in ("<!-->", "<!--->"):  # whole comments, which not every html.parser knows
        text = text.replace(empty, "<!---->")
    text = text.encode("utf-8", "replace").decode()  # lone surrogates as the first reader has them
    nesting = Nesting(builder)
    with warnings.catch_warnings():  # advice to whoever calls BeautifulSoup, which a page must not raise for our user
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        TagStream(text, nesting)
    nesting.finish()


class TagStream(BeautifulSoup):
    """BeautifulSoup that passes on what it would make a tree of; the methods and their names are its own."""

    def __init__(self, text: str, nesting: Nesting) -> None:
        self.nesting = nesting
        super().__init__(text, "html.parser", multi_valued_attributes=None, on_duplicate_attribute="ignore")

    def handle_starttag(self, name: str, namespace: Any, nsprefix: Any, attrs: Any, *_: Any, **__: Any) -> None:
        self.endData()
        self.nesting.start(name, attrs)

    def handle_endtag(self, name: str, nsprefix: Any = None) -> None:
        self.endData()
        self.nesting.end(name)

    def endData(self, containerClass: Any = None) -> None:  # noqa: N802, N803
        if not self.current_data:
            return
        data = "".join(self.current_data)
        self.current_data = []
        # Within <svg>, and nowhere else in a page, CDATA is text.
        if containerClass is None or (issubclass(containerClass, CData) and self.nesting.left_out == "svg"):
            self.nesting.text(data)
        elif issubclass(containerClass, Doctype):
            self.nesting.quirks = False
