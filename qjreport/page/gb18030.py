"""GB18030 with stray bytes in it: one replacement character for one bad byte, and nothing else lost.

Python's own decoder goes on behind a stray lead byte with the next byte, so that every character up to the next ASCII
one is read across its middle. Here the bytes between two ASCII marks are read in the way that makes the most legible
text, a dropped byte being dear.
"""

from __future__ import annotations

from typing import Final

from qjreport.page.legibility import read_frequency
from qjreport.text.patterns import compile_re

REPLACEMENT: Final = "\ufffd"
# Never a part of a longer character of GB18030, so that a stray byte harms nothing beyond them.
_SEPARATORS: Final = compile_re(rb"([\x00-\x2f\x3a-\x3f]+)")
# Bytes of broken stretches that are weighed; a file with more is no page with a stray byte
REPAIR_BUDGET: Final = 200_000
_DROP: Final = -12.0  # worth four common characters: fewer than that are no reason to see a stray byte


# Characters whose code in GB18030 was moved from the private area to a proper place (GB18030-2005, -2022, WHATWG).
_MOVED: Final = {
    "\ue5e5": "\u3000",
    "\ue7c7": "\u1e3f",
    "\ue81e": "\u9fb4",
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue864": "\u9fbb",
} | {chr(0xE78D + offset): chr(0xFE10 + offset) for offset in range(10)}
_ANY_MOVED: Final = compile_re("[" + "".join(_MOVED) + "]")


def decode_gb18030(data: bytes) -> str:
    """The characters of GB18030, GBK or GB2312 bytes; U+FFFD for each byte that belongs to none.

    >>> decode_gb18030("提案".encode("gb18030") + bytes([0xB9]) + "办理情况".encode("gb18030") + b"<p>")
    '提案\ufffd办理情况<p>'
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = repair(data)
    return settle(text)


def settle(text: str) -> str:
    """Characters that Python's codec leaves in the private area, where they belong today.

    >>> settle("\ue5e5一、工作回顾") == "\u3000一、工作回顾"
    True
    """
    if not any(map(text.__contains__, _MOVED)):  # twenty looks for one character cost a fifth of one for any
        return text
    return _ANY_MOVED.sub(lambda match: _MOVED[match[0]], text)


def repair(data: bytes) -> str:
    parts: list[str] = []
    budget = REPAIR_BUDGET
    for stretch in _SEPARATORS.split(data):
        try:
            parts.append(stretch.decode("gb18030"))
        except UnicodeDecodeError:
            budget -= len(stretch)
            parts.append(read_most_legible(stretch) if budget >= 0 else stretch.decode("gb18030", "replace"))
    return "".join(parts)


def read_most_legible(data: bytes) -> str:
    """The best way through a stretch of bytes, weighed from its end: a character of one, two or four, or a bad byte."""
    size = len(data)
    best = [0.0] * (size + 1)
    chosen: list[tuple[int, str]] = [(1, REPLACEMENT)] * size
    for place in range(size - 1, -1, -1):
        weight, choice = _DROP + best[place + 1], (1, REPLACEMENT)
        if data[place + 1 : place + 2] == b"\xff":  # never a part of a character: the one that it broke goes with it
            weight, choice = _DROP + best[place + 2], (2, REPLACEMENT)
        for length in (1, 2, 4):
            if place + length > size:
                break
            character = decode_one(data[place : place + length])
            if character is not None:
                gained = weigh(character, length) + best[place + length]
                if gained >= weight:  # of two equal readings the one that drops later: what is in front is in step
                    weight, choice = gained, (length, character)
        best[place] = weight
        chosen[place] = choice
    parts: list[str] = []
    place = 0
    while place < size:
        length, character = chosen[place]
        parts.append(character)
        place += length
    return "".join(parts)


def decode_one(data: bytes) -> str | None:
    try:
        character = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return character if len(character) == 1 else None


def weigh(character: str, length: int) -> float:
    """Common characters weigh most, those of GB2312 something, the rest (rare, or read across the middle) nothing."""
    if length == 1:
        return 1.0
    frequency = read_frequency(character)
    if frequency:
        return 2.0 + frequency / 2
    if length == 4:
        return -1.0
    lead, trail = character.encode("gb18030")[:2]
    if trail < 0xA1 or lead < 0xA1:
        return -1.0
    return 1.5 if 0xB0 <= lead <= 0xD7 else 0.0
