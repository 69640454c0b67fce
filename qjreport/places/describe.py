"""What the table knows of a place, as plain data for JSON and as lines for a reader: name, code, level, history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qjreport.language import ENGLISH, Tongue
from qjreport.places.atlas import Atlas, Place, PlaceName, load_atlas
from qjreport.places.resolve import list_candidates, resolve_place

YEARS, WIDE = 10, "\u2e80"  # cells of the column of years; from here on a sign takes two of them


def find_places(name: str, year: int | None = None) -> list[Place]:
    """The places that a name or a code may mean; those that are no more only where none of today has it.

    >>> [place.id for place in find_places("綦江县")], [place.id for place in find_places("500110", year=2005)]
    (['500110'], ['500110-2011'])
    """
    atlas = load_atlas()
    if name.isascii():
        found = [place for place in atlas.list_all() if any(one.code == name for one in place.names)]
        at_last = [place for place in found if place.code == name]
        in_year = [place for place in found if any(one.code == name and one.holds(year or 0) for one in place.names)]
        today = [place for place in at_last if place.until is None]
        return in_year or today or at_last or found
    found = list(resolve_place(name, year=year).candidates)
    return found or list_candidates(name, atlas, year)


def describe_place(place: Place) -> dict[str, Any]:
    """One place as plain data; `from` and `until` are years of change, null where there is none known.

    >>> about = describe_place(find_places("綦江")[0])
    >>> about["place"], about["place_code"], about["history"][1]["name"], about["history"][1]["until"]
    ('綦江区', '500110', '綦江县', 2011)
    """
    atlas = load_atlas()
    return {
        "place": atlas.name_fully(place),
        "place_code": place.code,
        "place_level": place.level,
        "name": place.name,
        "within": [atlas.get(id_).name for id_ in list_chain(place, atlas)],
        "also": list(place.forms),
        "until": place.until,
        "into": atlas.name_fully(atlas.get(place.into)) if place.into else None,
        "history": [
            {
                "name": one.name,
                "code": one.code,
                "within": name_then(one, atlas),
                "from": one.first,
                "until": one.until,
            }
            for one in place.names
        ],
    }


def list_chain(place: Place, atlas: Atlas) -> list[str]:
    """The ids of what a place is part of, from the province down."""
    chain: list[str] = []
    above = place.parent
    while above:
        chain.append(above)
        above = atlas.get(above).parent
    return chain[::-1]


def name_then(one: PlaceName, atlas: Atlas) -> str | None:
    """What the place above was called at that time."""
    if not one.parent:
        return None
    above = atlas.get(one.parent)
    year = one.first if one.first is not None else (one.until or 0) - 1
    return next((name.name for name in above.names if name.holds(year)), above.name)


def write_place(place: Place, tongue: Tongue = ENGLISH) -> Iterator[str]:
    """The same for a reader, a line for each name that it had."""
    about = describe_place(place)
    within = "".join(about["within"])
    level = tongue(about["place_level"])
    if within:
        level = tongue("{level} in {within}", level=level, within=within)
    yield f"{about['place']}  {about['place_code']}  {level}"
    for one in about["history"]:
        years = spell_years(one["from"], one["until"], tongue)
        room = YEARS - sum(sign > WIDE for sign in years)
        yield f"  {years:<{room}}  {one['code']}  {one['name']}, {one['within'] or '中国'}"
    if about["also"]:
        yield tongue("  also called {names}", names=", ".join(about["also"]))
    if about["into"]:
        yield tongue("  went into {place}", place=about["into"])


def spell_years(first: int | None, until: int | None, tongue: Tongue = ENGLISH) -> str:
    """Years of change; the table begins in 1980.

    >>> spell_years(2011, None), spell_years(None, 1997), spell_years(1997, 2011), spell_years(None, None)
    ('2011-today', '…-1997', '1997-2011', '…-today')
    """
    return f"{first or '…'}-{until or tongue('today')}"


def list_below(place: Place) -> list[Place]:
    """The places of today right below one, and those below a province that has counties of its own."""
    atlas = load_atlas()
    if place.level == "country":
        return [one for one in atlas.list_all() if one.level == "province"]
    return [one for one in atlas.list_all() if one.until is None and one.parent == place.id]
