"""What stands between an item and its number: verbs of reaching and of change, adverbs, the comparison.

Reads the text in front of a number backwards, word by word, and says what remains: the subject, of which item.py
makes the item.
"""

from __future__ import annotations

from typing import Final

import msgspec

from qjreport.fact.prose.vocabulary import RANKED, Patterns
from qjreport.model import FactKind
from qjreport.text.patterns import compile_re, compile_regex

# More words than this never stand between an item and its number.
MOST_WORDS: Final = 12
# 增长（下同）14%, 增长（按可比价）6%
ASIDE: Final = compile_regex(r"(?r)[（(](?:下同|按|扣除|不含|含|剔除|同口径|可比)[^（）()]{0,20}[）)]|[（(]下同[）)]")
BRACKETS: Final = frozenset("）)")
# The last characters of what `date_tail` finds, digits aside.
DATE_ENDS: Final = frozenset('的年底末初度月份日来前间期划”"〇零○Ｏ一二三四五六七八九')
RANKED_VERB: Final = compile_re(rf"\A(?:{RANKED})")


class Predicate(msgspec.Struct, kw_only=True):
    """What the words in front of a number say of it."""

    subject: str  # the text that is left
    kind: FactKind = "level"
    basis: str | None = None
    scope: str | None = None
    date: str | None = None  # the year that stands right before the number: 2015年的｜287.9亿元
    respectively: bool = False
    each: bool = False
    towards: bool = False  # 增加到, 降至: the end of a change
    verb: str = ""  # the verb nearest to the number
    rules: tuple[str, ...] = ()


BASIS_WORDS: Final = frozenset(
    (
        "同比",
        "环比",
        "年均",
        "月均",
        "日均",
        "累计",
        "累积",
        "人均",
        "按可比价格计算",
        "按可比价计算",
        "按不变价格计算",
        "可比口径",
        "同口径",
    )
)
TURNING_CLASSES: Final[dict[str, FactKind]] = {
    "up": "increase",
    "down": "decrease",
    "noun_up": "increase",
    "noun_down": "decrease",
}


def read_predicate(left: str, patterns: Patterns, *, rank: bool = False, thing: bool = False) -> Predicate:
    """Take the words off the end of `left`, which stands right before a number, that are no part of the item.

    `rank` for a place in a ranking (居全国｜第3位), `thing` where things are counted, which some verbs make rather
    than change (森林抚育提升｜200万亩).
    """
    end = len(left.rstrip())
    found = Predicate(subject="")
    rules: list[str] = []
    decided = placed = False
    may_compare = "于" in left or "出" in left or "先" in left
    may_base = "比" in left or "较" in left or "与" in left
    for _ in range(MOST_WORDS):
        while end and left[end - 1] in " 　、":
            end -= 1
        if rank and not placed and (match := patterns.place.match(left, 0, end)):
            found.scope = found.scope or RANKED_VERB.sub("", match[0], count=1) or None
            end, placed = match.start(), True
            rules.append("rank.place")
            continue
        if rank and (match := patterns.scope.match(left, 0, end)):
            found.scope = found.scope or match[0].lstrip("在的")
            end = match.start()
            rules.append("rank.scope")
            continue
        if may_compare and not decided and (match := patterns.comparison.match(left, 0, end)):
            end, decided = match.start(), True
            rules.append("kind.level.compared")
            continue
        last = left[end - 1 : end]
        if last in BRACKETS and (aside := ASIDE.match(left, 0, end)) and patterns.tail.before(left, aside.start()):
            end = aside.start()
            continue
        word = patterns.tail.before(left, end)
        if not word:
            if may_base and decided and found.basis is None and (match := patterns.basis.match(left, 0, end)):
                found.basis = match[0].rstrip("的")
                end = match.start()
                rules.append("basis.than")
                continue
            ends_date = found.date is None and (last in DATE_ENDS or last.isdigit())
            if ends_date and (match := patterns.date_tail.match(left, 0, end)):
                found.date = match[0]
                end = match.start()
                continue
            break
        what = patterns.tail_class[word]
        if what in ("noun_up", "noun_down") and found.verb and not rank and "kind.level.compared" not in rules:
            # 用电量增幅控制在2%左右: the rise of the price, kept low
            found.kind = TURNING_CLASSES[what]
            rules.append(f"kind.{found.kind}.noun")
            end -= len(word)
            continue
        if rank and what in ("noun_up", "noun_down"):
            break
        if what == "whole" or (decided and (what in TURNING_CLASSES or what == "flow")):
            break
        if (thing and word in patterns.rate_only) or (word in patterns.plans and not found.verb):
            break
        if not decided and what in TURNING_CLASSES:
            found.kind = TURNING_CLASSES[what]
            found.verb, decided = word, True
            rules.append(f"kind.{found.kind}.verb")
        elif what == "flow":
            found.verb, decided = word, True
            rules.append("kind.level.flow")
        elif what in ("reach", "towards"):
            if not decided:
                found.verb = word
                found.towards = what == "towards" or word[-1] in "到至为成"
                decided = word not in ("达", "达到", "为")
                rules.append("kind.level.verb")
        elif what == "respectively":
            found.respectively = True
        elif what == "each":
            found.each = True
        elif what == "adverb" and word in BASIS_WORDS:
            found.basis = word if found.basis is None else found.basis
        end -= len(word)
    found.subject = left[:end].strip(" 　")
    found.rules = tuple(dict.fromkeys(rules)) if len(rules) > 1 else tuple(rules)
    return found
