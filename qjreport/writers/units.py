"""The units of a lexicon as a table: name, the name that it is reported under, dimension, code, factor, base unit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from qjreport.lexicon import Lexicon
from qjreport.writers.cells import pad_cells
from qjreport.writers.delimited import write_cell

HEADS = ("name", "reported", "dimension", "code", "factor", "base")


def list_units(lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """A row for every name, in the order of the tables; empty where a unit has no code or no factor.

    >>> from qjreport.lexicon import load_lexicon
    >>> next(row for row in list_units(load_lexicon()) if row[0] == "亩")
    ('亩', '亩', 'area', '', '2000/3', 'm2')
    """
    units = lexicon.units
    for unit in units.units:
        for name in unit.names:
            base = units.bases.get(unit.dimension, "")
            yield name, units.rewrites.get(name, name), unit.dimension, unit.code or "", unit.factor or "", base
    for counter in units.counters:
        for name in counter.names:
            yield name, units.rewrites.get(name, name), "count", "", "", units.bases["count"]


def write_units_csv(lexicon: Lexicon) -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEADS)
    writer.writerows(map(write_cell, row) for row in list_units(lexicon))
    return file.getvalue()


def write_units_text(lexicon: Lexicon) -> str:
    rows = [HEADS, *list_units(lexicon)]
    return "".join(f"{line}\n" for line in pad_cells(rows))
