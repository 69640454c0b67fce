"""Why lines of a page were kept or dropped, for a person or a program."""

from __future__ import annotations

from collections.abc import Sequence

from qjreport.article.account import LineAccount
from qjreport.writers.jsons import encode


def write_lines(accounts: Sequence[LineAccount]) -> str:
    """Each line with what became of it, and below it the evidence.

    >>> told = LineAccount(text="首页", kept=False, reason="menu", place=0, block=None, steps=("alone: a link",))
    >>> print(write_lines([told]), end="")
    首页
      dropped: menu
      alone: a link
    """
    parts = []
    for account in accounts:
        outcome = "kept" if account.kept else f"dropped: {account.reason}"
        parts.append(
            "".join(f"{line}\n" for line in (account.text, f"  {outcome}", *(f"  {s}" for s in account.steps)))
        )
    return "\n".join(parts)


def write_lines_json(accounts: Sequence[LineAccount]) -> bytes:
    return encode(list(accounts)) + b"\n"
