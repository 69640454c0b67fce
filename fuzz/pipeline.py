"""Target: a page → its report, its JSON and its CSV. The first byte says how to read the others."""

from __future__ import annotations

from msgspec import json

import qjreport.page.lexbor
import qjreport.page.soup
import qjreport.sources  # noqa: F401 - loaded now, so that they are followed
from fuzz.choices import Choices
from fuzz.grammar import write_bytes, write_page, write_report, write_text
from fuzz.laws import check_csv, check_json, check_report, check_whole
from fuzz.tokens import WORDS
from qjreport.model import Report
from qjreport.page import decode_page, read_page
from qjreport.pipeline import extract, extract_passage, extract_text
from qjreport.writers.jsons import write_json

MAX_LENGTH = 64
AGAIN = 16  # one page of so many is read and written twice


def check(data: bytes) -> None:
    choices = Choices(data)
    kind = choices.below(8)
    if kind == 0:
        check_bytes(choices.rest())
    elif kind == 1:
        check_bytes(write_bytes(choices))
    elif kind == 2:
        check_bytes(write_page(choices).encode("utf-8", "replace"))
    elif kind == 3:
        check_bytes(write_report(choices).encode("utf-8", "replace"))
    elif kind == 4:
        check_laws(extract_text(write_text(choices)))
    elif kind == 5:
        check_laws(extract_passage(write_text(choices, WORDS)))
    elif kind == 6:
        check_laws(extract_passage(write_report(choices), year=2024))
    else:
        check_bytes(write_rows(choices).encode("utf-8", "replace"))


def write_rows(choices: Choices) -> str:
    """A sentence of a report, then a data table."""
    parts = ["<p>各位委员：全年工作有了进展，现将各项指标报告如下。</p><p>单位：万元</p><table>"]
    width = 1 + choices.below(5)
    while choices.more():
        cells = (choices.pick(WORDS) + choices.pick(WORDS) for _ in range(width))
        parts.append(f"<tr>{''.join(f'<td>{cell}' for cell in cells)}")
    return "".join([*parts, "</table>"])


def check_bytes(data: bytes) -> None:
    report = extract(data, name="page")
    check_whole(report, read_page(decode_page(data)))
    check_laws(report)
    if sum(data) % AGAIN == 0:
        again = extract(data, name="page")
        assert again == report
        assert (
            write_json(again, audit=True) == write_json(report, audit=True) == json.format(check_json(report)) + b"\n"
        )
        check_csv(report, tabs=True)


def check_laws(report: Report) -> None:
    check_report(report)
    check_json(report)
    check_csv(report)
