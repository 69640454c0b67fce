"""What is measured or counted: the noun phrase before a number or behind it.

Leaves to share.py the lists that one verb or number is spread over, and to prose.py the item that is left out and was
named before.
"""

from __future__ import annotations

from typing import Final

from qjreport.fact.words import Patterns
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import CLOSING, OPENING, PAIR, mark_inside

# No noun phrase of a report that names one thing is longer; what is longer is a clause.
LONGEST_ITEM: Final = 60
# No run of verbs and adverbs alone is longer: 进一步加快推进建设.
LONGEST_VERBS: Final = 12
MARKS: Final = " 　、，,；;：:。"
EDGE: Final = " 　*、，,；;：:。.·—-◆●■▲★○◇□▪•和及与的了"
# The first characters of a word of time, digits aside, and the marks that lead in a phrase.
DATE_FIRSTS: Final = frozenset('截到至自一二“"十')
OPENING_MARKS: Final = frozenset("、，,；;：:。")
FOOTNOTE: Final = compile_re(r"\[\d{1,3}\]")
# 其中规模以上｜: an opener that also says that the fact is a part of another.
PART: Final = compile_re(r"\A[、，,；;：:\s]*其中")
FROM: Final = compile_re(r"(?:由|从|自)(?=[^由从自]{0,24}\Z)")
# 在上届农民运动会上｜奖牌占比
PREPOSED: Final = compile_re(
    r"\A在[^，；]*?(?:上|中|下|方面|期间|过程中)(?=\w{2})(?!升|海|市|游|线|年|心|国|央|等|学|小|部|医|层|降|岗|调)"
)
# 茶叶、竹编、陶瓷｜三大特色产业规模
SUMMED: Final = compile_re(r"\A[^，；]*、[^，；]*?(?=[两三四五六七八九十]大(?!会|学|队|道|街))")
# A long list of examples goes; the word that sums them up is the item: …路、…街等｜城市主干道路.
EXAMPLES: Final = compile_re(r"\A([^，；]{12,}?)等(?=\w{3,})(?![级待于])")
# 生产总值｜迈上5万亿元台阶、达到…
STEP: Final = compile_re(r"(?:连续)?(?:跨越|跨上|跨过|迈上|迈过|迈入|跃上|站上)[^，；]*?(?:台阶|关口|大关)\Z")
# What each needs to be worth a try.
CUTS: Final = (("在", PREPOSED), ("大", SUMMED), ("等", EXAMPLES))
# What 的 leads to and is not counted: 在……下降3成的｜情况下.
NOT_COUNTED: Final = compile_re(
    r"\A\w{0,6}?(?:情况|基础|前提|同时|背景|条件|突破|水平|标准|大关|增长|增速|增幅|速度|成绩|规模|台阶|关口)"
)


# 调研材料｜报省政协8篇: to whom a text was sent is no part of what was sent.
SENT: Final = compile_re(
    r"(?:报送|上报|呈报|呈送|报)(?:给|至)?(?=中央|全国|省|市|区|县|州|旗|上级|党委|政府)\w{1,10}\Z"
)
# 组织700余人次｜来渝交流互动: what the people did is what is counted.
TRIP: Final = compile_re(r"\A(?:来|赴|前往|到|参加|参与|开展)\w{3,}")
SENDING: Final = ("组织", "安排", "选派", "带领", "邀请", "动员")


def trim_item(text: str) -> str:
    """Without punctuation and particles at its edges, and without a bracket whose other half is elsewhere."""
    text = FOOTNOTE.sub("", text).strip(EDGE) if "[" in text else text.strip(EDGE)
    if PAIR.search(text) is None:
        return text
    if text[-1] in OPENING:
        text = text[:-1].rstrip(EDGE)
    if text and text[0] in CLOSING:
        text = text[1:].lstrip(EDGE)
    for open_, close in OPENING.items():
        if text.count(open_) > text.count(close):
            text = text.replace(open_, "", 1) if text.startswith(open_) else text.rsplit(open_, 1)[0]
        elif text.count(close) > text.count(open_):
            text = text.replace(close, "", 1) if text.endswith(close) else text.split(close, 1)[1]
    return text.strip(EDGE)


def read_list(subject: str, patterns: Patterns) -> str:
    """The list in the text before a shared predicate; a verb inside a later part does not end the list.

    接待游客量、引进内资 (分别增长) → 接待游客量、引进内资
    """
    at = subject.find("、")
    return trim_item(strip_head(subject, patterns, at if at >= 0 else len(subject)))


def strip_head(subject: str, patterns: Patterns, until: int | None = None) -> str:
    """Take off what stands in front of an item: 全年, 其中, 开展 …, and all up to the verb whose object it is.

    A verb that begins behind `until` is left alone.
    """
    if len(subject) <= LONGEST_VERBS and patterns.only_verbs.cover(subject.strip(MARKS).removesuffix("了")):
        return ""
    inside = mark_inside(subject)
    start = after_strong_verb(subject, inside, patterns, len(subject) if until is None else until)
    while start < len(subject):
        rest = len(subject) - start
        word = find_opener(subject, start, patterns)
        if not word or rest - len(word) < 2:
            word = patterns.light.at(subject, start)
            if not word or rest - len(word) < 2 or patterns.guard.at(subject, start + len(word)):
                break
        start += len(word)
    return subject[start:]


def find_opener(text: str, at: int, patterns: Patterns) -> str:
    """What stands in front of a noun phrase and is no part of it: a word of time, 其中, a mark; "" for none."""
    first = text[at]
    if first in DATE_FIRSTS or first.isdigit():
        match = patterns.date.match(text, at)
        if match:
            return match[0]
    if first in OPENING_MARKS or first.isspace():
        return first
    if first not in patterns.openers.lengths or patterns.kept.at(text, at):
        return ""
    return patterns.openers.at(text, at, guard=patterns.not_before)


def read_nominal(subject: str, patterns: Patterns) -> str:
    """A verb that is what is measured because nothing else is: 其中出口 → 出口; "" where there is none."""
    return patterns.nominal.before(subject.strip(EDGE))


def after_strong_verb(subject: str, inside: bytearray, patterns: Patterns, until: int) -> int:
    """Where the object of the clause's last verb begins: 围绕文旅融合开展｜联合协商调研; 0 where there is none."""
    start = at = 0
    strong, size = patterns.strong, len(subject)
    last = min(until, size - 2)
    while at < last:
        if subject[at] not in strong.lengths or not (word := strong.at(subject, at)):
            at += 1
            continue
        end = at + len(word)
        owns = word in ACHIEVED and is_owner(subject[start:at], subject[end:], patterns)
        verb = not (inside[at] or size - end < 2 or patterns.strong_guard.at(subject, end))
        if verb and subject[end] not in "的、和及与等以占" and subject[at - 1 : at] != "的" and not owns:
            start = end
        at = end
    return start


# 规上工业企业｜实现｜利润: whose it is belongs to the item where the object alone says nothing.
ACHIEVED: Final = ("实现", "完成")
LONGEST_OWNER: Final = 16


def is_owner(owner: str, rest: str, patterns: Patterns) -> bool:
    return (
        2 <= len(owner) <= LONGEST_OWNER
        and rest in patterns.amounts
        and patterns.strong.find(owner) < 0
        and not patterns.date.fullmatch(owner)
        and (owner not in patterns.openers.words or bool(patterns.kept.at(owner)))
    )


def read_subject(subject: str, patterns: Patterns) -> str:
    """The item in the text before a number, its predicate taken off already.

    各村礼堂举办戏曲演出和灯会 (85场) → 戏曲演出和灯会
    """
    share = patterns.owner.search(subject) if "占" in subject else None
    if share and share.start() >= 2:
        subject = subject[: share.start()].removesuffix("仅")  # 经济总量｜仅占全省的
    if "报" in subject:
        subject = SENT.sub("", subject)
    item = trim_item(strip_head(subject, patterns))
    for verb in ACHIEVED:
        owner, found, rest = item.partition(verb)
        if found and is_owner(owner, rest, patterns):
            item = owner + rest
    if "迈" in subject or "跨" in subject or "跃" in subject or "站" in subject:
        item = STEP.sub("", item)
    for mark, pattern in CUTS:
        if mark in item and (match := pattern.match(item)):
            item = trim_item(item[match.end() :])
    nothing = item in ("中", "内", "里", "台阶", "大关", "关口") or item.isdecimal()
    return "" if nothing else item[-LONGEST_ITEM:]
