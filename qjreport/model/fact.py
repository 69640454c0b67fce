"""outline → quantities → facts."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import Literal

import msgspec

from qjreport.model.page import Diagnostic

Bound = Literal["=", ">=", "<=", "~"]
FactKind = Literal["level", "increase", "decrease", "rank"]
Status = Literal["actual", "target"]
Headline = Literal["target", "result"]
Measure = Literal["growth", "level", "share", "change", "rank"]
Why = Literal["date", "ordinal", "name", "code", "structure", "vague", "unread"]


class Quantity(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A number in a block's text with all that belongs to it, or a number that is no quantity and why."""

    block: int
    start: int
    end: int
    quote: str
    value: Decimal | None = None
    value_to: Decimal | None = None  # the upper end of a range
    exact: str | None = None  # 1/3 where no decimal is exact
    unit: str = ""
    unit_code: str | None = None
    dimension: str | None = None
    bound: Bound = "="
    hedge: str = ""  # the words themselves, those in front first: 超过 … 以上
    kind: FactKind | None = None  # where the number alone tells: 第3位 rank, 翻一番 increase
    why: Why | None = None  # None for a quantity
    structure: bool = False  # a part of a structure a:b:c
    rules: tuple[str, ...] = ()


class Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One statement of how much or how many."""

    id: str
    block: int
    start: int
    end: int
    quote: str
    value: Decimal
    value_to: Decimal | None
    unit: str
    unit_code: str | None
    dimension: str | None
    bound: Bound
    hedge: str
    kind: FactKind
    change: Decimal | None  # signed, for increase and decrease
    item: str
    period: str | None
    status: Status
    headline: Headline | None
    basis: str | None
    scope: str | None
    subject: str | None  # another place than the report's: 滨海新区
    part_of: str | None
    exact: str | None
    path: tuple[str, ...]
    sentence: str
    rules: tuple[str, ...]
    doubts: tuple[str, ...] = ()  # why it is worth a second look; docs/doubts.md
    indicator: str | None = None  # code of the indicator that the item names; docs/panel.md
    measure: Measure | None = None  # what the number tells of it

    def _repr_html_(self) -> str:
        """In Jupyter: the sentence with its mark."""
        shown: str = import_module("qjreport.writers.notebook").show_fact(self)
        return shown


class NonFact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A number that states no amount, and what it is instead."""

    block: int
    start: int
    end: int
    quote: str
    why: Why
    rules: tuple[str, ...] = ()  # for explaining; no writer shows them

    def to_dict(self) -> dict[str, object]:
        """As JSON has it."""
        return {"block": self.block, "start": self.start, "end": self.end, "quote": self.quote, "why": self.why}


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the fact stage gives."""

    facts: tuple[Fact, ...]
    non_facts: tuple[NonFact, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
