"""`qjreport check`: the documents of a dataset that look wrong, each with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from qjreport.commands.exit_codes import judge_check
from qjreport.commands.export import explain_errors
from qjreport.commands.inputs import take_ledger
from qjreport.commands.nearest import Choice
from qjreport.commands.outputs import open_output, take_columns, take_output, wants_bom
from qjreport.commands.pages import is_file
from qjreport.commands.streams import speak, tell
from qjreport.commands.voice import settle_format, take_voice
from qjreport.language import _

if TYPE_CHECKING:
    from qjreport.batch.check import Finding

ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
REASONS = (  # those of batch.check, spelled out so that --help loads no dataset
    *("no-place", "no-year", "no-facts", "place-path", "year-path", "place-neighbours", "year-neighbours"),
    *("same-year", "duplicate", "headline-year", "time-contradiction", "many-unread", "many-doubtful"),
)


@click.command()
@click.argument("dataset", metavar="FOLDER", type=click.Path())
@take_output
@click.option(
    "-f", "--format", "format_", type=Choice(["text", "csv", "jsonl"]), help="By default from FILE; else text."
)
@take_columns
@click.option("--only", "only", metavar="REASON", multiple=True, type=Choice(REASONS), help="Only this reason.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything is found.")
@take_ledger
@take_voice
@click.pass_context
def check(
    ctx: click.Context,
    /,
    dataset: str,
    output: str | None,
    format_: str | None,
    headers: str,
    bom: str,
    only: tuple[str, ...],
    strict: bool,
    ledger: Path | None,
) -> None:
    """Name the documents of a dataset that look wrong: before they are counted, a person should look at them.

    \b
    Reasons:
      no-place, no-year, no-facts      the page says none, or a place that is open
      place-path, year-path            the path, --path-pattern or --documents says another
      place-neighbours, year-neighbours  the other documents of the folder do
      same-year, duplicate             another report of that place and year; the same report
      headline-year, time-contradiction  the report names another year than the one taken
      many-unread, many-doubtful       more than 2 % of the numbers, half of the facts

    \b
    Examples:
      qjreport batch samples -o facts && qjreport check facts
      qjreport batch samples -o facts && qjreport check facts --only no-place -f csv -o look.csv

    Exit codes: 0, or with --strict 1 where something is found.
    """
    chosen = choose_shown(format_, output)
    with explain_errors(output):
        found = [finding for finding in find_wrong(dataset, ledger) if not only or finding.reason in only]
        with open_output(output) as put:
            for part in write_findings(found, chosen, headers, wants_bom(bom, output)):
                put(part)
    speak(sum_up(dataset, found))
    ctx.exit(judge_check(len(found), strict=strict))


def choose_shown(asked: str | None, output: str | None) -> str:
    if is_file(output):
        return asked or ENDINGS.get(PurePath(str(output)).suffix.lower(), "text")
    return settle_format(asked, ("jsonl",), "text")


def write_findings(found: Sequence[Finding], format_: str, language: str, bom: bool) -> Iterator[bytes]:
    if format_ == "text":
        for source, inside in groupby(found, key=lambda finding: finding.source):
            lines = [
                f"  {one.reason:<18}  {_.translate(one.message)}{f': {one.other}' if one.other else ''}\n"
                for one in inside
            ]
            yield "".join((f"{source}\n", *lines)).encode("utf-8", "backslashreplace")
        return
    import msgspec

    from qjreport.batch.check import COLUMNS
    from qjreport.writers.csv_tsv import write_delimited, write_json_lines

    rows = [msgspec.structs.asdict(finding) for finding in found]
    if format_ == "jsonl":
        yield from write_json_lines(rows)
    else:
        yield from write_delimited(rows, COLUMNS, tabs=False, language=language, bom=bom)


def write_finding(one: Finding) -> str:
    return f"  {one.reason:<18}  {_.translate(one.message)}{f': {one.other}' if one.other else ''}\n"


def sum_up(dataset: str, found: Sequence[Finding]) -> str:
    if not found:
        return _("{dataset}: nothing to look at", dataset=dataset)
    counts = Counter(finding.reason for finding in found)
    reasons = ", ".join(f"{reason} {counts[reason]}" for reason in REASONS if counts[reason])
    documents = len({finding.document for finding in found})
    return _(
        "{dataset}: {documents} documents to look at: {reasons}", dataset=dataset, documents=documents, reasons=reasons
    )


def find_wrong(dataset: str, ledger: Path | None) -> list[Finding]:
    from qjreport.batch.check import check_dataset
    from qjreport.batch.dataset import Dataset, find_home
    from qjreport.batch.home import name_path
    from qjreport.lexicon import load_lexicon
    from qjreport.writers.parquet import load_library

    load_library("pyarrow.parquet", "archive")
    with find_home(name_path(dataset), ledger) as home:
        opened = Dataset(home)
        tell(
            _(
                "{dataset}: {count} documents, {facts} facts are looked at",
                dataset=dataset,
                count=opened.count("documents"),
                facts=opened.count("facts"),
            )
        )
        return check_dataset(opened, load_lexicon())
