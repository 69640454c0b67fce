"""Page → article: made pages, one for each trap; lines judged alone; laws that hold for any page."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qjreport.article import find_article
from qjreport.lexicon import load_lexicon
from qjreport.model import Article, Line, Page
from qjreport.page import decode_page, read_page

HERE = Path(__file__).parent
LEXICON = load_lexicon()


def read_cases(name: str) -> list[dict[str, Any]]:
    lines = (HERE / "cases" / "article" / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def read_made(name: str, reader: str = "lexbor") -> Page:
    return read_page(decode_page((HERE / "pages" / "article" / name).read_bytes()), reader)


def characters(texts: list[str]) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


def assert_accounts_for(page: Page, article: Article) -> None:
    """Kept and dropped lines together are the page, in its order."""
    assert characters([line.text for line in page.lines]) == characters(
        [line.text for line in article.lines] + [line.text for line in article.dropped]
    )
    assert len(article.lines) == len(article.locators)
    assert all(line.reason for line in article.dropped)
    order = iter(line.text for line in page.lines)
    assert all(any(line.text == text for text in order) for line in article.lines if line.table < 0)


@pytest.mark.parametrize("case", read_cases("pages.jsonl"), ids=lambda case: case["page"])
def test_made_page(case: dict[str, Any]) -> None:
    page = read_made(case["page"])
    article = find_article(page, LEXICON)
    assert [line.text for line in article.lines] == case["kept"], case["pattern"]
    found = json.loads(msgspec.json.encode(article.metadata))
    assert {key: found[key] for key in case.get("metadata", {})} == case.get("metadata", {})
    reasons = {line.text: line.reason for line in article.dropped}
    for text, reason in case.get("dropped", {}).items():
        assert reasons.get(text) == reason, text
    assert [entry.code for entry in article.diagnostics] == case.get("diagnostics", [])
    assert_accounts_for(page, article)
