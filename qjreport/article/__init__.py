"""Lines → article: the page's chrome out, its metadata found."""

from __future__ import annotations

from qjreport.article.find import LineAccount, account_for_lines, find_article

__all__ = ["LineAccount", "account_for_lines", "find_article"]
