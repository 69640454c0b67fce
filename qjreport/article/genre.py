"""What kind of report it is and of which year: from its title and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.article.phrases import squeeze
from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re

_YEAR: Final = compile_re(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?=\s*(?:年|[^\d亿万元]{0,14}(?:报告|公报|总结)))")
_HAN_YEAR: Final = compile_re(r"([一二][〇○零九][〇○零一二三四五六七八九]{2})年")
_HAN_DIGITS: Final = {**{digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}


def find_kind(texts: Sequence[str], lexicon: Lexicon) -> str | None:
    """The kind of report that the first telling text names.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_kind(["2022年统计公报"], load_lexicon())
    '统计公报'
    """
    for text in texts:
        folded = squeeze(text)
        for genre in lexicon.chrome.genres:
            if any(all(word in folded for word in words) for words in genre.words):
                return genre.kind
    return None


def find_year(texts: Sequence[str]) -> int | None:
    """The year that the first telling text names, a span's first left out: 2021—2025年 is 2025.

    >>> find_year(["政府工作报告", "——2026年1月28日在……会议上"]), find_year(["二〇二四年工作总结"])
    (2026, 2024)
    """
    for text in texts:
        found = _YEAR.findall(text)
        if found:
            return int(found[0])
        written = _HAN_YEAR.search(text)
        if written:
            return int("".join(_HAN_DIGITS[digit] for digit in written[1]))
    return None
