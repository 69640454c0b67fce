"""Cross-checks of a page's facts: shares that do not sum to 100, parts larger than their whole, text against tables.

A check gives a diagnostic for a reader to look at; it changes no fact. It speaks only where what it compares is plain
on the page: a check that cries wolf is not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from qjreport.fact.check_table import check_columns
from qjreport.fact.printed import find_step, show_quote
from qjreport.model import Diagnostic, Fact, Outline
from qjreport.text.patterns import compile_re, compile_regex

# A printed share is off by at most half a step of its last decimal, so that n of them are off by at most n halves.
HALF: Final = Decimal("0.5")
WHOLE: Final = Decimal(100)

# Quantities of which a part cannot be more than the whole. Rates, prices, ages and grades are none of them.
ADDITIVE: Final = frozenset(("money", "count", "length", "area", "volume", "mass", "energy", "power", "containers"))
# Of these as well the part may be more: an average, a price, a balance of income and expense.
NOT_ADDITIVE: Final = compile_re(
    r"人均|户均|亩均|地均|平均|均价|单价|价格|工资|每|标准|最高|最低|顺差|逆差|净|差额|利润|得分|指数|限额"
)

# 营业收入超亿元的企业: such a multiplier alone sorts, and states no amount.
SORTS: Final = compile_regex(r"[十百千万亿]+(?![十百千万亿])\P{N}")

YEARLY: Final = (None, "同比", "比上年", "较上年", "比上年同期", "上年同期")
NAMED_HERE: Final = ("item.before", "share.respectively")
ONLY_NAME: Final = compile_re(
    r"[\s“”\"'‘’《》、,，。·]+|[（(][^（）()]*[)）]|\A(?:全市|全省|全区|全县|全州|全年|其中)+"
)
SHORTEST: Final = 3  # characters of an item that is the same thing wherever it stands: 总额, 出口 may be of anything
OTHER_TERMS: Final = compile_re(
    r"名义|实际|可比|不变价|现价|两年平均|年均|累计|扣除|不含|剔除|同口径|预计|快报|初步|当月|月均|日均"
)


def check_facts(outline: Outline, facts: Sequence[Fact]) -> tuple[Diagnostic, ...]:
    """What does not agree on the page, in the order of the page for each check. Linear in the number of facts.

    >>> from qjreport.model import Outline
    >>> check_facts(Outline(sections=(), blocks=()), [])
    ()
    """
    tables = {table.block for table in outline.tables}
    return (
        *check_structures(facts),
        *check_columns(outline, facts),
        *check_parts(facts),
        *check_tables(facts, tables),
    )


def check_structures(facts: Sequence[Fact]) -> Iterable[Diagnostic]:
    """三次产业结构8.1:40.2:50.7 sums to 99."""
    parts = (fact for fact in facts if "ratio.structure" in fact.rules)
    for _, group in groupby(parts, key=lambda fact: (fact.block, fact.sentence)):
        whole = list(group)
        for start in range(0, len(whole) - len(whole) % 3, 3):
            three = whole[start : start + 3]
            total = sum((fact.value for fact in three), Decimal(0))
            off, slack = abs(total - WHOLE), sum((find_step(fact) for fact in three), Decimal(0)) * HALF
            if off > slack:
                shown = ":".join(fact.quote for fact in three)
                yield Diagnostic(code="shares-not-100", message=f"{shown} sums to {total}, not to 100")


def check_parts(facts: Sequence[Fact]) -> Iterable[Diagnostic]:
    """新增就业3万人，其中高校毕业生4万人."""
    by_id = {fact.id: fact for fact in facts}
    for part in facts:
        whole = by_id.get(part.part_of) if part.part_of else None
        if whole is None or not can_compare(part, whole):
            continue
        slack = (find_step(part) + find_step(whole)) * HALF
        if part.value - whole.value > slack:
            yield Diagnostic(
                code="part-exceeds-whole",
                message=f"{part.item} {show_quote(part)} is a part of {whole.item} {show_quote(whole)} and larger",
            )


def can_compare(part: Fact, whole: Fact) -> bool:
    """Whether the part must not be more than the whole: one unit, one time, levels of what adds up."""
    same = (part.unit, part.period, part.status) == (whole.unit, whole.period, whole.status)
    if not same or part.kind != "level" or whole.kind != "level" or part.unit == "":
        return False
    if part.dimension not in ADDITIVE or part.bound == "<=" or whole.bound not in ("=", "<="):
        return False
    return not SORTS.match(whole.quote) and not NOT_ADDITIVE.search(part.item + whole.item)


def check_tables(facts: Sequence[Fact], tables: set[int]) -> Iterable[Diagnostic]:
    """全年粮食产量52.3万吨 in the text, 53.2 in the table."""
    printed: dict[object, list[Fact]] = {}
    for fact in facts:
        if fact.block in tables and (key := name_statement(fact)):
            printed.setdefault(key, []).append(fact)
    if not printed:
        return
    said: dict[object, list[Fact]] = {}
    for fact in facts:
        if fact.block not in tables and any(rule in fact.rules for rule in NAMED_HERE) and fact.bound != "~":
            key = name_statement(fact)
            if key in printed and not OTHER_TERMS.search(fact.sentence):
                said.setdefault(key, []).append(fact)
    for key, texts in said.items():
        cells = printed[key]
        # Two cells of one name are two things; so are two numbers of the text of which one agrees.
        if len({cell.value for cell in cells}) > 1 or any(agree(text, cells[0]) for text in texts):
            continue
        for text in texts:
            message = f"{text.item}: {show_quote(text)} in the text, {show_quote(cells[0])} in a table"
            yield Diagnostic(code="text-contradicts-table", message=message)


def name_statement(fact: Fact) -> object:
    """What must be the same for two facts to state one thing; None where the fact does not say enough."""
    item = ONLY_NAME.sub("", fact.item)
    if len(item) < SHORTEST or fact.period is None or fact.status != "actual" or fact.kind == "rank":
        return None
    if fact.value_to is not None or (fact.kind != "level" and fact.basis not in YEARLY):
        return None
    return item, fact.unit, fact.period, fact.kind == "level"


def agree(text: Fact, cell: Fact) -> bool:
    """Whether the text's number is the cell's, each rounded to its own last digit, within the bound that it states."""
    off = sign(text) - sign(cell)
    slack = (find_step(text) + find_step(cell)) * HALF
    if text.bound == ">=":
        return off <= slack
    return off >= -slack if text.bound == "<=" else abs(off) <= slack


def sign(fact: Fact) -> Decimal:
    return fact.value if fact.change is None else fact.change
