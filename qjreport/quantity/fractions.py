"""Shares and multiples → quantities: 九成, 百分之三至五, 三分之二, 3½, 一半, 翻一番.

百分之, 千分之 and 万分之 are given in %, ‰ and ‱, 成 and 折 in %; any other fraction is kept exact.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from qjreport.model import Bound
from qjreport.quantity.hedges import find_front
from qjreport.quantity.numeral import HALF, Numeral, read_any, strip_zeros
from qjreport.quantity.ranges import find_high, top_value
from qjreport.quantity.reading import Reading
from qjreport.text.numerals import CHINESE_CHARS, ONES, VULGAR, Number, read_number, read_scale, simplify
from qjreport.text.patterns import compile_re
from qjreport.text.units import Unit, find_unit, find_unit_after

DOUBLING: Final = compile_re(r"翻了?(?P<hedge>[近约超]|将近|接近|超过|不到|不足)?(?:[一两二三四]番|番)")
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
    place = find_unit(text, stop, lookup.units)
    if place is not None and whole is None and place[1].dimension not in PARTED:
        place = None
    end, name = (stop, None) if place is None else place
    return reading.enter(start, end, value, name, value_to=limit, rough=rough, rules=("numeral.fraction",))


SCALE: Final = compile_re(r"(?:[百千](?=[万亿]))?[万亿]{1,2}")


def read_vulgar(reading: Reading, start: int, at: int) -> int:
    """½亩, 3½小时, ⅓: `at` is where the fraction stands, before it perhaps digits from `start` on."""
    text, lookup = reading.text, reading.lookup
    whole = read_number(text[start:at]) if at > start else Decimal(0)
    value = Fraction(whole or 0) + VULGAR[text[at]]
    end = at + 1
    if scaled := SCALE.match(text, end):
        value, end = value * Fraction(read_scale(scaled[0])), scaled.end()
    place = find_unit_after(text, end, lookup.units)
    end, unit = (end, None) if place is None else place
    return reading.enter(start, end, simplify(value), unit, rules=("numeral.fraction",))


DASHES: Final = frozenset("至到—－-~～")


def find_top(reading: Reading, low: Numeral, head: str) -> Numeral | None:
    """The upper end of a range of shares, whether 百分之 is said again or not: 百分之三至五, 百分之三至百分之五."""
    text, lookup = reading.text, reading.lookup
    after = text[low.end : low.end + 1]
    if after in DASHES and text.startswith(head, low.end + 1):
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
    """翻一番 is twice, 翻两番 four times; 翻了近一番 nearly twice."""
    text = reading.text
    hit = DOUBLING.match(text, start)
    value = read_number(hit[0].replace(hit["hedge"] or "", "")) if hit else None
    if hit is None or not isinstance(value, Decimal):
        return start + 1
    end = hit.end()
    if text.startswith(reading.lookup.words.plans, end):
        return reading.note(start, end, "name", "name.plan")
    rough = "多" if text.startswith("多", end) else ""
    hedge = find_front(text, hit.end("hedge"), reading.lookup.hedges) if hit["hedge"] else None
    return reading.enter(
        start,
        end + len(rough),
        value,
        TIMES,
        rough=rough,
        front=hedge.word if hedge else "",
        bound=hedge.bound if hedge else None,
        kind="increase",
        rules=("numeral.doubling", hedge.rule) if hedge else ("numeral.doubling",),
    )


def is_said_doubling(reading: Reading, start: int, end: int) -> bool:
    """Whether the quotation between start and end, marks outside, is a doubling that something achieves: 实现“翻番”."""
    text = reading.text
    return (
        text[start] == "翻"
        and DOUBLING.fullmatch(text, start, end) is not None
        and text.endswith(reading.lookup.words.achieving, 0, start - 1)
    )


PARTED: Final = frozenset(("length", "area", "volume", "mass"))  # 四分之三公里, but 三分之二人 is a share
HALVED: Final = frozenset(
    ("length", "area", "volume", "mass", "percentage points")
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
