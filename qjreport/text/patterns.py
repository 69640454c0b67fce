"""Pieces that several patterns are built of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Han characters, for a class: `regex` knows them as \p{Han}; a call of `re` costs less than half, and there are many.
HAN: Final = r"\u2e80-\u2fd5々〇〡-〩〸-〻㐀-䶿一-鿿\uf900-\ufad9\U00020000-\U00033479"


def one_of(words: Iterable[str]) -> str:
    """An alternation of the words, the longest first: none hides one that goes on.

    >>> one_of(("超", "超过", "+"))
    '超过|超|\\\\+'
    """
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
