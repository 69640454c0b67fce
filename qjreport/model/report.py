"""The report: all that one page gives. docs/output.md is its contract."""

from __future__ import annotations

from decimal import Decimal
from importlib import import_module
from typing import Any

import msgspec

from qjreport.model.article import Dropped, Metadata
from qjreport.model.fact import Fact, NonFact
from qjreport.model.outline import Block, Section, Table
from qjreport.model.page import Diagnostic

SCHEMA = "qjreport/report/1"


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    version: str
    lexicon: str  # hash of the word tables


class Source(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    sha256: str
    bytes: int
    media_type: str
    encoding: str
    declared_encoding: str | None
    replacements: int


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    numbers: int  # every number that a reader sees on the page
    facts: int  # numbers that are in a fact; one may be in two
    non_facts: dict[str, int]
    dropped: int  # numbers in the page's chrome
    unread: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One page, read."""

    schema: str
    tool: Tool
    source: Source
    metadata: Metadata
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    facts: tuple[Fact, ...]
    counts: Counts
    non_facts: tuple[NonFact, ...]
    dropped: tuple[Dropped, ...]
    diagnostics: tuple[Diagnostic, ...]

    def _repr_html_(self) -> str:
        """In Jupyter: headline, account, outline, first facts."""
        # By name: what shows a report is above it, and is loaded only where a notebook asks.
        shown: str = import_module("qjreport.writers.notebook").show_report(self)
        return shown

    def to_dict(self, *, audit: bool = True) -> dict[str, object]:
        """Plain dicts and lists as JSON has them; numbers stay exact Decimals.

        `audit=False` leaves out `non_facts` and `dropped`, as `qjreport extract` does without `--audit`.
        """
        whole: dict[str, object] = msgspec.to_builtins(self, builtin_types=(Decimal,))
        if audit:
            whole["non_facts"] = [number.to_dict() for number in self.non_facts]
        else:
            del whole["non_facts"], whole["dropped"]
        return whole

    def to_frame(self, *, library: str = "pandas") -> Any:
        """The facts as a data frame of "pandas" or "polars", a row a fact; see `qjreport.to_frame`."""
        # By name: the writers stand above what a report is.
        return import_module("qjreport.writers.frames").to_frame(self, library=library)

    def review(self, *, height: int = 720) -> object:
        """The page to check this report on, in a frame of a notebook, `height` pixels high; its `page` is the HTML.

        Raises MissingLibraryError, which is an ImportError, without Jinja2.
        """
        # By name: the page stands far above what a report is, and is loaded only where somebody asks.
        frame: object = import_module("qjreport.review.frame").frame_report(self, height)
        return frame
