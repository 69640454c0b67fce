"""The shape of hedges.toml: the words that bound a number (超过, 左右) or colour it (预计).

Nothing here reads text; `qjreport.quantity.bound` looks the words up.
"""

from __future__ import annotations

import msgspec


class Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that stand right in front of the number."""

    words: tuple[str, ...]
    bound: str
    rule: str
    not_after: str = ""  # characters before the word that make it another: 节约, 商超


class Behind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that stand right behind the unit; they belong to the quote."""

    words: tuple[str, ...]
    bound: str
    rule: str
    not_before: str = ""  # characters behind the word that make it another: 内外


class Hedges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """hedges.toml."""

    front: tuple[Front, ...]
    behind: tuple[Behind, ...]
    behind_time: tuple[Behind, ...]  # behind a span of time or a length only: 30日内
    inside: dict[str, str]  # between number and unit: 余 → >=
    coloured: tuple[str, ...]  # kept in the hedge, bound nothing: 预计
    reaching: tuple[str, ...]  # may stand between a front word and its number: 约占全国
    wholes: tuple[str, ...]  # as may the whole that a share is of: 全国
    technology: tuple[str, ...]  # 突破12项关键技术 achieves them, it does not exceed twelve
