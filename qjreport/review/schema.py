"""The JSON Schema (2020-12) of corrections.json, generated from its types, and what each of its fields means."""

from __future__ import annotations

from typing import Any

import msgspec

from qjreport.review.corrections import FIELDS, SCHEMA, VERDICTS, Corrections
from qjreport.writers.fact_columns import DESCRIPTIONS as OF_REPORTS
from qjreport.writers.fact_columns import FACT_COLUMNS
from qjreport.writers.schema import DIALECT, PATTERNS, correct_types

TITLES = {"Values": "New values of a fact", "Reviewed": "Report that was shown", "Entry": "Judgement"}
MEANINGS = {column.name: column.description for column in FACT_COLUMNS}
DESCRIPTIONS: dict[str, dict[str, str]] = {
    "Corrections": {
        "schema": "Name and version of this format. The version changes when a field changes its meaning or goes.",
        "tool": "What made the extraction that was judged.",
        "reviewer": "Who judged, in their own words; an entry may name another.",
        "reason": "Why it was judged: a sample for a paper, a check before publishing.",
        "created": "When the judging began, ISO 8601.",
        "saved": "When the file was saved, ISO 8601.",
        "sample": "How what was shown had been drawn from a dataset; null where whole reports were shown.",
        "documents": "The reports that were shown; entries name them by their index in this list.",
        "entries": "The judgements, one for each fact, number or selection that was judged.",
    },
    "Tool": OF_REPORTS["Tool"],
    "Sample": {
        "seed": "Seed of the sample: the same seed draws the same from the same dataset.",
        "size": "How many facts were asked for.",
        "by": "What it is stratified by: fact_kind, document_kind, doubts and others; see docs/review-score.md.",
        "strata": "The parts that were drawn from, with their sizes: they weight the judgements.",
    },
    "Stratum": {
        "key": "What its members have in common, by field; `*` where small strata were put together.",
        "of": "facts, or non_facts: numbers of which the extraction says that they are no facts.",
        "population": "How many there are in the dataset.",
        "drawn": "How many of them were shown.",
    },
    "Reviewed": {
        "source": "Name of the page: the path or the address that it was read from.",
        "sha256": "SHA-256 of the page's bytes, in hexadecimal.",
        "title": "Headline of the report.",
        "kind": "Kind of report: 政府工作报告, 统计公报.",
    },
    "Entry": {
        "document": "Index of the report in documents.",
        "of": "fact; non_fact, a number that the extraction takes for no fact; selection, a stretch of text.",
        "verdict": "Of a fact: right, edited (fields has what is right), or wrong (it is none, or is wrong and nobody "
        "said how; wrong_fields may say in which fields). Of a non_fact: right (it is none) or missed (it is a fact, "
        "which fields describes). Of a selection: missed.",
        "fact": "Id of the fact; null for a number or a selection.",
        "block": "Index of the block in the report that was judged.",
        "start": "Offset of the quote's first character in the block's text, in code points.",
        "end": "Offset behind the quote's last character.",
        "quote": "The mention as written.",
        "sentence": "The sentence around it, by which a newer extraction finds it again.",
        "locator": "Finds the block again in the saved page.",
        "stratum": "Index in sample.strata of the part that it was drawn from; null where it was not drawn.",
        "doubts": "The doubts that the fact bore, by name.",
        "fields": "New values, by field; a field that is not there was right as it stood.",
        "was": "The values that were shown, by field.",
        "wrong_fields": "Fields that are wrong, where nobody said what would be right.",
        "comment": "What the person noted.",
        "who": "Who judged it, where it was not the reviewer of the file.",
        "when": "When it was judged, ISO 8601.",
    },
    "Values": {name: MEANINGS[name] for name in FIELDS},
}


def build_corrections_schema() -> dict[str, Any]:
    """JSON Schema of corrections.json.

    >>> build_corrections_schema()["$defs"]["Values"]["properties"]["value"]["type"]
    'number'
    """
    (_,), definitions = msgspec.json.schema_components([Corrections], ref_template="#/$defs/{name}")
    for name, definition in definitions.items():
        complete_definition(name, definition)
    whole = definitions.pop("Corrections")
    whole["properties"]["schema"]["const"] = SCHEMA
    definitions["Entry"]["allOf"] = [state_verdicts(of) for of in VERDICTS]
    head = {"$schema": DIALECT, "$id": f"urn:{SCHEMA.replace('/', ':')}", "title": "Judgements of an extraction"}
    del whole["title"]
    return {**head, **whole, "$defs": dict(sorted(definitions.items()))}


def complete_definition(name: str, definition: dict[str, Any]) -> None:
    """Descriptions, numbers for decimals, and no default that a reader would take for a value."""
    definition["title"] = TITLES.get(name, name)
    for key, schema in definition["properties"].items():
        correct_types(schema)
        if name == "Sample" and key == "seed":
            del schema["minimum"]
        schema.pop("default", None)
        schema["description"] = DESCRIPTIONS[name][key]
        if key in PATTERNS:
            for part in schema.get("anyOf", [schema]):
                if part.get("type") == "string":
                    part["pattern"] = PATTERNS[key]


def state_verdicts(of: str) -> dict[str, Any]:
    """Which verdicts an entry of a kind may have."""
    return {
        "if": {"properties": {"of": {"const": of}}},
        "then": {"properties": {"verdict": {"enum": list(VERDICTS[of])}}},  # type: ignore[index]
    }
