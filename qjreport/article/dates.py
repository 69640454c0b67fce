"""Dates as pages print them → ISO 8601, as precise as they stand there."""

from __future__ import annotations

from typing import Final, NamedTuple

from qjreport.text.patterns import compile_re

_DATE: Final = compile_re(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?P<mark>[-./年]|\s(?=\s?\d{1,2}/))\s?(?P<month>\d{1,2})\s?[-./月]\s?(?P<day>\d{1,2})\s?日?"
    r"(?:(?:\s{0,3}|T)(?P<hour>\d{1,2})\s?[:时点]\s?(?P<minute>\d{1,2})(?:\s?[:分]\s?(?P<second>\d{1,2}))?[分秒]?)?(?!\d)"
)


class Stamp(NamedTuple):
    """A date in a line."""

    start: int
    end: int
    iso: str
    written_out: bool  # 2025年1月14日, not 2025-01-14
    timed: bool


def read_stamp(text: str) -> Stamp | None:
    """The first date of a folded text, None where there is none.

    >>> read_stamp("2025年01月14日 08:38:35 来源:本站").iso, read_stamp("2026年02月10日 07时41分").iso
    ('2025-01-14T08:38:35', '2026-02-10T07:41')
    >>> read_stamp("2024 03/12 20:20:33").iso
    '2024-03-12T20:20:33'
    >>> read_stamp("2023-13-01") is None
    True
    """
    if "20" not in text and "19" not in text:
        return None
    for match in _DATE.finditer(text):
        month, day = int(match["month"]), int(match["day"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            continue
        iso = f"{match['year']}-{month:02}-{day:02}"
        timed = match["hour"] is not None and int(match["hour"]) < 24 and int(match["minute"]) < 60
        if timed:
            iso += f"T{int(match['hour']):02}:{int(match['minute']):02}"
            if match["second"] is not None and int(match["second"]) < 60:
                iso += f":{int(match['second']):02}"
        return Stamp(match.start(), match.end(), iso, match["mark"] == "年", timed)
    return None
