"""The time that a table's caption or a head names: 2023年, 2024年1—10月, 2021-2025年, 上半年."""

from __future__ import annotations

import re
from typing import Final

from qjreport.text.patterns import compile_re

DASH: Final = r"\s?[-—–－~～至到]{1,2}\s?"
SPAN: Final = compile_re(rf"(?P<first>(?:19|20)\d\d)年?{DASH}(?P<last>(?:19|20)\d\d)年?(?!\d)")
YEAR: Final = compile_re(r"(?<!\d)\d{0,2}?(?P<year>(?:19|20)\d\d)(?:年度?末?底?|$|(?=[^\d.%])(?<=^\d{4}))")
MONTHS: Final = compile_re(rf"(?P<first>1[0-2]|[1-9])月?{DASH}(?P<last>1[0-2]|[1-9])月份?")
MONTH: Final = compile_re(r"(?<![\d一二三四五六七八九十])(?P<month>1[0-2]|0?[1-9])月份?(?:末|底)?")
PARTS: Final = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
}
PART: Final = compile_re("第?(?P<part>" + "|".join(PARTS) + ")")
AFTER: Final = "和及与（()）、，：: "


def read_period(text: str, year: str | None = None) -> tuple[str, str | None]:
    """A head without the time in it, and the time; `year` is the year that months without one belong to.

    >>> read_period("2023年"), read_period("1—10月累计", "2024"), read_period("金额")
    (('', '2023'), ('累计', '2024-01/2024-10'), ('金额', None))
    """
    rest = text
    span = SPAN.search(rest)
    if span:
        return cut(rest, span), f"{span['first']}-{span['last']}"
    found = YEAR.search(rest)
    named = found["year"] if found else None
    if found:
        rest = cut(rest, found)
    year = named or (year[:4] if year else None)
    if year is None:
        return rest, None
    months = MONTHS.search(rest)
    if months and int(months["first"]) < int(months["last"]):
        return cut(rest, months), f"{year}-{int(months['first']):02}/{year}-{int(months['last']):02}"
    part = PART.search(rest)
    if part:
        first, last = PARTS[part["part"]]
        return cut(rest, part), f"{year}-{first:02}/{year}-{last:02}"
    month = MONTH.search(rest)
    if month:
        return cut(rest, month), f"{year}-{int(month['month']):02}"
    return rest, named


def cut(text: str, found: re.Match[str]) -> str:
    return (text[: found.start()] + text[found.end() :]).strip(AFTER)
