"""The report alone as text: headline, subtitle and blocks, a block a line (a table's rows keep their lines)."""

from __future__ import annotations

from qjreport.model import Report


def write_text(report: Report) -> str:
    """The page's own characters; what the chrome said is gone."""
    lines = [report.metadata.title] if report.metadata.title else []
    lines += (block.text for block in report.blocks)
    return "\n".join(lines) + "\n" if lines else ""
