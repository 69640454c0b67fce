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
@click.option("--gold", is_flag=True, help="Write the annotated documents, too, to FOLDER/gold (docs/evaluation.md).")
@take_voice
def samples(folder: Path, gold: bool) -> None:
    """Write the pages of the examples to FOLDER (samples, unless another is named). Files that are there stay.

    \b
    Examples:
      qjreport samples pages && qjreport extract pages/bulletin.html
      qjreport samples pages --gold && python -m qjreport.evaluate pages/gold
    """
    source = find_samples()
    parts = [(source, folder), (source / "gold", folder / "gold")] if gold else [(source, folder)]
    fresh = kept = 0
    for one, target in parts:
        written, all_ = write_files(one, target)
        fresh, kept = fresh + written, kept + all_ - written
    more = _("; {files} of these names were there and stay", files=_.count(kept, "files")) if kept else ""
    speak(f"{folder}: {_.count(fresh, 'files')}{more}")


def write_files(source: Path, folder: Path) -> tuple[int, int]:
    """Copies the files of a folder that are not in the other yet: how many, and how many there are."""
    found = sorted(path for path in source.iterdir() if path.is_file())
    fresh = [path for path in found if not (folder / path.name).exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in fresh:
            with write_whole(folder / path.name) as stream:
                stream.write(path.read_bytes())
            tell(_("{folder}: written", folder=folder / path.name))
    except OSError as error:
        raise click.ClickException(
            _("{folder}: cannot be written: {reason}", folder=folder, reason=error.strerror or error)
        ) from error
    return len(fresh), len(found)


def find_samples() -> Path:
    """What came with the package, or stands in the checkout that it is read from."""
    package = Path(__file__).parent.parent
    for folder in (package / "samples", package.parent / "samples"):
        if folder.is_dir():
            return folder
    raise click.ClickException(_("this copy of qjreport came without its samples; they are in its source archive"))
