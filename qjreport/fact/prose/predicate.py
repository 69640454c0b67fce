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
from qjreport.text.patterns import compile_re

# More words than this never stand between an item and its number.
MOST_WORDS: Final = 12
LONGEST_SCOPE: Final = 4  # characters of a second field: 全国城市｜第一, but not 国际专利申请量
COUNTS: Final = frozenset("两三四五六七八九十")
YEAR_DIGITS: Final = frozenset("〇零○一二三四五六七八九0123456789")
ASIDE_ENDS: Final = frozenset("）)上算素额限标")  # of what `take_aside` finds
BELOW_TOO: Final = ("下同）", "下同)")
PLACED: Final = "排"
BLANKS: Final = " 　、“"
# The last characters of what `date_tail` finds, digits aside.
DATE_ENDS: Final = frozenset('的年底末初度月份日号来前间期划”"〇零○OＯ一二三四五六七八九')
PAIRED: Final = frozenset("和与及、")
TO_BASE_AT: Final = compile_re(r"[比较][^，；。：\d]{2,10}\Z")
TO_BASE: Final = frozenset("比较")
OF_BASE: Final = frozenset("全原")
WORD_OF_BASE: Final = frozenset("占对环同相可之")  # 占比, 对比
WITH_BASE: Final = frozenset("同与")
BLANKS_AND_COMMA: Final = ("", "，", ",", " ")
TO_DATE: Final = frozenset("于在到至")
WORD_OF_DATE: Final = frozenset("高低快慢优好多少大小由关等对处位现存所正达提高增降减升甚直")  # 高于, 现在, 达到
# Units of a ratio, which alone may be one of a plan or of another amount: 完成预算的｜97%, 是前三年总和的｜1.5倍.
RATIOS: Final = frozenset(("%", "‰", "倍", ""))
WITH: Final = "与"
COMPARED: Final = ("相比", "对比")
NOUNS: Final = frozenset(("noun_up", "noun_down"))
TURNING: Final[dict[str, FactKind]] = {
    "up": "increase",
    "down": "decrease",
    "noun_up": "increase",
    "noun_down": "decrease",
}


class Predicate:
    """What the words in front of a number say of it."""

    subject: str  # the text that is left
    kind: FactKind = "level"
    basis: str | None = None
    scope: str | None = None
    date: str | None = None  # the year that stands right before the number: 2015年的｜287.9亿元
    respectively: bool = False
    origin: bool = False  # 分别由: the numbers are where changes began
    each: bool = False
    towards: bool = False  # 增加到, 降至: the end of a change
    verb: str = ""  # the verb nearest to the number
    decided: bool = False  # whether it says what kind of number follows
    compared: bool = False  # 高于全国｜0.7个百分点
    placed: bool = False  # 居内地｜第3位: the field of the ranking went with its verb

    def __init__(self) -> None:
        self.rules: list[str] = []


def read_predicate(
    left: str, words: PredicateWords, quantity: Quantity | None = None, *, thing: bool = False
) -> Predicate:
    """Take the words off the end of `left`, which stands right before a number, that are no part of the item.

    `quantity` is the number: a place in a ranking has a field (居全国｜第3位), a ratio may be one of a plan. `thing`
    where things are counted, which some verbs make rather than change (森林抚育提升｜200万亩).
    """
    rest = left.rstrip()
    found = Predicate()
    rank = quantity is not None and quantity.kind == "rank"
    if rank:
        rest = rest.removesuffix(PLACED)  # 在全省｜排｜第3位
    if quantity is not None and quantity.kind == "increase":
        found.decided = True  # 翻一番 is its own verb
    points = quantity is not None and quantity.unit == POINTS
    may_compare = points or compares(rest, thing)
    may_base = "比" in left or "较" in left
    may_relate = quantity is not None and quantity.unit in RATIOS
    for _ in range(MOST_WORDS):
        rest = rest.rstrip(BLANKS)
        last = rest[-1:]
        if (
            may_relate
            and not found.decided
            and last in words.ratio_ends
            and (at := take_ratio(found, rest, words)) >= 0
        ):
            rest = rest[:at]
            continue
        if rank and (at := take_field(found, rest, words)) >= 0:
            rest = rest[:at]
            continue
        if may_compare and not found.decided and (at := take_compared(found, rest, words, points)) >= 0:
            rest = rest[:at]
            continue
        if last in ASIDE_ENDS and (at := take_aside(rest, words)) >= 0:
            rest = rest[:at]
            continue
        if last in PER_ENDS and (per := PER.search(rest)) is not None:
            rest = rest[: per.start()]
            continue
        word = find_tail(rest, words)
        if word and word[-1] in EARNED and quantity is not None and names_earned(rest, word, words, quantity):
            found.kind = found.kind if found.decided else TURNING[words.tail_class[word]]
            break
        if not word or belongs_to_time(word, rest.removesuffix(word), found):
            at = take_comparison(found, rest, words, may_base)
            if at < 0:
                break
            rest = rest[:at]
        elif take_word(found, word, words, rank, thing):
            rest = rest.removesuffix(word)
        else:
            break
    found.subject = rest.strip(" 　")
    take_basis_first(found)
    if found.subject in TERMS and found.kind != "level":
        found.basis, found.subject = found.basis or found.subject + found.verb, ""
    return found


# 与去年同期相比｜案件｜增加322件: what it is compared with, in front of the item.
THAN_FIRST: Final = compile_re(r"\A[，,、]?([与同和较跟][^，；。：]{1,12}?相比)较?(?=[^，；。：]{2})")


def compares(left: str, thing: bool) -> bool:
    """Whether a text may say with what a number is compared; 超出范围未予立案的｜17件 does not."""
    return ("于" in left or "出" in left or "先" in left) and not (thing and left.endswith("的"))


def take_basis_first(found: Predicate) -> None:
    """Take what the amount is compared with off the beginning of the subject."""
    if found.kind == "level" or COMPARED[0] not in found.subject:
        return
    than = THAN_FIRST.match(found.subject)
    if than is not None:
        found.basis, found.subject = found.basis or than[1], found.subject[than.end() :]


POINTS: Final = "个百分点"
SESSION_ENDS: Final = frozenset("次会议时的")
# 比重从｜九届一次会议的｜4%上升至｜九届五次会议的｜16%: a session is when it was so much
SESSION: Final = compile_re(
    r"(?<=[从由自到至])[一二三四五六七八九十\d]{1,3}届[一二三四五六七八九十\d]{1,3}次(?:全?体?会议?)?[时的]?\Z"
)
TERMS: Final = frozenset("年月季")  # 失业人数9万人，年｜减｜3000人: as Taiwan says 比上年同月减少


PER: Final = compile_re("(?<=[到达至为])每[十百千万]+[人户]\\Z")  # 普及率达到｜每百人｜50.8部
PER_ENDS: Final = frozenset("人户")
EARNED: Final = frozenset("收支")


def names_earned(rest: str, word: str, words: PredicateWords, quantity: Quantity) -> bool:
    """Whether a verb of change has its own object and is an average, and so names what money is: 户均增收｜3200元."""
    turns = words.tail_class[word] in TURNING and quantity.dimension == "money"
    return turns and words.averaged.before(rest.removesuffix(word)) != ""


# One of these is in every time that an amount is compared with: 比上年, 比原来, 比同期; 比国有企业 has none.
TIMES: Final = frozenset("年月日季周旬期初末底前后昔往过去来原昨今当")
MOST: Final = "最"
YEAR: Final = "年"
OF_YEAR: Final = COUNTS | YEAR_DIGITS | frozenset("上去今本当每历几多近全")


PASSABLE: Final = "一般"
LISTED: Final = "、"


def take_compared(found: Predicate, rest: str, words: PredicateWords, points: bool) -> int:
    """Where the comparison begins that a text ends in: 高于全国, of percentage points 超过年初预期; -1 for none."""
    match = words.comparison.match(rest)
    if match is None and points:
        match = words.comparison_points.match(rest)
    if match is None:
        return -1
    found.decided = found.compared = True
    found.rules.append("kind.level.compared")
    return match.start()


def find_tail(rest: str, words: PredicateWords) -> str:
    """The word at the end that is no part of an item; "" for none, and where a noun ends like it: 配套细则｜34个."""
    word = words.tail.before(rest)
    if word[:1] == YEAR and len(word) > 2 and rest[-len(word) - 1 : -len(word)] in OF_YEAR:
        word = word[1:]  # 五年｜平均, 上年｜平均
    if word and len(words.kept_last.before(rest)) > len(word):
        return ""
    if word == PASSABLE and rest.endswith(LISTED, 0, -len(word)):
        return ""  # 优秀9件、｜一般｜3件
    if len(word) > 1 and rest.endswith(MOST, 0, -len(word)):
        return word[1:] if word[1:] in words.tail_class else ""  # 单日最高｜达, and not 最｜高达; 办得最成功
    return word


def belongs_to_time(word: str, before: str, found: Predicate) -> bool:
    """Whether a word that stands at the end is part of a year or of what is compared with."""
    last = before[-1:]
    if word[0] in COUNTS:
        return last in YEAR_DIGITS  # 一九六三年 is no 三年
    if word[0] not in OF_BASE or not found.decided:
        return False
    # 比｜全国｜高, 比｜原计划｜多, 比全市和｜全国｜高
    return last in TO_BASE or (last in PAIRED and TO_BASE_AT.search(before) is not None)


def take_ratio(found: Predicate, rest: str, words: PredicateWords) -> int:
    """Where the ratio to a plan or to another amount begins that a text ends in: 为年初预算的; -1 for none."""
    if match := words.plan_ratio.match(rest):
        found.basis = match["basis"] or match["yearly"] or match["number"]
        found.rules.append("ratio.plan")
    elif rest.endswith("的") and (match := words.ratio.match(rest)):
        found.basis = match["basis"] or match["standard"]
        found.rules.append("ratio.of")
    else:
        whole = words.whole_share.match(rest) if "分别" in rest else None
        return whole.start() if whole else -1
    found.decided = True
    return match.start()


def take_aside(rest: str, words: PredicateWords) -> int:
    """Where a remark begins that a text ends in: 增长（按可比价）, 在上年的基础上, 按1980年价格计算; -1 for none."""
    if rest.endswith(BELOW_TOO):
        return max(rest.rfind("（"), rest.rfind("("))  # 比2030年末（普查年份，下同）｜增加
    for pattern in (words.limit, words.ground, words.priced):
        if match := pattern.match(rest):
            return match.start()
    match = words.aside.match(rest)
    return match.start() if match and words.tail.before(rest, match.start()) else -1


# 甲县、乙县｜分别升至｜第4位、第9位, 分列全国百强县第4、第9位
SHARED: Final = compile_re("分别|分(?=列)")


def take_field(found: Predicate, rest: str, words: PredicateWords) -> int:
    """Where the field of a ranking begins that a text ends in: 居内地, 在全国; -1 for none."""
    if not found.placed and (match := words.place.match(rest)):
        verb, shared = SHARED.subn("", match[0])
        found.respectively = found.respectively or shared > 0
        found.scope = found.scope or words.ranked_verb.sub("", verb) or None
        found.placed = True
        found.rules.append("rank.place")
        return match.start()
    match = words.scope.match(rest)
    if match and (found.scope is None or len(match[0]) <= LONGEST_SCOPE):
        found.scope = found.scope or match[0].lstrip("在的")
        found.rules.append("rank.scope")
        return match.start()
    return -1


def take_comparison(found: Predicate, rest: str, words: PredicateWords, may_base: bool) -> int:
    """Where the comparison or the year begins that a text ends in: 比上年, 2015年的; -1 for none."""
    match = words.basis.match(rest) if may_base and found.decided and found.basis is None else None
    if match is not None and names_ratio(match[0], words):
        return -1  # 物流费用与生产总值比率｜降到｜14%
    if match is not None:
        found.basis = match[0].removesuffix("的")
        found.rules.append("basis.than")
        if found.verb in words.degrees and (words.standard.search(found.basis) or TIMES.isdisjoint(found.basis)):
            # 比全国平均水平高｜0.7个百分点
            found.rules.remove(f"kind.{found.kind}.verb")
            found.kind, found.compared = "level", True
            found.rules.append("kind.level.compared")
        return match.start()
    last = rest[-1:]
    if last in SESSION_ENDS and (session := SESSION.search(rest)) is not None:
        return session.start()
    if found.date is None and (last in DATE_ENDS or last.isdigit()) and (match := words.date_tail.match(rest)):
        found.date = match[0]
        return find_lead(rest[: match.start()], words)
    return -1


def names_ratio(basis: str, words: PredicateWords) -> bool:
    """Whether what 与 joins to the item is the other term of a ratio: 与生产总值｜之比, but not 与上年｜相比."""
    return basis[0] == WITH and basis.endswith(words.ratio_terms) and not basis.endswith(COMPARED)


def find_lead(before: str, words: PredicateWords) -> int:
    """Where what leads to a time begins, in the text before it: 并｜于｜2024年, 比｜2019年的｜8万人; else its end."""
    last, word = before[-1:], before[-2:-1]
    if last in WITH_BASE and word in BLANKS_AND_COMMA:
        return len(before) - 1  # ，同｜2019年的｜8万人相比
    leads = (last in TO_BASE and word not in WORD_OF_BASE) or (last in TO_DATE and word not in WORD_OF_DATE)
    return len(before) - 1 if leads and not words.tail.before(before) else len(before)  # 增加到｜2024年的｜9亿元


def take_word(found: Predicate, word: str, words: PredicateWords, rank: bool, thing: bool) -> bool:
    """Note what a word before the number does; False where it belongs to the item and all in front of it as well."""
    what = words.tail_class[word]
    turns = what in TURNING
    if what in NOUNS:
        if rank or (found.decided and found.kind != "level" and found.verb not in words.degrees):
            return False  # 产值增幅｜回落2个百分点: what falls is the rise; but 增幅比全省平均增幅｜高
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
            found.towards = what == "towards" or word.removesuffix("了")[-1] in "到至为成"
            found.decided = word not in words.undecided
            found.rules.append("kind.level.verb")
    elif what == "respectively":
        found.respectively = True
        found.origin = word[-1] in "由从自"
    elif what == "each":
        found.each = True
    elif what == "adverb" and found.basis is None and word in words.bases:
        # 进口按年｜上升｜8%, but 补贴按年｜发放
        found.basis = word if word not in words.by_term or found.kind != "level" else None
    return True
