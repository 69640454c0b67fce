"""The columns of panel.csv and track.csv, their Chinese names and what they mean, for every format and the docs."""

from __future__ import annotations

from qjreport.writers.fact_columns import Column

BOUNDS = ("=", ">=", "<=", "~")
TRUE = ("true",)
MEASURES = ("growth", "level", "share", "change", "rank")
OUTCOMES = ("met", "missed", "not reported", "no report", "not comparable")

PANEL = (
    Column("place", "地区", "string", "The place, by its canonical name.", True),
    Column("place_code", "地区代码", "string", "Its code (GB/T 2260)."),
    Column("place_level", "地区级别", "string", "Its level."),
    Column("year", "年份", "year", "The year that the value speaks of; of a span, its last one.", True),
    Column("indicator", "指标代码", "string", "Code of the indicator.", True),
    Column("measure", "度量", "string", "What the number tells of the indicator.", True, MEASURES),
    Column("role", "角色", "string", "target or result.", True, ("target", "result")),
    Column("value", "数值", "number", "The fact's value, signed: a decrease of 3 % is -3.", True),
    Column("value_to", "数值上限", "number", "Upper end of a range, signed as the value."),
    Column("unit", "单位", "string", "The fact's unit."),
    Column(
        "bound", "界限", "string", "= exact, >= at least, <= at most, ~ about; of the amount as written.", True, BOUNDS
    ),
    Column("basis", "比较基准", "string", "What a change is measured against, as written."),
    Column(
        "preliminary",
        "初步数",
        "string",
        "true where the report calls a result an estimate (预计, 初步核算).",
        False,
        TRUE,
    ),
    Column(
        "horizon",
        "时间范围",
        "string",
        "year; plan: several years, or a target for a year after the next; average: of several years; "
        "since: against an earlier year than the last; part: of a year.",
        True,
        ("year", "plan", "average", "since", "part"),
    ),
    Column("candidates", "其他候选数", "integer", "How many other facts of the dataset speak of the same cell.", True),
    Column(
        "reason", "选择理由", "string", "Why this fact was chosen before the others, or was not; docs/panel.md.", True
    ),
    Column(
        "doubts", "存疑", "string", "Doubts of the fact, and of the choice (choice.other_value, choice.other_report)."
    ),
    Column("source", "来源文件", "string", "The input, as the dataset names it.", True),
    Column("section", "章节", "string", "Titles of the sections that the fact stands in, joined by ' > '."),
    Column("sentence", "原句", "string", "The sentence around the number."),
    Column("quote", "原文", "string", "The number as written.", True),
    Column("start", "起", "integer", "Offset of the quote in its block, in code points.", True),
    Column("end", "止", "integer", "Offset behind the quote.", True),
    Column("document", "文档编号", "string", "Id of the document.", True),
    Column("fact", "事实编号", "string", "Id of the fact.", True),
    Column("item", "指标原文", "string", "The item in the report's words."),
    Column("period", "时期", "string", "The fact's period as the dataset has it."),
    Column("value_std", "标准值", "number", "The value in unit_std; empty where it cannot be converted exactly."),
    Column("value_to_std", "标准值上限", "number", "value_to in unit_std."),
    Column("unit_std", "标准单位", "string", "The unit that the indicator's values are converted to."),
    Column("headline", "主要指标", "string", "target or result where the report lists its main ones."),
    Column("report_year", "报告年份", "year", "The year that the report was given in."),
    Column("block", "段落", "integer", "Index of the fact's block."),
    Column("chosen", "选定", "string", "true for the fact that stands for its cell; --all has others.", False, TRUE),
)


def build_sides() -> tuple[Column, ...]:
    described = {
        "source": "The input, as the dataset names it.",
        "sentence": "The sentence around the number.",
        "quote": "The number as written.",
        "start": "Offset of the quote in its block.",
        "document": "Id of the document.",
        "fact": "Id of the fact.",
    }
    chinese = {"source": "来源", "sentence": "原句", "quote": "原文", "start": "起", "document": "文档", "fact": "事实"}
    return tuple(
        Column(
            f"{side}_{name}",
            f"{ {'target': '目标', 'result': '结果'}[side] }{chinese[name]}",
            "integer" if name == "start" else "string",
            f"Of the {side}: {text}",
        )
        for side in ("target", "result")
        for name, text in described.items()
    )


TRACK = (
    *PANEL[:2],
    Column("year", "年份", "year", "The year that the target is for.", True),
    *PANEL[4:6],
    Column("unit", "单位", "string", "Unit of target, result and gap: that of the target."),
    Column("target", "目标值", "number", "The target, signed.", True),
    Column("target_to", "目标上限", "number", "Upper end of a range."),
    Column("target_bound", "目标界限", "string", "= exact, >= at least, <= at most, ~ about.", True, BOUNDS),
    Column(
        "result", "结果值", "number", "The result, signed, in the target's unit; empty where there is none to compare."
    ),
    Column("result_to", "结果上限", "number", "Upper end of a range."),
    Column("result_bound", "结果界限", "string", "= exact, >= at least, <= at most, ~ about.", False, BOUNDS),
    Column(
        "outcome",
        "完成情况",
        "string",
        "met or missed; not reported: the next report is there and says nothing of it; no report: it is not in the "
        "dataset; not comparable: what is reported is in another unit or measure.",
        True,
        OUTCOMES,
    ),
    Column(
        "gap", "差距", "number", "Result less target, from the nearer end of a range; empty where there is no result."
    ),
    Column("doubts", "存疑", "string", "Doubts of both sides."),
    *build_sides(),
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
