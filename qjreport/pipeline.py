"""extract(): the six stages in a row. The only module that knows them all."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from types import NoneType

import msgspec

import qjreport.version
from qjreport.article import LineAccount, account_for_lines, find_article
from qjreport.article.metadata import find_year
from qjreport.fact import build_facts
from qjreport.lexicon import Lexicon, load_lexicon
from qjreport.model import (
    SCHEMA,
    Article,
    Block,
    Counts,
    Decoded,
    Diagnostic,
    Dropped,
    Fact,
    Facts,
    Line,
    Metadata,
    Outline,
    Page,
    Report,
    Source,
    Timeline,
    Tool,
)
from qjreport.model.arguments import check_argument
from qjreport.model.digest import digest_file
from qjreport.outline import LineReading, build_outline, build_timeline, explain_lines
from qjreport.page import decode_page, read_page
from qjreport.places import place_page
from qjreport.places.given import NOTHING, Given
from qjreport.quantity import count_characters, read_quantities
from qjreport.text.patterns import compile_re
from qjreport.text.script import (
    Original,
    build_whole,
    fold_page,
    fold_report,
    fold_text,
    restore_report,
    restore_timeline,
)

DIGITS = compile_re(r"\d+(?:[.,，]\d+)*")


def extract(
    source: bytes | str | PathLike[str],
    *,
    name: str | None = None,
    encoding: str | None = None,
    reader: str = "lexbor",
    lexicon: Lexicon | None = None,
    place: str | None = None,
    year: int | None = None,
) -> Report:
    """Read one saved page: its bytes, or the path of a file that holds it, also packed (gzip, zstd) or as MHTML.

    `encoding` overrides what the page declares; `reader` is "lexbor" or "soup". `place` and `year` are the report's, as
    far as the page itself does not say them. Raises SourceError where a path gives
    no page, LookupError for an encoding or a reader that does not exist, TypeError for an argument that is something
    else. Never raises for what the page holds: bytes that are no page (a PDF, a picture) give a report without facts,
    whose diagnostic `no-page` says what they are.

    >>> report = extract("<p>全年办理提案459件。</p>".encode(), name="page.html")
    >>> [(fact.item, fact.value, fact.unit) for fact in report.facts]
    [('提案', Decimal('459'), '件')]
    """
    check_argument("source", source, (bytes, str, PathLike), "the bytes of a page, or a path (str or PathLike)")
    check_argument("encoding", encoding, (str, NoneType), "a str or None")
    check_argument("reader", reader, str, "a str")
    check_argument("place", place, (str, NoneType), "a str or None")
    check_argument("year", year, (int, NoneType), "an int or None")
    check_options(name, lexicon)
    if not isinstance(source, bytes):
        from qjreport.sources import read_source  # loaded only where a file is read

        given = read_source(source)
        source, name = given.data, name or given.name
    elif (refusal := explain_bytes(source)) is not None:
        decoded = Decoded(text="", media_type="application/octet-stream", encoding="binary")
        report = run_stages(source, decoded, name or "-", reader, lexicon or load_lexicon())
        return msgspec.structs.replace(report, diagnostics=(Diagnostic(code="no-page", message=refusal),))
    decoded = decode_page(source, encoding)
    return run_stages(source, decoded, name or "-", reader, lexicon or load_lexicon(), Given(place, year))


def explain_bytes(data: bytes) -> str | None:
    """Why the bytes are no page, where they are none."""
    from qjreport.sources.kinds import find_other

    kind = find_other(data)
    return f"is {kind[0]} and no page; {kind[1]}" if kind else None


def check_options(name: str | None, lexicon: Lexicon | None) -> None:
    check_argument("name", name, (str, NoneType), "a str or None")
    check_argument("lexicon", lexicon, (Lexicon, NoneType), "what load_lexicon() gives, or None")


def extract_text(text: str, *, name: str = "-", lexicon: Lexicon | None = None) -> Report:
    """Read a report that is already text, a paragraph a line. Raises TypeError for what is no str.

    >>> extract_text("全年办理提案459件。").facts[0].quote
    '459件'
    """
    check_argument("text", text, str, "a str; extract() reads bytes and files")
    check_options(name, lexicon)
    data = text.encode("utf-8", "surrogatepass")
    decoded = Decoded(text=text, media_type="text/plain", encoding="utf-8")
    return run_stages(data, decoded, name, "lexbor", lexicon or load_lexicon())


def extract_passage(text: str, *, name: str = "-", year: int | None = None, lexicon: Lexicon | None = None) -> Report:
    """Read a piece of a report, each line a paragraph of it: nothing is taken for chrome or for a heading.

    `year` is the one that the report looks back on, where the piece does not say.

    >>> extract_passage("占比为93%", year=2024).facts[0].period
    '2024'
    """
    lexicon = lexicon or load_lexicon()
    lines = [Line(text=line.strip(), number=number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    page = Page(lines=tuple(lines), is_html=False)
    folded = fold_page(page, lexicon)
    blocks = tuple(
        Block(kind="paragraph", marker="", section=None, text=line.text, locator=f"line {line.number}")
        for line in folded.lines
    )
    metadata, timeline = Metadata(), Timeline()
    if year is not None:
        metadata = Metadata(reviews=str(year), plans=str(year + 1))
        timeline = Timeline(review=year, plan=year + 1)
    outline = Outline(sections=(), blocks=blocks, metadata=metadata, timeline=timeline)
    data = text.encode("utf-8", "surrogatepass")
    decoded = Decoded(text=text, media_type="text/plain", encoding="utf-8")
    report = finish_report(data, decoded, name, Article(lines=(), locators=()), outline, lexicon)
    return report if folded is page else restore_report(report, page, folded)


def read_facts(text: str, *, year: int | None = None, lexicon: Lexicon | None = None) -> tuple[Fact, ...]:
    """The facts of any text, a phrase or a paragraph: nothing is taken for chrome or for a heading, nothing left out.

    `year` is the one that the text looks back on, where it does not say. Raises TypeError for what is no str.

    >>> [(fact.item, fact.value, fact.unit, fact.kind) for fact in read_facts("新增就业3.2万人，增长5%", year=2024)]
    [('新增就业', Decimal('32000'), '人', 'level'), ('新增就业', Decimal('5'), '%', 'increase')]
    """
    check_argument("text", text, str, "a str; extract() reads bytes and files")
    check_argument("year", year, (int, NoneType), "an int or None")
    check_options(None, lexicon)
    return extract_passage(text, year=year, lexicon=lexicon).facts


def read_timeline(report: Report, lexicon: Lexicon | None = None) -> Timeline:
    """The timeline of a report that was read before, with the evidence that the report itself does not hold.

    >>> report = extract_text("一、2030年工作回顾\\n全县办复提案459件。\\n二、2031年工作安排\\n办复提案500件。")
    >>> [(one.rule, one.year) for one in read_timeline(report).evidence]
    [('heading.plan', 2031), ('heading.review', 2031)]
    """
    lexicon = lexicon or load_lexicon()
    folded = fold_report(report, lexicon)
    dated = build_timeline(folded.metadata, folded.sections, folded.blocks, lexicon, dropped=folded.dropped)
    return dated.timeline if folded is report else restore_timeline(dated.timeline, report, folded)


def read_lines(
    source: bytes | str | PathLike[str],
    wanted: str,
    *,
    encoding: str | None = None,
    reader: str = "lexbor",
    lexicon: Lexicon | None = None,
) -> list[tuple[LineAccount, LineReading | None]]:
    """Each line of a page that holds `wanted`: why it was kept or dropped, and what the outline made of it.

    What was dropped is not in the outline. Raises as extract().

    >>> page = "<h1>工作总结</h1><p>一、稳住外贸</p><p>全年进出口增长三成，好于预期。</p><p>分享到：微信</p>".encode()
    >>> [(account.reason, reading and reading.kind) for account, reading in read_lines(page, "外贸")]
    [('', 'heading')]
    >>> [(account.text, account.reason, reading) for account, reading in read_lines(page, "分享")]
    [('分享到：微信', 'share', None)]
    """
    lexicon = lexicon or load_lexicon()
    if not isinstance(source, bytes):
        from qjreport.sources import read_source

        source = read_source(source).data
    with pause_collector():
        page = read_page(decode_page(source, encoding), reader)
        folded = fold_page(page, lexicon)
        wanted = wanted if folded is page else fold_text(wanted, lexicon)
        article, accounts = account_for_lines(folded, wanted, lexicon)
        readings = explain_lines(article, lexicon)
        told = [(account, None if account.line is None else readings[account.line]) for account in accounts]
        return told if folded is page else restore_lines(told, page, folded)


def restore_lines(
    told: Sequence[tuple[LineAccount, LineReading | None]], page: Page, folded: Page
) -> list[tuple[LineAccount, LineReading | None]]:
    """The same with the page's own characters."""
    whole = build_whole(page, folded)
    replace = msgspec.structs.replace
    restored: list[tuple[LineAccount, LineReading | None]] = []
    for account, reading in told:
        own = page.lines[account.place].text
        if reading is not None:
            line = Original(account.text, own, whole.spare)
            headings = [(level, line.restore(marker), line.restore(title)) for level, marker, title in reading.headings]
            reading = replace(
                reading, text=whole.restore(reading.text), headings=tuple(headings), below=whole.restore(reading.below)
            )
        restored.append((replace(account, text=own), reading))
    return restored


def run_stages(
    data: bytes, decoded: Decoded, name: str, reader: str, lexicon: Lexicon, given: Given = NOTHING
) -> Report:
    with pause_collector():
        page = read_page(decoded, reader)
        folded = fold_page(page, lexicon)
        article = take_year(find_article(folded, lexicon), given.year, lexicon)
        outline = build_outline(article, lexicon, beside=given.year, counted=False)
        report = finish_report(data, decoded, name, article, outline, lexicon, given.place)
        return report if folded is page else restore_report(report, page, folded)


def take_year(article: Article, year: int | None, lexicon: Lexicon) -> Article:
    """The article with the year that is known beside it, where its headline names none."""
    metadata = article.metadata
    if year is None or find_year([metadata.title or "", metadata.subtitle or ""], lexicon) is not None:
        return article
    return msgspec.structs.replace(article, metadata=msgspec.structs.replace(metadata, year=year))


@contextmanager
def pause_collector() -> Iterator[None]:
    """Keep the cycle collector from walking a page's objects: there are many, and none is in a cycle.

    It costs a sixth of a page's time, and frees nothing that counting references does not.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def finish_report(
    data: bytes,
    decoded: Decoded,
    name: str,
    article: Article,
    outline: Outline,
    lexicon: Lexicon,
    place: str | None = None,
) -> Report:
    found = build_facts(outline, read_quantities(outline, lexicon), lexicon)
    metadata, said = place_page(outline.metadata, outline.blocks, article.dropped, lexicon, place)
    return Report(
        schema=SCHEMA,
        tool=Tool(version=qjreport.version.__version__, lexicon=lexicon.digest),
        source=Source(
            name=name,
            sha256=digest_file(data),
            bytes=len(data),
            media_type=decoded.media_type,
            encoding=decoded.encoding,
            declared_encoding=decoded.declared_encoding,
            replacements=decoded.replacements,
        ),
        metadata=metadata,
        sections=outline.sections,
        blocks=outline.blocks,
        tables=outline.tables,
        facts=found.facts,
        counts=count_numbers(found, article.dropped, lexicon),
        non_facts=found.non_facts,
        dropped=article.dropped,
        diagnostics=article.diagnostics + outline.diagnostics + found.diagnostics + said,
    )


def count_numbers(found: Facts, dropped: tuple[Dropped, ...], lexicon: Lexicon) -> Counts:
    """Account for every number on the page, in digits or characters: in a fact, a non-fact or a dropped line."""
    in_facts = len({(fact.block, fact.start, fact.end) for fact in found.facts})
    why = Counter(non_fact.why for non_fact in found.non_facts)
    in_chrome = sum(len(DIGITS.findall(line.text)) + count_characters(line.text, lexicon) for line in dropped)
    return Counts(
        numbers=in_facts + why.total() + in_chrome,
        facts=in_facts,
        non_facts=dict(sorted(why.items())),
        dropped=in_chrome,
        unread=why["unread"],
    )
