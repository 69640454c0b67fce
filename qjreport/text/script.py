"""Pages in traditional script: read by their simplified characters, given back in their own.

1. A page is traditional where more of its characters are traditional only (個, 業) than simplified only (个, 业); those
   that both scripts have (后, 里) tell nothing (`is_traditional`). A page in simplified script that quotes a line of
   the other stays as it is.
2. Its texts are folded before any stage but the first sees them, one character for one, so that every offset stays
   (`fold_page`; `fold_report` for who reads a report once more). The words of the lexicon are in simplified characters
   only.
3. What the stages made of it gets the page's own characters back (`restore_report`): a block from the lines that it was
   made of, a quote by its offsets, an item from the block that it was read from. What a text is found at decides, for
   two characters fold to one (發 and 髮 to 发); what the page does not hold stays as it is, such as the names of kinds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from qjreport.lexicon import Lexicon
from qjreport.model import (
    Block,
    Diagnostic,
    Dropped,
    Fact,
    Grid,
    Line,
    Metadata,
    NonFact,
    Page,
    Report,
    Section,
    Table,
    Timeline,
)
from qjreport.text.patterns import compile_re


class Folding(NamedTuple):
    """What folding needs, compiled."""

    table: dict[int, int]
    traditional: re.Pattern[str]  # a character that only traditional text has
    simplified: re.Pattern[str]


@lru_cache(maxsize=8)
def compile_folding(lexicon: Lexicon) -> Folding:
    script = lexicon.script
    alone = sorted(set(script.simplified) - set(script.both) - set(script.traditional))
    return Folding(
        str.maketrans(script.traditional, script.simplified),
        compile_re(f"[{''.join(sorted(script.traditional))}]"),
        compile_re(f"[{''.join(alone)}]"),
    )


SHORT: Final = 400  # characters; a longer text in traditional script has one of the frequent characters


def is_traditional(texts: Iterable[str], lexicon: Lexicon) -> bool:
    """Whether texts are in traditional script.

    >>> from qjreport.lexicon import load_lexicon
    >>> is_traditional(["辦理提案459件"], load_lexicon())
    True
    >>> is_traditional(["办理提案459件，字体：簡體"], load_lexicon())
    False
    """
    whole = "\n".join(texts)
    if len(whole) > SHORT and not any(character in whole for character in lexicon.script.frequent):
        return False  # nearly every page, in a tenth of the time that the pattern takes, and without compiling it
    folding = compile_folding(lexicon)
    if folding.traditional.search(whole) is None:
        return False
    return len(folding.traditional.findall(whole)) > len(folding.simplified.findall(whole))


def fold_text(text: str, lexicon: Lexicon) -> str:
    """A text with each traditional character as its simplified one.

    >>> from qjreport.lexicon import load_lexicon
    >>> fold_text("參與委員1200餘人次", load_lexicon())
    '参与委员1200余人次'
    """
    return text.translate(compile_folding(lexicon).table)


def fold_page(page: Page, lexicon: Lexicon) -> Page:
    """A page in traditional script by its simplified characters; any other page itself.

    >>> from qjreport.lexicon import load_lexicon
    >>> page = fold_page(Page(lines=(Line(text="辦理提案459件"),)), load_lexicon())
    >>> [line.text for line in page.lines]
    ['办理提案459件']
    """
    if not is_traditional([line.text for line in page.lines], lexicon):
        return page
    table = compile_folding(lexicon).table
    replace = msgspec.structs.replace

    def fold_grid(grid: Grid) -> Grid:
        cells = tuple([replace(cell, text=cell.text.translate(table)) for cell in grid.cells])
        return replace(grid, cells=cells, caption=grid.caption.translate(table))

    return replace(
        page,
        lines=tuple([replace(line, text=line.text.translate(table)) for line in page.lines]),
        tables=tuple([fold_grid(grid) for grid in page.tables]),
        title=page.title.translate(table),
        meta=tuple([(name, content.translate(table)) for name, content in page.meta]),
    )


def fold_report(report: Report, lexicon: Lexicon) -> Report:
    """The same of a report that was read before: of its metadata, sections, blocks and dropped lines.

    What its facts say stays, for no stage reads it again.
    """
    # The whole page, as `fold_page` sees it.
    texts = [*[block.text for block in report.blocks], *[line.text for line in report.dropped]]
    if not is_traditional(texts, lexicon):
        return report
    table = compile_folding(lexicon).table
    replace = msgspec.structs.replace
    metadata = report.metadata
    values = {name: value.translate(table) for name in NAMED if (value := getattr(metadata, name)) is not None}
    return replace(
        report,
        metadata=replace(metadata, breadcrumb=tuple([step.translate(table) for step in metadata.breadcrumb]), **values),
        sections=tuple([replace(section, title=section.title.translate(table)) for section in report.sections]),
        blocks=tuple([replace(block, text=block.text.translate(table)) for block in report.blocks]),
        dropped=tuple([replace(line, text=line.text.translate(table)) for line in report.dropped]),
    )


LARGE: Final = 20_000  # characters of a block from which it is not searched as a whole for each of its facts
ABOVE: Final = 5  # blocks before a table, of which one is its caption or its unit


class Original:
    """A folded text and what it was folded from, of one length: gives the characters of what was taken from it.

    `spare` says for what is not in it which character of the page is folded so most often.
    """

    def __init__(self, folded: str, own: str, spare: dict[str, str]) -> None:
        self.folded = folded
        self.own = own
        self.spare = spare

    def find(self, text: str, start: int = 0) -> str | None:
        """The page's own characters of a text, None where it is not in one piece there.

        >>> Original("全面发展，理发业", "全面發展，理髮業", {}).find("理发业")
        '理髮業'
        """
        place = self.folded.find(text, start)
        return None if place < 0 else self.own[place : place + len(text)]

    def join(self, text: str) -> str:
        """The same of a text that was put together from several pieces, or holds what is not there.

        >>> original = Original("参与人员", "參與人員", {"个": "個"})
        >>> original.join("人员参与"), original.join("2个人")
        ('人員參與', '2個人')
        """
        parts: list[str] = []
        start = 0
        while start < len(text):
            length = 1
            if text[start] not in self.folded:
                parts.append(self.spare.get(text[start], text[start]))
            else:
                while start + length < len(text) and text[start : start + length + 1] in self.folded:
                    length += 1
                parts.append(self.find(text[start : start + length]) or "")
            start += length
        return "".join(parts)

    def restore(self, text: str) -> str:
        found = self.find(text)
        return self.join(text) if found is None else found


def restore_report(report: Report, page: Page, folded: Page) -> Report:
    """A report that was read from a folded page, in the page's own characters."""
    whole = build_whole(page, folded)
    blocks = restore_blocks(report.blocks, whole)
    places = [Original(old.text, new.text, whole.spare) for old, new in zip(report.blocks, blocks, strict=True)]
    sections = tuple([restore_section(section, places[section.block]) for section in report.sections])
    titles = {old.title: new.title for old, new in zip(report.sections, sections, strict=True)}
    return msgspec.structs.replace(
        report,
        metadata=restore_metadata(report.metadata, whole),
        sections=sections,
        blocks=blocks,
        tables=tuple(
            [restore_table(table, places[max(0, table.block - ABOVE) : table.block + 1]) for table in report.tables]
        ),
        facts=tuple([restore_fact(fact, places[fact.block], titles) for fact in report.facts]),
        non_facts=tuple([restore_non_fact(number, blocks) for number in report.non_facts]),
        dropped=restore_dropped(report.dropped, page.lines, folded.lines),
        diagnostics=tuple([restore_diagnostic(entry, whole) for entry in report.diagnostics]),
    )


def build_whole(page: Page, folded: Page) -> Original:
    """All texts of a page, lines first and in their order."""
    return pair_texts(list_texts(folded), list_texts(page))


def pair_texts(folded: Iterable[str], own: Iterable[str]) -> Original:
    old, new = "\n".join(folded), "\n".join(own)
    often = Counter(zip(old, new, strict=True)).most_common()
    return Original(old, new, {before: after for (before, after), _ in reversed(often)})


def list_texts(page: Page) -> Iterator[str]:
    for line in page.lines:
        yield line.text
    for grid in page.tables:
        yield grid.caption
        for cell in grid.cells:
            yield cell.text
    yield page.title
    for _, content in page.meta:
        yield content


def restore_timeline(timeline: Timeline, report: Report, folded: Report) -> Timeline:
    """A timeline that was built of a folded report, with the words of its evidence in the report's own characters."""
    whole = pair_texts(list_report_texts(folded), list_report_texts(report))
    replace = msgspec.structs.replace
    return replace(
        timeline,
        evidence=tuple([replace(one, text=whole.restore(one.text)) for one in timeline.evidence]),
        parts=tuple([replace(part, text=whole.restore(part.text)) for part in timeline.parts]),
        turns=tuple([replace(turn, text=whole.restore(turn.text)) for turn in timeline.turns]),
    )


def list_report_texts(report: Report) -> Iterator[str]:
    for block in report.blocks:
        yield block.text
    for name in NAMED:
        yield getattr(report.metadata, name) or ""
    for line in report.dropped:
        yield line.text


def restore_section(section: Section, place: Original) -> Section:
    return msgspec.structs.replace(section, marker=place.restore(section.marker), title=place.restore(section.title))


_CELL: Final = compile_re(r"[^\t\n]+")


def restore_blocks(blocks: Sequence[Block], whole: Original) -> tuple[Block, ...]:
    """Each from the lines that it was made of: after those of the block before it, for a text may stand twice."""
    restored: list[Block] = []
    start = 0
    for block in blocks:
        place = whole.folded.find(block.text, start) if block.kind != "table" else -1
        if place >= 0:
            start = place + len(block.text)
            text = whole.own[place:start]
        else:
            text = restore_cells(block.text, whole, start)
        marker = Original(block.text, text, whole.spare).restore(block.marker)
        restored.append(msgspec.structs.replace(block, text=text, marker=marker))
    return tuple(restored)


def restore_cells(text: str, whole: Original, start: int) -> str:
    """A table cell by cell, from what stands on the page after the block before it."""
    end = start + 2 * len(text) + LARGE
    near = Original(whole.folded[start:end], whole.own[start:end], whole.spare)

    def restore_cell(match: re.Match[str]) -> str:
        return near.restore(match[0])

    return _CELL.sub(restore_cell, text)


def restore_table(table: Table, places: Sequence[Original]) -> Table:
    near = Original(
        "\n".join([place.folded for place in places]), "\n".join([place.own for place in places]), places[-1].spare
    )
    return msgspec.structs.replace(
        table,
        caption=near.restore(table.caption),
        unit=near.restore(table.unit),
        rows=tuple([tuple([near.restore(cell) for cell in row]) for row in table.rows]),
    )


def restore_fact(fact: Fact, place: Original, titles: dict[str, str]) -> Fact:
    start = place.folded.find(fact.sentence, max(0, fact.start - len(fact.sentence)))
    sentence = place.own[start : start + len(fact.sentence)] if start >= 0 else place.join(fact.sentence)
    near = Original(fact.sentence, sentence, place.spare)
    quote = place.own[fact.start : fact.end]

    def restore(words: str) -> str:
        found = near.find(words)
        if found is None and len(place.own) < LARGE:
            found = place.find(words)
        return near.join(words) if found is None else found

    return msgspec.structs.replace(
        fact,
        quote=quote,
        unit=Original(fact.quote, quote, place.spare).restore(fact.unit),
        hedge=restore(fact.hedge),
        item=restore(fact.item),
        basis=None if fact.basis is None else restore(fact.basis),
        scope=None if fact.scope is None else restore(fact.scope),
        subject=None if fact.subject is None else restore(fact.subject),
        path=tuple([titles.get(title, title) for title in fact.path]),
        sentence=sentence,
    )


def restore_non_fact(number: NonFact, blocks: Sequence[Block]) -> NonFact:
    return msgspec.structs.replace(number, quote=blocks[number.block].text[number.start : number.end])


NAMED: Final = (
    "title",
    "subtitle",
    "source",
    "url",
    "author",
    "editor",
    "responsible_editor",
    "organizer",
    "undertaker",
    "document_number",
    "index_number",
    "area",
)


def restore_metadata(metadata: Metadata, whole: Original) -> Metadata:
    values = {name: getattr(metadata, name) for name in NAMED}
    return msgspec.structs.replace(
        metadata,
        breadcrumb=tuple([whole.restore(step) for step in metadata.breadcrumb]),
        **{name: whole.restore(value) for name, value in values.items() if value is not None},
    )


def restore_dropped(dropped: Sequence[Dropped], lines: Sequence[Line], folded: Sequence[Line]) -> tuple[Dropped, ...]:
    """Each from its line; both are in the page's order."""
    restored: list[Dropped] = []
    place = 0
    for entry in dropped:
        while place < len(folded) and folded[place].text != entry.text:
            place += 1
        restored.append(msgspec.structs.replace(entry, text=lines[place].text) if place < len(lines) else entry)
        place += 1
    return tuple(restored)


_HAN: Final = compile_re("[\u3400-\u9fff]+")


def restore_diagnostic(entry: Diagnostic, whole: Original) -> Diagnostic:
    """The words of the page that a message quotes."""

    def restore_words(match: re.Match[str]) -> str:
        return whole.restore(match[0])

    return msgspec.structs.replace(entry, message=_HAN.sub(restore_words, entry.message))
