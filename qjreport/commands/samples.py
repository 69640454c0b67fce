"""`qjreport samples`: the pages of the examples, written to a folder."""

from __future__ import annotations

from pathlib import Path

import click

from qjreport.commands.streams import speak
from qjreport.writers.accounts import name_count
from qjreport.writers.files import write_whole


@click.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path), default="samples")
@click.option("--gold", is_flag=True, help="Write the annotated documents, too, to FOLDER/gold (docs/evaluation.md).")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but errors.")
def samples(folder: Path, gold: bool, quiet: bool) -> None:
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
    if not quiet:
        more = f"; {name_count(kept, 'files')} of these names were there and stay" if kept else ""
        speak(f"{folder}: {name_count(fresh, 'files')}{more}")


def write_files(source: Path, folder: Path) -> tuple[int, int]:
    """Copies the files of a folder that are not in the other yet: how many, and how many there are."""
    found = sorted(path for path in source.iterdir() if path.is_file())
    fresh = [path for path in found if not (folder / path.name).exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in fresh:
            with write_whole(folder / path.name) as stream:
                stream.write(path.read_bytes())
    except OSError as error:
        raise click.ClickException(f"{folder}: cannot be written: {error.strerror or error}") from error
    return len(fresh), len(found)


def find_samples() -> Path:
    """What came with the package, or stands in the checkout that it is read from."""
    package = Path(__file__).parent.parent
    for folder in (package / "samples", package.parent / "samples"):
        if folder.is_dir():
            return folder
    raise click.ClickException("this copy of qjreport came without its samples; they are in its source archive")
