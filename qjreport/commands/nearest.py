"""What a person may have meant by a command, a choice or a path that there is none of."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qjreport.language import _
from qjreport.model.arguments import find_nearest

if TYPE_CHECKING:
    ChoiceOfText = click.Choice[str]
else:
    ChoiceOfText = click.Choice  # click 8.1 has no type arguments


def ask_meant(name: str, known: Iterable[str]) -> str:
    """A question to end a message with, "" where nothing is near.

    >>> ask_meant("jsno", ["json", "csv"])
    ' Did you mean json?'
    """
    near = find_nearest(name, known)
    return _(" Did you mean {names}?", names=_(" or ").join(near)) if near else ""


class Choice(ChoiceOfText):
    """A choice that names the nearest one where what was given is none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            meant = ask_meant(str(value), map(str, self.choices))
            raise click.BadParameter(error.message + meant, ctx, param) from error


def ask_path(path: str) -> str:
    """The file beside a path that is missing, as a question; "" where its folder has none of such a name."""
    folder, name = os.path.split(path)
    try:
        names = [one.name for one in Path(folder or ".").iterdir()]
    except (OSError, ValueError):
        return ""
    near = find_nearest(name, names)
    return _(" Did you mean {names}?", names=os.path.join(folder, near[0])) if near else ""  # noqa: PTH118
