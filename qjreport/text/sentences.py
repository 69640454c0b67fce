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
# They open with one class, which is looked for at several times the speed of an alternation or of a repetition.
# A full stop of Latin texts ends one after a rate: 增长6.3%.码头货运.
SENTENCE_END: Final = compile_re(r"[。！？!?\n.](?:(?<!\.)|(?<=[%％]\.)(?=[一-鿿]))[。！？!?\n]*[”’」』）)]*")
# The same in a text with no other mark: what opens with one plain character is found at eight times the speed.
FULL_STOP: Final = compile_re(r"。。*[”’」』）)]*")
# A single — ends nothing.
CLAUSE_END: Final = compile_re(r"[，；：,;:。！？!?\n\t—](?:(?<!—)|—+)")

# A mark that is never closed must not swallow the rest of the block; no quotation in a report is longer.
LONGEST_PAIR: Final = 200

# Every fact carries its sentence, and is read with all that stands in front of it there: without an end to sentences
# the output and the time of a page would grow with its square. Real ones have up to 1400 characters.
LONGEST_SENTENCE: Final = 2000
CLAUSE_CUT: Final = compile_re(r"[；;]|[，、：\t]|[,:](?!\d)")
WORD_CUT: Final = compile_re(rf"[^\d.．,，:：/／\-—–~～%％‰零〇{ONES}{SCALES}两余多]")


def find_pairs(text: str) -> list[tuple[int, int]]:
    """The spans of quotations and brackets that are closed, marks included, outermost and innermost alike.

    >>> find_pairs("擦亮“书香（一期）”品牌")
    [(5, 9), (2, 10)]
    """
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    first = len(text)
    for mark in OPENING:  # plain characters are found at many times the speed of a class
        at = text.find(mark, 0, first)
        first = at if at >= 0 else first
    for match in PAIR.finditer(text, first) if first < len(text) else ():
        mark, at = match[0], match.start()
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
    for match in choose_end(text).finditer(text):
        at, end = match.span()
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


def choose_end(text: str) -> re.Pattern[str]:
    """The pattern of what ends the sentences of a text."""
    others = "！" in text or "？" in text or "!" in text or "?" in text or "\n" in text
    return SENTENCE_END if others or "%." in text or "％." in text else FULL_STOP


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
    spans = [match.span() for match in CLAUSE_END.finditer(text, start, end)]
    return [span for span in spans if not inside[span[0]]]
