"""Reports as JSON: one report indented, or a report a line (JSON Lines).

Numbers are written as exact decimals in plain digits. Text that UTF-8 cannot hold (half a surrogate pair, from a
broken page or file name) is written as U+FFFD.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from qjreport.model import Fact, Report
from qjreport.text.patterns import compile_re
from qjreport.writers.amounts import format_decimal

ENCODER = msgspec.json.Encoder(decimal_format="number")
DECIMALS = ("value", "value_to", "change")
AUDITED = ("non_facts", "dropped")
MANY = 10_000  # facts, from which on they are not written in one piece
AT_ONCE = 2000
EMPTY = b'\n  "facts": []'  # of a report, and of no text in it: a line of JSON ends in no text
EXPONENT = compile_re(rb"E[+-]?\d")  # of a decimal, or in a text: then no harm is done by spelling the decimals


def write_json(report: Report, *, audit: bool = False) -> bytes:
    """One report, indented, with a newline at its end.

    `audit` keeps the lists `non_facts` and `dropped`; the counts are always there.
    """
    return msgspec.json.format(encode_report(report, audit), indent=2) + b"\n"


def list_json(report: Report, *, audit: bool = False) -> Iterator[bytes]:
    """The bytes of `write_json`, in pieces where there are many facts: the JSON of a million takes a gigabyte."""
    if len(report.facts) < MANY:
        yield write_json(report, audit=audit)
        return
    head, _, tail = write_json(msgspec.structs.replace(report, facts=()), audit=audit).partition(EMPTY)
    yield head + EMPTY[:-1]
    for place in range(0, len(report.facts), AT_ONCE):
        facts = msgspec.json.format(encode_facts(report.facts[place : place + AT_ONCE]), indent=2)
        yield b"," * bool(place) + facts[1:-2].replace(b"\n", b"\n  ")
    yield b"\n  ]" + tail


def write_json_line(report: Report, *, audit: bool = False) -> bytes:
    """One report on one line, with a newline at its end."""
    return encode_report(report, audit) + b"\n"


def encode_report(report: Report, audit: bool) -> bytes:
    shown = {name: getattr(report, name) for name in report.__struct_fields__ if audit or name not in AUDITED}
    if audit:
        shown["non_facts"] = [number.to_dict() for number in report.non_facts]
    try:
        data = ENCODER.encode(shown)
    except UnicodeEncodeError:
        return encode({**shown, "facts": [build_fact(fact) for fact in report.facts]})
    if has_exponent(data):
        return ENCODER.encode({**shown, "facts": [build_fact(fact) for fact in report.facts]})
    return data


def encode_facts(facts: Sequence[Fact]) -> bytes:
    try:
        data = ENCODER.encode(facts)
    except UnicodeEncodeError:
        return encode([build_fact(fact) for fact in facts])
    return ENCODER.encode([build_fact(fact) for fact in facts]) if has_exponent(data) else data


def has_exponent(data: bytes) -> bool:
    at = data.find(b"E")  # half of the reports have none
    return at >= 0 and EXPONENT.search(data, at) is not None


def build_fact(fact: Fact) -> dict[str, object]:
    """A fact as JSON has it."""
    plain: dict[str, object] = msgspec.to_builtins(fact, builtin_types=(Decimal,))
    return plain | {name: spell_decimal(getattr(fact, name)) for name in DECIMALS}


def encode(plain: object) -> bytes:
    """Compact JSON of dicts, lists, texts, integers and decimals.

    >>> encode({"value": Decimal("0.30"), "unit": "%"})
    b'{"value":0.30,"unit":"%"}'
    """
    try:
        return ENCODER.encode(plain)
    except UnicodeEncodeError:
        return ENCODER.encode(replace_surrogates(msgspec.to_builtins(plain, builtin_types=(Decimal, msgspec.Raw))))


def spell_decimal(value: Decimal | None) -> Decimal | msgspec.Raw | None:
    """The value itself, or its digits where the encoder would write an exponent: 1E+5 is legal JSON that few expect."""
    if value is None or "E" not in str(value):
        return value
    return msgspec.Raw(format_decimal(value).encode("ascii"))


def replace_surrogates(plain: object) -> object:
    if isinstance(plain, str):
        return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(plain, dict):
        return {replace_surrogates(key): replace_surrogates(value) for key, value in plain.items()}
    if isinstance(plain, list | tuple):
        return [replace_surrogates(value) for value in plain]
    return plain
