"""The cross-checks: pages of a paragraph and a table, each for one pattern, and the laws that hold for all pages."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES, make_fact
from hypothesis import given
from hypothesis import strategies as st

from qjreport.fact import build_facts
from qjreport.fact.checks import check_facts, find_step
from qjreport.fact.draft import Draft
from qjreport.lexicon import load_lexicon
from qjreport.model import Block, Fact, Metadata, Outline, Quantity, Section, Table, Timeline
from qjreport.pipeline import extract
from qjreport.quantity import read_quantities

CASES = [
    json.loads(line)
    for path in sorted((Path(__file__).parent / "cases" / "check").glob("*.jsonl"))
    for line in path.read_text("utf-8").splitlines()
]
CODES = ("shares-not-100", "part-exceeds-whole", "text-contradicts-table")


def build_outline(paragraphs: list[str], rows: list[list[str]]) -> Outline:
    texts = ["2024年经济运行情况", *paragraphs]
    blocks = [
        Block(kind="paragraph" if place else "heading", marker="", section=0, text=text, locator=f"line {place}")
        for place, text in enumerate(texts)
    ]
    tables = ()
    if rows:
        text = "\n".join("\t".join(row) for row in rows)
        blocks.append(Block(kind="table", marker="", section=0, text=text, locator="table"))
        tables = (Table(block=len(blocks) - 1, caption="", unit="", rows=tuple(map(tuple, rows))),)
    return Outline(
        sections=(Section(parent=None, level=1, marker="", title=texts[0], block=0),),
        blocks=tuple(blocks),
        tables=tables,
        metadata=Metadata(kind="统计公报", year=2024, reviews="2024"),
        timeline=Timeline(review=2024),
    )


@pytest.mark.parametrize("case", CASES, ids=[case["pattern"] for case in CASES])
def test_page(case: dict[str, Any]) -> None:
    lexicon = load_lexicon()
    outline = build_outline(case.get("text", []), case.get("table", []))
    found = build_facts(outline, read_quantities(outline, lexicon), lexicon)
    assert found.facts
    said = [diagnostic for diagnostic in found.diagnostics if diagnostic.code in CODES]
    assert len(said) == len(case["found"]), said
    for diagnostic, (code, words) in zip(said, case["found"], strict=True):
        assert diagnostic.code == code
        assert words in diagnostic.message


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_agree_with_themselves(sample: Path) -> None:
    assert [d for d in extract(sample).diagnostics if d.code in CODES] == []


@pytest.mark.parametrize(
    ("quote", "value", "step"),
    [
        ("33757.93亿元", 3375793000000, 1000000),
        ("1,280家", 1280, 1),
        ("3.2万人", 32000, 1000),
        ("-0.30%", "-0.30", "0.01"),
        ("两百三十万", 2300000, 0),
        ("0%", 0, 1),
    ],
)
def test_step_of_the_last_digit(quote: str, value: int | str, step: int | str) -> None:
    assert find_step(make_fact(quote=quote, value=Decimal(value))) == Decimal(step)


def make_draft(fact: Fact, structure: bool = False, **fields: object) -> Draft:
    """What the fact may have been made of."""
    quantity = Quantity(block=fact.block, start=fact.start, end=fact.end, quote=fact.quote, structure=structure)
    draft = Draft(quantity, fact.item, fact.value, fact.unit)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft


def test_a_part_is_named_with_its_whole() -> None:
    whole = make_fact(id="a", value=Decimal(3000), quote="3000件")
    part = make_fact(id="b", item="重点提案", value=Decimal(4000), quote="4000件", part_of="a")
    (found,) = check_facts(
        Outline(sections=(), blocks=()), [whole, part], [make_draft(whole), make_draft(part)], load_lexicon()
    )
    assert found.facts == (part, whole)
    assert found.diagnostic.message == "重点提案 4000件 is a part of 提案 3000件 and larger"


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**6), max_value=10**6)


@st.composite
def draw_fact(draw: st.DrawFn) -> tuple[Fact, Draft]:
    value = draw(NUMBERS)
    unit, dimension = draw(st.sampled_from([("%", "ratio"), ("件", "count"), ("", None), ("元", "money")]))
    fact = make_fact(
        id=draw(st.sampled_from("abcdef")),
        quote=draw(st.sampled_from([f"{value}", f"{value}万", "亿元", "两成", "9" * 50])),
        value=value,
        unit=unit,
        dimension=dimension,
        block=draw(st.integers(0, 1)),
        bound=draw(st.sampled_from(["=", ">=", "<=", "~"])),
        item=draw(st.sampled_from(["地区生产总值", "", "提案", "（一）"])),
        kind=draw(st.sampled_from(["level", "increase", "decrease", "rank"])),
        part_of=draw(st.sampled_from([None, "a", "zzz"])),
    )
    how = draw(st.sampled_from([{"named": True}, {"column": "share"}, {"structure": True}]))
    return fact, make_draft(fact, **how)  # type: ignore[arg-type]


@given(st.lists(draw_fact(), max_size=12))
def test_any_facts_are_checked_without_fail(found_facts: list[tuple[Fact, Draft]]) -> None:
    facts, drafts = [fact for fact, _ in found_facts], [draft for _, draft in found_facts]
    outline = build_outline(["提案1件"], [["指标", "比重（%）"], ["提案", "100"]])
    found = check_facts(outline, facts, drafts, load_lexicon())
    assert found == check_facts(outline, facts, drafts, load_lexicon())
    assert {failure.diagnostic.code for failure in found} <= set(CODES)
    assert len(found) <= 2 * len(facts)
