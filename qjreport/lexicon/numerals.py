"""The shape of numerals.toml: words by which the reader of a number knows what the number is.

Nothing here reads text; the quantity stage looks the words up, and `qjreport.text.units` those of units.
"""

from typing import Literal

import msgspec


class Numerals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """numerals.toml, where an example stands beside each list."""

    linking: tuple[str, ...]
    currencies: tuple[str, ...]
    bases: tuple[str, ...]
    hotlines: tuple[str, ...]
    versions: tuple[str, ...]
    series: tuple[str, ...]
    surveys: tuple[str, ...]
    leaves: tuple[str, ...]
    long_spans: tuple[str, ...]  # names of units
    short_spans: tuple[str, ...]  # names of units
    dated: tuple[str, ...]
    split: tuple[str, ...]
    running: tuple[str, ...]
    daytimes: tuple[str, ...]
    not_days: tuple[str, ...]
    not_times: tuple[str, ...]
    services: tuple[str, ...]
    meetings: tuple[str, ...]
    per_output: tuple[str, ...]
    ambiguous: tuple[str, ...]  # names of units
    limits: tuple[str, ...]
    moves: tuple[str, ...]
    not_first: tuple[str, ...]
    changing: tuple[str, ...]
    achieving: tuple[str, ...]
    plans: tuple[str, ...]
    halves: dict[str, Literal["=", ">="]]
