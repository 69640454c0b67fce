"""What a number takes from a whole or a thing before it: parts, and what was done to so many.

其中: numbers that are parts of one before them, 新增就业3万人，其中｜高校毕业生1万人，返乡农民2万人.

A clause that opens with 其中 begins the parts of its sentence; they go on to the next ；, or to the end of a sentence
that 其中 opens or that lists them after 其中：, as long as a number says the same of another part, or something more of
the part before. Their whole is what was said before 其中: its level where it has one. Where the whole says what is
measured and the parts only whose it is, they share the measure: 农产品生产价格上涨4.4%，其中谷物｜上涨2.3%. Rows of a
data table are table/parts.py's.

A part may also be a place within the report's: `find_subject` names it.

Reports of conferences, congresses and courts name a thing once and then say what became of it. Three forms:

- a verb of handling alone: 收到提案98件，经审查｜立案｜76件. `find_handled` joins the verb and the thing;
- a part of it with its predicate after the number: 其中11篇｜得到批示. `find_subset` joins the thing and the predicate;
- a part of it that 的 tells from the rest: 连同旧存的｜18件. `find_of_whole` joins that and the thing.

The thing is what was last counted in the same unit in the sentence, brackets and such parts aside; else what the clause
before names, where it is one that is handled; else the only such count of the sentence before.
"""

from __future__ import annotations

from typing import Final

from qjreport.fact.draft import Draft
from qjreport.fact.prose.nouns import MARKS, find_clause_noun, read_subject
from qjreport.fact.prose.sentence import Number, Sentence
from qjreport.fact.prose.vocabulary import ActWords, AreaWords, ChoiceWords
from qjreport.fact.status import Settled
from qjreport.model import FactKind, Quantity
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import ROUND_CLOSING, ROUND_OPENING, is_aside

HARD: Final = "；;"
LISTING: Final = frozenset("：:")
HOUSEHOLDS: Final = frozenset(("户",))
BED: Final = "张"
BEDS: Final = ("床", "床位")
DIVIDING: Final = frozenset("分按从")  # the first characters of what divides: 分产业看，
TRADE: Final = "业"
DIVIDED: Final = compile_re(r"[分按从](?P<by>[^，,；：。\d]{1,10})[看分][，,：:]")
# A part whose name is longer says itself what is measured.
LONGEST_PART: Final = 14
LOOK_BACK: Final = 3
OPENING: Final = 5  # characters, such as a marker, before the 其中 that opens a sentence
RATES: Final = frozenset(("%", "‰", "个百分点"))
CHANGES: Final = RATES | {"倍"}
SHARES: Final = frozenset(("%", "‰", ""))
# A thing and what is said of it are no longer; what is longer is a sentence of its own.
LONGEST_SHARE: Final = 30
# The clause right before a number, and no other, may name the thing.
WHOLE_ACT: Final = 4  # characters of an act that stands for itself: 立案查处
LONGEST_GAP: Final = 16
# How many numbers the sentence before may have for its only count to be what is meant.
NUMBERS_BACK: Final = 6
LEAST_THING: Final = 2
SHORTEST_ROOT: Final = 3  # characters of a thing, without what was done to it at its end
SUMMED: Final = "累计"
AMOUNT: Final = "量"
AVERAGED: Final = "人均"
AS: Final = "作为"
EVERY_SORT: Final = "各类"  # 各类案件90件，民事｜61件
EACH: Final = ("平均", "每")
# 经提案委员会审查｜立案, 经审查后（含上期积存）｜批准逮捕
GRADED: Final = "级"
BY: Final = "由"
TOWARDS: Final = frozenset("向对为由")
PUT: Final = ("书面", "提出")  # 书面提出｜纠正意见
SUCCEEDED: Final = "成功"
SEMICOLON: Final = compile_re("[；;]")
EXAMINED: Final = compile_re(r"经[^，；]{0,12}审[查核]后?(?:[（(][^（）()]*[）)])?")
PAIRING: Final = frozenset("、和")  # 立案、｜撤案
SILENT: Final = frozenset(("status.default", "status.heading"))  # the sentence itself says nothing of a plan
OF_NOTHING: Final = compile_re(r"的(?:[（(][^（）()]{1,6}[）)])?[有占为共]?\Z")
OF_REACH: Final = 10  # characters in front of a number that it looks at
OF_IT: Final = "的"


def follow_parts(number: Number) -> None:
    """Note where the parts of a whole begin, and where they end."""
    sentence, drafts = number.sentence, number.sentence.drafts
    start = drafts[-1].end if len(drafts) > sentence.first else sentence.start
    between = sentence.text[start : number.start]
    if number.tools.part in between and number.tools.patterns.share.part.search(between):
        sentence.parts = len(drafts)
        sentence.parts_listed = between[between.rfind(number.tools.part) + len(number.tools.part) :][:1] in LISTING
    elif sentence.parts > sentence.first and not sentence.parts_listed and any(mark in between for mark in HARD):
        sentence.parts = -1  # where 其中 opens the sentence, all of it are parts
    elif 0 <= sentence.parts < len(drafts) and is_aside(sentence.text, drafts[sentence.parts].end, number.start):
        sentence.parts = -1  # 茶园6万亩（其中有机茶园2万亩），竹林｜3万亩


def find_whole(sentence: Sentence, quantity: Quantity, kind: FactKind, item: str, words: ChoiceWords) -> int | None:
    """The draft that a number is a part of; None where it is none.

    It is the last level before 其中 in the same unit, else the last level, else what was said last. A change is no
    part of another thing's level: 进口额8亿美元，出口额增长37%，其中茶叶出口额｜增长58% is a part of the growth.
    """
    drafts, parts, text = sentence.drafts, sentence.parts, sentence.text
    if len(drafts) > parts:
        first, last, own = drafts[parts], drafts[-1], words.measure.before(item)
        bare = own == item and words.measure.before(first.item) == first.item  # 其中出口9亿元；｜进口6亿元
        alike = is_alike(first, quantity.unit, kind) and (not own or bare or first.item.endswith(own))
        if item != last.item and not alike:
            if parts > sentence.first:  # a sentence that 其中 opens goes on with the next part
                sentence.parts = -1
            return None
    start = quantity.start
    before = [place for place in list_before(sentence) if not is_aside(text, drafts[place].end, start)]
    before = [place for place in before if not drafts[place].beside]
    if not before:
        return None
    levels = [place for place in before if drafts[place].kind == "level"]
    same = [place for place in levels if drafts[place].unit == quantity.unit]
    if kind != "level":
        levels = [place for place in levels if drafts[place].item == drafts[before[-1]].item]
    return (same or levels or before)[-1]


def plans_whole(when: Settled, whole: Draft) -> bool:
    """Whether a part is planned since its whole is: 计划新建12座，其中｜泵站5座, where nothing says that it is done."""
    return (
        whole.status == "target"
        and when.status == "actual"
        and when.status_rule in SILENT
        and when.period == whole.period
    )


def list_before(sentence: Sentence) -> list[int]:
    """The drafts that 其中 may look back on: those of its sentence, else the last ones of the sentence before."""
    parts = sentence.parts
    if parts == sentence.first and sentence.part_at - sentence.start > OPENING:
        return []  # 产量稳步增长，其中｜白酒40万千升
    return list(range(sentence.first if parts > sentence.first else max(0, parts - LOOK_BACK), parts))


def find_subject(item: str, part: bool, area: str, words: AreaWords) -> str | None:
    """The place that an item begins with, where it is not the report's: 滨海新区｜增加值; None for the whole place.

    Of 区, 县, 市 and the like, which end many other words, only a part after 其中 is taken.
    """
    if not any(end in item for end in words.ends):
        return None
    match = words.zone.match(item) or (words.area.match(item) if part else None)
    if match is None or match[0].endswith(words.other) or words.general.search(match[0]) or match[0] in area:
        return None
    return match[0]


YIELDS: Final = frozenset(("mass", "area", "volume", "energy"))


def share_measure(number: Number) -> str:
    """What a part has its name from: 其中谷物｜2.3% → 谷物生产价格; "" where it needs nothing, or nothing is shared."""
    sentence, words, subject = number.sentence, number.words, number.subject
    if named := share_level(number):
        return named
    if number.unit in words.person_units or number.unit == BED:
        return share_people(number)
    trade = number.money and not number.predicate.verb and subject[-1:] == TRADE  # 零售额9亿元，其中餐饮业｜2亿元
    yields = number.dimension in YIELDS and not number.predicate.verb  # 粮食产量9万吨，其中稻谷｜8万吨
    if (
        not (number.unit in RATES or trade or yields)
        or not 2 <= len(subject) <= LONGEST_PART
        or names_measure(subject, words)
    ):
        return ""
    kind, unit, drafts = number.predicate.kind, number.unit, sentence.drafts
    same = [drafts[place] for place in list_before(sentence) if is_alike(drafts[place], unit, kind)]
    if not same:
        return ""
    whole = same[-1].item
    measure = find_measure(whole, words)
    return subject + measure if measure else ""


def share_level(number: Number) -> str:
    """What is counted, where a part says only which place has it: 低保对象310户，其中市本级｜120户, 河东区｜80户."""
    sentence, subject = number.sentence, number.subject
    own = subject.endswith(number.tools.patterns.acts.own_levels) and len(subject) <= SHORTEST_ROOT + 1
    areas = number.tools.patterns.areas
    named = number.unit not in RATES and not subject.startswith(number.tools.part)
    if not own and not (named and find_subject(subject, True, "", areas) == subject):
        return ""
    same = [
        sentence.drafts[place].item for place in list_before(sentence) if sentence.drafts[place].unit == number.unit
    ]
    if not same or subject in same[-1]:
        return ""
    return subject + same[-1].removeprefix(find_subject(same[-1], True, "", areas) or "")


def share_flow(number: Number) -> str:
    """Who are new of what is new: 新增就业人员9万人，其中女性｜新增｜3万人 → 女性新增就业人员; "" for none."""
    verb, sentence, subject = number.predicate.verb, number.sentence, number.subject
    if "新" not in verb or not subject or len(subject) > SHORTEST_ROOT + 1:
        return ""
    unit = number.quantity.unit
    wholes = [sentence.drafts[place].item for place in list_before(sentence) if sentence.drafts[place].unit == unit]
    at = wholes[-1].find(verb) if wholes else -1
    return (
        subject + wholes[-1][at:] if at >= 0 and subject not in wholes[-1] and len(wholes[-1]) - at > len(verb) else ""
    )


def share_people(number: Number) -> str:
    """Who are counted, where a part says only at what they are: 卫生技术人员9万人，其中医院｜6万人; "" for none."""
    sentence, subject, owning = number.sentence, number.subject, number.tools.patterns.acts.owning
    if whole := share_flow(number):
        return whole
    unit = number.quantity.unit
    owns = not subject.endswith(BEDS) if unit == BED else owning.before(subject)  # 床位90张，其中村卫生室｜6张
    if unit in HOUSEHOLDS or not owns or len(subject) > LONGEST_PART:
        return ""
    first = sentence.drafts[sentence.parts] if len(sentence.drafts) > sentence.parts else None
    if first is not None and first.unit == unit and (own := number.tools.patterns.acts.owned.before(first.item)):
        return subject + own  # 其中小学｜在校生｜9万人，初中｜6万人
    people = [sentence.drafts[place].item for place in list_before(sentence) if sentence.drafts[place].unit == unit]
    whole = people[-1] if people else ""
    if unit == BED:
        whole = number.tools.patterns.acts.owned.before(whole)  # 卫生机构床位5千张，其中医院｜4千张
    return subject + whole if whole and not owning.before(whole) and subject not in whole else ""


def share_sibling(number: Number) -> str:
    """What a thing beside another has its name from: 采矿业增加值增长3%，制造业｜5% → 制造业增加值; "" for none.

    Asked of numbers that say by how much something changed, and of the amounts of trades. Both are things of one sort,
    and their names end alike; where the sentence says by what it divides what the one before it measures, they need
    not: 投资增长6%。分领域看，制造业｜9%.
    """
    sentence, words, subject, drafts = number.sentence, number.words, number.subject, number.sentence.drafts
    if subject.endswith(number.tools.patterns.share.apart_ends) and (named := share_apart(number)):
        return named
    if len(drafts) > sentence.first and drafts[sentence.first].kind == "rank" and (named := share_foremost(number)):
        return named
    one = names_trade(subject, number.tools.patterns.share.one_names)
    if not one and not 2 <= len(subject) <= LONGEST_PART:
        return ""
    if (not one and names_measure(subject, words)) or words.measure_head.before(subject):
        return ""
    opens = sentence.text[sentence.start] in DIVIDING
    divided = DIVIDED.match(sentence.text, sentence.start) if opens else None
    if divided is not None and (named := words.shared.before(divided["by"].removesuffix("来").removesuffix("情况"))):
        return subject + named  # 从产品产量看，铝材｜增长8%
    near = drafts[sentence.first :][-1:] if divided is None else drafts[max(0, sentence.first - LOOK_BACK) :]
    for draft in reversed(near):
        changed = draft.kind != "level" and draft.unit in RATES
        if changed or (divided is not None and number.money and draft.unit == number.unit):
            measure = find_measure(draft.item, words)
            owner = draft.item.removesuffix(measure)
            alike = divided is not None or owner[-1:] == subject[-1]
            return subject + measure if measure and alike and owner != subject else ""
    return ""


def share_apart(number: Number) -> str:
    """东部地区人口占四成，中部地区｜占两成 → 中部地区人口: what the one beside it has, told apart by whose; else ""."""
    sentence, subject, words = number.sentence, number.subject, number.tools.patterns.share
    end = next((end for end in words.apart_ends if subject.endswith(end)), "")
    if not end or len(subject) > (LONGEST_PAID if end in words.paid_for else LONGEST_PART):
        return ""
    for draft in reversed(sentence.drafts[sentence.first :]):
        front = sentence.text[sentence.clause_start(draft.start) : draft.start]
        if not is_alike(draft, number.unit, number.predicate.kind) or end not in front or front.startswith(subject):
            continue
        if end in words.paid_for and not number.money:
            return ""
        measure = draft.item.rpartition(end)[2]
        return subject + measure if measure and measure not in subject else ""
    return ""


def lists_foremost(number: Number) -> Draft | None:
    """The place in a ranking after which the numbers of a list say who has it: 居前三位的行业是：制造业｜9个."""
    drafts, text = number.sentence.drafts[number.sentence.first :], number.sentence.text
    foremost = drafts[0] if drafts and drafts[0].kind == "rank" else None
    return foremost if foremost is not None and WHO_THEY_ARE.match(text, foremost.end) else None


def share_foremost(number: Number) -> str:
    """法人单位数量居前三位的行业是：制造业｜9个 → 制造业法人单位; "" where no such list goes on."""
    foremost, sentence, subject = lists_foremost(number), number.sentence, number.subject
    if foremost is None or number.predicate.kind != "level" or number.unit in RATES or not number.quantity.unit:
        return ""
    among = AMONG_ALL.search(sentence.text, sentence.start, foremost.start)
    who = WHO_THEY_ARE.match(sentence.text, foremost.end)
    measure = among[1] if among is not None else foremost.item.removeprefix(who[1] if who is not None else "")
    for end in number.tools.patterns.share.how_many:
        measure = measure.removesuffix(end)
    named = names_measure(subject, number.words) or measure in subject or subject in measure
    return "" if named or len(subject) > LONGEST_PART else subject + measure


WHO_THEY_ARE: Final = compile_re(r"的([^，；：。\d]{2,6}?)(?:分别|依次)?[是为]")
AMONG_ALL: Final = compile_re(r"(?:\A|(?<=[，。；]))在?([^，；：。\d]{2,16})中，")
LONGEST_PAID: Final = 6  # 城市分散供养


def names_trade(subject: str, ends: tuple[str, ...]) -> bool:
    """Whether 、 stands inside one name: 批发、零售贸易业; but 批发业、｜零售业."""
    return "、" in subject and subject.endswith(ends) and subject.partition("、")[0][-1:] != TRADE


def is_alike(draft: Draft, unit: str, kind: FactKind) -> bool:
    """Whether a number says the same of its thing: how much it is, or how much it changed."""
    changes = kind in ("increase", "decrease")
    return draft.unit == unit and (draft.kind in ("increase", "decrease") if changes else draft.kind == kind)


def names_measure(subject: str, words: ChoiceWords) -> bool:
    """Whether a part says itself what is measured of it, or is a list."""
    return bool(
        "、" in subject or words.measure.before(subject) or words.nominal.before(subject) or words.facet.before(subject)
    )


def find_measure(whole: str, words: ChoiceWords) -> str:
    """What is measured, at the end of an item: 农产品｜生产价格; "" where it names a thing."""
    start = len(whole) - len(words.shared.before(whole))
    if start == len(whole):
        return ""
    while word := words.measure_head.before(whole, start):
        start -= len(word)
    return whole[start:]


# What was done to so many of a thing, and what is said of a part of it.


def find_handled(number: Number) -> tuple[str, ...]:
    """收到提案1028件，经审查｜立案｜896件 → 立案提案."""
    words, subject = number.tools.patterns.acts, number.predicate.subject.strip(MARKS).removeprefix(number.tools.part)
    done, last = words.handled_end.before(subject), number.last
    if not done:
        return ()
    if last is not None and "被" in last.item and last.item.endswith(done) and last.unit == number.unit:
        return (last.item.partition("被")[0] + "被" + subject,)  # 信息被省采用3条，｜市采用｜28条
    if number.money:
        return find_handled_money(number, subject)
    if not number.thing:
        # 已整改｜九成以上
        whole = number.unit in SHARES and not number.predicate.verb and words.only_handled.cover(subject)
        return (find_whole_item(number) + subject,) if whole and number.last is not None else ()
    act = cut_acts(subject, words)
    if not act:
        return ()
    if act + SUCCEEDED in words.handled.words and number.sentence.text.endswith(act + SUCCEEDED, 0, number.start):
        act += SUCCEEDED  # 调解｜成功｜4560件
    own = words.bodies.before(act, len(act) - len(done)) != ""
    root = find_counted(number, own)
    root = number.words.newly.sub("", root)  # 新增低保4户，退出｜2户
    root = leave_intake(number, root)
    root = find_case(number, act, root)
    if root in words.handled.words:
        return ()  # 约谈5人，｜问责｜8人: no thing was named
    if act in words.remains:
        root = words.handled_things.before(root) or root  # 旧存的案件
    if not root and len(act) >= WHOLE_ACT:
        return (act,)  # 制止违章建筑31起，立案查处｜600余件; 经审查批准逮捕｜36件; 移送司法机关｜6人
    people = number.unit in number.words.person_units and number.unit not in HOUSEHOLDS
    if people and root and counts_otherwise(number, root):
        root = ""
    if words.bodies.before(root):
        return (join_doer(number, root, act, people),)
    if not root:
        return ()
    doer, thing = ("", root) if own else split_doer(number, root)
    act = say_going(subject, act.removeprefix(BY))  # 重点提案9件，由｜主席领办｜3件
    return (doer + act + thing.removeprefix(act[-LEAST_THING:]),)  # 申请再审案件9件，裁定再审｜3件


GOING: Final = "正在"


def say_going(subject: str, act: str) -> str:
    """提案120件，｜正在办理｜20件, which is not what has been done yet."""
    return GOING + act if subject.endswith(GOING + act) else act


TAKEN_IN: Final = compile_re(r"\A(?:\w{0,4}[院庭])?(?:新收\Z|收(?=\w*案件\Z))|(?<=案件)新收\Z")
CAME_IN: Final = "新收案件"


def leave_intake(number: Number, root: str) -> str:
    """Without how they came in: 法院收｜民事案件9件，审结8件; 诉讼案件9件，新收案件增加5%；结案｜8件 → 诉讼案件."""
    left = TAKEN_IN.sub("", root)
    if left != CAME_IN:
        return left
    acts, sentence = number.tools.patterns.acts, number.sentence
    drafts = [
        draft for draft in sentence.drafts[sentence.first :] if draft.unit == number.unit and draft.kind == "level"
    ]
    items = [draft.item for draft in reversed(drafts) if draft.item[:LEAST_THING] not in acts.remains]
    if not items or CAME_IN in items:
        return left  # 新收案件9件，审结｜8件
    return next((root for item in items if acts.handled_things.before(root := find_root(item, acts))), left)


def find_case(number: Number, act: str, root: str) -> str:
    """What goes to court: 公益诉讼案件98件，检察建议86件，起诉｜4件 → 公益诉讼案件; "" where only advice was given."""
    words, drafts = number.tools.patterns.acts, number.sentence.drafts[number.sentence.first :]
    if act not in words.tried or not root.endswith(words.advice):
        return root
    roots = [find_root(draft.item, words) for draft in reversed(drafts) if draft.kind == "level"]
    return next((root for root in roots if words.handled_things.before(root) and not root.endswith(words.advice)), "")


def join_doer(number: Number, root: str, act: str, people: bool) -> str:
    """What was done, and who did it: 监督公安机关立案36件、｜撤案｜58件; but 其中干部5人，｜留置｜4人."""
    if act[:LEAST_THING] == root[:LEAST_THING]:
        return act  # 监督公安机关立案9件，｜监督撤案｜6件
    if root.endswith(number.tools.patterns.acts.accused):
        return act + root  # 批捕盗窃犯罪嫌疑人8人，｜起诉｜9人
    last = number.last
    part = people and last is not None and last.part_of is not None and not last.item.endswith(GRADED)
    part = part and last is not None and SEMICOLON.search(number.sentence.text, last.end, number.start) is None
    return act if part else root + act


def counts_otherwise(number: Number, root: str) -> bool:
    """Whether people are only a second count of a thing: 违反规定问题32起45人，｜给予处分｜41人."""
    acts, people, drafts = number.tools.patterns.acts, number.words.person_units, number.sentence.drafts
    if acts.bodies.before(root) or acts.handled_things.before(root):
        return False
    return any(draft.item.endswith(root) and draft.unit not in people for draft in drafts[number.sentence.first :])


def is_second_count(number: Number, root: str) -> bool:
    """Whether people are counted, and the thing is one of cases: 贪污案件9件12人."""
    people, drafts = number.words.person_units, number.sentence.drafts[number.sentence.first :]
    cases = number.unit in people and number.tools.patterns.acts.handled_things.before(root) != ""
    return cases and any(draft.item.endswith(root) and draft.unit not in people for draft in drafts)


def split_doer(number: Number, root: str) -> tuple[str, str]:
    """Who did it, where the number before says it of one body, and to what: 市法院｜新收｜案件90件，｜办结80件."""
    last, words = number.last, number.tools.patterns.noun
    if last is not None and last.item.endswith(root) and "的" not in last.item:  # 委员反映的｜信息: a clause of its own
        own = last.item[:1] not in TOWARDS  # 向市政协｜报送｜信息9条，采用3条
        for match in words.agent.finditer(last.item, 0, len(last.item) - LEAST_THING if own else 0):
            end = match.end() + len(words.light.at(last.item, match.end()))
            if match.end() < end <= len(last.item) - LEAST_THING:
                return last.item[: match.end()], last.item[end:]
    return "", root


def find_handled_money(number: Number, subject: str) -> tuple[str, ...]:
    """违规收费9亿元，已｜上缴｜8亿元 → 上缴违规收费."""
    words, last = number.tools.patterns.acts, number.last
    if last is None or last.unit != number.unit or last.kind != "level" or number.predicate.verb:
        return ()
    if not words.only_handled.cover(subject) or not (act := cut_acts(subject, words)):
        return ()
    root = find_root(last.item, words)
    return (act + root,) if root and act not in root else ()


def find_of_whole(number: Number) -> tuple[str, ...]:
    """案件310件，连同旧存的｜18件 → 旧存的案件; 提案98件，经济建设类｜41件 → 经济建设类提案."""
    subject, sorts = number.subject, number.tools.patterns.acts.sorts
    headless = number.predicate.subject.endswith(OF_IT)
    if not number.thing or number.right.startswith(OF_IT):
        return ()
    if SIZED.fullmatch(subject) is not None and number.unit in number.words.person_units:
        return ()  # 人均结案280件，500件以上的｜3人
    aged = "以" in subject and CLASSED_ALONE.match(subject) is not None
    aged = aged or GRADED_AS.fullmatch(subject) is not None  # 危房改造127户，其中C级｜43户
    if not headless and not (aged or subject.endswith(sorts.ends) or subject in sorts.rest):
        return ()
    if subject in sorts.extremes:
        return (number.last.item + subject,) if number.last is not None else ()  # 人均结案274件，最多的｜402件
    named = ""
    if TOUCHING in subject and not headless:
        named, _, subject = subject.rpartition(TOUCHING)  # 提案内容涉及｜城建方面｜9件
        named = number.tools.patterns.acts.handled_things.before(named.removesuffix(CONTENT))
    root = named or find_whole_root(number, subject, headless)
    root = CLASSED_AS.sub("", root) if aged else root  # 80岁以上｜老人620人，其中90岁以上85人
    if headless:
        subject = join_or(number, subject)
        if is_second_count(number, root):
            return (subject,)  # 贪污案件9件12人，其中被告人原为县级干部的｜2人
    if not root or root in subject or (not headless and is_sibling(number, root)):
        return ()
    return (f"{subject}的{root}" if headless else subject + root.removeprefix(EVERY_SORT),)


def find_whole_root(number: Number, subject: str, headless: bool) -> str:
    """What was counted as a whole, without what tells a part beside this one: 经济建设类｜提案."""
    sorts = number.tools.patterns.acts.sorts
    root = find_counted(number, whole=headless) or find_parted(number) or (find_topical(number) if headless else "")
    root = AT_SESSION.sub("", root) if "届" in root else root
    for sort in () if headless else (*sorts.ends, *sorts.rest):
        root = root.rpartition(sort)[2]
    return find_left(number) or root if subject in sorts.left else root


GRADED_AS: Final = compile_re("[A-EＡ-Ｅ甲乙丙丁]级")
# Of what age, or what sum: 90岁以上｜85人, 投资10亿元以上｜3个.
CLASS: Final = r"(?:\d{1,3}(?:周?岁|分)|[^\W\d以]{0,4}?[\d.一二两三四五六七八九十百千万亿]+元)(?:及)?以[上下]"
CLASSED_AS: Final = compile_re(rf"\A{CLASS}的?")
CLASSED_ALONE: Final = compile_re(rf"{CLASS}\Z")
TOUCHING: Final = "涉及"
CONTENT: Final = "内容"
# 县八届人大三次会议｜代表建议
AT_SESSION: Final = compile_re(
    r"\A\w?[一二三四五六七八九十]{1,3}届\w{0,6}[一二三四五六七八九十]{1,3}次\w{0,2}会议(?=\w{2})"
)
OR: Final = "或"


def join_or(number: Number, subject: str) -> str:
    """已经解决或基本解决，或已通过其他途径｜解决的｜9件: with what a clause before says beside it."""
    sentence = number.sentence
    before = sentence.clause_before(number.clause) if number.predicate.subject.lstrip(MARKS)[:1] == OR else None
    if before is None or (number.last is not None and number.last.end > before[0]):
        return subject
    first = read_subject(sentence.text[slice(*before)], number.tools.patterns.noun, headless=True)
    return first + OR + subject if first else subject


def is_sibling(number: Number, root: str) -> bool:
    """Whether what was counted stands beside the number in one list: 玉米7亩、｜豆类｜3亩."""
    last = number.last
    return last is not None and last.item == root and number.sentence.text[last.end] in PAIRING


def find_left(number: Number) -> str:
    """The whole that parts were told of: 卫生人员90人，其中医生50人，其他｜9人; "" where none is known."""
    sentence = number.sentence
    last = sentence.drafts[-1] if len(sentence.drafts) > sentence.first else None
    if last is None or last.part_of is None or last.unit != number.quantity.unit:
        return ""
    whole, texts = sentence.drafts[last.part_of], number.tools.patterns.acts.text_units
    return whole.item if whole.unit == last.unit or {whole.unit, last.unit} <= texts else ""  # 收到9份，其中……2件


def find_topical(number: Number) -> str:
    """The texts that the sentence or its heading is about: 从提案落实情况看，已落实的｜12件; "" for none."""
    words, sentence = number.tools.patterns.acts, number.sentence
    if number.quantity.unit not in words.text_units:
        return ""
    for text in (sentence.text[sentence.start : number.start], sentence.title):
        found = [(at, word) for word in words.handled_things.words if (at := text.rfind(word)) >= 0]
        found = [(at, word) for at, word in found if not text.endswith(SAID_IN_IT, 0, at)]
        if found:
            return max(found)[1]
    return ""


# 其中｜500件以上的｜3人: how many of what was counted before each of them has.
SIZED: Final = compile_re(r"[\d.]+[件起宗]以[上下]的?")
SAID_IN_IT: Final = "所提"  # 提案｜所提｜建议已被采纳的


def find_parted(number: Number) -> str:
    """The thing of which parts were counted before: 正在解决的38件，占30%；列入规划的｜9件; "" for none."""
    sentence, unit = number.sentence, number.quantity.unit
    for draft in reversed(sentence.drafts[sentence.first :]):
        if draft.unit == unit:
            start = draft.quantity.start
            _, of, root = draft.item.rpartition("的")
            parted = of and OF_NOTHING.search(sentence.text, max(0, start - OF_REACH), start) is not None
            return root if parted and len(root) <= LONGEST_PART else ""
    return ""


def cut_acts(subject: str, words: ActWords) -> str:
    """What is done, and by whom where that is said, without what else stands there: 经审查立案 → 立案; "" for none."""
    start = len(subject)
    while word := words.handled_end.before(subject, start):
        start -= len(word)
        if start and subject[start - 1] in PAIRING and words.handled_end.before(subject, start - 1):
            start -= 1
    if (words.bodies.before(subject, start) or subject.startswith(AS)) and "的" not in subject:
        return subject  # 委员督办, 作为来信转办
    return subject[start:] if words.only_handled.cover(subject) or EXAMINED.fullmatch(subject, 0, start) else ""


def find_counted(number: Number, own: bool = False, whole: bool = False) -> str:
    """The thing that was last counted in the same unit, or that the clause before names; "" for none.

    `own` where the act is that of a body of its own: 提案12件，区长领办2件，｜主席督办｜10件 is of 提案. `whole` where
    the number is a part of what was counted, and so is not larger: 孤儿4人，享受低保待遇的｜1066人.
    """
    sentence, unit, words = number.sentence, number.unit, number.tools.patterns.acts
    same = (unit, f"{unit}（次）", f"{unit}(次)")  # 信访156件（次），｜办结｜149件
    drafts = [draft for draft in sentence.drafts[-NUMBERS_BACK:] if draft.unit in same and draft.kind == "level"]
    here = [draft for draft in drafts if draft.start >= sentence.start and names_counted(number, draft)]
    apart = bool(here) and SEMICOLON.search(sentence.text, here[-1].end, number.clause) is not None
    if not here or apart or here[-1].end < number.clause - LONGEST_GAP:
        noun = find_clause_noun(number)
        if drafts:
            noun = noun.removeprefix(drafts[-1].quantity.quote)  # 交办的184件｜提案
        if words.handled_things.before(noun):
            return find_root(noun, words) or noun
    if not here and number.last is None:
        opens = number.clause == sentence.start
        wholes = [draft for draft in drafts if draft.part_of is None] if opens else drafts
        wholes = [draft for draft in wholes if not draft.named or names_counted(number, draft)]
        alike = len({find_root(draft.item, words) for draft in wholes}) == 1
        here = wholes if len(wholes) == 1 or (opens and alike) else []
        near = leave_earlier(drafts, sentence)
        things = {words.handled_things.before(draft.item) for draft in near if draft.part_of is None}
        if not here and len(things) == 1:
            return things.pop()  # 委员提案9件，专委会提案2件。｜按内容分
    if not here and unit in words.text_units:
        texts = [draft for draft in sentence.drafts[sentence.first :] if draft.unit in words.text_units]
        here = texts if len(texts) == len(sentence.drafts) - sentence.first else []  # 信息76条，报送｜18件
        here = [draft for draft in here if not draft.named or names_counted(number, draft)]
    if here and here[-1].part_of is not None:
        here = leave_parts(here, number, words)
    if whole:
        here = [draft for draft in here if draft.value >= (number.quantity.value or 0)]
    if whole and sentence.parts >= 0:
        wholes = [sentence.drafts[draft.part_of] for draft in here[-1:] if draft.part_of is not None]
        here = [draft for draft in wholes if draft.unit == unit] or here  # 其中孤儿户4户，享受低保的｜2户
    roots = [root for draft in reversed(here) if (root := find_root(draft.item, words))]
    return next((root for root in roots if not (own and words.bodies.before(root))), "")


def leave_earlier(drafts: list[Draft], sentence: Sentence) -> list[Draft]:
    """Those of the sentence before, where it has any: 转为建议9件。｜委员提案9件，专委会提案2件。｜按内容分."""
    stop = sentence.text.rfind("。", 0, max(0, sentence.start - 1))
    return [draft for draft in drafts if draft.start > stop] or drafts


def leave_parts(here: list[Draft], number: Number, words: ActWords) -> list[Draft]:
    """Without parts of another name than their whole's, or where the parts are told: what is said goes on of the whole.

    案件310件，其中纠纷90件，｜办结｜280件; 提案580件，其中委员提案470件；｜未立案的｜40件.
    """
    sentence, last = number.sentence, here[-1]
    whole = sentence.drafts[last.part_of or 0]
    if whole.start >= sentence.start and SEMICOLON.search(sentence.text, last.end, number.start) is not None:
        return [whole] if whole.unit == last.unit else here
    if last.item.endswith(GRADED) and whole.unit == last.unit:
        return [whole]  # 干部9人，其中乡科级6人，｜移送司法机关｜2人
    other = words.handled_things.before(whole.item)
    told = whole.unit == last.unit and whole.kind == "level" and last.unit in words.text_units
    if told and last.value < (number.quantity.value or 0) <= whole.value:
        return [whole]  # 提案98件，其中会后9件，｜立案｜90件
    return [whole] if other and whole.unit == last.unit and not last.item.endswith(other) else here


def names_counted(number: Number, draft: Draft) -> bool:
    """Whether a draft's item names a thing, outside of brackets: 案件310件, no 旧存的｜18件."""
    text, end, start = number.sentence.text, draft.end, number.start
    nothing = OF_NOTHING.search(text, max(0, draft.start - OF_REACH), draft.start) is not None
    nothing = nothing and not text.startswith(draft.item, end)  # 承办的｜146件提案
    return not nothing and not is_aside(text, end, start)


NEW: Final = "新"
CONCERNED: Final = "涉及"  # 涉及｜水库8座，完工6座


def find_root(item: str, words: ActWords) -> str:
    """The thing, without what was done to it: 立案｜提案, 信息｜被采用."""
    root = item.partition("被")[0]
    root = (root.rpartition("的")[2] or root).removeprefix(CONCERNED)
    start = at = 0
    while at < len(root) - 2:
        word = words.handled.at(root, at, guard=words.predicate_guard)
        if word and len(root) - at - len(word) >= 2:
            start = at + len(word)
            at = start = start + (root[start] in PAIRING)
        else:
            at += 1
    root = root[start:]
    if (act := words.handled_end.before(root)) and len(root) - len(act) >= SHORTEST_ROOT:
        root = root[: -len(act)].removesuffix(SUMMED)  # 保障性住房｜累计｜开工建设
        root = root.removesuffix(NEW) if len(root) >= SHORTEST_ROOT else root  # 工业项目｜新｜开工
    came = len(words.intake.before(root))
    if came and (len(root) - came >= SHORTEST_ROOT or words.bodies.before(root, len(root) - came)):
        root = root[:-came]  # 民事案件｜收案, 法院｜收案
    if root.endswith((AMOUNT, AVERAGED, *PUT)) or root.startswith(EACH):
        return ""  # 生猪饲养量9万头，每亩耕地2头，出栏｜6万头; 法官人均结案
    no_thing = words.only_handled.cover(root) or words.handled_end.before(root) or words.punished.before(root)
    return "" if no_thing or EXAMINED.fullmatch(root) else root


# What a part of a thing is singled out by.


def find_subset(number: Number) -> tuple[str, ...]:
    """调研报告17篇，其中11篇｜得到批示 → 调研报告得到批示; 提出的意见八成｜当场整改."""
    words, right = number.tools.patterns.acts, number.right.strip()
    if number.left.endswith(("中", "中，")) and (measured := find_growing(number, right)):
        return (measured,)
    if len(right) < 2 or not opens_predicate(right, words):
        return ()
    if number.predicate.verb not in words.had or not (said := end_subset(number, right)):
        return ()
    share = is_share(number)
    front = number.predicate.subject.strip(MARKS)
    if front in words.singled:
        whole = find_whole_item(number) if share or front or singles_out(number, right) else ""
        root = find_root(whole, words) or whole
    elif share and number.subject and not number.words.measure.before(number.subject) and "占" not in number.subject:
        root = number.subject
    elif joins_scheme(number, right):
        root = ""
    else:
        return ()
    if said.endswith(ROUND_CLOSING) and not any(mark in said for mark in ROUND_OPENING):
        said = said[:-1]  # （｜3条被市里采用）
    if (not root and not joins_scheme(number, right)) or len(root + said) > LONGEST_SHARE:
        return ()
    number.sentence.taken = max(number.sentence.taken, number.end + len(number.right))
    return (root + said,)


def say_of_part(number: Number, noun: str) -> str:
    """其中，68件｜提案所提问题｜已经解决，占50% → what is said of a part that is named again; "" of no part."""
    words, text = number.tools.patterns.acts, number.sentence.text
    front = number.predicate.subject.strip(MARKS)
    part = front in words.singled if front else TAKES_SHARE.match(text, number.clause_end) is not None
    if not part or not number.thing:
        return ""
    at = text.find(noun, number.end, number.clause_end)
    said = text[at + len(noun) : number.clause_end] if at >= 0 else ""
    said = said if any(mark in said for mark in ROUND_OPENING) else said.rstrip("".join(ROUND_CLOSING))
    alone = number.follower is None or number.follower.start >= number.clause_end
    told = alone and opens_predicate(said, words) and len(noun + said) <= LONGEST_SHARE
    return said if told else ""


TAKES_SHARE: Final = compile_re(r"，占\d")


def find_growing(number: Number, right: str) -> str:
    """20类商品中｜10类｜零售额实现增长 → 商品零售额实现增长: how so many of what was counted grew; "" for none."""
    last = number.last
    if (
        last is None
        or last.unit != number.unit
        or IN_ALL.fullmatch(number.sentence.text, last.end, number.start) is None
    ):
        return ""
    grown = number.tools.patterns.acts.grown.match(right)
    if grown is None or (number.quantity.value or 0) > last.value:
        return ""
    number.sentence.taken = max(number.sentence.taken, number.end + len(number.right))
    said = grown[0]
    return last.item + (said[LEAST_THING:] if last.item.endswith(said[:LEAST_THING]) else said)


IN_ALL: Final = compile_re(r"[^，；：。]{2,16}中，?")


def joins_scheme(number: Number, right: str) -> bool:
    """Whether people come under what follows: 农村有｜54万人｜纳入低保."""
    words = number.tools.patterns.acts
    told = number.predicate.verb in words.had and (number.predicate.verb or not number.subject)
    return bool(told) and number.unit in number.words.person_units and right.startswith(words.included)


def opens_predicate(text: str, words: ActWords) -> bool:
    if text.startswith("被"):
        return not words.kept.at(text)
    verb = words.predicates.at(text, guard=words.predicate_guard)
    return len(verb) > len(words.kept.at(text))  # 没有完成, but not 没有


def is_share(number: Number) -> bool:
    quantity = number.quantity
    return quantity.unit in SHARES and is_ratio(quantity) and not number.right.startswith("的")


def singles_out(number: Number, right: str) -> bool:
    """Whether a count without a noun is of a part: 提案23件中，｜15件转为信息; 5件｜被采纳."""
    last, quantity = number.last, number.quantity
    texts = number.tools.patterns.acts.text_units
    if last is None or not (
        last.unit == quantity.unit or (right.startswith("被") and {last.unit, number.unit} <= texts)
    ):
        return False  # 信息316篇，｜1条被采用
    if (quantity.value or 0) > last.value:
        return right.startswith("被") and "被" in last.item  # 4条｜被省、｜9条｜被市采用
    people = number.unit in number.words.person_units  # 100人参保，｜50人参加失业保险
    opens = number.start == number.clause > number.sentence.start and not people  # 重点提案7件，｜2件列入计划
    if last.part_of is not None and "被" in last.item and number.sentence.text.endswith("、", 0, number.start):
        return not people  # 其中2条被省里采用、｜1条获领导批示
    return right.startswith("被") or opens or "中，" in number.sentence.text[last.end : number.start]


def end_subset(number: Number, right: str) -> str:
    """What is said of the part: the clause's rest, or of a list its own words and the verb that the list shares."""
    follower = number.follower
    if follower is None or follower.start >= number.clause_end:
        return right
    if not right.startswith("被") or not right.endswith("、"):
        return ""
    acts = number.tools.patterns.acts.handled_end
    if acts.before(right, len(right) - 1):
        return right[:-1]  # 其中2条｜被省里采用、｜1条获领导批示: each has a verb of its own
    verb = acts.before(number.sentence.text, number.clause_end)
    return right[:-1] + verb if verb else ""


def find_whole_item(number: Number) -> str:
    """What a share is a part of: the thing that was last counted."""
    drafts = [] if number.last is None else number.sentence.drafts[number.sentence.first :]
    counted = [draft for draft in drafts if draft.kind == "level" and draft.unit not in SHARES]
    parts = [draft for draft in counted if tells_part(draft, counted)]  # 提案7件中，5件已落实，｜2件列入计划
    whole = [draft for draft in counted if draft not in parts] or counted
    if whole := [draft for draft in whole if draft.unit == number.unit] or whole:
        return whole[-1].item
    if number.last is not None:
        return ""
    words = number.tools.patterns.acts  # of the sentence before: 收到提案98件。全部办复
    roots = [find_root(draft.item, words) for draft in number.sentence.drafts[-NUMBERS_BACK:]]
    return next((root for root in reversed(roots) if words.handled_things.before(root)), "")


def tells_part(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether an item is that of an earlier number and what is said of a part of it."""
    return any(
        other.start < draft.start and draft.item.startswith(other.item) != (draft.item == other.item)
        for other in drafts
    )


def is_ratio(quantity: Quantity) -> bool:
    """Whether a number says how large a part is: 两成, 三分之一, but not 40万."""
    return quantity.unit != "" or (quantity.value is not None and quantity.value < 1)
