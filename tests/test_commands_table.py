"""The table that a person looks at: its width, its heads, nothing that steers the terminal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import make_fact, make_report

from qjreport.commands import table
from qjreport.commands.streams import clean


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
        assert "459 件" in shown
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
