"""The one error of an input that cannot be read."""

from __future__ import annotations


class SourceError(Exception):
    """An input that gives no page: which file, what is wrong with it, and what to do.

    >>> str(SourceError("report.html", "is a PDF document", "save the web page itself"))
    'report.html: is a PDF document; save the web page itself'
    """

    def __init__(self, name: str, problem: str, remedy: str = "") -> None:
        super().__init__(name, problem, remedy)
        self.name = name
        self.problem = problem
        self.remedy = remedy

    def explain(self) -> str:
        """What is wrong and what to do, for where the name stands beside it."""
        return self.problem + (f"; {self.remedy}" if self.remedy else "")

    def __str__(self) -> str:
        return f"{self.name}: {self.explain()}"
