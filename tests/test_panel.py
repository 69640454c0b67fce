"""The panel and the track of made reports: what is chosen and why, what became of targets, every output."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run

pytest.importorskip("polars", reason="needs the extra panel")

from batches import do_batch
from calls import read_terminal

import qjreport
from qjreport.lexicon import load_lexicon
from qjreport.panel.amounts import Amount, Converter, judge, measure_gap
from qjreport.panel.columns import PANEL, TRACK
from qjreport.panel.frames import Study

STUDY = ROOT / "docs" / "study"
ISSUED_PANEL = (
    "place place_code place_level year indicator measure role value value_to unit bound basis preliminary horizon "
    "candidates reason doubts source section sentence quote start end document fact"
)
ISSUED_TRACK = (
    "place place_code year indicator measure unit target target_to target_bound result result_to result_bound outcome "
    "gap doubts target_source target_sentence target_quote target_start target_document target_fact result_source "
    "result_sentence result_quote result_start result_document result_fact"
)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the worked study."""
    out = tmp_path_factory.mktemp("study") / "facts"
    do_batch(out, STUDY)
    return out


def make_reports(folder: Path, **reports: str) -> Path:
    """A dataset of reports of one place: y2024="…" is the report of 2024, a paragraph a line."""
    pages = folder / "临枫市"
    pages.mkdir(parents=True)
    for name, text in reports.items():
        (pages / f"{name[1:5]}.txt").write_text(text, encoding="utf-8")
    out = folder / "facts"
    do_batch(out, pages)
    return out


REPORT = """临枫市{year}年政府工作报告
——{year}年1月9日在临枫市第八届人民代表大会第三次会议上
一、{past}年工作回顾
{review}
二、{year}年工作安排
{plan}
"""


def write_report(year: int, review: str, plan: str) -> str:
    return REPORT.format(year=year, past=year - 1, review=review, plan=plan)


def find(rows: list[dict[str, Any]], **wanted: object) -> list[dict[str, Any]]:
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


class TestColumns:
    def test_the_columns_begin_as_promised(self) -> None:
        assert [column.name for column in PANEL][: len(ISSUED_PANEL.split())] == ISSUED_PANEL.split()
        assert [column.name for column in TRACK][: len(ISSUED_TRACK.split())] == ISSUED_TRACK.split()

    def test_columns_are_described_in_both_languages(self) -> None:
        for columns in (PANEL, TRACK):
            assert all(column.description and column.chinese for column in columns)
            assert len({column.chinese for column in columns}) == len(columns)


class TestPanel:
    def test_a_row_a_cell(self, study: Path) -> None:
        rows = list(Study(study).list_panel())
        cells = [tuple(row[key] for key in ("place", "year", "indicator", "measure", "role")) for row in rows]
        assert len(cells) == len(set(cells)) > 90

    def test_a_decrease_has_its_sign(self, study: Path) -> None:
        [row] = find(list(Study(study).list_panel()), indicator="energy_intensity", year=2023, role="result")
        assert (row["value"], row["unit"], row["quote"], row["bound"]) == (Decimal("-2.6"), "%", "2.6%", "=")

    def test_the_place_as_a_whole_and_not_a_part(self, study: Path) -> None:
        [row] = find(
            list(Study(study).list_panel()), indicator="gdp", measure="growth", year=2024, place="临枫市", role="result"
        )
        assert row["value"] == Decimal("5.2")

    def test_an_average_and_a_plan_fill_no_year(self, study: Path) -> None:
        rows = list(Study(study).list_panel())
        assert not find(rows, year=2030)
        assert {row["horizon"] for row in rows} == {"year"}
        more = list(Study(study, plans=True).list_panel())
        assert [row["value"] for row in find(more, year=2030, horizon="average")] == [Decimal(6)]
        assert len(more) > len(rows)

    def test_all_has_the_rest_with_reasons(self, study: Path) -> None:
        rows = list(Study(study).list_panel(everything=True))
        average = find(rows, indicator="gdp", measure="growth", year=2025, role="result", horizon="average")
        assert [(row["chosen"], row["reason"]) for row in average] == [(None, "horizon")]
        chosen = [row for row in rows if row["chosen"]]
        assert len(chosen) == len(list(Study(study).list_panel()))

    def test_preliminary(self, study: Path) -> None:
        rows = list(Study(study).list_panel())
        [early] = find(rows, place="临枫市", indicator="gdp", measure="level", year=2023, role="result")
        [final] = find(rows, place="临枫市", indicator="gdp", measure="level", year=2024, role="result")
        assert (early["preliminary"], final["preliminary"]) == ("true", None)

    def test_conversions(self, study: Path) -> None:
        [row] = find(list(Study(study).list_panel()), indicator="grain_output", place="云汐市", year=2023)
        assert (row["value"], row["unit"], row["value_std"], row["unit_std"]) == (860000000, "斤", 430000, "吨")

    def test_headline_before_what_is_said_elsewhere(self, tmp_path: Path) -> None:
        text = write_report(
            2024,
            "地区生产总值增长5.1%。",
            "地区生产总值增长6.2%左右，也有可能。\n今年主要预期目标是：地区生产总值增长6%左右，固定资产投资增长7%。",
        )
        rows = list(Study(make_reports(tmp_path, y2024=text)).list_panel())
        [row] = find(rows, indicator="gdp", role="target", year=2024)
        assert (row["value"], row["reason"], row["candidates"]) == (6, "headline", 1)

    def test_two_values_are_a_doubt(self, tmp_path: Path) -> None:
        text = write_report(2024, "城镇新增就业2.1万人。\n城镇新增就业2.3万人。", "城镇新增就业2万人。")
        rows = list(Study(make_reports(tmp_path, y2024=text)).list_panel())
        [row] = find(rows, indicator="new_jobs", role="result", year=2023)
        assert row["value"] == 21000
        assert "choice.other_value" in row["doubts"].split()

    def test_the_report_that_should_say_it_comes_first(self, tmp_path: Path) -> None:
        first = write_report(2024, "地区生产总值增长5.1%。", "地区生产总值增长6%。")
        second = write_report(2025, "2023年地区生产总值增长5.4%，2024年地区生产总值增长5.9%。", "地区生产总值增长6%。")
        rows = list(Study(make_reports(tmp_path, y2024=first, y2025=second)).list_panel())
        [row] = find(rows, indicator="gdp", role="result", year=2023)
        assert (row["value"], row["reason"]) == (Decimal("5.1"), "report")

    def test_which_cells(self, study: Path) -> None:
        rows = list(
            Study(study, places=["云汐市"], years=(2024, 2024), indicators=["gdp"], measures=["growth"]).list_panel()
        )
        assert [(row["role"], row["value"]) for row in rows] == [("result", Decimal("5.7")), ("target", Decimal(6))]

    def test_offsets_are_those_of_the_facts(self, study: Path) -> None:
        for row in Study(study).list_panel():
            assert row["end"] - row["start"] == len(row["quote"])
            assert row["quote"] in row["sentence"]


class TestTrack:
    def test_outcomes(self, study: Path) -> None:
        rows = list(Study(study).list_track())
        outcomes = {
            (row["place"], row["year"], row["indicator"]): (row["outcome"], row["gap"])
            for row in rows
            if row["indicator"] in ("gdp", "energy_intensity", "unemployment_surveyed", "grain_output")
        }
        assert outcomes["临枫市", 2025, "gdp"] == ("met", Decimal("0.1"))
        assert outcomes["临枫市", 2023, "energy_intensity"] == ("missed", Decimal("0.4"))
        assert outcomes["临枫市", 2024, "energy_intensity"] == ("not reported", None)
        assert outcomes["临枫市", 2026, "gdp"] == ("no report", None)
        assert outcomes["临枫市", 2023, "unemployment_surveyed"] == ("met", Decimal("-0.3"))
        # 8.5亿斤 promised and 43.5万吨 reported: compared in the target's unit.
        assert outcomes["云汐市", 2024, "grain_output"] == ("met", Decimal(20000000))

    def test_both_sides_have_their_evidence(self, study: Path) -> None:
        [row] = find(list(Study(study).list_track()), place="临枫市", year=2023, indicator="new_jobs")
        assert row["target_quote"] in row["target_sentence"]
        assert row["result_quote"] in row["result_sentence"]
        assert (row["target_source"][-7:], row["result_source"][-7:]) == ("2023.md", "2024.md")

    def test_a_later_report_may_tell(self, tmp_path: Path) -> None:
        first = write_report(2023, "地区生产总值增长5%。", "今年主要预期目标是：地区生产总值增长6%。")
        later = write_report(2025, "2023年地区生产总值增长6.3%，2024年地区生产总值增长5.9%。", "地区生产总值增长6%。")
        rows = list(Study(make_reports(tmp_path, y2023=first, y2025=later)).list_track())
        [row] = find(rows, year=2023, indicator="gdp")
        assert (row["result"], row["outcome"]) == (Decimal("6.3"), "met")
        assert "choice.other_report" in row["doubts"]

    def test_another_unit_or_measure_is_not_comparable(self, tmp_path: Path) -> None:
        first = write_report(2023, "进出口总额31亿元。", "今年主要预期目标是：进出口总额5亿美元，地区生产总值增长6%。")
        second = write_report(2024, "进出口总额36亿元。地区生产总值62亿元。", "进出口总额增长6%。")
        rows = list(Study(make_reports(tmp_path, y2023=first, y2024=second)).list_track())
        [trade] = find(rows, year=2023, indicator="trade")
        [gdp] = find(rows, year=2023, indicator="gdp")
        assert [(row["outcome"], row["result"], row["result_quote"]) for row in (trade, gdp)] == [
            ("not comparable", None, "36亿元"),
            ("not comparable", None, "62亿元"),
        ]

    def test_an_index_is_the_growth_that_it_says(self, tmp_path: Path) -> None:
        first = write_report(
            2003, "居民消费价格上涨1%。", "今年主要预期目标是：居民消费价格指数103左右，地区生产总值增长9%。"
        )
        second = write_report(2004, "居民消费价格上涨2.1%。", "地区生产总值增长9%。")
        rows = list(Study(make_reports(tmp_path, y2003=first, y2004=second)).list_track())
        [row] = find(rows, year=2003, indicator="cpi")
        assert (row["target"], row["unit"], row["result"], row["gap"], row["outcome"]) == (
            *(Decimal(3), "%", Decimal("2.1"), Decimal("-0.9")),
            "met",
        )

    def test_plans(self, tmp_path: Path) -> None:
        plan = write_report(2021, "地区生产总值增长5%。", "“十四五”时期，地区生产总值年均增长7%左右。")
        end = write_report(2026, "“十四五”时期，地区生产总值年均增长6.2%。", "地区生产总值增长6%。")
        dataset = make_reports(tmp_path, y2021=plan, y2026=end)
        rows = [row for row in Study(dataset, plans=True).list_track() if row["horizon"] == "average"]
        assert [(row["period"], row["target"], row["result"], row["outcome"]) for row in rows] == [
            ("2021-2025", Decimal(7), Decimal("6.2"), "missed")
        ]
        assert not [row for row in Study(dataset).list_track() if row["horizon"] != "year"]


JUDGED = [
    # target, to, bound, result, direction → met, gap
    (8, None, "=", "8.1", "more", True, "0.1"),
    (8, None, "=", "7.9", "more", False, "-0.1"),
    (5, None, "~", "4.5", "more", True, "-0.5"),
    (5, None, "~", "4.4", "more", False, "-0.6"),
    ("6.5", 7, "=", "6.6", "more", True, "0"),
    (4, None, "<=", "4.1", "ceiling", False, "0.1"),
    (3, None, "~", "-0.8", "ceiling", True, "-3.8"),
    (10, None, "<=", "9.1", "more", True, "-0.9"),  # 增长控制在10%以内: what the target says goes before the direction
    (-3, None, "=", "-3.5", "less", True, "-0.5"),
    (-3, None, ">=", "-2.9", "less", False, "0.1"),
    (60, None, "=", "61", "none", False, "1"),
]


@pytest.mark.parametrize(("target", "to", "bound", "result", "direction", "met", "gap"), JUDGED)
def test_met_or_missed(target: Any, to: Any, bound: str, result: str, direction: Any, met: bool, gap: str) -> None:
    goal = Amount(Decimal(target), None if to is None else Decimal(to), bound)
    came = Amount(Decimal(result))
    assert (judge(goal, came, direction), measure_gap(goal, came)) == (met, Decimal(gap))


@pytest.mark.parametrize(
    ("indicator", "measure", "value", "unit", "wanted"),
    [
        ("grain_output", "level", "710000000", "斤", (Decimal(355000), "吨")),
        ("grain_output", "level", "3", "公斤", (Decimal("0.003"), "吨")),
        ("high_standard_farmland", "level", "1", "公顷", (Decimal(15), "亩")),
        ("gdp", "level", "5", "美元", (Decimal(5), "美元")),  # no rate of exchange is in a unit
        ("population_growth", "level", "0.6", "%", (Decimal(6), "‰")),
        ("cpi", "growth", "103", "", (Decimal(3), "%")),
        ("cpi", "growth", "3", "%", (Decimal(3), "%")),
        ("new_jobs", "level", "20000", "个", (Decimal(20000), "人")),
    ],
)
def test_what_a_value_is_in_the_standard_unit(indicator: str, measure: str, value: str, unit: str, wanted: Any) -> None:
    assert Converter(load_lexicon()).convert(indicator, measure, Decimal(value), unit) == wanted


class TestFrames:
    def test_the_panel_is_a_frame(self, study: Path) -> None:
        frame = qjreport.panel(study, indicators=["gdp"])
        assert frame.columns == [column.name for column in PANEL]
        assert frame["value"].sum() > 0

    def test_wide(self, study: Path) -> None:
        frame = qjreport.panel(study, wide=True, indicators=["gdp", "cpi"], measures=["growth"])
        assert frame.columns[:4] == ["place", "place_code", "place_level", "year"]
        [row] = frame.filter((frame["place"] == "临枫市") & (frame["year"] == 2024)).rows(named=True)
        assert (row["gdp.growth.target"], row["gdp.growth.result"]) == (6, Decimal("5.2"))

    def test_the_track_is_a_frame(self, study: Path) -> None:
        frame = qjreport.track(study)
        assert frame.columns == [column.name for column in TRACK]


class TestCommands:
    def test_csv_and_the_same_bytes(self, run: Run, study: Path, tmp_path: Path) -> None:
        digests = set()
        for name in ("a.csv", "b.csv"):
            done = run("panel", study, "-o", name)
            assert done.returncode == 0, done.stderr
            digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
        assert len(digests) == 1
        rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"))))
        assert [row["value"] for row in find(rows, indicator="gdp", measure="level", year="2025", place="临枫市")] == [
            "128640000000"
        ]

    @pytest.mark.parametrize("command", ["panel", "track"])
    @pytest.mark.parametrize("ending", ["xlsx", "parquet", "sqlite", "jsonl"])
    def test_every_format_twice(self, run: Run, study: Path, tmp_path: Path, command: str, ending: str) -> None:
        for name in ("a", "b"):
            assert run(command, study, "-o", f"{name}.{ending}").returncode == 0
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()

    def test_what_is_in_the_files(self, run: Run, study: Path, tmp_path: Path) -> None:
        import polars as pl

        run("track", study, "-o", "t.parquet")
        run("track", study, "-o", "t.sqlite")
        frame = pl.read_parquet(tmp_path / "t.parquet")
        base = sqlite3.connect(tmp_path / "t.sqlite")
        counts = dict(base.execute("SELECT outcome, count(*) FROM track GROUP BY outcome"))
        base.close()
        assert counts == dict(frame.group_by("outcome").len().rows())

    def test_wide_workbook_has_matrix_evidence_and_charts(self, run: Run, study: Path, tmp_path: Path) -> None:
        import zipfile

        assert run("panel", study, "--wide", "--indicator", "gdp", "-o", "w.xlsx").returncode == 0
        with zipfile.ZipFile(tmp_path / "w.xlsx") as book:
            text = book.read("xl/workbook.xml").decode()
            charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        assert [f'name="{name}"' in text for name in ("matrix", "panel", "charts")] == [True] * 3
        assert len(charts) == 4  # two places, growth and level

    def test_chinese_heads(self, run: Run, study: Path, tmp_path: Path) -> None:
        run("track", study, "-o", "track.csv", "--headers", "zh", "--package")
        rows = list(csv.DictReader((tmp_path / "track.csv").read_text("utf-8-sig").splitlines()))
        assert {row["度量"] for row in rows} <= {"增速", "水平", "占比", "变化", "位次"}
        assert {row["完成情况"] for row in rows} <= {"完成", "未完成", "未报告", "缺报告", "不可比"}
        [resource] = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]
        assert [field["name"] for field in resource["schema"]["fields"]] == list(rows[0])
        assert set(resource["schema"]["primaryKey"]) <= set(rows[0])

    def test_a_place_without_reports(self, run: Run, study: Path) -> None:
        said = run("track", study, "--places", "临枫市,鼓楼区").stderr.decode()
        assert next(line for line in said.splitlines() if "no report of it" in line).startswith("qjreport: 鼓楼区: ")

    def test_package_and_citation(self, run: Run, study: Path, tmp_path: Path) -> None:
        run("panel", study, "-o", "panel.csv", "--package")
        run("track", study, "-o", "track.csv", "--package")
        package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
        assert [resource["path"] for resource in package["resources"]] == ["panel.csv", "track.csv"]
        fields = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
        assert fields == [column.name for column in PANEL]
        assert "cff-version" in (tmp_path / "CITATION.cff").read_text("utf-8")

    def test_charts_name_a_chinese_font_and_ask_for_nothing(self, run: Run, study: Path, tmp_path: Path) -> None:
        pytest.importorskip("altair", reason="needs the extra charts")
        pytest.importorskip("vl_convert", reason="needs the extra charts")
        done = run("panel", study, "--indicator", "gdp", "--measure", "growth", "--chart", "c", "-o", "p.csv")
        assert done.returncode == 0, done.stderr
        svg = (tmp_path / "c" / "gdp.growth.svg").read_text("utf-8")
        assert "临枫市" in svg
        assert "Noto Sans CJK SC" in svg
        assert "http" not in svg.replace("http://www.w3.org/", "")

    def test_indicators_of_a_file(self, run: Run, study: Path) -> None:
        done = run("panel", study, "--indicators", STUDY / "indicators.toml", "--indicator", "zone_gdp")
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
        assert [(row["year"], row["value"]) for row in rows] == [("2024", "9.6")]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--indicator", "loan"), "There is no indicator loan. Did you mean loans"),
            (("--measure", "size"), "There is no measure size."),
            (("--years", "20x"), "is no year and no range of years"),
            (("--years", "2020-2010"), "ends before it begins"),
            (("-o", "panel.doc"), "no format goes with this ending"),
            (("-f", "xlsx"), "xlsx goes to a file"),
            (("--chart", "c"), "--chart draws the indicators that --indicator names"),
            (("--wide", "--all"), "leave out --all"),
            (("--package",), "--package describes a file"),
        ],
    )
    def test_wrong_use(self, run: Run, study: Path, arguments: tuple[str, ...], said: str) -> None:
        done = run("panel", study, *arguments)
        assert (done.returncode, said in done.stderr.decode()) == (2, True), done.stderr

    @pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")
    def test_the_line_that_says_how_far_it_is(
        self, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTHONPATH", str(ROOT))
        command = [sys.executable, "-m", "qjreport", "panel", str(study), "--indicator", "gdp"]
        shown = read_terminal(command, tmp_path)
        assert "qjreport: reading the documents" in shown
        assert re.search(r"\x1b\[K\ufeff?place,place_code", shown)  # gone before the first row
        shown = read_terminal([*command, "-o", "panel.csv"], tmp_path)
        assert re.search(r"qjreport: writing \d+ rows\r\x1b\[Kqjreport: panel\.csv: \d+ rows", shown)

    def test_no_dataset(self, run: Run, tmp_path: Path) -> None:
        done = run("panel", tmp_path)
        assert (done.returncode, "holds no dataset" in done.stderr.decode()) == (1, True)


def test_a_rate_of_fall_is_a_decrease(tmp_path: Path) -> None:
    text = write_report(2024, "地区生产总值增长5.1%。", "今年主要预期目标是：单位地区生产总值能耗下降率不低于3.2%。")
    [row] = find(list(Study(make_reports(tmp_path, y2024=text)).list_panel()), indicator="energy_intensity", year=2024)
    assert (row["value"], row["measure"], row["bound"]) == (Decimal("-3.2"), "growth", ">=")
