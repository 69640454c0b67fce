"""A name → the place that it means, or those that it may mean.

In this order, until one is left:

1. the name is read as a chain of names, the longest first (重庆市綦江区), and its last is looked up; what is not below
   the others, now or ever, goes;
2. who has or had just that name goes before who is only called so for short (吉林市 is no 吉林省), and of those who are
   called so for short a province before others, a place before what lies in it (长沙: 长沙市, not 长沙县);
3. who had the name in that year goes before who had it in another (巢湖市 was a prefecture until 2011, then a county);
   without a year, who has it today;
4. the words beside: who of them is below a place that these name, most often and before all in short texts.

A name of nothing, or several places that nothing tells apart, give none: the candidates are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from qjreport.places.atlas import LONGEST, SHORTEST, Atlas, Level, Place, load_atlas

LONGEST_CHAIN: Final = 40  # characters of a province, a prefecture and a county
SAID: Final = 40  # what a short text (organizer, headline) that names the place above counts against once in the report
CLEAR: Final = 2  # how many times as much as of the next
MENTIONED: Final = 2  # mentions in a report that are no accident
NEARER: Final = 3  # what is right above tells more than what is above that


class Resolution(msgspec.Struct, frozen=True):
    """What a name means."""

    place: Place | None  # None: nothing, or nobody knows which
    name: str | None  # canonical, which no other place has
    candidates: tuple[Place, ...]  # all that it may mean; one where `place` is one

    @property
    def code(self) -> str | None:
        return self.place.code if self.place is not None else None

    @property
    def level(self) -> Level | None:
        return self.place.level if self.place is not None else None


def resolve_place(
    name: str, *, year: int | None = None, said: Iterable[str] = (), text: Callable[[], str] | str = ""
) -> Resolution:
    """The place that a name means: in that year, beside these short texts, in that report.

    `said` and `text` are only read where the name and the year leave several.

    >>> [resolve_place(name).name for name in ("綦江县", "重庆市綦江区", "彭水县", "湖北荆州沙市", "云溪县", "市中区")]
    ['綦江区', '綦江区', '彭水苗族土家族自治县', '沙市区', None, None]
    >>> resolve_place("鼓楼区", said=["江苏省南京市人民政府主办"]).name
    '南京市鼓楼区'
    >>> [resolve_place("巢湖市", year=year).level for year in (2008, 2014)]
    ['prefecture', 'county']
    """
    atlas = load_atlas()
    found = list_candidates("".join(name.split()), atlas, year)
    if len(found) > 1:
        found = settle(found, list(said), text, atlas)
    return settle_on(found, atlas)


def settle_on(found: Sequence[Place], atlas: Atlas) -> Resolution:
    place = found[0] if len(found) == 1 else None
    return Resolution(place, atlas.name_fully(place) if place else None, tuple(found))


def list_candidates(name: str, atlas: Atlas, year: int | None) -> list[Place]:
    """All places that a name may mean by itself and its year; none where it is not read to its end."""
    chain = read_chain(name, atlas)
    if not chain:
        return []
    *above, last = chain
    found = atlas.find(last)
    for other in above:
        ids = set(atlas.list_ids(other))
        found = [place for place in found if ids & {one.id for one in atlas.list_above(place)}]
    return keep_timely(keep_nearest(found, last, atlas), last, year)


def read_chain(text: str, atlas: Atlas) -> tuple[str, ...]:
    """The names that a text is made of, the longest first; empty where it is made of other things as well.

    >>> [read_chain(text, load_atlas()) for text in ("吉林省吉林市", "深圳南山", "青川省临江市")]
    [('吉林省', '吉林市'), ('深圳', '南山'), ()]
    """
    if len(text) > LONGEST_CHAIN:
        return ()
    for end in range(min(len(text), LONGEST), SHORTEST - 1, -1):
        if atlas.list_ids(text[:end]):
            if end == len(text):
                return (text,)
            rest = read_chain(text[end:], atlas)
            if rest:
                return (text[:end], *rest)
    return ()


def keep_nearest(found: list[Place], name: str, atlas: Atlas) -> list[Place]:
    """Those who have or had just that name; else, of those who are called so for short, the one above the others."""
    named = [place for place in found if any(one.name == name for one in place.names)]
    if named or len(found) < 2:
        return named or found
    provinces = [place for place in found if place.level == "province"]
    if provinces:
        return provinces
    for place in found:
        if all(other is place or place in atlas.list_above(other) for other in found):
            return [place]
    return found


def keep_timely(found: list[Place], name: str, year: int | None) -> list[Place]:
    """Those who had the name in the year, or were there; without a year, those who have it, or are there, today."""
    if len(found) < 2:
        return found
    if year is None:
        tests: tuple[Callable[[Place], bool], ...] = (
            lambda place: place.until is None and place.name == name,
            lambda place: place.until is None,
        )
    else:
        # In the year of a change the name is rather the old one's: reports are given in the year's first weeks.
        tests = (
            lambda place: any(one.name == name and one.holds(year) and one.first != year for one in place.names),
            lambda place: any(one.name == name and one.holds(year) for one in place.names),
            lambda place: place.holds(year),
        )
    return next((kept for test in tests if (kept := list(filter(test, found)))), found)


def settle(found: list[Place], said: Sequence[str], text: Callable[[], str] | str, atlas: Atlas) -> list[Place]:
    """The one of several whose places above the texts name; all where they do not tell."""
    short = ["".join(one.split()) for one in said if one]
    weights = [weigh(place, short, atlas, once=True) * SAID for place in found]
    best = pick(found, weights, 1)
    if best is None:
        whole = text if isinstance(text, str) else text()
        counts = [weigh(place, [whole], atlas, once=False) for place in found]
        best = pick(found, [one + other for one, other in zip(weights, counts, strict=True)], MENTIONED * NEARER)
    return [best] if best is not None else found


def pick(found: Sequence[Place], weights: Sequence[int], least: int) -> Place | None:
    """The place that clearly weighs most."""
    order = sorted(range(len(found)), key=lambda index: -weights[index])
    first, second = weights[order[0]], weights[order[1]]
    return found[order[0]] if first >= least and first >= CLEAR * second else None


def weigh(place: Place, texts: Sequence[str], atlas: Atlas, *, once: bool) -> int:
    """How often texts name the places above one, in any year; `once` counts a text but once."""
    weight = 0
    direct = place.list_parents()
    for above in atlas.list_above(place):
        worth = NEARER if above.id in direct else 1
        names = {*above.forms, *(one.name for one in above.names)}
        shortest = [name for name in names if not any(other != name and other in name for other in names)]
        for text in texts:
            count = sum(text.count(name) for name in shortest)
            weight += worth * (min(count, 1) if once else count)
    return weight
