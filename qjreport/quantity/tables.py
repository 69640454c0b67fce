"""The lexicon's words as the reader looks them up: indexes and patterns, built once for a lexicon."""

from __future__ import annotations

from functools import lru_cache

import msgspec
import regex

from qjreport.lexicon import Lexicon
from qjreport.quantity.bound import HedgeIndex, index_hedges
from qjreport.quantity.unit import Index, index_units
from qjreport.text.numerals import CHINESE_CHARS

CHINESE = CHINESE_CHARS + "几数半"
YEAR = r"(?:1[6-9]|20|21)\d\d"
DASH = r"[—–\-~～－﹣−至到]{1,2}"
DAY = r"\d{1,2}[日号](?!线)"


class Tables(msgspec.Struct, frozen=True):
    units: Index
    hedges: HedgeIndex
    scan: regex.Pattern[str]
    ordinal: regex.Pattern[str]
    rank: regex.Pattern[str]
    structure: regex.Pattern[str]
    spans: tuple[str, ...]
    name_tail: regex.Pattern[str]
    counted: tuple[str, ...]
    counting: tuple[str, ...]
    postal: regex.Pattern[str]


def one_of(words: tuple[str, ...]) -> str:
    """An alternation of the words, the longest first."""
    return "|".join(map(regex.escape, sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=8)
def build_tables(lexicon: Lexicon) -> Tables:
    names = lexicon.names
    return Tables(
        units=index_units(lexicon),
        hedges=index_hedges(lexicon),
        scan=build_scan(lexicon),
        ordinal=regex.compile(one_of(names.ordinals)),
        rank=regex.compile(rf"(?:{one_of(names.ranks)}|{one_of(names.rank_fields)})[^，。；！？,;]{{0,8}}$"),
        structure=regex.compile(rf"大|(?:个|项|条|方面|类|种)?[“‘]?(?:{one_of(names.structure)})"),
        spans=names.spans,
        name_tail=regex.compile(one_of(names.name_tails)),
        counted=names.counted,
        counting=names.counting,
        postal=regex.compile(rf"(?:{one_of(names.postal)})[:： ]{{0,3}}$"),
    )


def build_scan(lexicon: Lexicon) -> regex.Pattern[str]:
    """One pattern that finds every place where a number may be, and what sort of place; at most a step a character."""
    names = lexicon.names
    words = one_of(tuple(word for word in names.words))
    numeral = rf"[{CHINESE}]"
    return regex.compile(
        rf"(?P<quoted>[“‘「『][^“”‘’「」『』\n]{{1,14}}[”’」』])"
        rf"|(?P<title>《[^《》\n]{{1,60}}》)"
        rf"|(?P<vague>{one_of(names.vague)})"
        rf"|(?P<word>{words})"
        rf"|(?P<date>{date_pattern()})"
        rf"|(?P<code>{code_pattern()})"
        rf"|(?P<ordinal>第(?:\d++|{numeral}++))"
        rf"|(?P<place>[前后](?:\d++|[一二两三四五六七八九十百]++)(?!\d))"
        rf"|(?P<first>首位|榜首)"
        rf"|(?P<plus>\d+(?:[+＋](?:\d+|[NnXx])(?![\d.]))++)"
        rf"|(?P<ratio>\d++(?:\.\d++)?(?:[:：∶]\d++(?:\.\d++)?){{1,2}})"
        rf"|(?P<times>\d++(?:\.\d++)?[×xX*✕]\d++(?:\.\d++)?)"
        rf"|(?P<arabic>\d)"
        rf"|(?P<doubling>翻了?(?:[一两二三四]番|番))"
        rf"|(?P<half>一半|半数|过半(?!年)|多半)"
        rf"|(?P<parts>[{CHINESE}]++分之(?:\d++(?:\.\d++)?|[{CHINESE}点]++))"
        rf"|(?P<chinese>{numeral}++)"
    )


def date_pattern() -> str:
    tail = rf"(?:{YEAR}\s?年(?:\d{{1,2}}月(?:{DAY})?)?|\d{{1,2}}月份?(?:{DAY})?|{DAY})"
    numeral = "〇零○一二三四五六七八九"
    return (
        rf"{YEAR}\s?年(?!期)度?(?:\s?\d{{1,2}}\s?月份?(?:\s?{DAY})?)?(?:{DASH}{tail})?+"
        rf"|{YEAR}{DASH}{YEAR}\s?(?:学?年)?(?!\d)"
        rf"|{YEAR}[-/.．]\d{{1,2}}[-/.．]\d{{1,2}}(?!\d)"
        rf"|\d{{1,2}}月份?(?:\s?{DAY})?(?:{DASH}{tail})?+"
        rf"|\d{{1,2}}(?:月|日)?{DASH}\d{{1,2}}月份?"
        rf"|\d{{1,2}}{DASH}\d{{1,2}}日"
        rf"|\d{{1,2}}日(?!以?内|左右|元|均)"
        rf"|\d{{1,2}}[:：]\d\d[:：]\d\d(?!\d)"
        rf"|\d{{1,2}}时(?:\d{{1,2}}分)?(?![间长空代段速尚])"
        rf"|\d{{2}}(?:世纪|年代)(?:\d0年代)?"
        rf"|\d++[多余]?周年"
        rf"|[“‘]?十[一二三四五六七八]五[”’]?(?=[”’时规期以开收末中头至和与、，]|$)"
        rf"|[一二][{numeral}]{{3}}年(?:[一二三四五六七八九十]{{1,2}}月)?(?:[一二三四五六七八九十]{{1,3}}日)?"
        rf"|[一二三四五六七八九十]{{1,2}}月(?:[一二三四五六七八九十]{{1,3}}日|份|底|初|末)"
        rf"|[一二三四五六七八九十]{{2,3}}世纪(?:[一二三四五六七八九]十年代)?"
    )


def code_pattern() -> str:
    return (
        r"[〔\[［（(【](?:19|20)\d\d[〕\]］）)】]第?\d++号?"
        r"|[\[［【]\d{1,3}[\]］】]"
        r"|0\d{2,3}[-－—]\d{7,8}(?!\d)"
        r"|1[3-9]\d{9}(?!\d)"
        r"|[48]00[-－]\d{3,4}[-－]?\d{3,4}(?!\d)"
        r"|\d++(?:-\d++){2,}"
        r"|\d{12,}+(?![.\d万亿])"
    )
