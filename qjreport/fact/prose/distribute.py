"""Lists that one verb or one number is spread over: A、B和C分别增长x、y和z; 一等奖、三等奖各1件.

`share_out` comes first for every number that 分别 governs, or that others follow with nothing but 、 and 和 between
them: a structure whose parts have names (三次产业), then the list in front, one thing for each number, then the
things of the numbers before (分别达到6亿元和3亿元，增长21%和22%). Where list and numbers do not match, that is said and
nothing is guessed. The rest splits a list and gives every part the head or the owner that the text says only once, for
item_choice.py as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from qjreport.fact.draft import Draft
from qjreport.fact.period import YEAR_LENGTH, measure_span
from qjreport.fact.prose.nouns import (
    ACHIEVED,
    FROM,
    cut_progress,
    find_earlier,
    find_topic,
    read_list,
    read_nominal,
    read_subject,
    trim_item,
)
from qjreport.fact.prose.parts import find_measure
from qjreport.fact.prose.sentence import Number, Sentence, Tools
from qjreport.fact.prose.vocabulary import Patterns, ShareWords
from qjreport.model import Diagnostic, Quantity
from qjreport.text.numerals import read_count
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import OPENING, is_aside, mark_inside

STRUCTURE: Final = 3
PAIR_OF: Final = 2
POINT: Final = "%"
CHANGED: Final = frozenset(("increase", "decrease"))
SEMICOLON: Final = compile_re("[；;]")
NUMERALS: Final = frozenset("一二三四五")
SHORT_NAME: Final = 2
CONTRIBUTION: Final = "贡献率"
PORTION: Final = "占比"
RATES: Final = frozenset(("%", "‰"))
CHANGES: Final = frozenset(("%", "个百分点"))  # 分别上升6%、下降3%和｜上升1个百分点
ALL: Final = "总"  # 总数, 总量
LONGEST_FACET: Final = 4  # characters of what is measured of the things that a clause before lists: 出口
LONGEST_NAMED: Final = 4  # characters of an amount and what it is named by: 执行金额
LONGEST_OWNER: Final = 8  # characters of a thing before 的 and what all of its list share
LONGEST_LIST: Final = 30  # numbers that one 分别 governs; reports have up to about ten
NEXT_NUMBER: Final = compile_re(r"[、和及与][\d一二两三四五六七八九十百千半数几]")
BOUNDED: Final = compile_re(r"\A及?以[上下]")  # 0—14岁、60岁｜及以上｜人口
THAN: Final = ("较", "比")
AGED: Final = compile_re(r"\d+(?:[—–-]\d+)?周?岁(?:及?以[上下])?")
WITH: Final = compile_re(r"[，,、 ]*(?:[我全本][国省市县区州])?([与同])(?=\w{2})")
TIMES_JOINED: Final = compile_re(r"[、，]?(?:以及|[和及与])?")
TRADED: Final = compile_re(r"[^、和与对自从向]{0,8}[对自从向](?![外内口主身然有己前])")  # 我市对｜甲国进出口
UPON: Final = "对"  # 对甲区、乙区｜分别｜下放权限
INVESTED: Final = "投资"
IN_AND_OUT: Final = ("存", "贷")
SORTS: Final = ("产业", "行业")
NO_ETC: Final = frozenset("高初中同平优均不")  # 高等｜教育
AFTER_ETC: Final = frozenset("级待于")  # 等级, 等待, 等于
OWN_ENDS: Final = frozenset("奖率量额数值")  # what ends in one of them is a measure or a prize of its own: 出生率
AND_ITS: Final = "及其"
OTHER_THAN_ITS: Final = frozenset("他它余中")
TAKEN: Final = "占"
AND_MARKS: Final = frozenset("、和与")
ETC: Final = "等"
# 煤炭、电力、化工｜三个｜行业投资, 三大｜产业
SUMMED: Final = compile_re(
    r"(?P<list>[^，,；;：:]+[、和][^，,；;：:]*?)(?P<count>[两二三四五六七八九十]|\d)[个大种项类家](?P<rest>\w*)\Z"
)
OF_AN_AREA: Final = frozenset("“省市县区")  # they begin what has another owner: 省级
COMMAS: Final = frozenset("，,；;")
COMMA: Final = compile_re(r"、")
ANY: Final = compile_re(
    r"、|以及|(?<=\w{2})[和及与](?=\w{2})|(?<=、\w)[和及与](?=\w)|(?<=[”’》）)])[和及与]|[和及与](?=[“‘《])"
)


COLONS: Final = " :：∶︰"
RESPECTIVELY: Final = "分别"
LONGEST_VERB: Final = 2  # characters


class Shares(NamedTuple):
    """The numbers that were shared out, and the item of each."""

    quantities: list[Quantity]
    items: Sequence[str]
    rule: str
    listed: bool = True  # the text lists the items, in the order of the numbers
    origin: bool = False  # of a structure before it changed: 由8.1:40.2:51.7
    periods: Sequence[str] = ()  # of each number, where the list is of times: 2030年、2031年分别


def share_out(number: Number, quantities: list[Quantity], index: int) -> Shares | None:
    """The numbers from `quantities[index]`, which is `number`, on with the items of their list; None where none is."""
    predicate, sentence, tools = number.predicate, number.sentence, number.tools
    group = take_group(sentence.text, quantities, index, tools, predicate.respectively)
    if number.quantity.structure:
        group = take_structure(number, quantities, index)
    if len(group) == STRUCTURE and not predicate.respectively and FROM.search(predicate.subject) is not None:
        shares = read_structure(number, group)
        if shares is not None and not number.quantity.structure:
            return shares._replace(listed=True)  # 三次产业比重由｜8.5%、53.1%、38.4%
    timed = len(group) > 1 and (predicate.respectively or follows_times(number, len(group)) or parts_times(number))
    if timed and (shares := read_times(number, group) or read_span(number, group)) is not None:
        return shares
    if number.quantity.structure or predicate.respectively:
        named = predicate.respectively and tools.patterns.share.sectors.search(predicate.subject)
        return (None if named else read_structure(number, group)) or read_respectively(number, group)
    if len(group) == 1 or group[1].start == group[0].end:
        return None  # 案件9件｜12人 are of one thing
    if (shares := read_acts(number, group)) is not None:
        return shares
    # 履约率、开工率达到90%、80%: as many rates as there are numbers need no 分别
    if not (counts_match(predicate.subject, len(group), tools) or rates_match(number, group)) and (
        predicate.subject.strip("，、, ") or not follows_list(number, len(group))
    ):
        return None
    return read_respectively(number, group)


def take_group(text: str, quantities: list[Quantity], index: int, tools: Tools, governed: bool) -> list[Quantity]:
    """The numbers that one 分别 governs: those that only 、 和 and the like keep apart, or，of one unit."""
    words = tools.patterns.share
    group = [quantities[index]]
    for quantity in quantities[index + 1 : index + LONGEST_LIST]:
        between = text[group[-1].end : quantity.start]
        same = quantity.unit == group[0].unit or {quantity.unit, group[0].unit} <= CHANGES
        again = words.field if quantity.kind == "rank" else words.turn
        if not (words.link.match(between) or (same and (again.match(between) or (governed and between in COMMAS)))):
            break
        group.append(quantity)
    return group


def take_structure(number: Number, quantities: list[Quantity], index: int) -> list[Quantity]:
    """The parts of one structure, and their list without the 由 that a change begins with: 农业、工业比例｜由40:60."""
    text, predicate = number.sentence.text, number.predicate
    group = [quantities[index]]
    for other in quantities[index + 1 :]:
        if not other.structure or text[group[-1].end : other.start].strip(COLONS):
            break
        group.append(other)
    if (begun := FROM.search(predicate.subject)) is not None:
        predicate.subject, predicate.origin = predicate.subject[: begun.start()], True
    return group


def counts_match(subject: str, count: int, tools: Tools) -> bool:
    """Whether a list has as many measures as there are numbers, or one word that stands for two: 城乡, 存贷款."""
    parts = split_list(subject, count)
    if len(parts) == count > 1:
        measure = tools.patterns.share.measure
        return all(measure.before(part) for part in parts)
    return count == 2 and len(parts) == 1 and any(word in subject for word in tools.pairs)


def rates_match(number: Number, group: list[Quantity]) -> bool:
    """Whether as many rates follow a list whose last part alone says of what: 城区、村庄绿化覆盖率达到｜34%和23%."""
    subject, measure = number.predicate.subject, number.tools.patterns.share.measure
    paired = any(
        subject.startswith(f"{word}{mark}") for pair in number.tools.pairs.values() for word in pair for mark in "和与"
    )
    alike = all(quantity.unit in RATES for quantity in group) or (len(group) == PAIR_OF and is_paid(number, group))
    joined = "、" in subject or (paired and len(group) == PAIR_OF)  # 城镇和｜农村居民收入
    if not joined or not alike:
        return False
    parts = split_list(subject, len(group))
    return len(parts) == len(group) and [bool(measure.before(part)) for part in parts] == [False] * (len(parts) - 1) + [
        True
    ]


def is_paid(number: Number, group: list[Quantity]) -> bool:
    """Whether all are amounts of money of one unit: 城镇和农村居民人均收入达到｜3万元、1万元."""
    return number.money and all(quantity.unit == group[0].unit for quantity in group)


def follows_list(number: Number, count: int) -> bool:
    """Whether the last numbers were as many, of a thing each: 产量6万吨、产值3亿元，｜增长21%和22%."""
    sentence = number.sentence
    before = list_said(sentence, number.start)[-count:]
    if len(before) < count:
        return False
    apart = number.predicate.kind in ("increase", "decrease") and all(draft.kind == "level" for draft in before)
    return (apart and len({draft.item for draft in before}) == count) or all(draft.shared_out for draft in before)


def read_structure(number: Number, group: list[Quantity]) -> Shares | None:
    """三次产业结构8.1:40.2:51.7: the parts have names of their own."""
    before = number.predicate.subject
    if number.quantity.structure:
        before = number.sentence.text[number.sentence.start : group[0].start]
    for name, parts in number.tools.structures.items():
        if name in before and len(parts) == len(group):
            origin = number.predicate.origin or FROM.search(number.predicate.subject) is not None
            measured = before.partition(name)[2]
            for verb in ACHIEVED:
                measured = measured.removeprefix(verb)  # 三次产业｜实现｜增加值
            told = measured.startswith(UPON) or number.tools.patterns.share.measure.before(measured)
            if number.predicate.respectively and told:
                parts = tuple([part + measured for part in parts])  # 三次产业｜对增长的贡献率
            return Shares(group, parts, "share.structure", listed=False, origin=origin)
    return read_unnamed(number, group) if number.quantity.structure else None


def read_unnamed(number: Number, group: list[Quantity]) -> Shares | None:
    """办案结构比为61:15:10:14: parts that neither a table nor the text names are all of the structure's name."""
    subject = read_subject(number.predicate.subject, number.tools.patterns.noun)
    if not subject or len(split_list(subject)) > 1:
        return None
    origin = number.predicate.origin
    return Shares(group, [subject] * len(group), "share.structure", listed=False, origin=origin)


def read_respectively(number: Number, group: list[Quantity]) -> Shares | None:
    sentence, count, predicate = number.sentence, len(group), number.predicate
    left = predicate.subject
    words = number.tools.patterns.noun
    if count > 1 and (summed := list_summed(number, count)):
        return Shares(group, summed, "share.respectively", origin=predicate.origin)
    if number.last is not None and left.lstrip("，、 ").startswith(THAN):
        return Shares(group, [number.last.item] * count, "share.respectively", listed=False)  # 比5月和3月｜分别提高
    subject = read_list(left, words)
    if predicate.basis is not None and len(split_list(predicate.basis[1:])) == count > 1:
        return share_standards(number, group, subject)
    if not subject and (facet := read_nominal(left, words)) and (listed := list_before(number, count)):
        whole = [item.removesuffix(facet) + facet for item in listed]
        return Shares(group, whole, "share.respectively", origin=predicate.origin)
    subject = subject or read_clause_before(number)
    if subject in words.nothing:
        subject = ""  # 与2020年｜比较，分别上升
    if count == 1:
        if NEXT_NUMBER.match(number.right):
            return None  # another number stands there, which was not read
        return share_one(number, group[0], subject)
    items = list_items(number, count, subject)
    if items is not None:
        trades = number.tools.patterns.share.trades
        if (upon := WITH.match(left)) is not None and all(item.endswith(trades) for item in items):
            items = [upon[1] + item for item in items]  # 我市与甲国、乙国的出口额
        return Shares(group, items, "share.respectively", origin=predicate.origin)
    where = sentence.text[max(sentence.start, group[0].start - 30) : group[-1].end]
    message = f"{count} numbers do not match their list: …{where}"
    sentence.diagnostics.append(Diagnostic(code="respectively-mismatch", message=message))
    return None


def read_times(number: Number, group: list[Quantity]) -> Shares | None:
    """2030年、2031年和2032年产量分别为｜8万吨、9万吨和10万吨: of one thing, each at a time of its own."""
    sentence, count, predicate = number.sentence, len(group), number.predicate
    text, words = sentence.text, number.tools.patterns.noun
    told = [one for one in sentence.timing.mentions if one.start < one.end <= number.start and not one.compared]
    times, more = told[-count:], told[:-count]
    joined = [TIMES_JOINED.fullmatch(text, one.end, other.start) for one, other in pairwise([*more[-1:], *times])]
    if len(times) < count or not all(joined[-count + 1 :]) or (more and joined[0]):
        return None
    again = follows_times(number, count)
    if not again and any(draft.end > times[0].start for draft in sentence.drafts[sentence.first :]):
        return None
    subject = predicate.subject
    if again:
        before, after = "", subject.lstrip("，,；; ")
    elif times[-1].end <= number.clause:
        before, after = "", subject
    elif predicate.date is not None:
        before, after = subject.partition(text[times[0].start : times[0].end])[0], ""
    else:
        before, _, after = subject.rpartition(text[times[-1].start : times[-1].end])
        before = before.partition(text[times[0].start : times[0].end])[0]
        after = after.removeprefix(RESPECTIVELY)
    if len(split_list(after)) > 1 or (again and COMMA.search(after) is not None):
        return None
    item = read_subject(after, words) or read_subject(before, words)
    if again and after and not item and number.last is not None:
        if len(after) > LONGEST_VERB:
            return None
        item = after if len(number.last.item) <= LONGEST_VERB else after + number.last.item  # 收案……，｜结案
    item = item or (number.last.item if number.last else "")
    item = item or find_earlier(number)
    if item in number.words.facets:
        item = (find_topic(number) or (number.last.item if number.last else "")) + item  # 外贸增长9%，三、四季度增速
    return Shares(group, [item] * count, "share.times", periods=[one.period for one in times]) if item else None


def read_span(number: Number, group: list[Quantity]) -> Shares | None:
    """2026—2030年，入学率分别为｜91%、92%、93%、94%、95%: of one thing, in each year of a span that has as many."""
    told = [one for one in number.sentence.timing.mentions if one.start < one.end <= number.start and not one.compared]
    count, patterns = len(group), number.tools.patterns
    if count < LEAST_SPAN or not told or measure_span(told[-1].period) != count:
        return None
    item = read_subject(number.predicate.subject, patterns.noun)
    listed = spread_items(number.predicate.subject, count, patterns, number.tools.pairs)
    if not item or listed is not None or len(split_list(item)) > 1:
        return None
    first = int(told[-1].period[:YEAR_LENGTH])
    return Shares(group, [item] * count, "share.times", periods=[str(first + year) for year in range(count)])


LEAST_SPAN: Final = 3  # years


def list_summed(number: Number, count: int) -> list[str]:
    """煤炭、电力、化工三个行业投资分别增长: the things of a list whose number follows it, each with the measure."""
    text, clause, subject = number.sentence.text, number.clause, number.predicate.subject
    told = text[clause : number.start - len(number.left)] + subject
    if not told.strip() and (before := number.sentence.clause_before(clause)) is not None:
        told = cut_progress(text[slice(*before)], number)
    match = SUMMED.match(told)
    if match is None or count != read_count(match["count"]):
        return []
    parts = split_list(read_list(match["list"].removesuffix(ETC), number.tools.patterns.noun), count)
    measure = find_summed_measure(match["rest"], number)
    drafts = number.sentence.drafts[number.sentence.first :]
    if not measure and number.predicate.kind in CHANGED:
        shared = [draft.item for draft in drafts if draft.shared_out and draft.kind in CHANGED]
        # 甲、乙两个行业增加值分别增长；丙、丁两个行业
        measure = find_measure(shared[-1], number.words) if shared else ""
    return [part.removesuffix(measure) + measure for part in parts] if len(parts) == count else []


def find_summed_measure(rest: str, number: Number) -> str:
    """三个｜特色产业｜增加值增势较好 → 增加值; "" where only the sort of the things is named."""
    words = number.tools.patterns.share
    sort = words.sort.match(rest)
    left = rest if sort is None else rest[sort.end() :]  # 三类｜培育企业产值
    return next((left[:end] for end in range(len(left), 1, -1) if words.measure.before(left, end)), "")


def follows_times(number: Number, count: int) -> bool:
    """Whether the last numbers were as many, one of each time: 2030年、2031年收案为8件、9件，结案分别为｜7件、8件."""
    sentence = number.sentence
    before = list_said(sentence, number.start)[-count:]
    if len(before) < count or not all(draft.shared_out and draft.item == before[0].item for draft in before):
        return False
    told = [one.period for one in sentence.timing.mentions if one.end <= before[0].start][-count:]
    return len(set(told)) == count and [draft.period for draft in before] == told


def parts_times(number: Number) -> bool:
    """Whether 分别 stands right behind the last time in front of a number: 2030年、2031年｜分别新建泵站｜8座."""
    mentions, text = number.sentence.timing.mentions, number.sentence.text
    told = next((one for one in reversed(mentions) if one.start < one.end <= number.start), None)
    return told is not None and text.startswith(RESPECTIVELY, told.end)


def share_standards(number: Number, group: list[Quantity], subject: str) -> Shares | None:
    """增速比全市和全国｜分别高｜2.1和1.2个百分点: of one thing, beside as many standards as there are numbers."""
    last = number.last
    if last is not None and (
        not subject or subject in number.words.facets or subject in number.tools.patterns.share.speeds
    ):
        subject = last.item if last.item.endswith(subject) else last.item + subject
    return Shares(group, [subject] * len(group), "share.respectively") if subject else None


def share_one(number: Number, quantity: Quantity, subject: str) -> Shares | None:
    """城乡居民人均收入分别增长10%: one number for each thing of the list."""
    patterns, pairs = number.tools.patterns, number.tools.pairs
    items = spread_items(subject, None, patterns, {}, things=number.thing) or spread_items(subject, 2, patterns, pairs)
    return Shares([quantity] * len(items), items, "share.one") if items else None


def read_clause_before(number: Number) -> str:
    """The list that a comma parts from its 分别: 粮食、棉花产量，｜分别增长; "" where that clause has a number."""
    sentence = number.sentence
    end = max((start for start in sentence.break_starts if start < number.clause), default=-1)
    if end < 0 or sentence.text[end] not in ",，" or number.clause >= number.start:
        return ""
    start = sentence.clause_start(end)
    if len(sentence.drafts) > sentence.first and sentence.drafts[-1].end > start:
        return ""
    return read_list(cut_progress(sentence.text[start:end], number), number.tools.patterns.noun)


def read_acts(number: Number, group: list[Quantity]) -> Shares | None:
    """食品、药品｜分别｜抽检｜20批次和30批次: what each of the list does, or has."""
    words, patterns = number.tools.patterns.share, number.tools.patterns
    match = words.acts.match(number.predicate.subject)
    if match is None or FROM.search(match[2]):
        return None
    last = number.last
    if last is not None and words.passive.match(match[1]):
        # 被省、市政协分别采用: what was named before, by each of the list
        parts = spread_items(match[1].lstrip("，,、 ")[1:], len(group), patterns, {})
        same = [draft for draft in list_said(number.sentence, number.start) if draft.unit == number.unit]
        root = (same[-1] if same else last).item.partition("被")[0]  # 信息9条，编报专刊6期，｜被省、市采用
        return Shares(group, [f"{root}被{part}{match[2]}" for part in parts], "share.acts") if parts else None
    changes = patterns.noun.change.at(match[2])  # 拉动｜经济
    act = "" if changes else read_subject(match[2], patterns.noun)
    act = act or trim_item(match[2])
    named = read_list(match[1].removeprefix(UPON), patterns.noun)
    owners = name_parts(number, named, len(group)) or list_items(number, len(group), named)
    if owners and not named and all(owner.endswith(CONTRIBUTION) for owner in owners):
        owners = [owner.removesuffix(CONTRIBUTION) for owner in owners]  # 第一产业贡献率｜，分别拉动经济增长
    if owners and not named and all(owner.find("对") > 1 for owner in owners):
        owners = [owner.partition("对")[0] for owner in owners]  # 第一产业｜对增长的贡献率
    if last is not None and last.unit == number.unit and match[2] in patterns.acts.handled.words:
        act += last.item  # 报送信息9篇，省、市政协分别采用4篇、5篇
    elif owners and match[2].startswith(words.reached) and words.measure.before(named):
        act = ""  # 小麦、玉米产能｜分别达到｜全县产量｜的2倍和3倍
    return Shares(group, [owner.removesuffix(act) + act for owner in owners], "share.acts") if owners else None


def name_parts(number: Number, whole: str, count: int) -> list[str]:
    """三次产业｜分别拉动经济增长: the parts of what has a structure, by their names; none for others."""
    parts = number.tools.structures.get(whole, ())
    return list(parts) if len(parts) == count else []


def list_items(number: Number, count: int, subject: str) -> list[str] | None:
    """The items that a 分别 spreads its numbers over; None where their counts don't match."""
    sentence, patterns, pairs = number.sentence, number.tools.patterns, number.tools.pairs
    items = spread_items(subject, count, patterns, pairs, things=number.thing) if subject else None
    if items is not None:
        bare = all(item in patterns.acts.topical for item in items)
        topic = find_topic(number) if bare else ""
        return [topic + item for item in items]  # 乡镇企业发展较快，｜营业收入和利润｜分别增长
    if subject and len(split_list(subject)) > 1:
        return None
    if not subject and (said := take_said(number, count)):
        grown = number.unit == POINT and number.predicate.kind in CHANGED
        return [item.removesuffix(PORTION) for item in said] if grown else said  # 茶业产值占比9%，｜分别增长7%
    if not subject and (said := take_counts(number, count) or take_acts(number, count)):
        return said
    last = number.last
    if not subject and last is not None and (items := spread_items(last.item, count, patterns, pairs)):
        return items  # 城乡低保标准每月提高30元，分别达到710元和560元
    if len(subject) <= LONGEST_FACET and (items := list_before(number, count)):
        return [item + subject for item in items]
    # 菜场、药店分别增至30个和52家，摊位分别…: what is measured of the things named before
    before = [draft.item for draft in list_said(sentence, number.start)[-count:]]
    if len(before) < count or len(set(before)) < count:
        before = spread_items(find_earlier(number), count, patterns, pairs) or []
        if any(character.isdigit() for item in before for character in item):
            return None  # the list is of numbers
    if subject.startswith(ALL):
        before = [patterns.choice.newly.sub("", item) for item in before]  # 净增水库12座、泵站9座，｜总数分别达到
    return [item + subject for item in strip_shared(before, subject, patterns.share)] if len(before) == count else None


def take_said(number: Number, count: int) -> list[str]:
    """The things of the last numbers, each of its own: 甲级37人、乙级和丙级65人，｜分别占11%和75%; none where alike."""
    before = list_said(number.sentence, number.start)[-count:]
    items = [draft.item for draft in before]
    counted = len({draft.unit for draft in before}) == 1 and all(draft.kind == "level" for draft in before)
    return items if counted and len(set(items)) == count else []


def take_counts(number: Number, count: int) -> list[str]:
    """The things of the last numbers, where two count one thing: 案件58件76人，｜分别下降12%、9%; none of more."""
    said = list_said(number.sentence, number.start)
    before, earlier = said[-count:], said[-count - 1 : -count]
    if len(before) < count or number.predicate.kind not in CHANGED or any(draft.kind != "level" for draft in before):
        return []
    apart = len({(draft.item, draft.unit) for draft in before}) == count
    paired = any(one.end == other.start for one, other in pairwise(before))
    alone = all(one.item != other.item or one.end == other.start for one, other in pairwise(before))
    text, start = number.sentence.text, before[0].start
    more = any(SEMICOLON.search(text, draft.end, start) is None for draft in earlier)
    return [draft.item for draft in before] if apart and paired and alone and not more else []


def take_acts(number: Number, count: int) -> list[str]:
    """The acts before, of which some count cases and people: 批准逮捕58件76人，起诉90件99人，｜分别上升12%、9%."""
    runs: list[list[Draft]] = []
    for draft in list_said(number.sentence, number.start):
        if runs and runs[-1][-1].end == draft.start:
            runs[-1].append(draft)
        else:
            runs.append([draft])
    before = runs[-count:]
    items = [run[0].item for run in before]
    if number.predicate.kind not in CHANGED or len(set(items)) < count or all(len(run) == 1 for run in before):
        return []
    text, start = number.sentence.text, before[0][0].start
    more = any(SEMICOLON.search(text, run[-1].end, start) is None for run in runs[:-count])
    plain = all(draft.kind == "level" and not draft.shared_out for run in before for draft in run)
    return items if plain and not more else []


def list_said(sentence: Sentence, start: int) -> list[Draft]:
    """The numbers of a sentence up to a place, without the starts of changes, and without those in brackets.

    新收9件（不含旧存｜2件），办结8件，｜分别
    """
    drafts = sentence.drafts[sentence.first :]
    reached = {draft.item for draft in drafts if not draft.origin}  # 由3亿元增加到｜9亿元
    told = [draft for draft in drafts if not (draft.origin and draft.item in reached)]
    return [draft for draft in told if not is_aside(sentence.text, draft.end, start)]


def list_before(number: Number, count: int) -> list[str]:
    """The things that a clause before lists: 船舶、汽车等商品畅销，｜出口分别增长9%、6%; none where it lists others."""
    sentence = number.sentence
    end = max((start for start in sentence.break_starts if start < number.clause), default=-1)
    if end < 0 or any(draft.start >= sentence.start for draft in sentence.drafts[sentence.first :]):
        return []
    listed = cut_progress(sentence.text[sentence.clause_start(end) : end].partition("等")[0], number)
    parts = split_list(read_list(listed, number.tools.patterns.noun), count)
    return parts if "、" in listed and len(parts) == count else []


def strip_shared(items: list[str], subject: str, words: ShareWords) -> list[str]:
    """Without the measure that all end in, where another takes its place: 小学入学率、初中入学率，｜辍学率."""
    if subject.startswith(UPON):
        return [item.removesuffix(PORTION) for item in items]  # 茶业产值占比｜，对增长的贡献率分别达到
    if not words.measure.before(subject):
        return items
    shared = 0
    while shared < min(map(len, items)) - 2 and len({item[-shared - 1] for item in items}) == 1:
        shared += 1
    ends = bool(shared) and bool(words.measure.before(items[0]))
    if all(item.endswith(subject) for item in items):
        shared = len(subject)  # 工业投资占比、民间投资占比，占比｜分别提高
    return [item[: len(item) - shared] for item in items] if ends else items


def split_list(subject: str, count: int | None = None) -> list[str]:
    """The parts of a list, marks in quotations and brackets aside; of `count` parts where that can be had.

    >>> split_list("规上采矿业、文化创意产业营收", 2)
    ['规上采矿业', '文化创意产业营收']
    """
    inside = mark_inside(subject)
    best: list[str] = [subject]
    for pattern in (COMMA, ANY):
        parts, start = [], 0
        for match in pattern.finditer(subject):
            if not inside[match.start()]:
                parts.append(subject[start : match.start()])
                start = match.end()
        parts.append(subject[start:])
        parts = [part for part in map(trim_item, parts) if part]
        if len(parts) == count:
            return parts
        if count is None:
            best = parts
    return best


def spread_items(
    subject: str, count: int | None, patterns: Patterns, pairs: Mapping[str, tuple[str, ...]], *, things: bool = False
) -> list[str] | None:
    """The items of a shared predicate, `count` of them (None: as many as the list has); None where they don't match.

    `things` where things are counted, which need no measure of their own: 渡口、码头均增至9个.

    城乡居民人均可支配收入, 2 → 城镇居民人均可支配收入, 农村居民人均可支配收入
    """
    subject = patterns.share.sectors.sub(name_sectors, subject)
    if AND_ITS in subject and (both := split_its(subject, patterns)) and (count is None or len(both) == count):
        return both
    if "级" in subject:
        subject = LEVELS.sub(name_levels, subject)
    if subject[:1] in ABOVE_FIRSTS and (above := find_above(subject, patterns.share)):
        items = spread_items(subject[len(above) :], count, patterns, pairs, things=things)
        return None if items is None else [above + item for item in items]
    parts = split_list(subject, count)
    if count is not None and len(parts) != count:
        parts = split_pairs(split_list(subject), count, pairs)
    if len(parts) < 2 or (count is not None and len(parts) != count):
        return None
    return share_owner(share_head(parts, patterns.share, things), patterns.share)


ABOVE_FIRSTS: Final = ("限", "规")
ABOVE: Final = compile_re(r"(?:限(?:额以)?上|规(?:模以)?上)(?:单位|企业)?")


def find_above(subject: str, words: ShareWords) -> str:
    """From what size on all of a list are: 限上｜批发、零售业销售额, 规上｜轻、重工业; "" where not of all."""
    above = ABOVE.match(subject)
    if above is None or any(words.measure.before(part) for part in split_list(subject)[:-1]):
        return ""
    sorts = subject[0] == ABOVE_FIRSTS[0] or subject[above.end() + 1 : above.end() + 2] == "、"
    return above[0] if sorts else ""


def split_its(subject: str, patterns: Patterns) -> list[str]:
    """产值｜及其｜占工业总产值比重 → 产值, 产值占工业总产值比重; 粮食产量及其单产 → 粮食产量, 粮食单产."""
    first, _, own = subject.partition(AND_ITS)
    if own[:1] in OTHER_THAN_ITS:
        return []  # 博彩服务及｜其他服务
    if len(first) < SHORT_NAME or len(own) < SHORT_NAME or not AND_MARKS.isdisjoint(first + own):
        return []
    owner = first if own.startswith(TAKEN) else first.removesuffix(find_measure(first, patterns.choice))
    return [first, (owner or first) + own]


def name_sectors(match: re.Match[str]) -> str:
    """第二、三产业增加值 → 第二产业增加值、第三产业增加值."""
    return "、".join([f"第{digit}产业{match['rest']}" for digit in match["digits"] if digit in "一二三"])


# 县、乡｜两级人大代表
LEVELS: Final = compile_re(
    r"(?P<list>[省市区县乡镇村州旗盟](?:[、和][省市区县乡镇村州旗盟]){1,3})[两二三四]级(?=\w{2})"
)


NAMED_LEVELS: Final = frozenset(place + "级" for place in "省市区县乡镇村州旗盟")


def name_levels(match: re.Match[str]) -> str:
    """县、乡两级人大代表 → 县级、乡级人大代表."""
    return "、".join([level + "级" for level in split_list(match["list"])])


def split_pairs(parts: list[str], count: int, pairs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """With words that stand for two made two, until the parts are `count`: 存贷款余额 → 存款余额, 贷款余额."""
    for word, both in pairs.items():
        for place, part in enumerate(parts):
            if len(parts) < count and word in part:
                parts = [*parts[:place], *(part.replace(word, one) for one in both), *parts[place + 1 :]]
    return parts


def share_head(parts: list[str], words: ShareWords, things: bool) -> list[str]:
    """Give each part the head that only the last one has: 炼铁、炼钢先进产能占比 → 炼铁先进产能占比."""
    last = parts[-1]
    if all(part in NAMED_LEVELS for part in parts[:-1]) and last[:2] in NAMED_LEVELS:
        return [*[part + last[2:] for part in parts[:-1]], last]  # 县级、乡级｜人大代表
    if (share := last.find("占")) > 0 and last.endswith(words.ratios) and "占" not in "".join(parts[:-1]):
        # 茶业、竹业产值｜占农业总产值比重
        return [part + last[share:] for part in [*share_head([*parts[:-1], last[:share]], words, things)]]
    inside = mark_inside(last)
    etc = last.find("等")
    if 0 < etc < len(last) - 2 and not inside[etc] and last[etc + 1] not in AFTER_ETC and last[etc - 1] not in NO_ETC:
        head = last[etc + 1 :]
        return [part + head for part in [*parts[:-1], last[:etc]]]
    if speed := find_speed(parts, words):
        return [*[part + speed for part in parts[:-1]], last]
    measure = words.measure.before(last)
    if parts[-2][-1] in words.livestock and (does := find_livestock(parts, words)):
        return [*[part + does for part in parts[:-1]], last]
    if measure and (tail := find_shared_tail(parts[:-1], last, words)):
        return [*[part + tail for part in parts[:-1]], last]
    if measure and not AND.isdisjoint(last[1 : -len(measure)]) and not any(map(words.measure.before, parts[:-1])):
        return [*[part + measure for part in parts[:-1]], last]  # 衣着、居住、生活用品及服务｜价格
    own = [measures_alone(part, last, words) for part in parts[:-1]]
    left = last[len(words.whole.at(last)) :] if measure else last
    # 氨氮、二氧化硫｜排放量, but 二氧化硫和｜氨氮排放量
    rest = left if len(measure) <= len(left) < len(last) and left[0] not in AND else ""
    heads = [
        "" if has else rest or find_head(part, last, measure, things, words)
        for part, has in zip(parts, own, strict=False)
    ]
    common = next((head for head in heads if len(head) > 1), "")  # 基本养老、失业和生育｜保险参保人数
    whole = [part + (head or ("" if has else common)) for part, head, has in zip(parts, heads, own, strict=False)]
    return [*whole, last]


def find_livestock(parts: list[str], words: ShareWords) -> str:
    """What is said of several animals after the last: 猪、牛、羊、家禽｜出栏; "" where they are not all bare."""
    last = parts[-1]
    at = max(last.rfind(animal) for animal in words.livestock) + 1
    return last[at:] if 0 < at < len(last) - 1 and all(part[-1] in words.livestock for part in parts[:-1]) else ""


def find_speed(parts: list[str], words: ShareWords) -> str:
    """How fast each of several measures grows, said of the last: 生产总值、财政收入、居民收入｜增速; "" for nothing."""
    speed = next((word for word in words.speeds if parts[-1].endswith(word)), "")
    measured = [*parts[:-1], parts[-1].removesuffix(speed)]
    return speed if speed and all(words.measure.before(part) for part in measured) else ""


AND: Final = frozenset("和与及")


def measures_alone(part: str, last: str, words: ShareWords) -> bool:
    """Whether a part is measured without anything of the last one."""
    return words.measure.before(part) != "" and part not in words.whole.words and not goes_on(part, last)


def goes_on(part: str, last: str) -> bool:
    """Whether the last part says more of what this one ends with: 户籍人口、常住人口｜城镇化率."""
    end = last.find(part[-SHORT_NAME:])
    return 0 <= end <= len(part) and end + SHORT_NAME < len(last) - 1


def find_shared_tail(before: list[str], last: str, words: ShareWords) -> str:
    """What 的 in the last part begins and all share: 小学、初中｜的生均公用经费标准; "" for none."""
    aged = AGED.match(last)
    if aged is not None and all(AGED.fullmatch(part) for part in before):
        return last[aged.end() :]  # 0—14岁、60岁及以上｜人口的比重
    of = last.find("的")
    if not 2 <= of <= LONGEST_OWNER or any("的" in part or words.measure.before(part) for part in before):
        return ""
    if not AND.isdisjoint(last[1:of]):
        return last[of:]  # 食品、居住、用品及服务｜的价格: a name of several words ends there
    shortest = min(map(len, before))
    return last[shortest if shortest <= SHORT_NAME else of :]  # 医疗、生育｜保险的人数


def find_head(part: str, last: str, measure: str, things: bool, words: ShareWords) -> str:
    """What of the last part belongs to this one as well."""
    if last[0] in OPENING and part[0] in OPENING:
        return ""  # “金桥奖”金奖、“银桥奖”银奖
    if last[0] in OPENING and 0 < (quoted := last.find(OPENING[last[0]]) + 1) < len(last) - 1:
        return last[quoted:]  # 刑事、“两抢一盗”｜案件
    if 1 < len(measure) < len(last) and last[-len(measure) - 1] == part[-1]:
        return measure  # 规上采矿业、文化创意产业｜营收
    if part[0] == last[0] and not part[0].isascii() and len(part) <= 4 and len(last) >= len(part):
        return last[len(part) :]  # 涉诈、涉毒｜警情
    end = last.find(part[-1])
    if 0 < end < len(last) - 2 and end <= len(part) + 1:
        return BOUNDED.sub("", last[end + 1 :])  # 国家级、部级｜创新平台
    if (part[-1], last[0]) == IN_AND_OUT:
        return last[1:]  # 金融机构存、贷｜款余额
    if len(part) == 1 and len(last) == 2:
        return last[1:]  # 银、铜｜牌
    whom = find_whose(part, last, words) if measure else ""
    if whom and len(part) <= 2 and not last.endswith(whom, len(part)):
        return whom  # 婴儿、孕产妇｜死亡率
    if len(part) <= 2 and len(last) >= len(part) + 2 and (measure or things or len(part) == 1):
        return last[len(part) :]  # 工业、农业｜总产值
    if len(measure) == len(last) or things:
        return ""
    if whom:
        return whom
    named = not measure or measure == INVESTED or part[-1] == SORTS[0][-1]  # 工业、高技术产业｜增加值
    sort = "" if named else next((word for word in SORTS if last.endswith(word + measure)), "")
    return sort + measure  # 人工智能、大数据｜产业规模


def find_whose(part: str, last: str, words: ShareWords) -> str:
    """婴儿、孕产妇｜死亡率, 高血压、糖尿病｜患者管理率: what is measured of each sort of people; "" for nothing."""
    at, own = words.people.find(last), words.people.find(part)
    if at < 0:
        return ""
    whom = words.people.at(last, at)
    if own >= 0 and own + len(words.people.at(part, own)) == len(part):
        return last[at + len(whom) :]
    return last[at:] if at > 0 and whom in words.whose else ""


def share_owner(parts: list[str], words: ShareWords) -> list[str]:
    """Give the later parts the owner that only the first one has."""
    first = parts[0]
    if (upon := TRADED.match(first)) and all(part[0] != first[upon.end() - 1] for part in parts[1:]):
        whom = first[upon.end() :]
        tail = next((tail for tail in words.trades if whom.endswith(tail)), "")
        if tail and all(part.endswith(tail) and UPON not in part for part in parts[1:]):
            return [first, *[upon[0] + part for part in parts[1:]]]  # 对甲国出口、｜乙国出口
    owner = words.owner.match(first)
    whole = [first]
    for part in parts[1:]:
        if part in words.dependents and (count := words.count.search(first)) and count.start() >= 2:
            part = first[: count.start()] + part
        elif part in words.yields and (grown := find_yielding(first, words)):
            part = grown + part  # 苹果面积、｜产量
        elif (other := words.counterparts.get(part)) and first.endswith(other):
            part = first[: -len(other)] + part  # 专利申请量、授权量
        elif len(part) <= 3 and len(first) > len(part) and first[-len(part)] == part[0] and first[-1] != part[-1]:
            part = first[: -len(part)] + part  # 全国劳动奖状、奖章
        elif part[0] in NUMERALS and first[-len(part) :][:1] in NUMERALS and first.endswith(part[1:]):
            part = first[: -len(part)] + part  # 民事一审案件、二审案件
        elif owner and len(part) < len(first) and not words.owner.match(part) and part[0] not in OF_AN_AREA:
            part = owner[0] + part
        elif len(part) <= LONGEST_NAMED and part.endswith(words.amounts) and first.endswith(part[-SHORT_NAME:]):
            part = first[: -len(part)] + part if len(first) >= 2 * len(part) else part  # 外包合同金额、执行金额
        elif len(part) <= 3 and len(first) > len(part) and first[-1] == part[-1] and first[-1] not in OWN_ENDS:
            own = first[-2:] == part[-2:]  # 奶牛存栏、｜猪存栏
            part = part if own else first[: len(first) - len(part)] + part  # 生猪存栏、出栏
        whole.append(part)
    return whole


SOWN: Final = ("播种", "种植")  # 粮食｜播种面积、产量


def find_yielding(first: str, words: ShareWords) -> str:
    """苹果｜面积 → 苹果: what has the first of a list of its facets; "" for none."""
    ends = [word for word in words.yields if first.endswith(word)]
    owner = first.removesuffix(max(ends, key=len, default=""))
    for sown in SOWN:
        owner = owner.removesuffix(sown)
    return owner if ends and len(owner) >= SHORT_NAME else ""


def align_parts(parts: list[str]) -> list[str]:
    """Take off the first part the name that is not its own alone: “金桥奖”金奖、铜奖各1件 → 金奖."""
    first, rest = parts[0], parts[1:]
    cut = max(first.rfind("”"), first.rfind("》"))
    if cut > 0 and cut + 1 < len(first) and all(part[-1] == first[-1] and "”" not in part for part in rest):
        return [first[cut + 1 :], *rest]
    return parts
