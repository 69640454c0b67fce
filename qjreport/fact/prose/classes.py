"""Numbers that only set a class: 亿元以上项目2000个 counts projects, and 亿元以上 says which.

Such a number is no fact of its own; it stays in the item of the number that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from qjreport.fact.prose.nouns import read_noun_after
from qjreport.fact.prose.predicate import read_predicate
from qjreport.fact.prose.vocabulary import Patterns
from qjreport.model import Quantity
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import CLAUSE_END

# 30岁至50岁（含）｜的律师3万人: a span that sorts what is counted.
OF_CLASS: Final = compile_re(r"(?:[（(]含[）)])?的")
# 以上 and the like right after the number; 超过, 不足 right before it.
AFTER: Final = compile_re(r"以[上下内]\Z")
BASE: Final = Decimal(100)  # of an index: 以上年为｜100, 男女性别比（女性为｜100）
LISTED: Final = compile_re(r"(?:[、和及与]|以及)\Z")
RATES: Final = frozenset(("%", "‰", "个百分点", "倍"))
SPEED: Final = "时速"
SUMMED: Final = "累计"
LONGEST_NAME: Final = 20
FIELD_REACH: Final = 4  # characters before a number in which it is said that a rank follows
GRADE: Final = "级"
GRADES: Final = ("级别", "级联")
SIZELESS: Final = frozenset((None, "count", "money", "time"))  # dimensions of what is no measure of works
SORTED: Final = ("的", "项目")  # 3个投资过亿元｜项目
REACH: Final = 40  # characters after a number in which the noun stands that it sorts

BASES: Final = frozenset(10**power for power in range(2, 7))
BETWEEN: Final = compile_re(r"[^，。；：、\d]{1,16}")


def split_thresholds(
    text: str, quantities: Sequence[Quantity], patterns: Patterns
) -> tuple[list[Quantity], list[Quantity]]:
    """The numbers of a block that count, and those that only set a class."""
    counting: list[Quantity] = []
    classes: list[Quantity] = []
    for index in reversed(range(len(quantities))):
        quantity = quantities[index]
        after = quantities[index + 1] if index + 1 < len(quantities) else None
        before = quantities[index - 1] if index else None
        is_class = sets_class(text, quantity, after, patterns) or (
            before is not None and sorts_counted(text, before, quantity, patterns)
        )
        is_class = is_class or (after is not None and sorts_herd(text, quantity, after, patterns))
        is_class = is_class or (
            after is not None and bool(classes) and sorts_beside(text, quantity, after, classes[-1])
        )
        is_class = is_class or (after is not None and sorts_rate(text, quantity, after, patterns))
        is_class = is_class or (
            after is not None and (sorts_handled(text, quantity, after, patterns) or sorts_sums(text, quantity, after))
        )
        (classes if is_class else counting).append(quantity)
    return counting[::-1], classes[::-1]


def sorts_beside(text: str, quantity: Quantity, after: Quantity, sorting: Quantity) -> bool:
    """贪污｜5万元以上｜、挪用公款10万元以上的大案: of a list whose next amount only sets a class."""
    if after is not sorting or quantity.dimension != "money" or after.dimension != "money":
        return False
    between = text[quantity.end : after.start]
    listed = between.startswith(LIST) and BETWEEN.fullmatch(between, 1) is not None
    return listed and AFTER.search(quantity.quote) is not None


def sorts_rate(text: str, quantity: Quantity, after: Quantity, patterns: Patterns) -> bool:
    """就业人员｜10万人｜事故死亡率2.19: of how many a rate is."""
    if after.unit or quantity.value not in BASES or quantity.unit not in patterns.classes.counted_of:
        return False
    return patterns.classes.rated.fullmatch(text, quantity.end, after.start) is not None


def sorts_handled(text: str, quantity: Quantity, after: Quantity, patterns: Patterns) -> bool:
    """人均结案280件，其中｜500件以上｜3人: how many each of the people handled whom the next number counts."""
    return (
        quantity.unit in patterns.acts.text_units
        and AFTER.search(quantity.quote) is not None
        and after.unit in patterns.choice.person_units
        and text[quantity.end : after.start] in OF_THEM
    )


def sorts_sums(text: str, quantity: Quantity, after: Quantity) -> bool:
    """引进项目32个，其中｜亿元以上｜5个: how much each of those is worth that the next number counts."""
    if quantity.dimension != "money" or quantity.kind is not None or after.dimension != "count":
        return False
    between = text[quantity.end : after.start]
    if AFTER.search(quantity.quote) is not None:
        return between in OF_THEM
    return text.endswith(OVER, 0, quantity.start) and between in OF_THEM[1:]  # 过｜500万元｜的两个


OVER: Final = "过"


OF_THEM: Final = ("", "的", "的有")
LIST: Final = "、"


def sorts_counted(text: str, before: Quantity, quantity: Quantity, patterns: Patterns) -> bool:
    """Whether an amount only tells which things were counted: 12家｜年网售额超｜千万元的｜企业."""
    if before.dimension != "count" or quantity.dimension in (None, "count"):
        return False
    between = text[before.end : quantity.start]
    if AFTER.search(quantity.quote) is not None:  # 27户｜人均耕地2亩以下的｜家庭
        return BETWEEN.fullmatch(between) is not None and text.startswith("的", quantity.end)
    if quantity.dimension != "money" or quantity.bound != ">=":
        return False
    over = patterns.classes.over.search(between) is not None and BETWEEN.fullmatch(between) is not None
    sorted_here = text.startswith(SORTED, quantity.end)
    return over and (sorted_here or patterns.noun.agent.match(text, quantity.end) is not None)


def sets_class(text: str, quantity: Quantity, after: Quantity | None, patterns: Patterns) -> bool:
    """Whether a bounded number stands in front of the noun that it sorts: 65岁以上｜老年人."""
    unit, end = quantity.unit, quantity.end
    if (unit == "人" and text.startswith("制", end)) or (unit == "类" and patterns.classes.graded.match(text, end)):
        return True  # 3人制｜篮球场, 三类｜水质
    if unit and text[end : end + 1] == GRADE and not text.startswith(GRADES, end):
        return True  # 10万吨｜级航道, 30座｜级飞机
    if unit not in RATES and quantity.dimension not in SIZELESS and names_capacity(text, quantity, patterns):
        return True  # 40万吨｜炼钢等一批项目, 时速350公里｜动车组
    if after is not None and after.kind == "rank" and is_field(text, quantity, after, patterns):
        return True  # 增幅居｜15个｜副省级城市第一位
    if not unit and quantity.value == BASE:
        return patterns.classes.base.search(text, max(0, quantity.start - 14), quantity.start) is not None
    if quantity.value_to is not None and (unit in patterns.classes.units or OF_CLASS.match(text, end)):
        return sorts_span(text, quantity, after, patterns)  # 0—14岁｜人口
    if quantity.bound not in (">=", "<=") or quantity.kind is not None:
        return False
    ahead = text[end : after.start if after is not None else None][:REACH]
    words = patterns.classes
    if unit in words.sizes and AFTER.search(quantity.quote) and words.settled.match(ahead):
        return True  # 30户以上｜自然村
    counts = quantity.dimension in (None, "count") and unit != "" and unit not in words.units
    if AFTER.search(quantity.quote) and not counts and unit not in RATES:
        told = ahead.replace(SUMMED, "")  # 50万元以上｜固定资产累计投资｜16亿元
        noun = read_noun_after(told.split("、")[0], patterns.noun)
        sorts = not words.stuff.search(noun) or (after is not None and sorts_stuff(told, noun, after, patterns))
        people = quantity.unit == "" and counts_people(ahead, noun, patterns)
        if noun and not ahead.startswith("的") and sorts and not people:
            return True
    if not counts and words.over.search(text, max(0, quantity.start - 3), quantity.start) and after is not None:
        between = text[end : after.start]
        if read_noun_after(between, patterns.noun) and words.counted_next.match(between) and "、" not in between:
            return True
    match = words.of_which.match(ahead)
    if match is None or after is None or CLAUSE_END.search(text, end, after.start):
        return False
    if unit in RATES and LISTED.search(text, end, after.start):
        return False  # 贡献了七成以上的税收、八成以上的就业
    return bool(words.counted_next.match(text[end + match.end() : after.start]))


def sorts_herd(text: str, quantity: Quantity, after: Quantity, patterns: Patterns) -> bool:
    """存栏50头以上｜养殖大户｜23户: how many each of those has that the next number counts; 600分以上｜87人."""
    if quantity.unit in patterns.classes.grades and after.start == quantity.end:
        return AFTER.search(quantity.quote) is not None and after.dimension == "count"
    if quantity.unit not in patterns.classes.herds or AFTER.search(quantity.quote) is None:
        return False
    between = text[quantity.end : after.start]
    if after.dimension != "count" or after.unit == quantity.unit or BETWEEN.fullmatch(between) is None:
        return False
    return read_noun_after(between, patterns.noun) == between


def sorts_span(text: str, quantity: Quantity, after: Quantity | None, patterns: Patterns) -> bool:
    """Whether a span sorts people, or what the next number counts: 0—14岁｜人口, 11人至20人｜的律师事务所｜7100家."""
    end = quantity.end
    if quantity.unit in patterns.classes.units and patterns.classes.aged.match(text, end) is not None:
        return True
    of = OF_CLASS.match(text, end)
    between = "" if of is None or after is None else text[of.end() : after.start]
    return between != "" and read_noun_after(between, patterns.noun) == between


def counts_people(ahead: str, noun: str, patterns: Patterns) -> bool:
    """70万以上｜贫困人口脱贫: so many people with nothing between; but 50万以上｜人口的城市."""
    at = patterns.noun.people.find(noun)
    ends = at > 0 and at + len(patterns.noun.people.at(noun, at)) == len(noun)
    return ends and not ahead.startswith("的", len(noun))


def names_capacity(text: str, quantity: Quantity, patterns: Patterns) -> bool:
    """Whether a measure is part of the name of one of the works that 等 sums up, or says how fast a train runs."""
    if quantity.kind is not None:
        return False
    if text.endswith(SPEED, 0, quantity.start):
        return read_noun_after(text[quantity.end : quantity.end + LONGEST_NAME], patterns.noun) != ""
    return quantity.unit in patterns.classes.capacities and patterns.classes.works.match(text, quantity.end) is not None


def is_field(text: str, quantity: Quantity, rank: Quantity, patterns: Patterns) -> bool:
    """Whether a number only says among how many something has its rank: 居｜15个｜城市第一, 在｜9个｜县中名列第一."""
    if (
        quantity.kind is not None
        or quantity.dimension != "count"
        or not BETWEEN.fullmatch(text, quantity.end, rank.start)
    ):
        return False
    ranked = patterns.classes.ranked
    return ranked.search(text, max(0, quantity.start - FIELD_REACH), quantity.start) is not None


def sorts_stuff(between: str, noun: str, after: Quantity, patterns: Patterns) -> bool:
    """300万元以上｜技改投资增长｜8%, 亿元以上｜项目到位资金｜79亿元: a kind of investment, no amount of it."""
    if noun == between and after.dimension == "money":
        return True
    if CLAUSE_END.search(between) is not None:
        return False
    predicate = read_predicate(between, patterns.predicate)
    paid = after.dimension == "money" and predicate.verb != "" and predicate.subject == noun
    return paid or predicate.kind != "level"  # 500万元以上｜固定资产投资完成｜75亿元
