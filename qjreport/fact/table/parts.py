"""Which row of a table is a part of which: 其中：住宅 of 房屋施工面积."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from qjreport.fact.draft import Draft

ROUNDING: Final = Decimal("0.002")  # of the whole: parts printed to one decimal sum up to it within this


class Amount:
    """A cell that states an amount, for finding what it is a part of."""

    def __init__(self, draft: int, part: bool) -> None:
        self.draft = draft
        self.part = part


def link_parts(drafts: list[Draft], columns: Iterable[Sequence[Amount]]) -> None:
    """Point each 其中 row to the row that it is a part of.

    The rows below a 其中 row are parts too only where all of them sum up to the whole (城镇, 乡村), since nothing else
    in a table tells where the parts end.
    """
    for amounts in columns:
        whole: int | None = None
        place = 0
        while place < len(amounts):
            amount = amounts[place]
            count = 1
            if amount.part and whole is not None:
                count = count_parts(drafts, amounts[place:], drafts[whole])
                for part in amounts[place : place + count]:
                    link_part(drafts, part.draft, whole)
            else:
                whole = amount.draft
            place += count


def count_parts(drafts: Sequence[Draft], amounts: Sequence[Amount], whole: Draft) -> int:
    """How many rows from a 其中 row on sum up to the whole; 1 where none do."""
    total = Decimal(0)
    for count, amount in enumerate(amounts):
        if (count and amount.part) or drafts[amount.draft].unit != whole.unit:
            break
        total += drafts[amount.draft].value
        if count and abs(total - whole.value) <= abs(whole.value) * ROUNDING:
            return count + 1
    return 1


def link_part(drafts: list[Draft], part: int, whole: int) -> None:
    if drafts[part].unit == drafts[whole].unit and drafts[part].value <= drafts[whole].value:
        drafts[part].part_of = whole
