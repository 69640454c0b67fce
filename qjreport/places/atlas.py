"""The places of China: provinces, prefectures, counties, each with its code by GB/T 2260 and its names over time.

qjreport/lexicon/places.tsv is text, sorted, so that nothing of it is parsed but what is asked for: its bytes are read
when the first name is looked up, and each look-up is a search by halves. tests/places_table.py writes the table, and
says where it comes from; places.toml has the words that go with it.

A place is one through all its years and names: 綦江县 became 綦江区 in 2011, both are the place 500110. A place that
was given up is one of its own (500110-2011 is 万盛区), and says into which it went.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import msgspec

from qjreport.lexicon.load import load_tables, read_table
from qjreport.lexicon.places import PlaceWords
from qjreport.model.digest import digest_file

Level = Literal["country", "province", "prefecture", "county"]
LEVELS: Final[tuple[Level, ...]] = ("country", "province", "prefecture", "county")
TABLE: Final = "places.tsv"
PARTING: Final = b"\n=\n"  # between the places and the names
SHORTEST, LONGEST = 2, 16  # characters of a name
MOST_KEPT: Final = 10_000  # names that were looked up, also in vain


class PlaceName(msgspec.Struct, frozen=True):
    """What a place was called, and where it stood, in some years; the year of a change belongs to both sides."""

    name: str
    code: str
    parent: str  # id of the place above; empty for a province
    first: int | None  # None: 1980 or before
    until: int | None  # None: today

    def holds(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.until is None or year <= self.until)


class Place(msgspec.Struct, frozen=True):
    """A place through all its years."""

    id: str  # its code; of a place that is no more with the year in which it went: 500110-2011
    level: Level
    parent: str  # id of the place above, the latest; empty for a province
    forms: tuple[str, ...]  # its latest name in other forms: 彭水县, 彭水
    into: str | None  # id of the place that it went into
    names: tuple[PlaceName, ...]  # the latest first

    @property
    def name(self) -> str:
        return self.names[0].name

    @property
    def code(self) -> str:
        return self.names[0].code

    @property
    def until(self) -> int | None:
        """The year in which it was given up; None where it is there."""
        return self.names[0].until

    def list_parents(self) -> tuple[str, ...]:
        """The ids of all the places that it was ever part of, the latest first."""
        return tuple(dict.fromkeys(name.parent for name in self.names if name.parent))

    def holds(self, year: int) -> bool:
        """Whether there was such a place in a year."""
        return any(name.holds(year) for name in self.names)


class Table:
    """Lines of bytes in the order of their keys; what stands after a key and a tab is found without cutting them."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self.data, self.start, self.end = data, start, end

    def place(self, key: bytes) -> int:
        """Where the first line begins that is not before a key."""
        low, high = self.start, self.end
        while low < high:
            middle = self.data.rfind(b"\n", self.start, (low + high) // 2) + 1 or self.start
            middle = max(middle, low)
            if self.data[middle : middle + len(key)] < key:
                after = self.data.find(b"\n", middle, self.end)
                low = self.end if after < 0 else after + 1
            else:
                high = middle
        return low

    def find(self, key: str) -> str:
        """Empty for a key that is not there."""
        start = f"{key}\t".encode("utf-8", "surrogatepass")
        place = self.place(start)
        if not self.data.startswith(start, place, self.end):
            return ""
        end = self.data.find(b"\n", place, self.end)
        return self.data[place + len(start) : self.end if end < 0 else end].decode()

    def list_lines(self) -> list[str]:
        return self.data[self.start : self.end].decode().split("\n")


class Atlas:
    """All places, looked up by id and by name."""

    def __init__(self, data: bytes, words: PlaceWords) -> None:
        parting = data.index(PARTING)
        self.places = Table(data, data.index(b"\n1") + 1, parting)
        self.names = Table(data, parting + len(PARTING), len(data) - 1)
        self.words = words
        self.known: dict[str, Place] = {}  # what was asked for before is asked for again: an archive has few places
        self.ids: dict[str, tuple[str, ...]] = {}
        self.full: dict[str, str] = {}
        country = PlaceName(words.country, words.country_code, "", None, None)
        self.country = Place(words.country_code, "country", "", (), None, (country,))

    def get(self, id_: str) -> Place:
        """The place of an id. Raises KeyError where there is none.

        >>> load_atlas().get("500110").name
        '綦江区'
        """
        if id_ not in self.known:
            self.known[id_] = self.country if id_ == self.country.id else self.read(id_)
        return self.known[id_]

    def read(self, id_: str) -> Place:
        line = self.places.find(id_)
        if not line:
            raise KeyError(id_)
        level, parent, forms, into, names = line.split("\t")
        spans = [name.split(",") for name in names.split(";")]
        return Place(
            id=id_,
            level=level,  # type: ignore[arg-type]
            parent=parent,
            forms=tuple(forms.split("|")) if forms else (),
            into=into or None,
            names=tuple(
                PlaceName(name, code, above, int(first) if first else None, int(until) if until else None)
                for name, code, above, first, until in spans
            ),
        )

    def list_ids(self, name: str) -> tuple[str, ...]:
        """The ids of the places that have or had a name, or are called so for short; those of today first.

        >>> load_atlas().list_ids("綦江县"), load_atlas().list_ids("市中区")[:2], load_atlas().list_ids("云溪县")
        (('500110',), ('370103', '370402'), ())
        """
        if name not in self.ids:
            if len(self.ids) > MOST_KEPT:
                self.ids.clear()
            line = self.names.find(name)
            ids = line.split(" ") if line else []
            ids += [self.words.aliases[name]] if name in self.words.aliases else []
            ids += [self.country.id] if name == self.country.name else []
            self.ids[name] = tuple(sorted(ids, key=lambda id_: "-" in id_))
        return self.ids[name]

    def find(self, name: str) -> list[Place]:
        return [self.get(id_) for id_ in self.list_ids(name)]

    def list_all(self) -> list[Place]:
        """Every place, in the order of the codes."""
        return [self.get(line.partition("\t")[0]) for line in self.places.list_lines()]

    def list_above(self, place: Place) -> list[Place]:
        """The places that it is or was part of, of every year, the nearest first."""
        near = [self.get(id_) for id_ in place.list_parents()]
        far = [self.get(id_) for one in near for id_ in one.list_parents()]
        return list(dict.fromkeys((*near, *far)))

    def name_fully(self, place: Place) -> str:
        """The canonical name, which no other place has: after that of the place above where several have the same.

        >>> atlas = load_atlas()
        >>> [atlas.name_fully(atlas.get(id_)) for id_ in ("500110", "320106", "341400-2011", "340181", "522401-2011")]
        ['綦江区', '南京市鼓楼区', '安徽省巢湖市', '巢湖市', '毕节地区毕节市']
        """
        if place.id not in self.full:
            self.full[place.id] = self.spell(place)
        return self.full[place.id]

    def spell(self, place: Place) -> str:
        last = place.names[0]
        others = [other for other in self.find(last.name) if other.name == last.name and other.id != place.id]
        if place.until is None:
            others = [other for other in others if other.until is None]
        if not others or not last.parent:
            return last.name
        above = self.get(last.parent)
        year = place.until
        called = next((name.name for name in above.names if year is not None and name.holds(year - 1)), above.name)
        same = [other for other in others if other.names[0].parent == last.parent and place.until is not None]
        return f"{called}{last.name}" + (f"（{last.until}年止）" if same else "")


@lru_cache(maxsize=1)
def load_atlas() -> Atlas:
    """The table that comes with the package; read when it is first asked for."""
    return Atlas(read_table(TABLE), load_tables().places)


def check_data() -> bool:
    """Whether the table is the one that places.toml names."""
    return digest_file(read_table(TABLE)).startswith(load_tables().places.data)
