"""The breadcrumb: the path from the home page down to the report, among the lines above the headline.

A path is a line, or a step a line, whose steps an arrow parts (首页 > 要闻), or another sign, or only blanks.
Menus look the same. What tells them apart adds up (`weigh_path`): arrows between the steps, a line such as 您的位置：
before them, 首页 first, 正文 last, an element that is called so, the headline close below; against it speak signs that
menus have too, and many steps. The path that has most is the page's, of equals the first, where it has enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import regex

from qjreport.article.judge import Judgement
from qjreport.article.phrases import fold_width
from qjreport.lexicon import Lexicon
from qjreport.model import Line, Page
from qjreport.text.patterns import compile_re, compile_regex

LONGEST_PATH: Final = 160
LONGEST_CRUMB: Final = 24
MOST_LED: Final = 3  # steps without an arrow that a line such as 您的位置： leads
MOST_STEPS: Final = 6  # of a path; menus are longer
NEAR: Final = 8  # lines above the headline

_ARROWS: Final = (">", "»", "›", "→")
_ARROW: Final = compile_re(r"(?<!-)-*+>+|»+|›+|→")
_ANY: Final = compile_re(r"(?<!-)-*+>+|»+|›+|→|[|:/\\]")
_LEAD: Final = compile_re(r"^[^:>»›|]{0,12}(?:位置|栏目)(?:是)?\s*:?\s*|^位置\s*:\s*")
_SIGN: Final = compile_regex(r"\s*[/|·\\]\s*")
_BLANK: Final = compile_regex(r"(?<=\p{Han}{2})\s+(?=\p{Han}{2})")
_WORD: Final = compile_re(r"[a-z]{2,}")


class Path(NamedTuple):
    """What may be a breadcrumb: its steps as they stand, and how they are parted."""

    steps: list[str]
    last: int  # its last line
    parted: str  # arrows, sign, blanks, lines
    led: bool  # a line such as 您的位置： leads to it


# What speaks for a path and against it; enough together, and it is the page's.
ENOUGH: Final = 3
WEIGHTS: Final = {
    "led": 3,
    "arrows": 3,  # between two steps that name columns
    "arrow": 1,  # before 正文 only
    "sign": 0,
    "blanks": -1,
    "lines": -2,
    "home first": 2,
    "text last": 2,
    "called a breadcrumb": 3,
    "called a place": 2,
    "near the headline": 1,
    "many steps": -3,
}


def find_crumbs(
    page: Page, judgements: Sequence[Judgement], end: int, title: str, lexicon: Lexicon
) -> tuple[tuple[str, ...], range]:
    """The steps of the best path above line `end`, without 正文 and the headline, and the lines that it stands on.

    >>> from qjreport.article.judge import judge_line
    >>> from qjreport.lexicon import load_lexicon
    >>> page = Page(lines=(Line(text="您的位置: 首页>>公示公告>>正文"), Line(text="关于提案的公告")))
    >>> find_crumbs(page, [judge_line(line, load_lexicon()) for line in page.lines], 1, "", load_lexicon())
    (('首页', '公示公告'), range(0, 1))
    """
    ends = lexicon.chrome.no_crumbs
    best: tuple[tuple[str, ...], range] = ((), range(0))
    most = ENOUGH - 1
    lines = page.lines[:end]
    texts = [fold_width(line.text) for line in lines]
    for index, text in enumerate(texts):
        known = judgements[index].reason == "navigation"
        if not known and (judgements[index].reason or not lines[index].linked or end - index > NEAR):
            continue
        if len(text) > LONGEST_PATH or not may_begin(text, lexicon):
            continue
        for path in read_paths(page, texts, index):
            linked = sum(line.linked for line in lines[index : path.last + 1])
            columns = path.steps[-1] in ends or linked >= sum(map(len, path.steps))  # then no step is the headline
            own = () if columns else ("".join(fold_width(title).split()),)
            kept = tuple(step for step in path.steps if step not in own and step not in ends)
            weight = sum(WEIGHTS[piece] for piece in weigh_path(page, path, kept, index, end, lexicon))
            if kept and weight > most:
                best, most = (kept, range(index, path.last + 1)), weight
    return best


def may_begin(text: str, lexicon: Lexicon) -> bool:
    """Whether a path may begin with a line: it has an arrow or a lead, or the home page comes first."""
    return text.startswith(lexicon.chrome.home_words) or bool(_ARROW.search(text)) or bool(_LEAD.match(text))


def weigh_path(page: Page, path: Path, kept: Sequence[str], index: int, end: int, lexicon: Lexicon) -> list[str]:
    """The pieces of evidence that a path has, by their names."""
    words = lexicon.chrome
    pieces = ["led"] if path.led else []
    if path.parted == "arrows":
        pieces += ["arrows" if len(kept) > 1 else "arrow"] if len(path.steps) > 1 else []
    else:
        pieces.append(path.parted)
    if path.steps[0] in words.home_words:
        pieces.append("home first")
    if path.steps[-1] in words.no_crumbs:
        pieces.append("text last")
    name = read_name(page, page.lines[index], lexicon)
    if name:
        pieces.append(name)
    if end - path.last <= NEAR:
        pieces.append("near the headline")
    if len(path.steps) > MOST_STEPS:
        pieces.append("many steps")
    return pieces


def read_paths(page: Page, texts: Sequence[str], index: int) -> list[Path]:
    """The paths that a line, or it and those below, may be."""
    bare = _LEAD.sub("", texts[index])
    led = bare != texts[index]
    whole, last = bare, index
    while last + 1 < len(texts) and is_crumb(texts[last + 1], texts[last], led and last - index < MOST_LED):
        last += 1
        whole += texts[last] if _ANY.match(texts[last]) else f" > {texts[last]}"
    paths = [Path(clean_steps((_ANY if led else _ARROW).split(whole)), last, "arrows", led)]
    if last == index and not led and not _ARROW.search(bare):
        paths = [Path(clean_steps(pattern.split(bare)), index, parted, led) for pattern, parted in PARTINGS]
        paths.append(read_list(page, texts, index))
    return [path for path in paths if path.steps and (len(path.steps) > 1 or path.parted == "arrows")]


PARTINGS: Final[tuple[tuple[regex.Pattern[str], str], ...]] = ((_SIGN, "sign"), (_BLANK, "blanks"))


def clean_steps(steps: Sequence[str]) -> list[str]:
    cleaned = ["".join(step.split()).strip(":-") for step in steps]
    return [step for step in cleaned if step]


def read_list(page: Page, texts: Sequence[str], index: int) -> Path:
    """A step a line: the entries of one list, or lines of one element."""
    nodes = page.nodes
    node = page.lines[index].node
    steps, last = [], index - 1
    for place in range(index, min(len(texts), index + MOST_STEPS + 2)):
        other = page.lines[place].node
        same = other == node or (node >= 0 <= other and nodes[other].parent == nodes[node].parent >= 0)
        if not same or len(texts[place]) > LONGEST_CRUMB or page.lines[place].heading:
            break
        steps.append(texts[place].strip(" /|·>"))
        last = place
    return Path([step for step in steps if step], max(last, index), "lines", False)


def is_crumb(text: str, above: str, led: bool) -> bool:
    """Whether a line goes on with the path above it: by its arrow, or by the arrow or colon before it.

    >>> is_crumb("> 要闻", "首页", False), is_crumb("首页", "当前位置:", True), is_crumb("要闻", "首页", True)
    (True, True, False)
    """
    above = above.rstrip()
    if len(text) > LONGEST_CRUMB:
        return len(text) <= LONGEST_PATH and led and above.endswith(":") and _ARROW.search(text) is not None
    return text.startswith(_ARROWS) or above.endswith(_ARROWS) or (led and above.endswith(":"))


def read_name(page: Page, line: Line, lexicon: Lexicon) -> str:
    """What a line's element, or the one around it, is called: as those of breadcrumbs are, or where one is."""
    node = line.node
    for _ in range(2):
        if node < 0:
            return ""
        entry = page.nodes[node]
        names = _WORD.findall(f"{entry.id} {entry.classes}".lower())
        if any(name in lexicon.chrome.crumb_names for name in names):
            return "called a breadcrumb"
        if any(name in lexicon.chrome.place_names for name in names):
            return "called a place"
        node = entry.parent
    return ""
