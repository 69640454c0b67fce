"""What was made of a line of a page, for a person or a program: heading of which level, item or paragraph, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qjreport.model import Dropped
from qjreport.outline import LineReading
from qjreport.writers.jsons import encode
from qjreport.writers.text import pad_cells

SCHEMA = "qjreport/line/1"


def find_lines(
    lines: Sequence[LineReading], dropped: Sequence[Dropped], asked: str
) -> tuple[list[LineReading], list[Dropped]]:
    """Those that hold the text asked for, white space aside."""
    key = "".join(asked.split())
    return (
        [line for line in lines if key in "".join(line.text.split())],
        [line for line in dropped if key in "".join(line.text.split())],
    )


def write_lines(lines: Sequence[LineReading], dropped: Sequence[Dropped]) -> str:
    parts = ["".join(f"{row}\n" for row in list_rows(line)) for line in lines]
    parts += [f"{line.locator}\n  {line.text}\n  no line of the report: {line.reason}\n" for line in dropped]
    return "\n".join(parts)


def list_rows(line: LineReading) -> Iterator[str]:
    yield line.locator
    yield "  " + line.text.replace("\n", " / ").replace("\t", " | ")
    if line.headings:
        for level, marker, title in line.headings:
            yield f"  heading of level {level}: {marker}{title}"
        if line.below:
            yield f"  below: {line.below}"
    else:
        yield f"  no heading: {line.kind}"
    if line.style:
        yield f"  set as {line.style}; headings set alike are siblings"
    if line.evidence:
        rows = [(f"    {weight:+}", name, says) for name, weight, says in line.evidence]
        yield from pad_cells([*rows, (f"    {line.weight:+}", "in all", "")])


def write_lines_json(source: str, lines: Sequence[LineReading], dropped: Sequence[Dropped]) -> bytes:
    return (
        encode(
            {
                "schema": SCHEMA,
                "source": source,
                "lines": [*map(build_line, lines)],
                "dropped": [*map(build_dropped, dropped)],
            }
        )
        + b"\n"
    )


def build_dropped(line: Dropped) -> dict[str, object]:
    return {"text": line.text, "locator": line.locator, "reason": line.reason}


def build_line(line: LineReading) -> dict[str, object]:
    headings = [{"level": level, "marker": marker, "title": title} for level, marker, title in line.headings]
    evidence = [{"name": name, "weight": weight, "says": says} for name, weight, says in line.evidence]
    return {
        "text": line.text,
        "locator": line.locator,
        "kind": line.kind,
        "headings": headings,
        "below": line.below,
        "style": line.style,
        "evidence": evidence,
        "weight": line.weight,
    }
