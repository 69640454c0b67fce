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
from qjreport.language import _, measure_cells

if TYPE_CHECKING:
    from qjreport.batch.dataset import Standing


HEAD = 12  # cells of the column that says what a line is about


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

    of, errors = _("{done} of {planned}"), standing.errors.items()
    rows = [
        (_("inputs"), of.format(done=standing.inputs, planned=standing.planned)),
        (_("shards"), of.format(done=standing.shards, planned=standing.planned_shards)),
        (_("documents"), _("{count}, {same} of them duplicates", count=standing.documents, same=standing.duplicates)),
        (_("failures"), str(standing.failures)),
        *(("", f"  {count} {error}") for error, count in errors),
        (_("facts"), str(standing.facts)),
        (_("made by"), _("qjreport {version}, lexicon {lexicon}", version=standing.version, lexicon=standing.lexicon)),
        (
            _("committed"),
            _(
                "{time}; the shards took {seconds}",
                time=standing.committed or _("nothing yet"),
                seconds=format_time(standing.seconds),
            ),
        ),
    ]
    if standing.renewal:
        done, planned = standing.renewal
        rows.append(
            (
                _("renewal"),
                _("{done} of {planned} inputs; takes its place once it is whole", done=done, planned=planned),
            )
        )
    lines = [f"{dataset}: {_(standing.state)}", *(f"{pad(head)}{told}" for head, told in rows)]
    if standing.state not in (FINISHED, RUNNING):
        lines.append(_("the same `qjreport batch` does the rest"))
    return "\n".join(lines) + "\n"


def pad(head: str) -> str:
    """
    >>> pad("inputs"), pad("输入")
    ('inputs      ', '输入        ')
    """
    return head + " " * (HEAD - measure_cells(head))
