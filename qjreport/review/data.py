"""What the review page knows of a report beside its text: facts, other numbers, sections, and what the rules say.

The page has it as JSON in a data block. Fields that are null or empty are left out, sentences are named by their index
in one list, rules and doubts by theirs: a sentence has several facts, and all facts share some hundred rules. Decimals
are texts, for a script's numbers would round them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from qjreport.lexicon.rules import Rules, load_rules
from qjreport.model import Fact, NonFact, Report, Section, Tool
from qjreport.review.layout import name_look
from qjreport.text.sentences import find_sentences
from qjreport.writers.amounts import format_amount, format_decimal
from qjreport.writers.explanation import Reading, find_spans, prepare_reading, quote_words

DECIMALS = ("value", "value_to", "change")
PLAIN = ("item", "unit", "bound", "kind", "period", "status", "basis", "scope")  # and decimals: what may be corrected
MORE = ("hedge", "headline", "subject", "part_of", "exact", "unit_code")
LONGEST_LABEL = 40


class Words:
    """The rules, doubts and sentences that a page needs, each once."""

    def __init__(self) -> None:
        self.rules: Rules = load_rules()
        self.rule_names: dict[str, int] = {}
        self.sentences: dict[str, int] = {}
        self.doubts: dict[str, None] = {}

    def index_rules(self, names: Iterable[str]) -> list[int]:
        return [self.rule_names.setdefault(name, len(self.rule_names)) for name in names]

    def index_sentence(self, sentence: str) -> int:
        return self.sentences.setdefault(sentence, len(self.sentences))

    def build(self) -> dict[str, Any]:
        """The tables that facts point into."""
        found = [(name, self.rules.find(name)) for name in self.rule_names]
        return {
            "rules": [{"name": name, "gives": rule.gives, "en": rule.en, "zh": rule.zh} for name, rule in found],
            "defaults": {field: {"en": en, "zh": zh} for field, (en, zh) in self.rules.defaults.items()},
            "doubts": {name: self.build_doubt(name) for name in sorted(self.doubts)},
            "sentences": list(self.sentences),
        }

    def build_doubt(self, name: str) -> dict[str, Any]:
        doubt = self.rules.doubts.get(name)
        if doubt is None:  # of an extraction by another version
            return {"en": name, "zh": name, "short": {"en": name, "zh": name}}
        return {"en": doubt.en, "zh": doubt.zh, "short": {"en": shorten(doubt.en), "zh": shorten(doubt.zh)}}


def shorten(says: str) -> str:
    """What a doubt says, up to its first stop.

    >>> shorten("The item has more than 16 characters: it has often kept a clause.")
    'The item has more than 16 characters'
    """
    ends = [at for stop in ",:;.，：；。" if (at := says.find(stop)) > 0]
    label = says[: min(ends, default=len(says))]
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def build_fact(fact: Fact, place: int, words: Words, reading: Reading | None, **more: Any) -> dict[str, Any]:
    """A fact for the page; `place` is that of its text, `reading` the report that it is of."""
    words.doubts |= dict.fromkeys(fact.doubts)
    plain: dict[str, Any] = {
        "id": fact.id,
        "at": place,
        "start": fact.start,
        "end": fact.end,
        "quote": fact.quote,
        "amount": format_amount(fact),
        "look": name_look(fact),
        "sentence": words.index_sentence(fact.sentence),
        "rules": words.index_rules(fact.rules),
        "doubts": fact.doubts,
        "path": fact.path if reading is None else (),  # a report has it in its sections
        "words": {} if reading is None else quote_fields(reading, fact),
        **{name: getattr(fact, name) for name in (*PLAIN, *MORE)},
        **{name: spell(getattr(fact, name)) for name in DECIMALS},
        **more,
    }
    return {name: value for name, value in plain.items() if value not in (None, "", (), {}) or name in ("item", "unit")}


def spell(value: Decimal | None) -> str | None:
    return None if value is None else format_decimal(value)


def quote_fields(reading: Reading, fact: Fact) -> dict[str, str]:
    """The words of the text that a field stands on, where they are known."""
    found = {field: quote_words(reading, fact, field) for field in ("bound", "period", "status", "part_of")}
    return {field: quoted for field, quoted in found.items() if quoted}


def build_number(number: NonFact, place: int, sentence: str, words: Words, **more: Any) -> dict[str, Any]:
    """A number that is no fact."""
    return {
        "at": place,
        "start": number.start,
        "end": number.end,
        "quote": number.quote,
        "why": number.why,
        "rules": words.index_rules(number.rules),
        "sentence": words.index_sentence(sentence),
        **more,
    }


def build_view(report: Report, document: int, words: Words) -> dict[str, Any]:
    """A whole report, on its own."""
    reading, around = prepare_reading(report), Around(report)
    places = [
        {"document": document, "block": index, "offset": 0, "section": block.section, "locator": block.locator}
        for index, block in enumerate(report.blocks)
    ]
    for index, section in enumerate(report.sections):
        places[section.block]["section"] = index
    return {
        "title": report.metadata.title or report.source.name,
        "places": places,
        "sections": [build_section(section) for section in report.sections],
        "facts": [build_fact(fact, fact.block, words, reading) for fact in report.facts],
        "numbers": [build_number(number, number.block, around.find(number), words) for number in report.non_facts],
    }


def build_section(section: Section) -> dict[str, Any]:
    return {"title": section.title, "marker": section.marker, "parent": section.parent, "block": section.block}


class Around:
    """The sentence around a number, or the row of its table; each block is taken apart once."""

    def __init__(self, report: Report) -> None:
        self.blocks = report.blocks
        self.spans: dict[int, list[tuple[int, int]]] = {}

    def find(self, number: NonFact) -> str:
        block = self.blocks[number.block]
        spans = self.spans.get(number.block)
        if spans is None:
            spans = self.spans[number.block] = find_spans(block)
        at = bisect_right(spans, number.start, key=lambda span: span[0]) - 1
        start, end = spans[at] if at >= 0 else (0, len(block.text))
        return block.text[start:end].strip()


def find_span(text: str, place: int, *, rows: bool) -> tuple[int, int]:
    """The sentence around a place in a text; the line of it, where these are `rows` of a table.

    >>> text = "走访639次。办理提案459件。"
    >>> [text[slice(*find_span(text, place, rows=False))] for place in (2, 11)]
    ['走访639次。', '办理提案459件。']
    """
    if rows:
        end = text.find("\n", place)
        return text.rfind("\n", 0, place) + 1, len(text) if end < 0 else end
    return next(((start, end) for start, end in find_sentences(text) if start <= place < end), (0, len(text)))


def build_document(report: Report) -> dict[str, Any]:
    """What corrections.json says of a report."""
    metadata, source = report.metadata, report.source
    return {"source": source.name, "sha256": source.sha256, "title": metadata.title, "kind": metadata.kind}


def name_tool(tool: Tool | None, reports: Sequence[Report]) -> dict[str, str]:
    """What made the extraction: as it is given, or of the first report, for one run reads them all; else this one."""
    from qjreport.lexicon import load_lexicon
    from qjreport.version import __version__

    tool = tool or (reports[0].tool if reports else Tool(version=__version__, lexicon=load_lexicon().digest))
    plain: dict[str, str] = msgspec.to_builtins(tool)
    return plain
