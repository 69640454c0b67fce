"""Shapes of the short lines that reports begin and end with: subtitle, salutation, signature, date, note.

They are kept where a button or a menu entry of the same length goes. All take folded text without white space.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import regex

from qjreport.article.phrases import ORNAMENTS
from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re, compile_regex

# Lines that name a person: who wrote it (本报记者 …), who gives the report (区长 …).

_NAME: Final = r"(?:\p{Han}{2,4}|\p{Han}\s{1,4}\p{Han}|\p{Han}{2,6}·\p{Han}{2,6})"


def find_writer(text: str, lexicon: Lexicon) -> str:
    """The names in a line that is a byline without a label; empty where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_writer("本报记者 李文 王 方", load_lexicon()), find_writer("记者节活动3场次。", load_lexicon())
    ('李文 王 方', '')
    """
    if len(text) > 60 or "，" in text or "。" in text:
        return ""
    if not role_pattern(lexicon).search(text):  # of a hundred lines, one has 记者
        return ""
    match = writer_pattern(lexicon).fullmatch(text.strip(" ()（）*"))
    return match["name"].strip() if match else ""


def find_speaker(text: str, lexicon: Lexicon) -> str:
    """Who gives the report, from the line that says so; empty where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_speaker("临江市人民政府市长 李 文", load_lexicon())
    '李 文'
    """
    if len(text) > 40:
        return ""
    match = speaker_pattern(lexicon).fullmatch(text.strip(" ()（）*"))
    return match["name"] if match else ""


def is_office(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is the office of who gives the report, with the name or without it.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_office("临江市人民政府代市长", load_lexicon()), is_office("国务院总理 李文", load_lexicon())
    (True, True)
    """
    return len(text) <= 40 and office_pattern(lexicon).fullmatch(text.strip(" ()（）*")) is not None


def strip_role(value: str, lexicon: Lexicon) -> str:
    """A name without 记者 before it.

    >>> from qjreport.lexicon import load_lexicon
    >>> strip_role("记者李文", load_lexicon())
    '李文'
    """
    match = role_pattern(lexicon).match(value)
    return value[match.end() :].strip() if match else value


def alternatives(words: tuple[str, ...]) -> str:
    return "|".join(sorted((regex.escape(word) for word in words), key=len, reverse=True))


@lru_cache(maxsize=8)
def role_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(rf"(?:{alternatives(lexicon.chrome.author_words)})[:：\s]*+")


@lru_cache(maxsize=8)
def writer_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    role = alternatives(lexicon.chrome.author_words)
    return compile_regex(
        rf"(?:\p{{Han}}[\p{{Han}}·\s]{{0,23}}?)?(?:{role})[:：\s]{{0,3}}(?P<name>{_NAME}(?:[\s、，,]{{1,3}}{_NAME}){{0,5}})"
    )


@lru_cache(maxsize=8)
def office_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    office = alternatives(lexicon.chrome.offices)
    return compile_regex(rf"\p{{Han}}{{0,24}}?(?:{office})(?:[:：\s]{{0,6}}{_NAME})?")


@lru_cache(maxsize=8)
def speaker_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    office = alternatives(lexicon.chrome.offices)
    return compile_regex(rf"\p{{Han}}{{0,24}}?(?:{office})[:：\s]{{0,6}}(?P<name>{_NAME})")


LONGEST_SHAPED: Final = 120  # characters of a note or a subtitle
LONGEST_SIGNATURE: Final = 40

_SUBTITLE: Final = compile_re(
    r"[(*]*+(?:[—–─-]{1,8}+.{2,60}"
    r"|(?:\d{4}年\d{1,2}月\d{1,2}日)?[在于].{4,60}(?:会议|大会|全会|会)(?:第.{1,3}次)?(?:上|的?报告)?"
    r"(?:\(?\d{4}年\d{1,2}月\d{1,2}日\)?)?)[)*]*+"
)
_HAN_NUMBER: Final = "[〇○零一二三四五六七八九十]"
_DATE: Final = compile_re(
    rf"\(?(?:\d{{4}}|{_HAN_NUMBER}{{4}})年(?:(?:\d{{1,2}}|{_HAN_NUMBER}{{1,2}})月)?(?:(?:\d{{1,2}}|{_HAN_NUMBER}{{1,3}})日)?\)?"
)
_SALUTATION: Final = compile_re(r"(?:尊敬的|各位|同志们|全体).{0,30}[:!]|主席、.{0,20}:")
_FIRST_HEADING: Final = compile_regex(r"(?:一、|[(]一[)]|第一(?:部分|章|节)|1[.、])\p{Han}")
_ASIDE: Final = compile_re(
    r"[(【\[].{2,80}[)】\]]|(?:注|注释|备注|说明|附|附件|附表|附录|资料来源|数据来源)[:\d].{0,100}"
)
_NUMBER: Final = compile_re(r".{0,12}[〔\[(]\d{4}[〕\])]第?\d{1,4}号")


def is_subtitle(folded: str) -> bool:
    """Whether a line says on what occasion a report was given, or begins with a dash as subtitles do.

    >>> is_subtitle("——2026年1月20日在县第十届人民代表大会第六次会议上"), is_subtitle("在建项目12个")
    (True, False)
    """
    return _SUBTITLE.fullmatch(folded) is not None


def is_salutation(folded: str) -> bool:
    """Whether a line greets the meeting.

    >>> is_salutation("各位代表:"), is_salutation("各位置评分")
    (True, False)
    """
    return _SALUTATION.fullmatch(folded) is not None


def is_written_date(folded: str) -> bool:
    """Whether a line is a date in words and nothing else.

    >>> is_written_date("(2023年5月)"), is_written_date("二〇二六年一月二十日"), is_written_date("2023-05-11")
    (True, True, False)
    """
    return _DATE.fullmatch(folded) is not None


def is_opening(text: str, folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is the subtitle, the salutation or the speaker's.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_opening("县长 周明远", "县长周明远", load_lexicon())
    True
    """
    return is_subtitle(folded) or is_salutation(folded) or find_speaker(text, lexicon) != ""


def is_first_heading(folded: str) -> bool:
    """Whether a line is the first heading of a report by its number.

    >>> is_first_heading("一、上年工作回顾"), is_first_heading("二、今年工作安排"), is_first_heading("1.5万人浏览")
    (True, False, False)
    """
    return len(folded) <= LONGEST_SIGNATURE and _FIRST_HEADING.match(folded) is not None


def is_closing(folded: str, lexicon: Lexicon) -> bool:
    """Whether a line is a signature, a date, a note in brackets or behind its label, a document's number.

    >>> from qjreport.lexicon import load_lexicon
    >>> [is_closing(text, load_lexicon()) for text in ("临江县人民政府", "(此件公开发布)", "注:均为快报数", "更多图片")]
    [True, True, True, False]
    """
    if len(folded) > LONGEST_SHAPED:
        return False
    return (
        is_written_date(folded)
        or _ASIDE.fullmatch(folded) is not None
        or _NUMBER.fullmatch(folded) is not None
        or (len(folded) <= LONGEST_SIGNATURE and folded.endswith(lexicon.chrome.signers))
    )


def is_junk(folded: str) -> bool:
    """An address of the web, a count, a single sign: nothing that a report begins or ends with.

    >>> is_junk("0"), is_junk("云溪网www.example.cn"), is_junk("谢谢大家")
    (True, True, False)
    """
    return "www." in folded or "http" in folded or folded.strip(ORNAMENTS).isdigit() or len(folded) < 2
