"""Lines → article: the page's chrome out, its metadata found."""

from __future__ import annotations

from qjreport.article.find import find_article

__all__ = ["find_article"]
