"""A dataset → the facts that may stand in a panel, each with its place, year, horizon and role, in the order of choice.

A fact is a candidate where it has an indicator, a measure and a period. Its cell is place, year, indicator, measure and
role (a target, or a result that is reported). Whether it may be chosen is settled by gates: it speaks of a single
year, of the whole place, and is no average. Among those that may, the order is: the report that should say it (for a
target the one that plans the year, for a result the one that looks back on it, else the nearest), the report's main
targets and results before what is said elsewhere, the indicator's own unit, facts without doubts, exact numbers before
bounded ones, and then the first of the report. `GATES` and `ORDER` are that order, and name the reasons in the output.

All of it is done by Polars over the Parquet files; of ties, the order of the dataset's inputs decides, so that the same
dataset gives the same bytes. Duplicates of a report are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from qjreport.batch import BatchError
from qjreport.batch.dataset import open_ledger
from qjreport.batch.home import AnyPath, StoredPath
from qjreport.batch.parts import list_parts
from qjreport.fact.indicator import Finder, compile_indicators
from qjreport.lexicon import Lexicon
from qjreport.writers.parquet import load_library

CELL = ("place", "year", "indicator", "measure", "role")
# Column → the reason of a fact that is not chosen by it; the lower value is chosen. Gates come first: what does not
# pass them all is never chosen.
GATES = {"g_horizon": "horizon", "g_whole": "part-of-place"}
ORDER = {
    "o_span": "span",
    "o_report": "report",
    "o_headline": "headline",
    "o_unit": "unit",
    "o_doubts": "doubts",
    "o_part": "part-of-whole",
    "o_bound": "bound",
    "o_place": "first",
}
WANTED = (
    *("document", "id", "block", "start", "end", "quote", "value", "value_text", "value_to_text", "change_text"),
    *("unit", "dimension", "bound", "hedge", "kind", "item", "period", "status", "headline", "basis", "subject"),
    *("part_of", "path", "sentence", "doubts"),
)
NOWHERE = "?"  # the place of a report that names none and lies in no folder
RATES = ("percent", "permille")  # families of levels that are rates
Say = Callable[[str], None]


def load_polars() -> Any:
    """Polars. Raises MissingLibraryError without it."""
    return load_library("polars", "panel")


def find_files(dataset: AnyPath, table: str) -> list[Path]:
    """The committed parts of a table. Raises BatchError where there is no dataset on this machine."""
    if isinstance(dataset, StoredPath):
        raise BatchError(f"{dataset} is on shared storage: copy it to this machine first")
    ledger = open_ledger(dataset)
    committed = ledger.list_committed()
    ledger.close()
    parts = [path for path in list_parts(dataset, table) if int(path.stem.removeprefix("part-")) in committed]
    return [path for path in parts if isinstance(path, Path)]


def read_candidates(
    dataset: AnyPath, documents: Any, lexicon: Lexicon, choice: Choice, *, afresh: bool = False, say: Say
) -> Any:
    """Every candidate of the documents as a frame, in the order of choice. `afresh` finds the indicators anew.

    Raises BatchError where there is no dataset, MissingLibraryError without Polars.
    """
    pl = load_polars()
    facts = find_files(dataset, "facts")
    say(f"{len(documents)} documents, {len(facts)} parts")
    frames = [choice.narrow(read_part(path, documents, lexicon, afresh)) for path in facts]
    if not frames:
        raise BatchError(f"{dataset} has no facts")
    found = pl.concat(frames).with_row_index("row")
    say(f"{len(found)} facts with an indicator")
    return rank(found, lexicon)


class Choice:
    """Which cells are wanted: places by name or code, years, indicators, measures."""

    def __init__(
        self,
        places: Sequence[str] = (),
        years: tuple[int, int] | None = None,
        indicators: Sequence[str] = (),
        measures: Sequence[str] = (),
    ) -> None:
        self.places, self.years = tuple(places), years
        self.indicators, self.measures = tuple(indicators), tuple(measures)

    def narrow(self, frame: Any) -> Any:
        pl = load_polars()
        if self.places:
            frame = frame.filter(pl.col("place").is_in(self.places) | pl.col("place_code").is_in(self.places))
        if self.years:
            frame = frame.filter(pl.col("year").is_between(*self.years))
        if self.indicators:
            frame = frame.filter(pl.col("indicator").is_in(self.indicators))
        if self.measures:
            frame = frame.filter(pl.col("measure").is_in(self.measures))
        return frame


def read_documents(dataset: AnyPath) -> Any:
    """A row a report, duplicates left out: place, the years that it reviews and plans, its rank among the inputs.

    The place is the canonical one where the dataset has it, else the area that the report names, else the folder.
    """
    pl = load_polars()
    frame = pl.concat([pl.read_parquet(path) for path in find_files(dataset, "documents")], how="diagonal_relaxed")
    for name in ("place", "place_code", "place_level"):
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, pl.String).alias(name))
    folder = pl.col("source").str.extract(r"([^/!]+)[/!][^/!]+$")
    year = pl.col("year").cast(pl.Int32)
    plan = pl.col("plans").str.extract(r"^(\d{4})$").cast(pl.Int32)
    review = pl.col("reviews").str.extract(r"(\d{4})$").cast(pl.Int32)
    known = frame.with_row_index("input").filter(pl.col("duplicate_of").is_null())
    known = known.select(
        pl.col("id").alias("document"),
        "input",
        "source",
        pl.coalesce("place", "area", folder, pl.lit(NOWHERE)).alias("place"),
        "place_code",
        pl.coalesce("place_level", "area_level").alias("place_level"),
        pl.col("area").fill_null("").alias("area"),
        year.alias("report_year"),
        pl.coalesce(plan, review + 1, year).alias("plan_year"),
        pl.coalesce(review, plan - 1, year - 1).alias("review_year"),
    )
    # A place that is only a folder's name has the code that other reports of it have.
    same = [pl.col(name).drop_nulls().first().over("place") for name in ("place_code", "place_level")]
    return known.with_columns(same)


def read_part(path: Path, documents: Any, lexicon: Lexicon, afresh: bool) -> Any:
    """The candidates of one part, with their documents' columns."""
    pl = load_polars()
    known = pl.read_parquet_schema(path)
    columns = [*WANTED, *(name for name in ("indicator", "measure") if name in known)]
    frame = pl.read_parquet(path, columns=columns)
    if afresh or "indicator" not in known:
        frame = find_again(frame, documents, compile_indicators(lexicon))
    frame = frame.filter(pl.col("indicator").is_not_null() & pl.col("period").is_not_null())
    frame = frame.join(documents, on="document", how="inner", maintain_order="left")
    return settle_time(frame, lexicon)


def find_again(frame: Any, documents: Any, finder: Finder) -> Any:
    """The same with `indicator` and `measure` of another table: of each combination once."""
    pl = load_polars()
    keys = ["item", "subject", "area", "kind", "unit", "dimension", "value"]
    frame = frame.drop("indicator", "measure", strict=False).join(
        documents.select("document", "area"), on="document", how="inner", maintain_order="left"
    )
    frame = frame.with_columns(pl.col("value").fill_null(Decimal(0)))
    unique = frame.select(keys).unique(maintain_order=True)
    found = [finder.find(*row) for row in unique.iter_rows()]
    unique = unique.with_columns(
        pl.Series("indicator", [code for code, _ in found], pl.String),
        pl.Series("measure", [measure for _, measure in found], pl.String),
    )
    return frame.join(unique, on=keys, how="left", nulls_equal=True, maintain_order="left").drop("area")


def settle_time(frame: Any, lexicon: Lexicon) -> Any:
    """`year`, `horizon` and `role` of each fact."""
    pl = load_polars()
    words = lexicon.indicators.neutral.time
    period, basis = pl.col("period"), pl.col("basis").fill_null("")
    frame = frame.with_columns(
        period.str.extract(r"(\d{4})(?:-\d{2}(?:-\d{2})?)?$").cast(pl.Int32).alias("year"),
        pl.when(pl.col("status") == "target").then(pl.lit("target")).otherwise(pl.lit("result")).alias("role"),
    )
    # 2001-02 is a month and 2001-2002 are two years: four digits follow in the one.
    span = period.str.contains(r"^\d{4}-\d{4}$")
    part = period.str.contains(r"^\d{4}-\d{2}(?:\D|$)")
    average = basis.str.contains_any(words["average"])
    cumulative = basis.str.contains_any(words["cumulative"]) & pl.col("measure").is_in(["growth", "change"])
    ahead = (pl.col("role") == "target") & (pl.col("year") > pl.col("plan_year"))
    against = basis.str.extract(r"(\d{4})").cast(pl.Int32)
    # In a review of five years 失业率为3% is the rate that was reached in the last one; the choice has doubts of it.
    rates = [one.code for one in lexicon.indicators.indicators if one.family in RATES and not one.index]
    reached = span & (basis == "") & (pl.col("role") == "result") & (pl.col("bound") == "=")
    reached &= (pl.col("measure") == "level") & pl.col("indicator").is_in(rates)
    annual = (basis == "") | basis.str.contains_any(words["annual"]) | (against == pl.col("year") - 1)
    horizon = (
        pl.when(average)
        .then(pl.lit("average"))
        .when((span & ~reached) | cumulative | ahead)
        .then(pl.lit("plan"))
        .when(part)
        .then(pl.lit("part"))
        .when(annual | reached)
        .then(pl.lit("year"))
        .otherwise(pl.lit("since"))
    )
    frame = frame.with_columns(horizon.alias("horizon"), reached.fill_null(False).cast(pl.Int32).alias("o_span"))
    return frame.filter(pl.col("year").is_not_null())


def rank(frame: Any, lexicon: Lexicon) -> Any:
    """The candidates sorted by cell and then by the order of choice, with the columns of GATES and ORDER."""
    pl = load_polars()
    table = lexicon.indicators
    standard = {one.code: table.families[one.family].unit for one in table.indicators}
    own = pl.col("indicator").replace_strict(standard, default=None, return_dtype=pl.String)
    expected = pl.when(pl.col("role") == "target").then(pl.col("plan_year")).otherwise(pl.col("review_year"))
    late = expected - pl.col("year")  # reports of later years; earlier ones are after them all
    frame = frame.with_columns(
        (pl.col("horizon") != "year").cast(pl.Int32).alias("g_horizon"),
        pl.col("subject").is_not_null().cast(pl.Int32).alias("g_whole"),
        pl.when(late >= 0).then(late).otherwise(100 - late).cast(pl.Int32).alias("o_report"),
        (pl.col("headline").fill_null("") != pl.col("role")).cast(pl.Int32).alias("o_headline"),
        ((pl.col("measure") == "level") & (pl.col("unit") != own).fill_null(False)).cast(pl.Int32).alias("o_unit"),
        (pl.col("doubts") != "").cast(pl.Int32).alias("o_doubts"),
        pl.col("part_of").is_not_null().cast(pl.Int32).alias("o_part"),
        (pl.col("bound") != "=").cast(pl.Int32).alias("o_bound"),
    )
    frame = frame.with_columns(
        pl.when(pl.col("role") == "target").then(0).otherwise(pl.col("o_bound")).cast(pl.Int32).alias("o_bound")
    )
    order = [*GATES, *list(ORDER)[:-1], "input", "row"]
    frame = frame.sort([*CELL, *order])
    return frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int32).over(CELL).alias("o_place"))
