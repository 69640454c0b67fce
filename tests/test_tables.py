"""Data tables: every cell's fact, from grids of our own. The numbers are read by the quantity stage itself."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qjreport.fact.table.reader import build_table_facts
from qjreport.lexicon import load_lexicon
from qjreport.model import Article, Cell, Grid, Line, Metadata, Outline
from qjreport.outline import build_outline
from qjreport.pipeline import extract, extract_text
from qjreport.quantity import read_quantities
from qjreport.text.units import Unit, scale_value

TABLE = Path(__file__).parent / "cases/outline/tables.jsonl"
CASES = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
TEXT_TABLE = Path(__file__).parent / "cases/outline/text_tables.jsonl"
TEXT_CASES = [json.loads(line) for line in TEXT_TABLE.read_text(encoding="utf-8").splitlines()]


def read_grid(rows: list[list[str]]) -> Grid:
    """Rows of cells as HTML has them: a cell that spans is written 地区|2x1, and the cells that it covers are not."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, texts in enumerate(rows):
        column = 0
        for text in texts:
            text, _, spans = text.partition("|")
            rowspan, colspan = map(int, spans.split("x")) if spans else (1, 1)
            while (row, column) in taken:
                column += 1
            taken |= {(row + down, column + right) for down in range(rowspan) for right in range(colspan)}
            cells.append(Cell(text=text.strip(), row=row, column=column, rowspan=rowspan, colspan=colspan))
    return Grid(node=0, rows=len(rows), columns=1 + max(column for _, column in taken), cells=tuple(cells))


def read_case(case: dict[str, object]) -> Outline:
    above, rows, year = case["above"], case["rows"], case["year"]
    assert isinstance(above, list) and isinstance(rows, list)
    lines = (*(Line(text=text) for text in above), Line(text="", table=0))
    article = Article(
        lines=lines,
        locators=tuple(f"line {number}" for number in range(len(lines))),
        tables=(read_grid(rows),),
        metadata=Metadata(year=year if isinstance(year, int) else None),
    )
    return build_outline(article, load_lexicon())


@pytest.mark.parametrize("case", CASES, ids=[case["pattern"] for case in CASES])
def test_every_cell_is_its_fact(case: dict[str, object]) -> None:
    outline = read_case(case)
    drafts = build_table_facts(outline, 0, read_quantities(outline, load_lexicon()), load_lexicon()).drafts
    found = [
        [d.quantity.quote, d.item, d.value, d.unit, d.kind, d.period, d.status]
        + ([drafts[d.part_of].item] if d.part_of is not None else [])
        for d in drafts
    ]
    expected = [[fact[0], fact[1], Decimal(fact[2]), *fact[3:]] for fact in case["facts"]]  # type: ignore[attr-defined]
    assert found == expected


@pytest.mark.parametrize("case", TEXT_CASES, ids=[case["pattern"] for case in TEXT_CASES])
def test_a_table_that_is_text_is_read_cell_by_cell(case: dict[str, list[str]]) -> None:
    report = extract_text("\n".join(case["lines"]))
    tables = [{"caption": t.caption, "unit": t.unit, "rows": [list(row) for row in t.rows]} for t in report.tables]
    assert tables == case["tables"]
    facts = [fact for fact in report.facts if report.blocks[fact.block].kind == "table"]
    assert [[f.quote, f.item, str(f.value), f.unit, f.kind, f.period] for f in facts] == case["facts"]


def test_a_page_that_sets_its_tables_as_tables_parts_no_columns_by_single_spaces() -> None:
    rows = "".join(f"<p>- {name} 1.2 -0.9 1.6</p>" for name in ("食品", "衣着", "居住", "交通"))
    cells = (("指标", "数量"), ("茶叶", "3"), ("竹器", "4"))
    data = "<table>" + "".join(f"<tr><td>{name}</td><td>{amount}</td></tr>" for name, amount in cells) + "</table>"
    body = "<p>全年物价平稳，各类价格涨跌互现，总体保持在合理区间，群众反映较好。</p>"
    assert len(extract(f"<h1>公报</h1>{body}{rows}{body}{data}{body}".encode()).tables) == 1
    assert len(extract(f"<h1>公报</h1>{body}{rows}{body}".encode()).tables) == 1


@pytest.mark.parametrize("case", CASES, ids=[case["pattern"] for case in CASES])
def test_no_number_of_a_table_is_lost(case: dict[str, object]) -> None:
    check_no_number_is_lost(case)


def check_no_number_is_lost(case: dict[str, object]) -> None:
    outline = read_case(case)
    text = outline.blocks[outline.tables[0].block].text
    quantities = read_quantities(outline, load_lexicon())
    found = build_table_facts(outline, 0, quantities, load_lexicon())
    spans = [(d.quantity.start, d.quantity.end) for d in found.drafts] + [(n.start, n.end) for n in found.non_facts]
    digits = [place for place, character in enumerate(text) if character.isascii() and character.isdigit()]
    assert not [text[place:] for place in digits if not any(start <= place < end for start, end in spans)]


def test_tables_of_a_page() -> None:
    """A bulletin as saved: layout around it, a table that goes on as 续表, two tables side by side."""
    pages = Path(__file__).parent / "pages/outline"
    report = extract(pages / "tables.html")
    items = {fact.id: fact.item for fact in report.facts}
    tables = {table.block for table in report.tables}
    found = [
        [f.quote, f.item, str(f.value), f.unit, f.kind, f.period, items.get(f.part_of or "")]
        for f in report.facts
        if f.block in tables
    ]
    assert found == json.loads((pages / "tables.json").read_text(encoding="utf-8"))


UNITS = [
    (["县区", "浓度（微克/立方米）"], ["云溪县", "35"], [("微克/立方米", "ug/m3", "mass/volume")]),
    (["指标", "单位", "2024年"], ["土地产出", "万元/公顷", "35"], [("元/公顷", "CNY/har", "money/area")]),
    (
        ["品种", "产量（万吨、%）", "产量增长（万吨、%）"],
        ["柑橘", "35", "4"],
        [("吨", "t", "mass"), ("%", "%", "ratio")],
    ),
]


@pytest.mark.parametrize(("head", "row", "want"), UNITS)
def test_the_unit_of_a_cell_has_its_code(head: list[str], row: list[str], want: list[tuple[str, ...]]) -> None:
    outline = read_case({"above": [], "rows": [head, row, [row[0] + "（新）", *row[1:]]], "year": 2024})
    drafts = build_table_facts(outline, 0, read_quantities(outline, load_lexicon()), load_lexicon()).drafts
    assert [(d.unit, d.unit_code, d.dimension) for d in drafts] == want * 2


@pytest.mark.parametrize(
    ("value", "scale", "full"),
    [("1.20", 100_000_000, "120000000"), ("3.00001", 10_000, "30000.1"), ("9" * 40, 10, "9" * 40 + "0")],
)
def test_scaling_is_exact(value: str, scale: int, full: str) -> None:
    assert scale_value(Decimal(value), Unit("元", scale=scale)) == Decimal(full)


TEXTS = ["", "指标", "单位", "万人", "2024年", "比上年增长（%）", "其中：甲", "—", "合计", "第3位", "增减", "约20"]
TEXTS += ["3.5", "-1.2", "1,024"]


@given(
    st.lists(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=5), min_size=1, max_size=6),
    st.lists(st.sampled_from(["表1 2024年情况", "单位：万元、%", "续表"]), max_size=2),
)
@settings(max_examples=200, deadline=None)
def test_any_grid_is_read_without_loss(rows: list[list[str]], above: list[str]) -> None:
    check_no_number_is_lost({"above": above, "rows": rows, "year": 2024})
