"""Which text names the item of a number: that before it, that after it, or what was named before.

The rules are an ordered table, ITEM_RULES: the first that finds an item gives it, and those above it were tried in vain
(`qjreport explain` names them). Each looks at one Number, which is all that it may know. The order:

    share.each.back       均 after several numbers: the things that they are of
    share.rates           two measures that change by one rate
    share.list            as many rates as the list in front has parts share one number
    item.inner            the item of an inner clause that ends in 的情况下
    item.outer            after such a clause the item of the outer one
    item.after.shared     two facets of one thing, which 的 leads to after the second
    item.after.facet      the noun phrase that 的 leads to after a facet of it
    item.after.share      the noun phrase that 的 leads to, and what so large a part of it does
    item.after.of         the noun phrase that 的 leads to
    item.invested         what money is spent on
    item.after.trip       what people who are sent somewhere do there
    item.after.done       what so many people achieved
    item.subset           the thing before, and what is said of a part of it
    item.after.act        what was done so many times, and to what
    item.around           the noun before and a short noun after as one
    item.after            the noun phrase after the number
    share.each.facets     facets of the thing before, for which one number holds
    item.facet            a facet of the thing before
    item.owner            an amount of the thing that was counted before
    item.facet.works      an investment in the works before
    item.facet.earlier    a facet of what a clause before names
    item.counterpart      the other side of what was measured before: 支出 after 一般公共预算收入
    item.passive          the thing before, and by whom something was done to it
    item.passive.next     the thing before, and by which body of a list the same was done to it
    item.handled          the thing before, and what was done to so many of it
    item.of.whole         what tells a part of the thing before from the rest: 旧存的
    item.rank             of the thing before, by its rank alone: 省级
    item.prize          of the contest before, another prize
    item.plan             what was planned of the thing before, and the part of it that was reached
    item.collector        whose part of the thing before it is
    item.share            a share of the thing before
    item.part             a part by its name and the measure of its whole
    item.sibling          a thing by its name and the measure of the one beside it
    share.each            each thing of the list in front: 各, 均, or a place in a ranking
    share.each.act        what each thing of the list in front does: 各新增
    item.before           the noun phrase in front
    item.verb.works       投资 alone, after works
    item.verb             a verb alone, which is what is measured
    item.measure_before   the measure that a comma parts from its number
    item.standard         of the place that it is compared with, in a bracket after that
    item.bracketed        of a list of things, each with how much it changed in a bracket after it
    item.carried          the item of the number before
    item.clause_before    the noun phrase of a clause before
    item.sentence_before  the item of the last number of the sentence before
    item.heading          the heading

Texts after a number come before texts in front of it, since what follows a counted thing is nearly always its name;
where it is not, the number measures rather than counts (`may_follow`). What stands near comes before what was named
earlier. What a rule needs at least stands in the table too: a rule that lacks it is passed over without being run.
Numbers of a list that 分别 shares out never come here: distribute.py takes them first. nouns.py says where a noun
phrase begins and ends.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile
from typing import Final, TypeAlias

from qjreport.fact.draft import Draft
from qjreport.fact.prose.distribute import align_parts, counts_match, split_list, spread_items
from qjreport.fact.prose.nouns import (
    ACHIEVED,
    ALTOGETHER,
    MARKS,
    cut_progress,
    find_clause_noun,
    find_measure_before,
    find_opener,
    find_topic,
    read_nominal,
    read_noun_after,
    read_subject,
    strip_head,
)
from qjreport.fact.prose.parts import (
    CHANGES,
    DIVIDING,
    LONGEST_GAP,
    LONGEST_SHARE,
    SHARES,
    SIZED,
    SUMMED,
    find_growing,
    find_handled,
    find_of_whole,
    find_root,
    find_subset,
    is_ratio,
    lists_foremost,
    say_of_part,
    share_measure,
    share_sibling,
)
from qjreport.fact.prose.predicate import read_predicate
from qjreport.fact.prose.sentence import Number
from qjreport.fact.prose.vocabulary import ActWords, ChoiceWords, NounWords
from qjreport.model import Quantity
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import ROUND_CLOSING, ROUND_OPENING, is_aside, mark_inside
from qjreport.text.words import Words

# The items that a rule finds: one, or one for each thing that the number holds for; none where the rule does not hold.
Items: TypeAlias = tuple[str, ...]

AT: Final = "在"
NESTED: Final = compile_re(r"(.{2,}?)在(?![线建校职岗地])(.{2,})")
# A noun so short that what stands before the number belongs to it: 空气质量｜六项｜指标.
SHORT_NOUN: Final = 3
# A place that an amount is compared with, before the bracket that says how much it was there.
STANDARD: Final = compile_re(r"[比较于和与、](全[国省市区县州盟])(?:平均)?(?:水平)?[（(]\Z")
# With what an amount is compared, all of it: 与2010年第六次全国人口普查的｜8万人相比, 比2010年普查98.2｜下降0.3.
BESIDE: Final = compile_re(r"[，,]?[与同比较](?:\d{4}年)?第?[^，。；、\d]{0,10}普查的?[\d.]*")
CENSUS: Final = "普查"
# What a paragraph is about, where a blank parts it from the first words: 交通运输｜ 机场旅客吞吐量.
LABEL: Final = compile_re(r"[^\W\d_a-zA-Z]{2,8}[ 　](?=[^\s\d，；：]{4,}\Z)")
HOUSEHOLDS: Final = frozenset(("户",))
OF_AGE: Final = compile_re(r"[适学]龄\w{2}\Z")  # 小学｜适龄儿童｜入学率，｜在校生
GROUND: Final = compile_re(
    r"(?:\A\w?|(?<=[，、]))在(?:[\d一二三四五六七八九〇零○]{4}年|[去上]年)?的?([^，；的]{2,12})的?基础上?\Z"
)
# Of which place, in a bracket: （全市｜6%、全省平均｜5%
PLACE_AROUND: Final = compile_re(r"[（(、，,](全[国省市区县州盟])(?:平均)?(?:水平)?(?:增长)?为?\Z")
AROUND_REACH: Final = 12
# Among how many places: 六县市｜排名第三
AMONG_PLACES: Final = compile_re(r"[，,；; ]*([两二三四五六七八九十\d]+个?[省市县区州盟旗乡镇街]{1,3})")
PLAN_OF: Final = "划"
BESIDE_IT: Final = ("相比", "比较")
WITH_IT: Final = compile_re(r"\A[，, ]*[与同和](?:\d{4}年度?|[去上]年度?)?的?")
ARRANGED: Final = "安排"
DISTRICT: Final = "辖区"  # 辖区｜16个｜乡镇
SORT: Final = "类"
SORTED: Final = compile_re(r"(?:\d+|[一二三四五六七八九十]+)多?大?类\Z")
SHORT_OWNER: Final = 6
RATE: Final = "率"
SPEEDS: Final = ("增速", "增幅")
SPEED_ENDS: Final = frozenset("速幅")  # 零售额增幅回落2个百分点，升幅｜放缓1个百分点
INCREMENTS: Final = ("年增量", "年增加额")
FIXED: Final = "固定资产"  # owns nothing: 园区固定资产｜投资
LEAST_MEASURE: Final = 4  # characters of a measure that stands for itself: 工业产值
LONGEST_FACET: Final = 4
ACTUAL: Final = "实际"
AVERAGED: Final = "人均"
ACCORDING: Final = "据"
STAFF: Final = "职工"
LISTING: Final = "、"
TOGETHER: Final = "合计"
CAPITAL: Final = "资"  # 外资, 内资
ISSUED_IN: Final = frozenset("条项")
SHORT_AIM: Final = 4
EDGE_OF_PAIR: Final = frozenset("进和及与、")  # 进出口
JOINING: Final = compile_re(r"[、和及与等的（(]|以及")
CLASS: Final = compile_re(r"的[（(][^（）()]{1,6}[）)]\Z")
JOINED: Final = compile_re(r"[和及与、]\w{0,2}\Z")
EACH_OF: Final = "各"
TIMES: Final = "次"
IS: Final = "是"
BY: Final = "由"  # 由｜区长、主席各领办1件
OF_IT: Final = "的"
TAKEN: Final = "占"
ON_THE_ROAD: Final = "占道"
POINTS: Final = "个百分点"
GOAL: Final = "目标"
GOAL_OF: Final = "目标的"
PLANS_BACK: Final = 3  # numbers back that may name the plan: 年初预算, 调整预算, 实际支出
MADE: Final = "完成"  # 国税｜完成｜收入
COLLECTED: Final = 24  # numbers back that name what is collected
STOP: Final = "；"
COMMAS: Final = frozenset(("，", ",", "、", ""))
GROWING: Final = ("播种", "种植")
MONEY_OF: Final = "money"
LINKED: Final = compile_re(r"(?:[、和及与]|以及)")
COUNTED: Final = compile_re(r"\d+[余多]?([^\d，。；、万亿余多])")
NEXT_RANKED: Final = compile_re(r"(?:[、和及与]|以及)\d+[^\d，。；、]")
# Of what size, where things are told apart by it: 5个｜百亿元级、10个｜30亿元级｜项目.
AMOUNT_RANK: Final = compile_re(r"[\d一二三四五六七八九十百千]+[万亿]?(?:[元吨]|千瓦)?级")
GRADE: Final = "级"
AND_SO_ON: Final = "等"
JOINTS: Final = frozenset("的、和及与")
AND_MARKS: Final = "和及与"
INVESTED: Final = "投入"
WORK: Final = "项"  # 项目总投资
WORKED: Final = "工作"
NOT_WORK: Final = compile_re(r"\A[比较]|的工作\Z")  # 比较贫困的县帮助工作, 方面的工作
AMONG: Final = "中"
PORTION: Final = "占比"
OF_PLACE: Final = compile_re(r"(?<=\w\w)[在的]?全[国省市区县州盟旗]\Z")
CONTRIBUTION: Final = "贡献率"
TRADE_ENDS: Final = "业"
DRAWS: Final = "拉动"
UPON: Final = "对"
NOT_UPON: Final = frozenset("外口内台港比照虾象策于应")  # 对｜外贸易
NOT_PLACE: Final = frozenset("线建校职岗地册编读园")  # 在｜校生
PLACE: Final = "位"
PLACE_ENDS: Final = frozenset("区统内市省县州国围中”")  # of where a place in a ranking is taken: 在全市法院系统
EXTREMES: Final = ("最高", "最低")
AVERAGE: Final = "平均"
TOTAL: Final = "总"
AMOUNT_OF: Final = "金额"  # 新签约项目｜总金额: of the new ones
LONGEST_SUM: Final = 30  # characters of the things that are summed up
DIGIT: Final = compile_re(r"\d")
COUNTS: Final = compile_re(r"(?:\d+[项次人个枚场](?=\d*[^\d，。；、]))+")
FIGURE: Final = compile_re(r"\A\d[\d.]*[余多几]?[百千万亿]*(?:人次|\w)的?")
LONGEST_GIFT: Final = 16


# What a rule needs before it is worth a try; together they are a Number's state.
EACH: Final = 1  # 均, 各
RANKED: Final = 2  # or a place in a ranking
OF: Final = 4  # 的 after the number
MONEY: Final = 8
FOLLOWED: Final = 16  # by another number
MAY_FOLLOW: Final = 32  # the item may stand after the number
SUBJECT: Final = 64  # a noun phrase in front
BARE: Final = 128  # none in front
LIST: Final = 256  # one with 、 in it
LAST: Final = 512  # a number before it in the sentence
FIRST: Final = 1024  # none before it
PART: Final = 4096  # after 其中
OUTER: Final = 2048  # an outer clause that waits for its number
SHARE: Final = 8192  # in a unit of a share
SAID: Final = 16384  # a predicate may stand after the number
DONE: Final = 32768  # what is done to a thing may stand in front of the number
HEADLESS: Final = 65536  # 的 right in front, or what may tell of what sort a part is
SHORT: Final = 131072  # a noun phrase so short that it may be a facet or an amount, or a list
PASSIVE: Final = 262144  # 被 in front, and no other verb
TAKES: Final = 524288  # 占 at its head
PLAIN: Final = 1048576  # no verb between noun phrase and number
LISTED: Final = 2097152  # 、 right after the number
CHANGED: Final = 4194304  # it says by how much something changed, or is an amount of a trade


class ItemRule:
    """A rule of the table: what it finds, a text where it holds for a number, and one where it nearly does."""

    def __init__(
        self,
        name: str,
        needs: int,
        find: Callable[[Number], Items],
        example: str,
        near_miss: str,
        named: bool = False,
        doubt: str = "",
    ) -> None:
        self.name = name
        self.needs = needs
        self.find = find
        self.example = example
        self.near_miss = near_miss
        self.named = named  # the item stands in front of this very number
        self.doubt = doubt  # what its items are often wrong for


def choose_items(number: Number) -> tuple[ItemRule, Items]:
    """The items of a number and the rule that found them."""
    text = number.subject_text
    if text.endswith(ROUND_CLOSING) and (aside := CLASS.search(text)):
        # 已经解决的（A类）｜22件
        text = number.subject_text = number.predicate.subject = text[: aside.start() + 1]
    if (
        (number.quantity.kind == "rank" or (number.unit == PLACE and number.predicate.kind != "level"))
        and text[-1:] in PLACE_ENDS
        and (at := text.rfind("在")) >= 2
        and text[at + 1] not in NOT_PLACE
    ):
        text = text[:at]  # 结案数｜在全市法院系统｜第一
    elif number.quantity.kind == "rank" and (among := AMONG_PLACES.fullmatch(text)):
        number.predicate.scope, text = number.predicate.scope or among[1], ""
        number.subject_text = number.predicate.subject = text  # 六县市｜排名第三
    if text[-1:] == SORT and (sorts := SORTED.search(text)) is not None:
        # 出口商品品种达26大类｜203种
        text = read_predicate(text[: sorts.start()], number.tools.patterns.predicate).subject
        number.subject_text = number.predicate.subject = text
    share = number.words.owner.search(text) if TAKEN in text else None
    tail = share[0] if share is not None and share[0].endswith(number.tools.patterns.share.ratios) else ""
    if tail:
        # 生产总值｜占全省比重｜提高2个百分点: what rises is that, and not the product
        text = number.subject_text = number.predicate.subject = text.removesuffix(tail)
    if number.clause == 0 and (label := LABEL.match(text)):
        text = number.subject_text = number.predicate.subject = text[label.end() :]
    if (left := leave_compared(number, text)) != text:
        text = number.subject_text = number.predicate.subject = left
    number.subject = find_subject(number, text)
    for rule in list_rules(read_state(number)):
        items = rule.find(number)
        if items:
            items = name_sort(number, items)
            return rule, tuple([item if TAKEN in item else item + tail for item in items]) if tail else items
    raise AssertionError  # the last rule always holds


def find_subject(number: Number, text: str) -> str:
    """The noun phrase in the text in front of a number."""
    nouns, aside = number.tools.patterns.noun, ""
    subject = read_subject(text, nouns, headless=text.endswith("的") and takes_headless(number))
    if "到" in subject or "至" in subject:
        subject = put_rank_first(number, subject)
    if number.thing:
        subject = strip_counted(subject, nouns)
    elif number.money:
        aside = number.tools.patterns.acts.set_aside.before(text)
    if aside and number.words.measure.before(text, len(text) - len(aside)):
        subject = subject.removesuffix(aside)  # 预算收入预期｜44亿元, 支出相应安排｜28亿元
    if "、" in subject and (said := subject.partition("、"))[0] in nouns.change.words:
        subject = said[2]  # 32个实现增长、增长面｜84%: what went before says how those did
    return subject


def name_sort(number: Number, items: Items) -> Items:
    """The items with what a clause before says of their sort: 审结｜此类犯罪, 围绕教育方面提出｜提案｜9件."""
    if "类" in number.subject:
        items = tuple([name_such(number, item) for item in items])
    if number.subject.endswith(CASES) and items == (number.subject,):
        items = (name_cases(number),)
    if SIDE in number.left and items == (number.subject,):
        sided = number.tools.patterns.acts.sorts.sided.search(number.left)
        items = items if sided is None else (sided["side"] + number.subject,)
    return items


def name_cases(number: Number) -> str:
    """严惩严重暴力犯罪，｜办结案件｜9件 → 严重暴力犯罪案件: of the crime that the clause before names."""
    sentence, last, item = number.sentence, number.last, number.subject
    act, before = item.removesuffix(CASES), sentence.clause_before(number.clause)
    bare = not act or act in number.tools.patterns.acts.handled.words
    if not bare or before is None or (last is not None and last.end > before[0]):
        return item
    clause = sentence.text[slice(*before)]
    named = read_subject(clause, number.tools.patterns.noun) if clause.endswith(CRIME) else ""
    return named + CASES if named else item


def name_such(number: Number, item: str) -> str:
    """惩治电信诈骗等涉众型犯罪，审结｜此类犯罪｜20件 → 涉众型犯罪: what a clause before named so; else the item."""
    such = number.tools.patterns.noun.groups.such.match(item)
    if such is None:
        return item
    sentence, at, head = number.sentence, number.clause, item[such.end() :]
    while len(head) >= 2 and (before := sentence.clause_before(at)):
        at, end = before
        clause = sentence.text[at:end]
        named = read_subject(clause, number.tools.patterns.noun)
        named = named[: named.rfind(head) + len(head)] if head in named else ""
        if not named and head == CASES and (crime := clause.rfind(CRIME)) > 0:
            # 开展打击盗窃｜犯罪｜专项行动，审结｜该类案件｜9件 → 盗窃犯罪案件
            named = read_subject(clause[: crime + len(CRIME)], number.tools.patterns.noun) + head
        if len(named) > len(head):
            return named
    return item


SIDE: Final = "方面"
CASES: Final = "案件"
CRIME: Final = "犯罪"


def leave_compared(number: Number, text: str) -> str:
    """The text in front of a number without what that is compared with; "" where nothing else stands there."""
    if CENSUS in text and BESIDE.fullmatch(text) is not None:
        return ""
    if PLAN_OF in text and number.tools.patterns.noun.groups.over_plan.fullmatch(text) is not None:
        return ""  # 大大超过计划规定的｜增长4%的要求
    if "基础" in text and (ground := GROUND.search(text)) and number.words.measure.before(ground[1]):
        return ground[1] if len(ground[1]) >= SHORT_NOUN else ""  # 在一九五○年｜粮食产量｜的基础上增产
    if number.right.startswith(BESIDE_IT) and number.tools.patterns.acts.plan.fullmatch(WITH_IT.sub("", text)):
        return ""  # 与2031年预算｜9亿元相比
    return text


def put_rank_first(number: Number, subject: str) -> str:
    """补贴标准提高到一级｜200元 → 一级补贴标准: of what rank the thing is that a change reached."""
    ranks = number.tools.patterns.acts.ranks
    rank = next((word for word in ranks.words if subject.endswith(word)), "")
    if not rank:
        return subject
    reached = read_predicate(subject[: -len(rank)], number.tools.patterns.predicate)
    return rank + reached.subject if reached.towards and len(reached.subject) >= LEAST_MEASURE else subject


TOLD: Final = ("提出", "制发")


def strip_counted(subject: str, words: NounWords) -> str:
    """What is counted, without what brings it or is done upon it: 引进｜企业31家, 对｜已经解决的提案46件｜回访."""
    if subject[:1] == UPON and subject[1:2] not in NOT_UPON:
        told = any(subject.find(verb, 2) > 0 for verb in TOLD)  # 对违法行为｜提出检察建议｜22件
        return subject if told else subject[1:]
    verb = words.brought.at(subject)
    return subject[len(verb) :] if len(subject) - len(verb) >= 2 else subject


def takes_headless(number: Number) -> bool:
    """Whether 的 right before a number tells what a part is of: 已经解决的｜22件, 用于建设的占｜60%."""
    return number.thing or number.predicate.verb.removeprefix("约") in number.tools.patterns.acts.had


def list_rules(state: int) -> tuple[ItemRule, ...]:
    """Those of the rules whose needs are met, in their order; there are some hundreds of states."""
    rules = RULES_FOR.get(state)
    if rules is None:
        rules = RULES_FOR[state] = tuple([rule for rule in ITEM_RULES if rule.needs & ~state == 0])
    return rules


def read_state(number: Number) -> int:
    """What the rules may need, as far as it is there."""
    predicate, right, acts = number.predicate, number.right, number.tools.patterns.acts
    state = read_subject_state(number.subject) | (FIRST if number.last is None else LAST)
    kind = number.quantity.kind
    if kind == "rank":
        state |= RANKED
    if predicate.each:
        state |= EACH | RANKED
    if not predicate.verb:
        state |= PLAIN | PASSIVE if "被" in predicate.subject else PLAIN
    if number.money:
        state |= MONEY
    if number.follower is not None:
        state |= FOLLOWED
    if number.sentence.parts >= 0:
        state |= PART
    if number.sentence.outer:
        state |= OUTER
    if number.unit in SHARES:
        state |= SHARE
    elif number.unit == POINTS and DRAWS in predicate.subject:
        state |= TAKES
    if is_beside(number):
        state |= CHANGED
    last = predicate.subject[-1:]
    if last == "的" or last in acts.sorts.lasts:
        state |= HEADLESS
    if last in acts.handled_end.lengths:
        state |= DONE
    first = right[:1]
    if first in acts.predicate_firsts:
        state |= SAID
    elif first == "、":
        state |= LISTED
    if first == "的":
        state |= OF
    elif kind is None and (state & BARE or may_follow(number)):
        state |= MAY_FOLLOW
    return state


def is_beside(number: Number) -> bool:
    """Whether it says by how much something changed, or what a trade has: 批发业零售额2亿元，零售业｜5亿元."""
    if number.predicate.kind != "level":
        return number.quantity.unit in CHANGES
    words = number.tools.patterns.share
    if number.last is not None and number.subject.endswith(words.apart_ends):
        return True
    drafts, first = number.sentence.drafts, number.sentence.first
    if number.last is not None and drafts[first].kind == "rank" and lists_foremost(number) is not None:
        return True
    divided = number.sentence.text[number.sentence.start] in DIVIDING  # 按城乡分，｜城镇｜5亿元
    return number.money and not number.predicate.verb and (divided or number.subject[-1:] == TRADE_ENDS)


def read_subject_state(subject: str) -> int:
    """What the noun phrase in front may be."""
    if not subject:
        return BARE
    state = SUBJECT | LIST | SHORT if "、" in subject else SUBJECT
    if len(subject) <= SHORT_OWNER or TAKEN in subject:
        state |= SHORT
    if subject.startswith(ON_THE_ROAD):
        return state  # 清理｜占道经营
    return state | TAKES if subject[0] == "占" or subject[0] == UPON else state


def may_follow(number: Number) -> bool:
    """Whether the item may stand after a number that has a noun phrase in front of it: where it counts, or is paid."""
    if not number.money:
        return number.thing and number.right not in TO
    subject, words = number.subject, number.words
    return not (number.predicate.verb or words.measure.before(subject) or words.funds.before(subject))


TO: Final = ("至", "到")  # 增加｜3900人｜至365万人

# Things that one number holds for.


def find_each_back(number: Number) -> Items:
    """With the facet that the number adds, where it names one."""
    sentence, subject = number.sentence, number.subject
    facet = subject in number.words.facets
    start = max(sentence.text.rfind(mark, sentence.start, number.start) for mark in "；;")
    before = [draft for draft in sentence.drafts[sentence.first :] if draft.start > start]
    if (subject and not facet) or not before:
        return ()
    same = list(takewhile(lambda draft: draft.unit == before[-1].unit and draft.kind == "level", reversed(before)))
    items = list(dict.fromkeys([draft.item for draft in reversed(same)]))
    return tuple([item + subject for item in items]) if len(items) >= 2 else ()


def find_rates(number: Number) -> Items:
    """工业总产值和工业增加值｜年均增长｜10%: of two things that are measured each has its rate."""
    subject, words = number.subject, number.words
    if number.unit not in words.plain_units or "、" in subject:
        return ()
    if not ("和" in subject or "与" in subject or "及" in subject):
        return ()
    parts = split_list(subject)
    if len(parts) != 2:
        return ()
    measures = [len(part) >= LEAST_MEASURE and words.measure.before(part) != "" for part in parts]
    if not measures[0] and number.tools.patterns.acts.bodies.before(parts[0]):
        measures[0] = number.tools.patterns.noun.people.find(parts[1]) >= 0  # 城镇居民和｜农民人均纯收入
    if not all(measures):
        return ()
    kind = number.quantity.kind or number.predicate.kind
    if kind == "level" and not all(part.endswith(RATE) for part in parts):
        return ()  # 供电可靠率和电压合格率达到｜99%
    return tuple(spread_items(subject, 2, number.tools.patterns, {}) or ())


def find_list(number: Number) -> Items:
    subject = number.subject
    if number.unit not in number.words.plain_units:
        return ()
    whole = len(split_list(subject))  # with what 和 joins: 里程、吞吐量和｜处理能力
    count = whole if counts_match(subject, whole, number.tools) else subject.count("、") + 1
    if not counts_match(subject, count, number.tools):
        return ()
    return tuple(spread_items(subject, count, number.tools.patterns, {}) or ())


def find_each_facet(number: Number) -> Items:
    last = number.last
    return split_each(number) if last is not None and names_facet(number, last) else ()


def find_each(number: Number) -> Items:
    return split_each(number) if names_thing(number) else ()


def split_each(number: Number) -> Items:
    """The items of a list that 均, 各 or a place in a ranking is said of; none where the subject is no list."""
    subject, patterns, last = number.subject, number.tools.patterns, number.last
    parts = split_list(subject) if number.predicate.each else split_list(subject, subject.count("、") + 1)
    if len(parts) < 2 or (not number.predicate.each and FIELDS in subject):
        return ()  # 政治、法律等方面提案的数量｜占第三位
    facets = [part in patterns.choice.facets for part in parts]
    if last is not None and any(facets):
        return tuple([join_facet(last.item, part, patterns.choice) for part in parts]) if all(facets) else ()
    return tuple(spread_items("、".join(align_parts(parts)), None, patterns, {}, things=number.thing) or ())


FIELDS: Final = "等方面"


# An inner clause and the outer one: 外贸在对甲国出口下降3成的情况下｜增长12%.


def find_inner(number: Number) -> Items:
    if not number.words.within.match(number.right):
        return ()
    match = NESTED.match(number.subject)
    if match is None:
        inner = number.subject.removeprefix(AT)
        return (inner,) if inner != number.subject and len(inner) > 1 else ()  # 在｜面积｜减少3万亩｜的情况下
    number.sentence.outer = match[1]
    return (match[2],)


def find_outer(number: Number) -> Items:
    sentence = number.sentence
    if not number.words.within.match(number.predicate.subject):
        return ()
    outer, sentence.outer = sentence.outer, ""
    return (outer,)


# The item after the number.


def counts_both(number: Number, follower: Quantity) -> bool:
    """Whether two numbers count the same people, by households and by heads: 3000户、｜1.2万人｜饮水困难."""
    return number.unit in HOUSEHOLDS and follower.unit in number.words.person_units


def find_after_shared(number: Number) -> Items:
    sentence, follower, words = number.sentence, number.follower, number.words
    if follower is None:
        return ()
    facet = number.subject
    if follower.start == number.end + 1 and counts_both(number, follower):
        noun = read_noun_after(
            sentence.text[follower.end : sentence.clause_end(follower.end)], number.tools.patterns.noun, follower.unit
        )
        if len(facet) > SHORT_OWNER:
            facet = ""  # 实行两级结对帮联｜208户、596名｜退捕渔民
        return (facet + noun,) if noun else ()
    plain = not facet or facet in words.facets or facet in words.investments
    short = len(facet) <= LONGEST_FACET and words.measure.before(facet)
    if not (plain or short or number.predicate.subject.endswith("的")):
        return ()
    if not sentence.text.startswith("的", follower.end):
        return ()
    after = sentence.text[follower.end + 1 : sentence.clause_end(follower.end)]
    noun = read_noun_after(after, number.tools.patterns.noun)
    if words.aim_after.match(noun[:SHORT_AIM]):
        return ()  # 实现产值｜1600万元、税收360万元的目标
    return (noun if plain else noun + facet,) if noun else ()


NEXT_AMOUNT: Final = compile_re(r"、[^、，；\d]{2,12}(?=\d)")  # 投资3亿元，完成公路工程9公里、延伸工程｜14公里


def read_works(number: Number) -> str:
    """What 的 leads to, without how much it can do: 投资4亿元的｜年产60万吨｜水泥生产线 → 水泥生产线."""
    right, follower = number.right[1:], number.follower
    sized = follower is not None and follower.kind is None and follower.dimension not in (MONEY_OF, "count", "time")
    if follower is None:
        return right
    acts = number.tools.patterns.acts
    if sized and right in acts.capacities:
        right = DIGIT.split(number.sentence.text[follower.end : number.sentence.clause_end(follower.end)])[0]
    return acts.next_spent.sub("", right)


def find_after_facet(number: Number) -> Items:
    """总投资3亿元的｜环湖路 → 环湖路总投资."""
    words, right = number.words, read_works(number)
    facet = words.facet_head.sub("", number.subject)
    if (
        (len(facet) > LONGEST_FACET and facet not in words.investments)
        or facet in words.spent_on_it
        or words.not_counted.match(right)
        or names_rate(number)
    ):
        return ()
    if not (facet in words.facets or facet in words.investments or words.measure.before(facet)):
        return ()
    noun = read_noun_after(cut_list(right, number.follower), number.tools.patterns.noun)
    if not noun or words.aim_after.match(noun[:SHORT_AIM]):
        return ()
    if number.follower is None or not number.right.endswith(noun):
        take_noun(number, noun)  # but not 总投资3亿元的｜水利工程｜12个
    if number.last is not None and number.last.item == noun:
        return (noun,)  # 总投资3亿元、全长40公里的｜环湖路
    return (noun + facet,)


def names_rate(number: Number) -> bool:
    """Whether 的 leads to no more than a word for the rate: 出口额录得｜23%的跌幅."""
    return number.unit in SHARES and number.words.rate_after.match(number.right) is not None


DUTY: Final = "工作"
LONG_DUTY: Final = 4


def find_after_of(number: Number) -> Items:
    words, right = number.words, number.right
    if number.quantity.kind == "rank" and (is_it := right[1:]).startswith(IS):
        return take_noun(number, read_subject(is_it[1:], number.tools.patterns.noun))  # 占｜第二位｜的是教育提案
    aimed = words.aim_after.match(right[1:]) is not None and (not number.thing or number.subject != "")
    if aimed or names_rate(number) or words.not_counted.match(right[1:]):
        return ()  # 在校生提前实现｜30万人的｜目标
    subject = number.subject
    measured = words.measure.before(subject)
    if measured and not (subject in words.facets or measured in words.spent_on_it or TAKEN in subject):
        return ()  # but 甲公司投资｜5亿元的｜产业园
    noun = read_noun_after(read_works(number), number.tools.patterns.noun)
    if noun.rpartition(OF_IT)[2] in number.tools.patterns.acts.acts_of and (subject or number.predicate.subject):
        return ()  # 裁军｜3万人的｜工作
    if number.money and len(noun) > LONG_DUTY:
        noun = noun.removesuffix(DUTY)  # 每月30元的｜物价补贴｜工作
    return take_noun(number, noun)


def find_after_share(number: Number) -> Items:
    """75%的｜断面达到三类水质 → 断面达到三类水质."""
    quantity, sentence, right = number.quantity, number.sentence, number.right
    if number.subject in number.words.facets:
        return ()
    if right.startswith("的"):
        items = find_after_of(number)
    elif number.subject or number.predicate.verb not in number.tools.patterns.acts.had or not is_ratio(quantity):
        return ()
    else:
        items = take_noun(number, find_noun(number))
    if not items:
        return ()
    follower = number.follower
    end = sentence.clause_end(quantity.end)
    if follower is not None and follower.start < end and follower.unit not in number.words.grades:
        return ()
    text = sentence.text[quantity.end : end]
    at = text.find(items[0])
    rest = text[at + len(items[0]) :].strip()
    if at < 0 or not rest or JOINING.match(rest) or len(items[0] + rest) > LONGEST_SHARE:
        return ()
    sentence.taken = end
    return (items[0] + rest,)


def end_receiver(text: str, words: ChoiceWords) -> int:
    """Where those end for whom money was spent, before the verb: 投资9万元，｜为学校｜配备设备; 0 for none."""
    if not text.startswith(GIVEN):
        return 0
    for at in range(3, min(len(text), LONGEST_RECEIVER)):
        if text[at] in RECEIVER_STOPS:
            return 0
        if text[at - 1] in RECEIVER_LASTS and words.light.at(text, at):
            return at
    return 0


GIVEN: Final = "为"
LONGEST_RECEIVER: Final = 14
RECEIVER_STOPS: Final = frozenset("，。；：、的")
RECEIVER_LASTS: Final = frozenset("村户校院所站局学位区")
INPUTS: Final = ("投入", "投资")
BARE_FUNDS: Final = ("资金", "经费")
SPENT_AT: Final = compile_re(
    r"在(?![建校职岗])[^，。；：、的]{1,14}?(?:[村镇乡区县市街路河段站场园校里内上]|社区)(?=[^，。；：、的])"
)


def find_invested(number: Number) -> Items:
    """花费70万元｜建成3座观景台 → 观景台."""
    words, sentence, follower = number.words, number.sentence, number.follower
    paid = number.predicate.subject.removesuffix(number.subject) if number.subject in BARE_FUNDS else ""
    if number.subject and not number.right.startswith(number.words.spent) and not paid:
        return ()  # but 投入资金｜20万元，修建广场
    if not words.invested.search(paid or number.predicate.subject + number.predicate.verb):
        return ()
    start = number.end
    end = sentence.clause_end(start + 1)
    text = sentence.text[start:end]
    if follower is not None and follower.end <= end:
        text = sentence.text[start : follower.start] + sentence.text[follower.end : end]
        if sentence.text[start : follower.start] == OF_IT:
            noun = read_noun_after(text[1:], number.tools.patterns.noun)
            return (noun,) if noun else ()  # 投资40万元的｜12个｜村级公园
    if text[:1] in MARKS and text.startswith(INPUTS, 1):
        return ()  # 投资8亿元，｜投入｜工日4万个
    spent = words.spent_on.match(text)
    text = text[spent.end() :] if spent else text
    where = at.end() if (at := SPENT_AT.match(text)) is not None else end_receiver(text, words)
    text = text[where:]  # 投资60万元，｜在柳林村｜修建文化广场
    if turned := words.turned.match(text):
        noun = read_noun_after(text[turned.end() :] + "，", number.tools.patterns.noun) or text[turned.end() :]
        return ((turned[1] or "").rpartition(OF_IT)[2] + noun,)
    newly = words.newly.match(text) if number.left.endswith(INPUTS) else None
    verb = words.light.at(text) or (newly[0] if newly is not None else "")
    if not verb and not sentence.text[start:end].startswith(words.spent):
        return ()
    if verb and not (spent and spent[1]) and not words.guard.at(text, len(verb)):
        text = text[len(verb) :].removeprefix("了")
    if (amounts := NEXT_AMOUNT.search(text)) is not None:
        acts = amounts[0][1:] in words.light.words  # 加固住房24万户、｜新建｜11万户
        text = text[: amounts.start() if acts else amounts.end()]
    noun = read_noun_after(DIGIT.split(text, maxsplit=1)[0] if where or paid else text, number.tools.patterns.noun)
    return (noun,) if noun else ()


def find_trip(number: Number) -> Items:
    words, subject = number.words, number.predicate.subject
    travels = (
        not subject.strip(MARKS)
        and number.unit == TIMES
        and number.right.startswith(number.tools.patterns.noun.groups.travelling)
    )
    if not (travels or subject.endswith(words.sending)):
        return ()
    trip = words.trip.match(read_right(number))  # 38批次｜263人｜进行宪法宣誓
    return take_noun(number, trip[0]) if trip else ()  # 先后｜3次｜赴外地考察


def find_done(number: Number) -> Items:
    words = number.words
    if number.unit not in words.person_units and not is_counted_on(number):
        return ()
    right = read_right(number)
    if became := words.became.match(right):
        return take_noun(number, became[1])
    done = words.done.match(cut_list(right, number.follower))
    if done is None:
        return find_given(number, right)
    take_noun(number, done[0])
    return (done[2] if done[1] in words.honoured else done[0],)


def find_given(number: Number, right: str) -> Items:
    """为｜60户｜发放生活补贴｜9万元 → 发放生活补贴, 对｜8人｜给予政纪处分 → 政纪处分: who they are is not said."""
    words = number.words
    if not number.left.endswith(number.tools.patterns.acts.giving):
        return ()
    if done := number.tools.patterns.acts.done_to.at(right):
        rest = cut_list(right[len(done) :], number.follower)
        noun = read_noun_after(rest, number.tools.patterns.noun) or rest.strip()  # 作出｜组织处理
        return take_noun(number, noun) if 2 <= len(noun) <= LONGEST_GIFT else ()
    verb = words.light.at(right)
    return (right,) if verb and 2 <= len(right) - len(verb) <= LONGEST_GIFT else ()


def read_right(number: Number) -> str:
    """What follows a number, or the number that follows it at once: 60户｜95人｜享受低保, 60户、｜95人｜享受低保."""
    follower, right = number.follower, number.right
    if follower is None or follower.start > number.end + (1 if counts_both(number, follower) else 0):
        return right
    sentence = number.sentence
    text = sentence.text[skip_counts(number, follower) : sentence.clause_end(follower.end)]
    return DIGIT.split(text)[0]


def skip_counts(number: Number, follower: Quantity) -> int:
    """Where the last of numbers ends that follow each other with nothing between: 8人｜5项｜9次｜获得冠军."""
    counts = COUNTS.match(number.sentence.text, follower.end)
    return follower.end if counts is None else counts.end()


def is_counted_on(number: Number) -> bool:
    """Whether the number before, with nothing between, counts people: 8人｜5项｜获得冠军."""
    last = number.last
    return last is not None and last.end == number.start and last.unit != number.unit


def find_act(number: Number) -> Items:
    """203次｜打破｜118项全国纪录 → 打破全国纪录."""
    words, follower, act = number.words, number.follower, number.right.strip()
    if follower is None or number.unit not in words.times or act not in words.acts:
        return ()
    sentence = number.sentence
    noun = read_noun_after(sentence.text[follower.end : sentence.clause_end(follower.end)], number.tools.patterns.noun)
    return (act + noun,) if noun else ()


def find_around(number: Number) -> Items:
    subject, words = number.subject, number.words
    if aim := find_aim(number):
        return (aim,)
    if number.predicate.verb or names_people(number) or subject == DISTRICT:
        return ()
    noun = find_noun(number)
    if noun and subject[-1:] == GRADE and is_rank(subject, number.tools.patterns.acts.ranks):
        take_noun(number, noun)
        return (subject + noun,)  # 市级｜300个｜重点项目
    if not noun or not (noun in words.taken.abstract or (len(noun) <= SHORT_NOUN and len(subject) <= SHORT_OWNER)):
        return ()
    if number.predicate.subject.endswith(("等", "的")) or words.verb_end.before(number.predicate.subject):
        return ()
    start = number.start
    if JOINED.search(number.sentence.text, max(number.sentence.start, start - 3), start):
        return ()
    take_noun(number, noun)
    return (subject + noun,)


def find_aim(number: Number) -> str:
    """出台进一步促进民营经济发展的｜21条｜措施 → 促进民营经济发展措施; "" for none."""
    aim = number.words.taken.aim.search(number.left) if number.unit in ISSUED_IN else None
    noun = find_noun(number) if aim is not None else ""
    if aim is None or not number.words.taken.ends.before(noun):
        return ""
    take_noun(number, noun)
    return aim[1] + noun


def find_after(number: Number) -> Items:
    if number.last is not None and number.right.startswith(GOAL_OF):
        return ()  # 完成全年｜900万人｜目标的114%
    if AMONG in number.left[-2:] and (grown := find_growing(number, number.right.strip())):
        return (grown,)
    noun = find_noun(number)
    if not noun or noun in number.tools.patterns.noun.groups.sums_paid or names_people(number):
        return ()
    if aim := find_aim(number):
        return (aim,)
    if ranked := find_ranked(number, noun):
        return take_noun(number, noun) and (ranked,)
    if number.dimension == "count" and (quality := number.tools.patterns.acts.quality.search(noun)):
        # 提升｜32条｜街路｜品质: how the streets are is not counted
        return take_noun(number, noun) and (noun.rpartition(OF_IT)[0] or noun[: quality.start()],)
    if counted := find_counted(number, noun):
        take_noun(number, noun)
        number.sentence.measured_at, number.sentence.measured = number.start, noun
        return (counted,)
    if said := say_of_part(number, noun):
        return take_noun(number, noun) and (noun + said,)
    return take_noun(number, noun)


def names_people(number: Number) -> bool:
    """Whether those who are counted stand in front, and what they do after: 组织各级代表｜1136人次｜进站接待选民."""
    subject = number.subject
    if number.unit not in number.words.times or not subject.endswith(number.tools.patterns.noun.groups.people_ends):
        return False
    return len(subject) > SHORT_OWNER // 2 and number.left.endswith(subject)


def find_ranked(number: Number, rank: str) -> str:
    """3个｜市级、｜16个县级储备仓库 → 市级储备仓库: the rank, and the thing that a later number names."""
    ranks, follower, text = number.tools.patterns.acts.ranks, number.follower, number.sentence.text
    if follower is None or follower.unit != number.unit or not is_rank(rank, ranks):
        return ""
    if LINKED.fullmatch(number.right[len(rank) :]) is None:
        return ""
    at = follower.end
    while (other := read_rank(text, at, ranks)) and (more := NEXT_RANKED.match(text, at + len(other))):
        at = more.end()
    thing = DIGIT.split(text[at + len(other) : number.sentence.clause_end(at)])[0]
    noun = read_noun_after(cut_list(thing, None), number.tools.patterns.noun) if other else ""
    return rank + noun if noun else ""


def is_rank(word: str, ranks: Words) -> bool:
    """Whether a word only tells things of one sort apart: 省级, 百亿元级."""
    return word in ranks.words or (word[-1:] == GRADE and AMOUNT_RANK.fullmatch(word) is not None)


def read_rank(text: str, at: int, ranks: Words) -> str:
    amount = None if (word := ranks.at(text, at)) else AMOUNT_RANK.match(text, at)
    return word if amount is None else amount[0]


def find_counted(number: Number, noun: str) -> str:
    """14个｜断面｜达标率为｜95% → 断面: what is counted, where its measure leads to the next number."""
    follower, words, right = number.follower, number.words, number.right
    if follower is None or follower.start > number.clause_end or follower.unit == number.unit:
        return ""
    measured = words.measure.before(noun) or words.funds.before(noun) or noun.endswith(INVESTED)
    if not (measured and number.dimension == "count" and right.startswith(noun)):
        return ""
    if read_predicate(right[len(noun) :], number.tools.patterns.predicate, follower).subject:
        return ""
    head = number.tools.patterns.acts.counted.search(noun)
    counted = noun[: head.end()] if head else ""
    if len(counted) < 2 and counted not in number.tools.patterns.share.settlements:
        return ""  # 3个｜村｜集体收入
    return counted if len(counted) <= len(noun) - 2 else ""


def find_noun(number: Number) -> str:
    """The noun phrase after the number that is counted; "" where none is."""
    if number.noun is not None:
        return number.noun
    right, follower, end = number.right, number.follower, number.end
    if follower is not None and follower.start == end:
        # 四批次｜63条｜政策措施, 8人｜5项｜9次｜获得冠军
        right = number.sentence.text[skip_counts(number, follower) : number.sentence.clause_end(follower.end)]
        right = FIGURE.sub("", right)  # 司法救助25件｜31人｜58.4万元, 4天｜3轮｜500多万人次｜的核酸检测
    if follower is not None and follower.start > number.clause_end:
        follower = None  # 96件｜建议、批评和意见，已答复｜90件
    if follower is not None and follower.dimension == MONEY_OF and number.unit in number.words.person_units:
        right, follower = leave_paid(number, right, follower)
    unit = number.unit if number.thing else None
    clause = number.tools.patterns.choice.relative.match(right) if number.thing and "的" in right else None
    noun = read_noun_after(cut_list(right, follower), number.tools.patterns.noun, unit)
    if clause is not None and len(noun) < clause.end():
        noun = read_noun_after(right[clause.end() :], number.tools.patterns.noun, unit)
        noun = clause[0] + noun if noun else ""  # 10名｜在全省有影响的｜专家
    if (
        clause is None
        and number.thing
        and "的" in noun
        and names_counted_head(noun.partition("的")[0], number.tools.patterns.acts)
    ):
        noun = noun.partition("的")[0]  # 12个单位｜的项目, 14个小区｜的停车矛盾
    elif number.thing and noun.endswith(WORKED) and number.unit != WORK and NOT_WORK.search(noun) is None:
        noun = noun.partition("的")[0]  # 59个｜示范点｜的建设工作
    if noun and follower is not None:
        noun = leave_next(number, noun, right.strip(), follower)
    if noun in number.tools.patterns.noun.change.words:
        noun = ""  # 比上年同期1331万元｜减收｜207万元
    number.noun = "" if noun and not is_countable(number, noun, unit) else noun
    return number.noun


def leave_next(number: Number, noun: str, right: str, follower: Quantity) -> str:
    """What is counted, without what is said of the number that follows."""
    if follower.kind == "rank":
        return noun.removesuffix(number.words.scopes.before(noun))  # 15项指标｜全区第一
    if number.thing and right == noun and follower.unit != number.unit:
        noun = leave_facet(number, noun, follower)
    if number.thing and right == noun and follower.kind is None:
        noun = leave_act(noun, number.tools.patterns.noun)
    return noun


def leave_paid(number: Number, right: str, money: Quantity) -> tuple[str, Quantity | None]:
    """为90名｜孤儿、寄宿生｜补助生活费4万元 → 孤儿、寄宿生: whom money is for, without how it comes to them."""
    acts = number.tools.patterns.acts
    paid = acts.paying.search(right) if number.left.endswith(acts.giving) else None
    return (right, money) if paid is None else (right[: paid.start()], None)


def names_counted_head(head: str, words: ActWords) -> bool:
    return words.bodies.before(head) != "" or words.counted.fullmatch(head) is not None


GRADED: Final = frozenset("高低")


def is_countable(number: Number, noun: str, unit: str | None) -> bool:
    """Whether a noun is no word for how much: 12项｜国家标准, 6万人｜居住条件得到改善, not 十件实事｜高标准｜完成."""
    if unit in number.words.person_units or number.words.not_counted.fullmatch(noun) is None:
        return True
    named = number.tools.patterns.acts.standards.before(noun)
    return number.thing and named != "" and noun[-len(named) - 1 : -len(named)] not in GRADED


def leave_facet(number: Number, noun: str, follower: Quantity) -> str:
    """4条｜干渠｜总长21公里 → 干渠; 5个｜总投资8亿元的｜项目 → 项目: where the next number is of what is counted."""
    words, text = number.words, number.sentence.text
    if text.startswith(OF_IT, follower.end):
        if noun not in words.facets and noun not in words.investments:
            return noun
        after = text[follower.end + 1 : number.sentence.clause_end(follower.end)]
        return read_noun_after(after, number.tools.patterns.noun, number.unit) or noun
    facet = words.facet.before(noun)
    return noun.removesuffix(facet).removesuffix(AMONG) or noun


def leave_act(noun: str, words: NounWords) -> str:
    """9个｜园区｜入驻企业｜220家 → 园区: where things are, before the verb that brings the next number's there."""
    for at in range(2, len(noun) - 2):
        if verb := words.settling.at(noun, at):
            rest = noun[at + len(verb) :]
            act = words.nominal.before(rest) == rest  # 五类社会保险｜新增参保9万人次: of that insurance
            return noun if len(rest) < 2 or act or noun[at - 1] in JOINTS else noun[:at]
    return noun


def take_noun(number: Number, noun: str) -> Items:
    """The noun phrase after the number, which is then no subject of the next one; none where it is empty."""
    if not noun:
        return ()
    sentence = number.sentence
    at = sentence.text.find(noun, number.end, sentence.end)
    if at >= 0:
        sentence.taken = at + len(noun)
    return (noun,)


def cut_list(right: str, follower: Quantity | None) -> str:
    """Up to the last 、 where the next number of a list follows: 5个村、｜8个社区, 9条主干道和｜滨河路等｜7条支路."""
    if follower is None or not ("、" in right or right.endswith(AND_SO_ON)):
        return right
    marks = "、" if "、" in right else AND_MARKS
    inside = mark_inside(right)
    at = max((i for i, mark in enumerate(right) if mark in marks and not inside[i]), default=len(right))
    return right[:at]


# What the thing before has, or is a part of.


def names_facet(number: Number, last: Draft) -> bool:
    """Whether what stands in front, or the last of its list, is a facet of the thing before."""
    facet = number.subject.rpartition("、")[2]
    return facet in number.words.facets and (facet != "投资" or is_works(last, number.tools.patterns.acts))


def is_works(last: Draft, words: ActWords) -> bool:
    return words.works.before(last.item) != ""


WHOLE_AREA: Final = ("总面积", "面积")


def find_facet(number: Number) -> Items:
    last, subject = number.last, number.subject
    if last is None or not names_facet(number, last):
        return ()
    if subject in WHOLE_AREA and last.item in number.tools.patterns.share.settlements:
        return (subject,)  # 辖行政村27个、村民小组211个，｜总面积｜68平方公里
    if (noun := find_facet_owner(number, last)) and "、" not in subject:
        return (noun + subject,)
    between = number.sentence.text[last.end : number.clause]
    if last.part_of is not None and subject[0] == TOTAL and (STOP in between or ";" in between):
        last = number.sentence.drafts[last.part_of]  # 总人口50万人，其中农村人口9万人；｜总面积｜800平方公里
    if subject in number.words.amounts and STOP in number.sentence.text[last.end : number.clause]:
        return ()  # 大棚250亩；乡镇企业抓改制，完成｜总产值｜26亿元
    return (join_facet(last.item, subject.rpartition("、")[2], number.words),)


def find_facet_owner(number: Number, last: Draft) -> str:
    """利用外资｜稳中提质，总量｜9亿美元: what a clause of its own after ； names; "" for none."""
    text, before = number.sentence.text, number.sentence.clause_before(number.clause)
    if before is None or before[0] <= last.end or text[before[0] - 1] not in "；;":
        return ""
    clause = text[slice(*before)]
    named = cut_progress(clause, number)
    return "" if named == clause else read_subject(named, number.tools.patterns.noun)


def join_facet(item: str, facet: str, words: ChoiceWords) -> str:
    """落地项目 + 总投资额; where the item before is a facet already, its own root: 公路总里程 + 总投资 → 公路总投资."""
    totals = words.totals
    if facet in totals.of_whole:
        own = words.facet.before(item)
        item = item[: -len(own)] if own in EXTREMES else item  # 得分｜最高96.8分、最低82.5分
        item = item.removeprefix(AVERAGE) if facet in EXTREMES else item
        item = item[: -len(own)] if own and facet[-1] in SPEED_ENDS and own[-1] in SPEED_ENDS else item
        told = item.endswith(facet) or (facet == PORTION and TAKEN in item)  # 茶叶占农产品产量｜占比
        return item if told else item + facet
    if facet in totals.people or (facet in totals.of_place and item in totals.divisions):
        return facet
    if facet.startswith(TOTAL) and not facet.endswith(AMOUNT_OF):
        if AVERAGED in item:
            return facet  # 人均纯收入3200元，｜总收入｜3亿元
        item = words.newly.sub("", item)
    own = words.facet.before(item)
    if own == item:
        return facet  # 播种面积5000亩，｜单产400公斤
    if own and len(item) - len(own) >= 2:
        item = item[: -len(own)]
        item = item[:-1] if item[-1] == TOTAL and len(item) > SHORT_NOUN else item  # 二期工程｜总投资，建筑面积
        grown = words.measure_head.before(item)
        if grown in GROWING and len(item) - len(grown) >= 2:
            item = item[: -len(grown)]  # 水稻｜种植面积5000亩，总产2600吨
    elif item.startswith(GROWING) and len(item) > SHORT_NOUN:
        item = item[len(GROWING[0]) :]  # 种植｜玉米9万亩，平均单产370公斤
    return item + facet


def find_owner(number: Number) -> Items:
    last, subject, words = number.last, number.subject, number.words
    if last is None:
        return ()
    sentence = number.sentence
    if owned := own_achieved(number, last):
        return owned
    awards = number.tools.patterns.acts.awards
    if subject in awards.wages and awards.staff.before(last.item):
        return (last.item + subject,)  # 在岗职工9000人，减少2%，｜工资总额｜3亿元
    if subject not in words.amounts:
        return own_act(number) or own_next(number)
    if sentence.text.startswith(subject, sentence.taken) and number.start - sentence.taken < LONGEST_GAP:
        return (last.item + subject,)  # 37户专班企业｜产值｜增长26%
    raised = number.tools.patterns.acts.owned.before(last.item) if last.dimension == "count" else ""  # 生猪｜出栏
    owner = last.item.removesuffix(words.amount.before(last.item) or find_own_facet(number, last) or raised)
    owner = owner if FIXED + subject in last.item else owner.removesuffix(FIXED)
    planned = owner in number.tools.patterns.predicate.plans  # 计划投资8亿元，已完成｜投资｜6亿元
    if len(owner) < 2 or owner == last.item or planned or owner in words.totals.no_owners:
        return own_next(number)
    if words.measure_head.before(owner) == owner:
        return own_next(number)  # 完成固定资产｜投资7亿元，营业收入｜9亿元
    return (owner.removesuffix(subject[:2]) + subject,)  # 商品房交易面积3万平方米，｜交易额｜8亿元


def own_next(number: Number) -> Items:
    """高校12所、｜在校生｜9万人，毛入学率｜34% → 高校在校生, 高校毛入学率: of what was counted right before."""
    last, subject, acts = number.last, number.subject, number.tools.patterns.acts
    if last is None or acts.owned.before(subject) != subject:
        return ()
    between = number.sentence.text[last.end : number.clause]
    if between not in COMMAS and between != STOP:
        return ()
    if subject.startswith(STAFF) and (number.left.startswith(LISTING) or TOGETHER in number.left):
        return ()  # 惠及企业90家、｜职工｜3000人; 甲厂9家，乙厂3家，｜职工合计
    last = find_several(number, last, between)
    own = acts.owned.before(last.item)
    if own and len(last.item) - len(own) >= 2:
        owner = OF_AGE.sub("", last.item[: -len(own)])
        if subject in acts.bare_rates and owner.endswith(acts.schools):
            # 高等教育加快发展，普通高校7所，在校生9万人，｜毛入学率: of education, and not of the schools
            topic = acts.topic.match(number.sentence.text[number.sentence.start : number.clause])
            owner = topic[1] if topic else ""
        return (owner + subject,) if owner else ()
    people = last.unit in number.words.person_units and last.unit not in HOUSEHOLDS  # 企业9户，｜营业收入｜3亿元
    counted = grown_level(number, last).dimension == "count" and not people
    owner = number.words.newly.sub("", last.item)
    owner = owner.partition(subject[:2])[0] or owner  # 养老保险参保企业6万户，增长9%，｜参保人员｜16万人
    return (owner + subject,) if counted and acts.owning.before(last.item) else ()


def find_several(number: Number, last: Draft, between: str) -> Draft:
    """医疗机构9家，其中医院2家、卫生院7家；｜床位900张: of the whole, after a list of parts or a stop."""
    if last.part_of is None:
        return last
    sentence, drafts = number.sentence, number.sentence.drafts
    before = drafts[drafts.index(last) - 1]
    listed = before.part_of == last.part_of and sentence.text[before.end] == "、"
    listed = listed or number.left.startswith(ALTOGETHER[0])  # 其中乡办企业9家，村办企业20家，｜共有职工｜3000人
    return drafts[last.part_of] if listed or between == STOP else last


def find_own_facet(number: Number, last: Draft) -> str:
    """茶园总面积6万亩，产值｜4亿元: the facet of the clause right before, which the amount takes the place of."""
    between = number.sentence.text[last.end : number.clause]
    return number.words.facet.before(last.item) if between in COMMAS and last.unit not in SHARES else ""


def own_achieved(number: Number, last: Draft) -> Items:
    """5个｜省级园区｜实现工业增加值｜9亿元 → 省级园区工业增加值: what those that were counted right before achieved."""
    sentence, subject = number.sentence, number.subject
    at, text = sentence.taken, sentence.text
    if not number.clause <= last.start or not text.startswith(last.item, at - len(last.item)):
        return ()
    if last.dimension != "count" or not number.words.measure.before(subject):
        return ()
    if any(text.startswith(verb + subject, at) for verb in ACHIEVED):
        return (last.item + subject,)
    while text[at] not in AND_MARKS and (opener := find_opener(text, at, number.tools.patterns.noun)):
        at += len(opener)
    follows = text.startswith(subject, at) and last.unit not in number.words.person_units
    return (last.item + subject,) if follows else ()  # 9个园区｜累计建成面积


def own_act(number: Number) -> Items:
    """4个小组｜全年活动｜2次 → 小组活动: with nothing but a word of time between who acts and the act."""
    last, subject, text, at = number.last, number.subject, number.sentence.text, number.sentence.taken
    if last is None or number.words.light.at(subject) or not number.tools.patterns.acts.bodies.before(last.item):
        return ()
    if not number.clause <= last.start or not text.startswith(last.item, at - len(last.item)):
        return ()
    while at < number.start and (opener := find_opener(text, at, number.tools.patterns.noun)):
        at += len(opener)
    return (last.item + subject,) if text.startswith(subject, at) else ()


def find_works(number: Number) -> Items:
    last, subject = number.last, number.subject
    if last is None or subject not in number.words.investments or not is_works(last, number.tools.patterns.acts):
        return ()
    return (last.item.removesuffix(subject[:2]) + subject,)


def find_facet_earlier(number: Number) -> Items:
    last, sentence = number.last, number.sentence
    if named := find_named_before(number, number.subject) or find_works_before(number, number.subject):
        return (named,)
    topical = number.tools.patterns.acts.topical
    if (number.subject in topical or number.subject.partition(TAKEN)[0] in topical) and (topic := find_topic(number)):
        return (topic + number.subject,)
    bare_rates = number.tools.patterns.acts.bare_rates
    if number.subject in bare_rates and last is not None:
        before = sentence.clause_before(number.clause)
        if before is None or before[0] < last.end:
            return ()
    elif last is not None or not (number.subject in number.words.facets or number.subject in bare_rates):
        return ()
    noun = find_clause_noun(number) or find_grown(number)
    return (join_facet(noun, number.subject, number.words),) if noun else ()


def find_works_before(number: Number, invested: str) -> str:
    """水库除险加固工程，总投资｜9万元 → 水库除险加固工程总投资: works that alone are the clause before; "" for none."""
    if invested not in number.words.investments:
        return ""
    before = number.sentence.clause_before(number.clause)
    if before is None:
        return ""
    start, end = before
    if number.last is not None and number.last.end > start:
        return ""
    clause = number.sentence.text[start:end]
    works = strip_head(clause, number.tools.patterns.noun).strip(MARKS)
    alone = clause.endswith(works) and number.tools.patterns.acts.works.before(works) and PAUSED.isdisjoint(works)
    return works + invested if alone and SHORT_NOUN < len(works) <= LONGEST_WORKS else ""


PAUSED: Final = frozenset("、和及等批属是为列被")  # what joins works or says something of them
LONGEST_WORKS: Final = 24
AREA: Final = "面积"


def find_grown(number: Number) -> str:
    """夏粮面积9万亩。预计产量｜7万吨: of what the sentence before told the area, where this one tells the yield."""
    drafts = number.sentence.drafts
    grown = bool(drafts) and number.clause == number.sentence.start and drafts[-1].item.endswith(AREA)
    return drafts[-1].item if grown and YIELDS.fullmatch(number.subject) else ""


YIELDS: Final = compile_re(r"(?:平均)?[总单亩]?产量?")


def find_named_before(number: Number, subject: str) -> str:
    """家庭农场投资增长很快，｜投资｜27亿元 → 家庭农场投资: whose it is where the clause before says it; "" for none."""
    sentence = number.sentence
    if subject not in sentence.text[sentence.start : number.clause] or not number.words.measure.before(subject):
        return ""
    before = sentence.clause_before(number.clause)
    if before is None or (number.last is not None and number.last.end > before[0]):
        return ""
    if sentence.text[before[0]] == ACCORDING:
        return ""  # 据公安部门户籍人口统计，｜年末户籍人口
    start = before[0]
    at = sentence.text.find(subject, *before)
    named = read_subject(sentence.text[start : at + len(subject)], number.tools.patterns.noun)
    if named[:1] == UPON and named[1:2] not in NOT_UPON:
        named = named[1:]  # 对｜全省煤炭产量拉动最大，拉动全省煤炭产量增长3%
    own = named.endswith(subject) and named != subject and DIGIT.search(named) is None
    return named if own else ""  # but 据5‰人口｜抽样调查


def find_counterpart(number: Number) -> Items:
    """一般公共预算收入50亿元，支出｜90亿元 → 一般公共预算支出."""
    last, words = number.last, number.words
    if last is not None and number.subject in number.tools.patterns.acts.averages:
        owner = last.item.partition(AVERAGED)[0] if AVERAGED in last.item else ""
        own = owner and STOP not in number.sentence.text[last.end : number.clause]
        return (owner + number.subject,) if own else ()  # 农村居民｜人均可支配收入1.6万元，｜人均消费支出
    if last is not None and len(number.subject) == PAIR_WORD and (half := find_other_side(number, last)):
        return (half,)
    side = number.subject or read_nominal(number.predicate.subject, number.tools.patterns.noun)
    if last is not None and (owned := find_balance(side, last, words) or find_casualty(number, side)):
        return (owned,)
    if last is None or (other := words.counterparts.get(side)) is None:
        return ()
    if side[-1] == CAPITAL and number.predicate.subject.strip(MARKS) != side:
        return ()  # 实际利用外资3亿美元，引进｜内资｜20亿元
    whole = last.item
    if number.predicate.verb in number.tools.patterns.noun.groups.totalling:
        whole = find_total(number, other) or whole
        if whole == other:
            return (side,)  # 收入总计41亿元，其中债务转贷收入9亿元；支出总计｜39亿元
    elif not whole.endswith(other) and number.predicate.subject.strip(MARKS) == side == SPENT:
        whole = find_total(number, other) or whole  # 基金收入9亿元，上年结余2亿元，支出｜8亿元
    owner = whole.removesuffix(other)
    if owner == whole or len(owner) < 2 or owner[-1] in EDGE_OF_PAIR or owner in words.totals.no_owners:
        return ()
    return () if side.startswith(owner) else (owner + side,)  # 人均产值9000元，人均产值比上年｜翻番


SPENT: Final = "支出"


def find_total(number: Number, other: str) -> str:
    """The other side in all, which stands before its parts: 收入｜总计41亿元，其中……; "" for none."""
    drafts = number.sentence.drafts[number.sentence.first :]
    return next((draft.item for draft in drafts if draft.item.endswith(other) and draft.unit == number.unit), "")


def find_balance(side: str, last: Draft, words: ChoiceWords) -> str:
    """基金收入9亿元，支出8亿元，年末滚存结余｜3亿元 → 基金滚存结余: what is left of an account; "" for none."""
    if side not in words.totals.accounts.balances or last.dimension != MONEY_OF:
        return ""
    end = next((end for end in words.totals.accounts.sides if last.item.endswith(end)), "")
    owner = last.item.removesuffix(end)
    return owner + side if end and owner.endswith(words.totals.accounts.owners) else ""


def find_casualty(number: Number, side: str) -> str:
    """交通事故214起，死亡｜58人 → 交通事故死亡: what the accidents did that were counted; "" for none."""
    words, sentence = number.words.totals.accounts, number.sentence
    if side not in words.casualties:
        return ""
    drafts = [draft for draft in sentence.drafts[sentence.first :] if draft.dimension == "count"]
    counted = next((draft for draft in reversed(drafts) if words.accidents.before(draft.item)), None)
    if counted is None or STOP in sentence.text[counted.end : number.start]:
        return ""
    return counted.item + side


PAIR_WORD: Final = 2  # characters


def find_other_side(number: Number, last: Draft) -> str:
    """城镇居民人均收入3万元，农村｜1万元 → 农村居民人均收入: where nothing but whose it is was said; "" for none."""
    subject = number.subject
    pair = next((words for words in number.tools.pairs.values() if subject in words), ())
    word = next((word for word in pair if last.item.startswith(word)), "")
    told = [draft.unit for draft in number.sentence.drafts[number.sentence.first :] if draft.item == last.item]
    alike = number.unit in told or (number.unit in SHARES and number.predicate.kind != "level")
    rest = last.item[len(word) :]
    return subject + rest if word and alike and number.words.measure.before(rest) else ""


def find_passive(number: Number) -> Items:
    """信息632篇，被市里采用｜57篇 → 信息被市里采用."""
    last, subject = number.last, number.predicate.subject.strip("，,、 ").removeprefix(number.tools.part)
    subject = subject.removeprefix(ALTOGETHER[0])  # 共｜被市里采用
    if last is None or number.predicate.verb or number.words.passive.match(subject) is None:
        return ()
    if last.unit != number.unit:  # 信息9条，编报专刊6期，｜被市里采用｜3条
        drafts = number.sentence.drafts[number.sentence.first :]
        last = next((draft for draft in reversed(drafts) if draft.unit == number.unit), last)
    root = find_root(last.item, number.tools.patterns.acts)
    return ((root or last.item.partition("被")[0]) + subject,)


def find_passive_next(number: Number) -> Items:
    """信息被省政协采用9条、｜市委办公室｜7条 → 信息被市委办公室采用: by the next body of a list."""
    last, subject, acts = number.last, number.subject, number.tools.patterns.acts
    if last is None or last.unit != number.unit or "被" not in last.item:
        return ()
    told = number.sentence.text[last.end : number.start].lstrip("，,、 ")
    verb = acts.handled_end.before(last.item)
    if told != subject or not verb or not (acts.bodies.before(subject) or acts.organs.before(subject)):
        return ()
    return (last.item.partition("被")[0] + "被" + subject + verb,)


def find_plan(number: Number) -> Items:
    """收入完成3亿元，占年初预算｜8亿元｜的43%: of what was planned, and again of what came of it."""
    last, sentence, quantity = number.last, number.sentence, number.quantity
    if own := find_own_plan(number):
        return (own,)
    if last is None:
        return ()
    if beside := find_beside(number, last) or find_account(number, last):
        return (beside,)
    text, start, end = sentence.text, number.start, number.end
    between = text[last.end : start].removeprefix(GOAL)
    led = text[start - 1] == OF_IT and (between == OF_IT or ASIDE_LED.fullmatch(between) is not None)
    if led and is_ratio(quantity) and last.start == sentence.measured_at:
        return (sentence.measured,)
    if led and is_ratio(quantity):
        outside = list_outside(number)
        before = outside[-2] if len(outside) > 1 else None
        planned = (
            before is not None
            and number.tools.patterns.acts.plan.match(last.item.removeprefix(before.item)) is not None
        )
        return (before.item,) if before is not None and planned and last.item != before.item else ()
    goal = text[end : end + len(GOAL_OF)] == GOAL_OF  # 完成全年｜900万人目标的
    if not (goal or text[end : end + 1] == OF_IT) or number.unit != grown_level(number, last).unit:
        return ()
    left = text[max(last.end, number.clause) : start]
    if goal:
        left += GOAL
    plan = number.tools.patterns.acts.plan.match(left)
    return (last.item + plan["plan"],) if plan is not None else ()


def find_own_plan(number: Number) -> str:
    """税收收入完成年初预算｜8亿元｜的43%: what was planned of a thing that no number told of before; "" for none."""
    follower, acts = number.follower, number.tools.patterns.acts
    if (
        follower is None
        or number.right[-1:] != OF_IT
        or not is_ratio(follower)
        or PLANNED_OF.fullmatch(number.right) is None
    ):
        return ""
    plan = acts.own_plan.fullmatch(number.left)
    thing = "" if plan is None else read_subject(plan["thing"], number.tools.patterns.noun)
    if plan is None or not number.words.measure.before(thing):
        return ""
    number.sentence.measured_at, number.sentence.measured = number.start, thing
    return thing + plan["plan"]


PLANNED_OF: Final = compile_re(r"(?:[（(][^（）()]{1,20}[）)])?的")


def find_beside(number: Number, last: Draft) -> str:
    """财政支出年初预算8亿元，｜调整预算｜9亿元，实际支出｜9亿元: of what a plan was named before; "" for none."""
    acts, subject, sentence = number.tools.patterns.acts, number.subject, number.sentence
    drafts = [draft for draft in sentence.drafts[sentence.first :][-PLANS_BACK:] if draft.unit == number.unit]
    budget = next((draft for draft in reversed(drafts) if draft.beside), None)
    root = "" if budget is None else acts.budgeted.sub("", budget.item)
    if not root or last.unit != number.unit or not last.item.startswith(root):
        return ""
    said = number.predicate.subject.strip(MARKS)
    said = "" if number.tools.patterns.noun.groups.approved.fullmatch(said) else said  # 经县人大批准｜调整为
    subject = subject or read_nominal(said, number.tools.patterns.noun) or said.removesuffix(ARRANGED)
    other = number.words.counterparts.get(subject)
    if other is not None and root.endswith(other):
        return root.removesuffix(other) + subject  # 收入预算安排8亿元，｜支出安排｜9亿元
    if acts.plan.fullmatch(subject) is not None:
        number.planned = True
        return root if subject in root else root + subject
    told = not subject and number.predicate.verb != "" and not number.planned
    same = subject != "" and root.endswith(subject.removeprefix(ACTUAL) or STOP)
    return root if told or same or subject in number.tools.patterns.share.executed else ""


def find_account(number: Number, last: Draft) -> str:
    """收入6亿元，比报告数｜5亿元｜增加1亿元: of the same account the amount that it is compared with; "" for none.

    The amount by which it changed, right after, is of the thing again.
    """
    follower, subject = number.follower, number.predicate.subject.strip(MARKS)
    if follower is None or subject[:1] not in BESIDE_OF or follower.unit != number.unit:
        return ""
    account = number.tools.patterns.share.accounts.before(ASIDE_END.sub("", subject))
    right = number.right.strip()
    if not account or not (right == OVER or right in number.tools.patterns.noun.change.words):
        return ""
    base = grown_level(number, last).item
    number.sentence.measured_at, number.sentence.measured = number.start, base
    return base + account


ASIDE_LED: Final = compile_re(r"[（(][^（）()]{1,20}[）)]的")  # 年初预算8亿元（含基金）｜的60%
OVER: Final = "超额"
BESIDE_OF: Final = frozenset("比较")
ASIDE_END: Final = compile_re(r"[（(][^（）()]{1,20}[）)]\Z")


def grown_level(number: Number, last: Draft) -> Draft:
    """投资6亿元，增长4%，占计划｜15亿元: the amount that the growth or share before is of, or the draft before."""
    if last.kind == "level" and last.unit != "%":
        return last
    drafts = list_outside(number)[:-1]
    if not drafts or drafts[-1].item != last.item:
        return last
    level = next((draft for draft in reversed(drafts) if draft.kind == "level" and draft.item == last.item), None)
    return level if drafts[-1].kind != "level" and level is not None else drafts[-1]


def list_outside(number: Number) -> list[Draft]:
    """The drafts of the sentence, those aside that stand in a bracket which is closed by now."""
    sentence = number.sentence
    drafts = sentence.drafts[sentence.first :]
    return [draft for draft in drafts if not is_aside(sentence.text, draft.end, number.start)]


# 地方收入按部门分：｜税务部门完成｜6亿元
DIVIDED: Final = compile_re(r"(?<![^，。；：\s])([^，。；：\d\s]{2,14})按[^，。；：\d]{1,8}[分看]来?看?[：:，,]")


def find_collector(number: Number) -> Items:
    """收入9亿元，其中税务部门完成｜6亿元 → 税务部门收入."""
    subject, sentence = number.subject, number.sentence
    if subject in number.tools.patterns.acts.collected:
        doer, _, said = number.predicate.subject.strip(MARKS).rpartition(MADE)
        taker = number.tools.patterns.acts.collector.before(doer)
        return (read_subject(doer, number.tools.patterns.noun) + subject,) if taker and said == subject else ()
    if not number.predicate.verb or not number.tools.patterns.acts.collector.before(subject):
        return ()
    unit = number.unit
    here = [draft for draft in sentence.drafts[sentence.first :] if draft.unit == unit and draft.kind == "level"]
    back = [draft for draft in sentence.drafts[-COLLECTED:] if draft.unit == unit and draft.kind == "level"]
    whole = next((draft.item for draft in (here or back) if number.words.measure.before(draft.item)), "")
    if not whole and (divided := DIVIDED.search(sentence.text, sentence.start, number.clause)) is not None:
        whole = divided[1] if number.words.measure.before(divided[1]) else ""
    for word in number.tools.patterns.acts.collectors:
        whole = whole.rpartition(word)[2]  # of 财政部门, after 税务部门｜收入
    return (subject + whole,) if whole else ()


def find_share(number: Number) -> Items:
    last, subject = number.last, number.subject
    if drawn := find_drawn(number):
        return (drawn,)
    if subject[:1] == UPON and subject.endswith(CONTRIBUTION):
        return (last.item.partition(TAKEN)[0] + subject,) if last is not None and last.kind != "rank" else ()
    if not subject.startswith(TAKEN):
        return ()
    if number.words.owner.fullmatch(subject):
        return ()
    if topic := find_topic(number):
        return (topic + subject,)  # 民营经济发展较快，｜占全省经济的比重
    if last is None:
        return ()
    if number.unit == last.unit and number.unit not in SHARES and number.sentence.text[number.end :][:1] == OF_IT:
        return (
            subject.removeprefix(TAKEN),
        )  # 棉田30亩，占｜耕地90亩｜的三成: what the share is of has a name of its own
    return (find_taker(number, last) + subject,)


def find_drawn(number: Number) -> str:
    """汽车制造业增长12%，拉动工业增加值增长｜2个百分点 → 汽车制造业拉动工业增加值: by how much one moves another."""
    if number.unit != POINTS or number.predicate.kind == "level" or DRAWS not in number.predicate.subject:
        return ""
    last, nouns = number.last, number.tools.patterns.noun
    before, _, moved = number.predicate.subject.rpartition(DRAWS)
    whole = read_subject(moved, nouns) or moved.strip(MARKS)
    if (before.strip(MARKS) and MEANTIME.fullmatch(before.strip(MARKS)) is None) or last is None:
        return read_subject(before, nouns).removesuffix(ALTOGETHER[0]) + DRAWS + whole if whole else ""
    owner = last.item.partition(TAKEN)[0]
    owner = owner.partition(UPON)[0] if owner.endswith(CONTRIBUTION) and owner.find(UPON) > 1 else owner
    owner = owner.partition(DRAWS)[0] or owner  # 消费拉动经济增长3个百分点，两年平均｜拉动｜2个百分点
    return owner.removesuffix(CONTRIBUTION) + DRAWS + whole if whole else ""


# Over which time something moves another: 两年平均｜拉动
MEANTIME: Final = compile_re(r"[\d两三四五六七八九十]*年?(?:[平年]均|累计)?")


def find_taker(number: Number, last: Draft) -> str:
    """What the share before is of: 税收收入占财政收入｜的90%，同比增收｜2亿元; the item before where it is no share."""
    sentence, taker = number.sentence, last.item.partition(TAKEN)[0]
    if last.item.endswith(PORTION) and number.words.measure.before(owner := OF_PLACE.sub("", taker)):
        return owner  # 区本级产值全区占比63%，｜下降16%
    if number.money and len(taker) >= LEAST_MEASURE and number.words.measure.before(taker):
        return taker  # 税收收入占财政收入的90%，｜增收｜3亿元
    if taker == last.item or all(draft.item != taker for draft in sentence.drafts[sentence.first :]):
        return last.item
    return taker


# The item in front of the number, and what stands for it where nothing does.


def names_thing(number: Number) -> bool:
    subject = number.subject
    if number.last is not None and number.words.passive.match(subject):
        return False
    return not ("占" in subject and number.words.owner.fullmatch(subject))


def find_rank(number: Number) -> Items:
    """国家级文明岗5个、｜省级｜11个 → 省级文明岗: of the thing before, by its rank alone."""
    last, ranks = number.last, number.tools.patterns.acts.ranks
    subject = number.words.newly.sub("", number.subject)
    if not is_rank(subject, ranks):
        return ()
    if number.thing and number.follower is not None and (ranked := find_ranked_after(number, subject)):
        return (ranked,)
    if last is None or last.unit != number.unit:
        return ()
    if not (number.thing or ranks.at(last.item)):
        return ()  # but 一级补贴标准200元、二级｜150元
    at = ranks.find(last.item)
    thing = last.item[at + len(ranks.at(last.item, at)) :] if at >= 0 else last.item
    thing = thing.removeprefix("及").removeprefix("以上")  # 省级以上企业技术中心24个，其中｜国家级
    if at < 0:
        thing = leave_level(thing, number.tools.patterns.acts)
    if thing.endswith(GRADE):
        return (subject,)  # 其中厅局级9人、｜省部级｜2人
    return (subject + thing,) if len(thing) >= 2 else ()


def leave_level(thing: str, words: ActWords) -> str:
    """全国｜巾帼文明岗, 各级｜最美家庭: a thing without of what level the first of them is."""
    level = next((level for level in words.levels if thing.startswith(level)), "")
    return thing[len(level) :] if len(thing) - len(level) >= LEAST_MEASURE else thing


def find_ranked_after(number: Number, rank: str) -> str:
    """省级｜40个、市级300个｜重点项目 → 省级重点项目: the rank, and the thing that stands after a later number."""
    sentence, text, ranks = number.sentence, number.sentence.text, number.tools.patterns.acts.ranks
    at = number.end
    while (linked := LINKED.match(text, at)) is not None and (other := read_rank(text, linked.end(), ranks)):
        counted = COUNTED.match(text, linked.end() + len(other))
        if counted is None or counted[1] != number.unit:
            return ""
        at = counted.end()
        if LINKED.match(text, at) is None:
            noun = read_noun_after(text[at : sentence.clause_end(at)], number.tools.patterns.noun, number.unit)
            return rank + noun if noun else ""
    return ""


def find_prize(number: Number) -> Items:
    """世界级比赛金牌9枚、｜银牌｜4枚 → 世界级比赛银牌: of the same contest as the prize before."""
    last, subject, prizes = number.last, number.subject, number.tools.patterns.acts.awards.prizes
    if last is None or last.unit != number.unit or prizes.before(subject) != subject:
        return ()
    other = prizes.before(last.item)
    contest = last.item.removesuffix(other) if other else ""
    return (contest + subject,) if contest and number.sentence.text[last.end : number.clause] in COMMAS else ()


def find_part(number: Number) -> Items:
    item = share_measure(number)
    return (item,) if item else ()


def find_sibling(number: Number) -> Items:
    item = share_sibling(number)
    return (item,) if item else ()


def find_each_act(number: Number) -> Items:
    """小学、初中各新增｜示范校｜6所 → 小学新增示范校, 初中新增示范校."""
    each = number.tools.patterns.noun.groups.each_acting.match(number.subject) if EACH_OF in number.subject else None
    if each is None:
        return ()
    rest = number.subject[each.end() :]
    return tuple([part + rest for part in split_list(each["list"].removeprefix(BY))])


def find_before(number: Number) -> Items:
    subject = number.subject
    if len(subject) == len(number.tools.part) + 1 and subject.startswith(number.tools.part):
        subject = subject[-1]  # 耕地90亩，其中｜田｜60亩
    if SIZED.fullmatch(subject) is not None:
        return (name_sized(number, subject.removesuffix(OF_IT)),)
    if not names_thing(number):
        return ()
    averaged = number.money and number.predicate.basis == AVERAGED and number.predicate.kind == "level"
    averaged = averaged and subject + AVERAGED in number.left and number.words.measure.before(subject) != ""
    return (subject + AVERAGED if averaged else subject,)  # 经济收入｜人均达｜800元, but 标准达到人均｜20元


def name_sized(number: Number, sized: str) -> str:
    """人均结案280件，其中｜500件以上｜3人、400件以上5人 → 结案500件以上."""
    for draft in reversed(number.sentence.drafts[number.sentence.first :]):
        act = DIGIT.split(draft.item)[0]
        if act != draft.item or (act := number.tools.patterns.acts.handled_end.before(draft.item)):
            return act + sized
    return sized


def find_verb_works(number: Number) -> Items:
    last = number.last
    if last is None or not is_works(last, number.tools.patterns.acts):
        return ()
    verb = read_nominal(number.predicate.subject, number.tools.patterns.noun)
    return (last.item + verb,) if verb.endswith("投资") else ()


def find_verb(number: Number) -> Items:
    verb = read_nominal(number.predicate.subject, number.tools.patterns.noun)
    return (find_named_before(number, verb) or find_works_before(number, verb) or verb,) if verb else ()


def find_measure_clause(number: Number) -> Items:
    measure = find_measure_before(number)
    return (measure,) if measure else ()


def find_standard(number: Number) -> Items:
    """税收增长9%，比全省（｜7%）高2个百分点 → 全省税收: what the standard itself did, in a bracket after it."""
    last, text = number.last, number.sentence.text
    if last is None or number.unit not in SHARES:
        return ()
    if beside := find_around_place(number):
        return (beside,)
    if text[number.start - 1] not in ROUND_OPENING:
        return ()
    standard = STANDARD.search(text, number.clause, number.start)
    then = next((one for one in number.sentence.standards if one.end == number.start - 1), None)
    changed = [
        draft
        for draft in number.sentence.drafts[number.sentence.first :]
        if draft.kind in ("increase", "decrease")
        and draft.unit == number.unit
        and text[draft.start - 1] not in ROUND_OPENING
    ]
    if (standard is None and then is None) or not changed:
        return ()
    number.predicate.kind = changed[-1].kind
    item = changed[-1].item
    if standard is None:
        number.dated = then.period if then is not None else None
        return (item,)  # 投资增长7%，增幅较1—2月（｜5%）提高
    return (standard[1] + (item[:-2] if item.endswith(SPEEDS) else item),)


def find_around_place(number: Number) -> str:
    """工业增加值增长8%（全市｜6%、全省｜5%） → 全市工业增加值: of places around, in a bracket; "" for none."""
    text, start, sentence = number.sentence.text, number.start, number.sentence
    place = PLACE_AROUND.search(text, max(sentence.start, start - AROUND_REACH), start)
    if place is None:
        return ""
    opened = max(text.rfind(mark, sentence.start, start) for mark in ROUND_OPENING)
    base = next((draft for draft in reversed(sentence.drafts[sentence.first :]) if draft.end <= opened), None)
    if base is None or base.end < opened or base.unit != number.unit:
        return ""
    if number.predicate.kind == "level":
        number.predicate.kind = base.kind
    return place[1] + base.item


def find_bracketed(number: Number) -> Items:
    """服装（｜上升7%）；鞋类（｜下跌3%） → 服装, 鞋类: of things that each stand before a bracket with its change.

    An amount alone in a bracket is of the thing before it: 内地旅客（｜59万人次）减少.
    """
    sentence, text, follower, start = number.sentence, number.sentence.text, number.follower, number.start
    opened = max(text.rfind(mark, number.clause, start) for mark in ROUND_OPENING)
    if opened < 0 or text[number.end : number.end + 1] not in CLOSING_ROUND:
        return ()
    last = number.last.end if number.last is not None else sentence.start
    closed = number.last is not None and text[last : last + 1] in CLOSING_ROUND
    if not closed and text.startswith(OF_IT, number.end + 1):
        return ()  # 锦标赛（25米）的服务
    share = WHOLE_SHARE.fullmatch(text, opened + 1, start)
    beside = closed or opened + 1 == start or share is not None
    beside = beside or (follower is not None and NEXT_BRACKET.fullmatch(text, number.end, follower.start) is not None)
    before = text[max(last + closed, sentence.clause_start(opened)) : opened].strip(MARKS)
    outer = read_predicate(before, number.tools.patterns.predicate)
    if not beside or outer.verb or outer.compared or outer.basis or len(outer.subject) > LONGEST_OWN:
        return ()
    noun = read_subject(outer.subject.removeprefix(COMING), number.tools.patterns.noun)
    return (noun + (share[0] if share is not None else ""),) if noun else ()


COMING: Final = "来自"  # 来自｜台湾（｜3万人次）
WHOLE_SHARE: Final = compile_re(r"占总[数体量额]的?")
CLOSING_ROUND: Final = frozenset(ROUND_CLOSING)
LONGEST_OWN: Final = 24
NEXT_BRACKET: Final = compile_re(r"[）)][、，；,; 和及与]{1,2}[^，；。（()）\d]{2,24}[（(][^，；。（()）\d]{1,8}")


def find_carried(number: Number) -> Items:
    last, words = number.last, number.words
    if last is None:
        return ()
    if last.start == number.sentence.measured_at:
        return (number.sentence.measured,)
    if whole := leave_increment(number, last):
        return (whole,)
    if named := read_share_of(number, last) or read_anew(number, last) or read_told(number, last):
        return (named,)
    if number.predicate.verb in number.tools.patterns.noun.groups.summing and (summed := find_summed(number, last)):
        return (summed,)
    if number.thing and last.unit in words.plain_units and number.predicate.kind in ("increase", "decrease"):
        same = [draft for draft in number.sentence.drafts[number.sentence.first :] if draft.unit == number.unit]
        last = same[-1] if same else last  # 出生1026人，出生率2.5‰，同比减少｜134人
    if words.sent.search(number.predicate.subject):
        sentence, unit = number.sentence, number.unit
        same = [draft for draft in sentence.drafts[sentence.first :] if draft.unit == unit]
        last = same[-1] if same else last
    if (
        number.predicate.basis == AVERAGED
        and number.predicate.kind == "level"
        and AVERAGED not in last.item
        and words.measure.before(last.item)
    ):
        return (last.item + AVERAGED,)  # 生产总值800亿元，人均｜达到9000元
    if TAKEN in last.item and leaves_share(number, last):
        return (find_taker(number, last),)
    if named := read_given(number, last) or read_paid(number, last) or say_invested(number, last.item):
        return (named,)
    if number.thing and last.dimension == MONEY_OF and (spent := find_investment(last.item, words)):
        return (last.item.removesuffix(spent),)  # 计划总投资105亿元的升级项目｜有｜10个建成
    acts = number.tools.patterns.acts
    ends = acts.planned_any if last.beside else acts.planned if ACTUAL in number.left else None
    if ends is not None and (planned := ends.before(last.item)) and planned != last.item:
        return (last.item.removesuffix(planned),)  # 收入预算数为9亿元，实际完成｜8亿元
    # 新增公园127座，累计达到1100座: all of them, not the new ones
    verb = number.predicate.verb if number.predicate.kind == "level" else ""  # 新增就业8万人，增长｜4%: of the new
    reached = not last.origin and (verb or number.predicate.basis == SUMMED)
    return (words.newly.sub("", last.item) if reached else last.item,)


def say_invested(number: Number, item: str) -> str:
    """项目总投资12亿元，已完成｜8亿元 → 项目完成投资: what was spent of what is to be spent; "" for none."""
    verb = number.predicate.verb.removesuffix("了").removesuffix(INVESTED)
    if not number.money or number.predicate.kind != "level" or not verb.endswith(ACHIEVED[1]):
        return ""
    planned = number.tools.patterns.acts.planned_sums.before(item)
    return item.removesuffix(planned) + SPENT_OF_IT if planned else ""


SPENT_OF_IT: Final = "完成投资"


def read_given(number: Number, last: Draft) -> str:
    """检测车16台，为14个县局配置了｜1台 → 检测车: what was counted in the unit before those who get it; "" for none."""
    if not number.thing or last.unit == number.unit:
        return ""
    if not number.left.strip(MARKS):
        return read_dwellers(number, last) if number.unit in DWELLERS else ""
    words, drafts = number.words.person_units, number.sentence.drafts[number.sentence.first :]
    rated = number.unit in words and last.item.endswith(RATE)  # 上线人数900人，上线率40%，比上年多｜90人
    given = not number.predicate.verb and last.unit in number.tools.patterns.noun.body_units
    if not rated and (not given or last.unit in words or number.unit in words):
        return ""
    return next((draft.item for draft in reversed(drafts) if draft.unit == number.unit and draft.kind == "level"), "")


def read_dwellers(number: Number, last: Draft) -> str:
    """辖生产队37个，｜1198户，｜5218人: those who live there are no such places, and have no name; "" for none."""
    unit, words = number.unit, number.words
    placed = last.unit not in words.person_units and last.item in number.tools.patterns.share.settlements
    return unit if (placed or last.item in HOUSEHOLDS) and number.quantity.quote.endswith(unit) else ""


DWELLERS: Final = frozenset("户人")


SHARES_BY_NAME: Final = ("占比", "占有率")


PAID_OUT: Final = "发放"


def read_paid(number: Number, last: Draft) -> str:
    """城市低保对象90人，发放低保金7万元；农村低保对象80人，发放｜6万元 → 低保金; "" for none."""
    if number.predicate.verb != PAID_OUT or not number.money or last.unit not in number.words.person_units:
        return ""
    drafts = number.sentence.drafts[number.sentence.first :]
    return next((draft.item for draft in reversed(drafts) if draft.unit == number.unit and draft.kind == "level"), "")


def leaves_share(number: Number, last: Draft) -> bool:
    """Whether a number after a share is said of what has it: 占全省的4%，｜比全省增速高1个百分点, ｜居全省第3位."""
    if number.predicate.kind in ("increase", "decrease"):
        return number.unit != POINTS
    basis = number.predicate.basis or ""
    ratio = basis and number.predicate.decided and number.left.endswith(OF_IT)  # 恢复至上年同期水平的｜81%
    rank = number.quantity.kind == "rank" and not last.item.endswith(SHARES_BY_NAME)  # 税收占比62%，居全市｜第9位
    return rank or bool(ratio) or basis.endswith(number.tools.patterns.share.speeds)


def read_share_of(number: Number, last: Draft) -> str:
    """棉田30亩，占耕地90亩｜的三成 → 棉田占耕地: of what, where the amount before is what the share is of."""
    sentence, text = number.sentence, number.sentence.text
    if text[last.end : number.start] != OF_IT or not is_ratio(number.quantity):
        return ""
    before = sentence.drafts[-2] if len(sentence.drafts) > sentence.first + 1 else None
    base = TAKEN + last.item
    own = before is not None and before.unit == last.unit and text.endswith(base, 0, last.quantity.start)
    return before.item + base if own and before is not None else ""


def read_told(number: Number, last: Draft) -> str:
    """What the words between two numbers name; "" for none.

    45—54岁｜的17人; 占第二位的是教育提案，达｜14件; 25名学生｜资助｜9万元; 各级最美家庭90户，其中全国｜4户.
    """
    text, words, acts = number.sentence.text, number.tools.patterns.noun, number.tools.patterns.acts
    left, scope = number.left.strip(MARKS), number.predicate.scope
    if scope and last.kind != "rank" == number.quantity.kind and scope.endswith(number.tools.patterns.share.strongest):
        return scope  # 工业增加值增长9%，位居全国百强区｜榜首: a place ranks there, and no measure
    if number.quantity.kind == "rank" and (placed := read_contest(number) or leave_part(number, last)):
        return placed
    if (level := left.removeprefix(number.tools.part)) in acts.levels and number.thing and last.unit == number.unit:
        return level + leave_level(last.item, acts)
    if left == OF_IT and last.unit in number.tools.patterns.classes.units and last.end + 1 == number.start:
        return last.quantity.quote + (last.item if acts.bodies.before(last.item) else "")
    if number.money and left in words.groups.aiding and last.unit in number.words.person_units:
        return left + last.item if number.clause <= last.start else ""
    is_it = (IS_IT if last.kind == "rank" else NEXT_IS).match(text, last.end, number.clause)
    return read_subject(is_it[1], words) if is_it is not None else ""


def read_contest(number: Number) -> str:
    """执结率80%，在全市法院绩效考核中荣获｜第二名 → 全市法院绩效考核: in what a place was won; "" for none."""
    contest = CONTEST.search(number.sentence.text, number.clause, number.start)
    return contest[1] if contest is not None else ""


CONTEST: Final = compile_re(r"在([^，；。、\d]{4,24})中(?:荣?获得?|取得)\Z")


def leave_part(number: Number, last: Draft) -> str:
    """信息90条，其中2条被省里采用，全市排名｜第4位 → 信息: a place is that of all, and not of those singled out."""
    drafts, acts = number.sentence.drafts, number.tools.patterns.acts
    if last.part_of is None or last.unit not in acts.text_units or number.clause <= last.start:
        return ""
    root = find_root(drafts[last.part_of].item, acts)
    return root if root and root != last.item and last.item.startswith(root) else ""


IS_IT: Final = compile_re(r"的是([^，；。\d]{2,30})，\Z")
NEXT_IS: Final = compile_re(r"[）)]?[，；,; ]*其次[为是]([^，；。\d]{2,30})[，,]\Z")  # 其次为服装，｜上升｜7%


def find_summed(number: Number, last: Draft) -> str:
    """生活补贴6870人、护理补贴9655人，共计｜2114万元: of both; 建议167件，连同闭会期间的24件，共｜191件 → 建议."""
    sentence, acts = number.sentence, number.tools.patterns.acts
    if "的" in last.item and last.unit == number.unit:
        return find_root(last.item, acts)
    before = sentence.drafts[sentence.first :][-2:]
    if len(before) < 2 or before[0].unit != last.unit or before[0].item == last.item or last.unit == number.unit:
        return ""
    joined = before[0].item + "、" + last.item
    listed = sentence.text[before[0].end] == "、"
    return joined if listed and len(joined) <= LONGEST_SUM else ""


def leave_increment(number: Number, last: Draft) -> str:
    """The thing before, where the last number was of how it grew; "" for none.

    生产总值90亿元，年增量8亿元，｜增长9%; 投资9亿元，增速提升2个百分点，完成年度任务的｜52%.
    """
    changed = number.predicate.kind != "level"
    words = INCREMENTS if changed else SPEEDS
    if not last.item.endswith(words) or not (changed or (number.predicate.basis and number.unit in SHARES)):
        return ""
    drafts = number.sentence.drafts[number.sentence.first :]
    return next((draft.item for draft in drafts if last.item in [draft.item + word for word in words]), "")


def find_investment(item: str, words: ChoiceWords) -> str:
    """The investment that an item ends in, its thing before it; "" for none."""
    longest = max([len(word) for word in words.investments if word[0] != WORK and item.endswith(word)], default=0)
    return item[-longest:] if 0 < longest < len(item) - 1 else ""


def read_anew(number: Number, last: Draft) -> str:
    """What a clause of its own after ； names: 资料9万字；｜联络站从无到有，｜发展到36个; "" for none."""
    sentence, words = number.sentence, number.tools.patterns.noun
    at = sentence.text.find("；", last.end, number.clause)
    end = sentence.clause_end(at + 1) if at >= 0 else number.clause
    if end >= number.clause:
        return ""
    return read_noun_after(read_subject(cut_progress(sentence.text[at + 1 : end], number), words), words)


def find_clause_before(number: Number) -> Items:
    noun = find_clause_noun(number)
    return (noun,) if noun else ()


def find_sentence_before(number: Number) -> Items:
    drafts = number.sentence.drafts
    return (drafts[-1].item,) if drafts else ()


def find_heading(number: Number) -> Items:
    return (number.sentence.title or number.predicate.subject.strip(MARKS),)


ITEM_RULES: Final[tuple[ItemRule, ...]] = (
    ItemRule(
        "share.each.back", EACH, find_each_back, "存款余额9亿元、贷款余额6亿元，均增长9%。", "存款余额9亿元，均增长9%。"
    ),
    ItemRule("share.rates", SUBJECT, find_rates, "工业总产值和工业增加值年均增长10%。", "粮食和油料产量年均增长10%。"),
    ItemRule("share.list", LIST, find_list, "城镇化率、森林覆盖率超过60%。", "城镇化率超过60%。"),
    ItemRule(
        "item.inner",
        OF | SUBJECT,
        find_inner,
        "外贸在对甲国出口下降30%的情况下稳住。",
        "外贸总额下降30%的情况少见。",
        named=True,
    ),
    ItemRule("item.outer", OUTER, find_outer, "外贸在对甲国出口下降30%的情况下增长12%。", "外贸下降30%，出口增长12%。"),
    ItemRule(
        "item.after.shared",
        FOLLOWED | LISTED,
        find_after_shared,
        "总投资3亿元、全长40公里的环湖路建成。",
        "总投资3亿元、全长40公里。",
    ),
    ItemRule(
        "item.after.facet", OF | SUBJECT, find_after_facet, "总投资3亿元的环湖路建成。", "投资3亿元的环湖路建成。"
    ),
    ItemRule("item.after.share", SHARE, find_after_share, "75%的河段达到三类水质。", "覆盖75%的河段。"),
    ItemRule("item.after.of", OF, find_after_of, "建成5亿元的产业园。", "在5亿元的基础上发展。"),
    ItemRule(
        "item.invested", MONEY, find_invested, "投资650万元建成公厕。", "投资650万元，同比增长。", doubt="item.spent"
    ),
    ItemRule("item.after.trip", MAY_FOLLOW, find_trip, "组织700余人次赴外地考察。", "组织700余人次。"),
    ItemRule("item.after.done", MAY_FOLLOW | BARE, find_done, "3人入选省级人才计划。", "3人住院。"),
    ItemRule(
        "item.subset",
        SAID,
        find_subset,
        "形成报告17篇，其中11篇得到批示。",
        "形成报告17篇，11篇报告得到批示。",
    ),
    ItemRule("item.after.act", MAY_FOLLOW | FOLLOWED, find_act, "203次打破118项全国纪录。", "203次打破全国纪录。"),
    ItemRule(
        "item.around",
        MAY_FOLLOW | SUBJECT | PLAIN,
        find_around,
        "深化医改18条措施。",
        "深化医改和18条措施。",
        doubt="item.joined",
    ),
    ItemRule("item.after", MAY_FOLLOW, find_after, "新增20家红色文旅运营企业。", "新增红色文旅运营企业20家。"),
    ItemRule(
        "share.each.facets",
        LAST | LIST,
        find_each_facet,
        "建成泵站12座，规模、产能均达80万吨。",
        "新建公路12条，总里程80公里。",
    ),
    ItemRule("item.facet", LAST | SHORT, find_facet, "新建公路12条，总里程80公里。", "新建公路12条，桥梁80座。"),
    ItemRule("item.owner", LAST | SHORT, find_owner, "37户专班企业产值增长26%。", "37户专班企业用电增长26%。"),
    ItemRule(
        "item.facet.works",
        LAST | SHORT,
        find_works,
        "开工水利工程12个，总投资80亿元。",
        "引进企业12家，总投资80亿元。",
        doubt="item.joined",
    ),
    ItemRule("item.facet.earlier", SHORT, find_facet_earlier, "环湖公路全线建成，全长80公里。", "环湖公路80公里。"),
    ItemRule(
        "item.counterpart",
        LAST,
        find_counterpart,
        "一般公共预算收入50亿元，支出90亿元。",
        "一般公共预算收入50亿元，支持企业90家。",
    ),
    ItemRule("item.passive", LAST | PASSIVE, find_passive, "收到建议90条，被采用30条。", "收到建议90条，被告人30人。"),
    ItemRule(
        "item.passive.next",
        LAST | SHORT | PLAIN,
        find_passive_next,
        "信息被省政协采用9条、市委办公室7条。",
        "信息被省政协采用9条、优秀信息7条。",
    ),
    ItemRule("item.handled", DONE, find_handled, "收到提案98件，经审查立案76件。", "进口3亿元，其中出口2亿元。"),
    ItemRule(
        "item.of.whole",
        SUBJECT | HEADLESS,
        find_of_whole,
        "受理案件310件，连同旧存的18件。",
        "受理案件310件，新开的学校18所。",
    ),
    ItemRule(
        "item.rank",
        SHORT,
        find_rank,
        "建成国家级文明岗5个、省级11个。",
        "建成国家级文明岗5个、省级示范点11个。",
    ),
    ItemRule(
        "item.prize",
        LAST | SHORT,
        find_prize,
        "获全国比赛金牌9枚、银牌4枚。",
        "获全国比赛金牌9枚，国际比赛银牌4枚。",
    ),
    ItemRule(
        "item.plan",
        0,
        find_plan,
        "税收完成3亿元，占年初预算8亿元的43%。",
        "税收完成3亿元，占全部收入8亿元的43%。",
    ),
    ItemRule(
        "item.collector",
        SUBJECT | MONEY,
        find_collector,
        "财政收入9亿元，其中税务部门完成6亿元。",
        "财政收入9亿元，其中税收完成6亿元。",
    ),
    ItemRule("item.share", TAKES, find_share, "民营企业1200家，占比例数的41%。", "民营企业1200家，占全市的41%。"),
    ItemRule(
        "item.part",
        PART | SUBJECT,
        find_part,
        "农产品生产价格上涨4%，其中谷物上涨2%。",
        "进出口总额增长4%，其中出口增长2%。",
        named=True,
    ),
    ItemRule(
        "item.sibling",
        SUBJECT | CHANGED,
        find_sibling,
        "采矿业增加值增长4%，制造业增长2%。",
        "采矿业增加值增长4%，制造业投资增长2%。",
        named=True,
    ),
    ItemRule("share.each", RANKED | SUBJECT, find_each, "一等奖、三等奖各1件。", "一等奖1件。"),
    ItemRule("share.each.act", SUBJECT, find_each_act, "小学、初中各新增示范校6所。", "小学、初中各类示范校6所。"),
    ItemRule("item.before", SUBJECT, find_before, "办理提案459件。", "办理459件提案。", named=True),
    ItemRule(
        "item.verb.works", LAST | BARE, find_verb_works, "开工水利工程12个，投资增长8%。", "引进企业12家，投资增长8%。"
    ),
    ItemRule("item.verb", BARE, find_verb, "进口3亿元，其中出口增长10.8%。", "进口额3亿元，增长10.8%。"),
    ItemRule(
        "item.measure_before",
        BARE,
        find_measure_clause,
        "能源投资占总投资的比重，由28%上升到32%。",
        "能源建设加快，由28%上升到32%。",
    ),
    ItemRule(
        "item.standard",
        LAST | BARE,
        find_standard,
        "税收增长9%，比全省（7%）高2个百分点。",
        "税收增长9%，占全省（7%）。",
    ),
    ItemRule(
        "item.bracketed",
        BARE,
        find_bracketed,
        "服装（上升7%）、鞋类（下降3%）销路不一。",
        "服装销售额9亿元（上升7%）。",
        named=True,
    ),
    ItemRule("item.carried", LAST, find_carried, "提案459件，增长8%。", "提案459件，建议增长8%。"),
    ItemRule(
        "item.clause_before",
        0,
        find_clause_before,
        "规上工业企业发展加快，增长8%。",
        "规上工业企业增长8%。",
        doubt="item.fallback",
    ),
    ItemRule(
        "item.sentence_before",
        0,
        find_sentence_before,
        "提案459件。增长8%。",
        "提案459件，增长8%。",
        doubt="item.fallback",
    ),
    ItemRule("item.heading", 0, find_heading, "增长8%。", "提案增长8%。", doubt="item.fallback"),
)
RULES_FOR: Final[dict[int, tuple[ItemRule, ...]]] = {}
ITEM_ORDER: Final[tuple[str, ...]] = tuple([rule.name for rule in ITEM_RULES])
