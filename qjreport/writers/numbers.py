"""Exact decimals as plain digits: no exponent in any output, no float on the way."""

from __future__ import annotations

from decimal import Decimal


def format_decimal(value: Decimal, *, grouped: bool = False) -> str:
    """A decimal in plain digits, as precise as it was read; with thousands separators where `grouped`.

    >>> format_decimal(Decimal("1E+5")), format_decimal(Decimal("1E-7")), format_decimal(Decimal("5.30"))
    ('100000', '0.0000001', '5.30')
    >>> format_decimal(Decimal("3375793000000"), grouped=True)
    '3,375,793,000,000'
    """
    return format(value, ",f" if grouped else "f")
