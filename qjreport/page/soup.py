"""The second reader: BeautifulSoup on Python's own html.parser. Slow, but there wherever Python is."""

from __future__ import annotations

from qjreport.page.lines import LineBuilder


def read_html(text: str, builder: LineBuilder) -> None:
    """Tell the builder of every element and text of a page, in document order."""
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString, Tag

    element = BeautifulSoup(text, "html.parser").next_element
    open_elements: list[Tag] = []
    while element is not None:
        while open_elements and element.parent is not open_elements[-1]:
            open_elements.pop()
            builder.close()
        if isinstance(element, Tag):
            if builder.open(
                element.name, {k: v if isinstance(v, str) else " ".join(v) for k, v in element.attrs.items()}
            ):
                open_elements.append(element)
            else:
                if element.name == "title":
                    builder.note_title(element.get_text())
                last = element._last_descendant()
                element = last.next_element if last is not None else element.next_element
                continue
        elif type(element) is NavigableString:
            builder.text(element)
        element = element.next_element
