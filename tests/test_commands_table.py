"""The table that a person looks at: its width, its heads, nothing that steers the terminal."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from click.testing import CliRunner
from conftest import ROOT, make_fact, make_report

from qjreport.commands import table
from qjreport.commands.root import root
from qjreport.commands.streams import clean
from qjreport.model import Block, Section
from qjreport.pipeline import extract, extract_text
from qjreport.writers.accounts import sum_up


class TestTable:
    def render(self, monkeypatch: pytest.MonkeyPatch, width: int, *, language: str = "en", **fields: object) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        return table.render_report(make_report(**fields), language, to_file=False).decode()

    @pytest.mark.parametrize("width", [60, 80, 120, 160])
    def test_no_line_is_wider_than_the_screen(self, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
        from rich.cells import cell_len

        facts = (
            make_fact(),
            make_fact(
                item="城镇居民人均可支配收入增长速度高于经济增长速度的幅度" * 3,
                unit="个百分点",
                period="2024-01/2024-06",
            ),
            make_fact(
                value=Decimal("3375793000000"), unit="千瓦时", bound=">=", basis="比2020年同期可比口径", status="target"
            ),
        )
        shown = self.render(monkeypatch, width, facts=facts)
        assert max(map(cell_len, shown.splitlines())) <= width
        assert "459件" in shown
        assert ("in the text" in shown) is (width >= 120)

    def test_nothing_of_the_page_steers_the_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        evil = "[red]\x1b[2J\x9b31m\x07\u202e提案[/red]"
        shown = self.render(monkeypatch, 160, facts=(make_fact(item=evil, sentence=evil, hedge=evil, basis=evil),))
        assert not set(shown) & set("\x1b\x9b\x07\u202e")
        assert "[red]" in shown

    def test_chinese_heads(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "指标" in self.render(monkeypatch, 80, language="zh")

    def test_clean_keeps_text(self) -> None:
        text = "◆“渝”（一）1.2%\t—— 𠮷\n"
        assert clean(text) == text

    @pytest.mark.parametrize("width", [80, 120])
    def test_rows_that_look_alike_are_told_apart(self, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
        monkeypatch.setenv("COLUMNS", str(width))
        text = "工作总结\n一、2024年工作回顾\n全县建成公园3个。今年改造公园3个。\n二、2025年工作安排\n建成公园3个。"
        shown = table.render_report(extract_text(text), "en", to_file=False).decode()
        words = [line.split()[0] for line in shown.splitlines() if "〔" in line]
        # that of the other section stands under its heading
        assert words == ["全县建成公园〔3个〕", "今年改造公园〔3个〕"]

    @pytest.mark.parametrize(
        ("texts", "told"),
        [
            (
                ("城东片区建成公园3个。", "城西片区建成公园3个。"),
                ["城东片区建成公园〔3个〕", "城西片区建成公园〔3个〕"],
            ),
            (("在城东，有公园3个。", "在城西，有公园3个。"), ["在城东，有公园〔3个〕。", "在城西，有公园〔3个〕。"]),
            (("有公园3个，都已开放。", "有公园3个，都已建成。"), ["有公园〔3个〕，都已开", "有公园〔3个〕，都已建"]),
        ],
    )
    def test_as_few_words_as_differ(self, texts: tuple[str, str], told: list[str]) -> None:
        section = Section(parent=None, level=1, marker="", title="公园", block=0)
        blocks = tuple(Block(kind="paragraph", marker="", section=0, text=text, locator="p") for text in texts)
        facts = tuple(
            make_fact(
                id=str(index), block=index, start=text.index("3个"), end=text.index("3个") + 2, quote="3个", item="公园"
            )
            for index, text in enumerate(texts)
        )
        report = make_report(sections=(section,), blocks=blocks, facts=facts)
        assert list(table.tell_apart(report).values()) == told


CPPCC = str(ROOT / "samples" / "cppcc-report.html")


class TestNumbers:
    def list_numbers(self, *options: str) -> list[int]:
        shown = (
            CliRunner().invoke(root, ["extract", CPPCC, "--format", "table", *options], env={"COLUMNS": "80"}).stdout
        )
        return [int(line.split()[0]) for line in shown.splitlines() if re.match(r" {2,5}\d+  ", line)]

    def test_facts_are_numbered_as_they_stand(self) -> None:
        facts = extract(CPPCC).facts
        assert self.list_numbers() == list(range(1, len(facts) + 1))
        doubtful = [number for number, fact in enumerate(facts, 1) if fact.doubts]
        assert self.list_numbers("--doubtful") == doubtful

    def test_a_number_explains_its_fact(self) -> None:
        facts = extract(CPPCC).facts
        shown = CliRunner().invoke(root, ["explain", CPPCC, "5", "21", "--fact", facts[0].id]).stdout
        assert re.findall(r"is a fact: (\w+)", shown) == [facts[place].id for place in (0, 4, 20)]

    @pytest.mark.parametrize(
        ("args", "code", "said"),
        [
            ([CPPCC, "65"], 1, "no fact 65 among its 64"),
            ([CPPCC, "0"], 2, "0 is not in the range x>=1"),
            ([CPPCC, "5", "--time"], 2, "--time goes with a page, and without a fact"),
            ([CPPCC, "5", "--line", "提案"], 2, "--line goes with a page, and without a fact"),
        ],
    )
    def test_numbers_that_no_fact_has(self, args: list[str], code: int, said: str) -> None:
        done = CliRunner().invoke(root, ["explain", *args])
        assert (done.exit_code, said in " ".join(done.stderr.split())) == (code, True)

    def test_the_account_is_of_the_whole_report(self) -> None:
        shown = CliRunner().invoke(root, ["extract", CPPCC, "--format", "table", "--doubtful"]).stdout
        assert shown.splitlines()[-3:] == [
            "102 numbers: 64 facts, 4 dates, 1 ordinal, 1 name, 1 vague, 31 in chrome, 0 unread",
            "11 of 64 facts are shown",
            "? 11 of 64 facts are doubtful: qjreport explain PAGE NUMBER says why",
        ]

    def test_a_number_that_is_two_facts_counts_as_two(self) -> None:
        """The table and CSV say the same: every fact is a row."""
        report = make_report(facts=(make_fact(id="a"), make_fact(id="b", item="建议")))
        assert sum_up(report) == "5 numbers: 2 facts from 1 number, 2 ordinals, 1 in chrome, 1 unread"
