"""What Jupyter shows of a report and of a fact: the page's text, and nothing that the page would have run."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, make_fact, make_report

from qjreport import extract
from qjreport.model import Block, Metadata, Section
from qjreport.writers.notebook import FIRST_FACTS, FIRST_SECTIONS

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def test_a_report() -> None:
    report = extract(ROOT / "samples" / "cppcc-report.html")
    page = BeautifulSoup(report._repr_html_(), "html.parser")
    text = page.get_text(" ")
    assert str(report.metadata.title) in text
    assert "102 numbers: 64 facts" in text
    assert f"{FIRST_FACTS} of 64 facts" in text
    assert [mark.text for mark in page.find_all("mark")] == [fact.quote for fact in report.facts[:FIRST_FACTS]]
    lines = [line.text for line in page.find("details").find_all("div")]
    assert len(lines) == len(report.sections)
    assert "● 提案工作提质 (8)" in lines


def test_a_fact_is_its_sentence_with_its_mark() -> None:
    shown = make_fact(doubts=("item.short",))._repr_html_()
    assert "提交提案<mark>459件</mark>。" in shown
    assert (
        BeautifulSoup(shown, "html.parser").get_text("|")
        == "一年回顾|提交提案|459件|。|提案 · 459 件 · level · 2024 · item.short"
    )


def test_a_sentence_that_was_cut() -> None:
    assert "<mark>459件</mark> 很长的一句" in make_fact(sentence="很长的一句")._repr_html_()


@pytest.mark.parametrize("field", ["item", "quote", "sentence", "period", "basis", "scope", "unit"])
def test_nothing_of_a_page_runs(field: str) -> None:
    fact = make_fact(**{field: EVIL})
    assert find_markup(fact._repr_html_()) | find_markup(make_report(facts=(fact,))._repr_html_()) <= OURS


def test_nothing_of_a_page_runs_elsewhere() -> None:
    metadata = Metadata(title=EVIL, area=EVIL, published=EVIL, source=EVIL)
    sections = tuple(Section(parent=None, level=1, marker=EVIL, title=EVIL, block=0) for _ in range(FIRST_SECTIONS + 5))
    blocks = (Block(kind="heading", marker="", section=0, text=EVIL, locator="p"),)
    fact = make_fact(path=(EVIL,), doubts=(EVIL,), block=0)
    report = make_report(metadata=metadata, sections=sections, blocks=blocks, facts=(fact,))
    assert find_markup(report._repr_html_()) | find_markup(fact._repr_html_()) <= OURS
    assert "… 5 more" in report._repr_html_()


OURS = {"div", "strong", "span", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "mark"}


def find_markup(shown: str) -> set[str]:
    page = BeautifulSoup(shown, "html.parser")
    assert not re.search(r"\bon\w+=", " ".join(str(tag.attrs) for tag in page.find_all(True)))
    return {tag.name for tag in page.find_all(True)}
