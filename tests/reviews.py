"""Corrections that tests make by hand: one document, one judgement a call."""

from __future__ import annotations

from typing import Any

from qjreport.model import Tool
from qjreport.review.corrections import SCHEMA, Corrections, Entry, Reviewed, Sample, Stratum, Values

PAGE = Reviewed(source="page.html", sha256="0" * 64, title="白溪区政协工作报告", kind="政协常委会工作报告")


def make_entry(verdict: str = "right", fact: str | None = "f0000001", **fields: Any) -> Entry:
    """A judgement of the fact that `make_fact` makes, whose id is f0000001."""
    plain: dict[str, Any] = {
        "document": 0,
        "of": "fact",
        "block": 1,
        "start": 4,
        "end": 8,
        "quote": "459件",
        "sentence": "提交提案459件。",
        "was": {"item": "提案", "value": 459, "unit": "件"},
    }
    new = fields.pop("new", {})
    return Entry(verdict=verdict, fact=fact, fields=Values(**new), **{**plain, **fields})  # type: ignore[arg-type]


def make_number(verdict: str = "right", **fields: Any) -> Entry:
    """A judgement of the number 7a in ◆第3届第7a号, of which `make_report` says that it is no fact."""
    place = {"block": 2, "start": 5, "end": 7, "quote": "7a", "sentence": "◆第3届第7a号", "was": {"why": "unread"}}
    return make_entry(verdict, None, of="non_fact", **{**place, **fields})


def make_corrections(*entries: Entry, documents: tuple[Reviewed, ...] = (PAGE,), **fields: Any) -> Corrections:
    plain: dict[str, Any] = {"tool": Tool(version="1.2.3", lexicon="f00dcafe"), "reviewer": "甲"}
    return Corrections(schema=SCHEMA, documents=documents, entries=entries, **{**plain, **fields})


def make_sample(*strata: tuple[str, int, int], seed: int = 7, size: int = 4, by: tuple[str, ...] = ()) -> Sample:
    """Strata as (facts or non_facts, population, drawn)."""
    made = [
        Stratum(key={"document_kind": f"第{number}类"}, of=of, population=population, drawn=drawn)  # type: ignore[arg-type]
        for number, (of, population, drawn) in enumerate(strata)
    ]
    return Sample(seed=seed, size=size, by=by, strata=tuple(made))
