"""How the elements around a text make it look: linked, bold, centred, hidden; where lines and tables begin.

First what the tags and inline styles of HTML mean (`TAG_FLAGS`, `read_style`): what a page says by itself, by tags,
attributes and `style="…"`; scripts are not run. Then what they do: an open element is a `Frame`, what its text inherits
is a `Look`. `lexbor` and `soup` walk the tree, `lines` puts the lines together.

Of a page's style sheets only what they hide counts (`read_sheet`): of its <style> elements those rules that hold on
every screen (none in @media) and whose selector is one name, alone or with a tag: .tip, #tip, div.tip. What takes more
is left as seen: a text shown in vain is less than one lost. A rule further down that shows the same selector again
undoes the hiding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from qjreport.text.patterns import compile_re

Attributes = Mapping[str, str | None]

BLOCK: Final = 1  # starts and ends a line
BREAK: Final = 2  # a line break without content
OUT: Final = 4  # not text that a reader sees: the whole subtree is left out
BOLD: Final = 8
CENTER: Final = 16
TABLE: Final = 32  # a tag of the table model
LINK: Final = 64
PRE: Final = 128  # source newlines are line breaks

_BLOCKS: Final = (
    "html body address article aside blockquote center details dialog dd dir div dl dt fieldset figcaption figure"
    " footer form frameset h1 h2 h3 h4 h5 h6 header hgroup legend li listing main marquee menu nav ol optgroup option p"
    " plaintext pre search section summary ul xmp"
)
# Pictures (<svg>), forms and readings (<rt>) are seen, but are not the page's text: `lines.Sight` reads them. <object>,
# <video>, <canvas> hold what shows only where the thing itself cannot; <noscript>, <template>, <iframe>, <noframes> are
# shown by no current browser.
_OUT: Final = (
    "script style template noscript iframe noframes noembed svg select datalist textarea object embed applet video"
    " audio canvas rt rp rtc title input"
)
_TABLE: Final = "table caption thead tbody tfoot tr td th colgroup col"


def _tag_flags() -> dict[str, int]:
    flags: dict[str, int] = dict.fromkeys(_BLOCKS.split(), BLOCK)
    flags |= dict.fromkeys(_OUT.split(), OUT)
    flags |= dict.fromkeys(_TABLE.split(), BLOCK | TABLE)
    flags |= {"br": BREAK, "hr": BREAK, "b": BOLD, "strong": BOLD, "a": LINK, "th": BLOCK | TABLE | BOLD | CENTER}
    flags |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), BLOCK | BOLD)
    flags |= dict.fromkeys(("pre", "listing", "xmp", "plaintext"), BLOCK | PRE)
    flags["center"] = flags["figcaption"] = BLOCK | CENTER
    return flags


TAG_FLAGS: Final = _tag_flags()
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}

# Attributes that can change the look; an element without any of them looks as its tag says.
LOOK_ATTRIBUTES: Final = ("style", "align", "hidden", "aria-hidden")


class Style(NamedTuple):
    """What one `style` attribute says; None where it says nothing."""

    hidden: bool = False
    block: bool | None = None
    bold: bool | None = None
    centered: bool | None = None
    pre: bool | None = None


_PLAIN_STYLE: Final = Style()
_DECLARATION: Final = compile_re(
    r"(?:^|[;\s\"'{])(display|visibility|font-weight|font|text-align|white-space)\s*:\s*([^;]*)", re.IGNORECASE
)
_NO_TARGET: Final = "#-"
_FRAGMENT: Final = compile_re(
    r"\s*#[^\s/!]"
)  # a bare # is a button's, #/ and #! are addresses of pages shown by script
_BLOCK_DISPLAYS: Final = ("block", "flex", "grid", "list-item", "table", "flow-root")
_BOLD_WEIGHTS: Final = ("bold", "bolder", "600", "700", "800", "900")
_NORMAL_WEIGHTS: Final = ("normal", "lighter", "100", "200", "300", "400", "500")


@lru_cache(maxsize=4096)
def read_style(style: str) -> Style:
    """The part of an inline style that changes how lines are read.

    >>> read_style("TEXT-ALIGN: center; font-weight:bold")
    Style(hidden=False, block=None, bold=True, centered=True, pre=None)
    >>> read_style("display:none").hidden
    True
    """
    found = {
        name.lower(): value.lower().replace("!important", "").strip() for name, value in _DECLARATION.findall(style)
    }
    if not found:
        return _PLAIN_STYLE
    display = found.get("display", "")
    weight = found.get("font-weight", "") or found.get("font", "").partition(" ")[0]
    align = found.get("text-align", "")
    space = found.get("white-space", "")
    return Style(
        hidden=display == "none" or found.get("visibility", "") in ("hidden", "collapse"),
        block=True if display in _BLOCK_DISPLAYS else False if display in ("inline", "contents") else None,
        bold=True if weight in _BOLD_WEIGHTS else False if weight in _NORMAL_WEIGHTS else None,
        centered=align.endswith("center") if align and align not in ("inherit", "initial", "unset") else None,
        pre=space.startswith(("pre", "break-spaces")) if space else None,
    )


def is_link(attributes: Attributes) -> bool:
    """Whether an <a> leads to another page, as an entry of the page's own contents (#_Toc12) does not.

    >>> is_link({"href": "t_2.htm"}), is_link({"href": "#"}), is_link({"href": "#_Toc12"}), is_link({"name": "top"})
    (True, True, False, False)
    """
    target = attributes.get("href", _NO_TARGET)
    return not target or _FRAGMENT.match(target) is None


def is_hidden(attributes: Attributes) -> bool:
    """Whether the element's own attributes hide it from the reader.

    >>> is_hidden({"hidden": None}), is_hidden({"aria-hidden": "false"})
    (True, False)
    """
    if "hidden" in attributes:
        return True
    return (attributes.get("aria-hidden") or "").strip().lower() == "true"


class Look(NamedTuple):
    """What a text inherits from the elements around it."""

    linked: bool = False
    bold: bool = False
    heading: int = 0
    centered: bool = False
    pre: bool = False


class Frame:
    """An open element."""

    __slots__ = ("attributes", "block", "counts", "flags", "hidden", "look", "node", "nth", "parent", "tag")

    def __init__(
        self,
        tag: str,
        attributes: Attributes,
        parent: Frame | None,
        look: Look,
        hidden: bool,
        nth: int = 1,
        flags: int = 0,
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.look = look
        self.hidden = hidden
        self.flags = flags
        self.node = -1
        self.nth = nth
        self.counts: dict[str, int] | None = None
        self.block = self


def restyle(tag: str, attributes: Attributes, flags: int, look: Look, hidden: bool) -> tuple[int, Look, bool]:
    """What an element's own attributes make of its flags, its look and whether it is seen."""
    if flags & LINK and is_link(attributes):
        look = link(look)
    # <table align=center> sets the table, not the text in it
    align = (attributes.get("align") or "") if flags & BLOCK and tag != "table" else ""
    style = attributes.get("style") or ""
    if align or style:
        flags, look, said_hidden = apply_style(flags, look, align, style)
        hidden = hidden or said_hidden
    return flags, look, hidden or is_hidden(attributes)


@lru_cache(maxsize=64)
def link(look: Look) -> Look:
    """The look in a link. Cached, for a page has hundreds, and few looks."""
    return look._replace(linked=True)


@lru_cache(maxsize=4096)
def apply_style(flags: int, look: Look, align: str, style: str) -> tuple[int, Look, bool]:
    """Cached, for the paragraphs of a page repeat a handful of styles."""
    if align:
        look = look._replace(centered=align.strip().lower() in ("center", "middle"))
    said = read_style(style)
    if said.block is not None and not flags & TABLE:
        flags = flags | BLOCK if said.block else flags & ~BLOCK
    if said.bold is not None:
        look = look._replace(bold=said.bold)
        flags &= ~BOLD
    if said.centered is not None:
        look = look._replace(centered=said.centered)
        flags &= ~CENTER
    if said.pre is not None:
        look = look._replace(pre=said.pre)
        flags &= ~PRE
    return flags, look, said.hidden


@lru_cache(maxsize=1024)
def dress(tag: str, flags: int, look: Look) -> Look:
    """What the tag alone makes of the look: <h1> to <h6>, <b>, <center>, <pre>, <th>; a table starts afresh."""
    return Look(
        linked=look.linked,
        bold=look.bold or bool(flags & BOLD),
        heading=HEADINGS.get(tag, look.heading),
        centered=bool(flags & CENTER) or (look.centered and tag != "table"),
        pre=look.pre or bool(flags & PRE),
    )


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
