"""What is measured or counted: the noun phrase before a number or behind it.

Leaves to share.py the lists that one verb or number is spread over, and to prose.py the item that is left out and was
named before.
"""

from __future__ import annotations

import regex

from qjreport.fact.words import Patterns
from qjreport.text.sentences import CLOSING, OPENING, mark_inside

# No noun phrase of a report that names one thing is longer; what is longer is a clause.
LONGEST_ITEM = 60
EDGE = " 　、，,；;：:。.·—-◆●■▲★○◇□▪•和及与的了"
HARD = regex.compile(r"[，,；;：:。！？!?\n\t]")
LIST_TAIL = regex.compile(r"(?:等|和|及|与|以及|、|，|并|或|暨)+\Z")
# 其中规模以上｜: an opener that also says that the fact is a part of another.
PART = regex.compile(r"\A[、，,；;：:\s]*其中")
FROM = regex.compile(r"(?:由|从|自)(?=[^由从自]{0,24}\Z)")
PREPOSED = regex.compile(
    r"\A(?:在|对|向|为|围绕|通过|依托|针对|按照|根据|结合|聚焦|紧扣|着眼)[^，。；]*?(?:上|中|下|方面|以来|时|后|前|期间|过程中)(?=\P{P})"
)


def trim_item(text: str) -> str:
    """Without punctuation and particles at its edges, and without a bracket whose other half is elsewhere."""
    text = text.strip(EDGE)
    if text and text[-1] in OPENING:
        text = text[:-1].rstrip(EDGE)
    if text and text[0] in CLOSING:
        text = text[1:].lstrip(EDGE)
    for open_, close in OPENING.items():
        if text.count(open_) > text.count(close):
            text = text.replace(open_, "", 1) if text.startswith(open_) else text.rsplit(open_, 1)[0]
        elif text.count(close) > text.count(open_):
            text = text.replace(close, "", 1) if text.endswith(close) else text.split(close, 1)[1]
    return text.strip(EDGE)


def strip_head(subject: str, patterns: Patterns) -> str:
    """Take off what stands in front of an item: 全年, 其中, 开展 …, and all up to the verb whose object it is."""
    inside = mark_inside(subject)
    start = after_strong_verb(subject, inside, patterns)
    while start < len(subject):
        rest = len(subject) - start
        match = patterns.opener.match(subject, start)
        if match is None or rest - len(match[0]) < 2:
            match = patterns.light.match(subject, start)
            if match and (rest - len(match[0]) < 2 or patterns.guard.match(subject, match.end())):
                match = None
        if match is None or match.end() == start:
            break
        start = match.end()
    return subject[start:]


def after_strong_verb(subject: str, inside: bytearray, patterns: Patterns) -> int:
    """Where the object of the clause's last verb begins: 围绕文旅融合开展｜联合协商调研; 0 where there is none."""
    start = 0
    for match in patterns.strong.finditer(subject):
        rest = len(subject) - match.end()
        if inside[match.start()] or rest < 2 or patterns.guard.match(subject, match.end()):
            continue
        if subject[match.end()] in "的、和及与等以" or (match.start() and subject[match.start() - 1] in "的"):
            continue
        start = match.end()
    return start


def read_subject(subject: str, patterns: Patterns) -> str:
    """The item in the text before a number, its predicate taken off already.

    各类履职平台开展专题协商和志愿活动 (639次) → 专题协商和志愿活动
    """
    return trim_item(strip_head(subject, patterns))[-LONGEST_ITEM:]


def read_noun_behind(right: str, patterns: Patterns) -> str:
    """The noun phrase that a number opens, or "" where what follows is none.

    (12家) 单位入选全国首批名单 → 单位
    """
    text = right.lstrip(" 　")
    inside = mark_inside(text)
    end = len(text)
    for match in HARD.finditer(text):
        if not inside[match.start()]:
            end = match.start()
            break
    for match in patterns.closer.finditer(text, 0, end):
        if inside[match.start()]:
            continue
        if match.start() == 0:
            return ""
        if match.start() >= 2:
            end = match.start()
            break
    phrase = text[: min(end, LONGEST_ITEM)]
    return trim_item(LIST_TAIL.sub("", phrase))
