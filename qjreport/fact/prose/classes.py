"""Numbers that only set a class: 亿元以上项目2000个 counts projects, and 亿元以上 says which.

Such a number is no fact of its own; it stays in the item of the number that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qjreport.fact.prose.nouns import read_noun_behind
from qjreport.fact.prose.predicate import read_predicate
from qjreport.fact.prose.vocabulary import Patterns
from qjreport.model import Quantity
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import CLAUSE_END

# 以上 and the like right behind the number; 超过, 不足 right before it.
BEHIND: Final = compile_re(r"(?:以上|以下|以内|及以上|及以下)\Z")
# What money, area and power themselves are: 5亿元以上资金 states an amount.
STUFF: Final = compile_re(
    r"(?:资金|投资|贷款|债券|补贴|补助|收入|税收|产值|资产|利润|效益|融资|订单|装机|容量|产能|能力|面积|规模|库容|绿地|用地|造林)"
)
COUNTED_NEXT: Final = compile_re(r"[^，,。；;：:！？\d]{0,30}?(?:达到|达|为|有|共|增至|增加到|超过|超|突破|新增)?\Z")
# 投资过亿元｜项目799个
OVER: Final = compile_re(r"(?:过|超|超过|突破)\Z")
OF_WHICH: Final = compile_re(r"的(?:有|为|达|达到|占|共)?")


def split_thresholds(
    text: str, quantities: Sequence[Quantity], patterns: Patterns
) -> tuple[list[Quantity], list[Quantity]]:
    """The numbers of a block that count, and those that only set a class."""
    counting: list[Quantity] = []
    classes: list[Quantity] = []
    for index, quantity in enumerate(quantities):
        before = quantities[index - 1] if index else None
        after = quantities[index + 1] if index + 1 < len(quantities) else None
        is_class = sets_class(text, quantity, before, after, patterns)
        (classes if is_class else counting).append(quantity)
    return counting, classes


def sets_class(
    text: str, quantity: Quantity, before: Quantity | None, after: Quantity | None, patterns: Patterns
) -> bool:
    """Whether a bounded number stands in front of the noun that it sorts: 65岁以上｜老年人."""
    if quantity.bound not in (">=", "<=") or quantity.kind is not None:
        return False
    until = min(quantity.end + 40, after.start) if after else quantity.end + 40
    behind = text[quantity.end : until]
    counts = quantity.dimension in (None, "count") and quantity.unit not in ("岁", "周岁", "级", "")
    if BEHIND.search(quantity.quote) and not counts and quantity.unit not in ("%", "‰", "个百分点", "倍"):
        noun = read_noun_behind(behind.split("、")[0], patterns)
        sorts = not STUFF.search(noun) or (after is not None and grows(behind, patterns))
        if noun and not behind.startswith("的") and sorts:
            return True
    if not counts and OVER.search(text, max(0, quantity.start - 3), quantity.start) and after is not None:
        between = text[quantity.end : after.start]
        if read_noun_behind(between, patterns) and COUNTED_NEXT.match(between) and "、" not in between:
            return True
    if match := OF_WHICH.match(behind):
        if after is None or CLAUSE_END.search(text, quantity.end, after.start):
            return False
        return bool(COUNTED_NEXT.match(text[quantity.end + match.end() : after.start]))
    return False


def grows(between: str, patterns: Patterns) -> bool:
    """300万元以上｜技改投资增长｜8%: what grows is a kind of investment, not that amount of it."""
    return not CLAUSE_END.search(between) and read_predicate(between, patterns).kind != "level"
