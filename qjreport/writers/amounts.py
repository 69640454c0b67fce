"""A fact's amount in few characters, for the outputs that a person reads: `≥ 92 %`, `+5.3 %`, `3–5 个`, `第 3 位`."""

from __future__ import annotations

import msgspec

from qjreport.model import Fact
from qjreport.writers.numbers import format_decimal

BOUNDS = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}


class Heads(msgspec.Struct, frozen=True):
    """Column heads, and the words in the column of kinds."""

    item: str
    amount: str
    kind: str
    period: str
    note: str
    quote: str
    kinds: dict[str, str]
    target: str


HEADS = {
    "en": Heads(
        "item",
        "amount",
        "kind",
        "period",
        "note",
        "in the text",
        {"level": "level", "increase": "increase", "decrease": "decrease", "rank": "rank"},
        "target",
    ),
    "zh": Heads(
        "指标",
        "数值",
        "类型",
        "时期",
        "说明",
        "原文",
        {"level": "水平", "increase": "增加", "decrease": "减少", "rank": "位次"},
        "目标",
    ),
}


def format_amount(fact: Fact) -> str:
    """The bound, the number with thousands separators and its sign, and the unit.

    A fraction is shown as it was written (1/3), a rank as a place (第 3 位).
    """
    bound = BOUNDS[fact.bound]
    if fact.exact is not None:
        number = fact.exact
    elif fact.change is not None and fact.value_to is None:
        number = ("+" if fact.change >= 0 else "") + format_decimal(fact.change, grouped=True)
    else:
        number = format_decimal(fact.value, grouped=True)
    if fact.value_to is not None:
        sign = {"increase": "+", "decrease": "-"}.get(fact.kind, "")
        number = f"{sign}{number} – {format_decimal(fact.value_to, grouped=True)}"
    if fact.kind == "rank":
        number = f"第 {number}"
    return f"{bound}{number} {fact.unit}".rstrip()


def name_kind(fact: Fact, language: str = "en") -> str:
    """Kind of the fact, what a change is measured against, the field of a rank, and whether it is a target."""
    heads = HEADS[language]
    words = [
        heads.kinds[fact.kind],
        fact.basis or "",
        fact.scope or "",
        heads.target if fact.status == "target" else "",
    ]
    return " ".join(word for word in words if word)
