"""The sources of a batch as a person names them, and the words that their pages must have."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def check_words(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if not word.strip():
            raise click.BadParameter("these are no words: every page has them.")
        try:
            word.encode()
        except UnicodeEncodeError:
            raise click.BadParameter(
                "these are no words: bytes that are no text in this terminal's encoding."
            ) from None
    return tuple(dict.fromkeys(words))


def read_paths(options: dict[str, object]) -> tuple[str, ...]:
    """The sources, those first that --files-from names. Raises UsageError where there is none, or one is no range."""
    from qjreport.sources.walk import check_range

    named = options["sources"]
    assert isinstance(named, tuple)
    paths = (*read_list_file(options), *named)
    if not paths:
        raise click.UsageError("Name a source, or --files-from.")
    wrong = next(filter(None, map(check_range, paths)), None)
    if wrong is not None:
        raise click.UsageError(f"{wrong}.")
    return paths


def read_list_file(options: dict[str, object]) -> list[str]:
    """The sources that --files-from names."""
    name = options["files_from"]
    if name is None:
        if options["null"]:
            raise click.UsageError("-0 goes with --files-from.")
        return []
    from qjreport.sources.walk import read_list

    if name == "-":
        if sys.stdin is None:
            raise click.UsageError("Standard input is closed.")
        return read_list(sys.stdin.buffer, nul=bool(options["null"]))
    try:
        with Path(str(name)).open("rb") as file:
            return read_list(file, nul=bool(options["null"]))
    except OSError as error:
        raise click.UsageError(f"{name}: cannot be read: {error.strerror or error}") from error
