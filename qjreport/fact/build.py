"""build_facts(): the drafts of all blocks, each with its id, its place in the report and its sentence.

A block of prose goes to prose/reader.py, once the numbers that only set a class are set aside (prose/classes.py), and a
data table to table/reader.py. Both give drafts; a fact is made of a draft here alone, with the doubts that doubts.py
has about it. checks.py then looks at them all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from qjreport.fact.checks import check_facts
from qjreport.fact.doubts import Around, DoubtWords, compile_doubts, doubt_failed, find_doubts
from qjreport.fact.draft import Draft
from qjreport.fact.headline import check_headlines, compile_headline, find_openings, mark_lists, mark_results
from qjreport.fact.indicator import Finder, compile_indicators
from qjreport.fact.period import Frame, check_averages, compile_time, find_years, frame_blocks
from qjreport.fact.prose.classes import split_thresholds
from qjreport.fact.prose.parts import find_subject
from qjreport.fact.prose.reader import read_prose
from qjreport.fact.prose.sentence import Tools
from qjreport.fact.prose.vocabulary import AreaWords, compile_areas, compile_patterns
from qjreport.fact.status import compile_mood
from qjreport.fact.table.reader import build_table_facts
from qjreport.lexicon import Lexicon
from qjreport.model import Block, Diagnostic, Fact, Facts, Measure, NonFact, Outline, Quantity
from qjreport.model.digest import sha256
from qjreport.text.sentences import find_sentences, mark_inside


class Found:
    """What the blocks have given so far; `drafts` and `facts` go side by side."""

    def __init__(self, outline: Outline, areas: AreaWords, finder: Finder) -> None:
        self.areas = areas
        self.finder = finder
        self.area = outline.metadata.area or ""  # the report's own place
        self.by_date = outline.timeline.by_date  # its years are those of the page's date
        self.drafts: list[Draft] = []
        self.facts: list[Fact] = []
        self.non_facts: list[NonFact] = []
        self.diagnostics: list[Diagnostic] = []
        self.used: dict[str, int] = {}  # how often an id was given


def build_facts(outline: Outline, quantities: Sequence[Quantity], lexicon: Lexicon) -> Facts:
    """Every quantity becomes at least one fact, every other number a non-fact.

    The ids hang on what is said, not on where: the same statement keeps its id when a paragraph is added before it.
    """
    by_block = group_by_block(quantities)
    tools, doubts = gather_tools(outline, lexicon), compile_doubts(lexicon)
    frames = frame_blocks(outline, tools.years, tools.time)
    frames = mark_lists(outline, frames, tools.years, tools.time, tools.headline)
    openings = find_openings(outline, frames)
    table_of = {table.block: index for index, table in enumerate(outline.tables)}
    found = Found(outline, compile_areas(lexicon), compile_indicators(lexicon))
    path: tuple[str, ...] = ()
    shown: int | None = None  # the section whose path it is
    for index, block in enumerate(outline.blocks):
        here = by_block.get(index)
        if here is None:
            continue
        if block.section != shown:
            path, shown = find_path(outline, block.section), block.section
        inside = mark_inside(block.text)
        spans = find_sentences(block.text, inside)
        drafts: Sequence[Draft]
        prose = index not in table_of
        if not prose:
            table = build_table_facts(outline, table_of[index], here, lexicon)
            drafts = table.drafts
            found.non_facts.extend(table.non_facts)
        else:
            drafts = read_block(outline, block, inside, spans, here, frames[index], path, tools, found)
        first = len(found.facts)
        finish_drafts(index, block, spans, drafts, path, found, doubts if prose else None)
        mark_results(found.facts, first, openings, tools.headline)
    found.diagnostics.extend(check_headlines(found.facts, tools.years.plan))
    found.diagnostics.extend(check_averages(found.facts, tools.time.average_basis))
    failures = check_facts(outline, found.facts, found.drafts, lexicon)
    doubt_failed(found.facts, [fact for failure in failures for fact in failure.facts])
    diagnostics = (*found.diagnostics, *[failure.diagnostic for failure in failures])
    return Facts(facts=tuple(found.facts), non_facts=tuple(found.non_facts), diagnostics=diagnostics)


def group_by_block(quantities: Sequence[Quantity]) -> dict[int, list[Quantity]]:
    by_block: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        by_block[quantity.block].append(quantity)
    return by_block


def gather_tools(outline: Outline, lexicon: Lexicon) -> Tools:
    time = compile_time(lexicon)
    words = lexicon.facts
    return Tools(
        patterns=compile_patterns(lexicon),
        time=time,
        mood=compile_mood(lexicon),
        headline=compile_headline(lexicon),
        part=words.share.part,
        pairs=words.item.pairs,
        structures=words.item.structures,
        years=find_years(outline),
    )


def read_block(
    outline: Outline,
    block: Block,
    inside: bytearray,
    spans: Sequence[tuple[int, int]],
    quantities: Sequence[Quantity],
    frame: Frame,
    path: tuple[str, ...],
    tools: Tools,
    found: Found,
) -> Sequence[Draft]:
    """The drafts of a block of prose; the numbers of it that are no facts are entered."""
    counted, classes = split_thresholds(block.text, [q for q in quantities if q.why is None], tools.patterns)
    title = path[-1] if path else (outline.metadata.title or "")
    drafts: list[Draft] = []
    if counted:
        drafts, said = read_prose(block.text, inside, spans, counted, frame, title, tools)
        found.diagnostics.extend(said)
    found.non_facts.extend([name_non_fact(q) for q in quantities if q.why is not None or q in classes])
    return drafts


def name_non_fact(quantity: Quantity) -> NonFact:
    why = quantity.why
    return NonFact(
        block=quantity.block,
        start=quantity.start,
        end=quantity.end,
        quote=quantity.quote,
        why=why or "structure",
        rules=quantity.rules if why is not None else ("structure.threshold",),
    )


def find_path(outline: Outline, section: int | None) -> tuple[str, ...]:
    """The titles of a section and of those around it, from the outermost on."""
    path: list[str] = []
    while section is not None:
        path.append(outline.sections[section].title)
        section = outline.sections[section].parent
    return tuple(reversed(path))


def finish_drafts(
    index: int,
    block: Block,
    sentences: Sequence[tuple[int, int]],
    drafts: Sequence[Draft],
    path: tuple[str, ...],
    found: Found,
    words: DoubtWords | None,
) -> None:
    """Make facts of a block's drafts; `words` are those of doubt, None for the cells of a table."""
    starts = [start for start, _ in sentences]
    facts, used, first = found.facts, found.used, len(found.facts)
    last, named = -1, set[tuple[str, str, str, str | None]]()
    for draft in drafts:
        quantity = draft.quantity
        place = bisect_right(starts, draft.start) - 1
        if place != last:  # once for all facts of a sentence, which is a table's row where a table is wide
            sentence, last = block.text[slice(*sentences[place])].strip(), place
            of_sentence = sha256(sentence.encode("utf-8", "surrogatepass"))
            around = Around(block.text, sentences[place][0], named, by_date=found.by_date)
        said = of_sentence.copy()
        key = f"\x1f{quantity.quote}\x1f{draft.item}\x1f{draft.kind}\x1f{draft.period or ''}"
        said.update(key.encode("utf-8", "surrogatepass"))
        name = "f" + said.hexdigest()[:12]  # with a letter first no spreadsheet takes it for a number: 12e456789012
        times = used[name] = used.get(name, 0) + 1
        whole = None if draft.part_of is None else facts[first + draft.part_of].id
        subject = find_subject(draft.item, draft.part_of is not None, found.area, found.areas)
        name = name if times == 1 else f"{name}-{times}"
        meaning = found.finder.find(
            draft.item, subject, found.area, draft.kind, draft.unit, draft.dimension, draft.value
        )
        known = meaning[0] is not None
        doubts = find_doubts(draft, around, words, known=known) if words is not None else ()
        facts.append(make_fact(name, index, draft, (whole, subject), (path, sentence, doubts), meaning))
    found.drafts.extend(drafts)


def make_fact(
    name: str,
    block: int,
    draft: Draft,
    related: tuple[str | None, str | None],  # the fact that it is a part of, the place that it is of
    told: tuple[tuple[str, ...], str, tuple[str, ...]],  # path, sentence and doubts
    meaning: tuple[str | None, Measure | None],
) -> Fact:
    quantity = draft.quantity
    return Fact(
        id=name,
        block=block,
        start=draft.start,
        end=draft.end,
        quote=quantity.quote,
        value=draft.value,
        value_to=draft.value_to,
        unit=draft.unit,
        unit_code=draft.unit_code,
        dimension=draft.dimension,
        bound=quantity.bound,
        hedge=quantity.hedge,
        kind=draft.kind,
        change=sign_change(draft),
        item=draft.item,
        period=draft.period,
        status=draft.status,
        headline=draft.headline,
        basis=draft.basis,
        scope=draft.scope,
        subject=related[1],
        part_of=related[0],
        exact=quantity.exact,
        path=told[0],
        sentence=told[1],
        rules=draft.rules,
        doubts=told[2],
        indicator=meaning[0],
        measure=meaning[1],
    )


def sign_change(draft: Draft) -> Decimal | None:
    """The signed amount, so that 下降10.5% and 增长-10.5% compare."""
    if draft.kind == "increase":
        return draft.value
    if draft.kind != "decrease":
        return None
    return draft.value.copy_negate() if draft.value else draft.value  # exact, at any precision; and no -0
