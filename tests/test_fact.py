"""The fact stage: whole sentences, each for one pattern, and the laws that hold for all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qjreport.fact import build_facts
from qjreport.fact.period import MARKED
from qjreport.lexicon import load_lexicon
from qjreport.model import Block, BlockKind, Facts, Metadata, Outline, Section
from qjreport.outline import build_timeline
from qjreport.quantity import read_quantities

CASES = Path(__file__).parent / "cases" / "fact"
FIELDS = ("quote", "item", "kind", "status", "period")


def read_cases() -> list[Any]:
    lines = [line for path in sorted(CASES.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    cases = [json.loads(line) for line in lines]
    return [pytest.param(case, id=case["pattern"]) for case in cases]


def date_outline(heading: str, texts: Sequence[str], plan: int) -> Outline:
    """One section of a work report on that year."""
    kinds: tuple[tuple[BlockKind, str], ...] = (("heading", heading), *(("paragraph", text) for text in texts))
    blocks = tuple(
        Block(kind=kind, marker="", section=0, text=text, locator=f"line {number}")
        for number, (kind, text) in enumerate(kinds, 1)
    )
    section = Section(parent=None, level=1, marker="", title=heading, block=0)
    dated = build_timeline(Metadata(kind="政府工作报告"), (section,), blocks, load_lexicon(), given=plan)
    return Outline(sections=dated.sections, blocks=blocks, metadata=dated.metadata, timeline=dated.timeline)


def build(
    text: str, heading: str = "2024年工作回顾", reviews: str = "2024", plans: str = "2025"
) -> tuple[Outline, Facts]:
    outline = date_outline(heading, (text,), int(plans))
    assert outline.timeline.review == int(reviews)
    return outline, build_facts(outline, read_quantities(outline, load_lexicon()), load_lexicon())


@pytest.mark.parametrize("case", read_cases())
def test_sentence(case: dict[str, Any]) -> None:
    _, found = build(case["text"], case["heading"], case["reviews"], case["plans"])
    facts = [fact for fact in found.facts if fact.block == 1]
    got = [{name: getattr(fact, name) for name in FIELDS} for fact in facts]
    assert got == [{name: fact[name] for name in FIELDS} for fact in case["facts"]]
    by_id = {fact.id: fact.quote for fact in facts}
    for fact, want in zip(facts, case["facts"], strict=True):
        for name in want.keys() - set(FIELDS):
            value = getattr(fact, name)
            value = by_id.get(value, value) if name == "part_of" else value
            assert (str(value) if isinstance(value, Decimal) else value) == want[name], name


def test_a_list_that_does_not_match_its_numbers_is_reported_and_not_guessed() -> None:
    _, found = build("水稻、小麦、玉米产量分别增长3%、5%。")
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["respectively-mismatch"]
    assert all("、" in fact.item or fact.item == found.facts[0].item for fact in found.facts)


def test_each_thing_of_a_list_is_a_part_of_the_same_whole() -> None:
    _, found = build("全年新增就业9万人，其中高校毕业生、返乡农民各3万人。")
    whole, *parts = (fact for fact in found.facts if fact.block == 1)
    assert [part.item for part in parts] == ["高校毕业生", "返乡农民"]
    assert [part.part_of for part in parts] == [whole.id, whole.id]


def test_ids_hang_on_what_is_said() -> None:
    _, once = build("提交提案212件。")
    _, again = build("提交提案212件。")
    _, moved = build("工作扎实推进。提交提案212件。")
    assert once.facts[0].id == again.facts[0].id == moved.facts[0].id
    _, twice = build("提交提案212件。提交提案212件。")
    assert len({fact.id for fact in twice.facts}) == 2


def test_every_fact_names_the_rules_that_made_it() -> None:
    _, found = build("全县生产总值达到318.4亿元、增长6.2%。")
    for fact in found.facts:
        stages = {rule.split(".")[0] for rule in fact.rules}
        assert {"numeral", "item", "period", "status"} <= stages


PIECES = (
    "全年 提交 提案 12件 增长 3.5% 、 ， 。 分别 均 由 到 其中 的 20家 企业 “ ” （ ） 2024年 五年来 第3位 居全省 投资"
    " 5亿元 建成 和 达到 翻一番 三分之一 每 万"
)
WORDS = st.sampled_from(PIECES.split())


@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_sentence_gives_facts_that_quote_it(text: str) -> None:
    outline, found = build(text)
    for fact in found.facts:
        block = outline.blocks[fact.block].text
        assert block[fact.start : fact.end] == fact.quote
        assert fact.sentence in block
        assert fact.quote in fact.sentence
    assert len({fact.id for fact in found.facts}) == len(found.facts)


@pytest.mark.parametrize(
    ("text", "item", "period", "status"),
    [
        ("2024年第一季度生产总值增长5.1%。", "生产总值", "2024-01/2024-03", "actual"),
        ("2024年第三季度末，贷款余额5亿元。", "贷款余额", "2024-07/2024-09", "actual"),
        ("今后五年新建公路500公里。", "公路", "2025-2029", "target"),
        ("未来5年，新建公路500公里。", "公路", "2025-2029", "target"),
        ("五年来新建公路500公里，为今后五年打下基础。", "公路", "2020-2024", "actual"),
        ("新建公路500公里，为今后五年打下基础。", "公路", "2024", "actual"),
    ],
)
def test_periods_that_a_part_that_looks_back_names(text: str, item: str, period: str, status: str) -> None:
    _, found = build(text)
    facts = [(fact.item, fact.period, fact.status) for fact in found.facts if fact.block == 1]
    assert facts == [(item, period, status)]


def test_a_paragraph_that_looks_ahead_speaks_for_itself_alone() -> None:
    """今后五年 in a part that looks back: the paragraphs after it look back again."""
    texts = ("今后五年新建公路500公里。再建桥梁30座。", "新建学校20所。")
    outline = date_outline("2024年工作回顾", texts, 2025)
    found = build_facts(outline, read_quantities(outline, load_lexicon()), load_lexicon())
    assert [(fact.quote, fact.period, fact.status) for fact in found.facts] == [
        ("500公里", "2025-2029", "target"),
        ("30座", "2025-2029", "target"),
        ("20所", "2024", "actual"),
    ]


def test_every_word_of_time_is_looked_for() -> None:
    """fact/period.py skips a sentence without any of the marks, so every word must contain one."""
    time = load_lexicon().facts.time
    lists = (time.this_year, time.last_year, time.five_years_back, time.five_years_ahead)
    words = [word for words in lists for word in words]
    assert words
    assert [word for word in words if MARKED.search(word) is None] == []
