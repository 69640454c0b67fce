"""Facts out of prose: each number of a block with its item, kind, period and status.

A sentence is read from left to right. What a number does not say of itself it takes from the number before it in the
same sentence, from the clause before, from the heading. Tables are table.py's.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from qjreport.fact.choose import choose_item, find_earlier, split_each
from qjreport.fact.draft import Draft
from qjreport.fact.item import FROM, PART, read_subject
from qjreport.fact.period import Frame, Mention, find_mentions
from qjreport.fact.predicate import Predicate, read_predicate
from qjreport.fact.record import add_draft
from qjreport.fact.sentence import Sentence, Tools, counts_things
from qjreport.fact.share import spread_items
from qjreport.fact.words import Patterns
from qjreport.model import Diagnostic, Quantity
from qjreport.text.sentences import find_breaks, find_sentences, mark_inside

LINK = regex.compile(r"[\s、，,和及与以同]*(?:以及)?(?:约|近|超|超过)?\Z")


def read_prose(
    text: str, quantities: Sequence[Quantity], frame: Frame, title: str, tools: Tools
) -> tuple[list[Draft], list[Diagnostic]]:
    """The drafts of one block's facts; `quantities` are those of the block that count something, in order."""
    drafts: list[Draft] = []
    diagnostics: list[Diagnostic] = []
    inside = mark_inside(text)
    carried: Mention | None = None
    index = 0
    for start, end in find_sentences(text, inside):
        mentions = find_mentions(text, start, end, tools.years, frame, tools.time)
        if mentions and mentions[0].start - start <= 2 and not mentions[0].compared:
            carried = mentions[0]
        here = []
        while index < len(quantities) and quantities[index].start < end:
            here.append(quantities[index])
            index += 1
        if here:
            known = mentions if mentions or carried is None else [carried._replace(start=start, end=start)]
            sentence = Sentence(
                text=text,
                start=start,
                end=end,
                breaks=find_breaks(text, start, end, inside),
                mentions=known,
                frame=frame,
                title=title,
                drafts=drafts,
                first=len(drafts),
                diagnostics=diagnostics,
                taken=start,
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
            points="百分点" in quantity.unit,
            thing=counts_things(quantity),
        )
        group = [quantity]
        if predicate.respectively:
            group = take_group(sentence.text, quantities, index)
        if predicate.respectively and read_respectively(sentence, group, predicate, tools):
            index += len(group)
            continue
        follower = quantities[index + 1] if index + 1 < len(quantities) else None
        read_single(sentence, quantity, follower, predicate, left, tools)
        index += 1


def take_group(text: str, quantities: list[Quantity], index: int) -> list[Quantity]:
    """The numbers that one 分别 governs: those that only 、 和 and the like keep apart."""
    group = [quantities[index]]
    for quantity in quantities[index + 1 :]:
        if not LINK.match(text[group[-1].end : quantity.start]):
            break
        group.append(quantity)
    return group


def read_respectively(sentence: Sentence, group: list[Quantity], predicate: Predicate, tools: Tools) -> bool:
    subject = read_subject(predicate.subject, tools.patterns)
    items: list[str] | None
    if subject:
        items = spread_items(subject, len(group), tools.patterns, tools.pairs, things=counts_things(group[0]))
    else:
        before = sentence.drafts[sentence.first :][-len(group) :]
        items = [draft.item for draft in before] if len(before) == len(group) else None
        if items is None:
            items = spread_items(find_earlier(sentence, group[0], tools)[0], len(group), tools.patterns, tools.pairs)
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


def read_single(
    sentence: Sentence, quantity: Quantity, follower: Quantity | None, predicate: Predicate, left: str, tools: Tools
) -> None:
    """One number with the item before it or behind it."""
    patterns = tools.patterns
    right_end = min(sentence.clause_end(quantity.end), follower.start if follower else sentence.end)
    right = sentence.text[quantity.end : right_end]
    rules: list[str] = []
    subject_text = predicate.subject
    origin = FROM.search(subject_text)
    if origin and follower is not None and is_change(sentence.text[quantity.end : follower.start], tools):
        subject_text = subject_text[: origin.start()]
        rules.append("change.from")
    subject_text = take_change_head(subject_text, quantity, predicate, patterns, rules)
    subject = read_subject(subject_text, patterns)
    part = bool(PART.match(left))
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


def take_change_head(
    subject: str, quantity: Quantity, predicate: Predicate, patterns: Patterns, rules: list[str]
) -> str:
    """增加学位｜20万个: the verb of change whose object stands between it and the number."""
    if predicate.kind != "level" or predicate.verb or quantity.kind == "rank":
        return subject
    match = None
    for found in patterns.change_head.finditer(subject):
        if not (counts_things(quantity) and found["word"] in patterns.rate_only):
            match = found
    if match is None or len(subject) - match.end() < 2 or len(subject) - match.end() > 20:
        return subject
    predicate.kind = "decrease" if match["word"] in patterns.decrease else "increase"
    rules.append(f"kind.{predicate.kind}.object")
    return subject[match.end() :]
