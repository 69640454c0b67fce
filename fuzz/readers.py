"""Target: markup → lines, by both readers. The first byte says how to read the others."""

from __future__ import annotations

import qjreport.page.lexbor
import qjreport.page.markdown
import qjreport.page.soup  # noqa: F401 - all readers are loaded now, so that they are followed
from fuzz.choices import Choices
from fuzz.grammar import write_page, write_sound, write_text
from fuzz.laws import check_page
from fuzz.tokens import ANYTHING, MARKS, REFERENCES, TAGS
from qjreport.model import Decoded
from qjreport.page import READERS, read_page
from qjreport.page.decode import find_media_type
from qjreport.page.hostile import tame

MAX_LENGTH = 96
SOUP = [*(f"<{tag}>" for tag in TAGS), *(f"</{tag}>" for tag in TAGS), *MARKS, *REFERENCES, *ANYTHING]


def check(data: bytes) -> None:
    choices = Choices(data)
    kind = choices.below(5)
    if kind == 0:
        check_text(choices.rest().decode("utf-8", "replace"))
    elif kind == 1:
        check_markup(write_text(choices, SOUP))
    elif kind == 2:
        check_markup(write_page(choices))
    elif kind == 3:
        check_agreement(write_sound(choices))
    else:
        check_text(write_text(choices))


def check_text(text: str) -> None:
    """Text of any kind: HTML, Markdown, plain."""
    media_type = find_media_type(text)
    if media_type == "text/html":
        check_markup(text)
    else:
        check_page(read_page(Decoded(text=text, media_type=media_type, encoding="utf-8")))


def check_markup(html: str) -> None:
    """Both readers make sound pages from any markup, and the first makes the same lines from tamed markup."""
    decoded = Decoded(text=html, media_type="text/html", encoding="utf-8")
    pages = [read_page(decoded, reader) for reader in READERS]
    for page in pages:
        check_page(page)
    if "<![CDATA[" in html and "<math" in html:
        return  # within formulas it is text; taming hostile pages need not know that
    if "<script" in html and "<!--" in html and "<svg" in html:
        return  # within drawings a script is markup, and a comment in it goes on after </script>
    tamed = read_page(Decoded(text=tame(html), media_type="text/html", encoding="utf-8"))
    assert [line.text for line in tamed.lines] == [line.text for line in pages[0].lines]


def check_agreement(html: str) -> None:
    """From sound markup both make the same page, to the last attribute."""
    whole = f"<!doctype html><html><head><title>甲</title></head><body>{html}</body></html>"
    decoded = Decoded(text=whole, media_type="text/html", encoding="utf-8")
    lexbor, soup = (read_page(decoded, reader) for reader in READERS)
    check_page(lexbor)
    assert lexbor == soup
