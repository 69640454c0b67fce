"""The shape of hedges.toml: the words that bound a number (超过, 左右) or colour it (预计).

Nothing here reads text; `qjreport.quantity.hedges` looks the words up.
"""

from typing import Literal

import msgspec


class HedgeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one effect, which touch the number (in front) or its unit (after)."""

    words: tuple[str, ...]
    bound: Literal["=", ">=", "<=", "~"]
    rule: str
    not_beside: str = ""  # characters on the word's far side that make it another: 节约, 商超, 内外
    only_beside: str = ""  # where given, one of these must be there: 额 of 成交额过亿元
    soft: bool = False  # gives way to 左右 after the number: 控制在3%左右


class Hedges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """hedges.toml."""

    front: tuple[HedgeWords, ...]
    after: tuple[HedgeWords, ...]
    after_time: tuple[HedgeWords, ...]  # after a span of time or a length only: 30日内
    inside: dict[str, Literal["=", ">=", "<=", "~"]]  # between number and unit: 余 → >=
    steps: tuple[str, ...]  # verbs that reach a round number, a bare one too, and bound nothing: 迈上千亿元台阶
    coloured: tuple[str, ...]  # kept in the hedge, bound nothing: 预计
    not_coloured: tuple[str, ...]  # terms that such a word begins: 预期寿命
    reaching: tuple[str, ...]  # may stand between a front word and its number: 约占全国
    wholes: tuple[str, ...]  # as may the whole that a share is of: 全国
    achieved: tuple[str, ...]  # 突破12项关键技术 achieves them, it does not exceed twelve
    aiming: tuple[str, ...]  # as does 聚焦突破25项改革
