"""Cells → track: for each target what the next report says became of it.

A target of a single year is matched with the result of the same place, year, indicator and measure, taken from a later
report: first the one that looks back on that year, else a later one that names it. Where there is none, `not reported`
says that the report that should tell is in the dataset and does not, `no report` that it is not in the dataset. A
result in another unit or measure is shown, and `not comparable`. With `plans`, a target for several years is matched
with the result of the same span, or with the last year's level.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from qjreport.lexicon import Lexicon
from qjreport.panel.amounts import Amount, Converter, judge, measure_gap
from qjreport.panel.candidates import CELL, load_polars
from qjreport.panel.cells import SPANS, Finisher, choose_spans, explain
from qjreport.panel.columns import TRACK

OTHER_MEASURES = ("growth", "level", "share")


def link(candidates: Any, documents: Any, lexicon: Lexicon, *, plans: bool = False) -> Iterator[dict[str, Any]]:
    """The rows of track, in the order of place, year, indicator and measure; those of plans after those of years."""
    pl = load_polars()
    finisher = Finisher(lexicon)
    frame = explain(candidates)
    results = frame.filter(pl.col("role") == "result")
    single = pl.all_horizontal(pl.col("g_horizon") == 0, pl.col("g_whole") == 0)
    later = results.filter(single & (pl.col("plan_year") > pl.col("year")))
    tracker = Tracker(finisher, lexicon, documents)
    tracker.take(later.group_by(CELL, maintain_order=True).first())
    targets = frame.filter(pl.col("chosen") & (pl.col("role") == "target"))
    yield from tracker.track(targets.sort("place", "year", "indicator", "measure"))
    if plans:
        spans = choose_spans(frame)
        tracker.take_spans(spans.filter(pl.col("role") == "result"))
        wanted = spans.filter(pl.col("role") == "target")
        yield from tracker.track(wanted.sort("place", "year", "indicator", "measure", "period", "horizon"))


class Tracker:
    """The results and reports that are known, by which targets are followed."""

    def __init__(self, finisher: Finisher, lexicon: Lexicon, documents: Any) -> None:
        self.finisher = finisher
        self.converter: Converter = finisher.converter
        self.directions = {one.code: one.direction for one in lexicon.indicators.indicators}
        self.results: dict[tuple[Any, ...], dict[str, Any]] = {}
        self.spans: dict[tuple[Any, ...], dict[str, Any]] = {}
        self.reports: dict[tuple[str, int], str] = {}
        for row in documents.sort("input").iter_rows(named=True):
            if row["review_year"] is not None:
                self.reports.setdefault((row["place"], row["review_year"]), row["source"])

    def take(self, results: Any) -> None:
        for row in self.finisher.finish(results):
            self.results[row["place"], row["year"], row["indicator"], row["measure"]] = row

    def take_spans(self, results: Any) -> None:
        for row in self.finisher.finish(results):
            self.spans[row["place"], row["period"], row["indicator"], row["measure"], row["horizon"]] = row

    def track(self, targets: Any) -> Iterator[dict[str, Any]]:
        for target in self.finisher.finish(targets):
            yield self.compare(target, self.find_result(target))

    def find_result(self, target: dict[str, Any]) -> dict[str, Any] | None:
        place, year, indicator, measure = (target[key] for key in ("place", "year", "indicator", "measure"))
        if target["horizon"] in SPANS:
            found = self.spans.get((place, target["period"], indicator, measure, target["horizon"]))
            if found is not None:
                return found
            if target["horizon"] == "average" or measure not in ("level", "share"):
                return None
        return self.results.get((place, year, indicator, measure))

    def find_other(self, target: dict[str, Any]) -> dict[str, Any] | None:
        """What the reports say of the same indicator in another measure."""
        if target["horizon"] != "year":
            return None
        found = (
            self.results.get((target["place"], target["year"], target["indicator"], measure))
            for measure in OTHER_MEASURES
        )
        return next((row for row in found if row is not None), None)

    def compare(self, target: dict[str, Any], result: dict[str, Any] | None) -> dict[str, Any]:
        """A row of the track."""
        goal = read_goal(target)
        report = self.reports.get((target["place"], target["year"]))
        shown = result or self.find_other(target)
        value, to = self.express(result, target) if result is not None else (None, None)
        came = None if result is None or value is None else Amount(value, to, result["bound"])
        direction = self.directions[target["indicator"]]
        if came is not None:
            outcome = "met" if judge(goal, came, direction) else "missed"
        elif shown is not None:
            outcome = "not comparable"
        else:
            outcome = "no report" if report is None else "not reported"
        doubts = [row["doubts"] for row in (target, shown) if row is not None and row["doubts"]]
        row = {
            **{key: target[key] for key in KEPT},
            "unit": "%" if is_index(target) else target["unit"],
            "target": goal.value,
            "target_to": goal.to,
            "target_bound": goal.bound,
            "result": value,
            "result_to": to,
            "result_bound": came and came.bound,
            "outcome": outcome,
            "gap": came and measure_gap(goal, came),
            "doubts": " ".join(dict.fromkeys(" ".join(doubts).split())) or None,
            "direction": direction,
            "next_report": report,
            **{f"target_{name}": target[name] for name in SIDE},
            **{f"result_{name}": shown and shown[name] for name in SIDE},
        }
        return {column.name: row[column.name] for column in TRACK}

    def express(self, result: dict[str, Any], target: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
        """The result in the target's unit, None where it has no such unit."""
        if result["unit"] == target["unit"] and not is_index(result):
            return result["value"], result["value_to"]
        if target["measure"] == "growth":
            return (result["value_std"], result["value_to_std"]) if result["unit_std"] == "%" else (None, None)
        indicator, unit, wanted = target["indicator"], result["unit"], target["unit"]
        return (
            self.converter.change(indicator, result["value"], unit, wanted),
            self.converter.change(indicator, result["value_to"], unit, wanted),
        )


SIDE = ("source", "sentence", "quote", "start", "document", "fact", "item", "end")
KEPT = ("place", "place_code", "place_level", "year", "indicator", "measure", "horizon", "period")


def is_index(row: dict[str, Any]) -> bool:
    """Whether a growth is written as an index: 103 with last year = 100."""
    return bool(row["measure"] == "growth" and row["kind"] == "level" and row["value_std"] != row["value"])


def read_goal(target: dict[str, Any]) -> Amount:
    """What was promised; an index of prices as the growth that it says."""
    end = "_std" if is_index(target) else ""
    return Amount(target[f"value{end}"], target[f"value_to{end}"], target["bound"])
