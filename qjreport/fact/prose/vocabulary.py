"""The fact stage's patterns, built once from the lexicon's words.

A pattern here only finds words; what they mean for a fact is decided in the modules that use them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec
import regex

from qjreport.lexicon import Lexicon
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import Endings, Words, join_words

# A year as the text names it, with what narrows it: 2024年末, 二〇二四年, 2021—2025年, 2024年1—11月, “十四五”时期.
YEAR: Final = r"(?:\d{4}|[一二][〇零○Ｏ〇九一二三四五六七八]{3})"
PLAN_YEARS: Final = r"[“\"]?十[一二三四五六]五[”\"]?"
SPAN: Final = (
    rf"(?:{YEAR}(?:[—\-－~～至到]{YEAR})?年?(?:底|末|初|上半年|下半年|前三季度|第?[一二三四]季度|\d{{1,2}}(?:[—\-－~～至]\d{{1,2}})?月份?(?:\d{{1,2}}日|底|末)?)?"
    rf"|{PLAN_YEARS}(?:规划)?(?:时期|期间|以来|期末|末|初|期|规划)?)(?:以来|以前|前|间)?"
)
DATE: Final = rf"(?:截至|截止|到|至|自)?{SPAN}"


# What begins no noun phrase either: the end of the clause.
NOUN_MARKS: Final = "、，,；;：:。！？!?)）等"
# Verbs before a place in a ranking, whatever it is a ranking of.
RANKED: Final = "稳居|跃居|位居|位列|名列|排名|排在|居|列"


class Patterns(msgspec.Struct, frozen=True, eq=False):
    """Everything that the fact stage looks for."""

    tail: Endings  # a word before the number that is no part of the item
    tail_class: dict[str, str]  # hedge, reach, towards, up, down, noun_up, noun_down, adverb, each, respectively
    basis: regex.Pattern[str]  # 比上年, 较“十三五”时期; read backwards
    comparison: regex.Pattern[str]  # 高于全国; read backwards
    scope: regex.Pattern[str]  # 居全国; read backwards
    place: regex.Pattern[str]  # 居内地; read backwards
    date_tail: regex.Pattern[str]  # read backwards
    date: re.Pattern[str]
    openers: Words
    not_before: Words  # what must not follow an opener or a verb of change: 增加｜值
    not_changed: Words  # the same, and what leads to an amount: 增加｜到
    light: Words
    strong: Words
    change_head: Words  # 增加学位｜20万个
    change: Words
    decrease: frozenset[str]
    guard: Words  # what must not follow a verb that is taken off: 投资｜额
    strong_guard: Words  # the same for a verb that always has an object: 完成｜率
    only_verbs: Words  # a text of which nothing would be left: 布局打造
    nominal: Endings  # 其中｜出口｜增长
    verb_end: Endings
    not_noun: Words  # what does not begin a noun phrase behind a number
    rate_only: frozenset[str]
    kept: Words  # words that only hold a closer or an opener
    closers: Words
    facet: Endings
    facets: frozenset[str]
    amounts: frozenset[str]
    abstract: frozenset[str]
    plans: frozenset[str]
    closing_adverbs: frozenset[str]
    dependents: frozenset[str]
    measure: Endings
    owner: re.Pattern[str]
    people: Words
    amount: Endings


def read_backwards(pattern: str) -> regex.Pattern[str]:
    return compile_regex(rf"(?r)(?:{pattern})")


def classify_tail(lexicon: Lexicon) -> dict[str, str]:
    """Each word that may stand between item and number, and what it does there."""
    words, classes = lexicon.facts, {}
    for name, group in (
        ("whole", words.predicate.whole),
        ("adverb", words.predicate.adverbs),
        ("reach", words.predicate.reach),
        ("hedge", words.predicate.hedges),
        ("up", words.change.increase),
        ("down", words.change.decrease),
        ("towards", words.change.towards),
        ("noun_up", words.change.nouns_up),
        ("noun_down", words.change.nouns_down),
        ("flow", words.change.flow),
        ("each", words.share.each),
        ("respectively", words.share.respectively),
    ):
        classes.update(dict.fromkeys(group, name))
    classes["达"] = classes["达到"] = "reach"
    classes["了"] = "adverb"
    return classes


@lru_cache(maxsize=4)
def compile_patterns(lexicon: Lexicon) -> Patterns:
    words = lexicon.facts
    tail_class = classify_tail(lexicon)
    change = [*words.change.increase, *words.change.decrease]
    head_change = [word for word in change if word not in words.change.only_tail]
    scopes = join_words(words.rank.scopes, backwards=True)
    predicate, item = words.predicate, words.item
    return Patterns(
        tail=Endings(tail_class),
        tail_class=tail_class,
        basis=read_backwards(
            rf"(?<![占对环同相])(?:比|较|与)(?!重|例|率|去年底前)(?:{DATE}|[^，；。：、\d]{{1,12}}?)(?:相比|的)?"
        ),
        comparison=read_backwards(
            r"(?:高于|低于|快于|慢于|好于|优于|高出|多于|少于|超出|领先于?)[^，；。：、\d]{2,14}"
        ),
        scope=read_backwards(rf"(?:在|的)?(?:{scopes})(?:[^，；。：、\d]{{0,6}}?)?"),
        date_tail=read_backwards(rf"(?:{SPAN})的?|(?:连续|近|过去)?[\d一二两三四五六七八九十]{{1,2}}年(?:来|间)?"),
        place=read_backwards(rf"(?:{RANKED})[^，,。；;、：:]{{0,12}}"),
        date=compile_re(DATE),
        openers=Words(item.openers),
        not_before=Words(words.change.not_before),
        not_changed=Words([*words.change.not_before, "到", "至", "为"]),
        light=Words(predicate.light),
        strong=Words(predicate.strong),
        # 新增｜高标准农田, 新增｜收费站: no 增高, no 增收
        change_head=Words(head_change),
        change=Words(change),
        decrease=frozenset(words.change.decrease),
        guard=Words([*item.measures, *item.facets, *predicate.noun_after]),
        strong_guard=Words(predicate.noun_after),
        only_verbs=Words([*predicate.light, *predicate.strong, *predicate.bare, *item.nominal, *item.openers]),
        nominal=Endings(item.nominal),
        verb_end=Endings([*predicate.light, *predicate.closers]),
        not_noun=Words([*head_change, *predicate.reach, *predicate.hedges, *item.connectives, *NOUN_MARKS]),
        rate_only=frozenset(words.change.rate_only),
        kept=Words(predicate.kept),
        closers=Words(predicate.closers),
        facets=frozenset(item.facets),
        amounts=frozenset(item.amounts),
        abstract=frozenset(item.abstract),
        plans=frozenset(predicate.plans),
        closing_adverbs=frozenset(predicate.closing_adverbs),
        dependents=frozenset(item.dependents),
        facet=Endings(item.facets),
        measure=Endings(item.measures),
        people=Words(item.people),
        amount=Endings(item.amounts),
        owner=compile_re(
            rf"(?:占|约占|占到)(?:{join_words([*item.owners, *words.rank.scopes])})+(?:总量|总数|总额)?的?\Z"
        ),
    )
