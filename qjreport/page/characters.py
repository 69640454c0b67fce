"""The characters of a line: white space collapsed as a browser does, and what cannot be seen left out.

A newline of the source between two Chinese characters of one text is layout (Word breaks its HTML at 80 columns) and
goes without trace, as Firefox has it and CSS Text asks. Any other run of white space, no-break and ideographic spaces
among it, is one space, also between two elements: <span>来源：本报</span> <span>编辑：某某</span> are two things.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from qjreport.text.patterns import compile_re

# Controls, soft hyphen, zero-width and directional marks, variation selectors, lone surrogates, non-characters.
_UNSEEN_CLASS: Final = (
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]"
)
# A pattern that opens with a class is looked for at several times the speed of one that opens with a repetition.
_UNSEEN: Final = compile_re(_UNSEEN_CLASS)
_WIDE: Final = (
    "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6“”‘’—…·\U00020000-\U0003fffd"
)
# The look-behind lets a run of blanks be tried once, from its start, so that the search is linear.
_LAYOUT_BREAK: Final = compile_re(
    f"[ \\t\\f\\r\\n](?<=[{_WIDE}][ \\t\\f\\r\\n])(?:(?<=[\\r\\n])|[ \\t\\f]*[\\r\\n])[ \\t\\f\\r\\n]*(?=[{_WIDE}])"
)
_WIDE_ONE: Final = compile_re(f"[{_WIDE}]")
_SEAM: Final = "\ue000"  # private use: no page has it


def drop_layout_breaks(text: str) -> str:
    """Take out the newlines of the source that stand between two wide characters.

    >>> drop_layout_breaks("全年办理\\n   提案459件\\n办结")
    '全年办理提案459件办结'
    """
    return _LAYOUT_BREAK.sub("", text) if "\n" in text or "\r" in text else text


def collapse(text: str) -> str:
    """The characters that a reader sees of a line, white space collapsed and trimmed.

    >>> collapse("  第一章\\u3000\\u3000总\\u200b则\\xa0")
    '第一章 总则'
    """
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())


def find_seams(text: str, parts: Sequence[str], owners: Sequence[object]) -> tuple[int, ...]:
    """The places in a collapsed text where a part of another element goes on without white space.

    >>> find_seams("来源：县政府办编辑：周正", ["来源：县政府办", "编辑：周正"], ["span 1", "span 2"])
    (7,)
    """
    marked: list[str] = []
    last, owner, seams = " ", None, 0
    for part, other in zip(parts, owners, strict=True):
        if not part:
            continue
        if other is not owner and not last[-1].isspace() and not part[0].isspace():
            marked.append(_SEAM)
            seams += 1
        marked.append(part)
        last, owner = part, other
    if not seams:
        return ()
    *pieces, end = collapse("".join(marked)).split(_SEAM)
    if "".join([*pieces, end]) != text:
        return ()
    places = accumulate(map(len, pieces))
    return tuple(sorted({place for place in places if 0 < place < len(text)}))


def join_lines(texts: list[str]) -> str:
    """Several lines as one: a space between them, but none between two wide characters.

    >>> join_lines(["比上年增长", "（%）", "2024", "2025"])
    '比上年增长（%） 2024 2025'
    """
    if len(texts) == 1:
        return texts[0]
    joined = ""
    parts: list[str] = []
    for text in texts:
        if joined and not (_WIDE_ONE.match(joined, len(joined) - 1) and _WIDE_ONE.match(text)):
            parts.append(" ")
        parts.append(text)
        joined = text
    return "".join(parts)
