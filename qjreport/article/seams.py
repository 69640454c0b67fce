"""A byline whose values stand in elements side by side: <span>来源：甲</span><span>编辑：乙</span>.

A reader sees them apart, for the style sheet sets them apart; the line's text alone does not tell. What is one word
set in two elements (<span>63</span>9次) stays whole: a seam parts only what is known on one side of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

import regex

from qjreport.article.dates import read_stamp
from qjreport.article.fold import ORNAMENTS, fold_width
from qjreport.article.labels import known_labels
from qjreport.lexicon import Lexicon
from qjreport.model import Line
from qjreport.text.patterns import compile_re

PARTING: Final = "|"  # ends a value, as it does where the page itself has it

_CLOCK: Final = compile_re(r"\d{1,2}:\d\d")


def part_seams(line: Line, lexicon: Lexicon) -> str:
    """A line's text with a bar where another element begins that holds a label, a date or a count of its own.

    >>> from qjreport.lexicon import load_lexicon
    >>> part_seams(Line(text="来源：县政府办编辑：周正", seams=(7,)), load_lexicon())
    '来源：县政府办|编辑：周正'
    >>> part_seams(Line(text="2026-01-20 09:312.3万阅读", seams=(16,)), load_lexicon())
    '2026-01-20 09:31|2.3万阅读'
    """
    if not line.seams:
        return line.text
    pieces = [line.text[start:end] for start, end in pairwise((0, *line.seams, len(line.text)))]
    parted = pieces[0]
    for before, piece in pairwise(pieces):
        parted += find_parting(fold_width(before), fold_width(piece), lexicon) + piece
    return parted


def cut_seams(text: str, seams: tuple[int, ...]) -> str:
    """A text with a bar at each seam, whatever stands there.

    >>> cut_seams("打印关闭", (2,))
    '打印|关闭'
    """
    for place in reversed(seams):
        text = text[:place] + PARTING + text[place:]
    return text


def find_parting(before: str, piece: str, lexicon: Lexicon) -> str:
    """What stands between two pieces of a line: a bar, a space between a day and its time, or nothing."""
    if before.rstrip().endswith(":"):
        return ""
    stamp = read_stamp(before)
    if stamp is not None and stamp.end == len(before.rstrip()):
        return " " if not stamp.timed and _CLOCK.match(piece) else PARTING
    stamp = read_stamp(piece)
    if stamp is not None and stamp.start == 0:
        return PARTING
    key = "".join(piece.split()).lower()
    if ":" in piece and "".join(piece.partition(":")[0].split()) in known_labels(lexicon):
        return PARTING
    return PARTING if count_pattern(lexicon).fullmatch(key) or key.strip(ORNAMENTS) in button_words(lexicon) else ""


@lru_cache(maxsize=8)
def count_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = "|".join(map(regex.escape, lexicon.chrome.count_words))
    count = r"\d[\d.,]*+[万千wk]?\+?次?"
    return compile_re(rf"{count}(?:{words})(?:量|数|次数)?|(?:{words})(?:量|数|次数)?\(?{count}\)?")


@lru_cache(maxsize=8)
def button_words(lexicon: Lexicon) -> frozenset[str]:
    """Words of buttons that stand in a byline."""
    return frozenset(
        word.strip(ORNAMENTS)
        for phrase in lexicon.chrome.phrases
        if phrase.place == "whole" and phrase.reason in ("button", "share")
        for word in phrase.words
        if len(word.strip(ORNAMENTS)) > 1
    )
