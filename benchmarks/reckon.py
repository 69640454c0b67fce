"""What archives of a given size cost at the rates of `rates.py`: core-hours, days, bytes, files, and what breaks.

    python benchmarks/reckon.py [--pages 132000] [--write docs/scale.md]

Prints the tables of docs/scale.md, or with `--pages` the same for an archive of your own size. `--write` puts them into
the page between its marks. How many pages an archive has is assumed (`CASES`); everything else is measured or follows.
"""

from __future__ import annotations

import argparse
import io
import re
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

from figures import print_table

RATES = tomllib.loads(Path(__file__).with_name("rates.toml").read_text(encoding="utf-8"))
MIB, GIB, HOUR = 1024**2, 1024**3, 3600
SHARDS = (64, 256, 1024)
SHARD_BYTES = 16 * MIB  # a shard ends here, even with fewer inputs than it may have
TABLES = 3
CORES = (2, 16, 64)
MARK = "<!-- reckon: {} -->\n"


class Case(NamedTuple):
    title: str
    pages: float
    crawl: bool = False  # packed in WARC files: all is unpacked to list it, and what is read is unpacked once more
    read: float = 1.0  # share of the pages that is extracted


CASES = (
    Case("a province's archive", 150 * 44 * 20),
    Case("all government sites", 14_000 * 2_000),
    Case("a crawl's month, every page", 1e8, crawl=True),
    Case("a crawl's month, `--match`", 1e8, crawl=True, read=0.01),
)


class Cost(NamedTuple):
    case: Case
    inputs: float
    reading: float  # core-hours
    unpacking: float  # core-hours
    planning: float  # hours of the one planner
    linking: float  # hours of the one planner, at the end
    bytes_in: float  # as the sources lie there
    dataset: float
    ledger: float


def reckon(case: Case) -> Cost:
    """Follows from the rates alone.

    >>> cost = reckon(Case("two", 2.0))
    >>> cost.reading == 2 * RATES["reader_seconds_a_page"] / 3600, cost.unpacking
    (True, 0.0)
    """
    inputs = case.pages * case.read
    content = case.pages * RATES["page_bytes"]
    a_byte = 1 / RATES["unpacked_bytes_a_second"] + 1 / RATES["searched_bytes_a_second"]
    pairs = inputs * inputs / 2 * RATES["pairs_that_share_a_band"]
    tables = sum(RATES[f"{table}_bytes_a_page"] for table in ("documents", "facts", "failures"))
    return Cost(
        case,
        inputs,
        inputs * RATES["reader_seconds_a_page"] / HOUR,
        (1 + case.read) * content * a_byte / HOUR if case.crawl else 0.0,
        inputs * RATES["planner_seconds_a_page"] / HOUR,
        pairs * RATES["seconds_a_comparison"] / HOUR,
        case.pages * RATES["packed_bytes"],
        inputs * tables,
        inputs * RATES["ledger_bytes_a_page"],
    )


def count_files(inputs: float, shard: int) -> float:
    """Parquet files of a dataset: three per shard, which ends at a number of inputs or of their bytes."""
    return TABLES * inputs / min(shard, SHARD_BYTES / RATES["page_bytes"])


def print_rates() -> None:
    print(f"{RATES['about']}, {RATES['inputs']:,.0f} inputs in {RATES['seconds']:.0f} s by two processes.\n")
    rows = [
        ("a page, unpacked", f"{RATES['page_bytes']:,.0f} bytes"),
        ("a page, packed", f"{RATES['packed_bytes']:,.0f} bytes"),
        ("facts of a page", f"{RATES['facts_a_page']:.0f}"),
        ("reading a page, one core", f"{1000 * RATES['reader_seconds_a_page']:.1f} ms"),
        ("pages a second and core", f"{1 / RATES['reader_seconds_a_page']:.1f}"),
        ("the planner's part in a page", f"{1000 * RATES['planner_seconds_a_page']:.1f} ms"),
        ("processes that one planner keeps busy", f"{feed():.0f}"),
        ("memory of the planner", f"{RATES['planner_bytes'] / MIB:.0f} MiB"),
        ("memory of a process that reads", f"{RATES['reader_bytes'] / MIB:.0f} MiB"),
        *((f"{table}, for a page", f"{RATES[f'{table}_bytes_a_page']:,.0f} bytes") for table in ("documents", "facts")),
        ("the ledger, for an input", f"{RATES['ledger_bytes_a_page']:,.0f} bytes"),
        ("unpacking gzip, one core", f"{RATES['unpacked_bytes_a_second'] / 1e6:.0f} MB a second"),
        ("searching bytes for a word in four encodings", f"{RATES['searched_bytes_a_second'] / 1e6:.0f} MB a second"),
        ("pairs of unlike reports that share a band", f"{RATES['pairs_that_share_a_band']:.2%}"),
        ("a comparison of two of them", f"{1e6 * RATES['seconds_a_comparison']:.1f} µs"),
    ]
    print_table(("rate", "measured"), rows)


def feed() -> float:
    return RATES["reader_seconds_a_page"] / RATES["planner_seconds_a_page"]


def print_costs(costs: list[Cost]) -> None:
    rows = [
        (
            cost.case.title,
            f"{cost.case.pages:,.0f}",
            f"{cost.inputs:,.0f}",
            show_bytes(cost.bytes_in),
            f"{cost.unpacking:,.1f}",
            f"{cost.reading:,.1f}",
        )
        for cost in costs
    ]
    print_table(("sources", "pages", "read", "packed", "core-hours to unpack", "core-hours to read"), rows)
    rows = [(cost.case.title, *(show_hours(wait(cost, cores)) for cores in CORES)) for cost in costs]
    print_table(("hours until all is committed", *(f"{cores} cores" for cores in CORES)), rows)
    rows = [
        (cost.case.title, show_bytes(cost.dataset), show_bytes(cost.ledger), show_hours(cost.linking)) for cost in costs
    ]
    print_table(("what is left", "Parquet", "ledger", "hours to compare"), rows)
    rows = [(cost.case.title, *(f"{count_files(cost.inputs, shard):,.0f}" for shard in SHARDS)) for cost in costs]
    print_table(("Parquet files", *(f"--shard-size {shard}" for shard in SHARDS)), rows)


def wait(cost: Cost, cores: int) -> float:
    """Hours on so many cores: the planner does its part alone, however many cores there are."""
    return max(cost.planning, (cost.reading + cost.unpacking + cost.planning) / cores)


def show_hours(hours: float) -> str:
    """
    >>> show_hours(0.25), show_hours(30), show_hours(1000)
    ('15 min', '30 h', '42 days')
    """
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:,.0f} days"


def show_bytes(size: float) -> str:
    """
    >>> show_bytes(3 * GIB)
    '3.0 GiB'
    """
    return f"{size / GIB:,.1f} GiB" if size < 1024 * GIB else f"{size / GIB / 1024:,.1f} TiB"


def capture(printer: Callable[[], None]) -> str:
    with redirect_stdout(io.StringIO()) as stream:
        printer()
    return stream.getvalue()


def write(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    costs = [reckon(case) for case in CASES]
    for name, printer in (("rates", print_rates), ("costs", lambda: print_costs(costs))):
        begin, end = MARK.format(f"{name}, begin"), MARK.format(f"{name}, end")
        block = f"{begin}\n{capture(printer)}{end}"
        text = re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _, block=block: block, text, flags=re.DOTALL)
    page.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=float, help="of an archive of your own; the cases of docs/scale.md if absent")
    parser.add_argument("--crawl", action="store_true", help="they are in WARC files, all of which are unpacked")
    parser.add_argument("--read", type=float, default=1.0, metavar="SHARE", help="of them that is extracted")
    parser.add_argument("--write", type=Path, metavar="PAGE")
    args = parser.parse_args()
    if args.write:
        write(args.write)
        return
    cases = CASES if args.pages is None else (Case("yours", args.pages, args.crawl, args.read),)
    print_rates()
    print_costs([reckon(case) for case in cases])


if __name__ == "__main__":
    main()
