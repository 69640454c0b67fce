"""Facts as data frames, the facts of any text, and many pages at once."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLES, make_fact, make_report

import qjreport
from qjreport.sources import SourceError
from qjreport.writers.fact_columns import COLUMNS
from qjreport.writers.frames import find_days

REPORT = make_report(
    facts=(
        make_fact(value=Decimal("5.30"), change=Decimal("-5.30"), kind="decrease", period="2024-02"),
        make_fact(value=Decimal("1E+30"), period=None, status="target", exact="1/3", item="提\ud800案"),
        make_fact(value=Decimal(3), value_to=Decimal(5), period="2021-2025", doubts=("item.short",)),
    )
)


class TestPandas:
    @pytest.fixture
    def frame(self) -> Any:
        pytest.importorskip("pandas", reason="needs the extra pandas")
        return REPORT.to_frame()

    def test_types(self, frame: Any) -> None:
        types = {name: str(kind) for name, kind in frame.dtypes.items()}
        assert {types[name] for name in ("amount", "value", "value_to", "change")} == {"float64"}
        assert {types[name] for name in ("area", "unit", "kind", "status", "bound")} == {"category"}
        assert types["period_start"].startswith("datetime64") and types["period_end"].startswith("datetime64")
        assert (types["year"], types["block"]) == ("Int32", "int64")
        assert [name for name in types if name in {column.name for column in COLUMNS}] == [
            column.name for column in COLUMNS
        ]

    def test_floats_stand_beside_exact_decimals(self, frame: Any) -> None:
        assert frame["amount"].tolist() == [-5.3, 1e30, 3.0]
        assert frame["value_exact"].tolist() == [Decimal("5.30"), Decimal("1E+30"), Decimal(3)]
        assert str(frame["value_exact"][0]) == "5.30"
        assert frame["amount"].sum() == pytest.approx(1e30)

    def test_dates(self, frame: Any) -> None:
        assert [str(day)[:10] for day in frame["period_start"]] == ["2024-02-01", "NaT", "2021-01-01"]
        assert [str(day)[:10] for day in frame["period_end"]] == ["2024-02-29", "NaT", "2025-12-31"]

    def test_categories_of_words_are_all_of_them(self, frame: Any) -> None:
        assert list(frame["status"].cat.categories) == ["actual", "target"]
        assert frame["status"].tolist() == ["actual", "target", "actual"]

    def test_many_reports_and_none(self, frame: Any) -> None:
        reports = [qjreport.extract(sample) for sample in SAMPLES]
        assert len(qjreport.to_frame(reports)) == sum(len(report.facts) for report in reports)
        empty = qjreport.to_frame([])
        assert (len(empty), list(empty)) == (0, list(frame))
        assert str(empty["amount"].dtype) == "float64"


class TestPolars:
    def test_types_and_values(self) -> None:
        pl = pytest.importorskip("polars", reason="needs the extra polars")
        frame = qjreport.to_frame([REPORT, make_report()], library="polars")
        assert (frame.schema["amount"], frame.schema["period_start"], frame.schema["year"]) == (
            pl.Float64, pl.Date, pl.Int32
        )  # fmt: skip
        assert frame["amount"].to_list() == [-5.3, 1e30, 3.0, 459.0]
        assert frame["value_exact"].to_list() == [Decimal("5.3"), None, Decimal(3), Decimal(459)]  # 38 digits
        assert frame["item"].to_list()[1] == "提?案"
        assert frame.filter(pl.col("status") == "target").height == 1
        assert qjreport.to_frame([], library="polars").columns == frame.columns


class TestMistakes:
    def test_another_library(self) -> None:
        with pytest.raises(ValueError, match="pandas, polars"):
            qjreport.to_frame([], library="dask")

    def test_no_report(self) -> None:
        pytest.importorskip("pandas", reason="needs the extra pandas")
        with pytest.raises(TypeError, match="a report is wanted, not str"):
            qjreport.to_frame(["facts.csv"])  # type: ignore[list-item]

    @pytest.mark.parametrize("library", ["pandas", "polars"])
    def test_a_missing_library_names_its_extra(self, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, library, None)
        with pytest.raises(ImportError, match=rf'pip install "qjreport\[{library}\]"'):
            qjreport.to_frame([], library=library)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2021-2025", "2021-01-01", "2025-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-01/2024-06", "2024-01-01", "2024-06-30"),
        ("2023-11/2024-02", "2023-11-01", "2024-02-29"),
        ("2024-06-30", "2024-06-30", "2024-06-30"),
    ],
)
def test_days_of_a_period(period: str, first: str, last: str) -> None:
    assert find_days(period) == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize("period", [None, "", "0000", "2024-13", "soon"])
def test_what_is_no_period_has_no_days(period: str | None) -> None:
    assert find_days(period) == (None, None)


class TestFactsOfAnyText:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("新增就业3.2万人，增长5%", [("32000", "人", "level", "2024"), ("5", "%", "increase", "2024")]),
            ("占比为93%", [("93", "%", "level", "2024")]),
            ("第一，走访企业30家", [("30", "家", "level", "2024")]),
            ("2022年游客12万人次\n2023年7家", [("120000", "人次", "level", "2022"), ("7", "家", "level", "2023")]),
            ("没有数字", []),
            ("", []),
        ],
    )  # fmt: skip
    def test_read(self, text: str, found: list[tuple[str, ...]]) -> None:
        facts = qjreport.read_facts(text, year=2024)
        assert [(str(fact.value), fact.unit, fact.kind, fact.period) for fact in facts] == found

    def test_mistakes(self) -> None:
        with pytest.raises(TypeError, match="must be a str"):
            qjreport.read_facts("占比为93%".encode())  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="year must be an int"):
            qjreport.read_facts("占比为93%", year="2024")  # type: ignore[arg-type]


class TestManyPages:
    @pytest.mark.parametrize("jobs", [1, 2])
    def test_every_page_gives_its_report(self, jobs: int) -> None:
        found = {report.source.name: report for report in qjreport.extract_many(SAMPLES, jobs=jobs)}
        assert found == {str(sample): qjreport.extract(sample) for sample in SAMPLES}

    def test_words_of_a_lexicon_reach_the_processes(self) -> None:
        lexicon = qjreport.load_lexicon(ROOT / "samples" / "lexicon.toml")
        [report] = qjreport.extract_many(SAMPLES[:1], jobs=2, lexicon=lexicon)
        assert report.tool.lexicon == lexicon.digest

    @pytest.mark.parametrize("jobs", [1, 2])
    def test_a_page_that_fails(self, tmp_path: Path, jobs: int) -> None:
        missing = tmp_path / "missing.html"
        with pytest.raises(SourceError, match=r"missing\.html"):
            list(qjreport.extract_many([missing], jobs=jobs))
        failed: list[tuple[object, str]] = []
        reports = qjreport.extract_many(
            [missing, SAMPLES[0]], jobs=jobs, on_error=lambda path, error: failed.append((path, type(error).__name__))
        )
        assert [report.source.name for report in reports] == [str(SAMPLES[0])]
        assert failed == [(missing, "SourceError")]

    def test_no_list_is_read_ahead(self) -> None:
        asked = 0

        def name_pages() -> Iterator[Path]:
            nonlocal asked
            for _ in range(10_000):
                asked += 1
                yield SAMPLES[0]

        reports = qjreport.extract_many(name_pages(), jobs=2)
        next(reports)
        reports.close()  # type: ignore[attr-defined]
        assert asked <= 8

    def test_mistakes(self) -> None:
        with pytest.raises(TypeError, match="several"):
            qjreport.extract_many("page.html")
        with pytest.raises(ValueError, match="1 or more"):
            qjreport.extract_many([], jobs=0)

    def test_a_script_without_a_guard_reads_in_processes(self, tmp_path: Path) -> None:
        script = tmp_path / "script.py"
        script.write_text(
            f"import sys\nfrom qjreport import extract_many\nprint(sys.modules['__main__'].__file__)\n"
            f"print(len(list(extract_many({[str(path) for path in SAMPLES]!r}, jobs=2))))\n"
            f"print(sys.modules['__main__'].__file__)\n"
        )
        done = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True)
        assert done.stdout.split() == [str(script), str(len(SAMPLES)), str(script)], done.stderr
