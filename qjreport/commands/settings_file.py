"""Settings: what a project would otherwise type with every command, kept in a file beside it.

The first of these files that has settings is taken, from the working directory upwards: `qjreport.toml`, whose keys
stand at the top, then `pyproject.toml`, where they stand in `[tool.qjreport]`. Its values are defaults of options
(click's default_map), so the command line wins. `qjreport --no-settings`, `--settings FILE` and QJREPORT_SETTINGS,
which is a file or `none`, choose otherwise.

The file is looked for when a command first asks for the default of such an option: `--help` of `qjreport`, and commands
without one, never touch it, and without a file the parser of TOML is not loaded. Everything in it is checked before
anything is used: a setting that silently does nothing would be worse than none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

from qjreport.commands.nearest import ask_meant, ask_path
from qjreport.language import _

NAMES = ("qjreport.toml", "pyproject.toml")  # of one folder, the first has the word
VARIABLE = "QJREPORT_SETTINGS"
NONE = "none"
HAS_TABLE = re.compile(rb"tool\s*\.\s*[\"']?qjreport")  # in a pyproject.toml that is worth parsing


class Key(NamedTuple):
    """A setting: what its value is, which values it may have, and what holds where nothing is said."""

    kind: str  # "files", "file", "texts", "choice", "columns", "count"
    choices: tuple[str, ...] = ()
    default: str | int | None = None


KEYS = {  # each is the default of the option of its name
    "lexicon": Key("files"),
    "indicators": Key("files"),
    "headers": Key("choice", ("en", "zh"), "en"),
    "columns": Key("columns"),
    "bom": Key("choice", ("auto", "always", "never"), "auto"),
    "language": Key("choice", ("en", "zh")),
    "reader": Key("choice", ("lexbor", "soup"), "lexbor"),
    "jobs": Key("count", (), 2),
    "path-pattern": Key("texts"),
    "documents": Key("file"),
}
SUBCOMMANDS = ("check", "list", "apply", "score", "agree")  # whose defaults are those of the command above


class SettingsError(click.ClickException):
    """A file of settings cannot be used: wrong usage, as a wrong option is."""

    exit_code = 2


class Defaults(dict[str, Any]):
    """What click asks for the default of an option, by its name; and for the defaults of a command below, by its name.

    Made for each run; reads the file when it is first asked for a setting. An option may be named as a command is
    (lexicon, indicators), so those of `qjreport` itself are a level of their own.
    """

    def __init__(self, asked: str | None, *, lenient: bool = False, top: bool = True) -> None:
        self.asked = asked
        self.lenient = lenient  # a help is shown whatever is in the file
        self.top = top
        self.read: tuple[Path | None, dict[str, Any]] | None = None
        self.below = Defaults(asked, lenient=lenient, top=False) if top else self

    def load(self) -> tuple[Path | None, dict[str, Any]]:
        """The file, None where there is none, and its settings by the names of options."""
        if self.read is None:
            try:
                file = find_file(self.asked)
                self.read = file, read_settings(file) if file else {}
            except SettingsError:
                if not self.lenient:
                    raise
                self.read = None, {}
        return self.read

    def get(self, name: str, default: Any = None) -> Any:
        if self.top or name in SUBCOMMANDS:
            return self.below
        key = name.replace("_", "-")
        return self.load()[1].get(key, default) if key in KEYS else default

    def __contains__(self, name: object) -> bool:
        return not self.top and self.get(str(name)) is not None

    def __getitem__(self, name: str) -> Any:
        if name not in self:
            raise KeyError(name)
        return self.get(name)


def was_given(name: str) -> bool:
    """Whether an option stands on the command line: what a setting says, a format that has no use for it may ignore."""
    ctx = click.get_current_context(silent=True)
    source = ctx.get_parameter_source(name) if ctx is not None else None
    return source not in (ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP)


def find_file(asked: str | None) -> Path | None:
    """The file of settings: the one that is asked for, or the nearest. Raises SettingsError where it is not there."""
    if asked == NONE:
        return None
    if asked:
        if not Path(asked).is_file():
            raise SettingsError(_("{asked}: no such file of settings.{meant}", asked=asked, meant=ask_path(asked)))
        return Path(asked)
    return next((path for path in list_places() if may_hold(path)), None)


def list_places() -> Iterator[Path]:
    """Where settings may stand, nearest first; named as from here, for they are shown."""
    try:
        here = Path.cwd()
    except OSError:  # the working directory was removed
        return
    up = Path()
    for folder in (here, *here.parents):
        yield from (up / name for name in NAMES)
        up = Path("..") / up if folder.parent != folder else up


def may_hold(path: Path) -> bool:
    if not os.path.isfile(path):  # noqa: PTH113 - quicker, and this is asked of every folder upwards
        return False
    if path.name == NAMES[0]:
        return True
    try:
        return HAS_TABLE.search(path.read_bytes()) is not None and bool(read_table(path))
    except OSError:  # somebody else's
        return False


def read_table(path: Path) -> dict[str, Any]:
    """The keys and values of a file as they stand. Raises SettingsError."""
    import tomllib

    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SettingsError(_("{path}: cannot be read: {reason}", path=path, reason=error.strerror or error)) from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise SettingsError(_("{path}: is no TOML file: {error}", path=path, error=error)) from error
    if path.name != "pyproject.toml":
        return table
    tool = table.get("tool", {})
    held = tool.get("qjreport", {}) if isinstance(tool, dict) else {}
    if not isinstance(held, dict):
        raise SettingsError(
            _("{path}: tool.qjreport is no table. Write [tool.qjreport], and the settings below it.", path=path)
        )
    return held


def read_settings(path: Path) -> dict[str, Any]:
    """The settings of a file, checked, as the options take them. Raises SettingsError for the first that is wrong."""
    settings = {}
    for name, value in read_table(path).items():
        if name not in KEYS:
            raise SettingsError(f"{path}: {refuse_key(name)}")
        problem, read = read_value(path, KEYS[name], value)
        if problem:
            raise SettingsError(f"{path}: {name}: {problem}")
        settings[name] = read
    return settings


def refuse_key(name: str) -> str:
    if name == "tool":
        return _("settings stand at the top of this file, without [tool.qjreport].")
    every = ", ".join(KEYS)
    return _(
        "there is no setting {name!r}.{meant} Settings are {every}.",
        name=name,
        meant=ask_meant(name, KEYS),
        every=every,
    )


def read_value(path: Path, key: Key, value: Any) -> tuple[str, Any]:
    """What is wrong with a value, "" where nothing is, and the value as the option takes it."""
    if key.kind == "choice":
        if value in key.choices:
            return "", value
        meant = ask_meant(str(value), key.choices)
        return _("{value!r} is none of {every}.{meant}", value=value, every=", ".join(key.choices), meant=meant), None
    if key.kind == "count":
        sound = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return ("", value) if sound else (_("{value!r} is no whole number from 0 on.", value=value), None)
    if key.kind == "file" and not isinstance(value, str):
        return _("{value!r} is no name of a file.", value=value), None
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text.strip() for text in texts):
        return _("{value!r} is neither a text nor a list of texts.", value=value), None
    if key.kind == "columns":
        return read_columns(texts)
    if key.kind == "texts":
        return "", texts
    files = [str(path.parent / text) for text in texts]
    for file in files:
        if not Path(file).is_file():
            return _("{file}: no such file.{meant}", file=file, meant=ask_path(file)), None
    return "", files[0] if key.kind == "file" else files


def read_columns(names: list[str]) -> tuple[str, str | None]:
    from qjreport.writers.fact_columns import COLUMNS, ColumnError, choose_columns

    joined = ",".join(names)
    try:
        choose_columns(joined, COLUMNS)
    except ColumnError as error:
        return str(error), None
    return "", joined
