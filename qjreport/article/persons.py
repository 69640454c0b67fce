"""Lines that name a person without a label: who wrote the text (本报记者 …), who gives the report (县长 …).

Such a line is a role or an office of the lexicon, what may stand before it (the paper, the body), and the name. Names
after a label (作者：…) are for labels.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import regex

from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import join_words

_NAME: Final = r"(?:\p{Han}{2,4}|\p{Han}\s{1,4}\p{Han}|\p{Han}{2,6}·\p{Han}{2,6})"  # 李文, 王 方, 阿依古丽·买买提
LONGEST_BYLINE: Final = 60  # characters
LONGEST_SPEAKER: Final = 40
_AROUND: Final = " ()（）*"


def find_writer(text: str, lexicon: Lexicon) -> str:
    """The names in a line that is a byline without a label; empty where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_writer("本报记者 李文 王 方", load_lexicon()), find_writer("记者节活动3场次。", load_lexicon())
    ('李文 王 方', '')
    """
    if len(text) > LONGEST_BYLINE or "，" in text or "。" in text:
        return ""
    if not role_pattern(lexicon).search(text):  # of a hundred lines, one has 记者
        return ""
    match = writer_pattern(lexicon).fullmatch(text.strip(_AROUND))
    return match["name"].strip() if match else ""


def find_speaker(text: str, lexicon: Lexicon) -> str:
    """Who gives the report, from the line that says so; empty where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> find_speaker("临江市人民政府市长 李 文", load_lexicon())
    '李 文'
    """
    if len(text) > LONGEST_SPEAKER:
        return ""
    match = speaker_pattern(lexicon).fullmatch(text.strip(_AROUND))
    return match["name"] if match else ""


def is_office(text: str, lexicon: Lexicon) -> bool:
    """Whether a line is the office of who gives the report, with the name or without it.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_office("临江市人民政府代市长", load_lexicon()), is_office("国务院总理 李文", load_lexicon())
    (True, True)
    """
    return len(text) <= LONGEST_SPEAKER and office_pattern(lexicon).fullmatch(text.strip(_AROUND)) is not None


LONGEST_PERSONS: Final = 40  # characters of a value that names persons, or the body that wrote for them


@lru_cache(maxsize=8)
def institute_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    """Where a value goes on with what the person is: 云溪大学教授 after a blank, or at once with its place."""
    institutes = join_words(lexicon.chrome.institutes)
    place = rf"(?:\p{{Han}}{{2,3}}[省市县区]|{join_words(lexicon.chrome.institute_heads)})"
    after_blank = rf"[\s、，,]+(?=\p{{Han}}{{0,20}}{institutes})"
    at_once = rf"(?<=^\p{{Han}}{{2,3}})(?={place}\p{{Han}}{{0,20}}{institutes})"
    return compile_regex(rf"\s*[:：(（]|{after_blank}|{at_once}")


def read_persons(value: str, lexicon: Lexicon) -> str:
    """The persons that a labelled value names, without what they are and where; empty where it names none.

    A date, a sentence, a label with its own value or a long title after 作者： is no person.

    >>> from qjreport.lexicon import load_lexicon
    >>> read_persons("记者李文 王方", load_lexicon()), read_persons("2026-03-05 09:10", load_lexicon())
    ('李文 王方', '')
    >>> read_persons("周 正：云溪大学，青川", load_lexicon()), read_persons("田秋 云溪大学管理学院教授", load_lexicon())
    ('周 正', '田秋')
    """
    value = strip_role(value, lexicon)
    after = institute_pattern(lexicon).search(value, 1)
    if after is not None:
        value = value[: after.start()]
    if len(value) > LONGEST_PERSONS or not is_named(value):
        return ""
    return value.strip()


_BARE: Final = compile_regex(r"\p{Han}{2,3}|\p{Han}\s{1,4}\p{Han}|\p{Han}{2,6}·\p{Han}{2,6}")


def is_bare_name(text: str) -> bool:
    """Whether a line may be a person's name and nothing else.

    >>> is_bare_name("周 正"), is_bare_name("各位代表：")
    (True, False)
    """
    return _BARE.fullmatch(text.strip(_AROUND)) is not None


_NO_NAME: Final = compile_re(r"[。？！?!:：]|(?<![A-Za-z\d_-])\d")


def is_named(value: str) -> bool:
    """Whether a value may be names, or the code of an editor: no figures, no sentence, nothing that is labelled itself.

    >>> is_named("李文、王方"), is_named("LX055"), is_named("03-05")
    (True, True, False)
    """
    return _NO_NAME.search(value) is None


def strip_role(value: str, lexicon: Lexicon) -> str:
    """A name without 记者 before it.

    >>> from qjreport.lexicon import load_lexicon
    >>> strip_role("记者李文", load_lexicon())
    '李文'
    """
    match = role_pattern(lexicon).match(value)
    return value[match.end() :].strip() if match else value


@lru_cache(maxsize=8)
def role_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_re(rf"{join_words(lexicon.chrome.author_words)}[:：\s]*+")


@lru_cache(maxsize=8)
def writer_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    role = join_words(lexicon.chrome.author_words)
    return compile_regex(
        rf"(?:\p{{Han}}[\p{{Han}}·\s]{{0,23}}?)?{role}[:：\s]{{0,3}}(?P<name>{_NAME}(?:[\s、，,]{{1,3}}{_NAME}){{0,5}})"
    )


@lru_cache(maxsize=8)
def office_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    office = join_words(lexicon.chrome.offices)
    return compile_regex(rf"[\p{{Han}}、]{{0,30}}?{office}(?:[:：\s]{{0,6}}{_NAME})?")


@lru_cache(maxsize=8)
def speaker_pattern(lexicon: Lexicon) -> regex.Pattern[str]:
    office = join_words(lexicon.chrome.offices)
    return compile_regex(rf"[\p{{Han}}、]{{0,30}}?{office}[:：\s]{{0,6}}(?P<name>{_NAME})")
