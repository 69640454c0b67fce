"""build_facts(): the drafts of all blocks, each with its id, its place in the report and its sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from qjreport.fact.checks import check_facts
from qjreport.fact.draft import Draft
from qjreport.fact.period import compile_time, frame_blocks, take_years
from qjreport.fact.prose.classes import split_thresholds
from qjreport.fact.prose.reader import read_prose
from qjreport.fact.prose.sentence import Tools
from qjreport.fact.prose.vocabulary import compile_patterns
from qjreport.fact.status import compile_mood
from qjreport.fact.table.reader import build_table_facts
from qjreport.lexicon import Lexicon
from qjreport.model import Block, Diagnostic, Fact, Facts, NonFact, Outline, Quantity
from qjreport.model.digest import sha256
from qjreport.text.sentences import find_sentences, mark_inside


def build_facts(outline: Outline, quantities: Sequence[Quantity], lexicon: Lexicon) -> Facts:
    """Every quantity becomes at least one fact, every other number a non-fact.

    The ids hang on what is said, not on where: the same statement keeps its id when a paragraph is added before it.
    """
    by_block: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        by_block[quantity.block].append(quantity)
    time = compile_time(lexicon)
    years = take_years(outline.timeline)
    words = lexicon.facts.item
    tools = Tools(
        patterns=compile_patterns(lexicon),
        time=time,
        mood=compile_mood(lexicon),
        pairs=words.pairs,
        structures=words.structures,
        years=years,
    )
    frames = frame_blocks(outline, years, time)
    facts: list[Fact] = []
    diagnostics: list[Diagnostic] = []
    used: dict[str, int] = {}
    table_of = {table.block: index for index, table in enumerate(outline.tables)}
    non_facts: list[NonFact] = []
    for index, block in enumerate(outline.blocks):
        here = by_block.get(index, [])
        path = find_path(outline, block)
        inside = mark_inside(block.text) if here else bytearray()
        spans = find_sentences(block.text, inside) if here else []
        drafts: Sequence[Draft]
        if index in table_of:
            drafts, others = read_table(outline, table_of[index], here, lexicon)
        else:
            counted, classes = split_thresholds(block.text, [q for q in here if q.why is None], tools.patterns)
            title = path[-1] if path else (outline.metadata.title or "")
            drafts, said = (
                read_prose(block.text, inside, spans, counted, frames[index], title, tools) if counted else ([], [])
            )
            diagnostics.extend(said)
            others = [name_non_fact(quantity) for quantity in here if quantity.why is not None or quantity in classes]
        facts.extend(finish_drafts(index, block, spans, drafts, path, used))
        non_facts.extend(others)
    diagnostics.extend(check_facts(outline, facts))
    return Facts(facts=tuple(facts), non_facts=tuple(non_facts), diagnostics=tuple(diagnostics))


def read_table(
    outline: Outline, index: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> tuple[Sequence[Draft], Sequence[NonFact]]:
    found = build_table_facts(outline, index, quantities, lexicon)
    return found.drafts, found.non_facts


def name_non_fact(quantity: Quantity) -> NonFact:
    return NonFact(
        block=quantity.block,
        start=quantity.start,
        end=quantity.end,
        quote=quantity.quote,
        why=quantity.why or "structure",
    )


def find_path(outline: Outline, block: Block) -> tuple[str, ...]:
    path: list[str] = []
    section = block.section
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
    used: dict[str, int],
) -> list[Fact]:
    starts = [start for start, _ in sentences]
    facts: list[Fact] = []
    last = -1
    for draft in drafts:
        quantity = draft.quantity
        place = bisect_right(starts, quantity.start) - 1
        if place != last:  # once for all facts of a sentence, which is a table's row where a table is wide
            sentence, last = block.text[slice(*sentences[place])].strip(), place
            of_sentence = sha256(sentence.encode("utf-8", "surrogatepass"))
        said = of_sentence.copy()
        key = "\x1f".join(("", quantity.quote, draft.item, draft.kind, draft.period or ""))
        said.update(key.encode("utf-8", "surrogatepass"))
        name = said.hexdigest()[:12]
        times = used[name] = used.get(name, 0) + 1
        facts.append(
            Fact(
                id=name if times == 1 else f"{name}-{times}",
                block=index,
                start=quantity.start,
                end=quantity.end,
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
                basis=draft.basis,
                scope=draft.scope,
                part_of=None if draft.part_of is None else facts[draft.part_of].id,
                exact=quantity.exact,
                path=path,
                sentence=sentence,
                rules=draft.rules,
            )
        )
    return facts


def sign_change(draft: Draft) -> Decimal | None:
    """The signed amount, so that 下降10.5% and 增长-10.5% compare."""
    if draft.kind == "increase":
        return draft.value
    return -draft.value if draft.kind == "decrease" else None
