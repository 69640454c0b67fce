"""第三, 首位, 前十 → a place in a ranking, or an ordinal.

It is a place where a word of ranking stands in front (居全国第3位), where the one before it in a list is one, or where
it changes: a place that moves is one of a ranking, whether that is named or not (由第九位升至第七位).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from qjreport.quantity.reading import LISTING, Reading
from qjreport.text.numerals import ONES, read_whole
from qjreport.text.patterns import compile_re
from qjreport.text.units import Unit

# What follows a place: a stop, or what takes the sentence on. 第一产业 and 第一批 are ordinals.
STOP: Final = compile_re(r"$|[，。、；：！？,;)）\s“”]|[和及且与](?!平)|的|位次?(?![于居])|名(?![师校单录优医])")
MORE: Final = compile_re(rf"(?:[、和至—\-](?:\d{{1,3}}|[{ONES}十]{{1,3}})(?![\d.]))*")  # 第一、二、三产业
OPENS_ENTRY: Final = frozenset("：:；;。")
CONTEXT: Final = 16  # characters in front of a place in which its ranking is named
PLACE: Final = Unit("位", "count", None, "unit.place")


def is_ranked(reading: Reading, start: int) -> bool:
    lookup, begin = reading.lookup, max(0, start - CONTEXT)
    return (
        lookup.rank.search(reading.text, begin, start) is not None
        and lookup.not_rank.search(reading.text, begin, start) is None
    )


def goes_on(reading: Reading, start: int) -> bool:
    """The places of a list share what ranks the first: 分列全省第2、第5和第9位."""
    before = reading.out[-1] if reading.out else None
    return (
        before is not None and before.kind == "rank" and before.end == start - 1 and reading.text[start - 1] in LISTING
    )


def read_first(reading: Reading, start: int) -> int:
    """首位 and 榜首: 居全国首位; but 放在首位, 首位度."""
    end = start + 2
    if is_ranked(reading, start) and not reading.text.startswith(reading.lookup.words.not_first, end):
        return reading.enter(start, end, Decimal(1), PLACE, kind="rank", rules=("rank.first",))
    return reading.note(start, end, "ordinal", "ordinal.first")


def read_ordinal(reading: Reading, start: int, end: int) -> int:
    """第 and its number, which ends at `end`: 居全国第3位, 第七届."""
    text = reading.text
    tail = STOP.match(text, end)
    moves = reading.lookup.moves
    more = MORE.match(text, end)
    if more and more.end() > end and STOP.match(text, more.end()) is None:
        tail = None  # 列入全国第一、二批
    entry = text[end : end + 1] == "，" and text[start - 1 : start] in OPENS_ENTRY  # 意义有两点：｜第一，……
    if (
        tail is not None
        and not entry
        and (is_ranked(reading, start) or goes_on(reading, start) or moves.match(text, end))
    ):
        value = read_whole(text[start + 1 : end])
        if value:
            stop = tail.end() if tail[0] in ("位", "位次", "名") else end
            return reading.enter(start, stop, value, PLACE, kind="rank", rules=("rank.ordinal",))
    end = more.end() if more else end
    kind = reading.lookup.ordinal.match(text, end)
    return reading.note(start, kind.end() if kind else end, "ordinal", "ordinal.counted")


def read_top(reading: Reading, start: int, end: int, value: Decimal) -> int | None:
    """前十, 前五位 after a word of ranking; the quote has 前 in it. 前10强 is a name."""
    text = reading.text
    tail = STOP.match(text, end)
    if tail is None or not is_ranked(reading, start - 1):
        return None
    stop = tail.end() if tail[0] in ("位", "位次", "名") else end
    return reading.enter(start - 1, stop, value, PLACE, kind="rank", bound="<=", rules=("rank.top",))
