"""The dataset as a Frictionless data package: its files, its columns, what they mean and how they belong together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from qjreport.writers.arrow import DATASET
from qjreport.writers.dataset_columns import EXACT, KEYS, TABLES, TITLES
from qjreport.writers.schema import build_field


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
    fields = [build_field(column, column.name) for column in TABLES[table]]
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
