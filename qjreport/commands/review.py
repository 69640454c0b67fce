"""`qjreport review`: what a person says of an extraction, and what becomes of it."""

from __future__ import annotations

import click

from qjreport.commands.review_corrections import SUBCOMMANDS


@click.group()
def review() -> None:
    """Work with corrections.json, in which a person's judgements of facts are kept.

    \b
    Examples:
      qjreport review score samples/corrections.json
    """


for command in SUBCOMMANDS:
    review.add_command(command)
