"""`qjreport schema`: what the outputs look like, for programs."""

from __future__ import annotations

import click

from qjreport.commands.nearest import Choice
from qjreport.commands.settings_file import was_given
from qjreport.commands.streams import write_out
from qjreport.commands.voice import take_voice
from qjreport.language import _


@click.command()
@click.option("--table", is_flag=True, help="Frictionless Table Schema of csv and tsv instead.")
@click.option("--headers", type=Choice(["en", "zh"]), default="en", show_default=True, help="Names in --table.")
@click.option("--corrections", is_flag=True, help="JSON Schema of the corrections.json of a review instead.")
@take_voice
def schema(table: bool, headers: str, corrections: bool) -> None:
    """Print the JSON Schema (2020-12) of the report that `qjreport extract --format json` prints.

    \b
    Examples:
      qjreport schema > report.schema.json
      qjreport schema --table
      qjreport schema --table --headers zh
      qjreport schema --corrections > corrections.schema.json
    """
    import json

    from qjreport.writers.schema import build_report_schema, build_table_schema

    if headers != "en" and not table and was_given("headers"):
        raise click.UsageError(_("--headers goes with --table."))
    if corrections and table:
        raise click.UsageError(_("--corrections and --table are two schemas; give one of them."))
    if corrections:
        from qjreport.review.schema import build_corrections_schema

        plain = build_corrections_schema()
    else:
        plain = build_table_schema(headers) if table else build_report_schema()
    write_out(json.dumps(plain, ensure_ascii=False, indent=2).encode() + b"\n")
