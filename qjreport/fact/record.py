"""A number that has its item becomes a draft: with its period, its status, and what it is a part of."""

from __future__ import annotations

from qjreport.fact.draft import Draft
from qjreport.fact.period import Mention
from qjreport.fact.predicate import Predicate
from qjreport.fact.sentence import Sentence, Tools
from qjreport.fact.status import read_status
from qjreport.model import Quantity


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
