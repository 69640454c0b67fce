"""For when one number of a sentence holds, and whether as a result or a target.

The nearest word of time in front of the number decides, where it does not only compare (比2010年) and was not used up
by one number alone (由2010年的1264元); else what holds for the paragraph. Words of time are found by period.py, what
a paragraph or a heading says is settled there too, and status.py weighs the words of planning. A sentence with neither
of them never comes here: reader.py takes what is settled for its paragraph.
"""

from __future__ import annotations

from qjreport.fact.period import Mention
from qjreport.fact.prose.predicate import Predicate
from qjreport.fact.prose.sentence import Sentence, Tools
from qjreport.fact.status import Settled, read_status
from qjreport.model import Quantity


def date_number(sentence: Sentence, quantity: Quantity, predicate: Predicate, origin: bool, tools: Tools) -> Settled:
    """Its period and status, each with its rule; `origin` for the starting value of a change."""
    period, period_rule = find_period(sentence, quantity, predicate, origin, tools)
    frame, settled = sentence.frame, sentence.settled
    if period == frame.period and not sentence.plans and frame.status != "target":
        return settled._replace(period_rule=period_rule)
    near, said = period, False
    for mention in sentence.mentions:
        if mention.period == period:
            said = True
        elif period is None and mention.end <= quantity.start:
            near = mention.period
    before = sentence.text[sentence.start : quantity.start]
    status, status_rule = read_status(before, near, said or near != period, frame, tools.years, tools.mood)
    return Settled(period, period_rule, status, status_rule)


def find_period(
    sentence: Sentence, quantity: Quantity, predicate: Predicate, origin: bool, tools: Tools
) -> tuple[str | None, str]:
    """The nearest word of time in front of the number, else what holds for the paragraph."""
    frame = sentence.frame
    before = [mention for mention in sentence.mentions if mention.end <= quantity.start]
    own = before[-1] if before and predicate.date and not before[-1].compared else None
    if origin and own is not None and own.sort != "years":
        sentence.spent.append(own.start)
        return own.period, own.rule
    near = [mention for mention in before if not mention.compared and mention.start not in sentence.spent]
    when = [mention for mention in near if not beside_the_point(mention, sentence, tools)]
    last = when[-1] if when else None
    if last is not None and last.sort == "years":
        # 2020—2025年，……由8亿元增加到19亿元: the first year's value, and the last year's
        if origin:
            return last.period[:4], "period.year"
        if sentence.drafts and sentence.drafts[-1].origin and predicate.towards:
            return last.period[-4:], "period.year"
    if origin:
        return None, "period.start_unknown"
    if predicate.basis and "年均" in predicate.basis:
        yearly = find_yearly(before, last, sentence)
        if yearly is not None:
            return yearly, "period.yearly"
    if last is not None:
        return last.period, last.rule
    return frame.period, frame.rule or "period.none"


def find_yearly(before: list[Mention], last: Mention | None, sentence: Sentence) -> str | None:
    """The years over which 年均 is taken: those after the base year, up to the one named."""
    frame = sentence.frame
    period = frame.period if last is None else last.period
    first = max((m.period[:4] for m in before if m.compared or m.start in sentence.spent), default="")
    if period and len(period) == 4 and "" < first < period:
        return f"{int(first) + 1}-{period}"
    if last is not None and frame.period and frame.period[4:] == f"-{period}":
        return frame.period
    return None


def beside_the_point(mention: Mention, sentence: Sentence, tools: Tools) -> bool:
    """Whether a year ahead in a part that looks back only names something: 获得2026年赛事举办权.

    今后五年 names no year, and so nothing by its year.
    """
    if mention.sort == "five_years":
        return False
    if sentence.frame.status != "actual" or tools.years.review is None or not mention.period[:4].isdigit():
        return False
    aimed = sentence.text[max(0, mention.start - 1) : mention.start] in ("到", "至") or tools.mood.target.search(
        sentence.text, sentence.start, mention.start
    )
    return int(mention.period[:4]) > tools.years.review and not aimed
