"""What stands between an item and its number: verbs of reaching and of change, adverbs, the comparison.

Reads the text in front of a number backwards, word by word, each the longest that ends there, and says what remains:
the subject, of which nouns.py makes the item. A word's class (vocabulary.classify_tail) says what it does. The verb
nearest to the number decides whether the number is a level or the amount of a change; what stands in front of it can
then only add what the change is measured against, and when.
"""

from __future__ import annotations

from typing import Final

from qjreport.fact.prose.vocabulary import PredicateWords
from qjreport.model import FactKind, Quantity

# More words than this never stand between an item and its number.
MOST_WORDS: Final = 12
LONGEST_SCOPE: Final = 4  # characters of a second field: 全国城市｜第一, but not 国际专利申请量
COUNTS: Final = frozenset("两三四五六七八九十")
YEAR_DIGITS: Final = frozenset("〇零○一二三四五六七八九0123456789")
LIMIT_ENDS: Final = frozenset("额限标")
HELD: Final = "控制在"
PRICED_ENDS: Final = frozenset("算素")
ASIDE_ENDS: Final = frozenset("）)上算素") | LIMIT_ENDS
BLANKS: Final = frozenset(" 　、“")
# The last characters of what `date_tail` finds, digits aside.
DATE_ENDS: Final = frozenset('的年底末初度月份日号来前间期划”"〇零○OＯ一二三四五六七八九')
TO_BASE: Final = frozenset("比较")
WORD_OF_BASE: Final = frozenset("占对环同相可之")  # 占比, 对比
TO_DATE: Final = frozenset("于在到至")
WORD_OF_DATE: Final = frozenset("高低快慢优好多少大小由关等对处位现存所正达提高增降减升甚直")  # 高于, 现在, 达到
# Units of a ratio, which alone may be one of a plan or of another amount: 完成预算的｜97%, 是前三年总和的｜1.5倍.
RATIOS: Final = frozenset(("%", "‰", "倍", ""))
WITH: Final = "与"
COMPARED: Final = ("相比", "对比")
TURNING: Final[dict[str, FactKind]] = {
    "up": "increase",
    "down": "decrease",
    "noun_up": "increase",
    "noun_down": "decrease",
}


class Predicate:
    """What the words in front of a number say of it."""

    def __init__(self) -> None:
        self.subject: str = ""  # the text that is left
        self.kind: FactKind = "level"
        self.basis: str | None = None
        self.scope: str | None = None
        self.date: str | None = None  # the year that stands right before the number: 2015年的｜287.9亿元
        self.respectively: bool = False
        self.origin: bool = False  # 分别由: the numbers are where changes began
        self.each: bool = False
        self.towards: bool = False  # 增加到, 降至: the end of a change
        self.verb: str = ""  # the verb nearest to the number
        self.decided: bool = False  # whether it says what kind of number follows
        self.compared: bool = False  # 高于全国｜0.7个百分点
        self.placed: bool = False  # 居内地｜第3位: the field of the ranking went with its verb
        self.rules: list[str] = []


def read_predicate(
    left: str, words: PredicateWords, quantity: Quantity | None = None, *, thing: bool = False
) -> Predicate:
    """Take the words off the end of `left`, which stands right before a number, that are no part of the item.

    `quantity` is the number: a place in a ranking has a field (居全国｜第3位), a ratio may be one of a plan. `thing`
    where things are counted, which some verbs make rather than change (森林抚育提升｜200万亩).
    """
    end = len(left.rstrip())
    found = Predicate()
    rank = quantity is not None and quantity.kind == "rank"
    if quantity is not None and quantity.kind == "increase":
        found.decided = True  # 翻一番 is its own verb
    may_compare = "于" in left or "出" in left or "先" in left
    may_base = "比" in left or "较" in left or "与" in left
    may_relate = quantity is not None and quantity.unit in RATIOS
    for _ in range(MOST_WORDS):
        while end and left[end - 1] in BLANKS:
            end -= 1
        if (
            may_relate
            and not found.decided
            and left[end - 1 : end] in words.ratio_ends
            and (at := take_ratio(found, left, end, words)) >= 0
        ):
            end = at
            continue
        if rank and (at := take_field(found, left, end, words)) >= 0:
            end = at
            continue
        if may_compare and not found.decided and (match := words.comparison.match(left, 0, end)):
            end = match.start()
            found.decided = found.compared = True
            found.rules.append("kind.level.compared")
            continue
        if left[end - 1 : end] in ASIDE_ENDS and (at := take_aside(left, end, words)) >= 0:
            end = at
            continue
        word = words.tail.before(left, end)
        if word and word[0] in COUNTS and left[end - len(word) - 1 : end - len(word)] in YEAR_DIGITS:
            word = ""  # 一九六三年 is no 三年
        elif (
            word
            and may_base
            and word[0] == "全"
            and found.decided
            and left[end - len(word) - 1 : end - len(word)] in TO_BASE
        ):
            word = ""  # 比｜全国｜高
        if not word:
            at = take_comparison(found, left, end, words, may_base)
            if at < 0:
                break
            end = at
        elif take_word(found, word, words, rank, thing):
            end -= len(word)
        else:
            break
    found.subject = left[:end].strip(" 　")
    return found


def take_ratio(found: Predicate, left: str, end: int, words: PredicateWords) -> int:
    """Where the ratio to a plan or to another amount begins that ends at `end`: 为年初预算的; -1 for none."""
    if match := words.plan_ratio.match(left, 0, end):
        found.basis = match["basis"] or match["yearly"]
        found.rules.append("ratio.plan")
    elif left[end - 1 : end] == "的" and (match := words.ratio.match(left, 0, end)):
        found.basis = match["basis"] or match["standard"]
        found.rules.append("ratio.of")
    else:
        whole = words.whole_share.match(left, 0, end) if "分别" in left else None
        return whole.start() if whole else -1
    found.decided = True
    return match.start()


def take_aside(left: str, end: int, words: PredicateWords) -> int:
    """Where a remark begins that ends at `end`: 增长（按可比价）, 在上年的基础上, 按1980年价格计算; -1 for none."""
    if left[end - 1] in LIMIT_ENDS:
        match = words.limit.match(left, 0, end) if HELD in left else None
        return match.start() if match is not None else -1
    if match := words.ground.match(left, 0, end):
        return match.start()
    if left[end - 1] in PRICED_ENDS:
        match = words.priced.match(left, 0, end)
        return match.start() if match is not None else -1
    match = words.aside.match(left, 0, end)
    return match.start() if match and words.tail.before(left, match.start()) else -1


def take_field(found: Predicate, left: str, end: int, words: PredicateWords) -> int:
    """Where the field of a ranking begins that ends at `end`: 居内地, 在全国; -1 for none."""
    if not found.placed and (match := words.place.match(left, 0, end)):
        found.scope = found.scope or words.ranked_verb.sub("", match[0]) or None
        found.placed = True
        found.rules.append("rank.place")
        return match.start()
    match = words.scope.match(left, 0, end)
    if match and (found.scope is None or len(match[0]) <= LONGEST_SCOPE):
        found.scope = found.scope or match[0].lstrip("在的")
        found.rules.append("rank.scope")
        return match.start()
    return -1


def take_comparison(found: Predicate, left: str, end: int, words: PredicateWords, may_base: bool) -> int:
    """Where the comparison or the year begins that ends at `end`: 比上年, 2015年的; -1 for none."""
    match = words.basis.match(left, 0, end) if may_base and found.decided and found.basis is None else None
    if match is not None and names_ratio(match[0], words):
        return -1  # 物流费用与生产总值比率｜降到｜14%
    if match is not None:
        found.basis = match[0].rstrip("的")
        found.rules.append("basis.than")
        if found.verb in words.degrees and words.standard.search(found.basis):
            # 比全国平均水平高｜0.7个百分点
            found.rules.remove(f"kind.{found.kind}.verb")
            found.kind, found.compared = "level", True
            found.rules.append("kind.level.compared")
        return match.start()
    last = left[end - 1 : end]
    if found.date is None and (last in DATE_ENDS or last.isdigit()) and (match := words.date_tail.match(left, 0, end)):
        found.date = match[0]
        return before_date(left, match.start(), words)
    return -1


def names_ratio(basis: str, words: PredicateWords) -> bool:
    """Whether what 与 joins to the item is the other term of a ratio: 与生产总值｜之比, but not 与上年｜相比."""
    return basis[0] == WITH and basis.endswith(words.ratio_terms) and not basis.endswith(COMPARED)


def before_date(left: str, at: int, words: PredicateWords) -> int:
    """Where what leads to a time begins: 并｜于｜2024年, 人口｜比｜2019年的｜2.8万人; `at` where nothing does."""
    before, last = left[at - 2 : at - 1], left[at - 1 : at]
    if (last in TO_BASE and before not in WORD_OF_BASE) or (last in TO_DATE and before not in WORD_OF_DATE):
        return at if words.tail.before(left, at) else at - 1  # 增加到｜2024年的｜9亿元
    return at


def take_word(found: Predicate, word: str, words: PredicateWords, rank: bool, thing: bool) -> bool:
    """Note what a word before the number does; False where it belongs to the item and all in front of it as well."""
    what = words.tail_class[word]
    turns = what in TURNING
    if turns and (what == "noun_up" or what == "noun_down"):
        if rank:
            return False
        if found.verb and not found.compared:
            # 用电量增幅控制在2%左右: the rise of the price, kept low
            found.kind = TURNING[what]
            found.rules.append(f"kind.{found.kind}.noun")
            return True
    if what == "whole" or (found.decided and (turns or what == "flow")):
        return False
    if (thing and word in words.rate_only) or (not found.verb and word in words.plans):
        return False
    if turns:
        found.kind = TURNING[what]
        found.verb, found.decided = word, True
        found.rules.append(f"kind.{found.kind}.verb")
    elif what == "flow":
        found.verb, found.decided = word, True
        found.rules.append("kind.level.flow")
    elif what == "reach" or what == "towards":
        if not found.decided:
            found.verb = word
            found.towards = what == "towards" or word[-1] in "到至为成"
            found.decided = word not in words.undecided
            found.rules.append("kind.level.verb")
    elif what == "respectively":
        found.respectively = True
        found.origin = word[-1] in "由从自"
    elif what == "each":
        found.each = True
    elif what == "adverb" and found.basis is None and word in words.bases:
        found.basis = word
    return True
