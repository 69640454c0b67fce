"""How a sentence was read, for a person or a program: its numbers, and beside each field the rule that gave it.

Leaves to steps.py which rule gave which field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.lexicon.rules import Language, Rules, load_rules
from qjreport.model import Block, Fact, NonFact, Outline, Quantity, Report, Table
from qjreport.quantity import read_quantities
from qjreport.text.script import fold_outline
from qjreport.text.sentences import find_sentences
from qjreport.writers.amounts import format_decimal
from qjreport.writers.jsons import build_fact, encode
from qjreport.writers.text import pad_cells, spell_name

# The numbers of a report sentence by sentence, and for each the steps in which its fields were read.
#
# Which rule gives what is told by the lexicon's rules.toml. The rules of the numbers that are no facts, which a
# report does not hold, are those of the quantity stage, read once more.

# In the order in which they are told; those behind `status` only where they are set, as is value_to.
FIELDS = ("item", "value", "value_to", "unit", "bound", "kind", "period", "status", "basis", "scope", "part_of")
OPTIONAL = ("value_to", "basis", "scope", "part_of")


class Step(msgspec.Struct, frozen=True):
    """A field of a fact, or the why of a number that is none, and the rules that gave it."""

    field: str
    value: str | None
    words: str  # of the text, where it is known which they are
    rules: tuple[str, ...]


class Sentence(msgspec.Struct, frozen=True):
    """A sentence, or a row of a table, with its numbers."""

    block: int
    start: int
    end: int
    facts: tuple[Fact, ...]
    non_facts: tuple[NonFact, ...]


class Reading(NamedTuple):
    """A report and what explaining it needs."""

    report: Report
    quantities: dict[tuple[int, int, int], Quantity]
    tables: dict[int, Table]  # by their blocks
    facts: dict[str, Fact]  # by their ids
    rules: Rules
    language: Language


def prepare_reading(report: Report, lexicon: Lexicon, language: Language = "en") -> Reading:
    outline = Outline(sections=report.sections, blocks=report.blocks, tables=report.tables)
    outline = fold_outline(outline, lexicon)
    quantities = {(q.block, q.start, q.end): q for q in read_quantities(outline, lexicon)}
    tables = {table.block: table for table in report.tables}
    return Reading(report, quantities, tables, {fact.id: fact for fact in report.facts}, load_rules(), language)


def find_explained(report: Report, ids: Collection[str] = ()) -> list[Sentence]:
    """The sentences with a number in them; those around the facts with these ids, and of their facts only these."""
    asked = [fact for fact in report.facts if not ids or fact.id in ids]
    by_block: dict[int, tuple[list[Fact], list[NonFact]]] = {}
    for fact in asked:
        by_block.setdefault(fact.block, ([], []))[0].append(fact)
    for number in report.non_facts:
        if not ids or number.block in by_block:
            by_block.setdefault(number.block, ([], []))[1].append(number)
    return [
        sentence
        for block in sorted(by_block)
        for sentence in split_block(block, report.blocks[block], *by_block[block])
        if sentence.facts or not ids
    ]


def split_block(index: int, block: Block, facts: Sequence[Fact], non_facts: Sequence[NonFact]) -> Iterator[Sentence]:
    facts = sorted(facts, key=lambda fact: fact.start)
    non_facts = sorted(non_facts, key=lambda number: number.start)
    fact = other = 0  # the next of each
    for start, end in find_spans(block):
        first, second = fact, other
        while fact < len(facts) and facts[fact].start < end:
            fact += 1
        while other < len(non_facts) and non_facts[other].start < end:
            other += 1
        if fact > first or other > second:
            yield Sentence(index, start, end, tuple(facts[first:fact]), tuple(non_facts[second:other]))


def find_spans(block: Block) -> list[tuple[int, int]]:
    """The sentences of a block; the rows of a table."""
    if block.kind != "table":
        return find_sentences(block.text)
    spans, start = [], 0
    for row in block.text.split("\n"):
        spans.append((start, start + len(row)))
        start += len(row) + 1
    return spans


def list_steps(reading: Reading, fact: Fact) -> list[Step]:
    """Every field of a fact with its rules; no rule of the fact is left out."""
    gives = {name: reading.rules.find(name).gives for name in fact.rules}
    steps = []
    for field in FIELDS:
        value = spell_field(fact, field)
        if field in OPTIONAL and value is None:
            continue
        rules = tuple(name for name in fact.rules if field in gives[name])
        steps.append(Step(field, value, quote_words(reading, fact, field), rules))
    told = {name for step in steps for name in step.rules}
    rest = tuple(name for name in fact.rules if name not in told)
    return [*steps, Step("", None, "", rest)] if rest else steps


def spell_field(fact: Fact, field: str) -> str | None:
    if field in ("value", "value_to"):
        value = fact.value if field == "value" else fact.value_to
        return None if value is None else (fact.exact if field == "value" and fact.exact else format_decimal(value))
    found: str | None = getattr(fact, field)
    return found


def quote_words(reading: Reading, fact: Fact, field: str) -> str:
    """The words of the text that a field stands on, where the report tells them."""
    if field == "bound":
        return fact.hedge
    if field == "period" and "period.heading" in fact.rules and fact.path:
        return next((title for title in reversed(fact.path) if fact.period and fact.period[:4] in title), fact.path[-1])
    if field == "status" and "status.heading" in fact.rules and fact.path:
        return fact.path[0]
    if field == "part_of" and fact.part_of:
        whole = reading.facts.get(fact.part_of)
        return f"{whole.item} {whole.quote}" if whole else ""
    return ""


def explain_why(reading: Reading, number: NonFact) -> Step:
    """Why a number is no fact: by the quantity stage's rule, or by what it is to the fact that it stands in."""
    quantity = reading.quantities.get((number.block, number.start, number.end))
    rules: tuple[str, ...] = ()
    if quantity is not None and quantity.why is not None:
        rules = quantity.rules
    elif reading.report.blocks[number.block].kind == "table":
        rules = {"date": ("date.table_head",), "name": ("name.table_head",)}.get(number.why, ())
    elif number.why == "structure":
        rules = ("structure.threshold",)
    return Step("why", number.why, "", rules)


SCHEMA = "qjreport/explanation/1"
WORDS = {
    "en": ("is a fact", "is no fact", "table", "column"),
    "zh": ("是数据", "不是数据", "表", "列"),
}


def name_column(report: Report, table: Table, start: int) -> str:
    """The heads over a cell that begins at `start` of the block's text."""
    text = report.blocks[table.block].text
    column = text.count("\t", text.rfind("\n", 0, start) + 1, start)
    heads = [row[column] for row in table.rows[: table.head_rows] if column < len(row)]
    return " / ".join(dict.fromkeys(head for head in heads if head))


def mark_numbers(report: Report, sentence: Sentence) -> str:
    """The sentence with its facts in 〔〕; a row of a table with | between its cells."""
    text, at, shown = report.blocks[sentence.block].text, sentence.start, ""
    marked = sentence.facts or sentence.non_facts
    for start, end in sorted({(number.start, number.end) for number in marked}):
        if start >= at:
            shown += f"{text[at:start]}〔{text[start:end]}〕"
            at = end
    return " | ".join((shown + text[at : sentence.end]).strip().split("\t")).replace("\n", " ")


def write_explanation(reading: Reading, sentences: Sequence[Sentence]) -> str:
    """The sentences for a person, each with its numbers below it, field by field."""
    return "\n".join("".join(f"{line}\n" for line in list_lines(reading, sentence)) for sentence in sentences)


def list_lines(reading: Reading, sentence: Sentence) -> Iterator[str]:
    report, words = reading.report, WORDS[reading.language]
    table = reading.tables.get(sentence.block)
    yield f"{spell_name(report)}: {report.blocks[sentence.block].locator}"
    if table is not None and (table.caption or table.unit):
        yield f"  {words[2]}: {' '.join(part for part in (table.caption, table.unit) if part)}"
    yield f"  {mark_numbers(report, sentence)}"
    for fact in sentence.facts:
        column = f", {words[3]}: {name_column(report, table, fact.start)}" if table is not None else ""
        yield f"\n  〔{fact.quote}〕 {words[0]}: {fact.id}{column}"
        yield from align_steps(reading, list_steps(reading, fact))
    for number in sentence.non_facts:
        yield f"\n  〔{number.quote}〕 {words[1]}"
        yield from align_steps(reading, [explain_why(reading, number)])


def align_steps(reading: Reading, steps: Sequence[Step]) -> Iterator[str]:
    """A line for each field and rule; what a rule says is said once."""
    rows: list[tuple[str, ...]] = []
    told: set[str] = set()
    for step in steps:
        value = f"{step.value or '-'} “{step.words}”" if step.words else step.value or ("-" if step.field else "")
        head = ("    " + step.field, value)
        for name in step.rules or ("",):
            rows.append((*head, name, "" if name in told else say(reading, step, name)))
            head = ("", "")
            told |= {name} - {""}
    return pad_cells(rows)


def say(reading: Reading, step: Step, name: str) -> str:
    if name:
        return reading.rules.find(name).say(reading.language)
    english, chinese = reading.rules.defaults.get(step.field, ("", ""))
    return chinese if reading.language == "zh" else english


def write_explanation_json(reading: Reading, sentences: Sequence[Sentence]) -> bytes:
    """The same for a program, on one line."""
    plain = {
        "schema": SCHEMA,
        "source": reading.report.source.name,
        "sentences": [build_sentence(reading, sentence) for sentence in sentences],
    }
    return encode(plain) + b"\n"


def build_sentence(reading: Reading, sentence: Sentence) -> dict[str, object]:
    report = reading.report
    block = report.blocks[sentence.block]
    table = reading.tables.get(sentence.block)
    return {
        "block": sentence.block,
        "locator": block.locator,
        "start": sentence.start,
        "end": sentence.end,
        "text": block.text[sentence.start : sentence.end],
        "facts": [
            {
                "fact": build_fact(fact),
                "column": None if table is None else name_column(report, table, fact.start),
                "steps": [build_step(reading, step) for step in list_steps(reading, fact)],
            }
            for fact in sentence.facts
        ],
        "non_facts": [
            {**msgspec.to_builtins(number), "steps": [build_step(reading, explain_why(reading, number))]}
            for number in sentence.non_facts
        ],
    }


def build_step(reading: Reading, step: Step) -> dict[str, object]:
    names = step.rules or ("",)
    rules = [
        {"rule": name or None, "says": say(reading, step, name)} for name in names if name or say(reading, step, name)
    ]
    return {"field": step.field, "value": step.value, "words": step.words, "rules": rules}


# docs/rules.md: every rule by its name, what it gives and what it says.

HEAD = """# The rules

Every fact names the rules that read it (`rules`), and `qjreport explain` shows beside each field the rule that gave it:

    qjreport explain page.html --fact ID
    qjreport explain --text "办复提案近200件，办复率98%以上。"

Written by `make golden` from `qjreport/lexicon/rules.toml`. A name begins with its family; `why` is the reason why a
number is no fact.
"""


def write_rules_markdown(rules: Rules) -> str:
    """The document, a table for each family."""
    parts = [HEAD]
    for family, (english, chinese) in rules.families.items():
        parts.append(f"\n## {family}\n\n{english} · {chinese}\n\n| rule | gives | |\n| --- | --- | --- |\n")
        for name, rule in rules.rules.items():
            if name.partition(".")[0] == family:
                parts.append(f"| `{name}` | {', '.join(rule.gives)} | {rule.en}<br>{rule.zh} |\n")
    return "".join(parts)
