"""How a sentence was read, for a person or a program: its numbers, and beside each field the rule that gave it.

Facts and the other numbers name the rules that read them: the lexicon's rules.toml says which field a rule gives, and
the order of the item's rules which of them were tried before the one that gave it. `prepare_reading` and
`find_explained` take a report apart into sentences, `list_steps` says for each fact which rules gave which field, and
runs no stage again. `write_explanation` writes it for a person, `write_explanation_json` for a program,
`write_rules_markdown` writes docs/rules.md, `write_doubts_table` the reasons for doubt in docs/doubts.md.

Why a line of a page was kept or dropped comes from the article, what the line was made of (a heading of which level, an
item, a paragraph) from the outline, both with their evidence: `write_lines` and `write_lines_json`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from qjreport.article import LineAccount
from qjreport.fact.prose.item_choice import ITEM_ORDER, ITEM_RULES
from qjreport.fact.status import STATUS_RULES
from qjreport.language import ENGLISH, Tongue
from qjreport.lexicon.rules import Language, Rules, load_rules
from qjreport.model import Block, Evidence, Fact, NonFact, Part, Report, Section, Table, Timeline
from qjreport.outline import LineReading
from qjreport.text.sentences import find_sentences
from qjreport.writers.amounts import format_decimal
from qjreport.writers.jsons import build_fact, encode
from qjreport.writers.text import format_heading, pad_cells, spell_name

# In the order in which they are shown; the optional ones only where they are set.
FIELDS = (
    "item",
    "value",
    "value_to",
    "unit",
    "bound",
    "kind",
    "period",
    "status",
    "basis",
    "scope",
    "subject",
    "part_of",
)
OPTIONAL = ("value_to", "basis", "scope", "subject", "part_of")


class Step(msgspec.Struct, frozen=True):
    """A field of a fact, or the why of a number that is none, and the rules that gave it."""

    field: str
    value: str | None
    words: str  # of the text, where it is known which they are
    rules: tuple[str, ...]
    passed_over: tuple[str, ...] = ()  # rules of the item that were tried first and did not hold


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
    tables: dict[int, Table]  # by their blocks
    facts: dict[str, Fact]  # by their ids
    rules: Rules
    language: Language


def prepare_reading(report: Report, language: Language = "en") -> Reading:
    tables = {table.block: table for table in report.tables}
    return Reading(report, tables, {fact.id: fact for fact in report.facts}, load_rules(), language)


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
        passed_over = list_passed_over(rules) if field == "item" else ()
        steps.append(Step(field, value, quote_words(reading, fact, field), rules, passed_over))
    shown = {name for step in steps for name in step.rules}
    rest = tuple(name for name in fact.rules if name not in shown)
    return [*steps, Step("", None, "", rest)] if rest else steps


def list_passed_over(rules: Sequence[str]) -> tuple[str, ...]:
    """The rules of the item's table that stand before the one that gave the item.

    >>> list_passed_over(["item.inner"])
    ('share.each.back', 'share.rates', 'share.list')
    """
    return next((ITEM_ORDER[: ITEM_ORDER.index(name)] for name in rules if name in ITEM_ORDER), ())


def spell_field(fact: Fact, field: str) -> str | None:
    if field in ("value", "value_to"):
        value = fact.value if field == "value" else fact.value_to
        return None if value is None else (fact.exact if field == "value" and fact.exact else format_decimal(value))
    found: str | None = getattr(fact, field)
    return found


def quote_words(reading: Reading, fact: Fact, field: str) -> str:
    """The words of the text that a field stands on, where the report has them."""
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


def explain_why(number: NonFact) -> Step:
    """Why a number is no fact: by the quantity stage's rule, or by what it is to the fact that it stands in."""
    return Step("why", number.why, "", number.rules)


SCHEMA = "qjreport/explanation/1"
WORDS = {
    "en": ("is a fact", "is no fact", "table", "column", "passed over", "doubts"),
    "zh": ("是数据", "不是数据", "表", "列", "先试而未成立", "存疑"),
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
        yield from list_doubts(reading, fact)
    for number in sentence.non_facts:
        yield f"\n  〔{number.quote}〕 {words[1]}"
        yield from align_steps(reading, [explain_why(number)])


def list_doubts(reading: Reading, fact: Fact) -> Iterator[str]:
    """A line for each reason to look at the fact again."""
    label = WORDS[reading.language][5]
    rows = [
        ("    " + label if place == 0 else "", name, reading.rules.doubts[name].say(reading.language))
        for place, name in enumerate(fact.doubts)
    ]
    return pad_cells(rows)


def align_steps(reading: Reading, steps: Sequence[Step]) -> Iterator[str]:
    """A line for each field and rule; what a rule says is said once."""
    rows: list[tuple[str, ...]] = []
    said: set[str] = set()
    for step in steps:
        value = f"{step.value or '-'} “{step.words}”" if step.words else step.value or ("-" if step.field else "")
        head = ("    " + step.field, value)
        for name in step.rules or ("",):
            rows.append((*head, name, "" if name in said else say(reading, step, name)))
            head = ("", "")
            said |= {name} - {""}
        if step.passed_over:
            rows.append(("", "", "", f"{WORDS[reading.language][4]}: {spell_families(step.passed_over)}"))
    return pad_cells(rows)


def spell_families(names: Sequence[str]) -> str:
    """Names of rules, each family said once.

    >>> spell_families(["share.each.back", "share.list", "item.inner"])
    'share each.back list, item inner'
    """
    words: list[str] = []
    family = ""
    for name in names:
        before, (family, _, rest) = family, name.partition(".")
        words += [rest] if family == before else [f", {family}" if words else family, rest]
    return " ".join(words).replace(" , ", ", ")


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
                "doubts": [
                    {"doubt": name, "says": reading.rules.doubts[name].say(reading.language)} for name in fact.doubts
                ],
            }
            for fact in sentence.facts
        ],
        "non_facts": [
            {**number.to_dict(), "steps": [build_step(reading, explain_why(number))]} for number in sentence.non_facts
        ],
    }


def build_step(reading: Reading, step: Step) -> dict[str, object]:
    names = step.rules or ("",)
    rules = [
        {"rule": name or None, "says": say(reading, step, name)} for name in names if name or say(reading, step, name)
    ]
    plain: dict[str, object] = {"field": step.field, "value": step.value, "words": step.words, "rules": rules}
    return plain | ({"passed_over": step.passed_over} if step.passed_over else {})


# Of docs/rules.md.
HEAD = """# The rules

Every fact names the rules that read it (`rules`), and `qjreport explain` shows beside each field the rule that gave it:

    qjreport explain page.html --fact ID
    qjreport explain --text "办复提案近200件，办复率98%以上。"

Written by `make golden` from `qjreport/lexicon/rules.toml` and the tables of `qjreport/fact/prose/item_choice.py` and
`qjreport/fact/status.py`.
A name begins with its family; `why` is the reason why a number is no fact.
"""

ITEM_FAMILY = "item"
ORDER = """
### The order

Numbers that share a list go first: `share.structure`, then `share.respectively`. For every other number these rules are
tried in this order, and the first that finds an item gives it; `qjreport explain` names those that were passed over.
Each holds for a number of its example, and for none of its near miss.

| rule | example | near miss |
| --- | --- | --- |
"""

STATUS_FAMILY = "status"
STATUS_ORDER = """
### The order

The first of these that holds for a number says whether it is a result or a target. Each holds for a number of its
example, and for none of its near miss; the texts stand in a report that looks back on 2024 and plans 2025, below the
heading in front of ｜.

| rule | gives | example | near miss |
| --- | --- | --- | --- |
"""


def write_rules_markdown(rules: Rules) -> str:
    """docs/rules.md: every rule by its name, what it gives and what it says, in a table for each family."""
    parts = [HEAD]
    for family, (english, chinese) in rules.families.items():
        parts.append(f"\n## {family}\n\n{english} · {chinese}\n\n| rule | gives | |\n| --- | --- | --- |\n")
        for name, rule in rules.rules.items():
            if name.partition(".")[0] == family:
                parts.append(f"| `{name}` | {', '.join(rule.gives)} | {rule.en}<br>{rule.zh} |\n")
        if family == ITEM_FAMILY:
            parts.append(ORDER)
            parts += [f"| `{rule.name}` | {rule.example} | {rule.near_miss} |\n" for rule in ITEM_RULES]
        elif family == STATUS_FAMILY:
            parts.append(STATUS_ORDER)
            rows = [(rule.name, rule.status or "its part's", rule.example, rule.near_miss) for rule in STATUS_RULES]
            parts += [f"| `{name}` | {gives} | {example} | {miss} |\n" for name, gives, example, miss in rows]
    return "".join(parts)


def write_doubts_table(rules: Rules, language: Language) -> str:
    """The reasons for doubt as a table: name, meaning, an example whose number bears it, one where none does."""
    heads = {"en": ("doubt", "meaning", "example", "near miss"), "zh": ("名称", "含义", "例句", "相近而不存疑的例句")}
    lines = [heads[language], ("---",) * 4]
    lines += [
        (f"`{name}`", doubt.say(language), doubt.example, doubt.near_miss) for name, doubt in rules.doubts.items()
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# How the report's years were decided: the evidence, then each section with its rule.

TIME_SCHEMA = "qjreport/time/1"
LONGEST_WORDS = 40  # characters of what a line quotes


class Vote(msgspec.Struct, frozen=True):
    """A year and what speaks for it."""

    year: int
    weight: int
    taken: bool
    evidence: tuple[Evidence, ...]


def count_votes(timeline: Timeline) -> list[Vote]:
    """The years with their evidence, the one that was taken first, then the heaviest."""
    years = sorted({one.year for one in timeline.evidence})
    votes = []
    for year in years:
        evidence = tuple(one for one in timeline.evidence if one.year == year)
        votes.append(Vote(year, sum(one.weight for one in evidence), year == timeline.plan, evidence))
    return sorted(votes, key=lambda vote: (not vote.taken, -vote.weight, -vote.year))


def write_time_evidence(report: Report, timeline: Timeline, tongue: Tongue = ENGLISH) -> str:
    metadata = report.metadata
    years = ", ".join(
        f"{tongue(name)} {value or '-'}"
        for name, value in (("year", metadata.year), ("reviews", metadata.reviews), ("plans", metadata.plans))
    )
    lines = [f"{spell_name(report)}: {years}", "", *pad_cells(list(list_evidence(timeline, tongue)))]
    rows = list(list_sections(report, timeline, tongue))
    return "\n".join([*lines, *([""] if rows else []), *pad_cells(rows)]) + "\n"


def list_evidence(timeline: Timeline, tongue: Tongue) -> Iterator[tuple[str, ...]]:
    for vote in count_votes(timeline):
        for one in vote.evidence:
            weight = f"+{one.weight}" if one.weight else tongue("ignored")
            place = "" if one.block is None else tongue("block {number}", number=one.block)
            mark = "*" if vote.taken else ""
            yield f"  {one.year}{mark}", weight, one.rule, quote(one.text), place


def list_sections(report: Report, timeline: Timeline, tongue: Tongue) -> Iterator[tuple[str, ...]]:
    for section, part in zip(report.sections, timeline.parts, strict=True):
        title = "  " * section.level + cut(format_heading(section))
        yield title, tongue(section.role or "-"), section.period or "-", part.rule, tell_part(part, tongue)
    for turn in timeline.turns:
        yield (
            tongue("  block {number}", number=turn.block),
            tongue(turn.role),
            turn.period or "-",
            "turn",
            quote(turn.text),
        )


def tell_part(part: Part, tongue: Tongue) -> str:
    """The words of the title that told, or how much of the text looks back and how much ahead."""
    if part.text:
        return quote(part.text)
    return tongue("{back} back, {ahead} ahead", back=part.back, ahead=part.ahead) if part.rule == "body" else ""


def quote(text: str) -> str:
    return f"“{cut(text)}”" if text else ""


def cut(text: str) -> str:
    return text if len(text) <= LONGEST_WORDS else text[: LONGEST_WORDS - 1] + "…"


def write_time_evidence_json(report: Report, timeline: Timeline) -> bytes:
    """The same for a program, on one line."""
    metadata = report.metadata
    plain = {
        "schema": TIME_SCHEMA,
        "source": report.source.name,
        "year": metadata.year,
        "reviews": metadata.reviews,
        "plans": metadata.plans,
        "years": [msgspec.to_builtins(vote) for vote in count_votes(timeline)],
        "sections": [
            build_section(section, part) for section, part in zip(report.sections, timeline.parts, strict=True)
        ],
        "turns": [msgspec.to_builtins(turn) for turn in timeline.turns],
    }
    return encode(plain) + b"\n"


def build_section(section: Section, part: Part) -> dict[str, object]:
    return {
        "block": section.block,
        "marker": section.marker,
        "title": section.title,
        "role": section.role,
        "period": section.period,
        "rule": part.rule,
        "words": part.text,
        "back": part.back,
        "ahead": part.ahead,
    }


LINE_SCHEMA = "qjreport/line/1"

LineStory = tuple[LineAccount, LineReading | None]  # of a line; what was dropped is not in the outline


def write_lines(stories: Sequence[LineStory], tongue: Tongue = ENGLISH) -> str:
    """Each line with what became of it and why, and whether it is a heading and why.

    >>> account = LineAccount(
    ...     text="首页", locator="line 1", kept=False, reason="navigation", place=0, line=None, steps=("alone: a link",)
    ... )
    >>> print(write_lines([(account, None)]), end="")
    line 1
      首页
      dropped: navigation
        alone: a link
    """
    return "\n".join("".join(f"{row}\n" for row in list_rows(*story, tongue)) for story in stories)


def list_rows(account: LineAccount, reading: LineReading | None, tongue: Tongue) -> Iterator[str]:
    yield account.locator
    yield "  " + account.text.replace("\n", " / ").replace("\t", " | ")
    yield tongue("  kept") if account.kept else tongue("  dropped: {reason}", reason=tongue(account.reason))
    for step in account.steps:
        yield f"    {tell_step(step, tongue)}"
    if reading is not None:
        yield from list_heading_rows(reading, tongue)


def tell_step(step: str, tongue: Tongue) -> str:
    """
    >>> tell_step("block that hangs on to the report: a link +1, a vote +3", ENGLISH)
    'block that hangs on to the report: a link +1, a vote +3'
    """
    head, joint, told = step.partition(": ")
    if not joint:
        word, _, reason = step.partition(" ")
        return f"{tongue(word)} {tongue(reason)}"
    weighed = [piece.rpartition(" ") for piece in told.split(", ")]  # a piece of evidence and its weight: a link +2
    if all(piece and weight[:1] in ("+", "-") and weight[1:].isdecimal() for piece, _, weight in weighed):
        told = ", ".join(f"{tongue(piece)} {weight}" for piece, _, weight in weighed)
    else:
        told = tongue.translate(told) if " " in told else tongue(told)
    return f"{tongue(head)}{joint}{told}"


def list_heading_rows(reading: LineReading, tongue: Tongue) -> Iterator[str]:
    for level, marker, title in reading.headings:
        yield tongue("  heading of level {level}: {title}", level=level, title=marker + title)
    if reading.below:
        yield tongue("  below: {title}", title=reading.below)
    if not reading.headings:
        yield tongue("  no heading: {kind}", kind=tongue(reading.kind))
    if reading.style:
        yield tongue("  set as {style}; headings set alike are siblings", style=reading.style)
    if reading.evidence:
        rows = [(f"    {weight:+}", name, tongue.translate(says)) for name, weight, says in reading.evidence]
        yield from pad_cells([*rows, (f"    {reading.weight:+}", tongue("in all"), "")])


def write_lines_json(source: str, stories: Sequence[LineStory]) -> bytes:
    """The same for a program, on one line."""
    plain = {"schema": LINE_SCHEMA, "source": source, "lines": [build_line(*story) for story in stories]}
    return encode(plain) + b"\n"


def build_line(account: LineAccount, reading: LineReading | None) -> dict[str, object]:
    plain: dict[str, object] = {
        "text": account.text,
        "locator": account.locator,
        "kept": account.kept,
        "reason": account.reason or None,
        "steps": account.steps,
        "outline": None,
    }
    if reading is not None:
        plain["outline"] = {
            "kind": reading.kind,
            "headings": [
                {"level": level, "marker": marker, "title": title} for level, marker, title in reading.headings
            ],
            "below": reading.below or None,
            "style": reading.style or None,
            "evidence": [{"name": name, "weight": weight, "says": says} for name, weight, says in reading.evidence],
            "weight": reading.weight,
        }
    return plain
