"""A fact before it has an id: what the readers of prose and of tables give, and what is made a Fact in one place.

Leaves to the caller: the id (it hangs on the facts before it), the path of section titles, the sentence, the change.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from qjreport.model import FactKind, Headline, Quantity, Status

# What a column of a data table holds.
Role: TypeAlias = Literal["head", "unit", "serial", "remark", "amount", "growth", "share", "rank"]


class Draft:
    """One statement of how much or how many, as a reader of prose or of a table found it.

    `quantity` says where the number stands and how it is bounded. Its value and unit are those of the characters read
    alone; `value` and `unit` here are the statement's (a cell `847,43` under 万人 states 人), and they count.
    What later numbers and the checks decide by stands in fields; `rules` only explain.

    A plain class, since every number looks at those before it; the reader that makes a draft fills it, and then none
    sets a field again but `part_of`.
    """

    value_to: Decimal | None = None
    unit_code: str | None = None
    dimension: str | None = None
    kind: FactKind = "level"
    period: str | None = None
    status: Status = "actual"
    basis: str | None = None  # 比上年, 同比
    scope: str | None = None
    part_of: int | None = None  # index of the draft that this one is a part of, in the list that both stand in
    named: bool = False  # the item stands in front of this very number
    beside: bool = False  # what a plan asked for, beside what became of it: 占年度控制目标｜213人｜的98%
    origin: bool = False  # the starting value of a change: 由｜8亿元｜增加到19亿元
    shared_out: bool = False  # one of the numbers that 分别 gives to the things of a list
    object_change: FactKind | None = None  # of a verb of change whose object is the item: 增加｜学位｜20万个
    column: Role | None = None  # of a cell
    said: bool = True  # a verb in front of the number says what it is: 达到, 增长
    unread: bool = False  # words in front of it are neither its predicate nor its item
    unspread: bool = False  # 分别 governs it, and no list was found that it could be shared out to
    doubt: str = ""  # what makes a reader of prose unsure of the item that it found
    headline: Headline | None = None
    rules: tuple[str, ...] = ()

    def __init__(self, quantity: Quantity, item: str, value: Decimal, unit: str) -> None:
        self.quantity = quantity
        self.start = quantity.start  # of the number, in its block
        self.end = quantity.end
        self.structure = quantity.structure
        self.item = item
        self.value = value
        self.unit = unit
