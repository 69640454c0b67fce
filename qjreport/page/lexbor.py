"""The default reader: selectolax with Lexbor, which builds the tree that a browser builds."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from qjreport.page.lines import LineBuilder, Sight


def read_html(text: str, builder: LineBuilder) -> None:
    """Tell the builder of every element and text of a page, in document order."""
    # Bytes, for lone surrogates (text that was not decoded here) have no UTF-8 of their own.
    root: LexborNode | None = LexborHTMLParser(text.encode("utf-8", "replace")).root
    if root is not None:
        walk(root, builder)


def walk(root: LexborNode, builder: LineBuilder) -> None:
    """A loop over first child and next, with the elements above in a list: the depth of the page costs no stack."""
    node: LexborNode = root
    above: list[LexborNode] = []
    while True:
        tag = node.tag
        if tag == "-text":
            builder.text(node.text_content or "")
        elif tag is not None and tag[0] != "-":
            if builder.open(tag, node.attributes):
                child = node.first_child
                if child is not None:
                    above.append(node)
                    node = child
                    continue
                builder.close()
            elif tag == "title":
                builder.note_title(node.text())
            else:
                sight = builder.look_at(tag, node.attributes)
                if sight is not None:
                    look_through(node, sight)
                    builder.note_sight(sight)
        while above:
            following = node.next
            if following is not None:
                node = following
                break
            node = above.pop()
            builder.close()
        else:
            return


def look_through(root: LexborNode, sight: Sight) -> None:
    """Tell of what is in an element, in document order."""
    above: list[LexborNode] = []
    node = root.first_child
    while node is not None:
        tag = node.tag
        if tag == "-text":
            sight.text(node.text_content or "")
        elif tag is not None and tag[0] != "-":
            sight.start(tag, node.attributes)
            child = node.first_child
            if child is not None:
                above.append(node)
                node = child
                continue
            sight.end(tag)
        while node.next is None and above:
            node = above.pop()
            sight.end(node.tag or "")
        node = node.next
