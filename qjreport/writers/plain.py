"""The report alone as text: headline, subtitle and blocks, a block a line (a table's rows keep their lines)."""

from __future__ import annotations

from qjreport.model import Report
from qjreport.text.patterns import compile_re

BREAK = compile_re(r"[\n\r\t\v\f\x85\u2028\u2029]")


def write_text(report: Report) -> str:
    """The page's own characters; what the chrome said is gone."""
    lines = [report.metadata.title] if report.metadata.title else []
    lines += (block.text for block in report.blocks)
    return "\n".join(lines) + "\n" if lines else ""


def spell_name(report: Report) -> str:
    """The page's name for a person, on one line: file names may hold newlines."""
    return BREAK.sub("\ufffd", report.source.name)
