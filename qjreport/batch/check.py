"""Which documents of a dataset look wrong, and why: for a person who goes through an archive before it is counted.

What one document says of itself comes first (no place, many numbers unread), then what its path or its table says, then
its neighbours: the other documents in its folder, and those of the same place, kind and year. The reasons are stable
words; REASONS says what each means.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import msgspec

from qjreport.batch.dataset import Dataset
from qjreport.batch.parts import list_parts
from qjreport.lexicon import Lexicon
from qjreport.places import resolve_place
from qjreport.places.atlas import Place, load_atlas
from qjreport.places.given import flatten
from qjreport.places.resolve import read_chain
from qjreport.writers.fact_columns import Column
from qjreport.writers.parquet import load_library, read_parquet

REASONS: Final = {
    "no-place": "no place: the page names none, one that the table lacks, or one of several",
    "no-year": "no year",
    "no-facts": "no facts",
    "place-path": "another place than the path or the table says",
    "year-path": "another year than the path or the table says",
    "place-neighbours": "another place than all other documents of its folder",
    "year-neighbours": "out of the order of years that the other documents of its folder keep",
    "same-year": "another document of the same place, kind and year, and not the same report",
    "duplicate": "the same report as an earlier document",
    "headline-year": "a main target of another year than the report plans",
    "time-contradiction": "strong words for another year than the one taken",
    "many-unread": "many numbers were not read",
    "many-doubtful": "most facts have doubts",
}
COLUMNS: Final = (
    Column("source", "来源文件", "string", "Address of the document."),
    Column("reason", "原因", "string", "Stable word: no-place, year-path."),
    Column("message", "说明", "string", "What was found."),
    Column("other", "对照文件", "string", "Address of the document that it is compared with."),
    Column("document", "文档编号", "string", "Id of the document."),
)
FEWEST_UNREAD, MOST_UNREAD = 5, 0.02  # of all numbers; of 501 reports one in a hundred has more than 1.4 %
FEWEST_DOUBTFUL, MOST_DOUBTFUL = 10, 0.5  # of all facts; one report in twenty-five has more
FEWEST_NEIGHBOURS: Final = 3  # other documents of a folder that agree with each other
MOST_NAMED: Final = 4
TOLD: Final = ("headline-year", "time-contradiction")  # diagnostics that are reasons

_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_NAME: Final = re.compile(r"((?:19|20)\d\d)(?:年度?)?(?:[^\d].*)?")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A document, and a reason to look at it."""

    source: str
    document: str
    reason: str
    message: str
    other: str | None = None  # source of the document that it is compared with


class Document(msgspec.Struct, frozen=True):
    """What is looked at of a document's row."""

    order: int
    row: dict[str, Any]
    folder: str
    name: str

    @property
    def years(self) -> set[int]:
        """The years that a report may be filed under: its own, and the one that it plans."""
        return {self.row["year"], *list_years(self.row["plans"])} - {None}


def check_dataset(dataset: Dataset, lexicon: Lexicon) -> list[Finding]:
    """All findings, in the order of the documents and of REASONS."""
    doubtful = count_doubtful(dataset)
    documents = [read_document(order, row) for order, row in enumerate(dataset.read("documents"))]
    found: list[tuple[int, Finding]] = []
    for document in documents:
        own = check_document(document, doubtful[document.row["id"]], lexicon)
        found += [(document.order, finding) for finding in own]
    found += check_folders(documents)
    found += check_years(documents, lexicon)
    sources = {document.row["id"]: document.row["source"] for document in documents}
    found += check_duplicates(documents, sources)
    order = {reason: place for place, reason in enumerate(REASONS)}
    return [finding for _, finding in sorted(found, key=lambda one: (one[0], order[one[1].reason]))]


def read_document(order: int, row: dict[str, Any]) -> Document:
    folder, _, name = flatten(row["source"]).rpartition("/")
    return Document(order, row, folder, name)


def count_doubtful(dataset: Dataset) -> Counter[str]:
    """How many facts of each document have doubts."""
    compute = load_library("pyarrow.compute", "archive")
    counts: Counter[str] = Counter()
    for path in list_parts(dataset.folder, "facts"):
        if int(path.stem.removeprefix("part-")) in dataset.committed:
            table = read_parquet(path, columns=["document", "doubts"])
            counts.update(table.filter(compute.not_equal(table["doubts"], ""))["document"].to_pylist())
    return counts


def tell(document: Document, reason: str, message: str, other: str | None = None) -> Finding:
    row = document.row
    return Finding(source=row["source"], document=row["id"], reason=reason, message=message, other=other)


def check_document(document: Document, doubtful: int, lexicon: Lexicon) -> Iterator[Finding]:
    """What a document says of itself, and its path of it."""
    row = document.row
    if row["place_code"] is None:
        yield tell(document, "no-place", explain_place(row))
    if row["year"] is None:
        yield tell(document, "no-year", "the page says no year")
    if not row["facts"]:
        yield tell(document, "no-facts", f"{row['characters']} characters, and no fact among {row['numbers']} numbers")
    yield from check_path(document, lexicon)
    said = (row["diagnostics"] or "").split()
    for reason in TOLD:
        if reason in said:
            yield tell(document, reason, f"of {row['year']}, plans {row['plans']}; see `qjreport explain --time`")
    unread, numbers, facts = row["unread_numbers"], row["numbers"], row["facts"]
    if unread >= FEWEST_UNREAD and unread > MOST_UNREAD * numbers:
        yield tell(document, "many-unread", f"{unread} of {numbers} numbers")
    if doubtful >= FEWEST_DOUBTFUL and doubtful > MOST_DOUBTFUL * facts:
        yield tell(document, "many-doubtful", f"{doubtful} of {facts} facts")


def explain_place(row: dict[str, Any]) -> str:
    name = row["area"] or row["place_given"]
    if not name:
        return "the page names none"
    atlas = load_atlas()
    candidates = resolve_place(name, year=row["year"]).candidates
    if not candidates:
        return f"{name} is none of the table"
    more = "" if len(candidates) <= MOST_NAMED else " …"
    return f"{name} may be {', '.join(map(atlas.name_fully, candidates[:MOST_NAMED]))}{more}"


def check_path(document: Document, lexicon: Lexicon) -> Iterator[Finding]:
    """Place and year against what was given; where nothing was, against what the path itself seems to say."""
    row = document.row
    if row["place_code"] is not None:
        said = row["place_given"] or name_folder(document.folder)
        if said and not agrees(row, said, lexicon, loosely=row["place_given"] is None):
            yield tell(document, "place-path", f"the page is of {row['place']}, not of {said}")
    if row["year"] is not None:
        year, years = row["year_given"], document.years
        if year is None:
            year, years = read_year(document), years | {*list_years(row["reviews"]), *list_years(row["published"])}
        if year is not None and year not in years:
            yield tell(document, "year-path", f"the page is of {row['year']}, not of {year}")


def agrees(row: dict[str, Any], said: str, lexicon: Lexicon, *, loosely: bool) -> bool:
    """Whether a place is the one that was said, or one of those; `loosely`: or lies in it.

    What is no place and is not called like one (a folder 工作报告) says nothing.
    """
    atlas = load_atlas()
    candidates = resolve_place(said, year=row["year"]).candidates
    if not candidates:
        return not said.endswith(lexicon.chrome.area_ends) or bool(row["place"] == said)
    if any(atlas.name_fully(place) == row["place"] for place in candidates):
        return True
    own = [place for place in resolve_place(row["place"]).candidates if atlas.name_fully(place) == row["place"]]
    return loosely and any(lies_in(place, candidates) for place in own)


def lies_in(place: Place, others: Sequence[Place]) -> bool:
    above = load_atlas().list_above(place)
    return any(other in above or other.level == "country" for other in others)


def name_folder(folder: str) -> str | None:
    """The last part of a path that is the name of a place in full and nothing else."""
    atlas = load_atlas()
    for part in reversed(folder.split("/")):
        chain = read_chain(part, atlas)
        if chain and any(one.name == chain[-1] for place in atlas.find(chain[-1]) for one in place.names):
            return part
    return None


def read_year(document: Document) -> int | None:
    """The year that the file's name begins with, or that a folder is called by."""
    for part in (document.name, *reversed(document.folder.split("/"))):
        match = _YEAR_NAME.fullmatch(part)
        if match:
            return int(match[1])
    return None


def list_years(written: str | None) -> list[int]:
    return [int(year) for year in _YEAR.findall(written or "")]


def check_folders(documents: Iterable[Document]) -> Iterator[tuple[int, Finding]]:
    """Each document against the others of its folder: their place, and the order of their years by their names."""
    folders: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        folders[document.folder].append(document)
    for inside in folders.values():
        known = [document for document in inside if document.row["place_code"] is not None]
        places = Counter(document.row["place"] for document in known)
        usual, count = places.most_common(1)[0] if places else ("", 0)
        if count >= FEWEST_NEIGHBOURS and count == len(known) - 1:
            odd = next(document for document in known if document.row["place"] != usual)
            message = f"the page is of {odd.row['place']}, all {count} others of the folder are of {usual}"
            yield odd.order, tell(odd, "place-neighbours", message)
        yield from check_order(inside)


def check_order(inside: Sequence[Document]) -> Iterator[tuple[int, Finding]]:
    """The one document without which the years of a folder would rise, or fall, from name to name."""
    dated = [document for document in inside if document.row["year"] is not None]
    years = [document.row["year"] for document in dated]
    if len(dated) <= FEWEST_NEIGHBOURS or any(read_year(document) for document in dated):
        return
    for way in (years, [-year for year in years]):
        if is_rising(way):
            return
    for place, document in enumerate(dated):
        left = years[:place] + years[place + 1 :]
        if len(set(left)) == len(left) and (is_rising(left) or is_rising([-year for year in left])):
            between = " and ".join(str(year) for year in years[max(0, place - 1) : place + 2] if year != years[place])
            yield document.order, tell(document, "year-neighbours", f"the page is of {years[place]}, beside {between}")
            return


def is_rising(years: Sequence[int]) -> bool:
    return all(before <= after for before, after in pairwise(years))


def check_years(documents: Iterable[Document], lexicon: Lexicon) -> Iterator[tuple[int, Finding]]:
    """Reports that a place gives once a year, of which there are several for a year."""
    kept: dict[tuple[object, ...], Document] = {}
    for document in documents:
        row = document.row
        year = next(iter(list_years(row["plans"])), row["year"])
        if row["kind"] not in lexicon.places.yearly or None in (row["place_code"], year) or row["duplicate_of"]:
            continue
        first = kept.setdefault((row["place"], row["kind"], year), document)
        if first is not document:
            message = f"another {row['kind']} of {row['place']} for {year}"
            yield document.order, tell(document, "same-year", message, first.row["source"])


def check_duplicates(documents: Iterable[Document], sources: dict[str, str]) -> Iterator[tuple[int, Finding]]:
    for document in documents:
        row = document.row
        if row["duplicate_of"]:
            alike = "the same report" if row["similarity"] == 1 else f"{row['similarity']:.0%} the same report"
            other = sources.get(row["duplicate_of"])
            yield document.order, tell(document, "duplicate", f"{alike} as an earlier one", other)
