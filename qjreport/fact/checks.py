"""Cross-checks of a page's facts: shares that do not sum to 100, parts larger than their whole, text against tables.

A check gives a diagnostic for a reader to look at, with the facts that it names; it changes none. It speaks only where
what it compares is plain on the page: a check that cries wolf is not read. How a fact was found (from a column of
shares, as a part of a structure, with its item in front of the number) stands in its draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple

from qjreport.fact.draft import Draft
from qjreport.lexicon import Lexicon
from qjreport.model import Diagnostic, Fact, Outline
from qjreport.text.patterns import WordTable, compile_re, compile_regex
from qjreport.text.words import join_words


class CheckWords(WordTable):
    """What the checks know of items."""

    group: tuple[str, ...]  # rows that begin a list of parts, or sum one up: 其中, 合计
    not_additive: re.Pattern[str]
    only_name: re.Pattern[str]  # what two names of one item may differ by
    other_terms: re.Pattern[str]
    yearly: frozenset[str]


@lru_cache(maxsize=4)
def compile_checks(lexicon: Lexicon) -> CheckWords:
    words = lexicon.facts.checks
    return CheckWords(
        group=(lexicon.facts.share.part, *words.totals),
        not_additive=compile_re(join_words(words.not_additive)),
        only_name=compile_re(rf"[\s“”\"'‘’《》、,，。·]+|[（(][^（）()]*[)）]|\A(?:{join_words(words.areas)})+"),
        other_terms=compile_re(join_words(words.other_terms)),
        yearly=frozenset(words.yearly),
    )


class Failure(NamedTuple):
    """What does not agree, and the facts that say it."""

    diagnostic: Diagnostic
    facts: tuple[Fact, ...]


# How a number was printed: the size of a step of its last digit, and the words to quote it by.

DIGITS: Final = compile_re(r"\d[\d,，]*+(?:[.．](?P<decimals>\d++))?")
LONGEST: Final = 40  # digits of a number that any report prints
ONE: Final = Decimal(1)


def find_step(fact: Fact) -> Decimal:
    """By how much the fact's value changes when the last printed digit does: 33757.93亿元 by 0.01亿.

    A number in Chinese characters is as exact as it is written (四成, 两百三十万), and has no step.
    """
    printed = DIGITS.search(fact.quote)
    if printed is None or len(printed[0]) > LONGEST:
        return Decimal(0)
    plain = Decimal(printed[0].replace(",", "").replace("，", "").replace("．", "."))
    step = ONE.scaleb(-len(printed["decimals"] or ""))
    if not plain or not fact.value:
        return step
    return step * abs(fact.value) / plain


def show_quote(fact: Fact) -> str:
    """The number as printed, with the unit where that stands elsewhere (a cell 84.7 under 万人)."""
    return fact.quote if not fact.unit or fact.unit in fact.quote else f"{fact.quote} ({fact.value:f} {fact.unit})"


# Columns of shares in a table: where the parts of a whole are all there, they sum to 100.

HALF_STEP: Final = Decimal("0.5")  # of a step: by so much at most a printed share is off
HUNDRED: Final = Decimal(100)
# Parts that come this close to the whole are meant to be it; a list that names only some of them stays further off.
NEAR: Final = Decimal(2)
FEWEST: Final = 2  # parts


def check_columns(
    outline: Outline, facts: Sequence[Fact], drafts: Sequence[Draft], words: CheckWords
) -> Iterable[Failure]:
    """A column of shares whose parts, below a row of 100 or above one, come close to 100 and miss it."""
    tables = {table.block: table for table in outline.tables}
    shares: dict[tuple[int, int], list[tuple[int, Fact]]] = {}
    place = Place()
    for fact, draft in zip(facts, drafts, strict=True):
        if draft.column == "share" and fact.unit == "%" and fact.block in tables:
            row, column = place.find(outline.blocks[fact.block].text, fact)
            shares.setdefault((fact.block, column), []).append((row, fact))
    for (block, _), cells in shares.items():
        table = tables[block]
        heads = {row: next((cell for cell in table.rows[row] if cell), "") for row, _ in cells if row < len(table.rows)}
        for group in split_groups(cells, heads, words):
            total = sum((fact.value for fact in group), Decimal(0))
            slack = sum((find_step(fact) for fact in group), Decimal(0)) * HALF_STEP
            if slack < abs(total - HUNDRED) <= NEAR:
                names = "、".join(f"{fact.item} {fact.quote}" for fact in group)
                message = f"{table.caption or 'a table'}: {names} sum to {total}"
                yield Failure(Diagnostic(code="shares-not-100", message=message), tuple(group))


class Place:
    """Row and column of a fact, by the newlines and tabs before it; facts come in the order of the text."""

    def __init__(self) -> None:
        self.text = ""
        self.seen = self.row = self.row_start = 0

    def find(self, text: str, fact: Fact) -> tuple[int, int]:
        if text is not self.text or fact.start < self.seen:
            self.text, self.seen, self.row, self.row_start = text, 0, 0, 0
        newlines = text.count("\n", self.seen, fact.start)
        if newlines:
            self.row += newlines
            self.row_start = text.rindex("\n", 0, fact.start) + 1
        self.seen = fact.start
        return self.row, text.count("\t", self.row_start, fact.start)


def split_groups(cells: Sequence[tuple[int, Fact]], heads: dict[int, str], words: CheckWords) -> Iterator[list[Fact]]:
    """The lists of parts of a column that has its whole, 100, as a row: each 其中 begins another list."""
    wholes = [fact for row, fact in cells if fact.value == HUNDRED]
    if len(wholes) != 1:
        return
    group: list[Fact] = []
    for row, fact in cells:
        head = heads.get(row, "").replace(" ", "").replace("\u3000", "")
        if fact is wholes[0] or head.startswith(words.group):
            if len(group) >= FEWEST:
                yield group
            group = []
            if fact is wholes[0]:
                continue
        group.append(fact)
    if len(group) >= FEWEST:
        yield group


# A printed share is off by at most half a step of its last decimal, so that n of them are off by at most n halves.
HALF: Final = Decimal("0.5")
WHOLE: Final = Decimal(100)

# Quantities of which a part cannot be more than the whole. Rates, prices, ages and grades are none of them.
ADDITIVE: Final = frozenset(("money", "count", "length", "area", "volume", "mass", "energy", "power", "containers"))

# 营业收入超亿元的企业: such a multiplier alone sorts, and states no amount.
SORTS: Final = compile_regex(r"[十百千万亿]+(?![十百千万亿])\P{N}")

SHORTEST: Final = 3  # characters of an item that is the same thing wherever it stands: 总额, 出口 may be of anything


def check_facts(
    outline: Outline, facts: Sequence[Fact], drafts: Sequence[Draft], lexicon: Lexicon
) -> tuple[Failure, ...]:
    """What does not agree on the page, in the order of the page for each check. Linear in the number of facts.

    `drafts` are what the facts were made of, each in its fact's place.

    >>> from qjreport.lexicon import load_lexicon
    >>> from qjreport.model import Outline
    >>> check_facts(Outline(sections=(), blocks=()), [], [], load_lexicon())
    ()
    """
    tables = {table.block for table in outline.tables}
    words = compile_checks(lexicon)
    return (
        *check_structures(facts, drafts),
        *check_columns(outline, facts, drafts, words),
        *check_parts(facts, words),
        *check_tables(facts, drafts, tables, words),
    )


LONGEST_COLON: Final = 3  # characters, blanks and all


def check_structures(facts: Sequence[Fact], drafts: Sequence[Draft]) -> Iterable[Failure]:
    """三次产业结构8.1:40.2:50.7 sums to 99."""
    parts = [(fact, draft.origin) for fact, draft in zip(facts, drafts, strict=True) if draft.structure]
    for _, group in groupby(parts, key=lambda part: (part[0].block, part[0].sentence, part[1])):
        for whole in split_structures([fact for fact, _ in group]):
            total = sum((fact.value for fact in whole), Decimal(0))
            off, slack = abs(total - WHOLE), sum((find_step(fact) for fact in whole), Decimal(0)) * HALF
            if off > slack:
                shown = ":".join(fact.quote for fact in whole)
                message = f"{shown} sums to {total}, not to 100"
                yield Failure(Diagnostic(code="shares-not-100", message=message), tuple(whole))


def split_structures(parts: Sequence[Fact]) -> Iterable[list[Fact]]:
    """The parts of each structure together, which nothing but colons keep apart."""
    whole = list(parts[:1])
    for part in parts[1:]:
        gap = part.start - whole[-1].end
        if gap > LONGEST_COLON or (len(whole) > 1 and gap > whole[1].start - whole[0].end):
            yield whole  # 由8:45:47｜变为7:43:50
            whole = []
        whole.append(part)
    yield whole


def check_parts(facts: Sequence[Fact], words: CheckWords) -> Iterable[Failure]:
    """新增就业3万人，其中高校毕业生4万人."""
    by_id = {fact.id: fact for fact in facts}
    for part in facts:
        whole = by_id.get(part.part_of) if part.part_of else None
        if whole is None or not can_compare(part, whole, words):
            continue
        slack = (find_step(part) + find_step(whole)) * HALF
        if part.value - whole.value > slack:
            message = f"{part.item} {show_quote(part)} is a part of {whole.item} {show_quote(whole)} and larger"
            yield Failure(Diagnostic(code="part-exceeds-whole", message=message), (part, whole))


def can_compare(part: Fact, whole: Fact, words: CheckWords) -> bool:
    """Whether the part must not be more than the whole: one unit, one time, levels of what adds up."""
    same = (part.unit, part.period, part.status) == (whole.unit, whole.period, whole.status)
    if not same or part.kind != "level" or whole.kind != "level" or part.unit == "":
        return False
    if part.dimension not in ADDITIVE or part.bound == "<=" or whole.bound not in ("=", "<="):
        return False
    return not SORTS.match(whole.quote) and not words.not_additive.search(part.item + whole.item)


def check_tables(
    facts: Sequence[Fact], drafts: Sequence[Draft], tables: set[int], words: CheckWords
) -> Iterable[Failure]:
    """全年粮食产量52.3万吨 in the text, 53.2 in the table."""
    printed: dict[object, list[Fact]] = {}
    for fact in facts:
        if fact.block in tables and (key := name_statement(fact, words)):
            printed.setdefault(key, []).append(fact)
    if not printed:
        return
    said: dict[object, list[Fact]] = {}
    for fact, draft in zip(facts, drafts, strict=True):
        if draft.named and fact.bound != "~" and fact.block not in tables:
            key = name_statement(fact, words)
            if key in printed and not words.other_terms.search(fact.sentence):
                said.setdefault(key, []).append(fact)
    for key, texts in said.items():
        cells = printed[key]
        # Two cells of one name are two things; so are two numbers of the text of which one agrees.
        if len({cell.value for cell in cells}) > 1 or any(agree(text, cells[0]) for text in texts):
            continue
        for text in texts:
            message = f"{text.item}: {show_quote(text)} in the text, {show_quote(cells[0])} in a table"
            yield Failure(Diagnostic(code="text-contradicts-table", message=message), (text, cells[0]))


def name_statement(fact: Fact, words: CheckWords) -> object:
    """What must be the same for two facts to state one thing; None where the fact does not say enough."""
    item = words.only_name.sub("", fact.item)
    if len(item) < SHORTEST or fact.period is None or fact.status != "actual" or fact.kind == "rank":
        return None
    if fact.value_to is not None or (
        fact.kind != "level" and fact.basis is not None and fact.basis not in words.yearly
    ):
        return None
    return item, fact.unit, fact.period, fact.kind == "level"


def agree(text: Fact, cell: Fact) -> bool:
    """Whether the text's number is the cell's, each rounded to its own last digit, within the bound that it states."""
    off = sign(text) - sign(cell)
    slack = (find_step(text) + find_step(cell)) * HALF
    if text.bound == ">=":
        return off <= slack
    return off >= -slack if text.bound == "<=" else abs(off) <= slack


def sign(fact: Fact) -> Decimal:
    return fact.value if fact.change is None else fact.change
