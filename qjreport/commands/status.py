"""`qjreport status`: how far a dataset is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qjreport.commands.exit_codes import DONE, FAILED
from qjreport.commands.inputs import take_ledger
from qjreport.commands.progress import format_time
from qjreport.commands.streams import VOICE, write_out
from qjreport.commands.voice import take_voice

if TYPE_CHECKING:
    from qjreport.batch.dataset import Standing


@click.command()
@click.argument("dataset", metavar="FOLDER", type=click.Path())
@take_ledger
@take_voice
@click.pass_context
def status(ctx: click.Context, dataset: str, ledger: Path | None) -> None:
    """Say what a dataset holds and whether it is finished.

    \b
    Examples:
      qjreport batch samples -o facts && qjreport status facts

    The exit code is 0 where it is finished, 1 where a run has to go on.
    """
    import msgspec

    from qjreport.batch import BatchError
    from qjreport.batch.dataset import FINISHED, find_home, read_standing
    from qjreport.batch.home import name_path
    from qjreport.sources.errors import SourceError

    try:
        with find_home(name_path(dataset), ledger) as home:
            standing = read_standing(home.ledger)
    except (BatchError, SourceError) as error:
        raise click.ClickException(str(error)) from error
    text = describe(dataset, standing).encode("utf-8", "replace")
    write_out(msgspec.json.encode(standing) + b"\n" if VOICE.as_json else text)
    ctx.exit(DONE if standing.state == FINISHED else FAILED)


def describe(dataset: str, standing: Standing) -> str:
    """How far the dataset is, a line for each thing."""
    from qjreport.batch.dataset import FINISHED, RUNNING

    lines = [
        f"{dataset}: {standing.state}",
        f"inputs      {standing.inputs} of {standing.planned}",
        f"shards      {standing.shards} of {standing.planned_shards}",
        f"documents   {standing.documents}, {standing.duplicates} of them duplicates",
        f"failures    {standing.failures}"
        + "".join(f"\n              {count} {error}" for error, count in standing.errors.items()),
        f"facts       {standing.facts}",
        f"made by     qjreport {standing.version}, lexicon {standing.lexicon}",
        f"committed   {standing.committed or 'nothing yet'}; the shards took {format_time(standing.seconds)}",
    ]
    if standing.renewal:
        lines.append(
            f"renewal     {standing.renewal[0]} of {standing.renewal[1]} inputs; takes its place once it is whole"
        )
    if standing.state not in (FINISHED, RUNNING):
        lines.append("the same `qjreport batch` does the rest")
    return "\n".join(lines) + "\n"
