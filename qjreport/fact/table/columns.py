"""What the columns of a data table say: which name the rows, which hold amounts, growth, shares or ranks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import regex

from qjreport.fact.draft import Role
from qjreport.lexicon import Lexicon
from qjreport.model import Table
from qjreport.text.calendar import NUMERIC, YEAR_ARABIC, find_times, write_time
from qjreport.text.patterns import WordTable, compile_re, compile_regex
from qjreport.text.units import Index, Unit, cut_units, index_units, read_unit
from qjreport.text.words import join_words

# The time that a table's caption or a head names: 2023年, 2024年1—10月, 2021-2025年, 上半年.

BARE_YEAR: Final = compile_re(rf"(?:\A|(?<=[^{NUMERIC}.]))(?P<year>{YEAR_ARABIC})(?=[^{NUMERIC}.%]|\Z)")
EDGES: Final = "末底初"
AFTER: Final = "和及与（()）、，：: "


def read_period(text: str, words: Words, year: str | None = None) -> tuple[str, str | None]:
    """A head without the time in it, and the time; `year` is the year that months without one belong to.

    >>> from qjreport.lexicon import load_lexicon
    >>> words = compile_words(load_lexicon())
    >>> read_period("2023年", words), read_period("1—10月累计", words, "2024"), read_period("金额", words)
    (('', '2023'), ('累计', '2024-01/2024-10'), ('金额', None))
    """
    times = [time for time in find_times(text) if time.what != "decade" and time.day is None]
    whole = next((time for time in times if time.first is not None), None)
    if whole is not None:
        rest, named = cut(text, whole.start, whole.end), write_time(whole)
        if whole.what != "year":
            return rest, named
    elif (found := BARE_YEAR.search(text)) is not None:
        rest, named = cut(text, found.start(), found.end()), found["year"]
    else:
        rest, named = text, None
    base = named or (year[:4] if year else None)
    part = next((time for time in find_times(rest) if time.first is None and time.day is None), None)
    if part is None or base is None:
        return rest, named
    return cut(rest, part.start, part.end), write_time(part, int(base))


def cut(text: str, start: int, end: int) -> str:
    return (text[:start] + text[end:].lstrip(EDGES)).strip(AFTER)


NUMBER: Final = compile_regex(
    r"^[（(〔【]?\D{0,3}?[+＋\-－−–—↑↓▲▼≥≤<>]?\s?\d[\d,，]*+(?:[.．]\d+)?\s?(?:[%％‰]|个百分点|\p{Han}{1,4})?[）)〕】]?(?:\[\d+\]|[①-⑳*])?$"
)
FOOTNOTE: Final = compile_re(r"\s?\[\d{1,3}\]|\s?〔\d{1,3}〕|[①-⑳]|(?<!\*)\*+$")
SPACE: Final = compile_regex(r"(?<=\p{Han})\s+(?=\p{Han}|[（(])|^\s+|\s+$")
SINCE: Final = compile_re(rf"[比较为]{YEAR_ARABIC}年(?:同期|末)?")  # 比2020年增长: the year is what it is compared with
OF_YEAR: Final = compile_re(rf"为{YEAR_ARABIC}年.{{0,8}}[%％]")
RISING: Final = compile_re("[增升涨]")
SIGNS: Final = compile_re(r"[±＋+－\-/／%％]")


class Column:
    """A column and what its head says."""

    def __init__(self, role: Role, name: str = "", period: str | None = None) -> None:
        self.role = role
        self.name = name  # the head without unit and time
        self.period = period
        self.unit: Unit | None = None
        self.previous = False  # 上年同期: the year before the table's
        self.basis: str | None = None
        self.target = False
        self.falling = False  # 比上年下降: what is printed is the fall
        self.measure = ""  # what the column adds to the row's head
        self.heads: tuple[int, ...] = ()  # the columns that name its rows
        self.unit_column: int | None = None


class Words(WordTable):
    """The lexicon's words for heads, compiled."""

    growth: re.Pattern[str]
    growth_not: re.Pattern[str]
    both: re.Pattern[str]  # 产量及其增长速度: amounts, then their growth
    basis: re.Pattern[str]
    share: regex.Pattern[str]
    target: re.Pattern[str]
    target_not: re.Pattern[str]
    previous: re.Pattern[str]
    part: re.Pattern[str]
    falling: re.Pattern[str]
    totals: tuple[str, ...]  # rows that sum up
    rates: tuple[str, ...]  # how rows end that are rates of growth
    missing: frozenset[str]
    amounts: frozenset[str]
    units: Index
    unit_heads: frozenset[str]
    serial_heads: frozenset[str]
    remark_heads: frozenset[str]
    rank_heads: tuple[str, ...]


def choice(words: Iterable[str]) -> str:
    """The source of a pattern that matches any of the words."""
    return f"(?:{join_words(words)})"


@lru_cache(maxsize=4)
def compile_words(lexicon: Lexicon) -> Words:
    tables, columns = lexicon.markers.tables, lexicon.facts.columns
    # 占全部出口%, 完成预算（%）, 为上年% : a number in per cent of another
    reached = rf"{choice(columns.reached)}\p{{Han}}{{0,8}}[（(]?[%％][)）]?$"
    of_another = rf"|占\p{{Han}}{{0,12}}[（(]?[%％]?[)）]?$|{reached}"
    return Words(
        growth=compile_re(choice(tables.growth)),
        both=compile_re(rf"[及和与]其?{choice(tables.basis)}?{choice(tables.growth)}(?:情况|表)?$"),
        growth_not=compile_re(choice(tables.growth_not)),
        basis=compile_re(choice(tables.basis)),
        share=compile_regex(choice(tables.shares) + of_another),
        target=compile_re(choice(tables.targets)),
        target_not=compile_re(choice(tables.targets_not)),
        previous=compile_re(rf"^{choice(tables.previous)}{choice(columns.previous_ends)}?数?$"),
        part=compile_re(rf"^\s*{choice(tables.part_marks)}\s*"),
        falling=compile_re(choice(columns.falling)),
        totals=columns.totals,
        rates=tables.rates,
        missing=frozenset(tables.missing),
        amounts=frozenset(tables.amounts),
        units=index_units(lexicon),
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


def read_caption_growth(columns: Sequence[Column], caption: str, units: Sequence[Unit], words: Words) -> None:
    """Make growth of the columns in %, where the caption alone says that they grew: 居民消费价格比上年上涨情况.

    A head that says so itself (比上年增长%) shows that the others hold amounts. Of columns without heads the last is
    growth where the caption names it last: 主要产品产量及增长率.
    """
    amounts = [column for column in columns if column.role == "amount"]
    if any(column.role in ("growth", "share", "rank") for column in columns):
        return
    basis = words.basis.search(caption)
    if len(amounts) > 1 and words.both.search(caption) and not any(column.name for column in columns):
        amounts[-1].role, amounts[-1].basis = "growth", basis[0] if basis else None
    if basis is None or words.growth.search(words.growth_not.sub("", caption), basis.end()) is None:
        return
    over = {unit.name for unit in units}
    for column in columns:
        if column.role == "amount" and (column.unit.name if column.unit else "".join(over)) == "%":
            column.role, column.basis = "growth", basis[0]


def read_data_column(parts: list[str], year: str | None, words: Words) -> Column:
    units: list[Unit] = []
    period: str | None = None
    names: list[str] = []
    for part in parts:
        if len(parts) > 1 and (found := read_unit(part, words.units)):
            units = [found]  # a row of units below the names
            continue
        rest, own = cut_units(SINCE.sub("", part), words.units)
        units = own or units
        rest, time = read_period(rest, words, period or year)
        period = time or period
        if rest:
            names.append(rest)
    full = "".join(parts)
    column = Column("amount", "".join(names), period)
    basis = words.basis.search(full) or SINCE.search(full)
    if any(word in full for word in words.rank_heads):
        column.role = "rank"
    elif words.share.search(full) or OF_YEAR.search(full):
        column.role = "share"
    elif words.growth.search(words.growth_not.sub("", full)):
        column.role = "growth"
        column.basis = basis[0] if basis else None
        column.falling = words.falling.search(full) is not None and RISING.search(full) is None
        column.name = SIGNS.sub("", words.growth.sub("", words.basis.sub("", column.name)))
    elif words.target.search(full) and not words.target_not.search(full):
        column.target = True
    column.unit = choose_own_unit(units, column.role)
    column.previous = any(words.previous.match(name) for name in names)
    if column.previous:
        column.name = "".join(name for name in names if not words.previous.match(name))
    column.name = column.name.strip("（()） ：:、，")
    return column


def choose_own_unit(units: list[Unit], role: Role) -> Unit | None:
    """Of several units of a head （万吨、%）, growth and shares have the ratio, amounts the first other one."""
    share = role in ("growth", "share")
    return next((unit for unit in units if (unit.dimension == "ratio") == share), units[0] if units else None)


def link_columns(columns: list[Column]) -> None:
    """Give each data column the columns that name its rows; a text column after data begins a second panel."""
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
