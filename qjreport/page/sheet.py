"""Which elements a page's own style sheets hide: .tip{display:none}.

Only <style> elements of the page are read, and of them only rules that hold on every screen (none in @media) and whose
selector is one name, alone or with a tag: .tip, #tip, div.tip. What takes more is left as seen: a text shown in vain is
less than one lost. A rule further down that shows the same selector again undoes the hiding.
"""

from __future__ import annotations

import re
from typing import Final

from qjreport.page.style import Attributes
from qjreport.text.patterns import compile_re

LARGEST: Final = 500_000  # characters of style sheets that are read

TAGS: Final = ("<style", "<STYLE", "<Style")  # looked for one by one: a pattern for any case takes ten times as long

_PRINT: Final = compile_re(r"media\s*=\s*[\"']?(?!all|screen)[a-z(]", re.IGNORECASE)
_HIDES: Final = compile_re(r"display\s{0,9}:\s{0,9}none")
_BRACE: Final = compile_re(r"[{}]")
_DISPLAY: Final = compile_re(r"(?:^|[;\s])display\s*:\s*([a-z-]+)", re.IGNORECASE)
_SIMPLE: Final = compile_re(r"([a-z][a-z0-9]*)?([.#])([\w\u0080-\uffff-]+)", re.IGNORECASE)


class Sheet:
    """The selectors that hide an element: (tag or empty, name), by classes and by ids."""

    def __init__(self, classes: frozenset[tuple[str, str]], ids: frozenset[tuple[str, str]]) -> None:
        self.classes = classes
        self.ids = ids
        self.known: dict[tuple[str, str], bool] = {}  # tag and class attribute, of which a page has a few hundred

    def hides(self, tag: str, attributes: Attributes) -> bool:
        """Whether an element is hidden by its class or its id.

        >>> sheet = read_sheet("<style>p.tip, #ad {display: none}</style>")
        >>> sheet.hides("p", {"class": "big tip"}), sheet.hides("div", {"class": "tip"})
        (True, False)
        """
        identity = attributes.get("id")
        if identity and (("", identity) in self.ids or (tag, identity) in self.ids):
            return True
        value = attributes.get("class")
        if not value or not self.classes:
            return False
        hidden = self.known.get((tag, value))
        if hidden is None:
            names = value.split()
            hidden = any(("", name) in self.classes or (tag, name) in self.classes for name in names)
            self.known[(tag, value)] = hidden
        return hidden


def read_sheet(text: str) -> Sheet | None:
    """What the <style> elements of a page hide; None where they hide nothing that is told from its name.

    >>> read_sheet("<style>.a{display:none} @media print{.b{display:none}} .a{display:block}</style>") is None
    True
    """
    shown: dict[tuple[str, str, str], bool] = {}
    for css in find_sheets(text):
        if _HIDES.search(css):
            read_rules(css, shown)
    hidden = [key for key, is_shown in shown.items() if not is_shown]
    if not hidden:
        return None
    classes = frozenset((tag, name) for tag, sign, name in hidden if sign == ".")
    return Sheet(classes, frozenset((tag, name) for tag, sign, name in hidden if sign == "#"))


def find_sheets(text: str) -> list[str]:
    """The contents of the <style> elements that are for every screen."""
    sheets: list[str] = []
    size = 0
    for tag in TAGS:
        start = text.find(tag)
        while start >= 0 and size < LARGEST:
            opened = text.find(">", start)
            end = text.find(f"</{tag[1:]}", opened)
            if opened < 0 or end < 0:
                break
            if not _PRINT.search(text[start:opened]):
                sheets.append(drop_comments(text[opened + 1 : end]))
                size += end - opened
            start = text.find(tag, end + 2)
    return sheets


def drop_comments(css: str) -> str:
    parts, place = [], 0
    while (start := css.find("/*", place)) >= 0:
        parts.append(css[place:start])
        end = css.find("*/", start + 2)
        place = len(css) if end < 0 else end + 2
    return "".join([*parts, css[place:]])


def read_rules(css: str, shown: dict[tuple[str, str, str], bool]) -> None:
    """Note for each selector of one name whether its last rule about display shows it."""
    depth, start, selectors, nested = 0, 0, "", False
    for brace in _BRACE.finditer(css):
        if brace[0] == "{":
            if depth == 0:
                selectors = css[start : brace.start()]
                nested = "@" in selectors
            depth += 1
        else:
            if depth == 1 and not nested and "display" in (body := css[start : brace.start()]):
                note_rule(selectors, body, shown)
            depth = max(0, depth - 1)
        start = brace.end()


def note_rule(selectors: str, body: str, shown: dict[tuple[str, str, str], bool]) -> None:
    displays = _DISPLAY.findall(body)
    if not displays:
        return
    for selector in selectors.split(","):
        match = _SIMPLE.fullmatch(selector.strip())
        if match:
            shown[(match[1] or "").lower(), match[2], match[3]] = displays[-1].lower() != "none"
