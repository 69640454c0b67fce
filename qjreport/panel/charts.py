"""Rows of the panel → charts: an SVG of an indicator and measure, a small multiple a place, targets and results.

Altair draws, vl-convert writes the SVG in this process: no browser and no request. The fonts are named in the file, so
that Chinese is set by whatever of them the reader's machine has.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qjreport.lexicon.indicators import Indicators
from qjreport.writers.files import write_whole
from qjreport.writers.parquet import load_library

FONTS = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimSun, sans-serif"
ABREAST = 4
WIDTH, HEIGHT = 180, 120  # pixels of a small multiple
COLOURS = {"target": "#d95f02", "result": "#1b5e9b"}
LANGUAGES = {"en": ("year", "target", "result"), "zh": ("年份", "目标", "结果")}


def draw_charts(rows: Iterable[dict[str, Any]], folder: Path, table: Indicators, language: str = "en") -> list[Path]:
    """Write DIR/INDICATOR.MEASURE.svg for each indicator and measure of the rows; their paths.

    Raises MissingLibraryError without altair or vl-convert, OSError where a file cannot be written.
    """
    charts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["horizon"] == "year" and row["value_std"] is not None and row["measure"] != "rank":
            charts.setdefault((row["indicator"], row["measure"]), []).append(row)
    folder.mkdir(parents=True, exist_ok=True)
    names = {one.code: one.chinese if language == "zh" else one.english for one in table.indicators}
    paths = []
    for (indicator, measure), points in sorted(charts.items()):
        path = folder / f"{indicator}.{measure}.svg"
        with write_whole(path) as stream:
            stream.write(draw(points, f"{names.get(indicator, indicator)} ({measure})", language).encode())
        paths.append(path)
    return paths


def draw(rows: list[dict[str, Any]], title: str, language: str) -> str:
    """One chart as SVG."""
    altair = load_library("altair", "charts")
    convert = load_library("vl_convert", "charts")
    year, target, result = LANGUAGES[language]
    roles = {"target": target, "result": result}
    unit = rows[0]["unit_std"]
    # A chart needs no exact numbers: what is drawn is a pixel wide.
    points = [
        {"place": row["place"], "year": row["year"], "value": float(row["value_std"]), "role": roles[row["role"]]}
        for row in rows
        if row["unit_std"] == unit
    ]
    points.sort(key=lambda point: (str(point["place"]), str(point["role"]), point["year"]))
    colours = altair.Scale(domain=[target, result], range=list(COLOURS.values()))
    chart = (
        altair.Chart(altair.Data(values=points))
        .mark_line(point=True, strokeWidth=1.5)
        .encode(
            x=altair.X("year:Q", title=year, axis=altair.Axis(format="d", tickMinStep=1)),
            y=altair.Y("value:Q", title=unit, scale=altair.Scale(zero=False)),
            color=altair.Color("role:N", title=None, scale=colours),
            facet=altair.Facet("place:N", columns=ABREAST, title=None),
        )
        .properties(title=title)
        .configure(font=FONTS)
        .configure_view(continuousWidth=WIDTH, continuousHeight=HEIGHT)
    )
    svg: str = convert.vegalite_to_svg(chart.to_dict())
    return svg
