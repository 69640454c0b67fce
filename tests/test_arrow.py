"""`qjreport.arrow`: the rows are those of `qjreport batch`, whatever the layout of the batches."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from archives import make_page, write
from batches import do_batch

pytest.importorskip("pyarrow", reason="needs the extra archive")

import pyarrow as pa

from qjreport import arrow
from qjreport.arrow import Limits, Settings, extract_batches, extract_table, find_duplicates, split_results
from qjreport.lexicon import LexiconError
from qjreport.writers.dataset_rows import TABLES
from qjreport.writers.parquet import read_parquet

PAGE = make_page(1)
TEXTS = [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
BYTES = [pa.binary(), pa.large_binary(), pa.binary_view(), pa.dictionary(pa.int8(), pa.binary())]


def fill_folder(folder: Path) -> Path:
    """Pages, two of them twice, whose natural order is that of their numbers; and what is no page."""
    for number in range(1, 13):
        write(folder / f"p/{number}.html", make_page(number))
    write(folder / "p-2/1.html", make_page(3))
    write(folder / "p/2/packed.html.gz", gzip.compress(make_page(40), mtime=0))
    long = "".join(f"<p>全年新建公路{number * 7}公里，改造校舍{number + 3}所。</p>" for number in range(90))
    other = "".join(f"<p>群众来信{number * 3}件，栽种果树{number}亩。</p>" for number in range(9))
    write(folder / "p/20.html", f"<h1>云汀区工作报告</h1>{long}".encode())
    write(folder / "p/100.html", f"<div>首页</div><h1>云汀区工作报告</h1>{long[:-400]}{other}".encode())
    write(folder / "p/style.css", b"p {}")
    write(folder / "p/empty.html", b"")
    write(folder / "p/report.htm", b"%PDF-1.4 " + b"0" * 80)
    write(folder / "p/large.html", PAGE + b" " * 70_000)
    return folder


def read_dataset(out: Path) -> dict[str, Any]:
    parts = {table: sorted((out / table).glob("part-*.parquet")) for table in TABLES}
    return {table: pa.concat_tables(map(read_parquet, paths)) for table, paths in parts.items()}


def list_inputs(folder: Path) -> Any:
    """A table of every file, in a mixed-up order."""
    paths = sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.name[::-1])
    return pa.table({"source": list(map(str, paths)), "content": [path.read_bytes() for path in paths]})


LIMITS = Limits(page=60_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_folder(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def dataset(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("out")
    do_batch(out, folder, settings=Settings(limits=LIMITS), shard=4)
    return read_dataset(out)


class TestSameRows:
    def test_results_give_the_dataset(self, folder: Path, dataset: dict[str, Any]) -> None:
        results = extract_batches(list_inputs(folder), "results", settings=Settings(limits=LIMITS), rows=50)
        tables = split_results(results)
        for name, table in dataset.items():
            assert tables[name].equals(table), name
            assert tables[name].schema.equals(table.schema)
        assert dataset["failures"]["error"].to_pylist().count("skipped") == 1
        assert len(set(dataset["failures"]["error"].to_pylist())) == 4
        similarities = dataset["documents"]["similarity"].drop_null().to_pylist()
        assert len(similarities) == 2
        assert {str(value) for value in similarities} > {"1.000"}

    def test_each_table_by_itself(self, folder: Path, dataset: dict[str, Any]) -> None:
        inputs = list_inputs(folder)
        for name, table in dataset.items():
            found = extract_table(inputs, name, settings=Settings(limits=LIMITS))
            assert found.schema.equals(getattr(arrow, name.upper()), check_metadata=True)
            left = [column for column in table.column_names if column not in ("duplicate_of", "similarity")]
            keys = [(column, "ascending") for column in left[:8]]
            assert found.select(left).sort_by(keys).equals(table.select(left).sort_by(keys)), name

    @pytest.mark.parametrize(("text", "data"), list(zip(TEXTS, BYTES, strict=True)), ids=str)
    def test_every_layout(self, text: Any, data: Any, folder: Path) -> None:
        inputs = list_inputs(folder)
        columns = [make_column(inputs[name], kind) for name, kind in (("source", text), ("content", data))]
        other = pa.table([*columns, make_column(inputs["source"], text)], names=["source", "content", "other"])
        assert extract_table(other).equals(extract_table(inputs))

    def test_anything_that_has_batches(self) -> None:
        table = pa.table({"source": ["a.html", "b.html"], "content": [PAGE, PAGE]})
        expected = extract_table(table)
        sources = [table.to_batches(max_chunksize=1), table.to_reader(), iter(table.to_batches())]
        for batches in [*sources, table.combine_chunks().to_batches()[0]]:
            assert extract_table(batches).equals(expected)

    def test_beside_gives_the_same(self) -> None:
        table = pa.table({"source": ["a.html", "b.html"], "content": [PAGE, b""]})
        for name in ("facts", "failures"):
            assert extract_table(table, name, supervised=True).equals(extract_table(table, name))


def make_column(column: Any, kind: Any) -> Any:
    return pa.chunked_array([pa.array(chunk.to_pylist(), kind) for chunk in column.chunks], kind)


class TestBatches:
    page = f"<p>{'，'.join(f'{name}增长{number}%' for number, name in enumerate('工农商林牧渔' * 50))}。</p>".encode()

    @pytest.mark.parametrize("table", ["facts", "documents", "failures", "results"])
    def test_no_batch_has_more_rows_than_asked_for(self, table: str) -> None:
        contents = [self.page, b"", PAGE, self.page, b"", b""]
        inputs = pa.table({"source": [f"{number}.html" for number in range(6)], "content": contents})
        batches = list(extract_batches(inputs, table, rows=2))
        assert max(batch.num_rows for batch in batches) == 2
        assert pa.Table.from_batches(batches).combine_chunks().equals(extract_table(inputs, table).combine_chunks())

    def test_rows_come_while_inputs_come(self) -> None:
        """Reads no further ahead than a batch."""
        asked = []

        def give() -> Any:
            for number in range(100):
                asked.append(number)
                yield pa.record_batch({"source": [f"{number}.html"], "content": [PAGE]})

        batches = extract_batches(give(), "documents", rows=3)
        assert next(batches).column("source").to_pylist() == ["0.html", "1.html", "2.html"]
        assert asked == [0, 1, 2]

    def test_no_input_gives_no_row(self) -> None:
        assert list(extract_batches([])) == []
        assert extract_table([]).schema.equals(arrow.FACTS)
        assert [table.num_rows for table in split_results([]).values()] == [0, 0, 0]


class TestBadInput:
    def test_null_content_is_a_failure(self) -> None:
        inputs = pa.table({"source": ["a.html", "b.html"], "content": [None, PAGE], "url": ["http://x/", None]})
        [row] = extract_table(inputs, "failures").to_pylist()
        assert (row["source"], row["error"], row["url"]) == ("a.html", "unreadable", "http://x/")
        assert "content" in row["message"]
        assert extract_table(inputs, "documents").num_rows == 1

    @pytest.mark.parametrize(
        ("columns", "error", "said"),
        [
            ({"path": ["a"], "content": [b""]}, ValueError, "no column named source.*path, content"),
            ({"source": ["a"], "bytes": [b""]}, ValueError, "no column named content"),
            ({"source": [None], "content": [b""]}, ValueError, "column source is null in row 0"),
            ({"source": ["a"], "content": ["text"]}, TypeError, "column content has the type string, not binary"),
            ({"source": [7], "content": [b""]}, TypeError, "column source has the type int64"),
            ({"source": ["a"], "content": [b""], "captured": [2024]}, TypeError, "column captured"),
            (
                {"source": ["a"], "content": [b""], "failure": [{"error": "x"}]},
                TypeError,
                "column failure is no struct",
            ),
        ],
    )
    def test_a_column_that_cannot_be_used_is_named(
        self, columns: dict[str, Any], error: type[Exception], said: str
    ) -> None:
        with pytest.raises(error, match=said):
            extract_table(pa.table(columns))

    @pytest.mark.parametrize(
        ("settings", "error"),
        [
            (Settings(encoding="gb0000"), LookupError),
            (Settings(reader="lynx"), LookupError),
            (Settings(words=(("more.toml", b"="),)), LexiconError),
        ],
    )
    def test_settings_are_looked_at_before_any_page(self, settings: Settings, error: type[Exception]) -> None:
        with pytest.raises(error):
            extract_batches([], settings=settings)

    def test_arguments(self) -> None:
        with pytest.raises(ValueError, match="no table 'fact'; there are facts, documents, failures, results"):
            extract_batches([], "fact")
        with pytest.raises(ValueError, match="rows is 0"):
            extract_batches([], rows=0)

    def test_settings_count(self) -> None:
        page = "<p>全年新建驿站3座，办理提案459件。</p>".encode("utf-16-le")
        inputs = pa.table({"source": ["a.html"], "content": [page]})
        for encoding, facts in (("utf-16-le", 2), ("latin-1", 0)):
            assert extract_table(inputs, settings=Settings(encoding=encoding)).num_rows == facts


class TestDuplicates:
    def test_the_first_is_the_original_in_any_order(self) -> None:
        names = ["9.html", "10.html", "8.html"]
        inputs = pa.table({"source": names, "content": [PAGE] * 3})
        rows = split_results(extract_batches(inputs, "results"))["documents"].to_pylist()
        assert [(row["source"], row["duplicate_of"]) for row in rows] == [
            ("8.html", None),
            ("9.html", rows[0]["id"]),
            ("10.html", rows[0]["id"]),
        ]
        rows = split_results(extract_batches(inputs, "results"), names)["documents"].to_pylist()
        assert [(row["source"], row["duplicate_of"] is None) for row in rows] == list(
            zip(names, [True, False, False], strict=True)
        )

    def test_an_input_twice_is_refused(self) -> None:
        results = extract_table(pa.table({"source": ["a.html"] * 2, "content": [PAGE] * 2}), "results")
        with pytest.raises(ValueError, match="1 sources are there twice"):
            split_results(results)
        document = {
            name: pa.array([row[name] for row in results["document"].to_pylist()])
            for name in ("id", "source", "text_sha256")
        }
        more = {name: results[name].combine_chunks() for name in ("shingles", "signature")}
        with pytest.raises(ValueError, match=r"a\.html is there twice"):
            find_duplicates(pa.table(document | more))

    def test_what_is_missing_is_named(self) -> None:
        inputs = pa.table({"source": ["a.html"], "content": [PAGE]})
        with pytest.raises(ValueError, match="no column named shingles"):
            find_duplicates(extract_table(inputs, "documents"))
        results = extract_table(inputs, "results")
        with pytest.raises(ValueError, match=r"a\.html is not in the order"):
            split_results(results, ["b.html"])


def test_without_pyarrow_the_extra_is_named() -> None:
    program = "import sys; sys.modules['pyarrow'] = None; from qjreport.arrow import FACTS"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 1
    assert "pyarrow is not installed; " in done.stderr and '"qjreport[archive]" brings it' in done.stderr


def test_there_is_no_other_constant() -> None:
    assert {"FACTS", "RESULTS"} <= set(dir(arrow))
    with pytest.raises(AttributeError, match="FACT'"):
        _ = arrow.FACT
