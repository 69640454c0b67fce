"""The short lines that reports begin and end with: subtitle, salutation, first heading, signature, date, note.

They are kept where a button or a menu entry of the same length goes; boundaries.py asks for them above the first and
after the last running text. All functions take text folded as the lexicon's words are, without white space.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import regex

from qjreport.article.labels import find_speaker
from qjreport.article.phrases import strip_ornaments
from qjreport.lexicon import Lexicon
from qjreport.text.patterns import WordTable, compile_re, compile_regex
from qjreport.text.words import join_words

LONGEST_SHAPED: Final = 120  # characters of a note or a subtitle
LONGEST_SIGNATURE: Final = 40  # … of a signature or a heading

_HAN_NUMBER: Final = "[〇○零一二三四五六七八九十]"
_DATE: Final = compile_re(
    rf"\(?(?:\d{{4}}|{_HAN_NUMBER}{{4}})年(?:(?:\d{{1,2}}|{_HAN_NUMBER}{{1,2}})月)?(?:(?:\d{{1,2}}|{_HAN_NUMBER}{{1,3}})日)?\)?"
)
_PRINTED: Final = compile_re(r".{4,40}\d{4}年\d{1,2}月\d{1,2}日印发?")
_DOCUMENT_NUMBER: Final = compile_re(r".{0,12}[〔\[(]\d{4}[〕\])]第?\d{1,4}号")


class Shapes(WordTable):
    """The shapes that hold words of the lexicon."""

    subtitle: re.Pattern[str]
    salutation: re.Pattern[str]
    first_heading: regex.Pattern[str]
    aside: re.Pattern[str]  # a note in brackets or after its label


@lru_cache(maxsize=8)
def compile_shapes(lexicon: Lexicon) -> Shapes:
    words = lexicon.chrome
    meeting = join_words((*words.meetings, "会"))
    date = r"\d{4}年\d{1,2}月\d{1,2}日"
    occasion = rf"(?:{date})?[在于].{{4,60}}{meeting}(?:第.{{1,3}}次)?(?:上|的?报告)?(?:\(?{date}\)?)?"
    return Shapes(
        subtitle=compile_re(rf"[(*]*+(?:[—–─-]{{1,8}}+.{{2,60}}|{occasion})[)*]*+"),
        salutation=compile_re(rf"{join_words(words.salutations)}.{{0,30}}[:!]|主席、.{{0,20}}:"),
        first_heading=compile_regex(rf"{join_words(words.first_headings)}\p{{Han}}"),
        aside=compile_re(rf"[(【\[].{{2,80}}[)】\]]|{join_words(words.note_labels)}[:\d].{{0,100}}"),
    )


def is_subtitle(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line says on what occasion a report was given, or begins with a dash as subtitles do.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_subtitle("——2026年1月20日在县第十届人民代表大会第六次会议上", load_lexicon())
    True
    >>> is_subtitle("在建项目12个", load_lexicon())
    False
    """
    return compile_shapes(lexicon).subtitle.fullmatch(folded) is not None


@lru_cache(maxsize=8)
def name_occasions(lexicon: Lexicon) -> tuple[str, ...]:
    """How a line ends that says on what occasion a report was given: 会议上, 大会上)."""
    return tuple(meeting + end for meeting in lexicon.chrome.meetings for end in ("上", "上)"))


def is_salutation(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line greets the meeting.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_salutation("各位代表:", load_lexicon()), is_salutation("各位置评分", load_lexicon())
    (True, False)
    """
    return compile_shapes(lexicon).salutation.fullmatch(folded) is not None


def is_written_date(folded: str) -> bool:
    """Whether a line is a date in words and nothing else.

    >>> is_written_date("(2023年5月)"), is_written_date("二〇二六年一月二十日"), is_written_date("2023-05-11")
    (True, True, False)
    """
    return _DATE.fullmatch(folded) is not None


@lru_cache(maxsize=8)
def sourced_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    words = join_words(lexicon.chrome.labels["source"])
    return compile_re(rf"(?P<text>.+)[(]{words}[:]?(?P<source>[^()]{{2,30}})[)]")


def split_source(folded: str, lexicon: Lexicon) -> tuple[str, str]:
    """A line's text and the source that stands in brackets after it; the line and nothing where there is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> split_source("2026年3月5日(来源:县政府办)", load_lexicon())
    ('2026年3月5日', '县政府办')
    """
    match = sourced_pattern(lexicon).fullmatch(folded) if folded.endswith(")") else None
    return (match["text"], match["source"]) if match else (folded, "")


def dates_text(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is the date under a text with the text's source in brackets, no byline.

    >>> from qjreport.lexicon import load_lexicon
    >>> dates_text("2026年3月5日(来源:县政府办)", load_lexicon()), dates_text("2026年3月5日", load_lexicon())
    (True, False)
    """
    text, source = split_source(folded, lexicon)
    return bool(source) and is_written_date(text)


def is_opening(text: str, folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is the subtitle, the salutation or the speaker's.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_opening("县长 周明远", "县长周明远", load_lexicon())
    True
    """
    return is_subtitle(folded, lexicon) or is_salutation(folded, lexicon) or find_speaker(text, lexicon) != ""


def is_first_heading(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is the first heading of a report by its number.

    >>> from qjreport.lexicon import load_lexicon
    >>> [is_first_heading(text, load_lexicon()) for text in ("一、上年工作回顾", "二、今年工作安排", "1.5万人浏览")]
    [True, False, False]
    """
    return len(folded) <= LONGEST_SIGNATURE and compile_shapes(lexicon).first_heading.match(folded) is not None


def is_closing(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is a signature, a date, a note in brackets or after its label, a document's number.

    >>> from qjreport.lexicon import load_lexicon
    >>> [is_closing(text, load_lexicon()) for text in ("临江县人民政府", "(此件公开发布)", "注:均为快报数", "更多图片")]
    [True, True, True, False]
    """
    if len(folded) > LONGEST_SHAPED:
        return False
    return (
        is_written_date(folded)
        or dates_text(folded, lexicon)
        or compile_shapes(lexicon).aside.fullmatch(folded) is not None
        or _DOCUMENT_NUMBER.fullmatch(folded) is not None
        or (folded.endswith("印发") and _PRINTED.fullmatch(folded) is not None)
        or (len(folded) <= LONGEST_SIGNATURE and folded.endswith(lexicon.chrome.signers))
    )


def is_junk(folded: str) -> bool:
    """An address of the web, a count, a single sign: nothing that a report begins or ends with.

    >>> is_junk("0"), is_junk("云溪网www.example.cn"), is_junk("谢谢大家")
    (True, True, False)
    """
    return "www." in folded or "http" in folded or strip_ornaments(folded).isdigit() or len(folded) < 2
