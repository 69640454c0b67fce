"""The fact stage's patterns, built once from the lexicon's words.

A pattern here only finds words; what they mean for a fact is decided in the modules that use them.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec
import regex

from qjreport.lexicon import Lexicon
from qjreport.text.words import join_words

# A year as the text names it, with what narrows it: 2024年末, 二〇二四年, 2021—2025年, 2024年1—11月, “十四五”时期.
YEAR = r"(?:\d{4}|[一二][〇零○Ｏ〇九一二三四五六七八]{3})"
PLAN_YEARS = r"[“\"]?十[一二三四五六]五[”\"]?"
SPAN = (
    rf"(?:{YEAR}(?:[—\-－~～至到]{YEAR})?年?(?:底|末|初|上半年|下半年|前三季度|[一二三四]季度|\d{{1,2}}(?:[—\-－~～至]\d{{1,2}})?月份?(?:\d{{1,2}}日|底|末)?)?"
    rf"|{PLAN_YEARS}(?:规划)?(?:时期|期间|以来|期末|末|初|期|规划)?)(?:以来|以前|前|间)?"
)
DATE = rf"(?:截至|截止|到|至|自)?{SPAN}"


# Verbs before a place in a ranking, whatever it is a ranking of.
RANKED = "稳居|跃居|位居|位列|名列|排名|排在|居|列"


class Patterns(msgspec.Struct, frozen=True, eq=False):
    """Everything that the fact stage looks for."""

    tail: regex.Pattern[str]  # a word before the number that is no part of the item; read backwards
    tail_class: dict[str, str]  # hedge, reach, towards, up, down, noun_up, noun_down, adverb, each, respectively
    basis: regex.Pattern[str]  # 比上年, 较“十三五”时期; read backwards
    comparison: regex.Pattern[str]  # 高于全国; read backwards
    scope: regex.Pattern[str]  # 居全国; read backwards
    place: regex.Pattern[str]  # 居内地; read backwards
    date_tail: regex.Pattern[str]
    opener: re.Pattern[str]
    light: re.Pattern[str]
    strong: re.Pattern[str]
    change_head: re.Pattern[str]  # 增加学位｜20万个
    decrease: frozenset[str]
    guard: re.Pattern[str]  # what must not follow a verb that is taken off: 投资｜额
    strong_guard: re.Pattern[str]  # the same for a verb that always has an object: 完成｜率
    only_verbs: re.Pattern[str]  # a text of which nothing would be left: 布局打造
    nominal: re.Pattern[str]  # 其中｜出口｜增长
    verb_end: re.Pattern[str]
    not_noun: re.Pattern[str]  # what does not begin a noun phrase behind a number
    rate_only: frozenset[str]
    closer: re.Pattern[str]  # its group "kept" is a word that only holds a closer
    facet: re.Pattern[str]
    facets: frozenset[str]
    amounts: frozenset[str]
    abstract: frozenset[str]
    plans: frozenset[str]
    closing_adverbs: frozenset[str]
    dependents: frozenset[str]
    measure: re.Pattern[str]
    owner: re.Pattern[str]
    people: re.Pattern[str]
    amount: re.Pattern[str]  # at the end of a noun phrase


def read_backwards(pattern: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?r)(?:{pattern})")


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
    kept = join_words(words.predicate.kept)
    scopes = join_words(words.rank.scopes, backwards=True)
    not_before = join_words(words.change.not_before)
    alone = [
        *words.predicate.light,
        *words.predicate.strong,
        *words.predicate.bare,
        *words.item.nominal,
        *words.item.openers,
    ]
    verbs = join_words([*head_change, *words.predicate.reach, *words.predicate.hedges, *words.item.connectives])
    return Patterns(
        tail=read_backwards(join_words(tail_class, backwards=True)),
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
        opener=re.compile(rf"{DATE}|(?!{kept})(?:{join_words(words.item.openers)})(?!{not_before})|[、，,；;：:。\s]"),
        light=re.compile(join_words(words.predicate.light)),
        strong=re.compile(join_words(words.predicate.strong)),
        # 新增｜高标准农田, 新增｜收费站: no 增高, no 增收
        change_head=re.compile(rf"(?<!新)(?P<word>{join_words(head_change)})(?!{not_before}|到|至|为)了?"),
        decrease=frozenset(words.change.decrease),
        guard=re.compile(rf"(?:{join_words([*words.item.measures, *words.item.facets, *words.predicate.noun_after])})"),
        strong_guard=re.compile(join_words(words.predicate.noun_after)),
        only_verbs=re.compile(rf"(?:{join_words(alone)})+了?"),
        nominal=re.compile(rf"(?:{join_words(words.item.nominal)})\Z"),
        verb_end=re.compile(rf"(?:{join_words([*words.predicate.light, *words.predicate.closers])})\Z"),
        not_noun=re.compile(rf"(?!{kept})(?:{verbs}|[、，,；;：:。！？!?\)）等])(?!{not_before})"),
        rate_only=frozenset(words.change.rate_only),
        closer=re.compile(
            rf"(?P<kept>{kept})|{join_words(words.predicate.closers)}(?!{join_words(words.predicate.noun_after)})"
            rf"|{join_words(change)}(?=[到至为])"
        ),
        facets=frozenset(words.item.facets),
        amounts=frozenset(words.item.amounts),
        abstract=frozenset(words.item.abstract),
        plans=frozenset(words.predicate.plans),
        closing_adverbs=frozenset(words.predicate.closing_adverbs),
        dependents=frozenset(words.item.dependents),
        facet=re.compile(join_words(words.item.facets)),
        measure=re.compile(rf"(?:{join_words(words.item.measures)})\Z"),
        people=re.compile(rf".{{0,20}}?(?:{join_words(words.item.people)})"),
        amount=re.compile(rf"(?:{join_words(words.item.amounts)})\Z"),
        owner=re.compile(
            rf"(?:占|约占|占到)(?:{join_words([*words.item.owners, *words.rank.scopes])})+(?:总量|总数|总额)?的?\Z"
        ),
    )
