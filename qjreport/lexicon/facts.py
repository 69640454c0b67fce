"""The shape of facts.toml: the words by which a number's clause says what it measures, for when, and as what.

All are plain words, not patterns; the fact stage builds its patterns from them, longest word first.
"""

from __future__ import annotations

import msgspec


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of change: what stands after them is the amount of the change, with 到 or 至 the level reached."""

    increase: tuple[str, ...]
    decrease: tuple[str, ...]
    only_tail: tuple[str, ...]  # of these, those that change only right before the number: 多38万人
    flow: tuple[str, ...]  # new ones, no change of the old: 新增9个
    rate_only: tuple[str, ...]  # change a value only with rates and money: 森林抚育提升200万亩 does not
    towards: tuple[str, ...]  # 到 至 为: make a level of a verb of change
    not_before: tuple[str, ...]  # what makes a noun of a verb of change: 增加值
    nouns_up: tuple[str, ...]  # 增幅5%, 增速5%: the rate itself
    nouns_down: tuple[str, ...]


class Predicate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands between the item and its number, and is no part of the item."""

    reach: tuple[str, ...]
    adverbs: tuple[str, ...]
    plans: tuple[str, ...]  # adverbs that are nouns too, taken off only after a verb: 村庄规划
    hedges: tuple[str, ...]
    whole: tuple[str, ...]  # words that only end like one of these: 设计
    light: tuple[str, ...]  # verbs that leave their object as the item where the number follows it: 开展…活动639次
    closers: tuple[str, ...]  # verbs and adverbs that end a noun phrase after a number: 12家单位｜入选
    bare: tuple[str, ...]  # verbs only where nothing else is left: 再｜建
    strong: tuple[str, ...]  # of these, those that may stand in the middle of a clause
    closing_adverbs: tuple[str, ...]  # closers only with a verb after them: 全面
    kept: tuple[str, ...]  # words that hold a closer or an opener and are neither: 在建项目
    noun_after: tuple[str, ...]  # a closer is none where one of these follows: 获奖, 参与率


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the item is made of."""

    openers: tuple[str, ...]  # words at the head of a clause that are no part of it: 其中, 全年
    facets: tuple[str, ...]  # what is measured of a thing named before: 总投资, 总里程
    measures: tuple[str, ...]  # endings of a thing that is measured: 增加值, 覆盖率
    owners: tuple[str, ...]  # 占 these: a share of what was named before
    pairs: dict[str, tuple[str, str]]  # 城乡: 城镇, 农村
    nominal: tuple[str, ...]  # verbs that are what is measured where they stand alone: 出口
    abstract: tuple[str, ...]  # nouns that say nothing without what stands before the number
    people: tuple[str, ...]  # are what is counted, whatever is done for them
    amounts: tuple[str, ...]  # may stand after a counted thing and are not counted: 37户专班企业｜产值
    structures: dict[str, tuple[str, ...]]  # a structure's name → those of its parts
    dependents: tuple[str, ...]  # are of what was named before: 死亡人数
    connectives: tuple[str, ...]


class Time(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of time, by what they stand for."""

    this_year: tuple[str, ...]
    last_year: tuple[str, ...]
    five_years_back: tuple[str, ...]
    five_years_ahead: tuple[str, ...]
    term: tuple[str, ...]


class Mood(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells a result from a target."""

    target: tuple[str, ...]
    strong_target: tuple[str, ...]  # targets even in a part that looks back
    done: tuple[str, ...]


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that spread one verb or one number over several things, or take a part of one."""

    respectively: tuple[str, ...]
    each: tuple[str, ...]
    part: tuple[str, ...]


class Rank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands around a place in a ranking."""

    verbs: tuple[str, ...]
    scopes: tuple[str, ...]


class FactWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    change: Change
    predicate: Predicate
    item: Item
    time: Time
    mood: Mood
    share: Share
    rank: Rank
