"""What is wrong in a file of words, at which key, before its line is known; and what every check of words asks."""

from __future__ import annotations

from typing import Literal

import msgspec

from qjreport.model.arguments import find_nearest

Path = tuple[str | int, ...]

Severity = Literal["error", "note"]


class Fault(msgspec.Struct, frozen=True):
    """A problem and the key that it is at, before its line is known."""

    path: Path
    message: str
    word: str | None = None
    nth: int = 0  # the first time that the word stands there is 0
    severity: Severity = "error"


def suggest(key: str, known: tuple[str, ...]) -> str:
    near = find_nearest(key, known)
    return f"; do you mean {near[0]}?" if near else f"; known are {', '.join(known)}"


def judge_word(word: str) -> str | None:
    if not word.strip():
        return "an empty word"
    if word != word.strip():
        return f"{word!r} has white space around it"
    return "a word is on one line, without tabs" if any(c in word for c in "\n\r\t") else None


def is_list_of_words(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)
