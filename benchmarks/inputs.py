"""The pages that are measured: an archive, a folder, or the samples where neither is given.

The results give their name, their number and their bytes, never their folder.
"""

from __future__ import annotations

import argparse
import zipfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
KINDS = (".html", ".htm")


class Inputs(NamedTuple):
    name: str
    pages: list[bytes]

    def describe(self) -> str:
        """The line that describes them in the results.

        >>> Inputs("reports.zip", [b"<p>", b"</p>"]).describe()
        'reports.zip: 2 pages, 7 bytes'
        """
        return f"{self.name}: {len(self.pages)} pages, {sum(map(len, self.pages)):,} bytes"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--archive", type=Path, metavar="ZIP", help="reports in a zip file; the samples where it is absent"
    )
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="heavy pages: the *.html of a folder")
    parser.add_argument("--limit", type=int, metavar="N", help="the first N pages of each")


def read_reports(args: argparse.Namespace) -> Inputs:
    """The archive, or the samples."""
    if args.archive is None:
        return cut(read_folder(ROOT / "samples"), args.limit)
    with zipfile.ZipFile(args.archive) as archive:
        members = [entry for entry in archive.infolist() if Path(entry.filename).suffix.lower() in KINDS]
        return cut(Inputs(args.archive.name, [archive.read(entry) for entry in members]), args.limit)


def read_heavy(args: argparse.Namespace) -> Inputs | None:
    return None if args.pages is None else cut(read_folder(args.pages), args.limit)


def read_folder(folder: Path) -> Inputs:
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in KINDS)
    return Inputs(f"{folder.resolve().name}/*.html", [path.read_bytes() for path in paths])


def cut(inputs: Inputs, limit: int | None) -> Inputs:
    return Inputs(inputs.name, inputs.pages[:limit])
