"""其中: numbers that are parts of one before them, 新增就业3万人，其中｜高校毕业生1万人，返乡农民2万人.

A clause that opens with 其中 begins the parts of its sentence; they go on to the next ；, or to the end of a sentence
that 其中 opens, as long as a number says the same of another part, or something more of the part before. Their whole
is what was said before 其中: its level where it has one. Where the whole says what is measured and the parts only
whose it is, they share the measure: 农产品生产价格上涨4.4%，其中谷物｜上涨2.3%. Rows of a data table are
table/parts.py's.

A part may also be a place within the report's: `find_subject` names it.
"""

from __future__ import annotations

from typing import Final

from qjreport.fact.draft import Draft
from qjreport.fact.prose.sentence import Number, Sentence
from qjreport.fact.prose.vocabulary import AreaWords, ChoiceWords
from qjreport.model import FactKind, Quantity

HARD: Final = "；;"
# A part whose name is longer says itself what is measured.
LONGEST_PART: Final = 14
LOOK_BACK: Final = 3
OPENING: Final = 5  # characters, such as a marker, before the 其中 that opens a sentence
RATES: Final = frozenset(("%", "‰", "个百分点"))


def follow_parts(number: Number) -> None:
    """Note where the parts of a whole begin, and where they end."""
    sentence, drafts = number.sentence, number.sentence.drafts
    start = drafts[-1].quantity.end if len(drafts) > sentence.first else sentence.start
    between = sentence.text[start : number.quantity.start]
    if number.tools.part in between and number.tools.patterns.share.part.search(between):
        sentence.parts = len(drafts)
    elif sentence.parts > sentence.first and any(mark in between for mark in HARD):
        sentence.parts = -1  # where 其中 opens the sentence, all of it are parts


def find_whole(sentence: Sentence, quantity: Quantity, kind: FactKind, item: str, words: ChoiceWords) -> int | None:
    """The draft that a number is a part of; None where it is none.

    It is the last level before 其中 in the same unit, else the last level, else what was said last.
    """
    drafts, parts = sentence.drafts, sentence.parts
    if parts < 0:
        return None
    if len(drafts) > parts:
        first, last, own = drafts[parts], drafts[-1], words.measure.before(item)
        alike = is_alike(first, quantity.unit, kind) and (not own or first.item.endswith(own))
        if item != last.item and not alike:
            sentence.parts = -1
            return None
    before = list_before(sentence)
    levels = [place for place in before if drafts[place].kind == "level"]
    same = [place for place in levels if drafts[place].unit == quantity.unit]
    chosen = same or levels or before
    return chosen[-1] if chosen else None


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
    match = words.zone.match(item) or (words.area.match(item) if part else None)
    if match is None or match[0].endswith(words.other) or words.general.search(match[0]) or match[0] in area:
        return None
    return match[0]


def share_measure(number: Number) -> str:
    """What a part has its name from: 其中谷物｜2.3% → 谷物生产价格; "" where it needs nothing, or nothing is shared."""
    sentence, words, subject = number.sentence, number.words, number.subject
    if number.quantity.unit not in RATES or not 2 <= len(subject) <= LONGEST_PART or names_measure(subject, words):
        return ""
    kind, unit, drafts = number.predicate.kind, number.quantity.unit, sentence.drafts
    same = [drafts[place] for place in list_before(sentence) if is_alike(drafts[place], unit, kind)]
    if not same:
        return ""
    whole = same[-1].item
    measure = find_measure(whole, words)
    return subject + measure if measure else ""


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
