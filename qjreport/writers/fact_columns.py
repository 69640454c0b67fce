"""The columns of the facts table, their order and Chinese names, and what every field of the report means.

The one place that says it: CSV, TSV, the workbook, the Table Schema, the JSON Schema and docs/output.md take it from
here. `COLUMNS` has the order in which an analyst reads, where, what, how much, when, how sure, in which words; what
programs need stands to the right. `choose_columns` picks some of them by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from qjreport.model import Fact, Report
from qjreport.model.arguments import find_nearest

ColumnType = Literal["string", "integer", "number", "year"]
Cell = str | int | Decimal | None


class Column(msgspec.Struct, frozen=True):
    name: str
    chinese: str
    type: ColumnType
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # the same in Chinese, for tables with Chinese heads


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
        ("水平", "增加", "减少", "位次"),
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
        ("结果", "目标"),
    ),
    Column(
        "headline",
        "主要指标",
        "string",
        "target where the report states its main targets (主要预期目标是), result where its main results.",
        False,
        ("target", "result"),
        ("目标", "结果"),
    ),
    Column(
        "basis",
        "比较基准",
        "string",
        "What a change is measured against, as written: 同比, 比上年, 比2020年; 年均 for an average over years.",
    ),
    Column("scope", "排名范围", "string", "Field of a rank, as written: 全省."),
    Column("subject", "所属区域", "string", "Another place than the report's that the fact is of: 滨海新区."),
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
    Column(
        "doubts",
        "存疑",
        "string",
        "Why it is worth a second look, by name (docs/doubts.md); empty where the reading is sure. "
        "In a table joined by spaces.",
    ),
    Column(
        "indicator",
        "指标代码",
        "string",
        "Code of the indicator that the item names (`qjreport indicators` lists them); empty where it names none.",
    ),
    Column(
        "measure",
        "度量",
        "string",
        "What the number tells of it: growth in %, a level, a share in %, a change in units or points, a rank.",
        False,
        ("growth", "level", "share", "change", "rank"),
        ("增速", "水平", "占比", "变化", "位次"),
    ),
)

AMOUNT = Column(
    "amount",
    "数量",
    "number",
    "The signed amount: the change where there is one, so that a decrease is negative, else the value.",
    True,
)

# In the order of the report's JSON.
PLAIN_COLUMNS = DOCUMENT_COLUMNS + FACT_COLUMNS

FIRST = (
    *("area", "year", "path", "item", "amount", "unit", "quote", "bound", "period", "status", "doubts", "sentence"),
    *("kind", "indicator", "measure", "value_to", "hedge", "basis", "scope", "subject", "headline", "source", "title"),
)


def order_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Those that an analyst reads first, then the others as they come."""
    known = {column.name: column for column in columns}
    return tuple([known[name] for name in FIRST] + [column for column in columns if column.name not in FIRST])


COLUMNS = order_columns((AMOUNT, *PLAIN_COLUMNS))
ABOUT = frozenset(column.name for column in DOCUMENT_COLUMNS)


class ColumnError(ValueError):
    """A column that there is not, with the nearest name that there is."""


def choose_columns(names: str, columns: Sequence[Column] = COLUMNS) -> tuple[Column, ...]:
    """The columns of a list like `item,value,period`, in its order; names may be English or Chinese.

    Raises ColumnError for a name that no column has, and for one that comes twice.

    >>> [column.name for column in choose_columns("指标, value")]
    ['item', 'value']
    >>> choose_columns("item,perod")
    Traceback (most recent call last):
    qjreport.writers.fact_columns.ColumnError: there is no column 'perod'; did you mean period?
    """
    known = {name: column for column in columns for name in (column.chinese, column.name)}
    chosen: dict[str, Column] = {}
    for name in filter(None, (part.strip() for part in names.replace("，", ",").split(","))):
        column = known.get(name) or known.get(name.lower())
        if column is None:
            near, every = " or ".join(find_nearest(name, known)), ", ".join(column.name for column in columns)
            raise ColumnError(f"there is no column {name!r}; " + (f"did you mean {near}?" if near else every))
        if column.name in chosen:
            raise ColumnError(f"the column {column.name} comes twice")
        chosen[column.name] = column
    if not chosen:
        raise ColumnError("no column is named")
    return tuple(chosen.values())


def name_columns(language: str, columns: Sequence[Column] = COLUMNS) -> tuple[str, ...]:
    """Column names in English ("en") or Chinese ("zh").

    >>> name_columns("zh")[:4]
    ('地区', '报告年份', '章节', '指标')
    """
    return tuple(column.chinese if language == "zh" else column.name for column in columns)


def read_row(report: Report, fact: Fact, columns: Sequence[Column] = COLUMNS) -> tuple[Cell, ...]:
    """The cells of a fact's row, in the order of the columns."""
    metadata = report.metadata
    about = {"source": report.source.name, "title": metadata.title, "area": metadata.area, "year": metadata.year}
    cells: list[Cell] = []
    for column in columns:
        name = column.name
        if name == "amount":
            cells.append(sign_amount(fact.value, fact.change))
            continue
        cell = about[name] if name in ABOUT else getattr(fact, name)
        if type(cell) is tuple:
            cell = (" > " if name == "path" else " ").join(cell)
        cells.append(cell)
    return tuple(cells)


def sign_amount(value: Decimal, change: Decimal | None) -> Decimal:
    """The signed amount of a fact.

    >>> sign_amount(Decimal("10.5"), Decimal("-10.5")), sign_amount(Decimal("459"), None)
    (Decimal('-10.5'), Decimal('459'))
    """
    return value if change is None else change


def say_cell(column: Column, cell: Cell, language: str) -> Cell:
    """The cell in the language of the heads: 目标 for `target`; what the page says stays as it is.

    >>> [say_cell(column, "target", language) for column in choose_columns("status") for language in ("en", "zh")]
    ['target', '目标']
    """
    if language != "zh" or not column.words or not isinstance(cell, str):
        return cell
    return column.words[column.enum.index(cell)] if cell in column.enum else cell


# What each field of the report means, for its JSON Schema and docs/output.md; those of a fact are above.

DESCRIPTIONS: dict[str, dict[str, str]] = {
    "Report": {
        "schema": "Name and version of this format. The version changes when a field changes its meaning or goes.",
        "tool": "What read the page.",
        "source": "The page as it came.",
        "metadata": "What the page says about the report; null where it does not.",
        "sections": "The outline, top to bottom; sections and blocks are named by their index in these lists.",
        "blocks": "The report's own paragraphs, headings, items, tables and notes, top to bottom.",
        "tables": "The grids of the blocks of kind table.",
        "facts": "Every statement of how much or how many, in the order of the page.",
        "counts": "Account of every number that a reader sees: in a fact, a non-fact or a dropped line.",
        "non_facts": "Every other number of the report and what it is. Written with --audit.",
        "dropped": "Every line of the page that is not the report's, and why it went. Written with --audit.",
        "diagnostics": "What could not be done, and what a reader should look at.",
    },
    "Tool": {
        "version": "Version of qjreport.",
        "lexicon": "Hash of the word tables: the same version and the same hash read a page the same way.",
    },
    "Source": {
        "name": "Name of the page as it was given: a path, or - for standard input.",
        "sha256": "SHA-256 of the page's bytes, in hexadecimal.",
        "bytes": "Size of the page.",
        "media_type": "text/html, text/markdown or text/plain; application/octet-stream for bytes that are no page.",
        "encoding": "The encoding that the page was read with.",
        "declared_encoding": "The encoding that the page declares; null where it declares none.",
        "replacements": "How many replacement characters (U+FFFD) the decoding left.",
    },
    "Metadata": {
        "title": "Headline.",
        "subtitle": "Line below the headline, such as ——2026年1月28日在…会议上.",
        "published": "When it was published, ISO 8601, as precise as the page: 2025-01-14 or 2025-01-14T08:38:35.",
        "source": "Where the page has the report from (来源).",
        "url": "Address that the page gives for itself, in the front matter of a text or in a meta element.",
        "author": "Author or speaker (作者).",
        "editor": "Editor (编辑).",
        "responsible_editor": "Responsible editor (责任编辑).",
        "organizer": "Who runs the site (主办).",
        "undertaker": "Who keeps the site (承办).",
        "breadcrumb": "The page's place in its site, from the top down.",
        "document_number": "Document number (文号).",
        "index_number": "Index number (索引号).",
        "kind": "Kind of report: 政府工作报告, 统计公报.",
        "area": "Area that the report is about: 青川市云溪区, 全国 for the whole country.",
        "area_level": "Level of that area: 全国, 省, 市, 县, 乡镇街道; null for areas on none, such as 开发区.",
        "place": "The place that the report is about, by the name that it has today: 綦江区 for 綦江县 until 2011; "
        "南京市鼓楼区, as several have the name; null where it is open which, and for what has no code.",
        "place_code": "Code of the place by GB/T 2260, of today or its last: 500110; 000000 for 全国.",
        "place_level": "Level of the place today: country, province, prefecture, county.",
        "year": "The report's own year: the one that it was given in.",
        "reviews": "The period that it looks back on: 2024, or 2021-2025 where its parts look back on a span as well.",
        "plans": "The one year that it plans; a span only where it plans no single year, as a five-year plan.",
        "found_at": "For each field that was found, where: a locator, or the name of a meta element.",
    },
    "Section": {
        "parent": "Index of the section around this one; null at the top.",
        "level": "Depth in the outline, 1 for the top parts.",
        "marker": "Marker in front of the title: 一、 （一） ●; empty where it has none.",
        "title": "Title without its marker and without a closing 。 or ：.",
        "block": "Index of the heading's block, or of the paragraph that the heading runs into.",
        "role": "review where the section looks back, plan where it looks ahead; null where both or neither.",
        "period": "The time that its title names, else that of its role: 2024 or 2021-2025; null where there is none.",
    },
    "Block": {
        "kind": "heading; paragraph; item, a whole paragraph behind a marker; table; note (注：…, 资料来源：…).",
        "marker": "Marker that opens the block; empty where it has none.",
        "section": "Index of the section that the block stands in; null above the first.",
        "text": "The page's own characters, marker included, white space collapsed; a table has tabs between its "
        "cells and newlines between its rows.",
        "locator": "Finds the block again in the saved page: a CSS path in HTML, a line number in text.",
    },
    "Table": {
        "block": "Index of the table's block.",
        "caption": "Caption; empty where the page has none.",
        "unit": "Unit of the whole table, from 单位：… above it; empty where the page has none.",
        "rows": "The grid, row by row; a cell that spans several stands in each of them.",
        "head_rows": "How many rows at the top name the columns.",
        "head_columns": "How many columns at the left name the rows.",
    },
    "Fact": {column.name: column.description for column in FACT_COLUMNS},
    "Counts": {
        "numbers": "Every number that a reader sees on the page: facts, non_facts and dropped together.",
        "facts": "Numbers that are in a fact; one number may be in two facts.",
        "non_facts": "How many other numbers of the report there are, by what they are.",
        "dropped": "Numbers in lines that are not the report's.",
        "unread": "Numbers that were seen and could not be read; they are among non_facts.",
    },
    "NonFact": {
        "block": "Index of the block that the number stands in.",
        "start": "Offset of the quote's first character in the block's text, in code points.",
        "end": "Offset behind the quote's last character.",
        "quote": "The number as written.",
        "why": "What it is instead: a date, an ordinal, a name, a code, the report's own structure, vague, or unread.",
    },
    "Dropped": {
        "text": "The line as it stood on the page.",
        "reason": "Why it is not the report's; metadata for a line that became metadata; picture, form, ruby for what "
        "stands beside the lines.",
        "locator": "Finds the line again in the saved page.",
    },
    "Diagnostic": {
        "code": "Stable name of the finding: no-article, weak-article.",
        "message": "What was found, for a reader.",
    },
}
