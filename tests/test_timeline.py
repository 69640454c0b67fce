"""The report's years and the roles of its sections: whole small reports, a pattern each, and what holds for any."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES
from hypothesis import given
from hypothesis import strategies as st

from qjreport.lexicon import load_lexicon
from qjreport.model import Block, Evidence, Metadata, Report, Section
from qjreport.outline import build_timeline
from qjreport.outline.timeline import WEIGHTS
from qjreport.pipeline import extract, extract_text, read_timeline

CASES = Path(__file__).parent / "cases" / "timeline"
# What a line of a case stands for: text of a part that looks back, and of one that looks ahead, long enough to tell.
TEXTS = {
    "(past)": "全县已修渠31.5公里，比上年多4.2公里；累计栽树6.4万棵，取得了好收成。" * 12,
    "(ahead)": "要把水渠修通，加快道路改造；推进园区扩容，着力引来能人，继续办好学堂。" * 12,
}
CODES = ("time-contradiction", "time-role-unsure")


def read_cases() -> list[Any]:
    lines = [line for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [pytest.param(case, id=case["pattern"]) for case in map(json.loads, lines)]


def read_report(case: dict[str, Any]) -> Report:
    if "html" in case:
        return extract(case["html"].encode(), name="page.html")
    return extract_text("\n".join(TEXTS.get(line, line) for line in case["lines"]))


def find_words(report: Report, evidence: Evidence) -> bool:
    """Whether the words of a piece of evidence stand where it says, and it weighs what its rule does."""
    metadata = report.metadata
    page = (metadata.title, metadata.subtitle, metadata.published)
    places = page if evidence.block is None else (report.blocks[evidence.block].text,)
    return evidence.weight == WEIGHTS[evidence.rule] and any(
        "".join(evidence.text.split()) in "".join((place or "").split()) for place in places
    )


@pytest.mark.parametrize("case", read_cases())
def test_report(case: dict[str, Any]) -> None:
    report = read_report(case)
    metadata = report.metadata
    assert [f"{section.role} {section.period}" for section in report.sections] == case["sections"]
    assert [metadata.year, metadata.reviews, metadata.plans] == case["metadata"]
    facts = {fact.quote: [fact.period, fact.status] for fact in report.facts}
    for quote, period, status in case.get("facts", ()):
        assert facts[quote] == [period, status], quote
    timeline = read_timeline(report)
    years = [timeline.review, timeline.plan, timeline.published, timeline.spoken, timeline.span]
    assert years == case["years"]
    assert [f"{one.rule} {one.year}" for one in timeline.evidence] == case["evidence"]
    assert [find_words(report, one) for one in timeline.evidence] == [True] * len(timeline.evidence)
    assert [f"{part.rule} {part.text}".strip() for part in timeline.parts] == case["parts"]
    assert [part.both for part in timeline.parts] == [part.rule == "title.both" for part in timeline.parts]
    assert [part.appended for part in timeline.parts] == [part.rule == "appended" for part in timeline.parts]
    counts = [f"{part.back}:{part.ahead}" for part in timeline.parts]
    assert counts == case.get("counts", counts)
    turns = [f"{turn.block} {turn.role} {turn.period} {turn.text}" for turn in timeline.turns]
    assert turns == case.get("turns", [])
    said = [diagnostic.code for diagnostic in report.diagnostics if diagnostic.code in CODES]
    assert said == case.get("diagnostics", said)


REPORTS = [*(extract(sample) for sample in SAMPLES), *(read_report(case.values[0]) for case in read_cases())]


@pytest.mark.parametrize("report", REPORTS, ids=range(len(REPORTS)))
def test_a_report_that_is_read_tells_the_same_again(report: Report) -> None:
    """`explain --time` takes the evidence from the finished report: it must come to what the report says."""
    dated = build_timeline(report.metadata, report.sections, report.blocks, load_lexicon(), dropped=report.dropped)
    assert dated.sections == report.sections
    assert dated.metadata == report.metadata


WORDS = "2030年 2031年 “十六五” 过去五年 今后五年 今年 工作 回顾 安排 和 ， 目标 完成 情况 开局 以来 到"
TITLES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=7).map("".join)


@given(st.lists(TITLES, max_size=6), st.sampled_from([None, "政府工作报告", "2030年统计公报", "第十六个五年规划"]))
def test_any_titles_give_a_sound_timeline(titles: list[str], headline: str | None) -> None:
    sections = [Section(parent=None, level=1, marker="", title=title, block=at) for at, title in enumerate(titles)]
    blocks = [Block(kind="heading", marker="", section=at, text=text, locator="") for at, text in enumerate(titles)]
    dated = build_timeline(Metadata(title=headline), sections, blocks, load_lexicon())
    timeline = dated.timeline
    assert len(timeline.parts) == len(titles)
    assert [one.weight for one in timeline.evidence] == sorted((one.weight for one in timeline.evidence), reverse=True)
    if timeline.plan is not None:
        assert timeline.plan in {one.year for one in timeline.evidence}
    for section in dated.sections:
        first, _, last = (section.period or "").partition("-")
        assert not last or first < last
