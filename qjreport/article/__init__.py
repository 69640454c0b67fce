"""Lines → article: the page's chrome out, its metadata found."""

from __future__ import annotations

from qjreport.article.account import LineAccount, account_for_lines
from qjreport.article.find import find_article

__all__ = ["LineAccount", "account_for_lines", "find_article"]
