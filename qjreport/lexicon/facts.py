"""The shape of facts.toml: the words by which a number's clause says what it measures, for when, and as what.

All are plain words, not patterns; the fact stage builds its patterns from them, longest word first.
"""

import msgspec


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs of change: what stands after them is the amount of the change, with 到 or 至 the level reached."""

    increase: tuple[str, ...]
    decrease: tuple[str, ...]
    only_tail: tuple[str, ...]  # of these, those that change only right before the number: 多38万人
    flow: tuple[str, ...]  # new ones, no change of the old: 新增9个
    rate_only: tuple[str, ...]  # change a value only with rates and money: 森林抚育提升200万亩 does not
    towards: tuple[str, ...]  # 到 至 为: make a level of a verb of change
    not_object: tuple[str, ...]  # 减缓｜免诉讼费
    not_before: tuple[str, ...]  # what makes a noun of a verb of change: 增加值
    nouns_up: tuple[str, ...]  # 增幅5%, 增速5%: the rate itself
    nouns_down: tuple[str, ...]
    rates_up: tuple[str, ...]  # after the number: 5%｜的增速
    rates_down: tuple[str, ...]
    restated: tuple[str, ...]  # between two numbers of one change: 增长11%，｜力争｜12%
    aims: tuple[str, ...]  # of these, those of what is to be reached: 增长15%，｜力争｜达到20%
    growth: tuple[str, ...]  # nouns of a change that end an item: 经济｜增长｜保持13%
    proportions: tuple[str, ...]  # end an item that is a share by itself: 合格｜率


class Predicate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands between the item and its number, and is no part of the item."""

    reach: tuple[str, ...]
    adverbs: tuple[str, ...]
    plans: tuple[str, ...]  # adverbs that are nouns too, taken off only after a verb: 村庄规划
    hedges: tuple[str, ...]
    whole: tuple[str, ...]  # words that only end like one of these: 设计
    compounds: tuple[str, ...]  # nouns that begin with such a verb: 建设用地
    light: tuple[str, ...]  # verbs that leave their object as the item where the number follows it: 开展…活动639次
    closers: tuple[str, ...]  # verbs and adverbs that end a noun phrase after a number: 12家单位｜入选
    bare: tuple[str, ...]  # verbs only where nothing else is left: 再｜建
    strong: tuple[str, ...]  # of these, those that may stand in the middle of a clause
    closing_adverbs: tuple[str, ...]  # closers only with a verb after them: 全面
    kept: tuple[str, ...]  # words that hold a closer or an opener and are neither: 在建项目
    kept_last: tuple[str, ...]  # nouns that end like what is taken off an end
    noun_starts: tuple[str, ...]  # begin like one of noun_after and are nouns themselves: 办理｜人大代表议案
    noun_after: tuple[str, ...]  # a closer is none where one of these follows: 获奖, 参与率
    fulfilling: tuple[str, ...]  # verbs between an amount and the plan that it is a part of: 完成预算的97%
    plan_heads: tuple[str, ...]  # 年初｜预算
    plan_years: tuple[str, ...]  # of a plan that nothing but its year leads to: 全年｜计划的82%
    number_leads: tuple[str, ...]
    plan_numbers: tuple[str, ...]  # 占省级核定支出｜预计数｜的
    plan_ends: tuple[str, ...]
    executed: tuple[str, ...]  # 预算数9亿元，｜执行数｜9.8亿元
    accounts: tuple[str, ...]  # 比2030年｜决算数
    relating: tuple[str, ...]  # verbs of a ratio to another amount: 相当于前三年总和的1.5倍
    ratio_terms: tuple[str, ...]  # 与生产总值｜比率
    degrees: tuple[str, ...]  # of the verbs of change those that only compare beside a standard: 比全国高
    standards: tuple[str, ...]  # what is compared with besides areas: 比全国｜平均水平｜高
    averaged: tuple[str, ...]  # 职工月｜人均｜增加养老金
    limits: tuple[str, ...]  # 控制在核定｜限额｜90亿元以内: what the number itself is
    standard_ends: tuple[str, ...]  # 为全国平均｜水平｜的六成
    before_from: tuple[str, ...]  # 比重｜已由36%
    comparing_points: tuple[str, ...]  # of percentage points: 超过｜年初预期
    standard_tails: tuple[str, ...]  # 序时进度｜要求
    comparing_short: tuple[str, ...]  # the same before a standard alone: 超｜序时进度
    comparing: tuple[str, ...]  # 高于全国: compares, and changes nothing
    referring: tuple[str, ...]  # 较1955年｜这些企业的总产值: point to what is compared
    bases: tuple[str, ...]  # of the adverbs those that say what the change is measured against
    by_term: tuple[str, ...]  # of these those that do so only before a verb of change: 按年｜上升
    undecided: tuple[str, ...]  # of reach, what a verb of change may still stand in front of: 增长｜达到5%
    asides: tuple[str, ...]  # what a bracket between item and number begins with: 增长（按可比价）6%


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the item is made of."""

    inside_times: tuple[str, ...]  # 甲公司｜全年｜上缴国税
    not_inside_after: tuple[str, ...]
    not_inside_before: tuple[str, ...]
    passing: tuple[str, ...]
    assemblies: tuple[str, ...]  # 县人大三次｜会议｜批准的收入预算
    approving: tuple[str, ...]  # 经县人大批准｜调整为8亿元
    price_kinds: tuple[str, ...]  # 90年｜不变价
    run_in: tuple[str, ...]  # what a paragraph is about, without a mark: 人口年末｜常住人口
    openers: tuple[str, ...]  # words at the head of a clause that are no part of it: 其中, 全年
    not_openers: tuple[str, ...]  # what must not follow one of them: 合理｜化
    facets: tuple[str, ...]  # what is measured of a thing named before: 总投资, 总里程
    measures: tuple[str, ...]  # endings of a thing that is measured: 增加值, 覆盖率
    telling: tuple[str, ...]  # verbs that say which people or bodies are meant: 提供｜住宿的机构
    set_aside: tuple[str, ...]  # what a budget does with an amount: 支出｜相应安排
    measure_heads: tuple[str, ...]  # before a measure and a part of it: 谷物｜生产｜价格
    shared_measures: tuple[str, ...]  # measures that the parts of a whole have as well
    owners: tuple[str, ...]  # 占 these: a share of what was named before
    pairs: dict[str, tuple[str, ...]]  # 城乡: 城镇, 农村
    nominal: tuple[str, ...]  # verbs that are what is measured where they stand alone: 出口
    abstract: tuple[str, ...]  # nouns that say nothing without what stands before the number
    issuing: tuple[str, ...]  # verbs that these are the object of, with what they are for: 出台｜促进就业｜21条｜措施
    issued_how: tuple[str, ...]  # between both: 进一步
    issued: tuple[str, ...]
    sectors: tuple[str, ...]  # of the economy: whatever they achieve is told of them
    yields: tuple[str, ...]  # of what is made, they say nothing without its name: 花生油实现｜产量
    homes: tuple[str, ...]  # what the name of people leads on to, and is counted: 困难老年人｜家庭
    people: tuple[str, ...]  # are what is counted, whatever is done for them
    before_verbs: tuple[str, ...]  # tell that a verb follows: 累计
    body_acts: tuple[str, ...]  # what bodies do with what was handed to them: 审议, 研究答复
    body_units: tuple[str, ...]  # count those who act
    housed_units: tuple[str, ...]  # of these those that never count people: 36所
    balances: tuple[str, ...]  # what is left of an account
    account_ends: tuple[str, ...]  # of what is an account
    accidents: tuple[str, ...]
    casualties: tuple[str, ...]  # what an accident did
    staff_of: tuple[str, ...]  # people of a body, besides those of `people`: 校长
    funds: tuple[str, ...]  # what money is called
    manners: tuple[str, ...]  # 以……形式: how something is done
    manner_ends: tuple[str, ...]
    organs: tuple[str, ...]  # 市委办公室: offices of the party and of bodies
    bodies: tuple[str, ...]  # act as people do: 单位, 部门
    amounts: tuple[str, ...]  # may stand after a counted thing and are not counted: 37户专班企业｜产值
    structures: dict[str, tuple[str, ...]]  # a structure's name → those of its parts
    handled: tuple[str, ...]  # verbs of what is done to things named before: 立案, 办结
    handled_with: tuple[str, ...]  # what may stand beside them
    handled_things: tuple[str, ...]  # what a clause may name before such a verb: 案件
    remains: tuple[str, ...]  # of what was not yet done: 旧存
    intake: tuple[str, ...]  # 民事案件｜收案
    accused: tuple[str, ...]  # who did nothing of what is told: 犯罪嫌疑人
    tried: tuple[str, ...]  # 公益诉讼案件98件，检察建议86件，起诉｜4件
    advice: tuple[str, ...]  # what is given before a suit
    sort_ends: tuple[str, ...]  # of what sort a part is: 经济建设｜类｜41件
    sort_rest: tuple[str, ...]  # the part that is of no sort, or when it came: 其他｜6件
    sort_left: tuple[str, ...]  # 其他｜6件: what is left of the whole
    sort_extremes: tuple[str, ...]  # 人均结案274件，｜最多｜的402件
    levels: tuple[str, ...]  # 全国｜巾帼文明岗3个，省级11个: of what level the first of them is
    aiding: tuple[str, ...]  # 25名学生｜资助｜9万元
    travelling: tuple[str, ...]  # 先后3次｜赴外地考察
    text_units: tuple[str, ...]  # by which one and the same text may be counted
    punishments: tuple[str, ...]  # what is done to people, and no thing: 有期徒刑
    making: tuple[str, ...]  # 利用外资｜取得｜新｜突破
    doing_well: tuple[str, ...]  # 利用外资｜稳中提质
    provisions: tuple[str, ...]  # 大学生资助｜政策: what a verb after people only names
    having: tuple[str, ...]  # 卫生机构｜共有｜床位: what there is, and not who has it, is counted
    not_had: tuple[str, ...]  # what makes another word of 有: 有｜机
    states: tuple[str, ...]  # 三季度｜由负转正: how something went, of which nothing is the item
    developing: tuple[str, ...]  # 重点县｜加快｜发展
    progress_degrees: tuple[str, ...]
    progress_marked: tuple[str, ...]
    progress: tuple[str, ...]
    works: tuple[str, ...]  # what a later 总投资 is in: 工程
    done_for: tuple[str, ...]  # 为居民｜办｜8件实事: end no noun
    own_levels: tuple[str, ...]  # 其中市本级: a part by whose it is alone
    included: tuple[str, ...]  # 有54万人｜纳入低保
    grown: tuple[str, ...]  # 32个｜实现增长
    singled: tuple[str, ...]  # right before a number that is a part of one before: 其中
    had: tuple[str, ...]  # between what a share is of and the share: 已有
    dependents: tuple[str, ...]  # are of what was named before: 死亡人数
    connectives: tuple[str, ...]
    within: tuple[str, ...]  # end a phrase with 在 that only says where or when: 在农民运动会｜上
    reckoning: tuple[str, ...]  # end a phrase with 按 that says how it was counted
    exchange: tuple[str, ...]  # 按年末汇率｜折合
    whiles: tuple[str, ...]  # 春节｜期间: end a word of time at the head of a phrase
    sums: tuple[str, ...]  # and what may stand after it
    stepping: tuple[str, ...]  # 迈上……台阶: verbs of a step, no part of an item
    steps: tuple[str, ...]  # and what is stepped on
    nothing: tuple[str, ...]  # stand where an item does and name none: 高基数｜上再增
    ahead: tuple[str, ...]  # 存款余额在全省｜率先｜突破
    settling: tuple[str, ...]  # 9个园区｜入驻｜企业220家
    reckoned: tuple[str, ...]  # 农民收入，｜考虑价格｜因素，增长4%
    reckoned_ends: tuple[str, ...]
    reckoned_how: tuple[str, ...]  # 按现行｜标准｜优良天数
    kept_by: tuple[str, ...]  # what 按 leads to no measure: 按｜时｜办结率
    qualities: tuple[str, ...]  # how they are, which no number counts: 32条街路｜品质
    quality_heads: tuple[str, ...]  # and what may stand before it: 小区｜居住｜环境
    datives: tuple[str, ...]  # to whom something is given
    dative_kept: tuple[str, ...]  # 为群众｜办实事｜9件
    dative_verbs: tuple[str, ...]
    schools: tuple[str, ...]  # the last characters of their names
    counted_heads: tuple[str, ...]  # things with measures of their own: 14个｜断面｜达标率
    owned: tuple[str, ...]  # measures of what was counted or named right before: 高校12所、｜在校生
    averages: tuple[str, ...]  # 农村居民人均可支配收入1.6万元，｜人均消费支出
    owning: tuple[str, ...]  # what is counted and has such measures: 高校
    topics: tuple[str, ...]  # end what a clause speaks of: 乡镇｜企业｜发展较快
    not_topics: tuple[str, ...]  # what must not follow one: 企业｜家
    urging: tuple[str, ...]  # may stand before it: 巩固｜提升｜烟草产业
    topical: tuple[str, ...]  # measures of what a clause before speaks of, besides `owned`: ｜利润
    bare_rates: tuple[str, ...]  # a clause before says of what: ｜毛入学率｜34%
    all_of_them: tuple[str, ...]  # 12件｜全部｜立案: what is said of all, and no thing
    sums_paid: tuple[str, ...]  # 206人次｜金额: an amount of money, which people are not counted in
    not_counted: tuple[str, ...]  # what 的 leads to and is not counted: 下降3成的｜情况
    wages: tuple[str, ...]  # what those of `staff` are paid, who were counted before
    staff: tuple[str, ...]
    prizes: tuple[str, ...]  # of a contest that is named once: 省运会金牌9枚、｜银牌｜4枚
    acts_of: tuple[str, ...]  # 裁军3万人的｜工作
    counted_all_the_same: tuple[str, ...]  # of these: after a counter, 12项｜国家标准
    met: tuple[str, ...]
    handed_down: tuple[str, ...]  # 完成市｜下达｜的30亿元任务
    aims_after: tuple[str, ...]  # the same after a rate: 增长5%的｜目标
    circumstances: tuple[str, ...]  # end an inner clause: 的｜情况｜下
    driving: tuple[str, ...]  # what works upon a thing: 在投资反弹的｜带动｜下
    sent: tuple[str, ...]  # 报省政协: sent to
    sent_to: tuple[str, ...]
    sending: tuple[str, ...]  # 组织700余人次: who is sent
    trips: tuple[str, ...]  # 来渝交流: what they then do
    achieved: tuple[str, ...]  # 3人｜入选省级人才计划
    done_to: tuple[str, ...]  # 对346人｜给予｜政纪处分
    became: tuple[str, ...]  # what people did or had done, and no object
    became_how: tuple[str, ...]
    honoured: tuple[str, ...]  # of these, those after which what was conferred is the item
    list_tails: tuple[str, ...]  # end a noun phrase and lead on to a number or to the next of a list
    etc: tuple[str, ...]  # 等｜工程: sums up, and is not counted
    people_units: tuple[str, ...]  # count people; what follows the people is done for them
    person_units: tuple[str, ...]  # of these, those of people who achieve something
    plain_units: tuple[str, ...]  # of measures and places: a number with one of these counts no things
    not_paying: tuple[str, ...]
    paying: tuple[str, ...]  # 为90名寄宿生｜补助｜生活费4万元
    giving: tuple[str, ...]  # before a number of people: what follows is done for them
    attributes: tuple[str, ...]  # of what kind a thing is, never a thing by themselves: 数字化
    ranks: tuple[str, ...]  # by which things of one sort are told apart: 省级
    times: tuple[str, ...]  # units that count how often: 203次
    acts: tuple[str, ...]  # verbs between how often and how many: 203次｜打破｜118项纪录
    not_passive: tuple[str, ...]  # after 被 make a word of it: 被｜告人
    grades: tuple[str, ...]  # units that belong to a name: 三类水质
    places: tuple[str, ...]  # after a number: of a ranking, no things that are counted
    newly: tuple[str, ...]  # 新增公园: the new ones; a number that is reached is of all
    spending: tuple[str, ...]  # verbs before an amount of money that lead on to what was paid for
    by_kind: tuple[str, ...]  # are told by their kinds alone: 盗窃、诈骗等多发性｜犯罪
    brought: tuple[str, ...]  # verbs before things that are counted, and nouns before money: 引进｜企业31家
    chores: tuple[str, ...]  # what works are called as one has to do them: 楼房改造｜任务
    counterparts: tuple[tuple[str, str], ...]  # two sides of one account, named in full but once
    relatives: tuple[str, ...]  # begin what is said of the things before they are named: 10名｜在全省有影响的专家
    records: tuple[str, ...]  # in a clause that says how high something is, and names it no more
    some: tuple[str, ...]  # before a facet and no part of it: 一批｜产值20亿元的企业
    turning: tuple[str, ...]
    turned_into: tuple[str, ...]
    treating: tuple[str, ...]
    such: tuple[str, ...]
    holding: tuple[str, ...]
    spent: tuple[str, ...]  # after the amount lead to what it is for, whatever the item before it
    collected: tuple[str, ...]
    collectors: tuple[str, ...]  # 税务部门｜完成4亿元: whose part it is of what was named before
    spent_on: tuple[str, ...]  # the same, with or without a comma before them
    investments: tuple[str, ...]  # of a project named before: 总投资
    planned_sums: tuple[str, ...]  # 项目｜总投资｜12亿元，已完成8亿元
    capacity_heads: tuple[str, ...]  # 投资4亿元的｜年产｜60万吨水泥生产线
    divisions: tuple[str, ...]
    no_owners: tuple[str, ...]  # begin the name of a measure, and have nothing: 工农业｜总产值
    of_place: tuple[str, ...]
    people_total: tuple[str, ...]
    of_whole: tuple[str, ...]  # facets said of the whole thing, its measure included: 粮食产量｜最高


class Time(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of time, by what they stand for; times that are named by number are text/calendar.py's."""

    this_year: tuple[str, ...]  # the year that is spoken in; the first of them is 今年
    whole_year: tuple[str, ...]  # 全年: the year that is spoken of
    same_year: tuple[str, ...]  # the year named before
    year_end: tuple[str, ...]
    last_year: tuple[str, ...]  # the year before the one that is spoken in
    year_start: tuple[str, ...]  # 年初: of the amount that a change begins with
    year_before: tuple[str, ...]  # 上年: the year before the one that is spoken of
    past_year: tuple[str, ...]  # 一年来: the year that is looked back on
    new_year: tuple[str, ...]  # the year that has begun, or is about to: the one planned
    next_year: tuple[str, ...]
    two_years_ago: tuple[str, ...]
    century_end: tuple[str, ...]  # after 本
    now: tuple[str, ...]  # what exists: 目前
    not_now: tuple[str, ...]  # 项｜目前期, 实｜现已
    not_now_after: tuple[str, ...]  # 现在｜起
    lately: tuple[str, ...]  # 近年来: over, in a part that plans
    five_years_back: tuple[str, ...]  # in titles
    five_years_ahead: tuple[str, ...]
    counts: tuple[str, ...]  # of years, from one on: 一 二 三
    years_ahead: tuple[str, ...]  # 今后｜三年
    years_past: tuple[str, ...]  # 近｜三年
    years_these: tuple[str, ...]  # 这｜三年: back, and 这三年内 as the part looks
    years_called: tuple[str, ...]  # 这是跨越发展｜的｜五年。
    years_served: tuple[str, ...]  # 本届｜任期｜的五年: back, however they are said, but in a part that plans
    years_of: tuple[str, ...]  # 三年｜来: the years up to the one that is looked back on
    years_summed: tuple[str, ...]  # of these, those that a part that plans may say of its own: 五年｜累计
    years_added: tuple[str, ...]  # … where the part tells whether it looks back or ahead
    years_within: tuple[str, ...]  # 三年｜内: back or ahead, as the part looks
    years_change: tuple[str, ...]  # the same, where a verb follows at once: 三年｜增长
    years_first: tuple[str, ...]  # 前｜三年: of those that the text speaks of
    not_first: tuple[str, ...]  # 提前｜三年
    efforts: tuple[str, ...]  # 近三年｜的努力: how long something took, and not when
    not_years: tuple[str, ...]  # 连续｜三年, 第｜三年: no span
    since: tuple[str, ...]  # 自2014年创办｜以来: up to the year that is looked back on
    of_clause: tuple[str, ...]  # 审查批准｜2023年决算，: a year that dates its clause alone
    since_from: tuple[str, ...]  # what such a time begins with
    since_aims: tuple[str, ...]  # before such a time: it runs up to the year that is planned
    superlatives: tuple[str, ...]  # 2010年以来｜最高: how far a comparison goes, and no time
    compared_by: tuple[str, ...]  # before a year that only serves for a comparison: 高于2010年
    not_compared: tuple[str, ...]  # what only ends like one of them: 占比
    compared_rates: tuple[str, ...]  # 为｜上年的79%
    compared_if: tuple[str, ...]  # the same where what stands after it compares too: 是2010年｜的2倍
    based_on: tuple[str, ...]  # of these, those that belong to the basis: 比2010年, 按2010年价格
    valued_by: tuple[str, ...]  # before a year whose value is compared with: 比2010年的｜8万人
    compared_spans: tuple[str, ...]  # between such a year and that: 2010年｜末
    compared_changes: tuple[str, ...]  # 与2010年｜相比
    ground_before: tuple[str, ...]  # 在｜2010年增长的基础上
    grounds: tuple[str, ...]  # 在2010年增长的｜基础上
    compared_alone: tuple[str, ...]  # 2010年｜相比, whatever stands in front
    compared_leads: tuple[str, ...]  # 按2010年价格｜计算，: for the next clause too
    prices: tuple[str, ...]  # 按2010年｜价格
    presents: tuple[str, ...]  # 今年｜是｜……之年: what a year is, and not when
    present_ends: tuple[str, ...]
    as_of: tuple[str, ...]  # 截至｜2019年: holds up to the next time
    until: tuple[str, ...]  # stand before a year and belong to it
    events: tuple[str, ...]  # 2030年｜运动会: names one
    plan_making: tuple[str, ...]  # before a plan's number: the plan is meant, and not its years: 编制｜“十四五”规划
    plan_names: tuple[str, ...]  # the same after it: “十四五”｜专项规划
    plan_spans: tuple[str, ...]  # stand after a five-year plan and belong to it: “十四五”时期
    after: tuple[str, ...]  # stand after a time and belong to it: 2012年以来
    averages: tuple[str, ...]  # 年均
    earlier: tuple[str, ...]  # 2000年｜以前建成: no time of it
    brought_forward: tuple[str, ...]  # 上年｜结余: what an amount is called, and no time
    not_averages: tuple[str, ...]  # after it: 年均｜浓度 is of one year
    not_averages_before: tuple[str, ...]  # 全｜年平均
    firsts: tuple[str, ...]  # 近十年来投入｜首次超过: how far a superlative goes
    schemes: tuple[str, ...]  # 三年提升｜行动: the name of a programme
    spending: tuple[str, ...]  # 用三年｜时间: up to the next ；
    changes: tuple[str, ...]  # 近三年｜提高5个百分点: for what has changed alone
    plan_reached: tuple[str, ...]  # 完成｜“十四五”减排任务
    plan_ends: tuple[str, ...]  # “十四五”｜规划
    plan_goals: tuple[str, ...]  # “十四五”目标｜是
    sums: tuple[str, ...]  # 是2015年到2019年｜总和｜的1.7倍
    plan_things: tuple[str, ...]  # “十四五”技改｜工程, inside a clause
    tellers: tuple[str, ...]  # 该局负责人介绍说，｜今年
    turning: tuple[str, ...]  # 回首｜过去五年
    average_basis: str  # what they all say
    parts_of: tuple[str, ...]  # 其中: what a sentence opens with that goes on with the one before
    running: tuple[str, ...]  # 连续三年
    running_units: tuple[str, ...]  # 连续四个｜季度: what is counted so besides years


class Mood(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells a result from a target."""

    target: tuple[str, ...]
    strong_target: tuple[str, ...]  # targets even in a part that looks back
    not_strong: tuple[str, ...]  # before such a word: 高于｜预期目标
    not_strong_after: tuple[str, ...]  # after it: 预期目标｜以内
    expected: tuple[str, ...]  # 2025年｜预计: of that year, whatever its part looks at
    intended: tuple[str, ...]  # verbs that are: 拟建
    done: tuple[str, ...]
    finished: tuple[str, ...]  # in the number's own clause: done, even in a part that plans
    standing: tuple[str, ...]  # 现有｜48个: the same right before the number
    not_aspect: tuple[str, ...]  # 为｜了, 除｜了: not the 了 of what is done
    will: tuple[str, ...]  # 2031年｜将……: ahead, in a part that looks back
    next_steps: tuple[str, ...]  # with these a sentence opens that tells what is to be done
    shall: tuple[str, ...]  # of them those that lead all verbs after them
    not_will_before: tuple[str, ...]  # 及时｜将
    not_will_after: tuple[str, ...]  # 将｜近
    against_goal: tuple[str, ...]  # 比｜预期目标多4万人: a target only compared with
    joined_goal: tuple[str, ...]  # 全力争｜取: not 力争
    achieved: tuple[str, ...]  # the same with 了: 完成｜了
    exceeds: tuple[str, ...]  # 超额完成｜40所的年度任务
    aims: tuple[str, ...]  # 已确定翻一番｜的｜目标: what is to be done after all
    not_plan_after: tuple[str, ...]  # 计划｜管理
    yardsticks: tuple[str, ...]  # 超过｜计划规定｜增长5%: what was to be reached
    planned: tuple[str, ...]  # 计划为8亿元，实际完成9亿元: what stands before a figure of the plan
    planned_leads: tuple[str, ...]  # … between it and the figure
    outcomes: tuple[str, ...]  # … and what opens the clause that tells what came of it
    yardstick_rates: tuple[str, ...]  # the same with its verb: 超过计划增长｜4%
    budgets: tuple[str, ...]  # 财政支出｜年初预算8亿元: what a plan of it is named by
    met: tuple[str, ...]  # 完成｜收入任务8亿元: what was reached
    approved: tuple[str, ...]  # 批准｜的年初预算为：收入8亿元，支出9亿元
    adjusted: tuple[str, ...]  # 收入预算由8亿元｜调整为｜9亿元
    leads: tuple[str, ...]  # between such a word and its number
    lacking: tuple[str, ...]  # 10%的村｜尚未｜通公路: how it is


class Headline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences in which a report states its main targets, or its main results."""

    kinds: tuple[str, ...]  # 主要｜目标
    goals: tuple[str, ...]
    between: tuple[str, ...]  # 发展目标｜任务｜是
    links: tuple[str, ...]  # 目标｜是
    not_set: tuple[str, ...]  # before them: 完成｜预期目标
    not_stated: tuple[str, ...]  # after them: 主要指标｜持续向好
    listed: tuple[str, ...]  # what a paragraph opens with that goes on with a list
    indicators: tuple[str, ...]  # of an economy as a whole


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that spread one verb or one number over several things, or take a part of one."""

    respectively: tuple[str, ...]
    each: tuple[str, ...]
    whole: tuple[str, ...]  # names of things of which no part is shared: 二氧化硫｜排放量
    part: str  # 其中
    livestock: tuple[str, ...]  # 猪、牛、羊、家禽｜出栏
    links: tuple[str, ...]  # hedges between the numbers of a list: 6亿元和｜约3亿元
    owner_ends: tuple[str, ...]  # end whose it is, said before the first of a list only: 省属企业｜营业收入、利润
    trades: tuple[str, ...]  # 对甲国、乙国｜进出口
    owner_areas: tuple[str, ...]
    whose: tuple[str, ...]  # 高血压、糖尿病｜患者｜管理率
    counts: tuple[str, ...]  # 校园火灾｜起数和受伤人数
    amounts: tuple[str, ...]  # 外包合同金额、执行｜金额
    speeds: tuple[str, ...]  # how fast measures grow, which a list names once: 财政收入、居民收入｜增速
    reached: tuple[str, ...]  # 分别｜达到｜全县产量的2倍
    settlements: tuple[str, ...]  # 37个｜生产队，1198户
    strongest: tuple[str, ...]  # 全国｜百强区
    how_many: tuple[str, ...]  # 法人单位｜数量
    apart: tuple[str, ...]  # 东部地区人口，中部｜地区
    yields: tuple[str, ...]  # 苹果面积、｜产量
    paid_for: tuple[str, ...]  # 集中供养标准，分散｜供养
    one_names: tuple[str, ...]  # 电力、热力、燃气及水｜生产和供应业
    sorts: tuple[str, ...]  # 三个｜行业｜投资
    ratios: tuple[str, ...]  # of a share: 产值｜占农业总产值比重


class Rank(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands around a place in a ranking."""

    long_verbs: tuple[str, ...]  # 位列｜全国夜间经济影响力城市｜第三
    among: tuple[str, ...]  # 在｜15个城市中名列第一
    verbs: tuple[str, ...]  # before a place in a ranking, whatever it is a ranking of
    scopes: tuple[str, ...]


class Areas(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells a place within the report's at the head of an item: 其中滨海新区增长20%."""

    alone: tuple[str, ...]  # are names by themselves: 兵团
    zones: tuple[str, ...]  # end a name wherever it stands
    units: tuple[str, ...]  # end the name of a part after 其中
    other: tuple[str, ...]  # end like a name and are none: 城市, 山区
    general: tuple[str, ...]  # in what looks like a name: a sort of place, or a verb before it
    not_before: tuple[str, ...]  # after 市, 县 and the like make another word of it: 市｜属


class Classes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells a number that only sets a class: 亿元以上项目2000个."""

    counted_of: tuple[str, ...]  # 就业人员10万｜人｜事故死亡率2.19: of how many a rate is
    rated: tuple[str, ...]
    capacities: tuple[str, ...]  # units that name works by what they can do: 40万｜吨｜炼钢等一批项目
    summing: tuple[str, ...]
    summed: tuple[str, ...]
    stuff: tuple[str, ...]  # what money, area and power themselves are: 5亿元以上资金 states an amount
    counted_by: tuple[str, ...]  # between the class and the number that counts it
    graded: tuple[str, ...]  # what is sorted by class: 三类｜水质
    over: tuple[str, ...]  # 投资｜过｜亿元项目
    of_which: tuple[str, ...]  # 100家以上的｜有｜20个
    herds: tuple[str, ...]  # 存栏50头以上｜养殖户
    sizes: tuple[str, ...]  # units by which a place is sorted: 30户以上｜自然村
    settled: tuple[str, ...]
    units: tuple[str, ...]  # of people and things by age and grade, which are counted themselves
    points: tuple[str, ...]  # of what people reached in a contest: 600｜分｜以上87人
    aged: tuple[str, ...]  # 0—14岁｜人口: what a span of years of age sorts


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words in the heads of a data table; markers.toml has those by which a table is known."""

    totals: tuple[str, ...]  # rows that sum up and tell nothing apart
    reached: tuple[str, ...]  # 完成预算（%）: a number in per cent of another
    falling: tuple[str, ...]  # 比上年下降: what is printed is the fall
    previous_ends: tuple[str, ...]  # 上年｜完成｜数


class Checks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the cross-checks know of items."""

    totals: tuple[str, ...]  # rows that sum up the parts above or below them
    not_additive: tuple[str, ...]  # of these a part may be more than the whole: an average, a price
    yearly: tuple[str, ...]  # comparisons with the year before
    areas: tuple[str, ...]  # say no more than that the whole place is meant
    other_terms: tuple[str, ...]  # on other terms than the table's: 名义, 可比


class Doubtful(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by which a reading shows that it may be wrong."""

    first: tuple[str, ...]  # begin no noun phrase: an item that begins so has kept what leads in
    first_kept: tuple[str, ...]  # words that begin like one of them
    last: tuple[str, ...]
    last_kept: tuple[str, ...]
    joint: tuple[str, ...]  # words with 和, 及 or 与 that join nothing, and names that hold them
    abstract: tuple[str, ...]  # name nothing that has an amount
    enough: tuple[str, ...]  # measures that say enough by themselves
    unowned: tuple[str, ...]  # before a measure: they say which amount, and not of what
    unowned_measures: tuple[str, ...]
    classes: tuple[str, ...]  # units that rather sort than count: 三类, 五级
    works: tuple[str, ...]  # end a noun after a number that may count the works or what they are done to
    paid: tuple[str, ...]  # with people: whose money it is, and no measure of it
    ratios: tuple[str, ...]  # units of a share or a change
    rates: tuple[str, ...]  # end an item that a percentage may be of, as the measures do
    yearly: tuple[str, ...]  # a rate of several years
    reckoned: tuple[str, ...]  # end a clause that says how the next number is reckoned


class FactWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    change: Change
    predicate: Predicate
    item: Item
    time: Time
    mood: Mood
    headline: Headline
    share: Share
    rank: Rank
    areas: Areas
    classes: Classes
    columns: Columns
    checks: Checks
    doubts: Doubtful
