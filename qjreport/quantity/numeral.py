"""The numeral at a place of a text → a number: 18万余, 3.2万亿, 25万6千, 二十几亿, 一百二三十, 六十五点三万.

Digits and characters are read by one grammar (`qjreport.text.numerals`); here is how far a numeral reaches in running
text, what leaves it open (余, 多, 几) and which multipliers a range may share. Only the number: whether it is a
quantity, and of what, is decided by its readers.

What stands after a unit and is still of its number (1元2角, 六斤八两, 两米半, 三块零四) is its tail, given as what it
adds in that unit, exact, with where it ends. Sums in coins alone (两角五分) are read here too, in 元.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from qjreport.lexicon import Lexicon
from qjreport.text.numerals import (
    ARABIC,
    CHINESE_CHARS,
    DIGIT_CHARS,
    DIGITS,
    EXACT,
    JOINTS,
    MULTIPLIER_CHARS,
    MULTIPLIERS,
    MYRIADS,
    NARROW,
    ONES,
    POINTS,
    TENS,
    read_amount,
    read_arabic,
    read_scale,
    read_whole,
)
from qjreport.text.patterns import compile_re
from qjreport.text.units import Place, Unit

RUN: Final = compile_re(r"\d++(?:[.,]\d++)*")
PLAIN: Final = compile_re(r"\d++(?:\.\d++)?")
SEPARATORS: Final = ",，"
MORE: Final = frozenset(f" {SEPARATORS}.．·余餘多来來几幾+＋{MULTIPLIER_CHARS}{JOINTS}{NARROW}")  # may go on a number
PARTING: Final = frozenset(" .．·")
PLAIN_MYRIADS: Final = {"万": Decimal(10**4), "亿": Decimal(10**8)}
GOING_ON: Final = frozenset(f"0123456789０１２３４５６７８９ 零〇{ONES}两余餘多来來几幾+＋{MULTIPLIER_CHARS}")
LONGEST_PRINTED: Final = 22  # characters with separators: more digits are a code
ONE: Final = Decimal(1)


class Numeral:
    """A number as read."""

    __slots__ = ("end", "high", "plain", "rough", "scale", "start", "value")

    def __init__(
        self,
        start: int,
        end: int,
        plain: Decimal,
        scale: Decimal,
        value: Decimal,
        rough: str = "",
        high: Decimal | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.plain = plain  # as printed
        self.scale = scale
        self.value = value  # scaled in full
        self.rough = rough  # the 余 or 多 in it
        self.high = high  # of a pair: 七八


# 兆 is 10 to the 12th before money and people; by itself it is short for a unit (带宽100兆).
MEGA_AHEAD: Final = "元圆美欧日港韩台人亿億"
MEGA: Final = f"兆(?![{MEGA_AHEAD}])"
MYRIADS_AHEAD: Final = frozenset("多亿")
# 三个亿: 个 stands between a number and 亿 where nothing but the amount is meant, not in 三个亿元项目.
COUNTED_MYRIADS: Final = (
    r"个(?P<odd>多)?(?=亿(?:$|[，。、；：！？,;)）\s的以左上多]|投资|资金|[美欧日港韩]元|卢布|人民币|(?<=多亿)元))"
)


TIMED: Final = frozenset("年月日时点分秒周号")  # do not vouch for digits that stand apart


class Patterns(NamedTuple):
    """A number in digits, as it is written mostly, and with spaces in it or a point in the middle (1 234户, 2. 6倍)."""

    plain: re.Pattern[str]
    apart: re.Pattern[str]


@lru_cache(maxsize=8)
def build_number(lexicon: Lexicon) -> Patterns:
    """Digits, multipliers and a rest (2亿3千万, 1万零500); the 千 of 千瓦 and the 百 of 百帕 are left to the unit."""
    units = "|".join(map(re.escape, lexicon.units.prefixes))
    scale = rf"(?:(?!{units}|{MEGA})[{MULTIPLIER_CHARS}])"
    counters = (name for counter in lexicon.units.counters for name in counter.names)
    names = (*(name for unit in lexicon.units.units for name in unit.names), *counters)
    counted = "".join(sorted({name[0] for name in names if not name[0].isascii()} - TIMED))
    vouched = rf"[%％{MULTIPLIER_CHARS}余多{counted}]"
    # 1 234户, 1 234.5万元, and with a space before the unit only where it is long: 1 234 567 元.
    spaced = (
        rf"(?<![\d.] )\d{{1,3}}(?:(?: \d{{3}})+(?:\.\d{{1,4}})?(?![\d.])(?={vouched})"
        rf"|(?: \d{{3}}){{2,}}(?:\.\d{{1,4}})?(?![\d.])(?= {vouched}))"
    )
    parted = rf"\d{{1,4}}(?:[.．] | [.．] ?)\d{{1,3}}(?=[%％‰{MULTIPLIER_CHARS}{counted}])"
    pointed = rf"(?<=[^\W\d_a-zA-Z]){parted}|\d++·\d++(?=[^\W\d_a-zA-Z]|[%％])"
    tail = (
        rf"(?:(?P<part>[百千])?(?P<early>[余餘多来來几幾])(?=[{MULTIPLIER_CHARS}])|{COUNTED_MYRIADS})?"
        rf"(?: {{0,2}}(?P<scale>{scale}+)"
        rf"(?P<rest>(?: ?[零〇]?(?:\d{{1,4}}|[{ONES}两]) ?(?:[余多几](?={scale}))?{scale}+){{1,6}}"
        rf"|\d{{4}}(?![\d.,%％])| \d{{4}}(?= ?[元人个個户戶家名])"
        rf"|\d{{2,3}}(?=[元人个户家名吨亩])|[零〇]\d{{1,3}}(?![\d.,%％]))?)?"
        r"(?P<late>余|餘|多(?![样边层云维点方彩])|[来來](?=[个名家天人项件条位种次])|[+＋](?=[^\W\d_A-Za-z]))?"
    )
    return Patterns(
        compile_re(rf"(?P<number>{ARABIC}){tail}"), compile_re(rf"(?P<number>{spaced}|{pointed}|{ARABIC}){tail}")
    )


def read_numeral(text: str, start: int, patterns: Patterns) -> Numeral | None:
    """The number in digits that begins at `start`; None where it is longer than any number is.

    >>> from qjreport.lexicon import load_lexicon
    >>> read_numeral("共18万余人次", 1, build_number(load_lexicon())).value
    Decimal('180000')
    """
    plainly = PLAIN.match(text, start)
    if plainly is None:
        return None
    end = plainly.end()
    after = text[end : end + 1]
    if after in PLAIN_MYRIADS and text[end + 1 : end + 2] not in GOING_ON and end - start <= LONGEST_PRINTED:
        plain, scale = Decimal(plainly[0]), PLAIN_MYRIADS[after]
        return Numeral(start, end + 1, plain, scale, strip_zeros(EXACT.multiply(plain, scale)))
    if after in MORE and (after not in SEPARATORS or text[end + 1 : end + 2].isdecimal()):
        return read_scaled(text, start, patterns.apart if after in PARTING else patterns.plain)
    if after == "个" and text[end + 1 : end + 2] in MYRIADS_AHEAD:
        return read_scaled(text, start, patterns.plain)
    if end - start > LONGEST_PRINTED:
        return None
    value = Decimal(plainly[0])
    return Numeral(start, end, value, ONE, value)


INSIDE: Final = compile_re("[余餘多几幾]")


def read_scaled(text: str, start: int, pattern: re.Pattern[str]) -> Numeral | None:
    """A number that a multiplier, a 余 or a separator may go on with."""
    hit = pattern.match(text, start)
    if hit is None:
        return None
    number, scaled, rest = hit["number"], hit["scale"], hit["rest"]
    if len(number) > LONGEST_PRINTED or (scaled and len(scaled) > 4):
        return None
    plain = Decimal(number) if number.isascii() and number.isdecimal() else read_arabic(number)
    if plain is None:
        return None
    rough = hit["early"] or hit["odd"] or hit["late"] or ""
    if not scaled:
        return Numeral(start, hit.end(), plain, ONE, plain, rough)  # 30多千瓦, 30余
    scale = read_scale((hit["part"] or "") + scaled)  # 3｜千｜余｜万
    value, end = EXACT.multiply(plain, scale), hit.end()
    if rest:
        inside = INSIDE.search(rest)
        whole = read_whole(f"{plain:f}{scaled}{INSIDE.sub('', rest).replace(' ', '')}")
        if whole is None or (rest.isdigit() and scaled not in ("万", "萬")):
            end, rough = hit.start("rest"), hit["early"] or hit["odd"] or ""
        else:
            value, rough = whole, rough or (inside[0] if inside else "")
    return Numeral(start, end, plain, scale, strip_zeros(value), rough)


def strip_zeros(value: Decimal) -> Decimal:
    """129.60万 is 1296000, not 1296000.00."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize(EXACT)


OPEN_CHARS: Final = "几幾数數"
MIDDLE: Final = "余餘多来來"
SPOKEN: Final = f"{CHINESE_CHARS}{OPEN_CHARS}"
CHINESE: Final = SPOKEN + "半"
CHARACTERS: Final = compile_re(rf"[{SPOKEN}]++(?:[{MIDDLE}](?=[{MULTIPLIER_CHARS}])[{MULTIPLIER_CHARS}]++)?")
ROUGH: Final = frozenset("余餘多来來把")
ONE_DIGIT: Final = compile_re(rf"([{DIGIT_CHARS}])([百佰千仟])")


def read_spoken(text: str, start: int, prefixes: tuple[str, ...]) -> Numeral | None:
    """The number in characters that begins at `start`, without a decimal point; None where they make none.

    >>> number = read_spoken("共二十几亿元", 1, ("千瓦",))
    >>> (number.end, number.value, number.rough)
    (5, Decimal('2000000000'), '几')
    """
    run = CHARACTERS.match(text, start)
    if run is None:
        return None
    return weigh_numeral(text, start, end_numeral(text, start, run.end(), prefixes))


PREFIXED: Final = frozenset("千百兆")  # the first characters of units: 千瓦, 百帕
TAELS: Final = frozenset("两兩")
LONE: Final = frozenset("一壹")


def end_numeral(text: str, start: int, end: int, prefixes: tuple[str, ...]) -> int:
    """Where the numerals that reach to `end` stop to be of the number: 万|千瓦, 两万|两."""
    if end - start < 2:
        return end
    last = text[end - 1]
    if last == "零" and text[end - 2] in MULTIPLIERS:
        return end - 1  # 百亿零碳产业
    if last == "兆" and text[end : end + 1] not in MEGA_AHEAD:
        return end - 1
    of_unit = (last in PREFIXED and text.startswith(prefixes, end - 1)) or (last in TAELS and text[end - 2] not in LONE)
    return end - 1 if of_unit else end  # but 一两个


def weigh_numeral(text: str, start: int, end: int) -> Numeral | None:
    """The number that the characters from `start` to `end` are, with a 余 after them, and the multiplier at its end."""
    written = text[start:end]
    amount = read_amount(written) if written else None
    if amount is None:
        return None
    rough = amount.rough
    if not rough and written[-1] in MULTIPLIER_CHARS and text[end : end + 1] in ROUGH:
        rough, end = text[end], end + 1
    plain, scale = split_scale(written, amount.low)
    return Numeral(start, end, plain, scale, amount.low, rough, high=amount.high)


def split_scale(written: str, value: Decimal) -> tuple[Decimal, Decimal]:
    """The number before its last multipliers, and these: 三十万 is 30 and 10000, 三百 is 3 and 100, 三十 has none."""
    at = len(written)
    while at and written[at - 1] in MYRIADS:
        at -= 1
    if at < len(written):
        scale = read_scale(written[at:])
        return EXACT.divide(value, scale), scale
    digit = ONE_DIGIT.fullmatch(written)
    scale = Decimal(TENS[digit[2]]) if digit else ONE
    return value / scale, scale


# 点 is also a time of day (三点五十), a part of a plan (一核两点三片) and a bit (一点一滴): its caller judges.
POINT: Final = compile_re(
    rf" ?[{POINTS}] ?(?P<places>[{DIGIT_CHARS}]++)(?! ?[十拾廿卅几数半刻])"
    r"(?P<scale>[百千万萬亿億兆]*+)(?P<rough>[余餘多])?"
)


def read_pointed(text: str, start: int, point: int, prefixes: tuple[str, ...]) -> Numeral | None:
    """六十五点三万: the decimal whose whole part reaches from `start` to `point`, where 点 stands."""
    hit = POINT.match(text, point)
    head = read_amount(text[start:point]) if hit else None
    if hit is None or head is None or head.high is not None or head.rough or text[start] in TENS_AHEAD:
        return None
    scaled, stop = hit.end("scale"), hit.end()
    if hit["scale"] and text.startswith(prefixes, scaled - 1):
        scaled = stop = scaled - 1  # 三点五千瓦
    rough = text[scaled:stop]
    if rough and scaled == hit.end("places"):
        return None  # 三点五多
    plain = EXACT.add(head.low, Decimal("0." + "".join(str(DIGITS[c]) for c in hit["places"])))
    scale = read_scale(text[hit.end("places") : scaled])
    value = plain if scale == ONE else strip_zeros(EXACT.multiply(plain, scale))
    return Numeral(start, stop, plain, scale, value, rough)


TENS_AHEAD: Final = frozenset("百佰千仟万萬亿億兆")


def read_any(text: str, start: int, patterns: Patterns, prefixes: tuple[str, ...]) -> Numeral | None:
    """The number at `start`, in digits or in characters, with 点 or without."""
    first = text[start : start + 1]
    if first.isdecimal():
        return read_numeral(text, start, patterns)
    number = read_spoken(text, start, prefixes) if first and first in SPOKEN else None
    if number is not None and text[number.end : number.end + 1] in POINTS_AHEAD:
        return read_pointed(text, start, number.end, prefixes) or number
    return number


POINTS_AHEAD: Final = frozenset(POINTS)


# A tail begins with one of these.
TAILS: Final = frozenset("半零钱整正0123456789０１２３４５６７８９一二三四五六七八九两壹贰叁肆伍陆柒捌玖")
PART: Final = rf"(\d{{1,2}}|[{ONES}两]|[壹贰叁肆伍陆柒捌玖])"
COINS: Final = compile_re(rf"(?:{PART}[角毛])?(?:零?{PART}分(?![之钟]))?(?:钱|[整正](?=$|[，。、；;）)\s]))?")
# After 块 the last of its parts may go without a name: 三块五, 三块零四, 五块七毛八.
LUMP: Final = compile_re(
    rf"(?:{PART}[角毛](?:零?{PART}分?)?|零?(?P<cents>[{ONES}])分|零(?P<few>[{ONES}])|(?P<half>[{ONES}]))"
    r"钱?(?=$|[，。、；：！？至到,;)）\s])"
)
LUMP_HALF: Final = compile_re(r"半钱?(?=$|[，。、；：！？至到,;)）\s])")
LIANG: Final = compile_re(rf"{PART}两(?![个项种类年])")
PLOT: Final = compile_re(rf"{PART}分(?:{PART}厘)?(?![之地厘])")  # 二亩五分, but 一亩三分地
PARTED: Final = frozenset("斤亩")
NOT_HALF: Final = frozenset("径导数岛小年月成封自天个山边途程价额决点")
HALF: Final = Decimal("0.5")
TENTH: Final = Decimal("0.1")
HUNDREDTH: Final = Decimal("0.01")
YUAN: Final = Unit("元", "money", "CNY", "unit.measure")
WITH_HALVES: Final = frozenset(("length", "area", "volume", "mass", "time", "ratio", "money"))


def read_tail(text: str, place: Place) -> tuple[Place, Decimal] | None:
    """Where number and unit end with their tail, the unit, and what the tail adds; None where there is none."""
    end, unit = place
    name = unit.name
    if name in ("元", "块"):
        if name == "块" and (half := LUMP_HALF.match(text, end)) is not None:
            return (half.end(), YUAN), HALF
        found = (COINS if name == "元" else LUMP).match(text, end)
        if found is None or found.end() == end:
            return read_half_more(text, place)
        tenths, hundredths = (found[1], found[2]) if name == "元" else read_lump(found)
        more = add_parts(tenths, TENTH, hundredths, HUNDREDTH)
        return None if more is None else ((found.end(), YUAN), more)
    if name in PARTED:
        found = (LIANG if name == "斤" else PLOT).match(text, end)
        more = add_parts(found[1], TENTH, found[2] if name == "亩" else None, HUNDREDTH) if found else None
        if found and more is not None:
            return (found.end(), unit), more
    return read_half_more(text, place)


def read_lump(found: re.Match[str]) -> tuple[str | None, str | None]:
    """The tenths and the hundredths of what stands after 块."""
    return found[1] or found["half"], found[2] or found["cents"] or found["few"]


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


PIECES: Final = compile_re(
    rf"{PART}[角毛](?:零?{PART}分钱?|钱)|(?P<coins>{PART})毛(?P<half>[{ONES}])?(?=$|[，。、；：！？,;)）\s])"
    r"|(?P<formal>[壹贰叁肆伍陆柒捌玖])角(?=$|[，。、；：！？整正,;)）\s])"
)


def read_coins(text: str, start: int) -> tuple[int, Decimal] | None:
    """两角五分, 五毛钱, 两毛五, 壹角, in 元: where they end, and the value."""
    hit = PIECES.match(text, start)
    if hit is None:
        return None
    value = add_parts(hit[1] or hit["coins"] or hit["formal"], TENTH, hit[2] or hit["half"], HUNDREDTH)
    return None if value is None else (hit.end(), value)
