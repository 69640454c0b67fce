"""`qjreport places`: what the table of places knows of a name."""

from __future__ import annotations

import click

from qjreport.commands.exit_codes import judge_inputs
from qjreport.commands.streams import VOICE, complain, tell, write_out
from qjreport.commands.voice import take_voice
from qjreport.language import _


@click.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@click.option("--year", type=click.IntRange(1949, 2100), help="Whom the name meant in this year.")
@click.option("--below", is_flag=True, help="List the places of today that are right below instead.")
@take_voice
@click.pass_context
def places(ctx: click.Context, names: tuple[str, ...], year: int | None, below: bool) -> None:
    """Say of a province, prefecture or county its canonical name, its code by GB/T 2260, its level and its history.

    \b
    Examples:
      qjreport places 綦江县
      qjreport places 毕节市 --year 2005
      qjreport places 重庆市 --below
      qjreport places 鼓楼区 500110 --json

    NAME is a name of today or an earlier one, in full or for short, after those of the places above it if need be
    (南京市鼓楼区), or a code. Where several places have it, each is told. Years are those of a change; the table
    begins in 1980, which … stands for. Exit codes: 0, or 1 where nothing has such a name.
    """
    import json

    from qjreport.places.describe import describe_place, find_places, list_below, write_place

    unknown = 0
    for name in names:
        found = find_places(name, year)
        if not found:
            complain(_("{name}: no province, prefecture or county has or had this name since 1980", name=name))
            unknown += 1
        tell(_("{name}: {found} places have or had this name", name=name, found=len(found)))
        if below:
            found = [inner for place in found for inner in list_below(place)]
        for place in found:
            if VOICE.as_json:
                lines = [json.dumps({"asked": name, **describe_place(place)}, ensure_ascii=False)]
            else:
                lines = list(write_place(place, _))[: 1 if below else None]
            write_out("".join(f"{line}\n" for line in lines).encode())
    ctx.exit(judge_inputs(unknown))
