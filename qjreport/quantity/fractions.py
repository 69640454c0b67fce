"""Shares, multiples and parts of a unit → quantities: 九成, 百分之三至五, 一半, 翻一番; 1元2角, 两米半.

百分之, 千分之 and 万分之 are given in %, ‰ and ‱, 成 and 折 in %; any other fraction is kept exact. What stands after
a unit and is still of its number (角, 分, 两, 半) is given as what it adds in that unit, exact.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from qjreport.model import Bound
from qjreport.quantity.hedges import find_front
from qjreport.quantity.numeral import Numeral, read_any, strip_zeros
from qjreport.quantity.ranges import find_high, top_value
from qjreport.quantity.reading import Reading
from qjreport.text.numerals import CHINESE_CHARS, EXACT, ONES, Number, read_number, read_whole, simplify
from qjreport.text.patterns import compile_re
from qjreport.text.units import Place, Unit, find_unit

DOUBLING: Final = compile_re(r"翻了?(?:[一两二三四]番|番)")
OVER: Final = "分之"
TENTHS: Final = compile_re(rf"成(?:[{ONES}半])?|[{ONES}]?折(?![合算旧叠射扣页])")
NOT_TENTHS: Final = frozenset("立为功员果效本长绩都品熟交片年不套群人")
FULL: Final = 10  # tenths in a whole
PERCENT: Final = Unit("%", "ratio", "%", "unit.share")
SHARES: Final = {
    Decimal(100): PERCENT,
    Decimal(1000): Unit("‰", "ratio", "[ppth]", "unit.share"),
    Decimal(10000): Unit("‱", "ratio", None, "unit.share"),
}
HALF: Final = Decimal("0.5")
TIMES: Final = Unit("倍", "ratio", "1", "unit.doubling")


def read_parts(reading: Reading, start: int, bottom: Decimal | None, end: int, whole: Decimal | None = None) -> int:
    """三分之一, 百分之十二点五, 百分之三至五, 万分之三, and with `whole` 一又三分之二; `end` is where 分之 stands.

    The digits of what is none (零分之5) are read by themselves.
    """
    text, lookup = reading.text, reading.lookup
    top = read_any(text, end + len(OVER), lookup.number, lookup.prefixes)
    if not bottom or top is None:
        return end
    unit = SHARES.get(bottom) if whole is None else None
    head = text[start : end + len(OVER)]
    high = find_top(reading, top, head)
    upper = top_value(high) if high is not None and top_value(high) > top.value else top.high
    stop = high.end if high is not None and upper != top.high else top.end
    rough = top.rough or (high.rough if high is not None else "")
    if unit is not None:
        return reading.enter(
            start, stop, strip_zeros(top.value), unit, value_to=upper, rough=rough, rules=("numeral.parts",)
        )
    value: Number = simplify(Fraction(whole or 0) + Fraction(top.value) / Fraction(bottom))
    limit = None if upper is None else simplify(Fraction(whole or 0) + Fraction(upper) / Fraction(bottom))
    place = find_unit(text, stop, lookup.units) if whole is not None else None
    end, name = (stop, None) if place is None else place
    return reading.enter(start, end, value, name, value_to=limit, rough=rough, rules=("numeral.fraction",))


def find_top(reading: Reading, low: Numeral, head: str) -> Numeral | None:
    """The upper end of a range of shares, whether 百分之 is said again or not: 百分之三至五, 百分之三至百分之五."""
    text, lookup = reading.text, reading.lookup
    after = text[low.end : low.end + 1]
    if after and after in "至到—－-~～" and text.startswith(head, low.end + 1):
        return read_any(text, low.end + 1 + len(head), lookup.number, lookup.prefixes)
    high = find_high(reading, low, low.end)
    if high is None or text.startswith(OVER, high.end) or find_unit(text, high.end, lookup.units) is not None:
        return None
    return high


def read_tenths(reading: Reading, low: Numeral, at: int) -> int | None:
    """九成, 两成半, 八五折, 七八成, 三至五成, in per cent; `at` is where 成 or 折 stands.

    三成为 and 八成立 are shares only where a hedge vouches for them (近三成为).
    """
    text, start = reading.text, low.start
    high = find_high(reading, low, at)
    if high is not None:
        at = high.end
    tail = TENTHS.match(text, at)
    if tail is None:
        return None
    end = tail.end()
    if text[end : end + 1] in NOT_TENTHS and find_front(text, start, reading.lookup.hedges) is None:
        return None
    upper = top_value(high) if high is not None else low.high
    if upper is None or (tail[0] == "折" and high is None):
        value = read_number(text[start:end])
        if not isinstance(value, Decimal):
            return None
        return reading.enter(start, end, strip_zeros(value * 100), PERCENT, rules=("numeral.tenths",))
    if not low.value < upper <= FULL or len(tail[0]) > 1:
        return None
    return reading.enter(
        start, end, strip_zeros(low.value * 10), PERCENT, value_to=strip_zeros(upper * 10), rules=("numeral.tenths",)
    )


def read_doubling(reading: Reading, start: int) -> int:
    """翻一番 is twice, 翻两番 four times."""
    text = reading.text
    hit = DOUBLING.match(text, start)
    value = read_number(hit[0]) if hit else None
    if hit is None or not isinstance(value, Decimal):
        return start + 1
    end = hit.end()
    if text.startswith(reading.lookup.words.plans, end):
        return reading.note(start, end, "name", "name.plan")
    rough = "多" if text.startswith("多", end) else ""
    return reading.enter(
        start, end + len(rough), value, TIMES, rough=rough, kind="increase", rules=("numeral.doubling",)
    )


def is_said_doubling(reading: Reading, start: int, end: int) -> bool:
    """Whether the quotation between start and end, marks outside, is a doubling that something achieves: 实现“翻番”."""
    text = reading.text
    return (
        text[start] == "翻"
        and DOUBLING.fullmatch(text, start, end) is not None
        and text.endswith(reading.lookup.words.achieving, 0, start - 1)
    )


HALVED: Final = frozenset(
    ("length", "area", "mass", "percentage points")
)  # dimensions whose measures have a half: 半亩, 半吨


def read_half(reading: Reading, start: int, end: int) -> int:
    """一半, 半数, 过半, 半成, 半亩; any other 半 is part of a word or of a span of time."""
    text = reading.text
    for word, bound in reading.lookup.words.halves.items():
        at = start if word[0] in CHINESE_CHARS else start - word.index("半")
        stop = at + len(word)
        if at >= reading.done and text.startswith(word, at) and text[stop : stop + 1] not in HALF_WORDS:
            front = "过" if word == "过半" else ""
            least: Bound | None = bound if bound != "=" else None
            rules = ("numeral.half",)
            return reading.enter(at + len(front), stop, HALF, None, bound=least, front=front, rules=rules)
    if text[start:end] == "半":
        if text.startswith("成", end) and text[end + 1 : end + 2] not in NOT_TENTHS:
            return reading.enter(start, end + 1, Decimal(5), PERCENT, rules=("numeral.tenths",))
        place = find_unit(text, end, reading.lookup.units)
        if place is not None and place[1].dimension in HALVED:
            return reading.enter(start, place[0], HALF, place[1], chinese=True, rules=("numeral.half",))
    return 0


HALF_WORDS: Final = frozenset("年天月个径晌夜路")


PART: Final = rf"(\d{{1,2}}|[{ONES}两]|[壹贰叁肆伍陆柒捌玖])"
COINS: Final = compile_re(rf"(?:{PART}[角毛])?(?:零?{PART}分(?![之钟]))?(?:钱|[整正](?=$|[，。、；;）)\s]))?")
LIANG: Final = compile_re(rf"{PART}两(?![个项种类年])")
NOT_HALF: Final = frozenset("径导数岛小年月成封自天个山边途程价额决点")
TENTH: Final = Decimal("0.1")
HUNDREDTH: Final = Decimal("0.01")
YUAN: Final = Unit("元", "money", "CNY", "unit.measure")
WITH_HALVES: Final = frozenset(("length", "area", "volume", "mass", "time", "ratio", "money"))


def read_tail(text: str, place: Place) -> tuple[Place, Decimal] | None:
    """Where number and unit end with their tail, the unit, and what the tail adds; None where there is none."""
    end, unit = place
    name = unit.name
    if name in ("元", "块"):
        found = COINS.match(text, end)
        if found is None or found.end() == end or (name == "块" and not found[1]):
            return read_half_more(text, place)
        more = add_parts(found[1], TENTH, found[2], HUNDREDTH)
        return None if more is None else ((found.end(), YUAN if name == "块" else unit), more)
    if name == "斤":
        found = LIANG.match(text, end)
        more = add_parts(found[1], TENTH, None, HUNDREDTH) if found else None
        if found and more is not None:
            return (found.end(), unit), more
    return read_half_more(text, place)


def add_parts(tenths: str | None, tenth: Decimal, hundredths: str | None, hundredth: Decimal) -> Decimal | None:
    total = Decimal(0)
    for written, part in ((tenths, tenth), (hundredths, hundredth)):
        value = read_whole(written) if written else Decimal(0)
        if value is None or value >= 10:
            return None
        if value:
            total = EXACT.add(total, EXACT.multiply(value, part))
    return total


def read_half_more(text: str, place: Place) -> tuple[Place, Decimal] | None:
    """两米半, 三斤半: half a unit more; 半 of a word after it (半径) is none."""
    end, unit = place
    if text[end : end + 1] != "半" or unit.dimension not in WITH_HALVES or unit.name == "%":
        return None
    return None if text[end + 1 : end + 2] in NOT_HALF and end + 1 < len(text) else ((end + 1, unit), HALF)


PIECES: Final = compile_re(rf"{PART}[角毛](?:零?{PART}分钱?|钱)")


def read_coins(text: str, start: int) -> tuple[int, Decimal] | None:
    """两角五分, 五毛钱, in 元: where they end, and the value."""
    hit = PIECES.match(text, start)
    value = add_parts(hit[1], TENTH, hit[2], HUNDREDTH) if hit else None
    return None if hit is None or value is None else (hit.end(), value)
