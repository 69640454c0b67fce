"""`qjreport settings`: which settings hold here, and where they come from."""

from __future__ import annotations

import json
from typing import Any

import click

from qjreport.commands.settings_file import KEYS, NONE, VARIABLE, Defaults
from qjreport.commands.streams import VOICE, clean_line, write_out
from qjreport.commands.voice import take_voice
from qjreport.language import _

DEFAULT = "default"


@click.command()
@take_voice
@click.pass_context
def settings(ctx: click.Context) -> None:
    """Show the settings that hold in this folder, which file they come from, and what is left at its default.

    Settings are defaults of options. They stand in qjreport.toml, or in pyproject.toml below [tool.qjreport], in the
    working directory or the nearest one above it that has any; paths in them are relative to the file. The command
    line wins. See docs/settings.md.

    \b
    Examples:
      qjreport settings
      qjreport settings --json
      qjreport --no-settings settings
    """
    defaults = ctx.default_map
    assert isinstance(defaults, Defaults)
    file, held = defaults.load()
    rows = {
        name: {"value": held.get(name, key.default), "from": str(file) if name in held else DEFAULT}
        for name, key in KEYS.items()
    }
    if VOICE.as_json:
        plain = {"file": str(file) if file else None, "settings": rows}
        write_out(json.dumps(plain, ensure_ascii=False, indent=2).encode() + b"\n")
        return
    lines = [str(file) if file else explain_none(defaults)]
    for name, row in rows.items():
        source = str(file) if name in held else _("default")
        lines.append(f"  {name:<13} {show_value(row['value']):<30} {source}")
    write_out("".join(f"{clean_line(line)}\n" for line in lines).encode("utf-8", "replace"))


def explain_none(defaults: Defaults) -> str:
    if defaults.asked == NONE:
        return _("no settings: --no-settings or {variable} leaves them out", variable=VARIABLE)
    return _(
        "no settings: neither this folder nor one above it has qjreport.toml, or [tool.qjreport] in pyproject.toml"
    )


def show_value(value: Any) -> str:
    """
    >>> show_value(["a.toml", "b.toml"]), show_value(2), show_value(None)
    ('a.toml, b.toml', '2', '-')
    """
    return "-" if value is None else ", ".join(value) if isinstance(value, list) else str(value)
