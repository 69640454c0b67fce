"""The JSON Schema of the report, the Table Schema of its facts and the data package of a dataset.

All are generated from the types and columns. The data package (Frictionless) says of a dataset which files and columns
it has, what they mean and how they belong together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from qjreport.model import SCHEMA, Report
from qjreport.writers.dataset_rows import EXACT, KEYS, TABLES, TITLES
from qjreport.writers.fact_columns import COLUMNS, DESCRIPTIONS, Column, say_cell
from qjreport.writers.parquet import DATASET

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ONLY_WITH_AUDIT = {"non_facts", "dropped"}
UNWRITTEN = {"NonFact": ("rules",)}  # fields that no writer shows
TYPE_TITLES = {"Dropped": "Dropped line", "NonFact": "Number that is no fact"}
PATTERNS = {"sha256": "^[0-9a-f]{64}$"}


def build_report_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one report: of the document that JSON prints, of a line of JSON Lines.

    >>> build_report_schema()["$defs"]["Fact"]["properties"]["value"]["type"]
    'number'
    """
    (_,), definitions = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    for name, definition in definitions.items():
        complete_definition(name, definition)
    report = definitions.pop("Report")
    report["properties"]["schema"]["const"] = SCHEMA
    head = {"$schema": DIALECT, "$id": f"urn:{SCHEMA.replace('/', ':')}", "title": "A report and its numeric facts"}
    del report["title"]
    return {**head, **report, "$defs": dict(sorted(definitions.items()))}


def complete_definition(name: str, definition: dict[str, Any]) -> None:
    """What the types alone do not say: descriptions, and that a writer leaves no field out."""
    for key in UNWRITTEN.get(name, ()):
        del definition["properties"][key]
    definition["title"] = TYPE_TITLES.get(name, name)
    definition["required"] = [key for key in definition["properties"] if key not in ONLY_WITH_AUDIT]
    for key, schema in definition["properties"].items():
        correct_types(schema)
        schema.pop("default", None)
        schema["description"] = DESCRIPTIONS[name][key]
        if key in PATTERNS:
            schema["pattern"] = PATTERNS[key]


def correct_types(schema: dict[str, Any]) -> None:
    """Decimals are written as numbers, where msgspec would write strings; indexes and counts are never negative."""
    if schema.get("format") == "decimal":
        del schema["format"]
        schema["type"] = "number"
    elif schema.get("type") == "integer":
        schema["minimum"] = 0
    for part in schema.get("anyOf", []):
        correct_types(part)


def build_table_schema(language: str = "en") -> dict[str, Any]:
    """Frictionless Table Schema of the facts table, with column names in English ("en") or Chinese ("zh").

    >>> [field["name"] for field in build_table_schema()["fields"]][:4]
    ['area', 'year', 'path', 'item']
    """
    fields = [build_field(column, language) for column in COLUMNS]
    return {"fields": fields, "missingValues": [""]}


def build_field(column: Column, language: str = "en") -> dict[str, Any]:
    name = column.chinese if language == "zh" else column.name
    field: dict[str, Any] = {"name": name, "type": column.type, "description": column.description}
    field["title"] = column.chinese if name == column.name else column.name
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.type == "integer":
        constraints["minimum"] = 0
    if column.enum:
        constraints["enum"] = [say_cell(column, value, language) for value in column.enum]
    if constraints:
        field["constraints"] = constraints
    return field


def build_package(parts: Mapping[str, Sequence[str]], counts: Mapping[str, int], made_by: tuple[str, str]) -> bytes:
    """datapackage.json; `parts` are the paths of each table's files, `counts` its rows, `made_by` version and lexicon.

    >>> package = json.loads(build_package({"facts": ["facts/part-000000.parquet"]}, {"facts": 2}, ("0.1.0", "f00d")))
    >>> package["resources"][0]["name"], package["resources"][0]["schema"]["fields"][0]["name"]
    ('facts', 'document')
    """
    package = {
        "profile": "data-package",
        "name": "qjreport-dataset",
        "title": "Numeric facts of Chinese local-government reports",
        "qjreport": {"schema": DATASET, "version": made_by[0], "lexicon": made_by[1]},
        "resources": [build_resource(table, paths, counts[table]) for table, paths in parts.items()],
    }
    return json.dumps(package, ensure_ascii=False, indent=2).encode() + b"\n"


def build_resource(table: str, paths: Sequence[str], rows: int) -> dict[str, Any]:
    return {
        "name": table,
        "title": TITLES[table],
        "path": list(paths) if len(paths) != 1 else paths[0],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rows": rows,
        "schema": build_dataset_schema(table),
    }


def build_dataset_schema(table: str) -> dict[str, Any]:
    """Frictionless Table Schema of one of the dataset's tables."""
    fields = [build_field(column) for column in TABLES[table]]
    for field in fields:
        if field["name"] in EXACT and "constraints" in field:
            del field["constraints"]  # a number too long for a decimal is in …_text alone
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if KEYS[table]:
        schema["primaryKey"] = KEYS[table]
    if table == "facts":
        reference = {"resource": "documents", "fields": "id"}
        schema["foreignKeys"] = [{"fields": "document", "reference": reference}]
    return schema
