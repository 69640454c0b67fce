"""One text under reading: the lexicon's words as its readers look them up, and what has been found so far.

`build_lookup` makes indexes and patterns of the words, once for a lexicon. A `Reading` is passed from reader to reader;
each adds what it found by `enter`, for a quantity, or by `note`, for a number that is none, and says where it stopped.

Hedges are read in `enter` alone, so that every quantity has them, and in this order: the word before the number bounds
it, a word inside it (余) comes over that, and a word after the unit over both; but a 左右 leaves 超过 as it is.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

import regex

from qjreport.lexicon import Lexicon
from qjreport.lexicon.numerals import Numerals
from qjreport.model import Bound, FactKind, Quantity, Why
from qjreport.quantity.hedges import (
    Hedge,
    HedgeIndex,
    find_after,
    find_before,
    find_colour,
    index_hedges,
    is_achieved,
    is_coloured,
    join_hedge,
    weakens,
)
from qjreport.quantity.non_facts import Shapes, build_shapes
from qjreport.quantity.numeral import CHINESE, Patterns, build_number
from qjreport.text.numerals import ALL_DIGITS, BEYOND, CHINESE_CHARS, EXACT, ONES, SIGNS, Number
from qjreport.text.patterns import WordTable, compile_re, compile_regex
from qjreport.text.units import Index, Unit, index_units
from qjreport.text.words import Words, join_words

Phrases = dict[str, tuple[tuple[str, bool], ...]]  # the first two characters → phrases; whether they are vague counts


class Lookup(WordTable):
    """The lexicon's words, those of names and numerals as they are where only their ends are looked at."""

    units: Index
    hedges: HedgeIndex
    shapes: Shapes
    words: Numerals
    prefixes: tuple[str, ...]
    number: Patterns
    phrases: Phrases
    anchor: re.Pattern[str]
    inner: dict[str, tuple[tuple[str, int], ...]]  # first numeral and the character before → words, its place
    inner_ahead: frozenset[str]  # those characters before
    idle: Words
    ordinal: re.Pattern[str]
    ordinal_starts: frozenset[str]
    rank: re.Pattern[str]
    not_rank: re.Pattern[str]
    moves: re.Pattern[str]  # 升至第, 跃居第
    changed: re.Pattern[str]  # 增加到 between two values
    structure: re.Pattern[str]
    own: re.Pattern[str]
    own_starts: frozenset[str]
    spans: tuple[str, ...]
    long_spans: frozenset[str]
    short_spans: frozenset[str]
    dated: re.Pattern[str]  # 年半, 个多月 after a Chinese numeral
    dated_starts: frozenset[str]
    circle: regex.Pattern[str]  # what so many minutes name
    meeting: re.Pattern[str]
    per_output: regex.Pattern[str]
    base: re.Pattern[str]  # /10万人
    counting: tuple[str, ...]
    counted: tuple[str, ...]
    name_heads: tuple[str, ...]
    name_tail: re.Pattern[str]
    postal: re.Pattern[str]
    currencies: dict[str, Unit]
    currency_ends: frozenset[str]

    def cover(self, text: str, at: int, since: int) -> int:
        """Where the longest word ends that has the numeral at `at` in it and begins at `since` or later; 0 for none."""
        idle, lengths, longest = self.idle, self.idle.lengths, 0
        for start in range(max(since, at - BEFORE), at + 1):
            if text[start] in lengths:
                end = start + len(idle.at(text, start))
                if end > at and end > longest:
                    longest = end
        return longest


OUT_OF: Final = frozenset("从由自")  # in front of the first of two values
LISTING: Final = frozenset("、和及与")  # between the numbers of a list
OPENING: Final = "“‘「『"
QUOTED_CHARS: Final = r"[^“”‘’「」『』\"\n]"
WORDS_AHEAD: Final = "翻首榜若多无"  # what else than a numeral a number or a vague count may begin with
BESIDE: Final = frozenset("点點个块分")  # after a numeral, these may make it a number though they make a word with it
PASSED: Final = "一数"  # the numerals that most of the words begin with that count nothing


def build_anchor(phrases: Phrases, units: Index, ahead: frozenset[str]) -> re.Pattern[str]:
    """Where a number may begin: digits are taken as a run, quotations only where they may hold one.

    It opens with one class, which `re` looks for at several times the speed of an alternation. It passes over what the
    readers would: words of 一 and 数 that count nothing whatever follows, and 多, 无 and the like before any other
    character than their phrases have. `ahead` are the characters that may make another word with a numeral.
    """
    passed = [
        f"(?<=[^第 {''.join(sorted(ahead | OUT_OF))}]{first})[{''.join(seconds)}]"
        for first in PASSED
        if (seconds := find_passed(first, phrases, units))
    ]
    for first in WORDS_AHEAD[1:]:
        seconds = sorted({head[1:] for head in phrases if head[0] == first} | {{"首": "位", "榜": "首"}.get(first, "")})
        if any(len(head) == 1 and head == first for head in phrases):
            continue
        passed.append(f"(?<={first})[^{''.join(seconds)}]")
    numerals = f"{ALL_DIGITS}{CHINESE}{WORDS_AHEAD}{SIGNS}"
    return compile_re(
        rf"[{numerals}{OPENING}《\"]"
        rf"(?:(?<=\d)\d*+|(?<![\d{OPENING}{BEYOND}])(?!{'|'.join(passed)})|(?<=[{OPENING}])(?={QUOTED_CHARS}{{0,13}}?[{numerals}]))"
    )


def find_passed(first: str, phrases: Phrases, units: Index) -> list[str]:
    """The second characters of words that count nothing, whatever comes after them: 一般, 数据; but 一个 may count."""
    found = []
    stop = frozenset(CHINESE + WORDS_AHEAD + OPENING)
    for head, words in phrases.items():
        second = head[1:]
        if head[0] != first or second in BESIDE or not second or (head, False) not in words:
            continue
        plain = all(not vague and stop.isdisjoint(word[1:]) for word, vague in words)
        cut = first != "一" and any(unit is not None and name[0] == second for name, unit in units.known.items())
        if plain and not cut:
            found.append(second)
    return sorted(found)


BEFORE: Final = 4  # characters of a word in front of its first numeral


def index_phrases(vague: tuple[str, ...], words: tuple[str, ...]) -> Phrases:
    """Vague counts before the words that count nothing, the longest of each first."""
    index: dict[str, list[tuple[str, bool]]] = {}
    for group in (vague, words):
        for word in sorted(group, key=len, reverse=True):
            index.setdefault(word[:2], []).append((word, group is vague))
    return {head: tuple(found) for head, found in index.items()}


FIRST_NUMERAL: Final = compile_re(rf"(?!^)[{CHINESE_CHARS}]")


def index_inner(words: tuple[str, ...]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Words that begin with another character than a numeral, by what a reader meets of them: 比三 of 货比三家."""
    index: dict[str, list[tuple[str, int]]] = {}
    for word in sorted(words, key=len, reverse=True):
        first = FIRST_NUMERAL.search(word) if word[0] not in CHINESE_CHARS else None
        if first is not None:
            index.setdefault(word[first.start() - 1 : first.end()], []).append((word, first.start()))
    return {key: tuple(found) for key, found in index.items()}


def counts_own(text: str, end: int, lookup: Lookup) -> bool:
    """Whether a count that ends here is one of what is said (7个大幅提升) or one of a few (三个…之一)."""
    near = text[end : end + 1] in lookup.own_starts or text.find("之一", end, end + 14) >= 0
    return near and lookup.own.match(text, end) is not None


@lru_cache(maxsize=8)
def build_lookup(lexicon: Lexicon) -> Lookup:
    names, words = lexicon.names, lexicon.numerals
    units, inner = index_units(lexicon), index_inner(names.words)
    phrases, ahead = index_phrases(names.vague, names.words), frozenset(key[0] for key in inner)
    return Lookup(
        shapes=build_shapes(lexicon),
        words=words,
        units=units,
        hedges=index_hedges(lexicon),
        prefixes=lexicon.units.prefixes,
        number=build_number(lexicon),
        phrases=phrases,
        inner=inner,
        inner_ahead=ahead,
        anchor=build_anchor(phrases, units, ahead),
        idle=Words((*names.idle, *names.words)),
        ordinal=compile_re(join_words(names.ordinals)),
        ordinal_starts=frozenset(word[0] for word in names.ordinals),
        rank=compile_re(rf"(?:{join_words((*names.ranks, *names.rank_fields))})[^，。；！？,;]{{0,8}}$"),
        not_rank=compile_re(rf"(?:{join_words(names.not_ranks)})$"),
        moves=compile_re(rf"[位名]{join_words(words.moves)}[到至为居][^，。；、]{{0,8}}第"),
        changed=compile_re(rf"(?:{join_words(words.changing)})?了?[至到为](?=[\d{CHINESE_CHARS}])"),
        structure=compile_re(rf"[“‘]|{join_words(names.structure)}"),
        own=compile_re(rf"(?:{join_words(names.adverbs)})|[^，。；、,;\d]{{0,12}}之一"),
        own_starts=frozenset(word[0] for word in names.adverbs),
        spans=names.spans,
        long_spans=frozenset(words.long_spans),
        short_spans=frozenset(words.short_spans),
        dated=compile_re(rf"[多余]?(?:个[多半]?)?{join_words(words.dated)}"),
        dated_starts=frozenset(word[0] for word in words.dated) | frozenset("个多余"),
        circle=compile_regex(rf"\p{{Han}}{{0,10}}?圈|{join_words(words.services)}"),
        meeting=compile_re(rf"{join_words(words.meetings)}|[、和](?:[{ONES}十]{{1,3}}次)"),
        per_output=compile_regex(rf"(?:GDP)?+\p{{Han}}{{0,8}}?{join_words(words.per_output)}"),
        base=compile_re(rf"[/／](?!0)1?[0十百千万]{{1,7}}+(?!\d){join_words(words.bases)}?"),
        counting=names.counting,
        counted=names.counted,
        name_heads=names.name_heads,
        name_tail=compile_re(join_words(names.name_tails)),
        currencies={name: unit for name in words.currencies if (unit := units.known.get(name)) is not None},
        currency_ends=frozenset(name[-1] for name in words.currencies),
        postal=compile_re(rf"(?:{join_words(names.postal)})[:： ]{{0,3}}$"),
    )


ADDRESS: Final = compile_re(r"[!-~]++")
LONGEST_ADDRESS: Final = 600  # characters in front of a number in which its address begins
TIMES: Final = frozenset(("time", "working time"))
SCALED: Final = frozenset("百千万亿")  # in a cell they open a unit: 万吨
DISTRIBUTING: Final = ("分别", "分別")  # 分别超3亿元、2亿元和1亿元 says it of all three


class Reading:
    """One text. `out` is kept sorted and free of overlaps by its readers, who only ever go forward."""

    __slots__ = (
        "address_end",
        "block",
        "coloured",
        "done",
        "in_cell",
        "lookup",
        "out",
        "shared",
        "straight",
        "text",
        "unshared",
    )

    def __init__(self, text: str, block: int, lookup: Lookup, in_cell: bool = False) -> None:
        self.text = text
        self.block = block
        self.lookup = lookup
        self.in_cell = in_cell  # where a number in characters among words is of a head: 三大产业
        self.unshared = -1  # as far as a list of numbers is known to have no unit
        self.straight = False  # inside a pair of straight quotation marks
        self.coloured = is_coloured(text, lookup.hedges)
        self.done = 0  # where the last number ended
        self.shared: Hedge | None = None  # what 分别 makes the last number and those listed after it share
        self.address_end = 0  # of the last address of a page that was met
        self.out: list[Quantity] = []

    def find_address(self, at: int) -> bool:
        """Whether what stands at `at` is inside an address (https://…?id=%28158%29); it ends at `address_end` then."""
        head = self.text.rfind("://", max(0, at - LONGEST_ADDRESS), at)
        address = ADDRESS.match(self.text, head + 3) if head >= 0 else None
        if address is None or address.end() <= at:
            return False
        self.address_end = address.end()
        return True

    def note(self, start: int, end: int, why: Why, *rules: str) -> int:
        """Enter a number that is no quantity."""
        if start < self.done:
            start = self.done
        if start < end:
            self.done = end
            self.out.append(
                Quantity(block=self.block, start=start, end=end, quote=self.text[start:end], why=why, rules=rules)
            )
        return end

    def enter(
        self,
        start: int,
        end: int,
        value: Number,
        unit: Unit | None,
        *,
        value_to: Number | None = None,
        rough: str = "",
        front: str = "",
        kind: FactKind | None = None,
        bound: Bound | None = None,
        chinese: bool = False,
        structure: bool = False,
        rules: tuple[str, ...] = (),
    ) -> int:
        """Enter a quantity that ends at `end`, unit included; hedges around it are read here.

        `chinese` for one that is written in characters, and that nothing but a counter or a measure vouches for;
        `structure` for a part of a structure a:b:c.
        """
        text, hedges = self.text, self.lookup.hedges
        if unit is not None:
            rules = (*rules, unit.rule)
        beside = end + 1 if text[end : end + 1] == " " else end
        after = find_after(text, beside, hedges, time=unit is not None and unit.dimension in TIMES)
        before = self.find_front(start, after)
        if before is not None and not is_achieved(text, start, end, before, hedges):
            front, bound, rules = before.word, before.bound, (*rules, before.rule)
        if rough:
            bound, rules = hedges.inside.get(rough, ">="), (*rules, "bound.inside")
        tail = ""
        if after is not None:
            tail, end, rules = after.word, beside + len(after.word), (*rules, after.rule)
            if not weakens(after, before):
                bound = after.bound
        if chinese and self.in_cell:
            return end if text[start] in SCALED else self.note(start, end, "name", "name.table_head")
        self.done = end
        hedge = self.spell_hedge(start, front, rough, tail)
        self.out.append(
            build_quantity(
                self.block, start, text[start:end], value, value_to, unit, bound, hedge, kind, rules, structure
            )
        )
        return end

    def find_front(self, start: int, after: Hedge | None) -> Hedge | None:
        """The hedge in front of a number, which those of a list share: 分别超过3个、｜5个."""
        before = find_before(self.text, start, self.lookup.hedges)
        if before is not None:
            self.shared = before if self.text.endswith(DISTRIBUTING, 0, start - len(before.word)) else None
        elif self.shared is not None:
            self.shared = self.find_shared(start)
            before = self.shared if after is None else None
        return before

    def find_shared(self, start: int) -> Hedge | None:
        """The hedge that a number shares with the one in front of it in the list."""
        return self.shared if start == self.done + 1 and self.text[self.done] in LISTING else None

    def spell_hedge(self, start: int, front: str, rough: str, tail: str) -> str:
        """The words around a number that begins at `start`, a 预计 further in front included."""
        colour = find_colour(self.text, start, self.lookup.hedges) if self.coloured else ""
        return join_hedge(colour, front, rough, tail)

    def is_linked(self, start: int) -> bool:
        """Whether a word in front of a bare number says that it is a figure: 指数为102.3, 降至零点三."""
        return self.text.endswith(self.lookup.words.linking, 0, start)

    def is_asserted(self, start: int) -> bool:
        """Whether a word in front of a span of time says that it is itself what changed: 延长两年."""
        return self.text.endswith(self.lookup.spans, 0, start)


def build_quantity(
    block: int,
    start: int,
    quote: str,
    value: Number,
    value_to: Number | None,
    unit: Unit | None,
    bound: Bound | None,
    hedge: str,
    kind: FactKind | None,
    rules: tuple[str, ...],
    structure: bool,
) -> Quantity:
    shown, exact = (value, None) if isinstance(value, Decimal) else show(value)
    return Quantity(
        block=block,
        start=start,
        end=start + len(quote),
        quote=quote,
        value=shown,
        value_to=None if value_to is None else show(value_to)[0],
        exact=exact,
        unit=unit.name if unit else "",
        unit_code=unit.code if unit else None,
        dimension=unit.dimension if unit else None,
        bound=bound or "=",
        hedge=hedge,
        kind=kind,
        rules=rules,
        structure=structure,
    )


PLACES: Final = Decimal("0.000000000001")  # 12 digits of a fraction that no decimal gives exactly


def show(value: Number) -> tuple[Decimal, str | None]:
    """The value as a decimal, and as a fraction where the decimal is rounded."""
    if isinstance(value, Decimal):
        return value, None
    near = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)).quantize(PLACES, context=EXACT)
    return near, f"{value.numerator}/{value.denominator}"
