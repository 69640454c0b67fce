"""Why a fact is worth a second look: the reasons for doubt that lie in how it was read.

A reason is a property of the reading (the item begins with a function word, the number follows the last one with a
word between them that nobody read), never of a document. It is kept where facts that bear it are wrong clearly more
often than others: benchmarks/doubts.py counts that, docs/doubts.md shows the counts, rules.toml says what each means.

`find_doubts` looks at one draft, with the draft before it in its sentence; what only the reader of prose knows, a draft
brings along in typed fields. Cells have no doubts of their own: their heads name them. `doubt_failed` comes after the
cross-checks, for the facts that do not agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Final

import msgspec

from qjreport.fact.draft import Draft
from qjreport.lexicon import Lexicon
from qjreport.model import Fact
from qjreport.text.patterns import WordTable, compile_re
from qjreport.text.words import Endings, Words

SHORT: Final = 2  # characters of an item that is a thing which is counted (学校12所), and seldom a measure's whole name
LONGEST: Final = 16  # one that is longer has often kept a clause
SMALL: Final = Decimal(100)  # below it a number in characters often belongs to a name
SPAN: Final = len("2021-2025")
YEAR: Final = len("2021")
FAR: Final = 2  # marks between a number and the one that it takes its item from
LONGEST_AFTER: Final = 7  # of one after the number: a longer one has often kept what is done to the thing
LINKS: Final = frozenset("、和及与")
HOUSEHOLDS: Final = "户"  # 完成9万户｜棚户区改造: what is done to their houses
AND: Final = frozenset("和及与")
JOINING: Final = frozenset("的和与及并或")  # after a number: more of the same kind follows
RANGES: Final = frozenset("至到—-～~×")
NUMERALS: Final = frozenset("0123456789０１２３４５６７８９一二两三四五六七八九十百千万亿")
ENDS_NUMBER: Final = NUMERALS | frozenset("元%％")


class DoubtWords(WordTable):
    """What is looked for in items and around numbers."""

    first: Words
    first_kept: Words
    last: Endings
    last_kept: Endings
    joint: tuple[str, ...]  # 参与, 普及: words with 和, 及 or 与 that join nothing
    abstract: Endings
    measure: Endings
    bare: frozenset[str]  # measures that are nobody's where they stand alone
    classes: frozenset[str]
    acts: frozenset[str]  # 审结｜28件: what is counted is left out
    people: frozenset[str]  # units of people: acts upon them are what is counted
    works: Endings  # 30栋｜楼房｜改造: houses, or works on them
    ratios: frozenset[str]
    paid: Endings  # 初中生由｜700元: people, of whom money is no measure
    part: str
    yearly: tuple[str, ...]
    reckoned: tuple[str, ...]  # the end of a clause that says how: 按不变价格｜计算，


@lru_cache(maxsize=4)
def compile_doubts(lexicon: Lexicon) -> DoubtWords:
    words, item = lexicon.facts.doubts, lexicon.facts.item
    unowned = [which + measure for which in words.unowned for measure in words.unowned_measures]
    return DoubtWords(
        first=Words(words.first),
        first_kept=Words(words.first_kept),
        last=Endings(words.last),
        last_kept=Endings(words.last_kept),
        joint=words.joint,
        abstract=Endings(words.abstract),
        measure=Endings((*item.measures, *words.rates)),
        bare=frozenset((*item.measures, *unowned)) - frozenset((*words.enough, *item.of_place)),
        classes=frozenset(words.classes),
        acts=frozenset((*item.nominal, *item.handled)),
        people=frozenset([unit for unit in item.person_units if unit not in HOUSEHOLDS]),
        works=Endings(words.works),
        ratios=frozenset(words.ratios),
        paid=Endings((*item.people, *words.paid)),
        part=lexicon.facts.share.part,
        yearly=words.yearly,
        reckoned=tuple([word + mark for word in words.reckoned for mark in "，,"]),
    )


class Around:
    """The sentence of a number, and what was found of the numbers before."""

    def __init__(
        self, text: str, start: int, named: set[tuple[str, str, str, str | None]], *, by_date: bool = False
    ) -> None:
        self.text = text  # the whole block's
        self.start = start  # of the sentence
        self.last: Draft | None = None
        self.poor: bool = False  # its item is made of words that are doubted
        self.named = named  # in the paragraph, with unit, kind and period
        self.by_date = by_date  # the report's years are those of the page's date


def find_doubts(draft: Draft, around: Around, words: DoubtWords, *, known: bool) -> tuple[str, ...]:
    """The reasons to doubt a draft of prose, none where the reading is sure; most facts bear none, and cost little.

    `known` says that the item names an indicator of the table, which is one name whatever stands in it.
    """
    text, quantity, item, last = around.text, draft.quantity, draft.item, around.last
    start, end = quantity.start, quantity.end
    before, after = text[start - 1 : start], text[end : end + 1]
    next_to = end + 1 if after == "的" else end
    behind = text[next_to : next_to + len(item)] == item
    found = judge_words(draft, words, LONGEST_AFTER if behind else LONGEST, known=known)
    poor = bool(found)
    ratio = draft.unit in words.ratios
    if (after == "的" and ratio) or (behind and "的" in item):
        found.append("item.of")
    elif not behind and "一" <= after <= "龥" and after not in JOINING and not draft.origin:
        found.append("item.words_after")
    if behind and "、" in item:
        found.append("item.list")
    if draft.dimension == "count" and counts_acts(draft.unit, item, behind, words):
        found.append("item.act")
    if before == "有":
        found.append("item.had")
    paid = draft.dimension == "money" and draft.kind == "level" and words.paid.before(item) != ""
    if paid or (ratio and not behind and not quantity.structure and is_loose(draft, around, words)):
        found.append("item.no_measure")
    if draft.named and not (behind or draft.shared_out) and is_repeated(draft, around):
        found.append("item.repeated")
    if draft.unspread or (last is not None and before in LINKS and is_unspread(draft, last, words)):
        found.append("list.unread")
    if last is not None and not draft.named and draft.item == last.item and not (behind or draft.shared_out):
        doubt_carried(draft, last, around, words, found)
        poor = poor or around.poor
    if not (quantity.quote[0].isdecimal() or ratio or draft.kind == "rank" or draft.value >= SMALL):
        found.append("numeral.small")
    if (before in RANGES or (after in RANGES and draft.kind == "level")) and is_half(text, start, end):
        found.append("range.half")
    doubt_field(draft, around, words, found)
    around.last, around.poor = draft, poor
    return tuple(found) if found else ()


def names_acts(item: str, words: DoubtWords) -> bool:
    """Whether only what was done is named, and not to what: 办结, 审结、执结."""
    return item in words.acts or ("、" in item and words.acts.issuperset(item.split("、")))


def judge_words(draft: Draft, words: DoubtWords, longest: int, *, known: bool) -> list[str]:
    """Of what words the item is made, and how many."""
    found, item = list[str](), draft.item
    if (words.first.at(item) and not words.first_kept.at(item)) or (
        words.last.before(item) and not words.last_kept.before(item)
    ):
        found.append("item.residue")
    size = len(item)
    if size > longest and (etc := item.find("等")) > 0:
        size -= etc  # of 盗窃、诈骗、抢夺等多发性犯罪案件 only what sums them up is told as one
    if size < SHORT or (size == SHORT and draft.dimension != "count"):
        found.append("item.short")
    elif size > longest:
        found.append("item.long")
    if words.abstract.before(item):
        found.append("item.abstract")
    if item in words.bare:
        found.append("item.bare")
    if ("（" in item or "(" in item) and has_remark(item):
        found.append("item.bracket")
    if not known and joins(item, words):
        found.append("item.coordinated")
    if draft.doubt:
        found.append(draft.doubt)
    return found


def counts_acts(unit: str, item: str, behind: bool, words: DoubtWords) -> bool:
    """Whether what is counted may be an act as well as a thing: 审结｜28件, 30栋｜楼房改造, but not 批准逮捕｜35人."""
    if names_acts(item, words):
        return behind or unit not in words.people
    return behind and words.works.before(item) != ""


def has_remark(item: str) -> bool:
    """Whether a bracket in it holds more than the letters that it is called by: 生产总值｜（GDP）."""
    bare = LETTERS.sub("", item)
    return "（" in bare or "(" in bare


def joins(item: str, words: DoubtWords) -> bool:
    """Whether 和, 及 or 与 joins two things in it: the number may be of one, or what they share was left out."""
    if not ("和" in item or "及" in item or "与" in item):
        return False
    for word in words.joint:
        item = item.replace(word, "")
    return not AND.isdisjoint(item[1:-1])


def is_repeated(draft: Draft, around: Around) -> bool:
    """Whether the paragraph named the same item before, with another amount of that time: 稳定率96%；……稳定率98%."""
    said = (draft.item, draft.unit, draft.kind, draft.period)
    known = said in around.named
    around.named.add(said)
    return known


def is_loose(draft: Draft, around: Around, words: DoubtWords) -> bool:
    """Whether a share, or what a part of something has changed by, is of an item that names no measure."""
    if draft.kind == "level":
        loose = draft.unit != "倍"
    else:
        loose = around.text.find(words.part, around.start, draft.start) >= 0
    return loose and not words.measure.before(draft.item)


def is_unspread(draft: Draft, last: Draft, words: DoubtWords) -> bool:
    """Whether the number follows another in a list, and neither was shared out to the things of one."""
    follows = draft.start - last.end == 1
    if last.unit == HOUSEHOLDS and draft.unit in words.people:
        return False  # 低保6639户、｜1.3万人
    return follows and not (draft.shared_out or last.shared_out or draft.structure)


def doubt_carried(draft: Draft, last: Draft, around: Around, words: DoubtWords, found: list[str]) -> None:
    """Of an item that the number has from the one before it."""
    if draft.unread:
        found.append("item.carried_over")
    between = around.text[last.end : draft.start]
    if is_far(between, words):
        found.append("item.carried_far")
    if around.poor:
        found.append("item.inherited")
    if draft.kind != "level" or last.kind != "level" or last.origin:
        return
    if not draft.said and draft.unit == last.unit:
        found.append("kind.unsaid")
    measured = draft.said or words.measure.before(draft.item)
    if measured and draft.dimension == "count" and last.dimension != "count" and draft.unit not in words.ratios:
        found.append("item.carried_unit")


def is_far(between: str, words: DoubtWords) -> bool:
    """Whether clauses stand between, besides one that says how the number is reckoned: 按不变价格计算，."""
    commas = between.count("，") + between.count(",")
    if commas >= FAR:
        commas -= sum([between.count(word) for word in words.reckoned])
    return "；" in between or commas >= FAR


def is_half(text: str, start: int, end: int) -> bool:
    """Whether the number is one end of a range that was not read as one: 一百五十元｜至二百元."""
    if start > 1 and text[start - 1] in RANGES and text[start - 2] in ENDS_NUMBER:
        return True
    return text[end : end + 1] in RANGES and text[end + 1 : end + 2] in NUMERALS


def doubt_field(draft: Draft, around: Around, words: DoubtWords, found: list[str]) -> None:
    """Of unit, kind and period."""
    if draft.unit in words.classes:
        found.append("unit.class")
    if draft.kind == "rank" and draft.scope is None:
        found.append("rank.among")
    if draft.object_change is not None:
        found.append("kind.object")
    basis, period = draft.basis, draft.period
    if basis is not None and period is not None and len(period) < SPAN and basis.startswith(words.yearly):
        found.append("period.single_year")
    if around.by_date and period is not None and period[:YEAR] not in around.text:
        found.append("period.by_date")


LETTERS: Final = compile_re(r"[（(][A-Za-z]{2,6}[）)]")
FAILED: Final = "check.failed"


def doubt_failed(facts: list[Fact], failed: Iterable[Fact]) -> None:
    """Add the doubt of a cross-check to the facts that did not agree."""
    names = {fact.id for fact in failed}
    if names:
        for place, fact in enumerate(facts):
            if fact.id in names:
                facts[place] = msgspec.structs.replace(fact, doubts=(*fact.doubts, FAILED))
