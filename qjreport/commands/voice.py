"""-q, -v and --json, which every command has and which mean the same everywhere (docs/settings.md, decision 0017).

-q      nothing on standard error but errors: what a command could not do, or did not find as it should be
-v      more on standard error: what was read with which settings and words, what was found, how long it took
--json  for programs: what goes to standard output is JSON, what goes to standard error a JSON object a line

A FILE of -o keeps the format that its ending or --format asks for: --json is about the streams.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any, TypeVar

import click

from qjreport.commands.settings_file import Defaults, was_given
from qjreport.commands.streams import VOICE, tell
from qjreport.language import _

Command = TypeVar("Command", bound=Callable[..., Any])


OPTIONS = (  # last first, as decorators are added
    ("as_json", ("--json",), "For programs: standard output in JSON, messages as JSON Lines."),
    ("verbose", ("-v", "--verbose"), "Say more on standard error: what was read and how, and how long it took."),
    ("quiet", ("-q", "--quiet"), "Say nothing on standard error but errors."),
)


def take_voice(command: Command) -> Command:
    """Add -q, -v and --json. What they ask for is kept in VOICE: `speak`, `tell` and `complain` go by it."""
    for name, spelled, says in OPTIONS:
        add = click.option(*spelled, name, is_flag=True, is_eager=True, expose_value=False, callback=hear, help=says)
        command = add(command)
    return command


def hear(ctx: click.Context, param: click.Parameter, given: bool) -> None:
    """Keep one of the three; they come first of all options, and the last of them begins the run."""
    above = ctx.parent.command.params if ctx.parent is not None else ()
    told = any(other.name == param.name for other in above)  # to the command that this one stands below
    setattr(VOICE, str(param.name), given or (told and getattr(VOICE, str(param.name))))
    heard: set[str] = ctx.meta.setdefault(f"{__name__}.{ctx.command_path}", set())
    heard.add(str(param.name))
    if len(heard) < len(OPTIONS):
        return
    if VOICE.as_json:
        speak_json()
    if VOICE.quiet and VOICE.verbose:
        raise click.UsageError(_("-q and -v are opposites; give one of them."))
    if VOICE.verbose and not ctx.resilient_parsing:
        tell_run(ctx)


def speak_json() -> None:
    """Speak for programs from now on, which read English in every locale."""
    VOICE.as_json = True
    _.use("en")


def name_folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 - Path.cwd() would do as well, and loads more
    except OSError:  # it was removed, and the pages may stand elsewhere
        return "-"


def tell_run(ctx: click.Context) -> None:
    """What ran, and when it ends with which settings and how long it took."""
    import platform

    import qjreport.version

    begun = time.monotonic()
    tell(
        _(
            "qjreport {version}, Python {python}, in {folder}",
            version=qjreport.version.__version__,
            python=platform.python_version(),
            folder=name_folder(),
        )
    )

    def tell_end() -> None:
        defaults = ctx.default_map
        file, held = defaults.read or (None, {}) if isinstance(defaults, Defaults) else (None, {})
        names = ", ".join(held) or "-"
        settings = _("settings of {file}: {names}", file=file, names=names) if file else _("no settings")
        tell(_("{settings}; {seconds:.2f} s", settings=settings, seconds=time.monotonic() - begun))

    ctx.call_on_close(tell_end)


def settle_format(asked: str | None, machine: tuple[str, ...], default: str) -> str:
    """The format of standard output: the one that is asked for; with --json, the first of those that are JSON.

    Raises UsageError where both are asked for and do not agree.
    """
    if not VOICE.as_json:
        return asked or default
    if asked in machine:
        return str(asked)
    if asked is not None and was_given("format_"):
        raise click.UsageError(
            _("--json and --format {asked} are two formats of standard output; give one of them.", asked=asked)
        )
    return machine[0]
