"""Which text names the item: that before the number, that behind it, or what was named before.

item.py reads a noun phrase; here is decided where to look for it.
"""

from __future__ import annotations

from typing import Final

from qjreport.fact.prose.distribute import align_parts, split_list, spread_items
from qjreport.fact.prose.nouns import NOT_COUNTED, SENDING, SENT, TRIP, read_nominal, read_noun_behind, read_subject
from qjreport.fact.prose.predicate import Predicate
from qjreport.fact.prose.sentence import Sentence, Tools, counts_things
from qjreport.fact.prose.vocabulary import Patterns
from qjreport.model import Quantity
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import mark_inside

# 外贸在对甲国出口下降3成的情况下｜增长12%: the first number is the inner clause's, the second the outer's.
WITHIN: Final = compile_re(r"的(?:情况|背景|基础|前提|条件)下")
NESTED: Final = compile_re(r"(.{2,}?)在(?!线|建|校|职|岗|地)(.{2,})")
# A noun so short that what stands before the number belongs to it: 空气质量｜六项｜指标.
SHORT_NOUN: Final = 3
LONGEST_GAP: Final = 16
SHORT_OWNER: Final = 6
WORKS: Final = compile_re(r"(?:项目|工程)\Z")
JOINED: Final = compile_re(r"(?:和|及|与|、)\w{0,2}\Z")
PERSONS: Final = ("人", "名", "位", "人次")
# 3人｜入选省级人才计划: what they did is all that is said of them.
DONE: Final = compile_re(r"\A(入选|获评|荣获|获得|获|考取|考入|当选|被评为|被授予|晋升)([^，,。；;：:！？]{2,40})")
HONOURED: Final = ("获评", "荣获", "获得", "获", "被评为", "被授予")
FLOW: Final = compile_re(r"\A(?:新增|净增|新建|新开工|新签约)(?=\w{2})")
INVESTED: Final = compile_re(r"(?<!计划|完成)(?:投资|投入|总投资|安排|拨付|下达|筹集|筹资|融资|出资|斥资)\Z")
SPENT: Final = ("用于", "专项用于", "重点用于", "支持")
SPENT_ON: Final = compile_re(r"[,，]?(用于|专项用于|重点用于|全部用于)?")


def choose_item(
    sentence: Sentence,
    quantity: Quantity,
    follower: Quantity | None,
    subject: str,
    right: str,
    predicate: Predicate,
    tools: Tools,
) -> tuple[str, str]:
    """The item and the rule that found it."""
    patterns = tools.patterns
    if right.startswith("的") and (match := WITHIN.match(right) and NESTED.match(subject)):
        sentence.outer = match[1]
        return match[2], "item.before"
    if sentence.outer and WITHIN.match(predicate.subject.lstrip("，, ")):
        outer, sentence.outer = sentence.outer, ""
        return outer, "item.outer"
    item = read_behind(sentence, quantity, follower, subject, right, predicate, tools)
    if item is not None:
        return item
    last = sentence.last()
    if subject and last is not None:
        facet = subject.rsplit("、", 1)[-1]
        if facet in patterns.facets and (facet != "投资" or WORKS.search(last.item)):
            return join_facet(last.item, facet, patterns), "item.facet"
    if subject and last is not None and subject in patterns.amounts:
        if sentence.text.startswith(subject, sentence.taken) and quantity.start - sentence.taken < LONGEST_GAP:
            return last.item + subject, "item.owner"  # 37户专班企业｜产值｜增长26%
        owner = last.item.removesuffix(patterns.amount.before(last.item))
        if len(owner) >= 2 and owner != last.item:
            return owner + subject, "item.owner"
    if subject in INVESTMENTS and last is not None and WORKS.search(last.item):
        return last.item + subject, "item.facet"
    if last is None and subject in patterns.facets:
        noun, rule = find_earlier(sentence, quantity, tools)
        if rule == "item.clause_before":
            return noun + subject, "item.facet"
    if subject.startswith("占") and last is not None and not patterns.owner.fullmatch(subject):
        return last.item + subject, "item.share"
    passive = subject.startswith("被") and last is not None
    if subject and not passive and not patterns.owner.fullmatch(subject):
        return subject, "item.before"
    if not subject and (nominal := read_nominal(predicate.subject, patterns)):
        if nominal.endswith("投资") and last is not None and WORKS.search(last.item):
            return last.item + nominal, "item.facet"
        return nominal, "item.verb"
    if last is not None:
        if SENT.search(predicate.subject):
            same = [draft for draft in sentence.drafts[sentence.first :] if draft.unit == quantity.unit]
            last = same[-1] if same else last
        name = last.item
        if predicate.verb and FLOW.match(name):
            name = FLOW.sub("", name)  # 新增公园127座，累计达到1100座
        return name, "item.carried"
    return find_earlier(sentence, quantity, tools)


def read_behind(
    sentence: Sentence,
    quantity: Quantity,
    follower: Quantity | None,
    subject: str,
    right: str,
    predicate: Predicate,
    tools: Tools,
) -> tuple[str, str] | None:
    """The item behind the number, where it stands there."""
    patterns = tools.patterns
    money = quantity.dimension == "money"
    facet = subject in patterns.facets
    if (
        (facet or subject in INVESTMENTS)
        and follower is not None
        and sentence.text[follower.end : follower.end + 1] == "的"
    ):
        # 总投资3亿元、全长40公里的环湖路: both are the road's
        between = sentence.text[quantity.end : follower.start]
        noun = read_noun_behind(sentence.text[follower.end + 1 : sentence.clause_end(follower.end)], patterns)
        if noun and between.startswith("、"):
            return noun, "item.behind.of"
    if right.startswith("的") and (facet or not patterns.measure.before(subject)):
        noun = "" if NOT_COUNTED.match(right[1:]) else read_noun_behind(right[1:], patterns)
        if noun:
            take_noun(sentence, quantity, noun)
            return noun, "item.behind.of"
    if (
        money
        and (not subject or right.startswith(SPENT))
        and (noun := read_invested(sentence, quantity, follower, predicate, tools))
    ):
        return noun, "item.invested"
    if right.startswith("的") or quantity.kind == "rank" or (subject and not counts_things(quantity) and not money):
        return None
    if money and subject and (predicate.verb or patterns.measure.before(subject)):
        return None
    if predicate.subject.endswith(SENDING) and (trip := TRIP.match(cut_list(right, follower))):
        take_noun(sentence, quantity, trip[0])
        return trip[0], "item.behind.trip"
    if not subject and quantity.unit in PERSONS and (done := DONE.match(cut_list(right, follower))):
        take_noun(sentence, quantity, done[0])
        return done[2] if done[1] in HONOURED else done[0], "item.behind.done"
    if not right and follower is not None and follower.start == quantity.end:
        # 四批次｜63条｜政策措施
        right = sentence.text[follower.end : sentence.clause_end(follower.end)]
    noun = read_noun_behind(cut_list(right, follower), patterns, quantity.unit if counts_things(quantity) else None)
    if not noun or NOT_COUNTED.fullmatch(noun):
        return None
    take_noun(sentence, quantity, noun)
    joined = JOINED.search(sentence.text, max(sentence.start, quantity.start - 3), quantity.start)
    around = (
        subject
        and not joined
        and (noun in patterns.abstract or (len(noun) <= SHORT_NOUN and len(subject) <= SHORT_OWNER))
        and not predicate.verb
    )
    if around and not predicate.subject.endswith("等") and not patterns.verb_end.before(predicate.subject):
        return subject + noun, "item.around"
    return noun, "item.behind"


def take_noun(sentence: Sentence, quantity: Quantity, noun: str) -> None:
    at = sentence.text.find(noun, quantity.end, sentence.end)
    sentence.taken = at + len(noun) if at >= 0 else sentence.taken


def spread_back(sentence: Sentence, quantity: Quantity, subject: str, predicate: Predicate, tools: Tools) -> list[str]:
    """存款余额……、贷款余额……，均增长9%: the things named before that one 均 speaks of, with the facet that it adds."""
    facet = subject in tools.patterns.facets
    if not predicate.each or (subject and not facet) or len(sentence.drafts) - sentence.first < 2:
        return []
    clause = sentence.clause_start(sentence.clause_start(quantity.start) - 1)
    before = [draft for draft in sentence.drafts[sentence.first :] if draft.quantity.start >= clause]
    same = [draft.item for draft in before if draft.unit == before[-1].unit and draft.kind == "level"]
    items = list(dict.fromkeys(same))
    return [item + subject for item in items] if len(items) >= 2 else []


def split_each(sentence: Sentence, quantity: Quantity, subject: str, each: bool, tools: Tools) -> list[str]:
    """The items of a list that 均, 各 or a place in a ranking is said of; none where the subject is no list."""
    parts = split_list(subject) if each else split_list(subject, subject.count("、") + 1)
    if len(parts) < 2:
        return []
    facets = [part in tools.patterns.facets for part in parts]
    last = sentence.last()
    if last is not None and any(facets):
        return [join_facet(last.item, part, tools.patterns) for part in parts] if all(facets) else []
    return spread_items("、".join(align_parts(parts)), None, tools.patterns, {}, things=counts_things(quantity)) or []


def cut_list(right: str, follower: Quantity | None) -> str:
    """Up to the last 、 where the next number of a list follows: 5个村、｜8个社区."""
    if follower is None or "、" not in right:
        return right
    inside = mark_inside(right)
    at = max((i for i, mark in enumerate(right) if mark == "、" and not inside[i]), default=len(right))
    return right[:at]


def read_invested(
    sentence: Sentence, quantity: Quantity, follower: Quantity | None, predicate: Predicate, tools: Tools
) -> str:
    """What money is spent on: 花费70万元｜建成3座观景台 → 观景台."""
    if not INVESTED.search(predicate.subject + predicate.verb):
        return ""
    end = sentence.clause_end(quantity.end + 1)
    text = sentence.text[quantity.end : end]
    if follower is not None and follower.end <= end:
        text = sentence.text[quantity.end : follower.start] + sentence.text[follower.end : end]
    spent = SPENT_ON.match(text)
    text = text[spent.end() :] if spent else text
    verb = tools.patterns.light.at(text)
    if not verb and not sentence.text[quantity.end : end].startswith(SPENT):
        return ""
    if verb and not (spent and spent[1]) and not tools.patterns.guard.at(text, len(verb)):
        text = text[len(verb) :].removeprefix("了")
    return read_noun_behind(text, tools.patterns)


# Said of the whole thing, its measure included: 粮食产量｜最高.
INVESTMENTS: Final = ("投资", "总投资", "年度投资", "累计投资", "完成投资", "实际投资", "当年投资")
OF_WHOLE: Final = ("最高", "最低", "平均", "人均", "户均", "年均", "增速", "增幅", "占比", "比重")


def join_facet(item: str, facet: str, patterns: Patterns) -> str:
    """落地项目 + 总投资额; where the item before is a facet already, its own root: 公路总里程 + 总投资 → 公路总投资."""
    if facet in OF_WHOLE:
        return item + facet
    if facet.startswith("总"):
        item = FLOW.sub("", item)
    own = patterns.facet.before(item)
    if own and len(item) - len(own) >= 2:
        item = item[: -len(own)]
    return item + facet


def find_earlier(sentence: Sentence, quantity: Quantity, tools: Tools) -> tuple[str, str]:
    """The item that was named a clause or a sentence before, else the heading."""
    at = sentence.clause_start(quantity.start)
    while at > sentence.start:
        end = max(start for start in sentence.break_starts if start < at)
        start = sentence.clause_start(end) if end > sentence.start else sentence.start
        clause = read_subject(sentence.text[start:end], tools.patterns)
        if noun := read_noun_behind(clause, tools.patterns):
            return noun, "item.clause_before"
        at = start
    if sentence.drafts:
        return sentence.drafts[-1].item, "item.sentence_before"
    return sentence.title, "item.heading"
