"""Lines → article: the page's chrome out, its metadata found."""

from __future__ import annotations

from qjreport.lexicon import Lexicon
from qjreport.model import Article, Page


def find_article(page: Page, lexicon: Lexicon) -> Article:
    return Article(lines=page.lines, locators=tuple(f"line {line.number}" for line in page.lines))
