"""Facts out of prose: each number of a block with its item, kind, period and status.

A sentence is read from left to right, each number in five steps, each of which has a module:

1. predicate.py takes off what stands between the item and the number, and says what kind of number it is;
2. here is seen whether the number is the start of a change (由8亿元增加到19亿元), and whether a verb of change has its
   object in front of it (增加学位20万个) or after it (5%的增速);
3. distribute.py takes several numbers at once where they share a list (分别);
4. item_choice.py chooses the item, by an ordered table of rules, of the nouns that nouns.py reads;
5. period.py says when, and status.py whether as a result or a target, where the sentence itself says anything of it.

What a number does not say of itself it takes from the number before it in the same sentence, from the clause before,
from the heading. Data tables are read by table/reader.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from qjreport.fact.draft import Draft
from qjreport.fact.headline import LEAST, find_goal, goes_on, states_goal
from qjreport.fact.period import (
    YEAR_LENGTH,
    Frame,
    Mention,
    Place,
    Timing,
    choose_period,
    find_marks,
    find_mentions,
    measure_span,
)
from qjreport.fact.prose.distribute import Shares, share_out
from qjreport.fact.prose.item_choice import ISSUED_IN, choose_items
from qjreport.fact.prose.nouns import FROM, MARKS, read_noun_after, read_whole
from qjreport.fact.prose.parts import find_whole, follow_parts, plans_whole
from qjreport.fact.prose.predicate import read_predicate
from qjreport.fact.prose.sentence import Number, Sentence, Tools
from qjreport.fact.prose.vocabulary import ChoiceWords, TakenWords
from qjreport.fact.status import Saying, Settled, opens_year, read_last_year, read_status, settle, turns
from qjreport.model import Diagnostic, FactKind, Quantity
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import ROUND_CLOSING, ROUND_OPENING, find_breaks, is_aside

# A word of time that speaks for the sentences after it begins its own; no such word is longer.
ASIDES: Final = compile_re(r"（[^（）]*）|\([^()]*\)")
OPENING_REACH: Final = 24
OPENING: Final = 2  # characters, such as a marker, in front of it
LONGEST_TELLER: Final = 20  # … and of who says it: 县统计局负责人介绍说，｜今年
POINTS: Final = "个百分点"
SPANS: Final = "/"  # in a period of several months
MONTH_ENDS: Final = "末底"
YEARS_ENDS: Final = "来间"


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
    settled = settle(frame, tools.years, tools.mood)
    stating = False  # whether the sentence before states the report's main targets
    for start, end, mentions, numbers in split_numbers(text, spans, quantities, frame, tools):
        goal = find_targets(text, start, end, numbers, frame, stating, tools)
        stating = goal is not None
        sentence = Sentence(
            text=text,
            start=start,
            end=end,
            breaks=find_breaks(text, start, end, inside),
            timing=Timing(text, start, mentions, frame, tools.years),
            frame=frame,
            settled=settled,
            plans=turns(text, start, end, frame, tools.mood),
            title=title,
            drafts=drafts,
            diagnostics=diagnostics,
            part_at=text.find(tools.part, start, end),
            goal=goal,
        )
        read_sentence(sentence, numbers, tools)
    return drafts, diagnostics


def find_targets(
    text: str, start: int, end: int, numbers: Sequence[Quantity], frame: Frame, stating: bool, tools: Tools
) -> int | None:
    """From where on a sentence states the report's main targets; None where it does not.

    主要预期目标是：生产总值增长9%。财政收入增长10%。…… states them in one sentence after another.
    """
    if frame.goal:
        return start
    goal = find_goal(text, start, end, tools.headline)
    if goal < 0:
        return start if stating and goes_on(text, start, end, tools.headline) else None
    told = sum(number.start >= goal for number in numbers)
    if told < LEAST and not (told and goes_on(text, end, len(text), tools.headline)):
        return None
    return goal if states_goal(text, start, goal, frame, tools.years, tools.time) else None


def split_numbers(
    text: str, spans: Sequence[tuple[int, int]], quantities: Sequence[Quantity], frame: Frame, tools: Tools
) -> Iterator[tuple[int, int, list[Mention], list[Quantity]]]:
    """Each sentence that has numbers, with the words of time in it and its numbers.

    A word of time that opens a sentence, or says of when figures are, speaks for those after it, until one of them has
    its own; a sentence that opens with 其中 has the time of the one before.
    """
    carried: Mention | None = None
    last: Mention | None = None
    index = 0
    for (start, end), marked in zip(spans, find_marks(text, spans, tools.time), strict=True):
        here = []
        while index < len(quantities) and quantities[index].start < end:
            here.append(quantities[index])
            index += 1
        until = end if here else min(end, start + OPENING_REACH)
        mentions = find_mentions(text, start, until, tools.years, frame, tools.time, until == end) if marked else []
        telling = [mention for mention in mentions if not mention.compared and mention.within < 0]
        if last is not None and tools.time.part_of.match(text, start, end) is None:
            last = None
        opener = telling[0] if telling and opens_sentence(telling[0], text, start, frame, tools) else None
        if opener is not None and carries(opener, text):
            carried = find_last_opener(telling, text)
        elif (before := last or carried) and not turns_ahead(before, text, start, frame, tools):
            mentions = [before.move(start), *mentions]
        if opener is not None and frame.period is None and opener.sort == "months":
            carried = name_year(opener, text) or carried
        carried = next((mention for mention in reversed(telling) if mention.as_of), carried)
        if telling and not is_aside(text, telling[-1].end, end):
            last = telling[-1]  # but not 受理案件310件（含上年旧存18件）。其中……
        if here:
            yield start, end, mentions, here


def opens_sentence(mention: Mention, text: str, start: int, frame: Frame, tools: Tools) -> bool:
    """Whether a word of time opens a sentence, or what somebody says in it: 县长介绍说，｜今年，…….

    In a part on several years what is said so is of that sentence alone: 初步核算，2030年产值8亿元。能耗累计下降｜20%.
    """
    before = mention.start - start
    if before > OPENING and frame.status is not None and measure_span(frame.period):
        return False
    told = before <= LONGEST_TELLER and text.endswith(tools.time.tellers, start, mention.start)
    return told or before <= OPENING


def turns_ahead(mention: Mention, text: str, start: int, frame: Frame, tools: Tools) -> bool:
    """Whether a sentence of a part that plans goes on from how things are: 目前，已签约18个。｜确保竣工9个。

    Or one turns from what was to what is to be done: 一九八一年为25亿元。｜今后，力争少于30亿元。
    """
    if tools.mood.next_step.match(text, start) is not None and tools.years.review is not None:
        return read_last_year(mention.period) <= tools.years.review
    return mention.sort == "now" and frame.status == "target" and tools.mood.target.match(text, start) is not None


def name_year(mention: Mention, text: str) -> Mention | None:
    """The year of a month that a text without a year of its own opens with: 1991年3月9日召开大会。大会收到｜9件."""
    year = mention.period[:YEAR_LENGTH]
    if SPANS in mention.period or not text.startswith(year, mention.start):
        return None  # 1991年—1998年6月 holds as a whole
    named = Mention(mention.start, mention.end, year, "year")
    named.as_of = mention.as_of
    return named


def find_last_opener(telling: Sequence[Mention], text: str) -> Mention:
    """The word of time that holds after a sentence which one opens: the last year of 2023年……；2024年……."""
    later = [mention for mention in telling[1:] if mention.sort == "year" and text[mention.start - 1] in "；;"]
    return later[-1] if later and telling[0].sort == "year" else telling[0]


def carries(mention: Mention, text: str) -> bool:
    """Whether a word of time that opens a sentence holds for those after it.

    One month does not, as something happened then (7月，……), but 6月末 and 1—6月 do; 近两年， does, 近两年投入 not.
    """
    if mention.sort == "some_years":
        return text[mention.end - 1] in YEARS_ENDS or text.startswith("，", mention.end)
    if mention.sort != "months" or mention.as_of or SPANS in mention.period:
        return True
    return text[mention.end - 1] in MONTH_ENDS


def read_sentence(sentence: Sentence, quantities: list[Quantity], tools: Tools) -> None:
    index = 0
    while index < len(quantities):
        number = begin_number(sentence, quantities, index, tools)
        if sentence.part_at >= 0:
            follow_parts(number)
        shares = share_out(number, quantities, index) if may_share(number) else None
        if shares is not None:
            add_shares(number, shares)
            index += len({quantity.start for quantity in shares.quantities})
        else:
            read_single(number)
            index += 1


AIMED: Final = frozenset(("ratio", "money"))  # of what a target is said right before: 预期目标为8%
LINKS: Final = "为是的在"
SHARED_OUT: Final = ("分别为：", "分别是：")
TASK_FIRSTS: Final = frozenset("的目任计指要考年")
# Of which months, between what is measured and what is said of it: 零售业｜1-2月｜零售额, 零售额｜2月份当月｜增长.
MONTHS_INSIDE: Final = compile_re(
    r"(?<=[^\W\d_a-zA-Z年至到比较前自从由])\d{1,2}(?:[-—－–~～]\d{1,2})?月(?:份(?:当月)?|累计)?(?=[^\W\d日底末初旬上中下])"
)


def begin_number(sentence: Sentence, quantities: list[Quantity], index: int, tools: Tools) -> Number:
    """A number with what stands around it, the predicate in front of it read."""
    quantity = quantities[index]
    follower = quantities[index + 1] if index + 1 < len(quantities) else None
    text, start, end, unit, dimension = sentence.text, quantity.start, quantity.end, quantity.unit, quantity.dimension
    place = bisect_right(sentence.break_ends, start)
    clause = sentence.break_ends[place - 1] if place else sentence.start
    while place < len(sentence.break_starts) and sentence.break_starts[place] < end:
        place += 1
    stop = sentence.break_starts[place] if place < len(sentence.break_starts) else sentence.end
    before = quantities[index - 1].end if index else 0
    begin = max(max(clause, before), min(sentence.taken, start))
    if sentence.goal is not None and sentence.goal < start:
        begin = max(begin, sentence.goal)
    left = text[begin:start]
    if dimension in AIMED and any(word in left for word in tools.headline.mark):
        left = tools.headline.named.sub("", left)
    if not left and text.endswith(SHARED_OUT, 0, clause):
        clause = sentence.clause_start(clause - 1)  # 占比分别为：｜39%
        left = text[max(clause, before) : start - 1]
    left = leave_bracket(sentence, quantities[:index], begin, start, left)
    left = leave_months(left) if "月" in left else left
    right = text[end : stop if follower is None else min(stop, follower.start)]
    left, right = leave_task(left, right, tools.patterns.choice.taken) if index else (left, right)
    planned = tools.mood.plans.aside.search(text, clause, start) if index and begin > clause else None
    left = left if planned is None else planned["lead"].strip(LINKS)
    money, words = dimension == "money", tools.patterns.choice
    thing = not money and unit not in words.plain_units and not right.startswith(words.places)
    part = unit == "" and quantity.value is not None and quantity.value < 1  # 机构精简｜四分之一
    counts = thing and not part and dimension != "time"  # 住院日延长｜0.2日
    predicate = read_predicate(left, tools.patterns.predicate, quantity, thing=counts)
    number = Number()
    number.sentence, number.quantity, number.follower = sentence, quantity, follower
    number.start, number.end, number.unit, number.dimension = start, end, unit, dimension
    number.clause, number.clause_end, number.left, number.right = clause, stop, left, right
    number.predicate, number.subject_text, number.subject, number.noun = predicate, predicate.subject, "", None
    number.tools, number.words, number.last = tools, words, find_last(sentence, start)
    number.thing, number.money, number.planned = thing, money, planned is not None
    number.origin, number.object_change, number.dated, number.rules = False, None, None, []
    return number


def leave_task(left: str, right: str, words: TakenWords) -> tuple[str, str]:
    """The texts around a number without the task that it is of: 完成｜市下达的｜30亿元｜的任务."""
    task = right[:1] in TASK_FIRSTS and words.task.match(right) is not None
    handed = words.handed.search(left) if task else None
    return (left, right) if handed is None else (handed[1], "")


def leave_months(left: str) -> str:
    """Without of which months it is, where that stands inside: 零售额｜2月份当月｜增长."""
    months = MONTHS_INSIDE.search(left)
    return left if months is None else left[: months.start()] + left[months.end() :]


def leave_bracket(sentence: Sentence, before: Sequence[Quantity], begin: int, start: int, left: str) -> str:
    """The text before a number without the bracket that ends in it, or what is inside where the number is as well.

    能耗（按每公斤｜热量｜7000大卡计算）｜下降｜4%: 按每公斤热量, and 能耗……下降.
    """
    if not ("（" in left or "）" in left or "(" in left or ")" in left):
        return left
    text, depth = sentence.text, 0
    for at in range(start - 1, begin - 1, -1):
        depth += (text[at] in ROUND_CLOSING) - (text[at] in ROUND_OPENING)
        if depth < 0:
            return text[at + 1 : start]
    if depth == 0:
        return text[begin:start]
    close = max(text.rfind(mark, begin, start) for mark in ROUND_CLOSING)
    opened = max(text.rfind(mark, sentence.start, begin) for mark in ROUND_OPENING)
    if opened < 0:
        return text[begin:start]
    outside = [quantity.end for quantity in before if quantity.end <= opened]
    while outside and is_aside(text, outside[-1], opened):
        outside.pop()  # 比全市（5.1%）和全国（4.3%）高｜1.1个百分点
    first = max(outside[-1] if outside else sentence.start, sentence.clause_start(opened))
    return ASIDES.sub("", text[first:opened]) + text[close + 1 : start]


def find_last(sentence: Sentence, start: int) -> Draft | None:
    """The draft before a number, those aside that stand in a bracket which is closed by then."""
    for draft in reversed(sentence.drafts[sentence.first :]):
        if not is_aside(sentence.text, draft.end, start):
            return draft
    return None


def may_share(number: Number) -> bool:
    """Whether 分别 governs the number, or another follows with nothing but 、 and the like between them."""
    quantity, follower = number.quantity, number.follower
    if number.predicate.respectively or quantity.structure:
        return True
    link = number.tools.patterns.share.link
    return follower is not None and link.match(number.sentence.text[quantity.end : follower.start]) is not None


def add_shares(number: Number, shares: Shares) -> None:
    number.origin = shares.origin
    rules = (shares.rule, "change.from") if shares.origin else (shares.rule,)
    text, end = number.sentence.text, number.start
    if number.predicate.kind == "level" and number.unit in RATES:
        tell_rates(number, shares.quantities[-1].end)
    for at, (quantity, item) in enumerate(zip(shares.quantities, shares.items, strict=True)):
        own = (
            read_predicate(text[end : quantity.start], number.tools.patterns.predicate)
            if quantity.start > end
            else None
        )
        if own is not None and own.kind != "level":
            number.predicate.kind = own.kind  # 分别上升11%、｜下降3%
        end = quantity.end
        add_draft(number, quantity, item, rules, named=shares.listed, shared_out=shares.listed)
        if shares.periods:
            number.sentence.drafts[-1].period = shares.periods[at]


def tell_rates(number: Number, end: int) -> None:
    """分别录得41%、31%及52%｜的减幅: the word of change stands after the last."""
    rate = number.words.rate_after.match(number.sentence.text, end)
    if rate is not None and rate[1]:
        kind = number.predicate.kind = "decrease" if rate[1] in number.words.rates_down else "increase"
        number.rules.append(f"kind.{kind}.after")


def read_single(number: Number) -> None:
    """One number with the item before it or after it."""
    find_origin(number)
    find_rate_after(number)
    find_growth(number)
    find_object(number)
    find_raised(number)
    find_same_change(number)
    rule, items = choose_items(number)
    for item in items:
        own = item == number.subject and rule.named and number.predicate.kind == "level" and was_named(number, item)
        whole = read_whole(number.subject_text, item, number.tools.patterns.noun) if own else ""
        rules = (*number.rules, rule.name)
        add_draft(number, number.quantity, item, rules, named=rule.named, doubt=rule.doubt, whole=whole)
        if number.dated is not None:
            number.sentence.drafts[-1].period = number.dated


ALIKE_BACK: Final = 8  # numbers back whose items are told apart from this one's


def was_named(number: Number, item: str) -> bool:
    """Whether an earlier number of the sentence, or of the last few, has that very item."""
    drafts = number.sentence.drafts
    back = min(number.sentence.first, max(0, len(drafts) - ALIKE_BACK))
    return any(draft.item == item for draft in drafts[back:])


def says_other(number: Number, item: str, whole: str, period: str | None) -> bool:
    """Whether an item was named before, of the same time, with another verb (制定｜法律, 修改｜法律) or body.

    In a sentence before by another body alone.
    """
    sentence, quantity = number.sentence, number.quantity
    body = number.tools.patterns.noun.agent.search(whole, 0, len(whole) - len(item)) is not None
    for draft in sentence.drafts[-ALIKE_BACK if body else sentence.first :]:
        if draft.item != item or draft.kind != "level" or draft.dimension != quantity.dimension:
            continue
        if draft.period == period and not sentence.text.endswith(whole, 0, draft.start):
            return True
    return False


def add_draft(
    number: Number,
    quantity: Quantity,
    item: str,
    rules: tuple[str, ...],
    named: bool = False,
    shared_out: bool = False,
    doubt: str = "",
    whole: str = "",
) -> None:
    sentence, predicate = number.sentence, number.predicate
    average = "年" in number.left and number.tools.time.average.search(number.left) is not None
    kind = quantity.kind or predicate.kind
    when = settle_number(number, quantity, item, kind, average)
    if kind == "level" and quantity.unit == PLACE and item.endswith(number.words.places):
        kind = "rank"  # 位次由21位前移到18位
    if whole and says_other(number, item, whole, when.period):
        item = whole
    of = find_whole(sentence, quantity, kind, item, number.words) if sentence.parts >= 0 else None
    if of is not None and plans_whole(when, sentence.drafts[of]):
        when = Settled(when.period, when.period_rule, "target", "status.part")
    goal = sentence.goal is not None and quantity.start >= sentence.goal and when.status == "target"
    value = quantity.value
    assert value is not None
    draft = Draft(quantity, item, value, quantity.unit)
    draft.value_to, draft.unit_code, draft.dimension = quantity.value_to, quantity.unit_code, quantity.dimension
    draft.kind, draft.period, draft.status, draft.part_of = kind, when.period, when.status, of
    draft.basis = number.tools.time.average_basis if average else predicate.basis or find_basis(number)
    draft.scope, draft.headline = predicate.scope, "target" if goal else None
    draft.named, draft.origin, draft.shared_out, draft.beside = named, number.origin, shared_out, when.beside
    draft.object_change, draft.said, draft.doubt = number.object_change, predicate.verb != "", doubt
    draft.unread = not named and predicate.subject.strip(MARKS) != ""
    draft.unspread = predicate.respectively and not shared_out and not draft.structure
    own = (*quantity.rules, *predicate.rules, *rules, when.period_rule, when.status_rule)
    draft.rules = own if len(set(own)) == len(own) else tuple(dict.fromkeys(own))
    sentence.drafts.append(draft)


def settle_number(number: Number, quantity: Quantity, item: str, kind: FactKind, average: bool) -> Settled:
    """When it holds, and as what; as the sentence says, where nothing tells otherwise of this number."""
    sentence = number.sentence
    last = sentence.drafts[-1] if len(sentence.drafts) > sentence.first else None
    changed = number.origin or (last is not None and last.origin)
    if last is not None and last.beside and grows_as_planned(number, last, item, kind):
        number.planned = True
    told = average or sentence.timing.mentions or sentence.plans or sentence.goal is not None
    return date_number(number, quantity, average) if told or changed or number.planned else sentence.settled


def grows_as_planned(number: Number, last: Draft, item: str, kind: FactKind) -> bool:
    """Whether a change is that of an amount that was planned: 收入安排8亿元，比上年增长｜9%."""
    if kind == "level" or last.kind != "level" or last.item != item or not last.named or number.subject:
        return False
    drafts = number.sentence.drafts[number.sentence.first : -1]
    between = number.sentence.text[last.end : number.start]
    return ACTUALLY not in between and all(draft.item != item for draft in drafts)


ACTUALLY: Final = "实际"


def date_number(number: Number, quantity: Quantity, average: bool) -> Settled:
    """When it holds, and whether as a result or a target, each with its rule."""
    sentence, tools, predicate = number.sentence, number.tools, number.predicate
    text, frame, timing, settled = sentence.text, sentence.frame, sentence.timing, sentence.settled
    goal = sentence.goal is not None and quantity.start >= sentence.goal
    reached = (predicate.towards and follows_origin(sentence, quantity)) or is_multiple(number)
    date = predicate.date is not None
    place = Place(
        at=quantity.start,
        date=date,
        origin=number.origin,
        reached=reached,
        average=average,
        goal=goal,
        aims=tools.mood.target,
        expected=tools.mood.expected,
    )
    period, period_rule = choose_period(timing, place)
    if not (sentence.plans or goal or number.origin or number.planned) and frame.status != "target":
        over = tools.years.review is not None and period is not None and read_last_year(period) <= tools.years.review
        if over or period == frame.period:
            return Settled(period, period_rule, settled.status, settled.status_rule)  # a result, as the part says
    near, said = period, False
    for mention in timing.mentions:
        if mention.period == period or (reached and period is not None and mention.period.endswith(period)):
            said = True
        elif period is None and mention.end <= quantity.start:
            near = mention.period
    saying = Saying(
        before=text[sentence.start : quantity.start],
        clause=text[number.clause : quantity.start],
        after=text[quantity.end : number.clause_end],
        year=None if near is None else read_last_year(near),
        dated=period is not None,
        said=said or near != period,
        origin=number.origin,
        goal=goal,
        points=quantity.unit == POINTS,
        share=quantity.unit in RATES,
        planned=number.planned,
        frame=frame,
        years=tools.years,
        words=tools.mood,
        opening=opens_year(near),
        rest=text[quantity.end : sentence.end],
    )
    rule = read_status(saying)
    gives = rule.gives(saying)
    if place.origin and period is None and gives == "target":
        place.origin = False  # 收入预算由｜8亿元｜调整为9亿元: both of one year
        period, period_rule = choose_period(timing, place)
    if gives == "actual" and frame.status == "target" and period == frame.period and not said and tools.years.review:
        return Settled(str(tools.years.review), "period.now", gives, rule.name)  # 已组建的｜6个, in a part that plans
    return Settled(period, period_rule, gives, rule.name, rule.beside)


TIMES: Final = "倍"
BASE_ENDS: Final = frozenset("年末底")


def is_multiple(number: Number) -> bool:
    """Whether it says how many times what it was at one time a level is: 由2亿元增加到6亿元，是“十五”末的｜3倍."""
    if number.unit != TIMES or number.predicate.kind != "level" or number.subject:
        return False
    basis = number.predicate.basis or find_basis(number) or ""
    drafts = number.sentence.drafts[number.sentence.first :]
    level = next((draft for draft in reversed(drafts) if draft.kind == "level"), None)
    return basis[-1:] in BASE_ENDS and level is not None and len(level.period or "") == YEAR_LENGTH


def follows_origin(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is where a change ends whose start stands before it: 由8%提高到｜9%, 由3∶7调整为4∶｜6."""
    for draft in reversed(sentence.drafts[sentence.first :]):
        if draft.quantity is quantity:
            continue  # of two things that end alike: 甲、乙由8%提高到9%
        if draft.origin or not (quantity.structure and draft.structure):
            return draft.origin
    return False


def find_basis(number: Number) -> str | None:
    """What the number is measured against, where a year says so: 按2010年价格, 是2016年的1.8倍."""
    if not number.sentence.standards:
        return None
    text, clause, compared = number.sentence.text, number.clause, number.tools.time.compared
    for mention in number.sentence.standards:
        if mention.end > number.start:
            break
        after = compared.price.match(text, mention.end)
        end = after.end() if after is not None else mention.end
        leads = after is not None or number.predicate.kind != "level"
        if clause <= mention.start or (leads and compared.led.fullmatch(text, end, clause) is not None):
            start = clause if clause <= mention.start else number.sentence.clause_start(mention.start)
            words = compared.basis.search(text, start, mention.start)
            return text[words.start() if words is not None else mention.start : end]
    return None


# What the clause says of a change besides its verb.

LONGEST_CHANGE: Final = 40
RAISED: Final = "提高"
NEWLY: Final = frozenset("新净稳促")  # 新增, 净增: no change of what there was; 稳增长: the name of an aim
ADDED: Final = "加上"  # 加上｜调入资金
NOT: Final = "不"
SAME_AS: Final = ("即", "或")  # 减少8000人，即｜2%; 增加8000人或｜2%
LONGEST_OBJECT: Final = 20
PLACE: Final = "位"
RATES: Final = frozenset(("%", "‰", "倍"))


def find_same_change(number: Number) -> None:
    """A number that only restates a change: 死亡人数下降46%、｜60%; 增长11%，力争｜12%; 增产20万吨，即｜7%."""
    predicate, last, words = number.predicate, number.last, number.words
    if number.planned and not predicate.decided and last is not None:
        drafts = number.sentence.drafts[number.sentence.first :]
        same = [draft for draft in drafts if draft.item == last.item and draft.unit == number.unit]
        if same and same[0].kind in ("increase", "decrease"):
            predicate.kind = same[0].kind
            number.rules.append("kind.carried")
        return
    if last is None or last.kind not in ("increase", "decrease") or (predicate.decided and not predicate.verb):
        return
    between = number.sentence.text[last.end : number.start]
    gapped = not (predicate.verb or number.right.startswith("的")) and number.unit == last.unit
    if (
        gapped
        and last.unit in RATES
        and words.gap.fullmatch(between)
        and not words.proportion.before(number.subject_text)
    ):
        predicate.kind = last.kind  # 甲业增长5%，｜乙业｜6%
        number.rules.append("kind.carried")
        return
    if words.restated.fullmatch(between.rstrip()) is None:
        return
    if predicate.verb and (words.aimed_at.fullmatch(between) is None or words.proportion.before(last.item)):
        return  # 合格率提高5%，力争达到90%
    beside = not between and number.dimension == last.dimension == "count"  # 减少9批｜31人次
    if last.unit == number.unit or beside or (number.unit in RATES and between.strip().endswith(SAME_AS)):
        predicate.kind = last.kind
        number.rules.append("kind.carried")


def find_origin(number: Number) -> None:
    """由8亿元｜增加到19亿元: the number is where a change began, and the item ends before 由."""
    quantity, follower = number.quantity, number.follower
    if follower is None or not (origin := FROM.search(number.subject_text)):
        return
    same = quantity.unit == follower.unit or (
        quantity.dimension == follower.dimension != "count"
    )  # 由3个月｜压缩至75天
    if quantity.unit and follower.unit and not same:
        return
    if NOT in (quantity.hedge or ""):
        return  # 由委员督办不少于｜10件
    between = number.sentence.text[quantity.end : follower.start]
    reached = read_predicate(between, number.tools.patterns.predicate)
    if reached.verb != "" and reached.verb in LINKS and number.words.measure.before(reached.subject):
        return  # 从基金调入｜2亿元，收入总量为9亿元
    if len(between) < LONGEST_CHANGE and reached.towards:
        number.subject_text = number.tools.patterns.predicate.before_from.sub("", number.subject_text[: origin.start()])
        number.origin = True
        number.rules.append("change.from")


def find_rate_after(number: Number) -> None:
    """保持每年2%左右｜的增幅: the word of change stands after the number."""
    words = number.words
    right = number.right
    if right and right[0] in words.rate_starts and (rate := words.rate_after.match(right)):
        if rate[2] and number.end + len(right) < number.clause_end:
            return  # 比上年的50亿元｜增长｜8%
        kind = number.predicate.kind = "decrease" if (rate[1] or rate[2]) in words.rates_down else "increase"
        number.rules.append(f"kind.{kind}.after")


def find_growth(number: Number) -> None:
    """经济增长保持｜13%: what is measured is the growth itself."""
    if number.predicate.kind == "level" and number.unit in RATES and number.words.growth.before(number.subject_text):
        number.predicate.kind = "increase"
        number.rules.append("kind.increase.noun")


def find_object(number: Number) -> None:
    """增加学位｜20万个: the verb of change whose object stands between it and the number."""
    predicate, subject, words = number.predicate, number.subject_text, number.words
    if predicate.kind != "level" or predicate.verb or number.quantity.kind == "rank":
        return
    if number.unit in ISSUED_IN and words.taken.aim.search(number.left) is not None:
        return  # 出台｜扩大内需｜12条｜措施
    verb, after = find_change_head(subject, number.thing, words)
    last = number.last
    if not verb and last is not None and subject.startswith("、"):
        # 增加森林面积9万亩、｜森林蓄积40万立方米: the verb carries over
        if last.object_change is not None:
            predicate.kind, number.object_change = last.kind, last.object_change
            number.rules.append(f"kind.{last.object_change}.object")
        return
    if not verb or not 2 <= len(subject) - after <= LONGEST_OBJECT or subject[after] == "的":
        return  # 对经济增长的｜贡献率
    if number.thing and "、" not in number.right and words.measure.before(number.right):
        number.subject_text = subject[after:]
        return  # 提高了农村｜14万｜特困人员的供养标准: whose it is, and not what changes
    number.object_change = predicate.kind = "decrease" if verb in words.decrease else "increase"
    owner = subject[: subject.rfind(verb, 0, after)]
    number.subject_text = (owner if number.tools.patterns.predicate.averaged.before(owner) else "") + subject[after:]
    number.rules.append(f"kind.{predicate.kind}.object")


def find_raised(number: Number) -> None:
    """巩固提高｜81个｜示范场: how many are made better, and not by how much."""
    predicate = number.predicate
    if predicate.verb != RAISED or predicate.kind != "increase" or not number.thing or not number.right:
        return
    if number.quantity.dimension == "count" and read_noun_after(number.right, number.tools.patterns.noun):
        predicate.kind = "level"
        predicate.rules.remove("kind.increase.verb")


def find_change_head(subject: str, thing: bool, words: ChoiceWords) -> tuple[str, int]:
    """The last verb of change that may have an object, and where that begins; "" for none."""
    found, after = "", 0
    heads = words.change_head
    at = heads.seek(subject, 0)
    while at >= 0:
        other = at and (subject[at - 1] in NEWLY or subject.startswith(ADDED, at - 1))
        word = "" if other else heads.at(subject, at, guard=words.not_changed)
        if not word:
            at = heads.seek(subject, at + 1)
            continue
        at += len(word)
        if subject[at : at + 1] == "了":
            at += 1
        if not (thing and word in words.rate_only):
            found, after = word, at
        at = heads.seek(subject, at)
    return found, after
