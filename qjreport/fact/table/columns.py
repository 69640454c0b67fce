"""What the columns of a data table say: which name the rows, which hold amounts, growth, shares or ranks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final, Literal

import msgspec
import regex

from qjreport.lexicon import Lexicon
from qjreport.model import Table
from qjreport.text.patterns import compile_re, compile_regex

# Units as tables write them (万人, 亿元, 万吨/年, %), read away from any number: the multiplier and what is left.

EXACT: Final = Context(prec=1000)  # more digits than any cell has
SCALES: Final = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
IN_BRACKETS: Final = compile_re(
    r"[（(\[]\s?(?:单位\s?[:：]\s?)?(?P<unit>[^（）()]{1,10}(?:[（(][^（）()]{1,4}[）)])?)\s?[）)\]]\s*$"
)
AT_END: Final = compile_regex(r"(?P<unit>[%％‰])\s*$|[,，]\s?(?P<unit>\p{Han}{1,6})\s*$")
PARTS: Final = compile_re(r"[/／（()）·]")
UNKNOWN: Final = compile_regex(r"^[\p{Han}A-Za-z/／（）()²³·]{1,12}$")
SEPARATORS: Final = compile_re(r"[、，,;；]|\s+")


class TableUnit(msgspec.Struct, frozen=True):
    """A unit and the multiplier that stood before it: 万人 is 人, 10000."""

    name: str
    scale: int = 1
    code: str | None = None
    dimension: str | None = None


class UnitWords(msgspec.Struct, frozen=True, eq=False):
    """Names of units with code and dimension, and those whose first character looks like a multiplier."""

    known: dict[str, tuple[str | None, str | None]]
    rewrites: dict[str, str]
    whole: tuple[str, ...]


@lru_cache(maxsize=4)
def compile_units(lexicon: Lexicon) -> UnitWords:
    units = lexicon.units
    known: dict[str, tuple[str | None, str | None]] = {}
    for counter in units.counters:
        known |= dict.fromkeys(counter.names, (None, "count"))
    for unit in units.units:
        known |= dict.fromkeys(unit.names, (unit.code, unit.dimension))
    return UnitWords(known, units.rewrites, (*units.prefixes, *lexicon.markers.tables.whole_units))


def read_unit(text: str, words: UnitWords) -> TableUnit | None:
    """The unit that `text` is as a whole, None where it is none.

    >>> from qjreport.lexicon import load_lexicon
    >>> words = compile_units(load_lexicon())
    >>> [(unit.name, unit.scale) for unit in (read_unit("万人", words), read_unit("亿千瓦时", words)) if unit]
    [('人', 10000), ('千瓦时', 100000000)]
    >>> read_unit("不含农户", words)
    """
    name = "".join(text.split()).strip("：:")
    scale = 1
    while len(name) > 1 and name[0] in SCALES and not name.startswith(words.whole):
        scale *= SCALES[name[0]]
        name = name[1:]
    name = words.rewrites.get(name, name)
    if name in words.known:
        code, dimension = words.known[name]
        return TableUnit(name, scale, code, dimension)
    if is_compound(name, words):
        return TableUnit(name, scale)
    return None


def read_unit_cell(text: str, words: UnitWords) -> TableUnit | None:
    """The unit in a cell of a unit column, which is one even where the lexicon does not have it (万线)."""
    name = "".join(text.split())
    found = read_unit(name, words)
    if found or not UNKNOWN.match(name):
        return found
    scale = 1
    while len(name) > 1 and name[0] in SCALES and not name.startswith(words.whole):
        scale *= SCALES[name[0]]
        name = name[1:]
    return TableUnit(name, scale)


def is_compound(name: str, words: UnitWords) -> bool:
    """台（套）, 元/人, 吨标准煤/万元: each part is a unit of its own."""
    parts = PARTS.split(name)
    if len(parts) < 2 or len(parts) > 4:
        return False
    return all(part.lstrip("十百千万亿") in words.known or part in words.known for part in parts if part)


def find_unit(text: str, words: UnitWords) -> tuple[str, TableUnit | None]:
    """A head without its unit, and the unit: 金额（亿元） is 金额 and 亿元; 增速% is 增速 and %."""
    for pattern in (IN_BRACKETS, AT_END):
        found = pattern.search(text)
        if found:
            unit = read_unit(found["unit"], words)
            if unit:
                return text[: found.start()].strip(), unit
    return text, None


def read_units(text: str, words: UnitWords) -> list[TableUnit]:
    """Every unit of a line 单位：万元、%."""
    found = read_unit(text, words)
    if found:
        return [found]
    return [unit for part in SEPARATORS.split(text) if part and (unit := read_unit(part, words))]


def scale_value(value: Decimal, unit: TableUnit) -> Decimal:
    """The value in full, exact; a whole number without decimals, as prose states it (1.20亿元: 120000000)."""
    if unit.scale == 1:
        return value
    full = EXACT.multiply(value, Decimal(unit.scale))
    whole = full.to_integral_value(context=EXACT)
    return whole if whole == full else full


# The time that a table's caption or a head names: 2023年, 2024年1—10月, 2021-2025年, 上半年.

DASH: Final = r"\s?[-—–－~～至到]{1,2}\s?"
SPAN: Final = compile_re(rf"(?P<first>(?:19|20)\d\d)年?{DASH}(?P<last>(?:19|20)\d\d)年?(?!\d)")
YEAR: Final = compile_re(r"(?<!\d)\d{0,2}?(?P<year>(?:19|20)\d\d)(?:年度?末?底?|$|(?=[^\d.%])(?<=^\d{4}))")
MONTHS: Final = compile_re(rf"(?P<first>1[0-2]|[1-9])月?{DASH}(?P<last>1[0-2]|[1-9])月份?")
MONTH: Final = compile_re(r"(?<![\d一二三四五六七八九十])(?P<month>1[0-2]|0?[1-9])月份?(?:末|底)?")
PARTS_OF_YEAR: Final = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "前三季度": (1, 9),
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
}
PART: Final = compile_re("第?(?P<part>" + "|".join(PARTS_OF_YEAR) + ")")
AFTER: Final = "和及与（()）、，：: "


def read_period(text: str, year: str | None = None) -> tuple[str, str | None]:
    """A head without the time in it, and the time; `year` is the year that months without one belong to.

    >>> read_period("2023年"), read_period("1—10月累计", "2024"), read_period("金额")
    (('', '2023'), ('累计', '2024-01/2024-10'), ('金额', None))
    """
    rest = text
    span = SPAN.search(rest)
    if span:
        return cut(rest, span), f"{span['first']}-{span['last']}"
    found = YEAR.search(rest)
    named = found["year"] if found else None
    if found:
        rest = cut(rest, found)
    year = named or (year[:4] if year else None)
    if year is None:
        return rest, None
    months = MONTHS.search(rest)
    if months and int(months["first"]) < int(months["last"]):
        return cut(rest, months), f"{year}-{int(months['first']):02}/{year}-{int(months['last']):02}"
    part = PART.search(rest)
    if part:
        first, last = PARTS_OF_YEAR[part["part"]]
        return cut(rest, part), f"{year}-{first:02}/{year}-{last:02}"
    month = MONTH.search(rest)
    if month:
        return cut(rest, month), f"{year}-{int(month['month']):02}"
    return rest, named


def cut(text: str, found: re.Match[str]) -> str:
    return (text[: found.start()] + text[found.end() :]).strip(AFTER)


Role = Literal["head", "unit", "serial", "remark", "amount", "growth", "share", "rank"]

NUMBER: Final = compile_regex(
    r"^[（(]?\D{0,3}?[+＋\-－−–—↑↓▲▼≥≤<>]?\s?\d[\d,，]*+(?:[.．]\d+)?\s?(?:[%％‰]|个百分点|\p{Han}{1,4})?[）)]?(?:\[\d+\]|[①-⑳*])?$"
)
FOOTNOTE: Final = compile_re(r"\s?\[\d{1,3}\]|\s?〔\d{1,3}〕|[①-⑳]|(?<!\*)\*+$")
SPACE: Final = compile_regex(r"(?<=\p{Han})\s+(?=\p{Han}|[（(])|^\s+|\s+$")
SINCE: Final = compile_re(r"[比较为](?:19|20)\d\d年(?:同期|末)?")  # 比2020年增长: the year is what it is compared with
# 占全部出口%, 完成预算（%）, 为上年% : a number in per cent of another
OF_ANOTHER: Final = r"|占\p{Han}{0,12}[（(]?[%％]?[)）]?$|(?:完成|为|达)\p{Han}{0,8}[（(]?[%％][)）]?$"
OF_YEAR: Final = compile_re(r"为(?:19|20)\d\d年.{0,8}[%％]")
FALLING: Final = compile_re("下降|减少|降低")
RISING: Final = compile_re("[增升涨]")
SIGNS: Final = compile_re(r"[±＋+－\-/／%％]")


@dataclass(slots=True)
class Column:
    """A column and what its head says."""

    role: Role
    name: str = ""  # the head without unit and time
    unit: TableUnit | None = None
    period: str | None = None
    previous: bool = False  # 上年同期: the year before the table's
    basis: str | None = None
    target: bool = False
    falling: bool = False  # 比上年下降: what is printed is the fall
    measure: str = ""  # what the column adds to the row's head
    heads: tuple[int, ...] = ()  # the columns that name its rows
    unit_column: int | None = None


class Words(msgspec.Struct, frozen=True, eq=False):
    """The lexicon's words for heads, compiled."""

    growth: re.Pattern[str]
    growth_not: re.Pattern[str]
    basis: re.Pattern[str]
    share: regex.Pattern[str]
    target: re.Pattern[str]
    target_not: re.Pattern[str]
    previous: re.Pattern[str]
    part: re.Pattern[str]
    missing: frozenset[str]
    amounts: frozenset[str]
    units: UnitWords
    unit_heads: frozenset[str]
    serial_heads: frozenset[str]
    remark_heads: frozenset[str]
    rank_heads: tuple[str, ...]


@lru_cache(maxsize=4)
def compile_words(lexicon: Lexicon) -> Words:
    tables = lexicon.markers.tables

    def choice(words: Sequence[str]) -> str:
        return "(?:" + "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"

    return Words(
        growth=compile_re(choice(tables.growth)),
        growth_not=compile_re(choice(tables.growth_not)),
        basis=compile_re(choice(tables.basis)),
        share=compile_regex(choice(tables.shares) + OF_ANOTHER),
        target=compile_re(choice(tables.targets)),
        target_not=compile_re(choice(tables.targets_not)),
        previous=compile_re(rf"^{choice(tables.previous)}(?:实际|完成|决算)?数?$"),
        part=compile_re(rf"^\s*{choice(tables.part_marks)}\s*"),
        missing=frozenset(tables.missing),
        amounts=frozenset(tables.amounts),
        units=compile_units(lexicon),
        unit_heads=frozenset(tables.unit_heads),
        serial_heads=frozenset(tables.serial_heads),
        remark_heads=frozenset(tables.remark_heads),
        rank_heads=tables.rank_heads,
    )


HAN_YEAR: Final = compile_re(r"[一―—－-]九(?P<tens>[〇○零一二三四五六七八九])(?P<ones>[〇○零一二三四五六七八九])(?=年)")
HAN_DIGITS: Final = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}


def clean_head(text: str) -> str:
    """A head without footnote marks and without the white space that only spreads it (行 业), its years in digits.

    >>> clean_head("一九八五年比一九八四年 增长％")
    '1985年比1984年增长％'
    """
    text = HAN_YEAR.sub(lambda year: f"19{HAN_DIGITS[year['tens']]}{HAN_DIGITS[year['ones']]}", text)
    return SPACE.sub("", FOOTNOTE.sub("", text))


def read_columns(table: Table, year: str | None, words: Words) -> list[Column]:
    """The columns of a table from left to right; side by side tables are told by a second column of row heads.

    `year` is that of the caption or the report, for heads that name only months (1-10月).
    """
    # A row that is one text from end to end is a title or a unit, and no head.
    over = [row for row in table.rows[: table.head_rows] if len(set(row)) > 1 or len(row) == 1]
    heads = [join_heads(over, column) for column in range(len(table.rows[0]))] if table.rows else []
    body = table.rows[table.head_rows :]
    columns = [
        read_column(parts, [row[place] for row in body], place, year, words) for place, parts in enumerate(heads)
    ]
    link_columns(columns)
    name_measures(columns, words)
    return columns


def join_heads(rows: Sequence[Sequence[str]], column: int) -> list[str]:
    """The texts over a column, outermost first, each once."""
    parts: list[str] = []
    for row in rows:
        text = clean_head(row[column])
        if text and text not in parts:
            parts.append(text)
    return parts


def read_column(parts: list[str], texts: Sequence[str], place: int, year: str | None, words: Words) -> Column:
    full = "".join(parts)
    filled = [text for text in texts if text not in words.missing]
    numbers = sum(NUMBER.match(text) is not None for text in filled)
    mostly_text = numbers * 2 < len(filled) or (place == 0 and bool(filled))
    if full in words.unit_heads or (
        mostly_text and place and filled and all(read_unit(t, words.units) for t in filled)
    ):
        return Column("unit")
    if full in words.serial_heads and place <= 1:
        return Column("serial")
    if full in words.remark_heads and place:
        return Column("remark")
    if mostly_text:
        return Column("head", name=full)
    return read_data_column(parts, year, words)


def read_data_column(parts: list[str], year: str | None, words: Words) -> Column:
    unit: TableUnit | None = None
    period: str | None = None
    names: list[str] = []
    for part in parts:
        if len(parts) > 1 and (found := read_unit(part, words.units)):
            unit = found  # a row of units below the names
            continue
        rest, found = find_unit(SINCE.sub("", part), words.units)
        unit = found or unit
        rest, time = read_period(rest, period or year)
        period = time or period
        if rest:
            names.append(rest)
    full = "".join(parts)
    column = Column("amount", "".join(names), unit, period)
    basis = words.basis.search(full) or SINCE.search(full)
    if any(word in full for word in words.rank_heads):
        column.role = "rank"
    elif words.share.search(full) or OF_YEAR.search(full):
        column.role = "share"
    elif words.growth.search(words.growth_not.sub("", full)):
        column.role = "growth"
        column.basis = basis[0] if basis else None
        column.falling = FALLING.search(full) is not None and RISING.search(full) is None
        column.name = SIGNS.sub("", words.growth.sub("", words.basis.sub("", column.name)))
    elif words.target.search(full) and not words.target_not.search(full):
        column.target = True
    column.previous = any(words.previous.match(name) for name in names)
    if column.previous:
        column.name = "".join(name for name in names if not words.previous.match(name))
    column.name = column.name.strip("（()） ：:、，")
    return column


def link_columns(columns: list[Column]) -> None:
    """Give each data column the columns that name its rows; a text column behind data begins a second panel."""
    heads: list[int] = []
    unit: int | None = None
    data = False
    for place, column in enumerate(columns):
        if column.role in ("head", "serial"):
            if data:
                heads, unit, data = [], None, False
            if column.role == "head":
                heads.append(place)
        elif column.role == "unit":
            unit = place
        elif column.role != "remark":
            data = True
            column.heads, column.unit_column = tuple(heads), unit
    if not any(column.heads for column in columns):
        for column in columns[1:]:
            column.heads = (0,)


def name_measures(columns: list[Column], words: Words) -> None:
    """What a column adds to the row's head: its name where the table gives several amounts of one thing."""
    for heads in {column.heads for column in columns if column.heads}:
        panel = [column for column in columns if column.heads == heads]
        amounts = [column for column in panel if column.role == "amount"]
        names = {column.name for column in amounts if column.name not in words.amounts}
        several = len(names) > 1 or (len(names) == 1 and len({c.name for c in amounts}) > 1)
        if not several and len({(c.name, c.period, c.previous, c.target) for c in amounts}) < len(amounts):
            several = True
        left = thing = ""
        for column in panel:
            if column.role == "amount":
                column.measure = left = column.name if several else ""
                thing = column.name
            elif column.role == "share":
                column.measure = left + column.name
            elif column.role == "rank":
                column.measure = left
            else:
                own = "" if column.name in words.amounts or column.name in left else column.name
                column.measure = own or left
                column.name = column.name or thing
