"""Numbers in Arabic digits that are no quantities by their shape alone: dates, times of day, codes, names.

Holds the shapes, not their readers. Those with words of the lexicon in them are compiled by `build_shapes`: a date is
tried before a code, a code before a name, and what is left may be a product, a ratio or a fraction.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import regex

from qjreport.lexicon import Lexicon
from qjreport.text.numerals import RAISED
from qjreport.text.patterns import WordTable, compile_re, compile_regex
from qjreport.text.words import join_words

YEAR: Final = r"(?:[1１][6-9６-９]|[2２][01０１])\d\d"
DASH: Final = r"[—–\-~～－﹣−至到]{1,2}"
DAY: Final = r"\d{1,2}\s?[日号](?!线)"
MONTH: Final = r"\d{1,2}\s?月(?![饼球嫂])份?"
LAST: Final = rf"(?:{YEAR}\s?年(?:{MONTH}(?:{DAY})?)?|{MONTH}(?:{DAY})?|{DAY})"

DOTTED_DAY: Final = rf"{YEAR}(?:[-/.．]\d{{1,2}}){{2}}(?!\d)"
DATE: Final = (
    rf"{YEAR}\s?年度?(?:\s?{MONTH}(?:\s?{DAY})?)?(?:{DASH}{LAST})?"
    rf"|{YEAR}{DASH}{YEAR}\s?(?:学?年)?(?!\d)"
    rf"|{DOTTED_DAY}"
    rf"|{MONTH}(?:\s?{DAY})?(?:{DASH}{LAST})?"
    rf"|\d{{1,2}}\s?[月日]?{DASH}{MONTH}"
    rf"|\d{{1,2}}{DASH}{DAY}"
    r"|\d{1,2}[时点](?:\d{1,2}分|半|整)"
    r"|\d{1,2}时(?![间长空代段速尚])"
    r"|\d{2}世纪(?:\d0年代)?|\d0年代|\d++[多余]?周年"
)
AFTER_RATIO: Final = r"$|[，。、；：！？,;)）\s的]|[缩扩改调降下提上变达]"  # 2.8比1缩小到2.5比1
CLOCK: Final = r"(?:[01]?\d|2[0-4])[:：][0-5]\d[:：][0-5]\d(?!\d)"
MOBILE: Final = r"1[3-9]\d{9}(?!\d)"
CODES: Final = (
    rf"0\d{{2,3}}[-－—]\d{{7,8}}(?!\d)|{MOBILE}"
    r"|[48]00[-－]\d{3,4}[-－]?\d{3,4}(?!\d)|\d++(?:-\d++){2,}"
)
NAMES: Final = (
    r"\d++(?:[+＋](?:\d++|[NnXx])(?![\d.]))+"  # 1+6, 5+2, 1+N
    r"|\d++[Xx×*]\d++小时"  # 7×24小时
    r"|\d0后"  # 90后
    r"|\d++·\d++(?![\d%％‰万亿千百十:：∶︰]|个百分点|[倍元吨亩米克]|公[里斤顷]|平方|立方|[人户个])"  # 3·15
)
PRODUCT: Final = r"\d++(?:\.\d++)?[×xX*✕]\d++(?:\.\d++)?"
RATIO: Final = r"\d++(?:[.·]\d++)?(?: ?[:：∶︰] ?\d++(?:[.·]\d++)?){1,4}"
TOLD_RATIO: Final = rf"\d++(?:\.\d++)?比\d{{1,2}}(?:\.\d++)?(?={AFTER_RATIO})"
FRACTION: Final = r"\d{1,3}[/／](?P<below>\d{1,3})(?![\d/])"


class Shapes(WordTable):
    """The shapes with words of the lexicon in them; a group's name says what the number is."""

    at_digit: re.Pattern[str]
    at_point: re.Pattern[
        str
    ]  # those with a point after the first run of digits, as most plain numbers with a mark have
    hotline: regex.Pattern[str]
    lettered: re.Pattern[str]  # what a name goes on with after its letters: PM2.5, L3级


@lru_cache(maxsize=8)
def build_shapes(lexicon: Lexicon) -> Shapes:
    words = lexicon.numerals
    day = rf"\d{{1,2}}日(?!{join_words(words.not_days)})"
    clock = "".join(f"(?<!{re.escape(word)})" for word in words.not_times) + CLOCK
    # 2.0版, and 首发经济3.0、
    version = rf"\d{{1,2}}\.\d(?!\d)(?={join_words(words.versions)})版?|\d{{1,2}}\.0(?=[，。、；”’)）]|$)"
    return Shapes(
        at_digit=compile_re(
            rf"(?P<date>{DATE}|{day}|{clock})|(?P<code>{CODES})|(?P<name>{NAMES}|{version})"
            rf"|(?P<product>{PRODUCT})|(?P<ratio>{RATIO})|(?P<fraction>{FRACTION})"
        ),
        at_point=compile_re(
            rf"(?P<date>{DOTTED_DAY})|(?P<code>{MOBILE})|(?P<name>{version})|(?P<product>{PRODUCT})|(?P<ratio>{RATIO}|{TOLD_RATIO})"
        ),
        hotline=compile_regex(rf"\d{{3,5}}\p{{Han}}{{0,6}}?{join_words(words.hotlines)}"),
        lettered=compile_re(rf"[\dA-Za-z.\-+/]*+{join_words(words.series)}?"),
    )


# What may stand after the first run of digits of one of these shapes: nothing else is tried on plain numbers.
OPENERS: Final = frozenset("比分年月日时点世代周多余-/.．:：∶︰+＋×xX*✕·—–~～－﹣−至到／后 \u00a0")

# A document's number, or a footnote's mark, seen from its first digit: 国发〔2024〕3号, [12].
BRACKETED: Final = compile_re(r"[〔\[［（(【](?:(?:19|20)\d\d[〕\]］）)】]第?\d++号?|\d{1,3}[\]］】])")
MARKER: Final = compile_re(r"\d{1,3}(?:[.．、](?!\d)|[)）])")
IN_ROUND: Final = compile_re(r"\d{1,2}(?= ?[)）])")
CODED: Final = compile_re(r"届|价(?![值格款])|[A-Za-z][A-Za-z\d.\-+]*+[级店版]?|号(?!召)线?楼?|强|级")
LETTERS: Final = compile_re(r"[A-Za-z][A-Za-z\-.·/&_]{0,15}$")
BARE_YEAR: Final = compile_re(rf"{YEAR}(?![\d.,%％])(?:[版级届款]|[{''.join(sorted(RAISED))}]*)")
