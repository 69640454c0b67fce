"""How a sentence was read, for a person or a program: its numbers, and beside each field the rule that gave it.

Leaves to steps.py which rule gave which field.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from qjreport.model import Report, Table
from qjreport.writers.cells import pad_cells
from qjreport.writers.jsons import build_fact, encode
from qjreport.writers.plain import spell_name
from qjreport.writers.steps import Reading, Sentence, Step, explain_why, list_steps

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
