"""The panel and the track as frames and as rows: what the commands and `qjreport.panel(dataset)` are made of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from os import PathLike
from typing import Any

from qjreport.batch.home import AnyPath, name_path
from qjreport.lexicon import Lexicon, load_lexicon
from qjreport.panel.candidates import Choice, Say, load_polars, read_candidates, read_documents
from qjreport.panel.cells import Finisher, choose
from qjreport.panel.columns import PANEL, TRACK
from qjreport.panel.links import link
from qjreport.places import resolve_place
from qjreport.writers.fact_columns import Column
from qjreport.writers.parquet import DIGITS, SCALE, fit_decimal

Rows = Iterator[dict[str, Any]]


class Study:
    """What is asked of a dataset, for the panel and for the track alike."""

    def __init__(
        self,
        dataset: str | PathLike[str],
        *,
        places: Sequence[str] = (),
        years: tuple[int, int] | None = None,
        indicators: Sequence[str] = (),
        measures: Sequence[str] = (),
        plans: bool = False,
        lexicon: Lexicon | None = None,
        say: Say = lambda _: None,
    ) -> None:
        self.dataset: AnyPath = name_path(os.fspath(dataset))
        self.places = tuple(places)
        self.choice = Choice(name_places(places), years, indicators, measures)
        self.plans = plans
        self.afresh = lexicon is not None
        self.lexicon = lexicon or load_lexicon()
        self.say = say

    def read(self) -> Any:
        return read_candidates(
            self.dataset, self.documents, self.lexicon, self.choice, afresh=self.afresh, say=self.say
        )

    @cached_property
    def documents(self) -> Any:
        return read_documents(self.dataset)

    def list_absent(self) -> list[str]:
        """The places that were asked for and of which there is no report."""
        known = {*self.documents["place"], *self.documents["place_code"]}
        return [name for name in self.places if known.isdisjoint(name_places([name]))]

    def list_panel(self, *, everything: bool = False) -> Rows:
        """The rows of the panel, with exact amounts."""
        chosen = choose(self.read(), everything=everything, plans=self.plans)
        self.say(f"{len(chosen)} rows")
        finisher = Finisher(self.lexicon)
        return ({column.name: row[column.name] for column in PANEL} for row in finisher.finish(chosen))

    def list_track(self) -> Rows:
        """The rows of the track, with exact amounts."""
        return link(self.read(), self.documents, self.lexicon, plans=self.plans)


def name_places(names: Sequence[str]) -> list[str]:
    """The names as they were given, and the canonical ones that they mean: 綦江县 is 綦江区 today.

    >>> name_places(["綦江县", "临枫市", "510000"])
    ['綦江县', '綦江区', '临枫市', '510000']
    """
    found: list[str] = []
    for name in names:
        meant = None if name.isdecimal() else resolve_place(name).name
        found += [name] if meant in (None, name) else [name, str(meant)]
    return found


def build_panel(dataset: str | PathLike[str], *, everything: bool = False, wide: bool = False, **options: Any) -> Any:
    """The panel as a Polars frame: a row a cell, or with `wide` a row a place and year and a column an indicator."""
    rows = Study(dataset, **options).list_panel(everything=everything)
    if not wide:
        return make_frame(rows, PANEL)
    columns, matrix = spread(rows)
    return make_frame(matrix, columns)


def build_track(dataset: str | PathLike[str], **options: Any) -> Any:
    """The track as a Polars frame."""
    return make_frame(Study(dataset, **options).list_track(), TRACK)


def make_frame(rows: Iterable[dict[str, Any]], columns: Sequence[Column]) -> Any:
    """A Polars frame of rows; numbers are decimals, as in the dataset."""
    pl = load_polars()
    types = {"string": pl.String, "integer": pl.Int64, "year": pl.Int32, "number": pl.Decimal(DIGITS, SCALE)}
    cells = [[fit_decimal(row[one.name]) if one.type == "number" else row[one.name] for one in columns] for row in rows]
    return pl.DataFrame(cells, schema={one.name: types[one.type] for one in columns}, orient="row")


FIXED = PANEL[:4]  # place, place_code, place_level, year


def spread(rows: Iterable[dict[str, Any]]) -> tuple[tuple[Column, ...], list[dict[str, Any]]]:
    """Rows of the panel → a matrix: a row a place and year, a column an indicator, measure and role.

    Values are those of the report in its unit, in value_std where there is one: a column has one unit.
    """
    cells: dict[tuple[str, int], dict[str, Any]] = {}
    heads: dict[str, str] = {}
    for row in rows:
        if row["horizon"] != "year":
            continue
        name = f"{row['indicator']}.{row['measure']}.{row['role']}"
        line = cells.setdefault((row["place"], row["year"]), {one.name: row[one.name] for one in FIXED})
        if name not in line:
            line[name] = row["value_std"]
            heads.setdefault(name, row["unit_std"])
    names = sorted(heads)
    columns = (*FIXED, *[Column(name, name, "number", f"In {heads[name] or 'units'}.") for name in names])
    return columns, [{column.name: cells[key].get(column.name) for column in columns} for key in sorted(cells)]
