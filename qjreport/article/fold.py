"""A line as the lexicon's words are written: no white space, punctuation in half width, lower case."""

from __future__ import annotations

import re

_COMMON = tuple(zip("：（），；！？％　\xa0｜＞－．", ":(),;!?%  |>-.", strict=True))
_WIDE = re.compile("[\uff01-\uff5e\u2236\ufe55]")
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " ", 0x2236: ":", 0xFE55: ":"}
ORNAMENTS = " \t|｜丨·•●▪>»›<«‹*※—-–_=~.。,，、;；:：/\\()（）[]［］【】〔〕「」『』《》“”\"'‘’↓↑→←▼▲▶►▷☞⊙×+#"
OPENERS = " \t→←↓↑▶►▷☞⊙◎§|｜丨·•▪>»›<«‹*※-–_=~/\\([［【〔「『《“\"'‘"


def fold_width(text: str) -> str:
    """Full-width forms as half-width ones, a character for a character, so that offsets stay.

    >>> fold_width("来源：本站（原创）")
    '来源:本站(原创)'
    """
    for wide, narrow in _COMMON:  # 1 µs for a paragraph, where translate() takes 17
        text = text.replace(wide, narrow)
    return text.translate(_WIDTHS) if _WIDE.search(text) else text


def squeeze(text: str) -> str:
    """Folded, without white space, in lower case.

    >>> squeeze("政 府 工 作 报 告（ICP备）")
    '政府工作报告(icp备)'
    """
    return "".join(fold_width(text).split()).lower()
