"""The breadcrumb: the path from the home page down to the report, on one line or a step a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.article.fold import fold_width
from qjreport.article.judge import Judgement
from qjreport.lexicon import Lexicon
from qjreport.model import Line
from qjreport.text.patterns import compile_re

LONGEST_PATH: Final = 160
LONGEST_CRUMB: Final = 24
MOST_LED: Final = 3  # steps without an arrow that a line such as 您的位置： leads

_ARROWS: Final = (">", "»", "›", "→")
_ARROW: Final = compile_re(r"(?<!-)-*+>+|»+|›+|→")
_ANY: Final = compile_re(r"(?<!-)-*+>+|»+|›+|→|[|:/\\]")
_LEAD: Final = compile_re(r"^[^:>»›|]{0,12}(?:位置|栏目)(?:是)?\s*:?\s*|^位置\s*:\s*")


def find_crumbs(
    lines: Sequence[Line], judgements: Sequence[Judgement], title: str, lexicon: Lexicon
) -> tuple[tuple[str, ...], range]:
    """The steps of the first path among the lines, and the lines that it stands on; without 正文 and the headline.

    >>> from qjreport.article.judge import judge_line
    >>> from qjreport.lexicon import load_lexicon
    >>> lines = [Line(text="您的位置: 首页>>公示公告>>正文")]
    >>> find_crumbs(lines, [judge_line(line, load_lexicon()) for line in lines], "", load_lexicon())
    (('首页', '公示公告'), range(0, 1))
    """
    ends = lexicon.chrome.no_crumbs
    texts = [fold_width(line.text) for line in lines]
    for index, folded in enumerate(texts):
        if judgements[index].reason != "navigation" or len(folded) > LONGEST_PATH:
            continue
        path = _LEAD.sub("", folded)
        led = path != folded
        last = index
        while last + 1 < len(texts) and is_crumb(texts[last + 1], texts[last], led and last - index < MOST_LED):
            last += 1
            path += texts[last] if _ANY.match(texts[last]) else f" > {texts[last]}"
        crumbs = ["".join(crumb.split()).strip(":-") for crumb in (_ANY if led else _ARROW).split(path)]
        crumbs = [crumb for crumb in crumbs if crumb]
        linked = sum(line.linked for line in lines[index : last + 1])
        columns = crumbs and (crumbs[-1] in ends or linked >= sum(map(len, crumbs)))  # then no step is the headline
        own = () if columns else ("".join(fold_width(title).split()),)
        kept = tuple(crumb for crumb in crumbs if crumb not in own and crumb not in ends)
        if (len(kept) > 1 and len(crumbs) > 1) or (kept and led):
            return kept, range(index, last + 1)
    return (), range(0)


def is_crumb(text: str, above: str, led: bool) -> bool:
    """Whether a line goes on with the path above it: by its arrow, or by the arrow or colon before it.

    >>> is_crumb("> 要闻", "首页", False), is_crumb("首页", "当前位置:", True), is_crumb("要闻", "首页", True)
    (True, True, False)
    """
    above = above.rstrip()
    if len(text) > LONGEST_CRUMB:
        return len(text) <= LONGEST_PATH and led and above.endswith(":") and _ARROW.search(text) is not None
    return text.startswith(_ARROWS) or above.endswith(_ARROWS) or (led and above.endswith(":"))
