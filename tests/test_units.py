"""The table of units against figures typed from the standards, not from the table."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
import regex

from qjreport.lexicon import load_lexicon
from qjreport.quantity import find_quantities
from qjreport.text.units import index_units, read_any_unit, read_unit

UNITS = load_lexicon().units
INDEX = index_units(load_lexicon())
BY_NAME = {name: unit for unit in UNITS.units for name in unit.names}

# What one of each is, in the base unit of its dimension; the base in brackets.
FIGURES = {
    "公里": ("1000", "m"),
    "海里": ("1852", "m"),  # ISO 80000-3
    "英寸": ("254/10000", "m"),
    "里": ("500", "m"),  # 一里 = 150丈, half a kilometre
    "毫米": ("1/1000", "m"),
    "平方公里": ("1000000", "m2"),
    "公顷": ("10000", "m2"),
    "亩": ("2000/3", "m2"),  # 15亩 are one hectare
    "升": ("1/1000", "m3"),
    "立方米": ("1", "m3"),
    "吨": ("1000", "kg"),
    "公斤": ("1", "kg"),
    "斤": ("1/2", "kg"),
    "担": ("50", "kg"),  # 100斤
    "微克": ("1/1000000000", "kg"),
    "克拉": ("2/10000", "kg"),
    "千瓦时": ("3600000", "J"),
    "兆瓦时": ("3600000000", "J"),
    "吨标准煤": ("29307600000", "J"),  # GB/T 2589: 7000 kcal a kilogram, 29307.6 kJ
    "吨油当量": ("41868000000", "J"),  # IEA: 10 Gcal
    "千卡": ("41868/10", "J"),
    "千瓦": ("1000", "W"),
    "兆瓦": ("1000000", "W"),
    "千伏": ("1000", "V"),
    "千伏安": ("1000", "VA"),
    "百帕": ("100", "Pa"),
    "兆帕": ("1000000", "Pa"),
    "分钟": ("60", "s"),
    "小时": ("3600", "s"),
    "天": ("86400", "s"),
    "周": ("604800", "s"),
    "TB": ("1000000000000", "By"),
    "Gbps": ("1000000000", "bit/s"),
    "公里/小时": ("1000/3600", "m/s"),
    "%": ("1/100", "1"),
    "‰": ("1/1000", "1"),
    "个百分点": ("1", "%"),
    "个基点": ("1/100", "%"),
    "标箱": ("1", "TEU"),
    "吨公里": ("1000000", "kg.m"),
    "EFLOPS": ("1000000000000000000", "flop/s"),
}
CURRENCIES = {"元": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY", "英镑": "GBP", "卢布": "RUB"}
CODES = {"公里": "km", "公顷": "har", "平方米": "m2", "吨": "t", "小时": "h", "摄氏度": "Cel"}


@pytest.mark.parametrize("name", FIGURES)
def test_factor(name: str) -> None:
    factor, base = FIGURES[name]
    unit = BY_NAME[name]
    assert unit.factor is not None
    assert Fraction(unit.factor) == Fraction(factor)
    assert UNITS.bases[unit.dimension] == base


# Units with a stroke: the unit, its code (none where either part has none), its dimension.
RATES = {
    "30微克/立方米": ("微克/立方米", "ug/m3", "mass/volume"),
    "5600元/平方米": ("元/平方米", "CNY/m2", "money/area"),
    "3人/百平方米": ("人/百平方米", None, "count/area"),
    "80公里/小时": ("公里/小时", "km/h", "speed"),
    "900元/月": ("元/月", "CNY/mo", "money/time"),
    "45元/平方米·月": ("元/平方米·月", "CNY/m2/mo", "money/area/time"),
    "6吨/公顷/年": ("吨/公顷/年", "t/har/a", "mass/area/time"),
}


@pytest.mark.parametrize("text", RATES)
def test_rate(text: str) -> None:
    (found,) = find_quantities(f"为{text}。")
    assert (found.quote, found.unit, found.unit_code, found.dimension) == (text, *RATES[text])


# Units as a table writes them, by themselves: the multiplier in front, and the rest as it stands after a number.
WHOLE = {
    "万人": ("人", 10**4, None, "count"),
    "亿千瓦时": ("千瓦时", 10**8, "kW.h", "energy"),
    "千瓦": ("千瓦", 1, "kW", "power"),
    "微克/立方米": ("微克/立方米", 1, "ug/m3", "mass/volume"),
    "万吨/年": ("吨/年", 10**4, "t/a", "mass/time"),
    "千克标准煤/万元": ("千克标准煤/万元", 1, None, "energy/money"),
    "亿册（张）": ("册（张）", 10**8, None, "count"),
    "公顷（亩）": ("公顷（亩）", 1, None, None),
    "万人（万户）": ("人（万户）", 10**4, None, None),
    "㎡": ("平方米", 1, "m2", "area"),
    "：百 万 元": ("元", 10**6, "CNY", "money"),
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_unit_by_itself(text: str) -> None:
    unit = read_unit(text, INDEX)
    assert unit is not None
    assert (unit.name, unit.scale, unit.code, unit.dimension) == WHOLE[text]


NONE = ["", "/", "/月", "人口", "万", "不含农户", "元/", "元（", "元元", "人/天/次/个/件", "元/m2b"]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_unit(text: str) -> None:
    assert read_unit(text, INDEX) is None


@pytest.mark.parametrize("unit", [unit for unit in RATES if "/百" not in unit])
def test_prose_and_tables_read_the_same_unit(unit: str) -> None:
    (found,) = find_quantities(f"为{unit}。")
    alone = read_unit(unit.lstrip("0123456789"), INDEX)
    assert alone is not None
    assert (alone.name, alone.code, alone.dimension) == (found.unit, found.unit_code, found.dimension)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万", ("万", 1, "unit.by_shape")),
        ("万线", ("线", 10**4, "unit.by_shape")),
        ("：百 万 线", ("线", 10**6, "unit.by_shape")),
        ("万户/线", ("户/线", 10**4, "unit.by_shape")),
        ("万吨", ("吨", 10**4, "unit.measure")),
    ],
)
def test_what_stands_in_a_column_of_units_is_one(text: str, unit: tuple[str, int, str]) -> None:
    read = read_any_unit(text, INDEX)
    assert read is not None
    assert (read.name, read.scale, read.rule) == unit
    assert read_any_unit("3线", INDEX) is None


def test_codes() -> None:
    assert {name: BY_NAME[name].code for name in CURRENCIES} == CURRENCIES
    assert {name: BY_NAME[name].code for name in CODES} == CODES
    assert all(regex.fullmatch("[A-Z]{3}", unit.code or "") for unit in UNITS.units if unit.dimension == "money")


def test_every_dimension_has_a_base() -> None:
    assert {unit.dimension for unit in UNITS.units} | {"count"} == set(UNITS.bases)


def test_no_name_stands_for_two_units() -> None:
    names = [name for unit in UNITS.units for name in unit.names]
    names += [name for counters in UNITS.counters for name in counters.names]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert not set(UNITS.nouns) & set(names)
    assert set(UNITS.rewrites) <= set(names)
    assert set(UNITS.rewrites.values()) <= set(names)


def test_there_are_counters_enough() -> None:
    assert sum(len(counters.names) for counters in UNITS.counters) >= 100


@pytest.mark.parametrize("name", [name for unit in UNITS.units for name in unit.names])
def test_every_unit_is_read_behind_a_number(name: str) -> None:
    (found,) = find_quantities(f"达到3.5万{name}。")
    assert (found.quote, str(found.value)) == (f"3.5万{name}", "35000")
    assert found.unit == UNITS.rewrites.get(name, name)
    assert (found.unit_code, found.dimension) == (BY_NAME[name].code, BY_NAME[name].dimension)


def test_joined_units_name_their_rule() -> None:
    units = [read_unit(text, INDEX) for text in ("公顷（亩）", "元/吨", "家")]
    assert [unit and unit.rule for unit in units] == ["unit.bracketed", "unit.rate", "unit.counter"]
