"""What is known of a report beside its page: from the path that it lies at, or from a table of documents.

A pattern is the end of a path with names in braces: `{place}/{year}.md`. `{province}`, `{prefecture}` and `{county}`
go before `{place}`, so that 江苏/南京/鼓楼/2024.md is told apart from other places of that name; `*` stands for any
part of a name. A table has a column `source` (the end of a path, or an address) and `place` or `year` or both; the row
whose `source` is the longest end of an input's address is its own. The table goes before the patterns, the first
pattern that fits before the next.

Nothing here goes against a page: `extract` takes it where the page says nothing, and `qjreport check` says where they
differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

PLACES: Final = ("province", "prefecture", "county", "place")  # from the whole to the part
FIELDS: Final = {**dict.fromkeys(PLACES, r"[^/]+?"), "year": r"(?:19|20)\d\d(?!\d)"}
# What a table's columns are called, also in what `qjreport export --table documents --headers zh` writes.
HEADS: Final = {
    **{name: name for name in ("source", "place", "year")},
    "来源文件": "source",
    "行政区": "place",
    "报告年份": "year",
}
NAMED: Final = r"\{([^{}]*)\}|(\*)|([{}])"
YEAR: Final = r"\s*((?:19|20)\d\d)\s*年?\s*"


class GivenError(ValueError):
    """A pattern or a table that cannot be used; the message says why."""


class Given(msgspec.Struct, frozen=True):
    """What is known of one report."""

    place: str | None = None
    year: int | None = None

    def __bool__(self) -> bool:
        return self.place is not None or self.year is not None

    def fill(self, other: Given) -> Given:
        return Given(self.place or other.place, self.year or other.year)


NOTHING: Final = Given()


class Pattern:
    """The end of a path, with names."""

    def __init__(self, written: str) -> None:
        """Raises GivenError for what names nothing, or what it does not know.

        >>> Pattern("{place}/{year}.md").read("archive.zip/reports/綦江区/2024.md")
        Given(place='綦江区', year=2024)
        >>> Pattern("{prefecture}/{county}/{year}*.html").read("江苏/南京/鼓楼/2024年.html")
        Given(place='南京鼓楼', year=2024)
        >>> Pattern("{place}/{year}.md").read("綦江区/notes.md")
        Given(place=None, year=None)
        """
        self.pattern = re.compile(rf"(?:^|/){self.translate(written)}$")

    @staticmethod
    def translate(written: str) -> str:
        parts: list[str] = []
        seen: set[str] = set()
        last = 0
        for match in re.finditer(NAMED, written):
            parts.append(re.escape(written[last : match.start()]))
            last = match.end()
            name = match[1]
            if match[3] or (name is not None and name not in FIELDS):
                known = " ".join(f"{{{field}}}" for field in FIELDS)
                raise GivenError(f"{written}: {match[0]} is none of {known} and *")
            if name is not None and name in seen:
                raise GivenError(f"{written}: {match[0]} stands in it twice")
            parts.append(r"[^/]*" if name is None else f"(?P<{name}>{FIELDS[name]})")
            seen.add(name or "")
        if not seen - {""}:
            raise GivenError(f"{written}: names nothing; write {{place}} or {{year}} where they stand in the path")
        return "".join((*parts, re.escape(written[last:])))

    def read(self, path: str) -> Given:
        match = self.pattern.search(path)
        if match is None:
            return NOTHING
        found = match.groupdict()
        place = "".join(found.get(name) or "" for name in PLACES)
        return Given(place or None, int(found["year"]) if found.get("year") else None)


class Givens:
    """What is known of all inputs of a batch."""

    def __init__(self, patterns: Sequence[str] = (), table: Mapping[str, Given] | None = None) -> None:
        self.patterns = [Pattern(written) for written in patterns]
        self.table = dict(table or {})
        self.used: Counter[str] = Counter()  # rows of the table → inputs

    def __bool__(self) -> bool:
        return bool(self.patterns or self.table)

    def find(self, address: str, url: str | None = None) -> Given:
        """What is known of an input: `a.zip!綦江区/2024.md` lies at a.zip/綦江区/2024.md.

        >>> Givens(["{place}/{year}.md"], {"2024.md": Given(place="綦江")}).find("a.zip!万州区/2024.md")
        Given(place='綦江', year=2024)
        """
        path = flatten(address)
        found = self.find_row(path) or (self.find_row(flatten(url)) if url else NOTHING)
        for pattern in self.patterns:
            if fitting := pattern.read(path):
                return found.fill(fitting)
        return found

    def find_row(self, path: str) -> Given:
        for end in list_ends(path) if self.table else ():
            if end in self.table:
                self.used[end] += 1
                return self.table[end]
        return NOTHING

    def tell(self) -> Iterator[str]:
        """What is odd about the table, once the inputs are listed."""
        unused = [source for source in self.table if source not in self.used]
        if unused:
            yield f"{len(unused)} rows of the table of documents are of no input: {', '.join(unused[:3])}"
        if several := [source for source, count in self.used.items() if count > 1]:
            yield f"{len(several)} rows of the table of documents are of several inputs each: {', '.join(several[:3])}"


def flatten(address: str) -> str:
    return address.replace("\\", "/").replace("!", "/").removeprefix("./")


def list_ends(path: str) -> Iterator[str]:
    """The ends of a path from the longest on.

    >>> list(list_ends("a/b/c.md")), list(list_ends("crawl.warc.gz@12 http://a.cn/b"))[:2]
    (['a/b/c.md', 'b/c.md', 'c.md'], ['crawl.warc.gz@12 http://a.cn/b', 'http://a.cn/b'])
    """
    yield path
    for match in re.finditer(r"/+| (?=https?://)", path):
        if match.end() < len(path):
            yield path[match.end() :]


def read_documents(name: str) -> dict[str, Given]:
    """A table of documents, CSV or TSV, in UTF-8 or GB 18030. Raises GivenError, OSError."""
    import csv  # here, for every start would pay for them
    import io
    from pathlib import Path

    data = Path(name).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in first else ",")
    heads = [HEADS.get(head.strip(), "") for head in next(rows, [])]
    if "source" not in heads or not {"place", "year"} & set(heads):
        raise GivenError(f"{name}: the first line has to name the columns source, and place or year")
    found: dict[str, Given] = {}
    for row in rows:
        cells = {head: cell.strip() for head, cell in zip(heads, row, strict=False) if head and cell.strip()}
        if "source" not in cells:
            continue
        year = re.fullmatch(YEAR, cells["year"]) if "year" in cells else None
        if "year" in cells and year is None:
            raise GivenError(f"{name}:{rows.line_num}: {cells['year']} is no year")
        given = Given(cells.get("place"), int(year[1]) if year else None)
        source = flatten(cells["source"].lstrip("'"))
        if found.get(source, given) != given:
            raise GivenError(f"{name}:{rows.line_num}: {cells['source']} stands in it twice, with other values")
        found[source] = given
    return found
