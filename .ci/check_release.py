"""Checks that what is released is one version: the package's, the changelog's, the citation's, and the tag's if given.

    python .ci/check_release.py                 what a release would be called, and whether it could be made
    python .ci/check_release.py v0.2.0          the same for this tag, which has to say the version
    python .ci/check_release.py v0.2.0 --notes  prints the changelog's section

Nothing but the standard library is needed. Exit code 1 and a line for each thing that does not fit.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = re.compile(r'^__version__ = "(?P<version>\d+\.\d+\.\d+)"$', re.M)
# The first heading of a version; "unreleased" instead of the day stands there until the day is known.
SECTION = re.compile(
    r"^## (?P<version>\S+) \((?P<day>\d{4}-\d\d-\d\d|unreleased)\)\n(?P<text>.*?)(?=^## |\Z)", re.M | re.S
)
CITED = re.compile(r"^version: (?P<version>\S+)$", re.M)
CITED_DAY = re.compile(r"^date-released: (?P<day>\S+)$", re.M)


def find_faults(folder: Path, tag: str | None) -> list[str]:
    """What does not fit, a line each. A tag wants a dated section; without one it may be unreleased.

    >>> find_faults(ROOT, "v9.9.9")[0].startswith("the tag v9.9.9 is not v")
    True
    """
    found = VERSION.search((folder / "qjreport" / "version.py").read_text("utf-8"))
    section = SECTION.search((folder / "CHANGELOG.md").read_text("utf-8"))
    cited = (folder / "CITATION.cff").read_text("utf-8")
    if not found:
        return ["qjreport/version.py has no version of three numbers"]
    version, faults = found["version"], []
    if tag is not None and tag != f"v{version}":
        faults.append(f"the tag {tag} is not v{version}, which qjreport/version.py has")
    if not section:
        return [*faults, "CHANGELOG.md has no heading such as ## 0.2.0 (2026-12-01)"]
    if section["version"] != version:
        faults.append(f"CHANGELOG.md begins with {section['version']}, not with {version}")
    if not section["text"].strip():
        faults.append(f"CHANGELOG.md says nothing of {version}")
    if tag is not None and section["day"] == "unreleased":
        faults.append(f"CHANGELOG.md calls {version} unreleased: give it the day of the release")
    if not (named := CITED.search(cited)) or named["version"] != version:
        faults.append(f"CITATION.cff is of {named['version'] if named else 'no version'}, not of {version}")
    day = CITED_DAY.search(cited)
    if tag is not None and (not day or day["day"] != section["day"]):
        faults.append("date-released in CITATION.cff is not the day of the changelog")
    return faults


def read_notes(folder: Path) -> str:
    """The first section of the changelog, without its heading."""
    section = SECTION.search((folder / "CHANGELOG.md").read_text("utf-8"))
    return section["text"].strip() + "\n" if section else ""


def main(arguments: list[str]) -> int:
    tag = next((word for word in arguments if not word.startswith("-")), None)
    if faults := find_faults(ROOT, tag):
        print(*faults, sep="\n", file=sys.stderr)
        return 1
    if "--notes" in arguments:
        sys.stdout.buffer.write(read_notes(ROOT).encode())
    else:
        print(f"qjreport {tag or 'without a tag'}: version, changelog and citation agree")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
