"""What kind of report it is, of which area and of which year: from its title and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import regex

from qjreport.article.phrases import fold_width, squeeze
from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re, compile_regex

_YEAR: Final = compile_re(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?=\s*(?:年|[^\d亿万元]{0,14}(?:报告|公报|总结)))")
_HAN_YEAR: Final = compile_re(r"([一二][〇○零九][〇○零一二三四五六七八九]{2})年")
_HAN_DIGITS: Final = {**{digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")}, "零": "0", "○": "0"}
_PART: Final = compile_regex(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|[^\p{Han}]+")
_SPACED: Final = compile_regex(r"^(?:\p{Han}\s+){3}")
_LONGEST_NAME: Final = 8  # characters of one area's name, 自治州 and the like included


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


def find_area(texts: Sequence[str], lexicon: Lexicon) -> str | None:
    """The name of the administrative area that the first telling text holds, the fuller where a later one has it.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_area(["区政协常委会工作报告", "中共临江市青山区委 临江市青山区人民政府"], load_lexicon())
    '临江市青山区'
    """
    best = ""
    for text in texts:
        named = max(area_names(text, lexicon), key=len, default="")
        if not best or (named.endswith(best) and len(named) > len(best)):
            best = named or best
    return best or None


def area_names(text: str, lexicon: Lexicon) -> list[str]:
    """Names of areas in a text: what stands before a body of one (人民政府, 政协, 第…届) or before a year."""
    names = []
    pattern = area_pattern(lexicon)
    for part in _PART.split("".join(fold_width(text).split()) if _SPACED.search(text) else fold_width(text)):
        for piece in stop_pattern(lexicon).split(part):
            match = pattern.match(piece)
            if match:
                names.append(match["area"])
    return names


@lru_cache(maxsize=8)
def area_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """省, 市 and 区 chained, each with a name before it, and behind them what only follows an area."""
    ends = "|".join(regex.escape(end) for end in lexicon.chrome.area_ends)
    bodies = "|".join(regex.escape(body) for body in lexicon.chrome.area_bodies)
    return compile_regex(rf"(?P<area>(?:(?!{bodies})\p{{Han}}{{2,{_LONGEST_NAME}}}?(?:{ends})){{1,3}}?)(?=$|{bodies})")


@lru_cache(maxsize=8)
def stop_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re("|".join(regex.escape(stop) for stop in lexicon.chrome.area_stops))
