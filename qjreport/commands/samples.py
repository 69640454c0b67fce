"""`qjreport samples`: the pages of the examples, written to a folder."""

from __future__ import annotations

from pathlib import Path

import click

from qjreport.commands.streams import speak, tell
from qjreport.commands.voice import take_voice
from qjreport.language import _
from qjreport.writers.files import write_whole


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path), default="samples")
@take_voice
def samples(folder: Path) -> None:
    """Write the pages of the examples to FOLDER (samples, unless another is named). Files that are there stay.

    \b
    Examples:
      qjreport samples pages && qjreport extract pages/bulletin.html
    """
    found = find_samples()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = [path for path in found if not (folder / path.name).exists()]
        for path in fresh:
            with write_whole(folder / path.name) as stream:
                stream.write(path.read_bytes())
    except OSError as error:
        raise click.ClickException(
            _("{folder}: cannot be written: {reason}", folder=folder, reason=error.strerror or error)
        ) from error
    for path in fresh:
        tell(_("{folder}: written", folder=folder / path.name))
    kept = len(found) - len(fresh)
    more = _("; {files} of these names were there and stay", files=_.count(kept, "files")) if kept else ""
    speak(f"{folder}: {_.count(len(fresh), 'files')}{more}")


def find_samples() -> list[Path]:
    """The pages that came with the package, or those of the checkout that it is read from."""
    package = Path(__file__).parent.parent
    for folder in (package / "samples", package.parent / "samples"):
        if folder.is_dir():
            return sorted(path for path in folder.iterdir() if path.is_file())
    raise click.ClickException(_("this copy of qjreport came without its samples; they are in its source archive"))
