"""What the headings tell of time: the years that the report looks back on and those that it plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model import Metadata, Section
from qjreport.text.patterns import compile_re

YEAR: Final = compile_re(r"(?P<year>(?:19|20)\d{2}|[一二][〇○零一二三四五六七八九]{3})年(?!代)")
YEARS: Final = compile_re(r"(?P<first>(?:19|20)\d{2})年?\s?[-—–~至到]\s?(?P<last>(?:19|20)\d{2})年")
PLAN: Final = compile_re(r"“?(?P<number>十[一二三四五六七八九])五”?(?=”|时期|规划|期间|发展|以来|经济|目标|主要|开局)")
HAN: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
PLAN_DIGITS: Final = {character: value for value, character in enumerate("〇一二三四五六七八九")}
PLAN_START: Final = 1951  # the first plan began in 1953 and the tenth in 2001: since the sixth, number × 5 + 1951
FIVE: Final = compile_re("(?:过去|近|这|今后|未来|本届)的?五年|五年来|本届|新一届")
REVIEWING: Final = (
    "公报",
    "总结",
    "决算",
    "年报",
    "执行情况",
    "完成情况",
)  # a headline with a year and one of these looks back on that year
DEEPEST: Final = 2  # levels whose titles speak of the report's parts


def read_years(title: str) -> list[int]:
    """The years that a title names, plans by their first and last.

    >>> read_years("2025年和“十四五”时期的成绩"), read_years("二〇二四年工作回顾")
    ([2025, 2021, 2025], [2024])
    """
    years = [int(found["year"].translate(HAN)) for found in YEAR.finditer(title)]
    for found in YEARS.finditer(title):
        years += [int(found["first"]), int(found["last"])]
    for found in PLAN.finditer(title):
        first = PLAN_START + 5 * (10 + PLAN_DIGITS[found["number"][1]])
        years += [first, first + 4]
    return years


def write_period(years: Sequence[int]) -> str | None:
    if not years:
        return None
    first, last = min(years), max(years)
    return str(last) if first == last else f"{first}-{last}"


@lru_cache(maxsize=4)
def compile_parts(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words of parts that look back, of those that look forward or may, and of those that may do either."""
    titles = lexicon.markers.titles
    return (
        compile_re("|".join(titles.review)),
        compile_re("|".join((*titles.plan, *titles.either))),
        compile_re("|".join(titles.either)),
    )


def complete_metadata(metadata: Metadata, sections: Sequence[Section], lexicon: Lexicon) -> Metadata:
    """Fill `reviews`, `plans` and, where the page did not tell it, `year`, from the titles of the report's parts."""
    titles = lexicon.markers.titles
    review, plan, either = compile_parts(lexicon)
    back = find_parts(sections, review)
    ahead = find_parts(sections, plan, review)
    base = find_base(metadata, back, ahead)
    for title in [title for title in ahead if base and either.search(title)]:
        years = read_years(title)
        if years and base and max(years) < base:  # 2009年的主要工作 in a report of 2010
            ahead.remove(title)
            back.append(title)
    past = read_parts(back, base, -1, titles.years_past)
    future = read_parts(ahead, base, 0, titles.years_now)
    if base and not future:  # 奋力实现“十二五”良好开局 in a report of 2011
        future = [year for years in name_parts(sections) if min(years) >= base for year in years]
    headline = metadata.title or ""
    named = read_years(headline)
    if not past and any(word in headline for word in REVIEWING):
        past = named
    return msgspec.structs.replace(
        metadata,
        reviews=metadata.reviews or write_period(past),
        plans=metadata.plans or write_period(future),
        year=metadata.year or max(named, default=None) or base,
    )


def find_parts(sections: Sequence[Section], words: re.Pattern[str], unlike: re.Pattern[str] | None = None) -> list[str]:
    """The titles of the outermost parts that hold one of the words and none of those that it must be unlike."""
    found = [
        (section.level, section.title)
        for section in sections
        if section.level <= DEEPEST
        and words.search(section.title)
        and (unlike is None or not unlike.search(section.title))
    ]
    highest = min((level for level, _ in found), default=0)
    return [title for level, title in found if level == highest]


def name_parts(sections: Sequence[Section]) -> list[list[int]]:
    """The years in the titles of the top parts, whatever the titles say of them."""
    return [years for section in sections if section.level == 1 and (years := read_years(section.title))]


def read_parts(parts: Sequence[str], base: int | None, shift: int, words: Sequence[str]) -> list[int]:
    return [year for title in parts for year in read_part(title, base, shift, words)]


def read_part(title: str, base: int | None, shift: int, words: Sequence[str]) -> list[int]:
    """The years of a part's title; 过去一年 and 过去五年 are counted from the report's year."""
    years = read_years(title)
    if years or base is None:
        return years
    if FIVE.search(title):
        return [base - 5, base - 1] if shift else [base, base + 4]
    if any(word in title for word in words):
        return [base + shift]
    return []


def find_base(metadata: Metadata, back: Sequence[str], ahead: Sequence[str]) -> int | None:
    """The year of the report: the first that it plans, else as published, else that after the last it reviews."""
    planned = [min(years) for title in ahead if (years := read_years(title))]
    if planned:
        return max(planned) if max(planned) - min(planned) <= 1 else min(planned)
    if metadata.published and metadata.published[:4].isdigit():
        return int(metadata.published[:4])
    if metadata.year is not None:
        return metadata.year
    reviewed = [max(years) for title in back if (years := read_years(title))]
    return max(reviewed) + 1 if reviewed else None
