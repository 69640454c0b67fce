"""The columns of panel.csv and track.csv, their Chinese names and what they mean, for every format and the docs.

A column that the facts have as well is taken from theirs.
"""

from __future__ import annotations

from typing import Any

import msgspec

from qjreport.writers.fact_columns import FACT_COLUMNS, Column

FACT = {column.name: column for column in FACT_COLUMNS}
MEASURES = FACT["measure"].enum
BOUND = "= exact, >= at least, <= at most, ~ about."
YES: dict[str, Any] = {"enum": ("true",), "words": ("是",)}


def change(column: Column, **changes: Any) -> Column:
    return msgspec.structs.replace(column, **changes)


PANEL = (
    Column("place", "地区", "string", "The place, by its canonical name.", True),
    Column("place_code", "地区代码", "string", "Its code (GB/T 2260)."),
    Column("place_level", "地区级别", "string", "Its level."),
    Column("year", "年份", "year", "The year that the value speaks of; of a span, its last one.", True),
    Column("indicator", "指标代码", "string", "Code of the indicator.", True),
    change(FACT["measure"], description="What the number tells of the indicator.", required=True),
    Column("role", "角色", "string", "target or result.", True, ("target", "result"), ("目标", "结果")),
    Column("value", "数值", "number", "The fact's value, signed: a decrease of 3 % is -3.", True),
    Column("value_to", "数值上限", "number", "Upper end of a range, signed as the value."),
    Column("unit", "单位", "string", "The fact's unit."),
    change(FACT["bound"], description=f"{BOUND[:-1]}; of the amount as written."),
    change(FACT["basis"], description="What a change is measured against, as written."),
    Column(
        "preliminary",
        "初步数",
        "string",
        "true where the report calls a result an estimate (预计, 初步核算).",
        **YES,
    ),
    Column(
        "horizon",
        "时间范围",
        "string",
        "year; plan: several years, or a target for a year after the next; average: of several years; "
        "since: against an earlier year than the last; part: of a year.",
        True,
        ("year", "plan", "average", "since", "part"),
        ("单年", "规划", "年均", "累计", "年内"),
    ),
    Column("candidates", "其他候选数", "integer", "How many other facts of the dataset speak of the same cell.", True),
    Column(
        "reason", "选择理由", "string", "Why this fact was chosen before the others, or was not; docs/panel.md.", True
    ),
    change(
        FACT["doubts"],
        description="Doubts of the fact, and of the choice (choice.other_value, choice.other_report).",
    ),
    Column("source", "来源文件", "string", "The input, as the dataset names it.", True),
    Column("section", "章节", "string", "Titles of the sections that the fact stands in, joined by ' > '."),
    change(FACT["sentence"], description="The sentence around the number."),
    change(FACT["quote"], description="The number as written."),
    change(FACT["start"], description="Offset of the quote in its block, in code points."),
    change(FACT["end"], description="Offset behind the quote."),
    Column("document", "文档编号", "string", "Id of the document.", True),
    Column("fact", "事实编号", "string", "Id of the fact.", True),
    Column("item", "指标原文", "string", "The item in the report's words."),
    Column("period", "时期", "string", "The fact's period as the dataset has it."),
    Column("value_std", "标准值", "number", "The value in unit_std; empty where it cannot be converted exactly."),
    Column("value_to_std", "标准值上限", "number", "value_to in unit_std."),
    Column("unit_std", "标准单位", "string", "The unit that the indicator's values are converted to."),
    change(FACT["headline"], description="target or result where the report lists its main ones."),
    Column("report_year", "报告年份", "year", "The year that the report was given in."),
    Column("block", "段落", "integer", "Index of the fact's block."),
    Column("chosen", "选定", "string", "true for the fact that stands for its cell; --all has others.", **YES),
)


BY_NAME = {column.name: column for column in PANEL}
SIDES = {"target": "目标", "result": "结果"}


def build_side(side: str) -> tuple[Column, ...]:
    """Where a side of a comparison stands: `target_quote` is the column `quote` of the target."""
    columns = (BY_NAME[name] for name in ("source", "sentence", "quote", "start", "document", "fact"))
    return tuple([name_side(column, side) for column in columns])


def name_side(column: Column, side: str) -> Column:
    described = f"Of the {side}: {column.description}"
    chinese = f"{SIDES[side]}{column.chinese.removesuffix('文件').removesuffix('编号')}"
    return change(column, name=f"{side}_{column.name}", chinese=chinese, description=described, required=False)


TRACK = (
    *PANEL[:2],
    Column("year", "年份", "year", "The year that the target is for.", True),
    *PANEL[4:6],
    Column("unit", "单位", "string", "Unit of target, result and gap: that of the target."),
    Column("target", "目标值", "number", "The target, signed.", True),
    Column("target_to", "目标上限", "number", "Upper end of a range."),
    change(FACT["bound"], name="target_bound", chinese="目标界限", description=BOUND),
    Column(
        "result", "结果值", "number", "The result, signed, in the target's unit; empty where there is none to compare."
    ),
    Column("result_to", "结果上限", "number", "Upper end of a range."),
    change(FACT["bound"], name="result_bound", chinese="结果界限", description=BOUND, required=False),
    Column(
        "outcome",
        "完成情况",
        "string",
        "met or missed; not reported: the next report is there and says nothing of it; no report: it is not in the "
        "dataset; not comparable: what is reported is in another unit or measure.",
        True,
        ("met", "missed", "not reported", "no report", "not comparable"),
        ("完成", "未完成", "未报告", "缺报告", "不可比"),
    ),
    Column(
        "gap", "差距", "number", "Result less target, from the nearer end of a range; empty where there is no result."
    ),
    change(FACT["doubts"], description="Doubts of both sides."),
    *build_side("target"),
    *build_side("result"),
    Column("place_level", "地区级别", "string", "Level of the place."),
    Column("horizon", "时间范围", "string", "year; plan or average for the targets of --plans."),
    Column("period", "时期", "string", "Period of the target."),
    Column("direction", "方向", "string", "What a target of the indicator asks: more, less, ceiling, floor, none."),
    Column("target_item", "目标指标原文", "string", "The target's item in the report's words."),
    Column("result_item", "结果指标原文", "string", "The result's item in the report's words."),
    Column("target_end", "目标止", "integer", "Offset behind the target's quote."),
    Column("result_end", "结果止", "integer", "Offset behind the result's quote."),
    Column(
        "next_report", "下年报告", "string", "The report that should say what became of the target, where it is there."
    ),
)
