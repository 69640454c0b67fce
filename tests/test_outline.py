"""Outlines of whole made documents, a trap each, and the laws that hold for any lines at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qjreport.lexicon import load_lexicon
from qjreport.model import Article, Line, Metadata, Outline
from qjreport.outline import build_outline, explain_lines
from qjreport.outline.evidence import ENOUGH

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases/outline/outlines.jsonl").read_text(encoding="utf-8").splitlines()
]
PIECES = ["一、", "（一）", "1.", "①", "◆", "●", "——", "一是", "二是", "第一章", "附件1", "名词解释", "**", "##"]
PIECES += [
    "2024年工作回顾",
    "1 ",
    "1.1 ",
    "01",
    "案例1：",
    "工作",
    "稳步推进各项安排",
    "。",
    "：",
    "，",
    "；",
    "3.5%",
    "（二）",
    "注：",
    "目录",
    "各位代表：",
]
PIECES += [" ", "\ud800", "一" * 50]


def outline_lines(lines: list[Line], title: str | None = None) -> Outline:
    locators = tuple(f"line {number}" for number in range(len(lines)))
    return build_outline(Article(lines=tuple(lines), locators=locators, metadata=Metadata(title=title)), load_lexicon())


@pytest.mark.parametrize("case", CASES, ids=[case["pattern"] for case in CASES])
def test_outline_of_a_made_document(case: dict[str, list[str]]) -> None:
    lines = [Line(text=line) if isinstance(line, str) else Line(**line) for line in case["lines"]]
    outline = outline_lines(lines)
    assert [f"{s.level}|{s.marker}|{s.title}" for s in outline.sections] == case["sections"]
    if "kinds" in case:
        assert " ".join(block.kind for block in outline.blocks) == case["kinds"]
    if "markers" in case:
        assert [block.marker for block in outline.blocks] == case["markers"]


def test_a_title_within_the_headline_is_one_where_text_stands_above_it() -> None:
    text = "全县上下稳步推进各项安排，年初定下的事项多数已经落地，群众反映较好。"
    bold = Line(text="5年20万亩", bold=6)
    headline = "青石县公布节水目标 5年20万亩"
    assert [s.title for s in outline_lines([Line(text=text), bold, Line(text=text)], headline).sections] == [
        "5年20万亩"
    ]
    assert outline_lines([bold, Line(text=text)], headline).sections == ()


def test_the_evidence_of_a_line_adds_up() -> None:
    lines = [Line(text="一、扩大招生"), Line(text="1. 各承办学校要按照有关规定配齐教师和学生宿舍。经费由县财政安排。")]
    article = Article(lines=tuple(lines), locators=("line 1", "line 2"))
    first, second = explain_lines(article, load_lexicon())
    assert (first.kind, first.headings) == ("heading", ((1, "一、", "扩大招生"),))
    assert (second.kind, second.headings) == ("item", ())
    assert [name for name, _, _ in second.evidence] == ["mark.weak", "sentence.modal"]
    for line in (first, second):
        assert line.weight == sum(weight for _, weight, _ in line.evidence)
        assert (line.weight >= ENOUGH) == bool(line.headings)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=25))
@settings(max_examples=300, deadline=None)
def test_any_lines_have_a_sound_outline(texts: list[str]) -> None:
    outline = outline_lines([Line(text=text) for text in texts])
    assert [block.text for block in outline.blocks] == texts
    for number, section in enumerate(outline.sections):
        assert section.parent is None or section.parent < number
        assert section.level == (1 if section.parent is None else outline.sections[section.parent].level + 1)
        assert 0 <= section.block < len(texts)
    assert [section.block for section in outline.sections] == sorted(section.block for section in outline.sections)
    assert all(block.section is None or block.section < len(outline.sections) for block in outline.blocks)


@pytest.mark.parametrize(
    ("published", "lines", "expected"),
    [
        ("2031-01-20", ["一、过去一年工作回顾", "二、今年工作安排"], (2031, "2030", "2031")),
        ("2027-02-01", ["一、过去五年工作回顾", "二、今后五年目标任务"], (2027, "2022-2026", "2027")),
        (None, ["一、2030年工作回顾", "二、2031年工作安排"], (2031, "2030", "2031")),
        ("2010-01-20", ["一、2009年的主要工作", "二、2010年主要工作任务"], (2010, "2009", "2010")),
        ("2026-02-01", ["一、2025年和“十四五”时期的成绩", "二、“十五五”目标任务"], (2026, "2021-2025", "2026")),
    ],
)
def test_what_a_report_reviews_and_plans(published: str | None, lines: list[str], expected: tuple[object, ...]) -> None:
    article = Article(
        lines=tuple(Line(text=line) for line in lines),
        locators=tuple(f"line {number}" for number in range(len(lines))),
        metadata=Metadata(published=published),
    )
    metadata = build_outline(article, load_lexicon()).metadata
    assert (metadata.year, metadata.reviews, metadata.plans) == expected
