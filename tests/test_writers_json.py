"""JSON and the schemas: they say the same as the outputs, and as the docs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

import jsonschema
import msgspec
import pytest
from conftest import ROOT, SAMPLES, make_fact, make_report

import qjreport
from qjreport.model import Fact, Report
from qjreport.writers import jsons
from qjreport.writers.csv_tsv import write_facts, write_header
from qjreport.writers.fact_columns import COLUMNS, DESCRIPTIONS, FACT_COLUMNS
from qjreport.writers.jsons import list_json, write_json, write_json_line
from qjreport.writers.schema import UNWRITTEN, build_report_schema, build_table_schema

CONTRACT = {  # docs/output.md: the keys, in their order
    "report": "schema tool source metadata sections blocks tables facts counts non_facts dropped diagnostics",
    "tool": "version lexicon",
    "source": "name sha256 bytes media_type encoding declared_encoding replacements",
    "counts": "numbers facts non_facts dropped unread",
    "sections": "parent level marker title block role period",
    "blocks": "kind marker section text locator",
    "facts": "id block start end quote value value_to unit unit_code dimension bound hedge kind change item period "
    "status headline basis scope subject part_of exact path sentence rules doubts indicator measure",
    "non_facts": "block start end quote why",
    "dropped": "text reason locator",
    "diagnostics": "code message",
}


class TestJson:
    @pytest.mark.parametrize("key", CONTRACT)
    def test_keys_in_the_order_of_the_contract(self, key: str) -> None:
        report = json.loads(write_json(make_report(), audit=True))
        found = report if key == "report" else report[key]
        found = found[0] if isinstance(found, list) else found
        assert list(found) == CONTRACT[key].split()

    def test_the_line_and_the_indented_document_are_the_same(self) -> None:
        line = write_json_line(make_report())
        assert line.count(b"\n") == 1
        assert json.loads(line) == json.loads(write_json(make_report()))

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("1E+5", "100000"),
            ("5.30", "5.30"),
            ("1E-9", "0.000000001"),
            ("-0.3", "-0.3"),
            ("3375793000000", "3375793000000"),
        ],
    )
    def test_decimals_are_plain_numbers(self, value: str, written: str) -> None:
        fact = make_fact(value=Decimal(value), value_to=Decimal(value), change=Decimal(value))
        line = write_json_line(make_report(facts=(fact,))).decode()
        assert all(f'"{name}":{written},' in line for name in ("value", "value_to", "change"))
        parsed = json.loads(line, parse_float=Decimal, parse_int=Decimal)["facts"][0]
        assert parsed["value"] == Decimal(value)

    def test_half_a_surrogate_pair_becomes_a_replacement_character(self) -> None:
        line = write_json_line(make_report(facts=(make_fact(item="提案\ud800"),)))
        assert json.loads(line)["facts"][0]["item"] == "提案\ufffd"


class TestSchema:
    def test_it_is_valid_itself(self) -> None:
        schema = build_report_schema()
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    @pytest.mark.parametrize("audit", [False, True])
    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
    def test_real_output_is_as_it_says(self, sample: Path, audit: bool) -> None:
        report = json.loads(write_json(qjreport.extract(sample), audit=audit))
        strict = forbid_more(build_report_schema())
        jsonschema.Draft202012Validator(strict).validate(report)

    def test_it_is_not_content_with_anything(self) -> None:
        report = json.loads(write_json(make_report()))
        for spoil in ({"value": "459"}, {"bound": ">"}, {"block": -1}, {"item": None}):
            wrong = {**report, "facts": [{**report["facts"][0], **spoil}]}
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.Draft202012Validator(build_report_schema()).validate(wrong)

    def test_every_field_is_described(self) -> None:
        types: list[Any] = [Report]
        seen: dict[str, set[str]] = {}
        while types:
            type_ = types.pop()
            types += getattr(type_, "__args__", ())
            if isinstance(type_, type) and issubclass(type_, msgspec.Struct) and type_.__name__ not in seen:
                seen[type_.__name__] = set(type_.__struct_fields__) - set(UNWRITTEN.get(type_.__name__, ()))
                types += get_type_hints(type_).values()
        assert {name: set(fields) for name, fields in DESCRIPTIONS.items()} == seen

    def test_the_columns_are_the_fields_of_a_fact(self) -> None:
        assert tuple(column.name for column in FACT_COLUMNS) == Fact.__struct_fields__

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_table_schema_names_the_header(self, language: str) -> None:
        names = [field["name"] for field in build_table_schema(language)["fields"]]
        assert ",".join(names) + "\r\n" == write_header(language).decode()
        assert len(set(names)) == len(names)

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
    def test_rows_are_as_the_table_schema_says(self, sample: Path) -> None:
        report = qjreport.extract(sample)
        fields = build_table_schema()["fields"]
        data = write_header() + write_facts(report)
        for row in csv.DictReader(io.StringIO(data.decode(), newline="")):
            for field in fields:
                cell, limits = row[field["name"]], field.get("constraints", {})
                assert cell or not limits.get("required")
                if cell and field["type"] in ("number", "integer", "year"):
                    assert Decimal(cell) >= limits.get("minimum", Decimal("-Infinity"))
                if cell and "enum" in limits:
                    assert cell in limits["enum"]


def forbid_more(schema: Any) -> Any:
    """The schema, closed: a key that it does not list is an error."""
    if isinstance(schema, Mapping):
        closed = {key: forbid_more(value) for key, value in schema.items()}
        if closed.get("type") == "object" and "properties" in closed:
            closed["additionalProperties"] = False
        return closed
    return [forbid_more(value) for value in schema] if isinstance(schema, list) else schema


def test_docs_output_says_what_the_schema_says() -> None:
    text = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    wanted = [f"| `{name}` | {meaning} |" for fields in DESCRIPTIONS.values() for name, meaning in fields.items()]
    wanted += [f"| `{column.name}` | {column.chinese} | {column.description} |" for column in COLUMNS]
    assert [line for line in wanted if line not in text] == []


class TestManyFacts:
    """They are written in pieces, and the file is the same."""

    @pytest.mark.parametrize("audit", [False, True])
    @pytest.mark.parametrize("count", [1, 4, 7, 8, 9])
    def test_the_bytes_are_those_of_one_piece(self, monkeypatch: pytest.MonkeyPatch, count: int, audit: bool) -> None:
        monkeypatch.setattr(jsons, "MANY", 0)
        monkeypatch.setattr(jsons, "AT_ONCE", 4)
        odd = ("1E+5", "0.30", "5")
        facts = [
            make_fact(
                id=f"f{number}", value=Decimal(odd[number % 3]), sentence='说“\n  "facts": []”\ud800' * (number % 2)
            )
            for number in range(count)
        ]
        report = make_report(facts=tuple(facts))
        assert b"".join(list_json(report, audit=audit)) == write_json(report, audit=audit)

    def test_few_are_one_piece(self) -> None:
        assert list(list_json(make_report())) == [write_json(make_report())]
