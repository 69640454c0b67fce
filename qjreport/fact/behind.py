"""The noun phrase that a number opens: 12家｜单位. Where the item stands, before or behind, is choose.py's to say."""

from __future__ import annotations

from typing import Final

from qjreport.fact.item import LONGEST_ITEM, trim_item
from qjreport.fact.words import Patterns
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import LONGEST_PAIR, mark_inside
from qjreport.text.words import Endings

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
