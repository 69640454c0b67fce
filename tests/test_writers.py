"""The writers: what they print of a made report."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import SAMPLES, make_fact, make_report
from hypothesis import given
from hypothesis import strategies as st

import qjreport
from qjreport.model import Metadata, NonFact, Report, Section
from qjreport.writers.accounts import sum_up, write_account_json
from qjreport.writers.amounts import format_amount, name_kind, quote_amount
from qjreport.writers.csv_tsv import write_cell, write_facts, write_header
from qjreport.writers.fact_columns import name_columns
from qjreport.writers.files import write_whole
from qjreport.writers.markdown import escape_markdown, write_facts_markdown, write_text_markdown
from qjreport.writers.text import write_text, write_tree, write_tree_json, write_tree_markdown


class TestDelimited:
    def rows(self, report: Report, *, tabs: bool = False) -> list[list[str]]:
        text = (write_header(tabs=tabs) + write_facts(report, tabs=tabs)).decode()
        return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ","))

    @pytest.mark.parametrize("tabs", [False, True])
    def test_a_fact_a_row(self, tabs: bool) -> None:
        head, row = self.rows(make_report(), tabs=tabs)
        assert head == list(name_columns("en"))
        cells = dict(zip(head, row, strict=True))
        assert cells["source"] == "page.html"
        assert (cells["title"], cells["area"], cells["year"]) == ("白溪区政协工作报告", "白溪区", "2025")
        assert (cells["value"], cells["value_to"], cells["bound"]) == ("459", "", "=")
        assert (cells["path"], cells["rules"]) == ("一年回顾", "number.arabic unit.counter")

    @pytest.mark.parametrize("tabs", [False, True])
    @given(item=st.text(st.characters(blacklist_categories=["Cs"]), max_size=12))
    def test_whatever_the_page_says_comes_back(self, tabs: bool, item: str) -> None:
        _, row = self.rows(make_report(facts=(make_fact(item=item),)), tabs=tabs)
        got = dict(zip(name_columns("en"), row, strict=True))["item"]
        assert got.removeprefix("'") == item.removeprefix("'") or got == item

    def test_csv_is_rfc_4180(self) -> None:
        data = write_facts(make_report(facts=(make_fact(sentence='说："好，\n好"'), make_fact(sentence='a"b,c'))))
        assert data.endswith(b"\r\n")
        assert b'"a""b,c"' in data

    @pytest.mark.parametrize(
        "text", ["=1+1", "+A1", "-cmd|x", "@SUM(A1)", "\t=1", "\r=1", "=", "－2", "-2.2", "+3%", "a=b"]
    )
    def test_formulas(self, text: str) -> None:
        guarded = text in ("=1+1", "+A1", "-cmd|x", "@SUM(A1)", "\t=1", "\r=1")
        assert write_cell(text) == ("'" + text if guarded else text)

    def test_numbers_are_never_guarded(self) -> None:
        assert write_cell(Decimal("-10.5")) == "-10.5"
        assert write_cell(-1) == "-1"


class TestMarkdown:
    def test_nothing_of_the_page_is_markup(self) -> None:
        evil = "<script>x</script> [a](javascript:b) ![i](u) `c` *d* _e_ | f ~~g~~ &lt; # h"
        shown = write_facts_markdown(make_report(facts=(make_fact(item=evil, path=(evil,)),)))
        assert shown.count("\n| ") == 3  # head, rule and one row: no pipe of the page made a column
        for markup in ("<script>", " [a]", "![i]", " `c`", " *d*", " _e_", " ~~g~~", " &lt;", " # h"):
            assert markup not in shown
        assert "\\<script\\>" in shown

    @pytest.mark.parametrize(
        ("text", "written"), [("1. 全年", "1\\. 全年"), ("- 甲", "\\- 甲"), ("+5%", "\\+5%"), ("2.5倍", "2\\.5倍")]
    )
    def test_a_line_does_not_become_a_list(self, text: str, written: str) -> None:
        assert escape_markdown(text) == written

    def test_the_report_as_markdown(self) -> None:
        assert write_text_markdown(make_report()) == (
            "# 白溪区政协工作报告\n\n## 一、一年回顾\n\n提交提案459件。\n\n- ◆第3届第7a号\n\n"
            "表1\n\n件\n\n| 指标 | 数量 |\n| --- | --- |\n| 提案 | 1 |\n"
        )

    def test_the_facts_as_markdown(self) -> None:
        assert write_facts_markdown(make_report(), "zh").splitlines()[-3:] == [
            "| 指标 | 数值 | 类型 | 时期 | 原文 | 存疑 |",
            "| --- | --- | --- | --- | --- | --- |",
            "| 提案 | 459 件 | 水平 | 2024 | 459件 |  |",
        ]


class TestAmounts:
    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({}, "459 件"),
            ({"bound": ">=", "value": Decimal(92), "unit": "%"}, "≥ 92 %"),
            ({"kind": "increase", "value": Decimal("5.3"), "change": Decimal("5.3"), "unit": "%"}, "+5.3 %"),
            ({"kind": "decrease", "value": Decimal("10.5"), "change": Decimal("-10.5"), "unit": "%"}, "-10.5 %"),
            ({"kind": "increase", "value": Decimal("-0.3"), "change": Decimal("-0.3"), "unit": "%"}, "-0.3 %"),
            ({"value": Decimal(3), "value_to": Decimal(5), "unit": "个"}, "3 – 5 个"),
            ({"kind": "rank", "value": Decimal(3), "unit": "位"}, "第 3 位"),
            ({"value": Decimal("0.333"), "exact": "1/3", "unit": "", "bound": "~"}, "≈ 1/3"),
            ({"value": Decimal("3375793000000"), "unit": "元"}, "33,757.93 亿元"),
            ({"value": Decimal(46820), "unit": "元"}, "46,820 元"),
            ({"value": Decimal(260000000), "value_to": Decimal(300000000), "unit": "元"}, "2.6 – 3 亿元"),
        ],
    )
    def test_amount(self, fields: dict[str, object], shown: str) -> None:
        assert format_amount(make_fact(**fields)) == shown

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({"quote": "1.6万余人次", "value": Decimal(16000), "bound": ">=", "hedge": "余"}, "1.6万余人次"),
            ({"quote": "九成", "value": Decimal(90), "unit": "%", "bound": ">=", "hedge": "不低于"}, "≥ 九成"),
            ({"quote": "80件以上", "bound": ">=", "hedge": "力争…以上"}, "80件以上"),
            ({"quote": "5.3%", "kind": "decrease", "value": Decimal("5.3"), "unit": "%"}, "-5.3%"),
            ({"quote": "-0.3%", "kind": "increase", "value": Decimal("-0.3"), "unit": "%"}, "-0.3%"),
            ({"quote": "-2.2%", "kind": "decrease", "value": Decimal("2.2"), "unit": "%"}, "-2.2%"),
            ({"quote": "第二位", "kind": "rank", "value": Decimal(2), "unit": "位"}, "第二位"),
            ({"quote": "19.62", "value": Decimal(196200), "unit": "吨"}, "19.62 万吨"),  # a cell of a table
            ({"quote": "3\u3000件", "unit": "件"}, "3 件"),
        ],
    )
    def test_amount_as_written(self, fields: dict[str, object], shown: str) -> None:
        assert quote_amount(make_fact(**fields)) == shown

    def test_kind(self) -> None:
        fact = make_fact(kind="increase", basis="同比", status="target", change=Decimal(1))
        assert (name_kind(fact), name_kind(fact, "zh")) == ("increase 同比 target", "增加 同比 目标")


class TestTreeAndText:
    def test_tree(self) -> None:
        sections = tuple(
            Section(parent=parent, level=level, marker=marker, title=title, block=0)
            for parent, level, marker, title in [
                (None, 1, "一、", "回顾"),
                (0, 2, "（一）", "工业"),
                (1, 3, "●", "投资"),
                (0, 2, "（二）", "农业"),
                (None, 1, "1.", "计划"),
            ]
        )
        assert write_tree(make_report(sections=sections)).splitlines() == [
            "白溪区政协工作报告",
            "├── 一、回顾  (1)",
            "│   ├── （一）工业",
            "│   │   └── ● 投资",
            "│   └── （二）农业",
            "└── 1. 计划",
        ]

    def test_a_tree_of_any_depth(self) -> None:
        sections = tuple(
            Section(parent=i - 1 if i else None, level=i + 1, marker="", title="深", block=0) for i in range(2000)
        )
        assert write_tree(make_report(sections=sections)).count("深") == 2000

    def test_outline_json_and_markdown(self) -> None:
        plain = json.loads(write_tree_json(make_report()))
        assert plain["sections"][0] == {
            "parent": None, "level": 1, "marker": "一、", "title": "一年回顾", "block": 0,
            "role": None, "period": None, "facts": 1
        }  # fmt: skip
        assert write_tree_markdown(make_report()) == "# 白溪区政协工作报告\n\n- 一、一年回顾\n"

    def test_text(self) -> None:
        assert write_text(make_report()).splitlines()[:3] == ["白溪区政协工作报告", "一、一年回顾", "提交提案459件。"]
        assert write_text(make_report(metadata=Metadata(), blocks=())) == ""


class TestAccounts:
    def test_sum(self) -> None:
        assert sum_up(make_report()) == "5 numbers: 1 fact, 2 ordinals, 1 in chrome, 1 unread"

    def test_json(self) -> None:
        plain = json.loads(write_account_json(make_report()))
        assert plain["unread"][0]["context"] == "◆第3届第〔7a〕号"
        assert plain["counts"]["unread"] == 1

    @pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
    def test_the_parts_add_up(self, sample: Path) -> None:
        counts = qjreport.extract(sample).counts
        assert counts.numbers == counts.facts + sum(counts.non_facts.values()) + counts.dropped
        assert counts.unread == counts.non_facts.get("unread", 0)

    def test_context_stays_inside_the_block(self) -> None:
        number = NonFact(block=1, start=0, end=2, quote="提交", why="unread")
        assert "〔提交〕提案459件" in write_account_json(make_report(non_facts=(number,))).decode()


class TestFiles:
    def test_whole(self, tmp_path: Path) -> None:
        with write_whole(tmp_path / "a") as stream:
            stream.write(b"new")
            assert not (tmp_path / "a").exists()
        assert (tmp_path / "a").read_bytes() == b"new"

    def test_or_not_at_all(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"old")
        with pytest.raises(KeyboardInterrupt), write_whole(tmp_path / "a") as stream:
            stream.write(b"new")
            raise KeyboardInterrupt
        assert (tmp_path / "a").read_bytes() == b"old"
        assert [path.name for path in tmp_path.iterdir()] == ["a"]

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "a")
        with write_whole(tmp_path / "link") as stream:
            stream.write(b"new")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "a").read_bytes() == b"new"
