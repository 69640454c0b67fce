"""The words around a number → its bound: 超过, 余, 以上, 控制在…以内.

Looks at what touches the number, and across short gaps that name what it is a share of (约占全国1/10).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qjreport.lexicon import Lexicon
from qjreport.lexicon.hedges import HedgeWords
from qjreport.model import Bound
from qjreport.text.patterns import WordTable, compile_re
from qjreport.text.words import join_words

DISTANT: Final = 12  # characters between 约 and the number of 约占全国1/10
GAP: Final = 14  # characters in front of a number in which 力争 or 预计 still colours it
STOPS: Final = compile_re(r"[，。；！？,;!?\n]")


class Hedge(WordTable):
    word: str
    bound: Bound
    rule: str
    not_beside: str
    only_beside: str
    soft: bool


class HedgeIndex(WordTable):
    """Hedges by their last (front) or first (after) character, the longest first."""

    front: dict[str, tuple[Hedge, ...]]
    after: dict[str, tuple[Hedge, ...]]
    after_time: dict[str, tuple[Hedge, ...]]  # those of `after`, and 内
    inside: dict[str, Bound]
    steps: tuple[str, ...]
    coloured: tuple[str, ...]
    not_coloured: tuple[str, ...]
    gap: re.Pattern[str]
    gap_ends: frozenset[str]
    about: re.Pattern[str]  # what a front word that a gap may come after ends with
    aiming: tuple[str, ...]  # in front of 突破, it is what is aimed at
    achieved_before: re.Pattern[str]
    achieved_after: re.Pattern[str]


def measure_hedge(hedge: Hedge) -> int:
    return len(hedge.word)


@lru_cache(maxsize=8)
def index_hedges(lexicon: Lexicon) -> HedgeIndex:
    table = lexicon.hedges

    def gather(groups: tuple[HedgeWords, ...], side: int) -> dict[str, tuple[Hedge, ...]]:
        index: dict[str, list[Hedge]] = {}
        for group in groups:
            for word in group.words:
                hedge = Hedge(
                    word=word,
                    bound=group.bound,
                    rule=group.rule,
                    not_beside=group.not_beside,
                    only_beside=group.only_beside,
                    soft=group.soft,
                )
                index.setdefault(word[side], []).append(hedge)
        return {c: tuple(sorted(hedges, key=measure_hedge, reverse=True)) for c, hedges in index.items()}

    achieved = join_words(table.achieved)
    return HedgeIndex(
        front=gather(table.front, -1),
        after=gather(table.after, 0),
        after_time=gather((*table.after, *table.after_time), 0),
        inside=table.inside,
        steps=table.steps,
        coloured=table.coloured,
        not_coloured=table.not_coloured,
        gap=compile_re(rf"(?:{join_words((*table.reaching, *table.wholes))}){{1,3}}的?$"),
        gap_ends=frozenset(word[-1] for word in (*table.reaching, *table.wholes)) | {"的"},
        about=compile_re(
            join_words(word[-1] for group in table.front for word in group.words if is_distant(word, group.bound))
        ),
        aiming=table.aiming,
        achieved_before=compile_re(rf"{achieved}$"),
        achieved_after=compile_re(rf"[^，。；、,;]{{0,6}}?{achieved}"),
    )


def find_front(text: str, start: int, index: HedgeIndex) -> Hedge | None:
    """The hedge that ends where the number starts, a single space aside."""
    at = start - 1 if text[start - 1 : start] == " " else start
    for hedge in index.front.get(text[at - 1 : at], ()):
        begin = at - len(hedge.word)
        if begin >= 0 and text.startswith(hedge.word, begin):
            ahead = text[begin - 1 : begin]
            if (ahead and ahead in hedge.not_beside) or (hedge.only_beside and ahead not in hedge.only_beside):
                continue
            return hedge
    return None


def find_before(text: str, start: int, index: HedgeIndex) -> Hedge | None:
    """The hedge in front of a number, which touches it or stands across a short gap."""
    hedge = find_front(text, start, index)
    if hedge is None and text[start - 1 : start] in index.gap_ends:
        return find_distant(text, start, index)
    return hedge


def find_distant(text: str, start: int, index: HedgeIndex) -> Hedge | None:
    """约占全国1/10: a hedge whose number comes after a word of reaching and a whole."""
    first = max(0, start - DISTANT)
    if text[start - 1] == "的" and (hit := OF_WHOLE.search(text, first, start)) is not None:
        return find_front(text, hit.end(1 if hit[1] else 2), index)  # 不到村庄的｜一半, 约为平均增速的｜2倍
    if index.about.search(text, max(0, first - 1), start - 1) is None:
        return None
    gap = index.gap.search(text, first, start)
    for at in range(gap.start(), start) if gap else ():
        hedge = find_front(text, at, index) if index.gap.match(text, at, start) else None
        if hedge is not None and is_distant(hedge.word, hedge.bound):
            return hedge
    return None


OF_SHARES: Final = frozenset(("不到", "不足", "接近"))  # 不到全国的一半
OF_WHOLE: Final = compile_re(
    rf"(?:({'|'.join(sorted(OF_SHARES))})|(约)[为是])[^，。；：！？,;、的\d]{{2,8}}的$"
)  # 不到村庄的一半


def is_distant(word: str, bound: Bound) -> bool:
    return bound == "~" or word in OF_SHARES


MADE: Final = frozenset("项个批款类种")  # what breakthroughs and records are counted in


def is_achieved(text: str, start: int, end: int, hedge: Hedge, index: HedgeIndex) -> bool:
    """突破12项关键技术 makes twelve breakthroughs, 破3项纪录 breaks three; neither exceeds its number."""
    if not hedge.word.endswith(("破", "突破了")) or text[end - 1] not in MADE:
        return False
    if text.endswith(index.aiming, 0, start - len(hedge.word)):
        return True  # 聚焦突破25项重点改革
    return (
        index.achieved_after.match(text, end) is not None
        or index.achieved_before.search(text, max(0, start - 8), start - len(hedge.word)) is not None
    )


def find_after(text: str, end: int, index: HedgeIndex, *, time: bool = False) -> Hedge | None:
    """The hedge that begins where the unit ends: 以上, 左右, 以内; 内 after a span of time."""
    first = text[end : end + 1]
    for hedge in (index.after_time if time else index.after).get(first, ()):
        if text.startswith(hedge.word, end):
            beside = text[end + len(hedge.word) : end + len(hedge.word) + 1]
            if beside and (beside in hedge.not_beside or (hedge.only_beside and beside not in hedge.only_beside)):
                continue
            return hedge
    return None


def weakens(after: Hedge, before: Hedge | None) -> bool:
    """Whether a 左右 after the unit would take from a firm word before the number: 超过3%左右 still says more than."""
    return after.bound == "~" and before is not None and not before.soft


def is_coloured(text: str, index: HedgeIndex) -> bool:
    """Whether any word of colour stands in the text: few texts have one."""
    return any(map(text.__contains__, index.coloured))


def find_colour(text: str, start: int, index: HedgeIndex) -> str:
    """力争, 预计 … in the number's own clause, a few characters in front; they bound nothing."""
    window = text[max(0, start - GAP) : start]
    best, place = "", -1
    for word in index.coloured:
        at = window.rfind(word)
        if at > place and STOPS.search(window, at) is None and not window.startswith(index.not_coloured, at):
            best, place = word, at
    return best


def join_hedge(colour: str, front: str, inner: str, after: str) -> str:
    """The words in their order, … for the number between them: 控制在…以内, 力争…以上.

    >>> join_hedge("", "控制在", "", "以内"), join_hedge("", "", "余", "")
    ('控制在…以内', '余')
    """
    left, right = colour + front, inner + after
    return f"{left}…{right}" if left and right else left or right
