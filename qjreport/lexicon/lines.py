"""Where in a TOML file a key or a word stands: tomllib reads values and forgets their lines.

Scans the lines for headers and keys. It knows no more of TOML than a file of words needs; where a place is written in
a way that it does not know, it answers with the nearest place around it that it does.
"""

from __future__ import annotations

from typing import Final

import regex

Path = tuple[str | int, ...]

NAME: Final = r"(?:[\w-]++|\"[^\"]*+\"|'[^']*+')"
HEADER: Final = regex.compile(rf"\s*+(\[\[?)\s*+({NAME}(?:\s*+\.\s*+{NAME})*+)\s*+\]\]?\s*+(?:#.*+)?$")
KEY: Final = regex.compile(rf"\s*+({NAME}(?:\s*+\.\s*+{NAME})*+)\s*+=")
PART: Final = regex.compile(NAME)
LISTED: Final = regex.compile(r"\s*+\[\s*+[\"'\]]")  # a line of a list of lists, which is no header


class Places:
    """Keys and headers of a file, each with its line, counted from 1.

    >>> places = Places('# words\\n[[units]]\\nname = "畦"\\n[items]\\nfacets = [\\n  "总库容",\\n]\\n')
    >>> places.find(("units", 0, "name")), places.find(("items", "facets"), "总库容")
    (3, 6)
    """

    def __init__(self, text: str) -> None:
        self.lines = [line.rstrip("\r") for line in text.split("\n")]
        self.places: dict[Path, int] = {}
        self.scan()

    def scan(self) -> None:
        table: Path = ()
        counts: dict[Path, int] = {}
        for number, line in enumerate(self.lines, 1):
            header = None if LISTED.match(line) else HEADER.match(line)
            if header:
                table = split_path(header[2])
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                self.places.setdefault(table, number)
            elif key := KEY.match(line):
                path = split_path(key[1])
                for end in range(1, len(path) + 1):  # front.at_least = … opens front as well
                    self.places.setdefault((*table, *path[:end]), number)

    def find(self, path: Path, word: str | None = None, nth: int = 0) -> int:
        """The line of a key, or of the nearest thing around it; of the `nth` time that `word` stands below it."""
        place = path
        while place and place not in self.places:
            place = place[:-1]
        line = self.places.get(place, 1)
        return line if word is None else self.find_word(line, word, nth)

    def find_word(self, line: int, word: str, nth: int) -> int:
        quoted = (f'"{word}"', f"'{word}'")
        for number, text in enumerate(self.lines[line - 1 :], line):
            times = sum(text.count(written) for written in quoted)
            if nth < times:
                return number
            nth -= times
        return line


def split_path(written: str) -> Path:
    return tuple(part.strip("\"'") for part in PART.findall(written))
