"""The table of indicators for a reader: aligned text, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json

import msgspec

from qjreport.language import ENGLISH, Tongue
from qjreport.lexicon.indicators import Indicator, Indicators, Name
from qjreport.writers.csv_tsv import write_cell
from qjreport.writers.text import pad_cells

HEADS = ("code", "chinese", "english", "group", "unit", "direction", "names", "items")


def write_indicators(table: Indicators, format_: str, group: str | None = None, tongue: Tongue = ENGLISH) -> str:
    """The indicators of a group, or all, as "text", "csv" or "json".

    >>> from qjreport.lexicon import load_lexicon
    >>> write_indicators(load_lexicon().indicators, "csv", "prices").splitlines()[1][:30]
    'cpi,居民消费价格,Consumer prices,pri'
    """
    chosen = [one for one in table.indicators if group in (None, one.group)]
    if format_ == "json":
        return json.dumps([describe(one, table) for one in chosen], ensure_ascii=False, indent=2) + "\n"
    rows = [list_cells(one, table) for one in chosen]
    if format_ == "csv":
        file = io.StringIO(newline="")
        csv.writer(file).writerows([HEADS, *([write_cell(cell) for cell in row] for row in rows)])
        return file.getvalue()
    return "".join(f"{line}\n" for line in pad_cells([[*map(tongue, HEADS[:6])], *[row[:6] for row in rows]]))


def describe(one: Indicator, table: Indicators) -> dict[str, object]:
    plain: dict[str, object] = msgspec.to_builtins(one)
    family: dict[str, object] = msgspec.to_builtins(table.families[one.family])
    return {**plain, "family": {"name": one.family, **family}}


def list_cells(one: Indicator, table: Indicators) -> tuple[str, ...]:
    unit = table.families[one.family].unit or " ".join(table.families[one.family].units)
    names = "; ".join(map(spell_name, one.names))
    items = " ".join((*one.items, *one.growth_items, *one.share_items, *one.contains))
    return one.code, one.chinese, one.english, one.group, unit, one.direction, names, items


def spell_name(name: Name) -> str:
    """
    >>> spell_name(Name("公共财政预算收入", 2012, 2014)), spell_name(Name("待业率", None, 1993))
    ('公共财政预算收入 2012-2014', '待业率 -1993')
    """
    if name.since is None and name.until is None:
        return name.name
    return f"{name.name} {name.since or ''}-{name.until or ''}"
