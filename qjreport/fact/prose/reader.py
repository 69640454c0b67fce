"""Facts out of prose: each number of a block with its item, kind, period and status.

A sentence is read from left to right. What a number does not say of itself it takes from the number before it in the
same sentence, from the clause before, from the heading. Tables are table.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.fact.draft import Draft
from qjreport.fact.period import Frame, Mention, find_mentions
from qjreport.fact.prose.distribute import split_list, spread_items
from qjreport.fact.prose.item_choice import choose_item, find_earlier, split_each, spread_back
from qjreport.fact.prose.nouns import FROM, PART, read_list, read_subject
from qjreport.fact.prose.predicate import Predicate, read_predicate
from qjreport.fact.prose.sentence import PLAIN_UNITS, Sentence, Tools, counts_things
from qjreport.fact.prose.vocabulary import Patterns
from qjreport.fact.status import read_status
from qjreport.model import Diagnostic, Quantity
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import find_breaks

# A number that has its item becomes a draft: with its period, its status, and what it is a part of.


def add_draft(
    sentence: Sentence,
    quantity: Quantity,
    item: str,
    predicate: Predicate,
    tools: Tools,
    rules: tuple[str, ...],
    part: bool = False,
) -> None:
    period, period_rule = find_period(sentence, quantity, predicate, rules, tools)
    before = sentence.text[sentence.start : quantity.start]
    near, said = period, False
    for mention in sentence.mentions:
        if mention.period == period:
            said = True
        elif period is None and mention.end <= quantity.start:
            near = mention.period
    status, status_rule = read_status(before, near, said or near != period, sentence.frame, tools.years, tools.mood)
    whole = None
    if part:
        same = [i for i in range(sentence.first, len(sentence.drafts)) if sentence.drafts[i].unit == quantity.unit]
        whole = same[-1] if same else (len(sentence.drafts) - 1 if sentence.drafts else None)
    assert quantity.value is not None
    sentence.drafts.append(
        Draft(
            quantity=quantity,
            item=item,
            value=quantity.value,
            value_to=quantity.value_to,
            unit=quantity.unit,
            unit_code=quantity.unit_code,
            dimension=quantity.dimension,
            kind=quantity.kind or predicate.kind,
            period=period,
            status=status,
            basis=predicate.basis,
            scope=predicate.scope,
            part_of=whole,
            rules=tuple(dict.fromkeys((*quantity.rules, *predicate.rules, *rules, period_rule, status_rule))),
        )
    )


def find_period(
    sentence: Sentence, quantity: Quantity, predicate: Predicate, rules: tuple[str, ...], tools: Tools
) -> tuple[str | None, str]:
    """The nearest word of time in front of the number, else what holds for the paragraph."""
    if not sentence.mentions:
        if "change.from" in rules:
            return None, "period.start_unknown"
        return sentence.frame.period, sentence.frame.rule or "period.none"
    before = [mention for mention in sentence.mentions if mention.end <= quantity.start]
    own = before[-1] if before and predicate.date and not before[-1].compared else None
    if "change.from" in rules and own is not None and own.rule != "period.years":
        sentence.spent.append(own.start)
        return own.period, own.rule
    near = [mention for mention in before if not mention.compared and mention.start not in sentence.spent]
    when = [mention for mention in near if not beside_the_point(mention, sentence, tools)]
    period = when[-1].period if when else sentence.frame.period
    if when and when[-1].rule == "period.years":
        # 2020—2025年，……由8亿元增加到19亿元: the first year's value, and the last year's
        if "change.from" in rules:
            return when[-1].period[:4], "period.year"
        if sentence.drafts and "change.from" in sentence.drafts[-1].rules and predicate.towards:
            return when[-1].period[-4:], "period.year"
    if "change.from" in rules:
        return None, "period.start_unknown"
    if predicate.basis and "年均" in predicate.basis:
        first = max((m.period[:4] for m in before if m.compared or m.start in sentence.spent), default="")
        if period and len(period) == 4 and "" < first < period:
            return f"{int(first) + 1}-{period}", "period.yearly"
        if when and sentence.frame.period and sentence.frame.period[4:] == f"-{period}":
            return sentence.frame.period, "period.yearly"
    if when:
        return period, when[-1].rule
    return period, sentence.frame.rule or "period.none"


def beside_the_point(mention: Mention, sentence: Sentence, tools: Tools) -> bool:
    """Whether a year ahead in a part that looks back only names something: 获得2026年赛事举办权.

    今后五年 names no year, and so nothing by its year.
    """
    if mention.rule == "period.five_years":
        return False
    if sentence.frame.status != "actual" or tools.years.review is None or not mention.period[:4].isdigit():
        return False
    aimed = sentence.text[max(0, mention.start - 1) : mention.start] in ("到", "至") or tools.mood.target.search(
        sentence.text, sentence.start, mention.start
    )
    return int(mention.period[:4]) > tools.years.review and not aimed


# A verb of change whose object stands between it and the number: 增加学位｜20万个.

CARRIED_KINDS: Final = ("kind.increase.object", "kind.decrease.object")
LONGEST_OBJECT: Final = 20


def take_change_head(
    sentence: Sentence, subject: str, quantity: Quantity, predicate: Predicate, patterns: Patterns, rules: list[str]
) -> str:
    """增加学位｜20万个: the verb of change whose object stands between it and the number."""
    if predicate.kind != "level" or predicate.verb or quantity.kind == "rank":
        return subject
    verb, behind = find_change_head(subject, counts_things(quantity), patterns)
    last = sentence.last()
    if not verb and last is not None and subject.startswith("、"):
        # 增加森林面积9万亩、｜森林蓄积40万立方米: the verb carries over
        carried = [rule for rule in CARRIED_KINDS if rule in last.rules]
        if carried:
            predicate.kind = last.kind
            rules.append(carried[0])
        return subject
    if not verb or not 2 <= len(subject) - behind <= LONGEST_OBJECT:
        return subject
    predicate.kind = "decrease" if verb in patterns.decrease else "increase"
    rules.append(f"kind.{predicate.kind}.object")
    return subject[behind:]


def find_change_head(subject: str, thing: bool, patterns: Patterns) -> tuple[str, int]:
    """The last verb of change that may have an object, and where that begins; "" for none."""
    found, behind, at = "", 0, 0
    heads = patterns.change_head
    while at < len(subject):
        if subject[at] not in heads.lengths or (at and subject[at - 1] == "新"):
            at += 1
            continue
        word = heads.at(subject, at, guard=patterns.not_changed)
        if not word:
            at += 1
            continue
        at += len(word)
        if subject[at : at + 1] == "了":
            at += 1
        if not (thing and word in patterns.rate_only):
            found, behind = word, at
    return found, behind


STRUCTURE: Final = 3
LONGEST_LIST: Final = 30  # numbers that one 分别 governs; reports have up to about ten
# 保持每年2%左右｜的增幅
RATE_BEHIND: Final = compile_re(r"的(?:年均)?(增长|增幅|增速|涨幅|降幅|跌幅|下降)")
DOWN: Final = ("降幅", "跌幅", "下降")
# A word of time that speaks for the sentences behind it begins its own; no such word is longer.
OPENING_REACH: Final = 24
LINK: Final = compile_re(r"[\s、和及与以同]*(?:以及)?(?:约|近|超|超过)?\Z")


def read_prose(
    text: str,
    inside: bytearray,
    spans: Sequence[tuple[int, int]],
    quantities: Sequence[Quantity],
    frame: Frame,
    title: str,
    tools: Tools,
) -> tuple[list[Draft], list[Diagnostic]]:
    """The drafts of one block's facts.

    `inside` marks its quotations and brackets, `spans` are its sentences; `quantities` are those of the block that
    count something, in order.
    """
    drafts: list[Draft] = []
    diagnostics: list[Diagnostic] = []
    carried: Mention | None = None
    index = 0
    for start, end in spans:
        here = []
        while index < len(quantities) and quantities[index].start < end:
            here.append(quantities[index])
            index += 1
        until = end if here else min(end, start + OPENING_REACH)
        mentions = find_mentions(text, start, until, tools.years, frame, tools.time)
        if mentions and mentions[0].start - start <= 2 and not mentions[0].compared:
            carried = mentions[0]
        if here:
            known = mentions if mentions or carried is None else [carried._replace(start=start, end=start)]
            breaks = find_breaks(text, start, end, inside)
            sentence = Sentence(
                text=text,
                start=start,
                end=end,
                break_starts=[at for at, _ in breaks],
                break_ends=[at for _, at in breaks],
                mentions=known,
                frame=frame,
                title=title,
                drafts=drafts,
                first=len(drafts),
                diagnostics=diagnostics,
                taken=start,
                outer="",
                spent=[],
            )
            read_sentence(sentence, here, tools)
    return drafts, diagnostics


def read_sentence(sentence: Sentence, quantities: list[Quantity], tools: Tools) -> None:
    index = 0
    while index < len(quantities):
        quantity = quantities[index]
        left_start = max(sentence.clause_start(quantity.start), quantities[index - 1].end if index else 0)
        left_start = max(left_start, min(sentence.taken, quantity.start))
        left = sentence.text[left_start : quantity.start]
        predicate = read_predicate(
            left,
            tools.patterns,
            rank=quantity.kind == "rank",
            thing=counts_things(quantity),
        )
        group = take_group(sentence.text, quantities, index)
        if "ratio.structure" in quantity.rules:
            group = [other for other in quantities[index:] if "ratio.structure" in other.rules][:STRUCTURE]
            predicate.respectively = True
        elif len(group) > 1 and not predicate.respectively:
            # 履约率、开工率达到90%、80%: as many rates as there are numbers need no 分别
            predicate.respectively = counts_match(predicate.subject, len(group), tools) or (
                not predicate.subject.strip("，、, ") and follows_list(sentence, len(group))
            )
        if predicate.respectively and read_structure(sentence, group, predicate, tools):
            index += len(group)
            continue
        if predicate.respectively and read_respectively(sentence, group, predicate, tools):
            index += len(group)
            continue
        follower = quantities[index + 1] if index + 1 < len(quantities) else None
        read_single(sentence, quantity, follower, predicate, left, tools)
        index += 1


def counts_match(subject: str, count: int, tools: Tools) -> bool:
    """Whether a list has as many measures as there are numbers, or one word that stands for two: 城乡, 存贷款."""
    parts = split_list(subject, count)
    if len(parts) == count > 1:
        return all(tools.patterns.measure.before(part) for part in parts)
    return count == 2 and len(parts) == 1 and any(word in subject for word in tools.pairs)


def follows_list(sentence: Sentence, count: int) -> bool:
    """Whether the last numbers were as many and shared out: 分别达到6亿元和3亿元，｜增长21%和22%."""
    before = sentence.drafts[sentence.first :][-count:]
    return len(before) == count and all("share.respectively" in draft.rules for draft in before)


def read_structure(sentence: Sentence, group: list[Quantity], predicate: Predicate, tools: Tools) -> bool:
    """三次产业结构8.1:40.2:51.7: the parts have names of their own."""
    before = sentence.text[sentence.start : group[0].start]
    for name, parts in tools.structures.items():
        if name in before and len(parts) == len(group):
            origin = ("change.from",) if FROM.search(predicate.subject) else ()
            for quantity, item in zip(group, parts, strict=True):
                add_draft(sentence, quantity, item, predicate, tools, ("share.structure", *origin))
            return True
    return False


def take_group(text: str, quantities: list[Quantity], index: int) -> list[Quantity]:
    """The numbers that one 分别 governs: those that only 、 和 and the like keep apart."""
    group = [quantities[index]]
    for quantity in quantities[index + 1 : index + LONGEST_LIST]:
        if not LINK.match(text[group[-1].end : quantity.start]):
            break
        group.append(quantity)
    return group


def read_respectively(sentence: Sentence, group: list[Quantity], predicate: Predicate, tools: Tools) -> bool:
    subject = read_list(predicate.subject, tools.patterns)
    items = list_items(sentence, group, subject, tools)
    if items is None:
        if len(group) > 1:
            where = sentence.text[max(sentence.start, group[0].start - 30) : group[-1].end]
            sentence.diagnostics.append(
                Diagnostic(
                    code="respectively-mismatch", message=f"{len(group)} numbers do not match their list: …{where}"
                )
            )
        return False
    for quantity, item in zip(group, items, strict=True):
        add_draft(sentence, quantity, item, predicate, tools, ("share.respectively",))
    return True


def list_items(sentence: Sentence, group: list[Quantity], subject: str, tools: Tools) -> list[str] | None:
    """The items that a 分别 spreads its numbers over; None where their counts don't match."""
    count, patterns, pairs = len(group), tools.patterns, tools.pairs
    items = spread_items(subject, count, patterns, pairs, things=counts_things(group[0])) if subject else None
    if items is not None:
        return items
    if subject and len(split_list(subject)) > 1:
        return None
    # 菜场、药店分别增至30个和52家，摊位分别…: what is measured of the things named before
    before = [draft.item for draft in sentence.drafts[sentence.first :][-count:]]
    if len(before) < count or len(set(before)) < count:
        named = spread_items(find_earlier(sentence, group[0], tools)[0], count, patterns, pairs)
        before = named or []
    return [item + subject for item in before] if len(before) == count else None


def read_single(
    sentence: Sentence, quantity: Quantity, follower: Quantity | None, predicate: Predicate, left: str, tools: Tools
) -> None:
    """One number with the item before it or behind it."""
    patterns = tools.patterns
    right_end = min(sentence.clause_end(quantity.end), follower.start if follower else sentence.end)
    right = sentence.text[quantity.end : right_end]
    rules: list[str] = []
    subject_text = predicate.subject
    origin = FROM.search(subject_text) if follower is not None else None
    if origin and follower is not None and is_change(sentence.text[quantity.end : follower.start], tools):
        subject_text = subject_text[: origin.start()]
        rules.append("change.from")
    if right.startswith("的") and (rate := RATE_BEHIND.match(right)):
        predicate.kind = "decrease" if rate[1] in DOWN else "increase"
        rules.append(f"kind.{predicate.kind}.behind")
    subject_text = take_change_head(sentence, subject_text, quantity, predicate, patterns, rules)
    subject = read_subject(subject_text, patterns)
    part = "其中" in left and bool(PART.match(left))
    if items := spread_back(sentence, quantity, subject, predicate, tools):
        for one in items:
            add_draft(sentence, quantity, one, predicate, tools, (*rules, "share.each.back"), part)
        return
    if subject and quantity.unit in PLAIN_UNITS and counts_match(subject, subject.count("、") + 1, tools):
        for one in spread_items(subject, subject.count("、") + 1, patterns, {}) or []:
            add_draft(sentence, quantity, one, predicate, tools, (*rules, "share.list"), part)
        return
    item, rule = choose_item(sentence, quantity, follower, subject, right, predicate, tools)
    if rule == "item.facet" or (rule == "item.before" and (predicate.each or quantity.kind == "rank")):
        items = split_each(sentence, quantity, subject, predicate.each, tools)
        for one in items:
            add_draft(sentence, quantity, one, predicate, tools, (*rules, "share.each"), part)
        if items:
            return
    add_draft(sentence, quantity, item, predicate, tools, (*rules, rule), part)


def is_change(between: str, tools: Tools) -> bool:
    """Whether the text between two numbers says that one became the other: 增加到, 降至, 整合为."""
    predicate = read_predicate(between, tools.patterns)
    return predicate.towards and len(between) < 40
