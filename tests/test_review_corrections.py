"""corrections.json: what it may hold, its schema, and what becomes of it in tables, reports, datasets and workbooks."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import batches
import jsonschema
import msgspec
import pytest
from batches import do_batch
from click.testing import CliRunner, Result
from conftest import SAMPLES, make_fact, make_report
from reviews import PAGE, make_corrections, make_entry, make_number, make_sample

import qjreport
from qjreport.commands.root import root
from qjreport.lexicon import load_lexicon
from qjreport.model import Report
from qjreport.review.apply import Applied, Corrector, Row, Text, name_fact
from qjreport.review.corrections import (
    FIELDS,
    Corrections,
    CorrectionsError,
    Entry,
    Reviewed,
    list_latest,
    parse_corrections,
    write_corrections,
)
from qjreport.review.schema import DESCRIPTIONS, build_corrections_schema
from qjreport.writers.csv_tsv import BOM, write_facts, write_header
from qjreport.writers.fact_columns import name_columns
from qjreport.writers.jsons import write_json, write_json_line
from qjreport.writers.schema import build_report_schema

EDIT = make_entry("edited", new={"item": "委员提案", "value": Decimal("4.60"), "unit": "万元", "kind": "decrease"})
SAMPLE = Path("samples") / "corrections.json"


class TestFile:
    def test_what_is_written_is_read_again(self) -> None:
        made = make_corrections(EDIT, make_number("missed", new={"item": "号", "value": Decimal(7)}))
        assert parse_corrections(write_corrections(made)) == made
        assert b'"value": 4.60' in write_corrections(made)

    def test_fields_of_a_newer_page_are_passed_over(self) -> None:
        plain = json.loads(write_corrections(make_corrections(EDIT)))
        plain["mood"] = plain["entries"][0]["mood"] = "good"
        assert parse_corrections(json.dumps(plain).encode()) == make_corrections(EDIT)

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"\xff", "is no JSON"),
            (b"[]", "its schema is None"),
            (b'{"schema": "qjreport/corrections/9"}', "is of the version qjreport/corrections/9"),
            (b'{"schema": "qjreport/corrections/1"}', "missing required field `tool`"),
        ],
    )
    def test_what_is_no_file_of_corrections(self, data: bytes, said: str) -> None:
        with pytest.raises(CorrectionsError, match=said):
            parse_corrections(data)

    @pytest.mark.parametrize(
        ("entry", "said"),
        [
            (make_entry(document=1), r"entries\[0\]: there is no document 1"),
            (make_entry("missed"), "a fact is never 'missed', but right or wrong or edited"),
            (make_entry(stratum=0), "there is no stratum 0"),
            (make_entry(start=9), "block 1, 9 to 8 is no place"),
        ],
    )
    def test_judgements_that_make_no_sense(self, entry: Entry, said: str) -> None:
        with pytest.raises(CorrectionsError, match=said):
            parse_corrections(write_corrections(make_corrections(entry)))

    def test_a_number_is_in_no_stratum_of_facts(self) -> None:
        made = make_corrections(make_number(stratum=0), sample=make_sample(("facts", 10, 1)))
        with pytest.raises(CorrectionsError, match="one of facts, and the entry about a non_fact"):
            parse_corrections(write_corrections(made))

    @pytest.mark.parametrize(
        ("name", "value", "said"),
        [
            ("bound", "≥", r"Invalid enum value '≥' in entries\[0\].fields.bound"),
            ("value", "viel", r"in entries\[0\].fields.value"),
            ("items", "x", "unknown field `items`"),
        ],
    )
    def test_values_that_no_fact_has(self, name: str, value: str, said: str) -> None:
        plain = json.loads(write_corrections(make_corrections(EDIT)))
        plain["entries"][0]["fields"][name] = value
        with pytest.raises(CorrectionsError, match=said):
            parse_corrections(json.dumps(plain).encode())

    def test_the_last_judgement_of_a_thing_counts(self) -> None:
        entries = [make_entry(), make_number(), make_entry("wrong"), make_entry(document=1)]
        assert list_latest(entries) == [1, 2, 3]


class TestSchema:
    def test_it_is_one_and_says_what_everything_means(self) -> None:
        schema = build_corrections_schema()
        jsonschema.Draft202012Validator.check_schema(schema)
        for name, definition in schema["$defs"].items():
            assert definition["properties"].keys() == DESCRIPTIONS[name].keys()
        assert set(schema["$defs"]["Values"]["properties"]) == set(FIELDS)

    def test_what_is_written_is_valid(self) -> None:
        made = make_corrections(EDIT, make_number(stratum=0), sample=make_sample(("non_facts", 10, 1)))
        jsonschema.validate(json.loads(write_corrections(made)), build_corrections_schema())

    @pytest.mark.parametrize(
        ("change", "wrong"),
        [
            ({"of": "selection"}, "right"),
            ({"of": "fact", "verdict": "missed"}, "missed"),
            ({"fields": {"items": "x"}}, "items"),
        ],
    )
    def test_what_the_tool_refuses_is_not(self, change: dict[str, object], wrong: str) -> None:
        plain = json.loads(write_corrections(make_corrections(make_entry())))
        plain["entries"][0] |= change
        with pytest.raises(jsonschema.ValidationError, match=wrong):
            jsonschema.validate(plain, build_corrections_schema())

    def test_the_command_prints_it(self) -> None:
        shown = CliRunner().invoke(root, ["schema", "--corrections"])
        assert json.loads(shown.stdout) == build_corrections_schema()
        assert CliRunner().invoke(root, ["schema", "--corrections", "--table"]).exit_code == 2


def correct(report: Report, *entries: Entry, **fields: Any) -> tuple[list[Row], Applied]:
    corrector = Corrector(make_corrections(*entries, **fields), load_lexicon())
    facts = json.loads(write_json(report), parse_float=Decimal)["facts"]
    text = Text(blocks=[block.text for block in report.blocks])
    rows = corrector.correct(report.source.name, report.source.sha256, [Row(fact) for fact in facts], text)
    return rows, corrector.finish()


def show(rows: list[Row]) -> list[tuple[Any, ...]]:
    return [(row.get("quote"), row.get("item"), str(row.get("value"))) for row in rows]


TWICE = make_report(  # one quote that is two facts, as 增长5%和6% of two things may be
    facts=(make_fact(id="a", item="提案"), make_fact(id="b", item="建议"), make_fact(id="c", item="信息", end=9)),
)


class TestMatching:
    def test_an_edit_and_what_follows_from_it(self) -> None:
        report = make_report(facts=(make_fact(exact="1/3"),))
        [row], done = correct(report, EDIT)
        got = {
            name: row.get(name) for name in ("id", "item", "value", "change", "unit", "dimension", "exact", "period")
        }
        assert got == {
            "id": "f0000001",
            "item": "委员提案",
            "value": Decimal("4.60"),
            "change": Decimal("-4.60"),
            "unit": "万元",
            "dimension": "money",
            "exact": None,
            "period": "2024",
        }
        assert (done.edited, done.left) == (1, [])

    def test_what_is_wrong_goes(self) -> None:
        rows, done = correct(make_report(), make_entry("wrong"))
        assert (rows, done.removed) == ([], 1)

    def test_another_extraction_gives_another_id(self) -> None:
        rows, done = correct(make_report(facts=(make_fact(id="new"),)), EDIT)
        assert show(rows) == [("459件", "委员提案", "4.60")]
        assert done.left == []

    def test_a_sentence_that_is_cut_in_another_place(self) -> None:
        longer = make_fact(id="new", sentence="区政协履职尽责，提交提案459件。")
        rows, _ = correct(make_report(facts=(longer,)), EDIT)
        assert show(rows) == [("459件", "委员提案", "4.60")]

    @pytest.mark.parametrize(("item", "found"), [("提案", "a"), ("建议", "b")])
    def test_a_quote_that_is_two_facts(self, item: str, found: str) -> None:
        entry = make_entry("edited", "gone", was={"item": item}, new={"period": "2023"})
        rows, _ = correct(TWICE, entry)
        assert [row.get("id") for row in rows if row.get("period") == "2023"] == [found]

    @pytest.mark.parametrize(
        ("entry", "why"),
        [
            (make_entry("wrong", "gone", quote="460件"), "no fact has this quote in this sentence"),
            (make_entry("wrong", "gone", sentence="收到提案459件。"), "no fact has this quote in this sentence"),
            (make_entry("wrong", "gone", was={}), "2 facts have this quote in this sentence"),
            (make_entry("right", "a", was={"item": "议案"}), "was right, and reads otherwise now: item"),
            (make_number("missed", new={"item": "号"}), "is a fact that was missed, and has no value"),
            (make_number("right", block=1, start=4, end=8, quote="459件"), "is read as one now"),
            (
                make_number("missed", sentence="已无此句7a", block=9, new={"item": "号", "value": Decimal(7)}),
                "its sentence does not stand in the report",
            ),
        ],
    )
    def test_what_does_not_fit_is_listed_and_changes_nothing(self, entry: Entry, why: str) -> None:
        rows, done = correct(TWICE, entry)
        assert show(rows) == [("459件", "提案", "459"), ("459件", "建议", "459"), ("459件", "信息", "459")]
        assert [why in left.why for left in done.left] == [True]

    def test_a_report_that_is_not_there_is_listed(self) -> None:
        other = (Reviewed(source="other.html"),)
        _, done = correct(make_report(), make_entry(), documents=other)
        assert [left.why for left in done.left] == ["there is no other.html in it"]

    def test_two_judgements_of_a_fact_that_was_two(self) -> None:
        _, done = correct(make_report(), make_entry(fact="x"), make_entry("wrong", fact="y"))
        assert [left.why[:37] for left in done.left] == ["another judgement is about the same f"]

    @pytest.mark.parametrize(
        ("source", "sha256", "found"),
        [
            ("page.html", "0" * 64, 0),
            ("moved/to.html", "0" * 64, 0),  # the same bytes
            ("page.html", "1" * 64, 0),  # saved again
            ("elsewhere/page.html", None, 0),  # a table says nothing of bytes
            ("elsewhere/page.html", "1" * 64, None),
            ("b.html", "2" * 64, 2),  # of two that have the same bytes the one of that name
        ],
    )
    def test_which_report_a_document_is(self, source: str, sha256: str | None, found: int | None) -> None:
        documents = (PAGE, Reviewed(source="a.html", sha256="2" * 64), Reviewed(source="b.html", sha256="2" * 64))
        corrector = Corrector(make_corrections(documents=documents), load_lexicon())
        assert corrector.find_document(source, sha256) == found

    def test_a_fact_that_was_missed_stands_where_it_is_in_the_text(self) -> None:
        first, last = make_fact(id="first", block=0), make_fact(id="last", block=3)
        missed = make_number("missed", new={"item": "会议", "value": Decimal(7), "unit": "次", "kind": "increase"})
        rows, done = correct(make_report(facts=(first, last)), missed)
        assert show(rows)[1] == ("7a", "会议", "7")
        assert [rows[1].get(name) for name in ("bound", "status", "change", "dimension", "period")] == [
            *("=", "actual", Decimal(7), "count", None)
        ]
        assert done.added == 1

    def test_a_block_that_moved(self) -> None:
        report = make_report()
        blocks = (report.blocks[0], report.blocks[0], *report.blocks[1:])
        rows, _ = correct(make_report(blocks=blocks), make_number("missed", new={"item": "号", "value": Decimal(7)}))
        assert [row.get_place() for row in rows if row.new] == [(3, 5, 7)]

    def test_a_fact_that_a_newer_extraction_finds_too_is_not_added_twice(self) -> None:
        found = make_fact(block=2, start=5, end=7, quote="7a", sentence="◆第3届第7a号", item="号", value=Decimal(7))
        missed = make_number("missed", new={"item": "号", "value": Decimal(7), "period": "2023"})
        rows, done = correct(make_report(facts=(found,)), missed)
        assert [(row.get("item"), row.get("period")) for row in rows] == [("号", "2023")]
        assert (done.added, done.edited) == (0, 1)

    def test_an_added_fact_has_the_id_that_the_extraction_would_give_it(self) -> None:
        for sample in SAMPLES[:2]:
            for fact in qjreport.extract(sample).facts:
                name = name_fact(fact.sentence, fact.quote, fact.item, fact.kind, fact.period or "")
                assert fact.id.partition("-")[0] == name


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(root, [str(arg) for arg in args])


def write(folder: Path, corrections: Corrections) -> Path:
    (folder / "corrections.json").write_bytes(write_corrections(corrections))
    return folder / "corrections.json"


MISSED = make_number("missed", new={"item": "=会议", "value": Decimal("7.50")})
OTHER = make_report(source=msgspec.structs.replace(make_report().source, name="other.html", sha256="1" * 64))


def read_table(path: Path, tabs: bool = False) -> list[dict[str, str]]:
    text = path.read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), dialect=csv.excel_tab if tabs else csv.excel))


class TestTables:
    @pytest.mark.parametrize(("ending", "headers", "bom"), [("csv", "en", b""), ("csv", "zh", BOM), ("tsv", "en", b"")])
    def test_only_what_was_corrected_changes(self, tmp_path: Path, ending: str, headers: str, bom: bytes) -> None:
        tabs = ending == "tsv"
        table, out = tmp_path / f"facts.{ending}", tmp_path / f"corrected.{ending}"
        rows = [write_facts(report, tabs=tabs, language=headers) for report in (OTHER, make_report())]
        table.write_bytes(bom + write_header(headers, tabs=tabs) + b"".join(rows))
        done = invoke("review", "apply", write(tmp_path, make_corrections(EDIT, MISSED)), table, "-o", out)
        assert done.stderr == f"qjreport: {out}: 1 edited, 0 removed, 1 added, 0 right as they are\n"
        assert done.exit_code == 0
        assert out.read_bytes().startswith(bom + b"area" if headers == "en" else bom + "地区".encode())
        before, (other, edited, added) = read_table(table, tabs), read_table(out, tabs)
        assert other == before[0]
        names = dict(zip(edited, name_columns("en"), strict=True))
        changed = {names[key]: cell for key, cell in edited.items() if cell != before[1][key]}
        assert changed == {
            "item": "委员提案",
            "value": "4.60",
            "unit": "万元",
            "unit_code": "CNY",
            "dimension": "money",
            "kind": "decrease" if headers == "en" else "减少",
            "change": "-4.60",
            "amount": "-4.60",
        }
        assert {names[key]: cell for key, cell in added.items() if cell and names[key] != "id"} == {
            "source": "page.html",
            "title": "白溪区政协工作报告",
            "area": "白溪区",
            "year": "2025",
            "block": "2",
            "start": "5",
            "end": "7",
            "quote": "7a",
            "sentence": "◆第3届第7a号",
            "item": "'=会议",
            "value": "7.50",
            "amount": "7.50",
            "bound": "=",
            "kind": "level" if headers == "en" else "水平",
            "status": "actual" if headers == "en" else "结果",
        }

    def test_columns_of_a_person(self, tmp_path: Path) -> None:
        """They stay where they are, in whatever order, and a row that is added has nothing in them."""
        table, out = tmp_path / "facts.csv", tmp_path / "corrected.csv"
        rows = read_written(write_header() + write_facts(make_report()))
        names = ["note", "item", "source", "sentence", "quote"]
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, extrasaction="ignore")
            writer.writeheader()
            writer.writerows({**row, "note": "ask, again"} for row in rows)
        invoke("review", "apply", write(tmp_path, make_corrections(EDIT, MISSED)), table, "-o", out)
        assert [list(row.values()) for row in read_table(out)] == [
            ["ask, again", "委员提案", "page.html", "提交提案459件。", "459件"],
            ["", "'=会议", "page.html", "◆第3届第7a号", "7a"],
        ]

    @pytest.mark.parametrize(
        ("sources", "corrected"),
        [
            (("b/page.html", "page.html"), ["page.html"]),  # another page of that name
            (("b/page.html", "c/page.html"), []),  # either may be it
            (("b/page.html", "c/other.html"), ["b/page.html"]),  # moved
        ],
    )
    def test_files_of_the_same_name(self, tmp_path: Path, sources: tuple[str, str], corrected: list[str]) -> None:
        table, out = tmp_path / "facts.csv", tmp_path / "corrected.csv"
        source = make_report().source
        reports = [make_report(source=msgspec.structs.replace(source, name=name)) for name in sources]
        table.write_bytes(write_header() + b"".join(map(write_facts, reports)))
        done = invoke("review", "apply", write(tmp_path, make_corrections(EDIT)), table, "-o", out)
        assert [row["source"] for row in read_table(out) if row["item"] == "委员提案"] == corrected
        assert done.exit_code == (not corrected)

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"a,b\n1,2\n", "is no table of facts: it has no column source and no quote and no sentence"),
            ("来源文件,原文,原句\n页,甲,乙\n".encode("gbk"), "is not in UTF-8"),
            (b"", "is no table of facts"),
        ],
    )
    def test_what_is_no_table_of_facts(self, tmp_path: Path, data: bytes, said: str) -> None:
        (tmp_path / "facts.csv").write_bytes(data)
        corrections = write(tmp_path, make_corrections(EDIT))
        done = invoke("review", "apply", corrections, tmp_path / "facts.csv", "-o", tmp_path / "out.csv")
        assert (done.exit_code, said in done.stderr) == (1, True)
        assert not (tmp_path / "out.csv").exists()

    def test_what_does_not_fit_is_named(self, tmp_path: Path) -> None:
        table = tmp_path / "facts.csv"
        table.write_bytes(write_header() + write_facts(make_report()))
        gone = make_entry("wrong", "gone", quote="460件")
        done = invoke("review", "apply", write(tmp_path, make_corrections(gone)), table, "-o", tmp_path / "out.csv")
        assert done.exit_code == 1
        assert done.stderr.splitlines() == [
            "qjreport: does not fit: page.html: 460件 in 「提交提案459件。」: no fact has this quote in this sentence",
            f"qjreport: {tmp_path / 'out.csv'}: 0 edited, 0 removed, 0 added, 0 right as they are, 1 left",
        ]
        assert (tmp_path / "out.csv").read_bytes() == table.read_bytes()

    @pytest.mark.parametrize(
        ("target", "output", "said"),
        [
            ("facts.csv", "facts.csv", "is read. Write to another file"),
            ("facts.csv", "corrections.json", "is read. Write to another file"),
            ("facts.csv", "facts.tsv", "is not of the same kind"),
            ("facts.txt", "out.txt", "its ending is none of"),
        ],
    )
    def test_wrong_usage(self, tmp_path: Path, target: str, output: str, said: str) -> None:
        corrections = write(tmp_path, make_corrections(EDIT))
        (tmp_path / target).write_bytes(write_header() + write_facts(make_report()))
        done = invoke("review", "apply", corrections, tmp_path / target, "-o", tmp_path / output)
        assert (done.exit_code, said in " ".join(done.stderr.split())) == (2, True)


def read_written(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


class TestReports:
    def apply(self, folder: Path, name: str, data: bytes, *entries: Entry) -> bytes:
        (folder / name).write_bytes(data)
        done = invoke(
            "review", "apply", write(folder, make_corrections(*entries)), folder / name, "-o", folder / f"o.{name}"
        )
        assert done.exit_code == 0, done.stderr
        return (folder / f"o.{name}").read_bytes()

    def test_a_report_stays_one(self, tmp_path: Path) -> None:
        data = self.apply(tmp_path, "report.json", write_json(make_report(), audit=True), EDIT, MISSED)
        report = json.loads(data, parse_float=Decimal)
        jsonschema.validate(json.loads(data), build_report_schema())
        assert [(fact["item"], fact["value"], fact["path"]) for fact in report["facts"]] == [
            ("委员提案", Decimal("4.60"), ["一年回顾"]),
            ("=会议", Decimal("7.50"), ["一年回顾"]),
        ]
        assert report["counts"] == {"numbers": 5, "facts": 2, "non_facts": {"ordinal": 2}, "dropped": 1, "unread": 0}
        assert report["non_facts"] == []
        assert report["diagnostics"][-1] == {
            "code": "corrected",
            "message": "a person corrected it: 1 edited, 0 removed, 1 added, 0 right as they are",
        }

    def test_a_fact_that_is_none_is_a_number_still(self, tmp_path: Path) -> None:
        report = json.loads(self.apply(tmp_path, "r.json", write_json(make_report(), audit=True), make_entry("wrong")))
        assert (report["facts"], report["counts"]["numbers"]) == ([], 5)
        assert report["counts"]["non_facts"] == {"ordinal": 2, "unread": 1, "vague": 1}
        assert report["non_facts"][0] == {"block": 1, "start": 4, "end": 8, "quote": "459件", "why": "vague"}

    def test_a_part_of_what_went_is_a_part_of_nothing(self, tmp_path: Path) -> None:
        part = make_fact(id="part", part_of="f0000001", quote="59件", start=5)
        data = write_json(make_report(facts=(make_fact(), part)))
        [fact] = json.loads(self.apply(tmp_path, "r.json", data, make_entry("wrong")))["facts"]
        assert (fact["id"], fact["part_of"]) == ("part", None)

    @pytest.mark.parametrize("name", ["several.jsonl", "several.json"])
    def test_reports_line_by_line(self, tmp_path: Path, name: str) -> None:
        lines = write_json_line(OTHER) + write_json_line(make_report())
        first, second = self.apply(tmp_path, name, lines, EDIT).splitlines(keepends=True)
        assert first == write_json_line(OTHER)
        assert json.loads(second)["facts"][0]["item"] == "委员提案"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_what_was_right_changes_nothing(tmp_path: Path, sample: Path) -> None:
    """Every fact and number of a page, judged right: each finds its own, and not a byte changes."""
    report = qjreport.extract(sample)
    facts = [
        make_entry(
            fact=fact.id,
            **{name: getattr(fact, name) for name in ("block", "start", "end", "quote", "sentence")},
            was={name: getattr(fact, name) for name in FIELDS},
        )
        for fact in report.facts
    ]
    numbers = [
        make_number(**{name: getattr(number, name) for name in ("block", "start", "end", "quote")})
        for number in report.non_facts
    ]
    documents = (Reviewed(source=report.source.name, sha256=report.source.sha256),)
    corrections = write(tmp_path, make_corrections(*facts, *numbers, documents=documents))
    for name, data in {
        "facts.csv": write_header() + write_facts(report),
        "report.json": write_json(report, audit=True),
    }.items():
        (tmp_path / name).write_bytes(data)
        done = invoke("review", "apply", corrections, tmp_path / name, "-o", tmp_path / f"o.{name}")
        assert f"0 edited, 0 removed, 0 added, {len(facts) + len(numbers)} right as they are" in done.stderr
        assert (done.exit_code, (tmp_path / f"o.{name}").read_bytes()) == (0, data)


class TestDatasets:
    @pytest.fixture
    def dataset(self, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(workplace)
        pages = (Path("samples/cppcc-report.html"), Path("samples/bulletin.html"))
        do_batch(workplace / "facts", *pages)
        return workplace / "facts"

    def test_a_dataset_becomes_another(self, dataset: Path, workplace: Path) -> None:
        done = invoke("review", "apply", SAMPLE, dataset, "-o", "corrected")
        assert (done.exit_code, done.stderr) == (
            0,
            "qjreport: corrected: 2 edited, 1 removed, 0 added, 31 right as they are\n",
        )
        before, after = (
            {(row["document"], row["id"]): row for row in batches.read_table(folder, "facts")}
            for folder in (dataset, workplace / "corrected")
        )
        assert len(before) - len(after) == 1
        changed = {key[1]: row["item"] for key, row in after.items() if row != before[key]}
        assert changed == {"fb3a93f13ca04": "被区级部门采纳的意见建议", "f4ba7e3b356f6": "获市领导批示的信息"}
        documents = batches.read_table(workplace / "corrected", "documents")
        assert sum(row["facts"] for row in documents) == len(after)
        package = json.loads((workplace / "corrected" / "datapackage.json").read_bytes())
        assert {part["name"]: part["rows"] for part in package["resources"]}["facts"] == len(after)

    def test_parts_without_corrections_are_the_same_bytes(self, dataset: Path, workplace: Path) -> None:
        corrections = write(workplace, make_corrections(make_entry()))
        invoke("review", "apply", corrections, dataset, "-o", "corrected")
        for table in ("documents", "facts", "failures"):
            name = Path(table) / "part-000000.parquet"
            assert (workplace / "corrected" / name).read_bytes() == (dataset / name).read_bytes()

    def test_no_batch_takes_back_what_a_person_said(self, dataset: Path) -> None:
        invoke("review", "apply", SAMPLE, dataset, "-o", "corrected")
        done = invoke("batch", "samples", "-o", "corrected", "--jobs", "0")
        assert (done.exit_code, "a person's corrections" in done.stderr) == (1, True)
        again = invoke("review", "apply", SAMPLE, dataset, "-o", "corrected")
        assert (again.exit_code, "is not empty" in again.stderr) == (1, True)

    @pytest.mark.parametrize("name", ["corrected.csv", "corrected.jsonl"])
    def test_a_dataset_as_a_file_is_the_export_of_the_corrected_one(
        self, dataset: Path, workplace: Path, name: str
    ) -> None:
        invoke("review", "apply", SAMPLE, dataset, "-o", name)
        invoke("review", "apply", SAMPLE, dataset, "-o", "corrected")
        invoke("export", "corrected", "-o", f"again.{name}")
        assert (workplace / name).read_bytes() == (workplace / f"again.{name}").read_bytes()

    def test_a_missed_fact_is_a_row_of_the_dataset(self, dataset: Path, workplace: Path) -> None:
        report = qjreport.extract("samples/cppcc-report.html")
        [number] = [one for one in report.non_facts if one.quote == "首次"]
        sentence = next(fact.sentence for fact in report.facts if fact.sentence.endswith("首次发现。"))
        missed = make_number(
            "missed",
            **{name: getattr(number, name) for name in ("block", "start", "end", "quote")},
            sentence=sentence,
            new={"item": "发现", "value": Decimal("1.50"), "unit": "次", "kind": "increase", "period": "2024"},
        )
        documents = (Reviewed(source="samples/cppcc-report.html", sha256=report.source.sha256),)
        corrections = write(workplace, make_corrections(missed, documents=documents))
        done = invoke("review", "apply", corrections, dataset, "-o", "corrected")
        assert done.exit_code == 0, done.stderr
        before, after = (batches.read_table(folder, "facts") for folder in (dataset, workplace / "corrected"))
        [row] = [row for row in after if row not in before]
        place = after.index(row)
        assert after[:place] + after[place + 1 :] == before
        assert after[place - 1]["sentence"] == sentence == row["sentence"]
        assert {name: row[name] for name in ("value", "value_text", "change_text", "path", "title", "dimension")} == {
            "value": Decimal("1.5"),
            "value_text": "1.50",
            "change_text": "1.50",
            "dimension": "count",
            "path": after[place - 1]["path"],
            "title": report.metadata.title,
        }
        invoke("export", dataset, "-o", "facts.xlsx")
        done = invoke("review", "apply", corrections, "facts.xlsx", "-o", "corrected.xlsx")
        assert "1 added" in done.stderr
        sheet = pytest.importorskip("openpyxl").load_workbook("corrected.xlsx")["facts"]
        heads, *rows = sheet.iter_rows(values_only=True)
        assert [line[heads.index("quote")] for line in rows[place - 1 : place + 1]] == [
            after[place - 1]["quote"],
            "首次",
        ]
        assert rows[place][heads.index("value")] == 1.5

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("facts.xlsx", "is no workbook"),
            ("facts.jsonl", "line 2 is no JSON"),
            ("r.json", "no report"),
            ("half.json", "it lacks facts, counts"),
        ],
    )
    def test_files_that_hold_no_facts(self, tmp_path: Path, name: str, said: str) -> None:
        good = write_json_line(make_report())
        data = {
            "facts.xlsx": b"PK",
            "facts.jsonl": good + b"{",
            "r.json": b'{"schema": "qjreport/audit/1"}',
            "half.json": good.replace(b'"facts":', b'"fact":').replace(b'"counts":', b'"count":'),
        }
        (tmp_path / name).write_bytes(data[name])
        corrections = write(tmp_path, make_corrections(EDIT))
        done = invoke("review", "apply", corrections, tmp_path / name, "-o", tmp_path / f"o.{name}")
        assert (done.exit_code, said in done.stderr) == (1, True)
        assert not (tmp_path / f"o.{name}").exists()

    def test_a_workbook_without_facts(self, tmp_path: Path) -> None:
        pytest.importorskip("openpyxl").Workbook().save(tmp_path / "empty.xlsx")
        corrections = write(tmp_path, make_corrections(EDIT))
        done = invoke("review", "apply", corrections, tmp_path / "empty.xlsx", "-o", tmp_path / "o.xlsx")
        assert (done.exit_code, "no sheet has the columns source, quote, sentence" in done.stderr) == (1, True)

    def test_text_of_a_person_is_no_formula(self, dataset: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        invoke("export", dataset, "-o", "facts.xlsx")
        first = qjreport.extract("samples/cppcc-report.html").facts[0]
        changed = make_entry("edited", first.id, new={"item": "=1+1\x0b", "value": Decimal("1234567890.1234567")})
        documents = (Reviewed(source="samples/cppcc-report.html"),)
        corrections = write(Path(), make_corrections(changed, documents=documents))
        done = invoke("review", "apply", corrections, "facts.xlsx", "-o", "corrected.xlsx")
        assert done.exit_code == 0, done.stderr
        sheet = openpyxl.load_workbook("corrected.xlsx")["facts"]
        cells = {cell.value: cell.data_type for cell in sheet[2]}
        assert {"=1+1": "s", "1234567890.1234567": "s"}.items() <= cells.items()

    def test_a_workbook_keeps_what_else_is_in_it(self, dataset: Path, workplace: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        invoke("export", dataset, "--headers", "zh", "-o", "facts.xlsx")
        book = openpyxl.load_workbook("facts.xlsx")
        book.create_sheet("备注")["A1"] = "我的"
        book.save("facts.xlsx")
        done = invoke("review", "apply", SAMPLE, "facts.xlsx", "-o", "corrected.xlsx")
        assert done.exit_code == 0, done.stderr
        assert openpyxl.load_workbook("corrected.xlsx")["备注"]["A1"].value == "我的"
        before, after = (
            list(openpyxl.load_workbook(name)["事实"].iter_rows(values_only=True))
            for name in ("facts.xlsx", "corrected.xlsx")
        )
        at = before[0].index("指标")
        changed = [row[at] for row in before if row not in after], [row[at] for row in after if row not in before]
        assert changed == (
            ["意见建议被区级部门采纳", "界别提案", "信息"],
            ["被区级部门采纳的意见建议", "获市领导批示的信息"],
        )
