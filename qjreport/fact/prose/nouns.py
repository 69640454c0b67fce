"""What is measured or counted: the noun phrase before a number or behind it.

Leaves to share.py the lists that one verb or number is spread over, and to prose.py the item that is left out and was
named before.
"""

from __future__ import annotations

from typing import Final

from qjreport.fact.prose.vocabulary import Patterns
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import CLOSING, LONGEST_PAIR, OPENING, PAIR, mark_inside
from qjreport.text.words import Endings

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


# The noun phrase that a number opens: 12家｜单位. Where the item stands, before or behind, is choose.py's to say.

# What a noun phrase may end with that leads on to a number or to the next of a list.
LIST_TAIL: Final = Endings(
    [
        "超过",
        "达到",
        "突破",
        "超",
        "近",
        "约",
        "逾",
        "达",
        "为",
        "有",
        "共",
        "等",
        "和",
        "及",
        "与",
        "以及",
        "、",
        "，",
        "并",
        "或",
        "暨",
    ]
)
# 8万平方米广场｜等工程
ETC: Final = compile_re(r"等\w{0,4}(?:工程|项目|设施|工作|活动)\Z")
INSIDE_TAIL: Final = compile_re(r"(?<![高初集空其])[中里内]\Z")
HARD: Final = compile_re(r"[，,；;：:。！？!?\n\t]")
# An aside in brackets says how, not what: 增长8.9%（按可比价格计算）.
ASIDE: Final = compile_re(r"\A（[^（）]*）|\A\([^()]*\)")
# How far behind a number the word may begin that says which people it counts.
PEOPLE_REACH: Final = 20
# A noun phrase, and the brackets that open in it: what stands behind them is not looked at.
REACH: Final = LONGEST_ITEM + LONGEST_PAIR
# Units that count people; what follows the people is done for them.
PEOPLE_UNITS: Final = ("", "人", "名", "位", "户", "人次")


def read_noun_behind(right: str, patterns: Patterns, unit: str | None = None) -> str:
    """The noun phrase that a number opens, or "" where what follows is none.

    (12家) 单位入选全国首批名单 → 单位; with the unit known, (37户) 专班企业产值 → 专班企业
    """
    text = ASIDE.sub("", right[:REACH].lstrip(" 　"))
    if not text or opens_clause(text, patterns):
        return ""
    inside = mark_inside(text)
    end = len(text)
    for match in HARD.finditer(text):
        if not inside[match.start()]:
            end = match.start()
            break
    end = find_close(text, inside, end, patterns)
    if end < 0:
        return ""
    phrase = text[: min(end, LONGEST_ITEM)]
    while tail := LIST_TAIL.before(phrase):
        phrase = phrase[: -len(tail)]
    if unit in PEOPLE_UNITS and 0 <= (at := patterns.people.find(phrase)) <= PEOPLE_REACH:
        phrase = phrase[: at + len(patterns.people.at(phrase, at))]
    if unit and (amount := patterns.amount.before(phrase)) and len(phrase) - len(amount) >= 2:
        phrase = phrase[: -len(amount)]
    if etc := ETC.search(phrase):
        phrase = phrase[: etc.start()].split("、")[0]
    return trim_item(INSIDE_TAIL.sub("", phrase))


def opens_clause(text: str, patterns: Patterns) -> bool:
    """Whether a text begins with a verb or a mark, and so with no noun phrase."""
    if text[0] not in patterns.not_noun.lengths or patterns.kept.at(text):
        return False
    return bool(patterns.not_noun.at(text, guard=patterns.not_before))


def find_close(text: str, inside: bytearray, end: int, patterns: Patterns) -> int:
    """Where the noun phrase at the beginning of `text` ends, `end` at the latest; -1 where a verb stands there."""
    at = adverb_until = 0
    kept, closers, change = patterns.kept.lengths, patterns.closers.lengths, patterns.change.lengths
    while at < end:
        first = text[at]
        if first in kept and (word := patterns.kept.at(text, at, end)):
            at += len(word)
            continue
        word = patterns.closers.at(text, at, end, patterns.strong_guard) if first in closers else ""
        if not word and first in change:
            word = find_turn(text, at, end, patterns)
        if not word:
            at += 1
            continue
        if not inside[at]:
            if at == adverb_until and word in patterns.closing_adverbs:
                adverb_until = at + len(word)
            elif at == adverb_until:
                return -1
            elif at >= 2 or len(word) > 1 or word == "被":
                return at
        at += len(word)
    return end


def find_turn(text: str, at: int, end: int, patterns: Patterns) -> str:
    """A verb of change that leads to an amount: 项目｜增加到; "" for none."""
    for length in patterns.change.lengths[text[at]]:
        behind = at + length
        if behind < end and text[behind] in "到至为" and text[at:behind] in patterns.change.words:
            return text[at:behind]
    return ""
