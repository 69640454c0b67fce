"""Numbers in Arabic digits that are no quantities by their shape alone: dates, times of day, codes, names."""

from __future__ import annotations

from typing import Final

from qjreport.text.patterns import compile_re, compile_regex

YEAR: Final = r"(?:1[6-9]|20|21)\d\d"
DASH: Final = r"[—–\-~～－﹣−至到]{1,2}"
DAY: Final = r"\d{1,2}\s?[日号](?!线)"
MONTH: Final = r"\d{1,2}\s?月(?![饼球嫂])份?"
LAST: Final = rf"(?:{YEAR}\s?年(?:{MONTH}(?:{DAY})?)?|{MONTH}(?:{DAY})?|{DAY})"

DOTTED_DAY: Final = rf"{YEAR}(?:[-/.．]\d{{1,2}}){{2}}(?!\d)"
DATES: Final = (
    rf"{YEAR}\s?年度?(?:\s?{MONTH}(?:\s?{DAY})?)?(?:{DASH}{LAST})?"
    rf"|{YEAR}{DASH}{YEAR}\s?(?:学?年)?(?!\d)"
    rf"|{DOTTED_DAY}"
    rf"|{MONTH}(?:\s?{DAY})?(?:{DASH}{LAST})?"
    rf"|\d{{1,2}}\s?[月日]?{DASH}{MONTH}"
    rf"|\d{{1,2}}{DASH}{DAY}"
    r"|\d{1,2}日(?!以?内|左右|元|均)"
    r"|(?<!结构)(?<!比例)(?<!构为)(?<!例为)(?<!整为)\d{1,2}[:：][0-5]\d[:：][0-5]\d(?!\d)"
    r"|\d{1,2}[时点](?:\d{1,2}分|半|整)"
    r"|\d{1,2}时(?![间长空代段速尚])"
    r"|\d{2}世纪(?:\d0年代)?|\d0年代|\d++[多余]?周年"
)
MOBILE: Final = r"1[3-9]\d{9}(?!\d)"
CODES: Final = (
    rf"0\d{{2,3}}[-－—]\d{{7,8}}(?!\d)|{MOBILE}"
    r"|[48]00[-－]\d{3,4}[-－]?\d{3,4}(?!\d)|\d++(?:-\d++){2,}"
)
VERSION: Final = (
    r"\d{1,2}\.\d(?!\d)(?=版|时代|模式|工程|行动|计划|平台|系统|政策|升级)版?"  # 2.0版
    r"|\d{1,2}\.0(?=[，。、；”’)）]|$)"  # 首发经济3.0、
)
NAMES: Final = (
    r"\d++(?:[+＋](?:\d++|[NnXx])(?![\d.]))+"  # 1+6, 5+2, 1+N
    r"|\d++[Xx×*]\d++小时"  # 7×24小时
    r"|\d0后"  # 90后
    r"|\d++·\d++"  # 3·15
    rf"|{VERSION}"
)
PRODUCT: Final = r"\d++(?:\.\d++)?[×xX*✕]\d++(?:\.\d++)?"
RATIO: Final = r"\d++(?:\.\d++)?(?: ?[:：∶] ?\d++(?:\.\d++)?){1,2}"
AT_DIGIT: Final = compile_re(
    rf"(?P<date>{DATES})|(?P<code>{CODES})|(?P<name>{NAMES})"
    rf"|(?P<product>{PRODUCT})|(?P<ratio>{RATIO})"
    r"|(?P<fraction>\d{1,3}[/／]\d{1,3}(?![\d/]))"
)

# The shapes of these that have a point after the first run of digits, as most plain numbers with a shape's mark do.
AT_POINT: Final = compile_re(
    rf"(?P<date>{DOTTED_DAY})|(?P<code>{MOBILE})|(?P<name>{VERSION})|(?P<product>{PRODUCT})|(?P<ratio>{RATIO})"
)
# What may stand after the first run of digits of one of these shapes: nothing else is tried on plain numbers.
OPENERS: Final = frozenset("年月日时点世代周多余-/.．:：∶+＋×xX*✕·—–~～－﹣−至到／后 \u00a0")

# A document's number, or a footnote's mark, seen from its first digit: 国发〔2024〕3号, [12].
BRACKETED: Final = compile_re(r"[〔\[［（(【](?:(?:19|20)\d\d[〕\]］）)】]第?\d++号?|\d{1,3}[\]］】])")
MARKER: Final = compile_re(r"\d{1,3}(?:[.．、](?!\d)|[)）])")
IN_ROUND: Final = compile_re(r"\d{1,2}(?= ?[)）])")
HOTLINE: Final = compile_regex(r"\d{3,5}\p{Han}{0,6}?(?:热线|平台|专线)")
CODED: Final = compile_re(r"届|[A-Za-z][A-Za-z\d.\-+]*+(?:级|店|版)?|号(?!召)线?楼?|强|级")
LETTERS: Final = compile_re(r"[A-Za-z][A-Za-z\-.·/&_]{0,15}$")
LETTERED: Final = compile_re(r"[\dA-Za-z.\-+/]*+(?:级|型|号|系列|版)?")
BARE_YEAR: Final = compile_re(rf"{YEAR}(?![\d.,%％])[版级届款]?")
