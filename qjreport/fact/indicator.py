"""Items → indicators and measures: 地区生产总值 with 增长5.3% is `gdp` and `growth`.

An item is looked up whole in a table of all names (lexicon/indicators.toml), first as it stands, then without the
words at its ends that change no meaning, such as the report's own place, 全市, 总额, and a word of growth. Nothing is
guessed: an item that says more than a name (工业园区增加值) is another thing, and belongs to no indicator, but where an
indicator takes items that only contain a word. Of several indicators of one name the one is taken whose unit fits.

`measure` then says what the number tells: a level in a unit of the indicator's family, growth in %, a share in %, the
amount of a change in units or percentage points, a rank. Where none of them fits (a count of counties under
地区生产总值), the fact belongs to no indicator. Leaves to `qjreport.panel` which facts are compared.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from qjreport.lexicon import Lexicon
from qjreport.lexicon.indicators import Family, Indicator, Indicators, Neutral, list_names, spell_parts
from qjreport.model import Measure
from qjreport.start_cache import KEPT
from qjreport.text.patterns import compile_re, compile_regex
from qjreport.text.words import join_words

ANY: Final = 0
GROWTH: Final = 1
SHARE: Final = 2
USES: Final = {"items": ANY, "growth_items": GROWTH, "share_items": SHARE}
PERCENT: Final = frozenset(("%", "‰"))
POINTS: Final = frozenset(("个百分点", "个千分点"))
INDEX_FROM: Final = Decimal(80)  # an index of prices of last year = 100; no growth of prices comes near
INDEX_TO: Final = Decimal(200)
BRACKETED: Final = compile_regex(r"[（(][^（）()]*+[）)]")
NO_HAN: Final = compile_re("[^一-鿿、]")  # a text without one is written already
WIDE: Final = str.maketrans("＆ＡＢＣＤＧＰＲ／", "&ABCDGPR/", " 　“”")
NOTHING: Final = "(?!)"  # the source of a pattern that matches nowhere
PRIVATE: Final = 0xE000  # where the characters begin that belong to nobody
Codes = tuple[int, ...]
Hit = tuple[int, int]  # number of an indicator, and how it may be used


class Finder:
    """The names of all indicators, prepared for looking items up."""

    def __init__(self, table: Indicators, digest: str) -> None:
        self.indicators = table.indicators
        self.families = [table.families[one.family] for one in table.indicators]
        # A part stands in a name as a single character that no text has.
        self.tokens = {f"{{{part}}}": chr(PRIVATE + number) for number, part in enumerate(table.parts)}
        self.spellings = {written: self.tokens[part] for written, part in spell_parts(table.parts).items()}
        self.parts = compile_re(join_words(self.spellings) or NOTHING)
        self.names = self.spell_names(table, digest)
        neutral = table.neutral
        self.endings = [(end, level) for level, ends in neutral.endings.items() for end in ends]
        self.endings.sort(key=measure_ending, reverse=True)
        self.prefixes = compile_prefixes(neutral)
        rates = [(self.write(word), True) for word in neutral.rates]
        others = [(self.write(word), False) for word in neutral.suffixes if word not in neutral.rates]
        self.suffixes: dict[str, list[tuple[str, bool]]] = {}  # by their last characters
        for word, rate in sorted((*rates, *others), key=measure_ending, reverse=True):
            self.suffixes.setdefault(word[-1], []).append((word, rate))
        self.contains = [
            (self.write(word), number, tuple([self.write(w) for w in one.without]))
            for number, one in enumerate(table.indicators)
            for word in one.contains
        ]
        self.known: dict[tuple[str, str | None, str], tuple[tuple[Hit, ...], bool]] = {}
        self.level_of: dict[str, str] = {}  # of places that were asked for

    def spell_names(self, table: Indicators, digest: str) -> dict[str, int | Codes]:
        """Every spelling of every name → what it may mean, the first of the table first; kept for the next start.

        A meaning is one number, indicator and use, and stands alone where a name has no other: most have not, and
        numbers are read back in half the time of pairs.
        """
        key = ("indicators", digest)
        kept: dict[str, int | Codes] | None = KEPT.get(key)
        if kept is not None:
            return kept
        names: dict[str, int | Codes] = {}
        for number, indicator in enumerate(table.indicators):
            for spelling, _, use in list_names(indicator, table.parts):
                code, written = number * len(USES) + USES[use], self.write_name(spelling)
                before = self.get_codes(names, written)
                if code not in before:
                    names[written] = (*before, code) if before else code
        KEPT.put(key, names, sole=True)
        return names

    def get_codes(self, names: dict[str, int | Codes], text: str) -> Codes:
        found = names.get(text)
        return () if found is None else (found,) if isinstance(found, int) else found

    def get_hits(self, text: str) -> tuple[Hit, ...]:
        """The indicators that have the text for a name, and how each may be used."""
        return tuple([divmod(code, len(USES)) for code in self.get_codes(self.names, text)])

    def write(self, text: str) -> str:
        """An item, a name or a word as names are kept: in plain capitals, with a sign for each of its parts."""
        if NO_HAN.search(text) is not None:
            text = text.translate(WIDE).upper()
        return text if self.parts.search(text) is None else self.parts.sub(self.name_part, text)

    def write_name(self, name: str) -> str:
        for part, sign in self.tokens.items():
            name = name.replace(part, sign)
        return self.write(name)

    def name_part(self, match: re.Match[str]) -> str:
        return self.spellings[match[0]]

    def look_up(self, item: str, subject: str | None, area: str) -> tuple[tuple[Hit, ...], bool]:
        """The indicators that an item may name, and whether it says that the number is a rate of growth."""
        key = (item, subject, area)
        known = self.known.get(key)
        if known is None:
            if len(self.known) >= MOST_KNOWN:
                self.known.clear()
                self.level_of.clear()
            known = self.known[key] = self.search(item, subject, area)
        return known

    def search(self, item: str, subject: str | None, area: str) -> tuple[tuple[Hit, ...], bool]:
        hits = self.strip(self.write(cut_place(item, subject, area)), area)
        if not hits[0] and ("（" in item or "(" in item):
            hits = self.strip(self.write(cut_place(BRACKETED.sub("", item), subject, area)), area)
        return hits if hits[0] or not self.contains else (self.find_contained(self.write(item)), False)

    def strip(self, text: str, area: str) -> tuple[tuple[Hit, ...], bool]:
        """Take off what changes no meaning, from the front and then word by word from the end."""
        found = self.get_hits(text)
        if found:
            return found, False
        opening = self.prefixes[self.find_level(area)].match(text)
        if opening:
            text = text[opening.end() :]
            found = self.get_hits(text)
        rate = False
        while not found and text:
            for ending, is_rate in self.suffixes.get(text[-1], ()):
                if text.endswith(ending):
                    text, rate = text[: -len(ending)], rate or is_rate
                    found = self.get_hits(text)
                    break
            else:
                break
        return found, rate

    def find_level(self, area: str) -> str:
        """The level of a place by the end of its name; empty where it has none, as for a page of no known place."""
        level = self.level_of.get(area)
        if level is None:
            level = self.level_of[area] = next((level for end, level in self.endings if area.endswith(end)), "")
        return level

    def find_contained(self, text: str) -> tuple[Hit, ...]:
        return tuple(
            [(n, ANY) for word, n, without in self.contains if word in text and not any(w in text for w in without)]
        )

    def find(
        self, item: str, subject: str | None, area: str, kind: str, unit: str, dimension: str | None, value: Decimal
    ) -> tuple[str | None, Measure | None]:
        """Code of the indicator and measure of a fact, None and None where it belongs to none."""
        hits, rate = self.look_up(item, subject, area)
        for number, use in hits:
            one = self.indicators[number]
            measure = find_measure(one, self.families[number], use, rate, kind, unit, dimension, value)
            if measure is not None:
                return one.code, measure
        return None, None


MOST_KNOWN: Final = 50_000  # items that are kept; a page has some hundreds


def measure_ending(ending: tuple[str, object]) -> int:
    return len(ending[0])


def cut_place(item: str, subject: str | None, area: str) -> str:
    """The item without the place that it begins with: the fact's own, or the report's."""
    if subject and item.startswith(subject) and len(item) > len(subject):
        return item[len(subject) :]
    name = area[:-1] if len(area) > 2 else area
    if name and item.startswith(name) and len(item) > len(name):
        whole = item.startswith(area) and len(item) > len(area)
        return item[len(area) if whole else len(name) :]
    return item


def compile_prefixes(neutral: Neutral) -> dict[str, re.Pattern[str]]:
    """What is taken off the front of an item, by the level of the report's place.

    全省 is the whole place in a province's report and where the place is not known, and another place in a county's.
    """
    levels = tuple(neutral.whole)
    patterns: dict[str, re.Pattern[str]] = {}
    for at, level in enumerate(("", *levels)):
        own = [word for lower in levels[max(0, at - 1) :] for word in neutral.whole[lower]]
        patterns[level] = compile_re(rf"(?:{join_words((*neutral.prefixes, *own)) or NOTHING})+")
    return patterns


def find_measure(
    one: Indicator, family: Family, use: int, rate: bool, kind: str, unit: str, dimension: str | None, value: Decimal
) -> Measure | None:
    """What the number tells of the indicator; None where its unit is not the indicator's."""
    percent = unit in PERCENT
    if kind == "rank":
        return "rank" if use != SHARE else None
    changed = kind != "level"
    if changed and unit in POINTS:
        return "change"
    if use == SHARE:
        return ("change" if changed else "share") if percent else None
    if one.index:
        return find_index(percent, changed, unit, value)
    fits = unit in family.units or (family.dimension is not None and dimension == family.dimension)
    if percent and not fits:
        return "growth" if changed or rate or use == GROWTH else None
    if use == GROWTH or not fits:
        return None
    return "change" if changed or (rate and not percent) else "level"


def find_index(percent: bool, changed: bool, unit: str, value: Decimal) -> Measure | None:
    """Prices: 上涨3%, 涨幅3%, and 103 with last year = 100."""
    if percent or (not unit and not changed and INDEX_FROM < value < INDEX_TO):
        return "growth"
    return None


@lru_cache(maxsize=4)
def compile_indicators(lexicon: Lexicon) -> Finder:
    return Finder(lexicon.indicators, lexicon.digest)
