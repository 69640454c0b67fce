"""Sentences and clauses of Chinese text: where they begin and end, with quotation marks and brackets kept whole.

Leaves to others what a clause means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qjreport.text.numerals import ONES, SCALES
from qjreport.text.patterns import compile_re

OPENING: Final = {
    "“": "”",
    "‘": "’",
    "《": "》",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "［": "］",
    "「": "」",
    "『": "』",
}
ROUND_OPENING: Final = ("（", "(")
ROUND_CLOSING: Final = ("）", ")")
CLOSING: Final = {close: open_ for open_, close in OPENING.items()}
PAIR: Final = compile_re("[" + re.escape("".join([*OPENING, *CLOSING])) + "]")
# It opens with one class, which is looked for at several times the speed of an alternation or of a repetition.
# A full stop of Latin texts ends one after a rate: 增长6.3%.码头货运.
SENTENCE_END: Final = compile_re(r"[。！？!?\n.](?:(?<!\.)|(?<=[%％]\.)(?=[一-鿿]))[。！？!?\n]*[”’」』）)]*")
AFTER_STOP: Final = "”’」』）)"
# A single — ends nothing.
CLAUSE_END: Final = compile_re(r"[，；：,;:。！？!?\n\t—](?:(?<!—)|—+)")
CLAUSE_MARKS: Final = [*"，；：,;:。！？!?\n\t"]
DASHES: Final = "——"
OPENING_MARKS: Final = [*OPENING]
CLOSING_MARKS: Final = [*CLOSING]

# A mark that is never closed must not swallow the rest of the block; no quotation in a report is longer.
LONGEST_PAIR: Final = 200

# Every fact carries its sentence, and is read with all that stands in front of it there: without an end to sentences
# the output and the time of a page would grow with its square. Real ones have up to 1400 characters.
LONGEST_SENTENCE: Final = 2000
CLAUSE_CUT: Final = compile_re(r"[；;]|[，、：\t]|[,:](?!\d)")
WORD_CUT: Final = compile_re(rf"[^\d.．,，:：/／\-—–~～%％‰零〇{ONES}{SCALES}两余多]")


def find_marks(text: str, marks: list[str], start: int, end: int) -> list[int]:
    """Where any of these characters stands, those of each after those of the one before.

    Each is looked for by itself: a plain character is found at many times the speed of a class, and most are nowhere.
    """
    places: list[int] = []
    for mark in marks:
        at = text.find(mark, start, end)
        while at >= 0:
            places.append(at)
            at = text.find(mark, at + 1, end)
    return places


def find_pairs(text: str) -> list[tuple[int, int]]:
    """The spans of quotations and brackets that are closed, marks included, outermost and innermost alike.

    >>> find_pairs("擦亮“书香（一期）”品牌")
    [(5, 9), (2, 10)]
    """
    places = find_marks(text, OPENING_MARKS, 0, len(text))
    if not places:
        return []
    places += find_marks(text, CLOSING_MARKS, min(places), len(text))
    places.sort()
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for at in places:
        mark = text[at]
        if mark in OPENING:
            stack.append((mark, at))
            continue
        while stack and at - stack[-1][1] > LONGEST_PAIR:
            stack.pop()
        own = CLOSING[mark]
        if stack and (stack[-1][0] == own or any(open_ == own for open_, _ in stack[-4:])):
            while stack:
                open_, start = stack.pop()
                if open_ == own:
                    pairs.append((start, at + 1))
                    break
    return pairs


def mark_inside(text: str) -> bytearray:
    """For each character 1 where it stands inside a quotation or bracket (the marks themselves do not count)."""
    inside = bytearray(len(text))
    for start, end in find_pairs(text):
        inside[start + 1 : end - 1] = b"\x01" * (end - start - 2)
    return inside


def is_aside(text: str, end: int, start: int) -> bool:
    """Whether what ends at `end` stands in a bracket that is closed before `start`.

    >>> is_aside("案件310件（旧存18件），审结", 12, 14), is_aside("案件310件（旧存18件", 6, 9)
    (True, False)
    """
    between = text[end:start]
    if "）" not in between and ")" not in between:
        return False
    closed = between.count("）") + between.count(")")
    return closed > between.count("（") + between.count("(")


def find_sentences(text: str, inside: bytearray | None = None) -> list[tuple[int, int]]:
    """The sentences of a text as spans that cover it, each with its closing mark.

    What is longer than LONGEST_SENTENCE is cut, after a comma if there is one.

    >>> text = "全年办理提案9件。其中“重点。督办”3件。"
    >>> [text[start:end] for start, end in find_sentences(text)]
    ['全年办理提案9件。', '其中“重点。督办”3件。']
    """
    inside = mark_inside(text) if inside is None else inside
    spans: list[tuple[int, int]] = []
    start = 0
    for at, end in find_ends(text):
        if inside[at] and text[at] != "\n":
            continue
        if end - start > LONGEST_SENTENCE:
            spans.extend(cut_sentence(text, start, end))
        else:
            spans.append((start, end))
        start = end
    if start < len(text):
        spans.extend(cut_sentence(text, start, len(text)))
    return spans


def find_ends(text: str) -> list[tuple[int, int]]:
    """The marks that end sentences, with the quotation marks and brackets that are closed after them."""
    others = "！" in text or "？" in text or "!" in text or "?" in text or "\n" in text
    if others or "%." in text or "％." in text:
        return [match.span() for match in SENTENCE_END.finditer(text)]
    ends: list[tuple[int, int]] = []
    at = text.find("。")
    while at >= 0:
        end = at + 1
        while end < len(text) and text[end] == "。":
            end += 1
        while end < len(text) and text[end] in AFTER_STOP:
            end += 1
        ends.append((at, end))
        at = text.find("。", end)
    return ends


def cut_sentence(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span itself, or the pieces of one that is longer than any sentence; no piece ends in a number if it can."""
    while end - start > LONGEST_SENTENCE:
        middle, most = start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
        cuts = [match.end() for match in CLAUSE_CUT.finditer(text, middle, most)]
        cuts = cuts or [match.end() for match in WORD_CUT.finditer(text, middle, most)]
        yield start, (cuts or [most])[-1]
        start = (cuts or [most])[-1]
    yield start, end


def find_breaks(text: str, start: int, end: int, inside: bytearray) -> list[tuple[int, int]]:
    """The marks that end a clause between start and end, outside quotations and brackets.

    >>> text = "增长5%，达到309亿元"
    >>> find_breaks(text, 0, len(text), mark_inside(text))
    [(4, 5)]
    """
    spans = [(at, at + 1) for at in find_marks(text, CLAUSE_MARKS, start, end) if not inside[at]]
    at = text.find(DASHES, start, end)
    while at >= 0:
        stop = at + len(DASHES)
        while stop < end and text[stop] == DASHES[0]:
            stop += 1
        if not inside[at]:
            spans.append((at, stop))
        at = text.find(DASHES, stop, end)
    spans.sort()
    return spans
