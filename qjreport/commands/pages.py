"""Which pages a command reads, as a person names them: files, folders, patterns; and the files that go with them.

A shell that knows no patterns (Windows) leaves `*.html` to us. In a folder, files that are no pages by their names are
left out, as a batch leaves them out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from glob import has_magic, iglob
from pathlib import Path, PurePath

from qjreport.sources.file_names import explain_kind, order_naturally


def gather_pages(named: Iterable[str]) -> tuple[str, ...]:
    """The pages that the arguments name, each once, in the order of the arguments and in natural order within one.

    What is neither a folder nor a pattern that fits anything stays as it is: a page, an address, -, or a mistake that
    reading it will name.
    """
    pages: dict[str, None] = {}
    for name in named:
        pages.update(dict.fromkeys(list_pages(name)))
    return tuple(pages)


def list_pages(name: str) -> list[str]:
    if name == "-" or "\x00" in name:
        return [name]
    if os.path.isdir(name):  # noqa: PTH112
        return [page for page in walk_folder(name) if not explain_kind(page)] or [name]
    if not os.path.lexists(name) and has_magic(name):
        found = sorted(iglob(name, recursive=True), key=order_naturally)  # noqa: PTH207
        return [page for path in found for page in list_pages(path)] or [name]
    return [name]


def walk_folder(folder: str) -> Iterator[str]:
    """The files below a folder, in natural order; not what begins with a dot, and no links to folders."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=order_naturally)
        for name in sorted(files, key=order_naturally):
            if not name.startswith("."):
                yield os.path.join(root, name)  # noqa: PTH118


def is_file(output: str | None) -> bool:
    """Whether -o names a file or a folder, and not standard output."""
    return output is not None and output != "-"


def is_folder(output: str | None) -> bool:
    """Whether -o names a folder: one that is there, or a name that ends as folders' do.

    >>> is_folder("out/"), is_folder("out.json"), is_folder(None)
    (True, False, False)
    """
    if output is None or output == "-":
        return False
    return output.endswith(("/", os.sep)) or Path(output).is_dir()


def name_files(pages: Iterable[str], ending: str) -> dict[str, PurePath]:
    """A file for each page, below the folder that all pages share; pages of one name are told apart by their endings.

    >>> [str(file) for file in name_files(["a/2023.html", "a/b/2024.html"], ".json").values()]
    ['2023.json', 'b/2024.json']
    >>> [str(file) for file in name_files(["2023.html", "2023.txt", "-"], ".json").values()]
    ['2023.json', '2023.txt.json', 'stdin.json']
    """
    listed = list(pages)
    folders = [os.path.dirname(os.path.abspath(page)) for page in listed if page != "-"]  # noqa: PTH100, PTH120
    try:
        shared = os.path.commonpath(folders) if folders else ""
    except ValueError:  # on two drives
        shared = ""
    named: dict[str, PurePath] = {}
    taken: set[str] = set()
    for page in listed:
        path = PurePath("stdin") if page == "-" else PurePath(os.path.relpath(os.path.abspath(page), shared or "."))  # noqa: PTH100
        path = PurePath(*[part for part in path.parts if part not in ("..", path.anchor)])
        file, number = path.with_suffix(ending), 1
        if str(file) in taken:
            file = path.with_name(path.name + ending)
        while str(file) in taken:
            number += 1
            file = path.with_name(f"{path.name}-{number}{ending}")
        taken.add(str(file))
        named[page] = file
    return named
