"""The columns of the facts table: their order, what each holds, and their Chinese names.

The one place that says it: CSV, TSV, the Table Schema, the JSON Schema and docs/output.md take it from here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from qjreport.model import Fact, Report

ColumnType = Literal["string", "integer", "number", "year"]
Cell = str | int | Decimal | None


class Column(msgspec.Struct, frozen=True):
    name: str
    chinese: str
    type: ColumnType
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()


# What a row says of its page; the report has it in `source` and `metadata`.
DOCUMENT_COLUMNS = (
    Column("source", "来源文件", "string", "Name of the page as it was given: a path, or - for standard input.", True),
    Column("title", "报告标题", "string", "Headline of the report."),
    Column("area", "地区", "string", "Area that the report is about."),
    Column("year", "报告年份", "year", "The report's own year: the one that it was given in."),
)

# A Fact, field by field, in the order of the report's JSON.
FACT_COLUMNS = (
    Column("id", "编号", "string", "Derived from the content, so that notes survive a second run.", True),
    Column("block", "段落", "integer", "Index of the block that the number stands in.", True),
    Column("start", "起", "integer", "Offset of the quote in the block's text, in code points.", True),
    Column("end", "止", "integer", "Offset behind the quote's last character.", True),
    Column("quote", "原文", "string", "The mention as written: blocks[block].text[start:end].", True),
    Column("value", "数值", "number", "The number in full, exact: 18万 is 180000.", True),
    Column("value_to", "数值上限", "number", "Upper end of a range; empty where there is none."),
    Column("unit", "单位", "string", "What is left when 百 千 万 亿 are taken out as multipliers: 万吨 gives 吨."),
    Column("unit_code", "单位代码", "string", "Stable code of the unit: ISO 4217 for money, UCUM where it has one."),
    Column("dimension", "量纲", "string", "What kind of quantity the unit measures: money, area, count."),
    Column(
        "bound",
        "界限",
        "string",
        "= exact, >= at least or more than, <= at most or less than, ~ about.",
        True,
        ("=", ">=", "<=", "~"),
    ),
    Column("hedge", "限定词", "string", "The words that bound or hedge the number, as written: 余, 左右, 力争…以上."),
    Column(
        "kind",
        "类型",
        "string",
        "level a quantity as such, increase or decrease the amount of a change, rank a place in a ranking.",
        True,
        ("level", "increase", "decrease", "rank"),
    ),
    Column("change", "变化量", "number", "Signed amount of an increase or a decrease: 下降10.5% is -10.5."),
    Column("item", "指标", "string", "What is measured or counted, in the report's words."),
    Column("period", "时期", "string", "When: 2024, 2021-2025, 2024-06 or 2024-01/2024-06."),
    Column(
        "status",
        "状态",
        "string",
        "actual (done, reached, exists) or target (planned).",
        True,
        ("actual", "target"),
    ),
    Column("basis", "比较基准", "string", "What a change is measured against, as written: 同比, 比上年, 年均."),
    Column("scope", "排名范围", "string", "Field of a rank, as written: 全省."),
    Column("part_of", "隶属", "string", "Id of the fact of which this is a part (其中)."),
    Column("exact", "精确值", "string", "The value as a fraction where no decimal is exact: 1/3."),
    Column(
        "path",
        "章节",
        "string",
        "Section titles from the root down to the fact's own; in a table joined by ' > '.",
    ),
    Column(
        "sentence",
        "原句",
        "string",
        "The sentence around the number, verbatim; cut where it has more than 2000 characters.",
    ),
    Column("rules", "规则", "string", "Names of the rules that read it; in a table joined by spaces."),
)

COLUMNS = DOCUMENT_COLUMNS + FACT_COLUMNS


def name_columns(language: str) -> tuple[str, ...]:
    """Column names in English ("en") or Chinese ("zh").

    >>> name_columns("zh")[:4]
    ('来源文件', '报告标题', '地区', '报告年份')
    """
    return tuple(column.chinese if language == "zh" else column.name for column in COLUMNS)


def read_row(report: Report, fact: Fact) -> tuple[Cell, ...]:
    """The cells of a fact's row, in the order of COLUMNS."""
    metadata = report.metadata
    cells: list[Cell] = [report.source.name, metadata.title, metadata.area, metadata.year]
    for column in FACT_COLUMNS:
        cell = getattr(fact, column.name)
        if column.name == "path":
            cell = " > ".join(cell)
        elif column.name == "rules":
            cell = " ".join(cell)
        cells.append(cell)
    return tuple(cells)
