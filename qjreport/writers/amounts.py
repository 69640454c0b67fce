"""A fact's amount in few characters, for the outputs that a person reads: `≥ 92 %`, `+5.3 %`, `3–5 个`, `第 3 位`.

`format_decimal` writes exact decimals as plain digits for every output: no exponent, and no float on the way.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from qjreport.model import Fact


def format_decimal(value: Decimal, *, grouped: bool = False) -> str:
    """A decimal in plain digits, as precise as it was read; with thousands separators where `grouped`.

    >>> format_decimal(Decimal("1E+5")), format_decimal(Decimal("1E-7")), format_decimal(Decimal("5.30"))
    ('100000', '0.0000001', '5.30')
    >>> format_decimal(Decimal("3375793000000"), grouped=True)
    '3,375,793,000,000'
    """
    return format(value, ",f" if grouped else "f")


BOUNDS = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}


class Heads(msgspec.Struct, frozen=True):
    """Column heads, and the words in the column of kinds."""

    number: str
    item: str
    written: str
    amount: str
    kind: str
    period: str
    note: str
    quote: str
    doubts: str
    kinds: dict[str, str]
    target: str


HEADS = {
    "en": Heads(
        "no.",
        "item",
        "as written",
        "amount",
        "kind",
        "period",
        "note",
        "in the text",
        "doubts",
        {"level": "level", "increase": "increase", "decrease": "decrease", "rank": "rank"},
        "target",
    ),
    "zh": Heads(
        "序号",
        "指标",
        "原文数值",
        "数值",
        "类型",
        "时期",
        "说明",
        "原文",
        "存疑",
        {"level": "水平", "increase": "增加", "decrease": "减少", "rank": "位次"},
        "目标",
    ),
}


def format_amount(fact: Fact) -> str:
    """The bound, the number with its sign, and the unit; large numbers by 万 and 亿, as the reports themselves do.

    A fraction is shown as it was written (1/3), a rank as a place (第 3 位).
    """
    power, name = choose_power(max(abs(fact.value), abs(fact.value_to or fact.value)))
    number = name_sign(fact) + (fact.exact or format_scaled(fact.value, power))
    if fact.value_to is not None:
        number += f" – {format_scaled(fact.value_to, power)}"
    if fact.kind == "rank":
        number = f"第 {number}"
    return f"{BOUNDS[fact.bound]}{number} {name}{fact.unit}".rstrip()


def name_sign(fact: Fact) -> str:
    return "+" if fact.kind == "increase" and fact.value >= 0 else "-" if fact.kind == "decrease" else ""


def quote_amount(fact: Fact) -> str:
    """The amount as the report writes it, with what its words leave open: the bound that stands elsewhere, the sign of
    a change. A bare number, as the cells of a table have it, is shown as it is read, with its unit.

    不低于九成 gives `≥ 九成`, 下降5.3% gives `-5.3%`, 1.6万余人次 stays as it is.
    """
    quote = " ".join(fact.quote.split())
    if not any(character.isalpha() or character in "%％‰" for character in quote):
        return format_amount(fact)
    told = any(word in quote for word in fact.hedge.split("…") if word)
    return f"{'' if told else BOUNDS[fact.bound]}{'' if quote[0] in '+-＋－−' else name_sign(fact)}{quote}"


def choose_power(value: Decimal) -> tuple[int, str]:
    """The power of ten to show a number by: 亿 from a hundred million on, 万 where it leaves two decimals at most.

    >>> choose_power(Decimal("3375793000000")), choose_power(Decimal(196200)), choose_power(Decimal(46820))
    ((8, '亿'), (4, '万'), (0, ''))
    """
    if value >= 10**8:
        return 8, "亿"
    if value >= 10**5 and value % 100 == 0:
        return 4, "万"
    return 0, ""


def format_scaled(value: Decimal, power: int) -> str:
    scaled = value.scaleb(-power)
    if power:
        scaled = scaled.normalize()
    return format_decimal(scaled, grouped=True)


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
