"""Candidates → the panel: one fact a cell, with the reason of the choice and the doubts about it.

The first candidate of a cell is chosen where it passes all gates; a cell of which no fact passes stays empty, for a
five-year average is no year's value. `everything` adds the facts that were not chosen, each with the reason for which
it was not; `plans` adds the values of several years, of each horizon and period one.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from qjreport.lexicon import Lexicon
from qjreport.panel.amounts import Converter, read_decimal
from qjreport.panel.candidates import CELL, GATES, ORDER, load_polars

REASONS = {**GATES, **ORDER}
ONLY = "only"
OTHER_VALUE, OTHER_REPORT, OF_SPAN = "choice.other_value", "choice.other_report", "choice.of_span"
TOLERANCE = 0.005  # 2.69万亿元 and 26927亿元 are one amount; growth in % differs where it is written differently
SPANS = ("plan", "average")


def choose(candidates: Any, *, everything: bool = False, plans: bool = False) -> Any:
    """The rows of the panel, in the order of place, indicator, measure, role and year."""
    pl = load_polars()
    frame = explain(candidates)
    chosen = frame.filter(pl.col("chosen"))
    if plans and not everything:
        chosen = pl.concat([chosen, choose_spans(frame)])
    rows = frame if everything else chosen
    keys = ["place", "indicator", "measure", "role", "year", "chosen", "horizon", "period", "o_place"]
    return rows.sort(keys, descending=[key == "chosen" for key in keys], nulls_last=True)


def explain(frame: Any) -> Any:
    """`chosen`, `candidates`, `reason` and the doubts of the choice, of each candidate."""
    pl = load_polars()
    gates = pl.sum_horizontal(*GATES) == 0
    frame = frame.with_columns(
        (gates & (pl.col("o_place") == 0)).alias("chosen"), (pl.len().over(CELL) - 1).alias("candidates")
    )
    lost, won = pl.lit("first"), pl.lit("first")
    for column, reason in reversed(REASONS.items()):
        first = pl.col(column).first().over(CELL)
        following = pl.col(column).shift(-1).over(CELL)
        lost = pl.when(pl.col(column) > first).then(pl.lit(reason)).otherwise(lost)
        won = pl.when(following > pl.col(column)).then(pl.lit(reason)).otherwise(won)
    failed = pl.lit(None, pl.String)
    for column, reason in reversed(GATES.items()):
        failed = pl.when(pl.col(column) > 0).then(pl.lit(reason)).otherwise(failed)
    reason = (
        pl.when(pl.col("chosen"))
        .then(pl.when(pl.col("candidates") == 0).then(pl.lit(ONLY)).otherwise(won))
        .otherwise(pl.coalesce(failed, lost))
    )
    return doubt(frame.with_columns(reason.alias("reason")))


def doubt(frame: Any) -> Any:
    """Add the doubts of the choice to those of the facts."""
    pl = load_polars()
    amount = pl.col("value").cast(pl.Float64).abs()
    same = [(pl.col(name) == pl.col(name).first().over(CELL)) for name in ("o_report", "o_headline", "unit")]
    rival = pl.all_horizontal(*same, *[pl.col(name) == 0 for name in GATES])
    first = amount.first().over(CELL)
    limit = pl.when(pl.col("measure").is_in(["level", "change"])).then(first * TOLERANCE).otherwise(0)
    differs = (rival & ((amount - first).abs() > limit)).any().over(CELL)
    added = pl.concat_str(
        pl.when(pl.col("doubts") != "").then(pl.col("doubts")),
        pl.when(pl.col("chosen") & differs).then(pl.lit(OTHER_VALUE)),
        pl.when(pl.col("chosen") & (pl.col("o_report") > 0)).then(pl.lit(OTHER_REPORT)),
        pl.when(pl.col("chosen") & (pl.col("o_span") > 0)).then(pl.lit(OF_SPAN)),
        separator=" ",
        ignore_nulls=True,
    )
    return frame.with_columns(added.alias("doubts"))


def choose_spans(frame: Any) -> Any:
    """The values of several years: of each cell, horizon and period one; a target as it was first set."""
    pl = load_polars()
    spans = frame.filter(pl.col("horizon").is_in(SPANS) & (pl.col("g_whole") == 0))
    early = pl.when(pl.col("role") == "target").then(pl.col("plan_year")).otherwise(pl.col("o_report"))
    spans = spans.with_columns(early.alias("early"))
    order = ["o_headline", "early", "o_unit", "o_doubts", "o_bound", "o_place"]
    key = [*CELL, "horizon", "period"]
    chosen = spans.sort([*key, *order]).group_by(key, maintain_order=True).first()
    return chosen.with_columns(pl.lit("plan").alias("reason"), pl.lit(True).alias("chosen")).select(frame.columns)


class Finisher:
    """Rows of a frame → rows of the output, with exact amounts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.converter = Converter(lexicon)
        words = lexicon.indicators.neutral.time
        self.preliminary, self.falling = words["preliminary"], tuple(words["falling"])

    def finish(self, frame: Any) -> Iterator[dict[str, Any]]:
        for row in frame.iter_rows(named=True):
            yield self.finish_row(row)

    def finish_row(self, row: dict[str, Any]) -> dict[str, Any]:
        value, value_to = read_decimal(row["value_text"]), read_decimal(row["value_to_text"])
        if self.is_fall(row):
            value, value_to = negate(value), negate(value_to)
        indicator, measure, kind = row["indicator"], row["measure"], row["kind"]
        std, unit_std = self.converter.convert(indicator, measure, value, row["unit"], kind)
        std_to = (
            None if value_to is None else self.converter.convert(indicator, measure, value_to, row["unit"], kind)[0]
        )
        preliminary = row["role"] == "result" and self.is_preliminary(row)
        return {
            **row,
            "value": value,
            "value_to": value_to,
            "value_std": std,
            "value_to_std": std_to,
            "unit_std": unit_std,
            "preliminary": "true" if preliminary else None,
            "section": row["path"] or None,
            "doubts": row["doubts"] or None,
            "fact": row["id"],
            "chosen": "true" if row["chosen"] else None,
        }

    def is_fall(self, row: dict[str, Any]) -> bool:
        """下降3%, and 下降率3%, whose kind is a level."""
        if row["kind"] == "level" and row["measure"] == "growth":
            return str(row["item"]).endswith(self.falling)
        return bool(row["kind"] == "decrease")

    def is_preliminary(self, row: dict[str, Any]) -> bool:
        """预计全市生产总值520亿元、增长8%: an estimate is said of the number, or before it in the same part."""
        said = row["hedge"] + row["sentence"].partition(row["quote"])[0].rpartition("；")[2]
        return any(word in said for word in self.preliminary)


def negate(value: Decimal | None) -> Decimal | None:
    return value.copy_negate() if value else value
