"""Where a line stands: paths of elements that are rare in tests of whole pages, and lines of plain text."""

from __future__ import annotations

import pytest

from qjreport.article.find import MAX_DEPTH, Locator, build_locator
from qjreport.model import Line, Node, Page

# A parsed page: a root, its body, a division with an id, and the places of the cases below.
NODES = (
    Node(parent=-1, tag="html", nth=1),
    Node(parent=0, tag="body", nth=1),
    Node(parent=1, tag="div", nth=1, id="zoom"),
    Node(parent=2, tag="p", nth=1),
    Node(parent=3, tag="o:p", nth=2),
    Node(parent=0, tag="frameset", nth=1),
    Node(parent=0, tag="body", nth=2),
    Node(parent=1, tag="h1", nth=1),
    Node(parent=1, tag="x-note", nth=1),
)


@pytest.mark.parametrize(
    ("node", "path"),
    [
        (0, "html"),
        (1, "body"),
        (2, "#zoom"),
        (3, "#zoom > p:nth-of-type(1)"),
        (4, "#zoom > p:nth-of-type(1) > o\\:p:nth-of-type(2)"),
        (5, "html > frameset:nth-of-type(1)"),
        (6, "html > body:nth-of-type(2)"),
        (7, "body > h1:nth-of-type(1)"),
        (8, "body > x-note:nth-of-type(1)"),
    ],
)
def test_paths(node: int, path: str) -> None:
    assert build_locator(Page(lines=(), nodes=NODES), Line(text="全年办理提案459件。", node=node)) == path


def test_a_page_of_parts_alone_begins_with_its_first() -> None:
    nodes = (Node(parent=-1, tag="section", nth=2), Node(parent=0, tag="p", nth=3))
    locator = Locator(Page(lines=(), nodes=nodes))
    assert locator.locate(Line(text="新建公路9公里。", node=0)) == "section:nth-of-type(2)"
    assert locator.locate(Line(text="植树3万株。", node=1)) == "section:nth-of-type(2) > p:nth-of-type(3)"


@pytest.mark.parametrize(
    ("is_html", "number", "place"), [(False, 7, "line 7"), (False, 0, "body"), (True, 7, "line 7"), (True, 0, "body")]
)
def test_lines_without_an_element(is_html: bool, number: int, place: str) -> None:
    assert build_locator(Page(lines=(), is_html=is_html), Line(text="办结率98%。", number=number)) == place


def test_lines_of_plain_text_have_numbers_whatever_they_stand_in() -> None:
    page = Page(lines=(), nodes=NODES, is_html=False)
    assert build_locator(page, Line(text="办结率98%。", node=3, number=2)) == "line 2"


@pytest.mark.parametrize(
    "root", [(Node(parent=-1, tag="body", nth=1),), (Node(parent=-1, tag="div", nth=1, id="main"),)]
)
@pytest.mark.parametrize("upwards", [True, False])
def test_paths_are_bounded(root: tuple[Node, ...], upwards: bool) -> None:
    """In whatever order the lines are asked for, an element that is too deep gets the place of the body."""
    nodes = root + tuple(Node(parent=parent, tag="div", nth=1) for parent in range(MAX_DEPTH + 2))
    locator = Locator(Page(lines=(), nodes=nodes))
    depths = range(MAX_DEPTH + 2, -1, -1) if upwards else range(MAX_DEPTH + 3)
    paths = {depth: locator.locate(Line(text="新建桥梁3座。", node=depth)) for depth in depths}
    assert paths[MAX_DEPTH] == paths[0] + " > div:nth-of-type(1)" * MAX_DEPTH
    assert paths[MAX_DEPTH + 1] == "body"
    assert paths[1] == paths[0] + " > div:nth-of-type(1)"
