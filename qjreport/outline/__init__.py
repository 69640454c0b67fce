"""Article → outline: sections and blocks, by markers and by shape."""

from __future__ import annotations

from qjreport.lexicon import Lexicon
from qjreport.model import Article, Block, Outline


def build_outline(article: Article, lexicon: Lexicon) -> Outline:
    blocks = (
        Block(kind="paragraph", marker="", section=None, text=line.text, locator=locator)
        for line, locator in zip(article.lines, article.locators, strict=True)
    )
    return Outline(sections=(), blocks=tuple(blocks), metadata=article.metadata)
