"""Facts out of prose: each number of a block with its item, kind, period and status.

A sentence is read from left to right. What a number does not say of itself it takes from the number before it in the
same sentence, from the clause before, from the heading. Tables are table.py's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import regex

from qjreport.fact.draft import Draft
from qjreport.fact.item import FROM, NOT_COUNTED, PART, read_nominal, read_noun_behind, read_subject
from qjreport.fact.period import Frame, Mention, TimeWords, Years, find_mentions
from qjreport.fact.predicate import Predicate, read_predicate
from qjreport.fact.share import align_parts, split_list, spread_items
from qjreport.fact.status import MoodWords, read_status
from qjreport.fact.words import Patterns
from qjreport.model import Diagnostic, Quantity
from qjreport.text.sentences import find_breaks, find_sentences, mark_inside

LINK = regex.compile(r"[\s、，,和及与以同]*(?:以及)?(?:约|近|超|超过)?\Z")
PLAIN_UNITS = ("%", "‰", "个百分点", "倍", "位")


class Tools(msgspec.Struct, frozen=True, eq=False):
    """What reading prose needs of the lexicon and of the report."""

    patterns: Patterns
    time: TimeWords
    mood: MoodWords
    pairs: Mapping[str, tuple[str, str]]
    years: Years


class Sentence(msgspec.Struct, eq=False):
    """A sentence being read: its text, its numbers, and what has been found in it so far."""

    text: str  # the whole block's
    start: int
    end: int
    breaks: list[tuple[int, int]]
    mentions: list[Mention]
    frame: Frame
    title: str
    drafts: list[Draft]  # all of the block; those of this sentence from `first` on
    first: int
    diagnostics: list[Diagnostic]
    taken: int  # how far the noun phrase behind the last number reaches, which is no subject of the next
    spent: list[int]  # where words of time begin that hold for one number alone: 由2010年的｜1264元

    def clause_start(self, at: int) -> int:
        return max((end for _, end in self.breaks if end <= at), default=self.start)

    def clause_end(self, at: int) -> int:
        return min((start for start, _ in self.breaks if start >= at), default=self.end)

    def last(self) -> Draft | None:
        return self.drafts[-1] if len(self.drafts) > self.first else None


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


def counts_things(quantity: Quantity) -> bool:
    return quantity.unit not in PLAIN_UNITS and quantity.dimension != "money"


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
        items = spread_items(subject, len(group), tools.patterns, tools.pairs)
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
        items = split_each(sentence, subject, predicate.each, tools)
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


def split_each(sentence: Sentence, subject: str, each: bool, tools: Tools) -> list[str]:
    """The items of a list that 均, 各 or a place in a ranking is said of; none where the subject is no list."""
    parts = split_list(subject) if each else split_list(subject, subject.count("、") + 1)
    if len(parts) < 2:
        return []
    facets = [tools.patterns.facet.fullmatch(part) for part in parts]
    last = sentence.last()
    if last is not None and any(facets):
        return [join_facet(last.item, part, tools.patterns) for part in parts] if all(facets) else []
    return spread_items("、".join(align_parts(parts)), None, tools.patterns, {}) or []


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
    item = read_behind(sentence, quantity, follower, subject, right, predicate, tools)
    if item is not None:
        return item
    last = sentence.last()
    if subject and last is not None:
        facet = subject.rsplit("、", 1)[-1]
        if patterns.facet.fullmatch(facet) and (facet != "投资" or WORKS.search(last.item)):
            return join_facet(last.item, facet, patterns), "item.facet"
    if subject and not patterns.owner.fullmatch(subject):
        return subject, "item.before"
    if not subject and (nominal := read_nominal(predicate.subject, patterns)):
        return nominal, "item.verb"
    if last is not None:
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
    if right.startswith("的") and not (patterns.measure.search(subject) or patterns.facet.fullmatch(subject)):
        noun = "" if NOT_COUNTED.match(right[1:]) else read_noun_behind(right[1:], patterns)
        if noun:
            take_noun(sentence, quantity, noun)
            return noun, "item.behind.of"
    if money and not subject and (noun := read_invested(sentence, quantity, follower, predicate, tools)):
        return noun, "item.invested"
    if right.startswith("的") or not counts_things(quantity) and (not money or subject):
        return None
    if not subject and not right and follower is not None and follower.start == quantity.end:
        right = sentence.text[follower.end : sentence.clause_end(follower.end)]
    noun = read_noun_behind(cut_list(right, follower), patterns)
    if not noun or NOT_COUNTED.fullmatch(noun):
        return None
    take_noun(sentence, quantity, noun)
    around = subject and len(noun) <= SHORT_NOUN and len(subject) <= SHORT_OWNER and not predicate.verb
    if around and not predicate.subject.endswith("等") and not patterns.verb_end.search(predicate.subject):
        return subject + noun, "item.around"
    return noun, "item.behind"


def take_noun(sentence: Sentence, quantity: Quantity, noun: str) -> None:
    at = sentence.text.find(noun, quantity.end, sentence.end)
    sentence.taken = at + len(noun) if at >= 0 else sentence.taken


# A noun so short that what stands before the number belongs to it: 空气质量｜六项｜指标.
SHORT_NOUN = 3
SHORT_OWNER = 6
WORKS = regex.compile(r"(?:项目|工程)\Z")
FLOW = regex.compile(r"\A(?:新增|净增|新建|新开工|新签约)(?=\P{P}{2})")
INVESTED = regex.compile(r"(?<!计划|完成)(?:投资|投入|总投资|安排|筹资|融资|出资|斥资)\Z")
SPENT_ON = regex.compile(r"[,，]?(?:用于|专项用于|重点用于|支持|全部用于)?")


def cut_list(right: str, follower: Quantity | None) -> str:
    """Up to the last 、 where the next number of a list follows: 5个村、｜8个社区."""
    return right.rsplit("、", 1)[0] if follower is not None and "、" in right else right


def read_invested(
    sentence: Sentence, quantity: Quantity, follower: Quantity | None, predicate: Predicate, tools: Tools
) -> str:
    """What money is spent on: 投资650万元｜建成6座水冲式公厕 → 水冲式公厕."""
    if not INVESTED.search(predicate.subject):
        return ""
    end = sentence.clause_end(quantity.end + 1)
    text = sentence.text[quantity.end : end]
    if follower is not None and follower.end <= end:
        text = sentence.text[quantity.end : follower.start] + sentence.text[follower.end : end]
    text = text[SPENT_ON.match(text).end() :]  # type: ignore[union-attr]
    verb = tools.patterns.light.match(text)
    if verb is None and not sentence.text[quantity.end : end].startswith(("用于", "支持")):
        return ""
    if verb is not None and not tools.patterns.guard.match(text, verb.end()):
        text = text[verb.end() :].removeprefix("了")
    return read_noun_behind(text, tools.patterns)


def join_facet(item: str, facet: str, patterns: Patterns) -> str:
    """落地项目 + 总投资额; where the item before is a facet already, its own root: 公路总里程 + 总投资 → 公路总投资."""
    for match in patterns.facet.finditer(item):
        if match.end() == len(item) and match.start() >= 2:
            item = item[: match.start()]
            break
    return item + facet


def find_earlier(sentence: Sentence, quantity: Quantity, tools: Tools) -> tuple[str, str]:
    """The item that was named a clause or a sentence before, else the heading."""
    at = sentence.clause_start(quantity.start)
    while at > sentence.start:
        end = max(start for start, stop in sentence.breaks if stop <= at)
        start = sentence.clause_start(end) if end > sentence.start else sentence.start
        clause = read_subject(sentence.text[start:end], tools.patterns)
        if noun := read_noun_behind(clause, tools.patterns):
            return noun, "item.clause_before"
        at = start
    if sentence.drafts:
        return sentence.drafts[-1].item, "item.sentence_before"
    return sentence.title, "item.heading"


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
    said = any(mention.period == period for mention in sentence.mentions)
    near = period or next((m.period for m in reversed(sentence.mentions) if m.end <= quantity.start), None)
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
    before = [mention for mention in sentence.mentions if mention.end <= quantity.start]
    own = before[-1] if before and predicate.date and not before[-1].compared else None
    if "change.from" in rules:
        if own is None:
            return None, "period.start_unknown"
        sentence.spent.append(own.start)
        return own.period, own.rule
    when = [mention for mention in before if not mention.compared and mention.start not in sentence.spent]
    period = when[-1].period if when else sentence.frame.period
    if predicate.basis and "年均" in predicate.basis:
        first = max((m.period[:4] for m in before if m.compared or m.start in sentence.spent), default="")
        if period and len(period) == 4 and "" < first < period:
            return f"{int(first) + 1}-{period}", "period.yearly"
    if when:
        return period, when[-1].rule
    return period, sentence.frame.rule or "period.none"
