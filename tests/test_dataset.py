"""The dataset and its exports: types, descriptions, exact digits, one file each."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
import zipfile
from contextlib import closing
from decimal import Decimal
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
from archives import make_page, make_zip, write
from click.testing import CliRunner
from conftest import ROOT, make_fact, make_report

pa = pytest.importorskip("pyarrow", reason="needs the extra archive")

from qjreport.batch.request import Request  # noqa: E402
from qjreport.batch.run import run_batch  # noqa: E402
from qjreport.commands import progress  # noqa: E402
from qjreport.commands.progress import Progress  # noqa: E402
from qjreport.commands.root import root  # noqa: E402
from qjreport.writers import parquet, workbook  # noqa: E402
from qjreport.writers.dataset_rows import (  # noqa: E402
    TABLES,
    build_document,
    build_facts,
    gather_blocks,
)
from qjreport.writers.fact_columns import COLUMNS  # noqa: E402
from qjreport.writers.parquet import (  # noqa: E402
    MissingLibraryError,
    build_schema,
    build_table,
    load_library,
    read_parquet,
    say_install,
)

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    pages = {f"{number}.html": make_page(number) for number in range(1, 8)}
    exact = "<h1>墨河市工作报告</h1><p>污水处理率5.30%，总产值达1234567890123456.25元。</p>".encode()
    write(
        folder / "p.zip", make_zip({**pages, "8.html": exact, "9.css": b"", "1-again.html": make_page(1) + b"<p></p>"})
    )
    run_batch(Request(paths=(str(folder / "p.zip"),), out=folder / "out", jobs=0, shard=3), Progress())
    return folder / "out"


def export(*args: object) -> bytes:
    done = CliRunner().invoke(root, ["export", *map(str, args)])
    assert done.exit_code == 0, done.output
    return done.stdout_bytes


def read_all(dataset: Path, table: str) -> list[dict[str, Any]]:
    return [row for path in sorted(dataset.glob(f"{table}/*.parquet")) for row in read_parquet(path).to_pylist()]


class TestSchema:
    @pytest.mark.parametrize("table", TABLES)
    def test_files_have_types_and_descriptions(self, dataset: Path, table: str) -> None:
        for path in dataset.glob(f"{table}/*.parquet"):
            schema = read_parquet(path).schema
            assert schema.metadata[b"qjreport.schema"] == f"qjreport/dataset/1#{table}".encode()
            assert {b"qjreport.version", b"qjreport.lexicon"} <= set(schema.metadata)
            assert schema.names == [column.name for column in TABLES[table]]
            for field, column in zip(schema, TABLES[table], strict=True):
                assert field.metadata[b"description"].decode() == column.description
                assert field.type == build_schema(table).field(field.name).type

    def test_data_package(self, dataset: Path) -> None:
        package = json.loads((dataset / "datapackage.json").read_bytes())
        assert [resource["name"] for resource in package["resources"]] == ["documents", "facts", "failures"]
        for resource in package["resources"]:
            paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
            assert sum(read_parquet(dataset / path).num_rows for path in paths) == resource["rows"]
            assert all(field["description"] for field in resource["schema"]["fields"])
        assert package["resources"][1]["schema"]["foreignKeys"][0]["reference"]["resource"] == "documents"

    def test_no_two_columns_of_a_name_and_all_chinese(self) -> None:
        for columns in TABLES.values():
            assert (
                len({column.name for column in columns}) == len({column.chinese for column in columns}) == len(columns)
            )

    @pytest.mark.parametrize("table", TABLES)
    def test_docs_list_the_columns(self, table: str) -> None:
        text = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
        known = {column.name for column in COLUMNS}
        for column in TABLES[table]:
            if table == "facts" and column.name in known:
                continue  # docs/output.md has those
            assert f"| `{column.name}` | {column.chinese} | {column.description} |" in text


class TestRows:
    def test_exact_digits(self) -> None:
        values = [Decimal("5.30"), Decimal("1E+5"), Decimal("1E+30"), Decimal("0.0000000000001")]
        report = make_report(facts=tuple(make_fact(value=value) for value in values))
        rows = build_table("facts", build_facts("d", report)).to_pylist()
        assert [row["value_text"] for row in rows] == ["5.30", "100000", "1" + "0" * 30, "0.0000000000001"]
        assert [row["value"] for row in rows] == [Decimal("5.3"), Decimal(100000), None, None]
        assert [row["amount"] for row in rows] == [5.3, 1e5, 1e30, 1e-13]

    def test_half_a_surrogate_pair(self) -> None:
        report = make_report(facts=(make_fact(item="提\ud800案"),))
        assert build_table("facts", build_facts("d", report)).to_pylist()[0]["item"] == "提?案"

    def test_document_row_has_every_column(self) -> None:
        row = build_document("d", make_report(), None, None, None, 0)
        [plain] = build_table("documents", [row]).to_pylist()
        assert plain["source"] == "page.html"
        assert (plain["numbers"], plain["fact_numbers"], plain["ordinal_numbers"], plain["unread_numbers"]) == (
            5,
            1,
            2,
            1,
        )
        assert plain["diagnostics"] == "share-mismatch"

    def test_missing_library_names_its_extra(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
        with pytest.raises(MissingLibraryError, match=r'pip install .*"qjreport\[archive\]" brings it'):
            load_library("pyarrow", "archive")
        done = CliRunner().invoke(root, ["batch", str(tmp_path), "-o", str(tmp_path / "out")])
        assert done.exit_code == 1
        assert '"qjreport[archive]" brings it' in done.output

    def test_what_installs_an_extra_depends_on_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each of these was tried: pip in a wheel's and in an editable environment, uv's, which has no pip."""
        monkeypatch.setattr("importlib.metadata.distribution", lambda _: object())
        monkeypatch.setattr("importlib.util.find_spec", lambda _: object())
        assert say_install("excel") == f'{sys.executable} -m pip install "qjreport[excel]"'
        monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
        assert say_install("excel") == f'uv pip install --python {sys.executable} "qjreport[excel]"'

    def test_what_installs_an_extra_for_a_checkout_that_is_not_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def lack(name: str) -> None:
            raise PackageNotFoundError(name)

        monkeypatch.setattr("importlib.metadata.distribution", lack)
        assert say_install("excel").endswith(f'-e "{ROOT}[excel]"')


class TestExport:
    def test_csv_is_that_of_extract(self, dataset: Path, tmp_path: Path) -> None:
        address = f"{dataset.parent / 'p.zip'}!8.html"
        extracted = CliRunner().invoke(root, ["extract", address, "--format", "csv"]).stdout_bytes.splitlines()
        exported = export(dataset).splitlines()
        assert exported[0] == extracted[0]
        assert [line for line in exported if f",{address},".encode() in line] == extracted[1:]
        assert any(b",5.30," in line for line in exported)
        export(dataset, "-q", "-o", tmp_path / "facts.csv")
        assert (tmp_path / "facts.csv").read_bytes()[3:].splitlines() == exported

    def test_chinese_heads_and_other_tables(self, dataset: Path) -> None:
        rows = list(csv.reader(io.StringIO(export(dataset, "--headers", "zh", "--table", "failures").decode())))
        assert rows[0][:3] == ["编号", "来源文件", "阶段"]
        assert rows[1][3] == "skipped"

    def test_json_lines(self, dataset: Path) -> None:
        lines = export(dataset, "-f", "jsonl").splitlines()
        facts = read_all(dataset, "facts")
        assert len(lines) == len(facts)
        plain = [json.loads(line, parse_float=Decimal) for line in lines]
        assert [row["document"] for row in plain] == [row["document"] for row in facts]
        assert b'"value":5.30,' in b"".join(lines)

    def test_unique(self, dataset: Path) -> None:
        whole = export(dataset, "-f", "jsonl", "--table", "documents").splitlines()
        unique = export(dataset, "-f", "jsonl", "--table", "documents", "--unique").splitlines()
        assert len(whole) - len(unique) == 1

    def test_sqlite(self, dataset: Path, tmp_path: Path) -> None:
        export(dataset, "-q", "-o", tmp_path / "facts.sqlite")
        with closing(sqlite3.connect(tmp_path / "facts.sqlite")) as base:
            for table in TABLES:
                assert base.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == len(read_all(dataset, table))
            query = "SELECT value, typeof(value) FROM facts JOIN documents ON documents.id = document WHERE value = 5.3"
            assert base.execute(query).fetchall() == [(5.3, "real")]
            assert base.execute("SELECT value FROM facts WHERE typeof(value) = 'text'").fetchall() == [
                ("1234567890123456.25",)
            ]
            query = "SELECT count(*) FROM facts WHERE exact IS NULL AND typeof(value_to) = 'null'"
            assert base.execute(query).fetchone() == (len(read_all(dataset, "facts")),)
            indexes = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
            assert {"facts_document", "facts_item", "documents_area"} <= indexes

    @pytest.mark.parametrize("headers", ["en", "zh"])
    def test_workbook(self, dataset: Path, tmp_path: Path, headers: str) -> None:
        pytest.importorskip("xlsxwriter", reason="needs the extra excel")
        export(dataset, "-q", "-o", tmp_path / "facts.xlsx", "--headers", headers)
        with zipfile.ZipFile(tmp_path / "facts.xlsx") as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            names = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
            assert names == (["事实", "文档", "失败"] if headers == "zh" else ["facts", "documents", "failures"])
            assert "来源文件" in sheet if headers == "zh" else "source" in sheet
        assert 'state="frozen"' in sheet
        rows = re.findall(r"<row r=.*?</row>", sheet, re.S)
        assert len(rows) == 1 + len(read_all(dataset, "facts"))
        assert re.search(r"<v>5\.30?</v>", sheet)  # a number
        assert "<t>1234567890123456.25</t>" in sheet  # more digits than Excel has
        assert "<f>" not in sheet  # no formula

    def test_columns_are_picked_and_ordered(self, dataset: Path, tmp_path: Path) -> None:
        rows = list(csv.reader(io.StringIO(export(dataset, "--columns", "单位,amount", "--headers", "zh").decode())))
        assert rows[0] == ["单位", "数量"]
        assert ["%", "5.30"] in rows
        assert len(rows) == 1 + len(read_all(dataset, "facts"))
        done = CliRunner().invoke(root, ["export", str(dataset), "--columns", "itm", "-f", "csv"])
        assert (done.exit_code, "did you mean item" in done.stderr) == (2, True)

    def test_a_large_one_shows_its_rows_and_says_what_to_take(
        self, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pytest.importorskip("xlsxwriter", reason="needs the extra excel")
        for module, name, value in (
            (progress, "MANY_ROWS", 1),
            (progress, "EVERY", 0.0),
            (workbook, "MANY_ROWS", 1),
        ):
            monkeypatch.setattr(module, name, value)
        args = ["export", str(dataset), "-o", str(tmp_path / "facts.xlsx")]
        said = CliRunner().invoke(root, args).stderr
        assert "opens slowly, or not at all. Take -o facts.sqlite" in said
        total = sum(len(read_all(dataset, table)) for table in TABLES)
        assert f"{total} of {total} rows are written" in said
        assert CliRunner().invoke(root, [*args, "-q"]).stderr == ""

    def test_a_table_longer_than_a_sheet(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("xlsxwriter", reason="needs the extra excel")
        monkeypatch.setattr(workbook, "MOST_ROWS", 4)
        rows = [dict.fromkeys((column.name for column in TABLES["failures"]), "x") for _ in range(7)]
        with (tmp_path / "a.xlsx").open("wb") as stream:
            blocks = gather_blocks(rows, list(rows[0]))
            workbook.write_workbook(stream, {"failures": (TABLES["failures"], blocks)})
        with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
            assert len([name for name in book.namelist() if "worksheets/sheet" in name]) == 3

    def test_wrong_usage(self, dataset: Path, tmp_path: Path) -> None:
        for args in (
            ["-o", "x.doc"],
            ["-f", "xlsx"],
            ["-f", "jsonl", "--headers", "zh"],
            ["-f", "jsonl", "--bom", "never"],
        ):
            assert CliRunner().invoke(root, ["export", str(dataset), *args]).exit_code == 2
        assert CliRunner().invoke(root, ["export", str(tmp_path)]).exit_code == 1


def test_schema_is_built_without_the_lexicon() -> None:
    """Schemas are constants: whoever reads a dataset needs no stage."""
    assert parquet.build_schema("facts") is parquet.build_schema("facts")
