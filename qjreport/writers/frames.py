"""Facts as a data frame: pandas, or Polars where asked. A row a fact, in the order of CSV, with types to compute with.

`amount`, `value`, `value_to` and `change` are floats, so that plots and sums work at once; the exact decimals stand in
columns named …_exact. What has few values (units, kinds, places) is a category, `year` an integer. `period` stays as it
is written; its first and its last day are the dates `period_start` and `period_end`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from qjreport.model import Report
from qjreport.text.patterns import compile_re
from qjreport.writers.fact_columns import COLUMNS, Cell, Column, read_row
from qjreport.writers.parquet import DIGITS, SCALE, fit_decimal, load_library

LIBRARIES = ("pandas", "polars")
CATEGORIES = frozenset(
    (
        *("area", "unit", "bound", "status", "kind", "basis", "scope", "headline", "source", "title", "unit_code"),
        *("dimension", "indicator", "measure"),
    )
)
EXACT = ("value", "value_to", "change")
DATES = ("period_start", "period_end")
DAY = compile_re(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
YEARS = compile_re(r"(\d{4})-(\d{4})")


def to_frame(reports: Report | Iterable[Report], *, library: str = "pandas") -> Any:
    """The facts of one report or of many as a frame of "pandas" or "polars".

    Raises MissingLibraryError, which is an ImportError, where the library is not installed; ValueError for another one;
    TypeError for what is no report.

    >>> from qjreport import extract_text
    >>> frame = to_frame(extract_text("2024年，全县接待游客12万人次，下降3.5%。"))
    >>> frame["amount"].tolist(), str(frame["period_start"].min().date())
    ([120000.0, -3.5], '2024-01-01')
    """
    if library not in LIBRARIES:
        raise ValueError(f"library must be one of {', '.join(LIBRARIES)}, not {library!r}")
    frames = load_library(library, library)
    rows: list[Sequence[Any]] = []
    for report in (reports,) if isinstance(reports, Report) else reports:
        if not isinstance(report, Report):
            raise TypeError(f"a report is wanted, not {type(report).__name__}")
        rows += [tuple(map(mend, read_row(report, fact))) for fact in report.facts]
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    columns = dict(zip(COLUMNS, cells, strict=True))
    return build_pandas(frames, columns) if library == "pandas" else build_polars(frames, columns)


def mend(cell: Cell) -> Cell:
    """Half a surrogate pair, from a broken page, is no text to either library."""
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) and not cell.isascii() else cell


def find_days(period: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of a period.

    >>> [str(day) for day in (*find_days("2024"), *find_days("2021-2025"), *find_days("2024-01/2024-02"))]
    ['2024-01-01', '2024-12-31', '2021-01-01', '2025-12-31', '2024-01-01', '2024-02-29']
    >>> find_days(None)
    (None, None)
    """
    years = YEARS.fullmatch(period or "")
    first, _, last = (period or "").partition("/")
    if years is not None:
        first, last = years[1], years[2]
    begin, end = DAY.fullmatch(first), DAY.fullmatch(last or first)
    if begin is None or end is None:
        return None, None
    try:
        year, month = int(end[1]), int(end[2] or 12)
        day = int(end[3] or monthrange(year, month)[1])
        return date(int(begin[1]), int(begin[2] or 1), int(begin[3] or 1)), date(year, month, day)
    except ValueError:  # a year 0, a month 13
        return None, None


def build_pandas(pd: Any, columns: Mapping[Column, Sequence[Any]]) -> Any:
    series: dict[str, Any] = {}
    for column, cells in columns.items():
        name = column.name
        if column.type == "number":
            floats = [None if cell is None else float(cell) for cell in cells]
            series[name] = pd.Series(floats, dtype="float64")
            if name in EXACT:
                series[f"{name}_exact"] = pd.Series(list(cells), dtype="object")
        elif column.type == "year":
            series[name] = pd.Series(list(cells), dtype="Int32")
        elif column.type == "integer":
            series[name] = pd.Series(list(cells), dtype="int64")
        elif name in CATEGORIES:
            known = list(column.enum) or sorted({cell for cell in cells if cell is not None})
            series[name] = pd.Series(pd.Categorical(list(cells), categories=known))
        else:
            series[name] = pd.Series(list(cells), dtype="string")
        if name == "period":
            days = [find_days(cell) for cell in cells]
            for index, part in enumerate(DATES):
                series[part] = pd.Series([pair[index] for pair in days], dtype="datetime64[s]")
    return pd.DataFrame(series)


def build_polars(pl: Any, columns: Mapping[Column, Sequence[Any]]) -> Any:
    series: list[Any] = []
    for column, cells in columns.items():
        name = column.name
        if column.type == "number":
            series.append(pl.Series(name, [None if cell is None else float(cell) for cell in cells], pl.Float64))
            if name in EXACT:
                exact = [fit_decimal(cell) for cell in cells]
                series.append(pl.Series(f"{name}_exact", exact, pl.Decimal(DIGITS, SCALE)))
        elif column.type in ("year", "integer"):
            series.append(pl.Series(name, cells, pl.Int32 if column.type == "year" else pl.Int64))
        else:
            few = pl.Enum(column.enum) if column.enum else pl.Categorical
            series.append(pl.Series(name, cells, few if name in CATEGORIES else pl.String))
        if name == "period":
            days = [find_days(cell) for cell in cells]
            series += [pl.Series(part, [pair[i] for pair in days], pl.Date) for i, part in enumerate(DATES)]
    return pl.DataFrame(series)
