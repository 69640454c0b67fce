"""`qjreport track`: a dataset → each target with what became of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import click

from qjreport.commands.export import explain_errors
from qjreport.commands.panel import Wanted, take_study, write_tables
from qjreport.commands.progress import wait_for
from qjreport.language import _


@click.command()
@take_study
def track(**options: Any) -> None:
    """Targets against results: for each target what the next report of the place says became of it.

    \b
    Examples:
      qjreport batch docs/study -o facts && qjreport track facts -o track.csv
      qjreport batch docs/study -o facts && qjreport track facts --indicator gdp --measure growth --plans

    The outcome is met, missed, not reported (the next report is there and does not say), no report (it is not in the
    dataset) or not comparable; docs/panel.md says how each is decided.
    """
    wanted = Wanted(options)
    with explain_errors(wanted.output):
        from qjreport.panel.columns import TRACK

        study = wanted.make_study()
        rows = wait_for(lambda: list(study.list_track()))
        write_tables(wanted, {"track": (TRACK, rows)})
    counts = Counter(row["outcome"] for row in rows)
    said = ", ".join(f"{count} {_(outcome)}" for outcome, count in sorted(counts.items()))
    told = f"{wanted.output or _('standard output')}: {_.count(len(rows), 'targets')}"
    wanted.end(f"{told}: {said}" if said else told, study)
