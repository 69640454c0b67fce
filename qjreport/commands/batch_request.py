"""The options of `qjreport batch` → what it is to do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from qjreport.batch.run import Request
    from qjreport.batch.stored import AnyPath

MIB = 1024 * 1024


def read_lexicons(_: click.Context, __: click.Parameter, paths: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
    """The files of more words, which travel to the workers; checked here, before anything is begun."""
    if not paths:
        return ()
    from qjreport.batch.maker import load_words
    from qjreport.lexicon import LexiconError

    try:
        words = tuple((path, Path(path).read_bytes()) for path in paths)
        load_words(words)
    except OSError as error:
        raise click.BadParameter(f"{error.filename}: {error.strerror or error}") from error
    except LexiconError as error:
        raise click.BadParameter(str(error)) from error
    return words


def make_request(ctx: click.Context, options: dict[str, object]) -> Request:
    """Raises UsageError where there is no source, or where options do not go together."""
    from qjreport.batch.run import Request
    from qjreport.batch.work import Settings
    from qjreport.sources.limits import Limits
    from qjreport.sources.names import Choice

    get: Callable[[str], object] = options.__getitem__
    paths = (*read_paths(options), *get("sources"))  # type: ignore[misc]
    if not paths:
        raise click.UsageError("Name a source, or --files-from.")
    out, ledger = choose_output(str(get("output")), get("ledger"))  # type: ignore[arg-type]
    if get("scheduler") and ctx.get_parameter_source("jobs") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--jobs is for this machine. With --scheduler the cluster says how many workers it has.")
    limits = Limits(
        page=int(str(get("size_limit"))) * MIB,
        ratio=int(str(get("ratio_limit"))),
        total=int(str(get("total_limit"))) * MIB,
    )
    return Request(
        paths=paths,
        out=out,
        ledger=ledger,
        jobs=get("jobs"),  # type: ignore[arg-type]
        scheduler=get("scheduler"),  # type: ignore[arg-type]
        choice=Choice(get("include"), get("exclude")),  # type: ignore[arg-type]
        settings=Settings(
            encoding=get("encoding"),  # type: ignore[arg-type]
            reader=str(get("reader")),
            words=get("lexicon"),  # type: ignore[arg-type]
            limits=limits,
            seconds=get("time_limit"),  # type: ignore[arg-type]
            memory=int(str(get("memory_limit"))) * MIB,
        ),
        shard=get("shard_size"),  # type: ignore[arg-type]
        unique=bool(get("unique")),
        retry=bool(get("retry")),
        prune=bool(get("prune")),
    )


def read_paths(options: dict[str, object]) -> list[str]:
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


def choose_output(output: str, ledger: Path | None) -> tuple[AnyPath, Path | None]:
    """Where the dataset goes, and the folder of its ledger where that is another one. Raises UsageError."""
    from qjreport.batch.stored import name_path

    out = name_path(output)
    if isinstance(out, Path):
        if ledger is not None:
            raise click.UsageError("--ledger goes with an output on shared storage; in a folder, the ledger is there.")
        return out, None
    if ledger is None:
        raise click.UsageError(f"{output} is on shared storage. Name a folder of this machine with --ledger.")
    return out, ledger
