"""A report → its rows in the dataset's tables."""

from __future__ import annotations

from qjreport.model import Report
from qjreport.writers.columns import Cell, read_row
from qjreport.writers.dataset_columns import NON_FACTS
from qjreport.writers.numbers import format_decimal


def build_document(
    document: str, report: Report, url: str | None, captured: str | None, text_sha256: str | None, characters: int
) -> tuple[str | int | None, ...]:
    """The row of documents; who it is a duplicate of is found out later."""
    source, metadata, counts = report.source, report.metadata, report.counts
    return (
        document,
        source.name,
        url,
        captured,
        source.sha256,
        source.bytes,
        source.media_type,
        source.encoding,
        source.declared_encoding,
        source.replacements,
        text_sha256,
        characters,
        metadata.title,
        metadata.subtitle,
        metadata.published,
        metadata.source,
        metadata.author,
        metadata.editor,
        metadata.responsible_editor,
        metadata.organizer,
        metadata.undertaker,
        " > ".join(metadata.breadcrumb) or None,
        metadata.document_number,
        metadata.index_number,
        metadata.kind,
        metadata.area,
        metadata.year,
        metadata.reviews,
        metadata.plans,
        len(report.sections),
        len(report.blocks),
        len(report.facts),
        counts.numbers,
        counts.facts,
        counts.dropped,
        *(counts.non_facts.get(why, 0) for why in NON_FACTS),
        " ".join(dict.fromkeys(diagnostic.code for diagnostic in report.diagnostics)) or None,
        None,
        None,
    )


def build_facts(document: str, report: Report) -> list[tuple[Cell, ...]]:
    """A row for each fact, in the order of the page."""
    return [
        (
            document,
            *read_row(report, fact),
            format_decimal(fact.value),
            None if fact.value_to is None else format_decimal(fact.value_to),
            None if fact.change is None else format_decimal(fact.change),
        )
        for fact in report.facts
    ]
