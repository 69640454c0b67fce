"""The words of prose, made ready once for each lexicon: sets, longest-first lookups, and patterns built of words.

A pattern here only finds words; what they mean for a fact is decided in the module that uses them, and each module has
a group of its own: PredicateWords, NounWords, ChoiceWords, ActWords, ShareWords, ClassWords. Words of time are
period.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Literal, TypeAlias

import regex

from qjreport.lexicon import Lexicon
from qjreport.lexicon.facts import Change, Item, Mood, Rank, Time
from qjreport.lexicon.facts import Predicate as PredicateLists
from qjreport.text.calendar import DAY, FIRST_MONTHS, PART, PLAN, PLAN_BLANK, QUARTER, SURVEY, YEAR, YEAR_SPAN
from qjreport.text.patterns import WordTable, compile_re, compile_regex
from qjreport.text.words import Endings, Words, join_words

# What begins no noun phrase either: the end of the clause.
NOUN_MARKS: Final = "、，,；;：:。！？!?)）等"
MONTHS: Final = r"\d{1,2}\s?(?:[-—–~～－至]|月(?:份)?[-—–~～－至])\s?\d{1,2}月份?"
MONTH_SPAN: Final = r"\d{1,2}(?:[-—–~～－至]\d{1,2})?月份?[末底]?"
MONTH_HEAD: Final = r"\d{1,2} ?月(?:份?起(?!来)|份?的?(?= ?[^\W\d]{2})(?![末底初份上中下]))"
QUARTERS: Final = rf"{QUARTER}末?"
COUNT: Final = r"[\d一二两三四五六七八九十]{1,3}"
GRADE: Final = "级"
NATION: Final = "国家"  # acts, and seldom is what is counted: 国家考核断面
LEADS: Final = "到至为"  # after a verb of change: the level reached follows


# A time as the text names it with what belongs to it: 2024年末, 二〇二四年以来, 2024年1—11月, “十四五”时期.
def write_span(time: Time) -> str:
    """The source of a pattern for a time that is named by number; calendar.py says which it is."""
    edge = r"(?:年?[底末初])"
    return (
        rf"(?:(?:{YEAR_SPAN}|{YEAR}(?:年度?)?(?:{PART}(?:{DAY})?)?){edge}?"
        rf"|{PLAN}(?:规划|计划)?{PLAN_BLANK}(?:{join_words(time.plan_spans)})?)(?:{join_words(time.after)})?"
    )


def write_date(time: Time) -> str:
    return rf"(?:{join_words(time.until)})?{write_span(time)}"


def join_ends(words: Iterable[str]) -> str:
    """The source of a pattern that matches any of the words where a text is read backwards."""
    return join_words(words, backwards=True)


def read_backwards(pattern: str) -> regex.Pattern[str]:
    return compile_regex(rf"(?r)(?:{pattern})")


# What a word between item and number does there.
TailClass: TypeAlias = Literal[
    "whole",
    "adverb",
    "reach",
    "hedge",
    "up",
    "down",
    "towards",
    "noun_up",
    "noun_down",
    "flow",
    "each",
    "respectively",
]


class PredicateWords(WordTable):
    """What predicate.py looks for in front of a number; every pattern of its own is read backwards."""

    tail: Endings  # a word before the number that is no part of the item
    kept_last: Endings  # nouns that end like such a word: 配套细则｜34个
    tail_class: dict[str, TailClass]
    basis: regex.Pattern[str]  # 比上年, 较“十三五”时期
    comparison: regex.Pattern[str]  # 高于全国
    comparison_points: regex.Pattern[str]  # 超过年初预期｜2个百分点
    scope: regex.Pattern[str]  # 居全国
    place: regex.Pattern[str]  # 居内地
    ranked_verb: re.Pattern[str]  # read forwards
    ratio_ends: frozenset[str]  # the last characters of what the two patterns below find
    plan_ratio: regex.Pattern[str]  # 完成年度计划的
    ratio: regex.Pattern[str]  # 相当于前三年总和的
    whole_share: regex.Pattern[str]  # 分别｜占全省的
    degrees: frozenset[str]
    standard: re.Pattern[str]  # 比｜全国平均水平: what is no earlier value
    date_tail: regex.Pattern[str]
    aside: regex.Pattern[str]  # 增长（按可比价）6%
    limit: regex.Pattern[str]  # 余额控制在｜核定限额｜90亿元以内
    ground: regex.Pattern[str]  # 生产总值｜在2000年的基础上
    priced: regex.Pattern[str]  # 总产值｜按1980年不变价格计算
    averaged: Endings  # 职工月人均｜增加｜养老金90元
    bases: frozenset[str]
    by_term: frozenset[str]  # of these those that compare only before a verb of change: 按年｜上升
    undecided: frozenset[str]
    before_from: re.Pattern[str]  # 比重已｜由36%
    plans: frozenset[str]
    rate_only: frozenset[str]
    ratio_terms: tuple[str, ...]  # 与生产总值｜比率


class GroupWords(WordTable):
    """Who and how many are meant together, and what only says when or that it is planned."""

    such: re.Pattern[str]  # 审结｜此类｜案件
    holding: re.Pattern[str]  # 含｜旧存案件
    set_in: re.Pattern[str]  # 粮食｜在面积减少的情况下
    over_plan: re.Pattern[str]  # 大大超过计划规定的｜增长4%
    fielded: re.Pattern[str]  # 组织｜、人事方面: what follows the first of a list of fields
    reckoned_by: re.Pattern[str]  # ｜按现行标准｜优良天数
    reckoned: tuple[str, ...]  # a clause of these and those says how it is reckoned: ｜考虑价格因素，
    reckoned_ends: tuple[str, ...]
    whiles: tuple[str, ...]  # 春节｜期间
    intending: tuple[str, ...]  # 检察机关｜共｜批捕嫌疑人, 县残联｜计划｜适配辅具
    sums_paid: frozenset[str]  # 206人次｜金额
    housed_units: frozenset[str]  # 36所｜学校｜法治副校长
    staff: tuple[str, ...]
    people_ends: tuple[str, ...]  # 组织各级代表｜1136人次｜进站接待选民
    each_acting: re.Pattern[str]  # 小学、初中｜各｜新增示范校
    aiding: frozenset[str]  # 25名学生｜资助｜9万元
    dative_kept: tuple[str, ...]  # 为群众｜办实事
    travelling: tuple[str, ...]  # 先后3次｜赴外地考察
    times_inside: re.Pattern[str]  # 甲公司｜全年｜上缴国税
    run_in: frozenset[str]  # 人口｜年末常住人口
    passed: re.Pattern[str]  # 县人大三次会议批准的｜收入预算
    approved: re.Pattern[str]  # 经县人大批准｜调整为8亿元
    priced: re.Pattern[str]  # 90年不变价
    priced_end: re.Pattern[str]  # 农业总产值｜现价
    totalling: frozenset[str]  # 支出｜总计
    summing: frozenset[str]  # 生活补贴6870人、护理补贴9655人，共计｜2114万元


class AchievedWords(WordTable):
    """What belongs to whoever achieved it: 骨干企业｜完成｜工业总产值, 花生油｜实现｜产量; and what is theirs."""

    yields: frozenset[str]
    telling: Endings  # 提供｜住宿的机构
    owner_ends: Endings
    measured: Endings
    people: Endings  # 失业人员｜实现｜再就业
    became: frozenset[str]
    homes: Words  # 困难老年人｜家庭
    provisions: frozenset[str]  # 大学生资助｜政策


class NounWords(WordTable):
    """What nouns.py looks for: what leads in a noun phrase, and what ends it."""

    date: re.Pattern[str]
    openers: Words
    not_opener: Words  # what must not follow an opener: 合理｜化
    not_before: Words  # what must not follow a verb of change: 增加｜值
    light: Words
    compound: Words  # begins like a verb: 建设用地
    strong: Words
    change: Words
    guard: Words  # what must not follow a verb that is taken off: 投资｜额
    strong_guard: Words  # the same for a verb that always has an object: 完成｜率
    noun_start: Words  # 办理｜人大代表议案: no 人 that makes a noun of the verb
    only_verbs: Words  # a text of which nothing would be left: 布局打造
    nominal: Endings  # 其中｜出口｜增长
    not_noun: Words  # what does not begin a noun phrase after a number
    kept: Words  # words that only hold a closer or an opener
    kept_last: Endings  # nouns that end like what is taken off an end: 20家企业签约
    closers: Words
    attributes: re.Pattern[str]  # of what kind a thing is: 省级数字化
    stops: Words  # each of the three: where one of them may begin is looked for
    closing_adverbs: frozenset[str]
    worked: Endings  # 创新改革｜任务
    amount: Endings
    people: Words
    achieved: AchievedWords
    people_units: frozenset[str]
    manner: re.Pattern[str]  # 以提案形式｜提出, 围绕这些问题｜提出
    manner_firsts: frozenset[str]
    handling: Words  # 立案监督｜工作
    body_units: frozenset[str]
    body_acts: frozenset[str]  # 5个专门委员会｜审议
    light_end: Endings
    acting: re.Pattern[str]  # and 累计, 共开展
    agent: re.Pattern[str]  # 委员, 单位: a verb after one of them has it for its subject
    owner: re.Pattern[str]
    list_tail: Endings
    nothing: frozenset[str]  # no item: 中, 大关
    ahead: re.Pattern[str]  # 存款余额｜在全省率先
    settling: Words  # 9个园区｜入驻｜企业220家
    ahead_ends: tuple[str, ...]
    etc: re.Pattern[str]
    preposed: re.Pattern[str]
    step: re.Pattern[str]
    by_kind: Endings  # 盗窃、诈骗等多发性｜犯罪
    brought: Words
    chores: Endings  # 楼房改造｜任务
    improved: Endings
    drawn: re.Pattern[str]  # 从预备费中拿出｜3000万元
    sent: re.Pattern[str]
    effect: re.Pattern[str]  # 重点县｜加快发展
    states: Endings  # 三季度｜由负转正、
    has: re.Pattern[str]  # 卫生机构共有｜床位
    year_ends: tuple[str, ...]
    aside: re.Pattern[str]  # 化肥｜（按有效成分计算）
    groups: GroupWords


class AccountWords(WordTable):
    """What is left of an account that came in and went out, and what an accident did that was counted."""

    balances: frozenset[str]  # 年末｜滚存结余
    sides: tuple[str, ...]  # 基金｜收入
    owners: tuple[str, ...]
    accidents: Endings
    casualties: frozenset[str]


class TotalWords(WordTable):
    """What is said of a whole place: 辖12个乡镇，｜总面积972平方公里; of an account or of accidents as a whole."""

    accounts: AccountWords
    of_whole: frozenset[str]  # 粮食产量｜最高
    divisions: frozenset[str]
    of_place: frozenset[str]
    people: frozenset[str]
    no_owners: frozenset[str]  # 地区生产总值｜人均生产总值, 工农业总产值｜税收


class TakenWords(WordTable):
    """Of what is taken so many, and what for: 出台进一步｜促进民营经济发展的｜21条｜措施."""

    abstract: frozenset[str]  # nouns that say nothing without it
    ends: Endings
    aim: re.Pattern[str]
    task: re.Pattern[str]  # 完成市下达的30亿元｜的任务
    handed: re.Pattern[str]  # ｜完成｜市下达的


class ChoiceWords(WordTable):
    """What item_choice.py and the verb of change with an object look for."""

    not_changed: Words  # what must not follow a verb of change with an object: 增加｜值, 增加｜到
    change_head: Words  # 增加学位｜20万个
    decrease: frozenset[str]
    rate_only: frozenset[str]
    rate_after: re.Pattern[str]
    rate_starts: frozenset[str]  # the first characters of what it finds
    growth: Endings  # 经济增长｜保持13%
    reached: re.Pattern[str]  # 占有量｜超过了｜最高水平
    restated: re.Pattern[str]  # between two numbers of one change: ，力争
    gap: re.Pattern[str]  # between two numbers of one change: ，油料
    aimed_at: re.Pattern[str]  # the same where the second is what is to be reached: ，力争达到
    proportion: Endings  # of what is a share by itself: 合格率
    rates_down: frozenset[str]
    light: Words
    guard: Words
    verb_end: Endings
    facet: Endings
    facets: frozenset[str]
    amounts: frozenset[str]
    amount: Endings
    taken: TakenWords
    measure: Endings
    measure_head: Endings  # 生产｜价格
    shared: Endings  # measures that the parts of a whole share
    nominal: Endings
    funds: Endings
    scopes: Endings
    owner: re.Pattern[str]
    plain_units: frozenset[str]
    places: tuple[str, ...]
    grades: frozenset[str]
    times: frozenset[str]
    acts: frozenset[str]
    passive: re.Pattern[str]  # 被市里采用
    person_units: frozenset[str]
    sent: re.Pattern[str]
    sending: tuple[str, ...]
    trip: re.Pattern[str]
    done: re.Pattern[str]
    became: re.Pattern[str]  # 1200人全部｜脱贫
    honoured: frozenset[str]
    within: re.Pattern[str]
    not_counted: re.Pattern[str]
    aim_after: re.Pattern[str]  # 增长5%的｜目标
    newly: re.Pattern[str]
    invested: re.Pattern[str]
    turned: re.Pattern[str]  # 将旧厂房改造成｜展览馆, 对河道进行｜清淤
    spent: tuple[str, ...]
    counterparts: dict[str, str]  # 支出: 收入
    facet_head: re.Pattern[str]  # 一批｜产值, 设立｜规模
    spent_on_it: frozenset[str]  # 投资3亿元的｜环湖路: what the money is for, and no facet of it
    spent_on: re.Pattern[str]
    investments: frozenset[str]
    totals: TotalWords
    relative: re.Pattern[str]  # 10名｜在全省有影响的｜专家


class AwardWords(WordTable):
    """What people who were counted are paid, and what is won at one contest."""

    wages: frozenset[str]
    staff: Endings  # 在岗职工
    prizes: Endings  # 金牌, 银牌


class SortWords(WordTable):
    """What tells the parts of what was counted apart, and no more: 提案98件，经济建设类｜41件，其他｜6件."""

    ends: tuple[str, ...]
    sided: re.Pattern[str]  # 围绕｜教育方面｜提出｜提案
    rest: tuple[str, ...]
    lasts: frozenset[str]  # the last characters of both
    left: frozenset[str]  # 其他｜6件: what is left of the whole
    extremes: frozenset[str]  # 人均结案274件，最多的｜402件


class ActWords(WordTable):
    """What parts.py looks for: what is done to things that were named before, and what is said of a part of them."""

    handled: Words
    had: frozenset[str]
    handled_end: Endings
    organs: Endings  # 市委办公室
    only_handled: Words
    handled_things: Endings
    punished: Endings  # 判处｜有期徒刑
    paying: re.Pattern[str]  # 为90名｜寄宿生｜补助｜生活费4万元
    giving: tuple[str, ...]  # 为｜60户｜发放补贴
    ranks: Words  # 国家级, 省级
    levels: tuple[str, ...]  # 全国｜巾帼文明岗3个，省级11个
    awards: AwardWords
    capacities: frozenset[str]  # 投资4亿元的｜年产｜60万吨水泥生产线, 投资7000万元的｜110千伏输变电工程
    next_spent: re.Pattern[str]  # 投资1亿元的育肥场｜、投资｜4亿元的生产线: where the next of a list begins
    planned_sums: Endings  # 项目｜总投资｜12亿元，已完成8亿元
    done_to: Words  # 对346人｜给予｜政纪处分
    acts_of: frozenset[str]  # 裁军3万人的｜工作
    accused: tuple[str, ...]  # 犯罪嫌疑人
    tried: frozenset[str]  # 公益诉讼案件98件，检察建议86件，起诉｜4件
    advice: tuple[str, ...]
    intake: Endings  # 民事案件｜收案
    remains: frozenset[str]  # 旧存
    sorts: SortWords
    text_units: frozenset[str]
    standards: Endings  # 12项｜国家标准: counted, though its like say how much
    bodies: Endings
    counted: re.Pattern[str]  # 14个｜断面｜达标率
    schools: tuple[str, ...]  # the last characters of schools' names
    quality: re.Pattern[str]  # 32条｜街路｜品质
    singled: frozenset[str]
    included: tuple[str, ...]  # 有54万人｜纳入低保
    grown: re.Pattern[str]  # 10类｜零售额实现增长
    own_levels: tuple[str, ...]  # 其中市本级｜120户
    bare_rates: frozenset[str]
    owned: Endings
    averages: frozenset[str]  # 农村居民人均可支配收入1.6万元，｜人均消费支出
    owning: Endings
    topic: re.Pattern[str]  # 乡镇企业｜发展较快
    topical: frozenset[str]
    set_aside: Endings  # 支出｜相应安排
    works: Endings  # what investments are in
    progress: re.Pattern[str]  # 利用外资｜取得新突破
    own_plan: re.Pattern[str]  # 税收收入｜完成年初预算
    plan: re.Pattern[str]  # 占年初预算｜6亿元的43%
    planned: Endings  # 收入｜预算数
    budgeted: re.Pattern[str]  # 财政支出｜年初预算
    planned_any: Endings  # … beside what came of the plan
    collector: Endings  # 税务部门完成｜4亿元
    collectors: tuple[str, ...]
    collected: frozenset[str]  # 国税｜完成｜收入
    predicates: Words
    predicate_firsts: frozenset[str]
    predicate_guard: Words
    kept: Words


class ShareWords(WordTable):
    """What distribute.py looks for in lists."""

    whole: Words  # names of things of which no part is shared, whatever they end like: 化学需氧量
    people: Words  # 孕产妇｜死亡率
    whose: tuple[str, ...]  # 高血压、糖尿病｜患者｜管理率
    livestock: frozenset[str]  # 猪、牛、羊、家禽｜出栏
    measure: Endings
    dependents: frozenset[str]
    owner: re.Pattern[str]  # 省属企业｜营业收入、利润
    count: re.Pattern[str]
    ratios: tuple[str, ...]
    executed: frozenset[str]  # ｜执行数｜9.8亿元
    accounts: Endings  # 比｜报告数｜8亿元增加
    settlements: frozenset[str]  # 37个｜生产队，1198户
    strongest: tuple[str, ...]  # 全国｜百强区
    how_many: tuple[str, ...]  # 法人单位｜数量
    apart_ends: tuple[str, ...]  # both, in one
    apart: tuple[str, ...]  # 东部地区人口，中部｜地区
    yields: tuple[str, ...]  # 苹果面积、｜产量
    paid_for: tuple[str, ...]  # 集中供养标准，分散｜供养
    one_names: tuple[str, ...]  # 电力、热力、燃气及水｜生产和供应业
    sort: re.Pattern[str]  # 三个｜特色产业｜投资
    reached: tuple[str, ...]  # 分别｜达到｜全县产量的2倍
    speeds: tuple[str, ...]  # 财政收入、居民收入｜增速
    trades: tuple[str, ...]  # 对甲国、乙国｜出口
    amounts: tuple[str, ...]  # 合同金额、执行｜金额
    counterparts: dict[str, str]  # 专利申请量、授权量
    link: re.Pattern[str]  # between the numbers of a list
    turn: re.Pattern[str]  # and its own verb of change: 分别上升11%、｜下降3%
    field: re.Pattern[str]  # and its own field of a ranking: 分别居全市第一、｜全省第四
    part: re.Pattern[str]  # 其中 at the beginning of a clause
    acts: re.Pattern[str]  # 食品、药品｜分别｜抽检
    passive: re.Pattern[str]  # 被省、市政协
    sectors: re.Pattern[str]  # 第二、三产业


class ClassWords(WordTable):
    """What classes.py looks for around a number that only sets a class."""

    stuff: re.Pattern[str]
    counted_next: re.Pattern[str]
    over: re.Pattern[str]
    of_which: re.Pattern[str]
    graded: re.Pattern[str]  # 三类｜水质
    base: re.Pattern[str]  # 以上年为｜100
    units: frozenset[str]
    grades: frozenset[str]  # 600分以上｜87人
    aged: re.Pattern[str]  # 0—14岁｜人口, 0—14岁｜、15—59岁
    herds: frozenset[str]  # 存栏50｜头｜以上养殖户
    sizes: frozenset[str]
    settled: re.Pattern[str]  # 30户以上｜自然村
    counted_of: frozenset[str]  # 10万｜人｜事故死亡率2.19
    rated: re.Pattern[str]
    capacities: frozenset[str]
    works: re.Pattern[str]  # 40万吨｜炼钢等一批项目
    ranked: re.Pattern[str]  # 增幅居｜15个城市第一


class AreaWords(WordTable):
    """What tells a place within the report's at the head of an item."""

    ends: tuple[str, ...]  # the last characters of all names, one of which an item has that begins with a place
    zone: re.Pattern[str]  # 滨海新区
    area: re.Pattern[str]  # 甲县
    other: tuple[str, ...]  # 城市, 山区: no names
    general: re.Pattern[str]  # 国家级｜新区: a sort of place


class Patterns(WordTable):
    """Everything that reading prose looks for."""

    predicate: PredicateWords
    noun: NounWords
    choice: ChoiceWords
    acts: ActWords
    share: ShareWords
    areas: AreaWords
    classes: ClassWords


@lru_cache(maxsize=4)
def compile_patterns(lexicon: Lexicon) -> Patterns:
    return Patterns(
        predicate=compile_predicate(lexicon),
        noun=compile_nouns(lexicon),
        choice=compile_choice(lexicon),
        acts=compile_acts(lexicon),
        share=compile_share(lexicon),
        areas=compile_areas(lexicon),
        classes=compile_classes(lexicon),
    )


def classify_tail(lexicon: Lexicon) -> dict[str, TailClass]:
    """Each word that may stand between item and number, and what it does there; the last class of a word holds."""
    words = lexicon.facts
    groups: tuple[tuple[TailClass, tuple[str, ...]], ...] = (
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
        ("reach", ("达", "达到")),
        ("adverb", ("了",)),
    )
    return {word: name for name, group in groups for word in group}


def list_named(time: Time) -> list[str]:
    """Names of years and of days in them, with which an amount is compared."""
    years = (*time.year_before, *time.two_years_ago, *time.last_year, *time.this_year)
    return [*years, *time.now, *time.year_end, *time.year_start]


def write_basis(time: Time, referring: str, accounts: str) -> str:
    """With what an amount is compared: 比上年, 与2023年相比, 同2023年比较."""
    date = write_date(time)
    word = "(?!相比)[^，；。：、\\d]"  # 与上年相比｜粮食产量｜增加8万吨
    then = rf"同[期月季]|{accounts}|{referring}(?:{word}){{0,12}}?|[^，；。：、\d]{{2,14}}?时"
    named = rf"{date}(?:{then})?|{write_months(time)}"
    several = rf"(?:[^，；。：、\d]{{1,8}}、){{1,3}}[^，；。：、\d]{{1,8}}|(?:{word}){{1,12}}?"
    leads = r"(?:(?<=占比)较|(?<![占对环同相参评给授赋可比])[比较与](?![重例率较]|去年底前))"
    than = rf"{leads}(?:{named}|{several})(?:相比较?|[比的]较?)?"
    return rf"{than}|同{date}(?:同期)?(?:相比较?|比较)"


def write_months(time: Time) -> str:
    """The source of a pattern of months that an amount is compared with: 比今年｜1—2月、1—3月."""
    this = join_ends((*time.this_year, *time.last_year, *time.year_before))
    return rf"(?:{this})?{MONTH_SPAN}(?:、{MONTH_SPAN})*(?:[和与及]{MONTH_SPAN})?(?:同期|累计)?"


def compile_field(rank: Rank) -> regex.Pattern[str]:
    """居内地｜第3位: the verb of a ranking and its field, read backwards."""
    verbs, field = join_ends(rank.verbs), "(?:[^，,。；;、：:]|(?<=[市县])、(?=[市县区]))"
    return read_backwards(
        rf"(?:(?<![系陈行序宜]){verbs}(?![民住家]){field}{{0,12}}|{join_ends(rank.long_verbs)}{field}{{13,26}})"
    )


def compile_predicate(lexicon: Lexicon) -> PredicateWords:
    words, tail_class = lexicon.facts, classify_tail(lexicon)
    time, predicate = words.time, words.predicate
    scopes = join_ends(words.rank.scopes)
    verbs, running = join_words(words.rank.verbs), join_ends(time.running)
    comparing, referring = (join_ends(each) for each in (predicate.comparing, predicate.referring))
    upwards = join_words([word for word in predicate.reach if word[-1] in LEADS[:2]])  # 排名｜提升至｜全国第3
    return PredicateWords(
        tail=Endings(tail_class),
        kept_last=Endings(predicate.kept_last),
        tail_class=tail_class,
        basis=read_backwards(write_basis(time, referring, join_ends(predicate.accounts))),
        comparison=read_backwards(rf"(?<![或和]){comparing}[^，；。：、\d]{{2,14}}"),
        comparison_points=read_backwards(write_points(predicate)),
        scope=read_backwards(rf"[在的]?(?:(?:{scopes})?{COUNT}个)?(?<!全)(?:{scopes})(?:[^，；。：、\d]{{0,6}}?)?"),
        place=compile_field(words.rank),
        ranked_verb=compile_re(rf"\A{verbs}{{1,2}}(?:{join_words(predicate.reach)}\Z|{upwards})?"),
        ratio_ends=frozenset(("的", *(word[-1] for word in (*predicate.plan_ends, *words.rank.scopes)))),
        plan_ratio=read_backwards(write_plan_ratio(predicate)),
        ratio=read_backwards(write_ratio(predicate)),
        whole_share=read_backwards(rf"约?占(?:{join_ends(words.rank.scopes)})(?:总[量数额])?的?"),
        degrees=frozenset(predicate.degrees),
        standard=compile_re(join_words((*words.rank.scopes, *predicate.standards))),
        date_tail=read_backwards(
            rf"(?:{SURVEY}(?:[(（]|时点)?)?(?:{write_span(time)}(?:零时)?|{join_ends(list_named(time))}(?:同期)?)(?:{SURVEY}(?:数据)?)?的?|(?:{running})?{COUNT}年(?:前的|[来间])?"
            rf"|{running}{COUNT}{join_ends(time.running_units)}"
        ),
        aside=read_backwards(rf"[（(]{join_ends(predicate.asides)}[^（）()]{{0,20}}[）)]"),
        limit=read_backwards(rf"控制在[^，；。：、\d]{{0,10}}{join_ends(predicate.limits)}"),
        ground=read_backwards(write_ground(time)),
        priced=read_backwards(write_priced(time)),
        averaged=Endings(predicate.averaged),
        bases=frozenset(predicate.bases),
        by_term=frozenset(predicate.by_term),
        undecided=frozenset(predicate.undecided),
        before_from=compile_re(rf"(?<=\w{{2}}){join_words(predicate.before_from)}\Z"),
        plans=frozenset(predicate.plans),
        rate_only=frozenset(words.change.rate_only),
        ratio_terms=predicate.ratio_terms,
    )


def write_ground(time: Time) -> str:
    """The source, read backwards, of a pattern for what is built upon: 生产总值｜在2000年的基础上."""
    return rf"(?<=[^，；。：、]{{2}})在[^，；。：、]{{1,20}}{join_ends(time.grounds)}"


def write_priced(time: Time) -> str:
    """The source, read backwards, of a pattern for how it was reckoned: 按1980年不变价格计算, 考虑价格下降因素."""
    prices = join_ends(time.prices)
    return rf"(?<=[^，。；：、]{{2}})按照?[^，。；：、按]{{0,12}}{prices}[计测推]算|考虑[^，。；：、]{{1,12}}因素"


def write_points(predicate: PredicateLists) -> str:
    """The source, read backwards, of a pattern for what percentage points are beside: 超过年初预期, 超序时进度要求."""
    comparing, short = join_ends(predicate.comparing_points), join_ends(predicate.comparing_short)
    standards, tails = join_ends(predicate.standards), join_ends(predicate.standard_tails)
    beside = rf"(?<![较最更新提升]){short}[^，；。：、\d]{{0,8}}{standards}{tails}?"
    return rf"(?<![或和]){comparing}[^，；。：、\d]{{2,14}}|{beside}"


def write_ratio(predicate: PredicateLists) -> str:
    """The source, read backwards, of a pattern for another amount: 相当于｜前三年总和｜的, 是｜前5年｜的."""
    relating, ends = (join_ends(words) for words in (predicate.relating, predicate.standard_ends))
    what = r"(?:[^，；。：、\d]|\d+年)"
    return rf"(?:{relating}(?P<basis>{what}{{2,20}})|[是为到](?P<standard>{what}{{1,12}}{ends}|前\d+年))的"


def write_plan_ratio(predicate: PredicateLists) -> str:
    """The source, read backwards, of a pattern for a plan that a number is a part of: 完成｜调整预算｜的."""
    fulfilled = join_ends(predicate.fulfilling)
    ahead, plans = (join_ends(words) for words in (predicate.plan_heads, predicate.plan_ends))
    years = join_ends(predicate.plan_years)
    plan = rf"(?P<basis>(?:{ahead}){{0,3}}(?:{plans}){{1,2}})"
    numbers = join_ends(predicate.plan_numbers)
    any_number = rf"{join_ends(predicate.number_leads)}(?P<number>[^，；。：、\d占的]{{2,16}}{numbers})的"
    return rf"{fulfilled}了?{plan}的?|{any_number}|(?<=[^，；。：、\d]{{3}})(?P<yearly>(?:{years})(?:{plans}))的?"


def list_head_changes(lexicon: Lexicon) -> list[str]:
    """The verbs of change that may have an object: 新增｜高标准农田; no 增高, no 增收."""
    change = lexicon.facts.change
    return [word for word in (*change.increase, *change.decrease) if word not in change.only_tail]


def list_no_nouns(lexicon: Lexicon) -> tuple[str, ...]:
    """What begins no noun phrase after a number: verbs of change and of reaching, 被, marks."""
    predicate, item = lexicon.facts.predicate, lexicon.facts.item
    return (
        *list_head_changes(lexicon),
        *predicate.reach,
        *predicate.hedges,
        *item.connectives,
        *item.all_of_them,
        "被",
        *NOUN_MARKS,
    )


def compile_attributes(item: Item) -> re.Pattern[str]:
    """What only says of what kind a thing is: 国家级, 省级数字化."""
    return compile_re(f"(?:{join_words((*[rank for rank in item.ranks if rank.endswith(GRADE)], *item.attributes))})+")


def compile_nouns(lexicon: Lexicon) -> NounWords:
    words, predicate, item = lexicon.facts, lexicon.facts.predicate, lexicon.facts.item
    change = (*words.change.increase, *words.change.decrease)
    kept = (*predicate.kept, *["被" + rest for rest in item.not_passive])
    return NounWords(
        date=compile_dates(words.time),
        openers=Words(item.openers),
        not_opener=Words((*words.change.not_before, *item.not_openers)),
        not_before=Words(words.change.not_before),
        light=Words(predicate.light),
        compound=Words(predicate.compounds),
        strong=Words(predicate.strong),
        change=Words(change),
        guard=Words((*item.measures, *item.facets, *predicate.noun_after)),
        strong_guard=Words(predicate.noun_after),
        noun_start=Words(predicate.noun_starts),
        only_verbs=Words((*predicate.light, *predicate.strong, *predicate.bare, *item.nominal, *item.openers)),
        nominal=Endings(item.nominal),
        not_noun=Words(list_no_nouns(lexicon)),
        kept=Words(kept),
        kept_last=Endings(predicate.kept_last),
        closers=Words(predicate.closers),
        attributes=compile_attributes(item),
        stops=Words((*kept, *predicate.closers, *change)),
        closing_adverbs=frozenset(predicate.closing_adverbs),
        worked=Endings((*item.works, *item.abstract)),
        amount=Endings(item.amounts),
        people=Words(item.people),
        achieved=compile_achieved(lexicon),
        people_units=frozenset(("", *item.people_units)),
        body_units=frozenset(("", *item.body_units)),
        body_acts=frozenset(item.body_acts),
        light_end=Endings(predicate.light),
        agent=compile_re(join_words((*item.people, *item.bodies))),
        acting=compile_re(join_words((*item.people, *item.bodies, *item.before_verbs))),
        manner=compile_manner(lexicon),
        manner_firsts=frozenset(["从", *(word[0] for word in (*item.manners, *item.datives))]),
        handling=Words(item.handled),
        owner=compile_owner(lexicon),
        list_tail=Endings(item.list_tails),
        nothing=frozenset((*"中内里高低这那该", *item.steps, *item.giving, *item.nothing)),
        ahead=compile_re(rf"(?:在[^，；。的]{{2,16}}?)?{join_words(item.ahead)}\Z"),
        ahead_ends=tuple(item.ahead),
        settling=Words(item.settling),
        etc=compile_re(rf"等\w{{0,4}}{join_words(item.etc)}\Z"),
        preposed=compile_preposed(lexicon),
        step=compile_re(rf"(?:连续)?{join_words(item.stepping)}[^，；]*?{join_words(item.steps)}\Z"),
        by_kind=Endings(item.by_kind),
        brought=Words(item.brought),
        chores=Endings(item.chores),
        improved=Endings([word for word in words.doubts.works if word not in item.chores]),
        drawn=compile_re(rf"从[^，；。]{{1,16}}[中里]{join_words(item.spending)}\Z"),
        sent=compile_sent(lexicon),
        effect=compile_effect(item),
        states=Endings(item.states),
        has=compile_having(item),
        year_ends=tuple([word for word in (*words.time.this_year, *words.time.last_year) if len(word) == 2]),
        aside=compile_aside(predicate),
        groups=compile_groups(lexicon),
    )


def compile_reckoned_by(item: Item) -> re.Pattern[str]:
    """按现行标准｜优良天数, 按｜户籍人口人均产值; but 按时｜办结率, 按原口径 alone, 按标准测定的天数."""
    how = join_words(item.reckoned_how)
    own = rf"(?!{join_words(item.kept_by)}|\S{{0,4}}{how}\Z)"
    return compile_re(rf"\A按照?{own}(?:[^，的]{{0,6}}{how})?(?=\S{{2}})(?!\S{{1,4}}的)")


@lru_cache(maxsize=4)
def compile_groups(lexicon: Lexicon) -> GroupWords:
    words, item = lexicon.facts, lexicon.facts.item
    acts = join_words((*words.predicate.light, *words.change.flow, *item.handled))
    return GroupWords(
        set_in=compile_set_in(item),
        over_plan=compile_over_plan(words.mood),
        fielded=compile_re(rf"(?:[、和][^、，]{{2,6}})*?(?<!各){join_words(item.sort_ends[:3])}"),
        reckoned_by=compile_reckoned_by(item),
        reckoned=item.reckoned,
        such=compile_re(rf".{{0,6}}?{join_words(item.such)}(?=\w{{2}})"),
        holding=compile_re(rf"{join_words(item.holding)}(?=[^于有])"),
        reckoned_ends=item.reckoned_ends,
        whiles=item.whiles,
        intending=(*item.sums[:2], *words.predicate.plans[:1]),
        sums_paid=frozenset(item.sums_paid),
        housed_units=frozenset(item.housed_units),
        staff=(*item.people, *item.staff_of),
        people_ends=item.people,
        each_acting=compile_re(rf"(?P<list>[^，；：各]*[、和与及][^，；：各]*)各(?={acts})"),
        aiding=frozenset(item.aiding),
        dative_kept=item.dative_kept,
        travelling=item.travelling,
        times_inside=compile_re(
            rf"(?<=\w\w){''.join(f'(?<!{word})' for word in item.not_inside_before)}(?<![\d〇零一二三四五六七八九十])"
            rf"{join_words(item.inside_times)}(?!{join_words(item.not_inside_after)})(?=\w\w)"
        ),
        run_in=frozenset(item.run_in),
        passed=compile_re(
            rf"[^，；。：、]{{1,20}}?{join_words(item.assemblies)}{join_words(item.passing)}(?![和及与、])的?"
            rf"(?:\d{{4}}年度?|{join_words(words.predicate.plan_years)})?的?(?=\w{{3}})"
        ),
        approved=compile_re(rf"经[^，；。：、\d]{{1,14}}?{join_words(item.approving)}[之以]?后?"),
        priced=compile_re(rf"按?(?:\d{{2,4}}年的?)?{join_words(item.price_kinds)}(?:[计测]算)?"),
        priced_end=compile_re(rf"(?<=[值量入额])按?{join_words(item.price_kinds)}\Z"),
        totalling=frozenset(("合计", "总计")),
        summing=frozenset((*item.sums[:2], "合计", "总计")),
    )


def compile_accounts(item: Item) -> AccountWords:
    return AccountWords(
        balances=frozenset(item.balances),
        sides=("收入", "支出", *sorted(item.balances, key=len, reverse=True)),
        owners=item.account_ends,
        accidents=Endings(item.accidents),
        casualties=frozenset(item.casualties),
    )


def compile_achieved(lexicon: Lexicon) -> AchievedWords:
    item = lexicon.facts.item
    return AchievedWords(
        yields=frozenset(item.yields),
        telling=Endings(item.telling),
        owner_ends=Endings((*lexicon.facts.share.owner_ends, *item.sectors)),
        people=Endings(item.people),
        became=frozenset(item.nominal),
        measured=Endings(item.measures),
        homes=Words(item.homes),
        provisions=frozenset(item.provisions),
    )


def compile_aside(predicate: PredicateLists) -> re.Pattern[str]:
    """A remark in brackets after a noun: 生产总值｜（按可比价计算）, 总产值｜（90年不变价）."""
    priced = r"\d{2,4}年?[^（）()，\d]{0,3}价格?"
    told = rf"{join_words(predicate.asides)}[^（）()]*|[^（）()]*下同|{priced}"
    return compile_re(rf"(?<=\w{{2}})[（(](?:{told})[）)](?=\w|\Z)")


def compile_dates(time: Time) -> re.Pattern[str]:
    """Words of time in front of an item: 2024年, 截至6月底, 6月底前, 连续3年, 近｜二年来."""
    months = rf"(?:{join_words(time.until)})?\d{{1,2}}月(?:[底末份]|\d{{1,2}}日)(?:之?前(?![期三两]))?"
    named = rf"{months}|{MONTH_HEAD}|{MONTHS}|{FIRST_MONTHS}|{QUARTERS}"
    earlier = r"提前[\d一二两三四五六七八九十半]{1,3}个?多?[年月天]"  # 提前两个月｜完成
    some = rf"[\d一二三四五六七八九十]{{1,2}}年{join_words((*time.years_of, *time.years_within))}"
    return compile_re(rf"{write_date(time)}|{named}|连续\d{{1,2}}年|{earlier}|{some}")


def compile_having(item: Item) -> re.Pattern[str]:
    """全县共有｜, 全县有｜, and not 公有."""
    having, not_had = join_words(item.having), join_words(item.not_had)
    where = r"\A|(?<=[全各我]\w)|(?<=[末底初])|(?<=辖区)|(?<=[境省市县区州]内)"
    return compile_re(rf"(?:(?<!公){having}|(?P<alone>(?:{where})有))(?!{not_had})")


def compile_preposed(lexicon: Lexicon) -> re.Pattern[str]:
    """What stands in front of a phrase and says where, when or how it was counted: 在农民运动会上｜, 疫情期间｜."""
    words = lexicon.facts
    item = words.item
    anew = rf"\A在[^，；的]{{2,16}}?(?={join_words(words.change.flow)}\w{{2}})"  # 在城区｜新增公园
    return compile_re(
        rf"{anew}|\A(?:在[^，；]*?{join_words(item.within)})(?=\w{{2}}|\Z)(?![升海市游线年心国央等学小部医层降岗调])"
        rf"|\A[^，；的、]{{1,8}}?{join_words(item.whiles)}(?:{join_words(item.sums)})?(?=\w{{2}})"
        rf"|\A按[^，；、]{{1,16}}?(?:{join_words(item.reckoning)}的?(?=\w{{2}}|\Z)|{join_words(item.exchange)}\Z)"
        r"|\A如?(?:剔除|扣除)[^，；]*?(?:后|因素)(?=\w{2}|\Z)"
    )


def compile_set_in(item: Item) -> re.Pattern[str]:
    """粮食｜在面积减少的情况下｜，总产: after a thing, under what it came to be so."""
    ends = join_words((*item.circumstances, *item.driving))
    return compile_re(rf"(?<=\w{{2}})在(?![校建职册岗编])[^，；在]{{2,40}}?的?{ends}之?[下上]\Z")


def compile_manner(lexicon: Lexicon) -> re.Pattern[str]:
    """以提案形式｜提出: how something is done, or upon what, with a verb after it."""
    predicate, item = lexicon.facts.predicate, lexicon.facts.item
    verbs = join_words(predicate.light)
    how = rf"{join_words(item.manners)}[^，；：。\d]{{1,60}}?{join_words(item.manner_ends)}(?={verbs})"
    whom = rf"{join_words(item.datives)}[^，；：。\d的]{{2,20}}?(?={join_words(item.dative_verbs)})"
    among = rf"从[^，；：。\d]{{2,60}}?[中里](?={verbs})"  # 从各界人士中｜选聘｜监督员
    return compile_re(rf"{how}|{among}|(?P<whom>{whom})")


def compile_owner(lexicon: Lexicon) -> re.Pattern[str]:
    """占全市总量的｜: of what a share is taken."""
    words = lexicon.facts
    wholes = join_words((*words.item.owners, *words.rank.scopes))
    return compile_re(rf"(?<!所)(?:约?占|占到)(?:(?:{wholes})+(?:总[量数额])?|[^，；占]{{1,10}}总[量数额])的?\Z")


def compile_effect(item: Item) -> re.Pattern[str]:
    """发挥10亿元专项资金｜作用, 支持4个重点县｜加快发展."""
    who = r"(?:(?<=\w[县镇村区乡])|(?<=企业)|(?<=[^和]产业)|(?<=集群))"
    return compile_re(rf"(?<=\w{{2}})作用\Z|{who}{join_words(item.developing)}?发展\Z")


def compile_sent(lexicon: Lexicon) -> re.Pattern[str]:
    item = lexicon.facts.item
    return compile_re(rf"(?<!申){join_words(item.sent)}[给至]?(?={join_words(item.sent_to)})[\w、]{{1,10}}\Z")


def compile_choice(lexicon: Lexicon) -> ChoiceWords:
    words = lexicon.facts
    change, predicate, item = words.change, words.predicate, words.item
    return ChoiceWords(
        not_changed=Words((*change.not_before, *change.not_object, *LEADS)),
        change_head=Words(list_head_changes(lexicon)),
        decrease=frozenset(change.decrease),
        rate_only=frozenset(change.rate_only),
        rate_after=compile_rates(change),
        rate_starts=frozenset(("的", "之", *(word[0] for word in (*change.rates_up, *change.rates_down)))),
        growth=Endings(change.growth),
        reached=compile_re(join_words((*[word for word in predicate.hedges if len(word) > 1], *item.records))),
        restated=compile_re(rf"[，、,和及]?\s*(?:{join_words(change.restated)}){{0,2}}"),
        gap=compile_re(r"(?:、|[，,；;]其中)[^，。；：、,;:\d（(的占为达由从]{2,10}"),
        aimed_at=compile_re(rf"[，、,和及]?\s*{join_words(change.aims)}\w{{1,4}}"),
        proportion=Endings(change.proportions),
        rates_down=frozenset(change.rates_down),
        light=Words(predicate.light),
        guard=Words((*item.measures, *item.facets, *predicate.noun_after)),
        verb_end=Endings((*predicate.light, *predicate.closers, *item.done_for)),
        facet=Endings(item.facets),
        facets=frozenset(item.facets),
        amounts=frozenset(item.amounts),
        amount=Endings(item.amounts),
        taken=compile_taken(item, predicate),
        measure=Endings(item.measures),
        measure_head=Endings(item.measure_heads),
        shared=Endings(item.shared_measures),
        nominal=Endings(item.nominal),
        funds=Endings(item.funds),
        scopes=Endings(words.rank.scopes),
        owner=compile_owner(lexicon),
        plain_units=frozenset(item.plain_units),
        places=item.places,
        grades=frozenset(item.grades),
        times=frozenset(item.times),
        acts=frozenset(item.acts),
        passive=compile_re(rf"被(?!{join_words(item.not_passive)})\w{{1,12}}(?:、\w{{1,12}})?(?<=\w\w)\Z"),
        person_units=frozenset(item.person_units),
        sent=compile_sent(lexicon),
        sending=item.sending,
        trip=compile_re(rf"\A{join_words(item.trips)}\w{{3,}}"),
        done=compile_re(rf"\A({join_words(item.achieved)})([^，,。；;：:！？]{{2,40}})"),
        became=compile_became(item),
        honoured=frozenset(item.honoured),
        within=compile_re(rf"的(?:{join_words(item.circumstances)}下|同时)"),
        not_counted=compile_re(rf"\A\w{{0,6}}?{join_words((*item.not_counted, *item.places))}"),
        aim_after=compile_re(rf"\w{{0,6}}?{join_words(item.aims_after)}"),
        newly=compile_re(rf"\A{join_words(item.newly)}(?=\w{{2}})"),
        invested=compile_re(rf"(?<!计划|完成){join_words(item.spending)}\Z"),
        turned=compile_turned(item),
        spent=item.spent,
        counterparts=pair_counterparts(item),
        facet_head=compile_re(rf"\A(?:占(?!地)|(?:{join_words(item.some)}|{join_words(predicate.light)})(?=\w{{2}}))"),
        spent_on_it=frozenset([word for word in item.spending if not word.startswith("总")]),
        spent_on=compile_re(rf"[,，]?({join_words(item.spent_on)})?"),
        investments=frozenset(item.investments),
        totals=compile_totals(item),
        relative=compile_relative(item),
    )


def compile_topic(item: Item) -> re.Pattern[str]:
    """乡镇企业｜发展较快: what a clause speaks of, before what it says."""
    ends = rf"(?:{join_words(item.topics)}(?!{join_words(item.not_topics)}))+"
    before = r"(?:[^，。；：的\d（(对等]|(?<=[高中初])等){0,20}?"
    return compile_re(rf"\A(?:{join_words(item.urging)})*({before}{ends})(?![、和及与的])")


def compile_counted(item: Item) -> re.Pattern[str]:
    """14个｜断面｜达标率."""
    heads = (*item.counted_heads, *item.people, *[body for body in item.bodies if body != NATION])
    return compile_re(rf"{join_words(heads)}(?![（(和及与、])")


def compile_became(item: Item) -> re.Pattern[str]:
    """1200人全部｜脱贫."""
    how, what = join_words(item.became_how), join_words(item.became)
    return compile_re(rf"\A(?:{how})*({what})(?=[，,。；;：:、！？）)]|\Z)")


def compile_taken(item: Item, predicate: PredicateLists) -> TakenWords:
    verbs, how = join_words(item.issuing), join_words(item.issued_how)
    ends = r"(?<![等和及与了])(?<![我本全][省市县区州旗])的?\Z"
    aim = compile_re(rf"(?:{verbs})+了?(?:{how})*([^，；：。、\d]{{3,30}}?){ends}")
    met, down = join_words(item.met), join_words(item.handed_down)
    return TakenWords(
        abstract=frozenset(item.abstract),
        ends=Endings(item.issued),
        aim=aim,
        task=compile_re(
            rf"的?(?:{join_words(predicate.plan_heads)})?{join_words(item.aims_after)}+(?![^，。；：、\d])"
        ),
        handed=compile_re(rf"({met})了?[^，。；：、\d]{{0,10}}{down}的?\Z"),
    )


def compile_rates(change: Change) -> re.Pattern[str]:
    """2%左右的｜增幅."""
    rates = join_words((*change.rates_up, *change.rates_down))
    return compile_re(rf"[的之](?:年均|按[年季月])?({rates})|({rates})\Z")


def compile_over_plan(mood: Mood) -> re.Pattern[str]:
    """大大超过计划规定的: beside what was asked for, before a number that says how much that was."""
    return compile_re(rf"[，, ]*\w{{0,3}}?{join_words(mood.not_strong)}了?\w{{0,2}}?{join_words(mood.yardsticks)}的?")


def compile_totals(item: Item) -> TotalWords:
    return TotalWords(
        of_whole=frozenset(item.of_whole),
        divisions=frozenset(item.divisions),
        of_place=frozenset(item.of_place),
        people=frozenset(item.people_total),
        no_owners=frozenset(item.no_owners),
        accounts=compile_accounts(item),
    )


def compile_turned(item: Item) -> re.Pattern[str]:
    """将旧厂房改造成｜展览馆, 对河道进行｜清淤: what is done to a thing before what comes of it is named."""
    made = rf"{join_words(item.turning)}[^，。；：\d]{{2,20}}?{join_words(item.turned_into)}"
    return compile_re(rf"{made}|对([^，。；：]{{2,24}}?){join_words(item.treating)}(?=\w{{2}})")


def compile_plan(predicate: PredicateLists) -> re.Pattern[str]:
    """占｜年初预算, whose amount follows and then what part of it was reached."""
    fulfilled = join_words(predicate.fulfilling)
    ahead, plans = join_words(predicate.plan_heads), join_words(predicate.plan_ends)
    return compile_re(rf"[，、,\s]*(?:仅|已)?(?:{fulfilled})?了?(?P<plan>(?:{ahead}){{0,5}}(?:{plans}){{1,2}})\Z")


def compile_own_plan(predicate: PredicateLists) -> re.Pattern[str]:
    """税收收入｜完成年初预算: a thing and its plan, whose amount follows and then what part of it was reached."""
    ahead, plans = join_words(predicate.plan_heads), join_words(predicate.plan_ends)
    plan = rf"(?P<plan>(?:{ahead}){{0,5}}(?:{plans}){{1,2}})"
    return compile_re(rf"(?P<thing>[^，；。：、]{{2,24}}?)(?:{join_words(predicate.fulfilling)})了?{plan}")


def compile_budgeted(predicate: PredicateLists, budgets: Sequence[str]) -> re.Pattern[str]:
    """财政支出｜年初预算: what a plan of an amount is named by, at the end of its item."""
    behind = "|".join(f"(?<={word})" for word in budgets)
    heads, ends = join_words(predicate.plan_heads), join_words(predicate.plan_ends)
    return compile_re(rf"(?:{behind})(?:{heads}{{0,4}}{ends}{{1,2}}(?:安排)?|安排)\Z")


def compile_relative(item: Item) -> re.Pattern[str]:
    """在全省有影响的｜专家, 情节轻微、有自首表现的｜被告人: what is said of things before they are named."""
    said = rf"{join_words(item.relatives)}[^，,。；;：:、\d]{{1,16}}?的(?=\w{{2}})"
    besides = rf"{join_words(item.relatives)}[^，,。；;：:、的\d]{{1,14}}的(?=\w{{2}})"
    return compile_re(rf"{said}|[^，,。；;：:、的\d]{{2,12}}[、和且](?!以){besides}")


def pair_counterparts(item: Item) -> dict[str, str]:
    """Each side, and its other: 收入, 支出."""
    return {one: other for both in item.counterparts for one, other in (both, both[::-1])}


def compile_progress(item: Item, change: Change) -> re.Pattern[str]:
    """That it went well, or how: 工业生产｜实现较快增长, 消费｜需求旺盛, 普及率｜大幅度提高."""
    well = rf"{join_words(item.making)}了?{join_words(item.progress_degrees)}*{join_words(item.progress)}"
    changed = rf"{join_words(item.progress_marked)}{join_words((*change.increase, *change.decrease))}"
    return compile_re(
        rf"[也均都又仍]?(?:(?<=[幅速度])最[大快高低小慢]|{well}|{changed}|{join_words(item.doing_well)})\Z"
    )


def compile_acts(lexicon: Lexicon) -> ActWords:
    predicate, item = lexicon.facts.predicate, lexicon.facts.item
    return ActWords(
        acts_of=frozenset(item.acts_of),
        capacities=frozenset(("", *item.capacity_heads)),
        done_to=Words(item.done_to),
        planned_sums=Endings(item.planned_sums),
        next_spent=compile_re(rf"[、和及与]{join_words(item.investments)}\Z"),
        awards=compile_awards(item),
        handled=Words(item.handled),
        had=frozenset(("", *item.had)),
        handled_end=Endings(item.handled),
        organs=Endings(item.organs),
        only_handled=Words((*item.handled, *item.handled_with)),
        handled_things=Endings(item.handled_things),
        punished=Endings(item.punishments),
        paying=compile_re(rf"(?<=\w{{2}})(?<!的){join_words(item.paying)}(?=\w{{2}})(?!{join_words(item.not_paying)})"),
        giving=item.giving,
        ranks=Words(item.ranks),
        levels=item.levels,
        accused=item.accused,
        tried=frozenset(item.tried),
        advice=item.advice,
        intake=Endings(item.intake),
        remains=frozenset(item.remains),
        sorts=compile_sorts(lexicon),
        text_units=frozenset(item.text_units),
        standards=Endings(item.counted_all_the_same),
        bodies=Endings((*item.people, *item.bodies)),
        counted=compile_counted(item),
        schools=item.schools,
        quality=compile_re(rf"(?<=\w{{2}}){join_words(item.quality_heads)}{{0,3}}{join_words(item.qualities)}\Z"),
        singled=frozenset(("", *item.singled)),
        bare_rates=frozenset(item.bare_rates),
        own_levels=item.own_levels,
        owned=Endings((*item.owned, *item.bare_rates)),
        averages=frozenset(item.averages),
        included=item.included,
        grown=compile_re(rf"(?:[^，。；\d]{{0,8}}{join_words(item.measures)})?{join_words(item.grown)}\Z"),
        owning=Endings(item.owning),
        topic=compile_topic(item),
        topical=frozenset((*item.owned, *item.topical, *item.bare_rates)),
        works=Endings(item.works),
        set_aside=Endings(item.set_aside),
        progress=compile_progress(item, lexicon.facts.change),
        own_plan=compile_own_plan(lexicon.facts.predicate),
        plan=compile_plan(predicate),
        planned_any=Endings(predicate.plan_ends),
        planned=Endings([word for word in predicate.plan_ends if len(word) > 2]),
        budgeted=compile_budgeted(predicate, lexicon.facts.mood.budgets),
        collector=Endings(item.collectors),
        collectors=item.collectors,
        collected=frozenset(item.collected),
        predicates=Words(predicate.closers),
        predicate_firsts=frozenset([word[0] for word in predicate.closers]),
        predicate_guard=Words(predicate.noun_after),
        kept=Words(predicate.kept),
    )


def compile_sorts(lexicon: Lexicon) -> SortWords:
    item, verbs = lexicon.facts.item, join_words(lexicon.facts.predicate.light)
    return SortWords(
        ends=item.sort_ends,
        sided=compile_re(rf"{join_words(item.manners)}(?P<side>[^，；：。\d]{{2,12}}方面)共?{verbs}\w{{2,6}}\Z"),
        rest=item.sort_rest,
        left=frozenset(item.sort_left),
        lasts=frozenset([word[-1] for word in (*item.sort_ends, *item.sort_rest)])
        | frozenset("上下级"),  # 其中35岁以下｜19名, 其中C级｜43户
        extremes=frozenset(item.sort_extremes),
    )


def compile_awards(item: Item) -> AwardWords:
    return AwardWords(
        wages=frozenset(item.wages),
        staff=Endings(item.staff),
        prizes=Endings(item.prizes),
    )


def compile_share(lexicon: Lexicon) -> ShareWords:
    share, item = lexicon.facts.share, lexicon.facts.item
    owners, areas = join_words(share.owner_ends), join_words(share.owner_areas)
    return ShareWords(
        whole=Words(share.whole),
        people=Words(item.people),
        whose=share.whose,
        livestock=frozenset(share.livestock),
        measure=Endings(item.measures),
        dependents=frozenset(item.dependents),
        owner=compile_re(rf"\A(?:[国省市区县州旗镇]级|[^、]{{1,6}}{owners}|{areas})(?=\w{{2}})(?!以上|以下)"),
        count=compile_re(rf"{join_words(share.counts)}\Z"),
        ratios=share.ratios,
        executed=frozenset(lexicon.facts.predicate.executed),
        accounts=Endings(lexicon.facts.predicate.accounts),
        settlements=frozenset(share.settlements),
        strongest=share.strongest,
        how_many=share.how_many,
        apart_ends=(*share.apart, *share.paid_for),
        apart=share.apart,
        yields=share.yields,
        paid_for=share.paid_for,
        one_names=share.one_names,
        sort=compile_re(rf"\w{{0,4}}?{join_words(share.sorts)}"),
        reached=share.reached,
        speeds=share.speeds,
        trades=share.trades,
        amounts=share.amounts,
        counterparts=pair_counterparts(item),
        link=compile_re(rf"[\s、和及与以同]*(?:以及)?(?:{join_words(share.links)})?\Z"),
        turn=compile_re(rf"[、和](?:{join_words((*lexicon.facts.change.increase, *lexicon.facts.change.decrease))})\Z"),
        field=compile_re(rf"[、和及与][在居列]?{join_words(lexicon.facts.rank.scopes)}\Z"),
        part=compile_re(rf"(?:\A|[、，,；;：:。（(\s]){share.part}"),
        acts=compile_re(rf"(.*){share.respectively[0]}(.+)\Z"),
        passive=compile_re(rf"[，,、 ]*被(?!{join_words(item.not_passive)})"),
        sectors=compile_re(r"第?(?P<digits>[一二三](?:[、和]第?[一二三]){1,4})次?产业?(?P<rest>[^、]*)\Z"),
    )


@lru_cache(maxsize=4)
def compile_areas(lexicon: Lexicon) -> AreaWords:
    areas = lexicon.facts.areas
    return AreaWords(
        ends=tuple(sorted({name[-1] for name in (*areas.alone, *areas.zones, *areas.units)})),
        zone=compile_re(rf"{join_words(areas.alone)}|[^\W\d_a-zA-Z]{{2,4}}?{join_words(areas.zones)}"),
        area=compile_re(rf"[^\W\d_a-zA-Z]{{1,4}}?{join_words(areas.units)}(?!{join_words(areas.not_before)})"),
        other=areas.other,
        general=compile_re(join_words(areas.general)),
    )


def compile_classes(lexicon: Lexicon) -> ClassWords:
    words, rank = lexicon.facts.classes, lexicon.facts.rank
    return ClassWords(
        ranked=compile_re(rf"{join_words((*rank.verbs, *rank.scopes, *rank.among))}\Z"),
        counted_of=frozenset(words.counted_of),
        rated=compile_re(
            rf"[^，。；：、\d]{{0,16}}?{join_words(words.rated)}{join_words(lexicon.facts.predicate.reach)}?"
        ),
        capacities=frozenset(words.capacities),
        works=compile_re(
            rf"[^，。；：、的\d（(][^，。；：]{{1,60}}?(?<![高中初同平优均])等(?:{join_words(words.summing)}|\d+[个项])"
            rf"[^，。；：\d]{{0,10}}?{join_words(words.summed)}"
        ),
        stuff=compile_re(join_words(words.stuff)),
        counted_next=compile_re(rf"[^，,。；;：:！？\d]{{0,30}}?(?:{join_words(words.counted_by)})?\Z"),
        over=compile_re(rf"{join_words(words.over)}\Z"),
        of_which=compile_re(rf"的(?:{join_words(words.of_which)})?"),
        graded=compile_re(rf"(?:[、和][一二三四五六七八九]类)*(?:以上)?{join_words(words.graded)}"),
        base=compile_re(r"(?:以(?:\d{4}年)?[^，。；：、\d]{0,10}为|[（(][^，。；：、\d]{1,6}为|[=＝])\s*\Z"),
        units=frozenset(words.units),
        grades=frozenset((*words.units, *words.points)),
        aged=compile_re(rf"(?:[（(][^（）()]*[）)])?(?:[、和及]\s*\d|的?\w{{0,4}}?{join_words(words.aged)})"),
        herds=frozenset(words.herds),
        sizes=frozenset(words.sizes),
        settled=compile_re(join_words(words.settled)),
    )
