"""A data table's text → the number of each cell: one number as a whole without context, or text read like any other."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import msgspec

from qjreport.model import Quantity
from qjreport.quantity.lookup import Lookup
from qjreport.quantity.scan import scan_text
from qjreport.text.numerals_whole import read_arabic
from qjreport.text.patterns import compile_re

CELL: Final = compile_re(r"[^\t\n]++")
NUMBER: Final = compile_re(
    r"\s*+(?P<sign>[-－−﹣—▼▽↓]?|[+＋▲△↑])\s?(?P<number>\d[\d,，]*+(?:\s\d{3})*(?:[.．]\d++)?)\s?(?P<percent>[%％‰])?\s*+"
)
DOWN: Final = "-－−﹣—▼▽↓"


def scan_table(text: str, block: int, lookup: Lookup) -> list[Quantity]:
    found: list[Quantity] = []
    for cell in CELL.finditer(text):
        number = NUMBER.fullmatch(cell[0])
        value = read_arabic("".join(number["number"].split())) if number else None
        if number is None or value is None:
            found += [
                msgspec.structs.replace(q, start=q.start + cell.start(), end=q.end + cell.start())
                for q in scan_text(cell[0], block, lookup)
                if "numeral.chinese" not in q.rules  # a head such as 三大产业 or 万千瓦时, never an amount
            ]
            continue
        mark = number.start("sign") if number["sign"] else number.start("number")
        start = cell.start() + mark
        end = cell.start() + (number.end("percent") if number["percent"] else number.end("number"))
        found.append(build_cell(text, block, start, end, value, number["sign"], number["percent"] or ""))
    return found


def build_cell(text: str, block: int, start: int, end: int, value: Decimal, sign: str, percent: str) -> Quantity:
    down = bool(sign) and sign in DOWN
    return Quantity(
        block=block,
        start=start,
        end=end,
        quote=text[start:end],
        value=-value if down else value,
        unit={"％": "%"}.get(percent, percent),
        unit_code={"": None, "‰": "[ppth]"}.get(percent, "%"),
        dimension="ratio" if percent else None,
        rules=("numeral.cell",),
    )
